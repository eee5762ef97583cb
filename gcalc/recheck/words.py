"""Words: the normal form of elements.

An element of a group is a freely reduced word of letters; a letter is a variable, automorphisms applied to it
(outermost first, r r⁻¹ cancelled) and a sign. A point g x is the word of g with the point as its last letter, which has
the sign 1 and cancels with nothing: g x = h x does not say g = h. An index is a word of one letter.

Main definitions: `Sort`, `Variable`, `Letter`, `Word`; `times`, `inverse`, `moved`, `replaced`; `relation` (what an
equation of two words says) and `solutions` (the variables it determines).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias


class Sort(NamedTuple):
    """A sort of the kernel, as a tuple that can be ordered; `of` is () or a group."""

    name: str
    kind: str
    of: Any
    finite: bool

    @property
    def ambient(self) -> Sort:
        """The group of a subgroup; every other sort itself."""
        return Sort(*self.of) if self.kind == "subgroup" else self

    @property
    def acting(self) -> Any:
        """The group that acts from the left: itself, the group of a subgroup or of a set; () if none."""
        return self if self.kind == "group" else self.of


FREE, NAMED, BOUND, HELD = range(4)
"""Ranks: a symbol of the statement; a bound variable with its canonical number, or still without; bound on a path."""


class Variable(NamedTuple):
    """A variable: its rank, its name or number, its sort."""

    rank: int
    name: Any
    sort: Sort


class Automorphism(NamedTuple):
    """An automorphism symbol of a sort, or its inverse."""

    name: str
    sort: Sort
    power: int


class Letter(NamedTuple):
    """(r(v))^sign."""

    variable: Variable
    maps: tuple[Automorphism, ...]
    sign: int

    @property
    def is_point(self) -> bool:
        """Whether it is no element of a group."""
        return self.variable.sort.kind in ("set", "index")


Word: TypeAlias = tuple[Letter, ...]


def letter(variable: Variable) -> Word:
    """The word of a variable."""
    return (Letter(variable, (), 1),)


def times(a: Word, b: Word) -> Word:
    """The reduced product of reduced words, the last of which may end in a point."""
    while a and b and a[-1] == b[0]._replace(sign=-b[0].sign) and not b[0].is_point:
        a, b = a[:-1], b[1:]
    return a + b


def inverse(word: Word) -> Word:
    """The inverse of a word of group letters."""
    return tuple(Letter(v, maps, -sign) for v, maps, sign in reversed(word))


def moved(maps: tuple[Automorphism, ...], word: Word) -> Word:
    """The word of r₁(r₂(…(word))), for maps (r₁, r₂, …)."""
    for r in reversed(maps):
        undo = r._replace(power=-r.power)
        word = tuple(
            Letter(v, inner[1:] if inner[:1] == (undo,) else (r, *inner), sign) for v, inner, sign in word
        )
    return word


def unmoved(maps: tuple[Automorphism, ...], word: Word) -> Word:
    """The word that `moved` by the maps gives this one."""
    return moved(tuple(r._replace(power=-r.power) for r in reversed(maps)), word)


def replaced(word: Word, variable: Variable, image: Word) -> Word:
    """The word with an image in the place of a variable."""
    if all(v != variable for v, _, _ in word):
        return word
    result: Word = ()
    for one in word:
        piece: Word = (one,)
        if one.variable == variable:
            piece = moved(one.maps, image)
            piece = inverse(piece) if one.sign < 0 else piece
        result = times(result, piece)
    return result


def lies_in(word: Word, sort: Sort) -> bool:
    """Whether every letter is in the sort: sufficient for the word to be, and for what is no subgroup necessary."""
    if sort.kind == "index":
        return len(word) == 1 and word[0].variable.sort == sort
    if sort.kind == "set":
        return (
            bool(word)
            and word[-1].variable.sort == sort
            and all(_in_group(one, sort.of) for one in word[:-1])
        )
    if sort.kind == "group":
        return all(_in_group(one, sort) for one in word)
    return all(one.variable.sort == sort and all(r.sort == sort for r in one.maps) for one in word)


def _in_group(one: Letter, group: Any) -> bool:
    return not one.is_point and one.variable.sort.ambient == group


def relation(a: Word, b: Word) -> tuple[Word, ...]:
    """What a = b says, such that equal results mean equivalent equations; () if it is always true.

    In a group: a⁻¹b = 1, and every conjugate of that word and of its inverse; the least of them. Of points: x = w y,
    or y = w⁻¹x, the lesser of the two.
    """
    if a and a[-1].is_point:
        x, y, w = a[-1:], b[-1:], times(inverse(a[:-1]), b[:-1])
        return () if x == y and not w else min((x, w, y), (y, inverse(w), x))
    cycle = times(inverse(a), b)
    while len(cycle) > 1 and cycle[:1] == inverse(cycle[-1:]):
        cycle = cycle[1:-1]
    turns = [cycle[i:] + cycle[:i] for i in range(len(cycle))]
    return (min(turns + [inverse(turn) for turn in turns]),) if cycle else ()


def solutions(said: tuple[Word, ...]) -> Iterator[tuple[Variable, Word]]:
    """The variables that a relation determines, each with its value, which does not contain it and is of its sort.

    A point is never cancelled: of g x = y it says x = g⁻¹y, but nothing of g, for x may have a stabilizer.
    """
    if len(said) == 3:
        (x,), w, (y,) = said
        if x.variable != y.variable:
            yield x.variable, times(w, (y,))
            yield y.variable, times(inverse(w), (x,))
    for word in said[: len(said) == 1]:
        for i, (v, maps, sign) in enumerate(word):
            if sum(one.variable == v for one in word) == 1:
                rest = inverse(word[i + 1 :] + word[:i])
                value = unmoved(maps, rest if sign > 0 else inverse(rest))
                if lies_in(value, v.sort) and all(r.sort == v.sort for r in maps):
                    yield v, value
