"""Ring 3, on a device: what is measured there goes to the file of --gpu-report; what is asserted is right or wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gcalc.bench import device_campaign, device_large
from gcalc.bench.device import torch_with_cuda
from gcalc.bench.shape import Shape

pytestmark = pytest.mark.gpu

LAYERS = [Shape(16, 16, "p4m", 64, box) for box in (3, 5, 7)]


def test_the_benchmark_is_right(place, measured):
    """`gcalc bench --backend cupy`: algorithms beside cuDNN, the gradient of filter transformation, 10^9 outputs."""
    report = device_campaign.bench(LAYERS, rounds=20, threads=1)
    measured["benchmark"] = report.as_json()
    assert [(row.subject, row.name, row.reason) for row in report.rows if row.verdict == "FAILED"] == []
    ours = [row for row in report.rows if row.origin == "gcalc" and row.subject in map(str, LAYERS)]
    assert len(ours) == 4 * len(LAYERS)
    assert all(len(row.seconds) == 3 for row in ours)


def test_one_wrong_output_of_a_billion_is_found(place):
    layer = device_large.BILLION
    work = device_large.Forward(layer, place.on.library)
    y, drawn = work.results(), device_large.draws(layer.batch, layer.K, 1)
    y[-1, -1, 0, 0, 5] += 1
    assert device_large.differs(work, y, drawn)


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
