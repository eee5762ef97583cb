"""Pooling and its gradients against the reference: maxima with and without ties, sums, means, types, refusals."""

from __future__ import annotations

import re

import numpy as np
import pytest

import gcalc
from gcalc import errors, fast, reference

from ..reference.cases import Draw
from .places import PLACES, STRICT, TORCH, assert_same, refused_alike, space

BATCHES = [(), (2,), (2, 1), (0,)]
GROUPS = [
    "C1",
    "C5",
    "S3",
    "Q8",
    "A4",
    "p4 mod 3 regular",
    "pg mod 3 regular",
    "pgg mod 2 regular",
    "P-4 mod 2 regular",
]


def subsets(G, draw):
    """Sets to pool over: one element, an ordered few, all."""
    return [draw.elements(G, n) for n in (1, 3, G.order)]


def subgroups(G, draw):
    """The trivial one, a cyclic one in a random order, and all of G."""
    H = list(G.subgroup(draw.elements(G, 1)))
    return [[G.identity], [H[i] for i in draw.rng.permutation(len(H))], list(G)]


def values(draw, shape, kind):
    """Few values, so that many are equal; or none equal."""
    return draw.rng.integers(0, 3, shape) if kind == "ties" else draw.distinct(*shape)


@pytest.mark.parametrize("op", ["max", "sum"])
@pytest.mark.parametrize("dtype", ["int64", "float32", "float64"])
@pytest.mark.parametrize("name", GROUPS)
def test_pooling_and_its_gradients(name, dtype, op):
    G, draw = space(name).group, Draw(name, dtype, op)
    for kind in ("ties", "distinct"):
        f, d = values(draw, (2, *G.shape), kind), draw(2, *G.shape)
        F, D = f.astype(dtype), d.astype(dtype)
        for U in subsets(G, draw):
            assert_same(fast.pool(G, F, U, op), reference.pool(G, f, U, op), dtype)
            assert_same(fast.pool_gradient(G, D, F, U, op), reference.pool_gradient(G, d, f, U, op), dtype)
        for H in subgroups(G, draw):
            pooled = reference.coset_pool(G, f, H, op)
            assert_same(fast.coset_pool(G, F, H, op), pooled, dtype)
            d_H = draw(*pooled.shape)
            gradient = reference.coset_pool_gradient(G, d_H, f, H, op)
            assert_same(fast.coset_pool_gradient(G, d_H.astype(dtype), F, H, op), gradient, dtype)


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("op", ["max", "sum", "mean"])
@pytest.mark.parametrize("batch", BATCHES)
def test_leading_axes_libraries_and_devices(batch, op, place):
    """Means of two and four: of integers exact in floats."""
    for name in ("Q8", "pg mod 3 regular"):
        G, draw = space(name).group, Draw(name, batch, op)
        f, d = (draw(*batch, *G.shape).astype(np.float32) for _ in range(2))
        U = draw.elements(G, 4)
        assert_same(place.take(fast.pool(G, place.give(f), U, op)), reference.pool(G, f, U, op), np.float32)
        gradient = fast.pool_gradient(G, place.give(d), place.give(f), U, op)
        assert_same(place.take(gradient), reference.pool_gradient(G, d, f, U, op), np.float32)
        H = next(H for H in map(G.subgroup, ([g] for g in G)) if len(H) == (4 if name == "Q8" else 6))
        H, op_H = list(reversed(H)), op if name == "Q8" else "max"
        pooled = reference.coset_pool(G, f, H, op_H)
        assert_same(place.take(fast.coset_pool(G, place.give(f), H, op_H)), pooled, np.float32)
        d_H = draw(*pooled.shape).astype(np.float32)
        gradient = fast.coset_pool_gradient(G, place.give(d_H), place.give(f), H, op_H)
        assert_same(place.take(gradient), reference.coset_pool_gradient(G, d_H, f, H, op_H), np.float32)


def test_means_that_are_rounded_are_rounded_once():
    """A third is the quotient of exact integers, in the type of f."""
    G, draw = gcalc.group("S3"), Draw("thirds")
    f, U = draw(4, 6), draw.elements(G, 3)
    sums = reference.pool(G, f, U, "sum")
    for dtype in (np.float32, np.float64):
        assert_same(fast.pool(G, f.astype(dtype), U, "mean"), sums.astype(dtype) / dtype(3), dtype)
    H = G.subgroup([next(g for g in G if len(G.subgroup([g])) == 3)])
    sums = reference.coset_pool(G, f, H, "sum")
    assert_same(fast.coset_pool(G, f.astype(float), H, "mean"), sums / 3, float)


def test_a_gradient_may_be_of_another_type_than_its_input():
    G, draw = gcalc.group("A4"), Draw("types")
    f, d, U = draw(3, 12), draw(3, 12), draw.elements(G, 3)
    expected = reference.pool_gradient(G, d, f, U)
    assert_same(fast.pool_gradient(G, d.astype(np.float32), f, U), expected, np.float32)
    assert_same(fast.pool_gradient(G, d.astype(np.int8), f.astype(float), U), expected, np.int64)


def test_equal_maxima_are_decided_by_the_order_of_the_set():
    C3 = gcalc.group("C3")
    d, f = [1, 10, 100], [7, 7, 7]
    assert_same(fast.pool_gradient(C3, d, f, [0, 1]), [1, 10, 100], np.int64)
    assert_same(fast.pool_gradient(C3, d, f, [1, 0]), [100, 1, 10], np.int64)
    assert_same(fast.coset_pool_gradient(C3, [5], f, [2, 1, 0]), [0, 0, 5], np.int64)
    assert_same(fast.coset_pool_gradient(C3, [5], f, [1, 1, 2, 0, 2]), [0, 5, 0], np.int64)


