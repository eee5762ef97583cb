"""Reading array arguments of any namespace, and the integers that floating-point sums hold exactly.

Main definitions
    numbers: an argument as an array of int64, float32 or float64, all finite.
    read, read_batch: an argument with the axes that a function on a space has.
    namespace: the one array namespace and device of all arguments.
    exactly: a bilinear operator on integers, by floating-point sums that cannot round.
    on_device: an index table where the arrays are.

Main statements
    A sum of n products of integers of at most A and B has partial sums of at most n·A·B, so where this is at most
    2^p, p the bits of the significand, no addition rounds, in any order.

Implementation notes
    Namespaces are those of array-api-compat: NumPy, CuPy, torch, and every library that follows the standard. Lists
    become NumPy arrays. Scalars that are no numbers of a machine (Fraction, SymPy) are for `gcalc.reference`.

References:
    Python array API standard 2023.12.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any
from weakref import finalize

import array_api_compat
import numpy as np

from gcalc.errors import ExactnessError, ShapeError, UnsupportedError, UsageError, short
from gcalc.spaces.axes import Axes, wrong_axes

if TYPE_CHECKING:
    from numpy.typing import NDArray


__all__ = [
    "LARGEST_INT64",
    "check_axes",
    "common_type",
    "exactly",
    "is_integral",
    "largest",
    "namespace",
    "numbers",
    "on_device",
    "read",
    "read_batch",
    "rounded",
    "working_type",
]

LARGEST_INT64 = 2**63 - 1
NOT_NUMBERS = {type(None), str, bytes, list, tuple, dict, set}


def numbers(values: Any, name: str) -> Any:
    """The argument called ``name`` as an array of int64, float32 or float64 in its own namespace.

    Raises:
        ExactnessError: a value is not finite, or is an integer beyond int64.
        UnsupportedError: the values are of another type, exact scalars or short floats.
        UsageError: the values are no numbers.
    """
    array = values if array_api_compat.is_array_api_obj(values) else _nested(values, name)
    xp = array_api_compat.array_namespace(array)
    if isinstance(array, np.ndarray) and array.dtype.kind not in "biufc":
        raise _no_number(array, name)
    if not is_integral(xp, array):
        return _finite(xp, array, name)
    if array.dtype == xp.int64:
        return array
    if not supports(xp, array_api_compat.device(array), "int64"):
        raise UnsupportedError(
            f"{name} lies on {array_api_compat.device(array)}, which has no int64; use float32"
        )
    wide = xp.astype(array, xp.int64)
    # An unsigned 64-bit integer of 2^63 or more has become negative.
    if array.dtype == getattr(xp, "uint64", None) and 0 not in wide.shape and bool(xp.any(wide < 0)):
        raise _beyond_int64(name)
    return wide


def is_integral(xp: Any, array: Any) -> bool:
    """Whether the array holds integers or booleans."""
    return bool(xp.isdtype(array.dtype, ("bool", "integral")))


def namespace(*arrays: Any) -> tuple[Any, Any]:
    """The namespace and the device that the arrays share.

    Raises:
        UsageError: they are of several libraries or on several devices.
    """
    spaces = [array_api_compat.array_namespace(array) for array in arrays]
    names = sorted({_library(xp) for xp in spaces})
    if len(names) > 1:
        raise UsageError(
            f"the arrays are of several libraries, {', '.join(names)}; convert them to one of these"
        )
    devices = [array_api_compat.device(array) for array in arrays]
    if any(device != devices[0] for device in devices):
        places = ", ".join(dict.fromkeys(map(str, devices)))
        raise UsageError(f"the arrays are on several devices, {places}; move them to one of these")
    return spaces[0], devices[0]


def read(values: Any, name: str, channels: tuple[str, ...], space: Axes) -> Any:
    """An argument of shape (*channels, *space).

    Raises:
        ShapeError: the axes are others, or there are no channels.
        ExactnessError, UnsupportedError, UsageError: as `numbers`.
    """
    array = numbers(values, name)
    check_axes(array, name, channels, space)
    return array


def check_axes(array: Any, name: str, channels: tuple[str, ...], space: Axes) -> None:
    """Refuse an array that is not of shape (*channels, *space), or has no channels."""
    lead = array.ndim - len(space.sizes)
    if lead != len(channels) or tuple(array.shape[lead:]) != space.sizes or 0 in array.shape:
        raise wrong_axes(name, channels, space, tuple(array.shape))


def read_batch(values: Any, name: str, channels: tuple[str, ...], space: Axes) -> tuple[tuple[int, ...], Any]:
    """An argument of shape (…, *channels, *space): the shape of "…", and an array (batch, *channels, *space).

    Raises:
        ShapeError: the last axes are others, or there are no channels.
        ExactnessError, UnsupportedError, UsageError: as `numbers`.
    """
    array = numbers(values, name)
    shape = tuple(array.shape)
    lead = array.ndim - len(space.sizes)
    batch = lead - len(channels)
    if batch < 0 or shape[lead:] != space.sizes or 0 in shape[batch:]:
        raise wrong_axes(name, ("…", *channels), space, tuple(array.shape))
    if batch == 1:
        return shape[:1], array
    xp = array_api_compat.array_namespace(array)
    return shape[:batch], xp.reshape(array, (int(np.prod(shape[:batch], dtype=int)), *shape[batch:]))


def largest(xp: Any, array: Any) -> int:
    """The largest absolute value among integers, as a Python int; 0 if there are none."""
    if 0 in array.shape:
        return 0
    return max(int(xp.max(array)), -int(xp.min(array)))


def common_type(xp: Any, a: Any, b: Any) -> tuple[Any, Any]:
    """Two arrays of one type: both int64, or the wider of their floating types, which must hold every integer.

    Raises:
        ExactnessError: an integer beside floats is beyond their significand.
    """
    if a.dtype == b.dtype:
        return a, b
    if is_integral(xp, a) or is_integral(xp, b):
        integers, floats = (a, b) if is_integral(xp, a) else (b, a)
        bits = _significand(xp, floats.dtype)
        if largest(xp, integers) > 2**bits:
            raise ExactnessError(
                f"an integer of {largest(xp, integers)} beside floats of {bits} significant bits would be rounded; "
                "pass integers only, or floats only"
            )
        dtype = floats.dtype
    else:
        dtype = xp.float64
    return xp.astype(a, dtype, copy=False), xp.astype(b, dtype, copy=False)


def exactly(xp: Any, operator: Callable[[Any, Any], Any], a: Any, b: Any, n: int, what: str) -> Any:
    """A bilinear operator on int64 arrays, exactly, by an implementation on floats that sums n products at most.

    Where ``n·A·B`` exceeds the significand, the factor with the larger entries is cut, ``a = 2^s high + low``, and the
    operator is applied to the parts, ``a ⋆ b = 2^s (high ⋆ b) + low ⋆ b``. Partial sums in int64 may wrap, the
    result cannot.

    Raises:
        ExactnessError: ``n·A·B`` is beyond int64; ``what`` names the operator.
    """
    A, B = largest(xp, a), largest(xp, b)
    if n * A * B > LARGEST_INT64:
        raise ExactnessError(
            f"{what} sums n = {n} products of integers up to A = {A} and B = {B}, and n·A·B is beyond int64; "
            f"keep A·B at most {LARGEST_INT64 // n}, or use gcalc.reference, exact at every size"
        )
    dtype = working_type(xp, array_api_compat.device(a))
    bits = _significand(xp, dtype)
    if n > 2**bits:
        raise ExactnessError(
            f"{what} sums n = {n} products, more than {dtype} holds exactly; the most are {2**bits}"
        )
    return _split(xp, operator, a, b, dtype, 2**bits // n)


def rounded(
    xp: Any, operator: Callable[[Any, Any], Any], a: Any, b: Any, bound: Callable[..., float], what: str
) -> Any:
    """A bilinear operator on int64 arrays, exactly, by an implementation on floats whose error is below 1/2.

    Raises:
        ExactnessError: ``bound``, the proven one for entries up to A and B and unit roundoff u, is 1/2 or more.
    """
    dtype = working_type(xp, array_api_compat.device(a))
    A, B, u = largest(xp, a), largest(xp, b), 2.0 ** -_significand(xp, dtype)
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


def on_device(xp: Any, device: Any, table: NDArray[np.integer[Any]]) -> Any:
    """The index table in the namespace and on the device, moved there once for as long as the table lives."""
    if array_api_compat.is_numpy_namespace(xp):
        return table
    key = (id(table), xp.__name__, str(device))
    if key not in _MOVED:
        dtype = np.int64 if supports(xp, device, "int64") else np.int32
        # CuPy would copy on the current stream, and kernels on others would not wait for it.
        waiting = {"blocking": True} if array_api_compat.is_cupy_namespace(xp) else {}
        _MOVED[key] = xp.asarray(np.array(table, dtype=dtype), device=device, **waiting)
        finalize(table, _MOVED.pop, key, None)
    return _MOVED[key]


def supports(xp: Any, device: Any, dtype: str) -> bool:
    """Whether arrays of the type can lie on the device."""
    key = (xp.__name__, str(device))
    if key not in _TYPES:
        _TYPES[key] = frozenset(xp.__array_namespace_info__().dtypes(device=device))
    return dtype in _TYPES[key]


_MOVED: dict[tuple[int, str, str], Any] = {}
_TYPES: dict[tuple[str, str], frozenset[str]] = {}


def _nested(values: Any, name: str) -> NDArray[Any]:
    """Numbers in lists as a NumPy array, refusing integers that its type would round."""
    try:
        array = np.array(values)
    except ValueError:
        raise ShapeError(
            f"{name} is nested unevenly, got {short(values)}; make all its parts the same shape"
        ) from None
    if array.dtype.kind == "f" and np.isfinite(array).all():
        plain = np.array(values, dtype=object)
        if not (plain == array).all() or {*map(type, plain.flat)} == {int}:
            raise ExactnessError(f"{name} holds integers beyond {array.dtype}; use gcalc.reference")
    return array


def _no_number(array: NDArray[Any], name: str) -> UsageError:
    """The refusal of an array of strings, dates or Python objects."""
    if array.dtype.kind != "O":
        return UsageError(f"{name} must hold numbers, got an array of dtype {array.dtype}")
    for value in array.flat:
        if type(value) in NOT_NUMBERS:
            return UsageError(f"{name} must hold numbers, got {short(value)}")
    kinds = sorted({type(value).__name__ for value in array.flat})
    if kinds == ["int"] and not all(-LARGEST_INT64 <= value <= LARGEST_INT64 for value in array.flat):
        return _beyond_int64(name)
    return UnsupportedError(
        f"{name} holds Python objects ({', '.join(kinds)}), and gcalc.fast takes a machine's integers and floats; "
        "use gcalc.reference, which takes any scalars"
    )


def _beyond_int64(name: str) -> ExactnessError:
    return ExactnessError(f"{name} holds integers beyond int64; use gcalc.reference, exact at every size")


def _finite(xp: Any, array: Any, name: str) -> Any:
    """The array of float32 or float64, in the machine's order of bytes."""
    if isinstance(array, np.ndarray) and not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if array.dtype not in (xp.float32, xp.float64):
        complex_values = xp.isdtype(array.dtype, "complex floating")
        mend = "use gcalc.reference" if complex_values else "convert it to float32 or float64"
        raise UnsupportedError(
            f"{name} is {array.dtype}, and gcalc.fast takes float32, float64 and integers; {mend}"
        )
    if array_api_compat.is_cupy_array(array):  # the answer would make the host wait for the device
        return array
    finite = xp.isfinite(array)
    if not bool(xp.all(finite)):
        value = float(
            xp.reshape(array, (-1,))[int(xp.argmin(xp.astype(xp.reshape(finite, (-1,)), xp.uint8)))]
        )
        raise ExactnessError(f"{name} holds {value}, which is not finite; replace it before calling")
    return array


