"""Reading array arguments and returning arrays, exactly.

Main definitions
    Axes: the names and sizes of the axes that a function on a space has, for checks and messages.
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
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gcalc.errors import ExactnessError, ShapeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gcalc.groups.gset import GSet

__all__ = ["Axes", "numbers", "plain", "read", "read_batch", "same", "short", "write"]

LARGEST_EXACT_FLOAT = 2**53
SYMPY_NOT_FINITE = {"NaN", "Infinity", "NegativeInfinity", "ComplexInfinity"}
NOT_NUMBERS = {type(None), str, bytes, list, tuple, dict, set}


class Axes(NamedTuple):
    """Names and sizes of the axes of a function on a space, such as ``(|P|: 4, rows: 5, cols: 5)``."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, X: GSet) -> Axes:
        """The axes of a function on X."""
        if len(X.shape) == 1 and not X.is_grid:
            return cls(("|G|",) if X.is_regular else ("|X|",), X.shape)
        return cls.of_lattice(X.is_regular, X.shape)

    @classmethod
    def of_lattice(cls, has_point_axis: bool, sizes: tuple[int, ...]) -> Axes:
        """The axes of a function on a lattice or a box, with or without the point group's axis before it."""
        d = len(sizes) - has_point_axis
        lattice = ("rows", "cols") if d == 2 else tuple(f"x{i + 1}" for i in range(d))
        return cls(("|P|",) * has_point_axis + lattice, sizes)

    def __str__(self) -> str:
        """Each axis as ``name: size``."""
        return ", ".join(f"{name}: {size}" for name, size in zip(self.names, self.sizes, strict=True))


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
        raise _wrong_axes(name, channels, space, array)
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
        raise _wrong_axes(name, ("…", *channels), space, array)
    return shape[:batch], array.reshape(prod(shape[:batch]), *shape[batch:lead], prod(space.sizes))


def same(axis: str, first: str, n: Any, second: str, m: Any) -> None:
    """Refuse two arguments that disagree on the size of an axis, or on their leading axes."""
    if n != m:
        raise ShapeError(f"{first} has {axis} = {n} but {second} has {axis} = {m}; they must be equal")


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


def short(value: Any) -> str:
    """The value's repr for a message: one line, and not a long one."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else f"{text[:77]}..."


def _not_finite(name: str, value: Any) -> ExactnessError:
    return ExactnessError(f"{name} holds {value}, which is not finite; replace it before calling")


def _wrong_axes(name: str, channels: tuple[str, ...], space: Axes, array: NDArray[Any]) -> ShapeError:
    return ShapeError(f"{name} needs axes ({', '.join(channels)}, {space}), got shape {array.shape}")
