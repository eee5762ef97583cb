"""Rounding without tolerance: the integers that floating point sums exactly, and the bound of what it does not.

Main definitions
    EXACT_INTEGERS: 2^p for each floating type of p significand bits.
    gamma: γ_n = n u / (1 - n u), the relative bound of a sum of n products in any order.
    worst_ratio: the largest |computed - exact| / bound.

Main statements
    Where n A B ≤ 2^p, every product and every partial sum of n products of integers |a| ≤ A, |b| ≤ B is an integer
    below 2^p, so no operation rounds, whatever the order of the sum. Beyond it |ŝ - s| ≤ γ_n Σ|a||b|, in any order,
    with or without fused multiplications.

References:
    N. J. Higham, *Accuracy and Stability of Numerical Algorithms* (2002), section 3.1.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf, isfinite
from typing import Any

import numpy as np

from gcalc.errors import ExactnessError
from gcalc.interpret.model import Array

__all__ = ["EXACT_INTEGERS", "gamma", "significands", "unit_roundoff", "worst_ratio"]

EXACT_INTEGERS = {"float32": 2**24, "float64": 2**53}
"""Up to these, every integer is a number of the type."""


def unit_roundoff(dtype: str) -> Fraction:
    """The unit roundoff u = 2^-p.

    >>> unit_roundoff("float32")
    Fraction(1, 16777216)
    """
    return Fraction(1, EXACT_INTEGERS[dtype])


def gamma(n: int, dtype: str) -> Fraction:
    """γ_n = n u / (1 - n u).

    Raises:
        ExactnessError: n u ≥ 1, where there is no bound.
    """
    relative = n * unit_roundoff(dtype)
    if relative >= 1:
        raise ExactnessError(f"sums of {n} products have no rounding bound in {dtype}; take fewer terms")
    return relative / (1 - relative)


def worst_ratio(computed: Array, exact: Array, bound: Array) -> tuple[float, int]:
    """The largest |computed - exact| / bound over the entries, and the entry, in C order.

    It is infinite where a value is not finite, or differs where the bound is 0. Integers up to 2^53 are subtracted in
    float64, which rounds the difference by 2^-53 of itself at most; others as Fractions.

    >>> worst_ratio(np.array([1.5, 2.0]), np.array([1, 2]), np.array([1.0, 0.0]))
    (0.5, 0)
    """
    if exact.dtype.kind == "i" and np.abs(exact).max(initial=0) <= EXACT_INTEGERS["float64"]:
        error, allowed = np.abs(computed.astype(np.float64) - exact), bound.astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(error == 0, 0.0, error / allowed)
    else:
        triples = zip(computed.flat, exact.flat, bound.flat, strict=True)
        ratios = np.array([_ratio(float(c), e, b) for c, e, b in triples])
    ratios = np.where(np.isnan(ratios), inf, ratios).ravel()
    place = int(np.argmax(ratios))
    return float(ratios[place]), place


def _ratio(computed: float, exact: Any, bound: Any) -> float:
    if not isfinite(computed):
        return inf
    error = abs(Fraction(computed) - int(exact))
    if error == 0:
        return 0.0
    return float(error / Fraction(bound)) if bound else inf


def significands(shape: tuple[int, ...], dtype: str, random: np.random.Generator) -> Array:
    """Integers that take all the significand's bits, of both signs: their products are rounded."""
    most = EXACT_INTEGERS[dtype]
    signs = 2 * random.integers(0, 2, shape) - 1
    return signs * random.integers(most // 2, most, shape)
