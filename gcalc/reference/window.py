"""The sums on the pixels of an array, with box filters and a boundary, for one example at a time.

Main definitions
    images: for each output g = (s, x) the points gy of the window at which a box filter reads.
    correlate, input_gradient, filter_gradient: sums over Z^2 of functions that are zero outside the window.

Notation
    An output is a function on ``g = (s, x)``, s in the point group P and x a cell. A filter lives on offsets
    ``y = o``, and then ``gy = x + s·o``; on a window with a point axis it lives on ``y = (t, o)``, and then
    ``gy = (st, x + s·o)``. Lists run over flat indices: ``f[j][x]``, ``psi[k][j][y]``, ``d[k][g]``; a batch
    of examples b comes after its channel: ``f[j][b][x]``, ``d[k][b][g]``.

Implementation notes
    ``boundary="zero"`` lets x run over the window. ``boundary="valid"`` lets it run over those cells for
    which ``x + s·box`` lies inside, starting, for each s, at the first of them.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from gcalc.reference.box import fibres, offsets, turn
from gcalc.spaces.boxes import box_axes, lattice, window_output_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gcalc.reference.finite import Batches, Filters, Functions
    from gcalc.spaces.window import Window, WindowRegular

    AnyWindow = Window | WindowRegular

__all__ = ["correlate", "filter_gradient", "images", "input_gradient"]


def correlate(W: AnyWindow, f: Functions, psi: Filters, box: Sequence[int], boundary: str) -> list[list[Any]]:
    """``y_k(g) = sum_y sum_j f_j(gy) psi_j^k(y)``, the sum over x = gy with f zero outside."""
    result = []
    for psi_k in psi:
        channels = list(zip(f, psi_k, strict=True))
        y_k = []
        for g in images(W, box, boundary):
            total = 0
            for y, gy in enumerate(g):
                if gy is not None:
                    for f_j, psi_kj in channels:
                        total += f_j[gy] * psi_kj[y]
            y_k.append(total)
        result.append(y_k)
    return result


def input_gradient(
    W: AnyWindow, d: Functions, psi: Filters, box: Sequence[int], boundary: str
) -> list[list[Any]]:
    """``dL/df_j(x) = sum_g sum_{y: gy = x} sum_k d_k(g) psi_j^k(y)``."""
    gradient: list[list[Any]] = [[0] * W.size for _ in psi[0]]
    for g, points in enumerate(images(W, box, boundary)):
        for y, x in enumerate(points):
            if x is not None:
                for d_k, psi_k in zip(d, psi, strict=True):
                    for gradient_j, psi_kj in zip(gradient, psi_k, strict=True):
                        gradient_j[x] += d_k[g] * psi_kj[y]
    return gradient


def filter_gradient(
    W: AnyWindow, d: Batches, f: Batches, box: Sequence[int], boundary: str
) -> list[list[list[Any]]]:
    """``dL/dpsi_j^k(y) = sum_g d_k(g) f_j(gy)``, f zero outside, summed over the examples of a batch."""
    size = prod(box_axes(W, box).sizes)
    gradient: list[list[list[Any]]] = [[[0] * size for _ in f] for _ in d]
    for g, points in enumerate(images(W, box, boundary)):
        for y, gy in enumerate(points):
            if gy is not None:
                for d_k, gradient_k in zip(d, gradient, strict=True):
                    for f_j, gradient_kj in zip(f, gradient_k, strict=True):
                        for d_bk, f_bj in zip(d_k, f_j, strict=True):
                            gradient_kj[y] += d_bk[g] * f_bj[gy]
    return gradient


def images(W: AnyWindow, box: Sequence[int], boundary: str) -> Iterator[list[int | None]]:
    """For each ``g = (s, x)`` the index of ``gy`` for each ``y = (t, o)``, None where gy is outside W."""
    rows, cols = lattice(W)
    out_rows, out_cols = window_output_shape(W, box, boundary)[1:]
    for s, fibre in zip(W.point_group, fibres(W.point_group, W.is_regular), strict=True):
        turned = [turn(s, o) for o in offsets(box)]
        top, left = first_cell(turned) if boundary == "valid" else (0, 0)
        for row, col in product(range(top, top + out_rows), range(left, left + out_cols)):
            cells = [
                (row + i) * cols + col + j if 0 <= row + i < rows and 0 <= col + j < cols else None
                for i, j in turned
            ]
            yield [None if cell is None else st * rows * cols + cell for st in fibre for cell in cells]


def first_cell(turned: Sequence[tuple[int, ...]]) -> tuple[int, int]:
    """The first x, in each coordinate, for which x + o is inside for every o."""
    return -min(i for i, _ in turned), -min(j for _, j in turned)
