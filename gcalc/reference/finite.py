"""The sums on a finite set X with a left action of a finite group G, for one example at a time.

Main definitions
    left_translate, correlate, input_gradient, filter_gradient: on any finite G-set.
    convolve, involution, pool, coset_pool, pool_gradient, coset_pool_gradient: on G itself.

Notation
    Functions are lists over the points' indices: ``f[j][x]``, ``psi[k][j][x]``, ``d[k][h]``. Group elements
    g, h, u are indices too. ``X.rows[g][x]`` is ``gx`` and ``X.inverse_rows[g][x]`` is ``g⁻¹x``. A batch of
    examples b comes after its channel: ``f[j][b][x]``, ``d[k][b][h]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gcalc.groups.finite import FiniteGroup
    from gcalc.groups.gset import GSet

    Function = Sequence[Any]
    Functions = Sequence[Function]
    Filters = Sequence[Functions]
    Batches = Sequence[Functions]

__all__ = [
    "convolve",
    "correlate",
    "coset_pool",
    "coset_pool_gradient",
    "filter_gradient",
    "input_gradient",
    "involution",
    "left_translate",
    "pool",
    "pool_gradient",
]


def left_translate(X: GSet, u: int, f: Function) -> list[Any]:
    """``(L_u f)(x) = f(u⁻¹x)``."""
    return [f[u_inverse_x] for u_inverse_x in X.inverse_rows[u]]


def correlate(X: GSet, f: Functions, psi: Filters) -> list[list[Any]]:
    """``[f ⋆ psi^k](g) = sum_x sum_j f_j(x) psi_j^k(g⁻¹x)``."""
    result = []
    for psi_k in psi:
        channels = list(zip(f, psi_k, strict=True))
        y_k = []
        for g_inverse in X.inverse_rows:
            total = 0
            for x, g_inverse_x in enumerate(g_inverse):
                for f_j, psi_kj in channels:
                    total += f_j[x] * psi_kj[g_inverse_x]
            y_k.append(total)
        result.append(y_k)
    return result


def input_gradient(X: GSet, d: Functions, psi: Filters) -> list[list[Any]]:
    """``dL/df_j(x) = sum_h sum_k d_k(h) psi_j^k(h⁻¹x)``."""
    result = []
    for j in range(len(psi[0])):
        channels = [(d_k, psi_k[j]) for d_k, psi_k in zip(d, psi, strict=True)]
        gradient_j = []
        for x in range(X.size):
            total = 0
            for h, h_inverse in enumerate(X.inverse_rows):
                for d_k, psi_kj in channels:
                    total += d_k[h] * psi_kj[h_inverse[x]]
            gradient_j.append(total)
        result.append(gradient_j)
    return result


def filter_gradient(X: GSet, d: Batches, f: Batches, points: Sequence[int]) -> list[list[list[Any]]]:
    """``dL/dpsi_j^k(y) = sum_h d_k(h) f_j(hy)`` at the given points y, summed over a batch."""
    result = []
    for d_k in d:
        gradient_k = []
        for f_j in f:
            examples = list(zip(d_k, f_j, strict=True))
            gradient_kj = []
            for y in points:
                total = 0
                for h, hx in enumerate(X.rows):
                    for d_bk, f_bj in examples:
                        total += d_bk[h] * f_bj[hx[y]]
                gradient_kj.append(total)
            gradient_k.append(gradient_kj)
        result.append(gradient_k)
    return result


def convolve(G: FiniteGroup, a: Function, b: Function) -> list[Any]:
    """``[a ∗ b](g) = sum_h a(h) b(h⁻¹g)``."""
    result = []
    for g in range(G.order):
        total = 0
        for h, h_inverse in enumerate(G.regular.inverse_rows):
            total += a[h] * b[h_inverse[g]]
        result.append(total)
    return result


def involution(G: FiniteGroup, psi: Function) -> list[Any]:
    """``psi*(g) = psi(g⁻¹)``."""
    return [psi[g_inverse] for g_inverse in G.inverse_table.tolist()]


def pool(G: FiniteGroup, f: Function, U: Sequence[int], op: Callable[[list[Any]], Any]) -> list[Any]:
    """``P f(g) = op_{k in gU} f(k)``, op being max, sum or mean."""
    return [op([f[g_times[u]] for u in U]) for g_times in G.regular.rows]


def coset_pool(f: Function, cosets: Sequence[Sequence[int]], op: Callable[[list[Any]], Any]) -> list[Any]:
    """``P f(gH) = op_{k in gH} f(k)`` for each coset ``gH``."""
    return [op([f[k] for k in gH]) for gH in cosets]


def pool_gradient(
    G: FiniteGroup, d: Function, f: Function, U: Sequence[int], derivative: Callable[[list[Any]], list[int]]
) -> list[Any]:
    """``dL/df(k) = sum_g d(g) dP f(g)/df(k)``, the derivative of op for each u in U going to ``k = gu``."""
    gradient: list[Any] = [0] * G.order
    for g, g_times in enumerate(G.regular.rows):
        for u, part in zip(U, derivative([f[g_times[u]] for u in U]), strict=True):
            gradient[g_times[u]] += d[g] * part
    return gradient


def coset_pool_gradient(
    d: Function,
    f: Function,
    cosets: Sequence[Sequence[int]],
    derivative: Callable[[list[Any]], list[int]],
) -> list[Any]:
    """``dL/df(k) = d(gH) dP f(gH)/df(k)`` for each k of each coset ``gH``."""
    gradient: list[Any] = [0] * len(f)
    for d_gH, gH in zip(d, cosets, strict=True):
        for k, part in zip(gH, derivative([f[k] for k in gH]), strict=True):
            gradient[k] += d_gH * part
    return gradient
