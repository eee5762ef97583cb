"""Are the gradients equivariant as the layer is?

Main definitions
    check_gradients: the vector-Jacobian product of ``L_u x`` and ``L_u d`` is L_u of that of x and d.
    cotangents, vjp, judged: what `gcalc.check.adjoint` shares.

Implementation notes
    Representations are orthogonal (checked), so that the adjoint of L_u is its inverse.
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
from gcalc.check.targets.blame import place
from gcalc.errors import UsageError
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.check.equivariance import Symmetries

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]

__all__ = ["NO_GRADIENTS", "check_gradients", "cotangents", "judged", "unit", "vjp"]

NO_GRADIENTS = "it has no gradients; give vjp="


def check_gradients(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """The vector-Jacobian product transforms as the layer does."""
    probe, declaration = context.main, context.declaration
    if not all(_orthogonal(rep.matrices) for rep in declaration.reps.values()):
        yield Result("gradients", Verdict.NOT_TESTED, reason="a representation is not orthogonal")
        return
    inputs = probe.generic(context.window)
    d = cotangents(probe, inputs)
    pulled = vjp(context, probe, inputs, d)
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
        moved = vjp(context, probe, declaration.act_in(u, inputs), declaration.act_out(u, d))
        expected = declaration.act_in(u, pulled[0])
        ratio = _violation(moved[0] if moved else (), expected, spread)
        if ratio > most:
            most, at = ratio, u
    yield judged(
        "gradients",
        most,
        probe,
        f"the gradient of the input does not turn with it under {group.names[at]}",
        len(elements),
    )


def cotangents(probe: Probe, inputs: Arrays) -> Arrays:
    """One for each output, of small integers."""
    outputs = probe.target(*inputs)
    return tuple(
        fill.integers(probe.seed, f"cotangent {i}", a.shape, 3).astype(np.float64)
        for i, a in enumerate(outputs)
    )


def vjp(
    context: Context, probe: Probe, inputs: Arrays, d: Arrays
) -> tuple[Arrays, Mapping[str, Array]] | None:
    """The gradients of inputs, in their order, and of parameters, by name."""
    if context.vjp is not None:
        return _by_user(context.vjp, inputs, d), {}
    found = probe.target.vjp(inputs, d)
    if found is None:
        return None
    of_inputs, of_parameters = found
    return tuple(of_inputs.get(str(i), np.zeros_like(a)) for i, a in enumerate(inputs)), of_parameters


def _by_user(vjp: Any, inputs: Arrays, d: Arrays) -> Arrays:
    """What the user's function gives, with the shapes of the inputs."""
    try:
        given = vjp(*inputs, *d)
        found = tuple(np.asarray(a, dtype=float) for a in (given if isinstance(given, tuple) else (given,)))
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        raise UsageError(f"vjp= raised {type(error).__name__}: {first}{place(error)}") from error
    if [a.shape for a in found] != [a.shape for a in inputs]:
        told, wanted = (", ".join(str(a.shape) for a in arrays) for arrays in (found, inputs))
        raise UsageError(f"vjp= gave shapes {told}; a gradient for each input has {wanted}")
    return found


def _holding(symmetries: Symmetries, context: Context) -> set[int]:
    """The elements to which the layer is equivariant on the first window."""
    found = [of for (_, window), of in symmetries.window.items() if window == context.window]
    every = set(context.declaration.group.on_pixels)
    return every.intersection(*({u for u, c in of.items() if c.holds} for of in found)) if found else every


def _spread(context: Context, probe: Probe, inputs: Arrays, d: Arrays, pulled: Arrays) -> float:
    """What one unit in the last place makes of the gradient, relative to its size; at least one of the gradient's own.

    Of the inputs, and of constants where they are stored in float32.
    """
    short = probe.instrument.short
    most = unit(probe)
    for seed, target in enumerate(probe.instrument.perturbations(constants=True)[: PERTURBATIONS // 2]):
        near = vjp(
            context, replace(probe, target=target), tuple(one_ulp(a, seed, short=short) for a in inputs), d
        )
        if near is not None:
            most = max(most, _violation(near[0], pulled, 1.0))
    return most


def unit(probe: Probe) -> float:
    """One unit in the last place of 1, in the type in which the layer computes."""
    return float(np.finfo(np.float32 if probe.instrument.short else np.float64).eps)


def _violation(a: Sequence[Array], b: Sequence[Array], unit: float) -> float:
    worst = 0.0
    for x, y in zip(a, b, strict=True):
        scale = float(np.abs(y).max()) or 1.0
        worst = max(worst, float(np.abs(x - y).max()) / scale / unit)
    return worst


def judged(check: str, ratio: float, probe: Probe, why: str, cases: int, what: str | None = None) -> Result:
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


def _orthogonal(matrices: Array) -> bool:
    d = matrices.shape[1]
    return bool(np.allclose(np.einsum("gij,gik->gjk", matrices, matrices), np.eye(d), rtol=0, atol=1e-9))
