"""Toom–Cook matrices in fractions, and the algorithm `winograd` against the reference, bit for bit after rounding."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import gcd, prod

import array_api_compat
import array_api_strict
import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.fast import pieces, winograd, workspace
from gcalc.fast.pieces import cut
from gcalc.fast.problem import Problem
from gcalc.fast.toom_cook import POINTS_OF, Tiling, toom_cook
from gcalc.fast.winograd import Winograd
from gcalc.fast.workspace import Workspace
from gcalc.spaces import window

NUMPY = array_api_compat.array_namespace(np.zeros(1))
UNIT = 2.0**-53
OPERATORS = ("correlate", "input_gradient", "filter_gradient")


class Draw:
    """Seeded integer arrays."""

    def __init__(self, *key):
        self.rng = np.random.default_rng(list("/".join(map(str, key)).encode()))

    def __call__(self, *shape, most=9):
        return self.rng.integers(-most, most + 1, shape)


def planar(X, box, boundary):
    """The problem of a window, or of a grid or regular space of a quotient."""
    P = X.point_group if X.is_window else X.group.point_group
    lattice = X.shape[int(X.is_regular) :]
    return Problem(P, lattice, X.is_regular, box, tuple(k // 2 for k in box), boundary)


def made(X, box, boundary, xp=NUMPY, threads=None):
    return Winograd(planar(X, box, boundary), Workspace(xp, threads))


def rounded(y):
    """The nearest integers, as NumPy's."""
    return np.rint(np.asarray(y)).astype(np.int64)


def inner(a, b):
    """<a, b>, in Python integers."""
    assert a.shape == b.shape
    return sum(x * y for x, y in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True))


def plane(name, *sizes):
    """The grid and the regular space of a quotient, or a window's pixels and pixels × P."""
    if len(sizes) == 1:
        G = gcalc.group(name).quotient(*sizes)
        return G.grid, G.regular
    W = window(name, *sizes)
    return W, W.regular


# The matrices.


@pytest.mark.parametrize(
    ("m", "r"), [(1, 1), (2, 2), (2, 3), (5, 2), (4, 3), (6, 3), (3, 4), (4, 5), (3, 6), (2, 7)]
)
def test_toom_cook_is_correlation(m, r):
    """Both sides are bilinear, so pairs of deltas are all there is to check."""
    A, G, B = toom_cook(m, r)
    a = m + r - 1
    assert [np.shape(M) for M in (A, G, B)] == [(a, m), (a, r), (a, a)]
    for i, z, w in product(range(m), range(r), range(a)):
        assert sum(A[p][i] * G[p][z] * B[p][w] for p in range(a)) == (w == i + z)


@pytest.mark.parametrize(("r", "a"), POINTS_OF.items())
def test_the_constants_of_the_data_are_exact_in_floats(r, a):
    A, _, B = toom_cook(a - r + 1, r)
    assert all(x.denominator == 1 for row in B for x in row)
    assert all(gcd(*(int(x) for x in row)) == 1 for row in B)
    assert all(Fraction(float(np.float32(x))) == x for row in A + B for x in row)


def test_fewer_products_than_taps():
    assert all(a < (a - r + 1) * r for r, a in POINTS_OF.items() if r > 1)


TILINGS = [
    (3, 8, 8, -1, True),
    (3, 7, 7, -1, True),  # the last tile reaches beyond
    (3, 2, 2, 0, True),  # a tile winds around the axis more than once
    (5, 9, 9, -2, False),
    (5, 9, 5, 0, False),
    (2, 6, 6, -1, False),
    (4, 5, 5, -1, True),
    (1, 3, 3, 0, True),
]


@pytest.mark.parametrize(("r", "sites", "outputs", "start", "wraps"), TILINGS)
def test_tilings_are_correlations(r, sites, outputs, start, wraps):
    """``sum_p S[p, y] G[p, z] R[p, x]`` is 1 where the tap z of the output y reads x, else 0."""
    tiling = Tiling(r, sites, outputs, start, wraps)
    R, S, G = tiling.reads, tiling.writes, tiling.matrices[1]
    assert len(R) == len(S) == tiling.points * tiling.tiles
    for y, z, x in product(range(outputs), range(r), range(sites)):
        taps = (G[p][z] for p in range(tiling.points) for _ in range(tiling.tiles))
        total = sum(s[y] * g * d[x] for s, g, d in zip(S, taps, R, strict=True))
        site = start + y + z
        assert total == (x == (site % sites if wraps else site))


