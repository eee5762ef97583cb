"""Finitely supported functions on infinite groups, against large quotients in which nothing wraps."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

import gcalc
from gcalc import reference

from . import second_implementation as second
from .cases import Draw, assert_equal

PERIOD = 9
GROUPS = ["p1", "p2", "pm", "pg", "p4", "p4g", "p3", "p31m", "p6m"]


def support(draw, X, n):
    """n random points near the origin."""
    if X.is_grid:
        steps = range(-X.denominator, X.denominator + 1)
        points = list(product([Fraction(i, X.denominator) for i in steps], repeat=2))
    else:
        shifts = product(range(-1, 2), repeat=2)
        representatives = [X.group.generators[-1], X.group.identity]
        points = [X.group.multiply(X.group.translation(t), g) for t in shifts for g in representatives]
    return [points[i] for i in draw.rng.permutation(len(points))[:n]]


def function(draw, X, n=3):
    """A function with n values other than zero."""
    return {x: int(draw.rng.integers(1, 10)) for x in support(draw, X, n)}


def functions(draw, X, *shape):
    """Nested lists of functions."""
    if not shape:
        return function(draw, X)
    return [functions(draw, X, *shape[1:]) for _ in range(shape[0])]


@pytest.mark.parametrize("space", ["grid", "regular"])
@pytest.mark.parametrize("name", GROUPS)
def test_results_are_those_of_a_large_quotient(name, space):
    G = gcalc.group(name)
    X, draw = getattr(G, space), Draw(name, space)
    finite = getattr(G.quotient(PERIOD if space == "grid" else 5 if name == "p6m" else 7), space)
    R = finite.group.regular
    f, psi, d = functions(draw, X, 2), functions(draw, X, 1, 2), functions(draw, G.regular, 1)
    f_q, psi_q = second.periodised(finite, f), second.periodised(finite, psi)
    d_q = second.periodised(R, d)
    y = reference.correlate(X, f, psi)
    assert_equal(second.periodised(R, y), reference.correlate(finite, f_q, psi_q))
    gradient = reference.input_gradient(X, d, psi)
    assert_equal(second.periodised(finite, gradient), reference.input_gradient(finite, d_q, psi_q))
    gradient = reference.filter_gradient(X, d, f)
    assert_equal(second.periodised(finite, gradient), reference.filter_gradient(finite, d_q, f_q))
    u = support(draw, G.regular, 1)[0]
    moved = reference.left_translate(X, u, f)
    assert_equal(
        second.periodised(finite, moved), reference.left_translate(finite, finite.group.reduce(u), f_q)
    )


@pytest.mark.parametrize("name", ["p2", "pg"])
def test_results_are_those_of_the_second_implementation(name):
    G, draw = gcalc.group(name), Draw(name)
    f, psi = functions(draw, G.regular, 2), functions(draw, G.regular, 3, 2)
    finite = G.quotient(7).regular
    expected = second.correlate(finite, second.periodised(finite, f), second.periodised(finite, psi))
    assert_equal(second.periodised(finite, reference.correlate(G.regular, f, psi)), expected)


@pytest.mark.parametrize("name", ["p1", "pg", "p4", "p3m1"])
def test_convolution_involution_and_pooling(name):
    G, draw = gcalc.group(name), Draw(name)
    Q = G.quotient(9)
    a, b = function(draw, G.regular), function(draw, G.regular)
    a_q, b_q = second.periodised(Q.regular, a), second.periodised(Q.regular, b)
    assert_equal(second.periodised(Q.regular, reference.convolve(G, a, b)), reference.convolve(Q, a_q, b_q))
    assert_equal(second.periodised(Q.regular, reference.involution(G, a)), reference.involution(Q, a_q))
    signed = {g: value - 5 for g, value in a.items()}
    signed_q = second.periodised(Q.regular, signed)
    U = support(draw, G.regular, 3)
    for op in ("max", "sum", "mean"):
        pooled = reference.pool(G, signed, U, op)
        assert_equal(
            second.periodised(Q.regular, pooled), reference.pool(Q, signed_q, [Q.reduce(u) for u in U], op)
        )


@pytest.mark.parametrize("name", ["p2", "p4", "p31m"])
def test_coset_pooling(name):
    G, draw = gcalc.group(name), Draw(name)
    Q = G.quotient(7)
    zero = (Fraction(0), Fraction(0))
    H = [G.element(p, zero) for p in G.point_group]
    f = {g: value - 5 for g, value in function(draw, G.regular, 5).items()}
    f_q = second.periodised(Q.regular, f)
    order = Q.cosets(H)
    for op in ("max", "sum", "mean"):
        pooled = [0] * order.size
        for coset, value in reference.coset_pool(G, f, H, op).items():
            pooled[order.index(frozenset(map(Q.reduce, coset)))] = value
        assert_equal(pooled, reference.coset_pool(Q, f_q, H, op))
    pooled = reference.coset_pool(G, {g: abs(value) for g, value in f.items()}, H)
    assert all(x in G.cosets(H) for x in pooled)


def test_correlation_on_the_cosets_of_a_finite_subgroup():
    """G/P is the grid: the coset of g stands for the point g·0."""
    G, draw = gcalc.group("p4"), Draw("cosets")
    zero = (Fraction(0), Fraction(0))
    X = G.cosets([G.element(p, zero) for p in G.point_group])
    f, psi = functions(draw, G.grid, 1), functions(draw, G.grid, 2, 1)

    def on_cosets(values):
        if isinstance(values, dict):
            return {X.act(G.translation(tuple(map(int, x))), X.origin): value for x, value in values.items()}
        return [on_cosets(channel) for channel in values]

    y = reference.correlate(X, on_cosets(f), on_cosets(psi))
    assert y == reference.correlate(G.grid, f, psi)
    assert any(len(y_k) > 3 for y_k in y)


def test_pooling_sees_the_zeros_off_the_support():
    G = gcalc.group("p1")
    e, t = G.identity, G.translation((1, 0))
    assert reference.pool(G, {e: -3}, [e, t]) == {}
    assert reference.pool(G, {e: -3, t: -2}, [e, t]) == {e: -2}
    assert reference.pool(G, {e: -3}, [e, t], "sum") == {e: -3, G.inverse(t): -3}
    assert reference.pool(G, {e: 3}, [e, t], "mean") == {e: Fraction(3, 2), G.inverse(t): Fraction(3, 2)}


def test_by_hand_on_the_line_of_translations():
    """f = delta_(0,0) + 2 delta_(0,1), psi = delta_(0,1): y(t) = f(t + (0, 1))."""
    G = gcalc.group("p1")
    y = reference.correlate(G.grid, [{(0, 0): 1, (0, 1): 2}], [[{(0, 1): 1}]])
    assert y == [{G.translation((0, -1)): 1, G.identity: 2}]


def test_results_hold_no_zeros_and_ignore_given_ones():
    G = gcalc.group("p1")
    e, t = G.identity, G.translation((1, 0))
    assert reference.correlate(G.regular, [{e: 1, t: -1}], [[{e: 1, t: 1}]]) == [
        {G.inverse(t): 1, t: -1},
    ]
    assert reference.convolve(G, {e: 0}, {e: 5}) == {}
    assert reference.involution(G, {e: 0, t: 1}) == {G.inverse(t): 1}
    assert reference.left_translate(G.regular, t, {e: 0}) == {}


def test_leading_axes_are_nested_lists():
    G = gcalc.group("p1")
    e, t = G.identity, G.translation((1, 0))
    assert reference.left_translate(G.regular, t, [[{e: 1}], [{e: 2}]]) == [[{t: 1}], [{t: 2}]]
    assert reference.convolve(G, [{e: 1}, {t: 2}], [{t: 3}, {t: 4}]) == [{t: 3}, {G.multiply(t, t): 8}]
    assert reference.involution(G, [{t: 1}]) == [{G.inverse(t): 1}]
    assert reference.pool(G, [{e: 2}], [e]) == [{e: 2}]


@pytest.mark.parametrize("name", ["pg", "p4", "p31m"])
def test_adjoints(name):
    G, draw = gcalc.group(name), Draw("adjoint", name)
    for X in (G.grid, G.regular):
        f, psi = (
            [function(draw, X, 2), function(draw, X, 1)],
            [[function(draw, X, 1), function(draw, X, 2)] for _ in range(2)],
        )
        y = reference.correlate(X, f, psi)
        d = [{g: int(draw(1)[0]) for g in y_k} for y_k in y]
        value = sum(d_k[g] * y_k[g] for d_k, y_k in zip(d, y, strict=True) for g in y_k)
        gradient = reference.input_gradient(X, d, psi)
        assert value == sum(
            gradient_j.get(x, 0) * f_j[x] for gradient_j, f_j in zip(gradient, f, strict=True) for x in f_j
        )
        gradient = reference.filter_gradient(X, d, f)
        assert value == sum(
            gradient[k][j].get(x, 0) * psi[k][j][x] for k in range(2) for j in range(2) for x in psi[k][j]
        )
