"""gcalc's algorithms as contestants: NumPy arrays in and out in the public layout, by plans as a user makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from gcalc.bench.contestant import AbsentError, Contestant, Entry, Results
from gcalc.bench.shape import Case
from gcalc.errors import UnsupportedError
from gcalc.fast.plan import Plan
from gcalc.fast.plans import ALGORITHMS, ON_CUPY
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.gset import GSet
from gcalc.groups.registry import group
from gcalc.spaces.window import window

__all__ = ["Fast", "entries", "plane_group"]


class Fast(Contestant):
    """One algorithm, by a plan as a user makes it."""

    def __init__(self, case: Case, algorithm: str) -> None:
        """Make the plan."""
        self.exact, self.boundary = (ALGORITHMS | ON_CUPY)[algorithm].exact, case.boundary
        self.f: Any = case.f
        self.psi: Any = case.psi
        self.d: Any = case.d
        self.plan = Plan(_space(case), (case.box, case.box), case.boundary, algorithm=algorithm)

    def run(self, task: str) -> Any:
        """The forward or a gradient alone, or all three."""
        if task == "forward":
            return self.plan.correlate(self.f, self.psi)
        if task == "input gradient":
            return self.plan.input_gradient(self.d, self.psi)
        if task == "filter gradient":
            return self.plan.filter_gradient(self.d, self.f)
        return self.plan.forward(self.f, self.psi), *self.plan.backward(self.d)

    def results(self) -> Results:
        """Those of a step."""
        try:
            return Results(*self.computed())
        except UnsupportedError as why:
            raise AbsentError(str(why)) from why

    def computed(self) -> Sequence[Any]:
        """The output and both gradients, as arrays of NumPy."""
        return cast("Sequence[Any]", self.run("step"))


def _space(case: Case) -> GSet:
    """The regular space of the layer's input."""
    if case.boundary == "zero":
        return window(case.group, case.size, case.size).regular
    return plane_group(case.group).quotient(case.size).regular


def plane_group(symbol: str) -> CrystallographicGroup:
    """The plane group of that symbol.

    Raises:
        AbsentError: there is no such plane group.
    """
    G = group(symbol)
    if not isinstance(G, CrystallographicGroup):
        raise AbsentError(f"{symbol} is no plane group")
    return G


def entries() -> list[Entry[Case]]:
    """Every algorithm."""
    return [Entry(name, "gcalc", _prepare(name)) for name in ALGORITHMS]


def _prepare(name: str) -> Callable[[Case, int], Contestant]:
    return lambda case, threads: Fast(case, name)
