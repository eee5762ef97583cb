"""Pooling over translates and over cosets, and the gradients of both: equation (2) of the supplement.

Main definitions
    pool: ``P f(g) = max_{k in gU} f(k)``, a function on G.
    coset_pool: the same for U = H a subgroup, a function on G/H.
    pool_gradient, coset_pool_gradient: ``dL/df`` from ``dL/d(P f)``.

Main statements
    Pooling commutes with left translation, and so with any group: ``P L_h f = L_h P f``.
    The gradient of a sum is its adjoint, ``dL/df(k) = sum_{u in U} d(ku⁻¹)``, that of a mean 1/|U| times it. The
    gradient of a maximum goes to one maximiser, the first ``gu`` in the order of U: translations keep that order, so
    the gradient commutes with them, also where maxima are equal. In a coset gH there is no order that
    translations keep, H acting transitively on itself; the gradient goes to the first ``rh`` in the order of H, r
    the coset's least member, and commutes with translations where a coset has one maximiser.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gcalc.errors import ExactnessError, UnsupportedError, short
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.reference import finite, infinite
from gcalc.reference.arrays import read_batch, write
from gcalc.reference.supports import over_channels
from gcalc.spaces import arguments
from gcalc.spaces.arguments import check_group, check_operation, distinct
from gcalc.spaces.axes import Axes, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from gcalc.groups.finite import FiniteGroup

__all__ = ["coset_pool", "coset_pool_gradient", "pool", "pool_gradient"]


def pool(G: FiniteGroup | CrystallographicGroup, f: Any, U: Iterable[Any], op: str = "max") -> Any:
    """The pooled map ``P f(g) = op_{k in gU} f(k)``, op being max, sum or mean.

    Args:
        G: a group.
        f: (…, *G.shape), functions on G with any leading axes, such as (…, K, *G.shape). On an infinite group
            a dict {g: value}, or nested lists; f is zero off its support, and pooling sees these zeros.
        U: a non-empty iterable of distinct elements of G.
        op: "max", "sum" or "mean". Means of integers are Fractions.

    Returns:
        The same axes as f.

    Raises:
        ElementError: a member of U is not in G.
        UsageError: U is empty or repeats an element, or there is no such op.
        ShapeError: f does not end in G.shape.
        ExactnessError: f is not finite, or its ring has no mean.
        UnsupportedError: the maximum of values that have no order.

    Source:
        (2).

    >>> from gcalc import group
    >>> pool(group("C4"), [1, 4, 2, 3], [0, 1])        # max(f(g), f(g + 1))
    array([4, 4, 3, 3])
    """
    check_group(G)
    operation = _operation(op)
    members = distinct(G, U)
    if isinstance(G, CrystallographicGroup):
        return over_channels(G, f, "f", lambda f_k: infinite.pool(G, f_k, members, operation))
    lead, functions = read_batch(f, "f", (), Axes.of(G.regular))
    indices = [G.index(u) for u in members]
    values = [value for f_k in functions.tolist() for value in finite.pool(G, f_k, indices, operation)]
    return write(values, (*lead, *G.shape))


def coset_pool(G: FiniteGroup | CrystallographicGroup, f: Any, H: Iterable[Any], op: str = "max") -> Any:
    """The map ``P f(gH) = op_{k in gH} f(k)`` on the left cosets of a subgroup, op being max, sum or mean.

    Args:
        G: a group.
        f: (…, *G.shape), functions on G with any leading axes, such as (…, K, *G.shape). On an infinite group
            a dict {g: value}, or nested lists.
        H: the elements of a subgroup, in any order; finite if G is infinite.
        op: "max", "sum" or "mean". Means of integers are Fractions.

    Returns:
        (…, |G|/|H|), functions on ``G.cosets(H)``, cosets ordered by their least member; on an infinite group
        dicts {gH: value}, a coset being a frozenset.

    Raises:
        ElementError: a member of H is not in G.
        InvalidGroupError: H is empty or not closed; the message names two members and their product.
        UsageError: there is no such op.
        ShapeError: f does not end in G.shape.
        ExactnessError: f is not finite, or its ring has no mean.
        UnsupportedError: the maximum of values that have no order.

    Source:
        Pooling over cosets, section 6.3 of the paper; law ``coset_pooling``.

    >>> from gcalc import group
    >>> coset_pool(group("C4"), [1, 4, 2, 3], [0, 2], op="sum")        # {0, 2} and {1, 3}
    array([3, 7])
    """
    check_group(G)
    operation = _operation(op)
    members = arguments.members(H, "H")
    if isinstance(G, CrystallographicGroup):
        subgroup = list(dict.fromkeys(members))
        G.cosets(subgroup)
        return over_channels(G, f, "f", lambda f_k: infinite.coset_pool(G, f_k, subgroup, operation))
    cosets = [sorted(map(G.index, gH)) for gH in G.left_cosets(members)]
    lead, functions = read_batch(f, "f", (), Axes.of(G.regular))
    values = [value for f_k in functions.tolist() for value in finite.coset_pool(f_k, cosets, operation)]
    return write(values, (*lead, len(cosets)))


def pool_gradient(G: FiniteGroup, d: Any, f: Any, U: Iterable[Any], op: str = "max") -> NDArray[Any]:
    """The gradient of :func:`pool` with respect to f, ``dL/df(k) = sum_g d(g) dP f(g)/df(k)``.

    Args:
        G: a finite group.
        d: (…, *G.shape), the gradient ``dL/d(P f)``.
        f: the same axes as d, the input of the pooling.
        U: as for :func:`pool`. Of equal maxima the first in its order has the gradient.
        op: as for :func:`pool`. Gradients of means of integers are Fractions.

    Returns:
        The same axes as f.

    Raises:
        ElementError: a member of U is not in G.
        UsageError: U is empty or repeats an element, or there is no such op.
        ShapeError: d or f do not end in G.shape, or their leading axes differ.
        ExactnessError: a value is not finite, or the ring of d has no mean.
        UnsupportedError: G is infinite, or the maximum of values that have no order.

    Source:
        Law ``pool_gradient``; the supplement differentiates correlations only.

    >>> from gcalc import group
    >>> pool_gradient(group("C4"), [1, 10, 100, 1000], [1, 4, 2, 3], [0, 1])     # maxima at 1, 1, 3, 3
    array([   0,   11,    0, 1100])
    """
    _check_finite(G)
    check_operation(op)
    derivative = DERIVATIVES[op]
    indices = [G.index(u) for u in distinct(G, U)]
    axes = Axes.of(G.regular)
    lead, outputs, functions = _read_both(d, axes, f, axes)
    gradients = [
        finite.pool_gradient(G, d_k, f_k, indices, derivative)
        for d_k, f_k in zip(outputs, functions, strict=True)
    ]
    return _write_gradients(gradients, op, len(indices), (*lead, *G.shape))


def coset_pool_gradient(G: FiniteGroup, d: Any, f: Any, H: Iterable[Any], op: str = "max") -> NDArray[Any]:
    """The gradient of :func:`coset_pool` with respect to f, ``dL/df(k) = d(kH) dP f(kH)/df(k)``.

    Args:
        G: a finite group.
        d: (…, |G|/|H|), the gradient ``dL/d(P f)``, cosets ordered by their least member.
        f: (…, *G.shape), the input of the pooling, with the same leading axes.
        H: as for :func:`coset_pool`. Of equal maxima the first ``rh`` in the order of H has the gradient, r being the
            coset's least member.
        op: as for :func:`coset_pool`. Gradients of means of integers are Fractions.

    Returns:
        The same axes as f.

    Raises:
        ElementError: a member of H is not in G.
        InvalidGroupError: H is empty or not closed; the message names two members and their product.
        UsageError: there is no such op.
        ShapeError: axes of d or f are others, or their leading axes differ.
        ExactnessError: a value is not finite, or the ring of d has no mean.
        UnsupportedError: G is infinite, or the maximum of values that have no order.

    Source:
        Law ``pool_gradient``, with U = H.

    >>> from gcalc import group
    >>> coset_pool_gradient(group("C4"), [10, 100], [1, 4, 2, 3], [0, 2])        # maxima at 2 and 1
    array([  0, 100,  10,   0])
    """
    _check_finite(G)
    check_operation(op)
    derivative = DERIVATIVES[op]
    members = arguments.members(H, "H")
    least = G.transversal(members)
    cosets = [[G.index(G.multiply(r, h)) for h in dict.fromkeys(members)] for r in least]
    axes = Axes(("|G|/|H|",), (len(cosets),))
    lead, outputs, functions = _read_both(d, axes, f, Axes.of(G.regular))
    gradients = [
        finite.coset_pool_gradient(d_k, f_k, cosets, derivative)
        for d_k, f_k in zip(outputs, functions, strict=True)
    ]
    return _write_gradients(gradients, op, len(cosets[0]), (*lead, *G.shape))


def largest(values: list[Any]) -> Any:
    """The maximum."""
    try:
        return max(values)
    except TypeError:
        raise UnsupportedError(
            f'op="max" needs values with an order, got {short(values)}; use op="sum"'
        ) from None


def total(values: list[Any]) -> Any:
    """The sum, term by term from the left."""
    result = 0
    for value in values:
        result += value
    return result


def mean(values: list[Any]) -> Any:
    """The sum divided by the number of values; a Fraction if the values are integers."""
    return divided(total(values), len(values))


def divided(whole: Any, n: int) -> Any:
    """The n-th part; a Fraction of an integer.

    Raises:
        ExactnessError: the ring has none.
    """
    if isinstance(whole, int):
        return Fraction(whole, n)
    average = whole / n
    if hasattr(whole, "ring") and average * n != whole:
        raise ExactnessError(
            f'{short(whole)} has no {n}th part in {whole.ring}; use a ring over QQ, or op="sum"'
        )
    return average


def first_maximiser(values: list[Any]) -> list[int]:
    """1 for the first of the values that is the maximum, 0 for the others."""
    winner = values.index(largest(values))
    return [int(i == winner) for i in range(len(values))]


def ones(values: list[Any]) -> list[int]:
    """The derivative of a sum: 1 for each of the values."""
    return [1] * len(values)


OPERATIONS: dict[str, Callable[[list[Any]], Any]] = {"max": largest, "sum": total, "mean": mean}
DERIVATIVES = {"max": first_maximiser, "sum": ones, "mean": ones}
"""Of a mean it is that of the sum; the result is divided."""


def _operation(op: str) -> Callable[[list[Any]], Any]:
    check_operation(op)
    return OPERATIONS[op]


def _check_finite(G: Any) -> None:
    check_group(G)
    if isinstance(G, CrystallographicGroup):
        raise UnsupportedError(
            f"{G.name} is infinite, and gradients of pooling need a finite group; take a quotient"
        )


def _read_both(d: Any, d_axes: Axes, f: Any, f_axes: Axes) -> tuple[tuple[int, ...], list[Any], list[Any]]:
    lead, outputs = read_batch(d, "d", (), d_axes)
    f_lead, functions = read_batch(f, "f", (), f_axes)
    same("leading axes", "d", lead, "f", f_lead)
    return lead, outputs.tolist(), functions.tolist()


def _write_gradients(gradients: list[list[Any]], op: str, n: int, shape: tuple[int, ...]) -> NDArray[Any]:
    values = [divided(value, n) if op == "mean" else value for gradient in gradients for value in gradient]
    return write(values, shape)
