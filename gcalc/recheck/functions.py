"""What a function of the statement is to this checker: something that gives a polynomial for words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gcalc.recheck.errors import demand
from gcalc.recheck.polynomials import Atom, Polynomial, Symbol, single
from gcalc.recheck.words import Sort, Word, lies_in


@dataclass(frozen=True)
class Function:
    """The sorts of the arguments; the value; the function symbols it is made of; its symbol if it is one."""

    sorts: tuple[Sort, ...]
    value: Callable[[tuple[Word, ...]], Polynomial]
    symbols: frozenset[Symbol]
    symbol: Symbol | None = None

    def __call__(self, words: tuple[Word, ...]) -> Polynomial:
        """The value at words, which must lie in the sorts."""
        demand(len(words) == len(self.sorts), f"{len(self.sorts)} arguments wanted, {len(words)} given")
        for word, sort in zip(words, self.sorts, strict=True):
            demand(lies_in(word, sort), f"an argument outside {sort.name}")
        return self.value(words)


def variable(name: str, sorts: tuple[Sort, ...]) -> Function:
    """A function symbol."""
    symbol = (name, sorts)
    return Function(sorts, lambda words: single(Atom("app", name, sorts, words)), frozenset([symbol]), symbol)
