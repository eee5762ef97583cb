"""All functions that meet the hypotheses of a claim on a group: a system of linear equations, solved exactly.

Main definition: `solve`, the hypotheses at given elements.

A hypothesis holds for all its variables. With a polynomial generator in every entry of its functions, quantified or
fixed, the difference of its sides is a polynomial; its coefficients of the monomials in the quantified functions are
equations for the fixed ones. They are linear once some fixed functions (masks, one factor of a product) hold numbers.
An opaque operator is a general linear map, given by a matrix, which is one more fixed function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, reduce
from itertools import combinations
from math import lcm, prod
from typing import Any

import numpy as np

from gcalc.errors import UnsupportedError
from gcalc.interpret import Evaluator
from gcalc.interpret.model import Array
from gcalc.kernel.sorts import Definition, Hypothesis, Theory
from gcalc.kernel.terms import Big, Fun, Scalar, Var, free
from gcalc.lawbook import theory
from gcalc.proving.law import Claim
from gcalc.verify.contents import Solution, generators
from gcalc.verify.layout import InapplicableError, Layout
from gcalc.verify.models import model

UNKNOWN = 110
"""A system is solved for at most so many unknown values."""
LARGEST = 2_000
"""A system is made where the unknown values and those of the quantified functions are at most so many together."""
DRAWS = 12
"""How often numbers are drawn for functions that have to be numbers, if nothing but 0 goes with them."""


def matrices(claim: Claim) -> tuple[Fun, ...]:
    """The function that stands for the matrix of each opaque operator of a claim."""
    return tuple(
        _matrix(d) for d in theory().definitions if d.body is None and d.name in claim.symbols.operators
    )


@cache
def interpreted() -> Theory:
    """The theory, with every opaque operator a general linear map: Φ(f)(p) = Σ_q Φ(p, q) f(q)."""
    return Theory(tuple(d if d.body is not None else _linear(d) for d in theory().definitions))


def _linear(definition: Definition) -> Definition:
    f = _argument(definition)
    q = tuple(Var(f"m{n}", sort) for n, sort in enumerate(f.arguments))
    body: Scalar = _matrix(definition)(*definition.points, *q) * f(*q)
    return replace(definition, body=reduce(lambda inner, v: Big("sum", v, inner), reversed(q), body))


def _matrix(definition: Definition) -> Fun:
    sorts = (*(p.sort for p in definition.points), *_argument(definition).arguments)
    return Fun(definition.name, sorts)


def _argument(definition: Definition) -> Fun:
    match definition.parameters:
        case (Fun() as f,):
            return f
    raise UnsupportedError(f"{definition.name} is not a map of one function; it is not read as a linear one")


def fixed(claim: Claim) -> tuple[tuple[Fun, ...], tuple[Var, ...]]:
    """The functions and the elements that the hypotheses are about: free in one of them, and not its variables."""
    symbols = {
        s for h in claim.statement.hypotheses for s in (free(h.left) | free(h.right)) - frozenset(h.variables)
    }
    functions = {s for s in symbols if isinstance(s, Fun)} | {*matrices(claim)}
    elements = {s for s in symbols if isinstance(s, Var)}
    return tuple(sorted(functions, key=lambda f: f.name)), tuple(sorted(elements, key=lambda v: v.name))


def solve(
    claim: Claim,
    layout: Layout,
    backend: Any,
    at: Mapping[Var, int],
    subset: Sequence[int],
    random: np.random.Generator,
) -> Solution:
    """All functions that meet the hypotheses, at these values of the elements that they are about.

    Raises:
        InapplicableError: a hypothesis fails on the group, or only 0 meets it.
        UnsupportedError: the system is too large, or linear in none of its functions.
    """
    functions = fixed(claim)[0]
    ranges = {v: (value,) for v, value in at.items()}
    built = model(layout, backend, ranges, subsets={s: tuple(subset) for s in claim.symbols.subsets})
    failure: Exception = UnsupportedError("its hypotheses are linear in none of their functions")
    for chosen in (c for count in range(max(1, len(functions))) for c in combinations(functions, count)):
        for _ in range(DRAWS if chosen else 1):
            numbers = {f: _numbers(layout, f, random) for f in chosen}
            system = _System({f: layout.shape(f) for f in functions if f not in chosen})
            try:
                for h in claim.statement.hypotheses:
                    system.add(h, Evaluator(interpreted(), built, [h.left, h.right]), layout, numbers)
                return Solution(numbers, system.basis(), system.cases)
            except _NotLinearError:
                break
            except InapplicableError as only_zero:
                failure = only_zero
    raise failure


def _numbers(layout: Layout, f: Fun, random: np.random.Generator) -> Array:
    """A mask, of ones and zeros, where the function has no channels, else small integers."""
    shape = layout.shape(f)
    if len(f.arguments) > 1:
        return random.integers(-3, 4, shape)
    mask = np.zeros(prod(shape), dtype=np.int64)
    mask[: random.integers(1, max(2, mask.size))] = 1
    return random.permutation(mask).reshape(shape)


class _NotLinearError(Exception):
    """An equation is not linear in the unknown functions."""


class _System:
    """Homogeneous linear equations for the entries of the unknown functions."""

    def __init__(self, unknown: Mapping[Fun, tuple[int, ...]]) -> None:
        self.unknown, self.size = unknown, sum(map(prod, unknown.values()))
        if self.size > UNKNOWN:
            raise UnsupportedError(f"a system for {self.size} unknown values is too large to be solved here")
        self.rows: dict[tuple[tuple[int, Any], ...], None] = {}
        self.hypotheses: list[str] = []
        self.cases = 0

    def add(self, h: Hypothesis, evaluator: Evaluator, layout: Layout, numbers: Mapping[Fun, Array]) -> None:
        """The equations that a hypothesis makes."""
        quantified = {f: layout.shape(f) for f in h.variables if isinstance(f, Fun)}
        entries = self.size + sum(map(prod, quantified.values()))
        if entries > LARGEST:
            raise UnsupportedError(f"a system of {entries} values is too large to be made here")
        arrays = generators({**self.unknown, **quantified}, fraction=False) if entries else {}
        self.hypotheses.append(h.name)
        for left, right in evaluator.values({**numbers, **arrays}):
            self.cases += 1
            self._equate(left - right, h.name)

    def _equate(self, difference: Any, name: str) -> None:
        """Every coefficient of the quantified functions' monomials is 0."""
        rows: dict[tuple[int, ...], dict[int, Any]] = {}
        terms = difference.terms() if hasattr(difference, "terms") else [((0,) * self.size, difference)]
        for exponents, coefficient in terms:
            mine = [i for i, power in enumerate(exponents[: self.size]) if power]
            if coefficient and not self.unknown:
                raise InapplicableError(f"the hypothesis fails: {name}", self.cases)
            if coefficient and (len(mine) != 1 or exponents[mine[0]] != 1):
                raise _NotLinearError
            if coefficient:
                rows.setdefault(tuple(exponents[self.size :]), {})[mine[0]] = coefficient
        for row in rows.values():
            self.rows[tuple(sorted(row.items()))] = None

    def basis(self) -> list[dict[Fun, Array]]:
        """A basis of the solutions, in integers."""
        if not self.unknown:
            return []
        from sympy import QQ
        from sympy.polys.matrices.sdm import SDM

        rows = {i: {j: QQ(c) for j, c in row} for i, row in enumerate(self.rows)}
        kernel, _ = SDM(rows, (len(rows), self.size), QQ).nullspace()
        members = [_integers(row, self.size) for row in kernel.to_list()]
        if not members:
            raise InapplicableError(f"only 0 meets the hypothesis: {', '.join(self.hypotheses)}")
        return [self._split(member) for member in members]

    def _split(self, member: Array) -> dict[Fun, Array]:
        ends = np.cumsum([prod(shape) for shape in self.unknown.values()])[:-1]
        parts = zip(self.unknown.items(), np.split(member, ends), strict=True)
        return {f: part.reshape(shape) for (f, shape), part in parts}


def _integers(row: Sequence[Any], size: int) -> Array:
    """A multiple of a rational vector without denominators."""
    scale = lcm(*(int(c.denominator) for c in row))
    return np.array([int(c * scale) for c in row], dtype=object).reshape(size)
