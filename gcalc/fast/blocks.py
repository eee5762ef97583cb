"""Matrix products of one block of images at some points at a time, each in its place of a larger array.

Main definitions
    Part: which block and which points.
    Scratch: products that one thread soon reads again.
    Products: products of all parts, which are kept.

Implementation notes
    NumPy writes into buffers of the workspace. Other namespaces have one part, all there is, and get new arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import array_api_compat
import numpy as np

from gcalc.fast.workspace import Workspace

__all__ = ["Part", "Products", "Scratch"]


class Scratch:
    """Products that one thread soon reads again."""

    def __init__(self, workspace: Workspace, thread: int, sizes: Mapping[str, int], like: Any) -> None:
        """Reserve NumPy's buffers: as many entries as the largest product of a name has."""
        self.workspace = workspace
        self.buffers = {
            name: workspace.empty(f"{name} {thread}", (size,), like) if workspace.is_numpy else None
            for name, size in sizes.items()
        }

    def matmul(self, name: str, a: Any, b: Any) -> Any:
        """``a @ b``, until the next product of that name."""
        buffer = self.buffers[name]
        if buffer is None:
            return self.workspace.xp.matmul(a, b)
        shape = _product_shape(a, b)
        return np.matmul(a, b, out=buffer[: prod(shape)].reshape(shape))

    def fronted(self, name: str, a: Any, b: Any) -> Any:
        """``a @ b`` for each b (n, …) of a stack, the rows of a before the stack: (rows, n, …)."""
        xp, buffer, shape = self.workspace.xp, self.buffers[name], (a.shape[0], b.shape[0], b.shape[2])
        if buffer is None:
            return xp.permute_dims(xp.matmul(a, b), (1, 0, 2))
        product = buffer[: prod(shape)].reshape(shape)
        np.matmul(a, b, out=product.swapaxes(0, 1))
        return product

    def zeros(self, name: str, shape: tuple[int, ...], like: Any) -> Any:
        """Zeros, until the next ones of that name."""
        buffer = self.buffers[name]
        if buffer is None:
            return self.workspace.xp.zeros(shape, dtype=like.dtype, device=array_api_compat.device(like))
        zeros = buffer[: prod(shape)].reshape(shape)
        zeros[...] = 0
        return zeros


@dataclass(frozen=True)
class Part:
    """A block of images, by its number, at some points, with the scratch of the thread that works on it."""

    block: int
    points: slice
    scratch: Scratch


class Products:
    """For every block an array whose first axis is that of the points.

    Attributes:
        arrays: one a block; None until there is a product, outside NumPy.
    """

    def __init__(self, workspace: Workspace, name: str, shapes: Sequence[tuple[int, ...]], like: Any) -> None:
        """Reserve NumPy's buffers, of one shape a block."""
        self.workspace, self.shapes = workspace, shapes
        self.arrays: list[Any] = [
            workspace.empty(f"{name} {block}", shape, like) if workspace.is_numpy else None
            for block, shape in enumerate(shapes)
        ]

    def put(self, part: Part, a: Any, b: Any) -> Any:
        """``a @ b`` in the place of the part, with the axes of that place."""
        if self.workspace.is_numpy:
            np.matmul(a, b, out=self[part].reshape(_product_shape(a, b)))
        else:
            product = self.workspace.xp.matmul(a, b)
            self.arrays[part.block] = self.workspace.xp.reshape(product, self.shapes[part.block])
        return self[part]

    def __getitem__(self, part: Part) -> Any:
        """The place of the part."""
        return self.arrays[part.block][part.points, ...]


def _product_shape(a: Any, b: Any) -> tuple[int, ...]:
    return (*np.broadcast_shapes(a.shape[:-2], b.shape[:-2]), a.shape[-2], b.shape[-1])