@pytest.mark.parametrize(
    ("r", "start", "wraps"), [(3, -1, True), (5, -2, False), (3, 0, False), (4, -1, True)]
)
@pytest.mark.parametrize("sites", [67, 81, 113])
def test_pieces_read_and_write_what_the_axis_does(sites, r, start, wraps):
    """Every output once; its taps at the sites that it reads, and zeros outside."""
    outputs = sites if start else sites - r + 1
    piece, reads, writes = cut(Tiling(r, sites, outputs, start, wraps))
    assert len(reads) == len(writes) > 1
    assert piece.tiles <= pieces.MOST
    seen = []
    for read, written in zip(reads, writes, strict=True):
        source = np.full(piece.sites, -1)
        for here, there in read:
            source[here] = np.arange(sites)[there]
        for here, there in written:
            for i, y in zip(np.arange(piece.outputs)[here], np.arange(outputs)[there], strict=True):
                seen.append(y)
                expected = [start + y + z for z in range(r)]
                expected = [x % sites if wraps else x if 0 <= x < sites else -1 for x in expected]
                assert source[i : i + r].tolist() == expected
    assert seen == list(range(outputs))


def test_short_axes_are_not_cut():
    whole = Tiling(3, 64, 64, -1, True)
    assert cut(whole) == (whole, [[(slice(0, 64), slice(0, 64))]], [[(slice(0, 64), slice(0, 64))]])


# The operators.


def check(X, box, boundary, sizes, **options):
    """Forward and both gradients, alone and together, against the reference; errors within the bound, below 1/2."""
    algorithm = made(X, box, boundary, **options)
    problem, (B, J, K) = algorithm.problem, sizes
    assert Winograd.refusal(problem) is None
    draw = Draw(X.name, box, boundary)
    f, psi = draw(B, J, *problem.input_shape), draw(K, J, *problem.filter_shape)
    d = draw(B, K, *problem.output_shape)
    F, Psi, D = (algorithm.workspace.xp.asarray(x, dtype=algorithm.workspace.xp.float64) for x in (f, psi, d))
    together = algorithm.forward(F, Psi), *algorithm.backward(D, F, Psi)
    alone = algorithm.correlate(F, Psi), algorithm.input_gradient(D, Psi), algorithm.filter_gradient(D, F)
    expected = (
        reference.correlate(X, f, psi, "box", boundary),
        reference.input_gradient(X, d, psi, "box", boundary),
        reference.filter_gradient(X, d, f, problem.filter_shape, boundary),
    )
    for operator, one, other, exact in zip(OPERATORS, together, alone, expected, strict=True):
        bound = algorithm.error_bound(operator, 9, 9, sizes, UNIT)
        assert bound < 0.5
        for result in (one, other):
            assert result.dtype == F.dtype
            values = np.asarray(result)
            assert (rounded(values) == exact).all()
            assert values.shape == exact.shape
            assert abs(values - exact).max() <= bound
        assert exact.any()


@pytest.mark.parametrize("name", ["p1", "p2", "pmm", "p4", "p4m"])
@pytest.mark.parametrize(("box", "N"), [((3, 3), 6), ((5, 5), 5)])
def test_periodic(name, box, N):
    for X in plane(name, N):
        check(X, box, "periodic", (1, 2, 3) if name != "p4m" else (1, 1, 2))


@pytest.mark.parametrize("boundary", ["zero", "valid"])
@pytest.mark.parametrize("name", ["p1", "p2", "pmm", "p4", "p4m"])
def test_windows(name, boundary):
    for X in plane(name, 5, 6):
        check(X, (3, 3), boundary, (1, 1, 2) if name == "p4m" else (1, 2, 1))
    check(plane(name, 7, 5)[0], (5, 5), boundary, (2, 2, 3))


