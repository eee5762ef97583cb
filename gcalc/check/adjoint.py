"""Are the gradients right: is what pulls back the adjoint of what pushes forward?

Main definitions
    check_adjoint: ``⟨d, Jv⟩ = ⟨Jᵀd, v⟩``, for inputs and for parameters.

Main statements
    Where the layer is affine along v, ``Jv = Φ(x + v) - Φ(x)`` exactly; that it is affine is seen from
    ``Φ(x + v) - Φ(x) = Φ(x) - Φ(x - v)``. Elsewhere Jv is taken by forward mode, where the layer has it, and without
    that from ``Φ(x + v) - Φ(x - v)`` where the third difference is 0: then the layer is quadratic along v.
    With rounding a difference d counts as 0 up to `PASSES` times the spread S of an output. Jv is then off by at most
    d/2 (the second difference) or d/12 (the third), which is within what passes.

Implementation notes
    No finite differences of curved maps are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check import fill
from gcalc.check.comparison import PASSES, PERTURBATIONS, one_ulp
from gcalc.check.context import Context
from gcalc.check.gradients import NO_GRADIENTS, cotangents, judged, unit, vjp
from gcalc.check.probe import Probe
from gcalc.check.record import Result
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.check.equivariance import Symmetries

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]
    Pulled = tuple[Arrays, Mapping[str, Array]]

__all__ = ["check_adjoint"]

SMALL = 2.0**-10
"""Steps along which a layer that is linear by pieces is seen to be affine."""


def check_adjoint(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """``⟨d, Jv⟩ = ⟨Jᵀd, v⟩`` along inputs and along every parameter."""
    probe = context.main
    inputs = probe.generic(context.window)
    d = cotangents(probe, inputs)
    pulled = vjp(context, probe, inputs, d)
    if pulled is None:
        yield Result("adjoint", Verdict.NOT_TESTED, parameters=probe.parameters, reason=NO_GRADIENTS)
        return
    along = _Along(context, probe, inputs, d, pulled)
    v = tuple(SMALL * fill.nonzero(context.seed, f"direction {i}", a.shape, 3) for i, a in enumerate(inputs))
    yield along.judged(
        "of the input",
        _pushed(probe, inputs, v, along.spread),
        [_paired(near[0], v) for near in along.pulled],
    )
    directions = {
        name: SMALL * fill.nonzero(context.seed, f"direction {name}", gradient.shape, 3)
        for name, gradient in pulled[1].items()
    }
    for name in [name for name, gradient in pulled[1].items() if not gradient.any()]:
        w = directions.pop(name)  # by differences: forward mode may leave out what the gradient leaves out
        pushed = _differenced(probe, name, w, inputs, along.spread)
        if pushed is not None and any(
            _size(y) > PASSES * s for y, s in zip(pushed, along.spread, strict=True)
        ):
            yield along.judged(f"of {name}", pushed, [0.0] * len(along.pulled))
    together = _together(probe, inputs, along, directions)
    if together is not None:
        yield together
        return
    for name, w in directions.items():
        pushed = _differenced(probe, name, w, inputs, along.spread)
        if pushed is None:
            pushed = _curved(probe, name, w, inputs)
        yield along.judged(f"of {name}", pushed, [_paired((near[1][name],), (w,)) for near in along.pulled])


def _together(probe: Probe, inputs: Arrays, along: _Along, directions: Mapping[str, Array]) -> Result | None:
    """All parameters at once by forward mode; None where there is none, or where it has to be told which is wrong."""
    if len(directions) < 2:
        return None
    pushed = probe.target.jvp(inputs, tuple(0 * a for a in inputs), directions)
    if pushed is None:
        return None
    pulled = [sum(_paired((near[1][name],), (w,)) for name, w in directions.items()) for near in along.pulled]
    result = along.judged(f"of {len(directions)} parameters", pushed, pulled)
    return result if result.verdict == Verdict.NUMERICAL else None


class _Along:
    """The scalar products with one cotangent, at inputs and one unit in the last place away.

    spread: what that unit makes of each output at most; at least one unit of its largest value.
    """

    def __init__(self, context: Context, probe: Probe, inputs: Arrays, d: Arrays, pulled: Pulled) -> None:
        self.probe, self.d = probe, d
        short, outputs = probe.instrument.short, _numbers(probe.run(*inputs))
        targets = probe.instrument.perturbations(constants=False)[: PERTURBATIONS // 2]
        near = [(t, tuple(one_ulp(a, i, short=short) for a in inputs)) for i, t in enumerate(targets)]
        others = (vjp(context, replace(probe, target=t), x, d) for t, x in near)
        self.pulled = [pulled, *(pair for pair in others if pair is not None)]
        moved = [_numbers(t(*x)) for t, x in near]
        self.spread = tuple(
            max(unit(probe) * _size(y), *(_size(of[i] - y) for of in moved)) for i, y in enumerate(outputs)
        )
        self.floor = sum(s * float(np.abs(a).sum()) for s, a in zip(self.spread, d, strict=True))

    def judged(self, what: str, pushed: Arrays | None, pulled: Sequence[float]) -> Result:
        """One direction; pulled: ``⟨Jᵀd, v⟩`` at the inputs, then near them."""
        if pushed is None:
            why = "it is curved along this, and has no forward mode"
            return Result(
                "adjoint", Verdict.NOT_TESTED, parameters=self.probe.parameters, size=what, reason=why
            )
        if pulled[0] and not any(map(_size, pushed)):
            why = "it is constant near here along this, and has a gradient: that of another function, straight through"
            return Result(
                "adjoint", Verdict.NOT_TESTED, parameters=self.probe.parameters, size=what, reason=why
            )
        left = _paired(self.d, pushed)
        spread = max(self.floor, *(abs(near - pulled[0]) for near in pulled[1:]))
        ratio = abs(left - pulled[0]) / spread if left != pulled[0] else 0.0
        why = f"⟨d, Jv⟩ = {left:.6g} and ⟨Jᵀd, v⟩ = {pulled[0]:.6g} {what}"
        return judged("adjoint", ratio, self.probe, why, 1, what)


def _numbers(outputs: Arrays) -> Arrays:
    """As float64, of which differences can be taken; others may be boolean."""
    return tuple(y.astype(np.float64) for y in outputs)


def _size(values: Array) -> float:
    """The largest absolute value."""
    return float(np.abs(values).max(initial=0))


def _paired(a: Sequence[Array], b: Sequence[Array]) -> float:
    """The scalar product."""
    return sum(float((x * y).sum()) for x, y in zip(a, b, strict=True))


def _pushed(probe: Probe, inputs: Arrays, v: Arrays, spread: Sequence[float]) -> Arrays | None:
    """Jv along inputs."""

    def at(step: int) -> Arrays:
        return _numbers(probe.target(*(a + step * b for a, b in zip(inputs, v, strict=True))))

    y, ahead, behind = at(0), at(1), at(-1)
    affine = _affine((y, ahead, behind), spread)
    if affine is not None:
        return affine
    pushed = probe.target.jvp(inputs, v)
    return pushed if pushed is not None else _quadratic((at(2), ahead, behind, at(-2)), spread)


def _quadratic(at: Sequence[Arrays], spread: Sequence[float]) -> Arrays | None:
    """``(Φ(x + v) - Φ(x - v)) / 2``, where the third difference of Φ at x + 2v, x + v, x - v, x - 2v is 0."""
    for a, b, c, d, s in zip(*at, spread, strict=True):
        if _size(a - 2 * b + 2 * c - d) > PASSES * s:
            return None
    return tuple((b - c) / 2 for b, c in zip(at[1], at[2], strict=True))


def _affine(at: Sequence[Arrays], spread: Sequence[float]) -> Arrays | None:
    """``Φ(x + v) - Φ(x)``, where the second difference of Φ at x, x + v, x - v is 0."""
    for y, ahead, behind, s in zip(*at, spread, strict=True):
        if _size(ahead - 2 * y + behind) > PASSES * s:
            return None
    return tuple(ahead - y for y, ahead in zip(at[0], at[1], strict=True))


def _differenced(probe: Probe, name: str, w: Array, inputs: Arrays, spread: Sequence[float]) -> Arrays | None:
    """Jw along a parameter, where the layer is affine in it."""

    def at(step: int) -> Arrays:
        moved = probe.target.with_parameters({name: probe.target.parameters[name] + step * w})
        return _numbers(moved(*inputs))

    return _affine((at(0), at(1), at(-1)), spread)


def _curved(probe: Probe, name: str, v: Array, inputs: Arrays) -> Arrays | None:
    """Jv along a parameter by forward mode."""
    return probe.target.jvp(inputs, tuple(0 * a for a in inputs), {name: v})
