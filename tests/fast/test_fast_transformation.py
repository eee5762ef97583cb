"""Filter transformation and its gradient in three forms, against the reference and by counting."""

from __future__ import annotations

import gc
import re
import weakref
from functools import cache

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.errors import ExactnessError, ShapeError, UnsupportedError, UsageError
from gcalc.fast import filter_index
from gcalc.fast.transformation import filter_transform, filter_transform_gradient, selection_matrix
from gcalc.groups import wallpaper_symbols
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.infinite import InfiniteGSet
from gcalc.spaces import window

from .places import NUMPY, PLACES, STRICT, TORCH, assert_same, rotoinversion

SPLIT = [name for name in wallpaper_symbols if gcalc.group(name).is_split]
FORMS = ["gather", "scatter", "selection"]
BOXES = [None, (1, 1), (2, 2), (3, 3), (2, 3), (1, 3)]
WINDOWS = [("p1", 3, 5), ("p2", 4, 3), ("pm", 3, 4), ("p4", 4, 3), ("p4m", 3, 3)]
SPACES = [
    *(f"{name} {kind}" for name in SPLIT for kind in ("grid", "regular")),
    *(f"{name} {rows}x{cols} {kind}" for name, rows, cols in WINDOWS for kind in ("window", "regular")),
]
CASES = [
    *((name, box) for name in SPACES for box in BOXES if box or "x" not in name),
    *((f"P-4 {kind}", box) for kind in ("grid", "regular") for box in (None, (2, 1, 2), (1, 2, 2))),
    *((f"moved {kind}", None) for kind in ("grid", "regular")),
]


@cache
def space(name):
    """A space by its name in the cases above."""
    symbol, *size, kind = name.split()
    if size:
        W = window(symbol, *map(int, size[0].split("x")))
        return W.regular if kind == "regular" else W
    if symbol == "moved":  # the group splits about the point (1/4, 0), where boxes do not turn
        turns = [[[1, 0], [0, 1]], [[-1, 0], [0, -1]]]
        G = CrystallographicGroup(turns, [(0, 0), ("1/2", 0)], name="moved").quotient(2)
    else:
        G = rotoinversion().quotient(2) if symbol == "P-4" else gcalc.group(symbol).quotient(3)
    return getattr(G, kind)


def order(X):
    return (X.point_group if X.is_window else X.group.point_group).order


@cache
def case(name, box, K=2, J=2):
    """A space, filters, transformed filters and a gradient, and what the reference makes of it."""
    X, draw = space(name), np.random.default_rng(list(name.encode())).integers
    lead = X.shape[: int(X.is_regular)] if box else ()
    psi = draw(-9, 10, (K, J, *lead, *(box or X.shape)))
    turned = reference.filter_transform(X, psi, "box" if box else "full")
    d = draw(-9, 10, turned.shape)
    return X, psi, turned, d, reference.filter_transform_gradient(X, d, box)


def test_thirteen_wallpaper_groups_are_split():
    assert len(SPLIT) == 13


@pytest.mark.parametrize(("name", "box"), CASES)
def test_it_is_the_reference(name, box):
    X, psi, turned, d, gradient = case(name, box)
    assert_same(filter_transform(X, psi, "box" if box else "full"), turned, np.int64)
    for form in FORMS:
        assert_same(filter_transform_gradient(X, d, box, form), gradient, np.int64)


@pytest.mark.parametrize(("name", "box"), CASES)
def test_each_entry_is_read_once_by_each_orientation(name, box):
    X, psi, turned, _, _ = case(name, box)
    entries = np.arange(1, psi[0, 0].size + 1).reshape(1, 1, *psi.shape[2:])
    read = filter_transform(X, entries, "box" if box else "full")
    assert read.shape[1:] == (order(X), 1, *turned.shape[3:])
    for s in range(order(X)):
        counts = np.bincount(read[0, s].ravel(), minlength=entries.size + 1)
        assert (counts[1:] == 1).all()
        assert counts[0] == read[0, s].size - entries.size
    ones = np.ones(turned.shape, dtype=np.int64)
    assert (filter_transform_gradient(X, ones, box) == order(X)).all()


