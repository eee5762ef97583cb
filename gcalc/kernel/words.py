"""Group words and polynomials: the two normal forms that rules decide by.

Main definitions: `reduced` (free reduction), `relation` (what an equation a = b of elements says), `polynomial`.
"""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TypeAlias

from gcalc.kernel import terms as t
from gcalc.kernel.sorts import sort_of
from gcalc.kernel.terms import KernelError, Term, Var

Letter: TypeAlias = tuple[Var, tuple[t.Aut, ...], int]  # variable, automorphisms outermost first, sign
Word: TypeAlias = tuple[Letter, ...]
Polynomial: TypeAlias = Counter[tuple[Term, ...]]  # monomials, each its atoms in order, and coefficients


def reduced(element: Term) -> Word:
    """The freely reduced word of an element; a point is the last letter of its word and never cancels."""
    sort_of(element)
    return _reduce(_letters(element, (), 1))


def _letters(element: Term, homs: tuple[t.Aut, ...], sign: int) -> Word:
    match element:
        case t.One():
            return ()
        case Var():
            return ((element, homs, sign),)
        case t.Inv(arg):
            return _letters(arg, homs, -sign)
        case t.Hom(aut, arg):
            return _letters(arg, homs[:-1] if homs and homs[-1] == aut**-1 else (*homs, aut), sign)
        case t.Mul(left, right):
            a, b = _letters(left, homs, sign), _letters(right, homs, sign)
            return a + b if sign == 1 else b + a
    raise KernelError(f"{type(element).__name__} is not an element")


def _reduce(letters: Word) -> Word:
    kept: list[Letter] = []
    for v, homs, sign in letters:
        if kept and kept[-1] == (v, homs, -sign):
            kept.pop()
        else:
            kept.append((v, homs, sign))
    return tuple(kept)


def inverse(letters: Word) -> Word:
    """The word of the inverse."""
    return tuple((v, homs, -sign) for v, homs, sign in reversed(letters))


def relation(left: Term, right: Term) -> tuple[object, ...]:
    """What left = right says, such that equal results mean equivalent equations.

    In a group, a = b says a⁻¹ b = 1, and so does every conjugate and the inverse of that word. On points, g x
    = h y says x = g⁻¹h y, and y = h⁻¹g x: the words before the points may be moved over, the points never
    cancelled, because a point may have a stabilizer.
    """
    a, b = reduced(left), reduced(right)
    if not sort_of(left).has_inverses:
        moved = _reduce(inverse(a[:-1]) + b[:-1])
        return ("point", *min((a[-1], moved, b[-1]), (b[-1], inverse(moved), a[-1]), key=repr))
    cyclic = _reduce(inverse(a) + b)
    while len(cyclic) > 1 and cyclic[:1] == inverse(cyclic[-1:]):
        cyclic = cyclic[1:-1]
    turns = [cyclic[i:] + cyclic[:i] for i in range(max(1, len(cyclic)))]
    return ("group", min(turns + [inverse(turn) for turn in turns], key=repr))


def polynomial(scalar: Term) -> Polynomial:
    """A scalar as an integer polynomial in its atoms: everything that is no number, sum or product."""
    total: Polynomial = Counter()
    match scalar:
        case t.Num(value):
            total[()] = value
        case t.Add(left, right):
            total = polynomial(left)
            total.update(polynomial(right))
        case t.Times(left, right):
            for (m, a), (n, b) in product(polynomial(left).items(), polynomial(right).items()):
                total[tuple(sorted(m + n, key=repr))] += a * b
        case _:
            total[(t.canonical(scalar),)] = 1
    return Counter({monomial: c for monomial, c in total.items() if c})
