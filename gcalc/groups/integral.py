"""Integer matrices as tuples of rows, and linear equations mod 1.

Main definitions
    row_reduce: integer row operations to echelon form.
    solve_mod_1: decides ``A v = b mod Z^m`` exactly and gives a solution.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np

from gcalc.errors import InvalidGroupError, ShapeError

__all__ = [
    "Matrix",
    "Vector",
    "apply",
    "check_unimodular",
    "determinant",
    "matmul",
    "row_reduce",
    "solve_mod_1",
]

Matrix = tuple[tuple[int, ...], ...]
Vector = tuple[Fraction, ...]


def apply(M: Matrix, x: Sequence[int | Fraction]) -> Vector:
    """The vector Mx, exact.

    >>> apply(((0, -1), (1, 0)), (1, 0))
    (Fraction(0, 1), Fraction(1, 1))
    """
    if len(x) != len(M):
        raise ShapeError(f"a point needs {len(M)} coordinates, got {len(x)}: {x!r}")
    return tuple(Fraction(sum(a * b for a, b in zip(row, x, strict=True))) for row in M)


def matmul(A: Matrix, B: Matrix) -> Matrix:
    """The matrix product AB."""
    columns = tuple(zip(*B, strict=True))
    return tuple(
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns) for row in A
    )


def row_reduce(rows: Iterable[Sequence[int | Fraction]], columns: int) -> list[list[Fraction]]:
    """Echelon form of the first ``columns`` columns by integer row operations, Euclid's algorithm in each.

    Adding integer multiples of rows and exchanging rows are multiplications from the left by unimodular
    matrices. The first ``columns`` entries must be integers; further ones ride along.
    """
    A = [[Fraction(x) for x in row] for row in rows]
    top = 0
    for j in range(columns):
        while any(A[i][j] for i in range(top, len(A))):
            pivot = min((i for i in range(top, len(A)) if A[i][j]), key=lambda i: abs(A[i][j]))
            A[top], A[pivot] = A[pivot], A[top]
            below = [i for i in range(top + 1, len(A)) if A[i][j]]
            if not below:
                top += 1
                break
            for i in below:
                factor = A[i][j] // A[top][j]
                A[i] = [a - factor * b for a, b in zip(A[i], A[top], strict=True)]
    return A


def determinant(M: Matrix) -> int:
    """|det M| by integer row reduction, which changes at most the sign."""
    d = len(M)
    return abs(int(prod(row[i] for i, row in enumerate(row_reduce(M, d)))))


def solve_mod_1(A: Sequence[Sequence[int]], b: Sequence[Fraction], unknowns: int) -> Vector | None:
    """A rational v with ``A v = b mod Z^m``, or None where there is none.

    Let U be unimodular with UA in echelon form. ``Av = b + z`` for some integer z iff ``UAv = Ub + Uz``, and
    Uz is any integer vector. Rows of UA that vanish therefore need integral entries of Ub; the other rows
    have pivots in different columns, and back substitution solves them, with Uz = 0, over the rationals. So
    the test on the vanishing rows is necessary and sufficient.

    >>> solve_mod_1([(2, 0), (0, 0)], [Fraction(1, 2), Fraction(1)], 2)
    (Fraction(1, 4), Fraction(0, 1))
    >>> solve_mod_1([(2, 0), (0, 0)], [Fraction(1, 2), Fraction(1, 2)], 2) is None
    True
    """
    v = [Fraction(0)] * unknowns
    for row in reversed(row_reduce([[*a, value] for a, value in zip(A, b, strict=True)], unknowns)):
        pivot = next((j for j in range(unknowns) if row[j]), None)
        if pivot is not None:
            v[pivot] = (row[-1] - sum(row[j] * v[j] for j in range(pivot + 1, unknowns))) / row[pivot]
        elif row[-1].denominator != 1:
            return None
    return tuple(v)


def check_unimodular(matrix: Any) -> Matrix:
    """The matrix as a tuple of rows of ints, square with determinant 1 or -1.

    Raises:
        ShapeError: it is not square.
        InvalidGroupError: an entry is not an integer, or the determinant is not 1 or -1.
    """
    try:
        rows = tuple(tuple(row) for row in matrix)
    except TypeError:
        raise ShapeError(f"a matrix is a sequence of rows, got {matrix!r}") from None
    if not rows or any(len(row) != len(rows) for row in rows):
        raise ShapeError(f"a point-group matrix is square, got rows of lengths {[len(row) for row in rows]}")
    if not all(isinstance(x, int | np.integer) for row in rows for x in row):
        raise InvalidGroupError(
            f"matrix {rows} is not integral; write it in a primitive basis of the lattice"
        )
    M = tuple(tuple(int(x) for x in row) for row in rows)
    if determinant(M) != 1:
        raise InvalidGroupError(
            f"matrix {M} has |det| = {determinant(M)}; one that maps Z^d onto itself has 1"
        )
    return M


def check_same_size(matrices: Sequence[Matrix]) -> None:
    """Refuse matrices of different dimensions."""
    for A, B in pairwise(matrices):
        if len(A) != len(B):
            raise ShapeError(
                f"matrices of one group have one size, got {len(A)}×{len(A)} and {len(B)}×{len(B)}"
            )
