"""What the checks of one layer share: its declaration, its probes with given and random parameters.

Main definitions
    Context: made once, read by every check.
    prepare: find out how the layer can be run, with one line that says so where it cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Any

from gcalc.check.claims import Claim
from gcalc.check.declaration import Declaration
from gcalc.check.layout import BATCH
from gcalc.check.probe import Probe
from gcalc.errors import GcalcError, TargetError, UsageError, short

if TYPE_CHECKING:
    from gcalc.check.targets.base import Initialise, Target

__all__ = ["Context", "prepare"]

LENGTHS = (2, 3, 1, 4, 6, 8, 12, 16, 32, 64)
"""Lengths of an inert axis are tried in this order, where none is declared."""
GUESSES = 60
DRAWS = 3
"""So many draws of parameters are tried before those that are given are the only ones."""


@dataclass(eq=False)
class Context:
    """What the checks of one layer share.

    Attributes:
        target: a copy of the layer in its own type of numbers.
        declaration: what is said of it.
        inert: the lengths of the axes that no group moves.
        windows: the lengths of the space axes to be tried.
        probes: by "random" and "given", or "none" where there are no parameters.
        claims: "linear" or "bilinear", where it is claimed.
        options: what else was asked.
        notes: what the reader must know.
    """

    target: Target
    declaration: Declaration
    inert: Mapping[str, int]
    windows: tuple[tuple[int, ...], ...]
    probes: dict[str, Probe]
    claims: str | None = None
    domains: tuple[str, ...] | None = None
    period: int | None = None
    stride: Mapping[str, int] | None = None
    reference: Claim | None = None
    vjp: Callable[..., Any] | None = None
    seed: int = 0
    notes: list[str] = field(default_factory=list)
    refused: dict[tuple[int, ...], str] = field(default_factory=dict)

    @property
    def main(self) -> Probe:
        """The layer with random parameters, or as it is."""
        return next(iter(self.probes.values()))

    @property
    def window(self) -> tuple[int, ...]:
        """The first window."""
        return self.windows[0]


def prepare(
    target: Target,
    declaration: Declaration,
    *,
    seed: int,
    parameters: Any = None,
    **options: Any,
) -> Context:
    """Run the layer once on every window, so that what cannot be run is known before anything is checked.

    Raises:
        TargetError: it cannot be run, or what it gives has other axes than were declared.
        UsageError: the length of an axis is not known.
    """
    layer = target.copy()  # is not run, so that copies of it know of no earlier call
    wide = layer.copy().wide()
    windows = tuple(declaration.windows())
    given = Probe(wide, declaration, {}, seed, "given")
    inert, refused = _lengths(layer, given, windows)
    drawn = bool(wide.parameters) or parameters is not None
    given = Probe(wide, declaration, inert, seed, "given" if drawn else "none")
    windows = tuple(window for window in windows if window not in refused)
    notes = [f"not run on {_by(window)}: {why}" for window, why in refused.items()]
    if inert != declaration.inert():
        notes.append("lengths found by trying: " + ", ".join(f"{name} = {n}" for name, n in inert.items()))
    if getattr(wide, "wide_reason", None):
        notes.append(str(wide.wide_reason))
    context = Context(
        layer, declaration, inert, windows, {}, seed=seed, notes=notes, refused=refused, **options
    )
    random = _random(context, given, parameters) if drawn else None
    context.probes = {"random": random, given.parameters: given} if random else {given.parameters: given}
    return context


def _by(window: tuple[int, ...]) -> str:
    return "×".join(map(str, window)) or "no space"


def _lengths(
    layer: Target, probe: Probe, windows: tuple[tuple[int, ...], ...]
) -> tuple[dict[str, int], dict[tuple[int, ...], str]]:
    """The lengths of inert axes with which the layer can be run, and the windows on which it cannot."""
    declaration, names = probe.declaration, probe.declaration.inert_names()
    first: TargetError | None = None
    for guess in islice(_guesses(probe, names), GUESSES):
        inert = {**declaration.inert(), **dict(zip(names, guess, strict=True))}
        refused, ran = {}, False
        for window in windows:
            trial = Probe(layer.copy().wide(), declaration, inert, probe.seed, probe.parameters)
            try:
                trial.run(*trial.inputs(window))
                ran = True
            except TargetError as error:
                first = first or error
                refused[window] = str(error)
                if not ran and names:
                    break
        if ran:
            return inert, refused
    if first is None:
        raise UsageError("sizes leave no window to check; give at least one for each space axis")
    chosen = [*names, *(name for name in declaration.space if name not in declaration.given)]
    hint = (
        f"; gcalc chose the lengths of {', '.join(chosen)}: if these are the reason give sizes="
        if chosen
        else ""
    )
    layouts = [layout for layout in declaration.inputs if layout is not None]
    if not any(BATCH in layout.names for layout in layouts):
        hint += "; the layout has no batch axis b"
    raise TargetError(f"{first}{hint}") from first.__cause__


def _guesses(probe: Probe, names: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
    """Lengths for these names; those that parameters have come first."""
    seen = [n for array in list(probe.target.parameters.values())[:2] for n in array.shape[1:2]]
    lengths = tuple(dict.fromkeys([n for n in seen if 0 < n <= 256] + list(LENGTHS)))
    return (
        iter(sorted(product(lengths, repeat=len(names)), key=prod))
        if len(names) > 1
        else product(lengths, repeat=len(names))
    )


def _drawn(target: Target, parameters: Initialise | None, seed: int) -> Target:
    """With random parameters, by the user's function where there is one."""
    if parameters is None:
        return target.random(seed)

    def initialise(layer: Any, draw: Any) -> Any:
        found = parameters(layer, draw)
        if found is not None and not callable(found):
            raise UsageError(f"parameters= returned {short(found)}, and no layer; return one, or nothing")
        return found

    try:
        return target.initialised(initialise, seed)
    except GcalcError:
        raise
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        raise UsageError(f"parameters= raised {type(error).__name__}: {first}") from error


def _random(context: Context, given: Probe, parameters: Any) -> Probe | None:
    """The layer with random parameters, of which every output channel tells; None where no draw does."""
    for draw in range(DRAWS):
        target = _drawn(given.target, parameters, context.seed + draw)
        probe = Probe(target, context.declaration, context.inert, context.seed, "random")
        try:
            if not probe.silent(context.window):
                return probe
        except TargetError as error:
            context.notes.append(f"draw {draw} of parameters: {error}")
    context.notes.append(
        "no draw of parameters leaves every output channel alive; the given ones are checked only"
    )
    return None
