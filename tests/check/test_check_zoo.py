"""The zoo of layers: right ones raise no alarm, broken ones get the verdict, the symmetry and the code that hold."""

from __future__ import annotations

import pytest

from gcalc.check import check_equivariance
from tests.known_bad.layers import BROKEN, RIGHT, TORCH

UNNAMED = {
    "coset_pool_over_the_wrong_axis": "unexplained",
    "group_norm_across_fields": "unexplained",
    "filters_turn_and_orientations_stay": "unexplained",
    "filters_turn_by_the_inverse": "unexplained",
    "attention_with_positions": "unexplained",
    "head_that_flattens": "unexplained",
}
"""Broken inside a net, so that the output as a whole shows no convention: caught, and said to be unexplained."""


def each(layers):
    """Their names, marked with what they are written in."""
    marks = {"torch": (pytest.mark.torch,), "numpy": ()}
    return [pytest.param(name, marks=marks[layer.framework]) for name, layer in layers.items()]


CONVENTIONS = {name: layer for name, layer in BROKEN.items() if layer.verdict == "CONVENTION"}


@pytest.fixture(autouse=True)
def _one_thread():
    """Small layers are slowed down by threads that wait for each other."""
    if not TORCH:
        yield
        return
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("name", each(RIGHT))
def test_a_right_layer_raises_no_alarm(name):
    layer = RIGHT[name]
    report = check_equivariance(layer.make(), **layer.declaration)
    failed = [c for c in report.checks if str(c.verdict) in ("FAILED", "INCONCLUSIVE", "CONVENTION")]
    assert not failed
    assert report.passed
    assert not report.diagnosis
    assert not report.symmetry.generators or report.symmetry.closed


@pytest.mark.parametrize("name", each(BROKEN))
def test_a_broken_layer_is_named_for_what_it_is(name):
    layer = BROKEN[name]
    report = check_equivariance(layer.make(), **layer.declaration)
    assert report.verdict == layer.verdict
    if layer.found is not None:
        assert report.domains[layer.domain].name == layer.found
    codes = (layer.code, *layer.also, UNNAMED.get(name))
    assert report.diagnosis, "no diagnosis"
    assert report.diagnosis[0].code in codes


@pytest.mark.parametrize("name", each(CONVENTIONS))
def test_the_declaration_that_is_told_passes(name):
    layer = BROKEN[name]
    report = check_equivariance(layer.make(), **layer.declaration)
    told = next((f.passes for f in report.diagnosis if f.passes), None)
    if told is None:
        assert layer.code == "convolution"
        return
    words = {**layer.declaration, **layer.mended}
    assert check_equivariance(layer.make(), **words).passed
