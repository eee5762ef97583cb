"""The exact reading: an identity of polynomials where the size allows, integers beyond; every line of the derivation on small groups.

One evaluation with a polynomial generator in every entry decides a claim on a group for all inputs at once. L_u f is read for every u
on small groups and for generators beyond, since the u for which a claim holds are closed under products.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gcalc.errors import ExactnessError, UnsupportedError
from gcalc.proving.law import Claim, Law
from gcalc.verify.evaluation import Trial
from gcalc.verify.models import Inapplicable, fill, layouts, symbols
from gcalc.verify.result import Check, Counterexample, Verdict
from gcalc.verify.subjects import Subject

MANY = 12
"""Groups up to this order are read with K, J = 2, 3 channels and every u; up to `CHANNELS` with 1, 2; beyond with one channel."""
CHANNELS = 36
DIFF = 8
"""SymPy differentiates with respect to every value on groups up to this order; beyond, at the first points."""
SYMBOLIC_TERMS = 150_000
"""A claim whose sums have more polynomial terms than this is read on integers."""


@dataclass(frozen=True)
class Outcome:
    """What one claim came to on one subject."""

    cases: int
    complete: bool
    counterexample: Counterexample | None = None


def exact(law: Law, subject: Subject, backend: Any, seed: int) -> Check:
    """Read every claim of a law on a subject."""
    outcomes, skipped = [], []
    for claim in law.claims:
        try:
            outcomes.append(read_claim(law, claim, subject, backend, seed))
        except (Inapplicable, UnsupportedError) as refusal:
            skipped.append(f"{claim.name}: {refusal}")
        if outcomes and outcomes[-1].counterexample is not None:
            break
    check = Check(law.id, "exact", subject.name, backend.name, Verdict.NOT_TESTED, hypotheses=law.hypotheses, dtype="exact")
    cases = sum(o.cases for o in outcomes)
    if cases == 0:
        return replace(check, reason="; ".join(dict.fromkeys(s.split(": ", 1)[1] for s in skipped)))
    failed = next((o.counterexample for o in outcomes if o.counterexample is not None), None)
    return replace(
        check,
        verdict=Verdict.FAILED if failed else Verdict.EXACT,
        cases=cases,
        complete=all(o.complete for o in outcomes) and not skipped,
        counterexample=failed,
        reason=f"not read: {'; '.join(skipped)}" if skipped else None,
    )


def read_claim(law: Law, claim: Claim, subject: Subject, backend: Any, seed: int) -> Outcome:
    """Read one claim on all its layouts; stops at the first counterexample."""
    order = subject.group.order
    sizes = (2, 3) if order <= MANY else (1, 2) if order <= CHANNELS else (1, 1)
    random = generator(seed, law.id, claim.name, subject.name)
    cases, complete = 0, True
    for layout in layouts(claim, subject, sizes):
        for trial, kind in _trials(claim, subject, layout, backend, random):
            done, found = _read(trial, kind, random)
            cases, complete = cases + done, complete and kind == "polynomials" and trial.reduction != "max"
            if found is not None:
                return Outcome(cases, False, found)
    return Outcome(cases, complete)


def generator(seed: int, *names: str) -> np.random.Generator:
    """A random generator that depends on the seed and on names only."""
    digest = hashlib.sha256("\0".join([str(seed), *names]).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def _trials(claim: Claim, subject: Subject, layout: Any, backend: Any, random: np.random.Generator) -> Iterator[tuple[Trial, str]]:
    trial = Trial(claim, subject, layout, backend, all_elements=subject.group.order <= MANY)
    if not symbols(claim).subsets:
        yield trial, "polynomials" if _terms(trial) <= SYMBOLIC_TERMS and backend.symbolic else "integers"
        return
    for subset in subsets(subject, random):
        for reduction in ("max", "sum", "mean"):
            kinds = ("integers", "deltas") if reduction == "max" else ("polynomials",)
            for kind in kinds:
                yield replace(trial, reduction=reduction, subset=subset), kind


def subsets(subject: Subject, random: np.random.Generator) -> list[tuple[int, ...]]:
    """The trivial subset, and a random one that is no subgroup as a rule."""
    order = subject.group.order
    size = min(order, 3)
    return [(0,), tuple(sorted(random.choice(order, size=size, replace=False).tolist()))]


def _terms(trial: Trial) -> int:
    """Polynomial terms of the larger side, about: the sizes of all its sums and free variables."""
    claim, layout = trial.claim, trial.layout
    sorts = {v.sort: layout.carriers[v.sort].size for v in (s for s in symbols(claim).parameters)}
    degree = sum(f not in symbols(claim).differentiated for f in _undifferentiated(claim))
    order = max([c.size for s, c in layout.carriers.items() if s.kind != "index"], default=1)
    return int(order ** max(1, degree)) * (1 if not sorts else 1)


def _undifferentiated(claim: Claim) -> list[Any]:
    from gcalc.kernel.terms import Fun, free

    return [f for f in free(claim.statement.left) | free(claim.statement.right) if isinstance(f, Fun)]


def _read(trial: Trial, kind: str, random: np.random.Generator) -> tuple[int, Counterexample | None]:
    used, layout = trial.used, trial.layout
    terms = trial.lines()
    outer = [terms[0], terms[-1]]
    cases, mismatch = trial.compare(fill(used, layout, kind, random, trial.reduction == "mean"), outer)
    arrays = fill(used, layout, "integers", random, trial.reduction == "mean")
    more = 0
    if mismatch is None and len(terms) > 2:
        more, mismatch = trial.compare(arrays, terms)
    if mismatch is None:
        return cases + more, None
    for _ in range(8):
        if trial.compare(arrays, terms)[1] is not None:
            return cases + more, trial.smallest(arrays, terms)
        arrays = fill(used, layout, "integers", random, trial.reduction == "mean")
    raise ExactnessError(f"{trial.claim.name} fails on polynomials but not on 8 integer inputs; raise the seed")
