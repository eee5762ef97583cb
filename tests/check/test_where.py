"""Which submodule is blamed: the first after which nothing turns any more, if what it was given does."""

from __future__ import annotations

import pytest

from gcalc.check import check_equivariance

torch = pytest.importorskip("torch")
nn, functional = torch.nn, torch.nn.functional

MAPS = {"group": "p4", "input": "b j x y", "output": "b j x y", "sizes": {"j": 2, "x": 7, "y": 7}}


class Tilted(nn.Module):
    """A filter of its own that turns nowhere, before a right child."""

    def __init__(self):
        super().__init__()
        self.pre, self.act = nn.Identity(), nn.ReLU()
        self.weight = nn.Parameter(torch.arange(36.0).reshape(2, 2, 3, 3))

    def forward(self, f):
        return functional.conv2d(self.pre(f), self.weight, padding=1)


class Wrong(Tilted):
    def forward(self, f):
        return self.act(super().forward(f))


class Net(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.head, self.body, self.act = nn.ReLU(), body, nn.ReLU()

    def forward(self, f):
        return self.act(self.body(self.head(f)))


@pytest.mark.parametrize(
    ("layer", "module", "kind", "after"),
    [
        (Net(nn.Conv2d(2, 2, 3, padding=1)), "body", "Conv2d", "head"),
        (Net(Tilted()), "body", "Tilted", "body.pre"),
        (Net(Wrong()), "body", "Wrong", "body.pre"),
        (Net(nn.Sequential(nn.ReLU(), nn.Conv2d(2, 2, 3, padding=1))), "body.1", "Conv2d", "body.0"),
        (Tilted(), "", "Tilted", "pre"),
        (nn.Conv2d(2, 2, 3, padding=1), None, None, None),
    ],
)
def test_the_module_at_fault(layer, module, kind, after):
    report = check_equivariance(layer, **MAPS)
    assert report.verdict == "FAILED"
    if module is None:
        assert report.where is None, "without submodules there is nothing to choose from"
        return
    assert (report.where["module"], report.where["kind"], report.where["after"]) == (module, kind, after)


class Lift(nn.Module):
    def __init__(self, sign=1):
        super().__init__()
        self.sign, self.weight = sign, nn.Parameter(torch.arange(54.0).reshape(3, 2, 3, 3).sin())

    def forward(self, f):
        turned = [self.weight.rot90(self.sign * s, (2, 3)) for s in range(4)]
        return functional.conv2d(f, torch.stack(turned, 1).flatten(0, 1), padding=1)


class Group(nn.Module):
    def __init__(self, roll=True):
        super().__init__()
        self.roll, self.weight = roll, nn.Parameter(torch.arange(324.0).reshape(3, 3, 4, 3, 3).sin())

    def forward(self, f):
        turned = [self.weight.rot90(s, (3, 4)).roll(s if self.roll else 0, 2) for s in range(4)]
        return functional.conv2d(f, torch.stack(turned, 1).reshape(12, 12, 3, 3), padding=1)


FIELDS = {**MAPS, "output": "b (k g) x y"}


@pytest.mark.parametrize(
    ("layer", "declaration", "code", "says"),
    [
        (
            nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), nn.ReLU(), nn.Conv2d(3, 3, 3, padding=1)),
            {**MAPS, "output": "b k x y"},
            "filter_not_transformed",
            "in 0 (Conv2d): scalars come out, and the filter is not invariant under r",
        ),
        (
            nn.Sequential(nn.Flatten(), nn.Linear(98, 3)),
            {**MAPS, "output": "b k"},
            "position",
            "in 1 (Linear): it takes pixels in a row, and its weights depend on the place",
        ),
        (
            nn.Sequential(Lift(), nn.GELU(), Group(roll=False), nn.GELU()),
            FIELDS,
            "fibre_omitted",
            "in 2 (Group): the filter of orientation r is turned, and its fibre stays: psi[t], expected psi[s⁻¹t]",
        ),
        (
            nn.Sequential(Lift(-1), nn.GELU(), Group(), nn.GELU()),
            FIELDS,
            "orientation_order",
            "in 2 (Group): the orientations of what it takes turn the other way",
        ),
    ],
)
def test_what_is_wrong_inside(layer, declaration, code, says):
    report = check_equivariance(layer, **declaration)
    assert report.verdict == "FAILED"
    assert (report.diagnosis[0].code, report.diagnosis[0].text) == (code, says)


def test_the_right_net_of_these_parts():
    assert check_equivariance(nn.Sequential(Lift(), nn.GELU(), Group(), nn.GELU()), **FIELDS).passed


def test_scripted_modules_take_no_hooks():
    with pytest.warns((DeprecationWarning, FutureWarning)):
        scripted = torch.jit.script(nn.Sequential(nn.Conv2d(2, 2, 3, padding=1), nn.BatchNorm2d(2)))
    report = check_equivariance(nn.Sequential(nn.ReLU(), scripted), **MAPS)
    assert report.verdict == "FAILED"
    assert report.where["after"] == "0"
