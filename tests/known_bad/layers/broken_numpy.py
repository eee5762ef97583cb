"""Broken layers of NumPy: filters, boundaries, grids, places, and what is no lack of equivariance."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from .numpy_parts import (
    P4,
    P4M,
    correlate,
    fields,
    flat,
    group_correlate,
    lift,
    max_pool,
    padded,
    turned,
    weights,
)
from .register import broken

AT9 = {"j": 2, "x": 9, "y": 9}
AT8 = {"j": 2, "x": 8, "y": 8}
PLANE = {"input": "b j x y", "output": "b (k g) x y"}
SCALAR = {"input": "b j x y", "output": "b j x y"}


@broken(verdict="FAILED", code="filter_not_transformed", found="p1", group="p4", **PLANE, sizes=AT9)
def lift_with_untransformed_filters():
    """A lift with one filter for all orientations, nowhere turned."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(np.stack([correlate(padded(f), psi)] * 4, axis=2))


@broken(verdict="FAILED", code="filter_not_transformed", found="p4", group="p4m", **PLANE, sizes=AT9)
def lift_forgets_the_mirrors():
    """A lift to p4m whose filters turn for rᵏm as for rᵏ: the mirror is left out."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi, P4 + P4))


@broken(
    verdict="FAILED",
    code="filter_not_transformed",
    found="p4",
    group="p4m",
    input="b j x y",
    output="b k x y",
    sizes=AT9,
)
def windmills_under_mirrors():
    """Filters that turns fix and mirrors do not, tested with elements outside the layer's group (escnn#71)."""
    psi = weights(3, 2, 5, 5)
    psi = sum(turned(psi, s) for s in P4)
    return lambda f: correlate(padded(f, 2), psi)


@broken(verdict="FAILED", code="filter_wrongly_transformed", found="p1", group="p4", **PLANE, sizes=AT9)
def last_orientation_turns_the_wrong_way():
    """A lift whose last filter is turned by r for r³."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi, (0, 1, 2, 1)))


@broken(verdict="FAILED", code="filter_wrongly_transformed", found="p2", group="p4", **PLANE, sizes=AT9)
def filters_transposed_for_turned():
    """A lift that transposes its filter for every odd quarter turn."""
    psi = weights(3, 2, 3, 3)
    images = [
        psi,
        psi.swapaxes(-1, -2),
        np.rot90(psi, 2, (-2, -1)),
        np.rot90(psi, 2, (-2, -1)).swapaxes(-1, -2),
    ]
    return lambda f: flat(np.stack([correlate(padded(f), image) for image in images], axis=2))


@broken(
    verdict="FAILED",
    code="filter_wrongly_transformed",
    found="p1",
    group="p4",
    input="b (j g) x y",
    output="b (k g) x y",
    sizes=AT9,
)
def sum_stops_one_orientation_short():
    """A group correlation that sums over three of four orientations."""
    psi = weights(3, 2, 4, 3, 3)

    def layer(f):
        F = fields(f, 4).copy()
        F[:, :, 3] = 0
        return flat(group_correlate(padded(F), psi))

    return layer


@broken(verdict="FAILED", code="axis_flipped", found="p2", group="p4", **PLANE, sizes=AT9, reach=1)
def rows_upside_down():
    """A lift whose output has its rows from bottom to top."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi))[..., ::-1, :]


@broken(verdict="FAILED", code="centre", found="p1", group="p4", **PLANE, sizes=AT8)
def even_map_turned_about_a_pixel():
    """A lift that turns even maps about pixel n/2, a half off their centre (escnn#98), and back about the centre."""
    psi = weights(3, 2, 3, 3)

    def about_pixel(f, s):
        for _ in range(s):
            f = np.roll(np.rot90(f, 1, (-2, -1)), 1, -2)
        return f

    def layer(f):
        return flat(
            np.stack(
                [np.rot90(correlate(padded(about_pixel(f, -s % 4)), psi), s, (-2, -1)) for s in P4], axis=2
            )
        )

    return layer


@broken(
    verdict="FAILED", code="centre", also=("padding",), found="p1", group="p4", **PLANE, sizes=AT9, reach=1
)
def even_box_turned_about_a_lattice_point():
    """A lift with 2×2 boxes at offsets -1 and 0, each turned about its middle: a half off the origin."""
    psi = weights(3, 2, 2, 2)
    return lambda f: flat(lift(np.pad(f, [(0, 0), (0, 0), (1, 0), (1, 0)]), psi))


