"""What `gcalc verify` prints: progress, a table law × reading, failures with their smallest input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import prod
from typing import TypeAlias

from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from gcalc.verify import Check, Counterexample, Report, Verdict
from gcalc.verify.planning import ANY

COLOURS = {
    Verdict.PROVED: "green",
    Verdict.EXACT: "green",
    Verdict.BOUNDED: "green",
    Verdict.PROBABILISTIC: "green",
    Verdict.FAILED: "bold red",
    Verdict.NOT_TESTED: "dim",
    Verdict.INCONCLUSIVE: "yellow",
}

Cells: TypeAlias = dict[str, dict[str, list[str]]]
"""The lines of a cell, by law and reading."""
WIDEST = 10_000
"""Columns; what a table would take is measured on a terminal of this width."""


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on the terminal's error stream, moved by a text, how many are done, and of how many.

    Nothing when that is no terminal.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda text, done, of: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda text, done, of: bar.update(task, completed=done, total=of, description=text)


@contextmanager
def campaign_progress() -> Iterator[Callable[[Check, int, int], None]]:
    """The progress bar of a campaign."""
    with progress_bar() as move:
        yield lambda check, done, of: move(f"{check.law} · {check.reading} · {check.group}", done, of)


def fits(console: Console, table: Table) -> bool:
    """Whether no cell of the table would have to be broken."""
    options = console.options.update(max_width=WIDEST)
    return Measurement.get(console, options, table).maximum <= console.width


def show_report(console: Console, report: Report) -> None:
    """A row a law, a column a reading (on narrow terminals a line); then why things were not tested, and the sum."""
    laws = dict.fromkeys(c.law for c in report.checks)
    readings = dict.fromkeys(c.reading for c in report.checks)
    cells = {
        law: {r: _cell([c for c in report.checks if (c.law, c.reading) == (law, r)]) for r in readings}
        for law in laws
    }
    table = _table(cells, readings)
    in_table = fits(console, table)
    if cells:
        place = "cell" if in_table else "line"
        console.print(f"each {place}: verdict, groups, cases (of the kernel: steps), time\n", style="dim")
    if in_table:
        console.print(table, highlight=False)
    else:
        _list(console, cells)
    _show_untested(console, report)
    summary = report.as_json()["summary"]
    counts = ", ".join(f"{n} {verdict}" for verdict, n in summary["verdicts"].items())
    console.print(
        f"\n{counts or 'nothing was checked'}; {summary['cases']:,} cases in {report.seconds:.1f} s, "
        f"seed {report.seed}",
        highlight=False,
    )
    if report.missed:
        console.print(f"[bold red]required, but not tested:[/] {escape(', '.join(report.missed))}")


def _table(cells: Cells, readings: Iterable[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 1, 0), header_style="bold")
    for name in ("law", *readings):
        table.add_column(name, no_wrap=True)
    for law, row in cells.items():
        table.add_row(law, *("\n".join(row[reading]) for reading in readings))
    return table


def _list(console: Console, cells: Cells) -> None:
    for law, row in cells.items():
        console.print(f"[bold]{law}[/]", highlight=False)
        for reading, cell in row.items():
            if cell:
                line = Padding(f"{reading}: {', '.join(cell)}", (0, 0, 0, 2), expand=False)
                console.print(line, highlight=False)


def _cell(checks: Sequence[Check]) -> list[str]:
    """The worst verdict, or all that hold, on how many groups, cases and seconds."""
    if not checks:
        return []
    tested = [c for c in checks if c.verdict != Verdict.NOT_TESTED]
    worst = [v for v in (Verdict.FAILED, Verdict.INCONCLUSIVE) if any(c.verdict == v for c in checks)][:1]
    verdicts = worst or list(dict.fromkeys(c.verdict for c in tested)) or [Verdict.NOT_TESTED]
    lines = [f"[{COLOURS.get(v, 'none')}]{v}[/]{_ratio(v, tested)}" for v in verdicts]
    if not tested:
        return lines
    cases, seconds = sum(c.cases for c in tested), sum(c.seconds for c in tested)
    groups = len({c.group for c in tested})
    return [*lines, *([f"{groups} groups"] if groups > 1 else []), f"{cases:,}", f"{seconds:.1f} s"]


def _ratio(verdict: Verdict, checks: Sequence[Check]) -> str:
    """The largest error as a part of its bound, where that is the verdict."""
    ratios = [c.ratio for c in checks if c.verdict == verdict and c.ratio is not None]
    return f" {max(ratios):.2g}" if verdict == Verdict.BOUNDED and ratios else ""


def _show_untested(console: Console, report: Report) -> None:
    reasons: dict[tuple[str, str], list[Check]] = {}
    for check in report.checks:
        if check.verdict == Verdict.NOT_TESTED:
            reasons.setdefault((check.reading, _general(check)), []).append(check)
    if not reasons:
        return
    console.print("\n[dim]NOT_TESTED[/]")
    for (reading, reason), checks in reasons.items():
        every = {c.law for c in checks} == {c.law for c in report.checks}
        names = "every law" if every else ", ".join(dict.fromkeys(c.law for c in checks))
        groups = ", ".join(dict.fromkeys(c.group for c in checks if c.group != "any"))
        where = f" on {groups}" if groups else ""
        console.print(f"[dim]{reading}: {escape(reason)}: {escape(names)}{escape(where)}[/]", highlight=False)


def show_reasons(console: Console, report: Report) -> None:
    """A line a check: where it was read, the verdict, and what must be known of it."""
    for check in report.checks:
        console.print(
            f"[{COLOURS.get(check.verdict, 'none')}]{check.verdict}[/] {check.group}: {escape(check.reason or '')}",
            highlight=False,
        )


def _general(check: Check) -> str:
    """The reason without the group's name, so that equal reasons are told once."""
    reason = check.reason or "no reason given"
    return reason if check.group == ANY else reason.replace(check.group, "the group")


