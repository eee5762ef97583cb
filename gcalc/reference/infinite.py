"""The sums for finitely supported functions on an infinite group, or on a set on which one acts.

Main definitions
    left_translate, correlate, input_gradient, filter_gradient: on a G-set with finite stabilizers.
    convolve, involution, pool, coset_pool: on G itself.

Notation
    A finitely supported function is a dict ``{point: value}``, zero at every other point; results hold no
    zeros. ``f[j]``, ``psi[k][j]`` and ``d[k]`` are such dicts.

Implementation notes
    Each result is the printed sum, evaluated at the finitely many points where it can be other than zero. The
    sum over X or G runs over the support of one factor, the others' terms being zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from gcalc.groups.crystallographic import CrystallographicGroup
    from gcalc.groups.infinite import InfiniteGSet

    Function = dict[Any, Any]
    Functions = Sequence[Function]
    Filters = Sequence[Functions]

__all__ = [
    "convolve",
    "correlate",
    "coset_pool",
    "filter_gradient",
    "input_gradient",
    "involution",
    "left_translate",
    "pool",
]


def left_translate(X: InfiniteGSet, u: Any, f: Function) -> Function:
    """``(L_u f)(x) = f(u⁻¹x)``, at the points x = uy for y in the support of f."""
    return {X.act(u, y): value for y, value in f.items() if value != 0}


def correlate(X: InfiniteGSet, f: Functions, psi: Filters) -> list[Function]:
    """``[f ⋆ psi^k](g) = sum_j sum_x f_j(x) psi_j^k(g⁻¹x)``, at the g with gy = x, both in supports."""
    result = []
    for psi_k in psi:
        channels = list(zip(f, psi_k, strict=True))
        y_k = {}
        for g in distinct(
            g for f_j, psi_kj in channels for x in f_j for y in psi_kj for g in X.transporter(x, y)
        ):
            g_inverse = X.group.inverse(g)
            total = 0
            for f_j, psi_kj in channels:
                for x in f_j:
                    total += f_j[x] * psi_kj.get(X.act(g_inverse, x), 0)
            y_k[g] = total
        result.append(without_zeros(y_k))
    return result


def input_gradient(X: InfiniteGSet, d: Functions, psi: Filters) -> list[Function]:
    """``dL/df_j(x) = sum_k sum_h d_k(h) psi_j^k(h⁻¹x)``, at the points x = hy for h, y in the supports."""
    result = []
    for j in range(len(psi[0])):
        channels = [(d_k, psi_k[j]) for d_k, psi_k in zip(d, psi, strict=True)]
        gradient_j = {}
        for x in distinct(X.act(h, y) for d_k, psi_kj in channels for h in d_k for y in psi_kj):
            total = 0
            for d_k, psi_kj in channels:
                for h in d_k:
                    total += d_k[h] * psi_kj.get(X.act(X.group.inverse(h), x), 0)
            gradient_j[x] = total
        result.append(without_zeros(gradient_j))
    return result


def filter_gradient(X: InfiniteGSet, d: Functions, f: Functions) -> list[list[Function]]:
    """``dL/dpsi_j^k(y) = sum_h d_k(h) f_j(hy)``, at the points y = h⁻¹x for h, x in the supports."""
    result = []
    for d_k in d:
        gradient_k = []
        for f_j in f:
            gradient_kj = {}
            for y in distinct(X.act(X.group.inverse(h), x) for h in d_k for x in f_j):
                total = 0
                for h in d_k:
                    total += d_k[h] * f_j.get(X.act(h, y), 0)
                gradient_kj[y] = total
            gradient_k.append(without_zeros(gradient_kj))
        result.append(gradient_k)
    return result


def convolve(G: CrystallographicGroup, a: Function, b: Function) -> Function:
    """``[a ∗ b](g) = sum_h a(h) b(h⁻¹g)``, at the products g of the supports."""
    result = {}
    for g in distinct(G.multiply(h, k) for h in a for k in b):
        total = 0
        for h in a:
            total += a[h] * b.get(G.multiply(G.inverse(h), g), 0)
        result[g] = total
    return without_zeros(result)


def involution(G: CrystallographicGroup, psi: Function) -> Function:
    """``psi*(g) = psi(g⁻¹)``, at the inverses g of the support."""
    return {G.inverse(h): value for h, value in psi.items() if value != 0}


def pool(G: CrystallographicGroup, f: Function, U: Sequence[Any], op: Callable[[list[Any]], Any]) -> Function:
    """``P f(g) = op_{k in gU} f(k)``, at the g for which gU meets the support of f; f is zero off it."""
    result = {}
    for g in distinct(G.multiply(k, G.inverse(u)) for k in f for u in U):
        result[g] = op([f.get(G.multiply(g, u), 0) for u in U])
    return without_zeros(result)


def coset_pool(
    G: CrystallographicGroup, f: Function, H: Sequence[Any], op: Callable[[list[Any]], Any]
) -> Function:
    """``P f(gH) = op_{k in gH} f(k)``, at the cosets that meet the support of f; a coset is a frozenset."""
    result = {}
    for coset in distinct(frozenset(G.multiply(k, h) for h in H) for k in f):
        result[coset] = op([f.get(k, 0) for k in coset])
    return without_zeros(result)


def distinct(items: Iterable[Hashable]) -> list[Any]:
    """The items without repetition, in the order of their first occurrence."""
    return list(dict.fromkeys(items))


def without_zeros(f: Function) -> Function:
    """The same function, without the points where its value is zero."""
    return {x: value for x, value in f.items() if value != 0}
