"""What fills the functions of a claim: polynomial generators, integers, deltas, pixels, or solutions of its hypotheses.

Main definitions: `fill` (an array for every function), `Solution` (the functions that meet hypotheses).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from gcalc.data import photograph
from gcalc.interpret.model import Array
from gcalc.kernel.terms import Fun
from gcalc.proving.law import Symbols
from gcalc.verify.layout import Layout
from gcalc.verify.polynomials import Polynomial

LARGE = 10_000
"""Large integers: products of three and sums of 2¹⁰ of those stay below 2⁵³."""
SYMBOLIC = ("polynomials", "generators")
COEFFICIENTS = Fun("t", ())
"""The coefficients of a combination, as generators."""


@dataclass(frozen=True)
class Solution:
    """The functions that meet the hypotheses: the numbers, and all linear combinations of the basis.

    cases: how many equations were evaluated.
    """

    numbers: Mapping[Fun, Array]
    basis: Sequence[Mapping[Fun, Array]]
    cases: int

    @property
    def functions(self) -> frozenset[Fun]:
        """The functions that the hypotheses are about."""
        return frozenset([*self.numbers, *(self.basis[0] if self.basis else ())])

    def combination(self, coefficients: Sequence[Any]) -> dict[Fun, Array]:
        """The functions with these coefficients, integers or polynomials."""
        total = dict(self.numbers)
        for f in self.basis[0] if self.basis else ():
            terms = [member[f].astype(object) * c for c, member in zip(coefficients, self.basis, strict=True)]
            total[f] = sum(terms[1:], terms[0])
        return total


def fill(
    used: Symbols,
    layout: Layout,
    kind: str,
    random: np.random.Generator,
    solution: Solution | None = None,
) -> dict[Fun, Array]:
    """An array for every function; those that are differentiated by always hold generators.

    kind: "polynomials" (a generator an entry), "generators" (SymPy's, which have names), "integers" in -9…9, "large"
    ones, "deltas" (one entry 1), or "photograph" (pixels of a real picture in the place of images and signals, integers
    in that of filters). solution: of hypotheses, of which a combination is taken.
    """
    given = solution.functions if solution else ()
    symbolic = {
        f: layout.shape(f)
        for f in used.functions
        if f not in given and (kind in SYMBOLIC or f in used.differentiated)
    }
    if solution and solution.basis and kind in SYMBOLIC:
        symbolic[COEFFICIENTS] = (len(solution.basis),)
    named = kind == "generators"
    arrays = generators(symbolic, fraction=used.reduced) if named else monomials(symbolic)
    for f in used.functions:
        if f not in arrays and f not in given:
            arrays[f] = _numbers(layout.shape(f), kind, len(f.arguments) > 2, random)
    if solution:
        drawn = random.integers(-3, 4, len(solution.basis))
        coefficients = arrays.pop(COEFFICIENTS, drawn).tolist()
        arrays.update(solution.combination(coefficients))
    return arrays


def _numbers(shape: tuple[int, ...], kind: str, is_filter: bool, random: np.random.Generator) -> Array:
    if kind == "photograph" and not is_filter:
        return _pixels(shape, random)
    if kind in ("integers", "photograph"):
        return random.integers(-9, 10, size=shape)
    if kind == "large":
        return random.integers(-LARGE, LARGE + 1, size=shape)
    array = np.zeros(prod(shape), dtype=np.int64)
    array[random.integers(array.size)] = 1
    return array.reshape(shape)


def _pixels(shape: tuple[int, ...], random: np.random.Generator) -> Array:
    """A patch of the photograph for every channel; on a cyclic group, a stretch of a row."""
    picture = photograph()
    rows, cols = shape[-2:] if len(shape) > 2 else (1, shape[-1])
    patches = []
    for _ in range(prod(shape) // (rows * cols)):
        top, left = random.integers(picture.shape[0] - rows + 1), random.integers(picture.shape[1] - cols + 1)
        patches.append(picture[top : top + rows, left : left + cols])
    return np.stack(patches).reshape(shape)


def generators(shapes: Mapping[Fun, tuple[int, ...]], *, fraction: bool) -> dict[Fun, Array]:
    """A polynomial generator in every entry, all of one ring over the integers, or over the rationals."""
    from sympy import QQ, ZZ
    from sympy.polys.rings import ring

    names = [f"{f.name}{i}" for f, shape in shapes.items() for i in range(prod(shape))]
    _, *generators = ring(names, QQ if fraction else ZZ)
    arrays, rest = {}, list(generators)
    for f, shape in shapes.items():
        size = prod(shape)
        array = np.empty(size, dtype=object)
        array[:], rest = rest[:size], rest[size:]
        arrays[f] = array.reshape(shape)
    return arrays


def monomials(shapes: Mapping[Fun, tuple[int, ...]]) -> dict[Fun, Array]:
    """The same generators without names, as polynomials that are quicker."""
    arrays, first = {}, 0
    for f, shape in shapes.items():
        array = np.empty(prod(shape), dtype=object)
        array[:] = [Polynomial.generator(first + i) for i in range(array.size)]
        arrays[f], first = array.reshape(shape), first + array.size
    return arrays
