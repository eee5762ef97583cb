"""Plans: which algorithm is taken, what is kept between calls and what must not be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import array_api_compat.numpy as xp
import numpy as np
import pytest

import gcalc
from gcalc import fast
from gcalc.errors import ShapeError, UnsupportedError, UsageError
from gcalc.fast import plans
from gcalc.fast.plan import Plan

P4 = gcalc.group("p4").quotient(6)


def arrays(X, J=2, K=3, B=2, box=(3, 3), seed=0):
    random = np.random.default_rng(seed)
    f = random.integers(-4, 5, (B, J, *X.shape)).astype(np.float64)
    psi = random.integers(-4, 5, (K, J, *X.shape[: len(X.shape) - 2], *box)).astype(np.float64)
    d = random.integers(-4, 5, (B, K, *X.group.shape)).astype(np.float64)
    return f, psi, d


def found(X, box=(3, 3), boundary="periodic", **options):
    kind = {"xp": xp, "device": "cpu", "dtype": np.float64, "batch": 2, "J": 2, "K": 3}
    return plans.find(X, box, boundary, **{**kind, **options})


@pytest.mark.parametrize("algorithm", ["tables", "direct", "fourier", "winograd", "auto"])
@pytest.mark.parametrize("stride", [1, 2])
def test_forward_and_backward_are_the_three_functions(algorithm, stride):
    X = P4.regular
    f, psi, d = arrays(X)
    d = d[..., ::stride, ::stride]
    plan = Plan(X, (3, 3), stride=stride, algorithm=algorithm)
    y = plan.forward(f, psi)
    df, dpsi = plan.backward(d)
    assert plan.taken == algorithm or algorithm == "auto"
    options = {"stride": stride, "algorithm": "direct"}
    assert np.array_equal(np.rint(y), fast.correlate(X, f, psi, filter="box", **options))
    assert np.array_equal(np.rint(df), fast.input_gradient(X, d, psi, filter="box", **options))
    assert np.array_equal(np.rint(dpsi), fast.filter_gradient(X, d, f, filter_shape=(3, 3), **options))
    assert np.array_equal(np.rint(plan.correlate(f, psi)), np.rint(y))
    assert np.array_equal(np.rint(plan.input_gradient(d, psi)), np.rint(df))
    assert np.array_equal(np.rint(plan.filter_gradient(d, f)), np.rint(dpsi))


@pytest.mark.parametrize("algorithm", ["tables", "direct", "fourier", "winograd"])
def test_what_another_call_left_in_the_workspace_is_not_used(algorithm):
    """Two plans of one kind share a runner: the second's forward comes between the first's forward and backward."""
    X = P4.grid
    first, second = Plan(X, (3, 3), algorithm=algorithm), Plan(X, (3, 3), algorithm=algorithm)
    f, psi, d = arrays(X)
    first.forward(f, psi)
    wanted = first.backward(d)
    kept = first.forward(f, psi)
    copy = kept.copy()
    second.forward(f + 1, 2 * psi)
    second.filter_gradient(d + 1, f)
    for got, want in zip(first.backward(d), wanted, strict=True):
        assert np.array_equal(np.rint(got), np.rint(want))
    assert np.array_equal(kept, copy)


def test_calls_from_several_threads_take_turns():
    X = P4.regular
    f, psi, _ = arrays(X, B=4)
    wanted = fast.correlate(X, f, psi, filter="box", algorithm="direct")

    def call(i):
        return np.array_equal(
            np.rint(fast.correlate(X, i * f, psi, filter="box", algorithm="fourier")), i * wanted
        )

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(call, range(1, 41)))


def test_runners_are_kept_for_the_next_call_and_not_without_end():
    X = P4.regular
    assert found(X, algorithm="direct") is found(X, algorithm="direct")
    assert found(X, algorithm="direct") is not found(X, algorithm="fourier")
    first = found(X, algorithm="direct", batch=1)
    for batch in range(2, 2 + plans.KEPT):
        found(X, algorithm="direct", batch=batch)
    assert found(X, algorithm="direct", batch=1) is not first


@pytest.mark.parametrize("name", ["pg", "pmg", "pgg", "p4g"])
def test_groups_that_are_not_split_take_tables(name):
    X = gcalc.group(name).quotient(4).regular
    assert plans.problem(X, (1, 1), "periodic") is None
    assert found(X, None).name == "tables"
    with pytest.raises(UnsupportedError, match=r"direct needs .*; possible here: tables"):
        found(X, None, algorithm="direct")


def test_full_filters_on_small_groups_take_tables():
    assert found(gcalc.group("p4").quotient(5).regular, None).name == "tables"
    assert found(gcalc.group("p4").quotient(6).regular, None).name != "tables"


def test_spaces_without_a_lattice_take_tables():
    G = gcalc.group("S3")
    for X in (G.regular, G.cosets(G.elements[:1])):
        assert found(X, None).name == "tables"


def test_windows_have_no_tables():
    with pytest.raises(UnsupportedError, match="tables has no zero boundary; possible here: direct, fourier"):
        found(gcalc.window("p4", 5, 6), (3, 3), "zero", algorithm="tables")


def test_unknown_algorithms_are_named():
    with pytest.raises(
        UsageError, match="no algorithm 'fft'; there are auto, direct, fourier, winograd, fused, tables"
    ):
        found(P4.regular, algorithm="fft")


def test_exact_takes_an_exact_algorithm():
    for box in ((1, 1), (3, 3), (5, 5), None):
        assert found(P4.regular, box, exact=True).name == "direct"


def test_the_most_similar_row_of_the_table_decides(monkeypatch):
    rows = [
        {
            "order": 4, "channels_in": 8, "channels_out": 12, "lattice": 6, "box": box, "batch": 2,
            "times": {"direct": 1.0 + (box == 5), "fourier": 1.5, "winograd": 3.0 - box / 2},
        }
        for box in (3, 5)
    ]  # fmt: skip
    monkeypatch.setattr(plans, "_tuned", lambda: rows)
    assert found(P4.regular, (3, 3)).name == "direct"
    assert found(P4.regular, (5, 5)).name == "winograd"
    assert found(P4.regular, (5, 5), exact=True).name == "direct"


def test_the_table_has_the_figures_that_plans_read():
    rows = plans._tuned()
    assert len(rows) >= 20
    for row in rows:
        assert set(row["times"]) <= set(plans.ALGORITHMS)
        assert min(row["times"].values()) == 1
        assert all(
            row[name] > 0 for name in ("order", "channels_in", "channels_out", "lattice", "box", "batch")
        )
    assert all(a is not b for a, b in pairwise(rows))


def test_backward_needs_a_forward_of_the_same_shape():
    plan = Plan(P4.regular, (3, 3))
    f, psi, d = arrays(P4.regular)
    with pytest.raises(UsageError, match="backward needs a forward before it"):
        plan.backward(d)
    plan.forward(f, psi)
    with pytest.raises(ShapeError):
        plan.backward(d[:, :2])
    with pytest.raises(UnsupportedError, match="forward and backward take floats"):
        plan.forward(f.astype(int), psi.astype(int))
