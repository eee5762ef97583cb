"""Pixel windows: action axioms for both parities and non-square arrays, rot90 and fliplr, refusals."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from gcalc.errors import ElementError, ShapeError, UnknownGroupError, UnsupportedError
from gcalc.groups import CrystallographicGroup, group, wallpaper_symbols
from gcalc.spaces import Window, window

POSSIBLE = ["p1", "p2", "pm", "cm", "pmm", "cmm", "p4", "p4m"]
SIZES = [(1, 1), (1, 2), (4, 4), (5, 5), (4, 6), (5, 4), (9, 7)]
CASES = list(itertools.product(POSSIBLE, SIZES))


def satisfies_the_action_axioms(X):
    """``ex = x`` and ``(gh)x = g(hx)`` for all elements and points."""
    T, A = X.group.multiplication_table, X.action_table
    assert A.shape == (X.group.order, X.size)
    assert np.array_equal(A[0], np.arange(X.size))
    for g in range(X.group.order):
        assert np.array_equal(A[T[g]], A[g][A])
    return True


def left_translate(X, u, f):
    """(L_u f)(x) = f(u⁻¹x)."""
    return f[..., X.inverse_rows[X.group.index(u)]]


@pytest.mark.parametrize(("symbol", "size"), CASES)
def test_window(symbol, size):
    W = window(symbol, *size)
    assert satisfies_the_action_axioms(W)
    assert satisfies_the_action_axioms(W.regular)
    assert W.shape == size
    assert W.points == tuple(itertools.product(range(size[0]), range(size[1])))
    assert W.regular.shape == (len(W.point_group), *size)
    assert W.regular.points == tuple(itertools.product(W.point_group, W.points))
    assert (W.is_window, W.is_regular, W.is_grid) == (True, False, False)
    assert (W.regular.is_window, W.regular.is_regular, W.regular.is_grid) == (True, True, False)
    assert W.point_group is W.regular.point_group is group(symbol).point_group
    assert W.regular.group is W.group


@pytest.mark.parametrize(("symbol", "size"), CASES)
def test_the_group_is_exactly_what_maps_the_array_to_itself(symbol, size):
    """By the corners' coordinates about the centre, as floats: half-integers are exact."""
    centre = (np.array(size) - 1) / 2
    pixels = np.array(list(itertools.product(range(size[0]), range(size[1]))))
    known = set(map(tuple, pixels.tolist()))
    W = window(symbol, *size)
    for u in W.point_group:
        images = (pixels - centre) @ np.array(u).T + centre
        keeps = set(map(tuple, images.tolist())) == known
        assert (u in W.group) == keeps
        if keeps:
            moved = [W.act(u, tuple(x)) for x in pixels.tolist()]
            assert moved == [tuple(int(a) for a in y) for y in images]
    order = [W.point_group.index(u) for u in W.group]
    assert order == sorted(order)
    assert all(W.group.multiply(u, v) == W.point_group.multiply(u, v) for u in W.group for v in W.group)


@pytest.mark.parametrize(
    ("symbol", "rows", "cols", "order"),
    [("p4m", 9, 9, 8), ("p4m", 8, 8, 8), ("p4m", 9, 7, 4), ("p4m", 8, 6, 4), ("p4", 9, 7, 2), ("p4", 3, 3, 4),
     ("pmm", 4, 3, 4), ("cmm", 4, 3, 2), ("cm", 4, 3, 1), ("cm", 4, 4, 2), ("p1", 2, 3, 1)],
)  # fmt: skip
def test_orders(symbol, rows, cols, order):
    assert window(symbol, rows, cols).group.order == order


@pytest.mark.parametrize("n", [1, 4, 5, 6])
def test_rotations_are_rot90_and_the_mirror_is_fliplr(n):
    """Element k of C4 is rot90(image, k); element 4 + k of D4 is rot90(fliplr(image), k); batch axes lead."""
    image = np.random.default_rng(n).integers(256, size=(2, 3, n, n))
    flat = image.reshape(2, 3, -1)
    for W in (window("p4", n, n), window("p4m", n, n)):
        for k, u in enumerate(W.group):
            expected = image if k < 4 else np.flip(image, -1)
            expected = np.rot90(expected, k % 4, axes=(-2, -1))
            assert np.array_equal(left_translate(W, u, flat).reshape(image.shape), expected)


