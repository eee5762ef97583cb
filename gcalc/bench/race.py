"""One comparison: everybody is prepared, judged, and only then timed.

Main definitions
    Row: what became of one contestant.
    race: the rows of all entries on all cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median
from typing import Any

from gcalc.bench.contestant import AbsentError, Contestant, Entry
from gcalc.bench.definition import Judgement
from gcalc.bench.rounds import Ratio, interleave, ratio

__all__ = ["TIMED", "Judge", "Row", "best", "race", "ratios"]

TIMED = ("EXACT", "BOUNDED", "PROBABILISTIC")
"""The verdicts with which a contestant is timed."""
Judge = Callable[[Any, Mapping[str, Contestant], Mapping[str, Any]], dict[str, Judgement]]


@dataclass(frozen=True)
class Row:
    """A contestant on a case.

    Attributes:
        subject: what was computed, such as a shape, as text.
        name, origin: those of the entry.
        verdict: EXACT, BOUNDED, PROBABILISTIC, FAILED or NOT_TESTED.
        reason: why it failed or was not tested.
        note: the contestant's.
        error: the judgement's.
        seconds: of every round, by task.
    """

    subject: str
    name: str
    origin: str
    verdict: str
    reason: str = ""
    note: str = ""
    error: float | None = None
    seconds: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def median(self, task: str) -> float:
        """The median of the task's rounds."""
        return median(self.seconds[task])


def race(
    cases: Mapping[str, Any],
    entries: Sequence[Entry[Any]],
    judge: Judge,
    *,
    tasks: Sequence[str],
    rounds: int,
    threads: int,
) -> list[Row]:
    """A row for every case and entry, in their orders; all that are right take turns with each other.

    Args:
        cases: what is handed to every entry, by the subject's name.
        entries: who takes part.
        judge: from a case, its contestants and their results to a verdict on each.
        tasks: what is timed, one task after the other.
        rounds: how often everybody is timed.
        threads: how many each may use.
    """
    rows: dict[tuple[str, str], Row] = {}
    racing: dict[tuple[str, str], Contestant] = {}
    opened: list[Contestant] = []
    try:
        for subject, case in cases.items():
            ready: dict[str, Contestant] = {}
            rows |= _line_up(subject, case, entries, judge, threads, ready)
            opened += ready.values()
            racing |= {
                (subject, name): contestant
                for name, contestant in ready.items()
                if rows[subject, name].verdict in TIMED
            }
        for task in tasks if racing else ():
            for place, seconds in interleave(racing, task, rounds).items():
                rows[place] = replace(rows[place], seconds={**rows[place].seconds, task: seconds})
    finally:
        for contestant in opened:
            contestant.close()
    return [rows[subject, entry.name] for subject in cases for entry in entries]


def _line_up(
    subject: str,
    case: Any,
    entries: Sequence[Entry[Any]],
    judge: Judge,
    threads: int,
    ready: dict[str, Contestant],
) -> dict[tuple[str, str], Row]:
    """Prepare everybody and judge their results; who is prepared is put into `ready`."""
    rows: dict[tuple[str, str], Row] = {}
    results: dict[str, Any] = {}
    for entry in entries:
        row = partial(Row, subject, entry.name, entry.origin)
        try:
            ready[entry.name] = entry.prepare(case, threads)
            results[entry.name] = ready[entry.name].results()
        except AbsentError as why:
            rows[subject, entry.name] = row("NOT_TESTED", str(why))
        except Exception as error:  # whatever a contestant raises is its fault, not the end of the run
            rows[subject, entry.name] = row("FAILED", f"raises {type(error).__name__}: {error}")
    verdicts = judge(case, ready, results) if results else {}
    for entry in entries:
        if entry.name in verdicts:
            found, note = verdicts[entry.name], ready[entry.name].note
            rows[subject, entry.name] = Row(
                subject, entry.name, entry.origin, found.verdict, found.reason, note, found.error
            )
    return rows


def best(rows: Sequence[Row], task: str, names: Sequence[str]) -> Row | None:
    """The fastest of those named, or None where none was timed."""
    timed = [row for row in rows if row.name in names and task in row.seconds]
    return min(timed, key=lambda row: row.median(task), default=None)


def ratios(rows: Sequence[Row], row: Row, families: Mapping[str, Sequence[str]], tasks: Sequence[str]) -> Any:
    """``{task: {family: Ratio}}``: the time of the fastest of each family over that of the row."""
    found: dict[str, dict[str, Ratio]] = {}
    for task in tasks:
        if task not in row.seconds:
            continue
        found[task] = {}
        for family, names in families.items():
            peer = best(rows, task, names)
            if peer is not None:
                found[task][family] = ratio(peer.seconds[task], row.seconds[task])
    return found
