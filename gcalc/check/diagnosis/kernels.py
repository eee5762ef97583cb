"""The filters of a lifting layer, read off its answers to deltas, and how those of its orientations are related.

Main definitions
    misplaced: in words, the first orientation whose filter is not the turned copy that it should be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.diagnosis.decode import is_same, signed_permutations
from gcalc.check.grids import turn
from gcalc.check.layout import Layout
from gcalc.check.probe import Probe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["misplaced"]


def misplaced(probe: Probe, window: Sequence[int]) -> str | None:
    """What is wrong with the filter of an orientation; None where this cannot be read, or nothing is wrong.

    Raises:
        TargetError: the layer cannot be run.
    """
    declaration = probe.declaration
    into, out = declaration.inputs[0], declaration.outputs[0]
    if (
        len(declaration.inputs) != 1
        or into is None
        or out is None
        or into.represented
        or len(out.represented) != 1
    ):
        return None
    if not into.space or not out.space or len(set(window)) != 1 or not _is_affine(probe, window):
        return None
    answers = _answers(probe, window, into, out)
    first = answers[0]
    for s in range(1, len(answers)):
        matrix = declaration.group.matrix(s)
        if matrix is None or is_same(
            answers[s], turn(first, matrix, range(first.ndim - len(out.space), first.ndim))
        ):
            continue
        name = declaration.group.names[s]
        for other in signed_permutations(len(out.space)):
            if is_same(answers[s], turn(first, other, range(first.ndim - len(out.space), first.ndim))):
                turned = f"the filter of orientation {name} is the first one turned by {_shown(other)}"
                return f"{turned}, expected {_shown(matrix)}"
        return f"the filter of orientation {name} is no turned copy of the first one"
    return None


def _shown(matrix: Array) -> str:
    return "[" + "; ".join(" ".join(str(int(n)) for n in row) for row in matrix) + "]"


def _is_affine(probe: Probe, window: Sequence[int]) -> bool:
    x, y = (probe.inputs(window, trial, batch=1) for trial in range(2))
    at = probe.run(*(0 * a for a in x))
    both = probe.run(*(a + b for a, b in zip(x, y, strict=True)))
    return all(
        is_same(s, p + q - z) for s, p, q, z in zip(both, probe.run(*x), probe.run(*y), at, strict=True)
    )


def _answers(probe: Probe, window: Sequence[int], into: Layout, out: Layout) -> Array:
    """(fibre, …, space): the answers to a delta in the middle of each input channel, without what no input gives."""
    (shape,) = probe.declaration.input_shapes(window, 1, probe.inert)
    known = probe.declaration.known
    zero = into.split(np.zeros(shape), known)
    still = probe.run(into.join(zero))[0]
    middle = tuple(n // 2 for n in window)
    axes = [into.axis(name) for name in into.space]
    answers = []
    channels = [i for i in range(zero.ndim) if i not in axes and into.names[i] != "b"]
    for index in np.ndindex(*(zero.shape[i] for i in channels)):
        delta = zero.copy()
        place: list[Any] = [0] * zero.ndim
        for i, c in zip(channels, index, strict=True):
            place[i] = c
        for i, m in zip(axes, middle, strict=True):
            place[i] = m
        delta[tuple(place)] = 1
        answers.append(out.split(probe.run(into.join(delta))[0] - still, known))
    stacked = np.stack(answers)
    order = [1 + out.axis(out.represented[0])]
    rest = [
        0,
        *(1 + i for i, name in enumerate(out.names) if name not in out.space and name != out.represented[0]),
    ]
    return np.asarray(stacked.transpose([*order, *rest, *(1 + out.axis(name) for name in out.space)]))
