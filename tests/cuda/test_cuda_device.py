"""Ring 3, on a device: `python -m pytest -m gpu`. Every kernel against the reference; streams, memory, errors."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from gcalc import fast
from gcalc.fast import kernels as module
from gcalc.fast.cuda import planar, tables, transformation
from gcalc.fast.cuda.device import DeviceError, missing
from gcalc.fast.filter_index import of_space
from gcalc.fast.kernels import TYPES, Kernels, expression, source, tiling
from gcalc.fast.transformation import filter_transform_gradient

from .cases import CASES, Case, Place, algorithm, arguments, differences, numeric, results, space

SOME = [
    case for case in CASES if case.space in ("p4m 3 grid", "S3", "pg 3 grid", "p6 3 grid", "p2 4x3 regular")
]
SPIN = """extern "C" __global__ void spin(long long cycles) {
    const long long start = clock64();
    while (clock64() - start < cycles) {}
}"""


@pytest.mark.gpu
@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_operator_is_the_references(case, dtype, place):
    assert [*differences(case, place, dtype)] == []


@pytest.mark.gpu
@pytest.mark.parametrize("side", [1, 2, 4])
def test_every_side_of_a_tile(side, place, monkeypatch):
    def tiles(rows, columns, terms=1):
        return side, -(-rows // (16 * side)) * -(-columns // (16 * side)), tiling(rows, columns, terms)[2]

    for caller in (planar, tables):
        monkeypatch.setattr(caller, "tiling", tiles)
    assert [
        d for case in SOME for dtype in ("int64", "float32") for d in differences(case, place, dtype)
    ] == []


@pytest.mark.gpu
@pytest.mark.parametrize("dtype", ["float32", "float64", "float16"])
def test_sums_in_a_fixed_order_have_the_same_bits_in_every_run(dtype, place):
    random = np.random.default_rng(5)
    for case in SOME:
        known = {name: random.standard_normal(a.shape) for name, a in arguments(case, dtype).items()}
        runs = [
            {n: place.take(r).tobytes() for n, _, r in results(case, place, known, dtype)} for _ in range(5)
        ]
        assert all(len({run[name] for run in runs}) == 1 for name in runs[0] if name != "scatter"), case


@pytest.mark.gpu
def test_the_gather_has_the_bits_of_numpys_gather(place):
    X, box = space("p4m 3 regular"), (3, 3)
    d = np.random.default_rng(3).standard_normal((64, 8, 32, 8, 3, 3)).astype(np.float32)
    gathered = transformation.gather(place.on, of_space(X, box), place.give(d.reshape(64, 8, 32, -1)))
    assert place.take(gathered).tobytes() == filter_transform_gradient(X, d, box).tobytes()


@pytest.mark.gpu
@pytest.mark.parametrize("case", SOME, ids=str)
def test_arrays_that_are_not_contiguous(case, place):
    def strided(array):
        wide = place.on.library.zeros((*array.shape, 2), dtype=array.dtype)
        wide[..., ::-1, 0] = place.give(array)
        return wide[..., ::-1, 0]

    assert [*differences(case, Place(place.on, strided, place.take), "int64")] == []


@pytest.mark.gpu
@pytest.mark.parametrize("case", [case for case in SOME if case.algorithm != "transformation"], ids=str)
def test_the_callers_stream_is_used_and_not_waited_for(case, place):
    cupy, known = place.on.library, arguments(case, "float32")
    made, stream = algorithm(case, place.on), cupy.cuda.Stream(non_blocking=True)
    given = {name: place.give(known[name].astype(np.float32)) for name in ("f", "psi", "d")}
    late = {name: cupy.zeros_like(array) for name, array in given.items()}
    spin = cupy.RawKernel(SPIN, "spin")
    cupy.cuda.Device().synchronize()

    def after(cycles):
        """The operators on arguments that are there only when the stream has come to them."""
        spin((1,), (1,), (np.int64(cycles),))
        for name, array in late.items():
            cupy.copyto(array, given[name])
        f, psi, d = late.values()
        return {
            "y": made.correlate(f, psi),
            "df": made.input_gradient(d, psi),
            "dpsi": made.filter_gradient(d, f),
        }

    with stream:
        after(1)  # compiles, moves the tables, and leaves memory in the stream's pool
        stream.synchronize()
        for array in late.values():
            array.fill(0)
        results = after(10**9)
        went_on = not stream.done
    stream.synchronize()
    assert went_on, "a call waited for the device"
    assert all((place.take(result) == known[name]).all() for name, result in results.items())


@pytest.mark.gpu
@pytest.mark.parametrize("dtype", ["int8", "int16", "float16", "bfloat16", "float32"])
@pytest.mark.parametrize("algorithm", ["fused", "tables"])
def test_the_public_functions_do_not_wait(algorithm, dtype, place):
    cupy, case = place.on.library, Case("planar", "p6 3 grid", (3, 3))
    X, known = space(case.space), arguments(case, dtype)
    f, psi = (place.give(known[name].astype(numeric(dtype))) for name in ("f", "psi"))
    stream, spin = cupy.cuda.Stream(non_blocking=True), cupy.RawKernel(SPIN, "spin")
    cupy.cuda.Device().synchronize()
    with stream:
        spin((1,), (1,), (np.int64(1),))
        fast.correlate(X, f, psi, "box", algorithm=algorithm)  # compiles, and moves the tables
        stream.synchronize()
        spin((1,), (1,), (np.int64(10**9),))
        y = fast.correlate(X, f, psi, "box", algorithm=algorithm)
        went_on = not stream.done
    stream.synchronize()
    assert went_on, "a call waited for the device"
    assert (place.take(y).astype(np.float64) == known["y"]).all()


@pytest.mark.gpu
def test_where_there_is_nothing_nothing_is_launched(place):
    table = of_space(space("p4m 3 grid"), (3, 3))
    psi, d = place.give(np.ones((0, 2, 9), np.float32)), place.give(np.ones((0, 8, 2, 9), np.float32))
    assert transformation.filter_transform(place.on, table, psi).shape == (0, 8, 2, 9)
    assert (
        transformation.gather(place.on, table, d).shape
        == transformation.scatter(place.on, table, d).shape
        == (0, 2, 9)
    )


@pytest.mark.gpu
def test_indices_beyond_32_bits(place):
    cupy, table, K = place.on.library, of_space(space("p2 3 grid"), (1, 2)), 2**30 + 5
    cells = 2 * 3  # two orientations of a box with three places
    if cupy.cuda.runtime.memGetInfo()[0] < 2 * K * (cells + 2 * 2) * 1.1:
        pytest.skip("NOT_TESTED: the device has less than 24 GB; ring 1 has the same kernels there")
    psi = cupy.zeros((K, 1, 2), dtype="float16")
    psi[-100:] = cupy.arange(200, dtype="float16").reshape(100, 1, 2)
    turned = transformation.filter_transform(place.on, table, psi)
    assert turned.size > 2**32
    assert (turned[-100:] == transformation.filter_transform(place.on, table, psi[-100:])).all()
    assert (transformation.gather(place.on, table, turned)[-100:] == 2 * psi[-100:]).all()


@pytest.mark.gpu
def test_errors_of_the_device_are_a_line_each(place, monkeypatch):
    like = place.give(np.ones(1, np.float32))
    with pytest.raises(DeviceError, match="no memory left"):
        place.on.empty((2**45,), like)
    monkeypatch.setattr(module, "source", lambda file: source(file).replace("A sum = 0;", "A sum = 0"))
    with pytest.raises(DeviceError, match="did not compile"):
        Kernels(place.on.library).launch("sum_parts", (like, like), 1, count=1, many=1)
    assert (place.on.sum_parts(like[None], like) == 1).all()


@pytest.mark.gpu
def test_no_kernel_has_local_memory_on_this_device(place):
    cupy = place.on.library
    for name, kernel in module.KERNELS.items():
        template = expression(name, "float32", 4)
        compiled = cupy.RawModule(
            code=source(kernel.file), options=module.OPTIONS, name_expressions=(template,)
        )
        assert compiled.get_function(template).local_size_bytes == 0, name


@pytest.mark.skipif(find_spec("cupy") is not None and missing() is None, reason="there is a device")
def test_without_a_device_the_result_file_says_that_nothing_ran(tmp_path):
    target = tmp_path / "gpu.json"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-m",
        "gpu",
        "-k",
        "nothing",
        "--gpu-report",
        str(target),
        __file__,
    ]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written["device"] is None
    assert written["reason"] == missing()
    assert written["measured"] == {}
    assert [*written["outcomes"].values()] == [f"skipped: Skipped: NOT_TESTED: {missing()}"]
