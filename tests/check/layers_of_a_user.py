"""Layers as a user would have them in a file: right, wrong in several ways, and such as cannot be run."""

import ctypes
import os
import signal
import sys
import time

import numpy as np


class Lift:
    """A lift to four orientations with zeros around; turning the filter the other way where `sign` is -1."""

    def __init__(self, sign=1):
        self.sign = sign
        self.parameters = {"psi": np.random.default_rng(0).integers(-2, 3, (3, 2, 3, 3)).astype(float)}

    def __call__(self, f):
        rows, columns = f.shape[-2:]
        f = np.pad(f, [(0, 0)] * 2 + [(1, 1)] * 2)
        turned = [np.rot90(self.parameters["psi"], self.sign * s, (-2, -1)) for s in range(4)]
        parts = [(f[..., m : m + rows, n : n + columns], m, n) for m, n in np.ndindex(3, 3)]
        out = [sum(np.einsum("bjxy,kj->bkxy", x, psi[..., m, n]) for x, m, n in parts) for psi in turned]
        return np.stack(out, 2).reshape(len(f), -1, rows, columns)


lift = Lift()
clockwise = Lift(-1)


def make():
    return Lift(-1)


def upside_down(f):
    return f[:, :, ::-1]


def shifted(f):
    return np.roll(f, 1, -1)


def steep(f):
    """Larger on the right."""
    return f * np.arange(1, f.shape[-1] + 1)


def square(f):
    return f * f


def twice(f, d):
    """The gradient of the square."""
    return 2 * f * d


def once(f, d):
    """Half of it, which is no gradient of it."""
    return f * d


def two_scales(f):
    """The two components of a vector, scaled differently."""
    return f * np.array([1.0, 2.0]).reshape(2, *[1] * (f.ndim - 2))


def kept(layer, draw):
    """Parameters stay as they are."""


def halved(f):
    return f[..., ::2, ::2]


def raises(f):
    raise ValueError("the first line\nthe second")


def nan(f):
    return f * np.nan


def flat(f):
    return f.reshape(len(f), -1)


def largest(f):
    """The largest value of each orientation of a lift."""
    return lift(f).max((-2, -1))


def total(f):
    return f.sum((-2, -1))


def noise(f):
    return f + np.random.random(f.shape)


def in_place(f):
    f += 1
    return f


def hangs(f):
    with open("pid", "w") as file:
        file.write(str(os.getpid()))
    os.system("sleep 20 &")
    time.sleep(60)


def eats(f):
    return np.zeros((10**8, 10**6))


def killed(f):
    os.kill(os.getpid(), signal.SIGKILL)


def crashes(f):
    ctypes.string_at(0)


def ends(f):
    os._exit(0)


def leaves(f):
    sys.exit(3)


def talks(f):
    print("loud")
    sys.stdout.flush()
    os.write(1, b'{"answer": {}}\n')
    return f


constant = 3
