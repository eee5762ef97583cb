"""A sample of the fuzzer's steps in Coq; all of `python -m tests.kernel.against_coq` takes half a minute."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gcalc.kernel.replay import Derivation, Line, Statement, Step
from gcalc.kernel.rules import RULES
from gcalc.kernel.terms import Big
from tests.kernel.against_coq import Report, Steps, compare, drawn
from tests.kernel.redexes import a, g, h, u
from tests.kernel.test_fuzz import UNSOUND

STEPS = 40


@pytest.fixture(scope="module")
def sample():
    return drawn(STEPS, seed=4)


def test_the_kernel_and_coq_agree(coq_folder, sample):
    report = compare(coq_folder, sample)
    assert [case.lemma() for case, _ in report.differ] == []
    accepted = sum(report.count(rule, True) for rule in RULES)
    rejected = sum(report.count(rule, False) for rule in RULES)
    assert accepted >= STEPS * 3 // 5
    assert rejected == STEPS * 2 // 5 == sum(report.refusals.values())


def test_every_rule_is_among_the_steps(sample):
    assert {case.rule for case in sample.cases if case.accepted} == {*RULES}
    assert {case.kind for case in sample.cases} >= {"correct", "altered"}
    assert sum(case.kind not in ("correct", "altered") for case in sample.cases) >= STEPS // 6


def test_what_cannot_be_written_is_counted(sample):
    assert {"an infinite sort", "the operation max"} <= {*sample.unwritten}


def test_a_kernel_that_accepts_too_much_disagrees(coq_folder):
    """A false step, said to be accepted."""
    false = next(filter(None, map(Steps(0, Report()).unsound, UNSOUND)))
    report = compare(coq_folder, Report([replace(false, kind="correct")]))
    assert [case.rule for case, _ in report.differ] == [false.rule]


def test_a_kernel_that_rejects_a_step_that_coq_proves_disagrees(coq_folder):
    right = next(Steps(0, Report()).correct("kron"))
    report = compare(coq_folder, Report([right, replace(right, kind="altered")]))
    assert [case.kind for case, _ in report.differ] == ["altered"]
    assert report.count("kron", True) == 1


def test_a_product_under_an_unknown_operation(coq_folder):
    """Which is written in brackets: ⊕ binds closer than a product."""
    body = a(g * h) * a(u)
    left, right = Big("any", g, Big("any", h, body)), Big("any", h, Big("any", g, body))
    step = Step("exchange", (), (), right)
    attempt = Derivation(Statement(left, right), (Line(right, "", (step,)),))
    report = Report()
    report.cases += Steps(0, report).written("exchange", "correct", attempt)
    assert len(report.cases) == 1
    assert compare(coq_folder, report).differ == []