@pytest.mark.parametrize(
    ("name", "sizes", "box", "boundary"),
    [
        ("p2", (5, 4), (3, 1), "zero"),
        ("pmm", (5, 4), (1, 5), "zero"),
        ("pmm", (5, 6), (3, 5), "valid"),
        ("p4", (4, 5), (2, 2), "valid"),  # each orientation starts at another cell
        ("p4", (4, 5), (2, 3), "zero"),
        ("p4", (4,), (4, 4), "periodic"),  # the turned box is larger than the lattice
        ("p6", (5,), (3, 3), "periodic"),  # turned boxes fit into 5 × 5
        ("p4m", (2,), (1, 1), "periodic"),
        ("p4m", (3,), (2, 2), "periodic"),
    ],
)
def test_other_boxes(name, sizes, box, boundary):
    for X in plane(name, *sizes):
        check(X, box, boundary, (1, 1, 2))


def test_batches_in_blocks_on_threads(monkeypatch):
    """The smallest blocks, and every loop cut for two threads."""
    monkeypatch.setattr(winograd, "CACHE", 1)
    monkeypatch.setattr(winograd, "ROWS", 8)
    monkeypatch.setattr(workspace, "WORTH_A_THREAD", 0)
    monkeypatch.setattr(workspace, "CACHED", 1)
    for X in plane("p4", 5):
        algorithm = made(X, (3, 3), "periodic", threads=2)
        like = np.zeros((5, 2, *X.shape))
        assert [block.stop for block in algorithm._sizes(like, 2, 3).blocks] == [1, 3, 5]
        check(X, (3, 3), "periodic", (5, 2, 3), threads=2)
        check(X, (3, 3), "periodic", (1, 2, 3), threads=3)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("boundary", ["periodic", "zero", "valid"])
def test_lattices_cut_into_pieces(boundary, threads, monkeypatch):
    """A tile a piece, so that pieces overlap everywhere, also those of different threads."""
    monkeypatch.setattr(pieces, "MOST", 1)
    monkeypatch.setattr(pieces, "LEAST", 1)
    monkeypatch.setattr(winograd, "ROWS", 3)
    monkeypatch.setattr(workspace, "WORTH_A_THREAD", 0)
    for X in plane("p4", 9) if boundary == "periodic" else plane("p4", 9, 6):
        assert len(made(X, (3, 3), boundary).input.pieces) > 1
        check(X, (3, 3), boundary, (3, 2, 1), threads=threads)
    check(plane("pmm", 6, 9)[0], (3, 1), "zero", (2, 1, 2), threads=threads)


@pytest.mark.parametrize("boundary", ["periodic", "zero", "valid"])
def test_adjoints_at_usual_sizes(boundary):
    """``<d, f ⋆ psi> = <dL/df, f> = <dL/dpsi, psi>`` in integers, and far from what rounding could hide."""
    X = gcalc.group("p4m").quotient(13).regular if boundary == "periodic" else window("p4m", 17, 19).regular
    for box in ((3, 3), (5, 5)):
        algorithm = made(X, box, boundary)
        draw = Draw("adjoint", boundary, box)
        f, psi = draw(3, 3, *X.shape), draw(2, 3, 8, *box)
        d = draw(3, 2, *algorithm.problem.output_shape)
        F, Psi, D = (x.astype(np.float64) for x in (f, psi, d))
        assert max(algorithm.error_bound(operator, 9, 9, (3, 3, 2), UNIT) for operator in OPERATORS) < 0.5
        y = rounded(algorithm.forward(F, Psi))
        df, dpsi = algorithm.backward(D, F, Psi)
        assert inner(d, y) == inner(rounded(df), f) == inner(rounded(dpsi), psi) != 0


