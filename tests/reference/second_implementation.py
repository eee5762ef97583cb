"""The operators once more, by linear algebra, scipy and scattering; nothing of gcalc.reference is used.

The reference loops over the printed sums and pulls values back along ``g⁻¹``. Here instead

- a finite G-set is a stack of permutation matrices, ``M[g][x, y] = 1`` iff ``x = gy``, and every operator a
  contraction of arrays with that stack: ``f ⋆ psi = f M psi``, ``dL/df = d M psi``, ``dL/dpsi = d f M``;
- the involution and the cosets come from the multiplication table as 0/1 matrices, and a maximum is found
  from below: it is at least v where the 0/1 matrix meets ``f >= v``;
- box filters are padded and rolled into place, transformed filters are pushed forward along s in a quotient
  so large that nothing wraps, and the gradient of the transformation is the transposed selection matrix;
- windows go through scipy.signal;
- functions on an infinite group are padded into a large quotient.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import product

import numpy as np
from scipy.signal import convolve2d, correlate2d


@lru_cache(maxsize=64)
def permutation_matrices(X):
    """The stack M of shape (|G|, |X|, |X|), ``M[g][x, y] = 1`` iff ``x = gy``."""
    return (np.arange(X.size)[None, :, None] == X.action_table[:, None, :]).astype(np.int64)


def matrices_like(X, *arrays):
    """The stack M, over the arrays' scalars."""
    M = permutation_matrices(X)
    return M.astype(object) if any(np.asarray(a).dtype == object for a in arrays) else M


def contract(a, b, axes):
    return np.tensordot(np.asarray(a), np.asarray(b), axes)


def flat(a, X_shape):
    a = np.asarray(a)
    return a.reshape(*a.shape[: a.ndim - len(X_shape)], -1)


def left_translate(X, u, f):
    M = matrices_like(X, f)[X.group.elements.index(u)]
    return contract(flat(f, X.shape), M, (-1, 1)).reshape(np.shape(f))


def correlate(X, f, psi, filter="full", boundary="periodic"):
    if X.is_window:
        return window_correlate(X, f, psi, boundary)
    psi = rolled(X, psi) if filter == "box" else np.asarray(psi)
    M = matrices_like(X, f, psi)
    M_psi = contract(M, flat(psi, X.shape), (2, 2))  # (g, x, k, j)
    y = contract(flat(f, X.shape), M_psi, ((-2, -1), (3, 1)))  # (…, g, k)
    y = np.moveaxis(y, -1, -2)
    return y.reshape(*y.shape[:-1], *X.group.shape)


def input_gradient(X, d, psi, filter="full", boundary="periodic"):
    if X.is_window:
        return window_input_gradient(X, d, psi, boundary)
    psi = rolled(X, psi) if filter == "box" else np.asarray(psi)
    M_psi = contract(matrices_like(X, d, psi), flat(psi, X.shape), (2, 2))  # (g, x, k, j)
    gradient = contract(flat(d, X.group.shape), M_psi, ((-2, -1), (2, 0)))  # (…, x, j)
    gradient = np.moveaxis(gradient, -1, -2)
    return gradient.reshape(*gradient.shape[:-1], *X.shape)


