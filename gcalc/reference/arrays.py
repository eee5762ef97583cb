"""Reading array arguments and returning arrays, exactly.

Main definitions
    read, read_batch: a validated argument, its space flattened; ``tolist`` gives plain Python numbers.
    write: a list of results as an array.

Implementation notes
    Integers of every width become Python ints, so no sum wraps; they come back as int64 where all of them fit
    and as Python ints (dtype object) where not. Floats are computed in Python floats and come back as
    float64. Any other scalars (Fraction, SymPy, ring elements, dual numbers) are used as they are and come
    back as dtype object.
"""

from __future__ import annotations

from cmath import isfinite
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import ExactnessError, ShapeError, UsageError, short
from gcalc.spaces.axes import Axes, wrong_axes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


__all__ = ["numbers", "plain", "read", "read_batch", "write"]

LARGEST_EXACT_FLOAT = 2**53
SYMPY_NOT_FINITE = {"NaN", "Infinity", "NegativeInfinity", "ComplexInfinity"}
NOT_NUMBERS = {type(None), str, bytes, list, tuple, dict, set}


def numbers(values: Any, name: str) -> NDArray[Any]:
    """The argument called ``name`` as an array of integers, finite floats, or objects.

    Raises:
        ExactnessError: a value is not finite.
        UsageError: the values are no numbers.
    """
    array = values if isinstance(values, np.ndarray) else _nested(values, name)
    kind = array.dtype.kind
    if kind in "iu":
        return array
    if kind == "b":
        return array.astype(np.int64)
    if kind in "fc":
        if not np.isfinite(array).all():
            raise _not_finite(name, array[~np.isfinite(array)][0])
        return array
    if kind != "O":
        raise UsageError(f"{name} must hold numbers, got an array of dtype {array.dtype}")
    objects = np.fromiter((plain(value, name) for value in array.flat), dtype=object, count=array.size)
    return objects.reshape(array.shape)


def read(values: Any, name: str, channels: tuple[str, ...], space: Axes) -> NDArray[Any]:
    """An argument of shape (*channels, *space), its space flattened: shape (*channels, size).

    Raises:
        ShapeError: the axes are others, or there are no channels.
        ExactnessError: a value is not finite.
    """
    array = numbers(values, name)
    lead = array.ndim - len(space.sizes)
    if lead != len(channels) or array.shape[lead:] != space.sizes or 0 in array.shape:
        raise wrong_axes(name, channels, space, array.shape)
    return array.reshape(*array.shape[:lead], prod(space.sizes))


def read_batch(
    values: Any, name: str, channels: tuple[str, ...], space: Axes
) -> tuple[tuple[int, ...], NDArray[Any]]:
    """An argument of shape (…, *channels, *space): the shape of "…", and an array (batch, *channels, size).

    Raises:
        ShapeError: the last axes are others, or there are no channels.
        ExactnessError: a value is not finite.
    """
    array = numbers(values, name)
    lead = array.ndim - len(space.sizes)
    batch = lead - len(channels)
    shape = array.shape
    if batch < 0 or shape[lead:] != space.sizes or 0 in shape[batch:]:
        raise wrong_axes(name, ("…", *channels), space, array.shape)
    return shape[:batch], array.reshape(prod(shape[:batch]), *shape[batch:lead], prod(space.sizes))


def write(values: Sequence[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Results in C order as an array: int64 if they are ints that fit, float64 if floats, else objects."""
    return np.fromiter(values, dtype=_dtype(values), count=len(values)).reshape(shape)


def _nested(values: Any, name: str) -> NDArray[Any]:
    try:
        return np.array(values, dtype=object)
    except ValueError:
        raise ShapeError(
            f"{name} is nested unevenly, got {short(values)}; make all its parts the same shape"
        ) from None


def _dtype(values: Sequence[Any]) -> Any:
    kinds = set(map(type, values))
    if kinds <= {int}:
        fits = not values or (min(values) >= -(2**63) and max(values) < 2**63)
        return np.int64 if fits else object
    if kinds <= {int, float, complex}:
        exact = all(abs(value) <= LARGEST_EXACT_FLOAT for value in values if type(value) is int)
        return (np.complex128 if complex in kinds else np.float64) if exact else object
    return object


def plain(value: Any, name: str) -> Any:
    """A scalar, NumPy's and Python's own numbers as int, float or complex, anything else as it is.

    Raises:
        ExactnessError: it is not finite.
        UsageError: it is no number.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return int(value)
    infinite = isinstance(value, float | complex) and not isfinite(value)
    if infinite or type(value).__name__ in SYMPY_NOT_FINITE:
        raise _not_finite(name, value)
    if type(value) in NOT_NUMBERS:
        raise UsageError(f"{name} must hold numbers, got {short(value)}")
    return value


def _not_finite(name: str, value: Any) -> ExactnessError:
    return ExactnessError(f"{name} holds {value}, which is not finite; replace it before calling")
