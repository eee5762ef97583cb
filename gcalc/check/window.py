"""The domain `window`: the elements of the point group that map an array to itself, acting about its centre.

Main definitions
    on_window: for each of them whether the layer is equivariant to it.
    transported: the same for elements that take the array to one of another shape.
"""

from __future__ import annotations

from collections.abc import Sequence

from gcalc.check.comparison import Comparison, worst
from gcalc.check.probe import Probe
from gcalc.errors import TargetError
from gcalc.verify.result import Verdict

__all__ = ["on_window", "transported"]

TRIALS = 2
GENERIC = (1, 1 / 16)
"""Values without ties are up to twice these."""


def on_window(probe: Probe, window: Sequence[int], trials: int = TRIALS) -> dict[int, Comparison]:
    """For each element that keeps the window, what comparisons came to.

    Raises:
        TargetError: the layer cannot be run on this window.
    """
    group = probe.declaration.group
    return _each(probe, window, [u for u in group.on_pixels if group.keeps(u, window)], trials)


def transported(probe: Probe, window: Sequence[int]) -> dict[int, Comparison]:
    """For each element that takes the window to one of another shape, whether the layer on both goes with it.

    Raises:
        TargetError: the layer cannot be run on one of the two.
    """
    group = probe.declaration.group
    return _each(probe, window, [u for u in group.on_pixels if not group.keeps(u, window)], 1)


def _each(probe: Probe, window: Sequence[int], elements: Sequence[int], trials: int) -> dict[int, Comparison]:
    inputs = [probe.inputs(window, trial) for trial in range(trials)]
    for arrays in inputs:
        probe.run(*arrays)
    found = {u: worst([probe.equivariant(u, arrays) for arrays in inputs]) for u in elements}
    return {u: c if c.verdict == Verdict.FAILED else _generic(probe, window, u, c) for u, c in found.items()}


def _generic(probe: Probe, window: Sequence[int], u: int, found: Comparison) -> Comparison:
    """A failure where values without ties show one.

    Thresholds between integers and quarters are met by no such number. And equal small numbers stand at thresholds,
    where one unit in the last place changes everything: a difference that is plain may be no more than what rounding
    makes. Values without ties do not make it hold, though: they are rounded.
    """
    for scale in GENERIC:
        inputs = probe.generic(window, scale)
        try:
            if found.holds and not probe.differs(u, inputs):
                continue
            other = probe.equivariant(u, inputs)
        except TargetError:
            continue
        if other.verdict == Verdict.FAILED:
            return other
    return found
