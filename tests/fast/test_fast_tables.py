"""Tables against the reference: every finite space, both ways to gather, boxes, blocks, threads, libraries."""

from __future__ import annotations

import numpy as np
import pytest
from array_api_compat import array_namespace

import gcalc
from gcalc import reference
from gcalc.fast import tables, workspace
from gcalc.fast.arrays import on_device
from gcalc.fast.tables import Tables, box_points
from gcalc.fast.workspace import Workspace
from gcalc.groups.gset import GSet
from gcalc.reference.box import points

from ..reference.cases import Draw
from .places import ABSTRACT, LATTICES, NUMPY, PLACES, assert_same, space

SIZES = [(1, 3, 2), (4, 2, 3)]
"""(B, K, J): features are gathered, then filters."""
DTYPES = ["float64", "float32", "int64"]
BOXES = [(1, 1), (2, 2), (2, 1)]


def made(X, box=None, place=NUMPY, threads=None):
    return Tables(X, Workspace(array_namespace(place.give(np.zeros(1))), threads), box)


def compare(X, draw, B, K, J, *, box=None, dtype="float64", place=NUMPY, threads=None):
    """The three operators, in that type and at that place, against the reference's integers."""
    fast = made(X, box, place, threads)
    f, psi = draw(B, J, *X.shape), draw(K, J, *fast.filter_shape)
    d = draw(B, K, *X.group.shape)
    F, Psi, D = (place.give(a.astype(dtype)) for a in (f, psi, d))
    kind, shape = ("full", None) if box is None else ("box", fast.filter_shape)
    assert_same(place.take(fast.correlate(F, Psi)), reference.correlate(X, f, psi, kind), dtype)
    assert_same(place.take(fast.input_gradient(D, Psi)), reference.input_gradient(X, d, psi, kind), dtype)
    assert_same(place.take(fast.filter_gradient(D, F)), reference.filter_gradient(X, d, f, shape), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ABSTRACT)
def test_groups_and_cosets(name, dtype):
    for sizes in SIZES:
        compare(space(name), Draw(name, sizes), *sizes, dtype=dtype)


@pytest.mark.parametrize("name", LATTICES)
def test_plane_and_space_groups(name):
    for sizes, dtype in zip(SIZES, DTYPES, strict=False):
        compare(space(name), Draw(name, sizes), *sizes, dtype=dtype)


@pytest.mark.parametrize("name", [name for name in LATTICES if "P-4" not in name])
def test_boxes(name):
    for box in BOXES:
        compare(space(name), Draw(name, box), 2, 3, 2, box=box)


def test_boxes_in_space_and_as_wide_as_the_lattice():
    compare(space("P-4 mod 2 regular"), Draw("space"), 2, 3, 2, box=(2, 1, 2))
    compare(space("P-4 mod 2 grid"), Draw("space"), 1, 2, 3, box=(1, 2, 2))
    compare(space("p4g mod 2 grid"), Draw("wide"), 2, 3, 2, box=(4, 3))


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("name", ["S3", "S4/6", "pgg mod 2 regular", "p4g mod 2 grid"])
def test_libraries_and_devices(name, place):
    X = space(name)
    for sizes, dtype in zip([*SIZES, SIZES[0]], DTYPES, strict=True):
        compare(X, Draw(name, sizes), *sizes, dtype=dtype, place=place)
    if "mod" in name:
        compare(X, Draw(name), 2, 3, 2, box=(2, 2), place=place)


def test_a_set_of_several_orbits_and_points_that_are_fixed():
    """Q8 acts on Q8 ∪ {a fixed point}: stabilizers of orders 1 and 8, so transporters are of several sizes."""
    Q8 = gcalc.group("Q8")
    table = np.hstack([Q8.multiplication_table, np.full((8, 1), 8)])
    for sizes in SIZES:
        compare(GSet.from_table(Q8, table), Draw("orbits", sizes), *sizes)


