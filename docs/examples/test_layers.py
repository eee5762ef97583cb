"""Tests of the layers: assertions, a wanted loss that is pinned, a test for each check."""

# ruff: noqa: D103 - tests say by their names what they test

import numpy as np
from layers import broken, correlate, lift

from gcalc.testing import assert_equivariant, assert_matches_reference, parametrize_with_checks

MAPS = {"group": "p4", "input": "b j x y", "output": "b (k g) x y", "sizes": {"j": 2, "x": [8, 9], "y": 9}}


def test_lift():
    assert_equivariant(lift, **MAPS)


def test_stride_loses_all_rotations_on_even_maps():
    even = {**MAPS, "sizes": {"j": 2, "x": 8, "y": 8}}
    assert_equivariant(lambda f: lift(f)[..., ::2, ::2], **even, expect="p1")


def test_lift_is_the_correlation():
    assert_matches_reference(
        lambda f, psi: np.stack([correlate(f, np.rot90(psi, s, (2, 3))) for s in range(4)], axis=2),
        group="p4",
        input=("b j x y", "inert k j p q"),
        output="b k g x y",
        sizes={"j": 2, "k": 3, "p": 3, "q": 3, "x": 7, "y": 7},
        operator="correlate",
        filters=1,
    )


@parametrize_with_checks(
    {"lift": (lift, MAPS), "broken": (broken, MAPS)},
    expected_failed_checks={
        "broken-window": "the last filter is turned by r for r³",
        "broken-transport": "the same",
        "broken-plane": "the same",
    },
)
def test_layers(layer, check):
    check(layer)
