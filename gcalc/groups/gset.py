"""Finite sets with a left action of a finite group, each held as one integer table.

Main definitions
    GSet: a set X of labelled points, and the table of indices ``table[g, x] = gx``.

Notation
    The axioms of a left action are ``ex = x`` and ``(gh)x = g(hx)``. The stabilizer of x is
    ``{g : gx = x}``, its orbit ``{gx : g in G}``; the action is free when every stabilizer is trivial
    and transitive when there is one orbit.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import ElementError, InvalidGroupError, ShapeError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

    from gcalc.groups.finite import FiniteGroup

__all__ = ["GSet"]


class GSet:
    """A finite set X on which a finite group G acts on the left.

    Attributes:
        group: the group G.
        name: what the set is called in messages.
        shape: the axes of an array that holds one value a point; C order of them is the index order.
        size: the number of points, the product of ``shape``.
        is_regular: whether X is G itself under left multiplication.
        is_grid: whether X is the grid of a quotient of a crystallographic group.
        is_window: whether X is made of the pixels of an array (see :mod:`gcalc.spaces.window`).

    The constructor trusts its table; :meth:`from_table` checks the axioms. A table and labels that are given as
    functions are made when they are first read.
    """

    def __init__(
        self,
        group: FiniteGroup,
        name: str,
        points: Sequence[Hashable] | Callable[[], Sequence[Hashable]] | None,
        action_table: NDArray[np.int64] | Callable[[], NDArray[np.int64]],
        *,
        shape: tuple[int, ...] | None = None,
        is_regular: bool = False,
        is_grid: bool = False,
        is_window: bool = False,
    ) -> None:
        """Hold a table that is already known to be an action; one made later needs the shape."""
        self.group = group
        self.name = name
        self._labels, self._table = points, action_table
        self.shape = (self.action_table.shape[1],) if shape is None else shape
        self.size = prod(self.shape)
        self.is_regular = is_regular
        self.is_grid = is_grid
        self.is_window = is_window

    @classmethod
    def from_table(
        cls,
        group: FiniteGroup,
        table: ArrayLike,
        points: Sequence[Hashable] | None = None,
        name: str = "X",
    ) -> GSet:
        """The set whose action is ``table[g, x]`` = index of ``gx``, after checking both axioms.

        Args:
            group: the group G that acts.
            table: integers, shape (group.order, number of points).
            points: labels, distinct and hashable; 0, 1, … if absent.
            name: what to call the set in messages.

        Raises:
            ShapeError: the table has the wrong axes.
            InvalidGroupError: an axiom fails; the message names it, the elements and the point.
        """
        array = np.asarray(table)
        if array.ndim != 2 or array.shape[0] != group.order:
            raise ShapeError(
                f"an action table of {group} needs axes ({group.order} elements, points), got {array.shape}"
            )
        size = array.shape[1]
        if array.dtype.kind not in "iu" or array.size == 0 or array.min() < 0 or array.max() >= size:
            raise InvalidGroupError(
                f"an action table needs integer entries from 0 to {size - 1}, one column a point"
            )
        labels = tuple(range(size)) if points is None else tuple(points)
        if len(labels) != size or len(set(labels)) != size:
            raise ShapeError(f"need {size} distinct points, one for each column, got {len(labels)}")
        array = array.astype(np.int64)
        check_action(group, array, labels)
        return cls(group, name, labels, array)

    @cached_property
    def points(self) -> tuple[Any, ...]:
        """The points' labels in index order; multi-indices of ``shape`` unless given."""
        if self._labels is None:
            return tuple(product(*map(range, self.shape)))
        return tuple(self._labels() if callable(self._labels) else self._labels)

    @cached_property
    def action_table(self) -> NDArray[np.int64]:
        """Read-only integers ``(group.order, size)``, ``table[g, x]`` = index of ``gx``.

        Raises:
            UnsupportedError: the group is too large for a table.
        """
        table = self._table() if callable(self._table) else self._table
        table.setflags(write=False)
        return table

    def __repr__(self) -> str:
        """The name, the size, and the group with its order."""
        return f"<GSet {self.name} of {self.size} points under {self.group}>"

    def __len__(self) -> int:
        """The number of points."""
        return self.size

    def __iter__(self) -> Iterator[Any]:
        """The points, in index order."""
        return iter(self.points)

    def __contains__(self, x: object) -> bool:
        """Whether x is a point."""
        try:
            return x in self._index_of
        except TypeError:
            return False

    def index(self, x: Hashable) -> int:
        """The index of the point x in ``points`` and in the columns of the table."""
        try:
            return self._index_of[x]
        except (KeyError, TypeError):
            raise ElementError(
                f"{x!r} is not a point of {self.name}; take one of .points, such as {self.points[-1]!r}"
            ) from None

    def act(self, g: Hashable, x: Hashable) -> Any:
        """The point ``gx``."""
        return self.points[self.rows[self.group.index(g)][self.index(x)]]

    def stabilizer(self, x: Hashable) -> tuple[Any, ...]:
        """The subgroup ``{g : gx = x}``, its elements in index order."""
        i = self.index(x)
        return tuple(self.group.elements[g] for g in np.flatnonzero(self.action_table[:, i] == i))

    def orbits(self) -> tuple[tuple[Any, ...], ...]:
        """The orbits ``{gx : g in G}``, ordered by their least index, each in index order."""
        least = self.action_table.min(axis=0)
        return tuple(
            tuple(self.points[x] for x in np.flatnonzero(least == representative))
            for representative in np.unique(least)
        )

    @cached_property
    def is_free(self) -> bool:
        """Whether ``gx = x`` for some x only when ``g = e``."""
        return not bool((self.action_table[1:] == np.arange(self.size)).any())

    @cached_property
    def is_transitive(self) -> bool:
        """Whether there is exactly one orbit."""
        return not bool(self.action_table.min(axis=0).any())

    @cached_property
    def rows(self) -> list[list[int]]:
        """The action table as lists, for plain loops: ``rows[g][x]`` = index of ``gx``."""
        rows: list[list[int]] = self.action_table.tolist()
        return rows

    @cached_property
    def inverse_rows(self) -> list[list[int]]:
        """The inverse action as lists: ``inverse_rows[g][x]`` = index of ``g⁻¹x``."""
        return [self.rows[g] for g in self.group.inverse_table.tolist()]

    @cached_property
    def _index_of(self) -> dict[Any, int]:
        return {x: i for i, x in enumerate(self.points)}


def check_action(group: FiniteGroup, table: NDArray[np.int64], points: Sequence[Hashable]) -> None:
    """Check ``ex = x`` and ``(gh)x = g(hx)``, the latter for generators g, which suffices.

    If it holds for g and for g', it holds for gg': ``(gg'h)x = g(g'hx) = g(g'(hx)) = (gg')(hx)``.
    """
    moved = np.flatnonzero(table[0] != np.arange(len(points)))
    if moved.size:
        x = int(moved[0])
        raise InvalidGroupError(
            f"action axiom ex = x fails: the identity sends {points[x]} to {points[table[0, x]]}"
        )
    for g in group.generators:
        i = group.index(g)
        left, right = table[group.multiplication_table[i]], table[i][table]
        wrong = np.argwhere(left != right)
        if wrong.size:
            h, x = (int(k) for k in wrong[0])
            raise InvalidGroupError(
                f"action axiom (gh)x = g(hx) fails at g = {g}, h = {group.elements[h]}, x = {points[x]}: "
                f"(gh)x = {points[left[h, x]]} but g(hx) = {points[right[h, x]]}"
            )
