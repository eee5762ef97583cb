"""Every wrong variant of the reference differs from it, and where it first does; what hides it."""

from __future__ import annotations

from functools import cache
from inspect import signature

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.spaces import window
from gcalc.verify.backends import OPERATORS

from .reference_variants import ABELIAN_BLIND, FREE_BLIND, VARIANTS, overridden

ABELIAN = ["C1", "C2", "C3", "C4", "C2xC2", "C5", "C6", "C7", "C8", "C2xC4", "C2xC2xC2"]
FINITE = ["C1", "C2", "C3", "C4", "C2xC2", "C5", "C6", "S3", "D4", "Q8"]
PLANE = [("p1", 2), ("p2", 2), ("p1", 3), ("p4", 2), ("p2", 3), ("p4", 3), ("p4m", 3)]
PIXELS = [("p1", 2, 2), ("p2", 2, 3), ("p4", 3, 3), ("p4", 4, 4), ("p4m", 4, 3)]


@cache
def spaces():
    """The ladder of spaces that are tried, each kind from small to large, with a filter and a boundary."""
    ladder = {}
    for name in FINITE:
        G = gcalc.group(name)
        ladder[name] = (G.regular, "full", "periodic")
        for H in G.subgroups()[1:]:
            ladder[f"{name}/{len(H)}"] = (G.cosets(H), "full", "periodic")
    for name, N in PLANE:
        Q = gcalc.group(name).quotient(N)
        for kind in ("grid", "regular"):
            ladder[f"{name} mod {N} {kind}"] = (getattr(Q, kind), "full", "periodic")
            for k in (2, 3)[: N - 1]:
                ladder[f"{name} mod {N} {kind}, box {k}"] = (getattr(Q, kind), k, "periodic")
    for name, rows, cols in PIXELS:
        W = window(name, rows, cols)
        for kind, X in (("pixels", W), ("pixels × P", W.regular)):
            for k in (1, 2, 3):
                ladder[f"{name} {rows}×{cols} {kind}, box {k}"] = (X, k, "zero")
    return ladder


def values(operator, X, size, boundary, operators, seed):
    """Results of one operator on seeded integers, or nothing where it has no meaning."""
    rng = np.random.default_rng(seed)
    filter = "full" if size == "full" else "box"
    shape = X.shape if filter == "full" else (*X.shape[: int(X.is_regular)], size, size)
    f, psi = rng.integers(1, 10, (2, 2, *X.shape)), rng.integers(1, 10, (3, 2, *shape))
    box = None if filter == "full" else shape
    G, call = X.group, getattr(operators, operator)
    if operator == "left_translate":
        return [call(X, u, f) for u in G]
    if operator == "correlate":
        return [call(X, f, psi, filter, boundary)]
    if operator in ("input_gradient", "filter_gradient"):
        d = rng.integers(1, 10, np.shape(reference.correlate(X, f, psi, filter, boundary)))
        return [call(X, d, psi, filter, boundary) if operator[0] == "i" else call(X, d, f, box, boundary)]
    if operator.startswith("filter_transform"):
        if not (hasattr(X, "point_group") or hasattr(G, "point_group")) or G.shape == X.shape[:-2]:
            return []
        if operator == "filter_transform":
            return [call(X, psi, filter)]
        d = rng.integers(1, 10, np.shape(reference.filter_transform(X, psi, filter)))
        return [call(X, d, box)]
    if not X.is_regular or X.is_window or filter == "box":
        return []
    return group_values(operator, G, call, rng)


def group_values(operator, G, call, rng):
    """Results of an operator that takes a group."""
    a, b = rng.integers(1, 10, (2, *G.shape)), rng.integers(1, 10, (2, *G.shape))
    if operator == "convolve":
        return [call(G, a, b)]
    if operator == "involution":
        return [call(G, a)]
    if operator == "pool":
        U = [G.elements[i] for i in rng.permutation(G.order)[:2]]
        return [call(G, a, U, op) for op in ("max", "sum", "mean")]
    generated = {G.subgroup([g]) for g in G.elements}
    return [call(G, a, H, op) for H in sorted(generated) for op in ("max", "sum", "mean")]


def differs(id, label):
    """Whether a variant gives another result than the reference for one of three seeds."""
    operator = VARIANTS[id].operator
    X, size, boundary = spaces()[label]
    for seed in range(3):
        wrong = values(operator, X, size, boundary, overridden(id), seed)
        right = values(operator, X, size, boundary, reference, seed)
        if any(a.shape != b.shape or (a != b).any() for a, b in zip(wrong, right, strict=True)):
            return True
    return False


