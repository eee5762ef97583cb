"""The pixels of an array, moved by a point group about the array's centre.

Main definitions
    window: the pixels of a rows × cols array for a wallpaper group.
    Window.regular: the pixels × P, the set that inputs of later layers live on.

Notation
    Pixel (i, j) has the doubled centred coordinates ``y = (2i - (rows - 1), 2j - (cols - 1))``, integers for
    both parities, and u moves it to the pixel with coordinates uy. P is the whole point group; the group that
    acts is the subgroup of those u that map the array to itself: all of P on a square array and where no
    element exchanges rows and columns.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import ShapeError, UnsupportedError
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.gset import GSet
from gcalc.groups.registry import group
from gcalc.groups.wallpaper import wallpaper_symbols

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.groups.finite import FiniteGroup
    from gcalc.groups.integral import Matrix

__all__ = ["Window", "WindowRegular", "window"]


class Window(GSet):
    """The pixels (i, j) of a rows × cols array.

    Attributes:
        group: the elements of P that map the array to itself, in P's order.
        shape: (rows, cols).
        point_group: all of P, whose elements are integer matrices.
        crystallographic: the wallpaper group.
    """

    def __init__(self, crystallographic: CrystallographicGroup, rows: int, cols: int) -> None:
        """Build the action table; :func:`window` has checked the arguments."""
        self.crystallographic = crystallographic
        self.point_group: FiniteGroup = crystallographic.point_group
        images = {u: _moved_pixels(u, rows, cols) for u in self.point_group}
        keeping = {u: image for u, image in images.items() if image is not None}
        name = f"point group of {crystallographic.name} on {rows}×{cols}"
        super().__init__(
            self.point_group.as_group(keeping, name),
            f"{rows}×{cols} window of {crystallographic.name}",
            None,
            np.stack(list(keeping.values())),
            shape=(rows, cols),
            is_window=True,
        )

    @cached_property
    def regular(self) -> WindowRegular:
        """The pixels × P, with ``u·(s, x) = (us, ux)``."""
        return WindowRegular(self)


class WindowRegular(GSet):
    """The pairs (s, x) of s in P and a pixel x, with ``u·(s, x) = (us, ux)``.

    Attributes:
        group: that of the window.
        shape: (|P|, rows, cols).
        point_group: all of P.
        window: the window.
    """

    def __init__(self, window: Window) -> None:
        """Combine P's multiplication table and the window's action table."""
        self.window = window
        self.crystallographic = window.crystallographic
        self.point_group: FiniteGroup = window.point_group
        acting = [self.point_group.index(u) for u in window.group]
        turned = self.point_group.multiplication_table[acting]
        table = turned[:, :, None] * window.size + window.action_table[:, None, :]
        super().__init__(
            window.group,
            f"{window.name} × P",
            None,
            table.reshape(len(acting), -1),
            shape=(self.point_group.order, *window.shape),
            is_regular=True,
            is_window=True,
        )

    @cached_property
    def points(self) -> tuple[Any, ...]:
        """The pairs (s, x) in index order."""
        return tuple(product(self.point_group, self.window.points))


def window(name: str | CrystallographicGroup, rows: int, cols: int) -> Window:
    """The pixels of a rows × cols array with the point group of a wallpaper group acting about the centre.

    Args:
        name: a wallpaper symbol, or a two-dimensional crystallographic group.
        rows: the number of rows, at least 1.
        cols: the number of columns, at least 1.

    Raises:
        UnsupportedError: the point group does not act by signed permutations with integral translations.
        ShapeError: a size is not a positive integer.

    >>> W = window("p4m", 9, 7)
    >>> W.point_group.order, W.group.order, W.act(((1, 0), (0, -1)), (0, 0))
    (8, 4, (0, 6))
    """
    G = _plane_group(name)
    for axis, size in (("rows", rows), ("cols", cols)):
        if not isinstance(size, int | np.integer) or isinstance(size, bool) or size < 1:
            raise ShapeError(
                f"a window needs a positive integer number of {axis}, got {size!r}; take 1 or more"
            )
    return Window(G, int(rows), int(cols))


def _plane_group(name: str | CrystallographicGroup) -> CrystallographicGroup:
    """The group, after checking that its point group moves pixels to pixels."""
    G = name if isinstance(name, CrystallographicGroup) else group(name)
    why = _why_no_pixels(G)
    if why is None and isinstance(G, CrystallographicGroup):
        return G
    possible = ", ".join(symbol for symbol in wallpaper_symbols if _why_no_pixels(group(symbol)) is None)
    raise UnsupportedError(
        f"{G.name} does not act on the pixels of a window: {why}; possible groups: {possible}"
    )


def _why_no_pixels(G: FiniteGroup | CrystallographicGroup) -> str | None:
    """The reason why G does not act on pixels, or None."""
    if not isinstance(G, CrystallographicGroup) or G.dimension != 2:
        return "it is not a plane group"
    if G.denominator != 1:
        return "it has translation parts that are not integral"
    for u in G.point_group:
        if any(sum(map(abs, line)) != 1 for line in (*u, *zip(*u, strict=True))):
            return f"its element {u} is not a signed permutation of the axes"
    return None


def _moved_pixels(u: Matrix, rows: int, cols: int) -> NDArray[np.int64] | None:
    """For each pixel in C order the index of its image under u, or None if some image is outside.

    Where all images are inside, u exchanges the axes only if they are equally long, so parities agree.
    """
    corner = np.array([[rows - 1], [cols - 1]], dtype=np.int64)
    doubled = 2 * np.indices((rows, cols)).reshape(2, -1) - corner
    image = np.array(u, dtype=np.int64) @ doubled + corner
    if (image < 0).any() or (image > 2 * corner).any():
        return None
    i, j = image // 2
    return np.asarray(i * cols + j, dtype=np.int64)
