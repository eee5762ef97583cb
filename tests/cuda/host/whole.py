"""A whole CuPy on the host: what a benchmark asks of it, with a clock that a test sets, and arrays that are told apart.

Main definitions
    WholeLibrary: `Library` with CuPy's functions that benchmarks and algorithms call, and its module ``cuda``.
    installed: the product takes it for CuPy, and its arrays for CuPy's, until the test ends.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import array_api_compat
import array_api_compat.numpy as namespace_of_numpy
import numpy as np

from gcalc.fast import kernels, plans, transformation
from gcalc.fast.cuda import planar, tables

from .library import Array, Device, Library

MILLISECONDS = 3.0
"""Between any two events."""


class Event:
    """An event of the host's clock; it says whether it was recorded, and waited for."""

    made: list[Event] = []  # noqa: RUF012 (all that were made)

    def __init__(self) -> None:
        self.recorded = self.waited_for = False
        Event.made.append(self)

    def record(self) -> None:
        self.recorded = True

    def synchronize(self) -> None:
        self.waited_for = True


class Stream(nullcontext):
    """A stream with an address."""

    ptr = 4711

    def __init__(self, *, non_blocking: bool) -> None:
        super().__init__(self)
        assert non_blocking, "the null stream would be waited for"

    def synchronize(self) -> None:
        pass


def elapsed(start: Event, end: Event) -> float:
    assert start.recorded
    assert end.waited_for
    return MILLISECONDS


class WholeLibrary(Library):
    """CuPy on the host."""

    __version__ = "14.0.0 on the host"

    def __init__(self) -> None:
        super().__init__()
        self.free = 10**12
        properties = {"name": b"host", "major": 1, "minor": 2, "multiProcessorCount": 3, "totalGlobalMem": 4}
        self.cuda = SimpleNamespace(
            Event=Event,
            Stream=Stream,
            get_elapsed_time=elapsed,
            Device=Device,
            nvrtc=SimpleNamespace(getVersion=lambda: (13, 0)),
            runtime=SimpleNamespace(
                getDeviceCount=lambda: 1,
                getDeviceProperties=lambda number: properties,
                driverGetVersion=lambda: 13010,
                runtimeGetVersion=lambda: 13000,
                memGetInfo=lambda: (self.free, self.free),
            ),
        )

    def arange(self, start: int, stop: int, dtype: str) -> Array:
        return np.arange(start, stop, dtype=dtype).view(Array)

    def empty_like(self, a: Array) -> Array:
        return self.empty(a.shape, a.dtype)

    def copyto(self, target: Array, a: Array) -> None:
        np.copyto(target, a)

    def tensordot(self, a: Array, b: Array, axes: int) -> Array:
        assert isinstance(a, Array)
        assert isinstance(b, Array)
        return np.tensordot(a, b, axes).view(Array)

    def asnumpy(self, a: Array) -> np.ndarray:
        assert isinstance(a, Array)
        return np.array(a).view(np.ndarray)


class Namespace:
    """array-api-compat's namespace of NumPy, whose arrays are the library's."""

    __name__ = "array_api_compat.cupy"

    def __init__(self, library: WholeLibrary) -> None:
        self.library = library

    def asarray(
        self, a: Any, *, dtype: Any = None, device: Any = None, blocking: bool = False, copy: Any = None
    ) -> Array:
        return self.library.asarray(np.asarray(a, dtype=dtype), blocking=blocking)

    def empty(self, shape: Any, *, dtype: Any, device: Any) -> Array:
        return self.library.empty(shape, dtype)

    def zeros(self, shape: Any, *, dtype: Any, device: Any) -> Array:
        return self.library.zeros(shape, dtype)

    def __getattr__(self, name: str) -> Any:
        return getattr(namespace_of_numpy, name)


def installed(monkeypatch: Any) -> WholeLibrary:
    library = WholeLibrary()
    xp, right = Namespace(library), array_api_compat.array_namespace

    def array_namespace(*arrays: Any, **told: Any) -> Any:
        return xp if any(isinstance(a, Array) for a in arrays) else right(*arrays, **told)

    monkeypatch.setitem(sys.modules, "cupy", library)
    monkeypatch.setattr(array_api_compat, "array_namespace", array_namespace)
    monkeypatch.setattr(array_api_compat, "is_cupy_array", lambda a: isinstance(a, Array))
    on = kernels.Kernels(library)
    for module in (planar, tables, transformation):
        monkeypatch.setattr(module, "kernels", lambda: on)
    monkeypatch.setattr(plans, "_cache", type(plans._cache)())
    Event.made.clear()
    return library
