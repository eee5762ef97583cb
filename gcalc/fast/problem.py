"""What a planar G-correlation is about: a split group's point group, a lattice, a box of taps, a boundary.

Main definitions
    Problem: the integers that every algorithm works from; no array of data is in it.

Notation
    P is the point group, s and t its elements, o an offset of the lattice and z a cell. The output at ``g = (s, x)`` is
    ``y_k(s, x) = sum_j sum_t sum_o f_j(st, x + s·o) psi_j^k(t, o)``, without t where the input has no point axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.groups.finite import FiniteGroup

    Integers = NDArray[np.int64]

__all__ = ["Problem"]


@dataclass(frozen=True)
class Problem:
    """A planar G-correlation, without its batch and channels.

    Attributes:
        P: the point group, whose elements are integer matrices.
        lattice: the sizes of the input's lattice axes.
        point_axis: whether inputs and filters have the axis of P: (…, J, |P|, *lattice) or (…, J, *lattice).
        box: the sizes of the filter's lattice axes; all of the lattice for full filters.
        origin: the index in the box of the offset 0.
        boundary: "periodic", "zero" or "valid".
    """

    P: FiniteGroup
    lattice: tuple[int, ...]
    point_axis: bool
    box: tuple[int, ...]
    origin: tuple[int, ...]
    boundary: str

    @property
    def dimension(self) -> int:
        """The number d of lattice axes."""
        return len(self.lattice)

    @cached_property
    def matrices(self) -> Integers:
        """The elements of P, (|P|, d, d), in P's order."""
        return np.array(self.P.elements, dtype=np.int64)

    @cached_property
    def offsets(self) -> Integers:
        """The offset of each entry of the box in C order, (entries, d)."""
        d = self.dimension
        return np.indices(self.box).reshape(d, -1).T - np.array(self.origin, dtype=np.int64)

    @cached_property
    def turned_offsets(self) -> Integers:
        """``s·o`` for each s and o, (|P|, entries, d)."""
        turned: Integers = np.einsum("sab,ob->soa", self.matrices, self.offsets)
        return turned

    @cached_property
    def starts(self) -> Integers:
        """The cell x at which the output of each orientation s starts, (|P|, d): 0, or for "valid" the first inside."""
        if self.boundary != "valid":
            return np.zeros((len(self.matrices), self.dimension), dtype=np.int64)
        return np.asarray(-self.turned_offsets.min(axis=1))

    @cached_property
    def output_lattice(self) -> tuple[int, ...]:
        """The sizes of the output's lattice axes."""
        if self.boundary != "valid":
            return self.lattice
        return tuple(n - k + 1 for n, k in zip(self.lattice, self.box, strict=True))

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The axes of f after its channels."""
        return (self.P.order,) * self.point_axis + self.lattice

    @property
    def filter_shape(self) -> tuple[int, ...]:
        """The axes of psi after its channels."""
        return (self.P.order,) * self.point_axis + self.box

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The axes of the output after its channels."""
        return (self.P.order, *self.output_lattice)
