"""The list of checks: each is a claim on a layer, and yields what it came to.

Main definitions
    CHECKS: in the order in which they run.

Implementation notes
    The checks of equivariance are in `equivariance`, those of gradients in `gradients`. A check says NOT_TESTED, and
    why, where it cannot be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.adjoint import check_adjoint
from gcalc.check.comparison import PASSES, Comparison, apart, worst
from gcalc.check.context import Context
from gcalc.check.equivariance import Symmetries, by, check_plane, check_torus, check_transport, check_window
from gcalc.check.gradients import check_gradients
from gcalc.check.layout import BATCH, Layout
from gcalc.check.probe import Probe
from gcalc.check.record import Result
from gcalc.check.references import check_reference
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]

__all__ = ["AFTER", "BEFORE", "CHECKS", "Check"]

Check = Callable[[Context, Symmetries], Iterator[Result]]
CALLS = 16
"""So many times a layer is given the same input once more, after all else."""
TOGETHER = 3
"""Examples of a batch that are looked at one by one."""
DELTAS = 600
"""A claimed linear layer is tried on all deltas where there are at most so many."""


def check_representation(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """The declared representations are actions: ``ρ(gh) = ρ(g)ρ(h)``."""
    declaration = context.declaration
    P, names = declaration.group.P, declaration.group.names
    for axis, rep in declaration.reps.items():
        wrong = rep.broken_product(P)
        verdict = Verdict.EXACT if wrong is None else Verdict.FAILED
        reason = None
        if wrong is not None:
            g, h = (names[u] for u in wrong)
            reason = f"on the axis {axis!r} ρ({g} {h}) is not ρ({g}) ρ({h})"
        yield Result(
            "representation",
            verdict,
            cases=P.order**2,
            reason=reason,
            code="representation" if wrong else None,
        )


def check_determinism(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """The same input gives the same output, but for rounding, whatever was given before."""
    for parameters, probe in context.probes.items():
        inputs, others = (probe.inputs(context.window, trial) for trial in range(2))
        first, of_others, again = (probe.target(*x) for x in (inputs, others, inputs))
        pairs = list(zip(first, again, strict=True))
        if parameters != "random":  # copies that were given nothing before
            for x, y in ((inputs, first), (others, of_others)):
                pairs += zip(y, context.target.copy().wide()(*x), strict=True)
        yield _repeated(probe, parameters, pairs, "dropout, or what earlier calls left")


def check_determinism_again(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """After many calls the same input gives what it gave: else what was found may be due to the calls before."""
    probe = context.main
    inputs = probe.inputs(context.window)
    first = probe.instrument.run(*inputs)
    for call in range(1, CALLS + 1):
        pairs = list(zip(first, probe.target(*inputs), strict=True))
        found = _repeated(
            probe, probe.parameters, pairs, f"after {call} more calls, by what calls leave, or chance"
        )
        if found.verdict == Verdict.FAILED:
            yield found
            return


def _repeated(probe: Probe, parameters: str, pairs: Sequence[tuple[Array, Array]], why: str) -> Result:
    """Pairs of outputs that should be equal: sums in another order, by other memory, are no fault.

    More than so many units in the last place would be in every spread, and hide a fault of their size.
    """
    unit = float(np.finfo(np.float32 if probe.instrument.short else np.float64).eps)
    most = max(_apart(a, b) for a, b in pairs)
    found = Result("determinism", Verdict.EXACT, None, parameters, cases=sum(a.size for a, _ in pairs))
    if most > PASSES * unit:
        reason = f"the same input gives another output: {why}"
        return replace(found, verdict=Verdict.FAILED, violation=most, reason=reason, code="nondeterministic")
    return found if most == 0 else replace(found, verdict=Verdict.NUMERICAL, how="gauge", violation=most)


def _apart(a: Array, b: Array) -> float:
    """The largest difference, in parts of the largest value."""
    if a.shape != b.shape or not np.array_equal(np.isfinite(a), np.isfinite(b)):
        return 1.0
    finite = np.isfinite(a)
    scale = apart(b[finite], np.zeros_like(b[finite])).max(initial=0.0)
    return float(apart(a[finite], b[finite]).max(initial=0.0) / (scale or 1.0))


def check_input_unchanged(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """The layer does not write into what it is given."""
    changed = any(getattr(p.target, "changed_input", False) for p in context.probes.values())
    changed = changed or bool(getattr(context.target, "changed_input", False))
    yield Result(
        "input_unchanged",
        Verdict.FAILED if changed else Verdict.EXACT,
        cases=1,
        reason="it changes its input in place; compute on a copy" if changed else None,
        code="input_changed" if changed else None,
    )


def check_non_vacuity(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """Every output channel depends on the input and, where there are any, on the parameters."""
    silent = {name: probe.silent(context.window) for name, probe in context.probes.items()}
    best = min(silent, key=lambda name: len(silent[name]))
    channels = silent[best]
    reason = None
    if channels:
        reason = f"output channel {', '.join(map(str, channels[:6]))} does not depend on the input"
    elif any(silent.values()):
        worse = next(name for name in silent if silent[name])
        context.notes.append(
            f"with {worse} parameters channel {silent[worse][0]} of the output does not depend on the input"
        )
    verdict = Verdict.FAILED if channels else Verdict.EXACT
    yield Result(
        "non_vacuity", verdict, None, best, cases=1, reason=reason, code="vacuous" if channels else None
    )


def check_batch_independence(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """In evaluation mode an example's output does not depend on the others of its batch."""
    layouts = context.declaration.inputs, context.declaration.outputs
    if not all(layout is None or BATCH in layout.names for layout in (*layouts[0], *layouts[1])):
        yield Result("batch_independence", Verdict.NOT_TESTED, reason="there is no batch axis 'b'")
        return
    for parameters, probe in context.probes.items():
        found = worst([_alone(probe, context.window, layouts, i) for i in range(TOGETHER)])
        yield _result(
            "batch_independence",
            found,
            parameters,
            context,
            "batch_leak",
            f"an example's output depends on {_leaking(probe, context.window, layouts)}",
        )


