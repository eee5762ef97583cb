"""What CuPy raises becomes one line of gcalc's, with a library that raises in the place of CuPy."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np
import pytest

import gcalc
from gcalc import fast
from gcalc.errors import MissingDependencyError, ShapeError
from gcalc.fast import cases, operators, plan, pooling, transformation
from gcalc.fast.cuda import device
from gcalc.fast.cuda.device import DeviceError, cupy, missing, one_line_errors


def raising(kind: str, text: str, status: int | None = None) -> Exception:
    """An error of CuPy's."""
    error = type(kind, (RuntimeError,), {"__module__": "cupy_backends.cuda.api.runtime"})(text)
    error.status = status
    return error


@pytest.fixture
def library(monkeypatch):
    """CuPy, whose runtime does what a test tells it."""

    def count():
        if isinstance(made.devices, Exception):
            raise made.devices
        return made.devices

    def version():
        if made.compiler:
            raise made.compiler
        return 13, 0

    made = SimpleNamespace(devices=1, compiler=None)
    runtime = SimpleNamespace(
        getDeviceCount=count, driverGetVersion=lambda: made.driver, runtimeGetVersion=lambda: 13020
    )
    made.cuda = SimpleNamespace(runtime=runtime, nvrtc=SimpleNamespace(getVersion=version))
    made.driver = 13000
    monkeypatch.setitem(sys.modules, "cupy", made)
    return made


TOO_OLD = ("CUDARuntimeError", "cudaErrorInsufficientDriver: CUDA driver version is insufficient", 35)


def test_a_library_with_a_device_is_given(library):
    assert cupy() is library
    assert missing() is None


@pytest.mark.parametrize(
    ("devices", "driver", "says"),
    [
        (
            raising(*TOO_OLD),
            0,
            "there is no CUDA driver; install NVIDIA's driver, or use arrays of NumPy or torch",
        ),
        (
            raising(*TOO_OLD),
            12040,
            "the driver is for CUDA 12.4, and CuPy for 13.2; install a newer driver, or the CuPy of that CUDA",
        ),
        (
            raising("CUDARuntimeError", "cudaErrorNoDevice: no device", 100),
            13000,
            "there is no CUDA device; use arrays of NumPy or torch",
        ),
        (0, 13000, "there is no CUDA device; use arrays of NumPy or torch"),
    ],
)
def test_no_driver_or_no_device(library, devices, driver, says):
    library.devices, library.driver = devices, driver
    with pytest.raises(DeviceError) as caught:
        cupy()
    assert str(caught.value) == missing() == says


