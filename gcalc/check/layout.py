"""How the axes of somebody's array are declared: einops patterns, in which space and representations have names.

Main definitions
    Layout: a pattern such as "b (k g) x y", with the names of space axes and of axes that carry a representation.

Notation
    ``b`` is the batch. Names in parentheses share an axis of the array, the last one running fastest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from gcalc.errors import ShapeError, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["BATCH", "Layout"]

BATCH = "b"
TOKEN = re.compile(r"\(([^()]*)\)|(\S+)")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Layout:
    """The axes of one array.

    Attributes:
        pattern: as it was declared.
        products: for each axis of the array the names whose product it is.
        space: the names of space axes, in the order of coordinates.
        represented: the names of axes with a representation, in the order in which they stand.

    >>> layout = Layout.parse("b (k g) x y", space=("x", "y"), represented=("g",))
    >>> layout.sizes((2, 12, 9, 9), {"g": 4})
    {'b': 2, 'k': 3, 'g': 4, 'x': 9, 'y': 9}
    """

    pattern: str
    products: tuple[tuple[str, ...], ...]
    space: tuple[str, ...]
    represented: tuple[str, ...]

    @classmethod
    def parse(cls, pattern: str, *, space: Sequence[str], represented: Sequence[str]) -> Layout:
        """Read a pattern.

        Raises:
            UsageError: it is no pattern, a name stands twice, or only some of the space axes are there.
        """
        products = tuple(_products(pattern))
        names = [name for product in products for name in product]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise UsageError(f"{twice[0]!r} stands twice in {pattern!r}; name each axis once")
        there = tuple(name for name in space if name in names)
        if there and len(there) < len(space):
            missing = ", ".join(name for name in space if name not in names)
            raise UsageError(
                f"{pattern!r} has the space axis {there[0]} and not {missing}; "
                f"name all of space={' '.join(space)!r}, or none"
            )
        return cls(pattern, products, there, tuple(name for name in names if name in represented))

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in the order in which they stand."""
        return tuple(name for product in self.products for name in product)

    @property
    def flat(self) -> str:
        """The pattern with an axis for each name."""
        return " ".join(self.names)

    def shape(self, sizes: Mapping[str, int]) -> tuple[int, ...]:
        """The shape of an array with these sizes of the named axes.

        Raises:
            UsageError: a size is not given.
        """
        missing = [name for name in self.names if name not in sizes]
        if missing:
            raise UsageError(
                f"how long is {missing[0]!r} of {self.pattern!r}? give sizes={{{missing[0]!r}: …}}"
            )
        return tuple(prod(sizes[name] for name in product) for product in self.products)

    def sizes(self, shape: Sequence[int], known: Mapping[str, int]) -> dict[str, int]:
        """The size of every named axis of an array of this shape; in a product all but one are known.

        Raises:
            ShapeError: the shape has other axes, or an axis is no multiple of what is known of it.
        """
        if len(shape) != len(self.products):
            raise ShapeError(
                f"expected axes {self.pattern!r}, got shape {tuple(shape)}: "
                f"{len(shape)} axes for {len(self.products)}"
            )
        found: dict[str, int] = {}
        for product, length in zip(self.products, shape, strict=True):
            given = {name: known[name] for name in product if name in known}
            unknown = [name for name in product if name not in known]
            rest, remainder = divmod(length, prod(given.values()))
            if remainder or len(unknown) > 1 or (not unknown and rest != 1):
                told = ", ".join(f"{name} = {size}" for name, size in given.items())
                raise ShapeError(
                    f"expected axes {self.pattern!r}{f' with {told}' if told else ''}, got shape {tuple(shape)}; "
                    + (
                        "give the sizes of all but one"
                        if len(unknown) > 1
                        else f"its axis ({' '.join(product)}) has {length}"
                    )
                )
            found |= given | dict.fromkeys(unknown, rest)
        return {name: found[name] for name in self.names}

    def split(self, array: Array, known: Mapping[str, int]) -> Array:
        """The array with an axis for each name."""
        sizes = self.sizes(array.shape, known)
        return array.reshape([sizes[name] for name in self.names])

    def join(self, array: Array) -> Array:
        """An array with an axis for each name, as the layout has it."""
        lengths, shape = iter(array.shape), []
        for product in self.products:
            shape.append(prod(next(lengths) for _ in product))
        return array.reshape(shape)

    def axis(self, name: str) -> int:
        """The place of a name among all names."""
        return self.names.index(name)


def _products(pattern: str) -> list[tuple[str, ...]]:
    products = [tuple((inside if inside else single).split()) for inside, single in TOKEN.findall(pattern)]
    bare = TOKEN.sub("", pattern).strip()
    wrong = [name for product in products for name in product if not NAME.fullmatch(name)]
    if bare or wrong or not products:
        raise UsageError(
            f"{pattern!r} is no layout{f' at {wrong[0]!r}' if wrong else ''}; write names of axes such as 'b (k g) x y'"
        )
    return products
