"""Layers written in CuPy: functions of its arrays, on the current device."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cupy

from gcalc.check.targets.base import Array, Arrays, Trace, numbers
from gcalc.check.targets.ledger import Ledger
from gcalc.check.targets.numpy import NumpyTarget
from gcalc.errors import ExactnessError

__all__ = ["CupyTarget"]


class CupyTarget(NumpyTarget):
    """A function of CuPy's arrays; results come back to the host. Its operations are not watched."""

    framework = "cupy"

    def _live(self) -> dict[str, Array]:
        """None: what an object holds stays on the device."""
        return {}

    def _input(self, array: Array) -> Any:
        return cupy.asarray(super()._input(array))

    def _is_array(self, value: Any) -> bool:
        return isinstance(value, cupy.ndarray)

    def _output(self, value: Any) -> Array:
        return numbers(cupy.asnumpy(value))

    def _same(self, used: Sequence[Any], given: Sequence[Any]) -> bool:
        return super()._same([cupy.asnumpy(one) for one in used], [cupy.asnumpy(one) for one in given])

    def traced(self, *arrays: Array) -> Trace:
        """One run; nothing is known of its operations."""
        ledger = Ledger()
        ledger.unknown("what runs on the device")
        return ledger.trace(self(*arrays))

    def noisy(self, seed: int, *arrays: Array) -> Arrays | None:
        """None."""
        return None

    def lattice(self, bits: int, *arrays: Array) -> Arrays:
        """There is none. Raises ExactnessError."""
        raise ExactnessError(f"{self.name} has no run on multiples of 2^-{bits}: it runs on the device")
