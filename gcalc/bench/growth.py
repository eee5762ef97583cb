"""How the cost grows with |P|, K, N and k: the exponent that was measured beside the one that was derived.

Main definitions
    AXES: for each quantity the shapes along which it grows, everything else fixed.
    Curve: one algorithm along one axis.
    curves: from the rows of a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

from gcalc.bench.counts import COUNTS
from gcalc.bench.race import Row
from gcalc.bench.shape import Shape

__all__ = ["AXES", "QUICK_AXES", "Curve", "curves", "exponent"]

CENTRE = Shape(8, 32, "p4", 32, 5)
GROUPS = ("p1", "p2", "p4", "p4m")
AXES: dict[str, tuple[Shape, ...]] = {
    "|P|": tuple(replace(CENTRE, group=group) for group in GROUPS),
    "K": tuple(replace(CENTRE, channels=K) for K in (8, 16, 32, 64)),
    "N": tuple(replace(CENTRE, size=N) for N in (16, 24, 32, 48)),
    "k": tuple(replace(CENTRE, box=k) for k in (3, 5, 7)),
}
"""Around a layer of the p4 network."""
SMALL = Shape(2, 2, "p4", 8, 3)
QUICK_AXES = {
    "|P|": tuple(replace(SMALL, group=group) for group in GROUPS),
    "K": tuple(replace(SMALL, channels=K) for K in (1, 2, 4)),
}


@dataclass(frozen=True)
class Curve:
    """One algorithm along one axis.

    Attributes:
        axis: "|P|", "K", "N" or "k".
        algorithm: its name.
        task: "step" or "forward".
        values: of the quantity.
        seconds: the median at each value.
        multiplications: the derived count at each value.
        measured: the exponent of the seconds.
        derived: the exponent of the count.
    """

    axis: str
    algorithm: str
    task: str
    values: Sequence[int]
    seconds: Sequence[float]
    multiplications: Sequence[int]
    measured: float
    derived: float


def exponent(values: Sequence[float], costs: Sequence[float]) -> float:
    """The a of the power ``c·x^a`` that fits best: the least-squares slope of the logarithms.

    >>> round(exponent([1, 2, 4], [5, 20, 80]), 6)
    2.0
    """
    x, y = [log(v) for v in values], [log(c) for c in costs]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - mean_x) ** 2 for a in x)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread


def value(axis: str, shape: Shape) -> int:
    """The quantity of that axis."""
    return {"|P|": shape.order, "K": shape.channels, "N": shape.size, "k": shape.box}[axis]


def curves(axis: str, shapes: Sequence[Shape], rows: Sequence[Row], tasks: Sequence[str]) -> list[Curve]:
    """A curve for each algorithm and task that was timed at two values or more."""
    timed = {(row.subject, row.name): row for row in rows}
    found = []
    for algorithm, count in COUNTS.items():
        for task in tasks:
            measured = [
                (shape, row.median(task))
                for shape in shapes
                for row in [timed.get((str(shape), algorithm))]
                if row is not None and task in row.seconds
            ]
            if len(measured) < 2:
                continue
            values = [value(axis, shape) for shape, _ in measured]
            seconds = [taken for _, taken in measured]
            counted = [count(shape, task) for shape, _ in measured]
            found.append(
                Curve(
                    axis, algorithm, task, values, seconds, counted,
                    exponent(values, seconds), exponent(values, counted),
                )
            )  # fmt: skip
    return found
