"""The catalogue of faults: each recognises one by what the layer does, and says it with this layer's numbers.

Main definitions
    FAULTS: in the order in which they are tried; the first that recognises the layer is told.

Implementation notes
    A fault is recognised by an experiment on the layer, not by the size of an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.decode import is_same
from gcalc.check.diagnosis.case import Case
from gcalc.check.diagnosis.index_maps import index_map
from gcalc.check.diagnosis.kernels import misplaced
from gcalc.check.equivariance import by
from gcalc.check.layout import Layout
from gcalc.check.plane import on_plane
from gcalc.check.probe import Probe
from gcalc.check.receptive import Sampling, Sight, sight
from gcalc.check.record import Finding
from gcalc.check.window import on_window
from gcalc.errors import GcalcError
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["FAULTS", "Fault", "every"]

FEWEST = 8
"""From so many numbers on a factor and a shift that fit all of them mean something."""
LEAK = 1e-3
"""A violation below this is called small; no verdict stands on it."""


Fault = Callable[[Case], Finding | None]


def told_by_checks(case: Case) -> Finding | None:
    """What a check says by itself, where equivariance holds."""
    if case.failed("window") or case.failed("plane") or case.failed("torus") or case.failed("transport"):
        return None
    found = next((r for r in case.results if r.verdict == Verdict.FAILED and r.code), None)
    return None if found is None else Finding(str(found.code), found.reason or "")


def position(case: Case) -> Finding | None:
    """No translation of the plane is a symmetry."""
    for plane in case.symmetries.plane.values():
        if any(u == 0 and not c.holds for (u, _), c in plane.found.items()) and len(plane.found) <= 1 + len(
            plane.window
        ):
            return Finding(
                "position",
                f"on {by(plane.window)} no translation by up to {plane.T} pixels is a symmetry: "
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


def scale_per_orientation(case: Case) -> Finding | None:
    """``Φ(L_u x)`` is ``L_u Φ(x)`` but for a factor and a shift for each channel."""
    for u in case.broken:
        a, b = case.sides(u)
        if a.shape != b.shape:
            return None
        fits = [_affine(x.ravel(), y.ravel()) for x, y in zip(a, b, strict=True)]
        if any(fit is None for fit in fits):
            return None
        scaled = [
            (c, fit)
            for c, fit in enumerate(fits)
            if fit is not None and (abs(fit[0] - 1) > 1e-9 or abs(fit[1]) > 1e-9)
        ]
        if scaled:
            c, (factor, shift) = scaled[0]
            what = f"multiplied by {factor:.4g}" if abs(factor - 1) > 1e-9 else f"shifted by {shift:.4g}"
            told = f"under {case.group.names[u]} output channel {c} comes out {what}"
            return Finding(
                "scale_per_orientation", f"{told}: orientations of one filter must share scale and bias"
            )
    return None


def _affine(x: Array, y: Array) -> tuple[float, float] | None:
    """(α, β) with ``x = αy + β``, but for rounding; None where there are none."""
    if y.size < FEWEST:  # two numbers always fit
        return None
    spread = y - y.mean()
    if not float(np.abs(spread).max(initial=0)):
        return (1.0, float((x - y).mean())) if is_same(x - x.mean(), spread) else None
    factor = float(spread @ (x - x.mean()) / (spread @ spread))
    shift = float(x.mean() - factor * y.mean())
    return (factor, shift) if abs(factor) > 1e-6 and is_same(x, factor * y + shift) else None


def training_only(case: Case) -> Finding | None:
    """It holds with the given parameters, and fails with others."""
    if case.held("window", "given") and case.failed("window", "random"):
        return Finding(
            "training_only",
            "it holds for the given parameters and fails for random ones: training will break it",
        )
    return None


def filter_not_transformed(case: Case) -> Finding | None:
    """All orientations give the same output, or it commutes with turning the fibre and space apart."""
    layout = case.layout
    if not layout.represented or not case.broken:
        return None
    probe = case.probe
    output = case.declaration.outputs.index(layout)
    before = layout.split(probe.run(*probe.inputs(case.window))[output], case.declaration.known)
    fibre = layout.axis(layout.represented[0])
    slices = [np.take(before, i, axis=fibre) for i in range(before.shape[fibre])]
    if len(slices) > 1 and all(is_same(s, slices[0]) for s in slices[1:]):
        return Finding(
            "filter_not_transformed", "all orientations give the same output: the filter is not transformed"
        )
    if _fibre_alone(case, probe, output, layout):
        return Finding(
            "filter_not_transformed",
            "turning the fibre without space turns the output's fibre: the filter is not turned in space",
        )
    return None


def _fibre_alone(case: Case, probe: Probe, output: int, layout: Layout) -> bool:
    """Whether it is equivariant to the action on represented axes only."""
    declaration = case.declaration
    if not any(given is not None and given.represented for given in declaration.inputs):
        return False
    inputs = probe.inputs(case.window)

    def moved(array: Array, of: Layout | None, u: int) -> Array:
        if of is None:
            return array
        split = of.split(array, declaration.known)
        for name in of.represented:
            split = declaration.reps[name].act(u, split, of.axis(name))
        return of.join(split)

    before = probe.run(*inputs)[output]
    return all(
        is_same(
            probe.run(*(moved(a, of, u) for a, of in zip(inputs, declaration.inputs, strict=True)))[output],
            moved(before, layout, u),
        )
        for u in case.broken
    )


def interpolation(case: Case) -> Finding | None:
    """The trace shows interpolation."""
    operations = case.probe.target.traced(*case.probe.inputs(case.window)).operations
    found = next(
        (
            o
            for o in operations
            if "grid_sampl" in o or "interpolate" in o or "upsample_bi" in o or "map_coordinates" in o
        ),
        None,
    )
    return (
        None
        if found is None
        else Finding(
            "interpolation",
            f"it calls {found}: interpolation turns pixels only approximately, and is no action of the group on them",
        )
    )


def leak(case: Case) -> Finding | None:
    """Everything but a small part goes with the group."""
    most = max(
        (c.violation for found in case.symmetries.window.values() for c in found.values() if not c.holds),
        default=1.0,
    )
    if most < LEAK:
        return Finding("leak", f"a relative {most:.1e} of the output does not go with the group")
    return None


def filters(case: Case) -> Finding | None:
    """The filters of the orientations, read off the answers to deltas."""
    return misplaced(case.probe, case.window)


def backwards(case: Case) -> Finding | None:
    """The output runs against the input."""
    for plane in case.symmetries.plane.values():
        for name, sampling in zip(case.declaration.space, plane.sampling, strict=True):
            if sampling.s < 0:
                return Finding("axis_flipped", f"the output's {name!r} runs against the input's")
    return None


def edge(case: Case) -> Finding | None:
    """Right but for the edge: the sides agree where pixels near it are left out."""
    sides = [case.sides(u) for u in case.broken]
    if not sides or any(a.shape != b.shape for a, b in sides):
        return None
    lengths = sides[0][0].shape[2:]
    for border in range(1, (min(lengths, default=0) - 1) // 2):
        inner: Any = (..., *(slice(border, n - border) for n in lengths))
        if all(is_same(a[inner], b[inner]) for a, b in sides):
            return Finding(
                "boundary", f"it is right {border} pixels away from the edge, and wrong nearer to it"
            )
    return None


def batch_leak(case: Case) -> Finding | None:
    """Examples of a batch mix."""
    found = next((r for r in case.results if r.code == "batch_leak"), None)
    return None if found is None else Finding("batch_leak", found.reason or "")


def unexplained(case: Case) -> Finding | None:
    """Nothing above."""
    names = ", ".join(case.group.names[u] for u in case.broken) or "an element"
    return Finding("unexplained", f"it fails under {names}, and no known convention or fault explains it")


def every(case: Case) -> Iterator[Finding]:
    """What the catalogue says, the most telling first."""
    for fault in FAULTS:
        finding = fault(case)
        if finding is not None:
            yield finding


FAULTS: tuple[Fault, ...] = (
    told_by_checks,
    batch_leak,
    leak,
    backwards,
    position,
    interpolation,
    stride,
    off_centre,
    boundary,
    unglued,
    edge,
    scale_per_orientation,
    training_only,
    filter_not_transformed,
    index_map,
    filters,
    unexplained,
)
