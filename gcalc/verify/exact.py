"""The exact reading: an identity of polynomials where the size allows, integers beyond; every line on small groups.

One evaluation with a polynomial generator in every entry decides a claim on a group for all inputs at once.
On integers, which are large, several channels are cheap: a claim that was decided with one is read so too.
L_u f is read for every u on small groups; beyond, for generators, and on integers for a few others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np

from gcalc.errors import UnsupportedError
from gcalc.kernel.terms import Var
from gcalc.proving.law import Claim, Law
from gcalc.verify.backends import reference
from gcalc.verify.contents import fill
from gcalc.verify.evaluation import Effort, Trial
from gcalc.verify.hypotheses import fixed, matrices, solve
from gcalc.verify.layout import InapplicableError, Layout
from gcalc.verify.models import check_split, layouts
from gcalc.verify.result import Check, Counterexample, Verdict
from gcalc.verify.subjects import Subject

EVERY = 12
"""L_u f is read for every u on groups up to this order."""
OTHERS = 4
"""Of so many elements beside the generators beyond it, on integers."""
MANY, FEW = 6, 36
"""Groups up to these orders are read with K, J = 2, 3 and with 1, 2 channels; polynomials on larger ones with one."""
FEWER = {3: (2, 2), 4: (1, 2)}
"""K, J for claims with hypotheses, up to these orders."""
LINE = 4_000
"""Lines that make so many summands are read on groups where u takes all values, whatever the effort."""
CHANNELS = (2, 3)
"""K, J on integers."""
DIFF = 8
"""SymPy differentiates polynomials in all symbols up to this order; beyond, in the function differentiated by."""
NOWHERE: Mapping[str, str] = MappingProxyType({})
"""No claim is read as one of another law."""


@dataclass(frozen=True)
class Outcome:
    """What one claim came to on one subject."""

    cases: int
    complete: bool
    counterexample: Counterexample | None = None
    refusals: tuple[str, ...] = ()


def exact(
    law: Law,
    subject: Subject,
    backend: Any,
    seed: int,
    effort: Effort,
    elsewhere: Mapping[str, str] = NOWHERE,
) -> Check:
    """Read every claim of a law on a subject, but for those that are read elsewhere, as claims of another law."""
    outcomes, skipped, failing = [], [], list[int]()
    for claim in law.claims:
        if claim.name in elsewhere:
            continue
        if backend.name != "reference" and not backend.reads(claim):
            if claim.symbols.operators:
                skipped.append(f"{claim.name}: {backend.name} lacks an operator of it")
            continue
        try:
            check_split(law, subject)
            outcomes.append(read_claim(law, claim, subject, backend, seed, effort))
            skipped += [f"{claim.name}: {refusal}" for refusal in outcomes[-1].refusals]
        except (InapplicableError, UnsupportedError) as refusal:
            skipped.append(f"{claim.name}: {refusal}")
            failing += [refusal.cases] if isinstance(refusal, InapplicableError) else []
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
    told = [f"{name}: read under {other}" for name, other in elsewhere.items()]
    cases = sum(o.cases for o in outcomes)
    if law.is_equivalence and len(failing) == len(law.claims) and all(failing):
        return replace(check, verdict=Verdict.EXACT, cases=sum(failing), reason="both sides fail here")
    if cases == 0:
        return replace(check, reason="; ".join(dict.fromkeys([s.split(": ", 1)[1] for s in skipped] or told)))
    failed = next((o.counterexample for o in outcomes if o.counterexample is not None), None)
    return replace(
        check,
        verdict=Verdict.FAILED if failed else Verdict.EXACT,
        cases=cases,
        complete=all(o.complete for o in outcomes) and not skipped and not told,
        counterexample=failed,
        reason="; ".join([*told, *(f"not read: {s}" for s in skipped)]) or None,
    )


def read_claim(law: Law, claim: Claim, subject: Subject, backend: Any, seed: int, effort: Effort) -> Outcome:
    """Read one claim on all its layouts; stops at the first counterexample."""
    random = generator(seed, law.id, claim.name, subject.name)
    cases, read, decided, refusals = 0, set[object](), set[object](), []
    trials = conditional if is_conditional(claim) else _trials
    for trial, kind in islice(trials(claim, subject, backend, random, effort), effort.trials):
        key = (trial.layout.space, trial.subset, trial.reduction, tuple(trial.at.values()))
        try:
            done, found = _read(trial, kind, random)
        except UnsupportedError as refusal:
            refusals.append(str(refusal))
            continue
        cases += done
        read |= set() if _is_special(trial.layout) else {key}
        numbers = trial.solution.numbers if trial.solution else ()
        places = prod(len(trial.layout.carriers[v.sort].values) for v in trial.at)
        partly = numbers or trial.sampled or trial.used.maps or places > _how_many_places(subject, effort)
        decided |= {key} if kind == "polynomials" and not partly else set()
        if found is not None:
            return Outcome(cases, False, found)
    if refusals and not cases:
        raise UnsupportedError(refusals[0])
    return Outcome(cases, read <= decided and not refusals, refusals=tuple(dict.fromkeys(refusals)))


def _is_special(layout: Layout) -> bool:
    """Filters on a box, read beside the filters in full of which they are a part."""
    return layout.box is not None and not layout.boundary


def generator(seed: int, *names: str) -> np.random.Generator:
    """A random generator that depends on the seed and on names only."""
    digest = hashlib.sha256("\0".join([str(seed), *names]).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def _trials(
    claim: Claim, subject: Subject, backend: Any, random: np.random.Generator, effort: Effort
) -> Iterator[tuple[Trial, str]]:
    order, used = subject.group.order, claim.symbols
    sizes = CHANNELS if order <= MANY else (1, 2) if order <= FEW else (1, 1)
    sizes = sizes if subject.window is None else (1, 2)
    elements, seed = _elements(subject), int(random.integers(2**32))
    numbers = "large" if backend.contents == "integers" else backend.contents
    decided = set()

    def trial_on(layout: Layout, elements: tuple[int, ...] | None, summands: int) -> Trial:
        trial = Trial(claim, subject, layout, backend, elements=elements, seed=seed)
        return replace(trial, summands=summands, line=_line(subject, effort))

    for layout in layouts(claim, subject, sizes):
        trial = trial_on(layout, elements, effort.sides)
        if used.reduced or used.subsets:
            yield from _pools(trial, numbers, random)
        elif backend.symbolic and _fits_polynomials(trial, effort.terms):
            decided.add(layout.space)
            yield trial, "polynomials"
    if used.reduced or used.subsets or (decided and sizes == CHANNELS):
        return
    summands = effort.numbers // 4 if decided else effort.numbers
    for layout in layouts(claim, subject, sizes if used.differentiated else CHANNELS):
        if not (used.differentiated and layout.space in decided):
            others = random.permutation(order)[:OTHERS].tolist()
            more = elements and tuple(dict.fromkeys([*elements, *others]))
            yield trial_on(layout, more, summands), numbers


def _line(subject: Subject, effort: Effort) -> int:
    return max(effort.line, LINE) if subject.group.order <= EVERY else effort.line


def _elements(subject: Subject) -> tuple[int, ...] | None:
    """The indices that u takes: all, or those of generators."""
    group = subject.group
    return None if group.order <= EVERY else tuple(map(group.index, group.generators))


def _pools(trial: Trial, numbers: str, random: np.random.Generator) -> Iterator[tuple[Trial, str]]:
    """Every reduction of every subset; a maximum on numbers, and on deltas, which have ties."""
    reductions = ("max", "sum", "mean") if trial.used.reduced else ("sum",)
    chosen = subsets(trial.subject, random) if trial.used.subsets else [()]
    for subset, reduction in product(chosen, reductions):
        symbolic = trial.backend.symbolic and reduction != "max"
        for kind in ("polynomials",) if symbolic else (numbers, "deltas"):
            yield replace(trial, reduction=reduction, subset=subset), kind


def is_conditional(claim: Claim) -> bool:
    """Whether the claim is about all functions or maps with some property."""
    return bool(claim.statement.hypotheses or matrices(claim))


def conditional(
    claim: Claim, subject: Subject, backend: Any, random: np.random.Generator, effort: Effort
) -> Iterator[tuple[Trial, str]]:
    """On all functions that meet the claim's hypotheses, at some of the elements that they are about.

    These are found with the reference where the implementation takes no generators.

    Raises InapplicableError where they fail for all of these.
    """
    order, used = subject.group.order, claim.symbols
    solver, kind = (backend, "polynomials") if backend.symbolic else (reference(), "large")
    failed, met = [], False
    places = _how_many_places(subject, effort)
    sizes = next((channels for most, channels in FEWER.items() if order <= most), (1, 1))
    for layout in layouts(claim, subject, sizes):
        if layout.box is not None:
            continue
        chosen = subsets(subject, random) if used.subsets else [()]
        chosen += [
            tuple(c.values) for sort, c in layout.carriers.items() if used.subsets and sort.kind == "subgroup"
        ]
        for at, subset in product(_places(claim, layout, random, places), chosen):
            try:
                solution = solve(claim, layout, solver, at, subset, random)
            except InapplicableError as failure:
                failed.append(failure)
                continue
            met = True
            trial = Trial(claim, subject, layout, backend, subset=subset, at=at, solution=solution)
            trial = replace(trial, summands=effort.sides, line=_line(subject, effort))
            for reduction in ("max", "sum", "mean") if used.reduced else ("sum",):
                yield replace(trial, reduction=reduction), "integers" if reduction == "max" else kind
    if failed and not met:
        raise InapplicableError(str(failed[0]), sum(f.cases for f in failed))


def _how_many_places(subject: Subject, effort: Effort) -> int:
    return effort.places * (4 if subject.group.order <= MANY else 1)


def _places(claim: Claim, layout: Layout, random: np.random.Generator, most: int) -> list[dict[Var, int]]:
    """Values for the elements that the hypotheses are about: all of them, or as many as said."""
    elements = fixed(claim)[1]
    every = list(product(*(layout.carriers[v.sort].values for v in elements)))
    if len(every) > most:  # the first is the identity, which shows least
        every = [every[i] for i in 1 + random.choice(len(every) - 1, most, replace=False)]
    return [dict(zip(elements, values, strict=True)) for values in every]


def _fits_polynomials(trial: Trial, terms: int) -> bool:
    order: int = trial.subject.group.order
    used = trial.used
    if used.differentiated:
        return order <= DIFF
    if any(sort.name == "B" for sort in used.sorts) and order > EVERY:
        return False
    if trial.layout.box is not None:
        return order <= EVERY and len(trial.layout.box.shape) == 2
    return bool(order ** len(used.functions) <= terms)


def subsets(subject: Subject, random: np.random.Generator) -> list[tuple[int, ...]]:
    """Subsets of 1 and of 3 elements, in random order; on small groups also of 2, and the whole group."""
    order = subject.group.order
    sizes = {1, 2, 3, order} if order <= EVERY else {1, 3}
    return [tuple(random.permutation(order)[:size].tolist()) for size in sorted(sizes) if size <= order]


def _read(trial: Trial, kind: str, random: np.random.Generator) -> tuple[int, Counterexample | None]:
    """The two sides on one input, all lines on another: (cases, a counterexample if there is one)."""
    terms = trial.lines()
    first = fill(trial.used, trial.layout, kind, random, trial.solution)
    numbers = trial.backend.contents if kind in ("polynomials", "deltas") else kind
    second = fill(trial.used, trial.layout, numbers, random, trial.solution)
    cases, mismatch = trial.compare(first, [terms[0], terms[-1]])
    if mismatch is None and len(terms) > 2:
        more, mismatch = trial.compare(second, terms)
        cases += more
    if mismatch is None:
        return cases, None
    if trial.compare(second, terms)[1] is not None:  # integers are read more easily than polynomials
        return cases, trial.smallest(second, terms)
    named = (
        fill(trial.used, trial.layout, "generators", random, trial.solution)
        if kind == "polynomials"
        else first
    )
    return cases, trial.smallest(named, terms)
