"""Every wrong variant of the fast path is caught by verify's reading `fast`, in the rows that use what is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import gcalc
from gcalc import fast, reference
from gcalc.verify import PROFILES, comparison, fast_reading
from gcalc.verify.backends import named
from gcalc.verify.crossvalidation import bilinear_cases

from .fast_variants import DEFINITIONS, VARIANTS, forget

FLOATS = "/float32"
ALL = ("", "/tables", "/direct", "/fourier", "/winograd")
FILTERED = ("", "/direct", "/winograd")
"""What reads the index of the filter transformation; the fast path's own choice, "", is exact on integers."""

CAUGHT = {
    "box_images_take_s_for_its_inverse": (*FILTERED, "/winograd/float32", "/direct/float32"),
    "point_axis_index_is_transposed": FILTERED,
    "even_boxes_turn_as_arrays": (
        *("", "/direct", "/fourier", "/fourier/float32", "/winograd", "/winograd/float32", "/direct/float32"),
    ),
    "filter_index_overflows": FILTERED,
    "gather_reads_the_forward_index": ("",),
    "scatter_loses_updates": ("",),
    "selection_has_a_one_where_nothing_is_read": ("",),
    "zero_boundary_wraps": ("", "/direct", "/direct/float32"),
    "valid_starts_with_the_first_orientation": ("",),
    "valid_starts_of_the_inverse_orientation": ("",),
    "stride_starts_at_its_end": ("",),
    "strided_gradient_repeats_its_entries": ("",),
    "tables_read_the_inverse_rows": ("", "/tables", "/tables/float32"),
    "tables_forget_the_flip": ("", "/tables"),
    "tables_lose_the_last_block": ("/tables",),
    "convolution_takes_b_for_its_involution": ("",),
    "left_translation_by_u_for_its_inverse": ("",),
    "own_filters_divide_on_the_other_side": ("",),
    "own_filters_are_of_the_first_case": ("",),
    "direct_misses_a_channel": ("", "/direct", "/direct/float32"),
    "filter_gradient_sums_an_example_twice": ("", "/direct", "/direct/float32"),
    "threads_lose_a_sum": ("/tables", "/winograd"),
    "threads_write_over_each_other": ("/tables", "/direct", "/fourier", "/winograd"),
    "results_are_buffers": ("",),
    "backward_uses_what_an_older_forward_kept": ("",),
    "plans_are_kept_by_the_shape_of_the_space": ALL,
    "frequencies_have_the_other_sign": ("/fourier", "/fourier/float32"),
    "nyquist_frequency_is_dropped": ("/fourier",),
    "half_plane_counts_twice": ("/fourier", "/fourier/float32"),
    "psi_is_not_conjugated": ("/fourier", "/fourier/float32"),
    "dual_action_is_the_action": ("/fourier",),
    "torus_is_too_small": ("/fourier", "/fourier/float32"),
    "tiles_overlap_by_one_too_many": ("/winograd",),
    "tiles_convolve": ("/winograd", "/winograd/float32"),
    "integers_keep_their_width": ("",),
    "unsigned_integers_are_read_as_signed": ("", "/tables"),
    "integers_are_summed_in_float32": ("", "/tables"),
    "integers_are_summed_in_float64_beyond_its_bound": ("",),
    "floats_are_accumulated_in_half": ("/tables/float32",),
    "gradient_goes_to_the_last_maximiser": ("",),
    "gradient_goes_to_all_maximisers": ("",),
    "cosets_stand_in_another_order": ("",),
    "pooling_over_right_translates": ("",),
    "mean_is_taken_of_the_group": ("",),
}
"""The rows that fail, by what follows "fast.numpy" in their backend; "" is what has no algorithm, or the chosen one."""

EXTENT = replace(PROFILES["default"].fast, outputs=400_000)
PLACES = sorted({(v.law, v.group) for v in VARIANTS.values()})


@cache
def cases(target):
    """The comparisons on a subject, of which the reference's half is made once: no variant changes it."""
    return list(bilinear_cases(target, np.random.default_rng(0)))


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """The fast path keeps nothing from test to test; counterexamples are left as they are found, which is quicker."""
    monkeypatch.setattr(comparison, "minimise", lambda arrays, fails, budget: arrays)
    monkeypatch.setattr(fast_reading, "bilinear_cases", lambda target, random: cases(target))
    forget()
    yield
    monkeypatch.undo()
    forget()


