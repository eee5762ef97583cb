"""Isometries of a lattice: an integer matrix and an exact rational translation.

Main definitions
    Isometry: the map ``x -> Mx + t``; ``(p, a)(q, b) = (pq, a + pb)`` is the composition of maps.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from gcalc.errors import ElementError
from gcalc.groups.integral import Matrix, Vector, apply, matmul

__all__ = ["Isometry", "compose", "exact", "identity_isometry", "show_vector"]


class Isometry(NamedTuple):
    """The map ``x -> Mx + t``: an integer matrix as a tuple of rows, and a translation of Fractions.

    >>> r = Isometry(((0, -1), (1, 0)), (Fraction(1, 2), Fraction(0)))
    >>> r((1, 0))
    (Fraction(1, 2), Fraction(1, 1))
    >>> print(r)
    [0 -1; 1 0] + (1/2, 0)
    """

    matrix: Matrix
    translation: Vector

    def __call__(self, x: Iterable[int | Fraction]) -> Vector:
        """The image ``Mx + t``."""
        image = apply(self.matrix, tuple(x))
        return tuple(a + t for a, t in zip(image, self.translation, strict=True))

    def __str__(self) -> str:
        """Rows of the matrix, then the translation."""
        rows = "; ".join(" ".join(map(str, row)) for row in self.matrix)
        return f"[{rows}] + {show_vector(self.translation)}"


def compose(g: Isometry, h: Isometry) -> Isometry:
    """``(p, a)(q, b) = (pq, a + pb)``, the map ``x -> g(h(x))``."""
    return Isometry(matmul(g.matrix, h.matrix), g(h.translation))


def identity_isometry(d: int) -> Isometry:
    """The identity map of d-dimensional space."""
    return Isometry(tuple(tuple(int(i == j) for j in range(d)) for i in range(d)), (Fraction(0),) * d)


def exact(x: Any) -> Fraction:
    """An int, a Fraction or a string such as "1/2" as a Fraction; floats are refused."""
    try:
        if isinstance(x, float):
            raise TypeError
        return Fraction(x)
    except (TypeError, ValueError, ZeroDivisionError):
        raise ElementError(
            f"{x!r} is not an exact number; give an int, a Fraction or a string such as '1/2'"
        ) from None


def show_vector(v: Iterable[Fraction]) -> str:
    """``(1/2, 0)``."""
    return f"({', '.join(map(str, v))})"
