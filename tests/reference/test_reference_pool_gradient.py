"""Gradients of pooling: by hand, by dual numbers through the pooling itself, as adjoints, and under translations."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import total_ordering

import numpy as np
import pytest
from sympy import QQ, ZZ
from sympy.polys.rings import ring

import gcalc
from gcalc import errors, reference

from .cases import FINITE_GROUPS, Draw, assert_equal

PLANE_GROUPS = [("pg", 2), ("p4", 2), ("p31m", 2)]
GROUPS = [gcalc.group(name) for name in FINITE_GROUPS] + [
    gcalc.group(name).quotient(N) for name, N in PLANE_GROUPS
]
BATCHES = [(), (2,), (2, 1), (0,)]
EXACT = ["max", "sum", "mean"]


@total_ordering
class Dual:
    """``value + slope eps``, ``eps² = 0``, in the order of the values."""

    def __init__(self, value, slope=0):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __radd__(self, zero):
        return self

    def __truediv__(self, n):
        return Dual(Fraction(self.value, n), Fraction(self.slope, n))

    def __eq__(self, other):
        return self.value == other.value

    def __lt__(self, other):
        return self.value < other.value

    __hash__ = None


def slopes(operator, f):
    """``d operator(f)(g) / df(k)`` as (g, k), one indeterminate a column."""
    columns = []
    for k in range(f.size):
        duals = np.empty(f.size, dtype=object)
        duals[:] = [Dual(value, int(i == k)) for i, value in enumerate(f.ravel().tolist())]
        columns.append([pooled.slope for pooled in operator(duals.reshape(f.shape)).ravel()])
    return np.array(columns, dtype=object).T


def inner(a, b):
    assert np.shape(a) == np.shape(b)
    return sum(x * y for x, y in zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True))


def test_by_hand_on_s3():
    """U = (e, s) and the coset of s: the order is the order of U, and k u⁻¹ is on the right."""
    S3 = gcalc.group("S3")
    e, r = S3.identity, next(g for g in S3 if S3.multiply(S3.multiply(g, g), g) == S3.identity != g)
    f = np.arange(6)
    d = 10 ** np.arange(6)
    expected = np.zeros(6, dtype=int)
    for g in S3:
        gr = S3.index(S3.multiply(g, r))
        expected[max(S3.index(g), gr)] += d[S3.index(g)]
    assert_equal(reference.pool_gradient(S3, d, f, [e, r]), expected)
    sums = [d[k] + d[S3.index(S3.multiply(S3.elements[k], S3.inverse(r)))] for k in range(6)]
    assert_equal(reference.pool_gradient(S3, d, f, [e, r], "sum"), sums)
    assert reference.pool_gradient(S3, d, f, [e, r], "mean").tolist() == [Fraction(int(s), 2) for s in sums]


def test_equal_maxima_are_decided_by_the_order_of_U():
    C3 = gcalc.group("C3")
    d, f = [1, 10, 100], [7, 7, 7]
    assert_equal(reference.pool_gradient(C3, d, f, [0, 1]), [1, 10, 100])
    assert_equal(reference.pool_gradient(C3, d, f, [1, 0]), [100, 1, 10])
    assert_equal(reference.coset_pool_gradient(C3, [5], f, [2, 1, 0]), [0, 0, 5])


@pytest.mark.parametrize("op", EXACT)
@pytest.mark.parametrize("G", GROUPS, ids=lambda G: G.name)
def test_it_is_the_derivative_by_dual_numbers(G, op):
    """Python's max of equal values is the first of them, so here too the order of U decides."""
    draw = Draw("dual", G.name, op)
    f, d = draw.rng.integers(0, 4, G.shape), draw(*G.shape)
    for n in (1, 2, 3):
        U = draw.elements(G, n)
        slope = slopes(lambda f, U=U: reference.pool(G, f, U, op), f)
        gradient = (slope.T @ d.ravel().astype(object)).reshape(G.shape)
        assert_equal(reference.pool_gradient(G, d, f, U, op), gradient)
    f = draw.distinct(*G.shape)
    H = list(reversed(G.subgroup(draw.elements(G, 1))))
    slope = slopes(lambda f: reference.coset_pool(G, f, H, op), f)
    d = draw(slope.shape[0])
    gradient = (slope.T @ d.astype(object)).reshape(G.shape)
    assert_equal(reference.coset_pool_gradient(G, d, f, H, op), gradient)


@pytest.mark.parametrize("op", ["sum", "mean"])
@pytest.mark.parametrize("G", GROUPS, ids=lambda G: G.name)
def test_linear_pooling_has_its_adjoint(G, op):
    draw = Draw("adjoint", G.name, op)
    f, d = draw(2, *G.shape), draw(2, *G.shape)
    U = draw.elements(G, 3)
    assert inner(d, reference.pool(G, f, U, op)) == inner(reference.pool_gradient(G, d, f, U, op), f)
    H = G.subgroup(draw.elements(G, 1))
    pooled = reference.coset_pool(G, f, H, op)
    d = draw(*pooled.shape)
    assert inner(d, pooled) == inner(reference.coset_pool_gradient(G, d, f, H, op), f)


