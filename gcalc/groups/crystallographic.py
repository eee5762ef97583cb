"""Crystallographic groups Z^d.P with exact integers and Fractions, split or not.

Main definitions
    CrystallographicGroup: the isometries ``(p, tau_p + z)`` for p in the point group P and z in Z^d.

Main statements
    CrystallographicGroup.split_origin: it splits iff some shift of the origin makes every tau_p integral.

Notation
    ``(p, a)(q, b) = (pq, a + pb)`` and ``(p, a)⁻¹ = (p⁻¹, -p⁻¹a)``, the composition of maps.
    Coordinates refer to a primitive basis of the lattice, so the translations of the group are Z^d.
    ``D`` is the common denominator of the translation parts tau_p.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from math import floor, lcm
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import numpy as np

from gcalc.errors import ElementError, InvalidGroupError, ShapeError, UsageError
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.infinite import InfiniteGSet, cosets_of, grid_of, regular_of
from gcalc.groups.integral import (
    Matrix,
    Vector,
    apply,
    check_same_size,
    check_unimodular,
    matmul,
    solve_mod_1,
)
from gcalc.groups.isometry import Isometry, compose, exact, identity_isometry, show_vector

if TYPE_CHECKING:
    from gcalc.groups.quotient import Quotient

__all__ = ["CrystallographicGroup"]

MAX_POINT_GROUP = 1200
Translation = Sequence[int | Fraction | str]


class CrystallographicGroup:
    """The infinite group ``{(p, tau_p + z) : p in P, z in Z^d}`` of isometries.

    Attributes:
        name: what the group is called in messages.
        dimension: d.
        point_group: P, a finite group whose elements are integer matrices, in the order given.
        translation_parts: for each p the representative of tau_p in [0, 1)^d, exact.
        denominator: D, the least common denominator of the translation parts.
        order: None, the group is infinite.
    """

    order: None = None

    def __init__(
        self,
        matrices: Iterable[Sequence[Sequence[int]]],
        translation_parts: Iterable[Translation] | None = None,
        name: str | None = None,
    ) -> None:
        """Check the axioms and hold the group.

        Args:
            matrices: the point group P, integer d×d matrices, the identity first.
            translation_parts: one translation for each matrix, as ints, Fractions or strings such as "1/2";
                all zero if absent. They matter mod 1.
            name: what to call the group.

        Raises:
            ShapeError: matrices or translations have the wrong axes.
            InvalidGroupError: P is not a finite group of unimodular matrices with the identity first, or the
                translation parts are no cocycle mod Z^d; the message names the axiom and the elements.
        """
        points = tuple(check_unimodular(M) for M in matrices)
        check_same_size(points)
        parts = _read_translations(points, translation_parts)
        self.name = f"Z^d.P with |P| = {len(points)}" if name is None else name
        self.point_group = _point_group(points, f"point group of {self.name}")
        self.dimension = len(points[0])
        self.translation_parts = tuple(tuple(x - floor(x) for x in tau) for tau in parts)
        self.denominator = lcm(*(x.denominator for tau in self.translation_parts for x in tau))
        self._check_cocycle()
        self._quotients: WeakValueDictionary[int, Quotient] = WeakValueDictionary()

    @classmethod
    def generated_by(
        cls, isometries: Iterable[tuple[Sequence[Sequence[int]], Translation]], name: str | None = None
    ) -> CrystallographicGroup:
        """The group that Z^d and these isometries (matrix, translation) generate, P in order of discovery.

        Raises:
            InvalidGroupError: the matrices generate too many elements for a point group, or products have
                translations that are not integral, so that the lattice is not primitive.

        >>> CrystallographicGroup.generated_by([(((1, 0), (0, -1)), ("1/2", 0))], name="pg").is_split
        False
        """
        given = list(isometries)
        if not given:
            raise InvalidGroupError(
                "no isometries given; Z^d alone has the identity matrix with zero translation"
            )
        points = tuple(check_unimodular(M) for M, _ in given)
        check_same_size(points)
        steps = [
            Isometry(*g) for g in zip(points, _read_translations(points, [t for _, t in given]), strict=True)
        ]
        found = _close(steps)
        group = cls(found, list(found.values()), name)
        for s in steps:
            if s not in group:
                raise InvalidGroupError(
                    f"they generate translations that are not integral, from {s}; use a primitive basis"
                )
        return group

    def __repr__(self) -> str:
        """The name, and the order of the point group."""
        return f"<CrystallographicGroup {self}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what the constructor needs."""
        return type(self), (self.point_group.elements, self.translation_parts, self.name)

    def __str__(self) -> str:
        """The name, and the order of the point group, for messages."""
        return f"{self.name} (infinite, |P| = {self.point_group.order})"

    @cached_property
    def identity(self) -> Isometry:
        """The identity map."""
        return identity_isometry(self.dimension)

    @cached_property
    def generators(self) -> tuple[Isometry, ...]:
        """The unit translations, then ``(p, tau_p)`` for generators p of the point group."""
        points = (self._representatives[p] for p in self.point_group.generators)
        return (*(self.translation(unit) for unit in self.identity.matrix), *points)

    def element(
        self, matrix: Sequence[Sequence[int]], translation: Iterable[int | Fraction | str]
    ) -> Isometry:
        """The element ``x -> Mx + t``, after checking that it belongs to the group."""
        g = Isometry(check_unimodular(matrix), tuple(exact(x) for x in translation))
        self.check_element(g)
        return g

    def translation(self, t: Iterable[int]) -> Isometry:
        """The translation ``x -> x + t`` by an integer vector."""
        return self.element(self.identity.matrix, t)

    def __contains__(self, g: object) -> bool:
        """Whether g is an isometry of this group."""
        if (
            not isinstance(g, Isometry)
            or not isinstance(g.translation, tuple)
            or len(g.translation) != self.dimension
        ):
            return False
        try:
            tau = self._representatives[g.matrix].translation
        except (KeyError, TypeError):
            return False
        return all(
            isinstance(x, int | Fraction) and (x - y).denominator == 1
            for x, y in zip(g.translation, tau, strict=True)
        )

    def check_element(self, g: Any) -> None:
        """Refuse what is not an element of this group."""
        if g in self:
            return
        if isinstance(g, Isometry) and g.matrix in self._representatives:
            tau = show_vector(self._representatives[g.matrix].translation)
            raise ElementError(f"{g} is not in {self}; with that matrix translations are {tau} plus integers")
        raise ElementError(f"{g} is not in {self}; build elements with .element(matrix, translation)")

    def multiply(self, g: Isometry, h: Isometry) -> Isometry:
        """The product ``gh``: ``(p, a)(q, b) = (pq, a + pb)``."""
        self.check_element(g)
        self.check_element(h)
        return compose(g, h)

    def inverse(self, g: Isometry) -> Isometry:
        """The inverse ``(p, a)⁻¹ = (p⁻¹, -p⁻¹a)``."""
        self.check_element(g)
        p = self.point_group.inverse(g.matrix)
        return Isometry(p, tuple(-x for x in apply(p, g.translation)))

    @cached_property
    def split_origin(self) -> Vector | None:
        """A point v that a complement of Z^d fixes, or None where the group does not split.

        A complement is a finite group of isometries, so it fixes the centroid v of any of its orbits, and its
        elements are ``(p, v - pv)``. Conversely these form a complement as soon as they belong to the group.
        So the group splits iff ``(1 - p)v = tau_p mod Z^d`` has a solution v. Generators p of P suffice,
        because the elements that fix v are closed under products. Integer row reduction decides the system,
        see :func:`gcalc.groups.integral.solve_mod_1`.
        """
        d, one = self.dimension, self.identity.matrix
        moving = [self._representatives[p] for p in self.point_group.generators]
        rows = [[one[i][j] - p[i][j] for j in range(d)] for p, _ in moving for i in range(d)]
        return solve_mod_1(rows, [x for _, tau in moving for x in tau], d)

    @property
    def is_split(self) -> bool:
        """Whether the group is a semidirect product of Z^d and a subgroup isomorphic to P."""
        return self.split_origin is not None

    @property
    def is_symmorphic(self) -> bool:
        """The crystallographers' word for :attr:`is_split`."""
        return self.is_split

    def quotient(self, N: int) -> Quotient:
        """The finite group with translations mod N; the same object while it is in use.

        >>> from gcalc.groups import group
        >>> group("p4m").quotient(5).shape
        (8, 5, 5)
        """
        from gcalc.groups.quotient import Quotient

        if not isinstance(N, int | np.integer) or isinstance(N, bool) or N < 1:
            raise UsageError(
                f"{self.name} has quotients mod positive integers, got {N!r}; take N = 1, 2, 3, …"
            )
        held = self._quotients.get(int(N))
        if held is None:
            held = self._quotients[int(N)] = Quotient(self, int(N))
        return held

    @cached_property
    def regular(self) -> InfiniteGSet:
        """G acting on itself by left multiplication; the transporter of x to y is ``{y x⁻¹}``."""
        return regular_of(self)

    @cached_property
    def grid(self) -> InfiniteGSet:
        """The points of ``((1/D)Z)^d``, moved by ``x -> Mx + t``."""
        return grid_of(self)

    def cosets(self, H: Iterable[Isometry]) -> InfiniteGSet:
        """The set G/H for a finite subgroup H, given by all its elements; points are frozensets gH.

        Raises:
            UnsupportedError: H has an element of infinite order, so stabilizers are infinite.
            InvalidGroupError: H is empty or not closed.
        """
        return cosets_of(self, H)

    @cached_property
    def _representatives(self) -> dict[Hashable, Isometry]:
        return {p: Isometry(p, tau) for p, tau in zip(self.point_group, self.translation_parts, strict=True)}

    def _check_cocycle(self) -> None:
        """``tau_p + p tau_q = tau_pq mod Z^d``; generators q suffice, by induction on a word for q."""
        if any(self.translation_parts[0]):
            raise InvalidGroupError(
                f"the identity matrix has translation part {show_vector(self.translation_parts[0])}, "
                "so the lattice is larger than Z^d; use a primitive basis, in which it is 0"
            )
        for p in self.point_group:
            for q in self.point_group.generators:
                g, h = self._representatives[p], self._representatives[q]
                gh = compose(g, h)
                if gh not in self:
                    tau = show_vector(self._representatives[gh.matrix].translation)
                    raise InvalidGroupError(
                        f"cocycle fails at p = {g}, q = {h}: tau_p + p·tau_q = {show_vector(gh.translation)} "
                        f"is not tau_pq = {tau} plus integers; correct a translation part"
                    )


