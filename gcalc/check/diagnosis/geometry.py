"""Faults of place: where outputs stand, what is beyond the edge, weights that depend on the pixel.

Main definitions
    position, stride, claimed_stride, backwards, off_centre: of the grid of outputs.
    boundary, unglued, edge: of what is outside the array.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from gcalc.check.decode import is_same
from gcalc.check.diagnosis.case import Case
from gcalc.check.equivariance import by
from gcalc.check.plane import on_plane
from gcalc.check.receptive import Sampling, Sight, sight
from gcalc.check.record import Finding
from gcalc.check.window import on_window
from gcalc.errors import GcalcError

__all__ = ["backwards", "boundary", "claimed_stride", "edge", "off_centre", "position", "stride", "unglued"]


def position(case: Case) -> Finding | None:
    """No translation of the plane is a symmetry."""
    if sum(layout is not None and bool(layout.space) for layout in case.declaration.outputs) > 1:
        return None  # outputs may run another way each
    for plane in case.symmetries.plane.values():
        if any(u == 0 and not c.holds for (u, _), c in plane.found.items()) and len(plane.found) <= 1 + len(
            plane.window
        ):
            return Finding(
                "position",
                f"on {by(plane.window)} no translation by {plane.tried} is a symmetry: "
                "the weights depend on the place",
            )
    return None


def stride(case: Case) -> Finding | None:
    """Right on the plane, wrong on the window, because of where the first output stands."""
    plane = next((p for p in case.symmetries.plane.values()), None)
    if plane is None or not case.failed("window"):
        return None
    steps = [sampling.s for sampling in plane.sampling]
    if max(steps) <= 1 and plane.T == 1:
        return None
    s = max(int(max(steps)), plane.T)
    right = [
        n for n in range(max(case.window), max(case.window) + 2 * s) if _holds(case, (n,) * len(case.window))
    ]
    if not right:
        return None
    n = next((side for side in case.window if (side - right[0]) % s), max(case.window))
    return Finding(
        "stride",
        f"with stride {s} it is right where (n - {right[0] % s}) mod {s} = 0; your n = {n}: "
        f"take n = {right[0]}, or another padding",
    )


def _holds(case: Case, window: tuple[int, ...]) -> bool:
    try:
        return all(c.holds for c in on_window(case.probe, window, 1).values())
    except GcalcError:
        return False


def claimed_stride(case: Case) -> Finding | None:
    """The outputs stand otherwise than was said."""
    claimed = case.context.stride or {}
    for plane in case.symmetries.plane.values():
        for name, sampling in zip(case.declaration.space, plane.sampling, strict=True):
            if 0 < sampling.s != claimed.get(name, sampling.s):
                return Finding(
                    "stride",
                    f"the outputs stand {sampling.s} apart along {name!r}, not {claimed[name]} as was said",
                )
    return None


def backwards(case: Case) -> Finding | None:
    """The output runs against the input."""
    for plane in case.symmetries.plane.values():
        for name, sampling in zip(case.declaration.space, plane.sampling, strict=True):
            if sampling.s < 0:
                return Finding("axis_flipped", f"the output's {name!r} runs against the input's")
    return None


def off_centre(case: Case) -> Finding | None:
    """Right on the plane, and the outputs are not centred on the window."""
    plane = next((p for p in case.symmetries.plane.values()), None)
    if plane is None or not case.failed("window") or not case.held("plane"):
        return None
    inputs = case.probe.inputs(case.window, batch=1)
    output = next(
        i for i, layout in enumerate(case.declaration.outputs) if layout is not None and layout.space
    )
    layout = case.declaration.outputs[output]
    shape = layout.sizes(case.probe.run(*inputs)[output].shape, case.declaration.known)  # type: ignore[union-attr]
    for i, (name, sampling) in enumerate(zip(case.declaration.space, plane.sampling, strict=True)):
        n = case.window[i]
        off = sampling.o + sampling.s * Fraction(shape[name] - 1, 2) - Fraction(n - 1, 2)
        if off:
            told = f"the outputs stand {float(off):+g} pixels off the centre of the window along {name!r} (n = {n})"
            return _shifted(sight(case.probe, plane.window)[i], sampling, told)
    return None


def _shifted(seen: Sight, sampling: Sampling, told: str) -> Finding:
    """By padding, by an even box, or by a roll: then outputs near the edge see the other side."""
    centres = seen.ranges.sum(axis=1) / 2
    expected = [float(sampling.o + sampling.s * q) for q in range(len(centres))]
    if (np.abs(centres - expected) > seen.extent).any():
        return Finding("centre", f"{told}: it is rolled, outputs at one edge see the other")
    if seen.extent % 2 == 0:
        return Finding("centre", f"{told}: they see {seen.extent} lines, an even number")
    return Finding("padding", f"{told}: one side is padded more than the other")


def boundary(case: Case) -> Finding | None:
    """Right on the plane, and centred: wrong near the edge only."""
    if case.failed("window") and case.held("plane"):
        return Finding(
            "boundary",
            f"it is right where no output sees the edge, and wrong near the edge of {by(case.window)}",
        )
    return None


def unglued(case: Case) -> Finding | None:
    """Wrong on the torus, right on the plane: the edges are not glued."""
    if not case.failed("torus"):
        return None
    try:
        found = on_plane(case.probe, case.context.window).found
    except GcalcError:
        return None
    if {u for (u, _), c in found.items() if c.holds} == set(case.group.on_pixels):
        return Finding("boundary", "it is right away from the edges, which are not glued; pad periodically")
    return None


def edge(case: Case) -> Finding | None:
    """Right but for the edge: the sides agree where pixels near it are left out."""
    if case.failed("plane"):
        return None
    sides = [case.sides(u) for u in case.broken]
    if not sides or any(a.shape != b.shape for a, b in sides):
        return None
    lengths = sides[0][0].shape[2:]
    for border in range(1, (min(lengths, default=0) - 1) // 2):
        inner: Any = (..., *(slice(border, n - border) for n in lengths))
        if all(is_same(a[inner], b[inner]) for a, b in sides):
            told = f"{border} pixel{'s' if border > 1 else ''} off the edge"
            return Finding("boundary", f"it is right from {told} on, and wrong nearer to it")
    return None
