"""What `gcalc bench` prints: times and ratios, growth, or what was tuned; then what was wrong or not timed, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from gcalc.cli.tables import COLOURS, fits
from gcalc.verify import Verdict

if TYPE_CHECKING:
    from gcalc.bench.race import Row
    from gcalc.bench.report import Report
    from gcalc.bench.tune import Tuned

Cells = Sequence[tuple[str, Sequence[str]]]
"""The lines of a table: a heading that is told once, and the cells."""


def show(console: Console, report: Report) -> None:
    """The table of a report, or its lines where the terminal is narrow."""
    from gcalc.bench.environment import caption

    if report.kind == "growth":
        _print(console, ("", "algorithm", "task", "measured", "derived", "milliseconds at"), _growth(report))
    else:
        columns = [
            column
            for task in report.tasks
            for column in (task, *(f"{family} ÷" for family in _timed(report)))
        ]
        _print(console, ("", "", *columns), _times(report))
    _show_measured(console, report)
    _show_notes(console, report)
    counts = Counter(row.verdict for row in report.rows)
    told = ", ".join(f"{n} {verdict}" for verdict, n in sorted(counts.items())) or "nothing was timed"
    console.print(f"\n{caption(dict(report.environment))}", highlight=False)
    console.print(
        f"{told}; {report.options['rounds']} rounds, {report.seconds:.1f} s, seed {report.options['seed']}",
        highlight=False,
    )
    if report.missed:
        console.print(f"[bold red]required, but not timed:[/] {escape(', '.join(report.missed))}")


def show_tuned(console: Console, tuned: Tuned) -> None:
    """A line a problem: the fastest algorithm, and how much longer the others take."""
    from gcalc.bench.environment import caption

    lines = []
    for row in tuned.rows:
        times = sorted(row["times"].items(), key=lambda item: item[1])
        first, *others = times
        heading = f"|P| = {row['order']}, {row['channels_in']} channels, {row['lattice']}², box {row['box']}"
        slower = ", ".join(f"{name} {time:.2f}" for name, time in others)
        lines.append((heading, (f"batch {row['batch']}", first[0], slower)))
    _print(console, ("", "", "fastest", "others take"), lines)
    for failure in tuned.failures:
        console.print(f"[bold red]FAILED[/] {escape(failure)}", highlight=False)
    console.print(f"\n{caption(dict(tuned.environment))}", highlight=False)
    console.print(f"{len(tuned.rows)} problems in {tuned.seconds:.1f} s", highlight=False)


# ---- cells ----------------------------------------


def _timed(report: Report) -> list[str]:
    """The families of which somebody was timed."""
    timed = {row.name for row in report.rows if row.seconds}
    return [family for family, names in report.families.items() if timed & set(names)]


def _times(report: Report) -> Cells:
    """For everybody the milliseconds of each task and, for ours, the ratios."""
    lines = []
    for row in report.rows:
        if not row.seconds:
            continue
        ratios = report.ratios(row) if row.origin == "gcalc" else {}
        cells = [row.name]
        for task in report.tasks:
            cells.append(_milliseconds(row, task))
            cells += [_ratio(ratios.get(task, {}).get(family)) for family in _timed(report)]
        lines.append((row.subject, cells))
    return lines


def _milliseconds(row: Row, task: str) -> str:
    from gcalc.bench.report import milliseconds

    return f"{milliseconds(row.median(task))} ms" if task in row.seconds else ""


def _ratio(found: Any) -> str:
    return "" if found is None else f"{found.median:.2f} [{found.lower:.2f}, {found.upper:.2f}]"


def _growth(report: Report) -> Cells:
    from gcalc.bench.report import milliseconds

    lines = []
    for curve in report.curves:
        points = ", ".join(
            f"{value}: {milliseconds(seconds)}"
            for value, seconds in zip(curve.values, curve.seconds, strict=True)
        )
        exponents = (f"{curve.axis}^{curve.measured:.2f}", f"{curve.axis}^{curve.derived:.2f}")
        lines.append((curve.axis, (curve.algorithm, curve.task, *exponents, points)))
    return lines


def _measured(told: Mapping[str, Any]) -> str:
    """Numbers with three digits, and words, by their names."""
    parts = []
    for name, value in told.items():
        inner = (
            ", ".join(f"{key} {_number(v)}" for key, v in value.items())
            if isinstance(value, Mapping)
            else None
        )
        parts.append(f"{name}: {inner}" if inner is not None else f"{name} {_number(value)}")
    return "; ".join(parts)


def _number(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else f"{value:,}" if type(value) is int else str(value)


# ---- printing ----------------------------------------


def _print(console: Console, header: Sequence[str], lines: Cells) -> None:
    if not lines:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in header:
        table.add_column(name, no_wrap=True)
    before = None
    for heading, cells in lines:
        table.add_row(escape(heading) if heading != before else "", *map(escape, cells))
        before = heading
    if fits(console, table):
        console.print(table, highlight=False)
        return
    before = None
    for heading, cells in lines:
        if heading != before:
            console.print(f"[bold]{escape(heading)}[/]", highlight=False)
        before = heading
        named = [f"{name} {cell}".strip() for name, cell in zip(header[1:], cells, strict=True) if cell]
        console.print(Padding(escape(", ".join(named)), (0, 0, 0, 2), expand=False), highlight=False)


def _show_measured(console: Console, report: Report) -> None:
    """What was measured beside times."""
    for of, subjects in report.measured.items():
        console.print(f"\n[bold]{escape(of)}[/]", highlight=False)
        for subject, told in subjects.items():
            console.print(escape(f"{subject}: {_measured(told)}"), highlight=False)


def _show_notes(console: Console, report: Report) -> None:
    """What was wrong, what was not timed and why, and what peers do differently; each told once."""
    failed = _gathered((row.reason, row) for row in report.rows if row.verdict == "FAILED")
    if failed:
        console.print(f"\n[{COLOURS[Verdict.FAILED]}]FAILED[/]")
    for reason, rows in failed.items():
        console.print(f"{escape(_named(rows, report))}: {escape(reason)}", highlight=False)
    untested = _gathered((row.reason, row) for row in report.rows if row.verdict == "NOT_TESTED")
    if untested:
        console.print("\n[dim]NOT_TESTED[/]")
    for reason, rows in untested.items():
        console.print(f"[dim]{escape(_named(rows, report))}: {escape(reason)}[/]", highlight=False)
    notes = _gathered((row.note, row) for row in report.rows if row.note and row.seconds)
    if notes:
        console.print("\n[dim]notes[/]")
    for note, rows in notes.items():
        console.print(f"[dim]{escape(_named(rows, report))}: {escape(note)}[/]", highlight=False)


def _gathered(pairs: Iterable[tuple[str, Row]]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for text, row in pairs:
        found.setdefault(text, []).append(row)
    return found


def _named(rows: Sequence[Row], report: Report) -> str:
    """Whose rows these are, and on which subjects where not on all."""
    names = ", ".join(dict.fromkeys(row.name for row in rows))
    subjects = list(dict.fromkeys(row.subject for row in rows))
    return names if len(subjects) == len(report.subjects) else f"{names} on {'; '.join(subjects)}"
