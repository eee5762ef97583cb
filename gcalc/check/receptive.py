"""What each output sees of the input, found by changing lines of pixels, and the lattice on which outputs stand.

Main definitions
    Sight: for each space axis the first and last line that each output line depends on.
    sight: measured on a window.
    Sampling: output line q is centred at input coordinate ``s q + o``.

Implementation notes
    All pixels of a line are changed at once, in four ways, so that an axis of n pixels costs 4n examples, run as
    batches: a layer whose examples mix is seen to see everything, and is told by another check. An output is inside
    where it sees as much as any: at the boundary the layer's own padding cuts its sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.layout import BATCH, Layout
from gcalc.check.probe import Probe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Sampling", "Sight", "sees_all", "sight"]

ADDED = (0, 50, -50, 0)
"""To the line that is changed in each trial: maxima and ReLU hide small changes, and one sign."""
TRIALS = len(ADDED)
LATTICE = 2
"""So many output lines show a lattice."""


@dataclass(frozen=True)
class Sampling:
    """Output lines on the input's: ``s q + o``; regular: whether the measured centres are all there."""

    s: Fraction
    o: Fraction
    regular: bool


@dataclass(frozen=True)
class Sight:
    """For each output line along an axis the first and the last input line that it depends on, (m, 2)."""

    ranges: Array
    n: int

    @property
    def extent(self) -> int:
        """How many lines an output sees at most."""
        return int((self.ranges[:, 1] - self.ranges[:, 0]).max()) + 1

    @property
    def free(self) -> Array:
        """Whether an output line sees neither the first nor the last line: then no boundary has cut its sight."""
        first, last = self.ranges.T
        return np.asarray((first > 0) & (last < self.n - 1))

    @property
    def inside(self) -> Array:
        """The output lines that see as much as any, or would not reach the edge if they did.

        Near the edge the sight of a dilated filter is cut off, and does not touch the edge. Where the others stand on a
        lattice, one beside it sees what its padding has reflected.
        """
        first, last = self.ranges.T
        lengths = last - first + 1
        free = self.free
        full = lengths[free].max() if free.any() else lengths.max()
        cut = np.maximum(full - lengths, 0)
        whole = (first >= cut) & (last <= self.n - 1 - cut)
        m = len(first)
        places = np.flatnonzero(free & whole & (np.abs(2 * np.arange(m) - m + 1) <= m // 2))  # in the middle
        if len(places) >= LATTICE:
            q, centres = np.arange(len(first)) - places[0], first + last
            across, rise = places[-1] - places[0], centres[places[-1]] - centres[places[0]]
            on = (centres - centres[places[0]]) * across == q * rise
            whole &= on | ~on[places].all()
        return np.flatnonzero(whole)

    @property
    def sampling(self) -> Sampling | None:
        """The lattice of the outputs inside; None where there are fewer than two."""
        inside = self.inside
        if len(inside) < 2:
            return None
        centres = self.ranges[inside].sum(axis=1)
        s = Fraction(int(centres[-1] - centres[0]), 2 * int(inside[-1] - inside[0]))
        if (
            np.diff(centres) * int(inside[-1] - inside[0]) == (centres[-1] - centres[0]) * np.diff(inside)
        ).all():
            return Sampling(s, Fraction(int(centres[0]), 2) - s * int(inside[0]), True)
        m = len(self.ranges)
        of_lengths = (
            self.n % m == 0 or m % self.n == 0
        )  # the centres of a pattern with phases tell less than these
        return self.sampled(Fraction(self.n, m) if of_lengths else s.limit_denominator(4))

    def sampled(self, s: Fraction) -> Sampling:
        """The lattice ``s q + o`` that is nearest to the centres of the outputs inside."""
        centres = self.ranges[self.inside].sum(axis=1)
        mean = Fraction(int(centres.sum()), 2 * len(centres)) - s * Fraction(
            int(self.inside.sum()), len(self.inside)
        )
        return Sampling(s, Fraction(round(2 * mean), 2), False)


def sight(probe: Probe, window: Sequence[int], trial: int = 0) -> list[Sight]:
    """The sight along each space axis; trial: of the inputs on which it is measured.

    Raises:
        TargetError: the layer cannot be run on this window.
    """
    seen = _Changes(probe, window, trial)
    return [Sight(_ranges(seen, i), n) for i, n in enumerate(window)]


def sees_all(probe: Probe, window: Sequence[int]) -> bool:
    """Whether along some axis the first and the last output both depend on the first and the last input line."""
    seen = _Changes(probe, window)
    return any(bool(seen.of(i, (0, n - 1))[:, [0, -1]].all()) for i, n in enumerate(window))


class _Changes:
    """What of the outputs changes with a line of the input."""

    def __init__(self, probe: Probe, window: Sequence[int], trial: int = 0) -> None:
        self.probe, self.window = probe, window
        self.base = probe.inputs(window, trial, batch=1)
        self.before = probe.target(*self.base)
        self.others = [probe.inputs(window, trial + 1 + i, batch=1) for i in range(TRIALS)]

    def of(self, i: int, lines: Sequence[int]) -> Array:
        """Which output lines along axis i change with each of these input lines, (lines, m)."""
        name = self.probe.declaration.space[i]
        differs = np.zeros((len(lines), 1), dtype=bool)
        for other, added in zip(self.others, ADDED, strict=True):
            changed = [_replaced(self.probe, self.base, other, added, name, line) for line in lines]
            differs = differs | np.array(
                [_lines(self.probe, self.before, y, name) for y in self._run(changed)]
            )
        return differs

    def _run(self, every: Sequence[Sequence[Array]]) -> list[Sequence[Array]]:
        """The outputs for each of several inputs, in one batch where all arrays have one."""
        layouts = self.probe.declaration.inputs, self.probe.declaration.outputs
        if any(layout is None or BATCH not in layout.names for layout in (*layouts[0], *layouts[1])):
            return [self.probe.target(*inputs) for inputs in every]
        into, out = ([_batch_axis(layout) for layout in side if layout is not None] for side in layouts)
        together = [
            np.concatenate(arrays, axis) for arrays, axis in zip(zip(*every, strict=True), into, strict=True)
        ]
        outputs = self.probe.target(*together)
        parts = [np.split(y, len(every), axis) for y, axis in zip(outputs, out, strict=True)]
        return list(zip(*parts, strict=True))


def _batch_axis(layout: Layout) -> int:
    return next(i for i, names in enumerate(layout.products) if BATCH in names)


def _ranges(seen: _Changes, i: int) -> Array:
    """For each output line the first and last input line with which it changes; (0, -1) where there is none."""
    table = seen.of(i, range(seen.window[i]))
    first, last = table.argmax(axis=0), len(table) - 1 - table[::-1].argmax(axis=0)
    return np.stack([np.where(table.any(axis=0), first, 0), np.where(table.any(axis=0), last, -1)], axis=1)


def _replaced(
    probe: Probe, base: Sequence[Array], other: Sequence[Array], added: int, name: str, line: int
) -> list[Array]:
    """The inputs with one line taken from others, and something added to it."""
    inputs = []
    for a, b, layout in zip(base, other, probe.declaration.inputs, strict=True):
        if layout is None or name not in layout.space:
            inputs.append(a)
            continue
        split, new = layout.split(a, probe.declaration.known).copy(), layout.split(b, probe.declaration.known)
        place = (slice(None),) * layout.axis(name) + (line,)
        split[place] = np.where(new[place] == split[place], new[place] + 5, new[place] * 3) + added
        inputs.append(layout.join(split))
    return inputs


def _lines(probe: Probe, before: Sequence[Array], after: Sequence[Array], name: str) -> Array:
    """Which lines of the first output with space differ."""
    for a, b, layout in zip(before, after, probe.declaration.outputs, strict=True):
        if layout is not None and name in layout.space:
            differs = layout.split(a != b, probe.declaration.known)
            return np.asarray(
                differs.any(axis=tuple(i for i in range(differs.ndim) if i != layout.axis(name)))
            )
    return np.zeros(1, dtype=bool)
