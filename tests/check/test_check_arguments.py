"""The arguments of a check beside layer and declaration: each one changes what is found, or is refused in one line."""

from __future__ import annotations

import numpy as np
import pytest

from gcalc.check import check_equivariance
from gcalc.check.grids import declared
from gcalc.check.infer import infer
from gcalc.check.symmetry import names_of_subgroups
from gcalc.errors import TargetError, UsageError
from gcalc.groups.registry import group

MAPS = {"group": "p4", "input": "b x y", "output": "b x y", "sizes": {"x": 9, "y": 9}}


def halved(f):
    return f[:, ::2, ::2]


def chequered(f):
    """Every second diagonal with the other sign: translations by one change it, by two do not."""
    x, y = np.indices(f.shape[1:])
    return f * (-1) ** (x + y)


class Symmetric:
    """Right only while w is the same from both ends."""

    def __init__(self):
        self.w = np.array([1.0, 3.0, 1.0])
        self.parameters = {"w": self.w}

    def __call__(self, f):
        f = np.pad(f, [(0, 0), (1, 1)])
        return sum(w * f[:, i : i + f.shape[1] - 2] for i, w in enumerate(self.parameters["w"]))


LINE = {"group": "pm", "input": "b x", "output": "b x", "sizes": {"x": [8, 9]}}


def plane(report):
    return next(c for c in report.checks if c.check == "plane")


@pytest.mark.parametrize(
    ("stride", "holds"), [(None, True), (2, True), ({"y": 2}, True), (1, False), ({"x": 3}, False)]
)
def test_a_stride_that_is_claimed_is_compared(stride, holds):
    report = check_equivariance(halved, **MAPS, stride=stride)
    assert report.passed is holds
    assert str(plane(report).verdict) == ("EXACT" if holds else "FAILED")
    if not holds:
        assert "stand 2 apart along" in plane(report).reason


@pytest.mark.parametrize(("period", "holds"), [(None, True), (2, True), (4, True), (1, False), (3, False)])
def test_a_period_that_is_claimed_is_tried(period, holds):
    report = check_equivariance(chequered, **MAPS, domain="plane", period=period)
    assert report.passed is holds
    assert holds or "it changes with the place" in plane(report).reason


def test_parameters_that_are_not_free_are_drawn_by_the_user():
    def symmetric(layer, draw):
        w = draw("w", layer.w)
        layer.parameters["w"] = w + w[::-1]

    def asymmetric(layer, draw):
        layer.parameters["w"] = np.array([1.0, 2.0, 3.0])

    assert "training will break it" in " ".join(check_equivariance(Symmetric(), **LINE).notes)
    assert check_equivariance(Symmetric(), **LINE, parameters=symmetric).passed
    assert not check_equivariance(Symmetric(), **LINE, parameters=asymmetric).passed


def test_parameters_of_what_names_none_are_drawn_by_the_user():
    class Hidden(Symmetric):
        def __init__(self):
            self.parameters = None
            self.w = np.array([1.0, 3.0, 1.0])

        def __call__(self, f):
            f = np.pad(f, [(0, 0), (1, 1)])
            return sum(w * f[:, i : i + f.shape[1] - 2] for i, w in enumerate(self.w))

    def asymmetric(layer, draw):
        layer.w = np.array([1.0, 2.0, 3.0])

    assert check_equivariance(Hidden(), **LINE).passed
    report = check_equivariance(Hidden(), **LINE, parameters=asymmetric)
    assert not report.passed
    assert {c.parameters for c in report.checks if c.check == "window"} == {"given", "random"}


