"""Right layers of NumPy without space, in one dimension, with several arguments and results."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from .numpy_parts import P4M, correlate, fields, flat, group_correlate, lift, padded, weights
from .register import right

S3 = list(permutations(range(3)))


def divided(h, g):
    """The index of h⁻¹g in S3."""
    inverse = [S3[h].index(i) for i in range(3)]
    return S3.index(tuple(inverse[S3[g][i]] for i in range(3)))


@right(group="S3", input="b j g", output="b k g", sizes={"j": 2}, linear=True)
def netket_convolution():
    """``y_g = Σ_h f_h W_{h⁻¹g}``, NetKet's dense equivariant layer, on S3."""
    W = weights(3, 2, 6)
    table = np.array([[divided(h, g) for g in range(6)] for h in range(6)])
    return lambda f: np.einsum("bjh,kjhg->bkg", f, W[:, :, table])


@right(group="S3", input="b j g", output="b k g", sizes={"j": 2}, linear=True)
def group_correlation_on_s3():
    """``y_g = Σ_h f_h W_{g⁻¹h}``: the correlation, equivariant as well."""
    W = weights(3, 2, 6)
    table = np.array([[divided(g, h) for g in range(6)] for h in range(6)])
    return lambda f: np.einsum("bjh,kjhg->bkg", f, W[:, :, table])


@right(group="C6", input="b j g", output="b k g", sizes={"j": 2}, linear=True)
def cyclic_convolution_by_fft():
    """``y_g = Σ_h f_h W_{g-h}`` by the Fourier transform, on C6."""
    W = np.fft.fft(weights(3, 2, 6))
    return lambda f: np.fft.ifft(np.einsum("bjw,kjw->bkw", np.fft.fft(f), W)).real


@right(group="S3", input="b n j", output="b n k", reps={"n": "node"}, sizes={"j": 2}, linear=True)
def deep_sets():
    """``y_n = f_n A + Σ_m f_m B``: equivariant to permutations of nodes."""
    A, B = weights(2, 3), weights(2, 3, seed=1)
    return lambda f: f @ A + f.sum(axis=1, keepdims=True) @ B


@right(group="pm", input="b j x", output="b (k g) x", sizes={"j": 2, "x": [8, 9]}, linear=True, reach=1)
def lift_of_signals():
    """A lift of signals on a line to the reflection of the line."""
    psi = weights(3, 2, 3)

    def layer(f):
        around = np.pad(f, [(0, 0), (0, 0), (1, 1)])
        one = [
            sum(np.einsum("bjx,kj->bkx", around[..., m : m + f.shape[-1]], p[..., m]) for m in range(3))
            for p in (psi, psi[..., ::-1])
        ]
        return np.stack(one, axis=2).reshape(len(f), -1, f.shape[-1])

    return layer


@right(
    group="p4",
    input=("b j x y", "o j m n"),
    output="b (o g) x y",
    sizes={"j": 2, "o": 3, "m": 3, "n": 3, "x": 9, "y": 9},
    linear="bilinear",
    reference={"operator": "correlate", "filters": 1, "boundary": "zero"},
    reach=1,
)
def lift_of_map_and_filter():
    """A lift as a function of map and filter."""
    return lambda f, psi: flat(lift(padded(f), psi))


@right(
    group="p4m",
    input=("b j x y", "inert"),
    output=("b (k g) x y", "inert"),
    sizes={"j": 2, "x": 9, "y": 9},
    reach=1,
)
def lift_with_labels():
    """A lift that passes the labels of its examples on."""
    psi = weights(3, 2, 3, 3)
    return lambda f, label: (flat(lift(padded(f), psi, P4M)), label)


@right(
    group="p4",
    input=("b (j g) x y", "b (k g) x y"),
    output=("b (k g) x y", "b k"),
    sizes={"j": 2, "k": 3, "x": 8, "y": 8},
    reach=None,
)
def joined_branches():
    """A group correlation added to a second map, and the norm of the sum over orientations and space."""
    psi = weights(3, 2, 4, 3, 3)

    def layer(f, h):
        total = flat(group_correlate(padded(fields(f, 4)), psi)) + h
        return total, np.sqrt((fields(total, 4) ** 2).sum(axis=(2, 3, 4)))

    return layer


@right(
    group="p4m",
    input="b j x y",
    output={"mean": "b j", "edges": "b j x y"},
    sizes={"j": 2, "x": [8, 9], "y": 9},
)
def mean_and_edges():
    """The mean over space and the absolute Laplacian, as a dict."""
    psi = np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]])

    def layer(f):
        b, j = f.shape[:2]
        laplacian = correlate(padded(f.reshape(b * j, 1, *f.shape[2:])), psi[None, None])
        return {"mean": f.mean(axis=(2, 3)), "edges": np.abs(laplacian).reshape(f.shape)}

    return layer


@right(group="p4m", input="b j x y", output="b j", sizes={"j": 2, "x": [8, 9], "y": 9})
def sorted_largest():
    """The third largest value of each channel: no code of the layer knows where it is."""
    return lambda f: np.sort(f.reshape(*f.shape[:2], -1), axis=-1)[..., -3]


@right(group="p4", input="b j x y", output="b (k g) x y", sizes={"j": 2, "x": 9, "y": 9}, reach=1)
def lift_in_reduced_precision():
    """A lift whose operands keep 10 bits, as TF32 does (cuEquivariance#7): rounding, not a fault."""

    def rounded(values):
        mantissa, exponent = np.frexp(values)
        return np.ldexp(np.rint(mantissa * 2**11) / 2**11, exponent)

    psi = rounded(np.random.default_rng(0).normal(size=(3, 2, 3, 3)))
    return lambda f: flat(lift(padded(rounded(f)), psi))


@right(group="S4", input="b n c", output="b c", sizes={"c": 3}, reps={"n": "node"})
def entropy_of_a_saturated_softmax():
    """``-Σ p log p`` where p is 0 or 1 but for 1e-9: moving the inputs moves it less than its own sums round."""

    def layer(f):
        e = np.exp(5 * (f - f.max(axis=1, keepdims=True)))
        p = e / e.sum(axis=1, keepdims=True)
        return -(p * np.log(p)).sum(axis=1)

    return layer
