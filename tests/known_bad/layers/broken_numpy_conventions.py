"""Layers of NumPy that are right under another convention, and layers that mix two of them."""

from __future__ import annotations

import numpy as np

from .numpy_parts import (
    P4,
    P4M,
    correlate,
    fields,
    flat,
    group_correlate,
    inverse,
    lift,
    padded,
    product,
    turned,
    weights,
)
from .register import broken
from .right_numpy_flat import divided

PLANE = {"input": "b j x y", "output": "b (k g) x y", "sizes": {"j": 2, "x": 9, "y": 9}}
LIFTED = {"input": "b (j g) x y", "output": "b (k g) x y", "sizes": {"j": 2, "x": 9, "y": 9}}
GROUPY = [0, 1, 2, 3, *(4 + (2 - k) % 4 for k in range(4))]


@broken(
    verdict="CONVENTION",
    code="orientation_order",
    found="p2",
    group="p4",
    **PLANE,
    mended={"order": "clockwise"},
)
def lift_clockwise():
    """A lift whose orientations turn clockwise: g⁻¹ for g."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi, (0, 3, 2, 1)))


@broken(
    verdict="CONVENTION",
    code="orientation_order",
    found="p2",
    group="p4m",
    **PLANE,
    mended={"order": "groupy"},
)
def lift_in_groupys_order():
    """A lift whose mirrored orientations stand as GrouPy has them, declared in escnn's order."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi, GROUPY))


@broken(
    verdict="CONVENTION",
    code="orientation_order",
    group="p4m",
    found="cm",
    **PLANE,
    mended={"order": [0, 4, 1, 5, 2, 6, 3, 7]},
)
def lift_with_mirrors_between():
    """A lift whose orientations stand as e, m, r, rm, …: an order of nobody's but the author's."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi, (0, 4, 1, 5, 2, 6, 3, 7)))


@broken(
    verdict="CONVENTION",
    code="channel_order",
    found="p1",
    group="p4",
    **PLANE,
    mended={"output": "b (g k) x y"},
)
def lift_orientation_major():
    """A lift with channels (g k), declared as (k g)."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(f, psi).swapaxes(1, 2))


@broken(
    verdict="CONVENTION",
    code="channel_order",
    found="p1",
    group="p4",
    **LIFTED,
    mended={"input": "b (g j) x y"},
)
def group_convolution_reads_orientation_major():
    """A group correlation that reads its channels as (g j), declared as (j g)."""
    psi = weights(3, 2, 4, 3, 3)
    return lambda f: flat(group_correlate(padded(f.reshape(len(f), 4, -1, *f.shape[2:]).swapaxes(1, 2)), psi))