@pytest.mark.parametrize("block", [1, 100, 1000])
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_blocks_and_threads_change_nothing(monkeypatch, block, threads):
    monkeypatch.setattr(tables, "BLOCK", block)
    monkeypatch.setattr(workspace, "WORTH_A_THREAD", 1)
    for name, box in (("p4 mod 3 regular", None), ("p4g mod 2 grid", None), ("pg mod 3 regular", (2, 2))):
        for sizes in SIZES:
            compare(space(name), Draw("blocks", name, sizes), *sizes, box=box, threads=threads)
    G = gcalc.group("A4")
    a, b = Draw("blocks")(5, 12), Draw("block")(5, 12)
    assert_same(tables.convolve(G, a, b), reference.convolve(G, a, b), np.int64)


@pytest.mark.parametrize("sizes", SIZES)
def test_arguments_that_are_no_contiguous_arrays_are_read_as_they_are(sizes):
    X, (B, K, J) = space("p4 mod 3 regular"), sizes
    draw, fast = Draw("strides", sizes), made(X)
    f, psi, d = (
        draw(J, B, 3, 4, 3).astype(float),
        draw(K, J, *X.shape[::-1]).astype(float),
        draw(B, 2 * K, *X.shape),
    )
    f, psi, d = f.transpose(1, 0, 3, 2, 4), psi.transpose(0, 1, 4, 3, 2), d.astype(float)[:, ::2]
    copies = [a.copy() for a in (f, psi, d)]
    assert_same(fast.correlate(f, psi), reference.correlate(X, f, psi), float)
    assert_same(fast.input_gradient(d, psi), reference.input_gradient(X, d, psi), float)
    assert_same(fast.filter_gradient(d, f), reference.filter_gradient(X, d, f), float)
    for a, copy in zip((f, psi, d), copies, strict=True):
        assert_same(a, copy, float)


def test_results_are_new_arrays_that_later_calls_leave_alone():
    X, draw = space("p4 mod 3 regular"), Draw("later")
    fast = made(X, (3, 3))
    f, psi = draw(2, 2, *X.shape).astype(float), draw(3, 2, 4, 3, 3).astype(float)
    first = fast.correlate(f, psi)
    kept = first.copy()
    fast.correlate(2 * f, psi)
    assert first.flags.c_contiguous
    assert_same(first, kept, float)


@pytest.mark.parametrize("name", LATTICES)
def test_the_points_of_a_box(name):
    X = space(name)
    lattice = X.shape[X.is_regular :]
    for box in (
        lattice,
        tuple(max(1, n - 1) for n in lattice),
        (1,) * len(lattice),
        (2, *(1,) * (len(lattice) - 1)),
    ):
        assert box_points(X, box).tolist() == points(X, box)


COUNTED = [
    *((name, None) for name in ["S3", "S4/6", "p4 mod 3 regular", "p4g mod 2 grid"]),
    *((name, (2, 2)) for name in ["p4 mod 3 regular", "p4g mod 2 grid", "pg mod 3 grid"]),
]


@pytest.mark.parametrize(("name", "box"), COUNTED)
def test_no_value_sums_more_terms_than_it_says(name, box):
    """With ones for all entries a value is its number of terms."""
    X = space(name)
    fast, (B, J, K) = made(X, box), (2, 3, 4)
    f, psi, d = (
        np.ones((B, J, *X.shape)),
        np.ones((K, J, *fast.filter_shape)),
        np.ones((B, K, *X.group.shape)),
    )
    assert fast.correlate(f, psi).max() == fast.terms("correlate", B, J, K)
    assert fast.filter_gradient(d, f).max() == fast.terms("filter_gradient", B, J, K)
    assert fast.input_gradient(d, psi).max() == fast.terms("input_gradient", B, J, K)


def test_full_filters_need_no_table_but_the_action_table():
    X = space("p4 mod 3 regular")
    xp = array_namespace(np.zeros(1))
    assert on_device(xp, "cpu", X.action_table) is X.action_table
    assert made(X)._table is X.action_table


def test_forward_and_backward_are_the_same_three():
    X, draw = space("pg mod 3 grid"), Draw("pair")
    fast, f, psi = made(X), draw(2, 2, *X.shape).astype(float), draw(3, 2, *X.shape).astype(float)
    d = draw(2, 3, *X.group.shape).astype(float)
    assert_same(fast.forward(f, psi), fast.correlate(f, psi), float)
    for one, other in zip(
        fast.backward(d, f, psi), (fast.input_gradient(d, psi), fast.filter_gradient(d, f)), strict=True
    ):
        assert_same(one, other, float)
