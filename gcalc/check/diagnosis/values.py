"""Faults of values: factors of orientations, filters that do not turn, ties, small leaks, interpolation.

Main definitions
    ties, leak, scale_per_orientation, training_only, filter_not_transformed, interpolation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.decode import is_same
from gcalc.check.diagnosis.case import Case
from gcalc.check.layout import Layout
from gcalc.check.probe import Probe
from gcalc.check.record import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = [
    "filter_not_transformed",
    "interpolation",
    "leak",
    "scale_per_orientation",
    "ties",
    "training_only",
]

FEWEST = 8
"""From so many numbers on a factor and a shift that fit all of them mean something."""
INTERPOLATING = (
    *(
        "grid_sampl",
        "interpolate",
        "upsample_bi",
        "map_coordinates",
        "affine_transform",
        "geometric_transform",
    ),
    *("ndimage._interpolation.rotate", "ndimage.rotate", "_interpolation.zoom", "_interpolation.shift"),
)
"""Parts of the names under which traces show operations that interpolate."""
SCALES = (1 / 4, 1, 4, 32)
"""Values without ties are up to twice these, the largest as large as those of the checks."""
LEAK = 1e-3
"""A violation below this is called small; no verdict stands on it."""


def ties(case: Case) -> Finding | None:
    """It holds where no two numbers are equal."""
    probe, u = case.probe, case.broken
    every = [probe.generic(case.window, scale) for scale in SCALES]
    if u and all(probe.equivariant(g, inputs).holds for inputs in every for g in u):
        return Finding(
            "ties",
            "it holds on generic inputs, and fails where numbers are equal: of equal ones it takes the first "
            "(argmax, sort, top-k), or a threshold is met exactly (round, sign)",
        )
    return None


def leak(case: Case) -> Finding | None:
    """Everything but a small part goes with the group."""
    most = max(
        (c.violation for found in case.symmetries.window.values() for c in found.values() if not c.holds),
        default=1.0,
    )
    if most < LEAK:
        return Finding("leak", f"a relative {most:.1e} of the output does not go with the group")
    return None


def scale_per_orientation(case: Case) -> Finding | None:
    """``Φ(L_u x)`` is ``L_u Φ(x)`` but for a factor and a shift for each channel."""
    for u in case.broken:
        a, b = case.sides(u)
        if a.shape != b.shape or np.iscomplexobj(a):
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
    output = case.output
    before = layout.split(probe.run(*case.inputs)[output], case.declaration.known)
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
    if not any(given is not None and given.represented for given in declaration.inputs) or not layout.space:
        return False
    inputs = case.inputs

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
    trace = case.probe.target.traced(*case.probe.inputs(case.window))
    called = [o for o in (*trace.operations, *trace.unknown) if any(name in o for name in INTERPOLATING)]
    if not called:
        return None
    return Finding(
        "interpolation",
        f"it calls {called[0]}: interpolation turns pixels only approximately, and is no action of the group on them",
    )
