"""The public functions against the reference: signatures, batches, types, strides, windows, algorithms and refusals."""

from __future__ import annotations

import inspect
import re
from fractions import Fraction

import numpy as np
import pytest
from array_api_compat import array_namespace

import gcalc
from gcalc import errors, fast, reference
from gcalc.spaces import window

from ..reference.cases import Draw
from .places import ABSTRACT, LATTICES, NUMPY, PLACES, STRICT, TORCH, assert_same, refused_alike, space

BATCHES = [(), (2,), (2, 1), (0,), (2, 0)]
BILINEAR = ("correlate", "input_gradient", "filter_gradient")
EXTRA = {**{name: ["stride", "algorithm"] for name in BILINEAR}, "filter_transform_gradient": ["form"]}


def test_the_names_are_those_of_the_reference():
    assert set(fast.__all__) >= set(reference.__all__)


@pytest.mark.parametrize("name", reference.__all__)
def test_the_signatures_are_those_of_the_reference(name):
    """What comes after them has a default, and for the bilinear operators is by keyword only."""

    def signature(module):
        parameters = inspect.signature(getattr(module, name)).parameters.values()
        return [(p.name, p.kind, p.default) for p in parameters]

    expected, found = signature(reference), signature(fast)
    assert found[: len(expected)] == expected
    extra = found[len(expected) :]
    assert [p[0] for p in extra] == EXTRA.get(name, [])
    assert all(default is not inspect.Parameter.empty for _, _, default in extra)
    assert name not in BILINEAR or {kind for _, kind, _ in extra} == {inspect.Parameter.KEYWORD_ONLY}


def linear_maps(
    X, draw, batch, *, filter_shape=None, place=NUMPY, dtype="int64", boundary="periodic", **options
):
    """The three operators at a place and in a type, against the reference's integers."""
    J, K = 2, 3
    kind = "full" if filter_shape is None else "box"
    f, psi = draw(*batch, J, *X.shape), draw(K, J, *(filter_shape or X.shape))
    y = reference.correlate(X, f, psi, kind, boundary)
    d = draw(*y.shape)
    F, Psi, D = (place.give(a.astype(dtype)) for a in (f, psi, d))
    y_fast = fast.correlate(X, F, Psi, kind, boundary, **options)
    df_fast = fast.input_gradient(X, D, Psi, kind, boundary, **options)
    dpsi_fast = fast.filter_gradient(X, D, F, filter_shape, boundary, **options)
    assert_same(place.take(y_fast), y, dtype)
    assert_same(place.take(df_fast), reference.input_gradient(X, d, psi, kind, boundary), dtype)
    assert_same(place.take(dpsi_fast), reference.filter_gradient(X, d, f, filter_shape, boundary), dtype)


@pytest.mark.parametrize("dtype", ["int64", "float32", "float64"])
@pytest.mark.parametrize("name", [*ABSTRACT, *LATTICES])
def test_linear_maps_on_every_space(name, dtype):
    linear_maps(space(name), Draw(name, dtype), (2,), dtype=dtype)


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("batch", BATCHES)
@pytest.mark.parametrize("name", ["S3", "S4/6", "p4 mod 3 regular", "pg mod 3 grid"])
def test_leading_axes(name, batch, place):
    linear_maps(space(name), Draw(name, batch), batch, place=place)


@pytest.mark.parametrize("name", [name for name in LATTICES if "P-4" not in name])
def test_boxes(name):
    X = space(name)
    for box in [(2, 2), (1, 2)]:
        linear_maps(X, Draw(name), (1, 2), filter_shape=(*X.shape[: X.is_regular], *box))


@pytest.mark.parametrize("boundary", ["zero", "valid"])
@pytest.mark.parametrize("place", [NUMPY, TORCH, STRICT[1]], ids=str)
def test_windows(place, boundary):
    for W in (window("p4m", 4, 5), window("p4", 5, 4).regular):
        for box in [(2, 2), (3, 3)]:
            shape = (*W.shape[: W.is_regular], *box)
            linear_maps(W, Draw("window", boundary), (2,), filter_shape=shape, place=place, boundary=boundary)


