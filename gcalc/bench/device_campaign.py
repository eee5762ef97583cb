"""The run of `gcalc bench --backend cupy`: layers beside cuDNN, the gradient of filter transformation, a large forward.

Main definitions
    bench: all of them on one stream of CuPy's current device.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from gcalc.bench import device_filters, device_large, device_layers, forms
from gcalc.bench.campaign import Progress, check_required, layer_rows
from gcalc.bench.definition import judge
from gcalc.bench.device import environment as of_device
from gcalc.bench.device import stream
from gcalc.bench.environment import environment, threads_of
from gcalc.bench.race import Row, race
from gcalc.bench.report import Report
from gcalc.bench.shape import Shape
from gcalc.fast.cuda.device import cupy as with_device

__all__ = ["FAMILIES", "TASKS", "bench"]

TASKS = (*device_layers.TASKS, *device_filters.TASKS)
FAMILIES = device_layers.FAMILIES | {"copy": ("copy",)}


def bench(
    shapes: Sequence[Shape],
    *,
    rounds: int,
    threads: int,
    seed: int = 0,
    boundary: str = "periodic",
    require: Sequence[str] = (),
    quick: bool = False,
    progress: Progress = lambda subject, done, of: None,
) -> Report:
    """Every algorithm of gcalc.fast on CuPy's arrays and cuDNN on every shape, and what else a device is asked for.

    Args:
        shapes: the layers.
        rounds: how often everybody is timed.
        threads: of the host.
        seed: of the data and of the coefficients of Freivalds' check.
        boundary: "periodic" or "zero".
        require: families of peers that must have been timed.
        quick: whether the gradient of filter transformation and the large forward are small ones.
        progress: called before each subject.

    Raises:
        MissingDependencyError: CuPy, or the compiler that it loads, is not installed.
        DeviceError: there is no driver, or not the right one, or no device.
        UsageError: an unknown family, or too few processors.
    """
    check_required(require, FAMILIES)
    cupy, begun = with_device(), time.perf_counter()
    layer = device_large.QUICK if quick else device_large.BILLION
    with threads_of(threads), stream(cupy) as on:
        found = environment(threads) | {"device": of_device(cupy)}
        entries = device_layers.entries(cupy, on)
        rows = layer_rows(
            shapes, entries, partial(judge, seed=seed), device_layers.TASKS, rounds, threads, (seed, boundary), progress
        )  # fmt: skip
        more, bandwidths = _filters(cupy, quick, rounds, threads, seed)
        progress(str(layer), 0, 1)
        large, told = device_large.forward(cupy, layer, rounds, seed)
    return Report(
        "device",
        found,
        {"rounds": rounds, "threads": threads, "seed": seed, "boundary": boundary},
        TASKS,
        FAMILIES,
        [*rows, *more, large],
        time.perf_counter() - begun,
        require=require,
        measured={"gradient of filter transformation": bandwidths, "large forward": {str(layer): told}},
    )


def _filters(
    cupy: Any, quick: bool, rounds: int, threads: int, seed: int
) -> tuple[list[Row], dict[str, dict[str, Any]]]:
    """The rows of the gradient of filter transformation, and its bandwidths, by the layer's name."""
    rows: list[Row] = []
    bandwidths = {}
    for shape in device_filters.FORMS_QUICK if quick else device_filters.FORMS:
        data = forms.layer(shape, seed)
        name = f"filters {data.name}"
        found = race(
            {name: data}, device_filters.entries(cupy), device_filters.judge,
            tasks=device_filters.TASKS, rounds=rounds, threads=threads,
        )  # fmt: skip
        bandwidths[name] = device_filters.bandwidth(data, found)
        rows += found
    return rows, bandwidths