@broken(
    verdict="FAILED",
    code="padding",
    also=("centre",),
    found="cm",
    group="p4m",
    input="b j x y",
    output="b k x y",
    sizes=AT9,
)
def zeros_on_two_sides_only():
    """Isotropic 3×3 filters on maps with two zeros before and none after, on either axis."""
    psi = weights(3, 2, 3, 3)
    psi = sum(turned(psi, s) for s in P4M)
    return lambda f: correlate(np.pad(f, [(0, 0), (0, 0), (2, 0), (2, 0)]), psi)


@broken(
    verdict="FAILED",
    code="stride",
    found="p1",
    group="p4",
    input="b (j g) x y",
    output="b (j g) x y",
    sizes=AT9,
    step=(2, 1),
)
def max_pool_of_2_on_odd_maps():
    """Max pooling k2 s2 on odd maps: (n - k) mod s is not 0 (GrouPy#26)."""
    return lambda f: max_pool(f, 2, 2)


@broken(verdict="FAILED", code="stride", found="cm", group="p4m", **SCALAR, sizes=AT8, step=(2, 1))
def max_pool_of_3_on_even_maps():
    """Max pooling k3 s2 on even maps, the reverse case of GrouPy#26; the diagonal mirror stays."""
    return lambda f: max_pool(f, 3, 2)


@broken(verdict="FAILED", code="stride", found="cm", group="p4m", **SCALAR, sizes=AT8, step=(2, 1))
def every_other_pixel_of_even_maps():
    """Every other pixel, from the first one, of even maps."""
    return lambda f: f[..., ::2, ::2]


@broken(verdict="FAILED", code="boundary", found="p2", group="p4", **PLANE, sizes=AT9)
def rows_glued_and_columns_not():
    """A lift with rows glued into a ring and zeros beside the columns."""
    psi = weights(3, 2, 3, 3)
    around = [(0, 0)] * 3 + [(1, 1)]
    return lambda f: flat(lift(np.pad(np.pad(f, [(0, 0)] * 2 + [(1, 1), (0, 0)], mode="wrap"), around), psi))


@broken(verdict="FAILED", code="boundary", found="pmm", group="p4m", **PLANE, sizes=AT9)
def reflection_of_one_axis():
    """A lift with reflection at the top and bottom, zeros at the left and right."""
    psi = weights(3, 2, 3, 3)
    around = [(0, 0)] * 3 + [(1, 1)]
    return lambda f: flat(
        lift(np.pad(np.pad(f, [(0, 0)] * 2 + [(1, 1), (0, 0)], mode="reflect"), around), psi, P4M)
    )


@broken(verdict="FAILED", code="boundary", domain="torus", group="p4", **PLANE, sizes=AT9)
def zeros_on_the_torus():
    """A lift with zeros around, said to live on glued edges: turns hold, translations do not."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi))


@broken(verdict="FAILED", code="position", found="p1", group="p4", **PLANE, sizes=AT9)
def positional_code_added():
    """A lift of the map with its row number added."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f + np.arange(f.shape[-2])[:, None] / 8), psi))


@broken(verdict="FAILED", code="position", domain="plane", group="p4", **PLANE, sizes=AT9, reach=1)
def radial_weight():
    """A lift weighted by the distance to the centre: turns about it hold, no translation does."""
    psi = weights(3, 2, 3, 3)

    def layer(f):
        rows, columns = (np.arange(n) - (n - 1) / 2 for n in f.shape[-2:])
        return flat(lift(padded(f * (1 + rows[:, None] ** 2 + columns**2)), psi))

    return layer


@broken(verdict="FAILED", code="unexplained", found="pmm", group="p4m", **SCALAR, sizes=AT8)
def product_of_neighbours_in_a_row():
    """The map plus the product of its left and right neighbours: quadratic, and of rows only."""

    def layer(f):
        around = padded(f)
        return f + around[..., 1:-1, 2:] * around[..., 1:-1, :-2]

    return layer


