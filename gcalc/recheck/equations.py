"""Words where equations hold: beside a factor δ(a, b), a may be written for b.

δ(a, b) F(a) = δ(a, b) F(b), for where the δ is not 0 the two arguments are the same. Of the words that so come from
a given one without ever growing longer, the least is taken: shortest first, then in the order of tuples.

Main definitions: `exchanges`, `least`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from gcalc.recheck.errors import demand
from gcalc.recheck.words import Word, inverse, times

Exchange: TypeAlias = tuple[Word, Word]
MOST = 500
"""So many words are looked at; beyond that the line is refused."""


def exchanges(relations: Iterable[tuple[Word, ...]]) -> list[Exchange]:
    """What may be written for what, by relations (`words.relation`), never for something shorter."""
    found: set[Exchange] = set()
    for said in relations:
        if len(said) == 3:
            x, w, y = said
            for cut in range(len(w) + 1):
                a, b = times(inverse(w[:cut]), x), w[cut:] + y
                found |= {(a, b), (b, a)}
        else:
            for word in said:
                for circle in (word, inverse(word)):
                    turns = (circle[i:] + circle[:i] for i in range(len(circle)))
                    found |= {
                        (turn[:n], inverse(turn[n:])) for turn in turns for n in range(1, len(circle) + 1)
                    }
    return sorted((a, b) for a, b in found if len(b) <= len(a))


def least(word: Word, given: Sequence[Exchange]) -> Word:
    """The least word that the exchanges lead to."""
    known, new = {word}, [word]
    while new:
        demand(len(known) < MOST, "too many words are equal beside a δ")
        found = {image for w in new for a, b in given for image in _images(w, a, b)}
        new = sorted(found - known)
        known |= found
    return min(known, key=lambda w: (len(w), w))


def _images(word: Word, a: Word, b: Word) -> Iterable[Word]:
    for i in range(len(word) - len(a) + 1):
        if word[i : i + len(a)] == a:
            yield times(times(word[:i], b), word[i + len(a) :])
