"""The declared group: what acts on pixels, by which matrices, and what its elements are called.

Main definitions
    Declared: a group with its point group P and the dimension of space.
    declared: by name or from a group, for so many space axes.
    turn: ``(L_u f)(x) = f(u⁻¹x)`` about the centre of an array.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import UnsupportedError, UsageError
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.labels import show
from gcalc.groups.registry import group as named_group
from gcalc.groups.wallpaper import wallpaper_symbols

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Declared", "declared", "turn"]

POINT_GROUPS = {"C1": "p1", "C2": "p2", "C4": "p4", "D1": "pm", "D2": "pmm", "D4": "p4m"}
"""Names of point groups that mean a plane group where there are two space axes."""
MIRROR_1D = (((-1,),), (0,))
QUARTER_Z = (((0, -1, 0), (1, 0, 0), (0, 0, 1)), (0, 0, 0))
THIRD_XYZ = (((0, 0, 1), (1, 0, 0), (0, 1, 0)), (0, 0, 0))
INVERSION = (((-1, 0, 0), (0, -1, 0), (0, 0, -1)), (0, 0, 0))
OTHER_DIMENSIONS: Mapping[int, Mapping[str, Sequence[Any]]] = {
    1: {"p1": [(((1,),), (0,))], "pm": [MIRROR_1D]},
    3: {
        "P1": [(((1, 0, 0), (0, 1, 0), (0, 0, 1)), (0, 0, 0))],
        "P-1": [INVERSION],
        "P4": [QUARTER_Z],
        "P432": [QUARTER_Z, THIRD_XYZ],
        "Pm-3m": [QUARTER_Z, THIRD_XYZ, INVERSION],
    },
}
"""Isometries that generate the groups known by name on one and three space axes."""


@dataclass(frozen=True, eq=False)
class Declared:
    """The group under which a layer is said to be equivariant.

    Attributes:
        name: as reports call it.
        P: the point group, or the group itself where there is no space.
        crystallographic: the group with its translations; None where there is no space.
        dimension: the number of space axes.
    """

    name: str
    P: FiniteGroup
    crystallographic: CrystallographicGroup | None
    dimension: int

    @property
    def acts_on_pixels(self) -> bool:
        """Whether there is a plane group of that name, or point group."""
        return self.name in (*POINT_GROUPS, *wallpaper_symbols)

    def matrix(self, u: int) -> Array | None:
        """The matrix of element u of P on coordinates; None where it has none."""
        label = self.P.elements[u]
        is_matrix = isinstance(label, tuple) and len(label) > 0 and isinstance(label[0], tuple)
        return np.array(label, dtype=np.int64) if is_matrix else None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the elements are called: e, r, r², …, m, rm, … on the plane, else their labels."""
        if self.dimension != 2:
            return ("e", *(show(g) for g in self.P.elements[1:]))
        mirrors = [u for u in range(self.P.order) if round(float(np.linalg.det(self.on_space(u)))) < 0]
        n = self.P.order // (2 if mirrors else 1)
        powers = ["", "r", *(f"r{_superscript(k)}" for k in range(2, n))]
        names = [powers[u % n] + ("m" if u >= n else "") for u in range(self.P.order)]
        return ("e", *names[1:])

    def on_space(self, u: int) -> Array:
        """The matrix of element u on the space axes.

        Raises:
            UnsupportedError: it has none.
        """
        matrix = self.matrix(u)
        if matrix is None:
            raise UnsupportedError(f"{self.P.name} acts on no space")
        return matrix

    @cached_property
    def on_pixels(self) -> tuple[int, ...]:
        """The elements that permute the axes with signs, so that they move pixels to pixels."""
        return tuple(
            u
            for u in range(self.P.order)
            if self.dimension == 0 or (np.abs(self.on_space(u)).sum(axis=0) == 1).all()
        )

    def keeps(self, u: int, shape: Sequence[int]) -> bool:
        """Whether u maps an array with these space axes to itself."""
        return self.dimension == 0 or tuple(self.image(u, shape)) == tuple(shape)

    def image(self, u: int, shape: Sequence[int]) -> tuple[int, ...]:
        """The lengths of the space axes after u."""
        return tuple(shape[int(np.abs(row).argmax())] for row in self.on_space(u)) if self.dimension else ()


def declared(group: Any, dimension: int) -> Declared:
    """The group of this name, or this group, on so many space axes.

    Raises:
        UsageError: there is none, or it does not act on that space.
    """
    if isinstance(group, str):
        group = _by_name(group.strip(), dimension)
    if isinstance(group, CrystallographicGroup):
        if dimension and group.dimension != dimension:
            raise UsageError(
                f"{group.name} acts on {group.dimension} space axes, and {dimension} are declared; name them by space="
            )
        return Declared(group.name, group.point_group, group if dimension else None, dimension)
    if isinstance(group, FiniteGroup) and dimension == 2 and group.name in POINT_GROUPS:
        return declared(group.name, dimension)
    if not isinstance(group, FiniteGroup):
        raise UsageError(f"group= is a name such as 'p4m' or a group of gcalc, got {type(group).__name__}")
    if dimension:
        raise UsageError(
            f"{group.name} does not act on a pixel grid: only turns by 90° and mirrors move pixels to pixels, and a "
            "layer that turns by interpolation is equivariant to no more; declare p4 or p4m, or space=''"
        )
    return Declared(group.name, group, None, 0)


def _by_name(name: str, dimension: int) -> CrystallographicGroup | FiniteGroup:
    if dimension in OTHER_DIMENSIONS:
        known = OTHER_DIMENSIONS[dimension]
        if name not in known:
            raise UsageError(
                f"no group {name!r} on {dimension} space axis(es); there are {', '.join(known)}; "
                "or give a CrystallographicGroup"
            )
        return CrystallographicGroup.generated_by(known[name], name=name)
    if dimension == 2:
        return named_group(POINT_GROUPS.get(name, name))
    return named_group(name)


def turn(array: Array, matrix: Array, axes: Sequence[int]) -> Array:
    """``(L_u f)(x) = f(u⁻¹x)`` for a signed permutation u of the axes, about the centre of the array."""
    source = np.abs(matrix).argmax(axis=1)
    order = list(range(array.ndim))
    for i, axis in enumerate(axes):
        order[axis] = axes[source[i]]
    flipped = [axis for i, axis in enumerate(axes) if matrix[i, source[i]] < 0]
    return np.asarray(np.flip(array.transpose(order), tuple(flipped)))


def _superscript(k: int) -> str:
    return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(k))
