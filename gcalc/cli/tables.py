"""What `gcalc verify` prints: progress, a table law × reading, failures with their smallest input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from math import prod

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from gcalc.verify import Check, Counterexample, Report, Verdict

COLOURS = {
    Verdict.PROVED: "green",
    Verdict.EXACT: "green",
    Verdict.FAILED: "bold red",
    Verdict.NOT_TESTED: "dim",
    Verdict.INCONCLUSIVE: "yellow",
}


@contextmanager
def campaign_progress() -> Iterator[Callable[[Check, int, int], None]]:
    """A progress bar on the terminal's error stream; nothing when that is no terminal."""
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def advance(check: Check, done: int, of: int) -> None:
            bar.update(
                task, completed=done, total=of, description=f"{check.law} · {check.reading} · {check.group}"
            )

        yield advance


def show_report(console: Console, report: Report) -> None:
    """A row a law, a column a reading; then why things were not tested, and the sum."""
    readings = list(dict.fromkeys(c.reading for c in report.checks))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 1, 0), header_style="bold")
    table.add_column("law", overflow="fold", min_width=26 if console.width >= 78 else None)
    for reading in readings:
        table.add_column(reading, overflow="fold")
    for law in dict.fromkeys(c.law for c in report.checks):
        rows = [[c for c in report.checks if c.law == law and c.reading == reading] for reading in readings]
        table.add_row(law, *map(_cell, rows))
    console.print("each cell: verdict, groups, cases (of the kernel: steps), time\n", style="dim")
    console.print(table)
    _show_untested(console, report)
    summary = report.as_json()["summary"]
    counts = ", ".join(f"{n} {verdict}" for verdict, n in summary["verdicts"].items())
    console.print(
        f"\n{counts}; {summary['cases']:,} cases in {report.seconds:.1f} s, seed {report.seed}",
        highlight=False,
    )


def _cell(checks: Sequence[Check]) -> str:
    """The worst verdict, on how many groups, cases and seconds."""
    if not checks:
        return ""
    tested = [c for c in checks if c.verdict != Verdict.NOT_TESTED]
    verdict = next(
        (v for v in (Verdict.FAILED, Verdict.INCONCLUSIVE) if any(c.verdict == v for c in checks)), None
    )
    verdict = verdict or (tested[0].verdict if tested else Verdict.NOT_TESTED)
    colour = COLOURS.get(verdict, "none")
    if not tested:
        return f"[{colour}]{verdict}[/]"
    cases, seconds = sum(c.cases for c in tested), sum(c.seconds for c in tested)
    groups = [f"{len(tested)} groups"] if len(tested) > 1 else []
    return "\n".join([f"[{colour}]{verdict}[/]", *groups, f"{cases:,}", f"{seconds:.1f} s"])


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
    return (check.reason or "no reason given").replace(check.group, "the group")


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
