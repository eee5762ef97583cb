"""Box filters: arrays of few entries that stand for a filter which is zero elsewhere.

Main definitions
    offsets: the lattice vectors at which a box has its entries.
    points: where those entries lie in a periodic space.
    embed: the full filter that a box stands for.

Main statements
    The index i of an axis with k entries is the offset ``i - k // 2`` in steps of the grid. The filter is
    evaluated as ``psi(g⁻¹x)``, so the box turns about the lattice's origin, also when k is even.

Notation
    A point of a space with a point axis is ``y = (t, o)``, t in the point group P and o an offset; a grid has
    no t.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from gcalc.reference.arrays import numbers, read
from gcalc.spaces.boxes import box_axes, filters_box, lattice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcalc.groups.finite import FiniteGroup
    from gcalc.groups.gset import GSet

    Matrix = Sequence[Sequence[int]]
    Offset = tuple[int, ...]

__all__ = ["embed", "fibres", "offsets", "points", "read_box", "turn"]


def offsets(box: Sequence[int]) -> list[Offset]:
    """The offset of each entry of a box, in C order: ``i - k // 2`` on an axis of k entries."""
    return [tuple(i - k // 2 for i, k in zip(index, box, strict=True)) for index in product(*map(range, box))]


def turn(s: Matrix, o: Offset) -> Offset:
    """The offset ``s·o``, a matrix times a vector."""
    return tuple(sum(entry * x for entry, x in zip(row, o, strict=True)) for row in s)


def fibres(P: FiniteGroup, has_point_axis: bool) -> list[list[int]]:
    """For each s in P the index of ``st`` for each t in P; for a space without a point axis, one zero."""
    if has_point_axis:
        table: list[list[int]] = P.multiplication_table.tolist()
        return table
    return [[0]] * P.order


def points(X: GSet, box: Sequence[int]) -> list[int]:
    """The index in the periodic space X of each entry (t, o) of the box, in the box's order."""
    sizes = lattice(X)
    cells = [_ravel([x % n for x, n in zip(o, sizes, strict=True)], sizes) for o in offsets(box)]
    fibre = range(X.shape[0]) if X.is_regular else range(1)
    return [t * prod(sizes) + cell for t in fibre for cell in cells]


def embed(X: GSet, psi: Sequence[Any], box: Sequence[int]) -> list[Any]:
    """The filter on all of X: psi at the box's points, zero elsewhere."""
    full = [0] * X.size
    for y, value in zip(points(X, box), psi, strict=True):
        full[y] = value
    return full


def read_box(X: GSet, values: Any, name: str, channels: tuple[str, ...]) -> tuple[tuple[int, ...], Any]:
    """A box filter of shape (*channels, [|P|,] *box): the box, and nested lists ``[k][j][y]``.

    Raises:
        ShapeError: the axes are others, or the box is larger than a periodic lattice.
        UnsupportedError: X has no lattice for a box to lie on.
    """
    array = numbers(values, name)
    box = filters_box(X, array.shape, name, channels)
    return box, read(array, name, channels, box_axes(X, box)).tolist()


def _ravel(index: Sequence[int], shape: Sequence[int]) -> int:
    flat = 0
    for i, n in zip(index, shape, strict=True):
        flat = flat * n + i
    return flat
