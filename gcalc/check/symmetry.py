"""Which group a set of elements is: its name, its lattice, its origin, its generators.

Main definitions
    Found: a set of elements (u, t) for which no counterexample was found, t modulo T.
    Symmetry: the record of a report.

Main statements
    A reflection's lattice is centred where the vectors it fixes and those it reverses span a sublattice of index 2:
    then the group is of type cm or cmm. In a rectangular lattice, pm has a mirror and pg has none; with two reflections
    pmm has mirrors in both, pmg in one, pgg in none; p4m has mirrors parallel to its lattice's axes, p4g has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from itertools import product
from math import gcd
from typing import Any

import numpy as np

from gcalc.check.grids import Declared

__all__ = ["Found", "Symmetry", "hermite", "largest_subgroup", "named", "names_of_subgroups"]

Element = tuple[int, tuple[int, ...]]
REFLECTING = {
    1: ("pm", "pg", "cm"),
    2: ("pmm", "pmg", "pgg", "cmm"),
    3: ("p3m",),
    4: ("p4m", "p4g"),
    6: ("p6m",),
}
"""Plane groups with reflections, by the order of their rotations."""
LISTED = 1024
"""So many elements are listed at most."""


@dataclass(frozen=True)
class Symmetry:
    """What is reported of a layer's symmetry; the keys are fixed.

    order: null if infinite. index: in the declared group. lattice: rows of the Hermite normal form. origin: a point
    that the point group fixes, in pixels from the first; null where there is none. evidence: "complete", or how many
    cases showed no counterexample. closed: whether the passing elements are a group.
    """

    domain: str
    declared: str
    name: str
    order: int | None
    index: int | None
    point_group: str
    lattice: list[list[int]] | None
    origin: list[str] | None
    generators: list[str]
    elements: list[str] | None
    by_size: dict[str, str]
    evidence: str
    closed: bool = True
    violations: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The record."""
        return asdict(self)


