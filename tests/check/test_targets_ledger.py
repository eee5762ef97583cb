"""Units, bounds and lattices: what decides whether a sum is exact."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from gcalc.check.targets.ledger import (
    MANTISSA,
    Ledger,
    is_power_of_two,
    largest,
    product_unit,
    quantise,
    rounding_places,
    unit,
)


@pytest.mark.parametrize("seed", range(5))
def test_the_unit_divides_every_entry_and_no_larger_power_does(seed):
    rng = np.random.default_rng(seed)
    values = np.ldexp(rng.integers(-(2**20), 2**20, 50).astype(float), rng.integers(-40, 40, 50))
    found = Fraction(2) ** unit(values)
    assert all((Fraction(v) / found).denominator == 1 for v in values)
    assert any((Fraction(v) / (2 * found)).denominator != 1 for v in values)


def test_whole_numbers_have_the_unit_one():
    assert unit(np.array([8.0, np.inf, 0.0, 2.0**80])) == 0


def test_only_zeros_have_no_unit():
    assert unit(np.zeros(3)) == unit(np.zeros(0)) > 10**6
    assert unit(np.array([0.0, np.inf, np.nan])) == 0
    assert unit(np.array([0.0, np.inf, 0.5])) == -1
    assert unit(np.array([1 + 0.25j])) == -2


def test_a_product_with_zeros_is_zero():
    assert product_unit([unit(np.zeros(3)), -900]) == unit(np.zeros(1))


@pytest.mark.parametrize(("size", "fits"), [(2.0**52, True), (2.0**53, False)])
def test_the_bound_is_53_bits(size, fits):
    ledger = Ledger()
    assert ledger.total("sum", [0], size) is fits
    assert ledger.trace(()).exact is fits
    assert fits or f"needs {MANTISSA + 1} bits" in str(ledger.rounding)


def test_on_a_lattice_a_long_sum_is_a_reason_against_it():
    ledger = Ledger(12)
    ledger.total("mm", [-40], 2.0**20)
    assert "needs 61 bits" in str(ledger.beyond)


def test_the_bound_is_sharp():
    """2⁵³ + 1 is the first sum of units that float64 cannot tell."""
    big, ledger = np.array([2.0**53, 1.0]), Ledger()
    assert big.sum() == 2.0**53
    assert not ledger.total("sum", [unit(big)], float(np.abs(big).sum()))


def test_rounding_is_odd_and_idempotent():
    values = np.random.default_rng(0).normal(size=1000)
    rounded = quantise(values, 12)
    assert np.array_equal(quantise(-values, 12), -rounded)
    assert np.array_equal(quantise(rounded, 12), rounded)
    assert np.abs(rounded - values).max() <= 2.0**-13
    assert unit(rounded) >= -12
    assert np.array_equal(quantise(np.array([np.inf, 1e300]), 12), [np.inf, 1e300])
    assert quantise(np.array([0.3 + 0.6j]), 1)[0] == 0.5 + 0.5j


def test_factors_are_rounded_finer_than_products():
    assert rounding_places(((0, 1), (2,)), 12) == {0: 12, 1: 12, 2: 24}
    assert rounding_places(((0,),), 12) == {0: 12}
    assert rounding_places(((0,), (1,)), 12) == {0: 12, 1: 12}


def test_powers_of_two():
    assert is_power_of_two(np.array([0.25, -8.0]))
    assert not any(is_power_of_two(np.array([x])) for x in (0.0, 3.0, np.inf))


def test_masks_do_not_count():
    assert largest(np.array([1.0, -np.inf, -1e9]), 2.0**29) == 1
