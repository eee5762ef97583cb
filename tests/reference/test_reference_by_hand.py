"""Values worked by hand, delta functions, and the conventions that the documents fix."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.spaces import window

from .cases import Draw, assert_equal, finite_spaces, plane_spaces

HALF = Fraction(1, 2)


def delta(X, x):
    """1 at the point of index x."""
    result = np.zeros(X.size, dtype=np.int64)
    result[x] = 1
    return result.reshape(X.shape)


def test_cyclic_group_of_order_3():
    C3 = gcalc.group("C3")
    f, psi = [1, 2, 3], [10, 20, 40]
    assert_equal(reference.left_translate(C3.regular, 1, f), [3, 1, 2])
    # y(0) = 1·10 + 2·20 + 3·40, y(1) = 1·psi(-1) + 2·psi(0) + 3·psi(1), y(2) = 1·psi(1) + 2·psi(2) + 3·psi(0)
    assert_equal(reference.correlate(C3.regular, [f], [[psi]]), [[170, 120, 130]])
    # z(0) = 1·10 + 2·40 + 3·20, z(1) = 1·20 + 2·10 + 3·40, z(2) = 1·40 + 2·20 + 3·10
    assert_equal(reference.convolve(C3, f, psi), [150, 160, 110])
    assert_equal(reference.involution(C3, f), [1, 3, 2])
    assert_equal(reference.pool(C3, f, [0, 1]), [2, 3, 3])
    assert_equal(reference.pool(C3, f, [1], "sum"), [2, 3, 1])
    assert reference.pool(C3, f, [0, 1], "mean").tolist() == [Fraction(3, 2), Fraction(5, 2), Fraction(2)]
    assert_equal(reference.coset_pool(C3, f, [0, 1, 2], "sum"), [6])


def test_channels_are_summed_and_filters_kept_apart():
    C2 = gcalc.group("C2")
    f = [[1, 2], [10, 20]]
    psi = [[[1, 0], [0, 1]], [[0, 0], [3, 0]], [[2, 1], [0, 0]]]
    # k = 0: f_0(g) + f_1(g + 1); k = 1: 3 f_1(g); k = 2: 2 f_0(g) + f_0(g + 1)
    assert_equal(reference.correlate(C2.regular, f, psi), [[21, 12], [30, 60], [4, 5]])
    d = [[1, 0], [0, 1], [1, 1]]
    # dL/df_0(x) = d_0(x) + 2 d_2(x) + d_2(x + 1), dL/df_1(x) = d_0(x + 1) + 3 d_1(x)
    assert_equal(reference.input_gradient(C2.regular, d, psi), [[4, 3], [0, 4]])
    # dL/dpsi_j^k(y) = sum_h d_k(h) f_j(h + y)
    assert_equal(
        reference.filter_gradient(C2.regular, d, f),
        [[[1, 2], [10, 20]], [[2, 1], [20, 10]], [[3, 3], [30, 30]]],
    )


def test_printed_witnesses_of_the_errata():
    C2, C3 = gcalc.group("C2"), gcalc.group("C3")
    assert reference.input_gradient(C2.regular, [[1, 0]], [[[0, 1]]])[0, 0] == 0
    assert reference.filter_gradient(C3.regular, [[0, 1, 0]], [[1, 0, 0]])[0, 0, 1] == 0
    assert reference.convolve(C3, [0, 1, 0], [1, 0, 0])[1] == 1


@pytest.mark.parametrize("name", ["C4", "S3", "Q8", "D4"])
def test_delta_functions(name):
    """On deltas the sums have one term: delta_x ⋆ psi is psi(g⁻¹x), and f ⋆ delta_y is f(gy)."""
    for i, X in enumerate(finite_spaces(name)):
        G, table = X.group, X.action_table
        values = Draw(name, i).distinct(X.size)
        for x in range(X.size):
            y = reference.correlate(X, [delta(X, x)], [[values.reshape(X.shape)]])[0]
            assert y.tolist() == [values[table[g_inverse, x]] for g_inverse in G.inverse_table]
            y = reference.correlate(X, [values.reshape(X.shape)], [[delta(X, x)]])[0]
            assert y.tolist() == [values[table[g, x]] for g in range(G.order)]
            for u in G:
                assert_equal(reference.left_translate(X, u, delta(X, x)), delta(X, table[G.index(u), x]))


@pytest.mark.parametrize("name", ["C5", "S3", "A4"])
def test_delta_at_the_identity_is_the_unit(name):
    G = gcalc.group(name)
    f, unit = Draw(name).distinct(G.order), delta(G.regular, 0)
    assert_equal(reference.convolve(G, unit, f), f)
    assert_equal(reference.convolve(G, f, unit), f)
    assert_equal(reference.correlate(G.regular, [f], [[unit]]), [f])
    assert_equal(reference.correlate(G.regular, [unit], [[f]]), [reference.involution(G, f)])


def test_products_of_deltas_compose_right_to_left():
    G = gcalc.group("S3")
    for g in range(6):
        for h in range(6):
            product = reference.convolve(G, delta(G.regular, g), delta(G.regular, h))
            assert_equal(product, delta(G.regular, G.multiplication_table[g, h]))


def test_a_stabilizer_counts_each_of_its_elements():
    """On the one-point space every g contributes to the gradient of the single filter value."""
    G = gcalc.group("S3")
    X = G.cosets(G.elements)
    assert_equal(reference.correlate(X, [[5]], [[[7]]]), [[35] * 6])
    assert_equal(reference.filter_gradient(X, [[1, 2, 3, 4, 5, 6]], [[10]]), [[[210]]])
    assert_equal(reference.input_gradient(X, [[1, 2, 3, 4, 5, 6]], [[[10]]]), [[210]])


def test_pooling_is_over_the_left_translates_of_u():
    G = gcalc.group("S3")
    f = np.arange(6)
    for u in G:
        expected = [G.index(G.multiply(g, u)) for g in G]
        assert reference.pool(G, f, [u]).tolist() == expected


def test_cosets_are_ordered_by_their_least_member():
    G = gcalc.group("D4")
    for H in G.subgroups():
        least = reference.coset_pool(G, -np.arange(8), H)
        assert (-least).tolist() == sorted((-least).tolist())
        assert reference.coset_pool(G, np.ones(8, dtype=int), H, "sum").tolist() == [len(H)] * (8 // len(H))


def test_windows_turn_as_numpy_does():
    W = window("p4", 4, 4)
    image = np.arange(16).reshape(4, 4)
    for k, u in enumerate(W.group):
        assert_equal(reference.left_translate(W, u, image), np.rot90(image, k, axes=(-2, -1)))
    W = window("p4m", 3, 3)
    image = np.arange(9).reshape(3, 3)
    for k, u in enumerate(W.group):
        mirrored = np.fliplr(image) if k >= 4 else image
        assert_equal(reference.left_translate(W, u, image), np.rot90(mirrored, k % 4, axes=(-2, -1)))


def test_on_the_grid_the_cell_0_0_is_fixed():
    G = gcalc.group("p4").quotient(5)
    f = np.arange(25).reshape(5, 5)
    r = next(g for g in G.point_subgroup if g.matrix == ((0, -1), (1, 0)))
    assert_equal(reference.left_translate(G.grid, r, f), np.roll(np.rot90(f, 1, (-2, -1)), 1, -2))


@pytest.mark.parametrize(("k", "cell"), [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2)])
def test_index_k_half_of_a_box_is_the_origin(k, cell):
    """A box with a single 1 at ``k // 2`` is delta_0, so the translations' part of the output is f."""
    X = gcalc.group("p4").quotient(5).grid
    box = np.zeros((1, 1, k, k), dtype=int)
    box[0, 0, cell, cell] = 1
    f = np.arange(25).reshape(1, 5, 5)
    assert_equal(reference.correlate(X, f, box, "box")[0], np.stack([f[0]] * 4))
    W = window("p4", 5, 5)
    assert_equal(reference.correlate(W, f, box, "box", "zero")[0], np.stack([f[0]] * 4))


