"""Planar correlation with a bank of filters, as copies of the input, one matrix product and additions.

Main definitions
    Stencil: which cells of one lattice the cells of another read, tap by tap.
    Pass: one direction of the planar correlation, and the order of the bank in it.

Main statements
    ``y[(k, s), i] = sum_{(j, t)} sum_z psi[k, s, j, t, z] f[(j, t), i + first + z]``, z in a box of taps. Let u be
    z's coordinate along the first axis and v the others. Then

        Z[(k, u, s), r] = sum_{(v, t, j)} bank[(k, u, s), (v, t, j)] columns[(v, t, j), r]
        y[(k, s), i] = sum_u Z[(k, u, s), i + first + u],

    r a cell whose first coordinate is the input's and whose others are the output's: a copy of f for each v, one
    matrix product, an addition for each u. The input gradient is the same along the adjoint stencil, whose taps come
    in reverse. There ``rows · columnsᵀ`` is the gradient of its bank, rows being f moved by each u.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Run = tuple[slice, slice | None]

__all__ = ["Pass", "Stencil"]


@dataclass(frozen=True)
class Stencil:
    """Cell i of the target reads the cells ``i + first + z`` of the source, z in the box ``taps``.

    Attributes:
        source: the sizes of the lattice that is read.
        target: the sizes of the lattice that reads.
        taps: the sizes of the box of taps.
        first: the offset of tap 0.
        periodic: whether cells are taken modulo the source's sizes; otherwise those outside are zero.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    taps: tuple[int, ...]
    first: tuple[int, ...]
    periodic: bool

    @property
    def adjoint(self) -> Stencil:
        """Source cell i is read by the target cells ``i - first - z``; tap ``taps - 1 - z`` stands for z."""
        first = tuple(1 - k - o for k, o in zip(self.taps, self.first, strict=True))
        return Stencil(self.target, self.source, self.taps, first, self.periodic)

    def reads(self, axis: int, tap: int) -> Iterator[Run]:
        """All target cells of an axis, in runs, with the source cells that a tap reads; None where outside."""
        return self._runs(self.target[axis], self.source[axis], self.first[axis] + tap)

    def is_read(self, axis: int, tap: int) -> Iterator[Run]:
        """All source cells of an axis, in runs, with the target cells that read them by a tap; None where none."""
        return self._runs(self.source[axis], self.target[axis], -self.first[axis] - tap)

    def _runs(self, n: int, m: int, shift: int) -> Iterator[Run]:
        """The cells i of n with the cells ``i + shift`` of m."""
        i = 0
        while i < n:
            j = (i + shift) % m if self.periodic else i + shift
            length = min(n - i, m - j if 0 <= j < m else -j if j < 0 else n)
            yield slice(i, i + length), slice(j, j + length) if 0 <= j < m else None
            i += length


class Pass:
    """One direction of the planar correlation: from functions on (summed, *source) to functions on (result, *target).

    Attributes:
        name: what its tables and buffers are called in a workspace.
        stencil: from where to where.
        result: the number of orientations that the result has.
        summed: the number of orientations that are summed over.
        order: the cell (s, t, z) of the transformed filter at each place (u, result, v, summed) of the bank.
        additions: the taps u.
        copies: the taps v.
        frame: the sizes of the lattice of cells r.
    """

    def __init__(self, stencil: Stencil, cells: NDArray[np.integer], additions: int, name: str) -> None:
        """Lay out the bank; ``cells`` is (result, summed, *taps), ``additions`` the number of axes of u, 0 or 1."""
        d = len(stencil.taps)
        self.name = name
        self.stencil = stencil
        self.result, self.summed = cells.shape[:2]
        self.order = cells.transpose(*range(2, 2 + additions), 0, *range(2 + additions, 2 + d), 1).ravel()
        self.axes = range(additions, d)
        self.additions = [*range(stencil.taps[0])] if additions else []
        self.copies = [*product(*(range(stencil.taps[axis]) for axis in self.axes))]
        self.frame = stencil.source[:additions] + stencil.target[additions:]
        # A tap of the last of two axes is then one run of all the cells, apart from those at the edge.
        self.is_shift = len(self.axes) == 1 and d == 2 and stencil.source[1] == stencil.target[1]

    def rows(self, K: int) -> tuple[int, ...]:
        """The axes (k, u, result) of the bank."""
        return (K, len(self.additions) or 1, self.result)

    def columns(self, J: int) -> tuple[int, ...]:
        """The axes (v, summed, j) of the bank."""
        return (len(self.copies), self.summed, J)

    def copy(self, xp: Any, x: Any, columns: Any) -> None:
        """``columns[v, t, j, b, r] = x[b, j, t, r + first + v]``."""
        x = xp.permute_dims(x, (2, 1, 0, *range(3, x.ndim)))
        for v, tap in enumerate(self.copies):
            runs = [self.stencil.reads(axis, k) for axis, k in zip(self.axes, tap, strict=True)]
            if self.is_shift:
                _shift(xp, x, columns[v, ...], [*runs[0]])
                continue
            for pair in product(*runs):
                there, here = tuple(run[0] for run in pair), tuple(run[1] for run in pair)
                columns[(v, ..., *there)] = 0 if None in here else x[(..., *here)]

    def add(self, xp: Any, Z: Any, y: Any) -> None:
        """``y[b, k, s, i] = sum_u Z[k, u, s, b, i + first + u]``."""
        y = xp.permute_dims(y, (1, 2, 0, *range(3, y.ndim)))
        if not self.additions:
            y[...] = Z[:, 0, ...]
        for u in self.additions:
            for there, here in self.stencil.reads(0, u):
                if u == 0:
                    y[:, :, :, there, ...] = 0 if here is None else Z[:, u, :, :, here, ...]
                elif here is not None:
                    y[:, :, :, there, ...] += Z[:, u, :, :, here, ...]

    def move(self, xp: Any, y: Any, rows: Any) -> None:
        """``rows[k, u, s, b, r] = y[b, k, s, r - first - u]``, the transpose of `add`."""
        y = xp.permute_dims(y, (1, 2, 0, *range(3, y.ndim)))
        if not self.additions:
            rows[:, 0, ...] = y
        for u in self.additions:
            for there, here in self.stencil.is_read(0, u):
                rows[:, u, :, :, there, ...] = 0 if here is None else y[:, :, :, here, ...]


def _shift(xp: Any, x: Any, column: Any, runs: list[Run]) -> None:
    """Copy x into a column along the last axis: its longest run through all rows as one, then the cells at the edge."""
    runs.sort(key=lambda run: (run[1] is not None, run[0].stop - run[0].start))
    there, here = runs.pop()
    if here is not None:
        flat, rest = (*x.shape[:-2], x.shape[-2] * x.shape[-1]), (x.shape[-2] - 1) * x.shape[-1]
        source = xp.reshape(x, flat)[..., here.start : here.stop + rest]
        xp.reshape(column, flat)[..., there.start : there.stop + rest] = source
    else:
        column[..., there] = 0
    for there, here in runs:
        column[..., there] = 0 if here is None else x[..., here]
