"""Boxes on a space with a lattice: which there are, and the axes of filters and outputs that they make.

Main definitions
    dimension, lattice: the lattice's axes.
    filter_box, filters_box: the box that a ``filter_shape`` names, or that an array of filters has.
    window_output_shape: the axes of the output on a window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gcalc.errors import ShapeError, UnsupportedError, UsageError, short
from gcalc.groups.quotient import Quotient
from gcalc.spaces.axes import Axes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcalc.groups.gset import GSet
    from gcalc.spaces.window import Window, WindowRegular

__all__ = [
    "box_axes",
    "dimension",
    "filter_box",
    "filters_box",
    "has_lattice",
    "lattice",
    "window_output_shape",
]


def has_lattice(X: GSet) -> bool:
    """Whether X has lattice axes: a window, a grid, or the regular space of a quotient."""
    return X.is_window or X.is_grid or (X.is_regular and isinstance(X.group, Quotient))


def dimension(X: GSet) -> int:
    """The number of lattice axes of X.

    Raises:
        UnsupportedError: X has no lattice for a box to lie on.
    """
    if has_lattice(X):
        return len(X.shape) - X.is_regular
    raise UnsupportedError(
        f"{X.name} has no lattice for a box filter; use a full filter, or the grid or the regular space of "
        "a quotient"
    )


def lattice(X: GSet) -> tuple[int, ...]:
    """The sizes of the lattice's axes, without that of the point group."""
    return X.shape[int(X.is_regular) :]


def box_axes(X: GSet, box: Sequence[int]) -> Axes:
    """The axes of a box filter on X: ``box``, after the point group's axis if X has one."""
    return Axes.of_lattice(X.is_regular, (*X.shape[: X.is_regular], *box))


def filter_box(X: GSet, filter_shape: Any) -> tuple[int, ...]:
    """The box that ``filter_shape`` names: ``(k, …)``, or with the point group's axis ``(|P|, k, …)``.

    Raises:
        UsageError: it is no sequence of positive integers.
        ShapeError: it does not fit X.
        UnsupportedError: X has no lattice for a box to lie on.
    """
    d = dimension(X)
    try:
        sizes = tuple(int(k) for k in filter_shape)
        valid = sizes == tuple(filter_shape) and min(sizes) > 0
    except (TypeError, ValueError):
        valid = False
    if not valid:
        raise UsageError(f"filter_shape must be a tuple of {d} positive box sizes, got {short(filter_shape)}")
    fibre, box = sizes[:-d], sizes[-d:]
    if len(box) != d or fibre not in ((), X.shape[: X.is_regular]):
        expected = Axes.of_lattice(X.is_regular, X.shape).names
        raise ShapeError(
            f"filter_shape names a box ({', '.join(expected[-d:])}) or a filter ({', '.join(expected)}) "
            f"on {X.name}, got {short(filter_shape)}"
        )
    check_box(X, box, "filter_shape")
    return box


def filters_box(X: GSet, shape: tuple[int, ...], name: str, channels: tuple[str, ...]) -> tuple[int, ...]:
    """The box of filters of this shape (*channels, [|P|,] *box).

    Raises:
        ShapeError: there are more axes or fewer, or the box is larger than a periodic lattice.
        UnsupportedError: X has no lattice for a box to lie on.
    """
    box = shape[-dimension(X) :]
    if len(shape) != len(channels) + len(X.shape):
        names = (*channels, *Axes.of_lattice(X.is_regular, X.shape).names)
        raise ShapeError(f"{name} with a box filter needs axes ({', '.join(names)}), got shape {shape}")
    check_box(X, box, name)
    return box


def check_box(X: GSet, box: Sequence[int], name: str) -> None:
    """Refuse a box that has no entry, or more entries than a periodic lattice has cells along an axis."""
    if min(box) < 1:
        raise ShapeError(f"{name} has an empty box {tuple(box)}; every side needs at least one entry")
    if not X.is_window and any(k > n for k, n in zip(box, lattice(X), strict=True)):
        raise ShapeError(
            f"{name} has a box {tuple(box)} larger than the lattice {lattice(X)} of {X.name}; "
            "take a smaller box or a larger quotient"
        )


def window_output_shape(W: Window | WindowRegular, box: Sequence[int], boundary: str) -> tuple[int, int, int]:
    """The axes (|P|, rows, cols) of the output.

    Raises:
        UnsupportedError: the boundary is "valid" and an element of P exchanges the unequal sides of the box.
        ShapeError: the boundary is "valid" and the box is larger than the window.
    """
    rows, cols = lattice(W)
    if boundary == "zero":
        return W.point_group.order, rows, cols
    k, m = box
    if k != m and any(s[0][0] == 0 for s in W.point_group.elements):
        raise UnsupportedError(
            f'boundary="valid" needs a square box on {W.name}, whose point group exchanges rows and columns, '
            f'got {k}×{m}; use boundary="zero" or pad the box with zeros'
        )
    if k > rows or m > cols:
        raise ShapeError(
            f'boundary="valid" needs a box that fits into the window, got {k}×{m} on {rows}×{cols}; '
            "take a smaller box or a larger window"
        )
    return W.point_group.order, rows - k + 1, cols - m + 1