def show_failures(console: Console, report: Report) -> None:
    """For every law that failed: the smallest of its counterexamples, and the line that shows it again."""
    for law in dict.fromkeys(c.law for c in report.failures):
        failed = [c for c in report.failures if c.law == law]
        first = min(failed, key=_size)
        console.print(
            f"\n[bold red]FAILED[/] [bold]{law}[/] ({first.reading}, {len(failed)} of its checks)",
            highlight=False,
        )
        if first.counterexample is not None:
            _show_counterexample(console, first.counterexample)
        if first.reason:
            console.print(f"  {escape(first.reason)}", highlight=False)
        console.print(f"  again: {first.reproduction}", highlight=False, soft_wrap=True)


def _size(check: Check) -> tuple[int, int]:
    example = check.counterexample
    if example is None:
        return (0, 0)
    return (sum(map(len, example.inputs.values())), sum(map(prod, example.shapes.values())))


def _show_counterexample(console: Console, example: Counterexample) -> None:
    lines = [
        f"claim    {example.claim}",
        f"group    {example.group}, on {example.space}",
        f"at       {', '.join(f'{name} = {value}' for name, value in example.elements.items())}",
        f"shapes   {', '.join(f'{name} {tuple(shape)}' for name, shape in example.shapes.items())}",
        *(f"input    {name}: {_entries(entries)}" for name, entries in example.inputs.items()),
        f"left     {example.left}",
        f"right    {example.right}" + (f"  (line {example.line} of the derivation)" if example.line else ""),
    ]
    for line in lines:
        console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)


def _entries(entries: Sequence[object]) -> str:
    if not entries:
        return "zero"
    shown = [f"{tuple(e[0])} ↦ {e[1]}" if isinstance(e, list) else str(e) for e in entries[:6]]
    return ", ".join(shown) + (f", and {len(entries) - 6} more" if len(entries) > 6 else "")
