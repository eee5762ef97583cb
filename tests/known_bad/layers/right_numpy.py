"""Right layers of NumPy on the plane: lifts, group convolutions, pooling, in several layouts and groups."""

from __future__ import annotations

import numpy as np
from scipy import ndimage, signal

from .numpy_parts import (
    P2,
    P4M,
    PM,
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
from .register import right

PLANE = {"input": "b j x y", "output": "b (k g) x y"}
LIFTED = {"input": "b (j g) x y", "output": "b (k g) x y"}
J2 = {"j": 2, "x": [8, 9], "y": 9}
SQUARE = {"j": 2, "x": 9, "y": 9}


@right(group="p4", **PLANE, sizes=J2, linear=True, reach=0)
def lift_valid():
    """A lift with VALID boundary."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(f, psi))


@right(group="p4m", **PLANE, sizes=J2, linear=True, reach=1)
def lift_same():
    """A lift with zeros around, as SAME of stride 1 has them."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi, P4M))


@right(group="p4", **PLANE, sizes=J2, linear=True, reach=0)
def lift_by_an_even_box():
    """A lift with 2×2 boxes and VALID boundary: turning the array turns about the box's centre."""
    psi = weights(3, 2, 2, 2)
    return lambda f: flat(lift(f, psi))


@right(group="p4", **PLANE, sizes=SQUARE, reach=1)
def lift_float32():
    """A lift with sigmoid, all in float32."""
    psi = np.random.default_rng(0).normal(size=(3, 2, 3, 3)).astype(np.float32)
    return lambda f: 1 / (1 + np.exp(-flat(lift(padded(f.astype(np.float32)), psi))))


@right(group="p4", **LIFTED, sizes=J2, linear=True, reach=1)
def group_convolution_field_major():
    """A group correlation, channels (j g) as escnn and GrouPy flatten them."""
    psi = weights(3, 2, 4, 3, 3)
    return lambda f: flat(group_correlate(padded(fields(f, 4)), psi))


@right(group="p4m", input="b j g x y", output="b k g x y", order="groupy", sizes=SQUARE, linear=True, reach=1)
def group_convolution_in_groupys_order():
    """A group correlation with the orientations as GrouPy has them: 4m + k is flipud∘rot90ᵏ."""
    psi = weights(3, 2, 8, 3, 3)
    ours = [0, 1, 2, 3, *(4 + (2 - k) % 4 for k in range(4))]

    def layer(F):
        of_ours = np.empty_like(F)
        of_ours[:, :, ours] = F
        return group_correlate(padded(of_ours), psi, P4M)[:, :, ours]

    return layer


@right(group="p4m", input="b x y (g j)", output="b x y (g k)", sizes=SQUARE, linear=True, reach=1)
def group_convolution_channels_last():
    """A group correlation with orientation and channels after space, as in GroCo."""
    psi = weights(3, 2, 8, 3, 3)

    def layer(f):
        F = f.reshape(*f.shape[:3], 8, -1).transpose(0, 4, 3, 1, 2)
        return group_correlate(padded(F), psi, P4M).transpose(0, 3, 4, 2, 1).reshape(*f.shape[:3], -1)

    return layer


@right(group="p4", **LIFTED, sizes=SQUARE, linear=True, reach=1)
def true_convolution():
    """A group convolution, psi[t⁻¹s, t⁻¹(x - y)]: it commutes with left translation as a correlation does."""
    psi = weights(3, 2, 4, 3, 3)

    def layer(f):
        F = padded(fields(f, 4))
        return flat(
            np.stack(
                [
                    sum(
                        correlate(F[:, :, t], np.rot90(turned(psi[:, :, (s - t) % 4], t), 2, (-2, -1)))
                        for t in range(4)
                    )
                    for s in range(4)
                ],
                axis=2,
            )
        )

    return layer


@right(group="p4", **PLANE, sizes=SQUARE, order="clockwise", linear=True, reach=0)
def clockwise_fibre_declared():
    """A lift whose orientations turn the other way, and are declared so."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(f, psi, (0, 3, 2, 1)))


@right(group="p2", **PLANE, sizes=J2, linear=True, reach=0)
def lift_to_p2():
    """A lift to half turns."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(f, psi, P2))


@right(group="pm", **PLANE, sizes=J2, linear=True, reach=1)
def lift_to_pm():
    """A lift to one mirror."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi, PM))


@right(group="p4", **PLANE, sizes=SQUARE, linear=True, domain="torus")
def lift_on_the_torus():
    """A lift on glued edges."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f, mode="wrap"), psi))


@right(group="p4m", input="b j x y", output="b k x y", sizes=J2, linear=True, reach=1)
def isotropic_convolution():
    """A convolution by filters that all turns and mirrors fix."""
    psi = weights(3, 2, 3, 3)
    psi = sum(turned(psi, s) for s in P4M)
    return lambda f: correlate(padded(f), psi)


@right(
    group="p4",
    input="b j x y",
    output="b (k q) x y",
    reps={"q": "quotient:C2"},
    sizes=SQUARE,
    linear=True,
    reach=1,
)
def lift_to_a_quotient():
    """A lift to C4/C2 by filters that half turns fix: two orientations, that a quarter turn exchanges."""
    psi = weights(3, 2, 3, 3)
    psi = psi + turned(psi, 2)
    return lambda f: flat(lift(padded(f), psi, (0, 1)))


@right(
    group="p4", input="b j x y", output="b (k s) x y", reps={"s": "sign"}, sizes=SQUARE, linear=True, reach=1
)
def lift_to_the_sign():
    """A convolution by filters that a quarter turn takes to their negatives, such as ∂²/∂x² - ∂²/∂y²."""
    psi = weights(3, 2, 3, 3)
    psi = sum((-1) ** s * turned(psi, s) for s in range(4))
    return lambda f: correlate(padded(f), psi)


@right(
    group="p4m", input="b j x y", output="b (k s) x y", reps={"s": "sign"}, sizes=SQUARE, linear=True, reach=2
)
def lift_to_pseudoscalars():
    """A convolution by filters that turns fix and mirrors negate; the smallest such box is 5×5."""
    psi = weights(3, 2, 5, 5)
    psi = sum((1 if s < 4 else -1) * turned(psi, s) for s in P4M)
    return lambda f: correlate(padded(f, 2), psi)


@right(
    group="p4m",
    input="b k x y",
    output="b (k v) x y",
    reps={"v": "vector"},
    sizes={"k": 2, "x": [8, 9], "y": 9},
    linear=True,
    reach=1,
)
def gradient_field():
    """Central differences along rows and columns: a vector at each pixel."""

    def layer(f):
        around = padded(f)
        rows = around[..., 2:, 1:-1] - around[..., :-2, 1:-1]
        columns = around[..., 1:-1, 2:] - around[..., 1:-1, :-2]
        return flat(np.stack([rows, columns], axis=2))

    return layer


@right(
    group="p4m",
    input="b (k v) x y",
    output="b k x y",
    reps={"v": "vector"},
    sizes={"k": 2, "x": 8, "y": 8},
    linear=True,
    reach=1,
)
def divergence():
    """Central differences of a vector field, summed."""

    def layer(f):
        v = padded(fields(f, 2))
        return v[:, :, 0, 2:, 1:-1] - v[:, :, 0, :-2, 1:-1] + v[:, :, 1, 1:-1, 2:] - v[:, :, 1, 1:-1, :-2]

    return layer


@right(
    group="p4",
    input="b (k g) x y",
    output="b k x y",
    sizes={"k": 2, "x": [8, 9], "y": 9},
    linear=True,
    reach=0,
)
def group_pool_by_mean():
    """The mean over orientations, GroupPool of keras-gcnn."""
    return lambda f: fields(f, 4).mean(axis=2)


@right(
    group="p4",
    input="b (k g) x y",
    output="b (k q) x y",
    reps={"q": "quotient:C2"},
    sizes={"k": 3, "x": 9, "y": 9},
    reach=0,
)
def coset_pool():
    """The larger of the two orientations in each coset of the half turn."""

    def layer(f):
        F = fields(f, 4)
        return flat(
            np.stack([np.maximum(F[:, :, 0], F[:, :, 2]), np.maximum(F[:, :, 1], F[:, :, 3])], axis=2)
        )

    return layer


@right(group="p4", input="b (k g) x y", output="b (k g) x y", sizes={"k": 3, "x": 9, "y": 8}, reach=0)
def softmax_over_the_fibre():
    """Softmax over orientations at each pixel."""

    def layer(f):
        weight = np.exp(fields(f, 4) - fields(f, 4).max(axis=2, keepdims=True))
        return flat(weight / weight.sum(axis=2, keepdims=True))

    return layer


@right(
    group="p4m",
    input="b (k g) x y",
    output="b (k g) x y",
    sizes={"k": 3, "x": 8, "y": 8},
    reach=0,
    step=(2, 1),
)
def max_pool_of_2_on_even_maps():
    """Max pooling k2 s2 on even maps: (n - k) mod s = 0."""
    return lambda f: max_pool(f, 2, 2)


@right(
    group="p4",
    input="b (k g) x y",
    output="b (k g) x y",
    sizes={"k": 2, "x": 9, "y": [7, 9]},
    reach=0,
    step=(2, 1),
)
def max_pool_of_3_on_odd_maps():
    """Max pooling k3 s2 on odd maps: (n - k) mod s = 0."""
    return lambda f: max_pool(f, 3, 2)


@right(group="p4m", **PLANE, sizes={"j": 2, "x": 9, "y": 8}, linear=True, reach=0)
def lift_of_oblong_maps_only():
    """A lift that refuses square maps."""
    psi = weights(3, 2, 3, 3)

    def layer(f):
        if f.shape[-1] == f.shape[-2]:
            raise ValueError(f"square maps are not for this layer: {f.shape}")
        return flat(lift(f, psi, P4M))

    return layer


@right(group="p4", **PLANE, sizes={"j": 2, "x": 9, "y": 9}, linear=True, reach=1, step=(2, 1))
def strided_lift_on_odd_maps():
    """A lift with stride 2 on 9×9: the grid of the output lies evenly in the map."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi))[..., ::2, ::2]


@right(group="p4", **PLANE, sizes={"j": 2, "x": 9, "y": 9})
def mask_of_a_lift():
    """Where a lift is positive, as truth values."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi)) > 0


@right(group="p4", **PLANE, sizes={"j": 2, "x": 9, "y": 9})
def bins_of_a_lift():
    """A lift in bins of 3, whose edges are at integers."""
    psi = weights(3, 2, 3, 3)
    return lambda f: np.floor(flat(lift(padded(f), psi)) / 3)


@right(group="p4m", input="b j x y", output="b j", sizes={"j": 2, "x": 9, "y": 9})
def medians():
    """The median of each map: 0 for most maps of small integers, which is no sign of a dead channel."""
    return lambda f: np.median(f, (2, 3))


@right(group="p4m", input="b j x y", output="b j x y", sizes={"j": 2, "x": 9, "y": 9})
def complex_gain():
    """Times 1 + 2i."""
    return lambda f: (1 + 2j) * f


@right(group="p4m", input="b j x y", output="b j x y", sizes={"j": 2, "x": 9, "y": 9})
def gates_of_rows_and_columns():
    """Products of three factors, which come in another order: on a lattice they are rounded apart."""

    def gate(f):
        return 1 / (1 + np.exp(-f))

    return lambda f: f * gate(f.mean(2, keepdims=True)) * gate(f.mean(3, keepdims=True))


@right(group="pm", input="b j x", output="b j x", sizes={"j": 2, "x": [8, 9]}, reach=2)
def polynomials_fitted_to_five():
    """Savitzky and Golay's filter, which fits the five values at the edge for the last two outputs, too."""
    return lambda f: signal.savgol_filter(f, 5, 2)


@right(group="p4m", input="b j x y", output="b j x y", sizes={"j": 2, "x": 9, "y": 9})
def holes_filled():
    """Holes of what is positive are filled: how far an output sees depends on what it sees."""

    def layer(f):
        filled = [ndimage.binary_fill_holes(one > 0) for one in f.reshape(-1, *f.shape[2:])]
        return np.array(filled, dtype=float).reshape(f.shape)

    return layer
