"""Layers for the pages: a right lift to the orientations of p4, a broken one, one in another order."""

import numpy as np

PSI = np.random.default_rng(0).integers(-4, 5, (3, 2, 3, 3))  # three outputs, two inputs


def correlate(f, psi):
    """Σ_{j,y} f[j, x + y] psi[k, j, y] with zeros around: (b, j, x, y) to (b, k, x, y)."""
    f = np.pad(f, [(0, 0), (0, 0), (1, 1), (1, 1)])
    rows, columns = f.shape[2] - 2, f.shape[3] - 2
    parts = [(f[:, :, m : m + rows, n : n + columns], psi[:, :, m, n]) for m, n in np.ndindex(3, 3)]
    return sum(np.einsum("bjxy,kj->bkxy", part, weight) for part, weight in parts)


def lift(f, turns=(0, 1, 2, 3)):
    """(b, j, x, y) to (b, (k g), x, y)."""
    out = np.stack([correlate(f, np.rot90(PSI, s, (2, 3))) for s in turns], axis=2)
    return out.reshape(len(f), -1, *f.shape[2:])


def broken(f):
    """Turned by r in the last place, where it should be r³."""
    return lift(f, turns=(0, 1, 2, 1))


def clockwise(f):
    """Right, with the orientations in another order."""
    return lift(f, turns=(0, 3, 2, 1))
