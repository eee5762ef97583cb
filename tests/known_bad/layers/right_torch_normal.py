"""Right layers of torch: normalisation, attention, gates, dropout."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from .register import right
from .torch_parts import P4M, Lift, fields, flat

PLANE = {"input": "b j x y", "output": "b (k g) x y"}
FIELDS = {"input": "b (k g) x y", "output": "b (k g) x y", "sizes": {"k": 3, "x": 8, "y": 8}}
AT9 = {"j": 2, "x": 9, "y": 9}
BOTH = {"j": 2, "x": [8, 9], "y": 9}


class OnFields(nn.Module):
    """A module that works on (b, k, g, x, y)."""

    def __init__(self, inner, fibre=4):
        super().__init__()
        self.inner, self.fibre = inner, fibre

    def forward(self, f):
        return flat(self.inner(fields(f, self.fibre)))


@right(group="p4", **FIELDS, reach=0)
def batch_norm_shared():
    """BatchNorm with one scale for all orientations of a field."""
    return OnFields(nn.BatchNorm3d(3))


@right(group="p4m", **PLANE, sizes=AT9, reach=1)
def batch_norm_in_training_mode():
    """A lift with shared BatchNorm, given in training mode after two steps of it."""
    layer = nn.Sequential(Lift(elements=P4M), OnFields(nn.BatchNorm3d(3), 8), nn.ReLU())
    layer.train()
    for _ in range(2):
        layer(torch.randn(4, 2, 9, 9))
    return layer


@right(group="p4", **FIELDS)
def group_norm_of_fields():
    """GroupNorm whose groups are the fields."""
    return nn.GroupNorm(3, 12, affine=False)


@right(group="p4m", **PLANE, sizes=BOTH)
def group_norm_of_all():
    """A lift with GroupNorm of one group, and a scale for each field."""

    class Scaled(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = nn.Parameter(torch.rand(3, 1, 1, 1) + 0.5)

        def forward(self, F):
            return functional.group_norm(F, 1) * self.scale

    return nn.Sequential(Lift(elements=P4M), OnFields(Scaled(), 8))


@right(group="p4", **FIELDS)
def instance_norm_of_fields():
    """InstanceNorm over orientations and space together, with a scale for each field."""
    return OnFields(nn.InstanceNorm3d(3, affine=True))


@right(group="p4", **FIELDS, reach=0)
def layer_norm_over_the_fibre():
    """LayerNorm over orientations, without a scale of each."""

    class Normalise(nn.Module):
        def forward(self, F):
            return functional.layer_norm(F.movedim(2, -1), (4,)).movedim(-1, 2)

    return OnFields(Normalise())


@right(group="p4", **FIELDS, reach=0)
def layer_norm_over_channels():
    """LayerNorm over fields, with a scale of each, at every orientation and pixel."""

    class Normalise(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.LayerNorm(3)

        def forward(self, F):
            return self.norm(F.movedim(1, -1)).movedim(-1, 1)

    return OnFields(Normalise())


@right(group="p4m", input="b (k g) x y", output="b (k g) x y", sizes={"k": 2, "x": 9, "y": 9}, reach=0)
def softmax_of_orientations():
    """Softmax over the eight orientations."""
    return OnFields(nn.Softmax(dim=2), 8)


@right(group="p4", **FIELDS, reach=0)
def attention_over_orientations():
    """Attention of the orientations at a pixel to each other."""

    class Attend(nn.Module):
        def __init__(self):
            super().__init__()
            self.query, self.key, self.value = (nn.Linear(3, 3) for _ in range(3))

        def forward(self, F):
            tokens = F.permute(0, 3, 4, 2, 1)
            mixed = functional.scaled_dot_product_attention(
                self.query(tokens), self.key(tokens), self.value(tokens)
            )
            return mixed.permute(0, 4, 3, 1, 2)

    return OnFields(Attend())


@right(group="p4m", input="b (k g) x y", output="b (k g) x y", sizes={"k": 4, "x": [4, 5], "y": 5})
def attention_over_space():
    """Attention of all orientations and pixels to each other, with no positional code."""

    class Attend(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = nn.MultiheadAttention(4, 2, batch_first=True)

        def forward(self, F):
            tokens = F.flatten(2).transpose(1, 2)
            mixed, _ = self.attention(tokens, tokens, tokens, need_weights=False)
            return F + mixed.transpose(1, 2).reshape(F.shape)

    return OnFields(Attend(), 8)


@right(group="p4", **PLANE, sizes=AT9, reach=1)
def dropout_in_evaluation():
    """A lift with dropout, which evaluation mode switches off."""
    return nn.Sequential(Lift(), nn.Dropout(0.5), nn.ReLU())


@right(group="p4", **PLANE, sizes=BOTH)
def squeeze_and_excitation():
    """A lift whose fields are scaled by a function of their means."""

    class Excite(nn.Module):
        def __init__(self):
            super().__init__()
            self.mix = nn.Linear(3, 3)

        def forward(self, F):
            return F * torch.sigmoid(self.mix(F.mean((2, 3, 4))))[:, :, None, None, None]

    return nn.Sequential(Lift(), OnFields(Excite()))


@right(group="p4", **FIELDS, reach=0)
def slope_of_each_field():
    """PReLU with one slope for all orientations of a field."""
    return OnFields(nn.PReLU(3))


@right(group="p4", **FIELDS, reach=1)
def depthwise_smoothing():
    """Each map smoothed by the same isotropic filter, in groups."""

    class Smooth(nn.Module):
        def __init__(self):
            super().__init__()
            box = torch.tensor([[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16
            self.register_buffer("box", box.expand(12, 1, 3, 3).clone())

        def forward(self, f):
            return torch.tanh(functional.conv2d(f, self.box, padding=1, groups=12))

    return Smooth()


@right(group="S4", input="b n c", output="b c", sizes={"c": 3}, reps={"n": "node"})
def entropy_of_saturated_attention():
    """``-Σ p log p`` where p is 0 or 1 but for 1e-9: moving the inputs moves it less than its own sums round."""

    class Entropy(nn.Module):
        def forward(self, f):
            p = torch.softmax(5 * f, 1)
            return -(p * p.log()).sum(1)

    return Entropy()
