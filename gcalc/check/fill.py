"""Values that depend on a seed, a name and an index, and on nothing else: no framework, device or order of drawing.

Main definitions
    integers: uniform on [−bound, bound].
    weights: the values of one parameter, small integers times a power of two.
    moved: each entry one unit in the last place up or down.

Notation
    The entry of index i (C order) is ``mix(key + (i + 1)·γ)`` with splitmix64's ``mix`` and γ, and ``key`` the first
    eight bytes of SHA-256 of ``"seed:name"``, little-endian.

Implementation notes
    A weight (K, J, …) has J·… terms a sum, its fan-in. Integers on [−B, B] have the variance B(B + 1)/3; B and the
    power of two are chosen so that the standard deviation is nearest 2^¼ / √fan-in: between 1 / √fan-in, which keeps
    the size of a linear layer's values, and √2 / √fan-in, which keeps it through relu. So twenty layers change it by
    about 2⁵.

References:
    G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators (OOPSLA 2014), for splitmix64.
"""

from __future__ import annotations

import math
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

__all__ = ["integers", "moved", "nonzero", "offsets", "signs", "variances", "weights"]

GAIN = 2**0.25
BOUNDS = (3, 4, 5, 6)  # standard deviations 2, 2.6, 3.2, 3.7: with powers of two, at most 16 % from any
BIAS_NAMES = ("bias", "beta", "shift", "offset")


def _mix(seed: int, name: str, count: int) -> NDArray[np.uint64]:
    """The first ``count`` numbers of the stream (seed, name), of 64 bits each."""
    key = int.from_bytes(sha256(f"{seed}:{name}".encode()).digest()[:8], "little")
    z = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(key)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = z ^ (z >> np.uint64(31))
    return mixed


def integers(seed: int, name: str, shape: tuple[int, ...], bound: int) -> NDArray[np.int64]:
    """Integers uniform on [−bound, bound], of the given shape.

    >>> integers(0, "x", (2, 4), 3)
    array([[ 1, -3,  3, -3],
           [ 1,  1,  3,  0]])
    """
    draws = _mix(seed, name, math.prod(shape)) % np.uint64(2 * bound + 1)
    return draws.astype(np.int64).reshape(shape) - bound


def nonzero(seed: int, name: str, shape: tuple[int, ...], bound: int) -> NDArray[np.int64]:
    """Integers uniform on [−bound, bound] without 0, of the given shape."""
    sizes = _mix(seed, name, math.prod(shape)) % np.uint64(bound)
    return (sizes.astype(np.int64).reshape(shape) + 1) * signs(seed, name, shape)


def signs(seed: int, name: str, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """−1 or 1, of the given shape."""
    return 1 - 2 * (_mix(seed, f"{name}:sign", math.prod(shape)) >> np.uint64(63)).astype(np.int64).reshape(
        shape
    )


def _scale(fan_in: int) -> tuple[int, int]:
    """The bound B and the exponent e for which √(B(B + 1)/3)·2^e is nearest GAIN / √fan_in."""
    wanted = math.log2(GAIN) - math.log2(fan_in) / 2
    deviations = {bound: math.log2(bound * (bound + 1) / 3) / 2 for bound in BOUNDS}
    bound = min(BOUNDS, key=lambda one: abs((wanted - deviations[one] + 0.5) % 1 - 0.5))
    return bound, round(wanted - deviations[bound])


def weights(seed: int, name: str, given: NDArray[np.floating]) -> NDArray[np.float64]:
    """New values for a parameter with the given ones: dyadic, of a size that keeps the size of what flows through.

    With two axes longer than one: small integers scaled by the fan-in, the product of all axes but the first.
    Otherwise never zero, since a zero scale would kill a channel: ±1/4, ±1/2, ±3/4 if the name ends with "bias" or its
    like, else ±3/4 … ±3/2, and positive where all given values are, for a parameter that must be positive.

    >>> weights(0, "conv.weight", np.zeros((2, 2, 2)))
    array([[[ 1.  , -0.75],
            [-1.  , -1.  ]],
    <BLANKLINE>
           [[ 0.75, -1.  ],
            [ 1.  ,  0.5 ]]])
    """
    shape = given.shape
    if max(shape, default=1) < given.size:
        bound, exponent = _scale(math.prod(shape[1:]))
        return np.ldexp(integers(seed, name, shape, bound).astype(np.float64), exponent)
    if name.rpartition(".")[2].endswith(BIAS_NAMES):
        size, sign = integers(seed, name, shape, 1) + 2, signs(seed, name, shape)
    else:
        positive = given.size > 0 and bool((given > 0).all())
        size, sign = (integers(seed, name, shape, 3) + 9) // 2, signs(seed, name, shape)
        sign = np.abs(sign) if positive else sign
    return np.asarray(size * sign / 4.0)


def offsets(seed: int, name: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Running means: multiples of 1/4 on [−3/4, 3/4]."""
    return np.asarray(integers(seed, name, shape, 3) / 4.0)


def variances(seed: int, name: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Running variances: 1/4, 1 or 4."""
    return np.ldexp(np.ones(shape), 2 * integers(seed, name, shape, 1))


def moved(
    seed: int, name: str, values: NDArray[np.floating], like: np.dtype[np.floating]
) -> NDArray[np.floating]:
    """The values, each one unit in the last place of the type ``like`` up or down; zeros stay, as do infinities.

    >>> float(moved(0, "x", np.array([1.0, 0.0]), np.dtype("float64"))[1])
    0.0
    """
    step = np.spacing(np.abs(values).astype(like)).astype(values.dtype)
    step = np.where((values == 0) | ~np.isfinite(values), 0, step)
    return np.asarray(values + signs(seed, name, values.shape) * step, dtype=values.dtype)
