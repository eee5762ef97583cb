"""Uses of a hypothesis at random places: what is accepted holds in a model of it, u fixed and a invariant under u."""

from __future__ import annotations

from collections import Counter

import numpy as np
from gcalc.proofs.definitions import THEORY, G

from gcalc.kernel.replay import Derivation, Line, Statement, Step, graft, replay
from gcalc.kernel.sorts import Hypothesis, check
from gcalc.kernel.terms import App, Fun, KernelError, Mul, Var, children, free
from gcalc.recheck import RecheckError, checker, recheck

from .model import Evaluation, UnevaluatedError, symmetric
from .terms import Terms

a, g, u = Fun("a", (G,)), Var("g", G), Var("u", G)
INVARIANT = Hypothesis("a is u-invariant", (g,), a(u * g), a(g))
VALUE = 1


def model():
    """S3, with a function a that is constant on the orbits of the element by which u is interpreted."""
    group = symmetric()
    orbits = [frozenset(closed(group.times[VALUE], start)) for start in range(len(group.elements))]
    names = {orbit: 3 * i + 1 for i, orbit in enumerate(dict.fromkeys(orbits))}
    group.tables[a] = np.array([names[orbit] for orbit in orbits])
    assert 1 < len(names) < len(group.elements)
    return group


def closed(row, start):
    """The orbit of an element."""
    here = start
    while True:
        yield here
        here = int(row[here])
        if here == start:
            return


def differ(group, left, right):
    """Whether two scalars differ where u has its value."""
    variables = sorted(
        (v for v in free(left) | free(right) if isinstance(v, Var) and v != u), key=lambda v: v.name
    )
    one, other = (Evaluation(group, THEORY).values(term, [u, *variables])[VALUE] for term in (left, right))
    return bool((one != other).any())


def positions(term, path=()):
    if isinstance(term, App) and term.function == a:
        yield path, term.arguments[0]
    for i, child in enumerate(children(term)):
        yield from positions(child, (*path, i))


def uses(source, wanted):
    """Lines with a(u w) in the place of some a(w), u perhaps bound there; now and then with something else changed."""
    while wanted:
        left = source.scalar(3)
        for path, argument in positions(left):
            instance = source.element(G, 1) if source.random.random() < 0.1 else argument
            right = graft(left, path, a(Mul(u, instance)))
            if source.random.random() < 0.2:
                right = source.other(right, 1)
            step = Step("hypothesis", path, (INVARIANT.name, ((g, argument),)), right, backward=True)
            try:
                check(left, THEORY)
                check(right, THEORY)
            except KernelError:
                continue
            wanted = max(0, wanted - 1)
            yield Derivation(Statement(left, right, (INVARIANT,)), (Line(right, "", (step,)),))


def survey(wanted, stop=False):
    """The accepted uses that do not hold in the model, and the counts; `stop` at the first."""
    group, seen, wrong = model(), Counter(), []
    for derivation in uses(Terms(5), wanted):
        left, right = derivation.statement.left, derivation.statement.right
        try:
            false = differ(group, left, right)
        except UnevaluatedError:
            continue
        taken = agrees(recheck, derivation)
        seen["accepted" if taken else "rightly refused" if false else "refused"] += 1
        seen["refused by the second checker only"] += agrees(replay, derivation) and not taken
        wrong += [derivation] if taken and false else []
        if wrong and stop:
            break
    return wrong, seen


def agrees(check_by, derivation):
    try:
        check_by(THEORY, derivation)
    except (KernelError, RecheckError):
        return False
    return True


def test_what_is_accepted_holds_in_a_model_of_the_hypothesis():
    wrong, seen = survey(250)
    assert not wrong
    assert seen["accepted"] > 150
    assert seen["rightly refused"] > 25
    assert seen["refused by the second checker only"] == 0


def test_a_checker_that_forgets_what_is_bound_is_found(monkeypatch):
    monkeypatch.setattr(checker.Checker, "_fixed", lambda *_: None)
    monkeypatch.setattr(checker, "HELD", 0)
    wrong, _ = survey(600, stop=True)
    assert wrong
