"""Planar correlation as the split theorem has it: filter transformation, then matrix products over copies of the input.

Main definitions
    Direct: the correlation and its gradients of a `Problem`, by the passes of `gcalc.fast.stencil`.

Implementation notes
    The bank is gathered from psi with the result's channel outermost and the summed one innermost, so that runs are
    contiguous and nothing is transposed. Each pass gathers its own: that costs less than to turn a bank, which is |P|
    times as large as psi. Where all the copies are fewer than the additions, u is among the copies. NumPy's threads
    share the images, and each takes so many at a time as make a good matrix product.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016), section 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from gcalc.fast.algorithm import Algorithm
from gcalc.fast.filter_index import of_problem
from gcalc.fast.stencil import Pass, Stencil

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.fast.problem import Problem
    from gcalc.fast.workspace import Workspace

__all__ = ["Direct"]

CACHED = 1 << 19
"""So many images are taken at a time that their columns are no more entries than these, and stay in a core's cache."""
ON_A_DEVICE = 1 << 28
"""The same for other libraries, where one matrix product should be large but fit."""


class Scratch:
    """What one thread works in: buffers where NumPy's, new arrays where not; and the sum of its products."""

    def __init__(self, workspace: Workspace, thread: int, sizes: dict[str, int], like: Any) -> None:
        """Take the thread's buffers, of so many entries each, from the workspace."""
        self.workspace, self.like = workspace, like
        self.total: Any = None
        self.buffers: dict[str, Any] = {}
        if workspace.is_numpy:
            self.buffers = {
                name: workspace.empty(f"{name} {thread}", (n,), like) for name, n in sizes.items()
            }

    def array(self, name: str, *shape: int) -> Any:
        """An array of this shape, in the buffer of that name."""
        if self.workspace.is_numpy:
            return self.buffers[name][: prod(shape)].reshape(shape)
        return self.workspace.new(shape, self.like)

    def product(self, name: str, a: Any, b: Any) -> Any:
        """The product of two matrices, in the buffer of that name."""
        if self.workspace.is_numpy:
            return np.matmul(a, b, out=self.array(name, len(a), b.shape[1]))
        return self.workspace.xp.matmul(a, b)

    def add(self, a: Any, b: Any) -> None:
        """Add the product of two matrices to the total."""
        if self.total is None:
            self.total = self.product("total", a, b)
        else:
            self.total += self.product("term", a, b)


