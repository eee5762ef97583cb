"""Broken layers of torch: conventions, boundaries, grids, centres."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from .register import broken
from .torch_parts import P4M, GroupConv, Lift, fields, flat

PLANE = {"input": "b j x y", "output": "b (k g) x y"}
AT9 = {"j": 2, "x": 9, "y": 9}
AT8 = {"j": 2, "x": 8, "y": 8}
MAPS = {"input": "b k x y", "output": "b k x y"}


@broken(
    verdict="CONVENTION",
    code="orientation_order",
    found="p2",
    group="p4",
    **PLANE,
    sizes=AT9,
    mended={"order": "clockwise"},
)
def lift_with_reversed_orientations():
    """A lift with sigmoid whose fibre runs from r³ back to e, rolled by one."""

    class Reversed(Lift):
        def forward(self, f):
            return torch.sigmoid(flat(fields(super().forward(f)).flip(2).roll(1, 2)))

    return Reversed()


@broken(
    verdict="CONVENTION",
    code="orientation_order",
    found="p2",
    group="p4m",
    **PLANE,
    sizes=AT9,
    mended={"order": [0, 3, 2, 1, 4, 5, 6, 7]},
)
def lift_by_inverse_elements():
    """A lift to p4m with the inverse at every place of the fibre: the right regular representation for the left."""
    return Lift(elements=(0, 3, 2, 1, 4, 5, 6, 7))


@broken(
    verdict="CONVENTION",
    code="channel_order",
    found="p1",
    group="p4",
    **PLANE,
    sizes=AT9,
    mended={"output": "b (g k) x y"},
)
def lift_flattened_orientation_major():
    """A lift with ReLU that flattens (g, k), declared as (k g)."""

    class Flattened(Lift):
        def forward(self, f):
            return functional.relu(flat(fields(super().forward(f)).transpose(1, 2)))

    return Flattened()


@broken(
    verdict="CONVENTION",
    code="axis_transposed",
    found="p2",
    group="p4",
    input="b j x y",
    output="b k x y",
    sizes=AT9,
    mended={"output": "b k y x"},
)
def map_with_width_before_height():
    """Isotropic filters on maps whose rows and columns are exchanged on the way out."""

    class Transposed(Lift):
        def filters(self):
            return super().filters().mean(1, keepdim=True)

        def forward(self, f):
            return super().forward(f).mT

    return Transposed()


@broken(
    verdict="CONVENTION",
    code="convolution",
    found="p4",
    group="p4",
    **PLANE,
    sizes=AT9,
    reference={"operator": "correlate", "filters": "psi", "boundary": "zero"},
    mended={"reference": {"operator": "convolve", "filters": "psi", "boundary": "zero"}},
)
def conv2d_after_flipping():
    """A lift that flips its filters, a convolution, said to be the correlation: equivariant, and another sum."""

    class Convolution(Lift):
        def filters(self):
            return super().filters().flip(-2, -1)

    return Convolution()


@broken(
    verdict="FAILED",
    code="fibre_omitted",
    found="p1",
    group="p4",
    input="b (j g) x y",
    output="b (k g) x y",
    sizes=AT9,
)
def filters_turn_and_orientations_stay():
    """A group correlation with psi[t, s⁻¹y], and GELU."""

    class Unshifted(GroupConv):
        def place(self, s, t):
            return t

    return nn.Sequential(Unshifted(), nn.GELU())


@broken(verdict="FAILED", code="axis_flipped", found="pmm", group="p4m", **PLANE, sizes=AT9, reach=1)
def columns_from_right_to_left():
    """A lift whose output has its columns from right to left."""

    class Flipped(Lift):
        def forward(self, f):
            return super().forward(f).flip(-1)

    return Flipped(elements=P4M)


@broken(verdict="FAILED", code="centre", found="pm", group="p4m", **PLANE, sizes=AT9)
def output_rolled_by_a_pixel():
    """A lift whose output lies one column to the right."""

    class Rolled(Lift):
        def forward(self, f):
            return super().forward(f).roll(1, -1)

    return Rolled(elements=P4M)


@broken(verdict="FAILED", code="padding", also=("centre",), found="p1", group="p4", **PLANE, sizes=AT9)
def padding_same_of_an_even_box():
    """A lift by 2×2 boxes padded as padding="same" does: by (0, 1)."""

    class Same(Lift):
        def forward(self, f):
            return super().forward(functional.pad(f, (0, 1, 0, 1)))

    return Same(size=2, padding=0)


@broken(
    verdict="FAILED",
    code="padding",
    also=("stride",),
    found="p1",
    group="p4",
    **PLANE,
    sizes=AT8,
    step=(2, 1),
)
def tensorflow_same_with_stride_2():
    """A lift k3 s2 on even maps with TensorFlow's SAME, which pads (0, 1) (GrouPy#21)."""

    class Same(Lift):
        def forward(self, f):
            return super().forward(functional.pad(f, (0, 1, 0, 1)))

    return Same(stride=2, padding=0)


