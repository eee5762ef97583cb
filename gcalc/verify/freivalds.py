"""Freivalds' check: a correlation too large for the reference, compressed over batch and channels by random integers.

Main definitions
    FORMS: the outer axes of the correlation and of both gradients, over which they are not summed.
    check: draws the integers and compares; `Result` says with what probability a wrong output is missed.

Main statements
    With r_b and w_k drawn from S = {0, …, |S|-1} after the outputs are there,
    ``Σ_b Σ_k r_b w_k y_bk = [Σ_b r_b f_b] ⋆ [Σ_k w_k psi^k]``, and likewise for both gradients, since each is linear in
    either argument. Where some y_bk(g) is wrong, the difference at g is a polynomial of degree 2 in r and w, not 0, so
    it vanishes with probability at most 2/|S| (Schwartz and Zippel), in n independent draws (2/|S|)^n.

Implementation notes
    The left-hand side is a product of matrices in float64, block by block; |S| is the largest for which it is exact
    there, Σ r_b w_k |y_bk| ≤ 2^53. The right-hand side is the reference on one example and one filter, in Python
    integers.

References:
    R. Freivalds, *Probabilistic machines can use less running time* (1977); J. T. Schwartz, *Fast probabilistic
    algorithms for verification of polynomial identities* (1980).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from gcalc.errors import ExactnessError
from gcalc.interpret.model import Array
from gcalc.verify.rounding import EXACT_INTEGERS

__all__ = ["FORMS", "Bilinear", "Form", "Result", "Wrong", "check"]

BLOCK = 1 << 18
"""So many outputs are taken to float64 at a time: they stay in the cache."""
ENOUGH = Fraction(1, 2**40)
"""Integers are drawn until a wrong output is missed with no greater probability."""
SMALLEST = 8
"""With a smaller |S| there would be too many draws."""


class Form(NamedTuple):
    """The outer axis of either argument; the outer axes of the outputs are the first two, in that order."""

    first: int
    second: int


FORMS = {
    "correlate": Form(0, 0),  # f_b, psi^k: y_bk
    "input_gradient": Form(0, 1),  # d_b, psi_j: a gradient for every b and j
    "filter_gradient": Form(1, 1),  # d_k, f_j: a gradient for every k and j
}


@dataclass(frozen=True)
class Bilinear:
    """What is computed: an operator on a space as the reference computes it, with the sum's length.

    terms: of how many products an output is at most the sum.
    """

    form: Form
    operator: Callable[[Array, Array], Any]
    terms: int

    def at(self, a: Array, b: Array) -> Array:
        """The outputs for one outer index of each argument, in exact integers."""
        outputs = self.operator(np.expand_dims(a, self.form.first), np.expand_dims(b, self.form.second))
        one: Array = np.asarray(outputs)[0, 0]
        return one


class Wrong(NamedTuple):
    """A wrong output: where it is, what is there, and what the reference says."""

    place: tuple[int, ...]
    found: Any
    expected: int


@dataclass(frozen=True)
class Result:
    """outputs: how many were checked. size, draws: |S|, and how often integers were drawn. wrong: one that is."""

    outputs: int
    size: int
    draws: int
    wrong: Wrong | None = None

    @property
    def miss(self) -> Fraction:
        """With no greater probability do wrong outputs pass."""
        return Fraction(2, self.size) ** self.draws


Rows: TypeAlias = tuple[Array, Array]
"""Both arguments, their outer axes first."""


def check(
    bilinear: Bilinear, outputs: Array, first: Array, second: Array, random: np.random.Generator
) -> Result:
    """Whether ``outputs[i, j] = bilinear(first_i, second_j)`` for all outer indices i and j.

    Args:
        bilinear: what should have been computed.
        outputs: integers, or floats, of the outer axes (0, 1).
        first: integers, the first argument.
        second: integers, the second argument.
        random: draws r and w, now that the outputs are there.

    Raises:
        ExactnessError: the values are too large for a sum in float64 to be exact.
    """
    rows = np.moveaxis(first, bilinear.form.first, 0), np.moveaxis(second, bilinear.form.second, 0)
    limit = bilinear.terms * _largest(first) * _largest(second)
    size, draws = _draws(prod(outputs.shape[:2]), limit)
    impossible = _impossible(outputs, limit)
    if impossible is not None:
        return Result(outputs.size, size, draws, _wrong(bilinear, outputs, rows, impossible))
    r = random.integers(0, size, (draws, outputs.shape[0]))
    w = random.integers(0, size, (draws, outputs.shape[1]))
    compressed = _contract((r[:, :, None] * w[:, None, :]).reshape(draws, -1), outputs)
    for r_n, w_n, left in zip(r, w, compressed, strict=True):
        right = bilinear.at(_combine(r_n, rows[0]), _combine(w_n, rows[1]))
        if (left != right).any():
            place = tuple(int(i) for i in np.argwhere(left != right)[0])
            wrong = _locate(bilinear, outputs, rows, (r_n, w_n), place)
            return Result(outputs.size, size, draws, wrong)
    return Result(outputs.size, size, draws)


def _draws(pairs: int, limit: int) -> tuple[int, int]:
    """The largest |S| for which Σ r_b w_k |y_bk| ≤ 2^53, and how many draws are enough."""
    size = 1 + isqrt(EXACT_INTEGERS["float64"] // (pairs * max(limit, 1)))
    if size < SMALLEST:
        raise ExactnessError(
            f"{pairs} pairs with outputs of up to {limit} leave no room for random integers below 2^53; take "
            "smaller integers or fewer pairs"
        )
    draws = 1
    while Fraction(2, size) ** draws > ENOUGH:
        draws += 1
    return size, draws


def _impossible(outputs: Array, limit: int) -> tuple[int, ...] | None:
    """The first output that no sum of the products of these integers is: no integer, or beyond the limit."""
    flat = outputs.reshape(-1)
    for start in range(0, flat.size, BLOCK):
        block = flat[start : start + BLOCK]
        possible = (-limit <= block) & (block <= limit)
        if block.dtype.kind == "f":
            with np.errstate(invalid="ignore"):
                possible &= block == np.rint(block)
        if not possible.all():
            place = start + int(np.argmin(possible))
            return tuple(int(i) for i in np.unravel_index(place, outputs.shape))
    return None


def _largest(array: Array) -> int:
    return max(int(array.max()), -int(array.min()))


def _combine(coefficients: Array, rows: Array) -> Array:
    """Σ_i c_i a_i, in Python integers where int64 could overflow."""
    fits = _largest(rows) * int(coefficients.sum()) < 2**63
    c, a = (array.astype(np.int64 if fits else object) for array in (coefficients, rows))
    combined: Array = np.tensordot(c, a, axes=1)
    return combined


def _contract(coefficients: Array, outputs: Array) -> Iterator[Array]:
    """Σ c_bk y_bk for each draw: products of matrices in float64, a block of rows at a time, all of them exact."""
    rows = outputs.reshape(coefficients.shape[1], -1)
    total = np.zeros((len(coefficients), rows.shape[1]))
    step = max(1, BLOCK // rows.shape[1])
    for start in range(0, len(rows), step):
        block = rows[start : start + step].astype(np.float64)
        total += coefficients[:, start : start + step].astype(np.float64) @ block
    yield from total.astype(np.int64).reshape(-1, *outputs.shape[2:])


def _locate(bilinear: Bilinear, outputs: Array, rows: Rows, drawn: Rows, place: tuple[int, ...]) -> Wrong:
    """A wrong output among those of which the sum at a place is: the half that is wrong, of either index in turn.

    Of two halves of a wrong sum one is wrong, with the same r and w, so what is left in the end is.
    """
    values = outputs.reshape(*outputs.shape[:2], -1)[..., np.ravel_multi_index(place, outputs.shape[2:])]
    values = values.astype(np.int64).astype(object)

    def differs(i: Array, j: Array) -> bool:
        r, w = drawn[0][i], drawn[1][j]
        right = bilinear.at(_combine(r, rows[0][i]), _combine(w, rows[1][j]))[place]
        return bool(r.astype(object) @ values[np.ix_(i, j)] @ w.astype(object) != right)

    i, j = np.arange(outputs.shape[0]), np.arange(outputs.shape[1])
    while len(i) > 1:
        half = i[: len(i) // 2]
        i = half if differs(half, j) else i[len(half) :]
    while len(j) > 1:
        half = j[: len(j) // 2]
        j = half if differs(i, half) else j[len(half) :]
    return _wrong(bilinear, outputs, rows, (int(i[0]), int(j[0]), *place))


def _wrong(bilinear: Bilinear, outputs: Array, rows: Rows, place: tuple[int, ...]) -> Wrong:
    i, j, *rest = place
    expected = bilinear.at(rows[0][i], rows[1][j])[tuple(rest)]
    return Wrong(place, outputs[place].item(), int(expected))
