"""A model: what the symbols of a statement stand for on one concrete group.

Main definitions: `Carrier` (a sort as a finite set), `Model` (carriers, subsets, automorphisms, and the
implementation of the operators).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from gcalc.kernel.terms import Aut, Fun, Sort, Subset, Var

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Carrier:
    """A sort as a finite set; its elements are the numbers `values`, which index the tables.

    shape: the axes it takes in an array (one axis for channels, |P|, N, N for a wallpaper group).
    space: what the implementation is called with: a G-set for a group or a set, None for channels.
    rows: for a set, rows[g][x] = index of g x; for a group, its multiplication table.
    inverses: of a group, else empty.
    values: range(size), except for a subgroup: the indices of its elements in its group.
    extent: where an array's values are followed by zeros, how many a list of them has; 0 where they are not.
    """

    shape: tuple[int, ...]
    values: Sequence[int]
    space: Any = None
    rows: Sequence[Sequence[int]] = ()
    inverses: Sequence[int] = ()
    extent: int = 0

    @property
    def stride(self) -> int:
        """How many values a list has for one value of the arguments before this one."""
        return self.extent or self.size

    @property
    def size(self) -> int:
        """How many elements it has."""
        return len(self.values)

    @cached_property
    def position(self) -> dict[int, int]:
        """Where an element stands on the array axis of this sort."""
        return {value: i for i, value in enumerate(self.values)}

    @staticmethod
    def channels(size: int) -> Carrier:
        """An index set."""
        return Carrier((size,), range(size))

    @staticmethod
    def of_group(group: Any) -> Carrier:
        """A finite group, acting on itself from the left."""
        rows = group.multiplication_table.tolist()
        return Carrier(group.shape, range(group.order), group.regular, rows, group.inverse_table.tolist())

    @staticmethod
    def of_set(space: Any) -> Carrier:
        """A finite G-set."""
        return Carrier(space.shape, range(int(np.prod(space.shape))), space, space.rows)

    @staticmethod
    def of_subgroup(group: Any, elements: Sequence[Any]) -> Carrier:
        """A subgroup, its elements in the given order."""
        return Carrier((len(elements),), [group.index(h) for h in elements], group.regular)


@dataclass(frozen=True)
class Box:
    """Filters of small support: index i of an axis of length k is the offset i - k//2 from the origin, zero elsewhere.

    shape: the axes of a filter, with |P| first on a group. cells: the point of every entry, in C order. size: of all
    points.
    Without cells (on a pixel window) the action's table leads to the entries of the box itself.
    """

    shape: tuple[int, ...]
    cells: tuple[int, ...] = ()
    size: int = 0

    def embed(self, array: Array, shape: tuple[int, ...]) -> Array:
        """The same filters with a value at every point: (…, *shape)."""
        lead = array.shape[: array.ndim - len(self.shape)]
        whole = np.zeros((*lead, self.size), dtype=array.dtype)
        whole[..., list(self.cells)] = array.reshape(*lead, len(self.cells))
        return whole.reshape(*lead, *shape)


@dataclass(frozen=True)
class Boxed:
    """Filters handed to an implementation as a box."""

    array: Array


@dataclass(frozen=True)
class Model:
    """An interpretation of the symbols of a statement.

    carriers: every sort that occurs. The contents of the function symbols are given to the evaluator.
    subsets: the indices of a subset's elements. automorphisms: a set with an action, and the element of its
    group that acts. ranges: values for a variable that is not to run over all of its sort. labels: for
    variables whose values index something else than their sort's group (the symmetries of a pixel window).
    box, boxed: the support of filters, and the functions that are given on it.
    boundary: what an implementation is told of the edge of a window; nothing elsewhere.
    reduction: what "any" commutative operation is: "max", "sum" or "mean". maps: of values, by their names.
    """

    carriers: Mapping[Sort, Carrier]
    backend: Any
    subsets: Mapping[Subset, tuple[int, ...]] = field(default_factory=dict)
    automorphisms: Mapping[Aut, tuple[Any, int]] = field(default_factory=dict)
    ranges: Mapping[Var, Sequence[int]] = field(default_factory=dict)
    labels: Mapping[Var, Sequence[Any]] = field(default_factory=dict)
    reduction: str = "sum"
    box: Box | None = None
    boxed: frozenset[Fun] = frozenset()
    boundary: Mapping[str, str] = field(default_factory=dict)
    maps: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    def shape(self, sorts: Sequence[Sort]) -> tuple[int, ...]:
        """The array shape of a function with arguments of these sorts."""
        return tuple(n for sort in sorts for n in self.carriers[sort].shape)

    def values(self, variable: Var) -> Sequence[int]:
        """The values a free variable runs over."""
        return self.ranges.get(variable, self.carriers[variable.sort].values)