def _leaking(probe: Probe, window: Sequence[int], layouts: Any) -> str:
    """What of its batch the first example's output depends on, where it does."""
    inputs, others = (probe.inputs(window, trial, batch=TOGETHER) for trial in range(2))
    mine, rest = slice(0, 1), slice(1, TOGETHER)
    mixed = [
        np.concatenate(parts, axis=_batch_place(layout))
        for *parts, layout in zip(
            _examples(inputs, layouts[0], mine), _examples(others, layouts[0], rest), layouts[0], strict=True
        )
    ]
    one, other = (_examples(probe.target(*arrays), layouts[1], mine) for arrays in (inputs, mixed))
    if all(np.array_equal(a, b) for a, b in zip(one, other, strict=True)):
        return "its place in the batch, or on the length of it"
    return "the others of its batch"


def _alone(probe: Probe, window: Sequence[int], layouts: Any, i: int) -> Comparison:
    """Whether an example gives in a batch what it gives by itself."""
    inputs, which = probe.inputs(window, batch=TOGETHER), slice(i, i + 1)
    return probe.instrument.compare(
        lambda run: _examples(run(*inputs), layouts[1], which),
        lambda run: run(*_examples(inputs, layouts[0], which)),
    )


def _examples(arrays: Sequence[Array], layouts: Sequence[Layout | None], which: slice) -> Arrays:
    """Some examples of every array."""
    taken = []
    for array, layout in zip(arrays, layouts, strict=True):
        taken.append(array[(slice(None),) * _batch_place(layout) + (which,)])
    return tuple(taken)


def _batch_place(layout: Layout | None) -> int:
    return 0 if layout is None else next(i for i, names in enumerate(layout.products) if BATCH in names)