def raising(layer, draw):
    raise KeyError("w")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"stride": {"z": 2}}, "stride= names 'z'; the axes of space are x, y"),
        ({"stride": 0}, "stride= is a whole number from 1 on, got 0 for 'x'"),
        ({"domain": "sphere"}, "no domain 'sphere'; there are window, plane, torus"),
        ({"linear": "affine"}, "linear= is True, False, 'linear' or 'bilinear', got 'affine'"),
        ({"parameters": raising}, "parameters= raised KeyError: 'w'"),
        ({"domain": []}, "domain= is one or several of window, plane, torus, got []"),
        ({"domain": 3}, "domain= is one or several of window, plane, torus, got 3"),
        ({"seed": "a"}, "seed= is a whole number from 0 on, got 'a'"),
        ({"seed": None}, "seed= is a whole number from 0 on, got None"),
        ({"parameters": 3}, "parameters= is a function of a layer and draw, got 3"),
        (
            {"parameters": lambda layer, draw: 3},
            "parameters= returned 3, and no layer; return one, or nothing",
        ),
        ({"vjp": "f"}, "vjp= is a function of inputs and cotangents, got 'f'"),
        ({"vjp": lambda f, d: d[:1]}, "vjp= gave shapes (1, 5, 5); a gradient for each input has (2, 9, 9)"),
        ({"vjp": lambda f, d: d["a"]}, "vjp= raised IndexError: "),
        (
            {"sizes": {"x": 10**6, "y": 10**6}},
            "inputs of shape (2, 1000000, 1000000) do not fit into the memory; give smaller sizes",
        ),
        ({"space": "x x"}, "space= is the names of the space axes, rows first: 'h w', got 'x x'"),
        (
            {"reps": {"b": "0*trivial"}},
            "representation '0*trivial': there is at least one of each; leave it out",
        ),
        (
            {"group": "S4", "space": ""},
            "S4 moves no axis of the input 'b x y'; name what it permutes: reps={'x': 'node'}",
        ),
        (
            {"input": "B C H W", "output": "B C H W", "sizes": {}},
            "p4 moves no axis of the input 'B C H W'; name the axes of space, rows first, if they are the last: "
            "space='H W'",
        ),
        ({"period": 0}, "period= is a whole number from 1 on, got 0"),
        ({"expect": 3}, "expect= is the name of a group, such as 'p2', got 3"),
        (
            {"expect": "p4m"},
            "expect='p4m': no subgroup of p4 is called so; there are p1, p2, p4",
        ),
        (
            {"sizes": {"b": 3}},
            "sizes={'b': …}: this is the batch, whose length gcalc chooses; leave it out",
        ),
        ({"sizes": "x=2"}, "sizes= is a dict with names of axes as keys, got 'x=2'"),
        ({"reps": 3}, "reps= is a dict with names of axes as keys, got 3"),
        ({"space": [1]}, "space= is the names of the space axes, rows first: 'h w', got [1]"),
        (
            {"order": 3},
            "order=3: an order of the 4 elements is a permutation of 0 to 3",
        ),
        (
            {"reference": 3},
            "reference= is an operator, or a dict with operator, filters, boundary; got 3",
        ),
    ],
)
def test_what_is_not_possible_is_one_line(words, says):
    with pytest.raises(UsageError) as refused:
        check_equivariance(halved, **{**MAPS, **words})
    assert str(refused.value) == says or (says.endswith(": ") and str(refused.value).startswith(says))


def test_a_class_is_no_layer():
    with pytest.raises(UsageError, match=r"Symmetric is a class; pass an instance of it, Symmetric\(…\)"):
        check_equivariance(Symmetric, **LINE)


def test_a_group_of_gcalc_stands_for_the_plane_group_of_its_turns():
    report = check_equivariance(np.square, **{**MAPS, "group": group("C4")})
    assert report.symmetry.declared == "p4"


def test_lengths_of_axes_of_the_output_are_compared():
    words = {**MAPS, "output": "b k x y"}
    layer = lambda f: np.stack([f, f * f], 1)  # noqa: E731
    assert check_equivariance(layer, **{**words, "sizes": {"x": 5, "y": 5, "k": 2}}).passed
    with pytest.raises(TargetError, match="'k' is 2, declared as 3 or 4"):
        check_equivariance(layer, **{**words, "sizes": {"x": 5, "y": 5, "k": [3, 4]}})


