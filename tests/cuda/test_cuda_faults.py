"""Ring 1 catches what it is for: faults planted in the sources, or in how they are called."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from gcalc.fast.cuda import tables
from gcalc.fast.kernels import Kernels

from .cases import Case, Place, differences
from .host.library import DamageError, DivergenceError, Fault, Library, compiler

pytestmark = pytest.mark.skipif(compiler() is None, reason="NOT_TESTED: g++ is not installed")

TURNED = Case("transformation", "p6 3 regular", (3, 3))
FLAT = Case("transformation", "p6 3 grid", (2, 3))
GROUP = Case("tables", "S3", None)
BOX = Case("tables", "pg 3 regular", (3, 3))
PERIODIC = Case("planar", "p6 3 grid", (3, 3))
ZERO = Case("planar", "p4m 4x5 window", (3, 3), "zero")
FAULTS = {
    "a cell too many reads and writes": ("if (cell >= count) return;", "", FLAT, DamageError),
    "an entry too many is written": ("if (entry >= count) return;", "", FLAT, DamageError),
    "the inverse index transposed": ("images[s * entries + i]", "images[i * order + s]", TURNED, "gather"),
    "the index of another orientation": ("sources[s * cells + z]", "sources[z]", TURNED, "filter_transform"),
    "channels exchanged": ("(k * J + j) * entries", "(j * 2 + k) * entries", TURNED, "scatter"),
    "one reader forgotten": ("s = 0; s < order", "s = 1; s < order", TURNED, "gather"),
    "no zero where no entry goes": ("source < entries ?", "true ?", FLAT, "filter_transform"),
    "the action table transposed": ("gy[y * G]", "gy[y]", GROUP, "correlate"),
    "h for its inverse": ("c_nm[order[g]]", "c_nm[g]", GROUP, "input_gradient"),
    "a part that overlaps the next": ("N * (p + 1) / many", "N * (p + 1) / many + 1", GROUP, "filter_gradient"),
    "a pair that is not there": ("h[i] < G ?", "true ?", Case("tables", "pg 3 grid", (1, 1)), "input_gradient"),
    "rows beyond the result": ("m0 + m + x < rows && ", "", GROUP, DamageError),
    "terms beyond the sum": (" && i + e < inner", "", BOX, "correlate"),
    "no barrier before the products": ("__syncthreads();\n#pragma unroll", "#pragma unroll", BOX, "correlate"),
    "no barrier after the products": ("__syncthreads();\n        }\n    }", "}\n    }", BOX, "correlate"),
    "threads that leave early": ("    A sum[R]", "    if (!has_row) return;\n    A sum[R]", GROUP, DivergenceError),
    "a lattice that ends": ("row -= row < rows ? 0 : rows;", "", PERIODIC, "correlate"),
    "a plane that goes on": (" || col >= cols", "", ZERO, "correlate"),
    "rows and columns exchanged": ("row * cols + col", "col * rows + row", ZERO, "filter_gradient"),
    "another order of the parts' pairs": ("bs % order * entries", "bs / B * entries", PERIODIC, "filter_gradient"),
}  # fmt: skip


def caught(case: Case, library: Library) -> Iterator[str]:
    yield from differences(case, Place(Kernels(library), library.asarray, np.asarray), "int64")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_sources_is_caught(name):
    right, wrong, case, how = FAULTS[name]
    library = Library(fault=Fault(right, wrong), seed=5)
    if isinstance(how, str):
        assert any(f" {how} " in difference for difference in caught(case, library))
    else:
        with pytest.raises(how):
            [*caught(case, library)]
    assert library.planted


class Unzeroed(Library):
    """Zeros that are not zero."""

    def zeros(self, shape, dtype=float):
        return self.empty(shape, dtype)


def test_a_gradient_that_was_not_zeroed_is_caught():
    assert [*caught(TURNED, Unzeroed())] == [f"{TURNED} scatter in int64"]


def test_a_grid_that_is_too_small_is_caught(monkeypatch):
    monkeypatch.setattr(tables, "tiling", lambda rows, columns, terms=1: (1, 1, 1))
    assert [*caught(BOX, Library())]


def test_blocks_beyond_the_parts_are_caught():
    assert [*caught(GROUP, Library(more=1))] == []
    with pytest.raises(DamageError):
        [*caught(GROUP, Library(more=1, fault=Fault("if (p >= many) return;", "")))]


def test_what_is_not_the_librarys_is_refused():
    place = Place(Kernels(Library()), lambda a: np.asarray(a).view(Foreign), np.asarray)
    with pytest.raises(AssertionError, match="other libraries"):
        [*differences(GROUP, place, "int64")]


class Foreign(np.ndarray):
    """An array of another library on the same device."""

    device = Library().empty(1).device