@broken(verdict="FAILED", code="leak", found="p1", group="p4", **PLANE, sizes=AT9)
def leak_of_1e_10():
    """A lift in float64, one filter of which is off, by 1e-10 of the output."""
    psi = np.random.default_rng(0).normal(size=(3, 2, 3, 3))

    def layer(f):
        F = lift(padded(f), psi)
        F[:, 0, 2] += 5e-10 * f[:, 0]
        return flat(F)

    return layer


@broken(verdict="INCONCLUSIVE", code="leak", found="p1", group="p4", **PLANE, sizes=AT9)
def leak_at_the_last_places():
    """A lift with tanh whose second orientation is off by 2⁻⁴³ of the map: more than rounding, less than a fault."""
    psi = np.random.default_rng(0).normal(size=(3, 2, 3, 3)) / 4

    def layer(f):
        F = np.tanh(lift(padded(f), psi))
        F[:, :, 1] += 2.0**-43 * np.tanh(f[:, :1])
        return flat(F)

    return layer


@broken(verdict="FAILED", code="vacuous", found="p4", group="p4", **PLANE, sizes=AT9)
def zero_map():
    """Zero, whatever comes: every equivariance test is passed."""
    return lambda f: np.zeros((len(f), 12, *f.shape[2:]))


@broken(
    verdict="FAILED", code="vacuous", found="p4m", group="p4m", input="b j x y", output="b k x y", sizes=AT9
)
def one_channel_is_constant():
    """Isotropic filters, of which one is zero, with a bias: its channel ignores the input."""
    psi = weights(3, 2, 3, 3)
    psi = sum(turned(psi, s) for s in P4M)
    psi[2] = 0
    return lambda f: correlate(padded(f), psi) + np.array([0.5, 1, 2])[:, None, None]


@broken(verdict="FAILED", code="not_linear", found="p4", group="p4", **PLANE, sizes=AT9, linear=True)
def bias_in_a_linear_layer():
    """A lift with a bias, said to be linear."""
    psi, bias = weights(3, 2, 3, 3), np.array([0.5, 1, -1])
    return lambda f: flat(lift(padded(f), psi) + bias[:, None, None, None])


@broken(verdict="NOT_TESTED", code="input_changed", group="p4", **PLANE, sizes=AT9)
def scales_its_input_in_place():
    """A lift that halves its input where it lies."""
    psi = weights(3, 2, 3, 3)

    def layer(f):
        f *= 0.5
        return flat(lift(padded(f), psi))

    return layer


@broken(verdict="NOT_TESTED", code="nondeterministic", group="p4", **PLANE, sizes=AT9)
def noise_added():
    """A lift with noise on its output."""
    psi, random = weights(3, 2, 3, 3), np.random.default_rng()

    def layer(f):
        F = flat(lift(padded(f), psi))
        return F + 1e-3 * random.normal(size=F.shape)

    return layer


@broken(verdict="FAILED", code="batch_leak", found="p4", group="p4", **PLANE, sizes=AT9)
def mean_of_the_batch_subtracted():
    """A lift of the map less the mean of its batch."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f - f.mean(axis=0, keepdims=True) / 2), psi))


TURNS = np.array([[[1, 0], [0, 1]], [[0, -1], [1, 0]], [[1, 0], [0, 1]], [[0, -1], [1, 0]]])
"""ρ(r) is a quarter turn and ρ(r²) the identity: no action."""


@broken(
    verdict="FAILED",
    code="representation",
    group="p4",
    input="b j x y",
    output="b (k v) x y",
    reps={"v": TURNS},
    sizes=AT9,
)
def gradient_under_no_action():
    """A gradient field, whose declared matrices are those of no representation: ρ(r)ρ(r) is not ρ(r²)."""

    def layer(f):
        around = padded(f)
        rows = around[..., 2:, 1:-1] - around[..., :-2, 1:-1]
        columns = around[..., 1:-1, 2:] - around[..., 1:-1, :-2]
        return flat(np.stack([rows, columns], axis=2))

    return layer


@broken(
    verdict="FAILED",
    code="ties",
    group="p4",
    input="b k g x y",
    output="b x y",
    sizes={"k": 2, "x": 8, "y": 8},
)
def first_of_equal_orientations():
    """The second channel where the first is largest of all orientations: of equal ones argmax takes the first."""
    return lambda f: np.take_along_axis(f[:, 1], f[:, :1].argmax(axis=2), axis=1)[:, 0]


@broken(verdict="FAILED", code="position", found="p1", group="p4", **SCALAR, sizes=AT9)
def fractions_weighted_by_place():
    """What a number exceeds the nearest integer by is weighted by row and column: integers do not show it."""
    place = 2 + np.arange(9.0) + 20 * np.arange(9.0)[:, None]
    return lambda f: f + place[: f.shape[2], : f.shape[3]] * (f - np.rint(f))


@broken(verdict="FAILED", code="interpolation", found="p1", group="p4", **SCALAR, sizes=AT9)
def half_a_pixel_along_by_scipy():
    """A map moved by half a pixel with SciPy's shift, linear interpolation."""
    return lambda f: ndimage.shift(f, (0, 0, 0.5, 0), order=1)