def test_float32_keeps_its_type_and_its_bound():
    X = gcalc.group("p4").quotient(9).regular
    algorithm = made(X, (3, 3), "periodic")
    draw = Draw("float32")
    f, psi, d = draw(2, 3, *X.shape), draw(2, 3, 4, 3, 3), draw(2, 2, *X.shape)
    sizes, single = (2, 3, 2), [x.astype(np.float32) for x in (f, psi, d)]
    F, Psi, D = single
    y, (df, dpsi) = algorithm.forward(F, Psi), algorithm.backward(D, F, Psi)
    F, Psi, D = (x.astype(np.float64) for x in single)
    exact = algorithm.correlate(F, Psi), algorithm.input_gradient(D, Psi), algorithm.filter_gradient(D, F)
    for operator, value, double in zip(OPERATORS, (y, df, dpsi), exact, strict=True):
        assert value.dtype == np.float32
        error = abs(value - rounded(double)).max()
        assert 0 < error <= algorithm.error_bound(operator, 9, 9, sizes, 2.0**-24)


def test_results_are_no_buffers_and_arguments_may_have_any_strides():
    X = window("p4", 6, 5)
    algorithm = made(X, (3, 3), "zero")
    draw = Draw("strides")
    f, psi, d = (draw(*shape).astype(np.float64) for shape in ((2, 2, 6, 5), (3, 2, 3, 3), (2, 3, 4, 6, 5)))
    first = algorithm.forward(f, psi), *algorithm.backward(d, f, psi)
    copies = [x.copy() for x in first]
    algorithm.forward(-f, psi)
    algorithm.backward(-d, -f, psi)
    strided = [np.asfortranarray(x)[::1] for x in (f, psi, d)]
    f, psi, d = strided
    second = algorithm.forward(f, psi), *algorithm.backward(d, f, psi)
    for one, copy, other in zip(first, copies, second, strict=True):
        assert (one == copy).all()
        assert (rounded(one) == rounded(other)).all()


def test_backward_after_another_call_keeps_nothing_stale():
    X = gcalc.group("p4").quotient(5).regular
    algorithm = made(X, (3, 3), "periodic")
    draw = Draw("stale")
    f, psi, d = (
        draw(*shape).astype(np.float64) for shape in ((1, 2, 4, 5, 5), (1, 2, 4, 3, 3), (1, 1, 4, 5, 5))
    )
    algorithm.forward(f, psi)
    df, dpsi = algorithm.backward(d, f, psi)
    algorithm.forward(f, psi)
    algorithm.correlate(3 * f, 5 * psi)
    again = algorithm.backward(d, f, psi)
    assert (rounded(df) == rounded(again[0])).all()
    assert (rounded(dpsi) == rounded(again[1])).all()


@pytest.mark.parametrize("N", [5, 65])
def test_no_images(N):
    algorithm = made(window("p2", N, N), (3, 3), "zero")
    f, psi = np.zeros((0, 2, N, N)), np.ones((3, 2, 3, 3))
    y = algorithm.forward(f, psi)
    df, dpsi = algorithm.backward(y, f, psi)
    assert y.shape == (0, 3, 2, N, N)
    assert df.shape == f.shape
    assert dpsi.shape == psi.shape
    assert not dpsi.any()


# Other namespaces.


NAMESPACES = [
    pytest.param(lambda: array_api_strict, id="array_api_strict"),
    pytest.param(lambda: array_api_compat.array_namespace(pytest.importorskip("torch").zeros(1)), id="torch"),
]


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_other_namespaces(namespace):
    xp = namespace()
    for X in plane("p4", 5):
        check(X, (3, 3), "periodic", (2, 2, 3), xp=xp)
    check(plane("p4m", 5, 6)[0], (5, 5), "zero", (2, 1, 2), xp=xp)
    check(plane("pmm", 4, 5)[1], (2, 2), "valid", (1, 1, 2), xp=xp)
    check(plane("p1", 67, 4)[0], (3, 3), "zero", (2, 1, 2), xp=xp)


@pytest.mark.parametrize("device", ["device1", "device2"])
def test_results_are_on_the_device_of_the_arguments(device):
    xp, X = array_api_strict, gcalc.group("p4").quotient(4).grid
    device = xp.Device(device)
    algorithm = made(X, (3, 3), "periodic", xp=xp)
    f, psi = (xp.ones(shape, dtype=xp.float64, device=device) for shape in ((1, 1, 4, 4), (1, 1, 3, 3)))
    y = algorithm.forward(f, psi)
    df, dpsi = algorithm.backward(y, f, psi)
    assert {x.device for x in (y, df, dpsi)} == {device}


# The bound.


