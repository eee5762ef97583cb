"""Exact coefficients: the commutative ring R over which the group algebra is taken.

Main definitions
    exact: a value as a coefficient in canonical form, or a refusal.
    total: the canonical form of a sum.
    shown: a value as error messages show it.
    is_scalar: whether a factor is to be read as a number rather than as a group element.

Coefficients are Python ints, Fractions, SymPy expressions, and elements of SymPy's exact domains, polynomial
rings included. Canonical form: rational numbers are ints where they can be, else Fractions; polynomials are
expanded; rational functions are in lowest terms. So ``==`` decides equality for every rational function of
symbols over Q. Other expressions (radicals, sines, …) are compared after ``sympy.simplify``, which can miss
an equality; for an algebraic number take an element of ``QQ.algebraic_field(…)``, where equality is decided.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from numbers import Integral, Number, Rational
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from gcalc.errors import ExactnessError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

__all__ = ["Exact", "collect", "exact", "is_expression", "is_scalar", "shown", "total"]

Exact: TypeAlias = Any


def is_expression(c: object) -> bool:
    """Whether c is a SymPy expression; SymPy is not imported to find out."""
    sympy = sys.modules.get("sympy")
    return sympy is not None and isinstance(c, sympy.Expr)


def is_scalar(c: object) -> bool:
    """Whether c is a number of any kind, exact or not, or a SymPy scalar."""
    return isinstance(c, Number | np.generic) or is_expression(c) or _domain(c) is not None


def exact(c: object) -> Exact:
    """The value c as a coefficient in canonical form.

    Raises:
        ExactnessError: c is a float or a complex, holds one, is infinite, or is no commuting scalar at all.

    >>> exact(Fraction(6, 3)), exact(Fraction(1, 2))
    (2, Fraction(1, 2))
    """
    if isinstance(c, Integral):
        return int(c)
    if isinstance(c, Rational):
        return int(c.numerator) if c.denominator == 1 else Fraction(int(c.numerator), int(c.denominator))
    if is_expression(c):
        return _expression(c)
    domain = _domain(c)
    if domain is not None:
        return _domain_element(c, domain)
    raise _refusal(c)


def total(terms: list[Exact]) -> Exact:
    """The canonical form of a sum of at least one term."""
    if not any(map(is_expression, terms)):
        return exact(sum(terms[1:], terms[0]))
    from sympy import Add

    return exact(Add(*terms))


def collect(terms: Iterable[tuple[Hashable, Exact]]) -> dict[Hashable, Exact]:
    """The sum ``Σ c b`` of the terms (b, c): for each label b that occurs, the total of its coefficients."""
    parts: dict[Hashable, list[Exact]] = {}
    for b, c in terms:
        parts.setdefault(b, []).append(c)
    return {b: total(cs) for b, cs in parts.items()}


def _expression(c: Any) -> Exact:
    import sympy

    if c.is_Symbol and c.is_commutative:
        return c
    if not c.is_commutative or c.has(sympy.Float, sympy.oo, -sympy.oo, sympy.zoo, sympy.nan):
        raise _refusal(c)
    c = sympy.expand(c)
    exponents = {power.exp for power in c.atoms(sympy.Pow)}
    if c.has(sympy.Function) or not all(n.is_Integer for n in exponents):
        c = _simplest(c)
    elif any(n < 0 for n in exponents):
        c = sympy.cancel(c)
    return exact(c) if c.is_Rational else c


def _simplest(c: Any) -> Any:
    """Not a canonical form: see the module's docstring."""
    import sympy

    numeric = c if c.free_symbols else sympy.expand(c, complex=True)
    return sympy.expand(sympy.simplify(numeric))


def _domain(c: object) -> Any:
    """The SymPy domain or ring that c belongs to, or None."""
    sympy = sys.modules.get("sympy")
    if sympy is None:
        return None
    if isinstance(c, sympy.polys.domains.domainelement.DomainElement):
        return c.parent()
    return sympy.QQ if isinstance(c, sympy.polys.polyclasses.ANP) else None


def _domain_element(c: Any, ring: Any) -> Exact:
    """A constant polynomial or fraction becomes the constant, so that it equals and hashes as one."""
    from sympy.polys.fields import FracElement
    from sympy.polys.rings import PolyElement

    if not getattr(ring, "domain", ring).is_Exact:
        raise _refusal(c)
    if isinstance(c, FracElement) and c.denom == 1:
        c = c.numer
    return exact(c.coeff(1)) if isinstance(c, PolyElement) and c.is_ground else c


def shown(x: object) -> str:
    """The repr of any value in one short line, for messages."""
    text = " ".join(repr(x).split())
    return text if len(text) <= 60 else f"{text[:60]}…"


def _refusal(c: object) -> ExactnessError:
    if isinstance(c, Number | np.generic):
        return ExactnessError(
            f"coefficient {shown(c)} is not exact; write it as a Fraction or a sympy.Rational"
        )
    if is_expression(c):
        return ExactnessError(
            f"coefficient {shown(c)} is not an exact commuting scalar; use commuting symbols, and "
            "sympy.Rational for floats"
        )
    return ExactnessError(
        f"coefficient {shown(c)} of type {type(c).__name__} is not an exact scalar; "
        "use an int, a Fraction or a SymPy expression"
    )
