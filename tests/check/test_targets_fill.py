"""Values depend on seed, name and index alone; sizes survive depth; one unit moves what is not zero."""

from __future__ import annotations

import numpy as np
import pytest

from gcalc.check import fill


def test_values_depend_on_seed_name_and_index():
    first = fill.integers(0, "conv.weight", (2, 6), 3)
    assert np.array_equal(first, fill.integers(0, "conv.weight", (2, 6), 3))
    assert np.array_equal(first.ravel()[:5], fill.integers(0, "conv.weight", (5,), 3))
    assert not np.array_equal(first, fill.integers(1, "conv.weight", (2, 6), 3))
    assert not np.array_equal(first, fill.integers(0, "conv.bias", (2, 6), 3))


def test_integers_are_uniform():
    counts = np.unique(fill.integers(5, "x", (70000,), 3), return_counts=True)
    assert list(counts[0]) == list(range(-3, 4))
    assert np.abs(counts[1] - 10000).max() < 5 * 100  # five standard deviations


@pytest.mark.parametrize("fan_in", [1, 2, 9, 27, 72, 100, 1000])
def test_weights_have_the_size_that_keeps_sizes(fan_in):
    drawn = fill.weights(0, "w", np.zeros((4000, fan_in, 2)))
    gain = drawn.std() * np.sqrt(2 * fan_in)
    assert 0.9 < gain < 1.55, (
        "between 1, which keeps a linear layer's sizes, and √2, with which relu does, within 12 %"
    )


def test_sizes_survive_twenty_layers():
    x = fill.integers(0, "x", (64, 40), 3).astype(float)
    start = x.std()
    for i in range(20):
        x = np.maximum(x @ fill.weights(0, f"layer{i}", np.zeros((40, 40))).T, 0)
    assert start / 64 < x.std() < 64 * start


@pytest.mark.parametrize("name", ["norm.weight", "scale", "conv.bias"])
def test_a_vector_has_no_zero(name):
    assert fill.weights(0, name, np.zeros(500)).all()
    assert fill.weights(0, name, np.zeros(())).shape == ()


def test_a_scale_that_is_positive_stays_so():
    assert (fill.weights(0, "norm.weight", np.ones(100)) > 0).all()
    assert (fill.weights(0, "norm.weight", np.zeros(100)) < 0).any()


@pytest.mark.parametrize("like", ["float64", "float32"])
def test_one_unit_in_the_last_place(like):
    values = np.array([1.0, -3.0, 0.0, np.inf, 1e-3])
    moved = fill.moved(0, "x", values, np.dtype(like))
    assert moved[2] == 0
    assert moved[3] == np.inf
    assert np.array_equal(np.abs(moved[:2] - values[:2]), np.spacing(np.array([1, 3], dtype=like)))
    both = [fill.moved(seed, "x", np.ones(50), np.dtype(like)) for seed in range(2)]
    assert {-1.0, 1.0} == set(np.sign(both[0] - 1))
    assert not np.array_equal(*both)


def test_variances_have_exact_roots():
    assert set(np.sqrt(fill.variances(0, "n", (100,)))) == {0.5, 1.0, 2.0}
