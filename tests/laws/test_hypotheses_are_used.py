"""Every formal hypothesis and factorization of a claim is needed by its derivation: without it, replay refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

import gcalc
from gcalc.kernel.replay import replay
from gcalc.kernel.terms import KernelError
from gcalc.lawbook import theory


def without_one():
    """Every derivation with one assumption less."""
    for law in gcalc.laws().values():
        for claim in law.claims:
            for field in ("hypotheses", "factorizations"):
                assumed = getattr(claim.statement, field)
                for n in range(len(assumed)):
                    statement = replace(claim.statement, **{field: assumed[:n] + assumed[n + 1 :]})
                    label = f"{law.id}, {claim.name}, {field} {n}"
                    yield pytest.param(replace(claim.derivation, statement=statement), id=label)


@pytest.mark.parametrize("derivation", list(without_one()))
def test_without_it_the_derivation_is_refused(derivation):
    with pytest.raises(KernelError, match=r"hypotheses are called|no such factorization"):
        replay(theory(), derivation)