@broken(
    verdict="CONVENTION",
    code="axis_transposed",
    found="p2",
    group="p4",
    **PLANE,
    mended={"output": "b (k g) y x"},
)
def lift_with_columns_first():
    """A lift whose output has columns for rows."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi)).swapaxes(-1, -2)


@broken(
    verdict="CONVENTION",
    code="fibre_omitted",
    found="p1",
    group="p4",
    input="b j x y",
    output="b k x y",
    sizes=PLANE["sizes"],
    mended={"output": "b (k g) x y"},
)
def lift_compared_without_the_shift():
    """A right lift, declared as if turning moved pixels only (e2cnn#56, GrouPy#22)."""
    psi = weights(3, 2, 3, 3)
    return lambda f: flat(lift(padded(f), psi))


@broken(
    verdict="CONVENTION", code="fibre_omitted", found="p1", group="p4", **PLANE, mended={"output": "b k x y"}
)
def isotropic_maps_taken_for_orientations():
    """Twelve scalar maps, declared as three maps on four orientations."""
    psi = weights(12, 2, 3, 3)
    psi = sum(turned(psi, s) for s in P4)
    return lambda f: correlate(padded(f), psi)


@broken(
    verdict="CONVENTION",
    code="orientation_order",
    group="S3",
    input="b j g",
    output="b k g",
    sizes={"j": 2},
    mended={"order": [0, 1, 2, 4, 3, 5]},
)
def right_translation_on_s3():
    """``y_g = Σ_h f_h W_{gh⁻¹}``: it commutes with right translation, not with left (netket's g⁻¹)."""
    W = weights(3, 2, 6)
    inverses = [0, 1, 2, 4, 3, 5]
    table = np.array([[divided(inverses[g], inverses[h]) for g in range(6)] for h in range(6)])
    return lambda f: np.einsum("bjh,kjhg->bkg", f, W[:, :, table])


@broken(
    verdict="CONVENTION",
    code="convolution",
    group="S3",
    input=("b j g", "k j h"),
    output="b k g",
    sizes={"j": 2, "k": 3, "h": 6},
    linear="bilinear",
    reference={"operator": "correlate", "filters": 1},
    mended={"reference": {"operator": "convolve", "filters": 1}},
)
def group_convolution_for_correlation():
    """``Σ_h f(h) psi(h⁻¹g)``, said to be the correlation ``Σ_h f(h) psi(g⁻¹h)``: equivariant, and not that sum."""
    table = np.array([[divided(h, g) for g in range(6)] for h in range(6)])
    return lambda f, psi: np.einsum("bjh,kjhg->bkg", f, psi[:, :, table])


@broken(verdict="FAILED", code="orientation_order", found="p2", group="p4m", **LIFTED)
def filters_fibre_from_the_right():
    """A group correlation with psi[ts⁻¹, s⁻¹y] for psi[s⁻¹t, s⁻¹y]: the same on C4, not on D4."""
    psi = weights(3, 2, 8, 3, 3)
    return lambda f: flat(fibre_correlate(fields(f, 8), psi, P4M, lambda s, t: product(t, inverse(s))))


@broken(verdict="FAILED", code="orientation_order", found="p2", group="p4", **LIFTED)
def filters_fibre_the_other_way():
    """A group correlation with psi[st, s⁻¹y] for psi[s⁻¹t, s⁻¹y]."""
    psi = weights(3, 2, 4, 3, 3)
    return lambda f: flat(fibre_correlate(fields(f, 4), psi, P4, product))


@broken(verdict="FAILED", code="fibre_omitted", found="p1", group="p4", **LIFTED)
def filters_fibre_not_shifted():
    """A group correlation that turns its filters and leaves their orientations in place: psi[t, s⁻¹y]."""
    psi = weights(3, 2, 4, 3, 3)
    return lambda f: flat(fibre_correlate(fields(f, 4), psi, P4, lambda s, t: t))


def fibre_correlate(F, psi, elements, place):
    """``out[k, s, x] = Σ_{j,t,y} F[j, t, x+y] psi[k, j, place(s, t), s⁻¹y]``."""
    return np.stack(
        [
            sum(correlate(padded(F[:, :, t]), turned(psi[:, :, place(s, t)], s)) for t in elements)
            for s in elements
        ],
        axis=2,
    )


@broken(verdict="FAILED", code="filter_wrongly_transformed", found="p2", group="p4m", **LIFTED)
def filters_turn_against_their_fibre():
    """A group correlation with psi[s⁻¹t, sy]: the inverse action on one side (e3nn#443)."""
    psi = weights(3, 2, 8, 3, 3)

    def layer(f):
        F = padded(fields(f, 8))
        one = [
            sum(correlate(F[:, :, t], turned(psi[:, :, product(inverse(s), t)], inverse(s))) for t in P4M)
            for s in P4M
        ]
        return flat(np.stack(one, axis=2))

    return layer


@broken(
    verdict="FAILED",
    code="channel_order",
    found="p1",
    group="p4",
    input="b j x y",
    output="b k g x y",
    sizes={"j": 2, "x": 9, "y": 9},
)
def reshape_for_transpose():
    """A lift that goes from (g, k) to (k, g) by a reshape (netket#792): with one feature it is right."""
    psi = weights(3, 2, 3, 3)

    def layer(f):
        F = lift(padded(f), psi).swapaxes(1, 2)
        return F.reshape(len(F), 3, 4, *F.shape[3:])

    return layer


@broken(
    verdict="FAILED",
    code="channel_order",
    found="p1",
    group="p4",
    input="b j x y",
    output="b (k q) x y",
    reps={"q": "quotient:C2"},
    sizes={"j": 2, "x": 8, "y": 8},
)
def coset_pool_over_the_wrong_axis():
    """A lift to (k g) and coset pooling that reads (g k), the wrong flattened axis (GrouPy#17, keras-gcnn#3)."""
    psi = weights(3, 2, 3, 3)

    def layer(f):
        F = flat(lift(padded(f), psi)).reshape(len(f), 4, 3, *f.shape[2:])
        pooled = np.stack([np.maximum(F[:, 0], F[:, 2]), np.maximum(F[:, 1], F[:, 3])], axis=2)
        return pooled.reshape(len(f), 6, *f.shape[2:])

    return layer


@broken(
    verdict="CONVENTION",
    code="channel_order",
    found="p1",
    group="p4",
    input="b (k g) x y",
    output="b k x y",
    sizes={"k": 3, "x": 8, "y": 8},
    mended={"input": "b (g k) x y"},
)
def group_pool_over_the_wrong_axis():
    """GroupPool of channels (k g), read as (g k)."""
    return lambda f: f.reshape(len(f), 4, -1, *f.shape[2:]).mean(axis=1)


@broken(
    verdict="CONVENTION",
    code="channel_order",
    found="p1",
    group="p4",
    input="b (k g) x y",
    output="b (k g) x y",
    sizes={"k": 3, "x": 8, "y": 8},
    mended={"input": "b (g k) x y", "output": "b (g k) x y"},
)
def softmax_over_the_wrong_axis():
    """Softmax over orientations of channels (k g), read as (g k)."""

    def layer(f):
        F = np.exp(f.reshape(len(f), 4, -1, *f.shape[2:]))
        return (F / F.sum(axis=1, keepdims=True)).reshape(f.shape)

    return layer
