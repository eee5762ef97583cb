"""What a check found: verdicts, counterexamples, and one record a law, reading and group."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """The verdicts of every report."""

    PROVED = "PROVED"
    EXACT = "EXACT"
    BOUNDED = "BOUNDED"
    NUMERICAL = "NUMERICAL"
    PROBABILISTIC = "PROBABILISTIC"
    CONVENTION = "CONVENTION"
    INCONCLUSIVE = "INCONCLUSIVE"
    FAILED = "FAILED"
    NOT_TESTED = "NOT_TESTED"


@dataclass(frozen=True)
class Counterexample:
    """A smallest input on which the two sides of a claim differ.

    elements: the values of the free variables, by name. shapes: of every array, by name. inputs: the nonzero
    entries of every array, as [index, value]. left, right: the two values; line: which line of the derivation
    the right one is (0: the statement itself).
    """

    claim: str
    group: str
    space: str
    elements: dict[str, str]
    shapes: dict[str, list[int]]
    inputs: dict[str, list[Any]]
    left: str
    right: str
    line: int


TARGET_ERROR = "target_error"
"""The code of the diagnosis that an implementation could not be run."""


@dataclass(frozen=True)
class Check:
    """One law under one reading on one group.

    cases: equations compared. complete: whether the reading decides the law on this group (an identity of
    polynomials, a proof), or only on the inputs tried. reason: why a check was not tested, or what the reader
    must know.
    """

    law: str
    reading: str
    group: str
    backend: str
    verdict: Verdict
    cases: int = 0
    complete: bool = False
    hypotheses: tuple[str, ...] = ()
    dtype: str | None = None
    device: str = "cpu"
    ratio: float | None = None
    counterexample: Counterexample | None = None
    diagnosis: list[dict[str, str]] = field(default_factory=list)
    reproduction: str | None = None
    reason: str | None = None
    seconds: float = 0.0

    @property
    def id(self) -> str:
        """A name that stays the same from run to run."""
        return f"{self.law}/{self.reading}/{self.group}/{self.backend}"

    def as_json(self) -> dict[str, Any]:
        """The record as it stands in the report."""
        return {"id": self.id, **asdict(self)}
