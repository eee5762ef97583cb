"""The other operators of the fast path against the reference, each under the law that says what it has to be.

Main definitions
    CASES: for the id of a law, what yields the cases of its operators on a subject.

Implementation notes
    The fast path refuses means of integers; in floats the values are multiples of the number of elements, so that
    their means are integers. Values that are pooled by maxima are few, so that some are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

import numpy as np

from gcalc import reference
from gcalc.errors import UnsupportedError
from gcalc.interpret.model import Array
from gcalc.verify.comparison import Case, Way, in_types
from gcalc.verify.crossvalidation import (
    ALGORITHMS,
    SMALL,
    BilinearCase,
    Setting,
    algorithms,
    applies,
    setting_cases,
    settings,
    ways,
)
from gcalc.verify.subjects import Subject

__all__ = ["CASES", "operator_cases"]

LEAD = (2, 3)
"""Leading axes of what is moved or pooled."""
FLOATS = in_types("float32", "float64")
ALL = (*in_types("int64"), *FLOATS)
TIED = 2
"""Values that are pooled by maxima are up to this one."""
STRIDES = (2, 3)
EVERY = 12
"""All translates are compared on groups up to this order."""
OWN = (3, 2, 4)
"""The number of cases with filters of their own, K and J."""
FORMS = ("gather", "scatter", "selection")
"""The printed forms of the gradient of the filter transformation."""

Cases: TypeAlias = Iterator[Case]


def movements(subject: Subject, random: np.random.Generator) -> Cases:
    """Left translation by all elements of a small group, or by generators, convolution, involution, pooling."""
    for X in subject.spaces:
        for u in X.group.elements if X.group.order <= EVERY else X.group.generators:
            yield _case("left_translate", {"f": _draw(random, *LEAD, *X.shape)}, X.name, (X, u))
    if subject.window is None:
        G = subject.group
        a, b = _draw(random, 2, *LEAD, *G.shape)
        yield _case("convolve", {"a": a, "b": b}, G.name, (G,))
        yield _case("involution", {"psi": a}, G.name, (G,))
        yield from poolings(subject, random, gradients=False)
        yield from own_filters(subject, random)


def own_filters(subject: Subject, random: np.random.Generator) -> Cases:
    """The correlation and both gradients where every case has filters of its own."""
    G, (B, K, J) = subject.group, OWN
    f, d = _draw(random, B, J, *G.shape), _draw(random, B, K, *G.shape)
    psi = _draw(random, B, K, J, *G.shape)
    pairs = {"correlate": {"f": f, "psi": psi}, "input_gradient": {"d": d, "psi": psi}}
    for operator, arrays in (pairs | {"filter_gradient": {"d": d, "f": f}}).items():
        yield _own_filters(operator, G, arrays)


def _own_filters(operator: str, G: Any, arrays: Mapping[str, Array]) -> Case:
    """The reference takes them one by one."""
    sums = getattr(reference, operator)

    def exact(*given: Array) -> Array:
        return np.stack([sums(G.regular, *one) for one in zip(*given, strict=True)])

    def call(implementation: Any, *given: Array, **how: Any) -> Any:
        return implementation.Cases(G, operator, *given, **how)

    claim = f"{operator} of cases with filters of their own is that of each"
    return Case(claim, G.name, arrays, exact, call, degree=2, ways=ALL)


def poolings(subject: Subject, random: np.random.Generator, *, gradients: bool = True) -> Cases:
    """Pooling over subsets in random order and over the cosets of subgroups, or the gradients of both."""
    if subject.window is not None:
        return
    G = subject.group
    for op in ("max", "sum", "mean"):
        for size in {1, min(3, G.order), min(5, G.order)}:
            U = _some(G.elements, size, random)
            yield from _pooling("pool", G, U, op, G.shape, random, gradients)
        for H in islice(_subgroups(G), 3):
            yield from _pooling("coset_pool", G, H, op, (G.order // len(H),), random, gradients)


def _pooling(
    operator: str,
    G: Any,
    members: Sequence[Any],
    op: str,
    shape: tuple[int, ...],
    random: np.random.Generator,
    gradients: bool,
) -> Cases:
    factor, ways = (len(members), FLOATS) if op == "mean" else (1, ALL)
    f = factor * random.integers(-TIED, TIED + 1, (*LEAD, *G.shape))
    arrays = {"d": factor * _draw(random, *LEAD, *shape), "f": f} if gradients else {"f": f}
    name = f"{operator}_gradient" if gradients else operator
    where = f"{G.name}, {op} over {len(members)} elements"
    yield _case(name, arrays, where, (G,), (members,), {"op": op}, ways)


def _subgroups(G: Any) -> Iterator[tuple[Any, ...]]:
    """Cyclic subgroups, the smallest generators first, and the whole group."""
    found = dict.fromkeys(G.subgroup([g]) for g in (*G.generators, *G.elements[1:6]))
    yield from (H for H in found if len(H) < G.order)
    yield tuple(G.elements)


def transformations(subject: Subject, random: np.random.Generator) -> Cases:
    """The gradient of the filter transformation in the three printed forms, and the transformation."""
    for setting in _kinds_of_filters(subject):
        X, box = setting.X, setting.box
        psi = _draw(random, 3, 2, *setting.filter_shape)
        told = {"filter": "full" if box is None else "box"}
        forward = _case("filter_transform", {"psi": psi}, setting.name, (X,), (), told)
        try:
            d = _draw(random, *forward.expected.shape)
        except UnsupportedError:  # the group is not split, or X is neither a grid nor a regular space
            continue
        yield forward
        for form in FORMS:
            shape = {"filter_shape": box}
            yield _case(
                "filter_transform_gradient", {"d": d}, setting.name, (X,), (), shape, how={"form": form}
            )


def _kinds_of_filters(subject: Subject) -> Iterator[Setting]:
    """The settings without their boundaries."""
    return iter({(s.X.name, s.box): s for s in settings(subject)}.values())


def strided(subject: Subject, random: np.random.Generator) -> Cases:
    """The correlation at every s-th cell, and its gradients, where translations by s act on these cells."""
    for setting in settings(subject):
        X, modulus = setting.X, getattr(setting.X.group, "modulus", 1)
        if X.is_window or X.is_grid or X.is_regular:
            for s in (s for s in STRIDES if X.is_window or modulus % s == 0):
                yield from _strided(setting, s, random)


def _strided(setting: Setting, s: int, random: np.random.Generator) -> Cases:
    """``y[…, ::s, ::s]``, and the gradients of that: of d with zeros between."""
    X, told = setting.X, setting.told("correlate")
    f, psi = _draw(random, 2, 1, *X.shape), _draw(random, 2, 1, *setting.filter_shape)
    try:
        whole = reference.correlate(X, f, psi, **told)
    except UnsupportedError:  # an oblong box that P turns has no "valid" outputs
        return
    cells: Any = (..., *(slice(None, None, s) for _ in X.shape[int(X.is_regular) :]))
    d = _draw(random, *whole[cells].shape)

    def filled(d: Array) -> Array:
        wide = np.zeros(whole.shape, dtype=d.dtype)
        wide[cells] = d
        return wide

    def case(operator: str, arrays: Mapping[str, Array], exact: Callable[..., Any]) -> Case:
        told = setting.told(operator)

        def call(implementation: Any, *given: Array, **how: Any) -> Any:
            return getattr(implementation, operator)(X, *given, **told, stride=s, **how)

        claim = f"{operator} of stride {s} reads every {s}th cell from the first"
        return Case(claim, setting.name, arrays, lambda *given: exact(*given, **told), call, ways=ALL)

    yield case(
        "correlate",
        {"f": f, "psi": psi},
        lambda f, psi, **told: reference.correlate(X, f, psi, **told)[cells],
    )
    yield case(
        "input_gradient",
        {"d": d, "psi": psi},
        lambda d, psi, **told: reference.input_gradient(X, filled(d), psi, **told),
    )
    yield case(
        "filter_gradient",
        {"d": d, "f": f},
        lambda d, f, **told: reference.filter_gradient(X, filled(d), f, **told),
    )


def layers(subject: Subject, random: np.random.Generator, algorithms: Sequence[str] = ALGORITHMS) -> Cases:
    """A plan's output and both of its gradients, one after the other, by each algorithm."""
    for setting in settings(subject):
        try:
            cases = list(setting_cases(setting, (2,), 3, 2, random))
        except UnsupportedError:  # an oblong box that P turns has no "valid" outputs
            continue
        arrays = {**cases[0].arrays, "d": cases[1].arrays["d"]}
        for algorithm in filter(lambda a: applies(a, setting), algorithms):
            yield _layer(setting, arrays, algorithm, cases)