def test_a_planar_correlation_with_zero_boundary():
    """y(x) = f(x) + 10 f(x + (0, 1)) for the identity; the other orientations read below, left and above."""
    W = window("p4", 2, 2)
    psi = [[[[0, 0, 0], [0, 1, 10], [0, 0, 0]]]]
    y = reference.correlate(W, [[[1, 2], [3, 4]]], psi, "box", "zero")[0]
    assert_equal(y[0], [[1 + 20, 2], [3 + 40, 4]])
    assert_equal(y[1], [[1, 2], [3 + 10, 4 + 20]])  # r·(0, 1) = (-1, 0)
    assert_equal(y[2], [[1, 2 + 10], [3, 4 + 30]])
    assert_equal(y[3], [[1 + 30, 2 + 40], [3, 4]])


def test_the_valid_boundary_starts_where_the_turned_box_first_fits():
    """A 2×2 box with entries 1, 2, 4, 8 on a 2×2 array has one valid place in each orientation."""
    W = window("p4", 2, 2)
    image, box = np.array([[1, 10], [100, 1000]]), np.array([[1, 2], [4, 8]])
    y = reference.correlate(W, [image], [[box]], "box", "valid")
    assert_equal(y, [[[[np.sum(image * np.rot90(box, k))]] for k in range(4)]])
    assert y[0, 0, 0, 0] == 8421