FIRST_SEEN = {
    "left_translate_is_the_identity": "C2",
    "left_translate_by_u_for_its_inverse": "C3",
    "left_translate_acts_on_the_right": "S3",
    "left_translate_off_the_windows_centre": "p2 2×3 pixels, box 1",
    "correlate_convolves": "C3",
    "correlate_with_g_for_its_inverse": "C3",
    "correlate_drops_a_term": "C1",
    "correlate_reads_the_first_channel_only": "C1",
    "correlate_swaps_filter_and_channel": "C1",
    "correlate_reverses_the_channels": "C1",
    "correlate_off_by_one_in_the_window": "p1 2×2 pixels, box 1",
    "correlate_turns_even_boxes_as_arrays": "p2 mod 2 grid, box 2",
    "correlate_is_zero": "C1",
    "correlate_is_constant": "C1",
    "correlate_ignores_the_filters": "C1",
    "correlate_ignores_the_input": "C1",
    "correlate_sums_over_the_group": "C2/2",
    "convolve_correlates": "C3",
    "convolve_swaps_its_factors": "S3",
    "involution_is_the_identity": "C3",
    "pool_over_right_translates": "S3",
    "pool_drops_an_element": "C2",
    "pool_takes_the_mean_for_the_sum": "C2",
    "pool_takes_the_minimum": "C2",
    "coset_pool_over_right_cosets": "S3",
    "coset_pool_reads_the_representative": "C2",
    "input_gradient_as_printed": "C2",
    "input_gradient_without_the_involution": "C3",
    "input_gradient_reads_the_first_output_only": "C1",
    "filter_gradient_as_printed": "C3",
    "filter_gradient_acts_on_the_right": "S3",
    "filter_gradient_forgets_the_batch": "C1",
    "filter_gradient_counts_each_image_once": "C2/2",
    "filter_transform_by_s_for_its_inverse": "p4 mod 2 grid, box 2",
    "filter_transform_leaves_t": "p2 mod 2 regular",
    "filter_transform_leaves_z": "p2 mod 2 grid, box 2",
    "filter_transform_gradient_overwrites": "p2 mod 2 grid",
    "filter_transform_gradient_gathers_with_the_forward_index": "p4 mod 2 grid, box 2",
}


def test_the_zoo_is_large_and_its_lists_are_of_members():
    assert len(VARIANTS) >= 18
    assert {variant.operator for variant in VARIANTS.values()} == set(OPERATORS)
    assert FIRST_SEEN.keys() == VARIANTS.keys()
    assert set(ABELIAN_BLIND) | set(FREE_BLIND) <= VARIANTS.keys()
    assert all(variant.fault and variant.id == id for id, variant in VARIANTS.items())


@pytest.mark.parametrize("id", VARIANTS)
def test_a_variant_first_differs_on(id):
    assert next(label for label in spaces() if differs(id, label)) == FIRST_SEEN[id]


@pytest.mark.parametrize("name", ABELIAN)
@pytest.mark.parametrize("id", ABELIAN_BLIND)
def test_abelian_groups_hide(id, name):
    X = gcalc.group(name).regular
    assert X.group.is_abelian
    for seed in range(5):
        wrong = values(VARIANTS[id].operator, X, "full", "periodic", overridden(id), seed)
        right = values(VARIANTS[id].operator, X, "full", "periodic", reference, seed)
        assert wrong
        assert all((a == b).all() for a, b in zip(wrong, right, strict=True))


def test_no_other_variant_is_hidden_by_abelian_groups():
    cyclic = [label for label, (X, *_) in spaces().items() if X.is_regular and X.group.is_abelian]
    for id in VARIANTS.keys() - set(ABELIAN_BLIND) - set(FREE_BLIND):
        assert FIRST_SEEN[id] in cyclic or any(differs(id, label) for label in cyclic) or "window" in id, id


@pytest.mark.parametrize("id", FREE_BLIND)
def test_free_actions_hide(id):
    free = [label for label, (X, size, _) in spaces().items() if size == "full" and X.is_free]
    assert len(free) > 15
    assert not any(differs(id, label) for label in free)
    assert not spaces()[FIRST_SEEN[id]][0].is_free


@pytest.mark.parametrize("id", VARIANTS)
def test_a_variant_overrides_one_operator_with_the_references_signature(id):
    variant, operators = VARIANTS[id], overridden(id)
    for name in reference.__all__:
        assert (getattr(operators, name) is getattr(reference, name)) == (name != variant.operator)
    assert list(signature(variant.function).parameters) == list(
        signature(getattr(reference, variant.operator)).parameters
    )


def test_even_boxes_turned_as_arrays_are_what_rot90_gives():
    W = window("p4m", 4, 3)
    f, psi = np.arange(12).reshape(1, 4, 3), np.array([[[[1, 2], [4, 8]]]])
    y = overridden("correlate_turns_even_boxes_as_arrays").correlate(W, f, psi, "box", "zero")
    padded = np.pad(f[0], [(1, 0), (1, 0)])
    for s in range(8):
        box = np.rot90(np.fliplr(psi[0, 0]) if s >= 4 else psi[0, 0], s % 4)
        for row in range(4):
            for col in range(3):
                assert y[0, s, row, col] == np.sum(padded[row : row + 2, col : col + 2] * box)


def test_a_variant_may_replace_the_operator_in_the_module(monkeypatch):
    for variant in VARIANTS.values():
        monkeypatch.setattr(reference, variant.operator, variant.function)
    X = gcalc.group("S3").regular
    f, psi = np.arange(6).reshape(1, 6), np.arange(6).reshape(1, 1, 6)
    right = overridden("involution_is_the_identity").correlate(X, f, psi)
    assert (reference.left_translate(X, X.group.elements[1], f) != right).any()
    assert right.tolist() == [[sum(f[0, x] * psi[0, 0, row[x]] for x in range(6)) for row in X.inverse_rows]]


def test_infinite_groups_are_left_alone():
    G = gcalc.group("p1")
    t = G.translation((1, 0))
    for id, variant in VARIANTS.items():
        if variant.operator == "left_translate":
            assert overridden(id).left_translate(G.grid, t, {(0, 0): 1}) == {(1, 0): 1}
