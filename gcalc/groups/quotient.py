"""Finite quotients of crystallographic groups: translations mod N.

Main definitions
    Quotient: the group ``G / N Z^d`` of order ``|P| N^d``.
    Quotient.grid: the points of ``((1/D)Z / NZ)^d`` with the action ``x -> Mx + t``.

Notation
    The element of index (p, t), in C order, is ``(p, tau_p + t)`` with t in {0, …, N-1}^d. Products are
    ``(p, tau_p + t)(q, tau_q + s) = (pq, tau_pq + c(p, q) + t + ps)`` with the integral cocycle
    ``c(p, q) = tau_p + p tau_q - tau_pq``.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, partial
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import ElementError, UnsupportedError
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.gset import GSet
from gcalc.groups.isometry import Isometry
from gcalc.groups.tables import check_order

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from gcalc.groups.crystallographic import CrystallographicGroup

__all__ = ["Quotient"]


class Quotient(FiniteGroup):
    """A crystallographic group with its translations mod N.

    Attributes:
        crystallographic: the infinite group.
        modulus: N.
        dimension: d.
        denominator: D, the common denominator of the translation parts.
        point_group: P, whose elements are integer matrices.
        shape: (|P|, N, …, N).
        elements: isometries with translations in [0, N)^d.
    """

    def __init__(self, crystallographic: CrystallographicGroup, N: int) -> None:
        """Hold the group; its elements and its table are made when they are first read."""
        self.crystallographic = crystallographic
        self.modulus = N
        self.dimension = crystallographic.dimension
        self.denominator = crystallographic.denominator
        self.point_group = crystallographic.point_group
        name = f"{crystallographic.name} mod {N}"
        shape = (self.point_group.order, *(N,) * self.dimension)
        table = partial(_quotient_table, crystallographic, N)
        super().__init__(table, partial(_isometries, crystallographic, N), name, shape=shape)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the crystallographic group and N."""
        return Quotient, (self.crystallographic, self.modulus)

    @property
    def is_split(self) -> bool:
        """Whether the crystallographic group splits; its quotient may even where it does not (pg mod 3)."""
        return self.crystallographic.is_split

    def index(self, g: Hashable) -> int:
        """The index of the element g, an isometry with translation in [0, N)^d."""
        try:
            return super().index(g)
        except ElementError:
            if g in self.crystallographic:
                raise ElementError(f"{g} is not reduced mod {self.modulus}; take .reduce(g) first") from None
            raise

    def reduce(self, g: Isometry) -> Isometry:
        """The element of the quotient that g, an element of the crystallographic group, stands for."""
        self.crystallographic.check_element(g)
        return Isometry(g.matrix, tuple(Fraction(x) % self.modulus for x in g.translation))

    @property
    def translation_subgroup(self) -> tuple[Isometry, ...]:
        """The translations ``(1, t)``, t in {0, …, N-1}^d in C order."""
        return self.elements[: self.modulus**self.dimension]

    @cached_property
    def point_subgroup(self) -> tuple[Isometry, ...]:
        """A complement of the translations, in the order of the point group: ``(p, v - pv)`` for an origin v.

        These are ``(p, 0)`` for the split wallpaper groups, whose tables have v = 0.

        Raises:
            UnsupportedError: the crystallographic group does not split.
        """
        v = self.crystallographic.split_origin
        if v is None:
            raise UnsupportedError(
                f"{self.crystallographic.name} is not split, so no subgroup stands for its point group; "
                "take a split group (is_split), such as p4m"
            )
        zero = (Fraction(0),) * self.dimension
        images = [Isometry(p, zero)(v) for p in self.point_group]
        shifts = (tuple(a - b for a, b in zip(v, pv, strict=True)) for pv in images)
        return tuple(self.reduce(Isometry(p, t)) for p, t in zip(self.point_group, shifts, strict=True))

    @cached_property
    def grid(self) -> GSet:
        """``((1/D)Z / NZ)^d``: index i is the point i/D, and ``(p, a)`` sends i to ``pi + Da mod DN``."""
        shape = (self.denominator * self.modulus,) * self.dimension
        return GSet(
            self, f"grid of {self.name}", self._grid_points, self._grid_table, shape=shape, is_grid=True
        )

    def _grid_points(self) -> list[Any]:
        D = self.denominator
        return list(product([Fraction(k, D) for k in range(D * self.modulus)], repeat=self.dimension))

    def _grid_table(self) -> NDArray[np.int64]:
        check_order(self.order, self.name)
        d, D = self.dimension, self.denominator
        shape = (D * self.modulus,) * d
        i = np.indices(shape).reshape(d, 1, -1)
        t = D * np.indices((self.modulus,) * d).reshape(d, -1, 1)
        blocks = []
        for p, tau in zip(self.point_group, self.crystallographic.translation_parts, strict=True):
            shift = np.array([int(D * x) for x in tau], dtype=np.int64).reshape(d, 1, 1)
            image = np.tensordot(np.array(p, dtype=np.int64), i, 1) + shift + t
            blocks.append(np.ravel_multi_index(tuple(image), shape, mode="wrap"))
        return np.concatenate(blocks).astype(np.int64)


def _isometries(group: CrystallographicGroup, N: int) -> list[Isometry]:
    """The elements ``(p, tau_p + t)`` in index order."""
    return [
        Isometry(p, tuple(x + k for x, k in zip(tau, t, strict=True)))
        for p, tau in zip(group.point_group, group.translation_parts, strict=True)
        for t in product(range(N), repeat=group.dimension)
    ]


def _quotient_table(group: CrystallographicGroup, N: int) -> NDArray[np.int64]:
    """Block by block: ``table[(p, t), (q, s)] = (pq, c(p, q) + t + ps)``."""
    d, P = group.dimension, group.point_group
    vectors = np.indices((N,) * d).reshape(d, -1)
    T = vectors.shape[1]
    box = (N,) * d
    add = np.ravel_multi_index(tuple(vectors[:, :, None] + vectors[:, None, :]), box, mode="wrap")
    D = group.denominator
    tau = np.array([[int(D * x) for x in part] for part in group.translation_parts], dtype=np.int64)
    table = np.empty((P.order, T, P.order, T), dtype=np.int64)
    for p, M in enumerate(np.array(P.elements, dtype=np.int64)):
        turned = np.ravel_multi_index(tuple(M @ vectors), box, mode="wrap")
        for q, pq in enumerate(P.multiplication_table[p].tolist()):
            cocycle = (tau[p] + M @ tau[q] - tau[pq]) // D
            shifted = add[np.ravel_multi_index(tuple(cocycle), box, mode="wrap")]
            table[p, :, q, :] = pq * T + add[shifted[:, None], turned]
    return table.reshape(P.order * T, P.order * T)
