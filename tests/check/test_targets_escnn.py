"""Layers of escnn: what their field types declare is what they do."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from gcalc.check.declaration import declare
from gcalc.check.targets import target
from gcalc.errors import UnsupportedError

torch = pytest.importorskip("torch", reason="the extra torch is not installed")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # escnn's own, of its import
    escnn = pytest.importorskip("escnn", reason="escnn is not installed")
    from escnn import gspaces
    from escnn import nn as enn

pytestmark = pytest.mark.filterwarnings("ignore")


def image(kind, n=9):
    return np.random.default_rng(0).integers(-3, 4, (2, kind.size, n, n)).astype(np.float64)


def trivial(gspace, n=2):
    return enn.FieldType(gspace, [gspace.trivial_repr] * n)


def regular(gspace, n=3):
    return enn.FieldType(gspace, [gspace.regular_repr] * n)


def net(gspace):
    a, b = trivial(gspace), regular(gspace)
    layers = (
        enn.R2Conv(a, b, 3, padding=1),
        enn.InnerBatchNorm(b),
        enn.ReLU(b),
        enn.R2Conv(b, b, 3),
        enn.GroupPooling(b),
    )
    return enn.SequentialModule(*layers)


def mixed(gspace):
    fields = [gspace.quotient_repr((None, 2)), gspace.irrep(1, 1), gspace.regular_repr]
    return enn.R2Conv(trivial(gspace), enn.FieldType(gspace, fields), 3)


LAYERS = {
    "p4": lambda: enn.R2Conv(trivial(gspaces.rot2dOnR2(4)), regular(gspaces.rot2dOnR2(4)), 3),
    "p4m": lambda: enn.R2Conv(regular(gspaces.flipRot2dOnR2(4)), regular(gspaces.flipRot2dOnR2(4), 2), 3),
    "p2": lambda: enn.R2Conv(trivial(gspaces.rot2dOnR2(2)), regular(gspaces.rot2dOnR2(2)), 3),
    "pm": lambda: enn.R2Conv(trivial(gspaces.flip2dOnR2()), regular(gspaces.flip2dOnR2()), 3),
    "pmm": lambda: enn.R2Conv(trivial(gspaces.flipRot2dOnR2(2)), regular(gspaces.flipRot2dOnR2(2)), 3),
    "p4 net": lambda: net(gspaces.rot2dOnR2(4)),
    "p4m net": lambda: net(gspaces.flipRot2dOnR2(4)),
    "p4m mixed": lambda: mixed(gspaces.flipRot2dOnR2(4)),
    "p4 of C8": lambda: enn.R2Conv(trivial(gspaces.rot2dOnR2(8)), regular(gspaces.rot2dOnR2(8)), 3),
    "p4 of SO(2)": lambda: enn.R2Conv(
        trivial(gspaces.rot2dOnR2(-1, 2)),
        enn.FieldType(gspaces.rot2dOnR2(-1, 2), [gspaces.rot2dOnR2(-1, 2).irrep(1)]),
        3,
    ),
}


@pytest.mark.parametrize("name", LAYERS)
def test_what_is_declared_is_what_it_does(name):
    module = LAYERS[name]()
    t = target(module)
    declaration = declare(**t.declaration())
    assert t.framework == "torch"
    assert declaration.group.name == name.split()[0]
    x, filled = image(module.in_type), t.random(0).wide()
    y = filled(x)[0]
    assert filled.wide_reason is None
    for u in range(declaration.group.P.order):
        left, right = filled(*declaration.act_in(u, [x]))[0], declaration.act_out(u, [y])[0]
        assert np.abs(left - right).max() < 1e-5 * np.abs(y).max(), "to the float32 of escnn's bases"
    other = declaration.act_out(declaration.group.P.order - 1, [y])[0]
    assert np.abs(filled(x)[0] - other).max() > 1e-2 * np.abs(y).max(), "and not for nothing"


def test_the_given_module_is_only_read_whatever_its_mode():
    module = LAYERS["p4"]()
    x = image(module.in_type)
    first = target(module)(x)[0]
    module.eval()
    before = {name: one.clone() for name, one in module.state_dict().items()}
    t = target(module)
    assert np.array_equal(t(x)[0], first)
    t.random(0)(x)
    t.wide().perturbed(0, constants=True)(x)
    assert all(torch.equal(one, before[name]) for name, one in module.state_dict().items())


def test_new_weights_give_filters_of_the_usual_size():
    t = target(net(gspaces.flipRot2dOnR2(4)))
    for name in ("0", "3"):
        filters = t.random(0).module.get_submodule(name).expand_parameters()[0].detach().numpy()
        assert 0.8 < filters.std() * np.sqrt(filters[0].size) < 1.7


def test_its_bases_are_constants_of_float32():
    wide = target(LAYERS["p4"]()).wide()
    x = image(wide.module.in_type)
    spread = [np.abs(wide.perturbed(0, constants=one)(x)[0] - wide(x)[0]).max() for one in (False, True)]
    assert spread[0] < 1e-13 < 1e-9 < spread[1] < 1e-5


def test_gradients_reach_the_weights_through_the_filters():
    t = target(LAYERS["p4"]())
    x = image(t.module.in_type)
    assert set(t.vjp([x], [t(x)[0]])[1]) == {"weights", "bias"}
    assert t.stages(x) == []
    assert [one.name for one in target(net(gspaces.rot2dOnR2(4))).stages(x)][::2] == ["0", "1", "3"]


def test_a_space_that_is_no_plane_is_told():
    gspace = gspaces.no_base_space(escnn.group.cyclic_group(4))
    module = enn.Linear(trivial(gspace), regular(gspace))
    with pytest.raises(UnsupportedError, match="acts on 0 space axes; declare group="):
        target(module).declaration()