def _read_translations(points: Sequence[Matrix], translations: Iterable[Translation] | None) -> list[Vector]:
    """One exact vector for each matrix."""
    d = len(points[0]) if points else 0
    if translations is None:
        return [(Fraction(0),) * d for _ in points]
    parts = [tuple(exact(x) for x in tau) for tau in translations]
    if len(parts) != len(points):
        raise ShapeError(f"{len(points)} matrices need as many translation parts, got {len(parts)}")
    for tau in parts:
        if len(tau) != d:
            raise ShapeError(f"a translation part needs {d} coordinates, got {len(tau)}: {show_vector(tau)}")
    return parts


def _point_group(points: Sequence[Matrix], name: str) -> FiniteGroup:
    """The matrices as a group: a finite set of invertible matrices with 1, closed under products."""
    if not points:
        raise InvalidGroupError("no matrices given; the trivial point group is the identity matrix alone")
    if points[0] != identity_isometry(len(points[0])).matrix:
        raise InvalidGroupError(f"the first matrix is {points[0]}; list the identity matrix first")
    index = {p: i for i, p in enumerate(points)}
    if len(index) != len(points):
        repeated = next(p for i, p in enumerate(points) if index[p] != i)
        raise InvalidGroupError(
            f"matrix {repeated} is listed twice; list each element of the point group once"
        )
    table = np.empty((len(points),) * 2, dtype=np.int64)
    for i, p in enumerate(points):
        for j, q in enumerate(points):
            pq = matmul(p, q)
            if pq not in index:
                raise InvalidGroupError(f"closure fails: {p}·{q} = {pq} is not in the point group; add it")
            table[i, j] = index[pq]
    return FiniteGroup(table, points, name)


def _close(steps: Sequence[Isometry]) -> dict[Matrix, Vector]:
    """For each product of the matrices one translation that comes with it."""
    start = identity_isometry(len(steps[0].matrix))
    found = dict([start])
    queue = [start]
    for g in queue:
        for s in steps:
            h = compose(g, s)
            if h.matrix not in found:
                found[h.matrix] = h.translation
                queue.append(h)
        if len(found) > MAX_POINT_GROUP:
            raise InvalidGroupError(
                f"the matrices generate more than {MAX_POINT_GROUP} elements, which is no point group"
            )
    return found
