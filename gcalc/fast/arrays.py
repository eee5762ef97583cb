"""Reading array arguments of any namespace.

Main definitions
    numbers: an argument as an array of int64, float32 or float64, all finite; of CuPy's, where asked, short floats.
    read, read_batch: an argument with the axes that a function on a space has.
    namespace: the one array namespace and device of all arguments.
    common_type: two arrays of one type.
    moved, on_device: NumPy's array, or an index table, where the arrays are.

Implementation notes
    Namespaces are those of array-api-compat: NumPy, CuPy, torch, and every library that follows the standard. Lists
    become NumPy arrays. Scalars that are no numbers of a machine (Fraction, SymPy) are for `gcalc.reference`.

References:
    Python array API standard 2023.12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import finalize

import array_api_compat
import numpy as np

from gcalc.errors import ExactnessError, ShapeError, UnsupportedError, UsageError, short
from gcalc.fast.exactness import LARGEST_INT64, Most, largest, significand, supports, type_name
from gcalc.spaces.axes import Axes, wrong_axes

if TYPE_CHECKING:
    from numpy.typing import NDArray


__all__ = [
    "SHORT",
    "check_axes",
    "common_type",
    "is_integral",
    "moved",
    "namespace",
    "numbers",
    "on_device",
    "read",
    "read_batch",
]

NOT_NUMBERS = {type(None), str, bytes, list, tuple, dict, set}
SHORT = ("float16", "bfloat16")
"""The types of CuPy's arrays that are stored only: their values are summed in float32."""


def numbers(values: Any, name: str, *, short_floats: bool = False) -> Any:
    """The argument called ``name`` as an array of int64, float32 or float64 in its own namespace.

    Args:
        values: an array, or lists of numbers.
        name: what the argument is called.
        short_floats: whether float16 and bfloat16 are taken too, of CuPy's arrays.

    Raises:
        ExactnessError: a value is not finite, or is an integer beyond int64.
        UnsupportedError: the values are of another type, exact scalars or short floats.
        UsageError: the values are no numbers.
    """
    array = values if array_api_compat.is_array_api_obj(values) else _nested(values, name)
    xp = array_api_compat.array_namespace(array)
    if short_floats and array_api_compat.is_cupy_array(array) and type_name(array.dtype) in SHORT:
        return array
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
    return type_name(array.dtype) != "bfloat16" and bool(xp.isdtype(array.dtype, ("bool", "integral")))


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


def read(
    values: Any, name: str, channels: tuple[str, ...], space: Axes, *, short_floats: bool = False
) -> Any:
    """An argument of shape (*channels, *space); ``short_floats`` as for `numbers`.

    Raises:
        ShapeError: the axes are others, or there are no channels.
        ExactnessError, UnsupportedError, UsageError: as `numbers`.
    """
    array = numbers(values, name, short_floats=short_floats)
    check_axes(array, name, channels, space)
    return array


def check_axes(array: Any, name: str, channels: tuple[str, ...], space: Axes) -> None:
    """Refuse an array that is not of shape (*channels, *space), or has no channels."""
    lead = array.ndim - len(space.sizes)
    if lead != len(channels) or tuple(array.shape[lead:]) != space.sizes or 0 in array.shape:
        raise wrong_axes(name, channels, space, tuple(array.shape))


def read_batch(
    values: Any, name: str, channels: tuple[str, ...], space: Axes, *, short_floats: bool = False
) -> tuple[tuple[int, ...], Any]:
    """An argument of shape (…, *channels, *space): the shape of "…", and an array (batch, *channels, *space).

    ``short_floats`` as for `numbers`.

    Raises:
        ShapeError: the last axes are others, or there are no channels.
        ExactnessError, UnsupportedError, UsageError: as `numbers`.
    """
    array = numbers(values, name, short_floats=short_floats)
    shape = tuple(array.shape)
    lead = array.ndim - len(space.sizes)
    batch = lead - len(channels)
    if batch < 0 or shape[lead:] != space.sizes or 0 in shape[batch:]:
        raise wrong_axes(name, ("…", *channels), space, tuple(array.shape))
    if batch == 1:
        return shape[:1], array
    xp = array_api_compat.array_namespace(array)
    return shape[:batch], xp.reshape(array, (int(np.prod(shape[:batch], dtype=int)), *shape[batch:]))


def common_type(xp: Any, a: Any, b: Any, most: Most = (None, None)) -> tuple[Any, Any]:
    """Two arrays of one type: both int64, or the wider of their floating types, which must hold every integer.

    The wider of float32 and a short type is float32, and of the two short types.

    Raises:
        ExactnessError: an integer beside floats is beyond their significand.
    """
    if a.dtype == b.dtype:
        return a, b
    if is_integral(xp, a) or is_integral(xp, b):
        integers, floats, known = (a, b, most[0]) if is_integral(xp, a) else (b, a, most[1])
        _check_beside(xp, integers, floats, known)
        dtype = floats.dtype
    else:
        dtype = xp.float64 if xp.float64 in (a.dtype, b.dtype) else xp.float32
    return xp.astype(a, dtype, copy=False), xp.astype(b, dtype, copy=False)


def moved(xp: Any, array: NDArray[Any], dtype: Any, device: Any) -> Any:
    """NumPy's array in the namespace, of the type and on the device."""
    if array_api_compat.is_cupy_namespace(xp):
        # It would be copied on the current stream, and kernels on others would not wait for it.
        return xp.asarray(array, dtype=dtype, device=device, blocking=True)
    return xp.asarray(array, dtype=dtype, device=device)


def on_device(xp: Any, device: Any, table: NDArray[np.integer[Any]]) -> Any:
    """The index table in the namespace and on the device, moved there once for as long as the table lives."""
    if array_api_compat.is_numpy_namespace(xp):
        return table
    key = (id(table), xp.__name__, str(device))
    if key not in _MOVED:
        dtype = "int64" if supports(xp, device, "int64") else "int32"
        _MOVED[key] = moved(xp, np.array(table, dtype=dtype), getattr(xp, dtype), device)
        finalize(table, _MOVED.pop, key, None)
    return _MOVED[key]


_MOVED: dict[tuple[int, str, str], Any] = {}


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
        # The types of ml_dtypes are none that CuPy's isdtype knows.
        is_complex = type_name(array.dtype) not in SHORT and xp.isdtype(array.dtype, "complex floating")
        mend = "use gcalc.reference" if is_complex else "convert it to float32 or float64"
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


def _check_beside(xp: Any, integers: Any, floats: Any, known: int | None) -> None:
    """Refuse integers that the type of the floats beside them does not hold."""
    bits = significand(floats.dtype)
    if known is not None and known <= 2**bits:
        return
    if (A := largest(xp, integers)) > 2**bits:
        raise ExactnessError(
            f"an integer of {A} beside floats of {bits} significant bits would be rounded; pass integers only, or "
            "floats only"
        )
