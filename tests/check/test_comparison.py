"""What decides between a fault and rounding, where neither `==` nor moved inputs do."""

from __future__ import annotations

import numpy as np
import pytest

from gcalc.check import check_equivariance
from gcalc.check.targets import target

NODES = {"group": "S4", "input": "b n c", "output": "b c", "sizes": {"c": 3}, "reps": {"n": "node"}}
MAPS = {"group": "p4", "input": "b x y", "output": "b g x y", "sizes": {"x": 5, "y": 5}}


def entropy(f):
    """Of a softmax that is 0 or 1 but for little."""
    e = np.exp(5 * (f - f.max(axis=1, keepdims=True)))
    p = e / e.sum(axis=1, keepdims=True)
    return -(p * np.log(p)).sum(axis=1)


def leaking(f):
    return entropy(f) + 1e-11 * f[:, 0]


def window(report):
    return [c for c in report.checks if c.check == "window"]


@pytest.mark.parametrize("seed", range(6))
def test_what_only_its_own_operations_round_is_no_fault(seed):
    report = check_equivariance(entropy, **NODES, seed=seed)
    assert report.verdict == "NUMERICAL"


def test_the_report_says_what_it_was_compared_with():
    reasons = {c.reason for seed in range(6) for c in window(check_equivariance(entropy, **NODES, seed=seed))}
    assert "to the rounding of each operation" in reasons
    conventions = check_equivariance(entropy, **NODES).as_json()["conventions"]
    assert conventions["numerical_by_operations_up_to"] == 8


@pytest.mark.parametrize("seed", range(3))
def test_a_leak_beside_it_is_a_fault(seed):
    assert check_equivariance(leaking, **NODES, seed=seed).verdict == "FAILED"


def test_noise_moves_every_result_by_one_unit_and_no_zero():
    x = np.arange(5.0)
    (moved,) = target(lambda f: np.sqrt(f)).noisy(0, x)
    units = (moved - np.sqrt(x)) / np.spacing(np.sqrt(x))
    assert moved[0] == 0
    assert set(np.abs(units[1:])) == {1.0}
    assert not np.array_equal(moved, target(lambda f: np.sqrt(f)).noisy(1, x)[0])
    (same,) = target(lambda f: f[::-1]).noisy(0, x)
    assert np.array_equal(same, x[::-1]), "what only moves numbers rounds nothing"


def test_noise_in_torch():
    torch = pytest.importorskip("torch")
    x = np.arange(5.0)
    layer = target(torch.nn.Identity()).wide()
    assert np.array_equal(layer.noisy(0, x)[0], x)
    root = target(lambda f: f.clone().sqrt_(), "torch").wide()
    (moved,) = root.noisy(0, x)
    assert moved[0] == 0
    assert 0 < np.abs(moved - np.sqrt(x)).max() <= 2 * np.spacing(2.0)
    compiled = target(torch.compile(torch.nn.Tanh(), backend="eager")).wide()
    assert compiled.noisy(0, x) is None


def test_there_is_no_noise_where_operations_are_unknown():
    assert target(lambda f: np.fft.rfft(f).real).noisy(0, np.arange(5.0)) is None


def corners(f, turns):
    """Sums of two neighbours around each pixel, one pair for each turn."""
    p = np.pad(f, [(0, 0), (1, 1), (1, 1)])
    n, m = f.shape[1:]
    pairs = ((1, 0), (0, 1), (1, 2), (2, 1))
    return np.stack([p[:, i : i + n, j : j + m] + 2 * f for i, j in (pairs[t] for t in turns)], axis=1)


@pytest.mark.parametrize("turns", [(0, 3, 2, 1), (0, 1, 2, 3), (0, 3, 2, 3)])
def test_a_fault_at_thresholds_is_plain_on_values_without_ties(turns):
    plain = check_equivariance(lambda f: corners(f, turns), **MAPS)
    report = check_equivariance(lambda f: np.floor(corners(f, turns) / 3), **MAPS)
    assert report.passed == plain.passed
    assert report.passed or report.verdict == plain.verdict


def test_a_gradient_straight_through_steps_is_no_fault():
    torch = pytest.importorskip("torch")

    class Straight(torch.nn.Module):
        def forward(self, f):
            return f + (torch.round(f) - f).detach()

    report = check_equivariance(Straight(), **{**MAPS, "output": "b x y"})
    assert report.passed
    (adjoint,) = [c for c in report.checks if c.check == "adjoint"]
    assert adjoint.verdict == "NOT_TESTED"
    assert "straight through" in adjoint.reason
