"""Ring 1, anywhere with g++: the kernels under ThreadSanitizer, AddressSanitizer and UndefinedBehaviorSanitizer."""

from __future__ import annotations

import numpy as np
import pytest

from gcalc.fast.kernels import Kernels

from .cases import Case, Place, arguments, differences, results
from .host.library import Fault, compiler
from .host.sanitizer import ReportedError, Sanitized

pytestmark = pytest.mark.skipif(compiler() is None, reason="NOT_TESTED: g++ is not installed")

SHARED = Case("transformation", "p4m 3 regular", (3, 3))
"""Its 3456 cells are taken in turn by the workers, and eight of them add to one entry."""
GROUP = Case("tables", "S3", None)
SMALL = [
    Case("transformation", "p6 3 grid", (2, 3)),
    Case("tables", "pg 2 grid", (2, 2)),
    Case("planar", "p2 4x3 regular", (2, 3), "zero"),
]
NOT_ATOMIC = Fault(
    "atomicAdd(gradient + (k * J + j) * entries + source, widened<A>(d[cell]))",
    "gradient[(k * J + j) * entries + source] += widened<A>(d[cell])",
)


def watched(sanitizer, **options):
    library = Sanitized(sanitizer, **options)
    return Place(Kernels(library), library.asarray, np.asarray)


@pytest.mark.parametrize("case", SMALL, ids=str)
def test_no_byte_beside_an_array_is_touched_and_no_integer_overflows(case):
    assert [*differences(case, watched("address,undefined"), "int64")] == []


@pytest.mark.parametrize("dtype", ["int64", "float32"])
def test_no_two_workers_race(dtype):
    assert [*differences(SHARED, watched("thread", workers=4, seed=3), dtype)] == []


def test_adding_without_atomics_is_a_race():
    with pytest.raises(ReportedError, match="data race"):
        [*differences(SHARED, watched("thread", workers=4, fault=NOT_ATOMIC), "int64")]


def correlated(fault=None):
    """The correlation on S3 in one block, whose 256 threads share the tiles."""
    known = arguments(GROUP, "int64")
    _, y, result = next(results(GROUP, watched("thread", fault=fault), known, np.int64))
    return bool((result == y).all())


def test_no_two_threads_of_a_block_race():
    assert correlated()


def test_a_missing_barrier_is_a_race():
    with pytest.raises(ReportedError, match="data race"):
        correlated(Fault("__syncthreads();\n#pragma unroll", "#pragma unroll"))
