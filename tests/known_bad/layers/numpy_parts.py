"""Right parts that NumPy layers are made of: turning filters, correlation, lift, group correlation.

Notation
    s < 4 is the rotation rˢ, s ≥ 4 is r^(s-4) after fliplr. f: (b, j, x, y). F: (b, j, g, x, y). psi: (k, j, n, n) or
    (k, j, g, n, n).
"""

from __future__ import annotations

import numpy as np

P2, P4, P4M, PM, PMM = (0, 2), (0, 1, 2, 3), tuple(range(8)), (0, 4), (0, 2, 4, 6)


def weights(*shape, seed=0):
    """Multiples of 1/8 between -1 and 1."""
    return np.random.default_rng(seed).integers(-8, 9, shape) / 8


def product(s, t):
    """The element st."""
    power = s % 4 + (t % 4 if s < 4 else -(t % 4))
    return power % 4 + 4 * ((s < 4) != (t < 4))


def inverse(s):
    """The element s⁻¹."""
    return -s % 4 if s < 4 else s


def turned(psi, s):
    """psi(s⁻¹y) on the last two axes."""
    return np.rot90(psi if s < 4 else np.flip(psi, -1), s % 4, (-2, -1))


def padded(f, n=1, mode="constant"):
    """n pixels more on each side of the last two axes."""
    return np.pad(f, [(0, 0)] * (f.ndim - 2) + [(n, n)] * 2, mode=mode)


def correlate(f, psi):
    """``Σ_{j,y} f[j, x+y] psi[k, j, y]`` where the box lies inside."""
    rows, columns = (f.shape[i] - psi.shape[i] + 1 for i in (-2, -1))
    return sum(
        np.einsum("bjxy,kj->bkxy", f[..., m : m + rows, n : n + columns], psi[..., m, n])
        for m in range(psi.shape[-2])
        for n in range(psi.shape[-1])
    )


def lift(f, psi, elements=P4):
    """``out[k, s, x] = Σ_{j,y} f[j, x+y] psi[k, j, s⁻¹y]``."""
    return np.stack([correlate(f, turned(psi, s)) for s in elements], axis=2)


def group_correlate(F, psi, elements=P4):
    """``out[k, s, x] = Σ_{j,t,y} F[j, t, x+y] psi[k, j, s⁻¹t, s⁻¹y]``."""
    return np.stack(
        [
            sum(
                correlate(F[:, :, i], turned(psi[:, :, elements.index(product(inverse(s), t))], s))
                for i, t in enumerate(elements)
            )
            for s in elements
        ],
        axis=2,
    )


def fields(f, fibre):
    """(b, (j g), x, y) → (b, j, g, x, y)."""
    return f.reshape(f.shape[0], -1, fibre, *f.shape[2:])


def flat(F):
    """(b, k, g, x, y) → (b, (k g), x, y)."""
    return F.reshape(F.shape[0], -1, *F.shape[3:])


def max_pool(f, n, stride):
    """The largest in n×n boxes that lie inside, every `stride` pixels from the corner."""
    rows, columns = ((f.shape[i] - n) // stride * stride + 1 for i in (-2, -1))
    return np.max(
        [f[..., m : m + rows : stride, k : k + columns : stride] for m in range(n) for k in range(n)], axis=0
    )
