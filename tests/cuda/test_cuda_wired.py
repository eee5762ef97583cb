"""The public functions reach the kernels where arrays are CuPy's: here the host's arrays stand in for them."""

from __future__ import annotations

import array_api_compat
import numpy as np
import pytest

from gcalc import fast
from gcalc.errors import UnsupportedError
from gcalc.fast import plans, transformation
from gcalc.fast.cuda import planar, tables
from gcalc.fast.kernels import Kernels
from gcalc.fast.plan import Plan

from .cases import Case, arguments, space
from .host.library import Array, Library, compiler

pytestmark = pytest.mark.skipif(compiler() is None, reason="NOT_TESTED: g++ is not installed")

TURNED = Case("transformation", "p4m 3 grid", (3, 3))
LAYERS = [
    Case("fused", "p6 3 grid", (3, 3)),
    Case("fused", "p4m 4x5 regular", (3, 3), "zero"),
    Case("tables", "pg 3 grid", (3, 3)),
    Case("tables", "S3", None),
]


@pytest.fixture
def library(monkeypatch):
    """A library that the product takes for CuPy."""
    made = Library()
    on = Kernels(made)
    monkeypatch.setattr(array_api_compat, "is_cupy_namespace", lambda xp: True)
    for module in (planar, tables, transformation):
        monkeypatch.setattr(module, "kernels", lambda: on)
    plans._cache.clear()
    yield made
    plans._cache.clear()


def same(result, expected):
    return isinstance(result, Array) and np.array_equal(result, expected)


@pytest.mark.parametrize("dtype", ["int64", "float32"])
def test_filter_transformation(dtype, library):
    X, known = space(TURNED.space), arguments(TURNED, dtype)
    psi, d = (library.asarray(known[name].astype(dtype)) for name in ("psi", "d"))
    assert same(fast.filter_transform(X, psi, "box"), known["turned"])
    for form in ("gather", "scatter"):
        assert same(fast.filter_transform_gradient(X, d, TURNED.box, form), known["dpsi"])
    assert [name.partition("<")[0] for name in library.launches] == [
        "filter_transform",
        "filter_transform_gather",
        "filter_transform_scatter",
    ]


@pytest.mark.parametrize("case", LAYERS, ids=str)
@pytest.mark.parametrize("dtype", ["int64", "float32"])
def test_a_layer(case, dtype, library):
    X, known = space(case.space), arguments(case, dtype)
    f, psi, d = (library.asarray(known[name].astype(dtype)) for name in ("f", "psi", "d"))
    filter = "full" if case.box is None else "box"
    told = {"boundary": case.boundary, "algorithm": case.algorithm}
    assert same(fast.correlate(X, f, psi, filter, **told), known["y"])
    assert same(fast.input_gradient(X, d, psi, filter, **told), known["df"])
    assert same(fast.filter_gradient(X, d, f, case.box, **told), known["dpsi"])
    assert library.launches
    if dtype == "float32":
        plan = Plan(X, case.box, **told)
        assert same(plan.forward(f, psi), known["y"])
        df, dpsi = plan.backward(d)
        assert same(df, known["df"])
        assert same(dpsi, known["dpsi"])


def test_other_arrays_have_no_fused_algorithm():
    X, known = space("p6 3 grid"), arguments(LAYERS[0], "float32")
    with pytest.raises(UnsupportedError, match="fused needs arrays of CuPy; possible here: direct"):
        fast.correlate(X, known["f"], known["psi"], "box", algorithm="fused")
    assert np.array_equal(fast.correlate(X, known["f"], known["psi"], "box"), known["y"])
