"""The judge: its sums are the reference's, it finds every fault, and blames who is at fault."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.bench.contestant import Results
from gcalc.bench.definition import filter_gradient, input_gradient, judge, output
from gcalc.bench.shape import Shape, case

from .contestants import SMALL, Made, changed, results

CASE = case(Shape.parse(SMALL))
RIGHT = results(CASE)


def every(array):
    return product(*map(range, array.shape))


@pytest.mark.parametrize("group", ["p2", "p4m"])
@pytest.mark.parametrize("k", [2, 3])
@pytest.mark.parametrize("boundary", ["periodic", "zero"])
def test_the_sums_are_those_of_the_reference(group, k, boundary):
    made = case(Shape(2, 1, group, 3, k))
    X = (gcalc.group(group).quotient(3) if boundary == "periodic" else gcalc.window(group, 3, 3)).regular
    f, psi, d = (array.astype(int) for array in (made.f, made.psi, made.d))
    y = reference.correlate(X, f, psi, "box", boundary)
    df = reference.input_gradient(X, d, psi, "box", boundary)
    dpsi = reference.filter_gradient(X, d, f, (k, k), boundary)
    assert all(output(made, i, boundary) == y[i] for i in every(y))
    assert all(input_gradient(made, i, boundary) == df[i] for i in every(df))
    assert all(filter_gradient(made, i, boundary) == dpsi[i] for i in every(dpsi))


def verdicts(**found):
    made = {name: one if isinstance(one, Made) else Made(name, one) for name, one in found.items()}
    return judge(CASE, made, {name: one.found for name, one in made.items()})


def test_the_right_results_are_exact():
    assert verdicts(a=RIGHT, b=RIGHT)["b"].verdict == "EXACT"


@pytest.mark.parametrize("what", ["y", "input_gradient", "filter_gradient"])
@pytest.mark.parametrize("by", [1, -2, 0.25])
def test_one_wrong_entry_is_found_and_who_is_right_is_not_blamed(what, by):
    """It is one of at least 144 entries, and 24 are drawn: the difference from another contestant leads to it."""
    array = getattr(RIGHT, what)
    for place in ((0,) * array.ndim, tuple(n - 1 for n in array.shape)):
        found = verdicts(wrong=changed(what, place, by)(RIGHT), right=RIGHT)
        assert found["right"].verdict == "EXACT"
        assert found["wrong"].verdict == "FAILED"
        assert f"{what} at {place}" in found["wrong"].reason


def transposed(array):
    """P in another order."""
    return np.flip(array, axis=2)


@pytest.mark.parametrize(
    "change",
    [
        lambda r: Results(transposed(r.y), r.input_gradient, r.filter_gradient),
        lambda r: Results(r.y, transposed(r.input_gradient), r.filter_gradient),
        lambda r: Results(r.y, r.input_gradient, transposed(r.filter_gradient)),
        lambda r: Results(np.roll(r.y, 1, axis=-1), r.input_gradient, r.filter_gradient),
        lambda r: Results(r.y * 0, r.input_gradient, r.filter_gradient),
        lambda r: Results(r.y, r.input_gradient, r.filter_gradient / CASE.batch),
    ],
)
def test_a_wrong_order_is_found_without_another_contestant(change):
    assert verdicts(alone=change(RIGHT))["alone"].verdict == "FAILED"


def test_results_that_cannot_be_compared_are_wrong():
    assert "axes" in verdicts(a=Results(RIGHT.y[:1], RIGHT.input_gradient, RIGHT.filter_gradient))["a"].reason
    assert "finite" in verdicts(a=changed("y", (0, 0, 0, 0, 0), np.nan)(RIGHT))["a"].reason


def test_one_that_rounds_is_compared_after_rounding_and_tells_how_far_it_was():
    near = changed("y", (0, 0, 0, 0, 0), 0.25)(RIGHT)
    far = changed("y", (0, 0, 0, 0, 0), 0.75)(RIGHT)
    found = verdicts(
        near=Made("near", near, exact=False), far=Made("far", far, exact=False), strict=near, right=RIGHT
    )
    assert [found[name].verdict for name in ("near", "far", "strict")] == ["EXACT", "FAILED", "FAILED"]
    assert found["near"].error == 0.25


def test_another_boundary_is_compared_with_its_own_sums():
    W = gcalc.window(CASE.group, CASE.size, CASE.size).regular
    f, psi, d = (array.astype(int) for array in (CASE.f, CASE.psi, CASE.d))
    zero = Results(
        reference.correlate(W, f, psi, "box", "zero"),
        reference.input_gradient(W, d, psi, "box", "zero"),
        reference.filter_gradient(W, d, f, (3, 3), "zero"),
    )
    found = verdicts(right=RIGHT, zero=Made("zero", zero, boundary="zero"), claims=zero)
    assert [one.verdict for one in found.values()] == ["EXACT", "EXACT", "FAILED"]


def test_filters_of_its_own_are_compared_within_the_bound_of_a_sum():
    psi = np.random.default_rng(1).standard_normal(CASE.psi.shape).astype(np.float32)
    y = np.zeros(RIGHT.y.shape, dtype=np.float32)
    for place in every(y):
        if place[2] == 0:
            y[place] = output(CASE, place, psi=psi)
    right = verdicts(own=Results(y, RIGHT.input_gradient, None, psi))["own"]
    assert right.verdict == "BOUNDED"
    assert 0 <= right.error <= 1
    wrong = Results(y + np.float32(1e-3), RIGHT.input_gradient, None, psi)
    assert verdicts(own=wrong)["own"].verdict == "FAILED"
