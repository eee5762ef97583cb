"""Planar correlation with small boxes by the Toom–Cook (Winograd) algorithm on tiles, and its exact transpose.

Main definitions
    Winograd: the correlation and both gradients.

Main statements
    With the matrices R of reads and S of writes of `Tiling` on both axes, ``U = G W Gᵀ`` for the bank W of turned
    filters, and p a pair of points,

        y = Sᵀ [U_p (R f Rᵀ)_p] S      dL/df = Rᵀ [U_pᵀ (S d Sᵀ)_p] R      dL/dU_p = (S d Sᵀ)_p (R f Rᵀ)_pᵀ.

    So both gradients share one transform of d, and every step is a matrix product.

Notation
    u and v are the points of the rows' and the columns' axis, i and j their tiles, b an image, c and k the maps of the
    input and the output, x and y rows and columns.

Implementation notes
    The sum over rows comes first and moves (u, i) to the front, ``T = R f`` (u i, b c, y); that over columns gives
    ``V = R Tᵀ`` (u, v j, i b c). So the entries of one (u, v) are a matrix (j i b, c), the operand of the product
    with U, and the way back is the mirror image. Nothing is copied into another order: BLAS reads operands
    transposed and writes each small matrix of T where it belongs. R and S are dense; long axes are cut into pieces,
    each an image more, so that they stay small.

    NumPy does one u and one block of images at a time, so that what one step writes is in the core's cache when the
    next one reads it. Other namespaces do all at once.

References:
    A. Lavin, S. Gray, *Fast Algorithms for Convolutional Neural Networks* (CVPR 2016). The bound: N. J. Higham,
    *Accuracy and Stability of Numerical Algorithms* (SIAM, 2002), lemma 3.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from math import prod
from operator import add
from typing import Any

import array_api_compat
import numpy as np

from gcalc.fast.algorithm import Algorithm, gamma
from gcalc.fast.blocks import Part, Products, Scratch
from gcalc.fast.filter_index import of_problem
from gcalc.fast.pieces import Side, cut
from gcalc.fast.problem import Problem
from gcalc.fast.toom_cook import POINTS_OF, Matrix, Tiling
from gcalc.fast.workspace import Workspace

__all__ = ["Winograd"]

CACHE = 1 << 21
"""Bytes of transforms that one step hands to the next: what a core's cache holds."""

ROWS = 512
"""The products with U have at least so many rows: with fewer, BLAS spends its time on packing U."""


@dataclass(frozen=True)
class _Sizes:
    """The numbers of images and of the input's and the output's maps, and blocks of the images of all pieces."""

    B: int
    c: int
    k: int
    blocks: list[slice]

    def maps(self, side: Side) -> int:
        """Those of a side."""
        return self.c if side.name == "input" else self.k


