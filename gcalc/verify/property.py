"""The property reading: Hypothesis draws a group, a space, channels, an element u and a seed; many inputs an example.

Hypothesis shrinks the group, the space and the channels; the smaller groups that it left are then searched for every
u, since few u may show a fault; the failing array itself is minimised by bisection (`Trial.smallest`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice, product
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import numpy as np
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir, storage_directory

from gcalc.errors import UnsupportedError
from gcalc.proving.law import Claim, Law
from gcalc.verify.contents import fill
from gcalc.verify.evaluation import Effort, Trial
from gcalc.verify.exact import conditional, generator, is_conditional, subsets
from gcalc.verify.hypotheses import matrices
from gcalc.verify.layout import InapplicableError
from gcalc.verify.models import check_split, layouts
from gcalc.verify.result import Check, Verdict
from gcalc.verify.subjects import subject

CASES = 200
"""So many equations are compared for a law at least."""
SUMMANDS = 800
"""The two sides are evaluated at so many summands an input."""
LINE = 100
"""A line of the derivation between them is read where it makes at most so many."""
LARGEST = 40
"""Groups beyond this order are left to the exact reading."""
SOLVED, MAPS, PLACES = 6, 3, 8
"""A claim with hypotheses is read on groups up to these orders, the second if it is about maps; on so many trials."""


class _DisagreementError(Exception):
    """A trial with the inputs on which its sides differ; caught below, never seen outside."""

    def __init__(self, trial: Trial, arrays: Any, terms: Any) -> None:
        super().__init__(trial.claim.name)
        self.trial, self.arrays, self.terms = trial, arrays, terms


def property_(law: Law, names: Sequence[str], backend: Any, seed: int, examples: int, inputs: int) -> Check:
    """Read a law on inputs drawn from the subjects of these names."""
    # Hypothesis draws constants of the modules that are loaded: they shall be the same, whatever was read before.
    import gcalc.fast.plan
    import gcalc.verify.fast_reading  # noqa: F401

    read = [(claim, name) for name in names for claim in law.claims if _applies(law, claim, name, backend)]
    read = sorted((c for c in read if _order(*c) <= LARGEST), key=lambda c: _order(*c))
    plain = [c for c in read if not is_conditional(c[0])]
    solved, refusals = _solved([c for c in read if is_conditional(c[0])], backend, seed)
    choices: list[tuple[Claim, str] | Trial] = [*plain, *solved]
    label = names[0] if len(names) == 1 else f"drawn from {len({name for _, name in read}) or len(names)}"
    check = Check(
        law.id, "property", label, backend.name, Verdict.NOT_TESTED, hypotheses=law.hypotheses, dtype="int64"
    )
    if not choices:
        none = f"no group of order up to {LARGEST} among those asked for meets the law's hypotheses"
        return replace(check, reason=next(iter(refusals), none))
    cases = 0

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        verbosity=hypothesis.Verbosity.quiet,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
    )
    @hypothesis.given(
        st.sampled_from(range(len(choices))), st.tuples(st.integers(1, 2), st.integers(1, 3)), st.data()
    )
    def run(choice: int, sizes: tuple[int, int], data: st.DataObject) -> None:
        nonlocal cases
        try:
            cases += _example(choices[choice], sizes, data, backend, inputs, -(-CASES // examples))
        except UnsupportedError as refusal:
            refusals.append(str(refusal))
            hypothesis.reject()

    try:
        with _hypothesis_home():
            run()
    except _DisagreementError as found:
        least = _on_smaller_group(found, plain, backend, seed) or found
        counterexample = least.trial.smallest(least.arrays, least.terms)
        return replace(check, verdict=Verdict.FAILED, cases=cases, counterexample=counterexample)
    except hypothesis.errors.Unsatisfiable:
        return replace(check, reason=refusals[0])
    return replace(check, verdict=Verdict.EXACT, cases=cases)


def _solved(choices: Sequence[tuple[Claim, str]], backend: Any, seed: int) -> tuple[list[Trial], list[str]]:
    """Trials of claims with hypotheses on small groups, with the functions that meet these; why there are no others."""
    solved, refusals = [], []
    for claim, name in (c for c in choices if _order(*c) <= (SOLVED if not matrices(c[0]) else MAPS)):
        random = generator(seed, claim.name, name)
        try:
            trials = conditional(claim, subject(name), backend, random, Effort(sides=SUMMANDS, line=LINE))
            solved += [trial for trial, _ in islice(trials, PLACES)]
        except (InapplicableError, UnsupportedError) as refusal:
            refusals.append(str(refusal))
    return solved, refusals


def _on_smaller_group(
    found: _DisagreementError, choices: Sequence[tuple[Claim, str]], backend: Any, seed: int
) -> _DisagreementError | None:
    """The first disagreement on a smaller group than that of the one found, over all u and channels."""
    random = np.random.default_rng(seed)
    order = _order(found.trial.claim, found.trial.subject.name)
    for claim, name in (choice for choice in choices if _order(*choice) < order):
        target = subject(name)
        sets = subsets(target, random) if claim.symbols.subsets else [()]
        kinds = (backend.contents, "deltas", "large")
        for layout, subset, kind in product(layouts(claim, target, (2, 3)), sets, kinds):
            trial = Trial(
                claim, target, layout, backend, found.trial.reduction, subset, summands=SUMMANDS, line=LINE
            )
            arrays, terms = fill(trial.used, layout, kind, random), trial.lines()
            try:
                if trial.compare(arrays, terms)[1] is not None:
                    return _DisagreementError(trial, arrays, terms)
            except UnsupportedError:
                continue
    return None


@contextmanager
def _hypothesis_home() -> Iterator[None]:
    """Keep what Hypothesis stores out of the working directory: nothing is written but where the user said."""
    found: Any = storage_directory(intent_to_write=False)
    before = getattr(found, "path", found)  # older versions of Hypothesis give a path
    with TemporaryDirectory() as home:
        set_hypothesis_home_dir(home)
        try:
            yield
        finally:
            set_hypothesis_home_dir(before)


def _applies(law: Law, claim: Claim, name: str, backend: Any) -> bool:
    if backend.name != "reference" and not backend.reads(claim):
        return False
    try:
        check_split(law, subject(name))
        return any(True for _ in layouts(claim, subject(name), (1, 1)))
    except InapplicableError:
        return False


def _order(claim: Claim, name: str) -> int:
    """The order of the group that the claim's sums run over."""
    target = subject(name)
    return int((target.planar[0] if claim.symbols.automorphisms and target.planar else target.group).order)