class Direct(Algorithm):
    """Filter transformation, then matrix products over copies of the input: every sum as it stands, so exact."""

    name: ClassVar[str] = "direct"
    exact: ClassVar[bool] = True

    def __init__(self, problem: Problem, workspace: Workspace) -> None:
        """Take the tables of the filter transformation."""
        super().__init__(problem, workspace)
        self.transformation, first = of_problem(problem)
        taps = self.transformation.kernel_shape[int(problem.point_axis) :]
        periodic = problem.boundary == "periodic"
        self.stencil = Stencil(problem.lattice, problem.output_lattice, taps, first, periodic)
        self._passes: dict[tuple[bool, int], Pass] = {}

    @classmethod
    def refusal(cls, problem: Problem) -> str | None:
        """None: it computes every planar problem."""
        return None

    def correlate(self, f: Any, psi: Any) -> Any:
        """The planar correlation of f and the transformed filters."""
        K, J = psi.shape[:2]
        forth = self._pass(True, K, J)
        y, _ = self._run(forth, f, K, self._bank(forth, psi), None)
        return self.workspace.xp.reshape(y, (f.shape[0], K, *self.problem.output_shape))

    def input_gradient(self, d: Any, psi: Any) -> Any:
        """The planar correlation of d and the transformed filters along the adjoint stencil."""
        return self._gradients(d, None, psi)[0]

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """The gradient of the filter transformation, of the gradient of the bank."""
        return self._gradients(d, f, None)[1]

    def backward(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """Both gradients, from the same copies of d."""
        return self._gradients(d, f, psi)

    def _gradients(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """The input gradient if there is psi, the filter gradient if there is f; else None in its place."""
        xp, K, J = self.workspace.xp, d.shape[1], f.shape[1] if psi is None else psi.shape[1]
        back = self._pass(False, J, K)
        bank = None if psi is None else self._bank(back, xp.permute_dims(psi, (1, 0, *range(2, psi.ndim))))
        df, totals = self._run(back, d, J, bank, f)
        if psi is not None:
            df = xp.reshape(df, (d.shape[0], J, *self.problem.input_shape))
        return df, None if f is None else self._filter_gradient(back, totals, J, K, f)

    def _pass(self, forth: bool, result: int, summed: int) -> Pass:
        """The pass for so many channels; u is among the copies where those are fewer than the additions."""
        order, fibre = self.problem.P.order, self.problem.input_shape[: self.problem.point_axis]
        orientations = (order, prod(fibre)) if forth else (prod(fibre), order)
        taps = self.stencil.taps
        few = summed * orientations[1] * prod(taps[1:]) <= result * orientations[0]
        key = (forth, 0 if few else 1)
        if key not in self._passes:
            cells = np.arange(self.transformation.sources.size).reshape(order, prod(fibre), *taps)
            if not forth:
                cells = np.flip(cells, axis=(*range(2, cells.ndim),)).swapaxes(0, 1)
            self._passes[key] = Pass(self.stencil if forth else self.stencil.adjoint, cells, key[1], str(key))
        return self._passes[key]

    def _bank(self, p: Pass, psi: Any) -> Any:
        """The transformed filters of psi (result channels, summed channels, …), as a pass multiplies by them."""
        xp, ws, (K, J) = self.workspace.xp, self.workspace, psi.shape[:2]
        entries = prod(self.problem.filter_shape)
        base = ws.new((K, entries + 1, J), psi)
        base[:, :entries, :] = xp.permute_dims(xp.reshape(psi, (K, J, entries)), (0, 2, 1))
        base[:, entries, :] = 0
        sources = ws.index(f"sources {p.name}", lambda: self.transformation.sources.ravel()[p.order], psi)
        shape = (prod(p.rows(K)), prod(p.columns(J)))
        if not ws.is_numpy:
            return xp.reshape(xp.take(base, sources, axis=1), shape)
        bank = ws.empty(f"bank {p.name}", (K, len(sources), J), psi)

        def work(i: int, j: int) -> None:
            # mode="clip" keeps NumPy from buffering out; the table has no index out of range.
            np.take(base[i:j], sources, axis=1, out=bank[i:j], mode="clip")

        ws.split(work, K, bank.size)
        return bank.reshape(shape)

    def _run(self, p: Pass, x: Any, K: int, bank: Any, g: Any) -> tuple[Any, list[Any]]:
        """The result of a pass on x (B, J, …) if there is a bank, and the bank's gradient, in parts, if there is g."""
        xp, ws, (B, J) = self.workspace.xp, self.workspace, x.shape[:2]
        x = xp.reshape(x, (B, J, p.summed, *p.stencil.source))
        y = None if bank is None else ws.new((B, K, p.result, *p.stencil.target), x)
        g = None if g is None else xp.reshape(g, (B, K, p.result, *p.stencil.target))
        rows, columns = p.rows(K), p.columns(J)

        def work(images: slice, scratch: Scratch) -> None:
            n = images.stop - images.start
            copies = scratch.array("columns", *columns, n, *p.frame)
            p.copy(xp, x[images, ...], copies)
            matrix = xp.reshape(copies, (prod(columns), -1))
            if y is not None:
                Z = scratch.product("rows", bank, matrix)
                p.add(xp, xp.reshape(Z, (*rows, n, *p.frame)), y[images, ...])
            if g is not None:
                moved = scratch.array("rows", *rows, n, *p.frame)
                p.move(xp, g[images, ...], moved)
                scratch.add(xp.reshape(moved, (prod(rows), -1)), xp.matrix_transpose(matrix))

        return y, self._over_images(work, x, prod(rows), prod(columns), prod(p.frame), g is not None)

    def _over_images(
        self,
        work: Callable[[slice, Scratch], None],
        x: Any,
        rows: int,
        columns: int,
        cells: int,
        summing: bool,
    ) -> list[Any]:
        """``work`` on a few images at a time, in each thread with its own scratch; the totals."""
        ws, B = self.workspace, x.shape[0]
        threads = max(min(ws.threads, B), 1)
        at_once = (CACHED if ws.is_numpy else ON_A_DEVICE) // (columns * cells)
        n = max(min(at_once, -(-B // threads)), 1)
        sizes = {"columns": columns * n * cells, "rows": rows * n * cells}
        if summing:
            sizes |= {"total": rows * columns, "term": rows * columns}
        scratches = [Scratch(ws, thread, sizes, x) for thread in range(threads)]

        def share(start: int, stop: int) -> None:
            with unbuffered():
                for thread in range(start, stop):
                    first, last = B * thread // threads, B * (thread + 1) // threads
                    for i in range(first, last, n):
                        work(slice(i, min(i + n, last)), scratches[thread])

        ws.split(share, threads, B * cells * max(rows, columns))
        return [scratch.total for scratch in scratches if scratch.total is not None]

    def _filter_gradient(self, p: Pass, totals: list[Any], J: int, K: int, like: Any) -> Any:
        """Each entry of psi gets the sum over s of the gradient of the bank where s has moved it: a gather."""
        xp, ws, order = self.workspace.xp, self.workspace, self.problem.P.order
        result = ws.new((K, J, *self.problem.filter_shape), like)
        if not totals:
            result[...] = 0
            return result
        for other in totals[1:]:
            totals[0] += other
        gradient = xp.reshape(totals[0], (J, -1, K))

        def places() -> NDArray[np.integer]:
            starts = np.arange(order)[:, None] * self.transformation.sources.shape[1]
            return np.asarray(np.argsort(p.order)[starts + self.transformation.images])

        readers = ws.index(f"readers {p.name}", places, like)

        def gather(i: int, j: int) -> None:
            total = xp.take(gradient[i:j, ...], readers[0, :], axis=1)
            for s in range(1, order):
                total += xp.take(gradient[i:j, ...], readers[s, :], axis=1)
            result[:, i:j, ...] = xp.reshape(
                xp.permute_dims(total, (2, 0, 1)), (K, j - i, *self.problem.filter_shape)
            )

        ws.split(gather, J, prod(gradient.shape))
        return result


@contextmanager
def unbuffered() -> Iterator[None]:
    """NumPy's additions without its buffers, into which it would copy all rows shorter than these: 3 times slower."""
    size = np.setbufsize(16)
    try:
        yield
    finally:
        np.setbufsize(size)
