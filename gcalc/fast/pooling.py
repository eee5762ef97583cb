"""Pooling over translates and over cosets by gathers, and the gradients of both: equation (2) of the supplement.

Main definitions
    pool: ``P f(g) = max_{k in gU} f(k)``, a function on G.
    coset_pool: the same for U = H a subgroup, a function on G/H.
    pool_gradient, coset_pool_gradient: ``dL/df`` from ``dL/d(P f)``.

Main statements
    The gradient of a sum is its adjoint, ``dL/df(k) = sum_{u in U} d(ku⁻¹)``, that of a mean 1/|U| times it (law
    `pool_gradient`). That of a maximum keeps of this sum the terms whose u is the first maximiser at ``ku⁻¹``, so
    nothing is scattered.

Implementation notes
    The maximiser is the first in the order of U, which translations keep. In a coset gH there is no order that
    translations keep: H acts transitively on H, so a gradient that goes to one of several equal maxima cannot be
    equivariant. Here it goes to the first in the order of H from the coset's least member.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from functools import lru_cache, partial
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import ExactnessError, UnsupportedError
from gcalc.fast.arrays import is_integral, namespace, on_device, read_batch
from gcalc.fast.checks import check_finite_group
from gcalc.fast.cuda.device import one_line_errors
from gcalc.fast.exactness import LARGEST_INT64, declared, largest
from gcalc.spaces import arguments
from gcalc.spaces.arguments import check_operation, distinct
from gcalc.spaces.axes import Axes, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from gcalc.groups.finite import FiniteGroup

    Integers = NDArray[np.int64]

__all__ = ["coset_pool", "coset_pool_gradient", "pool", "pool_gradient"]

BLOCK = 1 << 16
"""So many entries are pooled at a time, unless a single function has more."""


@one_line_errors()
def pool(G: FiniteGroup, f: Any, U: Iterable[Any], op: str = "max") -> Any:
    """The pooled map ``P f(g) = op_{k in gU} f(k)``, op being max, sum or mean.

    Args:
        G: a finite group.
        f: (…, *G.shape), functions on G with any leading axes.
        U: a non-empty iterable of distinct elements of G.
        op: "max", "sum" or "mean", the last of floats only.

    Returns:
        The same axes as f.

    Raises:
        ElementError: a member of U is not in G.
        UsageError: U is empty or repeats an element, or there is no such op.
        ShapeError: f does not end in G.shape.
        ExactnessError: f is not finite, or a sum of integers is beyond int64.
        UnsupportedError: the mean of integers, or G is infinite.

    Source:
        (2).

    >>> from gcalc import group
    >>> pool(group("C4"), [1, 4, 2, 3], [0, 1])        # max(f(g), f(g + 1))
    array([4, 4, 3, 3])
    """
    check_finite_group(G)
    check_operation(op)
    members = tuple(map(G.index, distinct(G, U)))
    batch, f = _read(f, "f", Axes.of(G.regular), op, len(members))
    reads = _translates(G, members)
    return namespace(f)[0].reshape(_in_blocks(partial(_pooled, reads, op), f), (*batch, *G.shape))


@one_line_errors()
def coset_pool(G: FiniteGroup, f: Any, H: Iterable[Any], op: str = "max") -> Any:
    """The map ``P f(gH) = op_{k in gH} f(k)`` on the left cosets of a subgroup, op being max, sum or mean.

    Args:
        G: a finite group.
        f: (…, *G.shape), functions on G with any leading axes.
        H: the elements of a subgroup, in any order.
        op: "max", "sum" or "mean", the last of floats only.

    Returns:
        (…, |G|/|H|), functions on ``G.cosets(H)``, cosets ordered by their least member.

    Raises:
        ElementError: a member of H is not in G.
        InvalidGroupError: H is empty or not closed; the message names two members and their product.
        UsageError: there is no such op.
        ShapeError: f does not end in G.shape.
        ExactnessError: f is not finite, or a sum of integers is beyond int64.
        UnsupportedError: the mean of integers, or G is infinite.

    Source:
        Pooling over cosets, section 6.3 of the paper; law ``coset_pooling``.

    >>> from gcalc import group
    >>> coset_pool(group("C4"), [1, 4, 2, 3], [0, 2], op="sum")        # {0, 2} and {1, 3}
    array([3, 7])
    """
    check_finite_group(G)
    check_operation(op)
    cosets = _cosets(G, H)
    batch, f = _read(f, "f", Axes.of(G.regular), op, len(cosets))
    return namespace(f)[0].reshape(_in_blocks(partial(_pooled, cosets, op), f), (*batch, cosets.shape[1]))


@one_line_errors()
def pool_gradient(G: FiniteGroup, d: Any, f: Any, U: Iterable[Any], op: str = "max") -> Any:
    """The gradient of :func:`pool` with respect to f.

    ``dL/df(k) = sum_{u in U} d(ku⁻¹)`` for sums and 1/|U| times this for means; for maxima the sum is over those u
    that are the first in the order of U at which ``f(ku⁻¹u)`` is the maximum.

    Args:
        G: a finite group.
        d: (…, *G.shape), the gradient ``dL/d(P f)``.
        f: the same axes as d, the input of the pooling.
        U: as for :func:`pool`; its order decides between equal maxima.
        op: as for :func:`pool`.

    Returns:
        The same axes as f, and the type of d.

    Raises:
        ShapeError: d or f do not end in G.shape, or their leading axes differ.
        ElementError, ExactnessError, UnsupportedError, UsageError: as for :func:`pool`.

    Source:
        Law ``pool_gradient``.

    >>> from gcalc import group
    >>> pool_gradient(group("C4"), [1, 10, 100, 1000], [1, 4, 2, 3], [0, 1])     # maxima at 1, 1, 3, 3
    array([   0,   11,    0, 1100])
    """
    check_finite_group(G)
    check_operation(op)
    members = tuple(map(G.index, distinct(G, U)))
    batch, d, f = _read_pair(G, d, f, Axes.of(G.regular), op, len(members))
    xp, _ = namespace(d, f)
    back = _translates(G, tuple(G.inverse_table[list(members)].tolist()))
    if op == "max":
        gradient = _in_blocks(partial(_chosen, _translates(G, members), back), d, f)
    else:
        gradient = _in_blocks(partial(_pooled, back, op), d)
    return xp.reshape(gradient, (*batch, *G.shape))


@one_line_errors()
def coset_pool_gradient(G: FiniteGroup, d: Any, f: Any, H: Iterable[Any], op: str = "max") -> Any:
    """The gradient of :func:`coset_pool` with respect to f.

    ``dL/df(k) = d(kH)`` for sums and 1/|H| times this for means; for maxima it is ``d(kH)`` where k is the first
    maximiser of its coset, in the order ``rh``, h in the order of H and r the coset's least member, else 0.

    Args:
        G: a finite group.
        d: (…, |G|/|H|), the gradient ``dL/d(P f)``, cosets ordered by their least member.
        f: (…, *G.shape), the input of the pooling, with the same leading axes.
        H: as for :func:`coset_pool`; its order decides between equal maxima.
        op: as for :func:`coset_pool`.

    Returns:
        The same axes as f, and the type of d.

    Raises:
        ShapeError: axes of d or f are others, or their leading axes differ.
        ElementError, ExactnessError, InvalidGroupError, UnsupportedError, UsageError: as for :func:`coset_pool`.

    Source:
        Law ``pool_gradient``, U = H.

    >>> from gcalc import group
    >>> coset_pool_gradient(group("C4"), [10, 100], [1, 4, 2, 3], [0, 2])        # maxima at 2 and 1
    array([  0, 100,  10,   0])
    """
    check_finite_group(G)
    check_operation(op)
    cosets = _cosets(G, H)
    batch, d, f = _read_pair(G, d, f, Axes(("|G|/|H|",), cosets.shape[1:]), op, 1)
    xp, device = namespace(d, f)
    place, coset_of = (on_device(xp, device, table) for table in _places(cosets))
    gradient = xp.take(d, coset_of, axis=1)
    if op == "mean":
        gradient = gradient / cosets.shape[0]
    if op == "max":
        first = xp.take(_in_blocks(partial(_first_maximisers, cosets), f), coset_of, axis=1)
        gradient = xp.where(first == place[None, :], gradient, xp.zeros_like(gradient))
    return xp.reshape(gradient, (*batch, *G.shape))


@lru_cache(maxsize=64)
def _translates(G: FiniteGroup, members: tuple[int, ...]) -> Integers:
    """The index of gu for each u of the members and each g, (|U|, |G|)."""
    return np.ascontiguousarray(G.multiplication_table[:, list(members)].T)


def _cosets(G: FiniteGroup, H: Iterable[Any]) -> Integers:
    """The index of rh for each h in H's order and each coset's least member r, (|H|, |G|/|H|)."""
    return _coset_table(G, tuple(dict.fromkeys(map(G.index, arguments.members(H, "H")))))


@lru_cache(maxsize=64)
def _coset_table(G: FiniteGroup, members: tuple[int, ...]) -> Integers:
    least = G.transversal([G.elements[h] for h in members])
    return np.ascontiguousarray(G.multiplication_table[np.ix_([G.index(r) for r in least], members)].T)


def _places(cosets: Integers) -> tuple[Integers, ...]:
    """The i and the coset of r for each element ``rh_i``, in index order."""
    return np.unravel_index(np.argsort(cosets, axis=None), cosets.shape)


def _read(values: Any, name: str, axes: Axes, op: str, terms: int) -> tuple[tuple[int, ...], Any]:
    """The leading axes, and the functions as an array (batch, points) whose sums of so many terms can be had."""
    batch, array = read_batch(values, name, (), axes)
    xp = namespace(array)[0]
    if is_integral(xp, array):
        if op == "mean":
            raise UnsupportedError(
                f"the mean of integers is a fraction; use gcalc.reference, or convert {name} to floats"
            )
        if op == "sum":
            _check_sum(xp, array, name, terms, declared(values))
    return batch, xp.reshape(array, (array.shape[0], prod(axes.sizes)))


def _check_sum(xp: Any, array: Any, name: str, terms: int, most: int | None) -> None:
    """Refuse integers of which so many may add up to more than int64 holds."""
    safe = LARGEST_INT64 // terms
    if most is not None and most <= safe:
        return
    if (A := largest(xp, array)) > safe:
        raise ExactnessError(
            f"a sum of {terms} integers up to {A} in {name} may be beyond int64; keep them at most {safe}, or use "
            "gcalc.reference"
        )


def _read_pair(
    G: FiniteGroup, d: Any, f: Any, axes: Axes, op: str, terms: int
) -> tuple[tuple[int, ...], Any, Any]:
    """d on those axes and f on G, with the same leading axes; any op adds up to so many entries of d."""
    batch, d = _read(d, "d", axes, "mean" if op == "mean" else "sum", terms)
    f_batch, f = _read(f, "f", Axes.of(G.regular), "max", 1)
    same("leading axes", "d", batch, "f", f_batch)
    return batch, d, f


def _rows(xp: Any, device: Any, table: Integers) -> list[Any]:
    on_it = on_device(xp, device, table)
    return [on_it[i, :] for i in range(len(table))]


def _in_blocks(operator: Callable[..., Any], *arrays: Any) -> Any:
    """The operator on so many functions at a time that they stay in the cache of a core."""
    xp, _ = namespace(*arrays)
    number, points = arrays[-1].shape
    step = max(1, BLOCK // points)
    if number <= step:
        return operator(*arrays)
    blocks = [slice(i, min(i + step, number)) for i in range(0, number, step)]
    return xp.concat([operator(*(a[block, :] for a in arrays)) for block in blocks], axis=0)


def _pooled(reads: Integers, op: str, f: Any) -> Any:
    """``op_i f(reads[i, g])``, (batch, g)."""
    xp, device = namespace(f)
    first, *others = _rows(xp, device, reads)
    result = xp.take(f, first, axis=1)
    for g in others:
        value = xp.take(f, g, axis=1)
        result = xp.maximum(result, value) if op == "max" else result + value
    return result / len(reads) if op == "mean" else result


def _first_maximisers(reads: Integers, f: Any) -> Any:
    """The first i at which ``f(reads[i, g])`` is largest, (batch, g)."""
    xp, device = namespace(f)
    first, *others = _rows(xp, device, reads)
    best = xp.take(f, first, axis=1)
    winner = xp.zeros(best.shape, dtype=xp.int32, device=device)
    for i, g in enumerate(others, 1):
        value = xp.take(f, g, axis=1)
        winner = xp.maximum(winner, i * xp.astype(value > best, xp.int32))
        best = xp.maximum(best, value)
    return winner


def _chosen(reads: Integers, back: Integers, d: Any, f: Any) -> Any:
    """``sum_i d(back[i, k])``, of these the terms whose i is the first maximiser there, (batch, k)."""
    xp, device = namespace(d, f)
    first = _first_maximisers(reads, f)
    gradient = xp.zeros(d.shape, dtype=d.dtype, device=device)
    for i, g in enumerate(_rows(xp, device, back)):
        gradient = gradient + xp.take(d * xp.astype(first == i, d.dtype), g, axis=1)
    return gradient