@pytest.mark.parametrize("algorithm", ["auto", "tables", "direct", "fourier"])
@pytest.mark.parametrize("name", ["p4 mod 3 regular", "p3m1 mod 3 grid"])
def test_algorithms_agree_on_integers(name, algorithm):
    X = space(name)
    linear_maps(X, Draw(name), (2,), algorithm=algorithm)
    linear_maps(X, Draw(name), (), filter_shape=(*X.shape[: X.is_regular], 3, 3), algorithm=algorithm)


# ---- groups ----------------------------------------


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("dtype", ["int64", "float32", "float64"])
@pytest.mark.parametrize("name", ["C5", "S3", "Q8", "A4", "pgg mod 2 regular", "P-4 mod 2 regular"])
def test_convolution_and_involution(name, dtype, place):
    G, draw = space(name).group, Draw(name)
    for batch in BATCHES:
        a, b = draw(*batch, *G.shape), draw(*batch, *G.shape)
        A, B = place.give(a.astype(dtype)), place.give(b.astype(dtype))
        assert_same(place.take(fast.convolve(G, A, B)), reference.convolve(G, a, b), dtype)
        assert_same(place.take(fast.involution(G, A)), reference.involution(G, a), dtype)


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("name", ["C1", "S3", "S4/6", "pg mod 3 regular", "p4g mod 2 grid"])
def test_left_translation(name, place):
    X, draw = space(name), Draw(name)
    for batch in BATCHES:
        f = draw.distinct(*batch, *X.shape) if 0 not in batch else draw(*batch, *X.shape)
        for u in draw.elements(X.group, 5):
            moved = fast.left_translate(X, u, place.give(f))
            assert_same(place.take(moved), reference.left_translate(X, u, f), np.int64)


def test_left_translation_on_a_window():
    W = window("p4m", 4, 4)
    for X in (W, W.regular):
        f = Draw("window").distinct(2, *X.shape).astype(np.float32)
        for u in W.group:
            assert_same(fast.left_translate(X, u, f), reference.left_translate(X, u, f), np.float32)


# ---- types ----------------------------------------


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint8", "int32", "uint16", "uint64"])
def test_short_and_unsigned_integers_do_not_wrap(dtype):
    X, draw = space("p4 mod 3 regular"), Draw(dtype)
    highest = 1 if dtype == "bool" else min(np.iinfo(dtype).max, 2**20)
    f = draw.rng.integers(0, highest, (2, *X.shape), endpoint=True).astype(dtype)
    psi = draw.rng.integers(0, highest, (3, 2, *X.shape), endpoint=True).astype(dtype)
    assert_same(fast.correlate(X, f, psi), reference.correlate(X, f, psi), np.int64)
    a = f.reshape(2, *X.group.shape)
    assert_same(fast.convolve(X.group, a, a), reference.convolve(X.group, a, a), np.int64)


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize(
    ("name", "algorithm"), [("S3", "auto"), ("p4 mod 3 grid", "direct"), ("pg mod 3 grid", "auto")]
)
def test_integers_beyond_float64_are_exact(name, algorithm, place):
    """Products of 30 and 26 bits, summed to more than 2^53."""
    X, draw = space(name), Draw("large", name)
    f = draw.rng.integers(-(2**30), 2**30, (2, 2, *X.shape))
    psi = draw.rng.integers(-(2**26), 2**26, (3, 2, *X.shape))
    d = draw.rng.integers(-(2**26), 2**26, (2, 3, *X.group.shape))
    F, Psi, D = map(place.give, (f, psi, d))
    y = reference.correlate(X, f, psi)
    assert abs(y).max() > 2**53
    assert_same(place.take(fast.correlate(X, F, Psi, algorithm=algorithm)), y, np.int64)
    df, dpsi = reference.input_gradient(X, d, psi), reference.filter_gradient(X, d, f)
    assert_same(place.take(fast.input_gradient(X, D, Psi, algorithm=algorithm)), df, np.int64)
    assert_same(place.take(fast.filter_gradient(X, D, F, algorithm=algorithm)), dpsi, np.int64)


