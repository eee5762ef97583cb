"""Every claim of every law passes the second checker, whoever added it; and fast."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from gcalc.kernel.replay import replay
from gcalc.lawbook import laws, theory
from gcalc.recheck import RecheckError, recheck
from gcalc.verify.campaign import kernel

CLAIMS = [(law.id, claim) for law in laws().values() for claim in law.claims]
IDS = [f"{law}: {claim.name}" for law, claim in CLAIMS]


@pytest.mark.parametrize("claim", [claim for _, claim in CLAIMS], ids=IDS)
def test_every_claim_passes(claim):
    assert recheck(theory(), claim.derivation) == len(claim.derivation.lines)


def seconds():
    start = time.process_time()
    for _, claim in CLAIMS:
        replay(theory(), claim.derivation)
        recheck(theory(), claim.derivation)
    return time.process_time() - start


def test_all_proofs_pass_both_checkers_in_two_seconds_of_one_processor():
    assert any(seconds() < 2 for _ in range(3)), "a busy machine may be slow once"


@pytest.mark.parametrize("claim", [claim for _, claim in CLAIMS], ids=IDS)
def test_no_claim_passes_with_another_right_hand_side(claim):
    statement = claim.statement
    other = replace(statement, right=statement.right + statement.right)
    with pytest.raises(RecheckError, match="statement"):
        recheck(theory(), replace(claim.derivation, statement=other))


def test_a_derivation_without_lines_is_refused():
    derivation = replace(CLAIMS[0][1].derivation, lines=())
    with pytest.raises(RecheckError, match="no line"):
        recheck(theory(), derivation)


def test_the_kernel_reading_says_which_checker_refused(monkeypatch):
    law = laws()["eq1"]

    def refuse(theory, derivation):
        raise RecheckError("line 3: no")

    assert kernel(law).verdict.name == "PROVED"
    monkeypatch.setattr("gcalc.verify.campaign.recheck", refuse)
    check = kernel(law)
    assert check.verdict.name == "FAILED"
    assert check.reason == "the second checker refuses it: line 3: no"
    wrong = replace(law.derivation, statement=replace(law.statement, right=law.statement.left))
    check = kernel(replace(law, claims=(replace(law.claims[0], derivation=wrong),)))
    assert check.verdict.name == "FAILED"
    assert check.reason.startswith("the kernel refuses it: ")
