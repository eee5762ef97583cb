"""Every derivation replays, needs each of its steps, and is refused once anything that counts is changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from gcalc.proofs import eq3, eq6
from gcalc.proofs.definitions import THEORY, convolve, g, h, k, total

from gcalc.kernel.replay import Derivation, Line, Statement, Step, replay
from gcalc.kernel.terms import KernelError, Num, same
from gcalc.lawbook import theory
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.reasons import as_function, contract, derivative, fold, reindex, ring, unfold

from .mutations import (
    CLAIMS,
    alone,
    gives,
    instead,
    mutants,
    places,
    small_theory,
    with_steps,
    without,
    wrong_results,
)

claims = pytest.mark.parametrize("name", CLAIMS)


def refused(known, derivation):
    with pytest.raises(KernelError):
        replay(known, derivation)
    return True


@claims
def test_a_claim_replays(name):
    derivation = CLAIMS[name]
    steps = sum(len(line.steps) for line in derivation.lines)
    assert replay(theory(), derivation) == steps == replay(small_theory(derivation), derivation) > 0


@claims
def test_no_step_can_be_left_out(name):
    derivation, known = CLAIMS[name], small_theory(CLAIMS[name])
    for place in places(derivation):
        assert refused(known, without(derivation, place))


@claims
def test_no_line_can_be_left_out_or_changed(name):
    derivation, known, random = CLAIMS[name], small_theory(CLAIMS[name]), Random(name)
    for i, line in enumerate(derivation.lines):
        before, after = derivation.lines[:i], derivation.lines[i + 1 :]
        assert refused(known, replace(derivation, lines=before + after))
        assert refused(known, with_steps(derivation, i, ()))
        others = [*wrong_results(line.term)]
        for term in random.sample(others, min(2, len(others))):
            assert refused(known, replace(derivation, lines=(*before, replace(line, term=term), *after)))


@claims
def test_no_step_can_be_changed(name):
    """Rule, path, argument, direction, result: whatever makes the rule give another line is seen."""
    derivation, known, random = CLAIMS[name], small_theory(CLAIMS[name]), Random(name)
    seen = Counter()
    for place in places(derivation):
        step = derivation.lines[place.line].steps[place.number]
        assert replay(known, alone(derivation, place, step)) == 1
        for kind, changed in mutants(step, place.before, random):
            if kind == "result" or not gives(known, changed, place.before):
                seen[kind] += 1
                assert refused(known, alone(derivation, place, changed))
        assert refused(known, instead(derivation, place, changed))
    assert seen.keys() >= {"rule", "path", "result"}


@claims
def test_a_log_proves_its_own_statement_only(name):
    derivation, known, random = CLAIMS[name], theory(), Random(name)
    statement = derivation.statement
    others = [d.statement for d in CLAIMS.values()]
    others = [o for o in others if not (same(o.left, statement.left) and same(o.right, statement.right))]
    others = random.sample(others, 3)
    others += [replace(statement, right=new) for new in random.sample([*wrong_results(statement.right)], 1)]
    first = derivation.lines[0].steps[0]
    lefts = [new for new in wrong_results(statement.left) if not gives(small_theory(derivation), first, new)]
    others += [replace(statement, left=new) for new in random.sample(lefts, 1)]
    others.append(Statement(statement.right, statement.left))
    for other in others:
        assert refused(known, replace(derivation, statement=other))


def test_every_kind_of_change_is_tried_on_some_step():
    kinds = Counter(
        kind
        for derivation in CLAIMS.values()
        for place in places(derivation)
        for kind, _ in mutants(derivation.lines[place.line].steps[place.number], place.before, Random(0))
    )
    assert kinds.keys() == {"rule", "path", "argument", "backward", "result"}
    assert min(kinds.values()) >= 100


def test_a_derivation_without_lines_proves_equal_sides_only():
    left = Num(1)
    assert replay(THEORY, Derivation(Statement(left, left), ())) == 0
    assert refused(THEORY, Derivation(Statement(left, Num(2)), ()))
    step = Step("ring", (), (Num(2),), Num(2))
    assert refused(THEORY, Derivation(Statement(left, Num(2)), (Line(Num(2), "", (step,)),)))


# ---- the print's errors, with the reasons of the true lines


def chain_of(derivation, reasons):
    """The chain that the derivation was made from."""
    terms = [*(line.term for line in derivation.lines[:-1]), qed]
    return [(term, *why) for term, why in zip(terms, reasons, strict=True)]


E1 = (
    [(unfold("correlate"),), (derivative, ring), (contract,), (fold("input_gradient"),)],
    eq3.CHAIN_RULE,
    eq3.CHAIN_RULE_DERIVATION,
    3,
    total(h, k, eq3.D(k, g) * eq3.psi(k, eq3.j, h**-1 * eq3.x)),
)
E2 = (
    [
        (unfold("filter_gradient"),),
        (reindex(h, to=h**-1),),
        (as_function,),
        (fold("involution"),),
        (fold("convolve"),),
    ],
    eq6.CLOSING,
    eq6.CLOSING_DERIVATION,
    4,
    total(h, eq6.D_k(h) * eq6.f_j(h**-1 * g)),
)


@pytest.mark.parametrize(
    ("reasons", "statement", "derivation", "number", "printed"), [E1, E2], ids=["E1", "E2"]
)
def test_a_line_as_printed_is_not_derived(reasons, statement, derivation, number, printed):
    chain = chain_of(derivation, reasons)
    assert derive(THEORY, statement, chain) == derivation
    wrong = [*chain[: number - 1], (printed, *chain[number - 1][1:]), *chain[number:]]
    with pytest.raises(KernelError, match=f"^line {number}: not reached by "):
        derive(THEORY, statement, wrong)


@pytest.mark.parametrize(
    ("reasons", "statement", "derivation", "number", "printed"), [E1, E2], ids=["E1", "E2"]
)
def test_nor_is_it_let_through_by_replay(reasons, statement, derivation, number, printed):
    line = derivation.lines[number - 1]
    forged = replace(line, term=printed, steps=(*line.steps[:-1], replace(line.steps[-1], result=printed)))
    lines = (*derivation.lines[: number - 1], forged, *derivation.lines[number:])
    with pytest.raises(KernelError, match=f"^line {number}: .*(another line|no operator applied here)"):
        replay(THEORY, replace(derivation, lines=lines))


def test_the_printed_last_line_of_6_is_not_derived():
    reasons, statement, derivation, *_ = E2
    printed = replace(statement, right=convolve(eq6.D_k, eq6.f_j)(g))
    chain = chain_of(derivation, reasons)
    with pytest.raises(KernelError, match=r"^line 5: not reached by definition of convolve"):
        derive(THEORY, printed, chain)
