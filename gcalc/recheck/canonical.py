"""Canonical names: a polynomial in which no choice is left.

The variable of a sum over a group or a set is determined only up to a bijection of its sort: Σ_v F(v) = Σ_v F(φ(v)) for
φ a translation by what does not depend on v, inversion, an automorphism, or several of these. So one sum has many
forms, which differ in the words. One is chosen: variables are numbered one by one, each reindexed so that it stands
bare (on a subgroup: as bare as a shift within the subgroup makes it) in the least place that is left. Places are
compared by the function, by what is already named in it and by the position of the argument; where several are
least, all are tried and the least result is taken. So the order of sums over finite sorts is forgotten.

Numbers count from the outside in, so that equal polynomials get equal tuples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from gcalc.recheck.equations import exchanges, least
from gcalc.recheck.errors import demand
from gcalc.recheck.polynomials import (
    Atom,
    Monomial,
    Polynomial,
    Scope,
    mentions,
    relation_words,
    rewritten,
    rewritten_all,
    substituted,
)
from gcalc.recheck.words import (
    NAMED,
    Sort,
    Variable,
    Word,
    inverse,
    letter,
    lies_in,
    relation,
    replaced,
    times,
    unmoved,
)

Choice: TypeAlias = tuple[Variable, Word]
MOST = 1000
"""So many namings of one monomial are tried; beyond that the line is refused."""


def canonical(polynomial: Polynomial, level: int = 0) -> Polynomial:
    """The same polynomial with bound variables named, monomials collected and ordered."""
    totals: Counter[tuple[tuple[Variable, ...], tuple[Atom, ...]]] = Counter()
    for coefficient, binders, atoms in polynomial:
        budget = [MOST]
        totals[_named(frozenset(binders), atoms, level, (), budget)] += coefficient
    return tuple(Monomial(c, binders, atoms) for (binders, atoms), c in sorted(totals.items()) if c)


def _named(
    unnamed: frozenset[Variable],
    atoms: tuple[Atom, ...],
    level: int,
    names: tuple[Variable, ...],
    budget: list[int],
) -> tuple[tuple[Variable, ...], tuple[Atom, ...]]:
    """The least of the namings of a monomial."""
    if not unnamed:
        budget[0] -= 1
        demand(budget[0] > 0, "too many sums that look alike")
        return names, _finished(atoms, level)
    results = []
    for v, image in _choices(unnamed, atoms, level):
        new = (*names, Variable(NAMED, level, v.sort))
        results.append(_named(unnamed - {v}, substituted(atoms, v, image), level + 1, new, budget))
    return min(results)


def _finished(atoms: Sequence[Atom], level: int) -> tuple[Atom, ...]:
    """The atoms with what is in them named too, in order; a δ or an indicator is its own square."""
    given = exchanges(relation(*atom.words) for atom in atoms if atom.tag == "delta")
    if given:
        atoms = [a if a.tag == "delta" else rewritten(a, lambda word: least(word, given)) for a in atoms]
    done = [_finish(atom, level) for atom in atoms]
    once = {atom for atom in done if atom.tag in ("delta", "in")}
    return tuple(sorted([*once, *(atom for atom in done if atom not in once)]))


def _finish(atom: Atom, level: int) -> Atom:
    if atom.tag == "delta":
        return atom._replace(words=relation_words(atom))
    if atom.tag == "big":
        return min(_finished_big(form, level) for form in _orders(atom))
    return atom._replace(scopes=tuple(_opened(scope, level) for scope in atom.scopes))


def _opened(scope: Scope, level: int) -> Scope:
    """A scope whose binders are the arguments of a function, with a given order and no freedom."""
    names = tuple(Variable(NAMED, level + i, v.sort) for i, v in enumerate(scope.binders))
    body = scope.body
    for v, name in zip(scope.binders, names, strict=True):
        body = _replaced_all(body, v, letter(name))
    return Scope(names, (), canonical(body, level + len(names)))


def _replaced_all(body: Polynomial, v: Variable, image: Word) -> Polynomial:
    return rewritten_all(body, lambda word: replaced(word, v, image))


# ---- big operators that are atoms


def _orders(atom: Atom) -> Iterator[Atom]:
    """The atom; and exchanged with the next big operator: the same, finite sorts, independent guards.

    No guards under any operation: what that makes of nothing is not known to be nothing again.
    """
    yield atom
    (v,), guards, body = atom.scopes[0]
    if len(body) != 1 or body[0].coefficient != 1 or body[0].binders or len(body[0].atoms) != 1:
        return
    inner = body[0].atoms[0]
    if (inner.tag, inner.name) != ("big", atom.name):
        return
    (w,), inner_guards, inner_body = inner.scopes[0]
    if atom.name == "any" and (guards or inner_guards):
        return
    if v.sort.finite and w.sort.finite and not any(mentions(guard, v) for guard in inner_guards):
        within = atom._replace(scopes=(Scope((v,), guards, inner_body),))
        yield atom._replace(scopes=(Scope((w,), inner_guards, (Monomial(1, (), (within,)),)),))


def _finished_big(atom: Atom, level: int) -> Atom:
    """The least of the forms that reindexing gives a big operator."""
    (v,), guards, body = atom.scopes[0]
    name = Variable(NAMED, level, v.sort)
    inside = (*guards, *(a for m in body for a in m.atoms))
    hidden = frozenset(b for m in body for b in m.binders)
    images = {image for _, image in _inside(frozenset([v]), inside, level, hidden)} or {*_bare(name)}
    forms = []
    for image in images:
        moved = tuple(sorted(substituted(guards, v, image)))
        forms.append(Scope((name,), moved, canonical(_replaced_all(body, v, image), level + 1)))
    return atom._replace(scopes=(min(forms),))


# ---- which variable is named next, and where it shall stand bare


def _choices(unnamed: frozenset[Variable], atoms: tuple[Atom, ...], level: int) -> set[Choice]:
    """The variables that may be named next, each with the word that takes its place."""
    places: dict[Any, set[Choice]] = {}
    for atom in atoms:
        if atom.tag == "delta":
            continue
        masks = tuple(() if _open(word, unnamed) else (word,) for word in atom.words)
        for position, word in enumerate(atom.words):
            if found := _solved(word, unnamed, level):
                place = (atom.tag, atom.name, atom.data, masks, position)
                places.setdefault(place, set()).update(found)
    if places:
        return places[min(places)]
    if deep := _inside(unnamed, atoms, level, frozenset()):
        return deep
    used = {v for v in unnamed if any(mentions(atom, v) for atom in atoms)}
    idle = sorted(unnamed - used, key=lambda v: v.sort)
    return {(v, image) for v in used or idle[:1] for image in _bare(Variable(NAMED, level, v.sort))}


def _open(word: Word, unnamed: frozenset[Variable]) -> bool:
    return any(one.variable in unnamed for one in word)


def _bare(name: Variable) -> tuple[Word, ...]:
    """A variable, and on a group its inverse: what is tried where no place decides."""
    word = letter(name)
    return (word, inverse(word)) if name.sort.kind in ("group", "subgroup") else (word,)


def _inside(
    unnamed: frozenset[Variable], atoms: Sequence[Atom], level: int, hidden: frozenset[Variable]
) -> set[Choice]:
    """The choices at places at any depth, in words without what is bound on the way there, else in parts of words."""
    return set(_deep(unnamed, atoms, level, hidden, False)) or set(_deep(unnamed, atoms, level, hidden, True))


def _deep(
    unnamed: frozenset[Variable], atoms: Iterable[Atom], level: int, hidden: frozenset[Variable], cut: bool
) -> Iterator[Choice]:
    for atom in atoms:
        words = relation_words(atom) if atom.tag == "delta" else atom.words
        for word in words:
            if cut:
                for is_hidden, part in groupby(word, lambda one: one.variable in hidden):
                    yield from () if is_hidden else _solved(tuple(part), unnamed, level)
            elif not _open(word, hidden):
                yield from _solved(word, unnamed, level)
        for scope in atom.scopes:
            inner = hidden | {*scope.binders} | {b for m in scope.body for b in m.binders}
            below = (*scope.guards, *(a for m in scope.body for a in m.atoms))
            yield from _deep(unnamed, below, level, inner, cut)


def _solved(word: Word, unnamed: frozenset[Variable], level: int) -> list[Choice]:
    """The variables that a reindexing makes bare in a word, each with its image.

    A point takes in all that stands before it. A variable of the group takes in all that multiplies it, so that one of
    several suffices; one of a subgroup takes in the letters of that subgroup beside it.
    """
    if not word:
        return []
    if word[-1].is_point and word[-1].variable in unnamed:
        v = word[-1].variable
        return [(v, times(inverse(word[:-1]), letter(Variable(NAMED, level, v.sort))))]
    letters = word[:-1] if word[-1].is_point else word
    counts = Counter(one.variable for one in letters)
    once = [i for i, one in enumerate(letters) if one.variable in unnamed and counts[one.variable] == 1]
    whole = [i for i in once if letters[i].variable.sort.kind == "group"]
    return [_absorbed(letters, i, level) for i in whole[:1] or once]


def _absorbed(letters: Word, place: int, level: int) -> Choice:
    v, maps, sign = letters[place]
    name = letter(Variable(NAMED, level, v.sort))
    start, end = place, place + 1
    while start > 0 and _belongs(letters[start - 1 : start], v.sort):
        start -= 1
    while end < len(letters) and _belongs(letters[end : end + 1], v.sort):
        end += 1
    if not all(r.sort == v.sort for r in maps):
        return v, name
    value = times(times(inverse(letters[start:place]), name), inverse(letters[place + 1 : end]))
    return v, unmoved(maps, value if sign > 0 else inverse(value))


def _belongs(one: Word, of: Sort) -> bool:
    return lies_in(one, of)
