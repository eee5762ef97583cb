"""One claim on one layout: comparing its sides, and the smallest input on which they differ.

Main definitions: `Trial` (a claim, a layout, an implementation), `Trial.compare`, `Trial.smallest`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np

from gcalc.interpret import Evaluator, Mismatch
from gcalc.interpret.evaluate import sides
from gcalc.interpret.model import Array
from gcalc.kernel.terms import Big, Fun, Term, Var, children, free
from gcalc.lawbook import theory
from gcalc.proving.law import Claim
from gcalc.verify.models import Layout, Symbols, model, symbols
from gcalc.verify.result import Counterexample
from gcalc.verify.subjects import Subject

LINE_LIMIT = 30_000
"""A line of a derivation is evaluated where its sums and free variables make at most so many summands."""


@dataclass(frozen=True)
class Trial:
    """A claim read on one layout of a subject by one implementation."""

    claim: Claim
    subject: Subject
    layout: Layout
    backend: Any
    reduction: str = "sum"
    subset: tuple[int, ...] = ()
    all_elements: bool = True
    used: Symbols = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "used", symbols(self.claim))

    @property
    def ranges(self) -> dict[Var, Sequence[int]]:
        """Values of u in L_u f: the whole group, or generators of it (those u for which a claim holds form a subgroup)."""
        group = self.subject.group
        few = range(group.order) if self.all_elements else [group.index(g) for g in group.generators]
        return {u: few for u in self.used.parameters}

    def lines(self) -> list[Term]:
        """The two sides and as many lines of the derivation between them as are short enough to be summed."""
        if self.layout.boxes:
            return list(sides(self.claim.derivation, lines=False))
        first, *between, last = sides(self.claim.derivation, lines=True)
        return [first, *(t for t in between if self._summands(t) <= LINE_LIMIT), last]

    def _summands(self, term: Term) -> int:
        return prod(len(self._values(v)) for v in free(term) if isinstance(v, Var)) * self._size(term)

    def _values(self, v: Var) -> Sequence[int]:
        return self.ranges.get(v, self.layout.carriers[v.sort].values)

    def _size(self, term: Term) -> int:
        inner = max(map(self._size, children(term)), default=1)
        return inner * self.layout.carriers[term.variable.sort].size if isinstance(term, Big) else inner

    def compare(self, arrays: Mapping[Fun, Array], terms: Sequence[Term]) -> tuple[int, Mismatch | None]:
        """Evaluate the terms on the arrays for all values of the free variables: (cases, the first mismatch)."""
        subsets = {s: self.subset for s in self._subsets()}
        m = model(
            self.layout, arrays, self.backend, ranges=self.ranges, reduction=self.reduction, subsets=subsets
        )
        return Evaluator(theory(), m).equation(terms)

    def _subsets(self) -> Sequence[Any]:
        return self.used.subsets

    def smallest(self, arrays: Mapping[Fun, Array], terms: Sequence[Term]) -> Counterexample:
        """The counterexample with the fewest nonzero entries that bisection reaches from failing integer arrays."""
        integers = {f: a for f, a in arrays.items() if a.dtype != object}
        rest = {f: a for f, a in arrays.items() if f not in integers}

        def fails(candidate: Mapping[Fun, Array]) -> Mismatch | None:
            return self.compare({**candidate, **rest}, terms)[1]

        least = minimise(integers, lambda candidate: fails(candidate) is not None)
        mismatch = fails(least)
        assert_failing(mismatch)
        return self._describe(least, rest, mismatch)  # type: ignore[arg-type]

    def _describe(self, arrays: Mapping[Fun, Array], symbolic: Mapping[Fun, Array], mismatch: Mismatch) -> Counterexample:
        everything = {**arrays, **symbolic}
        elements = {v.name: self._label(v, value) for v, value in mismatch.at.items()}
        if self.used.subsets:
            elements["U"] = "{" + ", ".join(str(self.subject.group.elements[i]) for i in self.subset) + "}"
        return Counterexample(
            claim=self.claim.name + (f", {self.reduction}" if self.used.subsets else ""),
            group=self.subject.name,
            space=self.layout.space,
            elements=elements,
            shapes={f.name: list(a.shape) for f, a in everything.items()},
            inputs={
                **{f.name: [[list(map(int, i)), int(a[tuple(i)])] for i in np.argwhere(a)] for f, a in arrays.items()},
                **{f.name: ["a generator an entry"] for f in symbolic},
            },
            left=str(mismatch.values[0]),
            right=str(mismatch.values[1]),
            line=mismatch.lines[1],
        )

    def _label(self, v: Var, value: int) -> str:
        if v in self.layout.labels:
            return str(self.layout.labels[v][value])
        carrier = self.layout.carriers[v.sort]
        if v.sort.kind == "index":
            return str(value)
        if v.sort.kind == "set" or carrier.shape != self._group_shape(carrier):
            points = getattr(carrier.space, "points", None)
            return str(points[value]) if points else str(value)
        return str(carrier.space.group.elements[value])

    @staticmethod
    def _group_shape(carrier: Any) -> tuple[int, ...]:
        return tuple(carrier.space.group.shape)


def assert_failing(mismatch: Mismatch | None) -> None:
    """A minimised input must still fail; otherwise the implementation is not deterministic."""
    if mismatch is None:
        from gcalc.errors import TargetError

        raise TargetError("the implementation gives different results on equal inputs: make it deterministic")


def minimise(arrays: Mapping[Fun, Array], fails: Callable[[dict[Fun, Array]], bool], budget: int = 400) -> dict[Fun, Array]:
    """Fewer and smaller nonzero entries while `fails` holds: drop halves, quarters, …, single entries, then make the rest 1."""
    best = {f: a.copy() for f, a in arrays.items()}
    entries = [(f, tuple(i)) for f, a in best.items() for i in np.argwhere(a)]
    size = max(1, len(entries) // 2)
    while budget > 0 and entries:
        kept, changed = [], False
        for start in range(0, len(entries), size):
            block = entries[start : start + size]
            candidate = _changed(best, block, 0)
            budget -= 1
            if budget >= 0 and fails(candidate):
                best, changed = candidate, True
            else:
                kept.extend(block)
        entries = kept
        if size == 1 and not changed:
            break
        size = max(1, size // 2)
    for entry in entries:
        candidate = _changed(best, [entry], 1)
        if fails(candidate):
            best = candidate
    return best


def _changed(arrays: Mapping[Fun, Array], entries: Sequence[tuple[Fun, tuple[int, ...]]], value: int) -> dict[Fun, Array]:
    new = {f: a.copy() for f, a in arrays.items()}
    for f, index in entries:
        new[f][index] = value
    return new