def test_the_largest_safe_size_of_a_convolution_is_named():
    G = gcalc.group("C3")
    a = np.full(3, 2**31)
    with pytest.raises(errors.ExactnessError) as caught:
        fast.convolve(G, a, a)
    assert "convolve sums n = 3 products of integers up to A = 2147483648 and B = 2147483648" in str(
        caught.value
    )
    safe = int(re.search(r"keep A·B at most (\d+)", str(caught.value))[1])
    b = np.full(3, safe // 2**31)
    assert_same(fast.convolve(G, a, b), reference.convolve(G, a, b), np.int64)


def test_an_algorithm_that_rounds_refuses_integers_beyond_its_bound():
    X = space("p4 mod 3 regular")
    f = np.full((1, 4, 3, 3), 2**30)
    with pytest.raises(
        errors.ExactnessError, match=r"correlate by fourier may err by .* needs less than 1/2"
    ):
        fast.correlate(X, f, f[None], algorithm="fourier")


def test_floats_beside_integers_and_two_widths():
    G = gcalc.group("S3")
    f, psi = Draw("mixed")(2, 6), Draw("types")(3, 2, 6)
    for one, other, dtype in [
        (f.astype(np.float32), psi.astype(np.float64), np.float64),
        (f, psi.astype(np.float32), np.float32),
        (f.astype(np.float64), psi.tolist(), np.float64),
    ]:
        assert_same(fast.correlate(G.regular, one, other), reference.correlate(G.regular, f, psi), dtype)


def test_arguments_are_left_as_they_are_and_results_are_not_theirs():
    X, draw = space("C1"), Draw("own")
    f, psi = draw(1, 1).astype(float), draw(1, 1, 1).astype(float)
    results = [
        fast.correlate(X, f, psi),
        fast.left_translate(X, 0, f),
        fast.involution(X.group, f),
        fast.convolve(X.group, f, f),
        fast.input_gradient(X, f, psi),
        fast.filter_gradient(X, f, f),
    ]
    for result in results:
        assert not np.shares_memory(result, f)
        assert not np.shares_memory(result, psi)


# ---- strides ----------------------------------------


def strided(X, boundary, s):
    """Whole and strided output, and the reference's gradients of a d that is zero between the cells kept."""
    draw, kind = Draw("stride", boundary, s), "full" if boundary == "periodic" else "box"
    filter_shape = None if kind == "full" else (*X.shape[: X.is_regular], 2, 2)
    f, psi = draw(2, 2, *X.shape), draw(3, 2, *(filter_shape or X.shape))
    y = reference.correlate(X, f, psi, kind, boundary)
    kept = (..., *(slice(None, None, s),) * (y.ndim - 3))
    whole = np.zeros_like(y)
    whole[kept] = draw(*y[kept].shape)
    return f, psi, whole, y[kept], whole[kept], kind, filter_shape


@pytest.mark.parametrize("place", [NUMPY, TORCH, STRICT[2]], ids=str)
@pytest.mark.parametrize(
    ("X", "boundary", "strides"),
    [
        (space("p4 mod 3 regular"), "periodic", [1, 3]),
        (gcalc.group("pg").quotient(4).grid, "periodic", [2, 4]),
        (gcalc.group("p3").quotient(4).grid, "periodic", [2]),
        (space("P-4 mod 2 regular"), "periodic", [2]),
        (window("p4m", 5, 4), "zero", [1, 2, 3, 7]),
        (window("p4", 5, 4).regular, "valid", [2, 3]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_stride_keeps_every_so_many_th_cell_from_the_first(X, boundary, strides, place):
    for s in strides:
        f, psi, whole, y, d, kind, filter_shape = strided(X, boundary, s)
        F, Psi, D = map(place.give, (f, psi, d))
        y_fast = fast.correlate(X, F, Psi, kind, boundary, stride=s)
        assert_same(place.take(y_fast), y, np.int64)
        df = fast.input_gradient(X, D, Psi, kind, boundary, stride=s)
        assert_same(place.take(df), reference.input_gradient(X, whole, psi, kind, boundary), np.int64)
        dpsi = fast.filter_gradient(X, D, F, filter_shape, boundary, stride=np.int64(s))
        assert_same(
            place.take(dpsi), reference.filter_gradient(X, whole, f, filter_shape, boundary), np.int64
        )


# ---- refusals ----------------------------------------

C3, P4 = gcalc.group("C3"), gcalc.group("p4")
P4_3 = P4.quotient(3)
W = window("p4m", 4, 3)


def ones(*shape):
    return np.ones(shape, dtype=int)


SHARED = {
    "a group for a space": lambda m: m.correlate(C3, ones(1, 3), ones(1, 1, 3)),
    "a name for a space": lambda m: m.correlate("C3", ones(1, 3), ones(1, 1, 3)),
    "a space for a group": lambda m: m.convolve(C3.regular, [1, 2, 3], [1, 2, 3]),
    "a name for a group": lambda m: m.involution("C3", [1, 2, 3]),
    "a foreign element": lambda m: m.left_translate(C3.regular, 3, [1, 2, 3]),
    "an unhashable element": lambda m: m.left_translate(C3.regular, [1], [1, 2, 3]),
    "an element outside the window's group": lambda m: m.left_translate(W, ((0, -1), (1, 0)), ones(4, 3)),
    "f without channels": lambda m: m.correlate(C3.regular, ones(3), ones(1, 1, 3)),
    "f on another space": lambda m: m.correlate(P4_3.regular, ones(2, 3, 3), ones(1, 2, 4, 3, 3)),
    "psi with a batch": lambda m: m.correlate(C3.regular, ones(1, 3), ones(5, 1, 1, 3)),
    "psi without filters": lambda m: m.correlate(C3.regular, ones(1, 3), ones(0, 1, 3)),
    "J that differs": lambda m: m.correlate(C3.regular, ones(1, 3), ones(1, 2, 3)),
    "K that differs": lambda m: m.input_gradient(C3.regular, ones(2, 3), ones(1, 2, 3)),
    "batches that differ": lambda m: m.filter_gradient(C3.regular, ones(2, 1, 3), ones(3, 1, 3)),
    "leading axes that differ": lambda m: m.convolve(C3, ones(2, 3), ones(3)),
    "not a number": lambda m: m.involution(C3, [1.0, float("nan"), 2]),
    "no numbers": lambda m: m.correlate(C3.regular, ones(1, 3), [[[None] * 3]]),
    "a box larger than the lattice": lambda m: m.correlate(P4_3.grid, ones(1, 3, 3), ones(1, 1, 4, 3), "box"),
    "an empty box": lambda m: m.correlate(P4_3.grid, ones(1, 3, 3), ones(1, 1, 0, 3), "box"),
    "a box without the point axis": lambda m: m.correlate(
        P4_3.regular, ones(1, 4, 3, 3), ones(1, 1, 3, 3), "box"
    ),
    "a box on a set without a lattice": lambda m: m.correlate(C3.regular, ones(1, 3), ones(1, 1, 3), "box"),
    "a filter_shape of words": lambda m: m.filter_gradient(P4_3.grid, ones(1, 4, 3, 3), ones(1, 3, 3), "box"),
    "a filter_shape of zeros": lambda m: m.filter_gradient(
        P4_3.grid, ones(1, 4, 3, 3), ones(1, 3, 3), (0, 1)
    ),
    "a filter_shape of another P": lambda m: m.filter_gradient(
        P4_3.regular, ones(1, 4, 3, 3), ones(1, 4, 3, 3), (3, 2, 2)
    ),
    "a full filter on a window": lambda m: m.correlate(W, ones(1, 4, 3), ones(1, 1, 4, 3)),
    "a periodic window": lambda m: m.correlate(W, ones(1, 4, 3), ones(1, 1, 2, 2), "box"),
    "a boundary without a window": lambda m: m.correlate(
        P4_3.grid, ones(1, 3, 3), ones(1, 1, 2, 2), "box", "zero"
    ),
    "a box that is not square": lambda m: m.correlate(W, ones(1, 4, 3), ones(1, 1, 2, 3), "box", "valid"),
    "a box larger than the window": lambda m: m.correlate(W, ones(1, 4, 3), ones(1, 1, 4, 4), "box", "valid"),
    "a boundary that does not exist": lambda m: m.correlate(
        W, ones(1, 4, 3), ones(1, 1, 2, 2), "box", "reflect"
    ),
    "d of another output": lambda m: m.input_gradient(W, ones(1, 8, 4, 3), ones(1, 1, 2, 2), "box", "valid"),
}


@pytest.mark.parametrize("call", SHARED.values(), ids=SHARED.keys())
def test_what_the_reference_refuses_is_refused_with_its_words(call):
    refused_alike(call)


OWN = {
    "a filter that does not exist": (
        lambda: fast.correlate(C3.regular, ones(1, 3), ones(1, 1, 3), "circle"),
        errors.UsageError,
        'filter must be "full" or "box", got \'circle\'',
    ),
    "an infinite space": (
        lambda: fast.correlate(P4.regular, [], []),
        errors.UnsupportedError,
        "is infinite, and gcalc.fast takes finite groups and windows; use gcalc.reference, or a quotient",
    ),
    "an infinite group": (
        lambda: fast.convolve(P4, {}, {}),
        errors.UnsupportedError,
        "p4 is infinite, and gcalc.fast takes finite groups and windows; use gcalc.reference, or a quotient",
    ),
    "a Fraction": (
        lambda: fast.correlate(C3.regular, [[Fraction(1, 2)] * 3], ones(1, 1, 3)),
        errors.UnsupportedError,
        "f holds Python objects (Fraction), and gcalc.fast takes a machine's integers and floats; "
        "use gcalc.reference, which takes any scalars",
    ),
    "two libraries": (
        lambda: fast.correlate(C3.regular, ones(1, 3), TORCH.give(ones(1, 1, 3))),
        errors.UsageError,
        "the arrays are of several libraries, numpy, torch; convert them to one of these",
    ),
    "two devices": (
        lambda: fast.convolve(C3, STRICT[1].give(ones(3)), STRICT[2].give(ones(3))),
        errors.UsageError,
        "the arrays are on several devices",
    ),
    "an algorithm that does not exist": (
        lambda: fast.correlate(C3.regular, ones(1, 3), ones(1, 1, 3), algorithm="fft"),
        errors.UsageError,
        'algorithm must be "auto", "tables", "direct", "fourier", "winograd" or "fused", got \'fft\'',
    ),
    "an algorithm of split groups": (
        lambda: fast.correlate(C3.regular, ones(1, 3), ones(1, 1, 3), algorithm="direct"),
        errors.UnsupportedError,
        "direct needs a window, or the grid or regular space of a quotient of a split group, not C3",
    ),
    "tables of a window": (
        lambda: fast.correlate(W, ones(1, 4, 3), ones(1, 1, 2, 2), "box", "zero", algorithm="tables"),
        errors.UnsupportedError,
        "has no action on its boundary to tabulate",
    ),
    "a stride of nothing": (
        lambda: fast.correlate(P4_3.grid, ones(1, 3, 3), ones(1, 1, 3, 3), stride=0),
        errors.UsageError,
        "stride must be a positive integer, got 0",
    ),
    "a stride of a half": (
        lambda: fast.correlate(P4_3.grid, ones(1, 3, 3), ones(1, 1, 3, 3), stride=1.5),
        errors.UsageError,
        "stride must be a positive integer, got 1.5",
    ),
    "a stride that does not divide": (
        lambda: fast.correlate(P4_3.grid, ones(1, 3, 3), ones(1, 1, 3, 3), stride=2),
        errors.UnsupportedError,
        "a stride of 2 does not divide N = 3 of p4 mod 3, so its cells are no subgroup and the law `stride` keeps "
        "nothing; take a stride that divides N",
    ),
    "a stride where there is no lattice": (
        lambda: fast.input_gradient(C3.regular, ones(1, 3), ones(1, 1, 3), stride=3),
        errors.UnsupportedError,
        "C3 has no lattice for a stride of 3",
    ),
    "d of stride 1 for a stride of 3": (
        lambda: fast.filter_gradient(P4_3.grid, ones(1, 4, 3, 3), ones(1, 3, 3), stride=3),
        errors.ShapeError,
        "d needs axes (…, K, |P|: 4, rows: 1, cols: 1), got shape (1, 4, 3, 3)",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), OWN.values(), ids=OWN.keys())
def test_refusals(call, error, message):
    with pytest.raises(error, match=re.escape(message)) as caught:
        call()
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)


def test_the_namespace_is_kept_without_its_module_being_imported_by_fast():
    for place in PLACES:
        f = place.give(ones(1, 3))
        y = fast.correlate(C3.regular, f, f[None, :, :])
        assert array_namespace(y) is array_namespace(f)