def test_no_cupy(monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'gcalc\[gpu\]'$"):
        cupy()


def test_a_cupy_of_another_cuda(monkeypatch):
    text = (
        "\n====\nFailed to import CuPy.\n\nIf you installed CuPy via wheels, make sure that the package matches.\n\n"
        "Original error:\n  ImportError: libcudart.so.12: cannot open shared object file\n====\n"
    )

    def broken(name):
        raise ImportError(text)

    monkeypatch.setattr(device, "import_module", broken)
    assert missing() == (
        "CuPy cannot be imported (ImportError: libcudart.so.12: cannot open shared object file); its package must be "
        "that of the CUDA installed: pip install 'gcalc[gpu]'"
    )


ABSENT = [
    (
        ImportError("libcublas.so.13: cannot open shared object file: No such file or directory"),
        MissingDependencyError,
        "CuPy cannot load a library of CUDA (libcublas.so.13: cannot open shared object file: No such file or "
        "directory): pip install 'cupy-cuda13x[ctk]'",
    ),
    (
        RuntimeError(
            "CuPy failed to load libcuda.so.1: OSError: libcuda.so.1: cannot open shared object file"
        ),
        DeviceError,
        "there is no CUDA driver; install NVIDIA's driver, or use arrays of NumPy or torch",
    ),
]


@pytest.mark.parametrize(("error", "kind", "says"), ABSENT)
def test_a_library_of_cuda_that_is_looked_for_when_it_is_needed(error, kind, says):
    with pytest.raises(kind) as caught, one_line_errors():
        raise error
    assert str(caught.value) == says


def test_no_compiler(library):
    library.compiler = RuntimeError(
        "CuPy failed to load libnvrtc.so.13: OSError: no such file\nand more lines"
    )
    with pytest.raises(MissingDependencyError) as caught:
        cupy()
    assert str(caught.value) == (
        "CuPy cannot load NVRTC, its compiler (CuPy failed to load libnvrtc.so.13: OSError: no such file): "
        "pip install 'cupy-cuda13x[ctk]'"
    )


RUNTIME = [
    (
        "OutOfMemoryError",
        "Out of memory allocating 4,096 bytes",
        None,
        "no memory left .*4,096 bytes.*fewer examples",
    ),
    (
        "CompileException",
        "\n\nplanar.cu(3): error: no\nmore",
        None,
        r"did not compile \(planar.cu\(3\): error: no\)",
    ),
    (
        "CUDADriverError",
        "CUDA_ERROR_NO_BINARY_FOR_GPU: no image",
        209,
        "driver cannot run what NVRTC compiled",
    ),
    ("CUDADriverError", "CUDA_ERROR_UNSUPPORTED_PTX_VERSION: the PTX", 222, "install the driver of its CUDA"),
    ("CUDARuntimeError", "cudaErrorMemoryAllocation: out of memory", 2, "no memory left"),
    ("CUDADriverError", "CUDA_ERROR_OUT_OF_MEMORY: out of memory", 2, "no memory left"),
    ("CUBLASError", "CUBLAS_STATUS_ALLOC_FAILED", 3, "no memory left"),
    ("CUDARuntimeError", "cudaErrorSystemDriverMismatch: unsupported", 803, "different versions .*restart"),
    ("CUDADriverError", "CUDA_ERROR_ILLEGAL_ADDRESS: access", 700, "ILLEGAL_ADDRESS.*compute-sanitizer"),
]


@pytest.mark.parametrize(("kind", "text", "status", "says"), RUNTIME)
def test_an_error_while_running(kind, text, status, says):
    error = raising(kind, text, status)
    with pytest.raises(DeviceError, match=says) as caught, one_line_errors():
        raise error
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is error


G, W = gcalc.group("C2"), gcalc.window("p4", 4, 4)
FULL, BOX = np.ones((1, 1, 2)), np.ones((1, 1, 3, 3))
PUBLIC = {
    "left_translate": lambda: fast.left_translate(G.regular, 1, FULL),
    "correlate": lambda: fast.correlate(G.regular, FULL, FULL),
    "input_gradient": lambda: fast.input_gradient(G.regular, FULL, FULL),
    "filter_gradient": lambda: fast.filter_gradient(G.regular, FULL, FULL),
    "convolve": lambda: fast.convolve(G, FULL, FULL),
    "involution": lambda: fast.involution(G, FULL),
    "pool": lambda: fast.pool(G, FULL, [0, 1]),
    "coset_pool": lambda: fast.coset_pool(G, FULL, [0, 1]),
    "pool_gradient": lambda: fast.pool_gradient(G, FULL, FULL, [0, 1]),
    "coset_pool_gradient": lambda: fast.coset_pool_gradient(G, FULL[..., :1], FULL, [0, 1]),
    "filter_transform": lambda: fast.filter_transform(W, BOX, "box"),
    "filter_transform_gradient": lambda: fast.filter_transform_gradient(W, np.ones((1, 4, 1, 3, 3)), (3, 3)),
    "Plan": lambda: fast.Plan(G.regular).forward(FULL, FULL),
    "Cases": lambda: fast.Cases(G).correlate(FULL, FULL[None]),
}


@pytest.mark.parametrize("call", PUBLIC.values(), ids=PUBLIC)
def test_every_public_function_says_in_one_line_that_there_is_no_memory(call, monkeypatch):
    def full(*_):
        raise raising("OutOfMemoryError", "Out of memory allocating 4,096 bytes")

    call()
    for module in (operators, plan, cases, pooling, transformation):
        monkeypatch.setattr(module, "namespace", full)
    with pytest.raises(DeviceError, match=r"no memory left .*fewer examples"):
        call()


def test_no_public_function_is_forgotten():
    assert PUBLIC.keys() == set(fast.__all__)


@pytest.mark.parametrize("error", [ShapeError("f needs axes"), ValueError("not CuPy's"), KeyboardInterrupt()])
def test_other_errors_stay_what_they_are(error):
    with pytest.raises(type(error)) as caught, one_line_errors():
        raise error
    assert caught.value is error
