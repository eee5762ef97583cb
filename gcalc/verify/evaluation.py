"""One claim on one layout: comparing its sides, and the smallest input on which they differ.

Main definitions: `Trial` (a claim, a layout, an implementation), `Trial.compare`, `Trial.smallest`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Any, TypeVar

import numpy as np

from gcalc.errors import TargetError
from gcalc.groups.labels import show
from gcalc.interpret import Evaluator, Mismatch
from gcalc.interpret.evaluate import sides
from gcalc.interpret.model import Array
from gcalc.kernel.terms import Big, Der, Fun, Op, Term, Var, children
from gcalc.proving.law import Claim, Symbols
from gcalc.verify.contents import Solution, generators
from gcalc.verify.hypotheses import interpreted
from gcalc.verify.layout import Layout
from gcalc.verify.models import model
from gcalc.verify.result import Counterexample
from gcalc.verify.subjects import Subject

Name = TypeVar("Name")
"""What arrays are called by: symbols, or words."""
MAPS = {"phi": lambda v: v * v * v + v * v - 1}
"""What stands for a map of values, by its name."""
OF_SUBGROUP = 3
"""So many elements of a subgroup are taken by u, where it does not take all of the group."""
DERIVATIVE = 20
"""A derivative of a polynomial counts as so many summands."""


@dataclass(frozen=True)
class Effort:
    """How much the evaluation of a claim may cost.

    terms: a claim with more polynomial terms, |G| to the power of its degree, is read on integers. sides, numbers: the
    two sides of a claim, on polynomials or on integers, are evaluated at a sample of their free variables' values
    where they make more summands; on integers at a quarter of that if polynomials decided the claim. line: a line of
    a derivation between them is read where it makes at most so many. places: a claim with hypotheses is read at so
    many of the elements that these are about, on the smallest groups four times as many. trials: of its layouts,
    subsets and reductions a claim is read on so many; None for all.
    """

    terms: int = 50_000
    sides: int = 12_000
    numbers: int = 2_000
    line: int = 800
    places: int = 1
    trials: int | None = None


@dataclass(frozen=True)
class Trial:
    """A claim read on one layout of a subject by one implementation.

    elements: the indices that u takes, all if None. at, solution: the elements and the functions that hypotheses are
    about. summands, line: as `Effort` has them. seed: of the sample of the other variables' values, where there are
    too many.
    """

    claim: Claim
    subject: Subject
    layout: Layout
    backend: Any
    reduction: str = "sum"
    subset: tuple[int, ...] = ()
    elements: tuple[int, ...] | None = None
    at: Mapping[Var, int] = field(default_factory=dict)
    solution: Solution | None = None
    summands: int = Effort.sides
    line: int = Effort.line
    seed: int = 0

    @property
    def used(self) -> Symbols:
        """The symbols of the claim."""
        return self.claim.symbols

    @cached_property
    def ranges(self) -> dict[Var, Sequence[int]]:
        """The values of every free variable.

        u in L_u f takes the elements it is given; where the two sides are sums over too many values, the others
        take a random half of theirs, or a quarter, …
        """
        elements = range(self.subject.group.order) if self.elements is None else self.elements
        ranges = {v: self._values(v, elements) for v in self.claim.ends}
        random = np.random.default_rng(self.seed)
        while self._work(ranges) > self.summands and max(map(len, ranges.values()), default=1) > 1:
            longest = max(ranges, key=lambda v: (len(ranges[v]), v.name))
            kept = random.choice(ranges[longest], (len(ranges[longest]) + 1) // 2, replace=False)
            ranges[longest] = sorted(kept.tolist())
        return ranges

    def _values(self, v: Var, elements: Sequence[int]) -> Sequence[int]:
        if v in self.at:
            return (self.at[v],)
        if v not in self.used.parameters:
            return self._all(v)
        return elements if v.sort.kind == "group" else self._some(v)

    def _some(self, v: Var) -> Sequence[int]:
        """A few elements of a subgroup, where u does not take all elements of the group."""
        every = self._all(v)
        if self.elements is None or len(every) <= OF_SUBGROUP:
            return every
        chosen: list[int] = (
            np.random.default_rng(self.seed).choice(every, OF_SUBGROUP, replace=False).tolist()
        )
        return chosen

    @cached_property
    def sampled(self) -> bool:
        """Whether some free variable does not take all its values."""
        rest = {v: values for v, values in self.ranges.items() if v not in self.at}
        return any(len(values) < len(self._all(v)) for v, values in rest.items())

    def _all(self, v: Var) -> Sequence[int]:
        if v in self.layout.labels:
            return range(len(self.layout.labels[v]))
        return self.layout.ranges.get(v, self.layout.carriers[v.sort].values)

    def lines(self) -> list[Term]:
        """The two sides and as many lines of the derivation between them as are short enough to be summed."""
        if self.layout.boundary:
            return list(sides(self.claim.derivation, lines=False))
        first, *between, last = sides(self.claim.derivation, lines=True)
        points = prod(map(len, self.ranges.values()))
        return [first, *(t for t in between if points * self._size(t) <= min(self.line, self.summands)), last]

    def _work(self, ranges: Mapping[Var, Sequence[int]]) -> int:
        statement = self.claim.statement
        return prod(map(len, ranges.values())) * max(self._size(statement.left), self._size(statement.right))

    def _size(self, term: Term) -> int:
        """How many summands one value of the term takes; an operator's value is looked up."""
        if isinstance(term, Op):
            return 1
        inner = max(map(self._size, children(term)), default=1) * (DERIVATIVE if isinstance(term, Der) else 1)
        return inner * self.layout.carriers[term.variable.sort].size if isinstance(term, Big) else inner

    def compare(self, arrays: Mapping[Fun, Array], terms: Sequence[Term]) -> tuple[int, Mismatch | None]:
        """Evaluate the terms on the arrays for all values of the free variables: (cases, the first mismatch)."""
        return self._evaluator(tuple(map(id, terms)), terms).equation(arrays)

    def _evaluator(self, key: tuple[int, ...], terms: Sequence[Term]) -> Evaluator:
        if key not in self._evaluators:
            subsets = {s: self.subset for s in self.used.subsets}
            more = {"reduction": self.reduction, "subsets": subsets, "maps": MAPS}
            built = model(
                self.layout, self.backend, {**{v: (i,) for v, i in self.at.items()}, **self.ranges}, **more
            )
            self._evaluators[key] = Evaluator(interpreted(), built, terms)
        return self._evaluators[key]

    @cached_property
    def _evaluators(self) -> dict[tuple[int, ...], Evaluator]:
        """Compiled comparisons, by the terms compared: a trial is run on many inputs."""
        return {}

    def smallest(self, arrays: Mapping[Fun, Array], terms: Sequence[Term]) -> Counterexample:
        """The counterexample with the fewest nonzero entries that bisection reaches from failing arrays."""
        bound = self.used.differentiated | (self.solution.functions if self.solution else frozenset())
        free_to_change = {f: a for f, a in arrays.items() if f not in bound}
        rest = {f: a for f, a in arrays.items() if f not in free_to_change}
        if rest and self.solution is None and not any(a.dtype == object for a in free_to_change.values()):
            rest = generators({f: a.shape for f, a in rest.items()}, fraction=self.used.reduced)  # with names

        def fails(candidate: Mapping[Fun, Array]) -> Mismatch | None:
            return self.compare({**candidate, **rest}, terms)[1]

        least = minimise(free_to_change, lambda candidate: fails(candidate) is not None)
        mismatch = fails(least)
        if mismatch is None:
            raise TargetError(
                "the implementation gives different results on equal inputs: make it deterministic"
            )
        return self._describe(least, rest, mismatch, self._line(terms[mismatch.lines[1]]))

    def _line(self, term: Term) -> int:
        """The number of a line of the derivation; 0 for the statement's right-hand side."""
        between = [line.term for line in self.claim.derivation.lines[:-1]]
        return next((i for i, line in enumerate(between, 1) if line is term), 0)

    def _describe(
        self, arrays: Mapping[Fun, Array], symbolic: Mapping[Fun, Array], mismatch: Mismatch, line: int
    ) -> Counterexample:
        everything = {**arrays, **symbolic}
        elements = {v.name: self._label(v, value) for v, value in mismatch.at.items()}
        if self.used.subsets:
            elements["U"] = show(frozenset(self.subject.group.elements[i] for i in self.subset))
        return Counterexample(
            claim=self.claim.name + (f", {self.reduction}" if self.used.subsets else ""),
            group=self.subject.name,
            space=self.layout.space,
            elements=elements,
            shapes={f.name: list(a.shape) for f, a in everything.items()},
            inputs={
                **{f.name: entries(a) for f, a in arrays.items()},
                **{f.name: self._rest(f, a) for f, a in symbolic.items()},
            },
            left=str(mismatch.values[0]),
            right=str(mismatch.values[1]),
            line=line,
        )

    def _rest(self, f: Fun, array: Array) -> list[Any]:
        return ["a generator an entry"] if f in self.used.differentiated else entries(array)

    def _label(self, v: Var, value: int) -> str:
        if v in self.layout.labels:
            return show(self.layout.labels[v][value])
        space = self.layout.carriers[v.sort].space
        if space is None:
            return str(value)
        return show(space.group.elements[value] if v.sort.kind == "subgroup" else space.points[value])


