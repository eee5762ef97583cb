"""Which sums of integers are exact, told by the types of the integers or by their size, and how they are had.

Main definitions
    declared, largest: the largest integer that an argument's type holds, and the largest that the argument holds.
    exactly: a bilinear operator on integers, by floating-point sums that cannot round, or modulo 2^64.
    rounded: the same by an implementation whose error is below 1/2.

Main statements
    A sum of n products of integers of at most A and B has partial sums of at most n·A·B, so where this is at most
    2^p, p the bits of the significand, no addition rounds, in any order.

Implementation notes
    A and B are read off the types of the arguments where these are short enough. Only where they are not, the largest
    entries are asked for, and for the answer the host waits for the device.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, isfinite
from typing import Any, TypeAlias

import array_api_compat
import numpy as np

from gcalc.errors import ExactnessError

__all__ = [
    "LARGEST_INT64",
    "Most",
    "declared",
    "exactly",
    "largest",
    "rounded",
    "significand",
    "supports",
    "type_name",
    "working_type",
]

LARGEST_INT64 = 2**63 - 1
DECLARED = {"bool": 1} | {
    f"{sign}int{bits}": 2**bits - 1 if sign else 2 ** (bits - 1) for sign in ("", "u") for bits in (8, 16, 32)
}
"""The largest absolute value of each type of integers of less than 64 bits."""
SIGNIFICANDS = {"float64": 53, "float32": 24, "float16": 11, "bfloat16": 8}
"""The bits of the significand, which hold every integer up to 2 to their number."""
Most: TypeAlias = tuple[int | None, int | None]
"""What `declared` says of two arguments."""
Sized: TypeAlias = tuple[Any, int]
"""An array of integers, and a bound of their absolute values."""


def declared(values: Any) -> int | None:
    """The largest absolute value of integers of an argument's type; None of 64 bits, of floats and of lists.

    >>> declared(np.zeros(3, np.int16)), declared(np.zeros(3, np.int64))
    (32768, None)
    """
    return DECLARED.get(type_name(values.dtype)) if array_api_compat.is_array_api_obj(values) else None


def largest(xp: Any, array: Any) -> int:
    """The largest absolute value among integers, as a Python int, for which the host waits; 0 if there are none."""
    if 0 in array.shape:
        return 0
    return max(int(xp.max(array)), -int(xp.min(array)))


def exactly(
    xp: Any,
    operator: Callable[[Any, Any], Any],
    a: Any,
    b: Any,
    n: int,
    what: str,
    *,
    most: Most = (None, None),
    modular: bool = False,
) -> Any:
    """A bilinear operator on int64 arrays, exactly, by an implementation on floats that sums n products at most.

    Where ``n·A·B`` exceeds the significand, the factor with the larger entries is cut, ``a = 2^s high + low``, and the
    operator is applied to the parts, ``a ⋆ b = 2^s (high ⋆ b) + low ⋆ b``. Partial sums in int64 may wrap, the
    result cannot.

    Args:
        xp: the arrays' namespace.
        operator: what is to be computed.
        a: int64, its first argument.
        b: int64, its second argument.
        n: how many products one value sums at most.
        what: names the operator.
        most: what is known of A and B without looking at the entries.
        modular: whether the operator itself takes int64 and sums modulo 2^64.

    Raises:
        ExactnessError: ``n·A·B`` is beyond int64.
    """
    dtype = working_type(xp, array_api_compat.device(a))
    bits = significand(dtype)
    limit = LARGEST_INT64 if modular else 2**bits
    A, B = _sizes(xp, a, b, most, lambda A, B: n * A * B <= limit)
    if n * A * B > LARGEST_INT64:
        raise ExactnessError(
            f"{what} sums n = {n} products of integers up to A = {A} and B = {B}, and n·A·B is beyond int64; "
            f"keep A·B at most {LARGEST_INT64 // n}, or use gcalc.reference, exact at every size"
        )
    if modular:
        return operator(a, b)
    if n > limit:
        raise ExactnessError(
            f"{what} sums n = {n} products, more than {dtype} holds exactly; the most are {limit}"
        )
    return _split(xp, operator, (a, A), (b, B), dtype, limit // n)


def rounded(
    xp: Any,
    operator: Callable[[Any, Any], Any],
    a: Any,
    b: Any,
    bound: Callable[..., float],
    what: str,
    *,
    most: Most = (None, None),
) -> Any:
    """A bilinear operator on int64 arrays, exactly, by an implementation on floats whose error is below 1/2.

    Raises:
        ExactnessError: ``bound``, the proven one for entries up to A and B and unit roundoff u, is 1/2 or more.
    """
    dtype = working_type(xp, array_api_compat.device(a))
    u = 2.0 ** -significand(dtype)
    A, B = _sizes(xp, a, b, most, lambda A, B: bound(a=float(A), b=float(B), u=u) < 0.5)
    error = bound(a=float(A), b=float(B), u=u)
    if not error < 0.5:
        raise ExactnessError(
            f"{what} may err by {error:.1e} on integers up to A = {A} and B = {B}, and rounding needs less than 1/2; "
            f'keep A·B at most {_largest_product(bound, u)}, or take algorithm="auto"'
        )
    return xp.astype(xp.round(operator(xp.astype(a, dtype), xp.astype(b, dtype))), xp.int64)


def working_type(xp: Any, device: Any) -> Any:
    """The widest floating type of the device."""
    return xp.float64 if supports(xp, device, "float64") else xp.float32


def supports(xp: Any, device: Any, dtype: str) -> bool:
    """Whether arrays of the type can lie on the device."""
    key = (xp.__name__, str(device))
    if key not in _TYPES:
        _TYPES[key] = frozenset(xp.__array_namespace_info__().dtypes(device=device))
    return dtype in _TYPES[key]


def type_name(dtype: Any) -> str:
    """The name of an array's type, without its library's.

    >>> type_name(np.zeros(1).dtype)
    'float64'
    """
    return str(dtype).rpartition(".")[2]


def significand(dtype: Any) -> int:
    """The bits of the significand of a floating type, which hold every integer up to 2 to their number."""
    return SIGNIFICANDS[type_name(np.dtype(dtype) if isinstance(dtype, type) else dtype)]


_TYPES: dict[tuple[str, str], frozenset[str]] = {}


def _sizes(xp: Any, a: Any, b: Any, most: Most, enough: Callable[[int, int], bool]) -> tuple[int, int]:
    """Bounds A and B of the entries: those of their types where these are enough, else the largest entries."""
    A, B = most
    if A is not None and B is not None and enough(A, B):
        return A, B
    return largest(xp, a), largest(xp, b)


def _largest_product(bound: Callable[..., float], u: float) -> int:
    """The largest A·B for which the bound, a multiple of this product, is below 1/2."""
    per_unit = bound(a=1.0, b=1.0, u=u)
    return ceil(0.5 / per_unit) - 1 if isfinite(per_unit) else 0


def _split(
    xp: Any, operator: Callable[[Any, Any], Any], first: Sized, second: Sized, dtype: Any, limit: int
) -> Any:
    """The operator on int64 arrays, on floats where ``A·B ≤ limit``, else by halves of the larger factor's bits."""
    (a, A), (b, B) = first, second
    product = A * B
    if product <= limit:
        return xp.astype(operator(xp.astype(a, dtype), xp.astype(b, dtype)), xp.int64)
    s = max(A, B).bit_length() // 2
    if A >= B:
        high, low = ((part, second) for part in _halves(a, A, s))
    else:
        high, low = ((first, part) for part in _halves(b, B, s))
    return _split(xp, operator, *high, dtype, limit) * 2**s + _split(xp, operator, *low, dtype, limit)


def _halves(a: Any, A: int, s: int) -> tuple[Sized, Sized]:
    """The high and low parts with ``a = 2^s high + low`` and low in [0, 2^s), and bounds of their entries."""
    high = a // 2**s
    return (high, -(-A >> s)), (a - high * 2**s, 2**s - 1)
