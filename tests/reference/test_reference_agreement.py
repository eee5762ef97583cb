"""The reference against the second implementation: every operator, exactly, on seeded integers."""

from __future__ import annotations

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.groups.crystallographic import CrystallographicGroup

from . import second_implementation as second
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

BATCHES = [(), (2,), (2, 1)]


def compare_linear_maps(X, draw, batch, filter_shape, J=2, K=3, filter="full"):
    """correlate and both gradients on one space."""
    f, psi = draw(*batch, J, *X.shape), draw(K, J, *filter_shape)
    d = draw(*batch, K, *X.group.shape)
    box = None if filter == "full" else filter_shape
    assert_equal(reference.correlate(X, f, psi, filter), second.correlate(X, f, psi, filter))
    assert_equal(reference.input_gradient(X, d, psi, filter), second.input_gradient(X, d, psi, filter))
    assert_equal(reference.filter_gradient(X, d, f, box), second.filter_gradient(X, d, f, box))


@pytest.mark.parametrize("batch", BATCHES)
@pytest.mark.parametrize("name", FINITE_GROUPS)
def test_linear_maps_on_groups_and_cosets(name, batch):
    for i, X in enumerate(finite_spaces(name)):
        compare_linear_maps(X, Draw(name, i, batch), batch, X.shape)
        compare_linear_maps(X, Draw(name, i, batch), batch, X.shape, J=3, K=1)


@pytest.mark.parametrize("N", [2, 3])
@pytest.mark.parametrize("name", PLANE_GROUPS)
def test_linear_maps_on_plane_groups(name, N):
    for X in plane_spaces(name, N):
        compare_linear_maps(X, Draw(name, N), (2,) if X.is_grid else (), X.shape)


@pytest.mark.parametrize("name", PLANE_GROUPS)
def test_box_filters_on_plane_groups(name):
    for X in plane_spaces(name, 3):
        for filter_shape in boxes(X, [(1, 1), (2, 2), (3, 3), (1, 3), (3, 2)]):
            compare_linear_maps(X, Draw(name), (2,) if X.is_grid else (), filter_shape, K=2, filter="box")


def test_box_filters_of_even_and_odd_size_on_an_even_lattice():
    for X in plane_spaces("p4", 4):
        for filter_shape in boxes(X, [(4, 4), (3, 3), (2, 4)]):
            compare_linear_maps(X, Draw("even"), (), filter_shape, filter="box")


def test_box_filters_on_a_grid_of_half_steps_are_as_wide_as_the_grid():
    X = gcalc.group("p4g").quotient(2).grid
    assert X.shape == (4, 4)
    compare_linear_maps(X, Draw("half steps"), (2,), (4, 3), filter="box")


@pytest.mark.parametrize("name", FINITE_GROUPS)
def test_left_translation(name):
    for i, X in enumerate(finite_spaces(name)):
        f = Draw(name, i).distinct(2, 2, *X.shape)
        for u in X.group:
            assert_equal(reference.left_translate(X, u, f), second.left_translate(X, u, f))


@pytest.mark.parametrize("name", ["pg", "p4g", "p4m", "p6m"])
def test_left_translation_on_plane_groups(name):
    draw = Draw(name)
    for X in plane_spaces(name, 3):
        f = draw.distinct(2, *X.shape)
        for u in draw.elements(X.group, 20):
            assert_equal(reference.left_translate(X, u, f), second.left_translate(X, u, f))


@pytest.mark.parametrize("name", FINITE_GROUPS)
def test_convolution_and_involution(name):
    G, draw = gcalc.group(name), Draw(name)
    for batch in BATCHES:
        a, b = draw(*batch, *G.shape), draw(*batch, *G.shape)
        assert_equal(reference.convolve(G, a, b), second.convolve(G, a, b))
        assert_equal(reference.involution(G, a), second.involution(G, a))


