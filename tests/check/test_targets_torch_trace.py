"""What a watched run of torch tells: exact or not, and why; and its run on a lattice."""

from __future__ import annotations

import numpy as np
import pytest

from gcalc.check.targets import target
from gcalc.errors import ExactnessError

torch = pytest.importorskip("torch", reason="the extra torch is not installed")
nn, F = torch.nn, torch.nn.functional
operations = pytest.importorskip("gcalc.check.targets.torch_operations")


def image(*shape, seed=0):
    return np.random.default_rng(seed).integers(-3, 4, shape or (2, 3, 8, 8)).astype(np.float64)


def traced(layer, *arrays, seed=0):
    return target(layer, "torch").random(seed).traced(*(arrays or [image()]))


TABLES = ("EXACT", "SUMS", "POINTWISE_SUMS", "MEANS", "ROUNDED")


def test_the_tables_name_operations_of_torch_each_once():
    names = [name for table in TABLES for name in getattr(operations, table)]
    assert [name for name in names if not hasattr(torch.ops.aten, name)] == []
    assert len(names) == len(set(names))


@pytest.mark.parametrize("table", ["SUMS", "POINTWISE_SUMS"])
def test_monomials_are_of_numbers(table):
    """Every position of a factor is an argument that may be a tensor or a number."""
    for name, monomials in getattr(operations, table).items():
        packet = getattr(torch.ops.aten, name)
        arguments = getattr(packet, packet.overloads()[0])._schema.arguments
        for place in {i for one in monomials for i in one}:
            kind = str(arguments[place].type)
            assert "Tensor" in kind or "number" in kind, f"{name}: argument {place} is {kind}"


RIGHT = {
    "convolution": nn.Conv2d(3, 4, 3, padding=1, padding_mode="circular"),
    "transposed convolution": nn.ConvTranspose2d(3, 2, 3),
    "relu net": nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 3), nn.MaxPool2d(2)),
    "mean of 4": nn.AvgPool2d(2),
    "mean of 64": nn.AdaptiveAvgPool2d(1),
    "linear": nn.Linear(8, 5),
    "movement": lambda x: (
        torch.rot90(x.flip(-1).roll(1, 2), 1, (-2, -1))[..., 1:].permute(0, 2, 1, 3).contiguous()
    ),
    "shuffle": lambda x: F.pixel_unshuffle(F.pad(x, (1, 1, 0, 0), mode="reflect")[..., :8], 2),
    "einsum": lambda x: torch.einsum("bkxy,bkxz->byz", x, x),
    "half": lambda x: x / 2 + x * 0.25 - x.abs().sum(0),
    "power": lambda x: x**2 + x.square(),
    "in place": lambda x: x.clone().add_(1).mul_(2).relu_(),
    "scatter": lambda x: torch.zeros(8, 8).index_add_(0, torch.tensor([0, 0]), x[0, 0, :2]),
    "slope": nn.LeakyReLU(0.5),
    "bilinear form": nn.Bilinear(8, 8, 2),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_rounds_nothing_is_exact(name):
    arrays = [image(), image(seed=1)] if name == "bilinear form" else [image()]
    trace = traced(RIGHT[name], *arrays)
    assert trace.exact, trace.why
    assert trace.why is None
    assert trace.operations
    one = target(RIGHT[name], "torch").random(0)
    wide = one.wide()
    assert all(np.array_equal(a, b) for a, b in zip(trace.outputs, wide(*arrays), strict=True)), (
        "float32 was exact"
    )
    assert all(np.array_equal(a, b) for a, b in zip(one.lattice(12, *arrays), wide(*arrays), strict=True))


ROUNDS = {
    "mean of 9": (nn.AvgPool2d(3), "avg_pool2d of 9 terms rounds"),
    "padded mean": (nn.AvgPool2d(2, padding=1, count_include_pad=False), "a varying number of terms"),
    "third": (lambda x: x / 3, "div rounds"),
    "tenth": (lambda x: torch.full((8, 8), 0.1) @ x, "bmm rounds in float32"),
    "sigmoid": (nn.Sigmoid(), "sigmoid rounds"),
    "gelu": (nn.GELU(), "gelu rounds"),
    "softmax": (nn.Softmax(1), "_softmax rounds"),
    "batch norm": (nn.BatchNorm2d(3), "native_batch_norm rounds"),
    "group norm": (nn.GroupNorm(1, 3), "native_group_norm rounds"),
    "square root": (lambda x: x.abs().sqrt(), "sqrt rounds"),
    "conversion": (lambda x: (x * 1000 + 1).half(), "conversion to float16 rounds"),
    "float32": (lambda x: x * 2**20 + 2**-10, "add rounds in float32"),
    "float32 sum": (
        lambda x: (x[0, 0, 0, :2] * 0 + torch.tensor([2.0**24, 1])).sum(),
        "sum rounds in float32",
    ),
}


@pytest.mark.parametrize("name", ROUNDS)
def test_what_rounds_is_not_exact_and_says_why(name):
    layer, why = ROUNDS[name]
    trace = traced(layer)
    assert not trace.exact
    assert why in trace.why
    assert trace.unknown == ()


def test_bounds_are_those_of_the_values_not_of_shapes():
    """2⁵² + 2⁻² needs 55 bits; neither is too much alone."""
    add = target(lambda x, y: (x + y).sum(), "torch").wide()
    big, small = np.array([2.0**52]), np.array([0.25])
    assert not add.traced(big, small).exact
    assert add.traced(big / 2, big / 2 - 1).exact
    assert add.traced(small, small).exact


