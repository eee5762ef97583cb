"""Layers of torch that turn as declared and are broken otherwise: gradients, state, batches, claims."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from .register import broken
from .torch_parts import P4M, Lift, fields, flat, turned

PLANE = {"input": "b j x y", "output": "b (k g) x y"}
AT9 = {"j": 2, "x": 9, "y": 9}
FIELDS = {"input": "b (k g) x y", "output": "b (k g) x y", "sizes": {"k": 3, "x": 8, "y": 8}}


class Doubled(torch.autograd.Function):
    """x², whose gradient lacks the factor 2."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, d):
        (x,) = ctx.saved_tensors
        return x * d


@broken(verdict="FAILED", code="gradient", found="p4", group="p4", **PLANE, sizes=AT9)
def gradient_lacks_a_factor():
    """A lift squared by an autograd.Function whose backward is x d for 2 x d: wrong, and it turns with the map."""

    class Squared(Lift):
        def forward(self, f):
            return Doubled.apply(super().forward(f))

    return Squared()


class Halved(torch.autograd.Function):
    """x / 2, whose gradient is not halved."""

    @staticmethod
    def forward(ctx, x):
        return x / 2

    @staticmethod
    def backward(ctx, d):
        return d


@broken(verdict="FAILED", code="gradient", found="p4", group="p4", **PLANE, sizes=AT9)
def gradient_is_not_halved():
    """Half a lift, by an autograd.Function that passes gradients on whole: they turn with the map."""

    class Half(Lift):
        def forward(self, f):
            return Halved.apply(super().forward(f))

    return Half()


class Lifted(torch.autograd.Function):
    """A lift whose gradient of the input comes from the unturned orientation only."""

    @staticmethod
    def forward(ctx, f, psi):
        ctx.save_for_backward(f, psi)
        return functional.conv2d(
            f, torch.stack([turned(psi, s) for s in range(4)], 1).flatten(0, 1), padding=1
        )

    @staticmethod
    def backward(ctx, d):
        f, psi = ctx.saved_tensors
        of_filter = sum(
            turned(torch.nn.grad.conv2d_weight(f, psi.shape, d[:, s::4], padding=1), -s % 4) for s in range(4)
        )
        return functional.conv_transpose2d(d[:, ::4], psi, padding=1), of_filter


@broken(verdict="FAILED", code="gradient", found="p4", group="p4", **PLANE, sizes=AT9)
def gradient_lacks_the_fibre():
    """A lift by an autograd.Function whose gradient of the input leaves three orientations out."""

    class ByHand(Lift):
        def forward(self, f):
            return Lifted.apply(f, self.psi)

    return ByHand()


@broken(verdict="FAILED", code="gradient", found="p4m", group="p4m", **PLANE, sizes=AT9)
def one_orientation_is_detached():
    """A lift to p4m of whose orientations one sends no gradient back."""

    class Detached(Lift):
        def forward(self, f):
            F = fields(super().forward(f), 8)
            return flat(torch.cat([F[:, :, :5], F[:, :, 5:6].detach(), F[:, :, 6:]], 2))

    return Detached(elements=P4M)


@broken(verdict="NOT_TESTED", code="input_changed", group="p4", **FIELDS)
def relu_in_place_on_the_input():
    """ReLU in place, as the first thing that happens to the input."""
    return nn.Sequential(nn.ReLU(inplace=True), nn.AvgPool2d(3, 1, 1))


@broken(verdict="NOT_TESTED", code="input_changed", group="p4", **PLANE, sizes=AT9)
def edges_cleared_in_the_input():
    """A lift that sets the edges of its input to zero where they lie."""

    class Cleared(Lift):
        def forward(self, f):
            with torch.no_grad():
                for edge in (f[..., 0, :], f[..., -1, :], f[..., 0], f[..., -1]):
                    edge.zero_()
            return super().forward(f)

    return Cleared()


@broken(verdict="NOT_TESTED", code="nondeterministic", group="p4", **PLANE, sizes=AT9)
def dropout_always_on():
    """A lift with dropout that evaluation mode does not switch off."""

    class Dropped(Lift):
        def forward(self, f):
            return functional.dropout(super().forward(f), 0.2, training=True)

    return Dropped()


@broken(verdict="NOT_TESTED", code="nondeterministic", group="p4", **PLANE, sizes=AT9)
def output_depends_on_the_number_of_calls():
    """A lift that counts its calls in a buffer and scales by the count."""

    class Counting(Lift):
        def __init__(self):
            super().__init__()
            self.register_buffer("calls", torch.zeros(()))

        def forward(self, f):
            self.calls += 1
            return super().forward(f) * self.calls

    return Counting()


