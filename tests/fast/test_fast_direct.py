"""The algorithm "direct" against the reference, bit for bit on integers, and its own adjoint identities."""

from __future__ import annotations

from functools import cache
from itertools import product

import array_api_compat
import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.fast import direct
from gcalc.fast.direct import Direct
from gcalc.fast.problem import Problem
from gcalc.fast.stencil import Stencil
from gcalc.fast.workspace import Workspace
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.spaces import window

from .places import NUMPY, PLACES, assert_same, rotoinversion

XP = array_api_compat.array_namespace(np.zeros(1))
GROUPS = ["p1", "p2", "p4", "p4m", "pmm", "p3", "p6", "p6m"]
BOXES = [None, (1, 1), (2, 2), (3, 3), (2, 3), (3, 1)]
PERIODIC = [
    *((f"{name} {kind}", box) for name in GROUPS for kind in ("grid", "regular") for box in BOXES),
    *((f"P-4 {kind}", box) for kind in ("grid", "regular") for box in (None, (2, 1, 2))),
    *((f"line {kind}", box) for kind in ("grid", "regular") for box in (None, (1,), (2,), (3,))),
]
WINDOWS = [
    ("p1", 3, 5),
    ("p2", 5, 4),
    ("pmm", 4, 5),
    ("p4", 5, 4),
    ("p4", 4, 4),
    ("p4m", 3, 4),
    ("p4m", 5, 5),
]
BOUNDED = [
    (f"{name} {rows}x{cols} {kind}", box, boundary)
    for (name, rows, cols), kind, box, boundary in product(
        WINDOWS, ("window", "regular"), ((1, 1), (2, 2), (3, 3), (2, 3), (3, 1), (7, 6)), ("zero", "valid")
    )
    if boundary == "zero"
    or (box[0] <= rows and box[1] <= cols and (box[0] == box[1] or name in ("p1", "p2", "pmm")))
]
CASES = [*((name, box, "periodic") for name, box in PERIODIC), *BOUNDED]
FEW = [
    ("p4 regular", (3, 3), "periodic"),
    ("p6m grid", (3, 3), "periodic"),
    ("p3 regular", None, "periodic"),
    ("P-4 regular", (2, 1, 2), "periodic"),
    ("p4m 3x4 regular", (2, 2), "valid"),
    ("p4 5x4 window", (2, 3), "zero"),
]


@cache
def space(name):
    """A space by its name in the cases above."""
    symbol, *size, kind = name.split()
    if size:
        W = window(symbol, *map(int, size[0].split("x")))
        return W.regular if kind == "regular" else W
    if symbol == "line":
        return getattr(CrystallographicGroup([[[1]], [[-1]]], name="line").quotient(5), kind)
    return getattr(rotoinversion().quotient(2) if symbol == "P-4" else gcalc.group(symbol).quotient(3), kind)


