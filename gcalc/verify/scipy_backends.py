"""Implementations nobody here wrote: SciPy's correlations of images, and its circulant matrices for cyclic groups.

`scipy.signal` and `scipy.ndimage` read the planar laws, on the torus of N × N cells; turning an image is
NumPy's `rot90` and `fliplr`. `scipy.linalg` reads the laws of cyclic groups: f ⋆ psi = f C(psi) and a ∗ b =
C(b) a, where C(c)[i, j] = c(i
- j).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import linalg, ndimage, signal

from gcalc.errors import UnsupportedError
from gcalc.interpret.model import Array
from gcalc.verify.backends import Backend

PLANAR = ("p4m mod 3", "p4m mod 4", "p4m mod 5", "p4m grid 24", "p4m grid 41")
CYCLIC = ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C16", "C64")


def turn(image: Array, matrix: Any) -> Array:
    """(L_r f)(x) = f(r⁻¹x) about the array's centre, for a signed permutation r of (row, col), on the last two axes."""
    r, m = np.array([[0, -1], [1, 0]]), np.diag([1, -1])
    wanted = np.array(matrix)
    for k in range(4):
        power = np.linalg.matrix_power(r, k)
        if np.array_equal(power, wanted):
            return np.rot90(image, k, axes=(-2, -1))
        if np.array_equal(power @ m, wanted):
            return np.rot90(np.flip(image, -1), k, axes=(-2, -1))
    raise UnsupportedError(
        f"{matrix} is not one of the eight symmetries of a square; rot90 and fliplr cannot turn by it"
    )


def turn_about_origin(image: Array, matrix: Any) -> Array:
    """The same on a torus, where cell [0, 0] stays: a turn about the centre, then back by one on reversed axes."""
    reversed_axes = [axis for axis, row in zip((-2, -1), matrix, strict=True) if -1 in row]
    return np.roll(turn(image, matrix), [1] * len(reversed_axes), reversed_axes)


def correlate_signal(f: Array, psi: Array) -> Array:
    """Σ_z f(x + z) psi(z) on the torus, by `scipy.signal.correlate2d`."""
    rows, cols = psi.shape
    return np.asarray(
        signal.correlate2d(np.pad(f, ((0, rows - 1), (0, cols - 1)), mode="wrap"), psi, mode="valid")
    )


def correlate_ndimage(f: Array, psi: Array) -> Array:
    """Σ_z f(x + z) psi(z) on the torus, by `scipy.ndimage.correlate`, which sums in float64: exact below 2⁵³."""
    origin = [-(n // 2) for n in psi.shape]
    return np.asarray(ndimage.correlate(f, psi, mode="wrap", origin=origin, output=np.int64))


def _planar(name: str, correlate_one: Callable[[Array, Array], Array]) -> Backend:
    def left_translate(X: Any, u: Any, f: Array) -> Array:
        if len(X.shape) != 3:
            raise UnsupportedError(f"{name} reads functions on a grid of translations, not on {X.name}")
        return turn_about_origin(f, u)

    def correlate(X: Any, f: Array, psi: Array) -> Array:
        maps = [
            sum(correlate_one(f_j[0], psi_kj[0]) for f_j, psi_kj in zip(f, psi_k, strict=True))
            for psi_k in psi
        ]
        return np.stack(maps)[:, None]

    return Backend(
        name,
        {"left_translate": left_translate, "correlate": correlate},
        groups=PLANAR,
        contents="photograph",
        planar=True,
    )


def scipy_signal() -> Backend:
    """Planar correlation by `scipy.signal.correlate2d`."""
    return _planar("scipy.signal", correlate_signal)


def scipy_ndimage() -> Backend:
    """Planar correlation by `scipy.ndimage.correlate`."""
    return _planar("scipy.ndimage", correlate_ndimage)


def scipy_linalg() -> Backend:
    """The operators on a cyclic group by `scipy.linalg.circulant`."""

    def cyclic(group: Any) -> int:
        n = int(group.order)
        if not np.array_equal(group.multiplication_table, np.add.outer(range(n), range(n)) % n):
            raise UnsupportedError("scipy.linalg.circulant reads cyclic groups only")
        return n

    def regular(X: Any) -> int:
        if not X.is_regular:
            raise UnsupportedError("scipy.linalg.circulant reads functions on a cyclic group only")
        return cyclic(X.group)

    def one_example(f: Array) -> None:
        if f.ndim > 2:
            raise UnsupportedError("scipy.linalg.circulant is given one example at a time")

    def left_translate(X: Any, u: Any, f: Array) -> Array:
        shift = np.zeros(regular(X), dtype=np.int64)
        shift[X.group.index(u)] = 1
        return f @ linalg.circulant(shift).T  # type: ignore[no-any-return]

    def correlate(X: Any, f: Array, psi: Array) -> Array:
        regular(X)
        one_example(f)
        return np.stack(
            [sum(f_j @ linalg.circulant(p) for f_j, p in zip(f, psi_k, strict=True)) for psi_k in psi]
        )

    def convolve(G: Any, a: Array, b: Array) -> Array:
        cyclic(G)
        return linalg.circulant(b) @ a  # type: ignore[no-any-return]

    def involution(G: Any, psi: Array) -> Array:
        n = cyclic(G)
        return np.stack([linalg.circulant(p)[0] for p in psi.reshape(-1, n)]).reshape(psi.shape)

    def input_gradient(X: Any, d: Array, psi: Array) -> Array:
        regular(X)
        one_example(d)
        return np.stack(
            [
                sum(linalg.circulant(psi_k[j]) @ d_k for d_k, psi_k in zip(d, psi, strict=True))
                for j in range(psi.shape[1])
            ]
        )

    def filter_gradient(X: Any, d: Array, f: Array) -> Array:
        regular(X)
        one_example(d)
        return np.stack([[f_j @ linalg.circulant(d_k) for f_j in f] for d_k in d])

    operators = (left_translate, correlate, convolve, involution, input_gradient, filter_gradient)
    return Backend(
        "scipy.linalg",
        {op.__name__: op for op in operators},
        groups=CYCLIC,
        contents="photograph",
        planar=False,
    )