def absolute_sums(algorithm, operator):
    """The sums of absolute values behind the gains, from the matrices as arrays, for one product of channels."""
    sums = []
    for tiling in algorithm.tilings:
        R, S, G = (
            abs(np.array(M, dtype=np.float64)) for M in (tiling.reads, tiling.writes, tiling.matrices[1])
        )
        R, S = (M.reshape(tiling.points, tiling.tiles, -1) for M in (R, S))
        sums.append(
            {
                "correlate": np.einsum("pix,pz,piw->x", S, G, R),
                "input_gradient": np.einsum("pix,pz,piw->w", S, G, R),
                "filter_gradient": np.einsum("pix,pz,piw->z", S, G, R),
            }[operator].max()
        )
    return prod(sums)


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize(("boundary", "box"), [("periodic", (3, 3)), ("zero", (5, 5)), ("valid", (3, 3))])
def test_the_bound_is_gamma_times_the_sum_of_absolute_values(operator, boundary, box):
    X = gcalc.group("p4").quotient(10).regular if boundary == "periodic" else window("p4", 10, 9).regular
    algorithm = made(X, box, boundary)
    sizes = B, J, K = 3, 5, 2
    terms = {"correlate": J * 4, "input_gradient": K * 4, "filter_gradient": B * 4}[operator]
    total = absolute_sums(algorithm, operator) * terms * 7 * 11
    roundings = algorithm.error_bound(operator, 7, 11, sizes, UNIT) / (UNIT * total)
    assert (
        terms
        < roundings
        < terms + 200 + B * prod(t.tiles for t in algorithm.tilings) * (operator == "filter_gradient")
    )


def test_the_bound_says_where_rounding_is_exact():
    """Products up to 10^4 in a layer of usual size are; products that fill the significand are not, and it says so."""
    X = window("p4m", 24, 24).regular
    algorithm = made(X, (3, 3), "zero")
    sizes = (16, 16, 16)
    assert max(algorithm.error_bound(operator, 100, 100, sizes, UNIT) for operator in OPERATORS) < 0.5
    most = 2**24
    draw = Draw("large")
    f, psi = draw(1, 1, *X.shape, most=most), draw(1, 1, 8, 3, 3, most=most)
    y = rounded(algorithm.correlate(f.astype(np.float64), psi.astype(np.float64)))
    lattice = np.pad(f, ((0, 0),) * 3 + ((1, 1),) * 2)
    exact = sum(  # the identity's outputs, at which nothing is turned
        psi[0, 0, t, i, j] * lattice[0, 0, t, i : i + 24, j : j + 24]
        for t in range(8)
        for i in range(3)
        for j in range(3)
    )
    error = abs(y[0, 0, 0] - exact).max()
    assert 0.5 < error <= algorithm.error_bound("correlate", most, most, (1, 1, 1), UNIT)


def test_a_planted_fault_breaks_the_bound():
    """A constant of G that is off by one part in a million is an error far beyond the bound."""
    X = gcalc.group("p4").quotient(6).regular
    algorithm = made(X, (3, 3), "periodic")
    draw = Draw("fault")
    f, psi = draw(1, 1, *X.shape), draw(1, 1, 4, 3, 3)
    exact = reference.correlate(X, f, psi, "box")
    row = algorithm.tilings[0].matrices[1][2]  # of a matrix that is made once and kept
    right, row[1] = row[1], row[1] * (1 + Fraction(1, 10**6))
    try:
        error = abs(algorithm.correlate(f.astype(np.float64), psi.astype(np.float64)) - exact).max()
    finally:
        row[1] = right
    assert error > 1000 * algorithm.error_bound("correlate", 9, 9, (1, 1, 1), UNIT)


# What it refuses.


def test_refusals():
    X = gcalc.group("p4").quotient(11).grid
    assert Winograd.refusal(planar(X, (7, 7), "periodic")) is None
    assert "9×9" in Winograd.refusal(planar(X, (3, 9), "periodic"))
    line = Problem(gcalc.group("C1"), (4, 4, 4), False, (3, 3, 3), (1, 1, 1), "periodic")
    assert "dimension 3" in Winograd.refusal(line)