def _layer(
    setting: Setting, arrays: Mapping[str, Array], algorithm: str, cases: Sequence[BilinearCase]
) -> Case:
    """The three operators in one; where the algorithm is not exact, with the largest of their bounds."""
    X, told = setting.X, setting.told("filter_gradient")
    (way,) = (way for way in ways(algorithm)[""] if way.dtype == "float64")
    if way.bound is not None:
        proven = way.bound
        way = replace(way, bound=lambda case: max(proven(part) for part in cases))

    def exact(f: Array, psi: Array, d: Array) -> Array:
        given = {"correlate": (f, psi), "input_gradient": (d, psi), "filter_gradient": (d, f)}
        parts = (getattr(reference, name)(X, *pair, **setting.told(name)) for name, pair in given.items())
        return np.concatenate([part.ravel() for part in parts])

    def call(implementation: Any, *given: Array, **how: Any) -> Any:
        return implementation.layer(X, *given, **told, algorithm=algorithm, **how)

    claim = f"a plan's forward and backward are the three sums, {algorithm}"
    return Case(claim, setting.name, arrays, exact, call, ways=(replace(way, told={}),))


def bounded(boundary: str, subject: Subject, random: np.random.Generator) -> Cases:
    """The correlation and both gradients on a window with a boundary."""
    for setting in settings(subject):
        try:
            cases = list(setting_cases(setting, (2,), 2, 3, random)) if setting.boundary == boundary else []
        except UnsupportedError:  # an oblong box that P turns has no "valid" outputs
            continue
        yield from (replace(case, ways=ALL[:1]) for case in cases)


