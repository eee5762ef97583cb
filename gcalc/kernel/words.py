"""Group words and polynomials: the two normal forms that rules decide by.

Main definitions: `word` (free reduction), `relation` (what an equation a = b of elements says), `polynomial`.
"""

from __future__ import annotations

from typing import TypeAlias

from gcalc.kernel.sorts import need, sort_of
from gcalc.kernel.terms import (
    Add,
    Element,
    Hom,
    Inv,
    KernelError,
    Mul,
    Num,
    One,
    Scalar,
    Term,
    Times,
    Var,
    canonical,
)

Letter: TypeAlias = tuple[
    Var, tuple[tuple[str, int], ...], int
]  # variable, automorphisms outermost first, sign
Word: TypeAlias = tuple[Letter, ...]
Monomial: TypeAlias = tuple[Term, ...]


def word(element: Term) -> Word:
    """The freely reduced word of an element; a point is the last letter of its word and never cancels."""
    return _reduce(_letters(element, (), 1))


def _letters(element: Term, homs: tuple[tuple[str, int], ...], sign: int) -> Word:
    match element:
        case One():
            return ()
        case Var():
            return ((element, homs, sign),)
        case Inv(arg):
            return _letters(arg, homs, -sign)
        case Hom(aut, arg):
            cancels = homs and homs[-1] == (aut.name, -aut.power)
            return _letters(arg, homs[:-1] if cancels else (*homs, (aut.name, aut.power)), sign)
        case Mul(left, right):
            a, b = _letters(left, homs, sign), _letters(right, homs, sign)
            return a + b if sign == 1 else b + a
    raise KernelError(f"{type(element).__name__} is not an element")


def _reduce(letters: Word) -> Word:
    kept: list[Letter] = []
    for letter in letters:
        inverse = (letter[0], letter[1], -letter[2])
        if kept and kept[-1] == inverse and letter[0].sort.kind in ("group", "subgroup"):
            kept.pop()
        else:
            kept.append(letter)
    return tuple(kept)


def inverse(letters: Word) -> Word:
    """The word of the inverse."""
    return tuple((v, homs, -sign) for v, homs, sign in reversed(letters))


def relation(left: Element, right: Element) -> tuple[object, ...]:
    """What left = right says, such that equal results mean equivalent equations.

    In a group, a = b says a⁻¹ b = 1, and so does every conjugate and the inverse of that word. On points, g x
    = h y says x = g⁻¹h y, and y = h⁻¹g x: the words before the points may be moved over, the points never
    cancelled, because a point may have a stabilizer.
    """
    a, b = word(left), word(right)
    if sort_of(left).kind in ("set", "index"):
        forward = (a[-1], _reduce(inverse(a[:-1]) + b[:-1]), b[-1])
        backward = (b[-1], _reduce(inverse(b[:-1]) + a[:-1]), a[-1])
        return ("point", *min(forward, backward, key=repr))
    cyclic = _reduce(inverse(a) + b)
    while len(cyclic) > 1 and cyclic[0] == inverse(cyclic[-1:])[0]:
        cyclic = cyclic[1:-1]
    turns = [cyclic[i:] + cyclic[:i] for i in range(max(1, len(cyclic)))]
    return ("group", min(turns + [inverse(t) for t in turns], key=repr))


def polynomial(scalar: Term) -> dict[Monomial, int]:
    """A scalar as an integer polynomial in its atoms: everything that is no number, sum or product."""
    match scalar:
        case Num(value):
            return {(): value} if value else {}
        case Add(left, right):
            total = polynomial(left)
            for monomial, c in polynomial(right).items():
                total[monomial] = total.get(monomial, 0) + c
            return {m: c for m, c in total.items() if c}
        case Times(left, right):
            product: dict[Monomial, int] = {}
            for m, a in polynomial(left).items():
                for n, b in polynomial(right).items():
                    monomial = tuple(sorted(m + n, key=repr))
                    product[monomial] = product.get(monomial, 0) + a * b
            return {m: c for m, c in product.items() if c}
    need(isinstance(scalar, Scalar), f"{type(scalar).__name__} is not a scalar")
    return {(canonical(scalar),): 1}
