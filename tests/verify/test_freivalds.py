"""Freivalds' check: right outputs pass, a wrong one of many is found and named, and what may be missed is counted."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.errors import ExactnessError
from gcalc.spaces import window
from gcalc.verify import freivalds
from gcalc.verify.freivalds import FORMS, Bilinear, check

D4 = gcalc.group("p4m").quotient(2)
PIXELS = window("p4m", 4, 3)
BATCH, K, J = 5, 4, 3


def bilinear(operator, X, box=None, boundary="periodic", terms=10_000):
    """An operator of the reference on one space."""
    call = getattr(reference, operator)
    if operator == "filter_gradient":
        return Bilinear(FORMS[operator], lambda d, f: call(X, d, f, box, boundary), terms)
    filter = "full" if box is None else "box"
    return Bilinear(FORMS[operator], lambda a, psi: call(X, a, psi, filter, boundary), terms)


def arguments(operator, X, box=None, boundary="periodic", seed=0):
    """Both arguments, of integers."""
    rng = np.random.default_rng(seed)
    f = rng.integers(-9, 10, (BATCH, J, *X.shape))
    psi = rng.integers(-9, 10, (K, J, *(X.shape if box is None else box)))
    y = reference.correlate(X, f, psi, "full" if box is None else "box", boundary)
    d = rng.integers(-9, 10, y.shape)
    return {"correlate": (f, psi), "input_gradient": (d, psi), "filter_gradient": (d, f)}[operator]


PLACES = [
    (D4.regular, None, "periodic"),
    (D4.grid, (2, 2), "periodic"),
    (PIXELS, (2, 2), "zero"),
    (PIXELS.regular, (8, 2, 2), "valid"),
    (gcalc.group("S3").regular, None, "periodic"),
]


@pytest.mark.parametrize("operator", FORMS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0].name)
@pytest.mark.parametrize("dtype", ["int64", "float32", "float64"])
def test_right_outputs_pass_and_each_wrong_one_is_named(operator, place, dtype):
    one, (a, b) = bilinear(operator, *place), arguments(operator, *place)
    outputs = one.operator(a, b).astype(dtype)
    for seed in range(3):
        assert check(one, outputs, a, b, np.random.default_rng(seed)).wrong is None
    rng = np.random.default_rng(7)
    for _ in range(5):
        index = tuple(int(rng.integers(n)) for n in outputs.shape)
        wrong = outputs.copy()
        wrong[index] += 1
        found = check(one, wrong, a, b, rng).wrong
        assert found == (index, wrong[index], int(outputs[index]))


def test_two_faults_that_cancel_in_a_plain_sum_are_found():
    one, (a, b) = bilinear("correlate", D4.regular), arguments("correlate", D4.regular)
    outputs = one.operator(a, b)
    outputs[0, 0, 3, 1, 1] += 1
    outputs[1, 2, 3, 1, 1] -= 1
    assert check(one, outputs, a, b, np.random.default_rng(0)).wrong.place in [
        (0, 0, 3, 1, 1),
        (1, 2, 3, 1, 1),
    ]


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 0.5, 1e300, -1e300, 10**9])
def test_what_no_sum_of_these_integers_is(wrong):
    one, (a, b) = bilinear("correlate", D4.regular, terms=J * 32), arguments("correlate", D4.regular)
    outputs = one.operator(a, b).astype(float)
    index, expected = (1, 2, 3, 0, 1), outputs[1, 2, 3, 0, 1]
    outputs[index] = wrong
    found = check(one, outputs, a, b, np.random.default_rng(0)).wrong
    assert found.place == index
    assert found.expected == expected
    assert found.found == wrong or np.isnan(wrong)


@pytest.mark.parametrize("fault", ["swapped batch", "swapped channels", "a channel missing", "zero"])
def test_whole_faults_are_found(fault):
    one, (a, b) = bilinear("correlate", D4.regular), arguments("correlate", D4.regular)
    outputs = {
        "swapped batch": lambda: one.operator(a[::-1], b),
        "swapped channels": lambda: one.operator(a[:, ::-1], b),
        "a channel missing": lambda: one.operator(a[:, 1:], b[:, 1:]),
        "zero": lambda: 0 * one.operator(a, b),
    }[fault]()
    found = check(one, outputs, a, b, np.random.default_rng(0)).wrong
    assert found.expected == one.operator(a, b)[found.place] != found.found


# ---- what is missed ----------------------------------------


def test_of_all_r_and_w_no_more_than_two_in_S_miss_a_wrong_output():
    """Every pair of r and w in S² x S², for differences that vanish often: at most 2/|S| of them are missed."""
    size = 8
    for difference in (
        [[1, 0], [0, 0]],
        [[1, -1], [-1, 1]],
        [[1, 0], [0, -1]],
        [[0, 1], [-1, 0]],
        [[1, 2], [3, 6]],
    ):
        missed = sum(
            np.array(r) @ np.array(difference) @ np.array(w) == 0
            for r in product(range(size), repeat=2)
            for w in product(range(size), repeat=2)
        )
        assert 0 < missed <= Fraction(2, size) * size**4


def test_the_integers_are_drawn_after_the_outputs_and_anew():
    """An output that is wrong where r and w are known to be 0 passes; with others it does not."""

    class Zeros:
        def integers(self, low, high, shape):
            return np.zeros(shape, dtype=np.int64)

    one, (a, b) = bilinear("correlate", D4.regular), arguments("correlate", D4.regular)
    outputs = one.operator(a, b) + 1
    assert check(one, outputs, a, b, Zeros()).wrong is None
    assert all(check(one, outputs, a, b, np.random.default_rng(seed)).wrong for seed in range(5))


def test_the_probability_is_that_of_all_draws():
    one, (a, b) = bilinear("correlate", D4.regular), arguments("correlate", D4.regular)
    result = check(one, one.operator(a, b), a, b, np.random.default_rng(0))
    assert result.miss == Fraction(2, result.size) ** result.draws <= Fraction(1, 2**40)
    assert result.outputs == BATCH * K * D4.order


@pytest.mark.parametrize("pairs", [1, 20, 1000, 200_000])
@pytest.mark.parametrize("limit", [1, 1000, 2**24])
def test_the_compressed_sum_stays_exact_in_float64(pairs, limit):
    size, draws = freivalds._draws(pairs, limit)
    assert pairs * limit * (size - 1) ** 2 <= 2**53
    assert pairs * limit * size**2 > 2**53
    assert Fraction(2, size) ** draws <= Fraction(1, 2**40) < Fraction(2, size) ** (draws - 1)


def test_integers_that_leave_no_room_are_refused():
    with pytest.raises(ExactnessError, match="below 2\\^53"):
        freivalds._draws(10**6, 2**42)


def test_large_arguments_are_combined_in_python_integers():
    X = gcalc.group("C3").regular
    one = bilinear("correlate", X, terms=3)
    a, b = np.array([[[2**20, 1, 0]], [[1, 2**20, 5]]]), np.array([[[2**22, 0, 1]]])
    assert check(one, one.operator(a, b), a, b, np.random.default_rng(0)).wrong is None
    coefficients = np.array([2**30, 2**30])
    assert freivalds._combine(coefficients, np.array([[2**40], [2**40]])).tolist() == [2**71]


# ---- many outputs ----------------------------------------


@pytest.mark.slow
def test_ten_to_the_eight_outputs_and_one_of_them_wrong():
    """All outputs are multiples of one, so that they are there at once: α_b β_k (f ⋆ psi)."""
    X, rng = gcalc.group("p4m").quotient(8).grid, np.random.default_rng(1)
    batch, filters = 500, 400
    alpha, beta = rng.integers(-3, 4, batch), rng.integers(-3, 4, filters)
    f, psi = rng.integers(-9, 10, X.shape), rng.integers(-9, 10, (3, 3))
    a = alpha[:, None, None, None] * f
    b = beta[:, None, None, None] * psi
    y = reference.correlate(X, f[None], psi[None, None], "box")[0]
    outputs = np.multiply.outer(np.multiply.outer(alpha, beta), y).astype(np.float32)
    assert outputs.size > 10**8
    one = bilinear("correlate", X, (3, 3), terms=9)
    result = check(one, outputs, a, b, np.random.default_rng(0))
    assert result.wrong is None
    assert result.miss <= Fraction(1, 2**40)
    index = (321, 123, 5, 6, 7)
    outputs[index] -= 1
    found = check(one, outputs, a, b, np.random.default_rng(0)).wrong
    assert found == (index, outputs[index], int(outputs[index]) + 1)