@pytest.mark.parametrize("name", ["pg", "pgg", "p4g", "p3m1"])
def test_convolution_and_involution_on_plane_groups(name):
    G, draw = gcalc.group(name).quotient(2), Draw(name)
    a, b = draw(2, *G.shape), draw(2, *G.shape)
    assert_equal(reference.convolve(G, a, b), second.convolve(G, a, b))
    assert_equal(reference.involution(G, a), second.involution(G, a))


@pytest.mark.parametrize("op", ["max", "sum", "mean"])
@pytest.mark.parametrize("name", FINITE_GROUPS)
def test_pooling(name, op):
    G, draw = gcalc.group(name), Draw(name, op)
    for batch in BATCHES:
        f = draw(*batch, 2, *G.shape)
        for n in (1, 2, 3):
            U = draw.elements(G, n)
            assert_equal(reference.pool(G, f, U, op), second.pool(G, f, U, op))
        for H in G.subgroups():
            assert_equal(reference.coset_pool(G, f, H, op), second.coset_pool(G, f, H, op))


@pytest.mark.parametrize("name", ["pg", "p4", "p31m"])
def test_pooling_on_plane_groups(name):
    G, draw = gcalc.group(name).quotient(2), Draw(name)
    f, U = draw(2, *G.shape), draw.elements(G, 4)
    assert_equal(reference.pool(G, f, U), second.pool(G, f, U))
    H = G.subgroup(draw.elements(G, 1))
    assert_equal(reference.coset_pool(G, f, reversed(H)), second.coset_pool(G, f, H))


@pytest.mark.parametrize("boundary", ["zero", "valid"])
@pytest.mark.parametrize(("name", "rows", "cols"), WINDOWS)
def test_windows(name, rows, cols, boundary):
    for X in windows(name, rows, cols):
        draw = Draw(name, rows, cols, boundary)
        for filter_shape in boxes(X, [(1, 1), (2, 2), (3, 3)]):
            f, psi = draw(2, 2, *X.shape), draw(3, 2, *filter_shape)
            y = reference.correlate(X, f, psi, "box", boundary)
            assert_equal(y, second.correlate(X, f, psi, "box", boundary))
            d = draw(*y.shape)
            assert_equal(
                reference.input_gradient(X, d, psi, "box", boundary),
                second.input_gradient(X, d, psi, "box", boundary),
            )
            assert_equal(
                reference.filter_gradient(X, d, f, filter_shape, boundary),
                second.filter_gradient(X, d, f, filter_shape, boundary),
            )


def test_boxes_on_windows_may_be_oblong_and_exceed_the_window():
    draw = Draw("oblong")
    for X in windows("p4m", 2, 3):
        for filter_shape in boxes(X, [(2, 3), (4, 1), (5, 5)]):
            f, psi = draw(2, *X.shape), draw(1, 2, *filter_shape)
            y = reference.correlate(X, f, psi, "box", "zero")
            assert_equal(y, second.correlate(X, f, psi, "box", "zero"))
    for X in windows("pmm", 4, 3):
        for filter_shape in boxes(X, [(2, 3), (3, 1)]):
            f, psi = draw(2, *X.shape), draw(1, 2, *filter_shape)
            y = reference.correlate(X, f, psi, "box", "valid")
            assert_equal(y, second.correlate(X, f, psi, "box", "valid"))
            assert y.shape[-2:] == (4 - filter_shape[-2] + 1, 3 - filter_shape[-1] + 1)


@pytest.mark.parametrize("name", [name for name in PLANE_GROUPS if gcalc.group(name).is_split])
def test_filter_transformation(name):
    for X in plane_spaces(name, 3):
        draw = Draw(name)
        psi = draw(2, 3, *X.shape)
        transformed = reference.filter_transform(X, psi)
        assert_equal(transformed, second.filter_transform(X, psi))
        d = draw(*transformed.shape)
        gradient = reference.filter_transform_gradient(X, d)
        assert_equal(gradient, second.filter_transform_gradient(X, d))
        for filter_shape in boxes(X, [(1, 1), (2, 2), (3, 3), (1, 3)]):
            psi = draw(2, 1, *filter_shape)
            transformed = reference.filter_transform(X, psi, "box")
            assert_equal(transformed, second.filter_transform(X, psi, "box"))
            d = draw(*transformed.shape)
            gradient = reference.filter_transform_gradient(X, d, filter_shape)
            assert_equal(gradient, second.filter_transform_gradient(X, d, filter_shape))


