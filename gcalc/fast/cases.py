"""Many small cases at once, each with filters of its own: what property tests on a finite group ask for.

Main definitions
    Cases: the correlation on a group and both gradients, over an axis of cases.

Main statements
    An h with ``hy = x`` is ``x y⁻¹``, so the sum over h in the gradient of f is one over y,
    ``dL/df_j(x) = sum_k sum_y psi_j^k(y) d_k(x y⁻¹)``: a product with d gathered, as the others are with f gathered.

Implementation notes
    One call gathers for all its cases, |G|² entries a case and channel: a few hundred cases of groups of a hundred
    elements are a good size. A layer whose filters all examples share is faster by `gcalc.fast.correlate`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import array_api_compat
import numpy as np

from gcalc.fast.arrays import check_axes, common_type, namespace, numbers, on_device
from gcalc.fast.checks import check_finite_group
from gcalc.fast.cuda.device import one_line_errors
from gcalc.fast.exactness import Most, declared, exactly
from gcalc.spaces.axes import Axes, same

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from gcalc.groups.finite import FiniteGroup

    Integers = NDArray[np.int64]

__all__ = ["Cases"]


class Cases:
    """The correlation on a finite group G and its gradients, in B cases with filters of their own.

    Attributes:
        G: the group.

    >>> from gcalc import group
    >>> cases = Cases(group("C3"))
    >>> f, psi, d = [[[1, 2, 3]]], [[[[1, 10, 0]]]], [[[1, 0, 0]]]         # one case, one channel in, one out
    >>> cases.correlate(f, psi), cases.input_gradient(d, psi), cases.filter_gradient(d, f)
    (array([[[21, 32, 13]]]), array([[[ 1, 10,  0]]]), array([[[[1, 2, 3]]]]))
    """

    def __init__(self, G: FiniteGroup) -> None:
        """Refuse what is no finite group."""
        check_finite_group(G)
        self.G = G

    @one_line_errors()
    def correlate(self, f: Any, psi: Any) -> Any:
        """``y_k(g) = sum_j sum_x f_j(gx) psi_j^k(x)`` in every case.

        Args:
            f: (B, J, *G.shape).
            psi: (B, K, J, *G.shape).

        Returns:
            (B, K, *G.shape).

        Raises:
            ShapeError: axes are others, or disagree on B or J.
            ExactnessError, UnsupportedError, UsageError: as for :func:`gcalc.fast.correlate`.
        """
        most = declared(f), declared(psi)
        f, psi = self._read(f, "f", "J"), self._read(psi, "psi", "K", "J")
        same("J", "f", f.shape[1], "psi", psi.shape[2])
        return self._bilinear(self._correlate, ("f", f), ("psi", psi), most, f.shape[1] * self.G.order)

    @one_line_errors()
    def input_gradient(self, d: Any, psi: Any) -> Any:
        """``dL/df_j(x) = sum_k sum_y psi_j^k(y) d_k(x y⁻¹)`` in every case.

        Args:
            d: (B, K, *G.shape).
            psi: (B, K, J, *G.shape).

        Returns:
            (B, J, *G.shape).

        Raises:
            ShapeError: axes are others, or disagree on B or K.
            ExactnessError, UnsupportedError, UsageError: as for :func:`gcalc.fast.correlate`.
        """
        most = declared(d), declared(psi)
        d, psi = self._read(d, "d", "K"), self._read(psi, "psi", "K", "J")
        same("K", "d", d.shape[1], "psi", psi.shape[1])
        return self._bilinear(self._input_gradient, ("d", d), ("psi", psi), most, d.shape[1] * self.G.order)

    @one_line_errors()
    def filter_gradient(self, d: Any, f: Any) -> Any:
        """``dL/dpsi_j^k(y) = sum_g d_k(g) f_j(gy)`` in every case, not summed over them.

        Args:
            d: (B, K, *G.shape).
            f: (B, J, *G.shape).

        Returns:
            (B, K, J, *G.shape).

        Raises:
            ShapeError: axes are others, or disagree on B.
            ExactnessError, UnsupportedError, UsageError: as for :func:`gcalc.fast.correlate`.
        """
        most = declared(d), declared(f)
        d, f = self._read(d, "d", "K"), self._read(f, "f", "J")
        return self._bilinear(self._filter_gradient, ("d", d), ("f", f), most, self.G.order)

    def _correlate(self, f: Any, psi: Any) -> Any:
        """``psi[k, (j, x)] @ F[(j, x), g]``, ``F[j, x, g] = f_j(gx)``."""
        xp, (B, J, n) = array_api_compat.array_namespace(f), f.shape
        F = self._gathered(f, self._products)
        return xp.matmul(xp.reshape(psi, (B, -1, J * n)), F)

    def _input_gradient(self, d: Any, psi: Any) -> Any:
        """``psi[j, (k, y)] @ D[(k, y), x]``."""
        xp, (B, K, n) = array_api_compat.array_namespace(d), d.shape
        D = self._gathered(d, self._quotients)
        return xp.matmul(xp.reshape(xp.permute_dims(psi, (0, 2, 1, 3)), (B, -1, K * n)), D)

    def _filter_gradient(self, d: Any, f: Any) -> Any:
        """``d[k, g] @ F[(j, y), g]ᵀ``."""
        xp, (B, J, n) = array_api_compat.array_namespace(d), f.shape
        F = self._gathered(f, self._products)
        return xp.reshape(xp.matmul(d, xp.matrix_transpose(F)), (B, -1, J, n))

    def _gathered(self, a: Any, table: Integers) -> Any:
        """``A[(k, y), x] = a_k(table[y, x])`` in every case."""
        xp, device = namespace(a)
        B, K, n = a.shape
        places = on_device(xp, device, self._placed(K, table))
        return xp.reshape(xp.take(xp.reshape(a, (B, K * n)), places, axis=1), (B, K * n, n))

    def _placed(self, K: int, table: Integers) -> Integers:
        """The table for each of K channels, laid one after another."""
        key = (K, id(table))
        if key not in self._tables:
            channel = np.arange(K)[:, None, None] * self.G.order
            self._tables[key] = (channel + table).ravel()
        return self._tables[key]

    @cached_property
    def _tables(self) -> dict[tuple[int, int], Integers]:
        return {}

    @cached_property
    def _products(self) -> Integers:
        """The index of gx at [x, g]."""
        return self.G.multiplication_table.T

    @cached_property
    def _quotients(self) -> Integers:
        """The index of x y⁻¹ at [y, x]."""
        return self.G.multiplication_table[:, self.G.inverse_table].T

    def _read(self, values: Any, name: str, *channels: str) -> Any:
        """An argument (B, *channels, *G.shape), its last axes flattened to |G|."""
        array = numbers(values, name)
        check_axes(array, name, ("B", *channels), Axes.of(self.G.regular))
        xp, _ = namespace(array)
        return xp.reshape(array, (*array.shape[: 1 + len(channels)], self.G.order))

    def _bilinear(
        self,
        operator: Callable[[Any, Any], Any],
        first: tuple[str, Any],
        second: tuple[str, Any],
        most: Most,
        n: int,
    ) -> Any:
        """A bilinear operator, in the type of floats, or exactly on integers up to ``most``; n products are summed."""
        (name, a), (other, b) = first, second
        same("B", name, a.shape[0], other, b.shape[0])
        xp, _ = namespace(a, b)
        a, b = common_type(xp, a, b, most)
        what, integral = operator.__name__.removeprefix("_"), a.dtype == xp.int64
        result = exactly(xp, operator, a, b, n, what, most=most) if integral else operator(a, b)
        return xp.reshape(result, (*result.shape[:-1], *self.G.shape))
