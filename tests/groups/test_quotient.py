"""Quotients of the wallpaper groups: axioms on every space, labels against indices, the grid."""

from __future__ import annotations

import itertools
import pickle
from fractions import Fraction

import numpy as np
import pytest

from gcalc.errors import ElementError, UnsupportedError
from gcalc.groups import FiniteGroup, GSet, Quotient, group, wallpaper_symbols

CASES = list(itertools.product(wallpaper_symbols, (1, 2, 3)))


def satisfies_the_group_axioms(T, inverse):
    """All pairs and all triples at once."""
    everything = np.arange(len(T))
    assert np.array_equal(T[0], everything)
    assert np.array_equal(T[:, 0], everything)
    assert not T[everything, inverse].any()
    assert not T[inverse, everything].any()
    assert np.array_equal(T[T], T[:, T])
    return True


def satisfies_the_action_axioms(X):
    """``ex = x`` and ``(gh)x = g(hx)`` for all elements and points at once."""
    T, A = X.group.multiplication_table, X.action_table
    assert A.shape == (X.group.order, X.size)
    assert np.array_equal(A[0], np.arange(X.size))
    for g in range(X.group.order):
        assert np.array_equal(A[T[g]], A[g][A])
    return True


@pytest.mark.parametrize(("symbol", "N"), CASES)
def test_group_axioms(symbol, N):
    Q = group(symbol).quotient(N)
    assert satisfies_the_group_axioms(Q.multiplication_table, Q.inverse_table)
    assert Q.order == len(Q.elements) == len(set(Q.elements)) == group(symbol).point_group.order * N**2
    assert Q.shape == (Q.order // N**2, N, N) == Q.regular.shape
    assert isinstance(Q, Quotient)
    assert isinstance(Q, FiniteGroup)


@pytest.mark.parametrize(("symbol", "N"), CASES)
def test_action_axioms(symbol, N):
    """Regular, grid, and cosets of generated subgroups, most of them not normal."""
    Q = group(symbol).quotient(N)
    spaces = [Q.regular, Q.grid]
    spaces += [Q.cosets(Q.subgroup(generators)) for generators in ([], Q.generators[-1:], Q.generators[:1])]
    spaces += [Q.cosets(Q.grid.stabilizer(Q.grid.points[0])), Q.cosets(Q.translation_subgroup)]
    for X in spaces:
        assert satisfies_the_action_axioms(X)
        assert X.group is Q
        assert X.size == len(X.points) == len(set(X.points)) == int(np.prod(X.shape))


@pytest.mark.parametrize(("symbol", "N"), CASES)
def test_products_are_those_of_the_infinite_group(symbol, N):
    """(gh mod N) = (g mod N)(h mod N) for every pair of labels, or 400 of them."""
    G = group(symbol)
    Q = G.quotient(N)
    rng = np.random.default_rng(N)
    pairs = list(itertools.product(Q.elements, repeat=2))
    for k in rng.choice(len(pairs), size=min(400, len(pairs)), replace=False):
        g, h = pairs[k]
        assert Q.multiply(g, h) == Q.reduce(G.multiply(g, h))
        assert Q.inverse(g) == Q.reduce(G.inverse(g))


@pytest.mark.parametrize(("symbol", "N"), CASES)
def test_the_grid_action_is_that_of_the_labels(symbol, N):
    G = group(symbol)
    Q = G.quotient(N)
    X, D = Q.grid, G.denominator
    assert X.shape == (D * N, D * N)
    assert X.is_grid
    assert not X.is_regular
    assert X.points[0] == (0, 0)
    for i, x in enumerate(X.points):
        row, col = np.unravel_index(i, X.shape)
        assert x == (Fraction(int(row), D), Fraction(int(col), D))
    rng = np.random.default_rng(N)
    for i, j in zip(rng.integers(Q.order, size=60), rng.integers(X.size, size=60), strict=True):
        g, x = Q.elements[i], X.points[j]
        assert X.act(g, x) == tuple(a % N for a in g(x))


@pytest.mark.parametrize(("symbol", "N"), CASES)
def test_the_index_is_c_order_of_point_group_and_translation(symbol, N):
    Q = group(symbol).quotient(N)
    parts = Q.crystallographic.translation_parts
    for i, g in enumerate(Q.elements):
        p, *t = np.unravel_index(i, Q.shape)
        assert g.matrix == Q.point_group.elements[p]
        assert g.translation == tuple(tau + int(k) for tau, k in zip(parts[p], t, strict=True))
        assert Q.index(g) == i


@pytest.mark.parametrize("symbol", [s for s in wallpaper_symbols if group(s).is_split])
def test_point_subgroup_of_split_groups(symbol):
    Q = group(symbol).quotient(3)
    H, T = Q.point_subgroup, Q.translation_subgroup
    assert [g.matrix for g in H] == list(Q.point_group)
    assert not any(x for g in H for x in g.translation)
    assert set(H) == set(Q.subgroup(H))
    assert set(T) == set(Q.subgroup(T))
    assert len(T) == 9
    assert {Q.multiply(t, h) for t in T for h in H} == set(Q.elements)
    assert set(H) & set(T) == {Q.identity}
    assert set(Q.grid.stabilizer(Q.grid.points[0])) == set(H)


@pytest.mark.parametrize("symbol", ["pg", "pmg", "pgg", "p4g"])
def test_point_subgroup_of_groups_that_do_not_split(symbol):
    Q = group(symbol).quotient(3)
    assert not Q.is_split
    with pytest.raises(
        UnsupportedError, match=rf"^{symbol} is not split.*take a split group \(is_split\), such as p4m$"
    ):
        Q.point_subgroup  # noqa: B018


@pytest.mark.parametrize(
    ("symbol", "N", "faithful"), [("p4m", 1, False), ("p4m", 2, False), ("p4m", 3, True)]
)
def test_below_three_the_grid_action_is_not_faithful(symbol, N, faithful):
    table = group(symbol).quotient(N).grid.action_table
    assert (len({row.tobytes() for row in table}) == len(table)) == faithful


def left_translate(X, u, f):
    """(L_u f)(x) = f(u⁻¹x)."""
    return f.ravel()[X.inverse_rows[X.group.index(u)]].reshape(X.shape)


@pytest.mark.parametrize("N", [3, 4, 5])
def test_on_the_grid_r_turns_about_cell_zero(N):
    Q = group("p4m").quotient(N)
    r, m = Q.point_subgroup[1], Q.point_subgroup[4]
    f = np.random.default_rng(N).integers(100, size=(N, N))
    turned = left_translate(Q.grid, r, f)
    assert np.array_equal(turned, np.roll(np.rot90(f, 1, (-2, -1)), 1, -2))
    assert np.array_equal(left_translate(Q.grid, m, f), np.roll(np.fliplr(f), 1, -1))
    assert not np.array_equal(turned, np.rot90(f))
    assert turned[0, 0] == f[0, 0]


def test_on_the_grid_translations_roll():
    Q = group("p4").quotient(5)
    f = np.arange(25).reshape(5, 5)
    for row, col in itertools.product(range(5), repeat=2):
        t = Q.reduce(Q.crystallographic.translation((row, col)))
        assert np.array_equal(left_translate(Q.grid, t, f), np.roll(f, (row, col), (0, 1)))


def test_the_glide_of_pg_moves_half_a_step_and_flips():
    Q = group("pg").quotient(3)
    glide = Q.generators[-1]
    f = np.arange(36).reshape(6, 6)
    assert np.array_equal(left_translate(Q.grid, glide, f), np.roll(np.fliplr(f), (1, 1), (0, 1)))
    assert Q.multiply(glide, glide) == Q.crystallographic.translation((1, 0))


def test_reduce_and_its_refusals():
    G = group("p4g")
    Q = G.quotient(3)
    far = G.element([[1, 0], [0, -1]], ("-5/2", "13/2"))
    assert Q.reduce(far) == G.element([[1, 0], [0, -1]], ("1/2", "1/2"))
    with pytest.raises(
        ElementError, match=r"\[1 0; 0 -1\] \+ \(-5/2, 13/2\) is not reduced mod 3; take \.reduce\(g\) first"
    ):
        Q.index(far)
    with pytest.raises(ElementError, match="is not in p4g"):
        Q.reduce(group("p4m").element([[1, 0], [0, -1]], (0, 0)))
    with pytest.raises(ElementError, match=r"'r' is not an element of p4g mod 3 \(order 72\)"):
        Q.multiply("r", Q.identity)


def test_a_quotient_is_one_object_while_in_use():
    G = group("p4m")
    Q = G.quotient(4)
    assert G.quotient(4) is Q
    assert G.quotient(np.int64(4)) is Q
    assert Q.regular.group is Q.grid.group is Q
    copy = pickle.loads(pickle.dumps(Q))
    assert (copy.name, copy.shape, copy.elements) == (Q.name, Q.shape, Q.elements)
    assert repr(Q) == "<Quotient p4m mod 4 of order 128>"


@pytest.mark.parametrize(("symbol", "N"), [("p6m", 5), ("p4m", 9)])
def test_large_quotients_pass_the_entry_checks(symbol, N):
    Q = group(symbol).quotient(N)
    assert FiniteGroup.from_table(Q.multiplication_table, Q.elements).order == Q.order == {5: 300, 9: 648}[N]
    assert GSet.from_table(Q, Q.grid.action_table).is_transitive
    assert len(Q.subgroup(Q.generators)) == Q.order


def test_a_corrupted_quotient_table_is_refused():
    """One entry of the cocycle block changed: (m, 0)(m, 0) in pg mod 3 as if the glide were a mirror."""
    Q = group("pg").quotient(3)
    table = Q.multiplication_table.copy()
    m = Q.index(Q.generators[-1])
    table[m, m] = 0
    with pytest.raises(ValueError, match="inverses fail"):
        FiniteGroup.from_table(table, Q.elements)
