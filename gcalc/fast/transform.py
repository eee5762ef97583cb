"""The Fourier transform of functions on (Z/N)^d ⋊ P into real blocks, and back, as matrix products and gathers.

Main definitions
    Transform: from arrays in the public layout to the blocks of `Spectrum`, and its inverse.

Implementation notes
    The axes of the torus are transformed by dense matrices: for the sizes of feature maps that is faster than an FFT,
    and it takes any positions, so boxes, windows and padding need no copies. In the first step the sums and
    differences over ±s are taken and the first axis is transformed; in the second the remaining axes, which also
    moves the frequencies to the front; in the third one gather of rows of channels puts every block together. Minus
    signs are read from a negated copy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.fast.dft import Matrices
from gcalc.fast.layout import Layout
from gcalc.fast.spectrum import Spectrum
from gcalc.fast.workspace import Workspace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["Transform"]

DENSE = 64
"""Boxes of so many entries at most are transformed by one matrix over all their axes."""


@dataclass
class Transform:
    """The transform of arrays (B, J, *cells) or (B, J, |P|, *cells).

    Attributes:
        spectrum: the orbits of frequencies.
        role: "input", "output" or "filter": the columns of outputs stand for the inverses of a filter's rows.
        point_axis: whether the arrays have the axis of P.
        positions: for each lattice axis the coordinates of its cells.
        workspace: where buffers and constants are kept.
        gain: a factor of the inverse transform.
    """

    spectrum: Spectrum
    role: str
    point_axis: bool
    positions: Sequence[range]
    workspace: Workspace
    gain: float = 1.0

    def __post_init__(self) -> None:
        """Find the layout of the blocks and the matrices."""
        self.layout = Layout(self.spectrum, self.role, self.point_axis)
        self.folds, self.groups, self.classes = self.layout.folds, self.layout.groups, self.layout.classes
        scale = self.gain / float(self.spectrum.N ** len(self.positions)) / (2 if self.folds else 1)
        self.matrices = Matrices(self.spectrum, self.positions, scale)
        self.cells = tuple(len(p) for p in self.positions)
        self.first, self.others = self.cells[0], int(np.prod(self.cells[1:], dtype=np.int64))
        self.dense = int(np.prod(self.cells)) <= DENSE

    @property
    def growth(self) -> tuple[int, int]:
        """Forward: how many roundings a value goes through, and the sum of the terms' sizes for entries up to 1.

        Sums of the lengths of the matrices' rows, and 21 a matrix for the rounding of its entries: an angle errs by
        less than 3 units, its cosine by 2π times that and one more.
        """
        folds = 2 if self.folds else 1
        steps = 1 if self.dense else 2
        terms = math.prod(self.cells) if self.dense else self.first + 2 * self.others
        return folds + terms + 21 * steps, folds * steps * math.prod(self.cells)

    @property
    def inverse_growth(self) -> tuple[int, int]:
        """The same of the inverse, for blocks with entries up to 1."""
        S, steps = self.spectrum, 1 if self.dense else 2
        terms = 2 * S.h * S.rest if self.dense else 2 * S.h + 2 * S.rest
        return terms + 21 * steps + 3, math.ceil(2 * steps * self.gain)

    # -- forward ------------------------------------------------------------------------------------------------------

    def frequencies(self, x: Any) -> Any:
        """``x̂``, one row of J channels for each (group or negative, h, Re or Im, rest, b, class); a buffer."""
        ws, xp, S = self.workspace, self.workspace.xp, self.spectrum
        B, J = x.shape[:2]
        copies = self.groups + (self.layout.columns == 2)
        result = ws.empty(f"{self.role} frequencies", (copies, S.h, 2 * S.rest, B * self.classes * J), x)
        work = self._dense_frequencies(x, result) if self.dense else self._separate_frequencies(x, result)

        def with_negative(i: int, j: int) -> None:
            for u in range(i, j):
                work(u)
                if copies > self.groups:
                    ws.into(result[self.groups, u, ...], "negative", result[self.groups - 1, u, ...])

        ws.split(with_negative, S.h, math.prod(result.shape))
        return xp.reshape(result, (-1, J))

    def _dense_frequencies(self, x: Any, result: Any) -> Callable[[int], None]:
        """All axes by one matrix, for each first coordinate u."""
        ws, xp = self.workspace, self.workspace.xp
        x = xp.permute_dims(xp.reshape(x, (*x.shape[:2], -1, math.prod(self.cells))), (3, 0, 2, 1))
        folded = [xp.reshape(f, (f.shape[0], -1)) for f in self._fold(x)]
        matrices = [
            self._constant(f"dense {g}", partial(self.matrices.dense, g), x) for g in range(self.groups)
        ]

        def work(u: int) -> None:
            for g, (matrix, cells) in enumerate(zip(matrices, folded, strict=True)):
                ws.into(result[g, u, ...], "matmul", matrix[u, ...], cells)

        return work

    def _separate_frequencies(self, x: Any, result: Any) -> Callable[[int], None]:
        """The first axis at once, then the others for each first coordinate u."""
        ws, xp, S = self.workspace, self.workspace.xp, self.spectrum
        half = self._first_axis(x)
        half = xp.reshape(half, (self.groups, -1, S.h, 2 * self.others))
        matrices = [
            self._constant(f"others {g}", partial(self.matrices.others, g), x) for g in range(self.groups)
        ]

        def work(u: int) -> None:
            for g, matrix in enumerate(matrices):
                ws.into(result[g, u, ...], "matmul", matrix, xp.permute_dims(half[g, :, u, :], (1, 0)))

        return work

    def _first_axis(self, x: Any) -> Any:
        """Sums and differences over ±s, then the first axis: (groups, B, classes, J, h·2, others); a buffer."""
        ws, xp = self.workspace, self.workspace.xp
        B, J = x.shape[:2]
        x = xp.reshape(x, (B, J, -1, self.first, self.others))
        matrix = self._constant("first", self.matrices.first, x)
        half = ws.empty("half", (self.groups, B, self.classes, J, matrix.shape[0], self.others), x)
        pairs = list(zip(*(p.tolist() for p in self._pairs), strict=True))

        def work(start: int, stop: int) -> None:
            folded = ws.new((self.groups, self.classes, J, self.first, self.others), x)
            for b in range(start, stop):
                if not self.folds:
                    ws.into(half[0, b, ...], "matmul", matrix, xp.permute_dims(x[b], (1, 0, 2, 3)))
                    continue
                for c, (s, t) in enumerate(pairs):
                    ws.into(folded[0, c, ...], "add", x[b, :, s, ...], x[b, :, t, ...])
                    ws.into(folded[1, c, ...], "subtract", x[b, :, s, ...], x[b, :, t, ...])
                ws.into(half[:, b, ...], "matmul", matrix, folded)

        ws.split(work, B, math.prod(x.shape))
        return half

    def _fold(self, x: Any) -> list[Any]:
        """``x_s + x_-s`` and ``x_s - x_-s`` for one s of each class, P being the axis 2; or x alone."""
        if not self.folds:
            return [x]
        first, second = (self._index(f"pairs {i}", partial(self._pairs.__getitem__, i), x) for i in (0, 1))
        a, b = (self.workspace.xp.take(x, s, axis=2) for s in (first, second))
        return [a + b, a - b]

    @property
    def _pairs(self) -> tuple[Integers, Integers]:
        S = self.spectrum
        return S.classes, S.classes if S.negative is None else S.negative[S.classes]

    def blocks(self, B: int, J: int, name: str, like: Any) -> Any:
        """A buffer for the blocks, (orbits, rows·classes·B, columns·classes·J)."""
        S = self.spectrum
        shape = (len(S.orbits), self.layout.rows * len(S.classes) * B, self.layout.columns * self.classes * J)
        return self.workspace.empty(name, shape, like)

    def gather(self, frequencies: Any, B: int, blocks: Any, i: int, j: int) -> Any:
        """Put the blocks i to j together, and return them."""
        ws, J = self.workspace, frequencies.shape[1]
        table = self._index(f"gather {B}", lambda: self.layout.gather_index(B), frequencies)
        rows = table.shape[0] // len(self.spectrum.orbits)
        part = ws.xp.reshape(blocks[i:j, ...], (-1, J))
        if ws.is_numpy:  # a view of the contiguous buffer
            ws.take(part, frequencies, table[i * rows : j * rows])
        else:
            blocks[i:j, ...] = ws.xp.reshape(
                ws.xp.take(frequencies, table[i * rows : j * rows], axis=0), blocks[i:j, ...].shape
            )
        return blocks[i:j, ...]

    # -- inverse ------------------------------------------------------------------------------------------------------

    def product(self, B: int, J: int, name: str, like: Any) -> Any:
        """A buffer for blocks of which `inverse` makes an array, (orbits, rows·classes·B, parts·classes·J)."""
        S = self.spectrum
        rows = self.layout.rows_back
        shape = (len(S.orbits), rows * len(S.classes) * B, self.layout.parts * self.classes * J)
        return self.workspace.empty(name, shape, like)

    def inverse(self, blocks: Any, B: int, J: int) -> Any:
        """The array (B, J, [|P|,] *cells) with these blocks, a new one."""
        ws, xp, S = self.workspace, self.workspace.xp, self.spectrum
        table = self._index(f"scatter {B}", lambda: self.layout.scatter_index(B), blocks)  # (groups, h, rows)
        rows = xp.reshape(blocks, (-1, J))
        half, work = self._dense_back(blocks, B, J) if self.dense else self._separate_back(blocks, B, J)

        def back(start: int, stop: int) -> None:
            found = ws.new((table.shape[2], J), blocks)
            for u in range(start, stop):
                for g in range(self.groups):
                    ws.take(found, rows, table[g, u, :])
                    work(g, u, xp.reshape(found, (2 * S.rest, -1)))

        ws.split(back, S.h, table.shape[2] * S.h * J * self.groups)
        return self._summed(half, B, J) if self.dense else self._first_back(half, B, J)

    def _dense_back(self, like: Any, B: int, J: int) -> tuple[Any, Callable[[int, int, Any], None]]:
        """For each first coordinate u what it contributes to all cells: (groups, h, cells, B·classes·J)."""
        ws, S = self.workspace, self.spectrum
        cells = math.prod(self.cells)
        half = ws.empty("terms", (self.groups, S.h, cells, B * self.classes * J), like)
        matrices = [
            self._constant(f"dense back {g}", partial(self.matrices.dense_inverse, g), like)
            for g in range(self.groups)
        ]
        return half, lambda g, u, z: ws.into(half[g, u, ...], "matmul", matrices[g][u, ...], z)

    def _separate_back(self, like: Any, B: int, J: int) -> tuple[Any, Callable[[int, int, Any], None]]:
        """For each first coordinate u the other axes back: (groups, B·classes·J, h, 2·others)."""
        ws, xp, S = self.workspace, self.workspace.xp, self.spectrum
        half = ws.empty("half", (self.groups, B * self.classes * J, S.h, 2 * self.others), like)
        matrices = [
            self._constant(f"others back {g}", partial(self.matrices.others_inverse, g), like)
            for g in range(self.groups)
        ]
        return half, lambda g, u, z: ws.into(
            half[g, :, u, :], "matmul", xp.permute_dims(z, (1, 0)), matrices[g][u, ...]
        )

    def _summed(self, terms: Any, B: int, J: int) -> Any:
        """The sum over first coordinates, in the public layout."""
        xp = self.workspace.xp
        cells = xp.reshape(xp.sum(terms, axis=1), (self.groups, -1, B, self.classes, J))
        order = self.spectrum.P.order if self.point_axis else 1
        result = self.workspace.new((B, J, order, math.prod(self.cells)), terms)
        for b in range(B):
            self._unfold(xp.permute_dims(cells[:, :, b, ...], (0, 2, 3, 1)), result[b, ...])
        return self._shaped(result)

    def _first_back(self, half: Any, B: int, J: int) -> Any:
        """The first axis back, then from sums and differences to s and -s, in the public layout."""
        ws, xp, S = self.workspace, self.workspace.xp, self.spectrum
        matrix = self._constant("first back", self.matrices.first_inverse, half)
        half = xp.reshape(half, (self.groups, B, self.classes, J, 2 * S.h, self.others))
        order = S.P.order if self.point_axis else 1
        result = ws.new((B, J, order, self.first, self.others), half)

        def work(start: int, stop: int) -> None:
            folded = ws.new((self.groups, self.classes, J, self.first, self.others), half)
            for b in range(start, stop):
                ws.into(folded, "matmul", matrix, half[:, b, ...])
                self._unfold(folded, result[b, ...])

        ws.split(work, B, math.prod(result.shape))
        return self._shaped(result)

    def _unfold(self, folded: Any, out: Any) -> None:
        """From sums and differences, (groups, classes, J, …), to each s in P, (J, |P|, …)."""
        for c, (s, t) in enumerate(zip(*(p.tolist() for p in self._pairs), strict=True)):
            if self.folds:
                self.workspace.into(out[:, s, ...], "add", folded[0, c, ...], folded[1, c, ...])
                self.workspace.into(out[:, t, ...], "subtract", folded[0, c, ...], folded[1, c, ...])
            elif c < out.shape[1]:  # without the axis of P there is one class
                out[:, s, ...] = folded[0, c, ...]

    def _shaped(self, result: Any) -> Any:
        B, J, order = result.shape[:3]
        return self.workspace.xp.reshape(result, (B, J, *(order,) * self.point_axis, *self.cells))

    # -- constants ----------------------------------------------------------------------------------------------------

    def _constant(self, name: str, make: Callable[[], Floats], like: Any) -> Any:
        return self.workspace.constant(f"{self.role} {name}", make, like)

    def _index(self, name: str, make: Callable[[], Integers], like: Any) -> Any:
        return self.workspace.index(f"{self.role} {name}", make, like)
