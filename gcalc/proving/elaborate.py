"""From a chain of lines with reasons to a derivation: a search for the places where the reasons apply.

Main definitions: `derive`, `qed`. The search is small (a line has some ten places and up to four reasons);
what it finds is logged step by step, and only the log counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any, TypeAlias

from gcalc.kernel.replay import Derivation, Line, Statement, Step, apply, graft
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
    with_children,
)
from gcalc.proving.reasons import Reason

qed = None
"""In the place of the last line: the statement's right-hand side, which is not written twice."""

Path: TypeAlias = tuple[int, ...]
Found: TypeAlias = list[Step]
Closed: TypeAlias = list[tuple[Path, Term]]


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
    elif reasons[-1].backward:
        for start, undone in _undo(theory, target, reasons[-1]):
            yield from ([*steps, *undone] for steps in _search(theory, current, start, reasons[:-1]))
    else:
        for end, done in _do(theory, current, target, reasons[0]):
            yield from ([*done, *steps] for steps in _search(theory, end, target, reasons[1:]))


def _do(theory: Theory, current: Any, target: Any, reason: Reason) -> Iterator[tuple[Any, Found]]:
    """Where a reason leads from the line before, and the steps."""
    if reason.closing:
        for closed in _close(theory, reason, current, target, ()):
            steps = _log(current, reason, closed)
            yield (steps[-1].result if steps else current), steps
    elif reason.exhaustive:
        steps = _everywhere(theory, current, reason)
        yield (steps[-1].result if steps else current), steps
    else:
        for path, new in _uses(theory, current, reason):
            yield new, [Step(reason.rule, path, reason.arguments, new)]


def _undo(theory: Theory, target: Any, reason: Reason) -> Iterator[tuple[Any, Found]]:
    """The lines from which a backward reason leads to the target, and the steps from there."""
    if not reason.exhaustive:
        for path, start in _uses(theory, target, reason):
            yield start, [Step(reason.rule, path, reason.arguments, target, backward=True)]
        return
    undone = _everywhere(theory, target, reason)
    ends = [target, *(step.result for step in undone)]
    steps = [replace(step, result=end, backward=True) for step, end in zip(undone, ends, strict=False)]
    yield ends[-1], steps[::-1]


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


def _everywhere(theory: Theory, term: Any, reason: Reason) -> Found:
    steps: Found = []
    while use := next(_uses(theory, term, reason), None):
        path, term = use
        steps.append(Step(reason.rule, path, reason.arguments, term))
    return steps


def _close(theory: Theory, reason: Reason, a: Term, b: Term, path: Path) -> Iterator[Closed]:
    """Ways to turn a into b by uses of a rule that is told its result, as deep in the term as possible."""
    if same(a, b):
        yield []
        return
    b = _aligned(a, b)
    if _shape(a) == _shape(b):
        yield from _close_children(theory, reason, list(zip(children(a), children(b), strict=True)), path)
    try:
        apply(theory, a, reason.rule, (), (b,))
    except KernelError:
        return
    yield [(path, b)]


def _close_children(
    theory: Theory, reason: Reason, pairs: Sequence[tuple[Term, Term]], path: Path, i: int = 0
) -> Iterator[Closed]:
    if i == len(pairs):
        yield []
        return
    for found in _close(theory, reason, *pairs[i], (*path, i)):
        yield from (found + rest for rest in _close_children(theory, reason, pairs, path, i + 1))


def _aligned(a: Term, b: Term) -> Term:
    """b with the bound variables of its head named as in a."""
    names: dict[Term, Term] = dict(zip(binders(b), binders(a), strict=False))
    if type(a) is not type(b) or len(binders(a)) != len(binders(b)) or not names:
        return b
    inner = with_children(b, tuple(substitute(child, names) for child in children(b)))
    if isinstance(inner, Big) and isinstance(a, Big):
        return replace(inner, variable=a.variable) if inner.variable.sort == a.variable.sort else b
    if isinstance(inner, Lam) and isinstance(a, Lam):
        same_sorts = [v.sort for v in inner.variables] == [v.sort for v in a.variables]
        return replace(inner, variables=a.variables) if same_sorts else b
    return b


def _shape(term: Term) -> tuple[object, ...]:
    """What two terms must share for their children to be compared one by one."""
    data = tuple(
        getattr(term, f.name)
        for f in fields(term)
        if not isinstance(getattr(term, f.name), Term | tuple)
        or f.name in ("variable", "variables", "subset")
    )
    return (type(term), len(children(term)), data)


def _log(term: Any, reason: Reason, closed: Closed) -> Found:
    logged: Found = []
    for path, target in closed:
        term = graft(term, path, target)
        logged.append(Step(reason.rule, path, (target,), term))
    return logged
