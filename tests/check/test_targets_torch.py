"""Layers of torch: the given module is only read; copies are filled, widened, perturbed; failures are one line."""

from __future__ import annotations

import random
import threading
import warnings
from collections import namedtuple

import numpy as np
import pytest

from gcalc.check.targets import target
from gcalc.errors import ExactnessError, TargetError, UsageError

torch = pytest.importorskip("torch", reason="the extra torch is not installed")
nn = torch.nn


Pair = namedtuple("Pair", ["left", "right"])


def image(*shape, seed=0):
    return np.random.default_rng(seed).integers(-3, 4, shape or (2, 3, 9, 9)).astype(np.float64)


def small(dtype=None):
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU()).to(dtype or torch.float32)


def state(module):
    tensors = {**dict(module.named_parameters()), **dict(module.named_buffers())}
    return {name: (one.detach().clone(), one._version, id(one)) for name, one in tensors.items()}


# ---- calls


def test_a_module_is_called_in_evaluation_mode_without_gradients():
    module = small()
    x = image()
    t = target(module)
    with torch.no_grad():
        expected = module.eval()(torch.from_numpy(x).float()).numpy()
    assert (t.framework, t.name, t.dtype) == ("torch", "Sequential", "float32")
    assert np.array_equal(t(x)[0], expected)
    assert t(x)[0].dtype == np.float32


@pytest.mark.parametrize(
    ("layer", "names"),
    [
        (lambda x: x, ("0",)),
        (lambda x: (x, [x, None]), ("0", "1.0")),
        (lambda x: {"map": x, "loss": 0.5}, ("map", "loss")),
        (lambda x: Pair(x, x), ("left", "right")),
    ],
)
def test_outputs_are_flattened_and_named(layer, names):
    t = target(layer, "torch")
    assert len(t(image())) == len(names)
    assert t.output_names == names


@pytest.mark.parametrize("result", ["text", None, (), object()])
def test_what_is_no_array_is_told(result):
    with pytest.raises(TargetError, match=r"^<lambda> returned .*; it must return tensors of torch"):
        target(lambda x: result, "torch")(image())


def test_what_the_layer_raises_is_one_line():
    with pytest.raises(TargetError) as caught:
        target(nn.Conv2d(4, 2, 3))(image())
    text = str(caught.value)
    assert text.startswith("Conv2d raised RuntimeError: Given groups=1")
    assert text.endswith("on input float32 (2, 3, 9, 9) from -3 to 3")
    assert "\n" not in text


def test_integers_stay_integers():
    t = target(nn.Embedding(5, 2))
    assert t(np.array([0, 4]))[0].shape == (2, 2)


def test_not_a_number_is_no_error():
    assert np.isnan(target(lambda x: torch.log(x), "torch")(-np.ones(3))[0]).all()


def test_an_input_that_is_changed_is_told_and_the_callers_array_is_not():
    x = image()
    given = x.copy()
    t = target(lambda x: x.add_(1), "torch")
    assert not t.changed_input
    t(x)
    assert t.changed_input
    assert np.array_equal(x, given)
    same = target(lambda x: x.mul_(1), "torch")
    same(x)
    assert same.changed_input, "written into, if with the same values"
    other = target(lambda x: x + 1, "torch")
    other(x)
    assert not other.changed_input


def test_half_precision():
    assert target(nn.Linear(9, 2).to(torch.bfloat16))(image())[0].dtype == np.float32
    assert target(nn.Linear(9, 2).to(torch.float16))(image())[0].dtype == np.float16


# ---- the user's object


def use(t, x):
    """Everything that can be done with a target."""
    t(x)
    for one in (
        t.copy(),
        t.wide(),
        t.random(3),
        t.perturbed(1, constants=True),
        t.with_parameters(t.parameters),
    ):
        y = one(x)[0]
    t.traced(x)
    t.lattice(12, x)
    t.training(x)
    t.vjp([x], [y])
    t.jvp([x], [x])
    t.stages(x)


def test_a_module_is_initialised_by_its_user():
    """In place, or by another module; draw gives what gcalc would have drawn."""
    module = torch.nn.Linear(3, 2)
    before = state(module)

    def in_place(copied, draw):
        assert copied.training
        copied.weight.copy_(-draw("weight", copied.weight))

    def anew(copied, draw):
        other = torch.nn.Linear(3, 2, dtype=copied.weight.dtype)
        in_place(other, draw)
        return other

    expected = -target(module).random(5).parameters["weight"]
    for initialise in in_place, anew:
        for t in target(module), target(module).wide():
            filled = t.initialised(initialise, 5)
            assert np.array_equal(filled.parameters["weight"], expected)
            assert filled(np.eye(3))[0].dtype == t.dtype
            assert not filled.module.training
    assert {name: of[0].tolist() for name, of in state(module).items()} == {
        name: of[0].tolist() for name, of in before.items()
    }