def check_training_mode(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """In training mode: a property that is told, not a fault."""
    probe = context.main
    declaration, inputs = context.declaration, context.main.inputs(context.window, batch=4)
    elements = [u for u in declaration.group.on_pixels if u and declaration.group.keeps(u, context.window)]
    outputs = probe.target.training(*inputs) if elements else None
    if outputs is None:
        yield Result(
            "training_mode",
            Verdict.NOT_TESTED,
            reason="it has no training mode" if elements else "no element keeps the window",
        )
        return
    again = probe.target.training(*inputs)
    if again is None or any(not np.array_equal(a, b) for a, b in zip(outputs, again, strict=True)):
        yield Result(
            "training_mode", Verdict.NOT_TESTED, reason="in training mode the same input gives another output"
        )
        return
    worst_violation, at = 0.0, elements[0]
    for u in elements:
        moved = probe.target.training(*declaration.act_in(u, inputs)) or ()
        for a, b in zip(moved, declaration.act_out(u, outputs), strict=True):
            violation = (
                float(np.abs(a - b).max() / (np.abs(b).max() or 1)) if a.shape == b.shape and a.size else 1.0
            )
            if violation > worst_violation:
                worst_violation, at = violation, u
    told = "equivariant up to" if worst_violation < 1e-6 else "not equivariant: it differs by"
    context.notes.append(
        f"in training mode {told} {worst_violation:.1e}"
        + (f" under {declaration.group.names[at]}" if worst_violation >= 1e-6 else "")
    )
    yield Result(
        "training_mode",
        Verdict.NOT_TESTED,
        violation=worst_violation,
        reason=f"a property, not a claim: {told} {worst_violation:.1e}",
    )


def check_linear(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """``Φ(ax + y) = aΦ(x) + Φ(y)`` where it is claimed, in each argument of a bilinear map."""
    if context.claims is None:
        return
    for parameters, probe in context.probes.items():
        x, y = (probe.inputs(context.window, trial) for trial in range(2))
        together = range(len(x)) if context.claims == "bilinear" else (None,)
        found = worst([_additive(probe, x, y, argument) for argument in together])
        yield _result("linear", found, parameters, context, "not_linear", f"it is not {context.claims}")


def _additive(probe: Probe, x: Arrays, y: Arrays, argument: int | None) -> Comparison:
    """Additivity in one argument, the others fixed; in all of them together if None."""

    def combined(a: Array, b: Array, i: int) -> Array:
        return np.asarray(3 * a + b) if argument is None or i == argument else a

    other = tuple(
        b if argument is None or i == argument else a for i, (a, b) in enumerate(zip(x, y, strict=True))
    )
    both = tuple(combined(a, b, i) for i, (a, b) in enumerate(zip(x, y, strict=True)))
    return probe.instrument.compare(
        lambda run: run(*both),
        lambda run: tuple(3 * p + q for p, q in zip(run(*x), run(*other), strict=True)),
    )


def check_deltas(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """A linear layer on every delta, by generators of the group: then the verdict is complete."""
    if (
        context.claims != "linear"
        or len(context.declaration.inputs) != 1
        or context.declaration.inputs[0] is None
    ):
        return
    declaration = context.declaration
    for parameters, probe in context.probes.items():
        for window in context.windows:
            (shape,) = declaration.input_shapes(window, 1, context.inert)
            n = int(np.prod(shape))
            if n > DELTAS:
                reason = f"{n} deltas, more than {DELTAS}: give smaller sizes"
                yield Result("deltas", Verdict.NOT_TESTED, "window", parameters, by(window), reason=reason)
                continue
            yield _on_deltas(context, probe, parameters, window, shape)


def _on_deltas(
    context: Context, probe: Probe, parameters: str, window: tuple[int, ...], shape: tuple[int, ...]
) -> Result:
    """All deltas as one batch, where examples are independent."""
    declaration, layout = context.declaration, context.declaration.inputs[0]
    place = (
        next(i for i, names in enumerate(layout.products) if BATCH in names)
        if layout and BATCH in layout.names
        else 0
    )
    n = int(np.prod(shape))
    deltas = np.moveaxis(np.eye(n).reshape(n, *np.delete(shape, place)), 0, place)
    P = declaration.group.P
    generators = [
        u
        for u in map(P.index, P.generators)
        if u in declaration.group.on_pixels and declaration.group.keeps(u, window)
    ]
    kept = generators or [u for u in declaration.group.on_pixels if u and declaration.group.keeps(u, window)]
    found = worst([probe.equivariant(u, (deltas,)) for u in kept or [0]])
    return _result("deltas", found, parameters, context, None, "a delta breaks it", window)


def _result(
    check: str,
    found: Comparison,
    parameters: str,
    context: Context,
    code: str | None,
    why: str,
    window: Any = None,
) -> Result:
    failed = found.verdict == Verdict.FAILED
    return Result(
        check,
        found.verdict,
        None,
        parameters,
        None if window is None else by(window),
        found.cases,
        found.how,
        found.ratio,
        found.violation,
        reason=(f"{why}: relative difference {found.violation:.2e}" if failed else found.note or None),
        code=code if failed else None,
    )


BEFORE: tuple[Check, ...] = (check_representation, check_determinism, check_input_unchanged)
"""Where one of these fails, the others are not made."""
CHECKS: tuple[Check, ...] = (
    check_window,
    check_plane,
    check_torus,
    check_transport,
    check_non_vacuity,
    check_batch_independence,
    check_training_mode,
    check_linear,
    check_deltas,
    check_reference,
    check_adjoint,
    check_gradients,
)
AFTER: tuple[Check, ...] = (check_determinism_again,)
"""Where one of these fails, what the others have found tells nothing."""