@pytest.mark.parametrize(
    ("matrices", "N", "sizes"),
    [
        ([[[1]], [[-1]]], 5, [(2,), (3,), (4,)]),
        ([np.eye(3, dtype=int), -np.eye(3, dtype=int)], 3, [(2, 2, 2), (1, 2, 3)]),
    ],
    ids=["line", "space"],
)
def test_lattices_of_other_dimensions(matrices, N, sizes):
    G = CrystallographicGroup([np.asarray(M).tolist() for M in matrices], name="P").quotient(N)
    for X in (G.grid, G.regular):
        draw = Draw("dimension", N)
        compare_linear_maps(X, draw, (), X.shape, K=1, J=1)
        for filter_shape in boxes(X, sizes):
            compare_linear_maps(X, draw, (), filter_shape, K=1, J=2, filter="box")
            psi = draw(1, 2, *filter_shape)
            transformed = reference.filter_transform(X, psi, "box")
            assert_equal(transformed, second.filter_transform(X, psi, "box"))
            assert_equal(
                reference.filter_transform_gradient(X, transformed, filter_shape),
                second.filter_transform_gradient(X, transformed, filter_shape),
            )


def test_a_split_group_about_another_origin_is_transformed_by_its_complement():
    matrices = [((1, 0), (0, 1)), ((-1, 0), (0, -1))]
    G = CrystallographicGroup(matrices, [(0, 0), ("1/2", 0)], name="p2 about (1/4, 0)").quotient(3)
    assert G.is_split
    for X in (G.grid, G.regular):
        psi = Draw("origin").distinct(1, 2, *X.shape)
        transformed = reference.filter_transform(X, psi)
        for s, u in enumerate(G.point_subgroup):
            assert_equal(transformed[:, s], second.left_translate(X, u, psi))


@pytest.mark.parametrize(
    ("name", "odd"), [("p1", 3), ("p2", 3), ("cmm", 3), ("p4m", 3), ("p3", 5), ("p6m", 5)]
)
def test_a_turned_box_is_the_smallest_odd_box_that_holds_all_orientations(name, odd):
    X = plane_spaces(name, 3)[0]
    for k, side in ((1, 1), (2, 3), (3, odd)):
        transformed = reference.filter_transform(X, np.ones((1, 1, k, k), dtype=int), "box")
        assert transformed.shape[-2:] == (side, side)
        assert transformed[..., 0, :].any() or transformed[..., -1, :].any()


def test_filter_transformation_on_a_window_is_that_of_the_lattice():
    for X, Y in zip(windows("p4m", 4, 3), plane_spaces("p4m", 3), strict=True):
        for filter_shape in boxes(X, [(2, 2), (3, 1)]):
            psi = Draw("window").distinct(2, 2, *filter_shape)
            transformed = reference.filter_transform(X, psi, "box")
            assert_equal(transformed, reference.filter_transform(Y, psi, "box"))
            assert_equal(
                reference.filter_transform_gradient(X, transformed, filter_shape[-2:]),
                reference.filter_transform_gradient(Y, transformed, filter_shape),
            )


@pytest.mark.parametrize(("name", "n"), [("C3", 3), ("C5", 5), ("C6", 6)])
def test_convolution_on_a_cyclic_group_is_multiplication_of_polynomials(name, n):
    G, draw = gcalc.group(name), Draw(name)
    a, b = draw(n), draw(n)
    product = np.zeros(2 * n, dtype=np.int64)
    product[: 2 * n - 1] = np.polynomial.polynomial.polymul(a, b).round().astype(np.int64)
    assert_equal(reference.convolve(G, a, b), product[:n] + product[n:])
    assert_equal(
        reference.correlate(G.regular, [a], [[reference.involution(G, b)]]), [product[:n] + product[n:]]
    )
