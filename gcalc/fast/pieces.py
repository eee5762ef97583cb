"""A long axis cut into pieces that overlap where they are read, so that dense matrices over a piece stay small.

Main definitions
    cut: the tiling of one piece, and where the pieces lie on the axis.
    Side: the input or the output of a plane, with its matrices and pieces.

Notation
    A run is a pair of slices of equal length, of the piece and of the axis. What no run covers is zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod

from gcalc.fast.toom_cook import Matrix, Tiling

__all__ = ["Runs", "Side", "cut"]

Runs = list[tuple[slice, slice]]
Place = list[tuple[tuple[slice, slice], tuple[slice, slice]]]

MOST = 16
"""An axis of more tiles is cut."""

LEAST = 8
"""Pieces are about so many tiles long at least: products with smaller matrices are slower than they are fewer."""


def cut(tiling: Tiling) -> tuple[Tiling, list[Runs], list[Runs]]:
    """The tiling of a piece, and for each piece the runs of the input and of the output.

    The boundary is in the runs, so a piece has none; an axis that is not cut keeps it in its tiling.

    >>> piece, reads, writes = cut(Tiling(3, 68, 68, -1, wraps=True))
    >>> piece
    Tiling(r=3, sites=38, outputs=36, start=0, wraps=False)
    >>> reads[0]
    [(slice(0, 1, None), slice(67, 68, None)), (slice(1, 38, None), slice(0, 37, None))]
    """
    counts = range(-(-tiling.tiles // MOST), -(-tiling.tiles // LEAST) + 1)
    count = min(counts, key=lambda n: (n * -(-tiling.tiles // n), n))
    if count == 1:
        whole = slice(0, tiling.sites), slice(0, tiling.outputs)
        return tiling, [[(whole[0], whole[0])]], [[(whole[1], whole[1])]]
    size = tiling.m * -(-tiling.tiles // count)
    reads, writes = [], []
    for first in range(0, size * count, size):
        outputs = max(0, min(size, tiling.outputs - first))
        writes.append(_runs(list(range(first, first + outputs)), tiling.outputs))
        read = (
            range(tiling.start + first, tiling.start + first + outputs + tiling.r - 1)
            if outputs
            else range(0)
        )
        reads.append(_runs([site % tiling.sites if tiling.wraps else site for site in read], tiling.sites))
    return Tiling(tiling.r, size + tiling.r - 1, size, 0, wraps=False), reads, writes


def _runs(places: list[int], size: int) -> Runs:
    """Runs of consecutive places that are inside."""
    runs: Runs = []
    for i, place in enumerate(places):
        if not 0 <= place < size:
            continue
        if runs and runs[-1][0].stop == i and runs[-1][1].stop == place:
            runs[-1] = slice(runs[-1][0].start, i + 1), slice(runs[-1][1].start, place + 1)
        else:
            runs.append((slice(i, i + 1), slice(place, place + 1)))
    return runs


@dataclass(frozen=True)
class Side:
    """The input or the output of a plane, cut into pieces.

    Attributes:
        name: "input" or "output".
        shape: the axes of an array after its channels.
        rows: the matrix R or S of a piece's rows.
        columns: that of its columns.
        row_runs: the runs of each piece of the rows.
        column_runs: those of the columns.
    """

    name: str
    shape: tuple[int, ...]
    rows: Matrix
    columns: Matrix
    row_runs: list[Runs]
    column_runs: list[Runs]

    @property
    def fibre(self) -> int:
        """The number of maps of a channel."""
        return prod(self.shape[:-2])

    @property
    def piece(self) -> tuple[int, int]:
        """The sizes of a piece."""
        return len(self.rows[0]), len(self.columns[0])

    @cached_property
    def pieces(self) -> list[Place]:
        """For each piece pairs of rectangles of equal shape, of the piece and of the lattice."""
        return [
            [((x, y), (row, column)) for (x, row), (y, column) in product(rows, columns)]
            for rows, columns in product(self.row_runs, self.column_runs)
        ]

    def images(self, block: slice, B: int, at_once: int) -> Iterator[tuple[Place, slice, slice]]:
        """The images of a block of all pieces' B images: their piece, where they are in the block, and which they are.

        So many at once at most.
        """
        for p, place in enumerate(self.pieces):
            start, stop = max(block.start, p * B), min(block.stop, (p + 1) * B)
            for lo in range(start, stop, max(at_once, 1)):
                hi = min(lo + at_once, stop)
                yield place, slice(lo - block.start, hi - block.start), slice(lo - p * B, hi - p * B)
