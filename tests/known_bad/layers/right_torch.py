"""Right layers of torch: convolutions with pointwise functions, pooling, strides, parametrised filters."""

from __future__ import annotations

import math
import warnings

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrizations

from .register import right
from .torch_parts import P2, P4, P4M, PM, GroupConv, Lift, fields, flat, turned

PLANE = {"input": "b j x y", "output": "b (k g) x y"}
LIFTED = {"input": "b (j g) x y", "output": "b (k g) x y"}
POINTWISE = {"input": "b (k g) x y", "output": "b (k g) x y"}
BOTH = {"j": 2, "x": [8, 9], "y": 9}
AT9 = {"j": 2, "x": 9, "y": 9}
AT8 = {"j": 2, "x": 8, "y": 8}


@right(group="p4", **PLANE, sizes=BOTH, reach=1)
def lift_and_sigmoid():
    """A lift with sigmoid, in float32."""
    return nn.Sequential(Lift(), nn.Sigmoid())


@right(group="p4m", **PLANE, sizes=BOTH, reach=1)
def lift_and_gelu():
    """A lift to p4m with GELU, in float64."""
    return nn.Sequential(Lift(elements=P4M), nn.GELU()).double()


@right(group="p4m", **LIFTED, sizes=BOTH, linear=True, reach=1)
def group_convolution():
    """A group correlation on p4m, flattened as escnn has it."""
    return GroupConv(elements=P4M)


@right(group="p4", **PLANE, sizes=AT9, reach=2)
def two_group_convolutions():
    """A lift, ReLU in place, a group correlation: the input is left as it was."""
    return nn.Sequential(Lift(), nn.ReLU(inplace=True), GroupConv(3, 2))


@right(group="p4", input="b j g x y", output="b k g x y", sizes=AT9, linear=True, reach=0)
def group_convolution_with_a_fibre_axis():
    """A group correlation on (b, j, g, x, y), as GrouPy's torch fork has it, VALID."""

    class FiveAxes(GroupConv):
        def forward(self, F):
            return fields(super().forward(flat(F)))

    return FiveAxes(padding=0)


@right(
    group="p4",
    **PLANE,
    sizes=AT9,
    linear=True,
    reference={"operator": "correlate", "filters": "psi", "boundary": "zero"},
    reach=1,
)
def lift_that_is_the_reference():
    """A lift, said to be the correlation with its parameter psi."""
    return Lift()


@right(group="p4", **PLANE, sizes=AT8, domain="torus")
def lift_with_circular_padding():
    """A lift with tanh on glued edges, padding_mode circular."""

    class Circular(Lift):
        def forward(self, f):
            return torch.tanh(super().forward(functional.pad(f, (1, 1, 1, 1), mode="circular")))

    return Circular(padding=0)


@right(group="p4", **PLANE, sizes=AT8, linear=True, domain="torus")
def lift_by_fourier_transform():
    """A lift on glued edges by FFT: the transform of the filter is conjugated."""

    class Fourier(Lift):
        def forward(self, f):
            n = f.shape[-1]
            box = functional.pad(self.filters(), (0, n - 3, 0, n - 3)).roll((-1, -1), (-2, -1))
            spectrum = torch.einsum("bjxy,ksjxy->bksxy", torch.fft.fft2(f), torch.fft.fft2(box).conj())
            return flat(torch.fft.ifft2(spectrum).real)

    return Fourier()


@right(group="p4", **PLANE, sizes=AT9, reach=1, step=(2, 1))
def strided_lift():
    """A lift k3 s2 with padding 1 on 9×9, where (n + 2 - k) mod s = 0."""
    return nn.Sequential(Lift(stride=2), nn.ReLU())


@right(group="p4m", **POINTWISE, sizes={"k": 2, "x": 9, "y": 9}, reach=0, step=(2, 1))
def max_pool_of_3():
    """Max pooling k3 s2 on odd maps."""
    return nn.MaxPool2d(3, 2)


