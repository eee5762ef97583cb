"""Broken layers of torch with parameters of an orientation, of a place, or that were tied at initialisation only."""

from __future__ import annotations

import torch
from torch import nn

from .register import broken
from .right_torch_normal import OnFields
from .torch_parts import Lift, fields, flat, turned

PLANE = {"input": "b j x y", "output": "b (k g) x y"}
AT9 = {"j": 2, "x": 9, "y": 9}


@broken(
    verdict="FAILED",
    code="scale_per_orientation",
    also=("training_only",),
    found="p1",
    group="p4",
    **PLANE,
    sizes=AT9,
)
def batch_norm_of_each_orientation():
    """A lift with BatchNorm2d over (k g): a scale for each orientation, right at initialisation only (keras-gcnn#6)."""
    return nn.Sequential(Lift(), nn.BatchNorm2d(12), nn.ReLU())


@broken(verdict="FAILED", code="scale_per_orientation", found="p1", group="p4", **PLANE, sizes=AT9)
def layer_norm_with_a_scale_of_each_orientation():
    """A lift with LayerNorm over the fibre and elementwise_affine: right at initialisation only."""

    class Normalise(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm = nn.LayerNorm(4)

        def forward(self, F):
            return self.norm(F.movedim(2, -1)).movedim(-1, 2)

    return nn.Sequential(Lift(), OnFields(Normalise()))


@broken(
    verdict="FAILED",
    code="scale_per_orientation",
    also=("training_only",),
    found="p1",
    group="p4",
    **PLANE,
    sizes=AT9,
)
def slope_of_each_orientation():
    """A lift with PReLU of twelve slopes, equal at initialisation."""
    return nn.Sequential(Lift(), nn.PReLU(12))


@broken(verdict="FAILED", code="scale_per_orientation", found="p1", group="p4", **PLANE, sizes=AT9)
def bias_of_each_orientation():
    """A lift with a bias for each of its twelve channels."""

    class Biased(Lift):
        def __init__(self):
            super().__init__()
            self.bias = nn.Parameter(torch.randn(12, 1, 1))

        def forward(self, f):
            return super().forward(f) + self.bias

    return Biased()


@broken(verdict="FAILED", code="scale_per_orientation", found="p1", group="p4", **PLANE, sizes=AT9)
def last_orientation_is_louder():
    """A lift whose last orientation is multiplied by 1.5."""

    class Louder(Lift):
        def __init__(self):
            super().__init__()
            self.register_buffer("gain", torch.tensor([1.0, 1, 1, 1.5]).reshape(4, 1, 1))

        def forward(self, f):
            return flat(fields(super().forward(f)) * self.gain)

    return Louder()


@broken(verdict="FAILED", code="training_only", found="p1", group="p4", **PLANE, sizes=AT9)
def filters_tied_at_initialisation():
    """A Conv2d whose filters are images of one filter at initialisation, and parameters of their own after."""
    layer = nn.Conv2d(2, 12, 3, padding=1, bias=False)
    with torch.no_grad():
        psi = torch.randn(3, 2, 3, 3) / 3
        layer.weight.copy_(torch.stack([turned(psi, s) for s in range(4)], 1).flatten(0, 1))
    return layer


@broken(verdict="FAILED", code="training_only", found="p1", group="p4", **PLANE, sizes=AT9)
def free_branch_that_starts_at_zero():
    """A lift plus gamma times an ordinary Conv2d, where gamma starts at zero."""

    class Branched(nn.Module):
        def __init__(self):
            super().__init__()
            self.lift, self.free = Lift(), nn.Conv2d(2, 12, 3, padding=1, bias=False)
            self.gamma = nn.Parameter(torch.zeros(()))

        def forward(self, f):
            return self.lift(f) + self.gamma * self.free(f)

    return Branched()


@broken(verdict="FAILED", code="position", found="p1", group="p4", **PLANE, sizes=AT9)
def learned_positional_embedding():
    """A lift with a learned vector of each pixel added, then ReLU."""

    class Embedded(Lift):
        def __init__(self):
            super().__init__()
            self.code = nn.Parameter(torch.randn(12, 9, 9) / 4)

        def forward(self, f):
            return torch.relu(super().forward(f) + self.code)

    return Embedded()


@broken(verdict="FAILED", code="position", found="p1", group="p4", **PLANE, sizes=AT9)
def coordinates_as_channels():
    """CoordConv: rows and columns are channels of the lift's input."""

    class Coordinates(Lift):
        def forward(self, f):
            rows, columns = (torch.linspace(-1, 1, n, dtype=f.dtype, device=f.device) for n in f.shape[-2:])
            code = torch.stack(torch.meshgrid(rows, columns, indexing="ij"))
            return super().forward(torch.cat([f, code.expand(len(f), -1, -1, -1)], 1))

    return Coordinates(inputs=4)


@broken(verdict="FAILED", code="position", found="p1", group="p4", input="b j x y", output="b k", sizes=AT9)
def head_that_flattens():
    """A classifier that flattens its maps: every pixel has weights of its own."""
    return nn.Sequential(nn.Flatten(), nn.Linear(162, 3))


@broken(verdict="FAILED", code="position", domain="plane", group="p4", **PLANE, sizes=AT9, reach=1)
def window_of_hann():
    """A lift of the map times a window that falls off to its edges: turns hold, translations do not."""

    class Windowed(Lift):
        def forward(self, f):
            rows, columns = (torch.hann_window(n, periodic=False, dtype=f.dtype) + 0.1 for n in f.shape[-2:])
            return super().forward(f * rows[:, None] * columns)

    return Windowed()


@broken(
    verdict="FAILED",
    code="position",
    found="p1",
    group="p4",
    input="b k x y",
    output="b k x y",
    sizes={"k": 4, "x": 5, "y": 5},
)
def attention_with_positions():
    """Attention over space with a code of each pixel added to its token."""

    class Attend(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = nn.MultiheadAttention(4, 2, batch_first=True)
            self.code = nn.Parameter(torch.randn(25, 4))

        def forward(self, f):
            tokens = f.flatten(2).transpose(1, 2) + self.code
            mixed, _ = self.attention(tokens, tokens, tokens, need_weights=False)
            return mixed.transpose(1, 2).reshape(f.shape)

    return Attend()
