"""From a chain of lines with reasons to a derivation: a search for the places where the reasons apply.

Main definitions: `derive`, `qed`. The search is small (a line has some ten places and up to four reasons);
what it finds is logged step by step, and only the log counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TypeAlias

from gcalc.kernel.replay import Derivation, Line, Statement, Step, apply, graft, subterm
from gcalc.kernel.sorts import Theory
from gcalc.kernel.terms import (
    App,
    Big,
    KernelError,
    Lam,
    Op,
    Scalar,
    Term,
    binders,
    children,
    same,
    substitute,
)
from gcalc.proving.reasons import Reason

qed = None
"""In the place of the last line: the statement's right-hand side, which is not written twice."""

Path: TypeAlias = tuple[int, ...]
Found: TypeAlias = list[Step]


def derive(
    theory: Theory, statement: Statement, chain: Sequence[tuple[Scalar | None, *tuple[Reason, ...]]]
) -> Derivation:
    """The derivation of the statement along a chain of (line, reason, …); the last line is `qed`.

    Raises KernelError naming the first line that its reasons do not reach.
    """
    theory = replace(theory, hypotheses=statement.hypotheses, factorizations=statement.factorizations)
    current, lines = statement.left, []
    for number, (written, *reasons) in enumerate(chain, 1):
        target = statement.right if written is qed else written
        steps = next(_search(theory, current, target, reasons), None)
        if steps is None:
            raise KernelError(f"line {number}: not reached by {', '.join(r.text for r in reasons)}")
        lines.append(Line(target, "; ".join(dict.fromkeys(r.text for r in reasons)), tuple(steps)))
        current = target
    return Derivation(statement, tuple(lines))


def _search(theory: Theory, current: Any, target: Any, reasons: Sequence[Reason]) -> Iterator[Found]:
    """Forward reasons from the front, backward reasons from the back, closing ones in the middle."""
    if not reasons:
        if same(current, target):
            yield []
        return
    first, last = reasons[0], reasons[-1]
    if last.backward and last.exhaustive:
        undone, start = _everywhere(theory, target, last)
        ends = [target, *(step.result for step in undone)]
        again = [replace(s, result=e, backward=True) for s, e in zip(undone, ends, strict=False)]
        for steps in _search(theory, current, start, reasons[:-1]):
            yield [*steps, *reversed(again)]
    elif last.backward:
        for path, new in _uses(theory, target, last):
            for steps in _search(theory, current, new, reasons[:-1]):
                yield [*steps, Step(last.rule, path, last.arguments, target, backward=True)]
    elif first.closing:
        for steps in _close(theory, first, current, target, ()):
            reached = _log(theory, current, steps)
            end = reached[-1].result if reached else current
            for rest in _search(theory, end, target, reasons[1:]):
                yield [*reached, *rest]
    elif first.exhaustive:
        steps, end = _everywhere(theory, current, first)
        for rest in _search(theory, end, target, reasons[1:]):
            yield [*steps, *rest]
    else:
        for path, new in _uses(theory, current, first):
            for rest in _search(theory, new, target, reasons[1:]):
                yield [Step(first.rule, path, first.arguments, new), *rest]


def _positions(term: Term, path: Path = ()) -> Iterator[tuple[Path, Term]]:
    yield path, term
    for i, child in enumerate(children(term)):
        yield from _positions(child, (*path, i))


def _uses(theory: Theory, term: Term, reason: Reason) -> Iterator[tuple[Path, Any]]:
    """The places where a rule applies, and what it makes of the term there."""
    for path, here in _positions(term):
        if reason.operator and not _applies(here, reason.operator):
            continue
        if reason.variable and not (
            isinstance(here, Big) and here.variable.name.split("#")[0] == reason.variable
        ):
            continue
        try:
            yield path, apply(theory, term, reason.rule, path, reason.arguments)
        except KernelError:
            continue


def _applies(term: Term, operator: str) -> bool:
    return isinstance(term, App) and isinstance(term.function, Op) and term.function.name == operator


def _everywhere(theory: Theory, term: Any, reason: Reason) -> tuple[Found, Any]:
    steps: Found = []
    while use := next(_uses(theory, term, reason), None):
        path, term = use
        steps.append(Step(reason.rule, path, reason.arguments, term))
    return steps, term


def _close(
    theory: Theory, reason: Reason, a: Term, b: Term, path: Path
) -> Iterator[list[tuple[Path, Term, Reason]]]:
    """Ways to turn a into b by uses of a rule that is told its result, as deep in the term as possible."""
    if same(a, b):
        yield []
        return
    b = _aligned(a, b)
    if _shape(a) == _shape(b):
        yield from _close_children(theory, reason, children(a), children(b), path)
    try:
        apply(theory, a, reason.rule, (), (b,))
    except KernelError:
        return
    yield [(path, b, reason)]


def _close_children(
    theory: Theory, reason: Reason, left: tuple[Term, ...], right: tuple[Term, ...], path: Path, i: int = 0
) -> Iterator[list[tuple[Path, Term, Reason]]]:
    if i == len(left):
        yield []
        return
    for found in _close(theory, reason, left[i], right[i], (*path, i)):
        for rest in _close_children(theory, reason, left, right, path, i + 1):
            yield found + rest


def _aligned(a: Term, b: Term) -> Term:
    """b with the bound variables of its head named as in a."""
    if type(a) is type(b) and len(binders(a)) == len(binders(b)):
        names = dict(zip(binders(b), binders(a), strict=True))
        if names and all(v.sort == w.sort for v, w in names.items()):
            inner = {
                **{f: getattr(b, f) for f in ("op", "guard") if isinstance(b, Big)},
                "body": substitute(b.body, names),
            }  # type: ignore[attr-defined]
            if isinstance(b, Big):
                guard = None if b.guard is None else substitute(b.guard, names)
                return replace(b, variable=names[b.variable], body=inner["body"], guard=guard)  # type: ignore[arg-type]
            return replace(b, variables=tuple(names.values()), body=inner["body"])  # type: ignore[type-var]
    return b


def _shape(term: Term) -> tuple[object, ...]:
    """What two terms must share for their children to be compared one by one."""
    data = tuple(
        getattr(term, f.name)
        for f in fields(term)  # type: ignore[arg-type]
        if not isinstance(getattr(term, f.name), Term | tuple)
        or f.name in ("variable", "variables", "subset")
    )
    return (type(term), len(children(term)), data)


def _log(theory: Theory, term: Any, steps: list[tuple[Path, Term, Reason]]) -> Found:
    logged: Found = []
    for path, target, reason in steps:
        subterm(term, path)
        term = graft(term, path, target)
        logged.append(Step(reason.rule, path, (target,), term))
    return logged


__all__ = ["Lam", "derive", "qed"]
