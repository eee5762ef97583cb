"""Planar correlation on a device with filters that are transformed as they are read, by the kernels of planar.cu.

Main definitions
    Fused: the correlation and its gradients of a `Problem` with one or two lattice axes.

Implementation notes
    The input gradient is the kernel of the correlation, which reads d at the offsets the other way and has the axes s
    and t of the table exchanged. A lattice with one axis is a plane with one row.
"""

from __future__ import annotations

from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from gcalc.fast.algorithm import Algorithm
from gcalc.fast.filter_index import of_problem
from gcalc.fast.kernels import Kernels, kernels, tiling

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.fast.problem import Problem
    from gcalc.fast.workspace import Workspace

    Indices = NDArray[np.int32]

__all__ = ["Fused"]


class Fused(Algorithm):
    """Filter transformation within the planar correlation: every sum as it stands, so exact."""

    name: ClassVar[str] = "fused"
    exact: ClassVar[bool] = True
    modular: ClassVar[bool] = True

    def __init__(self, problem: Problem, workspace: Workspace, on: Kernels | None = None) -> None:
        """Take the tables of the filter transformation, and CuPy's kernels if no others are given."""
        super().__init__(problem, workspace)
        self.on = kernels() if on is None else on
        self.transformation, self._first = of_problem(problem)
        self._fibre = problem.P.order if problem.point_axis else 1
        self._entries = prod(problem.filter_shape)

    @classmethod
    def refusal(cls, problem: Problem) -> str | None:
        """Why it cannot compute this problem, or None."""
        return None if problem.dimension <= 2 else "fused is for one or two lattice axes"

    def correlate(self, f: Any, psi: Any) -> Any:
        """``y_k(s, x) = sum_j sum_(t, z) f_j(t, x + first + z) psi_j^k(s⁻¹t, s⁻¹z)``."""
        problem, (K, J), entries = self.problem, psi.shape[:2], self._entries
        y = self.on.empty((f.shape[0], K, *problem.output_shape), f)
        sizes = self._sizes(problem.lattice, problem.output_lattice, fibre=self._fibre)
        tables = self._offsets, self.transformation.sources
        return self._planar(f, psi, tables, y, sizes | {"psi_n": J * entries, "psi_o": entries})

    def input_gradient(self, d: Any, psi: Any) -> Any:
        """``df_j(t, x) = sum_k sum_(s, z) d_k(s, x - first - z) psi_j^k(s⁻¹t, s⁻¹z)``."""
        problem, J, entries = self.problem, psi.shape[1], self._entries
        df = self.on.empty((d.shape[0], J, *problem.input_shape), d)
        sizes = self._sizes(problem.output_lattice, problem.lattice, fibre=problem.P.order)
        tables = self._back_offsets, self._back_sources
        return self._planar(d, psi, tables, df, sizes | {"psi_n": entries, "psi_o": J * entries})

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """``dpsi_j^k(t, o) = sum_b sum_s sum_x d_k(s, x) f_j(st, x + s·o)``, in parts of the pairs (b, s)."""
        on, problem, order, entries = self.on, self.problem, self.problem.P.order, self._entries
        (B, K), J = d.shape[:2], f.shape[1]
        side, tiles, many = tiling(J * entries, K, B * order)
        parts = on.empty((many, K, J, *problem.filter_shape), d, on.sums(d))
        tables = on.index(self._offsets, d), on.index(self.transformation.images, d)
        sizes = self._sizes(problem.lattice, problem.output_lattice, fibre=self._fibre, order=order)
        sizes |= {"many": many, "B": B, "K": K, "J": J}
        arrays = (on.contiguous(d), on.contiguous(f), *tables, parts)
        on.launch("planar_filter_gradient", arrays, tiles * many, side, **sizes)
        return on.sum_parts(parts, d)

    def _planar(
        self, f: Any, psi: Any, tables: tuple[Indices, Indices], result: Any, sizes: dict[str, int]
    ) -> Any:
        """``planar_correlate`` on f (B, O, …), by the tables offsets (places, 3) and sources (orientations, places)."""
        on, (B, N), (orientations, places) = self.on, result.shape[:2], tables[1].shape
        side, tiles, _ = tiling(B * sizes["target_rows"] * sizes["target_cols"], N * orientations)
        sizes |= {"B": B, "N": N, "O": f.shape[1], "orientations": orientations, "places": places}
        arrays = (on.contiguous(f), on.contiguous(psi), *(on.index(table, f) for table in tables), result)
        on.launch("planar_correlate", arrays, tiles, side, **sizes)
        return result

    def _sizes(self, lattice: tuple[int, ...], target: tuple[int, ...], **others: int) -> dict[str, int]:
        """The plane that is read, the one that reads it, and what else is given."""
        (rows, cols), (target_rows, target_cols) = ((1, *sizes)[-2:] for sizes in (lattice, target))
        planes = {"rows": rows, "cols": cols, "target_rows": target_rows, "target_cols": target_cols}
        periodic = int(self.problem.boundary == "periodic")
        return {"entries": self._entries, "periodic": periodic, **planes, **others}

    @cached_property
    def _offsets(self) -> Indices:
        """(t, first + z) for each place (t, z) that an output reads."""
        return self._table(self._fibre, 1)

    @cached_property
    def _back_offsets(self) -> Indices:
        """(s, -first - z) for each place (s, z) from which an input is read."""
        return self._table(self.problem.P.order, -1)

    @cached_property
    def _back_sources(self) -> Indices:
        """The entry at each place (s, z) for each t: the table of the transformation, its axes s and t exchanged."""
        sources = self.transformation.sources.reshape(self.problem.P.order, self._fibre, -1)
        return np.ascontiguousarray(sources.swapaxes(0, 1).reshape(self._fibre, -1))

    def _table(self, fibre: int, sign: int) -> Indices:
        """A plane and an offset for each place, (places, 3); modulo the lattice if it is periodic."""
        taps = self.transformation.kernel_shape[int(self.problem.point_axis) :]
        offsets = sign * (np.indices(taps).reshape(len(taps), -1).T + np.array(self._first))
        if self.problem.boundary == "periodic":
            offsets %= self.problem.lattice
        if len(taps) == 1:
            offsets = np.pad(offsets, ((0, 0), (1, 0)))
        planes = np.repeat(np.arange(fibre), len(offsets))
        return np.column_stack([planes, np.tile(offsets, (fibre, 1))]).astype(np.int32)
