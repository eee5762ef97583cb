"""CuPy and its device: whether they are there, and what their errors mean.

Main definitions
    cupy: the library, with a device that it can use.
    missing: why there is none.
    one_line_errors: its errors as gcalc's, a line each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from gcalc.errors import GcalcError, MissingDependencyError, TargetError

__all__ = ["DeviceError", "cupy", "missing", "one_line_errors"]

INSUFFICIENT_DRIVER, NO_DEVICE = 35, 100
"""Codes of the CUDA runtime."""
NO_BINARY, UNSUPPORTED_PTX = 209, 222
"""Codes of the CUDA driver for code that the device or the driver cannot run."""


class DeviceError(TargetError):
    """The device could not be used: no driver, not the right one, no memory left, or a kernel did not compile."""


def cupy() -> Any:
    """CuPy, with a device.

    Raises:
        MissingDependencyError: CuPy, or the compiler that it loads, is not installed.
        DeviceError: there is no driver, or not the right one, or no device.
    """
    try:
        library = import_module("cupy")
    except ImportError as error:
        raise MissingDependencyError(
            f"CuPy cannot be imported ({_first_line(error)}): pip install 'gcalc[gpu]'"
        ) from error
    with one_line_errors():
        if not library.cuda.runtime.getDeviceCount():
            raise DeviceError("there is no CUDA device; use arrays of NumPy or torch")
    try:
        library.cuda.nvrtc.getVersion()
    except (ImportError, RuntimeError) as error:
        raise MissingDependencyError(
            f"CuPy cannot load NVRTC, its compiler ({_first_line(error)}): pip install 'cupy-cuda13x[ctk]'"
        ) from error
    return library


def missing() -> str | None:
    """Why there is no CuPy with a device; None where there is."""
    try:
        cupy()
    except (MissingDependencyError, DeviceError) as error:
        return str(error)
    return None


@contextmanager
def one_line_errors() -> Iterator[None]:
    """CuPy's errors as `DeviceError`, one line that says what to do."""
    try:
        yield
    except GcalcError:
        raise
    except Exception as error:
        line = _explained(error)
        if line is None:
            raise
        raise DeviceError(line) from error


def _explained(error: Exception) -> str | None:
    """What an error of CuPy means; None for other errors."""
    if not type(error).__module__.startswith("cupy"):
        return None
    kind, code, text = type(error).__name__, getattr(error, "status", None), _first_line(error)
    if kind == "OutOfMemoryError":
        return f"the device has no memory left ({text}); take fewer examples at a time, or free arrays"
    if kind == "CompileException":
        return f"a CUDA kernel did not compile ({text}); CuPy's NVRTC must know this device: install a newer CuPy"
    if kind == "CUDARuntimeError" and code == INSUFFICIENT_DRIVER:
        return _no_driver()
    if kind == "CUDARuntimeError" and code == NO_DEVICE:
        return "there is no CUDA device; use arrays of NumPy or torch"
    if code in (NO_BINARY, UNSUPPORTED_PTX):
        return f"the driver cannot run what NVRTC compiled ({text}); install the driver of its CUDA, or a newer one"
    return f"CUDA failed ({text}); run compute-sanitizer as docs/gpu.md says, or start a new process"


def _no_driver() -> str:
    """There is no driver, or one older than CuPy's CUDA."""
    runtime = import_module("cupy").cuda.runtime
    driver, wanted = (_version(v()) for v in (runtime.driverGetVersion, runtime.runtimeGetVersion))
    if driver == "0.0":
        return "there is no CUDA driver; install NVIDIA's driver, or use arrays of NumPy or torch"
    return f"the driver is for CUDA {driver}, and CuPy for {wanted}; install a newer driver, or the CuPy of that CUDA"


def _version(number: int) -> str:
    return f"{number // 1000}.{number % 1000 // 10}"


def _first_line(error: Exception) -> str:
    """The first line of a message that says something, at most 200 characters of it."""
    lines = [line.strip() for line in str(error).splitlines()]
    errors = [line for line in lines if "error" in line.lower()]
    return (*errors, *filter(None, lines), type(error).__name__)[0][:200]
