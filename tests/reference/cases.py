"""The spaces and seeded integer arrays that the tests of the reference run on."""

from __future__ import annotations

from functools import cache

import numpy as np

import gcalc
from gcalc.groups import wallpaper_symbols
from gcalc.spaces import window

FINITE_GROUPS = ["C1", "C2", "C3", "C4", "C5", "C6", "C2xC2", "S3", "D4", "Q8", "A4"]
PLANE_GROUPS = list(wallpaper_symbols)
WINDOWS = [
    ("p1", 3, 5),
    ("p2", 4, 3),
    ("pm", 3, 4),
    ("pmm", 4, 4),
    ("cmm", 4, 4),
    ("p4", 4, 4),
    ("p4", 5, 5),
    ("p4m", 4, 3),
    ("p4m", 3, 3),
]


@cache
def finite_spaces(name):
    """The group itself and every G/H."""
    G = gcalc.group(name)
    return [G.regular, *(G.cosets(H) for H in G.subgroups())]


@cache
def plane_spaces(name, N):
    """The grid and the regular space of a plane group mod N."""
    G = gcalc.group(name).quotient(N)
    return [G.grid, G.regular]


@cache
def windows(name, rows, cols):
    """The pixels, and the pixels × P."""
    W = window(name, rows, cols)
    return [W, W.regular]


def boxes(X, sizes):
    """The shapes of box filters on X, with the point group's axis where X has one."""
    return [(*X.shape[: int(X.is_regular)], *box) for box in sizes]


class Draw:
    """Seeded integer arrays."""

    def __init__(self, *key):
        """A generator whose seed is spelled out by the key."""
        self.rng = np.random.default_rng(list("/".join(map(str, key)).encode()))

    def __call__(self, *shape):
        """Integers from -9 to 9."""
        return self.rng.integers(-9, 10, shape)

    def distinct(self, *shape):
        """Integers without repetition."""
        return self.rng.permutation(int(np.prod(shape))).reshape(shape)

    def elements(self, G, n):
        """Up to n distinct elements of G, in random order."""
        return [G.elements[i] for i in self.rng.permutation(G.order)[:n]]


def assert_equal(a, b):
    """Same shape, and every entry equal, without tolerance."""
    a, b = np.asarray(a), np.asarray(b)
    assert a.shape == b.shape
    assert (a == b).all(), f"{a} != {b}"
