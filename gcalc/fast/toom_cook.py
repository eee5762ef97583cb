"""The Toom–Cook (Winograd) algorithm F(m, r) on an axis, in exact fractions.

Main definitions
    toom_cook: the three matrices of the algorithm.
    Tiling: the algorithm on all tiles of an axis, its boundary included, as two matrices.

Main statements
    F(m, r) correlates r taps g with ``a = m + r - 1`` values d in a products: ``y = Aᵀ [(G g) ⊙ (B d)]``, m outputs
    ``y_i = sum_z d_{i+z} g_z``. On an axis let R hold a copy of B for each tile, where it reads, and S one of A, where
    it writes; then ``y = Sᵀ [(G g) ⊙ (R f)]``, the same G g at every tile.

References:
    S. Winograd, *Arithmetic Complexity of Computations* (SIAM, 1980); A. Lavin, S. Gray, *Fast Algorithms for
    Convolutional Neural Networks* (CVPR 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import product
from math import gcd, lcm, prod

__all__ = ["POINTS_OF", "Tiling", "toom_cook"]

Matrix = list[list[Fraction]]

POINTS_OF = {1: 1, 2: 6, 3: 6, 4: 6, 5: 8, 6: 8, 7: 8}
"""The number a of points for r taps, so F(4, 3), F(4, 5), F(2, 7). More points save products and lose digits."""

POINTS = tuple(map(Fraction, ("0", "1", "-1", "2", "-1/2", "1/2", "-2")))
"""The finite points, in the order in which they are taken: powers of two, so that A and B are exact in floats; x with
-1/x, which loses the fewest digits of the sets tried."""


@cache
def toom_cook(m: int, r: int) -> tuple[Matrix, Matrix, Matrix]:
    """The matrices (A, G, B), (a, m), (a, r) and (a, a), of ``y = Aᵀ [(G g) ⊙ (B d)]``, ``y_i = sum_z d_{i+z} g_z``.

    Evaluation of polynomials with m and r coefficients at a points, product, interpolation; and the transpose of this
    in one factor. A row p of A and G has the powers of the point p; of B the coefficients of ``prod_{q≠p} (x - q)``,
    over the finite q. G is divided by the value of that at p, and B scaled to integers without a common factor.

    >>> A, G, B = toom_cook(2, 2)
    >>> [[int(x) for x in row] for row in B]                      # the points 0, 1, ∞
    [[-1, 1, 0], [0, 1, 0], [0, -1, 1]]
    """
    points = POINTS[: m + r - 2]
    A = [[p**i for i in range(m)] for p in points] + [_last(m)]
    G = [[p**z for z in range(r)] for p in points] + [_last(r)]
    B = []
    for row, p in zip(G, (*points, None), strict=True):
        others = [q for q in points if q != p]
        coefficients = _monic(others)
        value = Fraction(1) if p is None else prod((p - q for q in others), start=Fraction(1))
        scale = Fraction(
            lcm(*(x.denominator for x in coefficients)), gcd(*(x.numerator for x in coefficients))
        )
        B.append([x * scale for x in coefficients] + [Fraction(0)] * (len(points) + 1 - len(coefficients)))
        row[:] = [x / (value * scale) for x in row]
    return A, G, B


def _last(n: int) -> list[Fraction]:
    """The leading coefficient of n: the value at ∞."""
    return [Fraction(0)] * (n - 1) + [Fraction(1)]


def _monic(roots: Sequence[Fraction]) -> list[Fraction]:
    """The coefficients of ``prod (x - q)``, from the constant up."""
    coefficients = [Fraction(1)]
    for q in roots:
        shifted = [Fraction(0), *coefficients]
        coefficients = [
            high - q * low for high, low in zip(shifted, [*coefficients, Fraction(0)], strict=True)
        ]
    return coefficients


@dataclass(frozen=True)
class Tiling:
    """F(m, r) on all tiles of one axis.

    Attributes:
        r: the number of taps.
        sites: the size of the input's axis.
        outputs: the size of the output's axis.
        start: the input site that the first tap of the first output reads; below 0 it is outside.
        wraps: whether the axis is a circle; else the input is zero outside.
    """

    r: int
    sites: int
    outputs: int
    start: int
    wraps: bool

    @property
    def points(self) -> int:
        """The number a of points, and of values that a tile reads."""
        return POINTS_OF[self.r]

    @property
    def m(self) -> int:
        """The outputs of a tile."""
        return self.points - self.r + 1

    @property
    def tiles(self) -> int:
        """The number of tiles; the last may reach beyond the outputs."""
        return -(-self.outputs // self.m)

    @cached_property
    def matrices(self) -> tuple[Matrix, Matrix, Matrix]:
        """A, G and B."""
        return toom_cook(self.m, self.r)

    @cached_property
    def reads(self) -> Matrix:
        """R, (a·tiles, sites): row (p, i) is what the point p of the tile i takes from the input."""
        B = self.matrices[2]
        rows = [[Fraction(0)] * self.sites for _ in range(self.points * self.tiles)]
        for (p, i), row in zip(product(range(self.points), range(self.tiles)), rows, strict=True):
            # What only outputs beyond the last would read is left out.
            for w in range(min(self.points, self.outputs + self.r - 1 - self.m * i)):
                site = self.start + self.m * i + w
                if self.wraps or 0 <= site < self.sites:
                    row[site % self.sites] += B[p][w]
        return rows

    @cached_property
    def writes(self) -> Matrix:
        """S, (a·tiles, outputs): row (p, i) is what the point p of the tile i adds to the output."""
        A = self.matrices[0]
        rows = [[Fraction(0)] * self.outputs for _ in range(self.points * self.tiles)]
        for (p, i), row in zip(product(range(self.points), range(self.tiles)), rows, strict=True):
            row[self.m * i : self.m * (i + 1)] = A[p][: self.outputs - self.m * i]
        return rows

    @cached_property
    def gains(self) -> dict[str, Fraction]:
        """For each operator the most that the absolute values of R, S and G on the way to one value sum to."""
        reads, writes, G = _absolute(self.reads), _absolute(self.writes), _absolute(self.matrices[1])
        taps = [total for total in map(_total, G) for _ in range(self.tiles)]
        read, written = [*map(_total, reads)], [*map(_total, writes)]
        both = [x * y for x, y in zip(read, written, strict=True)]
        at_points = [_total(both[i : i + self.tiles]) for i in range(0, len(both), self.tiles)]
        return {
            "correlate": _most(writes, [x * y for x, y in zip(taps, read, strict=True)]),
            "input_gradient": _most(reads, [x * y for x, y in zip(taps, written, strict=True)]),
            "filter_gradient": _most(G, at_points),
        }

    @cached_property
    def roundings(self) -> dict[str, int]:
        """For each operator how many terms R and S sum on the way to one value; products with zeros are exact."""
        reads, writes = (
            [[int(x != 0) for x in row] for row in matrix] for matrix in (self.reads, self.writes)
        )
        read, written = max(map(sum, reads)), max(map(sum, writes))
        return {
            "correlate": read + max(map(sum, zip(*writes, strict=True))),
            "input_gradient": written + max(map(sum, zip(*reads, strict=True))),
            "filter_gradient": read + written,
        }


def _absolute(matrix: Matrix) -> Matrix:
    return [[abs(x) if x else x for x in row] for row in matrix]


def _total(row: Sequence[Fraction]) -> Fraction:
    return sum(filter(None, row), Fraction(0))


def _most(matrix: Matrix, weights: Sequence[Fraction]) -> Fraction:
    """The largest entry of ``weights · matrix``."""
    columns = zip(*matrix, strict=True)
    return max(_total([w * x for w, x in zip(weights, column, strict=True) if x]) for column in columns)
