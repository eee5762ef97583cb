"""Shapes are read as they are written or refused in one line; data and index tables are as defined."""

from __future__ import annotations

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.bench.shape import QUICK, SHAPES, Shape, case
from gcalc.errors import ExactnessError, UsageError


@pytest.mark.parametrize("shape", [*SHAPES, *QUICK], ids=str)
def test_a_shape_is_read_as_it_is_written(shape):
    assert Shape.parse(str(shape)) == shape


def test_the_default_shapes_are_six_layers_with_three_boxes():
    assert len(set(SHAPES)) == 18
    assert {shape.box for shape in SHAPES} == {3, 5, 7}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("8,16,p4m,64", "B,K,group,N,k"),
        ("8,16,p4m,64,3,1", "B,K,group,N,k"),
        ("8,x,p4m,64,3", "B,K,group,N,k"),
        ("0,16,p4m,64,3", "at least 1"),
        ("8,16,p4m,2,3", "larger than the lattice"),
        ("8,16,p5,64,3", "p5"),
        ("8,16,C4,64,3", "no plane group"),
        ("8,16,pg,64,3", "integral"),
    ],
)
def test_another_shape_is_refused_in_one_line(text, fault):
    with pytest.raises(UsageError, match=fault) as refused:
        Shape.parse(text)
    assert "\n" not in str(refused.value)


def test_sums_that_float32_cannot_add_exactly_are_refused():
    Shape(4096, 1, "p4", 32, 3)
    with pytest.raises(ExactnessError, match="a batch of at most 4096"):
        Shape(4097, 1, "p4", 32, 3)


@pytest.mark.parametrize("group", ["p1", "p2", "p4", "p4m"])
@pytest.mark.parametrize("k", [1, 3, 5])
def test_the_turned_index_is_the_filter_transformation(group, k):
    made = case(Shape(1, 2, group, 5, k))
    X = gcalc.group(group).quotient(5).regular
    psi = np.random.default_rng(0).integers(-99, 100, size=made.psi.shape)
    turned = reference.filter_transform(X, psi, filter="box").reshape(2, len(made.matrices), 2, -1)
    assert np.array_equal(psi.reshape(2, 2, -1)[:, :, made.index].transpose(0, 2, 1, 3), turned)


@pytest.mark.parametrize("shape", ["1,1,p6,5,3", "1,1,p4,5,2"])
def test_a_box_that_does_not_turn_into_itself_has_no_index(shape):
    assert case(Shape.parse(shape)).index is None


def test_data_are_small_integers_drawn_from_the_seed():
    made, again, other = case(QUICK[0]), case(QUICK[0]), case(QUICK[0], seed=1)
    for name in ("f", "psi", "d"):
        array = getattr(made, name)
        assert array.dtype == np.float32
        assert set(np.unique(array)) == {-1, 0, 1}
        assert np.array_equal(array, getattr(again, name))
        assert not np.array_equal(array, getattr(other, name))
