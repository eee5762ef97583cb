"""Ring 3, on a device: what is measured there goes to the file of --gpu-report; what is asserted is right or wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from math import prod
from statistics import median
from typing import Any

import array_api_compat
import numpy as np
import pytest

import gcalc
from gcalc.fast.cuda import transformation
from gcalc.fast.cuda.planar import Fused
from gcalc.fast.direct import Direct
from gcalc.fast.filter_index import of_problem
from gcalc.fast.fourier import Fourier
from gcalc.fast.problem import Problem
from gcalc.fast.workspace import Workspace

pytestmark = pytest.mark.gpu

ROUNDS = 20


def plane(group: str, side: int, box: int) -> Problem:
    """Box filters on the regular space of a plane group of so many cells a side."""
    P = gcalc.group(group).quotient(3).point_group
    return Problem(P, (side, side), True, (box, box), (box // 2, box // 2), "periodic")


def seconds(cupy: Any, ways: dict[str, Callable[[], Any]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median time of each way by the device's clock, the ways in turn."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 2):
        for name, way in ways.items():
            start, end = cupy.cuda.Event(), cupy.cuda.Event()
            start.record()
            way()
            end.record()
            end.synchronize()
            times[name].append(cupy.cuda.get_elapsed_time(start, end) / 1000)
    return {name: median(all_[2:]) for name, all_ in times.items()}


def uniform(cupy: Any, shape: tuple[int, ...], largest: int) -> Any:
    """Integers from -largest to largest as float32, made on the device without its library of random numbers."""
    mixed = cupy.arange(1, prod(shape) + 1, dtype="int64") * 2654435761 // 2**9
    return (mixed % (2 * largest + 1) - largest).astype("float32").reshape(shape)


@pytest.mark.parametrize("group", ["p4", "p4m"])
def test_bandwidth_of_the_gradient_of_filter_transformation(group, place, measured):
    cupy, (table, _) = place.on.library, of_problem(plane(group, 8, 3))
    order, cells = table.sources.shape
    K = J = 512
    d = uniform(cupy, (K, order, J, cells), 9)
    assert d.nbytes * (1 + 1 / order) >= 6e8 or group == "p4"
    other, first = cupy.empty_like(d), transformation.gather(place.on, table, d)
    ways = {
        "copy": lambda: cupy.copyto(other, d),
        "gather": lambda: transformation.gather(place.on, table, d),
        "scatter": lambda: transformation.scatter(place.on, table, d),
    }
    times = seconds(cupy, ways)
    traffic = {"copy": 2 * d.nbytes} | dict.fromkeys(("gather", "scatter"), d.nbytes * (1 + 1 / order))
    rates = {name: traffic[name] / times[name] / 1e9 for name in times}
    measured[f"filter_transform_gradient {group} 3x3"] = {
        "bytes": d.nbytes,
        "GB/s": rates,
        "of the copy": {name: rates[name] / rates["copy"] for name in ("gather", "scatter")},
    }
    assert all(bool((ways[form]() == first).all()) for form in ("gather", "scatter"))
    d /= 3
    runs = [transformation.gather(place.on, table, d) for _ in range(3)]
    assert all(bool((run == runs[0]).all()) for run in runs)


@pytest.mark.parametrize("box", [3, 5, 7])
@pytest.mark.parametrize("algorithm", [Fused, Direct, Fourier], ids=lambda algorithm: algorithm.name)
def test_forward_beside_cudnn(algorithm, box, place, measured):
    torch = torch_with_cuda()
    if torch is None:
        pytest.skip("NOT_TESTED: there is no torch with CUDA")
    cupy, problem, (B, K), side = place.on.library, plane("p4m", 64, box), (16, 16), 64
    order, (table, _) = problem.P.order, of_problem(problem)
    f, psi = uniform(cupy, (B, K, *problem.input_shape), 3), uniform(cupy, (K, K, *problem.filter_shape), 3)
    bank = transformation.filter_transform(place.on, table, psi.reshape(K, K, -1))
    weight = torch.from_dlpack(bank.reshape(K * order, K * order, *table.kernel_shape[1:]))
    image, reach = torch.from_dlpack(f.reshape(B, K * order, side, side)), table.kernel_shape[1] // 2
    stream = torch.cuda.ExternalStream(cupy.cuda.get_current_stream().ptr)
    made = on_device(algorithm, problem, place)

    def cudnn() -> Any:
        with torch.cuda.stream(stream):
            return torch.nn.functional.conv2d(
                torch.nn.functional.pad(image, (reach,) * 4, mode="circular"), weight
            )

    torch.backends.cudnn.benchmark = True
    for allowed in (False, True):
        torch.backends.cudnn.allow_tf32 = allowed
        times = seconds(cupy, {"ours": lambda: made.correlate(f, psi), "cuDNN": cudnn})
        name = (
            f"forward by {algorithm.name}, p4m 64x64, {box}x{box}, TF32 of cuDNN {'on' if allowed else 'off'}"
        )
        measured[name] = {"seconds": times, "cuDNN / ours": times["cuDNN"] / times["ours"]}
        if not allowed:
            y = cupy.from_dlpack(cudnn()).reshape(B, K, order, side, side)
            assert bool((cupy.rint(made.correlate(f, psi)) == y).all())


def on_device(algorithm: type[Any], problem: Problem, place: Any) -> Any:
    """An algorithm for CuPy's arrays."""
    workspace = Workspace(array_api_compat.array_namespace(place.on.library.zeros(1)))
    return Fused(problem, workspace, place.on) if algorithm is Fused else algorithm(problem, workspace)


