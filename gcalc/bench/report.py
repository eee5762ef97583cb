"""What a benchmark found: JSON with all samples, and the exit code.

Main definitions
    Report: rows, what they are compared with, and where they were taken.
    write: the report in a file, as JSON or as a plot.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gcalc.bench.race import TIMED, Row, ratios
from gcalc.files import check_report, write_report

__all__ = ["Report", "check_destination", "milliseconds", "write"]

SCHEMA_VERSION = 1
SUFFIXES = (".json", ".svg", ".png")


@dataclass(frozen=True)
class Report:
    """The rows of a run.

    Attributes:
        kind: "ratios", "growth", "forms" or "device".
        environment: what the times were taken on.
        options: rounds, threads, seed.
        tasks: what was timed.
        families: what ratios are to: a name, and the contestants of which the fastest counts.
        rows: subject by subject.
        seconds: of the whole run.
        curves: of growth, see `growth`.
        measured: on a device, what is told beside times, by what it is of.
        require: families without which the run counts as failed.
    """

    kind: str
    environment: Mapping[str, Any]
    options: Mapping[str, Any]
    tasks: Sequence[str]
    families: Mapping[str, Sequence[str]]
    rows: Sequence[Row]
    seconds: float
    curves: Sequence[Any] = field(default=())
    require: Sequence[str] = ()
    measured: Mapping[str, Any] = field(default_factory=dict)

    @property
    def missed(self) -> list[str]:
        """The required families of which nothing was timed on a subject that they belong to, or that have none."""
        return [family for family in self.require if self._is_missed(self.families.get(family, ()))]

    def _is_missed(self, names: Sequence[str]) -> bool:
        timed = {row.subject for row in self.rows if row.name in names and row.verdict in TIMED}
        return not timed or timed != {row.subject for row in self.rows if row.name in names}

    @property
    def subjects(self) -> list[str]:
        """What was computed, in order."""
        return list(dict.fromkeys(row.subject for row in self.rows))

    def of(self, subject: str) -> list[Row]:
        """The rows of one subject."""
        return [row for row in self.rows if row.subject == subject]

    def exit_code(self) -> int:
        """0 all that was timed was right, 1 something failed or a required family is missing, 3 nothing was timed."""
        if any(row.verdict == "FAILED" for row in self.rows) or self.missed:
            return 1
        return 0 if any(row.verdict in TIMED for row in self.rows) else 3

    def ratios(self, row: Row) -> Any:
        """``{task: {family: Ratio}}`` of a row."""
        return ratios(self.of(row.subject), row, self.families, self.tasks)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON data."""
        counts = Counter(row.verdict for row in self.rows)
        return {
            "schema_version": SCHEMA_VERSION,
            "kind": self.kind,
            "environment": dict(self.environment),
            "options": dict(self.options),
            "summary": {
                "seconds": self.seconds,
                "verdicts": dict(sorted(counts.items())),
                "required": list(self.require),
                "exit_code": self.exit_code(),
            },
            "families": {family: list(names) for family, names in self.families.items()},
            "rows": [self._row(row) for row in self.rows],
            "curves": [asdict(curve) for curve in self.curves],
            "measured": dict(self.measured),
        }

    def _row(self, row: Row) -> dict[str, Any]:
        data = {key: value for key, value in asdict(row).items() if key != "seconds"}
        return {
            **data,
            "seconds": {task: list(taken) for task, taken in row.seconds.items()},
            "median": {task: row.median(task) for task in row.seconds},
            "ratios": {
                task: {family: asdict(found) for family, found in by.items()}
                for task, by in self.ratios(row).items()
            },
        }


def milliseconds(seconds: float) -> str:
    """Three digits of milliseconds.

    >>> milliseconds(0.00123456), milliseconds(1.5)
    ('1.23', '1,500')
    """
    taken = 1000 * seconds
    return f"{taken:.3g}" if taken < 100 else f"{taken:,.0f}"


# ---- files ----------------------------------------


def check_destination(path: Path, suffixes: Sequence[str] = SUFFIXES) -> None:
    """Refuse, before the work is done, a report that could not be written."""
    check_report(path, suffixes)


def write(report: Report, path: Path) -> None:
    """Write the report as its suffix says, replacing the file in one step.

    Raises:
        UsageError: as `check_destination`.
        MissingDependencyError: a plot, and matplotlib is absent.
    """
    if path.suffix == ".json":
        write_report(path, json.dumps(report.as_json(), indent=1, ensure_ascii=False) + "\n")
        return
    from gcalc.bench.plot import draw

    write_report(path, draw(report, path.suffix.removeprefix(".")))
