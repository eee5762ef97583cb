"""The public functions reach the kernels where arrays are CuPy's: here the host's arrays stand in for them."""

from __future__ import annotations

from dataclasses import replace

import array_api_compat
import numpy as np
import pytest

from gcalc import fast, reference
from gcalc.errors import ExactnessError, UnsupportedError, UsageError
from gcalc.fast import arrays, exactness, kernels, plans, transformation
from gcalc.fast.arrays import SHORT
from gcalc.fast.cuda import planar, tables
from gcalc.fast.kernels import TYPES, Kernels
from gcalc.fast.plan import Plan
from gcalc.verify.backends import named
from gcalc.verify.crossvalidation import BILINEAR
from gcalc.verify.fast_reading import _rows
from gcalc.verify.subjects import subject

from .cases import Case, arguments, numeric, space
from .host.library import Array, Library, compiler

pytestmark = pytest.mark.skipif(compiler() is None, reason="NOT_TESTED: g++ is not installed")

NUMPY, *_ = named("fast")
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
    for name in ("is_cupy_namespace", "is_cupy_array"):
        monkeypatch.setattr(array_api_compat, name, lambda it: True)
    for module in (planar, tables, transformation):
        monkeypatch.setattr(module, "kernels", lambda: on)
    plans._cache.clear()
    yield made
    plans._cache.clear()


def same(result, expected):
    return isinstance(result, Array) and np.array_equal(result, expected)


@pytest.fixture
def unseen(monkeypatch):
    """Nobody asks for the largest entry of an array, an answer that the host would wait for."""

    def asked(xp, array):
        raise AssertionError("the host waits for the largest entry")

    for module in (exactness, arrays, transformation):
        monkeypatch.setattr(module, "largest", asked)


def given(library, known, dtype, *names):
    return [library.asarray(known[name].astype(numeric(dtype))) for name in names]


def told(case):
    return {"boundary": case.boundary, "algorithm": case.algorithm}


@pytest.mark.parametrize("dtype", TYPES)
def test_filter_transformation(dtype, library):
    X, known = space(TURNED.space), arguments(TURNED, dtype)
    psi, d = given(library, known, dtype, "psi", "d")
    assert same(fast.filter_transform(X, psi, "box"), known["turned"])
    for form in ("gather", "scatter"):
        assert same(fast.filter_transform_gradient(X, d, TURNED.box, form), known["dpsi"])
    assert [name.partition("<")[0] for name in library.launches] == [
        "filter_transform",
        "filter_transform_gather",
        "filter_transform_scatter",
        *(["sum_parts"] if dtype in SHORT else []),
    ]


@pytest.mark.parametrize("case", LAYERS, ids=str)
@pytest.mark.parametrize("dtype", TYPES)
def test_a_layer(case, dtype, library):
    X, known = space(case.space), arguments(case, dtype)
    f, psi, d = given(library, known, dtype, "f", "psi", "d")
    filter = "full" if case.box is None else "box"
    y = fast.correlate(X, f, psi, filter, **told(case))
    df = fast.input_gradient(X, d, psi, filter, **told(case))
    dpsi = fast.filter_gradient(X, d, f, case.box, **told(case))
    assert [result.dtype.name for result in (y, df, dpsi)] == [dtype if "float" in dtype else "int64"] * 3
    assert same(y, known["y"])
    assert same(df, known["df"])
    assert same(dpsi, known["dpsi"])
    stored = {
        name.partition("<")[2].partition(",")[0] for name in library.launches if "sum_parts" not in name
    }
    assert stored == {kernels.TYPES[dtype if "float" in dtype else "int64"].stored}
    if "float" in dtype:
        plan = Plan(X, case.box, **told(case))
        assert same(plan.forward(f, psi), known["y"])
        df, dpsi = plan.backward(d)
        assert same(df, known["df"])
        assert same(dpsi, known["dpsi"])


# ---- integers ----------------------------------------


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint8", "int16", "uint16"])
@pytest.mark.parametrize("case", LAYERS, ids=str)
def test_short_integers_make_nobody_wait(case, dtype, library, unseen):
    X, known = space(case.space), arguments(case, "int64")
    f, psi, d = given(library, {name: abs(a) for name, a in known.items()}, dtype, "f", "psi", "d")
    filter, plain = (
        "full" if case.box is None else "box",
        [np.asarray(a).astype(np.int64) for a in (f, psi, d)],
    )
    right = {
        "y": reference.correlate(X, plain[0], plain[1], filter, case.boundary),
        "df": reference.input_gradient(X, plain[2], plain[1], filter, case.boundary),
        "dpsi": reference.filter_gradient(X, plain[2], plain[0], case.box, case.boundary),
    }
    assert same(fast.correlate(X, f, psi, filter, **told(case)), right["y"])
    assert same(fast.input_gradient(X, d, psi, filter, **told(case)), right["df"])
    assert same(fast.filter_gradient(X, d, f, case.box, **told(case)), right["dpsi"])


def test_a_sum_of_few_integers_of_32_bits_makes_nobody_wait(library, unseen):
    X, known = space(TURNED.space), arguments(TURNED, "int32")
    psi, d = given(library, known, "int32", "psi", "d")
    assert same(fast.filter_transform(X, psi, "box"), known["turned"])
    assert same(fast.filter_transform_gradient(X, d, TURNED.box), known["dpsi"])


