"""Polynomials: the normal form of scalars, up to the names of bound variables (which `canonical` gives).

A polynomial is a sum of monomials; a monomial is an integer, variables summed over finite sorts, and a product of
atoms: sums are pushed outward through products, and split. A guard on a sum is a factor, its indicator. Atoms are

    app    f(w₁, …, wₙ)                         delta  δ(a, b)                      in   the indicator of w ∈ U
    op     Φ(parameters)(w₁, …, wₙ), Φ opaque   val    φ(p), φ opaque               hole what stands at a path
    big    ⊕_{v | guard} p, ⊕ max or any operation, or Σ over an infinite sort

A sum with a δ that determines its variable within its sort is contracted: Σ_v δ(v, a) F(v) = F(a). Of a sum over an
infinite sort only what does not depend on its variable is taken out, and a δ is contracted only where it is a factor
of the whole: infinitely many values have the sum 0, so such a sum is neither split nor exchanged nor differentiated.

Every bound variable has a number of its own, so nothing is captured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import product
from math import gcd
from typing import NamedTuple, TypeAlias

from gcalc.recheck.errors import demand
from gcalc.recheck.words import Sort, Variable, Word, relation, replaced, solutions


class Scope(NamedTuple):
    """A polynomial below binders, with guards."""

    binders: tuple[Variable, ...]
    guards: tuple[Atom, ...]
    body: Polynomial


class Atom(NamedTuple):
    """What a monomial is a product of: tag and name, data without variables, words, and polynomials inside."""

    tag: str
    name: str
    data: tuple[object, ...]
    words: tuple[Word, ...] = ()
    scopes: tuple[Scope, ...] = ()


class Monomial(NamedTuple):
    """An integer times Σ over the binders of the product of the atoms."""

    coefficient: int
    binders: tuple[Variable, ...]
    atoms: tuple[Atom, ...]


Polynomial: TypeAlias = tuple[Monomial, ...]
Symbol: TypeAlias = tuple[str, tuple[Sort, ...]]


def number(value: int) -> Polynomial:
    """An integer."""
    return (Monomial(value, (), ()),) if value else ()


def single(atom: Atom) -> Polynomial:
    """An atom; 1 for a δ that always holds."""
    return (contracted(Monomial(1, (), (atom,))),)


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    """The product, distributed."""
    return tuple(
        contracted(Monomial(a.coefficient * b.coefficient, a.binders + b.binders, a.atoms + b.atoms))
        for a, b in product(p, q)
    )


def total(v: Variable, body: Polynomial) -> Polynomial:
    """Σ_v body."""
    if v.sort.finite:
        return tuple(contracted(m._replace(binders=(*m.binders, v))) for m in body)
    return _infinite(v, body)


def mentions(atom: Atom, variable: Variable) -> bool:
    """Whether a variable occurs in an atom."""
    return any(one.variable == variable for word in words_of(atom) for one in word)


def words_of(atom: Atom) -> Iterator[Word]:
    """All words in an atom, at any depth."""
    yield from atom.words
    for _, guards, body in atom.scopes:
        for inner in (*guards, *(a for m in body for a in m.atoms)):
            yield from words_of(inner)


def rewritten(atom: Atom, change: Callable[[Word], Word]) -> Atom:
    """The atom with every word changed."""
    words, scopes = tuple(map(change, atom.words)), atom.scopes
    if scopes:
        scopes = tuple(
            Scope(s.binders, tuple(rewritten(a, change) for a in s.guards), rewritten_all(s.body, change))
            for s in scopes
        )
    return Atom(atom.tag, atom.name, atom.data, words, scopes)


def rewritten_all(body: Polynomial, change: Callable[[Word], Word]) -> Polynomial:
    """The polynomial with every word changed, by which a δ may have come to hold."""
    return tuple(
        contracted(Monomial(c, binders, tuple(rewritten(a, change) for a in atoms)))
        for c, binders, atoms in body
    )


def substituted(atoms: Iterable[Atom], variable: Variable, image: Word) -> tuple[Atom, ...]:
    """The atoms with an image in the place of a variable."""
    return tuple(rewritten(atom, lambda word: replaced(word, variable, image)) for atom in atoms)


def contracted(m: Monomial) -> Monomial:
    """The monomial without the δ that hold or determine a summation variable."""
    for i, atom in enumerate(m.atoms):
        if atom.tag != "delta":
            continue
        rest, said = m.atoms[:i] + m.atoms[i + 1 :], relation(*atom.words)
        if not said:
            return contracted(m._replace(atoms=rest))
        for v, value in solutions(said):
            if v in m.binders:
                binders = tuple(b for b in m.binders if b != v)
                return contracted(Monomial(m.coefficient, binders, substituted(rest, v, value)))
    return m


def _infinite(v: Variable, body: Polynomial) -> Polynomial:
    if not body:
        return ()
    body = tuple(m._replace(atoms=tuple(map(_ordered, m.atoms))) for m in body)
    bound = {b for m in body for b in m.binders}
    for value in _common_solutions(v, body, bound):
        return tuple(contracted(m._replace(atoms=substituted(m.atoms, v, value))) for m in body)
    outside, inside = _apart(v, body[0]) if len(body) == 1 else _common_factor(v, body, bound)
    scope = Scope((v,), (), inside)
    return times((outside,), single(Atom("big", "sum", (), (), (scope,))))


def _ordered(atom: Atom) -> Atom:
    """A δ written as its relation, so that the same one is found in every monomial."""
    return atom._replace(words=relation_words(atom)) if atom.tag == "delta" else atom


def relation_words(atom: Atom) -> tuple[Word, Word]:
    """The two sides of a δ, written the same way for equivalent equations."""
    said = relation(*atom.words)
    return (said[0], said[1] + said[2]) if len(said) == 3 else ((), said[0])


def _common_solutions(v: Variable, body: Polynomial, bound: set[Variable]) -> list[Word]:
    """The values that a δ in every monomial gives the variable."""
    found = []
    for m in body:
        deltas = [relation(*atom.words) for atom in m.atoms if atom.tag == "delta"]
        values = {value for said in deltas for solved, value in solutions(said) if solved == v}
        found.append({value for value in values if not bound & {one.variable for one in value}})
    return sorted(set.intersection(*found))


def _apart(v: Variable, m: Monomial) -> tuple[Monomial, Polynomial]:
    """The factor of a monomial that does not depend on v, with the sums in it, and the factor that does."""
    touched, atoms = {v}, list(m.atoms)
    while grown := [b for b in m.binders if b not in touched and _linked(b, touched, atoms)]:
        touched |= set(grown)
    inside = tuple(a for a in atoms if any(mentions(a, b) for b in touched))
    outside = tuple(a for a in atoms if not any(mentions(a, b) for b in touched))
    within = tuple(b for b in m.binders if b in touched)
    without = tuple(b for b in m.binders if b not in touched)
    return Monomial(m.coefficient, without, outside), (Monomial(1, within, inside),)


def _linked(b: Variable, touched: set[Variable], atoms: Iterable[Atom]) -> bool:
    return any(mentions(a, b) and any(mentions(a, t) for t in touched) for a in atoms)


def _common_factor(v: Variable, body: Polynomial, bound: set[Variable]) -> tuple[Monomial, Polynomial]:
    """The factor of all monomials that depends neither on v nor on what they bind, and the rest."""
    common, rests = [], [list(m.atoms) for m in body]
    for atom in body[0].atoms:
        fixed = not any(mentions(atom, b) for b in bound | {v})
        if fixed and all(atom in rest for rest in rests):
            common.append(atom)
            for rest in rests:
                rest.remove(atom)
    content = reduce(gcd, (m.coefficient for m in body))
    inside = tuple(
        Monomial(m.coefficient // content, m.binders, tuple(r)) for m, r in zip(body, rests, strict=True)
    )
    return Monomial(content, (), tuple(common)), inside


def derivative(symbol: Symbol, at: tuple[Word, ...], body: Polynomial) -> Polynomial:
    """∂/∂F(at) of a polynomial in the values of F: by the product rule; δ on values of F, 0 on the other atoms.

    What holds of all values need not hold of polynomials, so F may be in no other atom.
    """
    return tuple(
        contracted(Monomial(m.coefficient, m.binders, m.atoms[:i] + new + m.atoms[i + 1 :]))
        for m in body
        for i, atom in enumerate(m.atoms)
        for new in _atom_derivative(symbol, at, atom)
    )


def _atom_derivative(symbol: Symbol, at: tuple[Word, ...], atom: Atom) -> Iterator[tuple[Atom, ...]]:
    if atom.tag == "app" and (atom.name, atom.data) == symbol:
        yield tuple(Atom("delta", "", (), pair) for pair in zip(atom.words, at, strict=True))
    else:
        demand(not _contains(symbol, atom), f"no polynomial in the values of {symbol[0]}")


def _contains(symbol: Symbol, atom: Atom) -> bool:
    """Whether the value of an atom may depend on a function."""
    if atom.tag == "app" and (atom.name, atom.data) == symbol:
        return True
    return any(_contains(symbol, a) for s in atom.scopes for m in s.body for a in m.atoms)
