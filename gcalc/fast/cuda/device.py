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

__all__ = ["DeviceError", "cuda_version", "cupy", "missing", "one_line_errors"]

INSUFFICIENT_DRIVER, NO_DEVICE, DRIVER_MISMATCH = 35, 100, 803
"""Codes of the CUDA runtime."""
OUT_OF_MEMORY = 2
"""The code of the CUDA runtime and of the driver."""
CUBLAS_ALLOC_FAILED = 3
NO_BINARY, UNSUPPORTED_PTX = 209, 222
"""Codes of the CUDA driver for code that the device or the driver cannot run."""

NO_DRIVER = "there is no CUDA driver; install NVIDIA's driver, or use arrays of NumPy or torch"


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
        is_absent = isinstance(error, ModuleNotFoundError) and error.name == "cupy"
        mend = "" if is_absent else "; its package must be that of the CUDA installed"
        raise MissingDependencyError(
            f"CuPy cannot be imported ({_first_line(error)}){mend}: pip install 'gcalc[gpu]'"
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
    """CuPy's errors as `DeviceError`, one line that says what to do; also a decorator.

    A library of CUDA that CuPy does not find is a `MissingDependencyError`.
    """
    try:
        yield
    except GcalcError:
        raise
    except Exception as error:
        if _is_not_loaded(error):
            raise _absent_library(error) from error
        line = _explained(error)
        if line is None:
            raise
        raise DeviceError(line) from error


def _explained(error: Exception) -> str | None:
    """What an error of CuPy means; None for other errors."""
    if not type(error).__module__.startswith("cupy"):
        return None
    kind, code, text = type(error).__name__, getattr(error, "status", None), _first_line(error)
    if kind == "OutOfMemoryError" or _is_out_of_memory(kind, code):
        return f"the device has no memory left ({text}); take fewer examples at a time, or free arrays"
    if kind == "CompileException":
        return f"a CUDA kernel did not compile ({text}); CuPy's NVRTC must know this device: install a newer CuPy"
    if kind == "CUDARuntimeError" and code == INSUFFICIENT_DRIVER:
        return _no_driver()
    if kind == "CUDARuntimeError" and code == NO_DEVICE:
        return "there is no CUDA device; use arrays of NumPy or torch"
    if kind == "CUDARuntimeError" and code == DRIVER_MISMATCH:
        return f"parts of the driver are of different versions ({text}); restart the machine after a driver's update"
    if code in (NO_BINARY, UNSUPPORTED_PTX):
        return f"the driver cannot run what NVRTC compiled ({text}); install the driver of its CUDA, or a newer one"
    return f"CUDA failed ({text}); run compute-sanitizer as docs/gpu.md says, or start a new process"


def _is_not_loaded(error: Exception) -> bool:
    """Whether CuPy has not found a library of CUDA, which it looks for when that is first needed."""
    text = str(error)
    return isinstance(error, ImportError | RuntimeError) and (
        text.startswith("CuPy failed to load") or "cannot open shared object" in text
    )


def _absent_library(error: Exception) -> GcalcError:
    line = _first_line(error)
    if "libcuda.so" in line:
        return DeviceError(NO_DRIVER)
    return MissingDependencyError(
        f"CuPy cannot load a library of CUDA ({line}): pip install 'cupy-cuda13x[ctk]'"
    )


def _is_out_of_memory(kind: str, code: int | None) -> bool:
    """Whether a code of the runtime, of the driver or of cuBLAS says that there is no memory left."""
    codes = {
        "CUDARuntimeError": OUT_OF_MEMORY,
        "CUDADriverError": OUT_OF_MEMORY,
        "CUBLASError": CUBLAS_ALLOC_FAILED,
    }
    return code is not None and codes.get(kind) == code


def _no_driver() -> str:
    """There is no driver, or one older than CuPy's CUDA."""
    runtime = import_module("cupy").cuda.runtime
    driver, wanted = (cuda_version(v()) for v in (runtime.driverGetVersion, runtime.runtimeGetVersion))
    if driver == "0.0":
        return NO_DRIVER
    return f"the driver is for CUDA {driver}, and CuPy for {wanted}; install a newer driver, or the CuPy of that CUDA"


def cuda_version(number: int) -> str:
    """A version as CUDA numbers it.

    >>> cuda_version(13020)
    '13.2'
    """
    return f"{number // 1000}.{number % 1000 // 10}"


def _first_line(error: Exception) -> str:
    """The first line of a message that names an error, else that says something, at most 200 characters of it."""
    lines = [line.strip() for line in str(error).splitlines() if not line.rstrip().endswith(":")]
    errors = [line for line in lines if "error" in line.lower()]
    return (*errors, *filter(None, lines), type(error).__name__)[0][:200]
