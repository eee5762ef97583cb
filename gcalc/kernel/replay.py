"""Derivations as frozen data, and replay: every line is recomputed from the log of steps, or the derivation is refused.

Main definitions: `Statement`, `Step`, `Line`, `Derivation`; `replay`.

Python cannot make a theorem unforgeable, so nothing is believed because of its type: a proof is a log, and
whoever doubts it replays it. Who built the log (`gcalc.proving`) is not trusted; data of derived classes, or
changed behind a dataclass's back, are refused (`is_data`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from gcalc.kernel.rules import RULES
from gcalc.kernel.sorts import Factorization, Hypothesis, Theory, check, check_theory
from gcalc.kernel.terms import (
    Der,
    KernelError,
    Scalar,
    Term,
    binders,
    children,
    is_data,
    need,
    same,
    with_children,
)

Path: TypeAlias = tuple[int, ...]


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
    path: Path
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


def subterm(term: Term, path: Path) -> tuple[Term, frozenset[Term]]:
    """The subterm at the end of a path of child numbers, and what is bound, or differentiated by, on the way."""
    bound: frozenset[Term] = frozenset()
    for number in path:
        need(0 <= number < len(children(term)), "a path leads out of the term")
        bound |= {*binders(term)} | ({term.function} if isinstance(term, Der) else set())
        term = children(term)[number]
    return term, bound


def graft(term: Term, path: Path, new: Term) -> Term:
    """The term with the subterm at the end of the path replaced."""
    if not path:
        return new
    inner = list(children(term))
    inner[path[0]] = graft(inner[path[0]], path[1:], new)
    return with_children(term, tuple(inner))


def apply(theory: Theory, term: Term, rule: str, path: Path, arguments: tuple[object, ...]) -> Term:
    """What the rule makes of the term at the path; whatever goes wrong is a KernelError."""
    try:
        here, bound = subterm(term, path)
        extra = (bound,) if rule == "hypothesis" else ()
        return graft(term, path, RULES[rule](theory, here, *arguments, *extra))
    except Exception as error:
        raise KernelError(f"{rule}: {error}") from error


def replay(theory: Theory, derivation: Derivation) -> int:
    """Recompute every line: the number of steps, or KernelError at the first that is not what its rule gives."""
    where, steps = "statement", 0
    try:
        own = is_data(derivation, Derivation, known := set[int]()) and is_data(theory, Theory, known)
        need(own, "not made of the kernel's own data")
        statement, lines = derivation.statement, derivation.lines
        theory = replace(theory, hypotheses=statement.hypotheses, factorizations=statement.factorizations)
        check_theory(theory)
        check(statement.right, theory)
        check(current := statement.left, theory)
        for number, line in enumerate(lines, 1):
            where = f"line {number}"
            for step in line.steps:
                check(step.result, theory)
                before, after = (step.result, current) if step.backward else (current, step.result)
                got = apply(theory, before, step.rule, step.path, step.arguments)
                need(same(got, after), f"{step.rule}: the rule gives another line")
                current, steps = step.result, steps + 1
            check(line.term, theory)
            need(line.steps and same(current, line.term), "its steps end elsewhere")
            current = line.term
        need(same(current, statement.right), "the last line is not the statement's right-hand side")
    except Exception as error:
        raise KernelError(f"{where}: {error}") from error
    return steps
