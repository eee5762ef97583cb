"""Right networks of torch: deep, branched, with heads, several inputs and outputs."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from .register import right
from .right_torch_normal import OnFields
from .torch_parts import P4M, GroupConv, Lift, fields

PLANE = {"input": "b j x y", "output": "b (k g) x y"}
AT9 = {"j": 2, "x": 9, "y": 9}
AT8 = {"j": 2, "x": 8, "y": 8}


class Block(nn.Module):
    """Group correlation, BatchNorm, ReLU, added to its input with a factor gamma."""

    def __init__(self, width, gamma):
        super().__init__()
        self.convolution = GroupConv(width, width)
        self.norm = OnFields(nn.BatchNorm3d(width))
        self.gamma = nn.Parameter(torch.tensor(gamma))

    def forward(self, f):
        return f + self.gamma * torch.relu(self.norm(self.convolution(f)))


@right(group="p4", **PLANE, sizes=AT9)
def residual_net_of_20_layers():
    """A lift and twenty residual blocks."""
    return nn.Sequential(Lift(2, 3), *(Block(3, 0.5) for _ in range(20)))


@right(group="p4", **PLANE, sizes=AT9, reach=2)
def residual_block_that_starts_at_zero():
    """A residual block whose factor is zero at initialisation."""
    return nn.Sequential(Lift(2, 3), Block(3, 0.0))


@right(group="p4", input="b j x y", output="b k", sizes={"j": 2, "x": [8, 9], "y": 9})
def invariant_head():
    """A lift, the largest over orientations, the mean over space, a linear map: nothing turns."""

    class Head(nn.Module):
        def __init__(self):
            super().__init__()
            self.lift, self.classes = Lift(2, 4), nn.Linear(4, 3)

        def forward(self, f):
            return self.classes(torch.tanh(fields(self.lift(f)).amax(2)).mean((2, 3)))

    return Head()


@right(
    group="p4m",
    input="b j x y",
    output={"features": "b (k g) x y", "logits": "b c", "map": "b k x y"},
    sizes=AT8,
)
def net_with_a_dict_of_outputs():
    """A lift and a group correlation that give features, logits and a map."""

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.lift, self.convolution = Lift(elements=P4M), GroupConv(3, 2, elements=P4M)
            self.classes = nn.Linear(2, 5)

        def forward(self, f):
            features = self.convolution(torch.relu(self.lift(f)))
            pooled = fields(features, 8).mean(2)
            return {"features": features, "logits": self.classes(pooled.mean((2, 3))), "map": pooled}

    return Net()


@right(
    group="p4",
    input=("b j x y", "b (k g) x y"),
    output=("b (k g) x y", "b k x y"),
    sizes={**AT9, "k": 3},
    reach=1,
)
def net_of_two_inputs():
    """A lift multiplied by a second map, and its mean over orientations."""

    class Product(nn.Module):
        def __init__(self):
            super().__init__()
            self.lift = Lift()

        def forward(self, f, gate):
            gated = self.lift(f) * torch.sigmoid(gate)
            return gated, fields(gated).mean(2)

    return Product()


@right(group="p4", **PLANE, sizes=AT8)
def u_net():
    """Down by average pooling, up by repetition, joined with what went down, on even maps."""

    class UNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.lift, self.down, self.join = Lift(2, 2), GroupConv(2, 3), GroupConv(5, 3)

        def forward(self, f):
            wide = torch.relu(self.lift(f))
            deep = torch.relu(self.down(functional.avg_pool2d(wide, 2)))
            up = functional.interpolate(deep, scale_factor=2, mode="nearest")
            return self.join(torch.cat([wide, up], 1))

    return UNet()


@right(group="p4", input="b (k g) x y", output="b (k g) x y", sizes={"k": 2, "x": 9, "y": 9}, reach=2)
def one_layer_used_twice():
    """The same group correlation, twice."""

    class Twice(nn.Module):
        def __init__(self):
            super().__init__()
            self.convolution = GroupConv(2, 2)

        def forward(self, f):
            return self.convolution(torch.tanh(self.convolution(f)))

    return Twice()


class Square(torch.autograd.Function):
    """x², with its gradient written by hand."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, d):
        (x,) = ctx.saved_tensors
        return 2 * x * d


@right(group="p4", **PLANE, sizes=AT9, reach=1)
def gradient_by_hand():
    """A lift squared by an autograd.Function of its own."""

    class Squared(Lift):
        def forward(self, f):
            return Square.apply(super().forward(f))

    return Squared()


@right(group="S3", input="b n j", output="b n k", reps={"n": "node"}, sizes={"j": 2})
def encoder_of_a_set():
    """A transformer encoder on the nodes of a set: without positions it commutes with permutations."""
    encoder = nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)
    return nn.Sequential(nn.Linear(2, 4), encoder, nn.Linear(4, 3))


@right(group="p4", **PLANE, sizes={"j": 2, "x": 13, "y": 13}, reach=1, step=(2, 1))
def lift_pool_and_convolution():
    """A lift, max pooling k3 s2, a group correlation, on a size where the pooling is right."""
    return nn.Sequential(Lift(padding=0), nn.MaxPool2d(3, 2), GroupConv(3, 2))


@right(group="p4m", input="b j x y", output="b j x y", sizes={"j": 2, "x": 9, "y": 9}, reach=2)
def reflection_after_a_valid_sum():
    """Sums of 3 by 3 inside, and one reflected line around: outputs at the edge see what others see."""

    class Reflected(nn.Module):
        def forward(self, f):
            box = torch.ones(2, 1, 3, 3, dtype=f.dtype)
            return functional.pad(functional.conv2d(f, box, groups=2), (1,) * 4, mode="reflect")

    return Reflected()


@right(
    group="p4m", input="b j x y", output="b j x y", sizes={"j": 2, "x": 8, "y": 8}, step=(2, 2), reach=None
)
def bicubic_skip():
    """A net with a bicubic way around: on 16 pixels every output sees an edge, and where that is cut cannot be told."""

    class Invariant(nn.Module):
        def __init__(self, into, out):
            super().__init__()
            self.psi = nn.Parameter(torch.randn(out, into, 3, 3) / 3)

        def forward(self, f):
            turned = [torch.rot90(g, s, (2, 3)) for g in (self.psi, self.psi.flip(3)) for s in range(4)]
            return functional.conv2d(f, sum(turned) / 8, padding=1)

    class Skip(nn.Module):
        def __init__(self):
            super().__init__()
            self.head, self.body, self.tail = Invariant(2, 3), Invariant(3, 3), Invariant(6, 2)

        def forward(self, f):
            f = torch.relu(self.head(f))
            coarse = torch.relu(self.body(functional.avg_pool2d(f, 2)))
            return self.tail(
                torch.cat([f, functional.interpolate(coarse, scale_factor=2, mode="bicubic")], 1)
            )

    return Skip()
