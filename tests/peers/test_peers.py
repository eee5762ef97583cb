"""Layers as GrouPy writes them come out as the page has them; escnn's are checked where escnn is installed."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="the extra torch is not installed")

from .checked import PAGE, checked, groupy, row  # noqa: E402

LAYERS = {name: (make, declared) for name, make, declared in groupy()}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_of_groupys_is_what_the_page_says(name):
    line = next(line for line in PAGE.read_text().splitlines() if line.startswith(f"| {name} |"))
    assert row(name, *LAYERS[name]) == line


def test_a_strided_lift_keeps_p4_on_the_plane():
    report, _ = checked(*LAYERS["P4ConvZ2, stride 2"])
    assert report.domains["plane"].lattice == [[2, 0], [0, 2]]
    assert report.diagnosis[0].code == "stride"
