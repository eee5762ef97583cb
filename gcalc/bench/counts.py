"""How many multiplications each algorithm takes: one function an algorithm, derived from its formulas.

Main definitions
    direct, fourier, winograd: the multiplications of the forward, or of a training step.
    COUNTS: these functions by the algorithms' names.

Notation
    B images, K = J channels, |P| = p orientations, an N × N lattice, a k × k box; C = K p.

Implementation notes
    Multiplications by entries of the small constant matrices of a transform are counted, since they are done as matrix
    products; gathers and additions are not. A step is the forward and both gradients, each of which is as long a sum as
    the forward: so three times its products, and twice its transforms, for the gradients transform d and transform two
    results back while the transforms of f and psi are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from gcalc.bench.shape import Shape
from gcalc.fast.spectrum import Spectrum
from gcalc.fast.toom_cook import POINTS_OF
from gcalc.fast.transform import DENSE

__all__ = ["COUNTS", "direct", "fourier", "winograd"]


def direct(shape: Shape, task: str) -> int:
    """``B N² C² k²``: every output adds k² products for each of C inputs; three times for a step."""
    forward = shape.batch * (shape.channels * shape.order * shape.size * shape.box) ** 2
    return forward * (3 if task == "step" else 1)


def fourier(shape: Shape, task: str) -> int:
    """``r B K² p³`` an orbit of frequencies, and the transforms of ``B C`` functions each way and ``K C`` filters.

    There are about N²/p orbits under P and -1, so the products are about ``B N² C²``. Where -1 is in P the blocks are
    real and r = 1; else an orbit stands for twice as many frequencies, and r = 4. With h = N//2 + 1 stored frequencies
    of the first axis, a function on c × c cells is multiplied by a (2h, c) matrix over the first axis and h times by a
    (2N, 2c) matrix over the second, ``2hc² + 4hNc``; or, where c² is at most 64, by one (2hN, c²) matrix.
    """
    B, K, p, N = shape.batch, shape.channels, shape.order, shape.size
    h = N // 2 + 1

    def transform(c: int) -> int:
        return 2 * h * N * c**2 if c**2 <= DENSE else 2 * h * c**2 + 4 * h * N * c

    products = _orbits(shape) * B * K**2 * p**3
    transforms = 2 * B * K * p * transform(N) + K**2 * p * transform(shape.box)
    return 3 * products + 2 * transforms if task == "step" else products + transforms


@cache
def _orbits(shape: Shape) -> int:
    """The number of orbits of frequencies, times r."""
    spectrum = Spectrum(shape.P, shape.size)
    return len(spectrum.orbits) * (1 if spectrum.central else 4)


def winograd(shape: Shape, task: str) -> int:
    """``B T² a² C²`` for the products, and the transforms of ``B C`` images each way and ``C²`` turned filters.

    ``a`` points and ``T = ⌈N/m⌉`` tiles of ``m = a - k + 1`` outputs on an axis. An image is multiplied by an (aT, N)
    matrix from both sides, ``aTN² + (aT)²N``; a turned filter by one (a², k²) matrix.
    """
    B, N, k, C = shape.batch, shape.size, shape.box, shape.channels * shape.order
    a = POINTS_OF[k]
    T = -(-N // (a - k + 1))
    products = B * (T * a * C) ** 2
    transforms = 2 * B * C * (a * T * N**2 + (a * T) ** 2 * N) + (C * a * k) ** 2
    return 3 * products + 2 * transforms if task == "step" else products + transforms


COUNTS: dict[str, Callable[[Shape, str], int]] = {"direct": direct, "fourier": fourier, "winograd": winograd}