def torch_with_cuda() -> Any:
    """torch, if it is installed and has CUDA."""
    if find_spec("torch") is None:
        return None
    torch = import_module("torch")
    return torch if torch.cuda.is_available() else None


def test_a_forward_with_a_billion_outputs_by_freivalds(place, measured):
    start, cupy = time.perf_counter(), place.on.library
    problem, (B, K, J) = plane("p4m", 128, 3), (128, 64, 4)
    f, psi = uniform(cupy, (B, J, *problem.input_shape), 9), uniform(cupy, (K, J, *problem.filter_shape), 9)
    y = Fused(problem, Workspace(np), place.on).correlate(f, psi).reshape(B, K, -1)
    assert y.size >= 10**9

    def differs(r: np.ndarray, w: np.ndarray) -> bool:
        """Whether sum_bk r_b w_k y_bk is not the correlation of the sums of f and of psi, by Direct in float64."""
        left = sum(
            int(r[b]) * cupy.tensordot(cupy.asarray(w), y[b].astype("int64"), axes=1) for b in range(B)
        )
        sums = (np.tensordot(c, place.take(a).astype(np.int64), axes=1)[None] for c, a in ((r, f), (w, psi)))
        right = Direct(problem, Workspace(np)).correlate(*(a.astype(np.float64) for a in sums))
        return bool((place.take(left) != right.astype(np.int64).reshape(-1)).any())

    # Drawn when y is there, from 0, …, 255. A wrong y passes all six with probability (2/256)^6 at most. All sums are
    # below 2^53: |y| ≤ 288·81 < 2^15, r w < 2^16, and there are 2^13 pairs (b, k).
    draws = [[np.random.default_rng([seed, n]).integers(0, 256, n) for n in (B, K)] for seed in range(6)]
    assert not any(differs(r, w) for r, w in draws)
    measured["Freivalds"] = {
        "outputs": y.size,
        "seconds": time.perf_counter() - start,
        "missed with": 128.0**-6,
    }
    y[-1, -1, 5] += 1
    assert any(differs(r, w) for r, w in draws)


def exact_up_to(sums: Callable[[Any, Any], Any], place: Any, n: int, dtype: str) -> int:
    """The largest A = 2^a - 1 for which sums of n products of odd integers up to A are all exact."""
    largest = 0
    for a in range(1, (62 - n.bit_length()) // 2):
        A, draw = 2**a - 1, np.random.default_rng(a).integers
        left, right = (2 * draw(0, (A + 1) // 2, shape) + 1 for shape in ((64, n), (n, 64)))
        result = place.take(sums(place.give(left.astype(dtype)), place.give(right.astype(dtype))))
        if not (result.astype(np.int64) == left @ right).all():
            return largest
        largest = A
    return largest


@pytest.mark.parametrize("n", [16, 256, 4096])
def test_up_to_which_bound_sums_are_exact(n, place, measured):
    cupy, torch = place.on.library, torch_with_cuda()
    found = {
        f"CuPy matmul {dtype}": exact_up_to(cupy.matmul, place, n, dtype) for dtype in ("float32", "float64")
    }
    for allowed in (False, True) if torch else ():
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = allowed
        for name, operator in (("cuBLAS", torch.matmul), ("cuDNN", _convolution(torch))):
            by = f"{name} float32, TF32 {'on' if allowed else 'off'}"
            found[by] = exact_up_to(_by_torch(torch, cupy, operator), place, n, "float32")
    measured[f"sums of {n} products are exact up to A"] = found
    # gcalc.fast relies on this: where n·A·A is at most 2^bits no sum is rounded. The next A tried was 2A + 1.
    bits = {by: 53 if "float64" in by else 24 for by in found if "TF32 on" not in by}
    assert [by for by in bits if n * (2 * found[by] + 1) ** 2 <= 2 ** bits[by]] == []


def _by_torch(torch: Any, cupy: Any, operator: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def sums(a: Any, b: Any) -> Any:
        torch.cuda.synchronize()
        result = cupy.from_dlpack(operator(torch.from_dlpack(a), torch.from_dlpack(b)))
        torch.cuda.synchronize()
        return result

    return sums


def _convolution(torch: Any) -> Callable[[Any, Any], Any]:
    """The product of two matrices as a convolution whose channels are summed over."""
    return lambda a, b: torch.nn.functional.conv2d(a[:, :, None, None], b.T[:, :, None, None].contiguous())[
        :, :, 0, 0
    ]


def test_the_three_kernels_of_a_layer(place, measured):
    cupy, problem, (B, K) = place.on.library, plane("p4m", 28, 3), (32, 8)
    shapes = (B, K, *problem.input_shape), (K, K, *problem.filter_shape), (B, K, *problem.output_shape)
    f, psi, d = (uniform(cupy, shape, 3) for shape in shapes)
    ours, direct = (on_device(algorithm, problem, place) for algorithm in (Fused, Direct))
    given = {"correlate": (f, psi), "input_gradient": (d, psi), "filter_gradient": (d, f)}
    times = seconds(cupy, {name: (lambda n=name: getattr(ours, n)(*given[n])) for name in given})
    operations = 2 * B * K * K * prod(problem.output_shape) * prod(problem.filter_shape)
    measured["fused kernels, p4m 28x28, 3x3, B = 32, K = J = 8"] = {
        "seconds": times,
        "GFLOP/s": {name: operations / t / 1e9 for name, t in times.items()},
    }
    assert all(bool((getattr(ours, n)(*a) == getattr(direct, n)(*a)).all()) for n, a in given.items())