@dataclass(frozen=True)
class Found:
    """Elements (u, t) of a declared group, with t modulo T; a group where `closed`."""

    group: Declared
    elements: frozenset[Element]
    T: int = 1

    def product(self, a: Element, b: Element) -> Element:
        """``(u, s)(v, t) = (uv, s + ut)``."""
        u = int(self.group.P.multiplication_table[a[0], b[0]])
        matrix = self.group.matrix(a[0])
        moved = (
            a[1]
            if matrix is None or not b[1]
            else tuple(int(s) for s in (np.array(a[1]) + matrix @ np.array(b[1])) % self.T)
        )
        return u, moved

    @property
    def closed(self) -> bool:
        """Whether products of elements are elements."""
        return all(self.product(a, b) in self.elements for a in self.elements for b in self.elements)

    @property
    def points(self) -> tuple[int, ...]:
        """The elements of P that occur."""
        return tuple(sorted({u for u, _ in self.elements}))

    @property
    def lattice(self) -> list[list[int]]:
        """The translations, rows in Hermite normal form."""
        d = self.group.dimension
        translations = [t for u, t in self.elements if u == 0]
        return hermite([*translations, *(tuple(self.T * (i == j) for j in range(d)) for i in range(d))])

    @property
    def origin(self) -> tuple[Fraction, ...] | None:
        """A point c, in halves, with ``t = (1 - u)c`` modulo the lattice for an element over every u."""
        d = self.group.dimension
        if d == 0:
            return None
        for doubled in product(range(2 * self.T), repeat=d):
            if all(self._fixes(u, np.array(doubled)) for u in self.points):
                return tuple(Fraction(n, 2) for n in doubled)
        return None

    def _fixes(self, u: int, doubled: Any) -> bool:
        matrix = self.group.matrix(u)
        moved = doubled - (doubled if matrix is None else matrix @ doubled)
        return not (moved % 2).any() and (u, tuple(int(n) for n in (moved // 2) % self.T)) in self.elements

    def has_mirror(self, u: int) -> bool:
        """Whether the reflection u has an element of order 2 over it, and not glides only."""
        matrix = self.group.matrix(u)
        for v, t in self.elements:
            if v == u:
                for shift in product(range(-self.T, self.T + 1), repeat=len(t)):
                    s = np.array(t) + self.T * np.array(shift)
                    if not (s + matrix @ s).any():
                        return True
        return False

    def generators(self) -> list[Element]:
        """A few that generate all of them."""
        chosen: list[Element] = []
        reached = {self._identity}
        for element in sorted(self.elements):
            if element not in reached:
                chosen.append(element)
                reached = self._closure(chosen)
        return chosen

    @property
    def _identity(self) -> Element:
        return 0, (0,) * (self.group.dimension if self.has_translations else 0)

    @property
    def has_translations(self) -> bool:
        """Whether the elements have translations beside them."""
        return any(t for _, t in self.elements)

    def _closure(self, generators: Sequence[Element]) -> set[Element]:
        reached, new = {self._identity}, [self._identity]
        while new:
            new = [p for a in new for g in generators if (p := self.product(g, a)) not in reached]
            new = list(dict.fromkeys(new))
            reached.update(new)
        return reached


def largest_subgroup(found: Found) -> Found:
    """The largest group among the elements: all of them where they are closed."""
    if found.closed:
        return found
    best: set[Element] = {found._identity}
    pool = sorted(found.elements)
    for chosen in ([a] for a in pool):
        grown = _grow(found, chosen, pool)
        best = max(best, grown, key=len)
    return Found(found.group, frozenset(best), found.T)


def _grow(found: Found, chosen: list[Element], pool: Sequence[Element]) -> set[Element]:
    """The closure of elements, taking on as many more as stay inside."""
    inside = {found._identity}
    for element in [*chosen, *pool]:
        grown = found._closure([*sorted(inside), element])
        if grown <= found.elements:
            inside = grown
    return inside


def named(found: Found) -> tuple[str, str]:
    """The name of the group, a plane group's where there are two space axes, and that of its point group."""
    group, points = found.group, found.points
    if group.dimension == 2:
        return _plane_group(found), _planar_points(group, points)
    if len(points) == group.P.order:
        return group.name, group.P.name
    if len(points) == 1:
        return {0: "C1", 1: "p1", 3: "P1"}.get(group.dimension, "C1"), "C1"
    cyclic = any(len(group.P.subgroup([group.P.elements[u]])) == len(points) for u in points)
    name = f"C{len(points)}" if cyclic else f"subgroup of order {len(points)} of {group.name}"
    return name, name


def names_of_subgroups(group: Declared) -> tuple[str, ...]:
    """What `named` may call a subgroup, some of which may not exist in this group."""
    order = group.P.order
    divisors = [n for n in range(1, order + 1) if order % n == 0]
    if group.dimension != 2:
        trivial = {1: "p1", 3: "P1"}.get(group.dimension, "C1")
        others = [f"C{n}" for n in divisors[1:]]
        others += [f"subgroup of order {n} of {group.name}" for n in divisors[1:-1]]
        return tuple(dict.fromkeys((trivial, group.name, *others)))
    mirrors = any(_determinant(group, u) < 0 for u in range(order))
    turns = [n for n in divisors if (order // (2 if mirrors else 1)) % n == 0]
    found = [f"p{n}" for n in turns] + [name for n in turns if mirrors for name in REFLECTING[n]]
    return tuple(dict.fromkeys((*found, group.name)))


def _determinant(group: Declared, u: int) -> int:
    matrix = group.matrix(u)
    return 1 if matrix is None else round(float(np.linalg.det(matrix)))


def _planar_points(group: Declared, points: Sequence[int]) -> str:
    mirrors = sum(_determinant(group, u) < 0 for u in points)
    return f"D{mirrors}" if mirrors else f"C{len(points)}"


def _plane_group(found: Found) -> str:
    group, points = found.group, found.points
    reflections = [u for u in points if _determinant(group, u) < 0]
    n = len(points) // (2 if reflections else 1)
    if n in (3, 6):
        return group.name if len(points) == group.P.order else f"p{n}" + ("m" if reflections else "")
    if not reflections:
        return f"p{n}"
    centred = {u: _is_centred(found, u) for u in reflections}
    mirrored = [u for u in reflections if not found.has_translations or found.has_mirror(u)]
    if n == 4:
        return "p4m" if any(not centred[u] for u in mirrored) else "p4g"
    if centred[reflections[0]]:
        return "cm" if n == 1 else "cmm"
    if n == 1:
        return "pm" if mirrored else "pg"
    return ("pgg", "pmg", "pmm")[len(mirrored)]


def _is_centred(found: Found, u: int) -> bool:
    """Whether the fixed and the reversed vectors of the lattice are half of it."""
    matrix = found.group.matrix(u)
    basis = np.array(found.lattice if found.has_translations else np.eye(2, dtype=np.int64))
    sides = [_shortest(basis, matrix, sign) for sign in (1, -1)]
    index = abs(round(float(np.linalg.det(np.array(sides))))) // abs(round(float(np.linalg.det(basis))))
    return bool(index == 2)


def _shortest(basis: Any, matrix: Any, sign: int) -> Any:
    """The shortest vector of the lattice that a reflection multiplies by the sign."""
    reach = range(-4, 5)
    vectors = [np.array([i, j]) @ basis for i, j in product(reach, repeat=2) if i or j]
    fixed = [v for v in vectors if (matrix @ v == sign * v).all()]
    return min(fixed, key=lambda v: (int(v @ v), tuple(v)))


def hermite(vectors: Iterable[Sequence[int]]) -> list[list[int]]:
    """The Hermite normal form (upper triangular, rows) of the lattice that integer vectors span."""
    rows = [list(map(int, v)) for v in vectors]
    d = len(rows[0])
    done: list[list[int]] = []
    for column in range(d):
        pivot = _reduce(rows, column)
        rows = [row for row in rows if row is not pivot]
        for row in done:
            factor = row[column] // pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        done.append(pivot)
    return done


def _reduce(rows: list[list[int]], column: int) -> list[int]:
    """Euclid's algorithm on a column, leaving one row that is not 0 there."""
    target = gcd(*(row[column] for row in rows))
    while sum(row[column] != 0 for row in rows) > 1 or not any(row[column] == target for row in rows):
        pivot = min((row for row in rows if row[column]), key=lambda row: abs(row[column]))
        if pivot[column] < 0:
            pivot[:] = [-n for n in pivot]
        for row in rows:
            if row is not pivot:
                factor = row[column] // pivot[column]
                row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
    return next(row for row in rows if row[column])