CASES: Mapping[str, Callable[[Subject, np.random.Generator], Cases]] = {
    "operators_are_sums": movements,
    "pool_gradient": poolings,
    "filter_transform_adjoint": transformations,
    "stride": strided,
    "closing_claim": layers,
    "boundary_zero": partial(bounded, "zero"),
    "boundary_valid": partial(bounded, "valid"),
}
"""The operators that are compared when a law is read, by its id."""


def operator_cases(law: str, subject: Subject, random: np.random.Generator, device: str) -> Cases:
    """The cases of a law, with all algorithms that there are for the arrays of a backend's device."""
    if CASES[law] is layers:
        return layers(subject, random, algorithms(device))
    return CASES[law](subject, random)


def _case(
    operator: str,
    arrays: Mapping[str, Array],
    space: str,
    before: Sequence[Any],
    after: Sequence[Any] = (),
    told: Mapping[str, Any] | None = None,
    ways: tuple[Way, ...] = ALL,
    how: Mapping[str, Any] | None = None,
) -> Case:
    """An operator called with what stands before and after the arrays, and what only the fast path is told."""
    named, more = told or {}, how or {}

    def call(implementation: Any, *given: Array, **options: Any) -> Any:
        return getattr(implementation, operator)(*before, *given, *after, **named, **more, **options)

    claim = f"{operator} is what defines it" + "".join(f", {word}" for word in more.values())
    function = getattr(reference, operator)
    return Case(
        claim, space, arrays, lambda *given: function(*before, *given, *after, **named), call, ways=ways
    )


def _draw(random: np.random.Generator, *shape: int) -> Array:
    return random.integers(-SMALL, SMALL + 1, shape)


def _some(elements: Sequence[Any], size: int, random: np.random.Generator) -> list[Any]:
    """Distinct elements in random order."""
    return [elements[i] for i in random.permutation(len(elements))[:size]]