@broken(
    verdict="FAILED",
    code="padding",
    also=("centre",),
    found="cm",
    group="p4m",
    input="b j x y",
    output="b k x y",
    sizes=AT8,
    step=(1, 2),
)
def transposed_with_output_padding():
    """An isotropic transposed convolution k3 s2 with output_padding=1: one more row and column at the end."""

    class Up(Lift):
        def forward(self, f):
            bank = self.filters().mean(1).transpose(0, 1)
            return functional.conv_transpose2d(f, bank, stride=2, padding=1, output_padding=1)

    return Up(elements=P4M)


@broken(verdict="FAILED", code="stride", found="p1", group="p4", **PLANE, sizes=AT8, step=(2, 1))
def strided_lift_on_even_maps():
    """A lift k3 s2 with padding 1 on even maps: (n + 2 - k) mod s is not 0."""
    return Lift(stride=2)


@broken(
    verdict="FAILED",
    code="stride",
    found="cm",
    group="p4m",
    **MAPS,
    sizes={"k": 2, "x": 9, "y": 9},
    step=(2, 1),
)
def pooling_in_ceil_mode():
    """Max pooling k2 s2 on odd maps, the last row and column in windows of their own."""
    return nn.MaxPool2d(2, ceil_mode=True)


@broken(verdict="FAILED", code="stride", found="p1", group="p4", **PLANE, sizes={"j": 2, "x": 10, "y": 10})
def net_with_an_odd_map_inside():
    """A lift and max pooling of 2, twice, on 10×10: the second pooling meets a map of 5."""
    return nn.Sequential(Lift(), nn.MaxPool2d(2), nn.ReLU(), GroupConv(3, 2), nn.MaxPool2d(2))


@broken(verdict="FAILED", code="boundary", found="p2", group="p4", **PLANE, sizes=AT9)
def edges_repeated_of_one_axis():
    """A lift with its edge columns repeated and zeros above and below."""

    class Edges(Lift):
        def forward(self, f):
            return super().forward(
                functional.pad(functional.pad(f, (1, 1, 0, 0), mode="replicate"), (0, 0, 1, 1))
            )

    return Edges(padding=0)


@broken(verdict="FAILED", code="boundary", domain="torus", group="p4", **PLANE, sizes=AT9)
def reflection_on_the_torus():
    """A lift with padding_mode reflect, said to live on glued edges."""

    class Reflected(Lift):
        def forward(self, f):
            return super().forward(functional.pad(f, (1, 1, 1, 1), mode="reflect"))

    return Reflected(padding=0)


@broken(verdict="FAILED", code="channel_order", found="p1", group="p4", **PLANE, sizes=AT9)
def group_norm_across_fields():
    """A lift to 3 fields of 4 orientations, then GroupNorm of 4 groups: each lies across two fields."""
    return nn.Sequential(Lift(), nn.GroupNorm(4, 12, affine=False))


@broken(verdict="FAILED", code="unexplained", found="p2", group="p4", **PLANE, sizes=AT9)
def softmax_over_rows():
    """A lift with softmax along each column."""
    return nn.Sequential(Lift(), nn.Softmax(dim=-2))


@broken(
    verdict="FAILED",
    code="unexplained",
    found="pm",
    group="p4m",
    input="b j x y",
    output="b j x y",
    sizes=AT9,
)
def rows_summed_from_the_top():
    """A recurrence down the rows: each row sees those above it."""

    class Recurrent(nn.Module):
        def forward(self, f):
            rows = [f[..., 0, :]]
            for row in f.unbind(-2)[1:]:
                rows.append(row + torch.tanh(rows[-1]) / 2)
            return torch.stack(rows, -2)

    return Recurrent()
