"""The exact reading: an identity of polynomials where the size allows, integers beyond; every line on small groups.

One evaluation with a polynomial generator in every entry decides a claim on a group for all inputs at once.
L_u f is read for every u on small groups and for generators beyond, since the u for which a claim holds are
closed under products.
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
from gcalc.verify.models import InapplicableError, Layout, fill, layouts
from gcalc.verify.result import Check, Counterexample, Verdict
from gcalc.verify.subjects import Subject

EVERY = 12
"""L_u f is read for every u on groups up to this order, for generators beyond."""
MANY, FEW = 6, 36
"""Groups up to these orders are read with K, J = 2, 3 and with 1, 2 channels; larger ones with one."""
DIFF = 8
"""SymPy differentiates polynomials in all symbols up to this order; beyond, in the function differentiated by."""


@dataclass(frozen=True)
class Outcome:
    """What one claim came to on one subject."""

    cases: int
    complete: bool
    counterexample: Counterexample | None = None
    refusals: tuple[str, ...] = ()


def exact(law: Law, subject: Subject, backend: Any, seed: int, terms: int) -> Check:
    """Read every claim of a law on a subject; terms: as in `Profile`."""
    outcomes, skipped = [], []
    for claim in law.claims:
        if backend.name != "reference" and not backend.reads(claim):
            skipped.append(f"{claim.name}: {backend.name} lacks an operator of it")
            continue
        try:
            outcomes.append(read_claim(law, claim, subject, backend, seed, terms))
            skipped += [f"{claim.name}: {refusal}" for refusal in outcomes[-1].refusals]
        except (InapplicableError, UnsupportedError) as refusal:
            skipped.append(f"{claim.name}: {refusal}")
        if outcomes and outcomes[-1].counterexample is not None:
            break
    check = Check(
        law.id,
        "exact",
        subject.name,
        backend.name,
        Verdict.NOT_TESTED,
        hypotheses=law.hypotheses,
        dtype="exact",
    )
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


def read_claim(law: Law, claim: Claim, subject: Subject, backend: Any, seed: int, terms: int) -> Outcome:
    """Read one claim on all its layouts; stops at the first counterexample."""
    order = subject.group.order
    sizes = (2, 3) if order <= MANY else (1, 2) if order <= FEW else (1, 1)
    sizes = sizes if subject.window is None else (1, 2)
    random = generator(seed, law.id, claim.name, subject.name)
    cases, complete, refusals = 0, True, []
    for layout in layouts(claim, subject, sizes):
        for trial, kind in _trials(claim, subject, layout, backend, random, terms):
            try:
                done, found = _read(trial, kind, random)
            except UnsupportedError as refusal:
                refusals.append(str(refusal))
                continue
            decided = kind == "polynomials" and not trial.sampled
            cases, complete = cases + done, complete and (decided or _is_special(layout))
            if found is not None:
                return Outcome(cases, False, found)
    if refusals and not cases:
        raise UnsupportedError(refusals[0])
    return Outcome(cases, complete and not refusals, refusals=tuple(dict.fromkeys(refusals)))


def _is_special(layout: Layout) -> bool:
    """Filters on a box, read beside the filters in full of which they are a part."""
    return layout.box is not None and not layout.boundary


def generator(seed: int, *names: str) -> np.random.Generator:
    """A random generator that depends on the seed and on names only."""
    digest = hashlib.sha256("\0".join([str(seed), *names]).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def _trials(
    claim: Claim, subject: Subject, layout: Layout, backend: Any, random: np.random.Generator, terms: int
) -> Iterator[tuple[Trial, str]]:
    trial = Trial(claim, subject, layout, backend, all_elements=subject.group.order <= EVERY)
    if not trial.used.subsets:
        yield (
            trial,
            "polynomials" if backend.symbolic and _fits_polynomials(trial, terms) else backend.contents,
        )
        return
    for subset in subsets(subject, random):
        for reduction in ("max", "sum", "mean"):
            kinds = (
                (backend.contents, "deltas")
                if reduction == "max" or not backend.symbolic
                else ("polynomials",)
            )
            for kind in kinds:
                yield replace(trial, reduction=reduction, subset=subset), kind


def _fits_polynomials(trial: Trial, terms: int) -> bool:
    order: int = trial.subject.group.order
    used = trial.used
    if used.differentiated:
        return order <= DIFF
    if trial.layout.box is not None:
        return order <= EVERY and len(trial.layout.box.shape) == 2
    return bool(order ** len(used.functions) <= terms)


def subsets(subject: Subject, random: np.random.Generator) -> list[tuple[int, ...]]:
    """The trivial subset, and a random one that is no subgroup as a rule."""
    order = subject.group.order
    size = min(order, 3)
    return [(0,), tuple(sorted(random.choice(order, size=size, replace=False).tolist()))]


def _read(trial: Trial, kind: str, random: np.random.Generator) -> tuple[int, Counterexample | None]:
    used, layout = trial.used, trial.layout
    terms = trial.lines()
    outer = [terms[0], terms[-1]]
    cases, mismatch = trial.compare(fill(used, layout, kind, random, bool(trial.used.subsets)), outer)
    arrays = fill(used, layout, trial.backend.contents, random, bool(trial.used.subsets))
    more = 0
    if mismatch is None and len(terms) > 2:
        more, mismatch = trial.compare(arrays, terms)
    if mismatch is None:
        return cases + more, None
    for _ in range(8):
        if trial.compare(arrays, terms)[1] is not None:
            return cases + more, trial.smallest(arrays, terms)
        arrays = fill(used, layout, trial.backend.contents, random, bool(trial.used.subsets))
    raise ExactnessError(
        f"{trial.claim.name} fails on polynomials but not on 8 integer inputs; raise the seed"
    )
