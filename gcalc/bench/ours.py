"""gcalc's algorithms as contestants: NumPy arrays in and out in the public layout, by plans as a user makes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gcalc.bench.contestant import AbsentError, Contestant, Entry, Results
from gcalc.bench.shape import Case
from gcalc.errors import UnsupportedError
from gcalc.fast.plan import Plan
from gcalc.fast.plans import ALGORITHMS
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.gset import GSet
from gcalc.groups.registry import group
from gcalc.spaces.window import window

__all__ = ["Fast", "entries"]


class Fast(Contestant):
    """One algorithm, by a plan as a user makes it."""

    def __init__(self, case: Case, algorithm: str) -> None:
        """Make the plan."""
        self.exact, self.boundary = ALGORITHMS[algorithm].exact, case.boundary
        self.f, self.psi, self.d = case.f, case.psi, case.d
        self.plan = Plan(_space(case), (case.box, case.box), case.boundary, algorithm=algorithm)

    def run(self, task: str) -> Any:
        """The forward alone, or with both gradients."""
        if task == "forward":
            return self.plan.correlate(self.f, self.psi)
        return self.plan.forward(self.f, self.psi), *self.plan.backward(self.d)

    def results(self) -> Results:
        """Those of a step."""
        try:
            return Results(*self.run("step"))
        except UnsupportedError as why:
            raise AbsentError(str(why)) from why


def _space(case: Case) -> GSet:
    """The regular space of the layer's input."""
    if case.boundary == "zero":
        return window(case.group, case.size, case.size).regular
    return _plane_group(case).quotient(case.size).regular


def _plane_group(case: Case) -> CrystallographicGroup:
    G = group(case.group)
    if not isinstance(G, CrystallographicGroup):
        raise AbsentError(f"{case.group} is no plane group")
    return G


def entries() -> list[Entry[Case]]:
    """Every algorithm."""
    return [Entry(name, "gcalc", _prepare(name)) for name in ALGORITHMS]


def _prepare(name: str) -> Callable[[Case, int], Contestant]:
    return lambda case, threads: Fast(case, name)