@pytest.mark.parametrize("training", [True, False])
def test_the_given_module_is_only_read(training):
    module = small().train(training)
    module[0].weight.grad = torch.ones_like(module[0].weight)
    hook = module[2].register_forward_hook(lambda *_: None)
    before = state(module)
    use(target(module), image())
    for name, (value, version, identity) in state(module).items():
        assert torch.equal(value, before[name][0])
        assert (version, identity) == before[name][1:]
    assert [one.training for one in module.modules()] == [training] * 4
    assert torch.equal(module[0].weight.grad, torch.ones_like(module[0].weight))
    assert list(module[2]._forward_hooks) == [hook.id]
    assert all(one.requires_grad for one in module.parameters())


def test_random_states_are_given_back():
    torch.manual_seed(7)
    np.random.seed(7)
    random.seed(7)
    before = torch.get_rng_state(), np.random.get_state()[1].copy(), random.getstate()
    t = target(lambda x: x * torch.rand(()) * np.random.rand() * random.random(), "torch")
    t(image())
    t.traced(image())
    assert torch.equal(torch.get_rng_state(), before[0])
    assert np.array_equal(np.random.get_state()[1], before[1])
    assert random.getstate() == before[2]


@pytest.mark.parametrize("draw", [lambda: torch.rand(()), np.random.rand, random.random])
def test_a_random_layer_does_not_repeat_itself(draw):
    t = target(lambda x: x * float(draw()), "torch")
    assert not np.array_equal(t(image())[0], t(image())[0])
    first = [target(lambda x: x * float(draw()), "torch")(image())[0] for _ in range(2)]
    assert np.array_equal(*first), "and yet a run can be reproduced"


def test_settings_of_torch_are_given_back():
    fast, kind = torch.backends.mha.get_fastpath_enabled(), torch.get_default_dtype()
    threads = torch.get_num_threads()
    t = target(small()).wide()
    use(t, image())
    with pytest.raises(TargetError):
        t(image(2, 5, 9, 9))
    assert torch.backends.mha.get_fastpath_enabled() == fast
    assert torch.get_default_dtype() == kind
    assert torch.get_num_threads() == threads
    assert torch.is_grad_enabled()


def test_the_module_of_a_function_is_only_read():
    net = small().train()
    before = state(net)
    use(target(lambda x: net(x) + 1), image())
    assert all(torch.equal(one[0], before[name][0]) for name, one in state(net).items())
    assert net.training