def problem_of(X, box, boundary):
    P = X.point_group if X.is_window else X.group.point_group
    lattice = X.shape[int(X.is_regular) :]
    origin = tuple(0 if box is None else k // 2 for k in box or lattice)
    return Problem(P, lattice, X.is_regular, box or lattice, origin, boundary)


def arguments(problem, B, J, K, seed=0):
    """Small integers f, psi and d."""
    draw = np.random.default_rng(seed).integers
    shapes = (B, J, *problem.input_shape), (K, J, *problem.filter_shape), (B, K, *problem.output_shape)
    return [draw(-9, 10, shape) for shape in shapes]


@cache
def case(name, box, boundary, B=2, J=2, K=1):
    """A problem, its arguments, and what the reference makes of them."""
    X = space(name)
    problem = problem_of(X, box, boundary)
    f, psi, d = arguments(problem, B, J, K)
    filter = "full" if box is None else "box"
    y = reference.correlate(X, f, psi, filter, boundary)
    df = reference.input_gradient(X, d, psi, filter, boundary)
    return problem, (f, psi, d), (y, df, reference.filter_gradient(X, d, f, box, boundary))


def assert_agrees(case, place, dtype, threads=2):
    """All operators give the reference's values, exactly."""
    problem, given, expected = case
    f, psi, d = (place.give(array.astype(dtype)) for array in given)
    algorithm = Direct(problem, Workspace(array_api_compat.array_namespace(f), threads))
    results = [algorithm.correlate(f, psi), algorithm.input_gradient(d, psi), algorithm.filter_gradient(d, f)]
    results += [algorithm.forward(f, psi), *algorithm.backward(d, f, psi)]
    for result, value in zip(results, expected * 2, strict=True):
        assert_same(place.take(result), value, np.dtype(dtype))


@pytest.mark.parametrize("name", [f"{name} {kind}" for name in GROUPS for kind in ("grid", "regular")])
def test_it_is_the_reference_on_periodic_lattices(name):
    for box in BOXES:
        assert_agrees(case(name, box, "periodic"), NUMPY, "float64")


@pytest.mark.parametrize(
    ("name", "box", "boundary"), [c for c in CASES if c[0].split()[0] in ("P-4", "line")]
)
def test_it_is_the_reference_in_other_dimensions(name, box, boundary):
    assert_agrees(case(name, box, boundary), NUMPY, "float64")


@pytest.mark.parametrize("name", sorted({name for name, _, _ in BOUNDED}))
def test_it_is_the_reference_on_windows(name):
    for _, box, boundary in (c for c in BOUNDED if c[0] == name):
        assert_agrees(case(name, box, boundary), NUMPY, "float64")


@pytest.mark.parametrize("dtype", ["float32", "int32", "int64"])
@pytest.mark.parametrize(("name", "box", "boundary"), FEW)
def test_it_is_exact_in_every_type(name, box, boundary, dtype):
    assert_agrees(case(name, box, boundary), NUMPY, dtype)


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize(("name", "box", "boundary"), FEW)
def test_it_runs_in_every_library(name, box, boundary, place):
    assert_agrees(case(name, box, boundary), place, "float32")


@pytest.mark.parametrize(("J", "K"), [(1, 3), (3, 1), (2, 3)])
@pytest.mark.parametrize(("name", "box", "boundary"), FEW)
def test_taps_of_the_first_axis_are_copied_or_added(name, box, boundary, J, K):
    assert_agrees(case(name, box, boundary, 2, J, K), NUMPY, "float64")


def test_both_ways_of_the_first_axis_are_taken():
    problem = problem_of(space("p4 regular"), (3, 3), "periodic")
    ways = {
        (forth, bool(Direct(problem, Workspace(XP))._pass(forth, *channels).additions))
        for forth in (True, False)
        for channels in ((1, 3), (3, 1))
    }
    assert ways == set(product((True, False), repeat=2))


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("entries", [1, 500])
@pytest.mark.parametrize(("name", "box", "boundary"), FEW[:2] + FEW[-2:])
def test_images_are_shared_out_in_any_way(name, box, boundary, entries, threads, monkeypatch):
    monkeypatch.setattr(direct, "CACHED", entries)
    assert_agrees(case(name, box, boundary, B=5), NUMPY, "float64", threads)


PLANES = [
    (name, point_axis, lattice, box, boundary)
    for name, point_axis, (lattice, box, boundary) in product(
        ("p4m", "p6"),
        (False, True),
        (((12, 12), (5, 5), "periodic"), ((9, 12), (4, 4), "zero"), ((12, 9), (3, 3), "zero")),
    )
] + [("p4m", True, (12, 9), (4, 4), "valid"), ("pmm", False, (11, 9), (4, 3), "valid")]


@pytest.mark.parametrize(("name", "point_axis", "lattice", "box", "boundary"), PLANES)
def test_the_gradients_are_the_adjoints(name, point_axis, lattice, box, boundary):
    P = gcalc.group(name).point_group
    problem = Problem(P, lattice, point_axis, box, tuple(k // 2 for k in box), boundary)
    f, psi, d = (array.astype("float64") for array in arguments(problem, 3, 2, 4))
    algorithm = Direct(problem, Workspace(XP))
    df, dpsi = algorithm.backward(d, f, psi)
    value = np.sum(d * algorithm.correlate(f, psi))
    assert value != 0
    assert value == np.sum(df * f)
    assert value == np.sum(dpsi * psi)


def test_threads_do_not_change_a_bit_of_integers():
    problem = Problem(gcalc.group("p4m").point_group, (16, 16), True, (3, 3), (1, 1), "periodic")
    f, psi, d = (array.astype("float32") for array in arguments(problem, 7, 4, 4))
    one, three = (Direct(problem, Workspace(XP, threads)) for threads in (1, 3))
    for a, b in zip(
        (one.correlate(f, psi), *one.backward(d, f, psi)),
        (three.correlate(f, psi), *three.backward(d, f, psi)),
        strict=True,
    ):
        assert (a == b).all()


def test_runs_on_floats_repeat():
    problem = Problem(gcalc.group("p4").point_group, (16, 16), True, (3, 3), (1, 1), "periodic")
    f, psi, d = (array / np.float32(7) for array in arguments(problem, 6, 4, 4))
    first, again = (Direct(problem, Workspace(XP)).backward(d, f, psi) for _ in range(2))
    assert (first[0] == again[0]).all()
    assert (first[1] == again[1]).all()


def test_results_are_no_buffers():
    problem, _, _ = case(*FEW[0])
    algorithm = Direct(problem, Workspace(XP))
    kept = []
    for seed, (B, J, K) in enumerate([(2, 2, 1), (3, 1, 2), (2, 2, 1), (1, 3, 3)]):
        f, psi, d = (array.astype("float64") for array in arguments(problem, B, J, K, seed))
        results = algorithm.forward(f, psi), *algorithm.backward(d, f, psi)
        fresh = Direct(problem, Workspace(XP))
        kept += zip(results, (fresh.correlate(f, psi), *fresh.backward(d, f, psi)), strict=True)
    assert all((a == b).all() for a, b in kept)


def test_arguments_need_not_be_contiguous():
    problem, (f, psi, d), (y, df, dpsi) = case(*FEW[0])
    f, psi, d = (
        np.moveaxis(np.ascontiguousarray(np.moveaxis(a, 1, -1)), -1, 1).astype("float64") for a in (f, psi, d)
    )
    f, psi, d = (np.asfortranarray(array) for array in (f, psi, d))
    algorithm = Direct(problem, Workspace(XP))
    assert_same(algorithm.correlate(f, psi), y, np.float64)
    for result, value in zip(algorithm.backward(d, f, psi), (df, dpsi), strict=True):
        assert_same(result, value, np.float64)


def test_it_leaves_numpy_as_it_was():
    problem, (f, psi, _), _ = case(*FEW[0])
    before = np.getbufsize()
    Direct(problem, Workspace(XP, 1)).correlate(f.astype("float64"), psi.astype("float64"))
    assert np.getbufsize() == before


@pytest.mark.parametrize("periodic", [True, False])
@pytest.mark.parametrize(
    ("source", "target", "taps", "first"), [(5, 5, 3, -1), (4, 4, 7, -3), (6, 4, 3, 0), (3, 6, 2, -2)]
)
def test_runs_are_what_the_taps_read(source, target, taps, first, periodic):
    stencil = Stencil((source,), (target,), (taps,), (first,), periodic)
    for z in range(taps):
        read = {i: (i + first + z) % source if periodic else i + first + z for i in range(target)}
        expected = {i: c if 0 <= c < source else None for i, c in read.items()}
        assert list(cells(stencil.reads(0, z))) == list(expected.items())
        if periodic and source != target:
            continue
        is_read = {c: i for i, c in expected.items() if c is not None}
        assert dict(cells(stencil.is_read(0, z))) == {c: is_read.get(c) for c in range(source)}
        assert dict(cells(stencil.adjoint.reads(0, taps - 1 - z))) == dict(cells(stencil.is_read(0, z)))


def cells(runs):
    """Runs, cell by cell."""
    for there, here in runs:
        for n, i in enumerate(range(there.start, there.stop)):
            yield i, None if here is None else here.start + n