@right(group="p4m", **POINTWISE, sizes={"k": 2, "x": 8, "y": 8}, linear=True, reach=0, step=(2, 1))
def average_pool_of_2():
    """Average pooling k2 s2 on even maps."""
    return nn.AvgPool2d(2)


@right(group="p4m", **POINTWISE, sizes={"k": 2, "x": [8, 9], "y": 9}, linear=True, reach=2, step=(1, 2))
def bilinear_upsampling():
    """Bilinear upsampling by 2: symmetric on every size."""
    return nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)


@right(group="p4", **PLANE, sizes=BOTH, linear=True, reach=0, step=(1, 2))
def transposed_lift():
    """A transposed convolution k2 s2 whose 2×2 filters turn."""

    class Transposed(Lift):
        def forward(self, f):
            return functional.conv_transpose2d(f, self.filters().flatten(0, 1).transpose(0, 1), stride=2)

    return Transposed(size=2)


@right(group="p4", **PLANE, sizes=AT9, reach=1)
def weight_normalised():
    """A lift with weight_norm on the filter that is turned."""
    return parametrizations.weight_norm(Lift(), "psi", dim=0)


@right(group="p4", **PLANE, sizes=AT9, reach=1)
def spectrally_normalised():
    """A lift with spectral_norm on the filter that is turned."""
    return parametrizations.spectral_norm(Lift(), "psi")


@right(group="p4m", **PLANE, sizes=BOTH, reach=1)
def bias_of_each_field():
    """A lift with one bias for all orientations of a field."""

    class Biased(Lift):
        def __init__(self):
            super().__init__(elements=P4M)
            self.bias = nn.Parameter(torch.randn(3, 1, 1, 1))

        def forward(self, f):
            return flat(fields(super().forward(f), 8) + self.bias)

    return Biased()


@right(group="p4m", input="b j x y", output="b k x y", sizes=BOTH, linear=True, reach=1)
def symmetrised_filter():
    """A convolution by the mean of a free filter's images."""

    class Isotropic(Lift):
        def filters(self):
            return super().filters().mean(1, keepdim=True)

    return Isotropic(elements=P4M)


@right(group="p2", **PLANE, sizes=BOTH, reach=1)
def lift_to_half_turns():
    """A lift to p2 with SiLU."""
    return nn.Sequential(Lift(elements=P2), nn.SiLU())


@right(group="pm", **LIFTED, sizes=BOTH, reach=1)
def convolution_on_pm():
    """A group correlation on pm with softplus."""
    return nn.Sequential(GroupConv(elements=PM), nn.Softplus())


@right(
    group="p4",
    input="b (k g) x y",
    output="b (k q) x y",
    reps={"q": "quotient:C2"},
    sizes={"k": 3, "x": 9, "y": 9},
)
def coset_maximum():
    """The larger of the two orientations of a coset."""

    class CosetPool(nn.Module):
        def forward(self, f):
            return flat(fields(f).unflatten(2, (2, 2)).amax(2))

    return CosetPool()


@right(
    group="p4m",
    input="b (k v) x y",
    output="b (k v) x y",
    reps={"v": "vector"},
    sizes={"k": 3, "x": 8, "y": 8},
    reach=0,
)
def norm_nonlinearity():
    """Vectors scaled by a sigmoid of their length."""

    class Gate(nn.Module):
        def __init__(self):
            super().__init__()
            self.bias = nn.Parameter(torch.randn(3, 1, 1, 1))

        def forward(self, f):
            v = fields(f, 2)
            return flat(v * torch.sigmoid((v.square().sum(2, keepdim=True) + 0.01).sqrt() + self.bias))

    return Gate()


@right(
    group="p4",
    input=("b j x y", "o j m n"),
    output="b (o g) x y",
    sizes={"j": 2, "o": 3, "m": 3, "n": 3, "x": 9, "y": 9},
    linear="bilinear",
    reach=1,
)
def lift_as_a_function_of_the_filter():
    """A module of map and filter."""

    class Bilinear(nn.Module):
        def forward(self, f, psi):
            bank = torch.stack([turned(psi, s) for s in P4], 1).flatten(0, 1)
            return functional.conv2d(f, bank, padding=1)

    return Bilinear()


