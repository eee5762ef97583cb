"""Where each row of channels of the blocks comes from and goes to: the group's transform as two tables of indices.

Main definitions
    Layout: how many rows and columns a block has, the table that gathers blocks from frequencies, and the one back.

Notation
    Frequencies come in groups: the sums p and the differences m over ±s if -1 is in P, else x̂ itself; then the last
    group negated. A row is J channels at (group, u, Re or Im, the other coordinates, b, class).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gcalc.fast.spectrum import Spectrum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

__all__ = ["Layout"]


@dataclass(frozen=True)
class Layout:
    """The blocks of arrays with or without the axis of P.

    Attributes:
        spectrum: the orbits of frequencies.
        role: "input", "output" or "filter": the columns of outputs stand for the inverses of a filter's rows.
        point_axis: whether the arrays have the axis of P.
    """

    spectrum: Spectrum
    role: str
    point_axis: bool

    @property
    def folds(self) -> bool:
        """Whether sums and differences over ±s are taken."""
        return self.spectrum.central and self.point_axis

    @property
    def groups(self) -> int:
        """How many groups of frequencies there are, without the negated one."""
        return 2 if self.folds else 1

    @property
    def columns(self) -> int:
        """How many columns a block has for each class of s."""
        return 1 if self.spectrum.central and not self.point_axis else 2

    @property
    def rows(self) -> int:
        """How many rows a block has for each class of ρ."""
        return 2 if self.spectrum.central or self.role == "filter" else 1

    @property
    def rows_back(self) -> int:
        """How many rows the blocks have that an array is made of: a filter's second row says nothing new."""
        return 2 if self.spectrum.central else 1

    @property
    def parts(self) -> int:
        """How many columns those blocks have: where there are two, the second is there negated too."""
        return 3 if self.columns == 2 else 1

    @property
    def classes(self) -> int:
        """How many classes of s there are."""
        return len(self.spectrum.classes) if self.point_axis else 1

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

    def gather_index(self, B: int) -> Integers:
        """For each row of channels of the blocks the row of the frequencies it is, in the order of `forward`."""
        S = self.spectrum
        _, frequency, conjugate = S.rows
        number, sign = self._products()
        shape = (len(S.orbits), self.rows, len(S.classes), self.columns, self.classes)
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

    def scatter_index(self, B: int) -> Integers:
        """For each row of channels of the frequencies the row of the blocks it is, in the order of `inverse`."""
        S = self.spectrum
        orbit, row_class, found = S.sources
        number, sign = self._products()
        number, sign = number[orbit, row_class], sign[orbit, row_class]  # (stored, columns)
        column = np.argsort(number, axis=1)  # the column of each class
        sign = np.take_along_axis(sign, column, axis=1)
        group, part = np.arange(self.groups)[:, None, None, None], np.arange(2)[:, None, None]
        rows = self.rows_back
        if S.central:
            source = np.where(group == 0, 0, np.where(sign > 0, 1, 2))  # (groups, 1, stored, classes)
            row = part
        else:
            source = np.where(part == 0, 0, np.where(found[:, None] >= 0, 1, 2))
            row = 0 * part
        place = (orbit[:, None] * rows + row) * len(S.classes) + row_class[:, None]
        place = np.broadcast_to(place, (self.groups, 2, S.stored, self.classes))
        place = place[..., None, :] * B + np.arange(B)[:, None]
        place = (place * self.parts + source[..., None, :]) * self.classes + column[:, None, :]
        place = place.reshape(self.groups, 2, S.h, S.rest, B, self.classes)
        return place.swapaxes(1, 2).reshape(self.groups, S.h, -1)
