"""Where a filter's entries go when each element of the point group turns it: the index of the filter transformation.

Main definitions
    Transformation: the index and its inverse.
    of_space: for the operators, on a space.
    of_problem: for the algorithms of planar correlation.

Main statements
    Every s in P moves each entry to one cell, so |P| cells read an entry.

Notation
    s and t run over the point group P, z over the lattice. An entry (t, o) is one of a filter psi_j^k, a cell (t, z)
    one of a transformed filter ``psi[k, s, j, t, z] = psi_j^k(s⁻¹t, s⁻¹z)``; on a grid they have no t.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

import numpy as np

from gcalc.spaces.window import Window, WindowRegular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gcalc.fast.problem import Problem
    from gcalc.groups.finite import FiniteGroup
    from gcalc.groups.gset import GSet
    from gcalc.groups.quotient import Quotient

    Indices = NDArray[np.int32]
    Integers = NDArray[np.int64]

__all__ = ["Transformation", "of_problem", "of_space"]


@dataclass(frozen=True, eq=False)
class Transformation:
    """The index of a filter transformation, and its inverse.

    Attributes:
        filter_shape: the axes of a filter psi_j^k; in C order its entries (t, o).
        kernel_shape: the axes of a transformed filter; in C order its cells (t, z).
        images: (|P|, entries), the cell to which s moves each entry: the inverse index.
        sources: (|P|, cells), the entry that s moves to each cell; the number of entries where there is none.
    """

    filter_shape: tuple[int, ...]
    kernel_shape: tuple[int, ...]
    images: Indices
    sources: Indices

    @classmethod
    def from_images(
        cls, filter_shape: tuple[int, ...], kernel_shape: tuple[int, ...], images: NDArray[np.integer]
    ) -> Transformation:
        """Both tables from the inverse index."""
        entries = prod(filter_shape)
        sources = np.full((len(images), prod(kernel_shape)), entries, dtype=np.int32)
        np.put_along_axis(sources, images.astype(np.intp), np.arange(entries, dtype=np.int32)[None], axis=1)
        return cls(filter_shape, kernel_shape, images.astype(np.int32), sources)

    @property
    def has_gaps(self) -> bool:
        """Whether there are cells that no turned box reaches."""
        return prod(self.filter_shape) < prod(self.kernel_shape)


@lru_cache(maxsize=64)
def of_problem(problem: Problem) -> tuple[Transformation, tuple[int, ...]]:
    """The tables for the smallest box of cells that holds all turned boxes, and the offset of its first cell.

    The output of orientation s at index i reads the cells ``i + first + z``; for "valid" the index is counted from
    ``starts[s]``. Where the boundary is periodic a box as large as the lattice is taken modulo the lattice.
    """
    placed = problem.turned_offsets + problem.starts[:, None, :]
    first, sizes = placed.min(axis=(0, 1)), np.ptp(placed, axis=(0, 1)) + 1
    if problem.boundary == "periodic":
        whole = sizes > problem.lattice
        first, sizes = np.where(whole, 0, first), np.where(whole, problem.lattice, sizes)
        placed = np.where(whole, placed % problem.lattice, placed)
    box = tuple(sizes.tolist())
    images = _box_images(problem.P, problem.point_axis, placed - first, box)
    kernel_shape = (problem.P.order,) * problem.point_axis + box
    return Transformation.from_images(problem.filter_shape, kernel_shape, images), tuple(first.tolist())


def _box_images(P: FiniteGroup, point_axis: bool, places: Integers, box: Sequence[int]) -> Integers:
    """The cell (st, places[s, o]) of ([|P|,] *box) for each s and entry (t, o)."""
    z = np.ravel_multi_index(tuple(np.moveaxis(places, -1, 0)), tuple(box))
    st = P.multiplication_table if point_axis else np.zeros((P.order, 1), dtype=np.int64)
    return np.asarray(st[:, :, None] * prod(box) + z[:, None, :]).reshape(P.order, -1)


_TABLES: WeakKeyDictionary[GSet, dict[tuple[int, ...] | None, Transformation]] = WeakKeyDictionary()


def of_space(X: GSet, box: tuple[int, ...] | None) -> Transformation:
    """The tables of a box on a space, centred in the smallest odd box, or of full filters; kept with the space."""
    tables = _TABLES.setdefault(X, {})
    if box not in tables:
        tables[box] = _full_table(X) if box is None else _box_table(X, box)
    return tables[box]


def _full_table(X: GSet) -> Transformation:
    """Full filters are moved by the elements (s, 0)."""
    group = cast("Quotient", X.group)
    images = X.action_table[[group.index(s) for s in group.point_subgroup]]
    return Transformation.from_images(X.shape, X.shape, images)


def _box_table(X: GSet, box: tuple[int, ...]) -> Transformation:
    """Boxes are moved about offset 0, into the smallest odd box centred there."""
    P = _point_group(X)
    offsets = np.indices(box).reshape(len(box), -1).T - np.array(box) // 2
    placed = np.einsum("sab,ob->soa", np.array(P.elements, dtype=np.int64), offsets)
    reach = np.abs(placed).max(axis=(0, 1))
    sizes, fibre = tuple((2 * reach + 1).tolist()), (P.order,) * X.is_regular
    images = _box_images(P, X.is_regular, placed + reach, sizes)
    return Transformation.from_images((*fibre, *box), (*fibre, *sizes), images)


def _point_group(X: GSet) -> FiniteGroup:
    if isinstance(X, Window | WindowRegular):
        return X.point_group
    return cast("Quotient", X.group).point_group