def entries(array: Array) -> list[Any]:
    """The nonzero entries as [index, value]."""
    nonzero = [(list(map(int, index)), array[tuple(index)]) for index in np.argwhere(array)]
    return [[index, str(value) if array.dtype == object else int(value)] for index, value in nonzero]


def minimise(
    arrays: Mapping[Name, Array], fails: Callable[[dict[Name, Array]], bool], budget: int = 400
) -> dict[Name, Array]:
    """Fewer and smaller nonzero entries while `fails` holds: drop halves, quarters, …, one; make the rest 1."""
    best = {f: a.copy() for f, a in arrays.items()}
    left = [(f, tuple(i)) for f, a in best.items() for i in np.argwhere(a)]
    size = max(1, len(left) // 2)
    while budget > 0 and left:
        kept, changed = [], False
        for start in range(0, len(left), size):
            block = left[start : start + size]
            candidate = _changed(best, block, 0)
            budget -= 1
            if budget >= 0 and fails(candidate):
                best, changed = candidate, True
            else:
                kept.extend(block)
        left = kept
        if size == 1 and not changed:
            break
        size = max(1, size // 2)
    for entry in left[: max(0, budget)]:
        candidate = _changed(best, [entry], 1)
        if fails(candidate):
            best = candidate
    return best


def _changed(
    arrays: Mapping[Name, Array], chosen: Sequence[tuple[Name, tuple[int, ...]]], value: int
) -> dict[Name, Array]:
    new = {f: a.copy() for f, a in arrays.items()}
    for f, index in chosen:
        new[f][index] = value
    return new
