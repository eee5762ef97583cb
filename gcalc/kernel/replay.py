"""Derivations as frozen data, and replay: every line is recomputed from the log of steps, or the derivation is refused.

Main definitions: `Statement`, `Step`, `Line`, `Derivation`; `replay`.

Python cannot make a theorem unforgeable, so nothing is believed because of its type: a proof is a log, and
whoever doubts it replays it. Who built the log (`gcalc.elaborate`) is not trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gcalc.kernel.rules import RULES
from gcalc.kernel.sorts import Factorization, Hypothesis, Theory, bound_on, check, need
from gcalc.kernel.terms import KernelError, Scalar, Term, children, free, same, with_children


@dataclass(frozen=True)
class Statement:
    """A sequent: hypotheses ⊢ left = right, for all values of the free symbols."""

    left: Scalar
    right: Scalar
    hypotheses: tuple[Hypothesis, ...] = ()
    factorizations: tuple[Factorization, ...] = ()


@dataclass(frozen=True)
class Step:
    """One use of one rule at one place. Backward: the rule turns the *result* into the line before."""

    rule: str
    path: tuple[int, ...]
    arguments: tuple[object, ...]
    result: Scalar
    backward: bool = False


@dataclass(frozen=True)
class Line:
    """A printed line: the reason as a person reads it, and the steps from the line before."""

    term: Scalar
    reason: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Derivation:
    """The statement's left-hand side, then lines, the last of which is its right-hand side."""

    statement: Statement
    lines: tuple[Line, ...]


def subterm(term: Term, path: tuple[int, ...]) -> Term:
    """The subterm at the end of a path of child numbers."""
    for step in path:
        need(0 <= step < len(children(term)), "a path leads out of the term")
        term = children(term)[step]
    return term


def graft(term: Term, path: tuple[int, ...], new: Term) -> Term:
    """The term with the subterm at the end of the path replaced."""
    if not path:
        return new
    inner = list(children(term))
    inner[path[0]] = graft(inner[path[0]], path[1:], new)
    return with_children(term, tuple(inner))


def apply(
    theory: Theory, term: Term, rule: str, path: tuple[int, ...], arguments: tuple[object, ...]
) -> Term:
    """What the rule makes of the term at the path."""
    need(rule in RULES, f"no rule {rule}")
    target = subterm(term, path)
    if rule == "hypothesis":
        arguments = (*arguments, bound_on(term, path))
    try:
        new = RULES[rule](theory, target, *arguments)
    except (TypeError, AttributeError, ValueError) as error:
        raise KernelError(f"{rule}: unusable arguments ({error})") from error
    return graft(term, path, new)


def replay(theory: Theory, derivation: Derivation) -> int:
    """Recompute every line: the number of steps, or KernelError at the first that is not what its rule gives."""
    statement = derivation.statement
    theory = replace(theory, hypotheses=statement.hypotheses, factorizations=statement.factorizations)
    _check_theory(theory)
    current, steps = statement.left, 0
    check(current, theory)
    for number, line in enumerate(derivation.lines, 1):
        for step in line.steps:
            _replay_step(theory, current, step, f"line {number}, {step.rule}")
            current, steps = step.result, steps + 1
        need(line.steps and same(current, line.term), f"line {number}: its steps end elsewhere")
        current = line.term
    need(same(current, statement.right), "the last line is not the statement's right-hand side")
    return steps


def _replay_step(theory: Theory, current: Scalar, step: Step, where: str) -> None:
    check(step.result, theory)
    before, after = (step.result, current) if step.backward else (current, step.result)
    try:
        got = apply(theory, before, step.rule, step.path, step.arguments)
    except KernelError as error:
        raise KernelError(f"{where}: {error}") from error
    need(same(got, after), f"{where}: the rule gives another line")


def _check_theory(theory: Theory) -> None:
    for d in theory.definitions:
        closed = d.body is None or free(d.body) <= frozenset(d.parameters + d.points)
        need(closed, f"the definition of {d.name} is not closed")
    for h in theory.hypotheses:
        check(h.left, theory)
        check(h.right, theory)
