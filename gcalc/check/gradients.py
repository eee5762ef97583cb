"""Are the gradients right, and equivariant as the layer is?

Main definitions
    check_gradients: the vector-Jacobian product of ``L_u x`` and ``L_u d`` is L_u of that of x and d.
    check_adjoint: ``⟨d, Jv⟩ = ⟨Jᵀd, v⟩``, for inputs and for parameters.

Main statements
    Where the layer is affine along v, ``Jv = Φ(x + v) - Φ(x)`` exactly; that it is affine is seen from
    ``Φ(x + v) - Φ(x) = Φ(x) - Φ(x - v)``. Elsewhere Jv is taken by forward mode, where the layer has it, and without
    that from ``Φ(x + v) - Φ(x - v)`` where the third difference is 0: then the layer is quadratic along v.

Implementation notes
    Representations are orthogonal (checked), so that the adjoint of L_u is its inverse. No finite differences of curved
    maps are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check import fill
from gcalc.check.comparison import FAILS, PASSES, PERTURBATIONS, one_ulp
from gcalc.check.context import Context
from gcalc.check.probe import Probe
from gcalc.check.record import Result
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.check.equivariance import Symmetries

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]

__all__ = ["check_adjoint", "check_gradients"]

SMALL = 2.0**-10
"""Steps along which a layer that is linear by pieces is seen to be affine."""
NO_GRADIENTS = "it has no gradients; give vjp="


def check_gradients(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """The vector-Jacobian product transforms as the layer does."""
    probe, declaration = context.main, context.declaration
    if not all(_orthogonal(rep.matrices) for rep in declaration.reps.values()):
        yield Result("gradients", Verdict.NOT_TESTED, reason="a representation is not orthogonal")
        return
    inputs = _generic(probe, context.window)
    d = _cotangents(probe, inputs)
    pulled = _vjp(context, probe, inputs, d)
    if pulled is None:
        yield Result("gradients", Verdict.NOT_TESTED, parameters=probe.parameters, reason=NO_GRADIENTS)
        return
    group = declaration.group
    holding = _holding(symmetries, context)
    elements = [u for u in group.on_pixels if u and group.keeps(u, context.window) and u in holding]
    if not elements:
        yield Result(
            "gradients",
            Verdict.NOT_TESTED,
            parameters=probe.parameters,
            reason="the layer itself is equivariant to no element",
        )
        return
    most, at = 0.0, elements[0]
    spread = _spread(context, probe, inputs, d, pulled[0])
    for u in elements:
        moved = _vjp(context, probe, declaration.act_in(u, inputs), declaration.act_out(u, d))
        expected = declaration.act_in(u, pulled[0])
        ratio = _violation(moved[0] if moved else (), expected, spread)
        if ratio > most:
            most, at = ratio, u
    yield _judged(
        "gradients",
        most,
        probe,
        f"the gradient of the input does not turn with it under {group.names[at]}",
        len(elements),
    )


def _generic(probe: Probe, window: Sequence[int]) -> Arrays:
    """Inputs of 20 bits: of small integers some are equal, and a maximum of equal ones has no gradient."""
    shapes = [a.shape for a in probe.inputs(window)]
    return tuple(
        fill.integers(probe.seed, f"generic {i}", shape, 2**19) / 2.0**18 for i, shape in enumerate(shapes)
    )


def _holding(symmetries: Symmetries, context: Context) -> set[int]:
    """The elements to which the layer is equivariant on the first window."""
    found = [of for (_, window), of in symmetries.window.items() if window == context.window]
    every = set(context.declaration.group.on_pixels)
    return every.intersection(*({u for u, c in of.items() if c.holds} for of in found)) if found else every


def _spread(context: Context, probe: Probe, inputs: Arrays, d: Arrays, pulled: Arrays) -> float:
    """What one unit in the last place makes of the gradient, relative to its size; at least four of the type.

    Of the inputs, and of constants where they are stored in float32.
    """
    short = probe.instrument.short
    most = 2.0**-21 if short else 2.0**-50
    for seed, target in enumerate(probe.instrument.perturbations(constants=True)[: PERTURBATIONS // 2]):
        near = _vjp(
            context, replace(probe, target=target), tuple(one_ulp(a, seed, short=short) for a in inputs), d
        )
        if near is not None:
            most = max(most, _violation(near[0], pulled, 1.0))
    return most


def _violation(a: Sequence[Array], b: Sequence[Array], unit: float) -> float:
    worst = 0.0
    for x, y in zip(a, b, strict=True):
        scale = float(np.abs(y).max()) or 1.0
        worst = max(worst, float(np.abs(x - y).max()) / scale / unit)
    return worst


def _judged(check: str, ratio: float, probe: Probe, why: str, cases: int, what: str | None = None) -> Result:
    """By the ratio to the spread, with the conventions of `comparison`."""
    verdict = (
        Verdict.NUMERICAL if ratio <= PASSES else Verdict.FAILED if ratio >= FAILS else Verdict.INCONCLUSIVE
    )
    failed = verdict == Verdict.FAILED
    return Result(
        check,
        verdict,
        None,
        probe.parameters,
        what,
        cases,
        "gauge",
        ratio,
        reason=why if failed else None,
        code="gradient" if failed else None,
    )


def check_adjoint(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """``⟨d, Jv⟩ = ⟨Jᵀd, v⟩`` along inputs and along every parameter."""
    probe = context.main
    inputs = _generic(probe, context.window)
    d = _cotangents(probe, inputs)
    pulled = _vjp(context, probe, inputs, d)
    if pulled is None:
        yield Result("adjoint", Verdict.NOT_TESTED, parameters=probe.parameters, reason=NO_GRADIENTS)
        return
    along = _Along(context, probe, inputs, d)
    v = tuple(SMALL * fill.integers(context.seed, f"direction {i}", a.shape, 3) for i, a in enumerate(inputs))
    yield along.judged(
        "of the input", _pushed(probe, inputs, v), [_paired(near[0], v) for near in along.pulled]
    )
    directions = {
        name: SMALL * fill.integers(context.seed, f"direction {name}", gradient.shape, 3)
        for name, gradient in pulled[1].items()
    }
    together = _together(probe, inputs, along, directions)
    if together is not None:
        yield together
        return
    for name, w in directions.items():
        pushed = _affine(*(_at(probe, name, sign * w, inputs) for sign in (0, 1, -1)))
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
    """The scalar products with one cotangent, at inputs and at inputs one unit in the last place away."""

    def __init__(self, context: Context, probe: Probe, inputs: Arrays, d: Arrays) -> None:
        self.probe, self.d = probe, d
        near = [inputs, *(tuple(one_ulp(a, seed) for a in inputs) for seed in range(PERTURBATIONS // 2))]
        self.pulled = [pair for x in near if (pair := _vjp(context, probe, x, d)) is not None]
        unit = 2.0**-23 if probe.instrument.short else 2.0**-52
        self.floor = unit * _paired([np.abs(a) for a in d], [np.abs(y) for y in probe.run(*inputs)])

    def judged(self, what: str, pushed: Arrays | None, pulled: Sequence[float]) -> Result:
        """One direction; pulled: ``⟨Jᵀd, v⟩`` at the inputs, then near them."""
        if pushed is None:
            why = "it is curved along this, and has no forward mode"
            return Result(
                "adjoint", Verdict.NOT_TESTED, parameters=self.probe.parameters, size=what, reason=why
            )
        left = _paired(self.d, pushed)
        spread = max(self.floor, *(abs(near - pulled[0]) for near in pulled[1:]))
        ratio = abs(left - pulled[0]) / spread if left != pulled[0] else 0.0
        why = f"⟨d, Jv⟩ = {left:.6g} and ⟨Jᵀd, v⟩ = {pulled[0]:.6g} {what}"
        return _judged("adjoint", ratio, self.probe, why, 1, what)


def _paired(a: Sequence[Array], b: Sequence[Array]) -> float:
    """The scalar product."""
    return sum(float((x * y).sum()) for x, y in zip(a, b, strict=True))


def _pushed(probe: Probe, inputs: Arrays, v: Arrays) -> Arrays | None:
    """Jv along inputs."""
    steps = [probe.target(*(a + sign * b for a, b in zip(inputs, v, strict=True))) for sign in (0, 1, -1)]
    affine = _affine(*steps)
    if affine is not None:
        return affine
    pushed = probe.target.jvp(inputs, v)
    return pushed if pushed is not None else _quadratic(probe, inputs, v)


def _quadratic(probe: Probe, x: Arrays, v: Arrays) -> Arrays | None:
    """``(Φ(x + v) - Φ(x - v)) / 2``, which is Jv where the third difference along v is 0, but for rounding."""
    p2, p1, m1, m2 = (probe.target(*(a + s * b for a, b in zip(x, v, strict=True))) for s in (2, 1, -1, -2))
    for a, b, c, d in zip(p2, p1, m1, m2, strict=True):
        scale = float(np.abs(a).max(initial=0)) + float(np.abs(d).max(initial=0))
        if float(np.abs(a - 2 * b + 2 * c - d).max(initial=0)) > 2.0**-48 * scale:
            return None
    return tuple((b - c) / 2 for b, c in zip(p1, m1, strict=True))


def _affine(at: Arrays, ahead: Arrays, behind: Arrays) -> Arrays | None:
    """``Φ(x + v) - Φ(x)`` where it is ``Φ(x) - Φ(x - v)``, but for rounding."""
    forward = tuple(a - b for a, b in zip(ahead, at, strict=True))
    backward = tuple(b - a for a, b in zip(behind, at, strict=True))
    for f, b, y in zip(forward, backward, at, strict=True):
        if y.size and float(np.abs(f - b).max()) > 2.0**-44 * max(float(np.abs(y).max()), 1e-300):
            return None
    return forward


def _at(probe: Probe, name: str, v: Array, inputs: Arrays) -> Arrays:
    """The outputs with one parameter moved by v."""
    moved = probe.target.with_parameters({name: probe.target.parameters[name] + v})
    return moved(*inputs)


def _curved(probe: Probe, name: str, v: Array, inputs: Arrays) -> Arrays | None:
    """Jv along a parameter by forward mode."""
    return probe.target.jvp(inputs, tuple(0 * a for a in inputs), {name: v})


def _cotangents(probe: Probe, inputs: Arrays) -> Arrays:
    outputs = probe.target(*inputs)
    return tuple(
        fill.integers(probe.seed, f"cotangent {i}", a.shape, 3).astype(np.float64)
        for i, a in enumerate(outputs)
    )


def _vjp(
    context: Context, probe: Probe, inputs: Arrays, d: Arrays
) -> tuple[Arrays, Mapping[str, Array]] | None:
    """The gradients of inputs, in their order, and of parameters, by name."""
    if context.vjp is not None:
        given = context.vjp(*inputs, *d)
        return tuple(np.asarray(a) for a in (given if isinstance(given, tuple) else (given,))), {}
    found = probe.target.vjp(inputs, d)
    if found is None:
        return None
    of_inputs, of_parameters = found
    return tuple(of_inputs.get(str(i), np.zeros_like(a)) for i, a in enumerate(inputs)), of_parameters


def _orthogonal(matrices: Array) -> bool:
    d = matrices.shape[1]
    return bool(np.allclose(np.einsum("gij,gik->gjk", matrices, matrices), np.eye(d), rtol=0, atol=1e-9))
