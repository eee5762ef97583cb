"""What is timed: layers of one shape, on data whose results float32 holds exactly.

Main definitions
    Shape: batch, channels, plane group, lattice, box; written B,K,group,N,k.
    Case: a shape with its data, all that a contestant needs to know.
    SHAPES: the layers of the default run.

Notation
    K = J channels, P the point group, f (B, K, |P|, N, N), psi (K, K, |P|, k, k) and d (B, K, |P|, N, N).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import ExactnessError, GcalcError, UsageError
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.registry import group as named

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.groups.finite import FiniteGroup

__all__ = ["BOUNDARIES", "FILTERS", "QUICK", "SHAPES", "Case", "Shape", "case"]

BOUNDARIES = ("periodic", "zero")
FLOAT32_INTEGERS = 1 << 24
"""Sums of integers are exact in float32 while no partial sum exceeds this."""


@dataclass(frozen=True)
class Shape:
    """A layer with as many input as output channels on an N × N lattice.

    Attributes:
        batch: B.
        channels: K = J.
        group: the symbol of a plane group whose translation parts are integral.
        size: N.
        box: k.
    """

    batch: int
    channels: int
    group: str
    size: int
    box: int

    def __post_init__(self) -> None:
        """Refuse sizes that are not positive, boxes larger than the lattice, groups without matrices to turn by."""
        if min(self.batch, self.channels, self.size, self.box) < 1:
            raise UsageError(f"shape {self}: every size must be at least 1")
        if self.box > self.size:
            raise UsageError(f"shape {self}: a box of {self.box} is larger than the lattice of {self.size}")
        if max(self.additions.values()) > FLOAT32_INTEGERS:
            largest = FLOAT32_INTEGERS // (self.order * self.size**2)
            raise ExactnessError(
                f"shape {self}: a sum has {max(self.additions.values())} terms, more than the 2^24 that float32 "
                f"adds exactly; take a batch of at most {largest}, or fewer channels"
            )

    @classmethod
    def parse(cls, text: str) -> Shape:
        """The shape that B,K,group,N,k names.

        Raises:
            UsageError: it is no such list.
            UnknownGroupError: there is no group of that name.

        >>> Shape.parse("8,16,p4m,64,3").order
        8
        """
        try:
            batch, channels, group, size, box = text.split(",")
            sizes = int(batch), int(channels), int(size), int(box)
        except ValueError:
            raise UsageError(
                f"shape {text!r} is not of the form B,K,group,N,k, as in 8,16,p4m,64,3"
            ) from None
        return cls(sizes[0], sizes[1], group.strip(), sizes[2], sizes[3])

    def __str__(self) -> str:
        """B,K,group,N,k."""
        return f"{self.batch},{self.channels},{self.group},{self.size},{self.box}"

    @cached_property
    def crystallographic(self) -> CrystallographicGroup:
        """The plane group."""
        try:
            G = named(self.group)
        except GcalcError as error:
            raise UsageError(f"shape {self}: {error}") from error
        if (
            not isinstance(G, CrystallographicGroup)
            or G.dimension != 2
            or not G.is_split
            or G.denominator != 1
        ):
            raise UsageError(
                f"shape {self}: {self.group} is no plane group with integral translation parts; "
                "take one such as p4m"
            )
        return G

    @property
    def P(self) -> FiniteGroup:
        """The point group."""
        return self.crystallographic.point_group

    @property
    def order(self) -> int:
        """The order |P|."""
        return self.P.order

    @property
    def additions(self) -> dict[str, int]:
        """The number of terms in one entry of the output and of each gradient."""
        across = self.channels * self.order * self.box**2
        return {
            "output": across,
            "input gradient": across,
            "filter gradient": self.batch * self.order * self.size**2,
        }


@dataclass(frozen=True)
class Case:
    """A shape with its data.

    Attributes:
        batch, channels, group, size, box: those of the shape.
        boundary: "periodic" or "zero".
        matrices: the elements of P, (|P|, 2, 2).
        index: (|P|, |P|·k·k), the entry of a filter, in C order of (t, z), that the filter turned by s has at (t, z);
            None where the turned box is another.
        f, psi, d: float32 arrays with entries -1, 0, 1, in the public layout.
    """

    batch: int
    channels: int
    group: str
    size: int
    box: int
    boundary: str
    matrices: NDArray[np.int64]
    index: NDArray[np.int64] | None
    f: NDArray[Any]
    psi: NDArray[Any]
    d: NDArray[Any]


def case(shape: Shape, seed: int = 0, boundary: str = "periodic") -> Case:
    """The shape with data drawn from the seed.

    Raises:
        UsageError: a boundary other than "periodic" and "zero".
    """
    if boundary not in BOUNDARIES:
        raise UsageError(f"boundary {boundary!r} is not measured; take {' or '.join(BOUNDARIES)}")
    B, K, p, N, k = shape.batch, shape.channels, shape.order, shape.size, shape.box
    random = np.random.default_rng(seed)
    f, psi, d = (
        random.integers(-1, 2, size=axes).astype(np.float32)
        for axes in ((B, K, p, N, N), (K, K, p, k, k), (B, K, p, N, N))
    )
    matrices = np.array(shape.P.elements, dtype=np.int64)
    index = turned_index(shape.P, matrices, k)
    return Case(B, K, shape.group, N, k, boundary, matrices, index, f, psi, d)


def turned_index(P: FiniteGroup, matrices: NDArray[np.int64], k: int) -> NDArray[np.int64] | None:
    """For each s the index of ``(s⁻¹t, s⁻¹z)`` for each (t, z) of the box; None where some s⁻¹z is outside."""
    inverse = P.inverse_table
    offsets = np.indices((k, k)).reshape(2, -1) - k // 2
    cells = matrices[inverse] @ offsets + k // 2
    if (cells < 0).any() or (cells >= k).any():
        return None
    cells = cells[:, 0] * k + cells[:, 1]
    fibres = P.multiplication_table[inverse]
    return np.asarray(fibres[:, :, None] * k**2 + cells[:, None, :]).reshape(P.order, -1)


LAYERS = (
    (128, 10, "p4", 28),
    (32, 8, "p4m", 28),
    (8, 16, "p4", 32),
    (8, 16, "p4m", 64),
    (8, 32, "p4m", 32),
    (8, 64, "p4m", 28),
)
SHAPES = tuple(Shape(*layer, box) for box in (3, 5, 7) for layer in LAYERS)
"""Small and large layers of the p4 and p4m networks on CIFAR and MNIST, with three sizes of boxes."""
FILTERS = tuple(
    Shape(1, channels, group, 28, box)
    for channels, group, box in ((16, "p4", 3), (16, "p4m", 3), (64, "p4m", 3), (64, "p4m", 7))
)
"""Layers of which only the filters matter."""
QUICK = (Shape(4, 3, "p4", 8, 3), Shape(2, 2, "p4m", 9, 5))
"""Layers that take milliseconds."""
