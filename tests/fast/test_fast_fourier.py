"""Fourier in real blocks equals the direct sums, rounded, on split groups, boxes and windows, and in 3-d."""

from __future__ import annotations

import array_api_compat
import array_api_compat.numpy as xp
import array_api_strict
import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.fast import plans
from gcalc.fast.fourier import Fourier
from gcalc.fast.spectrum import Spectrum
from gcalc.fast.workspace import Workspace
from gcalc.groups.crystallographic import CrystallographicGroup

SPLIT = ("p1", "p2", "pm", "cm", "pmm", "cmm", "p4", "p4m", "p3", "p3m1", "p31m", "p6", "p6m")
CENTRAL = {"p2", "pmm", "cmm", "p4", "p4m", "p6", "p6m"}
B, J, K = 2, 3, 2
UNIT = 2.0**-53


def integers(random, *shape):
    return random.integers(-9, 10, shape)


def numpy(array):
    """The array on the host."""
    return array if isinstance(array, np.ndarray) else np.from_dlpack(array)


def judge(X, box=None, boundary="periodic", move=lambda a: a, workspace=None):
    """Forward and both gradients in float64, within half the distance of integers, rounded: the reference's."""
    problem = plans.problem(X, box, boundary)
    algorithm = Fourier(problem, Workspace(xp) if workspace is None else workspace)
    random = np.random.default_rng(0)
    f, d = integers(random, B, J, *problem.input_shape), integers(random, B, K, *problem.output_shape)
    psi = integers(random, K, J, *problem.filter_shape)
    with_box = {} if box is None else {"filter": "box"}
    F, Psi, D = (move(a.astype(np.float64)) for a in (f, psi, d))
    pairs = {
        "correlate": (
            algorithm.correlate(F, Psi),
            reference.correlate(X, f, psi, boundary=boundary, **with_box),
        ),
        "input_gradient": (
            algorithm.input_gradient(D, Psi),
            reference.input_gradient(X, d, psi, boundary=boundary, **with_box),
        ),
        "filter_gradient": (
            algorithm.filter_gradient(D, F),
            reference.filter_gradient(X, d, f, filter_shape=box, boundary=boundary),
        ),
    }
    y = algorithm.forward(F, Psi)
    again = (y, *algorithm.backward(D, F, Psi))
    for (operator, (got, want)), repeated in zip(pairs.items(), again, strict=True):
        got, repeated = numpy(got), numpy(repeated)
        assert np.array_equal(got, repeated), operator
        error = float(np.abs(got - want).max())
        assert error <= algorithm.error_bound(operator, 9, 9, (B, J, K), UNIT) < 0.5, operator
        assert np.array_equal(np.rint(got).astype(np.int64), want), operator


@pytest.mark.parametrize("name", SPLIT)
def test_equals_the_reference_on_every_split_wallpaper_group(name):
    for N in (2, 3) if gcalc.group(name).point_group.order > 6 else (3, 4):
        G = gcalc.group(name).quotient(N)
        for X in (G.regular, G.grid):
            for box in (None, (1, 1), (2, 2), (3, 2), (3, 3)):
                if box is None or max(box) <= N:
                    judge(X, box)


@pytest.mark.parametrize("boundary", ["zero", "valid"])
@pytest.mark.parametrize("name", ["p1", "p2", "pm", "pmm", "p4", "p4m"])
def test_equals_the_reference_on_windows(name, boundary):
    for box in ((3, 3), (2, 2), (2, 3), (4, 4)):
        if boundary == "valid" and box[0] != box[1] and name in ("p4", "p4m"):
            continue
        for X in (gcalc.window(name, 5, 6), gcalc.window(name, 4, 4).regular):
            judge(X, box, boundary)


def test_equals_the_reference_on_large_boxes_and_tori():
    judge(gcalc.group("p2").quotient(9).regular, (9, 8))
    judge(gcalc.group("p4").quotient(9).grid, None)


INVERSION = ((-1, 0, 0), (0, -1, 0), (0, 0, -1))
QUARTER_TURN = ((0, -1, 0), (1, 0, 0), (0, 0, 1))
MIRROR = ((1, 0, 0), (0, 1, 0), (0, 0, -1))


@pytest.mark.parametrize("matrix", [INVERSION, QUARTER_TURN, MIRROR])
def test_equals_the_reference_in_three_dimensions(matrix):
    G = CrystallographicGroup.generated_by([(matrix, (0, 0, 0))]).quotient(2)
    for X in (G.regular, G.grid):
        judge(X, None)
        judge(X, (2, 1, 2))


def test_on_other_namespaces_and_devices():
    X = gcalc.group("p4").quotient(3).regular
    info = array_api_strict.__array_namespace_info__()
    for device in (device for device in info.devices() if "float64" in info.dtypes(device=device)):
        judge(
            X, (3, 3), "periodic",
            lambda a, device=device: array_api_strict.asarray(a, device=device),
            Workspace(array_api_strict),
        )  # fmt: skip
    torch = pytest.importorskip("torch")
    for name, box in (("p4m", (3, 3)), ("p3", None)):
        X = gcalc.group(name).quotient(3).grid
        move = torch.from_numpy
        judge(X, box, "periodic", move, Workspace(array_api_compat.array_namespace(torch.zeros(1))))


@pytest.mark.parametrize("name", SPLIT)
@pytest.mark.parametrize("N", [2, 5, 6])
def test_blocks_hold_every_frequency_of_every_orientation_once(name, N):
    """Parseval's count: over an orbit's ±ρu all of ±w; and -1 in P halves the rows."""
    spectrum = Spectrum(gcalc.group(name).point_group, N)
    assert spectrum.central == (name in CENTRAL)
    rho, frequency, sign = spectrum.rows
    covered = set(frequency.ravel().tolist()) | set(spectrum.opposite[frequency].ravel().tolist())
    assert covered == set(range(N * N))
    assert (sign[:, 0] != 0).all()
    assert rho.shape[1] == len(spectrum.classes)
    assert spectrum.weights.sum() == N * N


def test_the_workspace_leaves_no_trace_in_results():
    """Two calls of one plan: the second's inputs do not reach the first's results."""
    X = gcalc.group("p4").quotient(5).regular
    algorithm = Fourier(plans.problem(X, (3, 3), "periodic"), Workspace(xp))
    random = np.random.default_rng(1)
    f, psi = random.standard_normal((2, 3, 4, 5, 5)), random.standard_normal((2, 3, 4, 3, 3))
    first = algorithm.correlate(f, psi)
    kept = first.copy()
    algorithm.correlate(2 * f, psi + 1)
    algorithm.filter_gradient(first, f)
    assert np.array_equal(first, kept)
