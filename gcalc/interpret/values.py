"""Values as implementations and sums want them: tables of a function, arrays of any scalars, reductions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from gcalc.interpret.model import Array, Boxed


@dataclass(frozen=True)
class Table:
    """A function's values: the array an implementation takes, a flat list, and the array on a box if given so."""

    array: Array
    flat: Sequence[Any]
    box: Boxed | None = None


def as_array(values: Sequence[Any], shape: tuple[int, ...]) -> Array:
    """Integers as an array of integers, other scalars as one of objects."""
    if all(isinstance(v, int) for v in values):
        return np.array(values).reshape(shape)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array.reshape(shape)


def _mean(values: Sequence[Any]) -> Any:
    total = sum(values)
    return Fraction(total, len(values)) if isinstance(total, int) else total / len(values)


REDUCTIONS: dict[str, Callable[[Sequence[Any]], Any]] = {"sum": sum, "max": max, "mean": _mean}