@pytest.mark.parametrize(("rows", "cols"), [(4, 6), (5, 4), (9, 7)])
def test_non_square_windows_keep_the_half_turn_and_both_flips(rows, cols):
    W = window("p4m", rows, cols)
    image = np.arange(rows * cols).reshape(rows, cols)
    expected = [image, np.rot90(image, 2), np.fliplr(image), np.flipud(image)]
    moved = [left_translate(W, u, image.ravel()).reshape(rows, cols) for u in W.group]
    assert all(np.array_equal(a, b) for a, b in zip(moved, expected, strict=True))


def test_the_mirror_of_cm_is_the_transpose():
    image = np.arange(16).reshape(4, 4)
    W = window("cm", 4, 4)
    assert np.array_equal(left_translate(W, W.group.elements[1], image.ravel()).reshape(4, 4), image.T)


@pytest.mark.parametrize(
    ("symbol", "size"), [("p4m", (5, 5)), ("p4m", (4, 6)), ("p4", (3, 3)), ("cmm", (4, 4))]
)
def test_the_regular_window_moves_orientations_and_pixels_together(symbol, size):
    W = window(symbol, *size)
    R = W.regular
    for u in W.group:
        for s, x in R.points:
            assert R.act(u, (s, x)) == (W.point_group.multiply(u, s), W.act(u, x))
    assert R.is_free


@pytest.mark.parametrize("symbol", [s for s in wallpaper_symbols if s not in POSSIBLE])
def test_groups_that_do_not_act_on_pixels(symbol):
    reason = (
        "not integral" if symbol in ("pg", "pmg", "pgg", "p4g") else "not a signed permutation of the axes"
    )
    with pytest.raises(UnsupportedError) as caught:
        window(symbol, 5, 5)
    message = str(caught.value)
    assert message.startswith(f"{symbol} does not act on the pixels of a window: it")
    assert reason in message
    assert message.endswith(f"possible groups: {', '.join(POSSIBLE)}")
    assert "\n" not in message


def test_groups_that_are_not_plane_groups():
    Z3 = CrystallographicGroup([np.eye(3, dtype=int).tolist()], name="P1")
    for G in ("C4", Z3):
        with pytest.raises(UnsupportedError, match="it is not a plane group; possible groups: p1, p2"):
            window(G, 5, 5)
    with pytest.raises(UnknownGroupError, match="unknown group 'p5'"):
        window("p5", 5, 5)


@pytest.mark.parametrize("bad", [0, -2, 2.0, "5", None, True])
def test_bad_sizes(bad):
    with pytest.raises(
        ShapeError, match=f"a window needs a positive integer number of rows, got {bad!r}; take 1 or more"
    ):
        window("p4", bad, 5)
    with pytest.raises(ShapeError, match=f"positive integer number of cols, got {bad!r}"):
        window("p4", 5, bad)


def test_points_and_elements_outside():
    W = window("p4m", 9, 7)
    quarter_turn = ((0, -1), (1, 0))
    with pytest.raises(ElementError, match=r"\(9, 0\) is not a point of 9×7 window of p4m"):
        W.act(W.group.identity, (9, 0))
    with pytest.raises(ElementError, match=r"is not an element of point group of p4m on 9×7 \(order 4\)"):
        W.act(quarter_turn, (0, 0))
    assert quarter_turn in W.point_group


def test_a_crystallographic_group_of_the_users_own():
    user = CrystallographicGroup([[[1, 0], [0, 1]], [[-1, 0], [0, 1]]], name="flipud")
    W = window(user, 3, 4)
    assert isinstance(W, Window)
    image = np.arange(12).reshape(3, 4)
    assert np.array_equal(
        left_translate(W, W.group.elements[1], image.ravel()).reshape(3, 4), np.flipud(image)
    )