class Tied(nn.Module):
    """Two layers with one weight, and a buffer that both use."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(9, 9, bias=False), nn.Linear(9, 9, bias=False)
        self.b.weight = self.a.weight
        self.register_buffer("mask", torch.ones(9))
        self.alias = self.mask

    def forward(self, x):
        return self.b(self.a(x)) * self.mask


def test_a_copy_that_reaches_the_given_module_is_told_and_the_module_put_right():
    """torch copies no closure: the copy's forward is the given module's."""
    module = nn.Sequential(nn.BatchNorm2d(3)).train()
    norm = module[0]
    module.forward = lambda x: norm(x)
    before = state(module)
    t = target(module)
    with pytest.raises(TargetError, match="a copy of Sequential changes the module it was copied from"):
        t(image())
    assert all(torch.equal(one[0], before[name][0]) for name, one in state(module).items())


def test_the_given_module_may_be_trained_meanwhile():
    module = small()
    t = target(module)
    first = t(image())[0]
    with torch.no_grad():
        module[0].weight.add_(1)
    assert np.array_equal(t(image())[0], first)


def test_what_is_shared_stays_shared_and_buffers_are_not_filled():
    one = target(Tied()).random(0)
    assert list(one.parameters) == ["a.weight"]
    assert one.module.b.weight is one.module.a.weight
    assert one.module.alias is one.module.mask
    assert torch.equal(one.module.mask, torch.ones(9))


def test_weights_that_are_computed_can_be_copied():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        layer = nn.utils.weight_norm(nn.Linear(9, 2))
    layer(torch.ones(1, 9))
    t = target(layer)
    assert set(t.parameters) == {"bias", "weight_g", "weight_v"}
    assert not np.array_equal(t.random(0)(image())[0], t.random(1)(image())[0])


def test_what_cannot_be_copied_is_told():
    module = nn.Linear(2, 2)
    module.lock = threading.Lock()
    with pytest.raises(
        TargetError, match=r"Linear cannot be copied \(TypeError: .*lock.*\); remove what cannot"
    ):
        target(module)


def test_a_parameter_without_a_shape_is_told():
    with pytest.raises(TargetError, match="parameter weight has no shape yet; call the layer once"):
        _ = target(nn.LazyLinear(2)).parameters


# ---- parameters


def test_parameters_are_filled_and_running_statistics_too():
    t = target(small()).random(0)
    assert set(t.parameters) == {"0.weight", "0.bias", "1.weight", "1.bias"}
    assert (t.parameters["1.weight"] > 0).all()
    assert torch.equal(t.module[1].running_var.sqrt().log2().abs() % 1, torch.zeros(4))
    assert t.module[1].running_mean.abs().sum() > 0
    assert t.module[1].num_batches_tracked == 0
    assert all(
        np.array_equal(a, b) for a, b in zip(t(image()), target(small()).random(0)(image()), strict=True)
    )
    assert not np.array_equal(t(image())[0], t.random(1)(image())[0])


def test_frozen_parameters_are_kept_unless_all_are():
    module = small()
    module[0].weight.requires_grad_(False)
    assert "0.weight" not in target(module).parameters
    assert "0.weight" in target(module.requires_grad_(False)).parameters


def test_parameters_are_set_by_name():
    t = target(nn.Linear(2, 1))
    other = t.with_parameters({"bias": np.array([5.0])})
    assert other.parameters["bias"] == 5
    assert np.array_equal(other.parameters["weight"], t.parameters["weight"])
    with pytest.raises(UsageError, match="no parameter 'bia'; there are"):
        t.with_parameters({"bia": np.array([5.0])})
    with pytest.raises(UsageError, match=r"parameter bias has the shape \(1,\), not \(2,\)"):
        t.with_parameters({"bias": np.zeros(2)})


def test_parametrised_weights_are_filled_on_their_originals():
    layer = nn.utils.parametrizations.weight_norm(nn.Conv2d(3, 4, 3))
    filled = target(layer).random(0)
    assert set(filled.parameters) == {
        "bias", "parametrizations.weight.original0", "parametrizations.weight.original1",
    }  # fmt: skip
    assert np.isfinite(filled(image())[0]).all()


@pytest.mark.parametrize("old", [True, False])
def test_the_spectral_norm_belongs_to_the_new_weights(old):
    norm = nn.utils.spectral_norm if old else nn.utils.parametrizations.spectral_norm
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        filled = target(norm(nn.Linear(6, 5, bias=False))).random(0)
    weight = filled(np.eye(6))[0].T
    assert np.linalg.norm(weight, 2) == pytest.approx(1, abs=0.02)


# ---- float64


def test_a_wide_copy_computes_in_float64():
    module = small()
    module[0].fixed = [torch.ones(1)]
    wide = target(module).wide()
    expected = small().double().eval()(torch.from_numpy(image())).detach().numpy()
    assert wide.dtype == "float64"
    assert wide.wide_reason is None
    assert np.array_equal(wide(image())[0], expected)
    assert wide.module[0].fixed[0].dtype == torch.float64
    assert wide.wide() is wide


class Stubborn(nn.Module):
    """Computes in float32 whatever its parameters are."""

    def __init__(self, how):
        super().__init__()
        self.linear, self.how = nn.Linear(9, 2), how

    def forward(self, x):
        if self.how == "named":
            return self.linear(x.float()) + torch.zeros(2, dtype=torch.float32) + torch.ones(2)
        if self.how == "returned":
            return torch.from_numpy(self.linear(x).numpy().astype(np.float32))
        return self.linear(torch.from_numpy(x.numpy().astype(np.float32)))


def test_types_that_are_named_are_widened():
    wide = target(Stubborn("named")).wide()
    assert wide(image())[0].dtype == np.float64
    assert wide.wide_reason is None


@pytest.mark.parametrize(
    ("how", "told"), [("returned", "returns float32"), ("raised", "raises RuntimeError")]
)
def test_what_cannot_be_widened_runs_in_its_own_type(how, told):
    narrow = target(Stubborn(how)).random(2)
    wide = narrow.wide()
    assert np.array_equal(wide(image())[0], narrow(image())[0])
    assert told in wide.wide_reason
    assert wide.dtype == "float32"
    with pytest.raises(ExactnessError):
        wide.lattice(20, image())


def test_perturbations_are_of_one_unit():
    module = small()
    module.register_buffer("basis", torch.tensor([1.0, 0.0]))
    wide = target(module).wide()
    moved, all_moved = (wide.perturbed(0, constants=one) for one in (False, True))
    for name, value in wide.parameters.items():
        unit = np.where(value == 0, 0, np.spacing(np.abs(value)))
        assert np.array_equal(np.abs(moved.parameters[name] - value), unit)
    assert torch.equal(moved.module.basis, wide.module.basis)
    difference = (all_moved.module.basis - wide.module.basis).abs()
    assert difference.tolist() == [2.0**-23, 0.0]
    other = wide.perturbed(1, constants=False)
    assert not np.array_equal(other.parameters["0.weight"], moved.parameters["0.weight"])


# ---- training, gradients, stages


def test_training_uses_the_statistics_of_the_batch():
    t = target(nn.BatchNorm2d(3, affine=False))
    x = image()
    expected = (x - x.mean((0, 2, 3), keepdims=True)) / np.sqrt(x.var((0, 2, 3), keepdims=True) + 1e-5)
    assert np.allclose(t.training(x)[0], expected, atol=1e-5)
    assert not np.allclose(t(x)[0], expected, atol=1e-2)
    assert target(torch.relu, "torch").training(x) is None


def test_gradients_are_the_transposed_map():
    t = target(nn.Conv2d(3, 4, 3)).random(0).wide()
    x, v, d = image(), image(seed=1), image(2, 4, 7, 7, seed=2)
    inputs, parameters = t.vjp([x], [d])
    pushed = t.jvp([x], [v])[0]
    assert np.sum(pushed * d) == np.sum(inputs["0"] * v), (
        "⟨d, Jv⟩ = ⟨Jᵀd, v⟩, exactly: these are small integers"
    )
    assert np.array_equal(parameters["bias"], d.sum((0, 2, 3)))
    assert set(parameters) == {"weight", "bias"}


def test_what_has_no_gradient_is_none():
    assert target(lambda x: x.detach() * 2, "torch").vjp([image()], [image()]) is None
    assert target(lambda x: torch.floor(x).int(), "torch").vjp([image()], [image()]) is None

    class Once(torch.autograd.Function):
        """Has a backward and no forward mode."""

        @staticmethod
        def forward(ctx, x):
            return 2 * x

        @staticmethod
        def backward(ctx, d):
            return 2 * d

    t = target(Once.apply, "torch")
    assert t.jvp([image()], [image()]) is None
    assert np.array_equal(t.vjp([image()], [image()])[0]["0"], 2 * image().astype(np.float32))


def test_stages_come_in_order_of_completion():
    t = target(nn.Sequential(small(), nn.Flatten(), nn.Linear(196, 2)))
    stages = t.stages(image())
    names = ["0.0", "0.1", "0.2", "0", "1", "2"]
    kinds = ["Conv2d", "BatchNorm2d", "ReLU", "Sequential", "Flatten", "Linear"]
    assert [(one.name, one.kind) for one in stages] == list(zip(names, kinds, strict=True))
    assert np.array_equal(stages[-1].outputs[0], t(image())[0])
    assert not t.module[1]._forward_hooks


# ---- functions


def test_a_function_is_filled_through_the_modules_it_holds():
    conv = nn.Conv2d(3, 4, 3)

    def closure(x):
        return conv(x) * 2

    t = target(closure)
    assert (t.framework, t.name) == ("torch", "closure")
    assert set(t.parameters) == {"conv.weight", "conv.bias"}
    assert not np.array_equal(t.random(0)(image())[0], t(image())[0])
    assert target(conv.forward).parameters.keys() == {"Conv2d.weight", "Conv2d.bias"}


class Holder:
    """A callable that is no module and holds one."""

    def __init__(self):
        self.net = nn.Linear(9, 2)

    def __call__(self, x):
        return self.net(x)


def test_an_object_is_filled_through_the_modules_it_holds():
    holder = Holder()
    before = holder.net.weight.detach().clone()
    t = target(holder)
    assert set(t.parameters) == {"net.weight", "net.bias"}
    assert not np.array_equal(t.random(0)(image())[0], t(image())[0])
    assert torch.equal(holder.net.weight, before)
