"""One result of the fast path against what it has to be: equal, or as close as a proven bound.

Main definitions
    Case: an operator with arrays of integers, and what the reference makes of them.
    Way: how it is computed (an algorithm, a type of numbers), and how close the result has to come.
    compare: a case computed in one way; `Outcome`: what comparisons came to.

Implementation notes
    A case of a bilinear operator is computed by the reference once: with both arguments times c the result is c² times
    as large. An odd c of many bits puts integers out of reach of a shorter type than was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gcalc.errors import GcalcError, TargetError, UnsupportedError
from gcalc.interpret.model import Array
from gcalc.verify.evaluation import entries, minimise
from gcalc.verify.result import Counterexample
from gcalc.verify.rounding import worst_ratio

__all__ = ["Case", "Outcome", "Way", "compare", "in_types"]

BUDGET = 60
"""So many smaller inputs are tried before those that are left are taken one by one."""


@dataclass(frozen=True, eq=False)
class Case:
    """An operator with arrays of integers.

    claim: what is compared. space: the space and the kind of filters. exact: what the fast path has to give for such
    arrays, by the reference. call: the operator of an implementation, which is its first argument, before the arrays.
    degree: with all arrays times c the result is c to this power times as large; None where it is not. ways: how it is
    computed where its law is read.
    """

    claim: str
    space: str
    arrays: Mapping[str, Array]
    exact: Callable[..., Any]
    call: Callable[..., Any]
    degree: int | None = None
    ways: tuple[Way, ...] = ()

    @cached_property
    def expected(self) -> Array:
        """What the reference gives."""
        return np.asarray(self.exact(*self.arrays.values()))


@dataclass(frozen=True)
class Way:
    """How a case is computed, and how close the result has to come.

    told: what the operator is told beside the arrays. scale: a factor of all arrays. bound: of |computed - exact| on a
    case's arrays, of every entry or of all; None where the two have to be equal. rounds: whether rounding has to give
    the integers, so that the bound has to be below 1/2.
    """

    dtype: str
    told: Mapping[str, Any]
    scale: int = 1
    bound: Callable[[Case], Any] | None = None
    rounds: bool = False

    def computed(self, case: Case, implementation: Any, arrays: Mapping[str, Array]) -> Array:
        """The result of an implementation.

        Raises:
            UnsupportedError: the implementation refuses the case.
            TargetError: it raises something else.
        """
        given = [(a * self.scale).astype(self.dtype) for a in arrays.values()]
        try:
            return np.asarray(case.call(implementation, *given, **self.told))
        except (UnsupportedError, TargetError):
            raise
        except Exception as error:
            kind = "" if isinstance(error, GcalcError) else f"{type(error).__name__}: "
            raise TargetError(
                f"{case.claim} on {case.space}: {implementation.name} raised {kind}{error}"
            ) from error

    @property
    def result(self) -> str:
        """The type of the result: integers of any width give int64."""
        return self.dtype if self.dtype.startswith("float") else "int64"

    def exact(self, case: Case, expected: Array) -> Array:
        """The exact result for the arrays times the factor."""
        return expected if self.scale == 1 else expected * self.scale ** (case.degree or 1)


@dataclass(frozen=True)
class Outcome:
    """What comparisons came to: entries compared, the worst error over its bound, why some were not made."""

    cases: int = 0
    ratio: float | None = None
    counterexample: Counterexample | None = None
    refusals: tuple[str, ...] = ()

    def __add__(self, other: Outcome) -> Outcome:
        """Both together; of the counterexamples the first."""
        return Outcome(
            self.cases + other.cases,
            max((r for r in (self.ratio, other.ratio) if r is not None), default=None),
            self.counterexample or other.counterexample,
            tuple(dict.fromkeys([*self.refusals, *other.refusals])),
        )


def in_types(*dtypes: str) -> tuple[Way, ...]:
    """The ways in these types of numbers that give an equal result."""
    return tuple(Way(dtype, {}) for dtype in dtypes)


def compare(case: Case, implementation: Any, way: Way, group: str) -> Outcome:
    """A case computed in one way: how many entries were compared, or why none were.

    Raises:
        TargetError: the implementation cannot be run.
    """
    try:
        found = way.computed(case, implementation, case.arrays)
    except UnsupportedError as refusal:
        return Outcome(refusals=(str(refusal),))
    exact = way.exact(case, case.expected)
    bound = None if way.bound is None else np.broadcast_to(np.asarray(way.bound(case)), exact.shape)
    if _fits(found, exact, way.result) and (bound is None or not way.rounds or (bound < 0.5).all()):
        ratio, wrong = _judged(found, exact, bound)
        if wrong is None:
            return Outcome(exact.size, ratio)
    if bound is not None or case.degree is None:
        return Outcome(exact.size, None, _counterexample(case, way, group, case.arrays, found, exact, bound))
    return Outcome(exact.size, None, _smallest(case, implementation, way, group, found))


def _fits(found: Array, exact: Array, dtype: str) -> bool:
    return found.dtype == dtype and found.shape == exact.shape


def _judged(found: Array, exact: Array, bound: Array | None) -> tuple[float | None, tuple[int, ...] | None]:
    """The worst ratio of error to bound where there is one, and a wrong entry."""
    if bound is None:
        differs = found != exact
        return None, _first(differs)
    ratio, place = worst_ratio(found, exact, bound)
    return ratio, tuple(int(i) for i in np.unravel_index(place, exact.shape)) if ratio > 1 else None


def _first(differs: Any) -> tuple[int, ...] | None:
    return tuple(int(i) for i in np.argwhere(differs)[0]) if differs.any() else None


def _smallest(case: Case, implementation: Any, way: Way, group: str, found: Array) -> Counterexample:
    """A counterexample with few entries that are not 0, where the fault can be had again at all."""

    def result(arrays: Mapping[str, Array]) -> tuple[Array, Array]:
        exact = way.exact(case, np.asarray(case.exact(*arrays.values())))
        return way.computed(case, implementation, arrays), exact

    def wrong(arrays: Mapping[str, Array]) -> bool:
        again, exact = result(arrays)
        return not _fits(again, exact, way.result) or bool((again != exact).any())

    least = minimise(dict(case.arrays), wrong, BUDGET)
    again, exact = result(least)
    if _fits(again, exact, way.result) and not (again != exact).any():  # it is wrong at times only
        least, again, exact = dict(case.arrays), found, way.exact(case, case.expected)
    return _counterexample(case, way, group, least, again, exact, None)


def _counterexample(
    case: Case,
    way: Way,
    group: str,
    arrays: Mapping[str, Array],
    found: Array,
    exact: Array,
    bound: Array | None,
) -> Counterexample:
    elements = {name: str(value) for name, value in way.told.items()} | {"dtype": way.dtype}
    left, right = f"{found.dtype} of shape {found.shape}", f"{way.result} of shape {exact.shape}"
    if _fits(found, exact, way.result):
        entry = _judged(found, exact, bound)[1] or (0,) * exact.ndim
        elements["entry"] = str(entry)
        left, right = str(found[entry]), str(exact[entry])
        right += "" if bound is None else f" ± {float(bound[entry]):.3g}"
    return Counterexample(
        claim=case.claim,
        group=group,
        space=case.space,
        elements=elements,
        shapes={name: list(a.shape) for name, a in arrays.items()},
        inputs={name: entries(a * way.scale) for name, a in arrays.items()},
        left=left,
        right=right,
        line=0,
    )
