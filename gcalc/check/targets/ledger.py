"""Bookkeeping of one traced run: which operations it used, what was rounded, and whether sums stay exact.

Main definitions
    unit: the exponent e such that every entry is a multiple of 2^e.
    Ledger: the record that a tracer of a framework writes into.

Main statements
    Let every term of a sum be a multiple of 2^e, and the sum of their absolute values at most 2^(53 + e). Then every
    partial sum, in any order and with any grouping, is a multiple of 2^e of at most 53 bits, so float64 has it exactly.
    For a sum of products e is the sum of the units of the factors.

Implementation notes
    The sum of the absolute values is itself computed in floating point; `MARGIN` covers its error for up to 2³² terms.
    In other types the run is exact where the result equals float64's, which the caller computes.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gcalc.check.targets.base import Arrays, Trace

__all__ = [
    "MANTISSA",
    "MASK",
    "Ledger",
    "Monomials",
    "has_products",
    "is_power_of_two",
    "largest",
    "product_unit",
    "quantise",
    "rounding_places",
    "unit",
]

Monomials: TypeAlias = tuple[tuple[int, ...], ...]
"""A polynomial as the positions of the factors of each of its monomials."""

MANTISSA = 53
MARGIN = 2.0**-20
MASK = 2.0**29
"""A summand from here on is taken for a mask (−10⁹ before a softmax), which only has to stay large."""
NOTHING = 1 << 30  # the unit of zeros


def _real(values: Any) -> NDArray[np.float64]:
    """The numbers as float64, real and imaginary parts of complex ones on an axis of their own."""
    found = np.asarray(values)
    if found.dtype.kind != "c":
        return found.astype(np.float64)
    return np.stack([found.real, found.imag]).astype(np.float64)


def unit(values: NDArray[Any]) -> int:
    """The largest e ≤ 0 such that every finite entry is a multiple of 2^e; a very large one if all are zero.

    >>> unit(np.array([0.75, 6.0])), unit(np.array([8.0])), unit(np.array([0.1]))
    (-2, 0, -55)
    """
    finite = _real(values).ravel()
    if not finite.any():
        return NOTHING
    if (np.rint(finite) == finite).all():
        return 0
    finite = finite[np.isfinite(finite) & (np.rint(finite) != finite)]
    if not finite.size:
        return 0
    mantissa, exponent = np.frexp(finite)
    whole = np.ldexp(mantissa, MANTISSA).astype(np.int64)
    lowest = np.frexp((whole & -whole).astype(np.float64))[1] - 1
    return int((exponent - MANTISSA + lowest).min())


def product_unit(factors: Sequence[int]) -> int:
    """The unit of a product, from those of its factors."""
    return NOTHING if max(factors, default=0) >= NOTHING else sum(factors)


def largest(values: NDArray[Any], below: float = np.inf) -> float:
    """The largest absolute value below a limit, 0 if there is none."""
    sizes = np.abs(np.asarray(values)).astype(np.float64).ravel()
    return float(sizes[sizes < below].max(initial=0.0))


def is_power_of_two(values: NDArray[Any]) -> bool:
    """Whether every entry is ±2^k, so that dividing by it rounds nothing."""
    numbers = np.asarray(values, dtype=np.float64)
    return bool((np.isfinite(numbers) & (np.abs(np.frexp(numbers)[0]) == 0.5)).all())


def quantise(values: NDArray[Any], bits: int) -> NDArray[Any]:
    """Rounded to multiples of 2^-bits, half to even, so odd in the values; of complex numbers both parts."""
    if np.iscomplexobj(values):
        return quantise(values.real, bits) + 1j * quantise(values.imag, bits)
    rounded: NDArray[Any] = np.rint(values * 2.0**bits) * 2.0**-bits
    return rounded


def rounding_places(monomials: Monomials, bits: int) -> dict[int, int]:
    """To how many bits each operand is rounded: to bits, but lone summands beside products to twice as many.

    >>> rounding_places(((0, 1), (2,)), 12)
    {0: 12, 1: 12, 2: 24}
    """
    products = has_products(monomials)
    places = {i: 2 * bits for one in monomials for i in one}
    return places | {i: bits for one in monomials if len(one) > 1 or not products for i in one}


def has_products(monomials: Monomials) -> bool:
    """Whether some monomial has several factors."""
    return any(len(one) > 1 for one in monomials)


def _fits(finest: int, absolute: float) -> bool:
    """Whether multiples of 2^finest whose absolute values sum to no more are added exactly."""
    return finest >= NOTHING or absolute * (1 + MARGIN) <= math.ldexp(1.0, MANTISSA + finest)


@dataclass
class Ledger:
    """The record of one run.

    bits: of the lattice, None in a plain trace. noise: seeds, one for each operation, where results are to be one unit
    in the last place off. rounding: the first thing that was rounded. beyond: the first reason
    why the run cannot be followed on a lattice.
    """

    bits: int | None = None
    noise: Iterator[int] | None = None
    operations: dict[str, None] = field(default_factory=dict)
    unknowns: dict[str, None] = field(default_factory=dict)
    rounding: str | None = None
    beyond: str | None = None

    def use(self, operation: str) -> None:
        """An operation took part."""
        self.operations.setdefault(operation)

    def unknown(self, operation: str) -> None:
        """An operation that no table knows took part."""
        self.unknowns.setdefault(operation)
        self.leaves(f"{operation} is not in the table of operations")

    def unwatched(self, error: BaseException) -> None:
        """The layer raised under watch what it does not raise without."""
        cause = error.__cause__ or error
        first = (str(cause).splitlines() or [""])[0]
        self.unknown(f"what cannot be watched ({type(cause).__name__}: {first})")

    def rounded(self, why: str) -> None:
        """Something was rounded."""
        self.rounding = self.rounding or why

    def leaves(self, why: str) -> None:
        """The run cannot be followed on a lattice, nor be called exact."""
        self.rounded(why)
        self.beyond = self.beyond or why

    def total(self, operation: str, units: Iterable[int], absolute: float) -> bool:
        """Whether a sum is exact: units of its terms, the largest sum of their absolute values. Else it is noted."""
        finest = min(units, default=NOTHING)
        if _fits(finest, absolute):
            return True
        needed = math.frexp(absolute * (1 + MARGIN))[1] - finest
        why = f"{operation} needs {needed} bits, and float64 has {MANTISSA}"
        self.rounded(why) if self.bits is None else self.leaves(why)
        return False

    def certainly_exact(self, places: Mapping[int, int], monomials: Monomials, absolute: float) -> bool:
        """Whether a sum is exact whatever its operands are, since they were rounded to so many bits."""
        if self.bits is None:
            return False
        return _fits(min((-sum(places[i] for i in one) for one in monomials), default=NOTHING), absolute)

    @contextmanager
    def unobserved(self) -> Iterator[None]:
        """Within it the interpreter's profile hook, which looks for foreign calls, does not see our own."""
        hook = sys.getprofile()
        if hook is None or not callable(hook):
            yield
            return
        sys.setprofile(None)
        try:
            yield
        finally:
            sys.setprofile(hook)

    def trace(self, outputs: Arrays) -> Trace:
        """What is kept of the run."""
        unknown, operations = tuple(self.unknowns), tuple(self.operations)
        return Trace(outputs, self.rounding is None, self.rounding, unknown, operations)
