"""The filters of an affine layer, read off its answers to deltas, and how those of its orientations are related.

Main definitions
    misplaced: a finding on the first orientation whose filter is not the turned copy that it should be.

Main statements
    Let ``K[s, t](z)`` be what orientation s of the output reads of orientation t of the input at offset z. A layer is
    equivariant if and only if ``K[us, ut](uz) = K[s, t](z)``; with ``psi = K[e, ·]`` that is ``K[s, t] = psi[s⁻¹t]``
    turned by s. Without a fibre on a side, that side's index is absent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.decode import is_same, signed_permutations
from gcalc.check.grids import Declared, turn
from gcalc.check.layout import Layout
from gcalc.check.probe import Probe
from gcalc.check.record import Finding
from gcalc.errors import TargetError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["misplaced"]

WRONG = "filter_wrongly_transformed"


def misplaced(probe: Probe, window: Sequence[int]) -> Finding | None:
    """What is wrong with the filter of an orientation; None where this cannot be read, or nothing is wrong.

    Raises:
        TargetError: the layer cannot be run.
    """
    declaration = probe.declaration
    into, out = declaration.inputs[0], declaration.outputs[0]
    if len(declaration.inputs) != 1 or into is None or out is None or not into.space or not out.space:
        return None
    is_regular = all(declaration.reps[n].name == "regular" for n in (*into.represented, *out.represented))
    if len(into.represented) > 1 or len(out.represented) > 1 or not is_regular or len(set(window)) > 1:
        return None
    window = tuple(n + 1 - n % 2 for n in window)
    try:
        if not _is_affine(probe, window):
            return None
    except TargetError:  # it cannot be run on an odd window
        return None
    K = _answers(probe, window, into, out)
    if not out.represented:
        return _not_symmetric(probe, K, bool(into.represented))
    return _compared(probe, K, bool(into.represented))


def _compared(probe: Probe, K: Array, has_fibre: bool) -> Finding | None:
    """Each orientation's filters against the first one's."""
    group, table = probe.declaration.group, probe.declaration.group.P.multiplication_table
    inverse = group.P.inverse_table
    n = K.shape[1]
    for s in range(1, len(K)):
        own = group.on_space(s)
        expected = [int(table[inverse[s], t]) if has_fibre else 0 for t in range(n)]
        if all(is_same(K[s, t], _turned(K[0, expected[t]], own)) for t in range(n)):
            continue
        name = group.names[s]
        found = _explained(K, s, expected, own)
        if found is None:
            return Finding(
                WRONG, f"the filters of orientation {name} are no turned copies of the first one's"
            )
        return _told(group, s, expected, own, found)
    return None


def _explained(K: Array, s: int, expected: list[int], own: Array) -> tuple[list[int], Array] | None:
    """Which filter of the first orientation stands at each t, and the turn; the expected ones where they fit."""
    n, d = K.shape[1], len(own)
    every = sorted(signed_permutations(d), key=lambda m: not np.array_equal(m, own))
    for matrix in every:
        turned = [_turned(K[0, t], matrix) for t in range(n)]
        places = []
        for t in range(n):
            order = [expected[t], *(i for i in range(n) if i != expected[t])]
            places.append(next((i for i in order if is_same(K[s, t], turned[i])), None))
        if all(place is not None for place in places):
            return [int(place) for place in places if place is not None], matrix
    return None


def _told(
    group: Declared, s: int, expected: list[int], own: Array, found: tuple[list[int], Array]
) -> Finding:
    places, matrix = found
    n, name, table = len(places), group.names[s], group.P.multiplication_table
    right_turn, right_fibre = np.array_equal(matrix, own), places == expected
    if right_fibre and np.array_equal(matrix, np.eye(len(own))):
        return Finding(
            "filter_not_transformed", f"the filter of orientation {name} is the first one, not turned"
        )
    if not right_turn:
        what = f"the filter of orientation {name} is the first one turned by {_named(group, matrix)}, expected {name}"
        return Finding(WRONG, what)
    if places == list(range(n)):
        return Finding(
            "fibre_omitted",
            f"the filter of orientation {name} is turned, and its fibre stays: psi[t], expected psi[s⁻¹t]",
        )
    back = int(group.P.inverse_table[s])
    families = {
        "psi[s t]": [int(table[s, t]) for t in range(n)],
        "psi[t s⁻¹]": [int(table[t, back]) for t in range(n)],
        "psi[t s]": [int(table[t, s]) for t in range(n)],
    }
    word = next((word for word, family in families.items() if family == places), None)
    if word is None:
        return Finding(
            WRONG, f"at s = {name} orientation t reads psi[{places}[t]], expected psi[{expected}[t]]"
        )
    return Finding("orientation_order", f"at s = {name} orientation t reads {word}, expected psi[s⁻¹t]")


def _not_symmetric(probe: Probe, K: Array, has_fibre: bool) -> Finding | None:
    """Scalars out: the filter itself has to be invariant."""
    group = probe.declaration.group
    for u in group.on_pixels[1:]:
        moved = [int(group.P.multiplication_table[u, t]) if has_fibre else 0 for t in range(K.shape[1])]
        if not all(is_same(K[0, moved[t]], _turned(K[0, t], group.on_space(u))) for t in range(K.shape[1])):
            return Finding(
                "filter_not_transformed",
                f"scalars come out, and the filter is not invariant under {group.names[u]}",
            )
    return None


def _turned(answer: Array, matrix: Array) -> Array:
    return turn(answer, matrix, range(answer.ndim - len(matrix), answer.ndim))


def _named(group: Declared, matrix: Array) -> str:
    """The element of the group that turns so, or the matrix."""
    for u in group.on_pixels:
        if np.array_equal(group.on_space(u), matrix):
            return group.names[u]
    return "[" + "; ".join(" ".join(str(int(n)) for n in row) for row in matrix) + "]"


def _is_affine(probe: Probe, window: Sequence[int]) -> bool:
    x, y = (probe.inputs(window, trial, batch=1) for trial in range(2))
    at = probe.run(*(0 * a for a in x))
    both = probe.run(*(a + b for a, b in zip(x, y, strict=True)))
    return all(
        is_same(s, p + q - z) for s, p, q, z in zip(both, probe.run(*x), probe.run(*y), at, strict=True)
    )


def _answers(probe: Probe, window: Sequence[int], into: Layout, out: Layout) -> Array:
    """K[s, t, …, z] of an affine layer: answers to a delta in the middle, reflected so that they are filters.

    The answer at q to a delta at m is the filter at m - q; s and t have length 1 without a fibre.
    """
    (shape,) = probe.declaration.input_shapes(window, 1, probe.inert)
    known = probe.declaration.known
    zero = into.split(np.zeros(shape), known)
    still = probe.run(into.join(zero))[0]
    channels = [name for name in into.names if name not in into.space and name != "b"]
    answers = []
    for index in np.ndindex(*(zero.shape[into.axis(name)] for name in channels)):
        delta = zero.copy()
        at = dict(zip(channels, index, strict=True)) | dict(
            zip(into.space, (n // 2 for n in window), strict=True)
        )
        delta[tuple(at.get(name, 0) for name in into.names)] = 1
        answers.append(out.split(probe.run(into.join(delta))[0] - still, known))
    lengths = [zero.shape[into.axis(name)] for name in channels]
    stacked = np.stack(answers).reshape(*lengths, *answers[0].shape)
    return _ordered(stacked, channels, into, out)


def _ordered(stacked: Array, channels: list[str], into: Layout, out: Layout) -> Array:
    first = len(channels)
    axis: Callable[[str], int] = lambda name: first + out.axis(name)  # noqa: E731
    s = [axis(name) for name in out.represented]
    t = [channels.index(name) for name in into.represented]
    z = [axis(name) for name in out.space]
    rest = [i for i in range(stacked.ndim) if i not in (*s, *t, *z)]
    moved = stacked.transpose([*s, *t, *rest, *z])
    shape = list(moved.shape)
    if not t:
        shape.insert(len(s), 1)
    if not s:
        shape.insert(0, 1)
    return np.asarray(np.flip(moved.reshape(shape), tuple(range(-len(z), 0))))
