"""`--backend scipy`: the planar and the cyclic laws on the photograph, by SciPy's own functions."""

from __future__ import annotations

import numpy as np
import pytest
import scipy
from click.testing import CliRunner

import gcalc
from gcalc import reference
from gcalc.cli import main
from gcalc.data import photograph
from gcalc.errors import UnsupportedError
from gcalc.verify import verify
from gcalc.verify.backends import named
from gcalc.verify.contents import _pixels
from gcalc.verify.scipy_backends import correlate_ndimage, correlate_signal, turn, turn_about_origin

from .faulty import failed

CORRELATE2D, NDIMAGE, CIRCULANT = scipy.signal.correlate2d, scipy.ndimage.correlate, scipy.linalg.circulant
SMALL = {
    "scipy.signal": ["p4m mod 3", "p4m mod 4"],
    "scipy.ndimage": ["p4m mod 3", "p4m mod 4"],
    "scipy.linalg": ["C3", "C6"],
}
LAWS = {
    "scipy.signal": ["eq1"],
    "scipy.ndimage": ["eq1"],
    "scipy.linalg": ["eq3", "eq6", "g_correlation_equivariance"],
}


def read(backend, readings=("exact",), **more):
    return verify(
        laws=LAWS[backend], groups=SMALL[backend], readings=readings, backend=backend, profile="smoke", **more
    )


def test_the_photograph_is_one():
    picture = photograph()
    assert picture.shape == (96, 80)
    assert picture.dtype == np.int64
    assert 0 <= picture.min() < picture.max() <= 255
    assert len(np.unique(picture)) > 50


def test_images_are_patches_of_the_photograph():
    patches = _pixels((2, 5, 5), np.random.default_rng(0))
    windows = np.lib.stride_tricks.sliding_window_view(photograph(), (5, 5))
    assert all((windows == patch).all(axis=(2, 3)).any() for patch in patches)


def test_the_family_is_exact():
    words = ["verify", "--backend", "scipy", "--profile", "smoke", "--law", "eq1", "--reading", "exact"]
    words += ["--group", "p4m mod 3", "--group", "p4m grid 12"]
    result = CliRunner().invoke(main, words, env={"COLUMNS": "100"})
    assert result.exit_code == 0
    assert "FAILED" not in result.output
    assert "EXACT" in result.output


@pytest.mark.parametrize("backend", SMALL)
@pytest.mark.parametrize("reading", ["exact", "property"])
def test_each_is_exact(backend, reading):
    report = read(backend, (reading,))
    assert {(c.verdict, c.backend) for c in report.checks} == {("EXACT", backend)}
    assert {c.law for c in report.checks} == set(LAWS[backend])
    assert all(c.cases > 0 and not c.complete for c in report.checks)


def test_a_reading_that_uses_no_implementation_is_not_made():
    report = verify(laws=["eq1"], groups=["p4m mod 3"], backend="scipy", profile="smoke")
    assert {c.reading for c in report.checks} == {"exact", "property"}


def doubled(right):
    return lambda *args, **options: right(*args, **options) * 2


def shifted(right):
    return lambda *args, **options: np.roll(right(*args, **options), 1, 0)


def one_too_many(right):
    def wrong(*args, **options):
        y = np.array(right(*args, **options))
        y.flat[0] += 1
        return y

    return wrong


WRONG = [
    ("scipy.signal", "correlate2d", shifted),
    ("scipy.signal", "correlate2d", one_too_many),
    ("scipy.ndimage", "correlate", shifted),
    ("scipy.ndimage", "correlate", one_too_many),
    ("scipy.linalg", "circulant", doubled),
    ("scipy.linalg", "circulant", shifted),
    ("scipy.linalg", "circulant", one_too_many),
]


@pytest.mark.parametrize(("backend", "function", "wrong"), WRONG)
def test_a_wrong_function_of_scipy_is_caught(backend, function, wrong, monkeypatch):
    module = getattr(scipy, backend.partition(".")[2])
    monkeypatch.setattr(module, function, wrong(getattr(module, function)))
    report = read(backend)
    assert report.exit_code() == 1
    assert failed(report)
    for check in report.failures:
        assert f"--backend {backend}" in check.reproduction
        assert check.counterexample.left != check.counterexample.right


@pytest.mark.parametrize(("backend", "function"), [(b, f) for b, f, _ in WRONG[::2]])
def test_the_function_is_called(backend, function, monkeypatch):
    module, calls = getattr(scipy, backend.partition(".")[2]), []
    right = getattr(module, function)
    monkeypatch.setattr(module, function, lambda *a, **o: calls.append(len(a)) or right(*a, **o))
    read(backend)
    assert calls


# ---- against sums written out ----------------------------------------


@pytest.mark.parametrize("correlate", [correlate_signal, correlate_ndimage])
@pytest.mark.parametrize("shape", [(1, 1), (2, 2), (3, 5), (4, 4)])
def test_periodic_correlations_are_the_sum(correlate, shape):
    """Σ_z f(x + z) psi(z)."""
    rng = np.random.default_rng(3)
    f, psi = rng.integers(0, 256, shape), rng.integers(-9, 10, shape)
    y = np.zeros(shape, dtype=np.int64)
    for x in np.ndindex(shape):
        for z in np.ndindex(shape):
            y[x] += f[tuple(np.add(x, z) % shape)] * psi[z]
    assert (correlate(f, psi) == y).all()


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_turning_about_the_origin_is_left_translation_of_the_grid(n):
    square = gcalc.group("p4m")
    grid = square.quotient(n).grid
    f = np.random.default_rng(n).integers(0, 256, (n, n))
    for number, r in enumerate(square.point_group.elements):
        wanted = np.empty_like(f)
        for x in np.ndindex(f.shape):
            wanted[tuple(np.array(r) @ x % n)] = f[x]
        assert (turn_about_origin(f, r) == wanted).all()
        turned = reference.left_translate(grid, grid.group.elements[n * n * number], f)
        assert (turned == wanted).all()


@pytest.mark.parametrize("r", [((1, 1), (0, 1)), ((1, -1), (1, 0))])
def test_other_matrices_are_refused(r):
    with pytest.raises(UnsupportedError, match="eight symmetries"):
        turn(np.zeros((3, 3)), r)


@pytest.mark.parametrize("n", [1, 2, 5, 6])
@pytest.mark.parametrize("operator", ["correlate", "input_gradient", "filter_gradient"])
def test_circulant_matrices_are_the_reference_on_cyclic_groups(operator, n):
    (linalg,) = named("scipy.linalg")
    X, rng = gcalc.group(f"C{n}").regular, np.random.default_rng(n)
    f, d, psi = (rng.integers(-9, 10, (*k, n)) for k in ((3,), (2,), (2, 3)))
    given = {"correlate": (f, psi), "input_gradient": (d, psi), "filter_gradient": (d, f)}[operator]
    wanted = getattr(reference, operator)(X, *given)
    assert (getattr(linalg, operator)(X, *given) == wanted).all()


def test_a_group_that_is_not_cyclic_is_not_tested_and_says_so():
    report = verify(laws=["eq3"], groups=["S3"], readings=["exact"], backend="scipy.linalg")
    (check,) = report.checks
    assert check.verdict == "NOT_TESTED"
    assert "cyclic groups only" in check.reason
    assert report.exit_code() == 3