@pytest.mark.parametrize("G", GROUPS, ids=lambda G: G.name)
def test_the_gradient_of_a_maximum_commutes_with_translations(G):
    """With equal maxima too; over cosets where there are none."""
    draw = Draw("translated", G.name)
    L, X = reference.left_translate, G.regular
    f, d, U = draw.rng.integers(0, 3, G.shape), draw(*G.shape), draw.elements(G, 3)
    gradient = reference.pool_gradient(G, d, f, U)
    for u in G.generators:
        assert_equal(reference.pool_gradient(G, L(X, u, d), L(X, u, f), U), L(X, u, gradient))
    H = G.subgroup(draw.elements(G, 1))
    Y, f = G.cosets(H), draw.distinct(*G.shape)
    d = draw(Y.size)
    gradient = reference.coset_pool_gradient(G, d, f, H)
    for u in G.generators:
        assert_equal(reference.coset_pool_gradient(G, L(Y, u, d), L(X, u, f), H), L(X, u, gradient))


def test_the_first_in_the_order_of_the_array_does_not_commute_on_c3():
    C3 = gcalc.group("C3")
    d, f = np.array([1, 0, 0]), np.array([1, 1, 0])

    def first_in_array(d, f):
        gradient = np.zeros(3, dtype=int)
        for g in range(3):
            gradient[max(sorted([g, (g + 1) % 3]), key=lambda k: f[k])] += d[g]
        return gradient

    L, X = reference.left_translate, C3.regular
    for gradient, commutes in (
        (first_in_array, False),
        (lambda d, f: reference.pool_gradient(C3, d, f, [0, 1]), True),
    ):
        moved = gradient(L(X, 2, d), L(X, 2, f))
        assert (moved == L(X, 2, gradient(d, f))).all() == commutes


@pytest.mark.parametrize("op", EXACT)
@pytest.mark.parametrize("batch", BATCHES)
def test_leading_axes_are_kept_and_functions_treated_one_by_one(batch, op):
    G, draw = gcalc.group("p4").quotient(2), Draw(batch, op)
    U, H = draw.elements(G, 2), G.subgroup(draw.elements(G, 1))
    f, d, d_H = draw(*batch, *G.shape), draw(*batch, *G.shape), draw(*batch, G.order // len(H))
    pooled = reference.pool_gradient(G, d, f, U, op)
    over_cosets = reference.coset_pool_gradient(G, d_H, f, H, op)
    assert pooled.shape == over_cosets.shape == f.shape
    for b in np.ndindex(*batch):
        assert_equal(pooled[b], reference.pool_gradient(G, d[b], f[b], U, op))
        assert_equal(over_cosets[b], reference.coset_pool_gradient(G, d_H[b], f[b], H, op))


def test_scalars_of_any_type():
    C2 = gcalc.group("C2")
    assert reference.pool_gradient(C2, [0.5, 1.5], [1, 2], [0, 1]).tolist() == [0.0, 2.0]
    assert reference.pool_gradient(C2, [2**70, 1], [1.0, 2.0], [0], "sum").tolist() == [2**70, 1]
    assert reference.pool_gradient(C2, [1.0, 2.0], [1, 2], [0, 1], "mean").tolist() == [1.5, 1.5]
    _, a, b = ring("a b", QQ)
    assert reference.pool_gradient(C2, [a, b], [1, 2], [0, 1], "mean").tolist() == [(a + b) / 2] * 2
    assert reference.coset_pool_gradient(C2, [a], [1, 2], [0, 1]).tolist() == [0, a]


C3 = gcalc.group("C3")
CASES = {
    "an infinite group": (
        lambda: reference.pool_gradient(gcalc.group("p4"), {}, {}, []),
        errors.UnsupportedError,
        "p4 is infinite, and gradients of pooling need a finite group; take a quotient",
    ),
    "an infinite group's cosets": (
        lambda: reference.coset_pool_gradient(gcalc.group("p4"), {}, {}, []),
        errors.UnsupportedError,
        "p4 is infinite",
    ),
    "a space for a group": (
        lambda: reference.pool_gradient(C3.regular, [1, 2, 3], [1, 2, 3], [0]),
        errors.UsageError,
        "G must be a group, got the space C3; take its .group",
    ),
    "an unknown operation": (
        lambda: reference.pool_gradient(C3, [1, 2, 3], [1, 2, 3], [0], "min"),
        errors.UsageError,
        'op must be "max", "sum" or "mean", got \'min\'',
    ),
    "nothing to pool over": (
        lambda: reference.pool_gradient(C3, [1, 2, 3], [1, 2, 3], []),
        errors.UsageError,
        "U is empty",
    ),
    "no subgroup": (
        lambda: reference.coset_pool_gradient(C3, [1], [1, 2, 3], [0, 1]),
        errors.InvalidGroupError,
        "not a subgroup of C3 (order 3): 1·1 = 2 is missing",
    ),
    "d on another space": (
        lambda: reference.coset_pool_gradient(C3, [1, 2], [1, 2, 3], [0, 1, 2]),
        errors.ShapeError,
        "d needs axes (…, |G|/|H|: 1), got shape (2,)",
    ),
    "other leading axes": (
        lambda: reference.pool_gradient(C3, [[1, 2, 3]], [1, 2, 3], [0]),
        errors.ShapeError,
        "d has leading axes = (1,) but f has leading axes = (); they must be equal",
    ),
    "values without an order": (
        lambda: reference.pool_gradient(C3, [1, 2, 3], [1j, 2, 3], [0, 1]),
        errors.UnsupportedError,
        'op="max" needs values with an order',
    ),
    "a ring without halves": (
        lambda: reference.pool_gradient(C3, ring("a b c", ZZ)[1:], [1, 2, 3], [0, 1], "mean"),
        errors.ExactnessError,
        'use a ring over QQ, or op="sum"',
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), CASES.values(), ids=CASES.keys())
def test_refusals(call, error, message):
    with pytest.raises(error, match=re.escape(message)) as caught:
        call()
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)