def filter_gradient(X, d, f, filter_shape=None, boundary="periodic"):
    if X.is_window:
        return window_filter_gradient(X, d, f, filter_shape, boundary)
    d, f = flat(d, X.group.shape), flat(f, X.shape)
    d, f = d.reshape(-1, *d.shape[-2:]), f.reshape(-1, *f.shape[-2:])
    d_f = contract(d, f, (0, 0))  # (k, g, j, x)
    gradient = contract(d_f, matrices_like(X, d, f), ((1, 3), (0, 1)))  # (k, j, y)
    gradient = gradient.reshape(*gradient.shape[:2], *X.shape)
    if filter_shape is None:
        return gradient
    n = lattice_axes(X)
    box = tuple(filter_shape)[-n:]
    axes = tuple(range(-n, 0))
    unrolled = np.roll(gradient, [k // 2 for k in box], axes)
    return unrolled[(..., *(slice(k) for k in box))]


def convolve(G, a, b):
    """``a ∗ b``: the matrix ``sum_h a(h) M[h]`` of left multiplication by a, applied to b."""
    M = matrices_like(G.regular, a, b)
    a, b = flat(a, G.shape), flat(b, G.shape)
    lead = a.shape[:-1]
    pairs = zip(a.reshape(-1, G.order), b.reshape(-1, G.order), strict=True)
    rows = [contract(contract(p, M, (0, 0)), q, (1, 0)) for p, q in pairs]
    return np.array(rows, dtype=np.result_type(a, b)).reshape(*lead, *G.shape)


def involution(G, psi):
    """The 0/1 matrix ``[gh = e]``, applied to psi."""
    J = (G.multiplication_table == 0).astype(np.int64)
    J = J.astype(object) if np.asarray(psi).dtype == object else J
    return contract(flat(psi, G.shape), J, (-1, 1)).reshape(np.shape(psi))


def incidence(G, U):
    """The 0/1 matrix ``[k in gU]``: M[g] applied to the indicator of U."""
    indicator = np.isin(np.arange(G.order), [G.elements.index(u) for u in U]).astype(np.int64)
    return permutation_matrices(G.regular) @ indicator


def pool(G, f, U, op="max"):
    return pooled(incidence(G, list(U)), flat(f, G.shape), op).reshape(np.shape(f))


def coset_pool(G, f, H, op="max"):
    rows = incidence(G, list(H))
    cosets = sorted({tuple(row) for row in rows.tolist()}, key=lambda row: row.index(1))
    return pooled(np.array(cosets), flat(f, G.shape), op)


def pooled(B, f, op):
    """``op`` of f over the points where a row of the 0/1 matrix B is 1."""
    if op == "max":
        result = None
        for v in sorted(set(f.ravel().tolist())):
            reached = contract((f >= v).astype(np.int64), B, (-1, 1)) > 0
            result = (
                np.full(reached.shape, v, dtype=f.dtype) if result is None else np.where(reached, v, result)
            )
        return result
    total = contract(f, B.astype(f.dtype), (-1, 1))
    if op == "sum":
        return total
    return total * Fraction(1, int(B[0].sum())) if f.dtype.kind in "iO" else total / B[0].sum()


# ---- boxes ----------------------------------------


def lattice_axes(X):
    return len(X.shape) - bool(X.is_regular)


def rolled(X, psi):
    """The full filter of a box: padded to the lattice's size at one corner, then rolled by ``-(k // 2)``."""
    psi = np.asarray(psi)
    n = lattice_axes(X)
    box, lattice = psi.shape[-n:], X.shape[-n:]
    widths = [(0, 0)] * (psi.ndim - n) + [(0, N - k) for k, N in zip(box, lattice, strict=True)]
    return np.roll(np.pad(psi, widths), [-(k // 2) for k in box], tuple(range(-n, 0)))


def filter_transform(X, psi, filter="full"):
    psi = np.asarray(psi)
    if filter == "full":
        return pushed(X, psi)
    n = lattice_axes(X)
    box = psi.shape[-n:]
    large = large_space(X, 4 * max(box) + 1)
    turned = pushed(large, rolled(large, psi))
    held = pushed(large, rolled(large, np.ones((1, 1, *psi.shape[2:]), dtype=np.int64)))
    centre = large.shape[-1] // 2
    axes = tuple(range(-n, 0))
    turned, held = np.roll(turned, centre, axes), np.roll(held, centre, axes)
    occupied = np.argwhere(held.reshape(-1, *held.shape[-n:]).any(axis=0)) - centre
    reach = abs(occupied).max(axis=0)
    return turned[(..., *(slice(centre - r, centre + r + 1) for r in reach))]


def large_space(X, N):
    """The space of the same kind in a quotient mod N."""
    G = (X.group if not X.is_window else X).crystallographic.quotient(N)
    return G.regular if X.is_regular else G.grid


def pushed(X, psi):
    """For each s in P the filter with ``psi(y)`` at ``sy``, s as the element (s, 0)."""
    G = X.group
    zero = (Fraction(0),) * G.dimension
    rows = [X.action_table[G.elements.index((s, zero))] for s in G.point_group.elements]
    source = psi.reshape(*psi.shape[:2], -1)
    result = np.empty((psi.shape[0], len(rows), psi.shape[1], X.size), dtype=psi.dtype)
    for s, row in enumerate(rows):
        result[:, s, :, row] = np.moveaxis(source, -1, 0)
    return result.reshape(*result.shape[:3], *X.shape)


def filter_transform_gradient(X, d, filter_shape=None):
    """d times the transpose of the selection matrix, whose rows are transformed delta filters."""
    box = X.shape if filter_shape is None else filter_shape
    shape = (*X.shape[: bool(X.is_regular)], *box[-lattice_axes(X) :])
    size = int(np.prod(shape))
    deltas = np.eye(size, dtype=np.int64).reshape(size, 1, *shape)
    S = filter_transform(X, deltas, "full" if filter_shape is None else "box")[:, :, 0].reshape(size, -1)
    d = np.moveaxis(np.asarray(d), 1, 2)
    d = d.reshape(*d.shape[:2], -1)
    return contract(d, S.astype(d.dtype), (-1, 1)).reshape(*d.shape[:2], *shape)


# ---- windows ----------------------------------------


def turned_kernels(W, box):
    """For each s the odd centred 0/1 stencils of the box's entries: (s, entry, 2m+1, 2m+1)."""
    m = max(box)
    stencils = np.zeros((W.point_group.order, box[0] * box[1], 2 * m + 1, 2 * m + 1), dtype=np.int64)
    for i, s in enumerate(W.point_group.elements):
        for n, index in enumerate(product(range(box[0]), range(box[1]))):
            o = np.array(s) @ (np.array(index) - np.array(box) // 2)
            stencils[(i, n, *(o + m))] = 1
    return stencils


def valid_window(W, stencils):
    """The rows and columns where the whole turned box lies inside, by correlating an array of ones."""
    stencil = stencils.sum(axis=0)
    inside = correlate2d(np.ones(W.shape[-2:], dtype=np.int64), stencil, mode="same") == stencil.sum()
    return np.ix_(np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0)))


def fibre_pairs(W):
    """For each s the pairs (st, t) of axis positions; (0, 0) alone without a point axis."""
    if not W.is_regular:
        return [[(None, None)]] * W.point_group.order
    table = W.point_group.multiplication_table
    return [[(int(table[s, t]), t) for t in range(len(table))] for s in range(len(table))]


def plane(a, t):
    """The planar arrays of a at position t of its point axis, if it has one."""
    return a if t is None else a[..., t, :, :]


def window_correlate(W, f, psi, boundary):
    f, psi = np.asarray(f), np.asarray(psi)
    stencils = turned_kernels(W, psi.shape[-2:])
    K, J = psi.shape[:2]
    lead = f.shape[: f.ndim - len(W.shape) - 1]
    outputs = []
    for kernels, pairs in zip(stencils, fibre_pairs(W), strict=True):
        y = np.zeros((*lead, K, *W.shape[-2:]), dtype=np.result_type(f, psi))
        for b in np.ndindex(*lead):
            for (st, t), k, j in product(pairs, range(K), range(J)):
                kernel = contract(plane(psi[k, j], t).ravel(), kernels, (0, 0))
                y[(*b, k)] += correlate2d(plane(f[(*b, j)], st), kernel, mode="same")
        outputs.append(y if boundary == "zero" else y[(..., *valid_window(W, kernels))])
    return np.stack(outputs, axis=-3)


def padded_output(W, d_s, kernels, boundary):
    """One orientation of d as an array on the whole window, zero where there is no output."""
    if boundary == "zero":
        return d_s
    whole = np.zeros((*d_s.shape[:-2], *W.shape[-2:]), dtype=d_s.dtype)
    whole[(..., *valid_window(W, kernels))] = d_s
    return whole


def window_input_gradient(W, d, psi, boundary):
    d, psi = np.asarray(d), np.asarray(psi)
    stencils = turned_kernels(W, psi.shape[-2:])
    K, J = psi.shape[:2]
    lead = d.shape[:-4]
    gradient = np.zeros((*lead, J, *W.shape), dtype=np.result_type(d, psi))
    for s, (kernels, pairs) in enumerate(zip(stencils, fibre_pairs(W), strict=True)):
        d_s = padded_output(W, d[..., s, :, :], kernels, boundary)
        for b in np.ndindex(*lead):
            for (st, t), k, j in product(pairs, range(K), range(J)):
                kernel = contract(plane(psi[k, j], t).ravel(), kernels, (0, 0))
                target = plane(gradient[(*b, j)], st)
                target += convolve2d(d_s[(*b, k)], kernel, mode="same")
    return gradient


def window_filter_gradient(W, d, f, filter_shape, boundary):
    d, f = np.asarray(d), np.asarray(f)
    box = tuple(filter_shape)[-2:]
    m = max(box)
    K, J = d.shape[-4], f.shape[-len(W.shape) - 1]
    fibre = W.shape[:-2]
    gradient = np.zeros((K, J, *fibre, box[0] * box[1]), dtype=np.result_type(d, f))
    margin = [(m, m), (m, m)]
    for s, (kernels, pairs) in enumerate(zip(turned_kernels(W, box), fibre_pairs(W), strict=True)):
        d_s = padded_output(W, d[..., s, :, :], kernels, boundary)
        for b in np.ndindex(*d.shape[:-4]):
            for (st, t), k, j in product(pairs, range(K), range(J)):
                offsets = correlate2d(np.pad(plane(f[(*b, j)], st), margin), d_s[(*b, k)], mode="valid")
                index = (k, j) if t is None else (k, j, t)
                gradient[index] += contract(kernels, offsets, ((1, 2), (0, 1)))
    return gradient.reshape(K, J, *fibre, *box)


# ---- infinite groups ----------------------------------------


def periodised(space, functions):
    """Nested lists of dicts on an infinite space as an array on a large quotient's space of the same kind."""
    if isinstance(functions, dict):
        a = np.zeros(space.size, dtype=object)
        for x, value in functions.items():
            a[space.points.index(reduced(space, x))] += value
        return a.reshape(space.shape)
    return np.array([periodised(space, channel) for channel in functions], dtype=object)


def reduced(space, x):
    N = space.group.modulus
    if space.is_regular:
        matrix, translation = x
        return (matrix, tuple(Fraction(a) % N for a in translation))
    return tuple(Fraction(a) % N for a in x)