def test_a_hexagonal_mirror_makes_boxes_grow():
    psi = np.ones((1, 1, 12, 3, 3), dtype=np.int64)
    turned = filter_transform(gcalc.group("p6m").quotient(5).regular, psi, "box")
    assert turned.shape == (1, 12, 1, 12, 5, 5)
    assert turned.sum() == 12 * psi.sum()


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
@pytest.mark.parametrize(
    ("name", "box"), [("p4m regular", (3, 3)), ("p6m grid", (2, 2)), ("p4 regular", None)]
)
def test_it_runs_in_every_library(name, box, dtype, place):
    X, psi, turned, d, gradient = case(name, box)
    result = filter_transform(X, place.give(psi.astype(dtype)), "box" if box else "full")
    assert_same(place.take(result), turned, np.dtype(dtype))
    for form in FORMS if place in (NUMPY, TORCH) else FORMS[:1]:
        result = filter_transform_gradient(X, place.give(d.astype(dtype)), box, form)
        assert_same(place.take(result), gradient, np.dtype(dtype))


@pytest.mark.parametrize("form", FORMS[1:])
def test_a_library_without_the_form_is_named(form):
    X, _, _, d, _ = case("p4 grid", (3, 3))
    with pytest.raises(UnsupportedError, match=r'array_api_strict has no .* form="gather"'):
        filter_transform_gradient(X, STRICT[0].give(d), (3, 3), form)


@pytest.mark.parametrize(
    ("name", "box"), [("p4m regular", (3, 3)), ("p6 grid", (2, 3)), ("p3 regular", None)]
)
def test_the_selection_matrix_has_a_one_for_each_cell_that_reads(name, box):
    X, psi, turned, _, _ = case(name, box)
    S = selection_matrix(X, box)
    entries, cells = psi[0, 0].size, turned[0, :, 0].size
    assert S.shape == (cells, entries)
    assert set(S.data) == {1}
    dense = S.toarray()
    assert (dense.sum(axis=0) == order(X)).all()
    assert (dense.sum(axis=1) <= 1).all()
    for k, j in np.ndindex(2, 2):
        assert (S @ psi[k, j].ravel() == turned[k, :, j].ravel()).all()
    if box is None:
        for block in dense.reshape(order(X), -1, entries):
            assert (block.sum(axis=0) == 1).all()
            assert (block.sum(axis=1) == 1).all()


@pytest.mark.parametrize("path", ["selection", "index"])
@pytest.mark.parametrize(
    ("name", "box"), [("p4m regular", (3, 3)), ("p6m grid", (2, 2)), ("p4 regular", None)]
)
def test_autograd_gives_the_same_gradient(name, box, path):
    torch = pytest.importorskip("torch")
    X, psi, turned, d, gradient = case(name, box)
    entries = torch.tensor(psi.astype("float32"), requires_grad=True)
    if path == "index":
        result = filter_transform(X, entries, "box" if box else "full")
    else:
        S = selection_matrix(X, box, like=entries)
        assert S.dtype == torch.float32
        values = torch.sparse.mm(S, entries.reshape(4, -1).T).T
        result = values.reshape(2, 2, order(X), *turned.shape[3:]).transpose(1, 2)
    assert_same(result.detach().numpy(), turned, np.float32)
    result.backward(torch.tensor(d.astype("float32")))
    assert_same(entries.grad.numpy(), gradient, np.float32)


def test_the_gather_repeats_on_floats():
    X = space("p4m regular")
    d = np.random.default_rng(0).standard_normal((3, 8, 2, *X.shape)).astype("float32")
    assert (filter_transform_gradient(X, d) == filter_transform_gradient(X, d)).all()


def test_narrow_integers_do_not_wrap():
    X = space("p4m grid")
    d = np.full((1, 8, 1, 3, 3), 127, dtype=np.int8)
    for form in FORMS:
        assert_same(filter_transform_gradient(X, d, form=form), np.full((1, 1, 3, 3), 8 * 127), np.int64)


