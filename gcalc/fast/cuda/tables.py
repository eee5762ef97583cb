"""The correlation on any finite G-set on a device, by the kernels of tables.cu.

Main definitions
    DeviceTables: `gcalc.fast.tables.Tables` with kernels in the place of gathers and matrix products.

Main statements
    For full filters both gradients are ``sum_n sum_g c[n, m, u(g)] a[n, j, gy]`` with c = d: that in psi with a = f and
    u(g) = g, that in f with a = psi and u(g) = g⁻¹, since ``sum_h d(h) psi(h⁻¹x) = sum_h d(h⁻¹) psi(hx)``.
    For boxes the gradient in f at x sums the pairs (h, y) with ``hy = x``, y a point of the box.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.fast.kernels import Kernels, kernels, tiling
from gcalc.fast.tables import Tables, box_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.fast.workspace import Workspace
    from gcalc.groups.gset import GSet

    Integers = NDArray[np.int64]

__all__ = ["DeviceTables"]


class DeviceTables(Tables):
    """The correlation on a finite G-set and its gradients: every sum as it stands, in a fixed order."""

    modular = True

    def __init__(
        self, X: GSet, workspace: Workspace, box: tuple[int, ...] | None = None, on: Kernels | None = None
    ) -> None:
        """Take the action table, and CuPy's kernels if no others are given."""
        super().__init__(X, workspace, box)
        self.on = kernels() if on is None else on
        self.table = X.action_table if box is None else np.take(X.action_table, box_points(X, box), axis=1)
        self._sizes = {"G": X.group.order, "X": X.size, "Y": self.table.shape[1]}

    def correlate(self, f: Any, psi: Any) -> Any:
        """``y_k(g) = sum_j sum_y f_j(gy) psi_j^k(y)``, (B, K, *G.shape)."""
        on, B, (K, J) = self.on, f.shape[0], psi.shape[:2]
        result = on.empty((B, K, *self.X.group.shape), f)
        side, tiles, _ = tiling(B * self._sizes["G"], K)
        arrays = (on.contiguous(f), on.contiguous(psi), on.index(self._images, f), result)
        on.launch("table_correlate", arrays, tiles, side, B=B, K=K, J=J, **self._sizes)
        return result

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """``dL/dpsi_j^k(y) = sum_b sum_h d_k(h) f_j(hy)``, (K, J, *filter_shape)."""
        K, G = d.shape[1], self._sizes["G"]
        return self._sums(d, f, self._elements, (K, f.shape[1], *self.filter_shape), c_m=G, c_n=K * G)

    def input_gradient(self, d: Any, psi: Any) -> Any:
        """``dL/df_j(x) = sum_h sum_k d_k(h) psi_j^k(h⁻¹x)``, (B, J, *X.shape)."""
        on, (B, K), J, G = self.on, d.shape[:2], psi.shape[1], self._sizes["G"]
        if self.box is None:
            inverse = self.X.group.inverse_table
            return self._sums(d, psi, inverse, (B, J, *self.X.shape), c_m=K * G, c_n=G)
        gradient = on.empty((B, J, *self.X.shape), d)
        elements, points = self._pairs
        side, tiles, _ = tiling(B, J)
        arrays = (on.contiguous(d), on.contiguous(psi), on.index(elements, d), on.index(points, d), gradient)
        sizes = {"B": B, "K": K, "J": J, "width": elements.shape[1], **self._sizes}
        on.launch("table_input_gradient", arrays, tiles * self.X.size, side, **sizes)
        return gradient

    def _sums(self, c: Any, a: Any, order: Integers, shape: tuple[int, ...], **strides: int) -> Any:
        """``sum_n sum_g c[n, m, order[g]] a[n, j, gy]`` for (m, j, y) of that shape, in parts of the n."""
        on, (M, J), N = self.on, shape[:2], a.shape[0]
        side, tiles, many = tiling(J * self._sizes["Y"], M, N)
        parts = on.empty((many, *shape), a, on.sums(a))
        tables = on.index(order, a), on.index(self.table, a)
        arrays = (on.contiguous(c), on.contiguous(a), *tables, parts)
        sizes = {"many": many, "M": M, "N": N, "J": J, **self._sizes, **strides}
        on.launch("table_adjoint", arrays, tiles * many, side, **sizes)
        return on.sum_parts(parts, a)

    @cached_property
    def _images(self) -> Integers:
        """The action table with g running fastest, as neighbouring threads read it."""
        return np.ascontiguousarray(self.table.T)

    @cached_property
    def _elements(self) -> Integers:
        return np.arange(self._sizes["G"])

    @cached_property
    def _pairs(self) -> tuple[Integers, Integers]:
        """For each x the h and the y of the pairs with ``hy = x``, (|X|, width); h = |G| where there are fewer."""
        x = self.table.reshape(-1)
        pairs = np.argsort(x, kind="stable")
        counts = np.bincount(x, minlength=self.X.size)
        place = np.arange(len(x)) - np.repeat(np.cumsum(counts) - counts, counts)
        elements = np.full((self.X.size, counts.max()), self._sizes["G"])
        points = np.zeros_like(elements)
        elements[x[pairs], place], points[x[pairs], place] = np.divmod(pairs, self.table.shape[1])
        return elements, points