def _library(xp: Any) -> str:
    return str(xp.__name__).removeprefix("array_api_compat.").partition(".")[0]


def _significand(xp: Any, dtype: Any) -> int:
    """The bits of the significand, which hold every integer up to 2 to their number."""
    return 53 if dtype == xp.float64 else 24


def _largest_product(bound: Callable[..., float], u: float) -> int:
    """The largest A·B for which the bound, a multiple of this product, is below 1/2."""
    per_unit = bound(a=1.0, b=1.0, u=u)
    return ceil(0.5 / per_unit) - 1 if isfinite(per_unit) else 0


def _split(xp: Any, operator: Callable[[Any, Any], Any], a: Any, b: Any, dtype: Any, limit: int) -> Any:
    """The operator on int64 arrays, on floats where ``A·B ≤ limit``, else by halves of the larger factor's bits."""
    A, B = largest(xp, a), largest(xp, b)
    product = A * B
    if product <= limit:
        return xp.astype(operator(xp.astype(a, dtype), xp.astype(b, dtype)), xp.int64)
    s = max(A, B).bit_length() // 2
    if A >= B:
        high, low = _halves(xp, a, s)
        first, second = ((part, b) for part in (high, low))
    else:
        high, low = _halves(xp, b, s)
        first, second = ((a, part) for part in (high, low))
    return _split(xp, operator, *first, dtype, limit) * 2**s + _split(xp, operator, *second, dtype, limit)


def _halves(xp: Any, a: Any, s: int) -> tuple[Any, Any]:
    """The high and low parts with ``a = 2^s high + low`` and low in [0, 2^s)."""
    high = a // 2**s
    return high, a - high * 2**s