def test_the_orientation_axis_of_a_window_takes_part():
    """f lives on orientation st, psi on t: with psi = delta at t = r, orientation s reads plane sr."""
    W = window("p4", 2, 3)
    f = np.arange(24).reshape(1, 4, 2, 3)
    psi = np.zeros((1, 1, 4, 1, 1), dtype=int)
    psi[0, 0, 1] = 1
    y = reference.correlate(W.regular, f, psi, "box", "zero")[0]
    assert_equal(y, np.roll(f[0], -1, axis=0))


def test_boxes_on_a_group_that_does_not_split_sit_on_the_element_table():
    """On pg the box's offset counts lattice steps of the element ``(p, tau_p + t)``, read as psi(g⁻¹h)."""
    X = gcalc.group("pg").quotient(3).regular
    box = np.zeros((1, 1, 2, 1, 3), dtype=int)
    box[0, 0, 1, 0, 2] = 1  # p = glide, t = (0, 1)
    full = np.zeros((1, 1, 2, 3, 3), dtype=int)
    full[0, 0, 1, 0, 1] = 1
    f = Draw("pg").distinct(1, 2, 3, 3)
    assert_equal(reference.correlate(X, f, box, "box"), reference.correlate(X, f, full))
    h = X.points[9 + 1]
    assert HALF in [x % 1 for x in h.translation]
    assert reference.correlate(X, f, full)[0].ravel()[0] == f.ravel()[X.index(h)]


def test_the_transformed_filter_by_hand():
    """psi[k, s, j, z] = psi(s⁻¹z): the entry at (0, 1) goes to r(0, 1) = (-1, 0), then (0, -1), (1, 0)."""
    X = plane_spaces("p4", 3)[0]
    psi = np.zeros((1, 1, 3, 3), dtype=int)
    psi[0, 0, 1, 2] = 1
    transformed = reference.filter_transform(X, psi, "box")[0, :, 0]
    assert [np.argwhere(psi_s).tolist() for psi_s in transformed] == [[[1, 2]], [[0, 1]], [[1, 0]], [[2, 1]]]


def test_the_transformed_orientation_by_hand():
    """psi[k, s, j, t, z] = psi(s⁻¹t, s⁻¹z): a filter at t = r of p4 is read at t = sr."""
    X = plane_spaces("p4", 2)[1]
    psi = np.zeros((1, 1, 4, 2, 2), dtype=int)
    psi[0, 0, 1, 0, 0] = 1
    transformed = reference.filter_transform(X, psi)[0, :, 0]
    assert [np.argwhere(psi_s).tolist() for psi_s in transformed] == [
        [[1, 0, 0]],
        [[2, 0, 0]],
        [[3, 0, 0]],
        [[0, 0, 0]],
    ]


def test_the_transformations_gradient_adds():
    """Each cell of the filter is read once by every orientation, so a gradient of ones sums to |P|."""
    for X in plane_spaces("p4m", 3):
        ones = np.ones((2, 8, 1, *X.shape), dtype=int)
        assert_equal(reference.filter_transform_gradient(X, ones), np.full((2, 1, *X.shape), 8))
