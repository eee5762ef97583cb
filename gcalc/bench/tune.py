"""The table that plans choose an algorithm by: relative times over a grid of problems.

Main definitions
    grid: the problems.
    tune: the algorithms' times on each, relative to the fastest.
    Tuned: the table, as `gcalc.fast.plans` reads it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

from gcalc.bench import ours
from gcalc.bench.contestant import Entry
from gcalc.bench.counts import direct
from gcalc.bench.definition import judge
from gcalc.bench.environment import environment, threads_of
from gcalc.bench.race import race
from gcalc.bench.shape import QUICK, SHAPES, Case, Shape, case
from gcalc.files import write_report

__all__ = ["QUICK_GRID", "Tuned", "grid", "table_of_plans", "tune", "write"]

SCHEMA_VERSION = 1
LARGEST = 40_000_000_000
"""Multiplications of a direct step; larger problems take minutes and behave as the largest ones."""
QUICK_GRID = QUICK


@dataclass(frozen=True)
class Tuned:
    """The table.

    Attributes:
        environment: what the times were taken on.
        rows: a dict a problem.
        failures: algorithms that were wrong, and where.
        seconds: of the whole run.
    """

    environment: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    failures: Sequence[str]
    seconds: float

    def exit_code(self) -> int:
        """0 all were right, 1 something was wrong, 3 nothing was timed."""
        if self.failures:
            return 1
        return 0 if self.rows else 3

    def as_json(self) -> dict[str, Any]:
        """The table as JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "environment": dict(self.environment),
            "rows": [dict(row) for row in self.rows],
        }


def grid() -> tuple[Shape, ...]:
    """Orders 1 to 8, 16 to 256 channels in all, lattices of 8 to 64, three boxes, batches of 1 to 128."""
    shapes = [
        Shape(batch, channels // order, group, size, box)
        for (group, order), channels, size, box, batch in product(
            (("p1", 1), ("p2", 2), ("p4", 4), ("p4m", 8)),
            (16, 64, 256),
            (8, 16, 32, 64),
            (3, 5, 7),
            (1, 16, 128),
        )
    ]
    return tuple(dict.fromkeys([*SHAPES, *(s for s in shapes if direct(s, "step") <= LARGEST)]))


def tune(
    shapes: Sequence[Shape],
    *,
    rounds: int,
    threads: int,
    seed: int = 0,
    progress: Callable[[str, int, int], None] = lambda subject, done, of: None,
    entries: Sequence[Entry[Case]] | None = None,
) -> Tuned:
    """The algorithms' training steps on every shape; a wrong one is left out and told."""
    begun = time.perf_counter()
    rows: list[dict[str, Any]] = []
    failures: list[str] = []
    with threads_of(threads):
        found = environment(threads)
        for done, shape in enumerate(shapes):
            progress(str(shape), done, len(shapes))
            raced = race(
                {str(shape): case(shape, seed)}, ours.entries() if entries is None else entries,
                partial(judge, seed=seed), tasks=("step",), rounds=rounds, threads=threads,
            )  # fmt: skip
            failures += [f"{shape}, {row.name}: {row.reason}" for row in raced if row.verdict == "FAILED"]
            medians = {row.name: row.median("step") for row in raced if row.seconds}
            if medians:
                rows.append(_row(shape, medians))
    return Tuned(found, rows, failures, time.perf_counter() - begun)


def _row(shape: Shape, medians: Mapping[str, float]) -> dict[str, Any]:
    fastest = min(medians.values())
    channels = shape.channels * shape.order
    return {
        "order": shape.order,
        "dimension": 2,
        "channels_in": channels,
        "channels_out": channels,
        "lattice": shape.size,
        "box": shape.box,
        "batch": shape.batch,
        "boundary": "periodic",
        "times": {name: round(taken / fastest, 3) for name, taken in medians.items()},
    }


def table_of_plans() -> Path:
    """The file that gcalc.fast reads."""
    return Path(str(files("gcalc.fast"))) / "tuned.json"


def write(tuned: Tuned, path: Path) -> None:
    """Write the table, replacing the file in one step; a row a line."""
    data = tuned.as_json()
    rows = ",\n".join(f"  {json.dumps(row)}" for row in data["rows"])
    head = json.dumps({key: value for key, value in data.items() if key != "rows"}, ensure_ascii=False)
    write_report(path, f'{head[:-1]},\n "rows": [\n{rows}\n]}}\n')
