"""Pooling over translates and over cosets: equation (2) of the supplement.

Main definitions
    pool: ``P f(g) = max_{k in gU} f(k)``, a function on G.
    coset_pool: the same for U = H a subgroup, a function on G/H.

Main statements
    Both commute with left translation, and so with any group: ``P L_h f = L_h P f``.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gcalc.errors import ExactnessError, UnsupportedError, UsageError
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.reference import finite, infinite
from gcalc.reference.arrays import Axes, read_batch, short, write
from gcalc.reference.checks import check_element, check_group
from gcalc.reference.supports import over_channels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gcalc.groups.finite import FiniteGroup

__all__ = ["coset_pool", "pool"]


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
    members = _distinct(G, U)
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
    members = _members(H, "H")
    if isinstance(G, CrystallographicGroup):
        subgroup = list(dict.fromkeys(members))
        G.cosets(subgroup)
        return over_channels(G, f, "f", lambda f_k: infinite.coset_pool(G, f_k, subgroup, operation))
    cosets = [sorted(map(G.index, gH)) for gH in G.left_cosets(members)]
    lead, functions = read_batch(f, "f", (), Axes.of(G.regular))
    values = [value for f_k in functions.tolist() for value in finite.coset_pool(f_k, cosets, operation)]
    return write(values, (*lead, len(cosets)))


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
    whole, n = total(values), len(values)
    if isinstance(whole, int):
        return Fraction(whole, n)
    average = whole / n
    if hasattr(whole, "ring") and average * n != whole:
        raise ExactnessError(
            f'{short(whole)} has no {n}th part in {whole.ring}; use a ring over QQ, or op="sum"'
        )
    return average


OPERATIONS: dict[str, Callable[[list[Any]], Any]] = {"max": largest, "sum": total, "mean": mean}


def _operation(op: str) -> Callable[[list[Any]], Any]:
    if op not in OPERATIONS:
        raise UsageError(f'op must be "max", "sum" or "mean", got {short(op)}')
    return OPERATIONS[op]


def _members(U: Iterable[Any], name: str) -> list[Any]:
    try:
        return list(U)
    except TypeError:
        raise UsageError(
            f"{name} must be an iterable of group elements, got {short(U)}; write [{short(U)}]"
        ) from None


def _distinct(G: FiniteGroup | CrystallographicGroup, U: Iterable[Any]) -> list[Any]:
    members = _members(U, "U")
    if not members:
        raise UsageError("U is empty, so there is nothing to pool over; the least choice is [G.identity]")
    for i, u in enumerate(members):
        check_element(G, u, "U")
        if u in members[:i]:
            raise UsageError(f"U holds {short(u)} twice; give each element once")
    return members
