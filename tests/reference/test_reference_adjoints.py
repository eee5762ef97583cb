"""Laws that the reference must satisfy on its own: adjoints, equivariance, the split theorem."""

from __future__ import annotations

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.spaces import window

from .cases import (
    FINITE_GROUPS,
    PLANE_GROUPS,
    WINDOWS,
    Draw,
    assert_equal,
    boxes,
    finite_spaces,
    plane_spaces,
    windows,
)


def inner(a, b):
    """<a, b>, in Python integers."""
    assert np.shape(a) == np.shape(b)
    return sum(x * y for x, y in zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True))


def check_adjoints(X, draw, filter_shape, filter="full", boundary="periodic"):
    """``<d, f ⋆ psi> = <dL/df, f> = <dL/dpsi, psi>``, with a batch."""
    f, psi = draw(2, 2, *X.shape), draw(3, 2, *filter_shape)
    y = reference.correlate(X, f, psi, filter, boundary)
    d = draw(*y.shape)
    value = inner(d, y)
    assert value != 0
    assert inner(reference.input_gradient(X, d, psi, filter, boundary), f) == value
    box = None if filter == "full" else filter_shape
    assert inner(reference.filter_gradient(X, d, f, box, boundary), psi) == value


@pytest.mark.parametrize("name", [name for name in FINITE_GROUPS if name != "C1"])
def test_gradients_are_adjoint_on_groups_and_cosets(name):
    for i, X in enumerate(finite_spaces(name)):
        check_adjoints(X, Draw("adjoint", name, i), X.shape)


@pytest.mark.parametrize("name", PLANE_GROUPS)
def test_gradients_are_adjoint_on_plane_groups(name):
    for X in plane_spaces(name, 2):
        check_adjoints(X, Draw("adjoint", name), X.shape)
        for filter_shape in boxes(X, [(2, 2), (1, 2)]):
            check_adjoints(X, Draw("adjoint", name), filter_shape, "box")


@pytest.mark.parametrize("boundary", ["zero", "valid"])
@pytest.mark.parametrize(("name", "rows", "cols"), WINDOWS)
def test_gradients_are_adjoint_on_windows(name, rows, cols, boundary):
    for X in windows(name, rows, cols):
        for filter_shape in boxes(X, [(2, 2), (3, 3)]):
            check_adjoints(X, Draw("adjoint", name, rows, boundary), filter_shape, "box", boundary)


@pytest.mark.parametrize("name", ["p2", "cm", "p4", "p3m1"])
def test_filter_transform_gradient_is_adjoint(name):
    for X in plane_spaces(name, 3):
        for filter, filter_shape in [
            ("full", X.shape),
            *(("box", box) for box in boxes(X, [(2, 2), (3, 3)])),
        ]:
            draw = Draw("adjoint", name, filter_shape)
            psi = draw(2, 2, *filter_shape)
            transformed = reference.filter_transform(X, psi, filter)
            d = draw(*transformed.shape)
            box = None if filter == "full" else filter_shape
            assert inner(d, transformed) == inner(reference.filter_transform_gradient(X, d, box), psi) != 0


@pytest.mark.parametrize("name", FINITE_GROUPS)
def test_correlation_is_equivariant(name):
    for i, X in enumerate(finite_spaces(name)):
        draw = Draw("equivariance", name, i)
        f, psi = draw(2, *X.shape), draw(3, 2, *X.shape)
        y = reference.correlate(X, f, psi)
        for u in X.group.generators:
            moved = reference.correlate(X, reference.left_translate(X, u, f), psi)
            assert_equal(moved, reference.left_translate(X.group.regular, u, y))


@pytest.mark.parametrize("name", PLANE_GROUPS)
def test_correlation_with_boxes_is_equivariant(name):
    for X in plane_spaces(name, 3):
        for filter_shape in boxes(X, [(2, 2), (3, 1)]):
            draw = Draw("equivariance", name)
            f, psi = draw(2, *X.shape), draw(1, 2, *filter_shape)
            y = reference.correlate(X, f, psi, "box")
            for u in X.group.generators:
                moved = reference.correlate(X, reference.left_translate(X, u, f), psi, "box")
                assert_equal(moved, reference.left_translate(X.group.regular, u, y))


@pytest.mark.parametrize("boundary", ["zero", "valid"])
@pytest.mark.parametrize(("name", "rows", "cols"), WINDOWS)
def test_windows_are_equivariant(name, rows, cols, boundary):
    """About the window's centre, for odd and even boxes."""
    for X in windows(name, rows, cols):
        for filter_shape in boxes(X, [(2, 2), (3, 3)]):
            draw = Draw("equivariance", name, rows, boundary)
            f, psi = draw(2, *X.shape), draw(1, 2, *filter_shape)
            y = reference.correlate(X, f, psi, "box", boundary)
            Y = window(name, *y.shape[-2:]).regular
            for u in X.group:
                moved = reference.correlate(X, reference.left_translate(X, u, f), psi, "box", boundary)
                assert_equal(moved, reference.left_translate(Y, u, y))


@pytest.mark.parametrize("name", ["p1", "p2", "pm", "cmm", "p4", "p4m", "p3", "p6m"])
def test_split_theorem(name):
    """G-correlation is a filter transformation followed by a planar correlation."""
    for X in plane_spaces(name, 3):
        draw = Draw("split", name)
        f, psi = draw(2, *X.shape), draw(3, 2, *X.shape)
        transformed = reference.filter_transform(X, psi)
        plane = gcalc.group("p1").quotient(3).grid
        P, fibres = X.group.point_group.order, X.size // 9
        bank = transformed.reshape(3 * P, 2 * fibres, 3, 3)
        planar = reference.correlate(plane, f.reshape(2 * fibres, 3, 3), bank)
        assert_equal(reference.correlate(X, f, psi), planar.reshape(3, *X.group.shape))
