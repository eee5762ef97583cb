"""Polynomials as the exact reading wants them: quick to add, to multiply by a monomial and to compare.

Main definition: `Polynomial`.

Implementation notes
    A monomial is the integer that has the degree of generator i as its i-th digit in base 16 (Kronecker's
    substitution), so that a product of monomials is one addition. Degrees have to stay below 16; in laws they are at
    most 4. SymPy's polynomials of sparse rings, which this is checked against, take about ten times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from numbers import Rational
from typing import Any

__all__ = ["BITS", "Polynomial"]

BITS = 4
"""Of a digit."""


class Polynomial:
    """A polynomial with rational coefficients, never changed.

    terms: the coefficients that are not 0, by monomial.
    """

    __slots__ = ("terms",)
    ring = "the polynomials over Q"

    def __init__(self, terms: Mapping[int, Any]) -> None:
        self.terms = terms

    @classmethod
    def generator(cls, i: int) -> Polynomial:
        """The i-th generator."""
        return cls({1 << BITS * i: 1})

    def __add__(self, other: Any) -> Polynomial:
        if type(other) is not Polynomial:
            if not isinstance(other, Rational):
                return NotImplemented
            if not other:
                return self
            other = Polynomial({0: other})
        more, fewer = self.terms, other.terms
        if len(more) < len(fewer):
            more, fewer = fewer, more
        total = dict(more)
        for monomial, coefficient in fewer.items():
            if value := total.get(monomial, 0) + coefficient:
                total[monomial] = value
            else:
                del total[monomial]
        return Polynomial(total)

    __radd__ = __add__

    def __neg__(self) -> Polynomial:
        return Polynomial({monomial: -coefficient for monomial, coefficient in self.terms.items()})

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Polynomial:
        if type(other) is not Polynomial:
            if not isinstance(other, Rational):
                return NotImplemented
            return Polynomial({m: c * other for m, c in self.terms.items()} if other else {})
        if len(other.terms) == 1:
            ((monomial, coefficient),) = other.terms.items()
            return Polynomial({m + monomial: c * coefficient for m, c in self.terms.items()})
        if len(self.terms) == 1:
            return other * self
        total: dict[int, Any] = {}
        for m, c in self.terms.items():
            for n, d in other.terms.items():
                total[m + n] = total.get(m + n, 0) + c * d
        return Polynomial({m: c for m, c in total.items() if c})

    __rmul__ = __mul__

    def __truediv__(self, number: Any) -> Polynomial:
        return self * (1 / Fraction(number))

    def diff(self, generator: Polynomial) -> Polynomial:
        """The derivative by a generator."""
        ((one, _),) = generator.terms.items()
        place = one.bit_length() - 1
        degrees = ((m, c, m >> place & 15) for m, c in self.terms.items())
        return Polynomial({m - one: c * degree for m, c, degree in degrees if degree})

    def __eq__(self, other: object) -> bool:
        if type(other) is Polynomial:
            return bool(self.terms == other.terms)
        if not isinstance(other, Rational):
            return NotImplemented
        return bool(self.terms == ({0: other} if other else {}))

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __repr__(self) -> str:
        """Its terms, x_i being generator i."""
        return " + ".join(_term(m, c) for m, c in self.terms.items()) or "0"


def _term(monomial: int, coefficient: Any) -> str:
    digits = [(i, int(d, 16)) for i, d in enumerate(reversed(f"{monomial:x}")) if d != "0"]
    powers = [f"x{i}" + (f"^{d}" if d > 1 else "") for i, d in digits]
    return "*".join([*([str(coefficient)] if coefficient != 1 or not powers else []), *powers])
