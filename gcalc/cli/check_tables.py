"""What `gcalc check`, `gcalc replay` and `gcalc infer` print."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from gcalc.check.command import command, options, spelled
from gcalc.check.telling import changes, headline, told
from gcalc.errors import UsageError

Json = Mapping[str, Any]
COLOURS = {
    "EXACT": "green",
    "NUMERICAL": "green",
    "FIXED": "green",
    "FAILED": "bold red",
    "CONVENTION": "bold yellow",
    "INCONCLUSIVE": "yellow",
    "ERROR": "yellow",
    "NOT_TESTED": "dim",
}
WORST = ("FAILED", "CONVENTION", "INCONCLUSIVE")
NARROW = 72
"""Below so many columns the table has no column for how a check compared."""


def show_report(console: Console, what: str, report: Json) -> None:
    """Headline, table of checks, what was not tested, then where and why, and how to see it again."""
    verdict = report["verdict"]
    line = Text.assemble(
        (verdict, COLOURS.get(verdict, "")), " ", (what, "bold"), f": {spelled(headline(report))}"
    )
    console.print(line, highlight=False)
    console.print()
    console.print(_checks(report["checks"], console.width))
    console.print()
    _show_untested(console, report["checks"])
    _show_labelled(console, _as_options(report))
    again = (report["reproduction"] or {}).get("command")
    if again:
        console.print(f"[bold]again[/] {escape(again)}", highlight=False, soft_wrap=True)


def _checks(checks: Sequence[Json], width: int) -> Table:
    """A row a check: the worst verdict of its runs, or that of the passes, numbers compared, and how."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("check", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("cases", justify="right", no_wrap=True)
    table.add_column("of which fail")
    if width >= NARROW:
        table.add_column("compared")
    for name in dict.fromkeys(c["check"] for c in checks):
        runs = [c for c in checks if c["check"] == name and c["verdict"] != "NOT_TESTED"]
        if runs:
            table.add_row(*_row(name, runs)[: len(table.columns)])
    return table


def _row(name: str, runs: Sequence[Json]) -> list[str]:
    verdicts = [c["verdict"] for c in runs]
    worst = next((v for v in WORST if v in verdicts), "NUMERICAL" if "NUMERICAL" in verdicts else verdicts[0])
    failing = [c for c in runs if c["verdict"] in WORST]
    which = "; ".join(filter(None, (_which(c) for c in failing))) if len(failing) < len(runs) else "all"
    how = ", ".join(dict.fromkeys(c["how"] for c in runs if c["how"]))
    cases = f"{sum(c['cases'] for c in runs):,}"
    return [name, f"[{COLOURS[worst]}]{worst}[/]", cases, escape(which) if failing else "", how]


def _which(check: Json) -> str:
    parameters = {"given": "as given", "random": "random"}.get(check["parameters"], "")
    return " ".join(filter(None, (check["size"], parameters)))


def _show_untested(console: Console, checks: Sequence[Json]) -> None:
    reasons: dict[str, list[str]] = {}
    for check in checks:
        if check["verdict"] == "NOT_TESTED" and check["check"] != "training_mode":
            reasons.setdefault(check["reason"] or "no reason given", []).append(check["check"])
    for reason, names in reasons.items():
        line = f"NOT_TESTED {', '.join(dict.fromkeys(names))}: {spelled(reason)}"
        console.print(Text(line, style="dim"), highlight=False)
    if reasons:
        console.print()


def _as_options(report: Json) -> list[tuple[str, str]]:
    """What is told of a report, the declaration that would pass as options where it can be."""
    found = [(label, spelled(text)) for label, text in told(report) if label != "would pass"]
    place = max((i for i, (label, _) in enumerate(found) if label == "diagnosis"), default=-1) + 1
    pages = [("page", f"gcalc explain {f['code']}") for f in report["diagnosis"]]
    passing = [_passing(words) for f in report["diagnosis"] if (words := changes(report, f))]
    return [*found[:place], *pages, *(("would pass", text) for text in passing), *found[place:]]


def _passing(words: Mapping[str, Any]) -> str:
    try:
        return shlex.join(options(words))
    except (UsageError, TypeError, AttributeError):
        return ", ".join(f"{name}={value!r}" for name, value in words.items())


def _show_labelled(console: Console, lines: Sequence[tuple[str, str]]) -> None:
    """Labels at the left, texts wrapped at their right."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    previous = ""
    for label, text in lines:
        grid.add_row("" if label == previous else label, Text(text))
        previous = label
    console.print(grid, highlight=False)


def show_saved(console: Console, path: Path | None) -> None:
    """Where a case was put, and how it is run again; how it would be kept, where it was not."""
    if path is None:
        console.print("--save DIR keeps it, with a script that shows it", style="dim", highlight=False)
        return
    store = shlex.join(["gcalc", "replay", path.stem, "--store", str(path.parent)])
    console.print(
        f"saved {escape(str(path))} and {path.stem}.py; {escape(store)}", highlight=False, soft_wrap=True
    )


def show_outcome(console: Console, what: str, outcome: Json) -> None:
    """The state and its line."""
    state = (outcome["state"], COLOURS[outcome["state"]])
    console.print(Text.assemble(state, " ", (what, "bold"), f": {outcome['text']}"), highlight=False)


def show_proposals(console: Console, what: str, proposals: Sequence[Json], words: Json) -> None:
    """Each proposal with its verdict, and the command that checks it."""
    for proposal in proposals:
        verdict = proposal["verdict"]
        symmetry = f", {proposal['symmetry']}" if proposal["symmetry"] else ""
        line = Text.assemble((verdict, COLOURS.get(verdict, "")), f"{symmetry}: {proposal['text']}")
        console.print(line, highlight=False)
        again = command({**words, **proposal["words"]}, what)
        told_words = ", ".join(f"{name}={value!r}" for name, value in proposal["words"].items())
        _show_labelled(console, [("declare", told_words)])
        if again:
            console.print(f"[bold]check[/]    {escape(again)}", highlight=False, soft_wrap=True)
