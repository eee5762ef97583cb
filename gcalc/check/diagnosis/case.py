"""A failing layer, and what was found of it, for the catalogue of faults.

Main definitions
    Case: the context of its checks, their results, and where it fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gcalc.check.context import Context
from gcalc.check.decode import channels_first
from gcalc.check.equivariance import Symmetries
from gcalc.check.layout import Layout
from gcalc.check.probe import Probe
from gcalc.check.record import Result
from gcalc.check.window import GENERIC
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Case"]


class Case:
    """A failing layer, with what was found of it."""

    def __init__(self, context: Context, symmetries: Symmetries, results: Sequence[Result]) -> None:
        self.context, self.symmetries, self.results = context, symmetries, results
        self.declaration = context.declaration
        self.group = context.declaration.group

    def failed(self, check: str, parameters: str | None = None) -> bool:
        """Whether a check failed, with these parameters."""
        return any(
            r.check == check and r.verdict == Verdict.FAILED and parameters in (None, r.parameters)
            for r in self.results
        )

    def held(self, check: str, parameters: str | None = None) -> bool:
        """Whether a check was made and held."""
        made = [
            r
            for r in self.results
            if r.check == check and parameters in (None, r.parameters) and r.verdict != Verdict.NOT_TESTED
        ]
        return bool(made) and all(r.verdict in (Verdict.EXACT, Verdict.NUMERICAL) for r in made)

    @property
    def probe(self) -> Probe:
        """The layer with the parameters with which it fails."""
        names = [
            r.parameters
            for r in self.results
            if r.verdict == Verdict.FAILED and r.parameters in self.context.probes
        ]
        return self.context.probes[str(names[0])] if names else self.context.main

    @property
    def window(self) -> tuple[int, ...]:
        """A window on which it fails, else the first."""
        for (_, window), found in self.symmetries.window.items():
            if any(not c.holds for c in found.values()):
                return window
        return self.context.window

    @property
    def broken(self) -> list[int]:
        """The elements that fail on that window."""
        found = [of for (_, window), of in self.symmetries.window.items() if window == self.window]
        return sorted({u for of in found for u, c in of.items() if not c.holds})

    @property
    def output(self) -> int:
        """The output that differs most under some element, else the first that is not inert."""
        every = [c for found in self.symmetries.window.values() for c in found.values()]
        failing = [c for c in every if not c.holds and c.entry is not None]
        if failing:
            entry = max(failing, key=lambda c: c.violation).entry
            return 0 if entry is None else entry[0]
        return next(i for i, layout in enumerate(self.declaration.outputs) if layout is not None)

    @property
    def layout(self) -> Layout:
        """Of that output, or of the first that is not inert."""
        found = self.declaration.outputs[self.output]
        return found or next(layout for layout in self.declaration.outputs if layout is not None)

    @cached_property
    def inputs(self) -> tuple[Array, ...]:
        """The first inputs that show the failure on that window: of a threshold small integers may show nothing."""
        probe, window = self.probe, self.window
        every = [probe.inputs(window, trial) for trial in range(2)]
        every += [probe.generic(window, scale) for scale in GENERIC]
        showing = (x for x in every if any(probe.differs(u, x) for u in self.broken))
        return next(showing, every[0])

    def sides(self, u: int) -> tuple[Array, Array]:
        """``Φ(L_u x)`` and ``L_u Φ(x)`` as (channels, batch, space)."""
        inputs, layout = self.inputs, self.layout
        output = self.output
        after = self.probe.instrument.run(*self.declaration.act_in(u, inputs))[output]
        before = self.declaration.act(u, self.probe.instrument.run(*inputs)[output], layout)
        known = self.declaration.known
        return channels_first(after, layout, known), channels_first(before, layout, known)