def read(law, group):
    """The rows of the reading on NumPy's arrays, by what follows the backend's name."""
    (numpy_arrays, *_) = named("fast")
    checks = fast_reading.fast(gcalc.laws()[law], group, numpy_arrays, 0, EXTENT, {})
    return {check.backend.removeprefix("fast.numpy"): check for check in checks}


def test_there_are_many_and_each_has_a_place():
    assert len(VARIANTS) >= 25
    assert CAUGHT.keys() == VARIANTS.keys()
    assert all(
        variant.fault and rows for variant, rows in zip(VARIANTS.values(), CAUGHT.values(), strict=True)
    )
    assert len({variant.fault for variant in VARIANTS.values()}) == len(VARIANTS)


@pytest.mark.parametrize(("law", "group"), PLACES)
def test_the_fast_path_itself_passes_where_the_variants_fail(law, group):
    rows = read(law, group)
    assert rows
    assert all(check.cases for check in rows.values())
    assert {str(check.verdict) for check in rows.values()} <= {"EXACT", "BOUNDED", "PROBABILISTIC"}


@pytest.mark.parametrize("id", CAUGHT)
def test_a_variant_is_caught_by(id, monkeypatch):
    variant = VARIANTS[id]
    variant.patch(monkeypatch)
    if variant.before:
        read(variant.law, variant.before)
    rows = read(variant.law, variant.group)
    failed = {name: check for name, check in rows.items() if check.verdict == "FAILED"}
    assert set(failed) == set(CAUGHT[id])
    for check in failed.values():
        assert check.counterexample.left != check.counterexample.right
        assert check.counterexample.group == check.group == variant.group
        assert check.law == variant.law


@pytest.mark.parametrize(
    "id", ["direct_misses_a_channel", "stride_starts_at_its_end", "scatter_loses_updates"]
)
def test_the_command_line_finds_it_too(id, monkeypatch):
    variant = VARIANTS[id]
    variant.patch(monkeypatch)
    report = gcalc.verify.verify(
        laws=[variant.law], groups=[variant.group], readings=["fast"], profile="smoke"
    )
    assert report.exit_code() == 1
    for check in report.failures:
        assert check.reproduction == (
            f"gcalc verify --law {variant.law} --reading fast --profile smoke "
            f'--group "{variant.group}" --backend fast.numpy --seed 0'
        )


# ---- what hides a fault ----------------------------------------


def failing(id, group, monkeypatch, law=DEFINITIONS):
    forget()
    with monkeypatch.context() as patched:
        VARIANTS[id].patch(patched)
        rows = read(law, group)
    return {name for name, check in rows.items() if check.verdict == "FAILED"}


def test_small_shapes_hide_what_threads_lose(monkeypatch):
    """On p4 mod 3 no sum is cut, so only Freivalds' check on larger shapes shows it."""
    assert failing("threads_lose_a_sum", "p4 mod 3", monkeypatch) == set()
    assert failing("threads_lose_a_sum", "p4m mod 6", monkeypatch) == {"/tables", "/winograd"}


def test_an_odd_torus_hides_the_nyquist_frequency(monkeypatch):
    assert failing("nyquist_frequency_is_dropped", "p4m mod 3", monkeypatch) == set()


def test_orthogonal_matrices_hide_the_dual_action(monkeypatch):
    """ρ⁻ᵀ is ρ for signed permutations: it is seen on hexagonal groups only."""
    assert failing("dual_action_is_the_action", "p4 mod 3", monkeypatch) == set()
    assert "/fourier" in failing("dual_action_is_the_action", "p6 mod 2", monkeypatch)


def test_involutions_hide_an_inverse(monkeypatch):
    """u = u⁻¹ for the translations of S3 by a transposition; all six elements are read for that."""
    X, f = gcalc.group("S3").regular, np.arange(6)
    hidden = [u for u in X.group if X.group.inverse(u) == u]
    assert len(hidden) == 4
    VARIANTS["left_translation_by_u_for_its_inverse"].patch(monkeypatch)
    assert all((fast.left_translate(X, u, f) == reference.left_translate(X, u, f)).all() for u in hidden)
