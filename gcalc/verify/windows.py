"""The layouts of a claim on a pixel window: f zero outside, g = (s, x) ranging over orientations and pixels.

A sum over X = Z² is over the pixels. A filter lives on a box of offsets o, or, on the pixels × P, on pairs (t, o).
The action's table has a row for every g = (s, y), which leads from (t, o) to (s t, y + s o), and a row for every
g⁻¹, which leads from (t, x) to (s⁻¹t, s⁻¹(x - y)); what is outside of the pixels, or of the box, has one index more,
where every function is zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from math import prod
from typing import Any, TypeAlias

import numpy as np

from gcalc.interpret import Carrier
from gcalc.interpret.model import Box
from gcalc.kernel.terms import Sort
from gcalc.proving.law import Claim
from gcalc.spaces import window
from gcalc.verify.layout import InapplicableError, Layout
from gcalc.verify.subjects import Subject

Pair: TypeAlias = tuple[int, int]
Table: TypeAlias = list[list[int]]


def on_window(claim: Claim, subject: Subject, channels: Mapping[Sort, Carrier]) -> Iterator[Layout]:
    """Pixels and pixels × P, both boundaries, boxes of both parities; u turns the array about its centre.

    Raises InapplicableError if the claim is not about functions on a window.
    """
    if not claim.windows:
        raise InapplicableError("the claim is not about functions on a pixel window")
    pixels, used = subject.window, claim.symbols
    labels = {u: pixels.group.elements for u in used.parameters}
    sorts = {s.kind: s for s in used.sorts}
    for space, boundary, k in product((pixels, pixels.regular), ("zero", "valid"), (2, 3)):
        output = pixels if boundary == "zero" else _smaller(subject, k)
        if output is None:
            continue
        box = Box((pixels.point_group.order, k, k) if space.is_regular else (k, k))
        outputs = prod(output.regular.shape)
        inverses = range(outputs, 2 * outputs)
        extent, rows = _action(pixels, space.is_regular, boundary, k)
        carriers = {
            **channels,
            sorts["set"]: Carrier(space.shape, range(prod(space.shape)), space, rows, extent=extent),
            sorts["group"]: Carrier(output.regular.shape, range(outputs), output.regular, inverses=inverses),
        }
        cells = {v: range(prod(box.shape)) for v in claim.ends if v.sort == sorts["set"]}
        yield Layout(
            f"{space.name}, {k}×{k} filter, boundary {boundary}",
            carriers,
            labels=labels,
            ranges=cells if "filter_gradient" in used.operators else {},
            box=box,
            boxed=used.filters,
            boundary={"boundary": boundary},
        )


def _smaller(subject: Subject, k: int) -> Any:
    """The outputs at which a box of side k lies inside; None if there are none."""
    rows, cols = (n - k + 1 for n in subject.window.shape)
    return window(subject.window.crystallographic.name, rows, cols) if min(rows, cols) > 0 else None


@cache
def _action(pixels: Any, with_points: bool, boundary: str, k: int) -> tuple[int, Table]:
    """The action's table, first for every g, then for every g⁻¹; before it the size of a list with the zero outside."""
    group, offsets = pixels.point_group, [(i - k // 2, j - k // 2) for i, j in np.ndindex(k, k)]
    times, inverse = group.multiplication_table.tolist(), group.inverse_table.tolist()
    fibre = range(group.order) if with_points else (0,)
    cells = {place: i for i, place in enumerate(product(fibre, offsets))}
    places = {place: i for i, place in enumerate(product(fibre, np.ndindex(pixels.shape)))}
    outside, forward, back = max(len(cells), len(places)), [], []
    for s, matrix in enumerate(group.elements):
        t, undo = inverse[s], group.elements[inverse[s]]
        turned = {s: (times[s] if with_points else [0]), t: (times[t] if with_points else [0])}
        for y in _outputs(pixels.shape, [_apply(matrix, o) for o in offsets], boundary):
            to = [(turned[s][p], _plus(y, _apply(matrix, o))) for p, o in cells]
            forward.append([places.get(place, outside) for place in to])
            to = [(turned[t][p], _apply(undo, _minus(x, y))) for p, x in places]
            back.append([cells.get(place, outside) for place in to])
    return outside + 1, forward + back


def _outputs(shape: Pair, turned: list[Pair], boundary: str) -> Iterator[Pair]:
    """The cells y of an orientation: all pixels, or, if valid, those where y + s·box lies inside."""
    for y in np.ndindex(shape):
        inside = all(0 <= y[i] + o[i] < shape[i] for o in turned for i in (0, 1))
        if boundary == "zero" or inside:
            yield y


def _apply(matrix: Any, x: Pair) -> Pair:
    (a, b), (c, d) = matrix
    return a * x[0] + b * x[1], c * x[0] + d * x[1]


def _plus(x: Pair, y: Pair) -> Pair:
    return x[0] + y[0], x[1] + y[1]


def _minus(x: Pair, y: Pair) -> Pair:
    return x[0] - y[0], x[1] - y[1]
