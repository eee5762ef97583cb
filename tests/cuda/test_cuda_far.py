"""Ring 1: indices beyond 2^32. The last blocks of a grid, on arrays of which only the pages that are touched exist."""

from __future__ import annotations

import mmap
from typing import NamedTuple

import numpy as np
import pytest

from gcalc.fast.kernels import KERNELS, OPTIONS, THREADS, expression, source

from .host.library import Array, Fault, Library, compiler

pytestmark = pytest.mark.skipif(compiler() is None, reason="NOT_TESTED: g++ is not installed")

NEAR = 64
UNRESERVED = getattr(mmap, "MAP_NORESERVE", 0x4000)  # Linux; Python names it from 3.13 on


class Far(NamedTuple):
    """A kernel with one long axis, that of `many` channels or examples.

    arrays: the entries of each array, for one of the many; an index table instead for "int". sizes: those that stay.
    axis: the size that is many. tile: the outputs of a block, or those of a thread where 256 make a block.
    """

    kernel: str
    arrays: tuple[int | list[int], ...]
    sizes: dict[str, int]
    axis: str
    far: int


TURN = [1, 2, 0, 5, 3, 4]
FILTERS = {"order": 2, "J": 1, "cells": 8, "entries": 8}
MOVED = [*range(1, 8), 0, *range(7, -1, -1)]
PLANE = {"rows": 2, "cols": 3, "target_rows": 2, "target_cols": 3, "periodic": 1}
OFFSETS = [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1]
CASES = [
    Far("filter_transform", (8, MOVED, 16), FILTERS, "K", 2**29 + 5),
    Far("filter_transform_scatter", (16, MOVED, 8), FILTERS, "K", 2**29 + 5),
    Far("filter_transform_gather", (16, MOVED, 8), FILTERS, "K", 2**29 + 5),
    Far("sum_parts", (1, 1), {"many": 1}, "count", 2**32 + 300),
    Far("table_correlate", (6, [], TURN, 6), {"K": 1, "J": 1, "G": 6, "X": 6, "Y": 1}, "B", 2**30),
    Far(
        "table_adjoint",
        ([], 6, [0], TURN, 6),
        {"many": 1, "M": 1, "N": 1, "G": 1, "X": 6, "Y": 6, "c_m": 1, "c_n": 1},
        "J",
        2**30,
    ),
    Far(
        "table_input_gradient",
        (2, [], [0, 1], [0, 1], 1),
        {"K": 1, "J": 1, "G": 2, "X": 1, "Y": 2, "width": 2},
        "B",
        2**32 + 5,
    ),
    Far(
        "planar_correlate",
        (6, [], OFFSETS, [0, 1, 2, 3], 6),
        PLANE
        | {"N": 1, "O": 1, "orientations": 1, "fibre": 1, "places": 4, "entries": 4, "psi_n": 4, "psi_o": 4},
        "B",
        2**30,
    ),
    Far(
        "planar_filter_gradient",
        ([], 6, OFFSETS, [0, 1, 2, 3], 4),
        PLANE | {"many": 1, "B": 1, "K": 1, "order": 1, "fibre": 1, "entries": 4},
        "J",
        2**30 + 9,
    ),
]


def sparse(size: int) -> Array:
    """So many zeros, in memory that is not reserved."""
    try:
        memory = mmap.mmap(-1, size * 4, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | UNRESERVED)
    except OSError as error:
        pytest.skip(f"NOT_TESTED: the system gives no memory before it is used ({error})")
    return np.frombuffer(memory, dtype=np.int32).view(Array)


def last_outputs(case: Far, many: int, fault: Fault | None = None) -> np.ndarray:
    """The outputs of the last two blocks of a grid with so many channels or examples."""
    library, draw = Library(fault=fault), np.random.default_rng(7).integers
    kernel, arrays = KERNELS[case.kernel], []
    for entries in case.arrays:
        if isinstance(entries, int):
            arrays.append(sparse(many * entries))
            arrays[-1][-NEAR * entries :] = draw(-9, 10, NEAR * entries)
        else:  # filters of a single channel, or an index table
            arrays.append(np.array(entries or draw(-9, 10, 6), dtype=np.int32).view(Array))
    arrays[-1][-NEAR:] = 0
    sizes = case.sizes | {case.axis: many}
    if "cells" in sizes:
        sizes["count"] = sizes.pop("K") * case.arrays[0 if case.kernel.endswith("scatter") else 2]
    work = -(-len(arrays[-1]) // 16) if kernel.is_tiled else -(-sizes["count"] // THREADS)
    module = library.RawModule(
        code=source(kernel.file), options=OPTIONS, name_expressions=(expression(case.kernel, "int32"),)
    )
    numbers = (np.int64(sizes[size]) for size in kernel.sizes)
    function = module.get_function(expression(case.kernel, "int32"))
    function.run(work, THREADS, max(0, work - 2), min(2, work), (*arrays, *numbers))
    return np.array(arrays[-1][-16:])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kernel)
def test_outputs_beyond_32_bits_are_those_of_a_small_grid(case):
    near = last_outputs(case, NEAR)
    assert near.any()
    assert (last_outputs(case, case.far) == near).all()


def short(index: str) -> Fault:
    return Fault(index, f"static_cast<unsigned>({index})")


FAULTS = [
    (
        "filter_transform",
        Fault("long long cell = static_cast<long long>(blockIdx.x)", "unsigned cell = blockIdx.x"),
    ),
    ("filter_transform_gather", short("((k * order + s) * J + j) * cells + images[s * entries + i]")),
    ("table_correlate", Fault("const long long m0 =", "const unsigned m0 =")),
    ("planar_correlate", short("bx / target * O * fibre * X")),
]


@pytest.mark.parametrize(("kernel", "fault"), FAULTS, ids=[kernel for kernel, _ in FAULTS])
def test_an_index_of_32_bits_is_caught(kernel, fault):
    case = next(case for case in CASES if case.kernel == kernel)
    near = last_outputs(case, NEAR)
    assert (last_outputs(case, NEAR, fault) == near).all()
    assert (last_outputs(case, case.far, fault) != near).any()
