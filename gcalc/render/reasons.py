"""Why a line follows: its reason with the rules of its steps, and with what they were used for.

Main definitions: `rules`, `instances`. A line's reason is free text, which no checker compares with its steps; the
rules are read from the steps, which both checkers do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gcalc.kernel.replay import Derivation, Line, Step, subterm
from gcalc.kernel.terms import Aut, Big, Element, Hom, Inv, Mul, Scalar, Term, Var
from gcalc.render import notation as n
from gcalc.render.text import text, write


def rules(line: Line) -> str:
    """The rules of a line's steps, in order: `reindex, word ×2`; ← where a rule is used from right to left."""
    names = [f"{step.rule} ←" if step.backward else step.rule for step in line.steps]
    runs = [(name, len(list(run))) for name, run in groupby(names)]
    return ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in runs)


def instances(before: Scalar, line: Line) -> Iterator[n.Box]:
    """What a line's substitutions and hypotheses were used for, where its reason does not say it: h → uh, f = L_v f."""
    for step in line.steps:
        for box in _instance(before, step):
            if write(box) not in line.reason:
                yield box
        before = step.result


def _instance(before: Scalar, step: Step) -> Iterator[n.Box]:
    match step.rule, step.arguments:
        case "reindex", (str() as kind, *shift):
            here, _ = subterm(step.result if step.backward else before, step.path)
            if isinstance(here, Big):
                image = _image(kind, here.variable, shift)
                yield n.row(n.notation(here.variable), n.Sign("→", infix=True), n.notation(image))
        case "hypothesis", (_, tuple() as pairs):
            yield from (_assigned(symbol, value) for symbol, value in pairs if text(symbol) != text(value))


def _assigned(symbol: Term, value: Term) -> n.Box:
    return n.row(n.notation(symbol), n.Sign("=", infix=True), n.notation(value))


def _image(kind: str, v: Var, shift: list[object]) -> Term:
    match kind, shift:
        case "left", [Element() as by]:
            return Mul(by, v)
        case "right", [Element() as by]:
            return Mul(v, by)
        case "automorphism", [Aut() as by]:
            return Hom(by, v)
    return Inv(v)


def lines(derivation: Derivation) -> Iterator[tuple[Line, tuple[n.Box, ...]]]:
    """The lines of a derivation, each with its instances."""
    before: Scalar = derivation.statement.left
    for line in derivation.lines:
        yield line, tuple(instances(before, line))
        before = line.term
