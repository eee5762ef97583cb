"""The matrices of the Fourier transform on a torus (Z/N)^d, from any positions to the stored frequencies and back.

Main definitions
    Matrices: of the first axis, of the others, and of all together; real and imaginary parts as separate rows.

Notation
    Group 0 is a transform's ``(Re, Im)``, group 1 that of i times it, ``(-Im, Re)``. The stored frequencies have a
    first coordinate u = 0, …, N//2; the inverse counts each as often as its weight says, since it stands for ±w. The
    inverse's matrices are the transposes, since both are real and orthogonal but for those factors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gcalc.fast.spectrum import Spectrum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Matrices"]


@dataclass(frozen=True)
class Matrices:
    """The matrices for functions on given positions.

    Attributes:
        spectrum: the frequencies.
        positions: for each lattice axis the coordinates of its cells.
        scale: a factor of the inverse.
    """

    spectrum: Spectrum
    positions: Sequence[range]
    scale: float

    @property
    def _cells(self) -> tuple[int, int]:
        """How many positions the first axis has, and the others together."""
        first, *others = (len(p) for p in self.positions)
        return first, math.prod(others)

    def _angles(self, axes: slice) -> Floats:
        """``2π w·t/N``, w·t exact mod N, for the stored w and the positions t on these axes: (w, t)."""
        S, dimension = self.spectrum, len(self.positions)
        sizes = [S.h if axis == 0 else S.N for axis in range(dimension)][axes]
        if not sizes:
            return np.zeros((1, 1))
        w = np.indices(sizes).reshape(len(sizes), -1)
        t = np.stack([axis.ravel() for axis in np.meshgrid(*self.positions[axes], indexing="ij")])
        return np.asarray(2 * np.pi * ((w.T @ t) % S.N) / S.N)

    def first(self) -> Floats:
        """Real cells to (u, Re or Im), (2h, cells)."""
        angle = self._angles(slice(0, 1))
        return np.stack([np.cos(angle), -np.sin(angle)], axis=1).reshape(-1, self._cells[0])

    def others(self, group: int) -> Floats:
        """(Re or Im, cells) to (Re or Im, frequency), (2·rest, 2·cells)."""
        angle = self._angles(slice(1, None))
        real = np.concatenate([np.cos(angle), np.sin(angle)], axis=1)
        imaginary = np.concatenate([-np.sin(angle), np.cos(angle)], axis=1)
        return _in_group(group, real, imaginary).reshape(-1, 2 * self._cells[1])

    def dense(self, group: int) -> Floats:
        """For each u real cells to (Re or Im, frequency), (h, 2·rest, cells)."""
        angle = self._angles(slice(0, None))
        return self._by_first(_in_group(group, np.cos(angle), -np.sin(angle)))

    def first_inverse(self) -> Floats:
        """(u, Re or Im) to real cells, (cells, 2h)."""
        return self.first().T * self.scale

    def others_inverse(self, group: int) -> Floats:
        """For each u (Re or Im, frequency) to (Re or Im, cells), (h, 2·rest, 2·cells)."""
        S, matrix = self.spectrum, self.others(group)
        return np.repeat(S.weights, 2, axis=0).reshape(S.h, 2 * S.rest, 1) * matrix

    def dense_inverse(self, group: int) -> Floats:
        """For each u (Re or Im, frequency) to real cells, (h, cells, 2·rest)."""
        S = self.spectrum
        weights = np.repeat(S.weights, 2, axis=0).reshape(S.h, 2 * S.rest, 1) * self.scale
        return (weights * self.dense(group)).swapaxes(1, 2)

    def _by_first(self, pair: Floats) -> Floats:
        """From (2, h·rest, cells) to (h, 2·rest, cells)."""
        S, cells = self.spectrum, pair.shape[2]
        return pair.reshape(2, S.h, S.rest, cells).swapaxes(0, 1).reshape(S.h, 2 * S.rest, cells)


def _in_group(group: int, real: Floats, imaginary: Floats) -> Floats:
    """The rows (Re, Im), or (-Im, Re)."""
    return np.stack([real, imaginary] if group == 0 else [-imaginary, real])
