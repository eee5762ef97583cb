"""The derived counts against the matrix products that the algorithms really make, and by hand; exponents of powers."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest

from gcalc.bench import ours
from gcalc.bench.counts import COUNTS, direct, fourier, winograd
from gcalc.bench.growth import AXES, QUICK_AXES, curves, exponent, value
from gcalc.bench.race import Row
from gcalc.bench.shape import Shape, case

SHAPES = [
    Shape(2, 3, "p1", 6, 3),
    Shape(2, 3, "p2", 7, 3),
    Shape(3, 2, "p4", 8, 5),
    Shape(2, 2, "p4m", 9, 7),
    Shape(2, 2, "p4", 12, 9),
]


@pytest.fixture
def multiplications(monkeypatch):
    """How many multiplications NumPy's matrix products have made, in a list of one number."""
    made = [0]
    matmul = np.matmul

    def counted(a, b, *rest, **options):
        made[0] += prod(np.broadcast_shapes(a.shape[:-2], b.shape[:-2])) * prod(a.shape[-2:]) * b.shape[-1]
        return matmul(a, b, *rest, **options)

    monkeypatch.setattr(np, "matmul", counted)
    return made


@pytest.mark.parametrize("algorithm", COUNTS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("task", ["forward", "step"])
def test_an_algorithm_multiplies_as_often_as_is_derived(algorithm, shape, task, multiplications):
    if algorithm == "winograd" and shape.box > 7:
        pytest.skip("winograd has no such box")
    made = ours.Fast(case(shape), algorithm)
    made.run(task)  # what is made once is made here
    multiplications[0] = 0
    made.run(task)
    assert multiplications[0] == COUNTS[algorithm](shape, task)


def test_direct_counts_the_terms_of_the_sum():
    """One image, one channel, p1: each of 16 outputs is a sum of 9 products."""
    assert direct(Shape(1, 1, "p1", 4, 3), "forward") == 144
    assert direct(Shape(2, 3, "p4", 4, 3), "forward") == 144 * 2 * (3 * 4) ** 2
    assert direct(Shape(1, 1, "p1", 4, 3), "step") == 3 * 144


@pytest.mark.parametrize("k", [3, 5, 7])
def test_for_many_channels_the_products_decide(k):
    """fourier takes k² times fewer than direct, winograd as many times fewer as m²k²/a²."""
    shape = Shape(1024, 4096, "p4", 64, k)
    assert direct(shape, "forward") / fourier(shape, "forward") == pytest.approx(k**2, rel=0.1)
    points = {3: (6, 4), 5: (8, 4), 7: (8, 2)}[k]
    fewer = (points[1] * k / points[0]) ** 2
    assert direct(shape, "forward") / winograd(shape, "forward") == pytest.approx(fewer, rel=0.1)


# ---- growth ----------------------------------------


@pytest.mark.parametrize("power", [0.0, 1.0, 2.5])
def test_the_exponent_of_a_power_is_found(power):
    assert exponent([3, 5, 8, 13], [7 * n**power for n in (3, 5, 8, 13)]) == pytest.approx(power)


@pytest.mark.parametrize("axes", [AXES, QUICK_AXES], ids=["default", "quick"])
def test_along_an_axis_nothing_else_grows(axes):
    for axis, shapes in axes.items():
        assert len({value(axis, shape) for shape in shapes}) == len(shapes)
        for other in {"|P|", "K", "N", "k"} - {axis}:
            assert len({value(other, shape) for shape in shapes}) == 1
    assert axes["|P|"][-1].order == 8


def test_a_curve_has_the_exponents_of_what_was_measured_and_derived():
    shapes = QUICK_AXES["K"]
    rows = [Row(str(s), "direct", "gcalc", "EXACT", seconds={"step": [s.channels**1.5] * 3}) for s in shapes]
    rows.append(Row(str(shapes[0]), "fourier", "gcalc", "EXACT", seconds={"step": [1.0]}))
    (curve,) = curves("K", shapes, rows, ("step", "forward"))
    assert (curve.algorithm, curve.task, curve.values) == ("direct", "step", [1, 2, 4])
    assert curve.measured == pytest.approx(1.5)
    assert curve.derived == pytest.approx(2.0)