@broken(verdict="FAILED", code="batch_leak", found="p4", group="p4", **SCALAR, sizes=AT9)
def state_carried_through_the_batch():
    """A running sum over examples, as of a recurrence that is not reset: the first one does not show it."""
    return lambda f: np.cumsum(f, axis=0)


@broken(verdict="NOT_TESTED", code="nondeterministic", group="p4", **SCALAR, sizes=AT9)
def scale_of_the_first_call():
    """It divides by the largest value of the first map that it was given, for each shape."""

    class First:
        def __init__(self):
            self.scales = {}

        def __call__(self, f):
            return f / self.scales.setdefault(f.shape, np.abs(f).max())

    return First()


@broken(verdict="FAILED", code="filter_wrongly_transformed", found="p1", group="p4", **PLANE, sizes=AT9)
def signs_of_a_wrong_lift():
    """Where a lift whose last filter is turned by r for r³ is positive: truth values, by which no filter is read."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi, (0, 1, 2, 1))) > 0


@broken(verdict="FAILED", code="filter_wrongly_transformed", found="p1", group="p4", **PLANE, sizes=AT9)
def bins_of_a_wrong_lift():
    """The same lift in bins of 3, whose edges are at integers: one unit in the last place moves most entries."""
    psi = weights(3, 2, 3, 3)
    return lambda f: np.floor(flat(lift(padded(f), psi, (0, 1, 2, 1))) / 3)


@broken(verdict="FAILED", code="filter_not_transformed", found="p1", group="p4", **PLANE, sizes=AT9)
def mask_of_an_unturned_lift():
    """A lift with one filter for all orientations, where it is above its mean."""
    psi = weights(3, 2, 3, 3)

    def layer(f):
        y = flat(np.stack([correlate(padded(f), psi)] * 4, axis=2))
        return np.where(y > y.mean((1, 2, 3), keepdims=True), 1.0, 0.0)

    return layer


@broken(verdict="FAILED", code="position", found="p1", group="p4", **SCALAR, sizes=AT9)
def imaginary_part_weighted_by_place():
    """Real parts as they come, imaginary ones times their column: who looks at real parts sees nothing."""
    return lambda f: f + 1j * f * np.arange(1, f.shape[-1] + 1)


@broken(verdict="FAILED", code="batch_leak", found="p4", group="p4", **SCALAR, sizes=AT9)
def imaginary_mean_of_the_batch():
    """The mean of the batch as imaginary part."""
    return lambda f: f + 1j * f.mean(0, keepdims=True)


@broken(verdict="NOT_TESTED", code="nondeterministic", group="p4", **SCALAR, sizes=AT9)
def noise_that_hides_a_ramp():
    """Noise of 1e-9, in whose spread a ramp of 3e-9 along the columns would vanish."""
    random = np.random.default_rng(0)

    def layer(f):
        return np.sin(f) + 1e-9 * random.standard_normal(f.shape) + 3e-9 * np.arange(f.shape[-1])

    return layer


@broken(verdict="FAILED", code="position", found="p1", group="p4", **SCALAR, sizes=AT9)
def thresholds_by_place():
    """What is above a threshold of its place, all between 0 and 1/4: no integer and no quarter is there."""
    return lambda f: f * (f > np.linspace(0.01, 0.24, f[0, 0].size).reshape(f.shape[2:]))
