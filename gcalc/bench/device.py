"""CuPy's device as a place to measure on: what it is called, its clock, and data that are made there.

Main definitions
    environment: the device, its driver and the versions of what drives it.
    OnDevice: a contestant whose calls are timed by events of the device.
    stream: the one stream on which everything is measured.
    integers: data made on the device.
    torch_with_cuda: torch, where it computes on the device too.

Implementation notes
    Two events on a stream stand around the calls, so that the time is the device's, from the first kernel to the last,
    with what the host leaves idle between them. The stream is never the null stream: torch has no name for that one,
    and gives another where it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from math import prod
from pathlib import Path
from typing import Any

from gcalc.bench.contestant import Contestant
from gcalc.fast.cuda.device import one_line_errors

__all__ = ["OnDevice", "environment", "integers", "stream", "torch_with_cuda"]

DRIVER = Path("/proc/driver/nvidia/version")


def environment(cupy: Any) -> dict[str, Any]:
    """The current device, its driver, CUDA, the compiler and CuPy; versions of CUDA as 1000·major + 10·minor."""
    runtime = cupy.cuda.runtime
    properties = runtime.getDeviceProperties(cupy.cuda.Device().id)
    return {
        "name": properties["name"].decode(),
        "compute_capability": f"{properties['major']}.{properties['minor']}",
        "multiprocessors": properties["multiProcessorCount"],
        "memory": properties["totalGlobalMem"],
        "driver": _driver(),
        "driver_cuda": runtime.driverGetVersion(),
        "cuda": runtime.runtimeGetVersion(),
        "nvrtc": ".".join(map(str, cupy.cuda.nvrtc.getVersion())),
        "cupy": cupy.__version__,
    }


def _driver() -> str | None:
    """The version of NVIDIA's driver, where the system tells it."""
    found = re.search(r"\d+\.\d+(\.\d+)?", DRIVER.read_text(encoding="utf-8")) if DRIVER.exists() else None
    return found[0] if found else None


class OnDevice(Contestant):
    """A contestant whose work is on the device; it comes first among the bases.

    Attributes:
        cupy: the library.
    """

    cupy: Any

    def seconds(self, task: str, calls: int) -> float:
        """The time of one call on the current stream by the device's clock, the mean of this many."""
        start, end = self.cupy.cuda.Event(), self.cupy.cuda.Event()
        start.record()
        for _ in range(calls):
            self.run(task)
        end.record()
        end.synchronize()
        return float(self.cupy.cuda.get_elapsed_time(start, end)) / 1000 / calls


@contextmanager
def stream(cupy: Any) -> Iterator[Any]:
    """A stream of its own, current for the time of a run; CuPy's errors are one line each."""
    made = cupy.cuda.Stream(non_blocking=True)
    with one_line_errors(), made:
        yield made
        made.synchronize()


def integers(cupy: Any, shape: tuple[int, ...], largest: int) -> Any:
    """Integers from -largest to largest as float32, without the device's library of random numbers."""
    mixed = cupy.arange(1, prod(shape) + 1, dtype="int64") * 2654435761 // 2**9
    return (mixed % (2 * largest + 1) - largest).astype("float32").reshape(shape)


def torch_with_cuda() -> Any:
    """torch, or None where it is not installed or has no CUDA."""
    if find_spec("torch") is None:
        return None
    torch = import_module("torch")
    return torch if torch.cuda.is_available() else None
