"""The declaration of a layer that nobody described: which axes are space, how its channels move, in which order.

Main definitions
    Proposal: the words of a declaration, and what a check says of it.
    infer: proposals for the output of a layer whose input is declared.

Main statements
    Axes are told apart by what changes their length; how channels move is read off by `orbits`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gcalc.check.check import check_equivariance
from gcalc.check.context import prepare
from gcalc.check.declaration import Declaration, declare
from gcalc.check.layout import BATCH
from gcalc.check.orbits import described, permutations_of
from gcalc.check.probe import Probe
from gcalc.check.record import UNFIT
from gcalc.check.targets import target
from gcalc.errors import TargetError, UsageError

__all__ = ["Proposal", "infer"]


@dataclass(frozen=True)
class Proposal:
    """The words of a declaration: output, reps, order; text: what it says; verdict: of a check of it."""

    words: dict[str, Any]
    text: str
    verdict: str
    symmetry: str


def infer(
    layer: Any,
    *,
    group: Any,
    input: Any,
    sizes: Mapping[str, Any] | None = None,
    space: Any = None,
    reps: Mapping[str, Any] | None = None,
    order: Any = None,
    framework: str | None = None,
    seed: int = 0,
) -> list[Proposal]:
    """Proposals for the layer's output, each checked; the arguments are those of `check_equivariance`.

    Raises:
        UsageError: the declaration of the input is not possible, or the output is not one array.
        TargetError: the layer cannot be run.
    """
    words = {"group": group, "input": input, "sizes": sizes, "space": space, "reps": reps, "order": order}
    given = {name: value for name, value in words.items() if value is not None}
    silent = declare(**given, output=input if isinstance(input, str) else next(iter(input)))
    axes, inert = _axes(target(layer, framework), silent, seed)
    pattern = " ".join(axes)
    plain = declare(**{**given, "output": pattern, "space": silent.space})
    context = prepare(target(layer, framework), plain, seed=seed)
    permutations = permutations_of(context.main, plain, context.window)
    lengths = _lengths(context.main, plain, context.window)
    found = []
    for output, more, text in described(plain, axes, permutations, lengths):
        declared = {
            **given,
            "output": output,
            "space": silent.space,
            "sizes": {**inert, **dict(sizes or {})},
            **more,
        }
        report = check_equivariance(layer, **declared, framework=framework, seed=seed, explain=False)
        unfit = next((r for r in report.checks if r.code in UNFIT), None)
        if unfit is not None:
            raise TargetError(f"{report.target} cannot be checked: {unfit.reason}")
        name = "" if report.symmetry is None else report.symmetry.name
        found.append(Proposal({"output": output, **more}, text, str(report.verdict), name))
    return found


def _axes(layer: Any, declaration: Declaration, seed: int) -> tuple[list[str], dict[str, int]]:
    """A name for each axis of the output: b, the space axes, c for channels; and the inert lengths of the input."""
    wide = layer.copy().wide()
    context = _Runnable(wide, declaration, seed)
    base = context.window
    shape = _shape(context, base, 2)
    names = ["" for _ in shape]
    for place in _changed(shape, _shape(context, base, 3)):
        names[place] = BATCH
    for i, name in enumerate(declaration.space):
        other = tuple(n + 2 * (i == j) for j, n in enumerate(base))
        for place in _changed(shape, _shape(context, other, 2)):
            names[place] = name
    rest = [place for place, name in enumerate(names) if not name]
    for place, name in zip(rest, "cefijklmn", strict=False):
        names[place] = name
    return names, dict(context.inert)


class _Runnable:
    """The layer with the first lengths of inert axes with which it can be run."""

    def __init__(self, wide: Any, declaration: Declaration, seed: int) -> None:
        from gcalc.check.context import _lengths as lengths_of

        windows = tuple(declaration.windows())
        unknown = Probe(wide, _Unlooked(declaration), {}, seed, "given")  # type: ignore[arg-type]
        self.inert, refused = lengths_of(wide, unknown, windows)
        self.window = next(w for w in windows if w not in refused)
        self.probe = Probe(wide, declaration, self.inert, seed, "given")


class _Unlooked:
    """A declaration of which only the inputs are looked at."""

    def __init__(self, declaration: Declaration) -> None:
        self._declaration = declaration

    def __getattr__(self, name: str) -> Any:
        return getattr(self._declaration, name)

    @property
    def outputs(self) -> tuple[None]:
        """One output, whatever its axes."""
        return (None,)


def _shape(context: _Runnable, window: Sequence[int], batch: int) -> tuple[int, ...]:
    outputs = context.probe.target(*context.probe.inputs(window, batch=batch))
    if len(outputs) != 1:
        raise UsageError(f"it gives {len(outputs)} arrays; infer proposes the layout of one: wrap the layer")
    return outputs[0].shape


def _changed(a: Sequence[int], b: Sequence[int]) -> list[int]:
    if len(a) != len(b):
        raise TargetError(f"the number of its output's axes changes with the input: {tuple(a)}, {tuple(b)}")
    return [i for i, (m, n) in enumerate(zip(a, b, strict=True)) if m != n]


def _lengths(probe: Probe, declaration: Declaration, window: Sequence[int]) -> dict[str, int]:
    layout = declaration.outputs[0]
    if layout is None:
        return {}
    return layout.sizes(probe.run(*probe.inputs(window))[0].shape, declaration.known)
