"""What index maps say: the output turns the other way, its fibre is permuted otherwise, its channels stand elsewhere.

Main definitions
    index_map: a finding, where outputs transform in another way than was declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.decode import decode, expected_sources
from gcalc.check.diagnosis.case import Case
from gcalc.check.layout import Layout
from gcalc.check.orbits import fibre_permutation
from gcalc.check.record import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["index_map"]

BORDERS = (0, 1, 2)
"""So many pixels of the edge are left out, where the whole output has no index map."""


def _as_tuples(matrix: Array) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(n) for n in row) for row in matrix)


def index_map(case: Case) -> Finding | None:
    """Outputs transform, by another turn of space or another permutation of the fibre than was declared."""
    layout = case.layout
    for u in case.broken:
        found = next(
            filter(None, (decode(case.probe, u, case.window, output=case.output, border=b) for b in BORDERS)),
            None,
        )
        if found is None:
            continue
        a, _ = case.sides(u)
        values = case.probe.run(*case.probe.inputs(case.window))[case.output]
        expected = expected_sources(case.probe, u, layout, values)
        own = _as_tuples(case.group.on_space(u)) if layout.space else ()
        right_turn = found.matrix == own
        if right_turn and any(found.offset):
            return Finding(
                "centre", f"under {case.group.names[u]} the output is shifted by {found.offset} pixels"
            )
        if not right_turn:
            return _turned(case, u, found.matrix, found.source == expected)
        if expected is not None and found.source != expected:
            return _permuted(case, u, found.source, expected, layout, len(a))
    return None


def _turned(case: Case, u: int, matrix: tuple[tuple[int, ...], ...], fibre_right: bool) -> Finding:
    """Space turns by another matrix."""
    own, other = case.group.on_space(u), np.array(matrix)
    name, change = case.group.names[u], other @ np.linalg.inv(own).round().astype(int)
    if (other == np.linalg.inv(own).round()).all():
        return Finding("orientation_order", f"under {name} the output turns the other way")
    diagonal = (np.abs(change) == np.eye(len(change))).all()
    code = "axis_flipped" if diagonal else "axis_transposed"
    what = "an axis is reflected" if diagonal else "its axes are exchanged"
    beside = "" if fibre_right else ", and the fibre is permuted otherwise"
    return Finding(
        code,
        f"under {name} the output turns by {matrix}, expected {_as_tuples(own)}: {what}{beside}",
    )


def _permuted(
    case: Case, u: int, source: Sequence[int], expected: Sequence[int], layout: Layout, channels: int
) -> Finding:
    """Space turns as declared, the channels go elsewhere."""
    name = case.group.names[u]
    fibre = next(iter(layout.represented), None)
    permutation = (
        None if fibre is None else fibre_permutation(source, layout, fibre, case.declaration.known, channels)
    )
    wanted = (
        None
        if fibre is None
        else fibre_permutation(expected, layout, fibre, case.declaration.known, channels)
    )
    if permutation is None or wanted is None:
        c = next(c for c, (s, e) in enumerate(zip(source, expected, strict=True)) if s != e)
        return Finding(
            "channel_order",
            f"under {name} output channel {c} reads channel {source[c]}, expected {expected[c]}",
        )
    if permutation == list(range(len(permutation))):
        return Finding("fibre_omitted", f"under {name} the fibre stays, expected out[s] to read {wanted}")
    table, P = case.group.P.multiplication_table, case.group.P
    inverse = int(P.inverse_table[u])
    n = P.order
    families = {
        "out[s] reads x[u s]": [int(table[u, s]) for s in range(n)],
        "out[s] reads x[s u]": [int(table[s, u]) for s in range(n)],
        "out[s] reads x[s u⁻¹]": [int(table[s, inverse]) for s in range(n)],
    }
    word = next(
        (word for word, family in families.items() if family == permutation),
        f"out[s] reads x[{permutation}[s]]",
    )
    return Finding("orientation_order", f"under u = {name} {word}, expected x[u⁻¹ s] = {wanted}")
