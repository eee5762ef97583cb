"""Broken layers of torch whose filters do not turn, or turn wrongly, or by interpolation; small leaks."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional

from .numpy_parts import inverse
from .register import broken
from .torch_parts import P4M, GroupConv, Lift, turned

PLANE = {"input": "b j x y", "output": "b (k g) x y"}
LIFTED = {"input": "b (j g) x y", "output": "b (k g) x y"}
AT9 = {"j": 2, "x": 9, "y": 9}
AT8 = {"j": 2, "x": 8, "y": 8}


@broken(
    verdict="FAILED",
    code="filter_not_transformed",
    also=("filter_wrongly_transformed",),
    found="p1",
    group="p4",
    **PLANE,
    sizes=AT9,
)
def plain_conv2d():
    """An ordinary Conv2d with 12 channels, taken for 3 fields of 4 orientations."""
    return nn.Conv2d(2, 12, 3, padding=1, bias=False)


@broken(verdict="FAILED", code="filter_not_transformed", found="p1", group="p4", **LIFTED, sizes=AT9)
def orientations_shift_and_filters_stay():
    """A group correlation with psi[s⁻¹t, y]: the fibre is shifted, space is not turned."""

    class Unturned(GroupConv):
        def turn(self, psi, s):
            return psi

    return nn.Sequential(Unturned(), nn.ReLU())


@broken(verdict="FAILED", code="filter_not_transformed", found="p4", group="p4m", **LIFTED, sizes=AT9)
def mirrors_left_out_of_a_group_convolution():
    """A group correlation on p4m that turns psi by rᵏ for rᵏm."""

    class Rotated(GroupConv):
        def turn(self, psi, s):
            return turned(psi, s % 4)

    return Rotated(elements=P4M)


@broken(
    verdict="FAILED",
    code="filter_not_transformed",
    found="p1",
    group="p4",
    input="b j x y",
    output="b k x y",
    sizes=AT8,
    step=(1, 2),
)
def pixel_shuffle():
    """Subpixel upsampling: four free channels for the four quarters of a pixel."""
    return nn.Sequential(nn.Conv2d(2, 12, 1, bias=False), nn.PixelShuffle(2))


@broken(verdict="FAILED", code="filter_wrongly_transformed", found="p2", group="p4m", **LIFTED, sizes=AT9)
def filters_turn_by_the_inverse():
    """A group correlation with psi[s⁻¹t, sy], and GELU: the inverse action on space only (e3nn#282)."""

    class Inverse(GroupConv):
        def turn(self, psi, s):
            return turned(psi, inverse(s))

    return nn.Sequential(Inverse(elements=P4M), nn.GELU())


@broken(verdict="FAILED", code="fibre_omitted", found="p1", group="p4", **LIFTED, sizes=AT9)
def one_orientation_is_not_shifted():
    """A group correlation that forgets to shift the fibre of psi for r²."""

    class Partly(GroupConv):
        def place(self, s, t):
            return t if s == 2 else super().place(s, t)

    return Partly()


@broken(verdict="FAILED", code="filter_wrongly_transformed", found="p1", group="p4m", **PLANE, sizes=AT9)
def one_mirror_for_all():
    """A lift to p4m whose four mirrored filters are all fliplr of psi, unturned."""

    class OneMirror(Lift):
        def filters(self):
            images = [turned(self.psi, s if s < 4 else 4) for s in self.elements]
            return torch.stack(images, 1)

    return OneMirror(elements=P4M)


class Interpolated(Lift):
    """A lift whose filters turn by `step` radians with bilinear interpolation."""

    step, mended = math.pi / 2, False

    def filters(self):
        return torch.stack([self.psi, *(self.image(k * self.step) for k in range(1, 4))], 1)

    def image(self, angle):
        c, s = math.cos(angle), math.sin(angle)
        matrix = torch.tensor([[c, -s, 0], [s, c, 0]], dtype=self.psi.dtype).expand(len(self.psi), 2, 3)
        grid = functional.affine_grid(matrix, list(self.psi.shape), align_corners=True)
        return functional.grid_sample(self.psi, grid, align_corners=self.mended)


@broken(verdict="FAILED", code="interpolation", found="p1", group="p4", **PLANE, sizes=AT9)
def turned_by_sampling_with_other_corners():
    """Filters turned by affine_grid with align_corners and grid_sample without: a quarter turn is not exact."""
    return Interpolated(size=5, padding=2)


@broken(verdict="FAILED", code="interpolation", found="p1", group="p4", **PLANE, sizes=AT9)
def turned_by_45_degrees():
    """Filters turned by 0°, 45°, 90°, 135° with interpolation, said to be orientations of p4 (e2cnn#61, #53)."""

    class Eighths(Interpolated):
        step, mended = math.pi / 4, True

    return Eighths(size=5, padding=2)


@broken(verdict="FAILED", code="leak", found="p1", group="p4", **PLANE, sizes=AT9)
def leak_of_1e_6():
    """A lift with sigmoid in float32, one orientation of which sees the map itself, by 1e-6."""

    class Leaking(Lift):
        def forward(self, f):
            leak = nn.functional.pad(1e-6 * torch.tanh(f[:, :1]), (0, 0, 0, 0, 1, 10))
            return torch.sigmoid(super().forward(f)) + leak

    return Leaking()


@broken(verdict="FAILED", code="leak", found="p1", group="p4m", **LIFTED, sizes=AT9)
def leak_of_1e_10_in_a_filter():
    """A group correlation with GELU in float64, whose last filter is off by 1e-10."""

    class Leaking(GroupConv):
        def filters(self):
            bank = super().filters()
            change = torch.zeros_like(bank)
            change[0, 7, 0, 0, 0, 1] = 3e-10
            return bank + change * self.psi.abs().max()

    return nn.Sequential(Leaking(elements=P4M), nn.GELU()).double()


@broken(verdict="FAILED", code="leak", found="pm", group="p4m", input="b j x y", output="b k x y", sizes=AT9)
def isotropic_but_for_1e_6():
    """Isotropic filters with tanh in float32, off by 1e-6 at one edge."""

    class Leaking(Lift):
        def filters(self):
            even = super().filters().mean(1, keepdim=True)
            change = torch.zeros_like(even)
            change[..., 0, 1] = 2e-7
            return even + change

    return nn.Sequential(Leaking(elements=P4M), nn.Tanh())
