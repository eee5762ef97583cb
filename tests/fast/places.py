"""The libraries and devices that arrays are put on, and the spaces on which fast and reference are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import array_api_compat
import numpy as np
import pytest

import gcalc
from gcalc import errors, fast, reference
from gcalc.groups.crystallographic import CrystallographicGroup


@dataclass(frozen=True)
class Place:
    """A library of arrays and one of its devices."""

    module: str
    device: str | None = None

    def __str__(self):
        return self.module if self.device is None else f"{self.module} on {self.device}"

    @property
    def xp(self):
        return pytest.importorskip(self.module)

    def _device(self):
        return None if self.device is None else self.xp.Device(self.device)

    def give(self, array: Any) -> Any:
        """NumPy's array, here."""
        array = np.array(array)
        if self.module == "torch":
            return self.xp.from_numpy(array)
        return array if self.device is None else self.xp.asarray(array, device=self._device())

    def take(self, array: Any) -> np.ndarray:
        """What is here as NumPy's array; it must be here."""
        mine = self.give(np.ones(1, bool))
        assert array_api_compat.array_namespace(array) is array_api_compat.array_namespace(mine)
        if self.device is None:
            return np.asarray(array)
        assert array_api_compat.device(array) == self._device()
        return np.from_dlpack(array)


NUMPY, TORCH = Place("numpy"), Place("torch")
STRICT = [Place("array_api_strict", device) for device in ("CPU_DEVICE", "device1", "device2")]
PLACES = [NUMPY, TORCH, *STRICT]


@cache
def space(name: str):
    """A space by name: a group, "… mod N" with "regular" or "grid", or the cosets "S4/2" of a subgroup of order 2."""
    if "/" in name:
        G = gcalc.group(name.partition("/")[0])
        return G.cosets(next(H for H in G.subgroups() if len(H) == int(name.partition("/")[2])))
    if " mod " not in name:
        return gcalc.group(name).regular
    symbol, _, N, kind = name.split()
    G = rotoinversion() if symbol == "P-4" else gcalc.group(symbol)
    return getattr(G.quotient(int(N)), kind)


@cache
def rotoinversion():
    """Z^3 with the rotoinversion of order 4 about the third axis."""
    turn = np.array([[0, -1, 0], [1, 0, 0], [0, 0, -1]])
    powers = [np.linalg.matrix_power(turn, k) for k in range(4)]
    return CrystallographicGroup([m.tolist() for m in powers], name="P-4")


ABSTRACT = ["C1", "C5", "S3", "Q8", "A4", "S4/2", "S4/3", "S4/6"]
LATTICES = [
    f"{symbol} mod {N} {kind}"
    for symbol, N in (("p4", 3), ("pg", 3), ("pgg", 2), ("p4g", 2), ("p3m1", 3), ("p6m", 3), ("P-4", 2))
    for kind in ("regular", "grid")
]


def assert_same(result: Any, expected: Any, dtype: Any) -> None:
    """Same shape, that dtype, and every entry equal, without tolerance."""
    expected = np.asarray(expected)
    assert result.shape == expected.shape
    assert result.dtype == dtype
    assert (result == expected).all(), f"{result} != {expected}"


def refused_alike(call):
    """Refuse the call on reference and on fast: with one class and in one line."""
    raised = []
    for module in (reference, fast):
        with pytest.raises(errors.GcalcError) as caught:
            call(module)
        raised.append((type(caught.value), str(caught.value)))
    assert raised[0] == raised[1]
    assert "\n" not in raised[1][1]