@right(group="C6", input="b j g", output="b k g", sizes={"j": 2}, linear=True)
def circular_convolution_of_the_fibre():
    """Conv1d with circular padding along a fibre of C6."""
    return nn.Conv1d(2, 3, 3, padding=1, padding_mode="circular", bias=False)


EIGHTHS = np.array([np.roll(np.eye(8, dtype=int), 2 * u, axis=0) for u in range(4)])
"""A quarter turn takes orientation o to o + 2 mod 8."""


@right(
    group="p4", input="b j x y", output="b (k o) x y", reps={"o": EIGHTHS}, sizes=AT9, linear=True, reach=1
)
def eight_orientations_under_quarter_turns():
    """Eight orientations by nearest pixels, declared as what quarter turns do to them: no more of C8 acts on pixels."""

    class Eighths(Lift):
        def image(self, angle):
            c, s = math.cos(angle), math.sin(angle)
            rows, columns = torch.meshgrid(torch.arange(-1, 2), torch.arange(-1, 2), indexing="ij")
            sources = (c * rows + s * columns, c * columns - s * rows)
            return self.psi[..., *((a + 1).round().long().clamp(0, 2) for a in sources)]

        def filters(self):
            return torch.stack([self.image(k * math.pi / 4) for k in range(8)], 1)

    return Eighths()


class Dilated(Lift):
    """A lift whose filter has holes."""

    def forward(self, f):
        return functional.conv2d(f, self.filters().flatten(0, 1), padding=2, dilation=2)


@right(group="p4", **PLANE, sizes={"j": 2, "x": 11, "y": 11}, linear=True, reach=2)
def dilated_lift():
    """Dilation 2 with zeros around: near the edge the sight is cut off without touching it."""
    return Dilated()


@right(group="p4", **PLANE, sizes=AT9, reach=2)
def pyramid_of_dilations():
    """Dilations 1 and 2 side by side, with GELU (as in atrous pyramids)."""

    class Pyramid(nn.Module):
        def __init__(self):
            super().__init__()
            self.near, self.far = Lift(), Dilated()

        def forward(self, f):
            return functional.gelu(self.near(f) + self.far(f))

    return Pyramid()


@right(group="S4", input="b n c", output="b n c", reps={"n": "node"}, sizes={"c": 3})
def softmax_over_nodes():
    """Softmax over the axis that the group permutes: where one is nearly 1 the others hardly move."""
    return nn.Softmax(1)


@right(group="p4", input="b j x y", output="b j", sizes={"j": 2, "x": 9, "y": 9})
def mean_of_saturated_values():
    """The mean of tanh(3 f): every value is 1 or -1 but for rounding, and the sum is not."""

    class Mean(nn.Module):
        def forward(self, f):
            return torch.tanh(3 * f).mean((2, 3))

    return Mean()


@right(group="p4", input="b j x y", output="b j v x y", reps={"v": "vector"}, sizes=AT9, reach=1)
def gradient_by_its_angle():
    """Central differences to polar coordinates and back: atan2 turns by angles that are on no lattice."""

    class Polar(nn.Module):
        def forward(self, f):
            p = functional.pad(f, [1] * 4)
            down, along = p[:, :, 2:, 1:-1] - p[:, :, :-2, 1:-1], p[:, :, 1:-1, 2:] - p[:, :, 1:-1, :-2]
            size, angle = (down * down + along * along).sqrt(), torch.atan2(along, down)
            return torch.stack([size * angle.cos(), size * angle.sin()], 2)

    return Polar()


@right(group="p4m", input="b j x y", output="b k x y", sizes=AT9, reach=0)
def weight_norm_by_hooks_and_gelu():
    """The weight_norm that keeps what it computed as an attribute, before GELU."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return nn.Sequential(nn.utils.weight_norm(nn.Conv2d(2, 3, 1)), nn.GELU())
