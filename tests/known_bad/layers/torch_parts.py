"""Right parts that torch layers are made of: turning filters, lift, group correlation.

Notation
    Elements s as in `numpy_parts`. Channels are flattened field-major, (k g), as in escnn and GrouPy.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from .numpy_parts import P2, P4, P4M, PM, inverse, product

__all__ = ["P2", "P4", "P4M", "PM", "GroupConv", "Lift", "fields", "flat", "turned"]


def turned(psi, s):
    """psi(s⁻¹y) on the last two axes."""
    return torch.rot90(psi if s < 4 else psi.flip(-1), s % 4, (-2, -1))


def fields(f, fibre=4):
    """(b, (k g), x, y) → (b, k, g, x, y)."""
    return f.unflatten(1, (-1, fibre))


def flat(F):
    """(b, k, g, x, y) → (b, (k g), x, y)."""
    return F.flatten(1, 2)


class Lift(nn.Module):
    """``out[k, s, x] = Σ_{j,y} f[j, x+y] psi[k, j, s⁻¹y]``."""

    def __init__(self, inputs=2, outputs=3, elements=P4, *, size=3, padding=1, stride=1):
        super().__init__()
        self.psi = nn.Parameter(torch.randn(outputs, inputs, size, size) / 3)
        self.elements, self.padding, self.stride = elements, padding, stride

    def filters(self):
        """(k, s, j, n, n)."""
        return torch.stack([turned(self.psi, s) for s in self.elements], 1)

    def forward(self, f):
        return functional.conv2d(f, self.filters().flatten(0, 1), stride=self.stride, padding=self.padding)


class GroupConv(nn.Module):
    """``out[k, s, x] = Σ_{j,t,y} F[j, t, x+y] psi[k, j, s⁻¹t, s⁻¹y]``."""

    def __init__(self, inputs=2, outputs=3, elements=P4, *, size=3, padding=1):
        super().__init__()
        self.psi = nn.Parameter(torch.randn(outputs, inputs, len(elements), size, size) / 6)
        self.elements, self.padding = elements, padding

    def place(self, s, t):
        """Where psi is read for output s and input t."""
        return self.elements.index(product(inverse(s), t))

    def turn(self, psi, s):
        """psi(s⁻¹y)."""
        return turned(psi, s)

    def filters(self):
        """(k, s, j, t, n, n)."""
        return torch.stack(
            [self.turn(self.psi[:, :, [self.place(s, t) for t in self.elements]], s) for s in self.elements],
            1,
        )

    def forward(self, f):
        bank = self.filters().flatten(2, 3).flatten(0, 1)
        return functional.conv2d(f, bank, padding=self.padding)
