"""The reading `fast`: every law read on the fast path, and the fast path compared with the reference.

Main definitions
    fast: the checks of one law on one group by the fast path in one namespace.

Implementation notes
    A law's claims are evaluated as in the exact reading, on integers. Under `operators_are_sums` every operator is
    compared with the reference: by every algorithm on groups on which the reference is quick, by Freivalds' check on
    larger ones. Under other laws the operators that they speak of are compared too (`crossvalidation_operators`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

import numpy as np

from gcalc.errors import TargetError
from gcalc.proving.law import Law
from gcalc.verify.comparison import Case, Outcome, Way, compare
from gcalc.verify.crossvalidation import (
    EXACT_ALGORITHMS,
    ON_CUPY,
    algorithms,
    applies,
    bilinear_cases,
    in_any_order,
    rounded_cases,
    settings,
    unsigned_cases,
    ways,
)
from gcalc.verify.crossvalidation_operators import CASES, operator_cases
from gcalc.verify.exact import exact, generator
from gcalc.verify.freivalds_reading import Large, large
from gcalc.verify.planning import OPERATORS, Extent
from gcalc.verify.result import TARGET_ERROR, Check, Verdict
from gcalc.verify.subjects import Subject, subject

__all__ = ["fast"]

LARGEST = 200
"""On spaces with more points the operators are compared by Freivalds' check."""
FEWER = 4
"""Where an algorithm is not exact, Freivalds' check is given so many times fewer outputs."""
ROUNDED = 2
"""In so many settings integers of all significand bits are taken."""


def fast(
    law: Law, name: str, implementation: Any, seed: int, extent: Extent, elsewhere: Mapping[str, str]
) -> list[Check]:
    """The checks of a law on the group of that name; elsewhere: the claims read under another law, with its id."""
    start = time.perf_counter()
    target = subject(name)
    is_large = max(X.size for X in target.spaces) > LARGEST
    if law.id != OPERATORS:
        check = exact(law, target, implementation, seed, extent.effort, elsewhere)
        check = replace(check, reading="fast", dtype="int64", device=implementation.device)
        if law.id in CASES and not is_large:
            check = _with_operators(check, target, implementation, seed)
        return [replace(check, seconds=round(time.perf_counter() - start, 4))]
    random = generator(seed, law.id, name, "fast")
    base = Check(law.id, "fast", name, implementation.name, Verdict.NOT_TESTED, hypotheses=law.hypotheses)
    base = replace(base, device=implementation.device)
    rounded = name in extent.rounded or name not in extent.operators
    device = implementation.device
    if is_large:
        rows = _large_rows(target, extent.outputs, random, device)
    else:
        rows = _rows(target, random, device, rounded=rounded)
    return [_row(base, label, used, compute, implementation) for label, used, compute in rows]


Compute: TypeAlias = Callable[[Any], Large]
"""The comparisons of a row, given the implementation, and the probability that they miss something."""
Row: TypeAlias = tuple[str, Sequence[Way], Compute]
"""What follows the backend's name, the ways in which cases are computed, and the comparisons."""


def _rows(target: Subject, random: np.random.Generator, device: str, *, rounded: bool) -> Iterator[Row]:
    """A row for each algorithm, with what has none in the first; if asked, rows for what is rounded."""
    cases = list(bilinear_cases(target, random))
    others = [*unsigned_cases(target, random), *CASES[OPERATORS](target, random)]
    for algorithm in ("auto", *algorithms(device)):
        chosen = [case for case in cases if applies(algorithm, case.setting)]
        for suffix, used in ways(algorithm, device).items() if chosen else ():
            if suffix and not rounded:
                continue
            pairs: list[tuple[Case, Way]] = [(case, way) for case in chosen for way in used]
            pairs += [(case, way) for case in others for way in case.ways] if algorithm == "auto" else []
            yield _label(algorithm, suffix), used, partial(_all, pairs, target.name)
    for algorithm in (a for a in algorithms(device) if rounded and a in (*EXACT_ALGORITHMS, *ON_CUPY)):
        some = islice((s for s in settings(target) if applies(algorithm, s)), ROUNDED)
        way = Way("float32", {"algorithm": algorithm}, bound=in_any_order("float32"))
        pairs = [(case, way) for setting in some for case in rounded_cases(setting, "float32", random)]
        if pairs:
            yield _label(algorithm, "float32"), (way,), partial(_all, pairs, target.name)


def _large_rows(target: Subject, outputs: int, random: np.random.Generator, device: str) -> Iterator[Row]:
    """A row for each algorithm: an exact one in float32, another in float64 with fewer outputs, as they take memory."""
    setting = next(s for s in settings(target) if s.X.is_regular)
    for algorithm in algorithms(device):
        if applies(algorithm, setting):
            way = ways(algorithm)[""][-1]
            if way.bound is None:
                way = replace(way, dtype="float32")
            number = outputs if way.bound is None else outputs // FEWER
            yield _label(algorithm, ""), (way,), partial(large, target, way, number, random)


def _label(algorithm: str, suffix: str) -> str:
    return "".join(f"/{word}" for word in (algorithm, suffix) if word not in ("auto", ""))


def _all(pairs: Sequence[tuple[Case, Way]], group: str, implementation: Any) -> Large:
    """The cases in their ways, up to the first that fails."""
    total = Outcome()
    for case, way in pairs:
        total += compare(case, implementation, way, group)
        if total.counterexample is not None:
            break
    return Large(total, Fraction(0))


def _row(base: Check, label: str, used: Sequence[Way], compute: Compute, implementation: Any) -> Check:
    """The check of a row, timed; one that cannot be run is a target error of its own."""
    start = time.perf_counter()
    dtypes = ", ".join(dict.fromkeys(way.dtype for way in used))
    base = replace(base, backend=base.backend + label, dtype=dtypes)
    try:
        outcome, miss = compute(implementation)
    except TargetError as error:
        diagnosis = [{"code": TARGET_ERROR, "text": str(error)}]
        return replace(base, reason=str(error), diagnosis=diagnosis)
    bounded = any(way.bound is not None and not way.rounds for way in used)
    verdict = Verdict.PROBABILISTIC if miss else Verdict.BOUNDED if bounded else Verdict.EXACT
    told = [f"wrong outputs are missed with probability {float(miss):.1e} at most"] if miss else []
    check = _judged(base, outcome, verdict, told)
    return replace(check, seconds=round(time.perf_counter() - start, 4))


def _judged(check: Check, outcome: Outcome, verdict: Verdict, told: Sequence[str] = ()) -> Check:
    """The check with what an outcome adds to it."""
    told = [*filter(None, [check.reason]), *told, *(f"not read: {refusal}" for refusal in outcome.refusals)]
    if not outcome.cases:
        none = None if check.cases else "nothing of it applies to this group"
        return replace(check, reason="; ".join(told) or none)
    return replace(
        check,
        verdict=Verdict.FAILED if outcome.counterexample else verdict,
        cases=check.cases + outcome.cases,
        ratio=outcome.ratio,
        counterexample=outcome.counterexample,
        reason="; ".join(told) or None,
    )


def _with_operators(check: Check, target: Subject, implementation: Any, seed: int) -> Check:
    """A law's check with the comparisons of the operators that it speaks of, unless it has failed already."""
    if check.verdict == Verdict.FAILED:
        return check
    random = generator(seed, check.law, check.group, "fast")
    cases = operator_cases(check.law, target, random, implementation.device)
    pairs = [(case, way) for case in cases for way in case.ways]
    return _judged(check, _all(pairs, check.group, implementation).outcome, Verdict.EXACT)
