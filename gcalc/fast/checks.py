"""What the public functions of `gcalc.fast` ask beyond `gcalc.spaces.arguments`: finite spaces, strides, algorithms.

Main definitions
    check_finite_space, check_finite_group: the first argument is a finite space, or a finite group.
    check_options: the filter, the boundary, the stride and the algorithm exist, and belong to that space.
    Layer: the axes of a correlation's filters and output, from a space, a box, a boundary and a stride.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gcalc.errors import UnsupportedError, UsageError, short
from gcalc.fast.arrays import namespace
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.gset import GSet
from gcalc.groups.infinite import InfiniteGSet
from gcalc.groups.quotient import Quotient
from gcalc.spaces import arguments
from gcalc.spaces.axes import Axes
from gcalc.spaces.boxes import box_axes, has_lattice, window_output_shape
from gcalc.spaces.window import Window, WindowRegular

__all__ = ["Layer", "check_finite_group", "check_finite_space", "check_options"]

ALGORITHMS = ("auto", "tables", "direct", "fourier", "winograd", "fused")


def check_finite_space(X: Any) -> None:
    """Refuse what is no finite space."""
    arguments.check_space(X)
    if isinstance(X, InfiniteGSet):
        raise _infinite(X.name)


def check_finite_group(G: Any) -> None:
    """Refuse what is no finite group."""
    arguments.check_group(G)
    if isinstance(G, CrystallographicGroup):
        raise _infinite(G.name)


def check_options(X: GSet, filter: str, boundary: str, stride: Any = 1, algorithm: str = "auto") -> None:
    """Refuse a filter, boundary, stride or algorithm that does not exist, or does not belong to X."""
    arguments.check_options(X, filter, boundary)
    if algorithm not in ALGORITHMS:
        choices = ", ".join(f'"{choice}"' for choice in ALGORITHMS[:-1])
        raise UsageError(f'algorithm must be {choices} or "{ALGORITHMS[-1]}", got {short(algorithm)}')
    if X.is_window and algorithm == "tables":
        raise UnsupportedError(f'the {X.name} has no action on its boundary to tabulate; pass "direct"')
    _check_stride(X, stride)


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
        return Axes.of(self.X) if self.box is None else box_axes(self.X, self.box)

    @property
    def whole_shape(self) -> tuple[int, ...]:
        """The sizes of the output's axes after its channels, at stride 1."""
        if isinstance(self.X, Window | WindowRegular) and self.box is not None:
            return window_output_shape(self.X, self.box, self.boundary)
        return self.X.group.shape

    @property
    def output_axes(self) -> Axes:
        """The axes of the output after its channels."""
        if not has_lattice(self.X):
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


def _check_stride(X: GSet, stride: Any) -> None:
    """Refuse a stride that is no positive integer, or under which the output is no set that translations act on."""
    if not isinstance(stride, int | np.integer) or isinstance(stride, bool) or stride < 1:
        raise UsageError(f"stride must be a positive integer, got {short(stride)}")
    if stride == 1:
        return
    if not has_lattice(X):
        raise UnsupportedError(
            f"{X.name} has no lattice for a stride of {stride}; take a grid, a regular space of a quotient or a window"
        )
    if not X.is_window and isinstance(X.group, Quotient) and X.group.modulus % stride:
        raise UnsupportedError(
            f"a stride of {stride} does not divide N = {X.group.modulus} of {X.group.name}, so its cells are no "
            "subgroup and the law `stride` keeps nothing; take a stride that divides N"
        )
