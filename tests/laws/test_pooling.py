"""Pooling: over cosets, subsampled, and its gradients; what is said of maxima has no proof and is shown here."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

import gcalc
from gcalc import reference

from ..reference.cases import Draw, assert_equal


def subsets(G, sizes):
    return [U for n in sizes for U in combinations(G.elements, n)]


def translate(G, g, U):
    """The set gU, as indices."""
    return frozenset(G.index(G.multiply(g, u)) for u in U)


@pytest.mark.parametrize("name", ["S3", "D4"])
@pytest.mark.parametrize("op", ["max", "sum", "mean"])
def test_coset_pooling_is_pooling_with_a_subgroup(name, op):
    G = gcalc.group(name)
    f = Draw("cosets", name, op)(2, G.order)
    for H in G.subgroups():
        pooled, on_cosets = reference.pool(G, f, H, op), reference.coset_pool(G, f, H, op)
        for n, coset in enumerate(G.cosets(H)):
            for g in coset:
                assert_equal(pooled[:, G.index(g)], on_cosets[:, n])


def exists(before, after):
    """Whether some map takes row n of `before` to row n of `after` for all n."""
    image = {}
    return all(
        image.setdefault(tuple(b), tuple(a)) == tuple(a)
        for b, a in zip(before.tolist(), after.tolist(), strict=True)
    )


def binary(G):
    """All functions with values 0 and 1: these decide what a maximum depends on."""
    return np.array(list(np.ndindex(*(2,) * G.order)))


@pytest.mark.parametrize(("name", "sizes"), [("C4", range(1, 5)), ("S3", range(1, 7)), ("Q8", (1, 2))])
def test_subsampled_max_pooling_has_a_map_iff_u_permutes_the_windows(name, sizes):
    """(P f)|_H decides (P L_u f)|_H for all f iff u permutes {hU : h ∈ H}."""
    G = gcalc.group(name)
    images, seen = binary(G), set()
    moved = {u: reference.left_translate(G.regular, u, images) for u in G}
    for U in subsets(G, sizes):
        pooled, pooled_moved = reference.pool(G, images, U), {}
        for H in G.subgroups():
            kept = [G.index(h) for h in H]
            windows = {translate(G, h, U) for h in H}
            for u in G:
                if u not in pooled_moved:
                    pooled_moved[u] = reference.pool(G, moved[u], U)
                permutes = {translate(G, G.multiply(u, h), U) for h in H} == windows
                assert exists(pooled[:, kept], pooled_moved[u][:, kept]) == permutes
                assert permutes or u not in H
                if len(U) == 1 and G.identity in U:
                    assert permutes == (u in H)
                seen.add((u in H, permutes))
    assert seen == {(True, True), (False, True), (False, False)}


def max_pool_gradient(G, D, f, U, order):
    """D(g) goes to the first maximiser of f over gU, in the order that is given."""
    gradient = np.zeros_like(D)
    for g in G:
        window = [G.index(G.multiply(g, u)) for u in U]
        candidates = sorted(window) if order == "array" else window
        gradient[max(candidates, key=lambda x: f[x])] += D[G.index(g)]
    return gradient


@pytest.mark.parametrize("name", ["C3", "S3", "D4", "Q8"])
def test_the_first_maximiser_in_the_order_of_the_subset_is_equivariant(name):
    G = gcalc.group(name)
    draw = Draw("maximiser", name)
    for n in (2, 3):
        U = draw.elements(G, n)
        f, D = draw(G.order) // 5, draw(G.order)
        gradient = max_pool_gradient(G, D, f, U, "subset")
        for u in G:
            moved_D, moved_f = (reference.left_translate(G.regular, u, a) for a in (D, f))
            expected = reference.left_translate(G.regular, u, gradient)
            assert_equal(max_pool_gradient(G, moved_D, moved_f, U, "subset"), expected)


def test_the_first_maximiser_in_the_order_of_the_array_is_not():
    """On C3 with U = {0, 1}, f = 0 and D = δ_2: the window {2, 0} of 2 begins with 0 in the array."""
    G = gcalc.group("C3")
    f, D = np.array([0, 0, 0]), np.array([0, 0, 1])
    moved = reference.left_translate(G.regular, 1, D)
    assert max_pool_gradient(G, D, f, [0, 1], "array").tolist() == [1, 0, 0]
    assert max_pool_gradient(G, moved, f, [0, 1], "array").tolist() == [1, 0, 0]
    assert reference.left_translate(G.regular, 1, np.array([1, 0, 0])).tolist() == [0, 1, 0]
    assert max_pool_gradient(G, D, f, [0, 1], "subset").tolist() == [0, 0, 1]


@pytest.mark.parametrize("name", ["C3", "S3", "D4"])
def test_the_gradient_of_max_pooling_is_a_difference_where_there_are_no_ties(name):
    """Values are 2 apart, so a step of 1 changes no maximiser and the difference quotient is exact."""
    G = gcalc.group(name)
    draw = Draw("difference", name)
    U, f, D = draw.elements(G, 3), 2 * draw.distinct(G.order), draw(G.order)
    steps = f + np.eye(G.order, dtype=np.int64)
    differences = (reference.pool(G, steps, U) - reference.pool(G, f, U)) @ D
    assert_equal(max_pool_gradient(G, D, f, U, "subset"), differences)


@pytest.mark.parametrize("name", ["C3", "S3", "D4", "Q8"])
def test_the_gradient_of_sum_pooling_is_a_sum_over_the_inverses(name):
    """dL/df(x) = Σ_{u ∈ U} D(x u⁻¹): the transpose of the matrix of pooling; the mean's is 1/|U| of it."""
    G = gcalc.group(name)
    draw = Draw("sum pool", name)
    U, D = draw.elements(G, 3), draw(G.order)
    pooled_units = np.eye(G.order, dtype=np.int64)
    expected = reference.pool(G, pooled_units, U, "sum") @ D
    inverses = [G.inverse(u) for u in U]
    assert_equal(reference.pool(G, D, inverses, "sum"), expected)
    assert_equal(reference.pool(G, pooled_units, U, "mean") @ D * len(U), expected)