@pytest.mark.parametrize("names", [("one", "three"), ("two", "one")])
def test_names_of_outputs_are_compared(names):
    words = {**MAPS, "output": dict.fromkeys(("one", "two"), "b x y")}
    layer = lambda f: {"one": f, "two": f * f}  # noqa: E731
    assert check_equivariance(layer, **words).passed
    with pytest.raises(
        TargetError, match="returns 'one', 'two'; declare the outputs by these names, in this order"
    ):
        check_equivariance(layer, **{**words, "output": dict.fromkeys(names, "b x y")})


def test_a_layer_that_leaves_is_a_target_error():
    def leaves(f):
        raise SystemExit(3)

    with pytest.raises(TargetError, match="leaves raised SystemExit: 3"):
        check_equivariance(leaves, **MAPS)


def test_a_report_is_written_in_lines():
    text = str(check_equivariance(lambda f: f[:, ::-1], **MAPS))
    assert text.startswith("<lambda>: FAILED, not equivariant to p4")
    assert "\n  diagnosis " in text
    assert max(map(len, text.splitlines())) < 200


@pytest.mark.parametrize(
    ("group", "space", "names"),
    [
        ("p4m", "x y", "p1 p2 p4 pm pg cm pmm pmg pgg cmm p4m p4g"),
        ("p2", "x y", "p1 p2"),
        ("p3", "x y", "p1 p3"),
        ("pm", "x", "p1 pm C2"),
        ("S3", "", "C1 S3 C2 C3 C6"),
    ],
)
def test_names_that_a_subgroup_may_have(group, space, names):
    found = names_of_subgroups(declared(group, len(space.split())))
    assert [name for name in found if not name.startswith("subgroup of")] == names.split()


@pytest.mark.parametrize("name", ["p4mm", " p4m"])
def test_a_group_is_expected_by_any_of_its_names(name):
    assert check_equivariance(np.square, **{**MAPS, "group": "p4m"}, expect=name).passed


def test_a_size_of_a_representation_is_its_own():
    words = {"group": "p4", "input": "b g x y", "output": "b g x y"}
    assert check_equivariance(np.square, **words, sizes={"g": 4, "x": 5, "y": 5}).passed
    with pytest.raises(UsageError, match="its representation has 4 places"):
        check_equivariance(np.square, **words, sizes={"g": 3})


def as_many_channels_as_elements(f):
    """(b, x, y) to (b, 4, 4, x, y), the fibre last of the two."""
    psi = np.arange(36.0).reshape(4, 3, 3) % 7
    p = np.pad(f, [(0, 0), (1, 1), (1, 1)])
    n, m = f.shape[1:]
    turned = [np.rot90(psi, s, (1, 2)) for s in range(4)]
    maps = [
        sum(k[:, i, j, None, None] * p[:, None, i : i + n, j : j + m] for i, j in np.ndindex(3, 3))
        for k in turned
    ]
    return np.stack(maps, axis=2)


def test_axes_of_one_length_in_another_order_are_a_convention():
    report = check_equivariance(as_many_channels_as_elements, **{**MAPS, "output": "b g k x y"})
    assert report.verdict == "CONVENTION"
    assert report.diagnosis[0].code == "channel_order"
    assert "output='b k g x y'" in report.diagnosis[0].passes
    words = {name: MAPS[name] for name in ("group", "input", "sizes")}
    (proposal, *_) = infer(as_many_channels_as_elements, **words)
    assert (proposal.verdict, proposal.words["output"]) == ("EXACT", "b c g x y")


def test_an_axis_of_another_length_is_no_convention():
    words = {"group": "S4", "input": "b n c", "output": "b n c", "reps": {"n": "node"}, "sizes": {"c": 3}}
    report = check_equivariance(lambda f: f + np.roll(f, 1, 1), **words)
    assert report.verdict == "FAILED"
