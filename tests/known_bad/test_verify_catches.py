"""Every variant of the zoo is caught by verify, and by which laws; abelian groups, free actions and N = 2 hide some."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.verify import Backend, verify
from gcalc.verify.backends import OPERATORS
from gcalc.verify.subjects import Subject, subject

from .reference_variants import ABELIAN_BLIND, FREE_BLIND, VARIANTS, overridden

CORRELATION = ("eq1", "eq3", "eq6", "g_correlation_equivariance", "group_algebra_calculus")
TURNS = ("filter_transform_adjoint", "permutation_matrix")
WINDOW = ("p4m 4x3", ("g_correlation_equivariance",))

CAUGHT = {
    "left_translate_is_the_identity": (
        "S3",
        ("coset_pooling", "eq1", "eq2", "g_correlation_equivariance", "group_algebra_calculus"),
    ),
    "left_translate_by_u_for_its_inverse": (
        "S3",
        ("coset_pooling", "eq1", "eq2", "g_correlation_equivariance", "group_algebra_calculus"),
    ),
    "left_translate_acts_on_the_right": (
        "S3",
        ("coset_pooling", "eq2", "g_correlation_equivariance", "group_algebra_calculus"),
    ),
    "left_translate_off_the_windows_centre": WINDOW,
    "correlate_convolves": ("S3", CORRELATION),
    "correlate_with_g_for_its_inverse": ("S3", CORRELATION),
    "correlate_drops_a_term": ("S3", CORRELATION),
    "correlate_reads_the_first_channel_only": ("S3", CORRELATION),
    "correlate_swaps_filter_and_channel": ("S3", CORRELATION),
    "correlate_reverses_the_channels": ("S3", CORRELATION),
    "correlate_off_by_one_in_the_window": WINDOW,
    "correlate_turns_even_boxes_as_arrays": WINDOW,
    "correlate_is_zero": ("S3", CORRELATION),
    "correlate_is_constant": ("S3", CORRELATION),
    "correlate_ignores_the_filters": ("S3", CORRELATION),
    "correlate_ignores_the_input": ("S3", CORRELATION),
    "correlate_sums_over_the_group": (
        "S3",
        ("eq3", "eq6", "g_correlation_equivariance", "group_algebra_calculus"),
    ),
    "convolve_correlates": ("S3", ("eq6", "group_algebra_calculus")),
    "convolve_swaps_its_factors": ("S3", ("eq6", "group_algebra_calculus")),
    "involution_is_the_identity": ("S3", ("eq3", "eq6", "group_algebra_calculus")),
    "pool_over_right_translates": ("S3", ("coset_pooling", "eq2")),
    "pool_drops_an_element": ("S3", ("coset_pooling", "eq2")),
    "pool_takes_the_mean_for_the_sum": ("S3", ("coset_pooling", "eq2")),
    "pool_takes_the_minimum": ("S3", ("coset_pooling", "eq2")),
    "input_gradient_as_printed": ("S3", ("eq3", "group_algebra_calculus")),
    "input_gradient_without_the_involution": ("S3", ("eq3", "group_algebra_calculus")),
    "input_gradient_reads_the_first_output_only": ("S3", ("eq3", "group_algebra_calculus")),
    "filter_gradient_as_printed": ("S3", ("eq6",)),
    "filter_gradient_acts_on_the_right": ("S3", ("eq6",)),
    "filter_gradient_forgets_the_batch": ("S3", ("eq6",)),
    "filter_gradient_counts_each_image_once": ("S3", ("eq6",)),
    "coset_pool_over_right_cosets": ("S3", ("coset_pooling",)),
    "coset_pool_reads_the_representative": ("S3", ("coset_pooling",)),
    "filter_transform_by_s_for_its_inverse": ("p4 mod 3", TURNS),
    "filter_transform_leaves_t": ("p4 mod 3", TURNS),
    "filter_transform_leaves_z": ("p4 mod 3", TURNS),
    "filter_transform_gradient_overwrites": ("p4 mod 3", TURNS),
    "filter_transform_gradient_gathers_with_the_forward_index": ("p4 mod 3", TURNS),
}
"""A group, and all the laws that catch the variant there. The points of S3/C2 have stabilizers."""

DEFINITIONS = "operators_are_sums"
LAWS = (*CORRELATION, *TURNS, "eq2", "coset_pooling")
"""The laws that are asked: a few for every operator."""


def implementation(id):
    """The reference with one operator replaced."""
    operators = overridden(id)
    return Backend("reference", {name: getattr(operators, name) for name in OPERATORS}, symbolic=True)


@cache
def readers(operator):
    """The laws that say something about an operator, beside its definition: no other can catch a fault of it."""
    return tuple(
        id
        for id in sorted(set(LAWS))
        if any(operator in c.symbols.operators for c in gcalc.laws()[id].claims)
    )


def catching(id, *groups, laws=None, reading="exact", **more):
    """The laws that fail, and the report."""
    laws = readers(VARIANTS[id].operator) if laws is None else laws
    report = verify(laws=laws, groups=groups, readings=[reading], backend=implementation(id), **more)
    return tuple(sorted({check.law for check in report.failures})), report


def test_every_variant_has_a_place():
    assert CAUGHT.keys() == VARIANTS.keys()
    assert len(CAUGHT) >= 15


@pytest.mark.parametrize("id", CAUGHT)
def test_a_variant_is_caught_by(id):
    group, laws = CAUGHT[id]
    failed, report = catching(id, group)
    assert failed == laws
    for check in report.failures:
        example = check.counterexample
        assert check.group == example.group == group
        assert example.left != example.right
        assert set(example.shapes) == set(example.inputs)
        assert f"laws=['{check.law}'], readings=['exact']" in check.reproduction


@pytest.mark.parametrize("id", CAUGHT)
def test_the_definition_of_the_operator_catches_a_variant(id):
    failed, _ = catching(id, CAUGHT[id][0], laws=[DEFINITIONS])
    expected = () if CAUGHT[id] == WINDOW and VARIANTS[id].operator == "left_translate" else (DEFINITIONS,)
    assert failed == expected


@pytest.mark.parametrize("group", ["S3", "p4m 4x3"])
def test_the_reference_itself_passes_where_the_variants_fail(group):
    report = verify(groups=[group], readings=["exact"])
    assert not report.failures
    assert report.exit_code() == 0


@pytest.mark.slow
def test_the_reference_itself_passes_on_p4_mod_3():
    report = verify(groups=["p4 mod 3"], laws=TURNS, readings=["exact"])
    assert [check.verdict for check in report.checks] == ["EXACT"] * len(TURNS)


# ---- what hides a fault ----------------------------------------

ABELIAN = ("C2", "C3", "C2xC2", "C5")


@pytest.mark.parametrize("id", ABELIAN_BLIND)
def test_abelian_groups_acting_on_themselves_hide(id):
    failed, report = catching(id, *ABELIAN)
    assert failed == ()
    assert any(check.verdict == "EXACT" for check in report.checks)
    assert all(subject(name).group.is_abelian for name in ABELIAN)


@pytest.mark.parametrize("id", ABELIAN_BLIND)
def test_p4_mod_3_shows_what_abelian_groups_hide(id):
    first = "eq6" if id == "filter_gradient_acts_on_the_right" else CAUGHT[id][1][-1]
    failed, _ = catching(id, "p4 mod 3", laws=[first])
    assert failed == (first,)


@pytest.mark.parametrize("id", FREE_BLIND)
def test_free_actions_hide(id, monkeypatch):
    S3 = gcalc.group("S3")
    free = Subject("S3", S3, (S3.regular, S3.cosets([S3.identity])), subject("S3").planar)
    assert all(space.is_free for space in free.spaces)
    monkeypatch.setattr("gcalc.verify.campaign.subject", lambda name: free)
    assert catching(id, "S3")[0] == ()
    monkeypatch.undo()
    spaces = subject("S3").spaces
    assert not all(space.is_free for space in spaces)
    assert catching(id, "S3")[0] == CAUGHT[id][1]


def test_modulo_2_the_grid_hides_what_takes_s_for_its_inverse():
    """s and s⁻¹ of C4 act alike on Z_2²: the fault is none on the grid modulo 2, and is one modulo 3."""
    Q = gcalc.group("p4").quotient(2)
    id = "filter_transform_by_s_for_its_inverse"
    psi = np.arange(4).reshape(1, 1, 2, 2)
    assert (VARIANTS[id].function(Q.grid, psi) == reference.filter_transform(Q.grid, psi)).all()
    wider = gcalc.group("p4").quotient(3).grid
    psi = np.arange(9).reshape(1, 1, 3, 3)
    assert (VARIANTS[id].function(wider, psi) != reference.filter_transform(wider, psi)).any()


def test_modulo_2_eq1_does_not_tell_u_from_its_inverse():
    id = "left_translate_by_u_for_its_inverse"
    assert catching(id, "p4 mod 2", laws=["eq1"])[0] == ()
    assert catching(id, "p4 mod 3", laws=["eq1"])[0] == ("eq1",)


# ---- the property reading ----------------------------------------

PROPERTY = {
    "left_translate_is_the_identity": ("eq2", "C2"),
    "left_translate_by_u_for_its_inverse": ("eq2", "C3"),
    "correlate_with_g_for_its_inverse": ("eq3", "C3"),
    "correlate_drops_a_term": ("g_correlation_equivariance", "C1"),
    "correlate_reads_the_first_channel_only": ("g_correlation_equivariance", "C1"),
    "correlate_ignores_the_filters": ("g_correlation_equivariance", "C1"),
    "correlate_is_zero": ("eq3", "C1"),
    "correlate_is_constant": ("g_correlation_equivariance", "C1"),
    "pool_over_right_translates": ("eq2", "S3"),
    "pool_drops_an_element": ("eq2", "C2"),
    "input_gradient_as_printed": ("eq3", "C2"),
    "filter_gradient_as_printed": ("eq6", "C3"),
    "filter_gradient_acts_on_the_right": ("eq6", "S3"),
    "filter_transform_gradient_overwrites": ("filter_transform_adjoint", "p2 mod 2"),
}
"""A law that finds the variant, and the smallest group on which it differs."""

RARE = {
    "left_translate_acts_on_the_right": ("group_algebra_calculus", "S3"),
    "convolve_swaps_its_factors": ("group_algebra_calculus", "S3"),
    "involution_is_the_identity": ("group_algebra_calculus", "C3"),
}
"""Faults that few values of u and x show."""


def assert_found(id, law, group):
    failed, report = catching(id, laws=[law], reading="property")
    assert failed == (law,)
    example = report.failures[0].counterexample
    assert sum(map(len, example.inputs.values())) <= 4
    assert example.group == group


@pytest.mark.parametrize("id", PROPERTY)
def test_the_property_reading_finds_the_smallest_group_and_at_most_four_entries(id):
    assert_found(id, *PROPERTY[id])


@pytest.mark.parametrize("id", RARE)
def test_the_property_reading_finds_the_smallest_group_of_a_rare_fault(id):
    assert_found(id, *RARE[id])
