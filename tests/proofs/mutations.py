"""Every derivation of gcalc, and changes to one line or one step of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import gcalc
from gcalc.kernel.replay import Derivation, Line, apply
from gcalc.kernel.rules import RULES
from gcalc.kernel.sorts import Theory
from gcalc.kernel.terms import KernelError, Num, Op, Scalar, Term, binders, children, same, with_children
from gcalc.lawbook import theory

CLAIMS = {
    f"{law.id}: {claim.name}": claim.derivation for law in gcalc.laws().values() for claim in law.claims
}


def small_theory(derivation: Derivation) -> Theory:
    """The shared theory with the definitions that the derivation mentions: replay is the faster for it."""
    terms = [derivation.statement.left, *(line.term for line in derivation.lines)]
    terms += [side for h in derivation.statement.hypotheses for side in (h.left, h.right)]
    names = {op.name for term in terms for op in operators(term)}
    known = tuple(d for d in theory().definitions if d.name in names)
    return Theory(known, derivation.statement.hypotheses, derivation.statement.factorizations)


def operators(term: Term):
    """The operator symbols in a term."""
    if isinstance(term, Op):
        yield term
    for child in children(term):
        yield from operators(child)


def positions(term: Term, path=()):
    """Every path into a term."""
    yield path
    for number, child in enumerate(children(term)):
        yield from positions(child, (*path, number))


@dataclass(frozen=True)
class Place:
    """One step of a derivation: the numbers of its line and of the step, and the term it starts from."""

    line: int
    number: int
    before: Scalar


def places(derivation: Derivation):
    """Every step."""
    current = derivation.statement.left
    for i, line in enumerate(derivation.lines):
        for n, step in enumerate(line.steps):
            yield Place(i, n, current)
            current = step.result
        current = line.term  # which may name its bound variables otherwise


def with_steps(derivation, line, steps):
    """The derivation with the steps of one line replaced."""
    changed = replace(derivation.lines[line], steps=tuple(steps))
    return replace(derivation, lines=(*derivation.lines[:line], changed, *derivation.lines[line + 1 :]))


def without(derivation, place):
    """The derivation without one step."""
    steps = derivation.lines[place.line].steps
    return with_steps(derivation, place.line, steps[: place.number] + steps[place.number + 1 :])


def instead(derivation, place, step):
    """The derivation with one step replaced."""
    steps = derivation.lines[place.line].steps
    return with_steps(derivation, place.line, (*steps[: place.number], step, *steps[place.number + 1 :]))


def alone(derivation, place, step):
    """The step by itself, as a proof of what the true one proves."""
    true = derivation.lines[place.line].steps[place.number].result
    statement = replace(derivation.statement, left=place.before, right=true)
    return Derivation(statement, (Line(true, "", (step,)),))


def neighbours(term: Term):
    """Terms of the same shape with two children exchanged somewhere, or a number changed; a variable for another."""
    for path in positions(term):
        here = term
        for number in path:
            here = children(here)[number]
        parts = children(here)
        for i in range(len(parts) - 1):
            swapped = (*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :])
            yield put(term, path, with_children(here, swapped))
        if isinstance(here, Num):
            yield put(term, path, Num(here.value + 1))


def put(term, path, new):
    """The term with another subterm at a path."""
    if not path:
        return new
    parts = list(children(term))
    parts[path[0]] = put(parts[path[0]], path[1:], new)
    return with_children(term, tuple(parts))


def wrong_results(term: Scalar):
    """Scalars that are not the term."""
    yield term + Num(0)
    yield from (other for other in neighbours(term) if not same(other, term))


def wrong_arguments(arguments):
    """Arguments with one left out, one too many, one exchanged for another of its kind."""
    yield arguments[:-1]
    yield (*arguments, Num(0))
    for i, argument in enumerate(arguments):
        others = {"left": ["right", "inverse"], "right": ["left"], "inverse": ["left", "automorphism"]}
        if isinstance(argument, str):
            new = others.get(argument, ["left", "h1"])
        elif isinstance(argument, tuple):
            new = [*wrong_instances(argument)]
        else:
            new = [*neighbours(argument)]
            if not binders(argument) and hasattr(argument, "__pow__"):
                new.append(argument**-1)
            if isinstance(argument, Scalar):
                new.append(argument + Num(0))
        yield from ((*arguments[:i], other, *arguments[i + 1 :]) for other in new)


def wrong_instances(instance):
    """Instances of a hypothesis with a pair left out, or another value for a variable."""
    for i, (symbol, value) in enumerate(instance):
        yield (*instance[:i], *instance[i + 1 :])
        yield from ((*instance[:i], (symbol, other), *instance[i + 1 :]) for other in neighbours(value))


def mutants(step, before, random: Random):
    """The kind of change, and the changed step: every other rule; some other paths, arguments and results."""
    yield from (("rule", replace(step, rule=rule)) for rule in RULES if rule != step.rule)
    starts = step.result if step.backward else before
    paths = [path for path in positions(starts) if path != step.path]
    paths = [*random.sample(paths, min(3, len(paths))), (*step.path, 0), (*step.path, 99), (-1,)]
    yield from (("path", replace(step, path=path)) for path in paths)
    arguments = [*wrong_arguments(step.arguments)]
    arguments = arguments[:2] + random.sample(arguments[2:], min(3, len(arguments) - 2))
    yield from (("argument", replace(step, arguments=new)) for new in arguments)
    yield "backward", replace(step, backward=not step.backward)
    results = [*wrong_results(step.result)]
    for new in random.sample(results, min(2, len(results))):
        yield "result", replace(step, result=new)


def gives(theory, step, before):
    """Whether the rule, used as the step says, turns the line before into the step's result."""
    start, end = (step.result, before) if step.backward else (before, step.result)
    try:
        return same(apply(theory, start, step.rule, step.path, step.arguments), end)
    except KernelError:
        return False