@pytest.mark.parametrize("name", ["S3", "Q8", "pgg mod 2 regular"])
def test_the_gradient_of_a_maximum_commutes_with_translations_also_where_maxima_are_equal(name):
    X, draw = space(name), Draw("equivariance", name)
    G, L = X.group, fast.left_translate
    f, d, U = values(draw, G.shape, "ties"), draw(*G.shape), draw.elements(G, 3)
    gradient = fast.pool_gradient(G, d, f, U)
    for u in G.generators:
        assert_same(fast.pool_gradient(G, L(X, u, d), L(X, u, f), U), L(X, u, gradient), np.int64)


def test_large_integers_are_compared_and_added_exactly():
    C2 = gcalc.group("C2")
    f = [2**62, 2**62 - 1]
    assert_same(fast.pool(C2, f, [0, 1]), [2**62] * 2, np.int64)
    assert_same(fast.pool(C2, f[1:] * 2, [0, 1], "sum"), [2**63 - 2] * 2, np.int64)
    assert_same(fast.pool_gradient(C2, [1, 10], f, [1, 0]), [11, 0], np.int64)


C3, S3 = gcalc.group("C3"), gcalc.group("S3")
SHARED = {
    "a space": lambda m: m.pool(C3.regular, [1, 2, 3], [0]),
    "a name": lambda m: m.coset_pool("C3", [1, 2, 3], [0]),
    "a foreign element": lambda m: m.pool(C3, [1, 2, 3], [0, 7]),
    "nothing": lambda m: m.pool(C3, [1, 2, 3], []),
    "an element twice": lambda m: m.pool(C3, [1, 2, 3], [0, 1, 0]),
    "no iterable": lambda m: m.pool(C3, [1, 2, 3], 1),
    "no iterable of cosets": lambda m: m.coset_pool(C3, [1, 2, 3], 1),
    "an unknown operation": lambda m: m.pool(C3, [1, 2, 3], [0], "min"),
    "an unknown operation of a gradient": lambda m: m.coset_pool_gradient(
        C3, [1, 2, 3], [1, 2, 3], [0], "min"
    ),
    "an open set": lambda m: m.coset_pool(C3, [1, 2, 3], [0, 1]),
    "an open set of a gradient": lambda m: m.coset_pool_gradient(C3, [1, 2, 3], [1, 2, 3], [0, 1]),
    "an empty set": lambda m: m.coset_pool(C3, [1, 2, 3], []),
    "a foreign member": lambda m: m.coset_pool(C3, [1, 2, 3], [0, 9]),
    "another shape": lambda m: m.pool(C3, [1, 2], [0]),
    "d on another space": lambda m: m.coset_pool_gradient(C3, [1, 2], [1, 2, 3], [0, 1, 2]),
    "leading axes that differ": lambda m: m.pool_gradient(C3, [[1, 2, 3]], [1, 2, 3], [0]),
    "not a number": lambda m: m.pool(C3, [1, float("inf"), 3.0], [0]),
}


@pytest.mark.parametrize("call", SHARED.values(), ids=SHARED.keys())
def test_what_the_reference_refuses_is_refused_with_its_words(call):
    refused_alike(call)


OWN = {
    "the mean of integers": (
        lambda: fast.pool(C3, [1, 2, 3], [0, 1], "mean"),
        errors.UnsupportedError,
        "the mean of integers is a fraction; use gcalc.reference, or convert f to floats",
    ),
    "the mean of integers in a gradient": (
        lambda: fast.coset_pool_gradient(C3, [1, 2, 3], [1.0, 2, 3], [0], "mean"),
        errors.UnsupportedError,
        "the mean of integers is a fraction; use gcalc.reference, or convert d to floats",
    ),
    "a sum beyond int64": (
        lambda: fast.pool(C3, [2**62, 0, 1], [0, 1], "sum"),
        errors.ExactnessError,
        "a sum of 2 integers up to 4611686018427387904 in f may be beyond int64; keep them at most "
        "4611686018427387903, or use gcalc.reference",
    ),
    "a gradient beyond int64": (
        lambda: fast.pool_gradient(C3, [2**62, 0, 1], [1, 2, 3], [0, 1]),
        errors.ExactnessError,
        "a sum of 2 integers up to 4611686018427387904 in d may be beyond int64",
    ),
    "an infinite group": (
        lambda: fast.pool(gcalc.group("p4"), {}, []),
        errors.UnsupportedError,
        "p4 is infinite, and gcalc.fast takes finite groups and windows; use gcalc.reference, or a quotient",
    ),
    "two libraries": (
        lambda: fast.pool_gradient(C3, np.ones(3), TORCH.give(np.ones(3)), [0]),
        errors.UsageError,
        "the arrays are of several libraries, numpy, torch",
    ),
    "two devices": (
        lambda: fast.coset_pool_gradient(C3, STRICT[1].give(np.ones(3)), STRICT[2].give(np.ones(3)), [0]),
        errors.UsageError,
        "the arrays are on several devices",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), OWN.values(), ids=OWN.keys())
def test_refusals(call, error, message):
    with pytest.raises(error, match=re.escape(message)) as caught:
        call()
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)
