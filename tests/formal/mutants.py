"""Wrong derivations: one line of a law with one thing changed, by the steps that reach the right line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gcalc.kernel import terms as t
from gcalc.kernel.replay import graft
from gcalc.kernel.sorts import sort_of
from gcalc.proving.law import Claim, Law


def changed(term: t.Term, path: tuple[int, ...] = ()) -> Iterator[t.Term]:
    """The term with 1 added to one value, or one group element where a function is read inverted."""
    yield from (graft(term, place, new) for place, new in _changes(term, path))


def _changes(term: t.Term, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], t.Term]]:
    if isinstance(term, t.App | t.Delta | t.Num):
        yield path, t.Add(term, t.Num(1))
    if isinstance(term, t.App):
        for number, argument in enumerate(term.arguments):
            if sort_of(argument).has_inverses and not isinstance(argument, t.One):
                yield (*path, number + len(t.children(term)) - len(term.arguments)), t.Inv(argument)
    for number, child in enumerate(t.children(term)):
        if not isinstance(child, t.Function):
            yield from _changes(child, (*path, number))


def with_line(law: Law, claim: int, line: int, term: t.Scalar) -> Law:
    """The law with the claim alone, one of its lines replaced."""
    derivation = law.claims[claim].derivation
    right = derivation.lines[line]
    steps = (*right.steps[:-1], replace(right.steps[-1], result=term))
    lines = list(derivation.lines)
    lines[line] = replace(right, term=term, steps=steps)
    return replace(law, claims=(Claim(law.claims[claim].name, replace(derivation, lines=tuple(lines))),))