def test_sums_beyond_int64_are_refused():
    X, most = space("p4m grid"), (2**63 - 1) // 8
    d = np.full((1, 8, 1, 3, 3), most)
    assert (filter_transform_gradient(X, d) == 8 * most).all()
    with pytest.raises(ExactnessError, match=f"keep A at most {most}"):
        filter_transform_gradient(X, d + 1)


def test_tables_are_made_once_and_go_with_the_space():
    X = window("p4", 3, 3)
    filter_transform(X, np.ones((1, 1, 3, 3)), "box")
    table = filter_index.of_space(X, (3, 3))
    assert filter_index.of_space(X, (3, 3)) is table
    assert table.sources.dtype == table.images.dtype == np.int32
    kept = weakref.ref(table)
    del X, table
    gc.collect()
    assert kept() is None


P4 = gcalc.group("p4").quotient(3)
WRONG = [
    ("filter_transform", (gcalc.group("pg").quotient(3).grid, [[[[1] * 3] * 3]])),
    ("filter_transform", (gcalc.group("D4").regular, [[[1] * 8]])),
    ("filter_transform", (P4.cosets([P4.identity]), [[[1] * 36]])),
    ("filter_transform", (gcalc.group("p4"), [[[1]]])),
    ("filter_transform", (P4.grid, [[[1] * 3] * 3])),
    ("filter_transform", (P4.grid, [[[[1] * 4] * 3]], "box")),
    ("filter_transform", (P4.regular, [[[[1]]]], "box")),
    ("filter_transform", (P4.grid, [[[[float("nan")] * 3] * 3]])),
    ("filter_transform", (P4.grid, [[[["one"] * 3] * 3]])),
    ("filter_transform", (P4.grid, [[[[1] * 3] * 3]], "odd")),
    ("filter_transform", (window("p4", 3, 3), [[[[1] * 3] * 3]])),
    ("filter_transform", (space("moved grid"), [[[[1]]]], "box")),
    ("filter_transform_gradient", (P4.grid, np.ones((1, 3, 1, 3, 3)))),
    ("filter_transform_gradient", (P4.grid, np.ones((1, 4, 1, 3, 4)))),
    ("filter_transform_gradient", (P4.grid, np.ones((1, 4, 1, 3, 3)), (0, 1))),
    ("filter_transform_gradient", (P4.grid, np.ones((1, 4, 1, 3, 3)), (4, 4))),
    ("filter_transform_gradient", (P4.grid, np.ones((1, 4, 1, 3, 3)), "33")),
    ("filter_transform_gradient", (P4.grid, np.ones((0, 4, 1, 3, 3)))),
    ("filter_transform_gradient", (window("p4", 3, 3), np.ones((1, 4, 1, 3, 3)))),
]


@pytest.mark.parametrize(("name", "arguments"), WRONG)
def test_errors_are_those_of_the_reference(name, arguments):
    fast = {"filter_transform": filter_transform, "filter_transform_gradient": filter_transform_gradient}[
        name
    ]
    with pytest.raises(gcalc.errors.GcalcError) as expected:
        getattr(reference, name)(*arguments)
    with pytest.raises(expected.type) as found:
        fast(*arguments)
    assert found.type is expected.type
    assert "\n" not in str(found.value)


def test_an_infinite_group_is_refused():
    X = gcalc.group("p4").regular
    assert isinstance(X, InfiniteGSet)
    with pytest.raises(UnsupportedError):
        filter_transform(X, [[{}]])


def test_an_unknown_form_is_refused():
    with pytest.raises(UsageError, match=re.escape('"gather", "scatter" or "selection", got \'sum\'')):
        filter_transform_gradient(P4.grid, np.ones((1, 4, 1, 3, 3)), form="sum")
    with pytest.raises(ShapeError):
        selection_matrix(P4.grid, (4, 4))
