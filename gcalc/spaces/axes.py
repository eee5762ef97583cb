"""The axes of arrays that hold functions on a space, by name and size, for checks and messages.

Main definitions
    Axes: the names and sizes of the axes that a function on a space has.
    same, wrong_axes: what is said of arguments whose axes do not fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gcalc.errors import ShapeError

if TYPE_CHECKING:
    from gcalc.groups.gset import GSet

__all__ = ["Axes", "same", "wrong_axes"]


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


def same(axis: str, first: str, n: Any, second: str, m: Any) -> None:
    """Refuse two arguments that disagree on the size of an axis, or on their leading axes."""
    if n != m:
        raise ShapeError(f"{first} has {axis} = {n} but {second} has {axis} = {m}; they must be equal")


def wrong_axes(name: str, channels: tuple[str, ...], space: Axes, shape: tuple[int, ...]) -> ShapeError:
    """The error of an argument whose axes are not (*channels, *space)."""
    return ShapeError(f"{name} needs axes ({', '.join((*channels, str(space)))}), got shape {shape}")
