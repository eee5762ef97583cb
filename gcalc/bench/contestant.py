"""Who takes part: gcalc's algorithms, and peers here or in another interpreter.

Main definitions
    Contestant: prepared for one case, it computes a task on demand and says how long that took.
    Results: what a training step gives, in the public layout.
    Entry: a contestant's name, where it is from, and how it is prepared; or why it cannot be.
    AbsentError: raised by an entry that cannot take part.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from gcalc.errors import GcalcError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["AbsentError", "Contestant", "Entry", "Results"]

C = TypeVar("C")


class AbsentError(GcalcError):
    """A contestant cannot take part: its library is absent, or it does not do this case."""


@dataclass(frozen=True)
class Results:
    """What one training step gives.

    Attributes:
        y: (B, K, |P|, N, N), the output.
        input_gradient: (B, K, |P|, N, N), the gradient with respect to f.
        filter_gradient: (K, K, |P|, k, k), the gradient with respect to psi; None where filters are made of others.
        psi: the filters that were used instead of the case's, or None.
    """

    y: NDArray[Any]
    input_gradient: NDArray[Any]
    filter_gradient: NDArray[Any] | None
    psi: NDArray[Any] | None = None


class Contestant(ABC):
    """One that is ready for a case.

    Attributes:
        exact: whether it adds and multiplies the data only, so that integers stay integers.
        boundary: "periodic" or "zero".
        note: what it does differently, or what else must be known of it.
    """

    exact: bool = True
    boundary: str = "periodic"
    note: str = ""

    @abstractmethod
    def run(self, task: str) -> Any:
        """Do the task once."""

    @abstractmethod
    def results(self) -> Any:
        """What the timed task gives: `Results`, of a step."""

    def seconds(self, task: str, calls: int) -> float:
        """The wall-clock time of one call, the mean of this many."""
        start = time.perf_counter()
        for _ in range(calls):
            self.run(task)
        return (time.perf_counter() - start) / calls

    def close(self) -> None:  # noqa: B027 (most hold nothing that must be let go)
        """Let go of what was prepared."""


@dataclass(frozen=True)
class Entry(Generic[C]):
    """How a contestant is prepared.

    Attributes:
        name: what it is called in tables.
        origin: "gcalc" or "peer".
        prepare: from a case and a number of threads to the contestant; raises `AbsentError`.
    """

    name: str
    origin: str
    prepare: Callable[[C, int], Contestant]
