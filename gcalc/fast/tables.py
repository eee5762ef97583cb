"""G-correlation on any finite G-set: gathers by the action table and matrix products, in blocks.

Main definitions
    Tables: the correlation and both gradients, for full filters on any set and for boxes where there is a lattice.
    convolve: the product of the group algebra, many at once.
    box_points: where a box filter has its entries.

Main statements
    With x = gy the correlation is ``y_k(g) = sum_j sum_y f_j(gy) psi_j^k(y)``: f gathered along the rows of the action
    table, times psi. By the law `correlation_flip`, ``f ⋆ psi = (psi ⋆ f)*``, so where there are fewer filters than
    examples psi is gathered instead, along the same rows.

Notation
    Inside, channels come last: f (B, X, J), psi (K, Y, J), d (B, G, K), Y the points at which the filters live. Names
    such as ``f_gy`` say what is gathered.

Implementation notes
    No block holds more than about 2^18 gathered entries, and no table beyond the action table is made but for boxes,
    |G| integers a point of the box.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Any

import array_api_compat
import numpy as np

from gcalc.fast.algorithm import gamma
from gcalc.fast.arrays import namespace, on_device

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.fast.workspace import Workspace
    from gcalc.groups.finite import FiniteGroup
    from gcalc.groups.gset import GSet

    Integers = NDArray[np.int64]

__all__ = ["Tables", "box_points", "convolve"]

BLOCK = 1 << 18
"""A block has so many entries at most, unless a single row has more: they stay in the cache of a core."""


def box_points(X: GSet, box: tuple[int, ...]) -> Integers:
    """The index in the periodic space X of each entry of a box: ``i - k // 2`` along each axis, t before all others."""
    lattice = X.shape[int(X.is_regular) :]
    half = np.array([k // 2 for k in box], dtype=np.int64)
    offsets = np.indices(box).reshape(len(box), -1) - half[:, None]
    cells = np.ravel_multi_index(tuple(offsets), lattice, mode="wrap")
    fibres = np.arange(X.shape[0] if X.is_regular else 1) * prod(lattice)
    return np.asarray((fibres[:, None] + cells).reshape(-1), dtype=np.int64)


class Tables:
    """The correlation on a finite G-set X and its gradients, as `gcalc.fast.algorithm.Algorithm` has them.

    Attributes:
        X: the set.
        box: the sizes of the filters' lattice axes, or None for full filters.
        filter_shape: the axes of psi after its channels.
    """

    name = "tables"
    exact = True
    modular = False

    def __init__(self, X: GSet, workspace: Workspace, box: tuple[int, ...] | None = None) -> None:
        """Take the rows of the action table, at the box's points if there is one."""
        self.X = X
        self.workspace = workspace
        self.box = box
        self.filter_shape = X.shape if box is None else (*X.shape[: int(X.is_regular)], *box)
        self._table = X.action_table if box is None else _box_table(X, box)

    def correlate(self, f: Any, psi: Any) -> Any:
        """``y_k(g) = sum_j sum_y f_j(gy) psi_j^k(y)``, (B, K, *G.shape)."""
        xp, device = self.workspace.xp, array_api_compat.device(f)
        shape = (f.shape[0], psi.shape[0], *self.X.group.shape)
        rows = on_device(xp, device, self._table)
        f, psi = _channels_last(xp, f), _channels_last(xp, psi)
        if self.box is None and f.shape[0] > psi.shape[0]:
            inverse = on_device(xp, device, self.X.group.inverse_table)
            psi_flip_f = xp.take(self._products(xp, psi, f, rows), inverse, axis=1)
            return _ordered(xp, psi_flip_f, (2, 0, 1), shape)
        return _ordered(xp, self._products(xp, f, psi, rows), (0, 2, 1), shape)

    def input_gradient(self, d: Any, psi: Any) -> Any:
        """``dL/df_j(x) = sum_h sum_k d_k(h) psi_j^k(h⁻¹x)``, (B, J, *X.shape)."""
        xp, device = self.workspace.xp, array_api_compat.device(d)
        shape = (d.shape[0], psi.shape[1], *self.X.shape)
        d, psi = _channels_last(xp, d), _channels_last(xp, psi)
        if self.box is None:
            # With h⁻¹ for h the sum is over psi(hx), the rows of the table again.
            d = xp.take(d, on_device(xp, device, self.X.group.inverse_table), axis=1)
            rows = on_device(xp, device, self._table)
            gradient = self._adjoint(xp, xp.permute_dims(d, (2, 1, 0)), psi, rows)
        else:
            gradient = self._box_input_gradient(xp, device, d, psi)
        return _ordered(xp, gradient, (0, 2, 1), shape)

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """``dL/dpsi_j^k(y) = sum_h d_k(h) f_j(hy)``, summed over the batch, (K, J, *filter_shape)."""
        xp, device = self.workspace.xp, array_api_compat.device(d)
        shape = (d.shape[1], f.shape[1], *self.filter_shape)
        rows = on_device(xp, device, self._table)
        d, f = _channels_last(xp, d), _channels_last(xp, f)
        gradient = self._adjoint(xp, d, f, rows)
        return _ordered(xp, gradient, (0, 2, 1), shape)

    def terms(self, operator: str, B: int, J: int, K: int) -> int:
        """How many products one value of an operator sums at most."""
        if operator == "correlate":
            return J * prod(self.filter_shape)
        if operator == "filter_gradient":
            return B * self.X.group.order
        return K * (self.X.group.order if self.box is None else _most_pairs(self.X, self.box))

    def error_bound(self, operator: str, a: float, b: float, sizes: tuple[int, int, int], u: float) -> float:
        """How far a computed value is from the exact one at most, if the arguments' entries are at most a and b."""
        n = self.terms(operator, *sizes)
        return gamma(n, u) * n * a * b

    def forward(self, f: Any, psi: Any) -> Any:
        """The correlation; nothing is kept."""
        return self.correlate(f, psi)

    def backward(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """Both gradients."""
        return self.input_gradient(d, psi), self.filter_gradient(d, f)

    def _box_input_gradient(self, xp: Any, device: Any, d: Any, psi: Any) -> Any:
        """``sum_y sum_{h: hy = x} sum_k d_k(h) psi_j^k(y)``: d gathered by the transporters, times psi."""
        table = _transporters(self.X, self.box)
        points, width = table.shape[1:]
        K, J = psi.shape[0], psi.shape[2]
        nothing = xp.zeros((d.shape[0], 1, K), dtype=d.dtype, device=device)
        filters = xp.broadcast_to(xp.permute_dims(psi, (2, 1, 0))[:, :, None, :], (J, points, width, K))
        return self._products(
            xp,
            xp.concat([d, nothing], axis=1),
            xp.reshape(filters, (J, points * width, K)),
            xp.reshape(on_device(xp, device, table), (-1, points * width)),
        )

    def _products(self, xp: Any, a: Any, b: Any, rows: Any) -> Any:
        """``sum_y sum_j a[m, gy, j] b[n, y, j]``, (m, g, n)."""
        m, n, G = a.shape[0], b.shape[0], rows.shape[0]
        entries = rows.shape[1] * a.shape[2]
        b_T = xp.permute_dims(xp.reshape(b, (n, entries)), (1, 0))
        result = xp.empty((m, G, n), dtype=a.dtype, device=array_api_compat.device(a))

        def work(start: int, stop: int) -> None:
            for i, g, a_gy in self._gathered(xp, a, rows, start, stop):
                result[i, g, :] = xp.reshape(a_gy @ b_T, (i.stop - i.start, g.stop - g.start, n))

        self.workspace.split(work, G, m * G * entries)
        return result

    def _adjoint(self, xp: Any, c: Any, a: Any, rows: Any) -> Any:
        """``sum_m sum_g c[m, g, n] a[m, gy, j]``, (n, y, j): the adjoint of `_products` in b.

        Either a is gathered, or, where there are fewer n than m, its product with c.
        """
        (m, G, n), (X, J), points = c.shape, a.shape[1:], rows.shape[1]
        if self.box is None and n < m:
            sums, entries = self._products_gathered, n * X * J
        else:
            sums, entries = self._gathered_products, m * points * J
        parts = self.workspace.split(lambda g, stop: sums(xp, c, a, rows, g, stop), G, G * entries)
        return xp.reshape(sum(parts), (n, points, J))

    def _gathered_products(self, xp: Any, c: Any, a: Any, rows: Any, start: int, stop: int) -> Any:
        """The terms of `_adjoint` for g from start to stop: c times a gathered."""
        n, entries = c.shape[2], rows.shape[1] * a.shape[2]
        total = xp.zeros((n, entries), dtype=a.dtype, device=array_api_compat.device(a))
        for i, g, a_gy in self._gathered(xp, a, rows, start, stop):
            total += xp.permute_dims(xp.reshape(c[i, g, :], (-1, n)), (1, 0)) @ a_gy
        return total

    def _products_gathered(self, xp: Any, c: Any, a: Any, rows: Any, start: int, stop: int) -> Any:
        """The same terms: ``sum_m c[m, g, n] a[m, x, j]``, gathered at x = gy."""
        device = array_api_compat.device(a)
        (m, X, J), n = a.shape, c.shape[2]
        a, c_T = xp.reshape(a, (m, X * J)), xp.permute_dims(c, (2, 1, 0))
        total = xp.zeros((n, X, J), dtype=a.dtype, device=device)
        for i, g in _blocks(n, start, stop, X * J):
            many, some = i.stop - i.start, g.stop - g.start
            products = xp.reshape(xp.reshape(c_T[i, g, :], (-1, m)) @ a, (many, some * X, J))
            gy = rows[g, :] + X * xp.arange(some, dtype=rows.dtype, device=device)[:, None]
            terms = xp.take(products, xp.reshape(gy, (-1,)), axis=1)
            total[i, :, :] += xp.sum(xp.reshape(terms, (many, some, X, J)), axis=1)
        return total

    def _gathered(
        self, xp: Any, a: Any, rows: Any, start: int, stop: int
    ) -> Iterator[tuple[slice, slice, Any]]:
        """The blocks of ``a[m, gy, j]`` for g from start to stop, each as a matrix ((m, g), (y, j))."""
        entries = rows.shape[1] * a.shape[2]
        buffer: Any = None
        for i, g in _blocks(a.shape[0], start, stop, entries):
            many, points = i.stop - i.start, xp.reshape(rows[g, :], (-1,))
            if self.workspace.is_numpy:
                size = many * points.size * a.shape[2]
                buffer = np.empty(size, dtype=a.dtype) if buffer is None else buffer
                a_gy = buffer[:size].reshape(many, points.size, a.shape[2])
                # mode="clip" keeps NumPy from buffering; the indices are those of a checked table.
                np.take(a[i], points, axis=1, out=a_gy, mode="clip")
            else:
                a_gy = xp.take(a[i, :, :], points, axis=1)
            yield i, g, xp.reshape(a_gy, (-1, entries))


def convolve(G: FiniteGroup, a: Any, b: Any) -> Any:
    """``[a ∗ b](g) = sum_x a(gx) b(x⁻¹)`` for each pair of functions in a and b, both (n, |G|).

    With x = g⁻¹h this is ``sum_h a(h) b(h⁻¹g)``.
    """
    xp, device = namespace(a, b)
    table = on_device(xp, device, G.multiplication_table)
    b_involution = xp.take(b, on_device(xp, device, G.inverse_table), axis=1)
    result = xp.empty(a.shape, dtype=a.dtype, device=device)
    for i, g in _blocks(a.shape[0], 0, G.order, G.order):
        shape = (i.stop - i.start, g.stop - g.start, G.order)
        a_gx = xp.reshape(xp.take(a[i, :], xp.reshape(table[g, :], (-1,)), axis=1), shape)
        result[i, g] = (a_gx @ b_involution[i, :, None])[:, :, 0]
    return result


@lru_cache(maxsize=32)
def _box_table(X: GSet, box: tuple[int, ...]) -> Integers:
    """The action table at the points of the box, (|G|, points)."""
    return np.take(X.action_table, box_points(X, box), axis=1)


@lru_cache(maxsize=32)
def _most_pairs(X: GSet, box: tuple[int, ...]) -> int:
    """The largest number of pairs (h, y), y a point of the box, with ``hy = x`` for one x."""
    return int(np.bincount(_box_table(X, box).reshape(-1)).max())


@lru_cache(maxsize=32)
def _transporters(X: GSet, box: tuple[int, ...]) -> Integers:
    """For each x and each point y of the box the h with ``hy = x``, filled up with |G|: (X, points, width)."""
    table = _box_table(X, box)
    order = np.argsort(table, axis=0, kind="stable")
    x = np.take_along_axis(table, order, axis=0)
    place = np.arange(len(x))[:, None]
    first = np.ones(x.shape, dtype=bool)
    first[1:] = x[1:] != x[:-1]
    rank = place - np.maximum.accumulate(np.where(first, place, 0), axis=0)
    transporters = np.full((X.size, x.shape[1], int(rank.max()) + 1), X.group.order, dtype=np.int64)
    transporters[x, np.arange(x.shape[1]), rank] = order
    return transporters


def _blocks(m: int, start: int, stop: int, row: int) -> Iterator[tuple[slice, slice]]:
    """Slices of range(m) and range(start, stop) whose product has BLOCK entries at most, a pair having ``row``."""
    many = max(1, min(m, BLOCK // row))
    some = max(1, BLOCK // (many * row))
    for i in range(0, m, many):
        for g in range(start, stop, some):
            yield slice(i, min(i + many, m)), slice(g, min(g + some, stop))


def _channels_last(xp: Any, a: Any) -> Any:
    """(n, channels, …) as an array (n, points, channels)."""
    n, channels = a.shape[:2]
    points = prod(a.shape[2:])
    return _ordered(xp, xp.reshape(a, (n, channels, points)), (0, 2, 1), (n, points, channels))


def _ordered(xp: Any, a: Any, axes: tuple[int, ...], shape: tuple[int, ...]) -> Any:
    """The array with its axes in that order, in C order of them, reshaped."""
    return xp.reshape(xp.reshape(xp.permute_dims(a, axes), (-1,)), shape)
