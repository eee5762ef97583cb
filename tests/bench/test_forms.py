"""The forms of the gradient of filter transformation are judged by its sum; a wrong one is found."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.bench import forms
from gcalc.bench.race import race
from gcalc.bench.shape import Shape
from gcalc.errors import UsageError

LAYERS = [forms.layer(Shape(1, 2, group, 5, k)) for group in ("p1", "p4", "p4m") for k in (1, 3)]


def run(layer):
    return race({layer.name: layer}, forms.entries(), forms.judge, tasks=forms.TASKS, rounds=1, threads=1)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_every_form_is_right_or_its_library_absent(layer):
    for row in run(layer):
        assert row.verdict == ("EXACT" if "NumPy" in row.name or "torch" in sys.modules else "NOT_TESTED")


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_the_sum_that_judges_is_the_references(layer):
    k = layer.shape.box
    X = gcalc.window(layer.shape.group, k, k).regular
    right = reference.filter_transform_gradient(X, layer.d.astype(int), filter_shape=(k, k))
    assert forms.judge(layer, {}, {"a": right})["a"].verdict == "EXACT"


@pytest.mark.parametrize("fault", ["one entry", "P in another order", "axes"])
def test_a_wrong_form_is_failed(fault, monkeypatch):
    right = forms.filter_transform_gradient

    def wrong(X, d, box, form):
        found = np.array(right(X, d, box, form=form))
        if form == "scatter" and fault == "one entry":
            found[0, 1, 0, 0, 0] += 1
        if form == "scatter" and fault == "P in another order":
            return np.flip(found, axis=2)
        return found[:1] if form == "scatter" and fault == "axes" else found

    monkeypatch.setattr(forms, "filter_transform_gradient", wrong)
    rows = {row.name: row for row in run(forms.layer(Shape(1, 2, "p4", 5, 3)))}
    assert rows["gather (NumPy)"].verdict == "EXACT"
    assert rows["scatter (NumPy)"].verdict == "FAILED"
    assert rows["scatter (NumPy)"].seconds == {}


def test_a_box_that_does_not_turn_into_itself_is_refused():
    with pytest.raises(UsageError, match="another box"):
        forms.layer(Shape(1, 2, "p6", 5, 3))
