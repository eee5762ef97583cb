"""What the public functions ask of their space, group, element and options.

Main definitions
    check_space, check_group: the first argument is a finite space, or a finite group.
    check_element: an element belongs to the group.
    check_options: the filter, the boundary and the algorithm exist, and belong to that space.
    Layer: the axes of a correlation's filters and output, from a space, a box, a boundary and a stride.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import ElementError, ShapeError, UnsupportedError, UsageError
from gcalc.fast.arrays import Axes, namespace, short
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.gset import GSet
from gcalc.groups.infinite import InfiniteGSet
from gcalc.groups.quotient import Quotient
from gcalc.spaces.window import Window, WindowRegular

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Layer",
    "box_named",
    "box_of",
    "check_element",
    "check_group",
    "check_options",
    "check_space",
    "lattice",
]

FILTERS = ("full", "box")
BOUNDARIES = ("periodic", "zero", "valid")
ALGORITHMS = ("auto", "tables", "direct", "fourier", "winograd", "fused")


def check_space(X: Any) -> None:
    """Refuse what is no finite space, and say which space a group could have meant."""
    if isinstance(X, GSet):
        return
    if isinstance(X, InfiniteGSet):
        raise _infinite(X.name)
    if isinstance(X, FiniteGroup | CrystallographicGroup):
        raise UsageError(f"X must be a space, got the group {X}; take its .regular, .grid or .cosets(H)")
    raise UsageError(f"X must be a space such as G.regular, G.grid, G.cosets(H) or a window, got {short(X)}")


def check_group(G: Any) -> None:
    """Refuse what is no finite group, and say which group a space could have meant."""
    if isinstance(G, FiniteGroup):
        return
    if isinstance(G, CrystallographicGroup):
        raise _infinite(G.name)
    if isinstance(G, GSet | InfiniteGSet):
        raise UsageError(f"G must be a group, got the space {G.name}; take its .group")
    raise UsageError(f'G must be a group such as gcalc.group("D4"), got {short(G)}')


def check_element(G: FiniteGroup, u: Any, name: str) -> None:
    """Refuse an element of another group."""
    if u not in G:
        raise ElementError(
            f"{name} holds {short(u)}, which is not an element of {G}; take elements of {G.name}"
        )


def check_options(X: GSet, filter: str, boundary: str, stride: Any = 1, algorithm: str = "auto") -> None:
    """Refuse a filter, boundary, stride or algorithm that does not exist, or does not belong to X."""
    for name, value, known in (
        ("filter", filter, FILTERS),
        ("boundary", boundary, BOUNDARIES),
        ("algorithm", algorithm, ALGORITHMS),
    ):
        if value not in known:
            choices = ", ".join(f'"{choice}"' for choice in known[:-1])
            raise UsageError(f'{name} must be {choices} or "{known[-1]}", got {short(value)}')
    if X.is_window:
        if filter != "box":
            raise UnsupportedError(
                f'the {X.name} takes box filters only; pass filter="box" or a filter_shape'
            )
        if boundary == "periodic":
            raise UnsupportedError(
                f'the {X.name} has no periodic boundary; pass boundary="zero" or "valid", or take the grid '
                "of a quotient"
            )
        if algorithm == "tables":
            raise UnsupportedError(f'the {X.name} has no action on its boundary to tabulate; pass "direct"')
    elif boundary != "periodic":
        raise UnsupportedError(f"{X.name} has no boundary; boundary={boundary!r} is for gcalc.window")
    _check_stride(X, stride)


def box_of(X: GSet, shape: tuple[int, ...], name: str) -> tuple[int, ...]:
    """The box of filters of this shape (K, J, [|P|,] *box).

    Raises:
        ShapeError: the axes are others, or the box is larger than a periodic lattice.
        UnsupportedError: X has no lattice for a box to lie on.
    """
    d = dimension(X)
    if len(shape) != 2 + len(X.shape):
        names = ("K", "J", *Axes.of_lattice(X.is_regular, X.shape).names)
        raise ShapeError(f"{name} with a box filter needs axes ({', '.join(names)}), got shape {shape}")
    _check_box(X, shape[-d:], name)
    return shape[-d:]


def box_named(X: GSet, filter_shape: Any) -> tuple[int, ...]:
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
        names = Axes.of_lattice(X.is_regular, X.shape).names
        raise ShapeError(
            f"filter_shape names a box ({', '.join(names[-d:])}) or a filter ({', '.join(names)}) "
            f"on {X.name}, got {short(filter_shape)}"
        )
    _check_box(X, box, "filter_shape")
    return box


def dimension(X: GSet) -> int:
    """The number of lattice axes of X.

    Raises:
        UnsupportedError: X has no lattice for a box to lie on.
    """
    if _has_lattice(X):
        return len(X.shape) - X.is_regular
    raise UnsupportedError(
        f"{X.name} has no lattice for a box filter; use a full filter, or the grid or the regular space of "
        "a quotient"
    )


def lattice(X: GSet) -> tuple[int, ...]:
    """The sizes of the lattice's axes, without that of the point group."""
    return X.shape[int(X.is_regular) :]


