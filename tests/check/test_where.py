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