def _example(
    choice: tuple[Claim, str] | Trial,
    sizes: tuple[int, int],
    data: st.DataObject,
    backend: Any,
    inputs: int,
    least: int,
) -> int:
    """One drawn trial on several inputs, more where one makes few equations: how many, or _DisagreementError."""
    random = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    kind = data.draw(st.sampled_from([backend.contents, "deltas", "large"]))
    trial = choice if isinstance(choice, Trial) else _drawn(choice, sizes, data, backend, random)
    terms = trial.lines()
    cases = done = 0
    while done < inputs or cases < least:
        arrays = fill(trial.used, trial.layout, kind, random, trial.solution)
        more, mismatch = trial.compare(arrays, terms)
        if mismatch is not None:
            raise _DisagreementError(trial, arrays, terms)
        cases, done = cases + more, done + 1
    return cases


def _drawn(
    choice: tuple[Claim, str],
    sizes: tuple[int, int],
    data: st.DataObject,
    backend: Any,
    random: np.random.Generator,
) -> Trial:
    """A layout, an element u, and, for pooling, a subset and an operation."""
    claim, name = choice
    target = subject(name)
    ways = list(layouts(claim, target, sizes))
    layout = ways[data.draw(st.integers(0, len(ways) - 1))]
    u = data.draw(st.integers(0, target.group.order - 1))
    trial = Trial(claim, target, layout, backend, elements=(u,), summands=SUMMANDS, line=LINE, seed=u)
    if trial.used.subsets:
        trial = replace(trial, subset=data.draw(st.sampled_from(subsets(target, random))))
    if trial.used.reduced:
        trial = replace(trial, reduction=data.draw(st.sampled_from(["max", "sum", "mean"])))
    return trial