@dataclass(frozen=True, eq=False)
class Layer:
    """A correlation without its numbers.

    Attributes:
        X: the space of its input.
        box: the sizes of the filters' lattice axes, or None for full filters.
        boundary: "periodic", "zero" or "valid".
        stride: every how many-th cell of the lattice an output stands for.
    """

    X: GSet
    box: tuple[int, ...] | None
    boundary: str
    stride: int

    @property
    def filter_axes(self) -> Axes:
        """The axes of psi after its channels."""
        if self.box is None:
            return Axes.of(self.X)
        return Axes.of_lattice(self.X.is_regular, (*self.X.shape[: int(self.X.is_regular)], *self.box))

    @property
    def whole_shape(self) -> tuple[int, ...]:
        """The sizes of the output's axes after its channels, at stride 1."""
        if isinstance(self.X, Window | WindowRegular) and self.box is not None:
            return _window_shape(self.X, self.box, self.boundary)
        return self.X.group.shape

    @property
    def output_axes(self) -> Axes:
        """The axes of the output after its channels."""
        if not _has_lattice(self.X):
            return Axes.of(self.X.group.regular)
        points, *lattice = self.whole_shape
        return Axes.of_lattice(True, (points, *(-(-n // self.stride) for n in lattice)))

    def every(self, y: Any) -> Any:
        """``y[…, ::stride, ::stride]``, over the lattice axes and from index 0."""
        return y if self.stride == 1 else namespace(y)[0].asarray(y[self._strided], copy=True)

    def filled(self, d: Any) -> Any:
        """The adjoint of `every`: zeros between the entries of d."""
        if self.stride == 1:
            return d
        xp, device = namespace(d)
        whole = xp.zeros((*d.shape[:2], *self.whole_shape), dtype=d.dtype, device=device)
        whole[self._strided] = d
        return whole

    @property
    def _strided(self) -> tuple[Any, ...]:
        return (..., *(slice(None, None, self.stride) for _ in self.whole_shape[1:]))


def _infinite(name: str) -> UnsupportedError:
    return UnsupportedError(
        f"{name} is infinite, and gcalc.fast takes finite groups and windows; use gcalc.reference, or a quotient"
    )


def _has_lattice(X: GSet) -> bool:
    return X.is_window or X.is_grid or (X.is_regular and isinstance(X.group, Quotient))


def _check_box(X: GSet, box: Sequence[int], name: str) -> None:
    """Refuse a box that has no entry, or more entries than a periodic lattice has cells along an axis."""
    if min(box) < 1:
        raise ShapeError(f"{name} has an empty box {tuple(box)}; every side needs at least one entry")
    if not X.is_window and any(k > n for k, n in zip(box, lattice(X), strict=True)):
        raise ShapeError(
            f"{name} has a box {tuple(box)} larger than the lattice {lattice(X)} of {X.name}; "
            "take a smaller box or a larger quotient"
        )


def _check_stride(X: GSet, stride: Any) -> None:
    """Refuse a stride that is no positive integer, or under which the output is no set that translations act on."""
    if not isinstance(stride, int | np.integer) or isinstance(stride, bool) or stride < 1:
        raise UsageError(f"stride must be a positive integer, got {short(stride)}")
    if stride == 1:
        return
    if not _has_lattice(X):
        raise UnsupportedError(
            f"{X.name} has no lattice for a stride of {stride}; take a grid, a regular space of a quotient or a window"
        )
    if not X.is_window and isinstance(X.group, Quotient) and X.group.modulus % stride:
        raise UnsupportedError(
            f"a stride of {stride} does not divide N = {X.group.modulus} of {X.group.name}, so its cells are no "
            "subgroup and the law `stride` keeps nothing; take a stride that divides N"
        )


def _window_shape(W: Window | WindowRegular, box: tuple[int, ...], boundary: str) -> tuple[int, ...]:
    """The axes (|P|, rows, cols) of the output on a window.

    Raises:
        UnsupportedError: the boundary is "valid" and an element of P exchanges the unequal sides of the box.
        ShapeError: the boundary is "valid" and the box is larger than the window.
    """
    (rows, cols), (k, m) = lattice(W), box
    if boundary == "zero":
        return W.point_group.order, rows, cols
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