UNKNOWN = {
    "fourier": (lambda x: torch.fft.ifft2(torch.fft.fft2(x)).real, "_fft_c2c"),
    "sampler": (lambda x: F.grid_sample(x, torch.zeros(2, 4, 4, 2), align_corners=False), "grid_sampler_2d"),
    "recurrent": (lambda x: nn.LSTM(8, 2)(x[0])[0], "rnn"),
    "inverse": (lambda x: torch.linalg.inv(x[0, 0] + 20 * torch.eye(8)), "linalg"),
    "random": (lambda x: x + torch.rand(8), "rand"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_no_table_knows_is_named(name):
    layer, operation = UNKNOWN[name]
    trace = traced(layer)
    assert not trace.exact
    assert any(operation in one for one in trace.unknown)
    with pytest.raises(ExactnessError, match="has no run on multiples of 2"):
        target(layer, "torch").lattice(12, image())


def test_compiled_layers_are_not_watched():
    layer = nn.Linear(8, 2)
    layer.compile(backend="eager")
    assert target(layer).compiled == "torch.compile"
    with pytest.warns((DeprecationWarning, FutureWarning)):
        scripted = torch.jit.script(nn.Linear(8, 2))
    trace = target(scripted).traced(image())
    assert trace.unknown == ("TorchScript",)
    assert not trace.exact


@pytest.mark.parametrize(
    "layer",
    [
        nn.MultiheadAttention(8, 2, batch_first=True),
        nn.TransformerEncoderLayer(8, 2, batch_first=True),
        lambda q, k, v: F.scaled_dot_product_attention(q, k, v),
    ],
)
def test_attention_is_made_of_known_operations(layer):
    arrays = [
        image(1, 5, 8, seed=i) for i in range(1 if isinstance(layer, nn.TransformerEncoderLayer) else 3)
    ]
    one = target(layer, "torch")
    trace = one.traced(*arrays)
    assert trace.unknown == ()
    assert {"bmm"} <= set(trace.operations)
    assert np.allclose(trace.outputs[0], one(*arrays)[0], atol=1e-5)


class Nine(nn.Module):
    """What comes before a sum in a right network: nothing here is exact."""

    def __init__(self):
        super().__init__()
        self.conv, self.norm, self.last = nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Conv2d(4, 5, 3)

    def forward(self, x):
        y = F.gelu(self.norm(self.conv(x)))
        return self.last(y + 0.1 * y.sigmoid()).softmax(1)


def test_on_a_lattice_sums_do_not_depend_on_their_order():
    """Channels permuted, and permuted back in the next layer: the same function, its sums in another order."""
    torch.manual_seed(0)
    module, other = Nine(), Nine()
    other.load_state_dict(module.state_dict())
    order = torch.tensor([2, 0, 3, 1])
    with torch.no_grad():
        for one in (other.conv.weight, other.conv.bias, other.norm.weight, other.norm.bias):
            one.copy_(one[order].clone())
        other.last.weight.copy_(other.last.weight[:, order].clone())
    left, right = target(module).wide(), target(other).wide()
    assert not np.array_equal(left(image())[0], right(image())[0]), "in float64 the order shows"
    for bits in (12, 20):
        assert np.array_equal(left.lattice(bits, image())[0], right.lattice(bits, image())[0])
        assert np.abs(left.lattice(bits, image())[0] - left(image())[0]).max() < 2.0 ** (6 - bits)


def test_a_leak_that_the_lattice_can_see():
    module = Nine()
    left = target(module).wide()
    weights = left.parameters
    weights["last.weight"][0, 0, 0, 0] += 1e-4
    right = left.with_parameters(weights)
    assert not np.array_equal(left.lattice(20, image())[0], right.lattice(20, image())[0])


def test_values_that_are_too_large_for_the_lattice():
    def layer(x):
        return torch.einsum("bkxy,bkxz->byz", x * 1000.3, x * 1000.3)

    one = target(layer, "torch")
    with pytest.raises(ExactnessError, match=r"bmm needs \d+ bits, and float64 has 53"):
        one.lattice(20, image())


def test_masks_before_a_softmax_are_no_large_values():
    def layer(x):
        mask = torch.tril(torch.ones(8, 8, dtype=torch.bool))
        filled = (x * 0.3).masked_fill(mask, float("-inf"))
        return (filled.softmax(-1).nan_to_num() + (x + (~mask) * -1e9).softmax(-1)) @ x.mT

    assert traced(layer).unknown == ()
    assert np.isfinite(target(layer, "torch").lattice(20, image())[0]).all()


def test_operations_in_place_are_rounded_where_they_happen():
    def layer(x):
        y = x / 3
        y.add_(x / 7).mul_(0.3)
        y[..., 0] = y[..., 1].exp_()
        return y

    one = target(layer, "torch").wide()
    values = one.lattice(12, image())[0]
    assert np.array_equal(np.rint(values * 2**24), values * 2**24)
    assert 0 < np.abs(values - one(image())[0]).max() < 2.0**-8


def test_watching_changes_no_value():
    one = target(Nine()).random(1)
    assert np.array_equal(one.traced(image()).outputs[0], one(image())[0])


def test_a_layer_that_objects_to_being_watched():
    def layer(x):
        from torch.utils._python_dispatch import _get_current_dispatch_mode

        if _get_current_dispatch_mode() is not None:
            raise RuntimeError("not under a mode")
        return x

    trace = target(layer, "torch").traced(image())
    assert trace.unknown == ("what cannot be watched (RuntimeError: not under a mode)",)
    assert np.array_equal(trace.outputs[0], image().astype(np.float32))
