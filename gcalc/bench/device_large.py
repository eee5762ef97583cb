"""A forward with a billion outputs on a device, and Freivalds' check of it.

Main definitions
    Large: the layer.
    forward: its time, the verdict, and with what probability a wrong output is missed.
    differs: whether sums of the outputs with random coefficients are not what they have to be.

Main statements
    With r_b and w_k drawn from 0, …, 255 after the outputs are there, ``Σ_bk r_b w_k y_bk`` is the correlation of
    ``Σ_b r_b f_b`` with ``Σ_k w_k psi^k``. A wrong y passes one draw with probability 2/256 at most (see
    `gcalc.verify.freivalds`).

Implementation notes
    The left-hand side is summed on the device in int64, example by example, so that the outputs are never copied from
    it. The right-hand side is `gcalc.fast` on NumPy's arrays, exact on integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc import fast
from gcalc.bench.contestant import AbsentError
from gcalc.bench.device import OnDevice, integers
from gcalc.bench.ours import plane_group
from gcalc.bench.race import Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.groups.gset import GSet

__all__ = ["BILLION", "QUICK", "Forward", "Large", "differs", "draws", "forward"]

DRAWN, DRAWS = 256, 6
"""Coefficients are below the first, and drawn so often."""
LARGEST = 9
"""Entries up to this one: with 288 products in a sum, all sums of outputs and coefficients fit int64 by far."""
Draws = Sequence[tuple["NDArray[np.int64]", "NDArray[np.int64]"]]


@dataclass(frozen=True)
class Large:
    """A layer with another number of output than of input channels."""

    batch: int
    J: int
    K: int
    group: str
    size: int
    box: int

    def __str__(self) -> str:
        """B,J>K,group,N,k."""
        return f"{self.batch},{self.J}>{self.K},{self.group},{self.size},{self.box}"

    @property
    def X(self) -> GSet:
        """The regular space of its input."""
        return plane_group(self.group).quotient(self.size).regular


BILLION = Large(128, 4, 64, "p4m", 128, 3)
QUICK = Large(4, 2, 3, "p4m", 6, 3)


class Forward(OnDevice):
    """The forward by the fused kernels, on integers that are made on the device.

    Raises:
        AbsentError: the device has not the memory.
    """

    def __init__(self, layer: Large, cupy: Any) -> None:
        """Make f and psi."""
        self.cupy, self.X, shape = cupy, layer.X, layer.X.shape
        free, needed = cupy.cuda.runtime.memGetInfo()[0], 6 * layer.batch * layer.K * prod(shape)
        if free < needed:
            raise AbsentError(
                f"{layer} needs {needed / 1e9:.1f} GB, and the device has {free / 1e9:.1f} GB left; free them first"
            )
        self.f = integers(cupy, (layer.batch, layer.J, *shape), LARGEST)
        self.psi = integers(cupy, (layer.K, layer.J, shape[0], layer.box, layer.box), LARGEST)

    def run(self, task: str) -> Any:
        """The outputs, (B, K, |P|, N, N)."""
        return fast.correlate(self.X, self.f, self.psi, "box", algorithm="fused")

    def results(self) -> Any:
        """The outputs, left on the device."""
        return self.run("forward")


def forward(cupy: Any, layer: Large, rounds: int, seed: int) -> tuple[Row, dict[str, Any]]:
    """The row of the layer, and what is told beside it."""
    try:
        work = Forward(layer, cupy)
    except AbsentError as why:
        return Row(str(layer), "fused", "gcalc", "NOT_TESTED", str(why)), {}
    y = work.results()
    told = {"outputs": int(y.size), "draws": DRAWS, "missed with": (2 / DRAWN) ** DRAWS}
    if differs(work, y, draws(layer.batch, layer.K, seed)):
        return Row(str(layer), "fused", "gcalc", "FAILED", "an output is wrong by Freivalds' check"), told
    del y
    times = [work.seconds("forward", 1) for _ in range(rounds)]
    return Row(str(layer), "fused", "gcalc", "PROBABILISTIC", seconds={"forward": times}), told


def draws(batch: int, K: int, seed: int) -> Draws:
    """The coefficients r and w of every draw."""
    random = np.random.default_rng(seed)
    return [(random.integers(0, DRAWN, batch), random.integers(0, DRAWN, K)) for _ in range(DRAWS)]


def differs(work: Forward, y: Any, drawn: Draws) -> bool:
    """Whether ``Σ_bk r_b w_k y_bk`` is in some draw not the correlation of the sums of f and of psi."""
    f, psi = (work.cupy.asnumpy(a).astype(np.int64) for a in (work.f, work.psi))
    for r, w in drawn:
        left = sum(int(r_b) * _weighted(work.cupy, w, y_b) for r_b, y_b in zip(r, y, strict=True))
        f_r, psi_w = (np.tensordot(c, a, axes=1)[None] for c, a in ((r, f), (w, psi)))
        right = fast.correlate(work.X, f_r, psi_w, "box", algorithm="direct")
        if (work.cupy.asnumpy(left) != right[0, 0]).any():
            return True
    return False


def _weighted(cupy: Any, w: NDArray[np.int64], y: Any) -> Any:
    """``Σ_k w_k y_k``, in int64."""
    return cupy.tensordot(cupy.asarray(w), y.astype("int64"), axes=1)