@broken(verdict="FAILED", code="batch_leak", found="p4", group="p4", **FIELDS)
def batch_statistics_in_evaluation():
    """Shared BatchNorm with track_running_stats=False: in evaluation it normalises by the batch."""

    class Normalise(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.BatchNorm3d(3, track_running_stats=False)

        def forward(self, f):
            return flat(self.norm(fields(f)))

    return Normalise()


@broken(verdict="FAILED", code="batch_leak", found="p4", group="p4", **PLANE, sizes=AT9)
def softmax_over_the_batch():
    """A lift with softmax over axis 0."""
    return nn.Sequential(Lift(), nn.Softmax(dim=0))


@broken(
    verdict="FAILED",
    code="batch_leak",
    found="p4m",
    group="p4m",
    input="b k x y",
    output="b k x y",
    sizes={"k": 4, "x": 5, "y": 5},
)
def attention_over_the_batch():
    """Attention that takes the batch for the sequence: batch_first is forgotten."""

    class Attend(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = nn.MultiheadAttention(4, 2)

        def forward(self, f):
            tokens = f.flatten(2).transpose(1, 2)
            mixed, _ = self.attention(tokens, tokens, tokens, need_weights=False)
            return f + mixed.transpose(1, 2).reshape(f.shape)

    return Attend()


@broken(
    verdict="FAILED", code="vacuous", found="p4m", group="p4m", input="b j x y", output="b k x y", sizes=AT9
)
def learned_constant():
    """A learned number for each channel, whatever the map is."""

    class Constant(nn.Module):
        def __init__(self):
            super().__init__()
            self.value = nn.Parameter(torch.randn(3, 1, 1))

        def forward(self, f):
            return self.value.expand(len(f), 3, *f.shape[2:]) + 0 * f[:, :1]

    return Constant()


@broken(verdict="FAILED", code="vacuous", found="p4", group="p4", **PLANE, sizes=AT9)
def dead_units():
    """A lift with ReLU after minus its square: no unit is ever awake."""

    class Dead(Lift):
        def forward(self, f):
            return torch.relu(-super().forward(f).square())

    return Dead()


@broken(verdict="FAILED", code="not_linear", found="p4", group="p4", **PLANE, sizes=AT9, linear=True)
def relu_in_a_linear_layer():
    """A lift with ReLU, said to be linear."""
    return nn.Sequential(Lift(), nn.ReLU())


@broken(
    verdict="FAILED",
    code="not_linear",
    found="p4",
    group="p4",
    input=("b j x y", "o j m n"),
    output="b (o g) x y",
    sizes={"j": 2, "o": 3, "m": 3, "n": 3, "x": 9, "y": 9},
    linear="bilinear",
)
def filters_normalised_in_a_bilinear_layer():
    """A lift of map and filter that divides the filter by its norm, said to be bilinear."""

    class Normalised(nn.Module):
        def forward(self, f, psi):
            unit = psi / psi.flatten(1).norm(dim=1)[:, None, None, None]
            return functional.conv2d(
                f, torch.stack([turned(unit, s) for s in range(4)], 1).flatten(0, 1), padding=1
            )

    return Normalised()


@broken(
    verdict="FAILED",
    code="ties",
    group="p4m",
    input="b j x y",
    output="b j x y",
    sizes={"j": 2, "x": 8, "y": 8},
)
def unpooling_at_the_first_of_equal_maxima():
    """MaxPool2d with its indices, and MaxUnpool2d: of equal numbers the pool takes the first by rows."""

    class Unpooled(nn.Module):
        def forward(self, f):
            found, places = functional.max_pool2d(f, 2, return_indices=True)
            return functional.max_unpool2d(found, places, 2)

    return Unpooled()


@broken(
    verdict="FAILED", code="gradient", found="p4", group="p4", input="b j x y", output="b k x y", sizes=AT9
)
def slope_read_as_a_number():
    """A slope that is a parameter and read by item(): it has no gradient, and will never be trained."""

    class Slope(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight, self.slope = nn.Parameter(torch.randn(3, 2, 1, 1)), nn.Parameter(torch.tensor(0.25))

        def forward(self, f):
            return functional.leaky_relu(functional.conv2d(f, self.weight), self.slope.item())

    return Slope()


class Scaled(torch.autograd.Function):
    """x s, whose gradient of s is a mean where it is a sum."""

    @staticmethod
    def forward(ctx, x, s):
        ctx.save_for_backward(x, s)
        return x * s

    @staticmethod
    def backward(ctx, d):
        x, s = ctx.saved_tensors
        return d * s, (d * x).mean().reshape(1)


@broken(
    verdict="FAILED", code="gradient", found="p4", group="p4", input="b j x y", output="b j x y", sizes=AT9
)
def mean_for_the_sum_in_a_gradient():
    """A scale whose own gradient is averaged over pixels; its name gave the direction 0."""

    class Scale(nn.Module):
        def __init__(self):
            super().__init__()
            self.s = nn.Parameter(torch.ones(1))

        def forward(self, f):
            return Scaled.apply(f, self.s)

    return Scale()


@broken(
    verdict="FAILED", code="batch_leak", found="p4", group="p4", input="b j x y", output="b j x y", sizes=AT9
)
def third_example_is_reflected():
    """From the third example of a batch on it is reflected: a batch of two does not show it."""

    class Third(nn.Module):
        def forward(self, f):
            return torch.cat([f[:2], f[2:].flip(-1)])

    return Third()


@broken(
    verdict="NOT_TESTED", code="nondeterministic", group="p4", input="b j x y", output="b j x y", sizes=AT9
)
def every_seventh_call_is_doubled():
    """A count of calls that shows now and then: two calls with the same input do not tell."""

    class Counting(nn.Module):
        def __init__(self):
            super().__init__()
            self.calls = 0

        def forward(self, f):
            self.calls += 1
            return f * (1 + (self.calls % 7 == 0))

    return Counting()


@broken(
    verdict="FAILED",
    code="centre",
    also=("padding",),
    found="p1",
    group="p4",
    input="b j x y",
    output="b j x y",
    sizes=AT9,
)
def reflection_before_an_even_average():
    """One reflected line at the left and the top, then means of 2: half a pixel off, and no zeros to tell it by."""
    return nn.Sequential(nn.ReflectionPad2d((1, 0, 1, 0)), nn.AvgPool2d(2, 1))
