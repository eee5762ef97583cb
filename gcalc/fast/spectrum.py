"""The frequencies of a torus (Z/N)^d under a point group: orbits, and the real blocks of the group's transform.

Main definitions
    Spectrum: for each orbit of frequencies the index tables of its block.

Main statements
    Let ``x̂_s(w) = sum_t x(s, t) exp(-2πi w·t/N)``. For an orbit's representative u the matrices
    ``X[ρ, s] = x̂_{ρs}(ρu)``, rows and columns in P, turn the product of the group algebra into the product of
    matrices: for ``y = f ⋆ psi``

        Y = F Ψ†,    and for the gradients    dL/dF = D Ψ,    dL/dΨ = D† F,

    where the rows of Ψ stand for the inverses of the columns of Y. Here ρu is ``ρ⁻ᵀu`` mod N, the dual action.
    Real x has ``x̂(-w)`` conjugate to ``x̂(w)``. If -1 is in P, then ``X[-ρ, -s]`` is conjugate to ``X[ρ, s]``, so
    in the basis ``(e_ρ + e_-ρ)/√2, i(e_ρ - e_-ρ)/√2`` the block is real:

        [[Re p, -Im m], [Im p, Re m]],    p = x̂_{ρs} + x̂_{-ρs},    m = x̂_{ρs} - x̂_{-ρs}    at ρu,

    rows and columns in P/{±1}. If -1 is not in P the orbit of -u holds the conjugates, and complex numbers are pairs
    of reals. So with -1 in P a value of the output costs J|P| real multiplications in the product, where the direct sum
    takes that times the box's entries; and no filter is ever expanded.

Notation
    N is the torus's size, d its dimension. Frequencies are stored with first coordinate 0, …, N//2. A class is a pair
    {s, -s}, or one s if -1 is not in P.
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

__all__ = ["Spectrum"]


@dataclass(frozen=True)
class Spectrum:
    """The orbits of P on the frequencies of (Z/N)^d.

    Attributes:
        P: the point group, whose elements are integer matrices.
        N: the size of the torus.
    """

    P: FiniteGroup
    N: int

    @property
    def dimension(self) -> int:
        """The dimension d of the torus."""
        return len(self.P.elements[0])

    @property
    def h(self) -> int:
        """How many first coordinates are stored."""
        return self.N // 2 + 1

    @property
    def rest(self) -> int:
        """How many stored frequencies there are for one first coordinate."""
        return int(self.N ** (self.dimension - 1))

    @cached_property
    def negative(self) -> Integers | None:
        """For each s in P the index of -s, or None if -1 is not in P."""
        minus = tuple(tuple(-x for x in row) for row in self.P.identity)
        if minus not in self.P:
            return None
        return np.asarray(self.P.multiplication_table[self.P.index(minus)])

    @property
    def central(self) -> bool:
        """Whether -1 is in P."""
        return self.negative is not None

    @cached_property
    def classes(self) -> Integers:
        """One s of each class, (classes,)."""
        every = np.arange(self.P.order)
        return every if self.negative is None else every[every < self.negative]

    @cached_property
    def class_of(self) -> tuple[Integers, Integers]:
        """For each s its class, and the sign: 1 if s is the class's member of `classes`, else -1."""
        order = self.P.order
        number, sign = np.empty(order, dtype=np.int64), np.ones(order, dtype=np.int64)
        number[self.classes] = np.arange(len(self.classes))
        if self.negative is not None:
            number[self.negative[self.classes]] = np.arange(len(self.classes))
            sign[self.negative[self.classes]] = -1
        return number, sign

    @cached_property
    def images(self) -> Integers:
        """The index of ``ρ⁻ᵀw`` for each ρ in P and each frequency w of the whole torus in C order."""
        d, shape = self.dimension, (self.N,) * self.dimension
        w = np.indices(shape).reshape(d, -1)
        matrices = np.array(self.P.elements, dtype=np.int64)[self.P.inverse_table]
        moved = np.einsum("sba,bw->saw", matrices, w)  # transposed inverses
        images: Integers = np.ravel_multi_index(tuple(np.moveaxis(moved, 1, 0)), shape, mode="wrap")
        return images

    @cached_property
    def opposite(self) -> Integers:
        """The index of -w for each frequency w."""
        shape = (self.N,) * self.dimension
        w = np.indices(shape).reshape(self.dimension, -1)
        opposite: Integers = np.ravel_multi_index(tuple(-w), shape, mode="wrap")  # type: ignore[assignment]
        return opposite

    @property
    def stored(self) -> int:
        """How many frequencies are stored: those of the first `stored` indices."""
        return self.h * self.rest

    @cached_property
    def orbits(self) -> Integers:
        """One frequency of each orbit under P and -1, (orbits,)."""
        least = np.minimum(self.images.min(axis=0), self.images[:, self.opposite].min(axis=0))
        return np.unique(least)

    @cached_property
    def rows(self) -> tuple[Integers, Integers, Integers]:
        """For each orbit and row class: ρ in P, the stored frequency ±ρu, and that sign; (orbits, classes) each."""
        images = self.images[:, self.orbits].T
        rho = np.broadcast_to(self.classes, (len(self.orbits), len(self.classes)))
        if self.negative is not None:
            # of ρ and -ρ the one whose image is stored
            inside = np.take_along_axis(images, rho, axis=1) < self.stored
            rho = np.where(inside, rho, self.negative[rho])
        image = np.take_along_axis(images, rho, axis=1)
        sign = np.where(image < self.stored, 1, -1)
        return rho, np.where(sign > 0, image, self.opposite[image]), sign

    @cached_property
    def sources(self) -> tuple[Integers, Integers, Integers]:
        """For each stored frequency w: an orbit, its row class with ±ρu = w, and that sign, 0 if there is none."""
        _, frequency, sign = self.rows
        orbit, row = np.zeros((2, self.stored), dtype=np.int64)
        found = np.zeros(self.stored, dtype=np.int64)
        k, r = np.indices(frequency.shape)
        for f, o, i, s in zip(*(a.ravel()[::-1] for a in (frequency, k, r, sign)), strict=True):
            orbit[f], row[f], found[f] = o, i, s
        if not self.central:
            lost = np.flatnonzero(found == 0)
            back = self.opposite[lost]
            orbit[lost], row[lost], found[lost] = orbit[back], row[back], -found[back]
        return orbit, row, found

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """How often each stored frequency counts in the inverse transform, which is over all w; (h, rest)."""
        w = np.arange(self.stored)
        opposite = self.opposite[w]
        present = self.sources[2] != 0
        both = (opposite < self.stored) & (opposite != w)
        twin = np.where(both, present[np.where(both, opposite, 0)], False)
        weight = np.where(present, np.where((opposite == w) | twin, 1.0, 2.0), 0.0)
        return weight.reshape(self.h, self.rest)
