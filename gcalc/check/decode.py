"""What the layer does instead: the index map from the outputs for x to the outputs for L_u x, read off fingerprints.

Main definitions
    Decoded: the map of an element u: a signed permutation of space, an offset, and where each channel comes from.
    decode: find it, for the whole output or without its border.

Main statements
    If ``Φ(L_u x)[c, p] = Φ(x)[s(c), w⁻¹p]`` for random x, a layer transforms under u, by s and w; where these are not
    what was declared, they say what it does instead.

Implementation notes
    A channel is looked up by a random projection, and what is found is compared in full. `SAME` is far above rounding
    and far below what different random channels differ by. No verdict stands on it: a declaration that would pass is
    checked as any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.grids import turn
from gcalc.check.layout import BATCH, Layout
from gcalc.check.probe import Probe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Decoded", "channels_first", "decode", "expected_sources", "is_same", "signed_permutations"]

EVIDENCE = 32
"""Bits that the compared values have at least: a hundred maps are tried."""
SAME = 2.0**-28
"""Fingerprints that differ by less, relative to the largest value, are of the same channel."""


@dataclass(frozen=True)
class Decoded:
    """How outputs for L_u x are made of those for x.

    matrix: of the turn that space undergoes. offset: the shift after it, in pixels. source: for each flattened channel
    the one it comes from.
    """

    matrix: tuple[tuple[int, ...], ...]
    offset: tuple[int, ...]
    source: tuple[int, ...]


def signed_permutations(d: int) -> Iterator[Array]:
    """All matrices that permute d axes with signs."""
    for order, signs in product(permutations(range(d)), product((1, -1), repeat=d)):
        matrix = np.zeros((d, d), dtype=np.int64)
        for i, (j, sign) in enumerate(zip(order, signs, strict=True)):
            matrix[i, j] = sign
        yield matrix


def channels_first(array: Array, layout: Layout, known: dict[str, int]) -> Array:
    """(channels, batch, space): all axes that are neither flattened into one, in the order in which they stand."""
    split = layout.split(array, known)
    front = [name for name in layout.names if name != BATCH and name not in layout.space]
    order = [
        layout.axis(name) for name in (*front, *([BATCH] if BATCH in layout.names else []), *layout.space)
    ]
    moved = split.transpose(order)
    batch = moved.shape[len(front) : len(front) + 1] if BATCH in layout.names else (1,)
    return np.asarray(
        moved.reshape(-1, *batch, *(moved.shape[moved.ndim - len(layout.space) :] if layout.space else ()))
    )


def expected_sources(probe: Probe, u: int, layout: Layout, array: Array) -> tuple[int, ...] | None:
    """For each flattened channel the one that the declaration moves there; None where it adds or changes signs."""
    declaration = probe.declaration
    if not all(
        declaration.reps[name].moves and (declaration.reps[name].matrices >= 0).all()
        for name in layout.represented
    ):
        return None
    sizes = layout.sizes(array.shape, declaration.known)
    front = [name for name in layout.names if name != BATCH and name not in layout.space]
    numbers = np.arange(int(np.prod([sizes[name] for name in front] or [1]))).reshape(
        [sizes[name] for name in front]
    )
    for name in layout.represented:
        numbers = declaration.reps[name].act(u, numbers, front.index(name))
    return tuple(int(i) for i in numbers.ravel())


def is_same(a: Array, b: Array) -> bool:
    """Whether two arrays are the same, but for rounding."""
    scale = max(float(np.abs(b).max(initial=0)), float(np.abs(a).max(initial=0)))
    return a.shape == b.shape and bool(np.abs(a - b).max(initial=0) <= SAME * scale)


def decode(
    probe: Probe, u: int, window: Sequence[int], *, output: int = 0, border: int = 0, reach: int = 1
) -> Decoded | None:
    """The index map of u; border: so many pixels of the edge are left out; reach: offsets up to this are tried.

    Raises:
        TargetError: the layer cannot be run.
    """
    declaration = probe.declaration
    layout = declaration.outputs[output]
    if layout is None:
        return None
    sides = []
    for inputs in (probe.inputs(window), probe.generic(window)):
        after = probe.instrument.run(*declaration.act_in(u, inputs))[output]
        before = probe.instrument.run(*inputs)[output]
        sides.append([channels_first(x, layout, declaration.known) for x in (after, before)])
    expected = expected_sources(probe, u, layout, before)
    if any(x.shape[0] != y.shape[0] or x.shape[2:] != y.shape[2:] for x, y in zip(*sides, strict=True)):
        return None
    a, b = (np.concatenate(parts, axis=1) for parts in zip(*sides, strict=True))
    own = declaration.group.matrix(u) if layout.space else None
    for matrix, offset in _candidates(len(layout.space), own, reach):
        moved = turn(b, matrix, range(2, b.ndim)) if layout.space else b
        pair = _overlap(a, moved, offset, border)
        if pair is None or (layout.space and _bits(pair[1]) < EVIDENCE):
            continue
        source = _matched(*pair, expected)
        if source is not None:
            return Decoded(tuple(map(tuple, matrix.tolist())), offset, source)
    return None


def _candidates(d: int, own: Array | None, reach: int) -> Iterator[tuple[Array, tuple[int, ...]]]:
    """Turns with offsets: the declared turn first, small offsets first."""
    if d == 0:
        yield np.zeros((0, 0), dtype=np.int64), ()
        return
    every = list(signed_permutations(d))
    every.sort(key=lambda m: own is None or not np.array_equal(m, own))
    offsets = sorted(product(range(-reach, reach + 1), repeat=d), key=lambda t: sum(map(abs, t)))
    yield from ((matrix, offset) for offset in offsets for matrix in every)


def _overlap(a: Array, moved: Array, offset: tuple[int, ...], border: int) -> tuple[Array, Array] | None:
    """Both where the second, shifted by the offset, lies over the first."""
    if a.shape != moved.shape:
        return None
    here, there = [slice(None), slice(None)], [slice(None), slice(None)]
    for n, t in zip(a.shape[2:], offset, strict=True):
        start, stop = max(0, t) + border, min(n, n + t) - border
        if stop - start < 1:
            return None
        here.append(slice(start, stop))
        there.append(slice(start - t, stop - t))
    return a[tuple(here)], moved[tuple(there)]


def _bits(values: Array) -> float:
    """How much the values tell: signs of few pixels fit many maps."""
    return float(values.size * np.log2(len(np.unique(values)) or 1))


def _matched(a: Array, b: Array, expected: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """For each channel of a the equal channel of b, the expected one if that is equal; None where one has none."""
    flat_a, flat_b = a.reshape(len(a), -1), b.reshape(len(b), -1)
    weights = np.random.default_rng(flat_a.shape[1]).standard_normal(flat_a.shape[1])
    prints_a, prints_b = flat_a @ weights, flat_b @ weights
    scale = SAME * float(np.abs(weights).sum()) * max(float(np.abs(flat_b).max(initial=0)), 1e-300)
    used: set[int] = set()
    source = []
    for c in range(len(a)):
        near = [
            int(j)
            for j in np.flatnonzero(np.abs(prints_b - prints_a[c]) <= scale)
            if is_same(flat_a[c], flat_b[j])
        ]
        free = [j for j in near if j not in used]
        if not free:
            return None
        best = expected[c] if expected is not None and expected[c] in free else free[0]
        source.append(best)
        used.add(best)
    return tuple(source)