@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_for_longer_integers_the_largest_entry_is_asked_for(dtype, library, unseen):
    X, known = space("S3"), arguments(LAYERS[-1], "int64")
    f, psi = given(library, known, dtype, "f", "psi")
    with pytest.raises(AssertionError, match="the host waits"):
        fast.correlate(X, f, psi, algorithm="tables")


def test_integers_of_64_bits_are_summed_as_they_are(library):
    X, large = space("S3"), 2**61 + 1
    f = library.asarray(np.full((1, 6), 1, np.int64))
    psi = library.asarray(np.array([[[large, -large, large, -large, large, -large]]]) // 6)
    assert same(fast.correlate(X, f, psi), np.full((1, 6), int(np.asarray(psi).sum())))
    assert {name.partition("<")[0] for name in library.launches} == {"table_correlate"}
    with pytest.raises(ExactnessError, match=r"n·A·B is beyond int64"):
        fast.correlate(X, f, psi * 6)


# ---- short floats ----------------------------------------


@pytest.mark.parametrize("dtype", SHORT)
def test_auto_leaves_short_floats_to_the_kernels(dtype, library):
    for case in LAYERS:
        known = arguments(case, dtype)
        f, psi = given(library, known, dtype, "f", "psi")
        plan = Plan(space(case.space), case.box, case.boundary)
        assert same(plan.forward(f, psi), known["y"])
        assert plan.taken == case.algorithm


@pytest.mark.parametrize("dtype", SHORT)
def test_short_floats_that_are_only_moved(dtype, library):
    X, known = space("S3"), arguments(LAYERS[-1], dtype)
    (f,) = given(library, known, dtype, "f")
    assert fast.left_translate(X, X.group.elements[1], f).dtype == f.dtype
    assert fast.involution(X.group, f).dtype == f.dtype


@pytest.mark.parametrize("dtype", SHORT)
def test_what_has_no_sums_of_short_floats_says_so(dtype, library):
    X, (psi, d) = space(TURNED.space), given(library, arguments(TURNED, dtype), dtype, "psi", "d")
    (f,) = given(library, {"f": np.ones((2, 9))}, dtype, "f")
    for algorithm in ("direct", "fourier"):
        with pytest.raises(
            UnsupportedError, match=f"{algorithm} has no sums of {dtype}; possible here: fused"
        ):
            fast.correlate(X, f.reshape(2, 3, 3), psi[:, :2], "box", algorithm=algorithm)
    refused = f"{dtype}.*convert it to float32" if dtype == "float16" else dtype
    with pytest.raises(UsageError, match=refused):
        fast.filter_transform_gradient(X, d, TURNED.box, "selection")
    with pytest.raises(UsageError, match=refused):
        fast.convolve(space("S3").group, f[:, :6], f[:, :6])


def test_types_that_meet_become_the_wider(library):
    xp = array_api_compat.array_namespace(np.zeros(1))
    half, brain, single, double = (
        np.ones(2, numeric(t)) for t in ("float16", "bfloat16", "float32", "float64")
    )
    for a, b, dtype in [
        (half, brain, "float32"),
        (half, single, "float32"),
        (brain, double, "float64"),
        (np.array([2**11, -(2**11)]), half, "float16"),
    ]:
        assert [c.dtype.name for c in arrays.common_type(xp, a, b)] == [dtype, dtype]
    with pytest.raises(ExactnessError, match="an integer of 2049 beside floats of 11 significant bits"):
        arrays.common_type(xp, np.array([2049, 0]), half)


@pytest.mark.parametrize("dtype", SHORT)
def test_other_libraries_have_no_sums_of_short_floats(dtype):
    X = space("S3")
    f = np.ones((1, 6), numeric(dtype))
    with pytest.raises(UsageError, match=dtype):
        fast.correlate(X, f, f[None])
    torch = pytest.importorskip("torch", reason="NOT_TESTED: torch is not installed")
    f = torch.ones((1, 6), dtype=getattr(torch, dtype))
    with pytest.raises(UnsupportedError, match=f"f is torch.{dtype}, and gcalc.fast takes float32, float64"):
        fast.correlate(X, f, f[None])


# ---- verify ----------------------------------------


def test_verify_compares_the_kernels_with_the_reference(library):
    """Rows of the reading fast on arrays that the product takes for CuPy's; the other algorithms are left out."""

    def called(name):
        def call(X, *arrays, **told):
            given = [library.asarray(a) for a in arrays]
            return np.asarray(getattr(fast, name)(X, *given, **told))

        return call

    backend = replace(NUMPY, operators={name: called(name) for name in BILINEAR}, device="cuda")
    target, random = subject("p4 mod 2"), np.random.default_rng(0)
    found = {}
    for label, _, compute in _rows(target, random, "cuda", rounded=True):
        if label.split("/")[1:2] in (["fused"], ["tables"]):
            found[label] = compute(backend).outcome
    assert set(found) == {f"/{a}{s}" for a in ("fused", "tables") for s in ("", "/float16", "/float32")}
    assert all(outcome.cases > 0 and not outcome.refusals for outcome in found.values())
    assert [outcome.counterexample for outcome in found.values()] == [None] * 6
    assert 0 < found["/fused/float16"].ratio <= 1


def test_other_arrays_have_no_fused_algorithm():
    X, known = space("p6 3 grid"), arguments(LAYERS[0], "float32")
    with pytest.raises(UnsupportedError, match="fused needs arrays of CuPy; possible here: direct"):
        fast.correlate(X, known["f"], known["psi"], "box", algorithm="fused")
    assert np.array_equal(fast.correlate(X, known["f"], known["psi"], "box"), known["y"])
