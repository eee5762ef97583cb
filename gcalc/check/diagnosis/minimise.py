"""The smallest input that shows a failure: the smallest window, the fewest entries that are not 0, the smallest values.

Main definitions
    smallest: a counterexample to equivariance under an element.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.probe import Probe
from gcalc.check.record import Counterexample
from gcalc.check.window import GENERIC
from gcalc.errors import GcalcError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]

__all__ = ["smallest"]

BUDGET = 400
"""So many inputs are tried at most."""


class _Search:
    """Whether inputs break the layer under u: by far more than rounding could."""

    def __init__(self, probe: Probe, u: int, bound: float) -> None:
        self.probe, self.u, self.bound, self.tries = probe, u, bound, 0

    def sides(self, inputs: Arrays) -> tuple[Arrays, Arrays]:
        declaration = self.probe.declaration
        target = self.probe.target
        return target(*declaration.act_in(self.u, inputs)), declaration.act_out(self.u, target(*inputs))

    def breaks(self, inputs: Arrays) -> bool:
        """Whether the difference is beyond the bound, relative to the largest value."""
        self.tries += 1
        try:
            left, right = self.sides(inputs)
        except GcalcError:
            return False
        for a, b in zip(left, right, strict=True):
            if a.shape != b.shape:
                return True
            scale = float(np.abs(b).max(initial=0)) or 1.0
            if float(np.abs(a - b).max(initial=0)) > self.bound * scale:
                return True
        return False


def smallest(
    probe: Probe, u: int, window: Sequence[int], violation: float, *, shrink: bool = True
) -> Counterexample | None:
    """A small counterexample for an element that fails on a window; None where it cannot be had again.

    Args:
        probe: the layer with the parameters with which it fails.
        u: the element.
        window: on which it fails.
        violation: the relative difference that was found.
        shrink: whether smaller windows are tried.
    """
    search = _Search(probe, u, max(violation * 2.0**-12, 2.0**-44))
    start = _starting(search, window)
    if start is None:
        return None
    inputs = _smaller_window(search, window) if shrink else None
    inputs = _fewer(search, inputs or start)
    inputs = _simpler(search, inputs)
    return _told(search, inputs)


def _starting(search: _Search, window: Sequence[int]) -> Arrays | None:
    probe = search.probe
    every = [probe.inputs(window, trial, batch) for trial, batch in product(range(4), (1, 2))]
    every += [probe.generic(window, scale) for scale in GENERIC]
    return next(filter(search.breaks, every), None)


def _smaller_window(search: _Search, window: Sequence[int]) -> Arrays | None:
    """The smallest window that u keeps, of the same kind as this one, on which it fails as well."""
    declaration = search.probe.declaration
    square = len(set(window)) <= 1
    for n in range(1, max(window, default=1)):
        shape = (n,) * len(window) if square else tuple(min(m, n + m - min(window)) for m in window)
        if not declaration.group.keeps(search.u, shape):
            continue
        for trial in range(3):
            inputs = search.probe.inputs(shape, trial, 1)
            if search.breaks(inputs):
                return inputs
    return None


def _fewer(search: _Search, inputs: Arrays) -> Arrays:
    """Halves, quarters, … of the entries that are not 0 are set to 0 as long as it fails."""
    current = tuple(a.copy() for a in inputs)
    size = max(1, sum(int(np.count_nonzero(a)) for a in current) // 2)
    stop = search.tries + BUDGET
    while search.tries < stop:
        places = [(i, j) for i, a in enumerate(current) for j in np.flatnonzero(a)]
        removed = False
        for start in range(0, len(places), size):
            trial = tuple(a.copy() for a in current)
            for i, j in places[start : start + size]:
                trial[i].flat[j] = 0
            if search.tries < stop and search.breaks(trial):
                current, removed = trial, True
                break
        if not removed:
            if size == 1:
                break
            size = max(1, size // 2)
    return current


def _simpler(search: _Search, inputs: Arrays) -> Arrays:
    """Every value 1, else -1, else as it is."""
    current = inputs
    for i, a in enumerate(inputs):
        for j in np.flatnonzero(a)[:32]:
            for value in (1, -1):
                if current[i].flat[j] == value:
                    break
                trial = tuple(b.copy() for b in current)
                trial[i].flat[j] = value
                if search.breaks(trial):
                    current = trial
                    break
    return current


def _told(search: _Search, inputs: Arrays) -> Counterexample:
    left, right = search.sides(inputs)
    declaration = search.probe.declaration
    output, entry, found, expected = _entry(left, right)
    layout = declaration.outputs[output]
    names = layout.products if layout is not None else [("",)] * len(entry)
    return Counterexample(
        claim="Φ(L_u x) = L_u Φ(x)",
        element=declaration.group.names[search.u],
        parameters=search.probe.parameters,
        shapes=[list(a.shape) for a in inputs],
        inputs=[[[list(map(int, at)), _number(a[tuple(at)])] for at in np.argwhere(a)] for a in inputs],
        output=output,
        entry={" ".join(name): int(i) for name, i in zip(names, entry, strict=False)},
        left=found,
        right=expected,
    )


def _number(value: Any) -> Any:
    return int(value) if float(value).is_integer() else float(value)


def _entry(left: Arrays, right: Arrays) -> tuple[int, tuple[int, ...], float, float]:
    for i, (a, b) in enumerate(zip(left, right, strict=True)):
        if a.shape != b.shape:
            return i, (), float("nan"), float("nan")
    sizes = [float(np.abs(a - b).max(initial=0)) for a, b in zip(left, right, strict=True)]
    i = int(np.argmax(sizes))
    at = np.unravel_index(int(np.abs(left[i] - right[i]).argmax()), left[i].shape)
    pair = left[i][at], right[i][at]
    imaginary = abs(np.imag(pair[0] - pair[1])) > abs(np.real(pair[0] - pair[1]))
    found, expected = (float(np.imag(x) if imaginary else np.real(x)) for x in pair)
    return i, tuple(int(n) for n in at), found, expected