class Winograd(Algorithm):
    """Two-dimensional Toom–Cook tiles for filters whose turned copies fit into 7 × 7."""

    name = "winograd"
    exact = False

    def __init__(self, problem: Problem, workspace: Workspace) -> None:
        """The filter transformation's tables, and a tiling for each axis."""
        super().__init__(problem, workspace)
        self.transformation, first = of_problem(problem)
        kernel = self.transformation.kernel_shape[-2:]
        self.tilings = rows, columns = [
            Tiling(r, sites, outputs, start, problem.boundary == "periodic")
            for r, sites, outputs, start in zip(
                kernel, problem.lattice, problem.output_lattice, first, strict=True
            )
        ]
        (rows, *row_runs), (columns, *column_runs) = cut(rows), cut(columns)
        self.points, self.tiles = (rows.points, columns.points), (rows.tiles, columns.tiles)
        reads, writes = zip(row_runs, column_runs, strict=True)
        self.input = Side("input", problem.input_shape, rows.reads, columns.reads, *reads)
        self.output = Side("output", problem.output_shape, rows.writes, columns.writes, *writes)
        self._kept: tuple[Any, Products] | None = None

    @classmethod
    def refusal(cls, problem: Problem) -> str | None:
        """Why not: it is no plane, or the box of the turned filters is too large."""
        if problem.dimension != 2:
            return f"winograd works in the plane, not in dimension {problem.dimension}"
        rows, columns = of_problem(problem)[0].kernel_shape[-2:]
        if max(rows, columns) > max(POINTS_OF):
            return f"winograd takes filters whose turned copies fit into 7×7, these need {rows}×{columns}"
        return None

    def correlate(self, f: Any, psi: Any) -> Any:
        """``y = Sᵀ [U_p (R f Rᵀ)_p] S``."""
        self._kept = None
        return self._correlate(f, self._bank(psi), None, self._sizes(f, f.shape[1], psi.shape[0]))

    def input_gradient(self, d: Any, psi: Any) -> Any:
        """``dL/df = Rᵀ [U_pᵀ (S d Sᵀ)_p] R``."""
        self._kept = None
        return self._gradients(d, self._bank(psi), None, self._sizes(d, psi.shape[1], psi.shape[0]))[0]

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """``dL/dU_p = (S d Sᵀ)_p (R f Rᵀ)_pᵀ``, and from it dL/dpsi."""
        self._kept = None
        sizes = self._sizes(f, f.shape[1], d.shape[1])
        V = self._transforms(f, sizes)
        self._each(self.input, f, V, sizes, lambda part, V: None)
        return self._gradients(d, None, V, sizes)[1]

    def forward(self, f: Any, psi: Any) -> Any:
        """The correlation, keeping U and the transform of f."""
        sizes = self._sizes(f, f.shape[1], psi.shape[0])
        U, V = self._bank(psi), self._transforms(f, sizes)
        self._kept = U, V
        return self._correlate(f, U, V, sizes)

    def backward(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """Both gradients from one transform of d and what `forward` kept."""
        if self._kept is None:
            return super().backward(d, f, psi)
        return self._gradients(d, *self._kept, self._sizes(f, f.shape[1], psi.shape[0]))

    def _correlate(self, f: Any, U: Any, kept: Products | None, sizes: _Sizes) -> Any:
        transposed, Z = self.workspace.xp.matrix_transpose(U), self._halves(self.output, f, sizes)
        columns = self._matrices(self.output, f)[1]
        self._each(self.input, f, kept, sizes, lambda part, V: self._product(part, V, transposed, columns, Z))
        return self._result(self.output, Z, f, sizes)

    def _gradients(self, d: Any, U: Any, V: Products | None, sizes: _Sizes) -> tuple[Any, Any]:
        """The input's gradient where U is given, the filter's where V is."""
        Z = None if U is None else self._halves(self.input, d, sizes)
        dU = None if V is None else self._bank_products(d, sizes)
        columns = self._matrices(self.input, d)[1]

        def use(part: Part, D: Any) -> None:
            if Z is not None:
                self._product(part, D, U, columns, Z)
            if V is not None and dU is not None:
                dU.put(part, self.workspace.xp.matrix_transpose(D), V[part])

        self._each(self.output, d, None, sizes, use)
        df = None if Z is None else self._result(self.input, Z, d, sizes)
        return df, None if dU is None else self._bank_gradient(dU, sizes)

    def error_bound(self, operator: str, a: float, b: float, sizes: tuple[int, int, int], u: float) -> float:
        """How far a computed value is from the exact one at most, if the arguments' entries are at most a and b.

        A value is a sum of products, each of one entry of either argument and of entries of R, S and G. If N operations
        and constants are rounded on the way of such a product, it is computed with a factor ``1 + θ``, ``|θ| ≤ γ_N``;
        so the error is at most ``γ_N`` times the sum of their absolute values (barring underflow).

        Args:
            operator: "correlate", "input_gradient" or "filter_gradient".
            a: a bound of the first argument's entries.
            b: a bound of the second argument's entries.
            sizes: (B, J, K).
            u: the unit roundoff, half the spacing of floats at 1.
        """
        B, J, K = sizes
        order, constants = self.problem.P.order, 2  # G ⊗ G is rounded to float64, then to the arrays' type
        if operator == "filter_gradient":
            products, rounded = B * order, B * prod(t.tiles for t in self.tilings) + prod(self.points) + order
        else:
            products = J * self.input.fibre if operator == "correlate" else K * order
            rounded = products + prod(tiling.r for tiling in self.tilings)
        rounded += constants + sum(tiling.roundings[operator] for tiling in self.tilings)
        gain = prod(float(tiling.gains[operator]) for tiling in self.tilings)
        return gamma(rounded + 8, u) * gain * products * a * b  # 8: for the rounding of this line

    # Steps.

    def _each(
        self, side: Side, a: Any, kept: Products | None, sizes: _Sizes, use: Callable[[Part, Any], None]
    ) -> None:
        """``use(part, V)`` for every part of ``V = R a Rᵀ``, (u, v, j i b, c)."""
        xp, (n, m), (height, width) = self.workspace.xp, self.points, side.piece
        rows, columns = self._matrices(side, a)
        rows, free = xp.reshape(rows, (n, -1, height)), self._scratches(a, sizes)
        a = xp.reshape(a, (sizes.B, sizes.maps(side), *side.shape[-2:]))

        def work(start: int, stop: int) -> None:
            scratch = free.pop()
            for number, block in enumerate(sizes.blocks):
                lo, hi = max(start - n * number, 0), min(stop - n * number, n)
                if lo >= hi:
                    continue
                images = xp.reshape(self._cut(side, a, block, sizes, scratch), (-1, height, width))
                chosen = xp.reshape(rows[lo:hi, ...], (-1, height))
                T = xp.reshape(scratch.fronted("T", chosen, images), (hi - lo, -1, width))
                T = xp.matrix_transpose(T)
                for u, w in self._steps(lo, hi):
                    part, Tu = Part(number, slice(u, w), scratch), T[u - lo : w - lo, ...]
                    V = scratch.matmul("V", columns, Tu) if kept is None else kept.put(part, columns, Tu)
                    use(part, xp.reshape(V, (w - u, m, -1, sizes.maps(side))))

        self.workspace.split(work, n * len(sizes.blocks), prod(a.shape))

    def _cut(self, side: Side, a: Any, block: slice, sizes: _Sizes, scratch: Scratch) -> Any:
        """The images of a block, (b, c, x, y): whole ones, or pieces."""
        if len(side.pieces) == 1:
            return a[block, ...]
        pieces = scratch.zeros("pieces", (block.stop - block.start, a.shape[1], *side.piece), a)
        for place, here, images in side.images(block, sizes.B, sizes.B):
            for (x, y), (row, column) in place:
                pieces[here, :, x, y] = a[images, :, row, column]
        return pieces

    def _product(self, part: Part, V: Any, U: Any, columns: Any, Z: Products) -> None:
        """``M = V U``, (u, v, j i b, k), and the sum over its columns, ``Z = Mᵀ S``, (u, i b k, y)."""
        xp = self.workspace.xp
        M = part.scratch.matmul("M", V, U[part.points, ...])
        Z.put(part, xp.matrix_transpose(xp.reshape(M, (M.shape[0], columns.shape[0], -1))), columns)

    def _result(self, side: Side, Z: Products, like: Any, sizes: _Sizes) -> Any:
        """The sum over the rows, ``Sᵀ Z``, (b, k, x, y)."""
        xp, ws, maps, width = self.workspace.xp, self.workspace, sizes.maps(side), side.piece[1]
        shape = (sizes.B, maps // side.fibre, *side.shape)
        rows = xp.matrix_transpose(self._matrices(side, like)[0])
        halves = [
            xp.permute_dims(xp.reshape(half, (rows.shape[1], -1, maps, width)), (1, 2, 0, 3))
            for half in Z.arrays
        ]
        if len(side.pieces) > 1:
            return xp.reshape(self._pasted(side, halves, rows, sizes), shape)
        if not ws.is_numpy:
            return xp.reshape(xp.matmul(rows, halves[0]), shape)
        result = ws.new((sizes.B, maps, *side.shape[-2:]), like)

        def work(start: int, stop: int) -> None:
            for block, half in zip(sizes.blocks, halves, strict=True):
                lo, hi = max(start, block.start), min(stop, block.stop)
                if lo < hi:
                    np.matmul(rows, half[lo - block.start : hi - block.start], out=result[lo:hi])

        ws.split(work, max(len(result), 1), result.size)
        return result.reshape(shape)

    def _pasted(self, side: Side, halves: list[Any], rows: Any, sizes: _Sizes) -> Any:
        """The sum of the pieces, (b, k, x, y). Threads take maps, since pieces overlap."""
        xp, maps = self.workspace.xp, sizes.maps(side)
        shape, at_once = (sizes.B, maps, *side.shape[-2:]), 1 if self.workspace.is_numpy else sizes.B
        result = xp.zeros(shape, dtype=rows.dtype, device=array_api_compat.device(rows))

        def work(start: int, stop: int) -> None:
            some = slice(start, stop)
            for block, half in zip(sizes.blocks, halves, strict=True):
                for place, here, images in side.images(block, sizes.B, at_once):
                    pieces = xp.matmul(rows, half[here, some, :, :])
                    for (x, y), (row, column) in place:
                        result[images, some, row, column] += pieces[:, :, x, y]

        self.workspace.split(work, maps, prod(shape))
        return result

    # Banks.

    def _bank(self, psi: Any) -> Any:
        """``U = G W Gᵀ``, (u, v, k, c), W the transformed filters."""
        xp, ws, (K, J), order = self.workspace.xp, self.workspace, psi.shape[:2], self.problem.P.order
        table, G, entries = self.transformation.sources, self._taps(psi), xp.reshape(psi, (K, J, -1))
        sources, gaps = ws.index("sources", table.ravel, psi), bool((table == entries.shape[2]).any())
        shape = (*self.points, K * order, J * self.input.fibre)
        U = ws.empty("U", (G.shape[0], prod(shape[2:])), psi) if ws.is_numpy else None

        def work(i: int, j: int) -> Any:
            some = entries[i:j, ...]
            if gaps:
                some = xp.concat([some, xp.zeros_like(some[..., :1])], axis=2)
            W = xp.reshape(xp.take(some, sources, axis=2), (j - i, J, order, -1))
            W = xp.matrix_transpose(xp.reshape(xp.permute_dims(W, (0, 2, 1, 3)), (-1, G.shape[1])))
            if U is None:
                return xp.matmul(G, W)
            return np.matmul(G, W, out=U[:, i * order * shape[3] : j * order * shape[3]])

        parts = ws.split(work, K, prod(shape), cached=True)
        return xp.reshape(parts[0] if U is None else U, shape)

    def _bank_gradient(self, dU: Products, sizes: _Sizes) -> Any:
        """``dL/dW = Gᵀ (dL/dU) G``, and the adjoint of the filter transformation."""
        xp, ws, order, c = self.workspace.xp, self.workspace, self.problem.P.order, sizes.c
        K, J, cells = sizes.k // order, c // self.input.fibre, prod(self.transformation.kernel_shape)
        table = np.arange(order)[:, None] * cells + self.transformation.images
        banks = [xp.reshape(bank, (prod(self.points), -1)) for bank in dU.arrays]
        images, G = ws.index("images", table.ravel, banks[0]), self._taps(banks[0])

        def work(i: int, j: int) -> Any:
            some = [bank[:, i * order * c : j * order * c] for bank in banks]
            dW = xp.reshape(xp.matmul(xp.matrix_transpose(reduce(add, some)), G), (j - i, order, J, cells))
            dW = xp.reshape(xp.permute_dims(dW, (0, 2, 1, 3)), (j - i, J, -1))
            return xp.sum(xp.reshape(xp.take(dW, images, axis=2), (j - i, J, order, -1)), axis=2)

        parts = ws.split(work, K, prod(banks[0].shape), cached=True)
        return xp.reshape(xp.concat(parts), (K, J, *self.problem.filter_shape))

    # Sizes, buffers and constants.

    def _sizes(self, like: Any, J: int, K: int) -> _Sizes:
        """The images in blocks whose transforms at one u fit into a core's cache; all in one outside NumPy."""
        B, c, k, tiles = like.shape[0], J * self.input.fibre, K * self.output.fibre, prod(self.tiles)
        images, n = B * len(self.input.pieces), 1
        if self.workspace.is_numpy:
            each = self.points[1] * tiles * (c + k) * like.dtype.itemsize
            n = max(1, -(-images // max(CACHE // each, -(-ROWS // tiles))))
        return _Sizes(B, c, k, [slice(images * b // n, images * (b + 1) // n) for b in range(n)])

    def _steps(self, lo: int, hi: int) -> list[tuple[int, int]]:
        """The points u that are done at once: one, where a core's cache counts."""
        return [(u, u + 1) for u in range(lo, hi)] if self.workspace.is_numpy else [(lo, hi)]

    def _scratches(self, like: Any, sizes: _Sizes) -> list[Scratch]:
        """One for each thread, large enough for either side."""
        (n, m), (i, j), (rows, columns) = self.points, self.tiles, self.input.piece
        images = max(block.stop - block.start for block in sizes.blocks) * max(sizes.c, sizes.k)
        lengths = {"T": n * i * images * columns, "V": m * i * j * images, "M": m * i * j * images}
        if len(self.input.pieces) > 1:
            lengths["pieces"] = images * rows * columns
        return [Scratch(self.workspace, thread, lengths, like) for thread in range(self.workspace.threads)]

    def _transforms(self, f: Any, sizes: _Sizes) -> Products:
        shapes = [(*self.points, prod(self.tiles) * (b.stop - b.start), sizes.c) for b in sizes.blocks]
        return Products(self.workspace, "V kept", shapes, f)

    def _halves(self, side: Side, like: Any, sizes: _Sizes) -> Products:
        lines = self.tiles[0] * sizes.maps(side)
        shapes = [(self.points[0], lines * (b.stop - b.start), side.piece[1]) for b in sizes.blocks]
        return Products(self.workspace, f"Z {side.name}", shapes, like)

    def _bank_products(self, like: Any, sizes: _Sizes) -> Products:
        return Products(self.workspace, "dU", [(*self.points, sizes.k, sizes.c)] * len(sizes.blocks), like)

    def _matrices(self, side: Side, like: Any) -> tuple[Any, Any]:
        """The side's matrices of rows and of columns, as floats."""
        constant = self.workspace.constant
        return (
            constant(f"{side.name} rows", lambda: _floats(side.rows), like),
            constant(f"{side.name} columns", lambda: _floats(side.columns), like),
        )

    def _taps(self, like: Any) -> Any:
        """``G ⊗ G``, (u v, z) with z in the order of a bank's cells, each entry rounded once."""
        return self.workspace.constant("G", self._all_taps, like)

    def _all_taps(self) -> Any:
        rows, columns = (tiling.matrices[1] for tiling in self.tilings)
        return _floats([[x * y for x in row for y in column] for row in rows for column in columns])


def _floats(matrix: Matrix) -> Any:
    return np.array([[float(x) for x in row] for row in matrix])
