"""The Fourier transform of functions on (Z/N)^d ⋊ P into real blocks, and back, as matrix products and gathers.

Main definitions
    Transform: from arrays in the public layout to the blocks of `Spectrum`, and its inverse.

Implementation notes
    The axes of the torus are transformed by dense matrices: for the sizes of feature maps that is faster than an FFT, and it
    takes any positions, so boxes, windows and padding need no copies. In the first step the sums and differences over ±s are
    taken and the first axis is transformed; in the second the remaining axes, which also moves the frequencies to the front;
    in the third one gather of rows of channels puts every block together. Minus signs are read from a negated copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

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
        """Count rows, columns and parts."""
        central = self.spectrum.central
        self.folds = central and self.point_axis
        self.groups = 2 if self.folds else 1
        self.columns = 1 if central and not self.point_axis else 2
        self.rows = 2 if central or self.role == "filter" else 1
        self.parts = 3 if self.columns == 2 else 1
        self.classes = len(self.spectrum.classes) if self.point_axis else 1
        self.cells = tuple(len(p) for p in self.positions)
        self.first, self.others = self.cells[0], int(np.prod(self.cells[1:], dtype=np.int64))
        self.dense = int(np.prod(self.cells)) <= DENSE

    @property
    def row_classes(self) -> int:
        """How many rows ρ a block has, without the real basis and the batch."""
        return len(self.spectrum.classes)

    # -- forward ------------------------------------------------------------------------------------------------------

    def forward(self, x: Any, name: str) -> Any:
        """The blocks of x, (orbits, rows·classes·B, columns·classes·J)."""
        B, J = x.shape[:2]
        spectrum = self._dense_forward(x) if self.dense else self._separate_forward(x)
        index = self.workspace.constant(f"{self.role} gather {B}", lambda: self._gather_index(B), x)
        blocks = self.workspace.take(name, spectrum.reshape((-1, J)), index)
        orbits = len(self.spectrum.orbits)
        return blocks.reshape((orbits, self.rows * self.row_classes * B, self.columns * self.classes * J))

    def _dense_forward(self, x: Any) -> Any:
        """Frequencies of small arrays: (groups and a negative, h, 2, rest, B, classes, J), by one matrix a group."""
        ws, xp = self.workspace, self.workspace.xp
        B, J = x.shape[:2]
        x = xp.permute_dims(x.reshape((B, J, -1, self.first * self.others)), (3, 0, 2, 1))
        spectrum = []
        shape = (self.spectrum.h, 2, self.spectrum.rest, B, self.classes, J)
        buffer = self._spectrum_buffer(shape, x)
        for g, folded in enumerate(self._fold(x, 2)):
            matrix = self._constant(f"dense {g}", lambda g=g: self._dense_matrix(g), x)
            out = None if buffer is None else buffer[g].reshape(matrix.shape[0], -1)
            spectrum.append(ws.matmul("", matrix, folded.reshape((folded.shape[0], -1)), out=out))
        return self._with_negative(spectrum, buffer, shape)

    def _separate_forward(self, x: Any) -> Any:
        """Frequencies, (groups and a negative, h, 2, rest, B, classes, J): the first axis, then the others."""
        ws, S = self.workspace, self.spectrum
        B, J = x.shape[:2]
        first = self._constant("first", self._first_matrix, x)
        half = self._first_axis(x.reshape((B, J, -1, self.first, self.others)), first)
        shape = (S.h, 2, S.rest, B, self.classes, J)
        buffer = self._spectrum_buffer(shape, x)
        spectrum = []
        for g, z in enumerate(half):
            matrix = self._constant(f"others {g}", lambda g=g: self._others_matrix(g), x)
            z = z.reshape((B * self.classes * J, S.h, 2 * self.others))
            out = None if buffer is None else buffer[g].reshape(S.h, 2 * S.rest, -1)
            spectrum.append(ws.matmul("", matrix[None], ws.xp.permute_dims(z, (1, 2, 0)), out=out))
        return self._with_negative(spectrum, buffer, shape)

    def _first_axis(self, x: Any, matrix: Any) -> Any:
        """Sums and differences over ±s, then the first axis: for each group (B, classes, J, h·2, others)."""
        ws = self.workspace
        B, J = x.shape[:2]
        if not ws.is_numpy:
            return [ws.xp.matmul(matrix, f) for f in self._fold(ws.xp.permute_dims(x, (0, 2, 1, 3, 4)), 1)]
        half = ws.empty("half", (self.groups, B, self.classes, J, matrix.shape[0], self.others), x.dtype)

        def work(start: int, stop: int) -> None:
            for b in range(start, stop):
                for g, folded in enumerate(self._fold(x[b].transpose(1, 0, 2, 3), 0)):
                    np.matmul(matrix, folded, out=half[g, b])

        ws.split(work, B, x.size)
        return half

    def _fold(self, x: Any, axis: int) -> list[Any]:
        """``x_s + x_-s`` and ``x_s - x_-s`` for one s of each class, P being the given axis; or x alone."""
        if not self.folds:
            return [x]
        take = self.workspace.xp.take
        first, second = (self._constant(f"pairs {i}", lambda i=i: self._pairs[i], x, np.int64) for i in (0, 1))
        a, b = take(x, first, axis=axis), take(x, second, axis=axis)
        return [a + b, a - b]

    @property
    def _pairs(self) -> tuple[Integers, Integers]:
        S = self.spectrum
        return S.classes, S.negative[S.classes] if S.negative is not None else S.classes

    def _spectrum_buffer(self, shape: tuple[int, ...], x: Any) -> Any:
        if not self.workspace.is_numpy:
            return None
        return self.workspace.empty("spectrum", (self.groups + (self.columns == 2), *shape), x.dtype)

    def _with_negative(self, spectrum: list[Any], buffer: Any, shape: tuple[int, ...]) -> Any:
        """The groups' frequencies one after another, and those of the last group negated if blocks need them."""
        if self.columns == 1:
            return spectrum[0]
        if buffer is not None:
            last, negative = buffer[-2], buffer[-1]
            self.workspace.split(
                lambda i, j: np.negative(last[i:j], out=negative[i:j]), len(last), last.size
            )
            return buffer
        xp = self.workspace.xp
        return xp.stack([z.reshape(shape) for z in [*spectrum, -spectrum[-1]]])

    # -- inverse ------------------------------------------------------------------------------------------------------

    def inverse(self, blocks: Any, B: int, J: int) -> Any:
        """The array (B, J, [|P|,] *cells) with these blocks, (orbits, rows·classes·B, parts·classes·J)."""
        ws, S = self.workspace, self.spectrum
        index = ws.constant(f"{self.role} scatter {B}", lambda: self._scatter_index(B), blocks)
        spectrum = ws.take("spectrum back", blocks.reshape((-1, J)), index)
        spectrum = spectrum.reshape((self.groups, S.h, 2 * S.rest, B * self.classes * J))
        if self.dense:
            return self._dense_inverse(spectrum, B, J)
        half = ws.empty("half", (self.groups, B * self.classes * J, S.h, 2 * self.others), blocks.dtype) if ws.is_numpy else None
        groups = []
        for g in range(self.groups):
            matrix = self._constant(f"others back {g}", lambda g=g: self._others_inverse(g), blocks)
            out = None if half is None else half[g].transpose(1, 0, 2)
            z = ws.matmul("", ws.xp.permute_dims(spectrum[g], (0, 2, 1)), matrix, out=out)
            groups.append(half[g] if half is not None else ws.xp.permute_dims(z, (1, 0, 2)))
        first = self._constant("first back", self._first_inverse, blocks)
        shape = (B, self.classes, J, 2 * S.h, self.others)
        return self._last_axis([z.reshape(shape) for z in groups], first, blocks.dtype)

    def _dense_inverse(self, spectrum: Any, B: int, J: int) -> Any:
        ws, xp = self.workspace, self.workspace.xp
        groups = []
        for g in range(self.groups):
            matrix = self._constant(f"dense back {g}", lambda g=g: self._dense_inverse_matrix(g), spectrum)
            cells = xp.matmul(matrix, spectrum[g].reshape((matrix.shape[1], -1)))
            groups.append(xp.permute_dims(cells.reshape((-1, B, self.classes, J)), (1, 3, 2, 0)))
        x = self._unfold(groups, 2)
        return x.reshape((B, J, *(x.shape[2:3] if self.point_axis else ()), *self.cells)) + 0

    def _last_axis(self, half: list[Any], matrix: Any, dtype: Any) -> Any:
        """The first axis back, then from sums and differences to s and -s: (B, J, [|P|,] *cells)."""
        ws = self.workspace
        B, _, J = half[0].shape[:3]
        order = self.spectrum.P.order if self.point_axis else 1
        shape = (B, J, *(order,) * self.point_axis, *self.cells)
        if not ws.is_numpy:
            groups = [ws.xp.permute_dims(ws.xp.matmul(matrix, z), (0, 2, 1, 3, 4)) for z in half]
            return self._unfold(groups, 2).reshape(shape)
        result = np.empty((B, J, order, self.first, self.others), dtype)
        first, second = self._pairs

        def work(start: int, stop: int) -> None:
            for b in range(start, stop):
                x = result[b].transpose(1, 0, 2, 3)
                if not self.folds:
                    np.matmul(matrix, half[0][b], out=x)
                    continue
                plus, minus = (np.matmul(matrix, z[b]) for z in half)
                for c, (s, t) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
                    np.add(plus[c], minus[c], out=x[s])
                    np.subtract(plus[c], minus[c], out=x[t])

        ws.split(work, B, result.size)
        return result.reshape(shape)

    def _unfold(self, groups: list[Any], axis: int) -> Any:
        """From sums and differences, classes being the given axis, to s and -s in P's order."""
        if not self.folds:
            return groups[0]
        xp = self.workspace.xp
        both = xp.concat([groups[0] + groups[1], groups[0] - groups[1]], axis=axis)
        order = self._constant("unfold", lambda: np.argsort(np.concatenate(self._pairs)), both, np.int64)
        return xp.take(both, order, axis=axis)

    # -- constants ----------------------------------------------------------------------------------------------------

    def _constant(self, name: str, make: Any, like: Any, dtype: Any = None) -> Any:
        kind = str(like.dtype) if dtype is None else "index"
        ws = self.workspace

        def cast() -> NDArray[Any]:
            array = make()
            return np.ascontiguousarray(array, dtype=dtype or kind.rpartition(".")[2])

        return ws.constant(f"{self.role} {name} {kind}", cast, like)

    def _angles(self, axes: slice) -> Floats:
        """``2π w·t/N`` for all stored w and all positions t on these axes, (frequencies, positions); exact mod N."""
        first = axes.start == 0
        sizes = [self.spectrum.h if first and i == 0 else self.spectrum.N for i in range(len(self.positions))[axes]]
        w = np.indices(sizes).reshape(len(sizes), -1)
        t = np.stack([m.ravel() for m in np.meshgrid(*self.positions[axes], indexing="ij")]) if sizes else np.zeros((0, 1), dtype=np.int64)
        products = w.T @ t if sizes else np.zeros((1, 1), dtype=np.int64)
        return 2 * np.pi * (products % self.spectrum.N) / self.spectrum.N

    def _rotated(self, real: Floats, imaginary: Floats, g: int) -> Floats:
        """Rows (Re, Im), or (-Im, Re) for the differences."""
        return np.stack([real, imaginary] if g == 0 else [-imaginary, real])

    def _first_matrix(self) -> Floats:
        angle = self._angles(slice(0, 1))
        return np.stack([np.cos(angle), -np.sin(angle)], axis=1).reshape(-1, self.first)

    def _others_matrix(self, g: int) -> Floats:
        angle = self._angles(slice(1, None))
        real = np.concatenate([np.cos(angle), np.sin(angle)], axis=1)
        imaginary = np.concatenate([-np.sin(angle), np.cos(angle)], axis=1)
        return self._rotated(real, imaginary, g).reshape(2 * self.spectrum.rest, 2 * self.others)

    def _dense_matrix(self, g: int) -> Floats:
        angle = self._angles(slice(0, None))
        pair = self._rotated(np.cos(angle), -np.sin(angle), g)  # (2, h·rest, cells)
        cells = angle.shape[1]
        return pair.reshape(2, self.spectrum.h, -1, cells).transpose(1, 0, 2, 3).reshape(-1, cells)

    @property
    def _scale(self) -> float:
        """Of the inverse: 1/N^d, and a half where sums and differences are undone."""
        return self.gain / self.spectrum.N ** len(self.positions) / (2 if self.folds else 1)

    def _first_inverse(self) -> Floats:
        angle = self._angles(slice(0, 1)).T
        return np.stack([np.cos(angle), -np.sin(angle)], axis=2).reshape(self.first, -1) * self._scale

    def _others_inverse(self, g: int) -> Floats:
        """For each first coordinate, (Re, Im)·rest to (Re, Im)·others, (h, 2·rest, 2·others)."""
        angle = self._angles(slice(1, None))
        real = np.concatenate([np.cos(angle), np.sin(angle)], axis=1)  # what Re contributes to (Re z, Im z)
        imaginary = np.concatenate([-np.sin(angle), np.cos(angle)], axis=1)
        pair = self._rotated(real, imaginary, g)
        weighted = pair[None] * self.spectrum.weights[:, None, :, None]
        return weighted.reshape(self.spectrum.h, 2 * self.spectrum.rest, 2 * self.others)

    def _dense_inverse_matrix(self, g: int) -> Floats:
        angle = self._angles(slice(0, None))
        weights = self.spectrum.weights.reshape(-1, 1) * self._scale
        pair = self._rotated(weights * np.cos(angle), -weights * np.sin(angle), g)
        cells = angle.shape[1]
        return pair.reshape(2, self.spectrum.h, -1, cells).transpose(1, 0, 2, 3).reshape(-1, cells).T

    # -- index tables -------------------------------------------------------------------------------------------------

    def _column_elements(self) -> Integers:
        """The elements of P that a block's columns stand for, (orbits or 1, classes)."""
        S = self.spectrum
        if self.role == "output":
            return np.asarray(S.P.inverse_table[S.rows[0]])
        return S.classes[None]

    def _products(self) -> tuple[Integers, Integers]:
        """Class and sign of ρs for each orbit, row and column, (orbits, classes, classes)."""
        S = self.spectrum
        if not self.point_axis:
            none = np.zeros((*S.rows[0].shape, 1), dtype=np.int64)
            return none, none + 1
        product = S.P.multiplication_table[S.rows[0][:, :, None], self._column_elements()[:, None, :]]
        number, sign = S.class_of
        return number[product], sign[product]

    def _gather_index(self, B: int) -> Integers:
        """For each row of channels of the blocks the row of the frequencies it is, in the order of `forward`."""
        S = self.spectrum
        _, frequency, conjugate = S.rows
        number, sign = self._products()
        shape = (len(S.orbits), self.rows, self.row_classes, self.columns, self.classes)
        row, column = np.arange(self.rows)[:, None, None, None], np.arange(self.columns)[:, None]
        sign, conjugate = sign[:, None, :, None, :], conjugate[:, None, :, None, None]
        if S.central:
            group = np.where(column == 0, 0, np.where(sign > 0, 1, 2)) if self.folds else 0
            part = row
        else:  # rows (Re, Im), and for filters (-Im, Re)
            part = (row + column) % 2
            group = (part == 1) & ((row == 1) ^ (conjugate < 0))
        w = frequency[:, None, :, None, None]
        place = ((group * S.h + w // S.rest) * 2 + part) * S.rest + w % S.rest
        place = np.broadcast_to(place, shape)[:, :, :, None] * B + np.arange(B)[:, None, None]
        return (place * self.classes + number[:, None, :, None, None, :]).ravel()

    def _scatter_index(self, B: int) -> Integers:
        """For each row of channels of the frequencies the row of the blocks it is, in the order of `inverse`."""
        S = self.spectrum
        orbit, row_class, found = S.sources
        number, sign = self._products()
        number, sign = number[orbit, row_class], sign[orbit, row_class]  # (stored, columns)
        column = np.argsort(number, axis=1)  # the column of each class
        sign = np.take_along_axis(sign, column, axis=1)
        group, part = np.arange(self.groups)[:, None, None, None], np.arange(2)[:, None, None]
        rows = 2 if S.central else 1
        if S.central:
            source = np.where(group == 0, 0, np.where(sign > 0, 1, 2))  # (groups, 1, stored, classes)
            row = part
        else:
            source = np.where(part == 0, 0, np.where(found[:, None] >= 0, 1, 2))
            row = 0 * part
        place = (orbit[:, None] * rows + row) * self.row_classes + row_class[:, None]
        place = np.broadcast_to(place, (self.groups, 2, S.stored, self.classes))
        place = place[..., None, :] * B + np.arange(B)[:, None]
        place = (place * self.parts + source[..., None, :]) * self.classes + column[:, None, :]
        place = place.reshape(self.groups, 2, S.h, S.rest, B, self.classes)
        return np.ascontiguousarray(place.swapaxes(1, 2)).ravel()
