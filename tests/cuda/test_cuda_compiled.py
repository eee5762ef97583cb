"""Ring 2, anywhere with NVRTC: every kernel compiled for devices that are not here, and what its code has."""

from __future__ import annotations

import pytest

from gcalc.fast.kernels import KERNELS, TYPES, expression

from .host.library import Fault
from .nvrtc import ARCHITECTURES, compiled, library

pytestmark = pytest.mark.skipif(
    library() is None, reason="NOT_TESTED: NVRTC is not installed: pip install 'gcalc[cuda-test]'"
)

TILED = {"sm_80": ("float32",), "sm_90": ("float32", "float64"), "sm_100": ("float32",)}
"""The types for which large tiles are compiled here; `python -m tests.cuda.compile_all` compiles all."""
ADDITION = {"float": "add.f32", "double": "add.f64", "unsigned": "add.u32", "unsigned long long": "add.u64"}


def kernels(architecture, files):
    """Every kernel of these files by name and type."""
    for file in files:
        types = (
            TILED[architecture]
            if KERNELS[next(n for n, k in KERNELS.items() if k.file == file)].is_tiled
            else TYPES
        )
        wanted = {
            expression(n, t, 4): (n, t) for n, kernel in KERNELS.items() if kernel.file == file for t in types
        }
        yield from (
            (wanted[name], made) for name, made in compiled(file, tuple(wanted), architecture).items()
        )


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("file", sorted({kernel.file for kernel in KERNELS.values()}))
def test_every_kernel_compiles_and_keeps_its_values_in_registers(file, architecture):
    for (name, dtype), made in kernels(architecture, [file]):
        assert (made.stack, made.spilled) == (0, 0), f"{name} {dtype}"
        assert 0 < made.registers <= 128, "two blocks of 256 threads share the registers of a multiprocessor"
        assert (made.shared > 0) == KERNELS[name].is_tiled


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_scatter_adds_atomically_and_nothing_else_does(architecture):
    for (name, dtype), made in kernels(architecture, sorted({kernel.file for kernel in KERNELS.values()})):
        if name == "filter_transform_scatter":
            (atomic,) = made.atomics
            assert atomic.endswith(f"global.{ADDITION[TYPES[dtype].summed]}")
        else:
            assert made.atomics == [], f"{name} {dtype}"


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_kernel_that_spills_would_be_seen(architecture):
    fault = Fault(
        "long long s = 0; s < order; ++s) {",
        "long long s = 0; s < order; ++s) { volatile A many[64]; many[s] = sum;",
    )
    name = expression("filter_transform_gather", "float64")
    made = compiled("filter_transformation.cu", (name,), architecture, fault)[name]
    assert made.stack > 0


def test_an_error_of_the_compiler_is_told():
    with pytest.raises(RuntimeError, match="expected a"):
        compiled("parts.cu", ("sum_parts<float, float>",), "sm_90", Fault("A sum = 0;", "A sum = 0"))
