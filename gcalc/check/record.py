"""What one check found, and what is reported of a layer.

Main definitions
    Result: one check with given or random parameters on one window.
    Finding: a code with what it says of this layer.
    Counterexample: the smallest input that was found.
    Report: everything, as text and as JSON in the fixed keys.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from gcalc.check.comparison import FAILS, HALF, OF_OPERATIONS, PASSES
from gcalc.check.symmetry import Symmetry
from gcalc.verify.result import Verdict

__all__ = ["UNFIT", "Counterexample", "Finding", "Report", "Result"]

UNFIT = ("nondeterministic", "input_changed")
"""Of a layer that does these there is no verdict."""

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Result:
    """One check.

    Attributes:
        check: its name.
        verdict: what it came to.
        domain: "window", "plane" or "torus", where it is of one.
        parameters: "given" or "random", where the layer has any.
        size: of the window.
        cases: numbers compared.
        how: "exact", "lattice" or "gauge".
        ratio: the worst residual over the spread of rounding.
        violation: the worst relative difference.
        element: that shows it.
        reason: why it was not tested, or what the reader must know.
        code: of the diagnosis, where the check says it by itself.
        seconds: that it took.
    """

    check: str
    verdict: Verdict
    domain: str | None = None
    parameters: str | None = None
    size: str | None = None
    cases: int = 0
    how: str | None = None
    ratio: float | None = None
    violation: float | None = None
    element: str | None = None
    reason: str | None = None
    code: str | None = None
    seconds: float = field(default=0.0, compare=False)

    @property
    def id(self) -> str:
        """A name that stays the same from run to run."""
        return "/".join(filter(None, (self.check, self.domain, self.parameters, self.size)))

    def as_json(self) -> dict[str, Any]:
        """The record."""
        return {"id": self.id, **asdict(self)}


@dataclass(frozen=True)
class Finding:
    """A code of the catalogue and what it says here; passes: the declaration that would pass."""

    code: str
    text: str
    passes: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The record."""
        return asdict(self)


@dataclass(frozen=True)
class Counterexample:
    """A smallest input on which the two sides differ.

    shapes: of the inputs. inputs: of each the nonzero entries, as [index, value]. output: which one. entry: the place,
    and the names of its axes. left, right: what is found and what is expected there.
    """

    claim: str
    element: str
    parameters: str
    shapes: list[list[int]]
    inputs: list[list[Any]]
    output: int
    entry: dict[str, int]
    left: float
    right: float


@dataclass(frozen=True)
class Report:
    """What gcalc found of a layer.

    Attributes:
        target: what the layer is called.
        verdict: of all.
        symmetry: the largest subgroup of the declared group, on the domain that decides.
        domains: the symmetry on each domain that was read.
        counterexample, where, diagnosis, reproduction: where and why it fails.
        checks: all of them.
        notes: what the reader must know.
        declaration: as it was given.
        seed: of everything random.
        seconds: that it took.
    """

    target: str
    verdict: Verdict
    symmetry: Symmetry | None
    domains: dict[str, Symmetry]
    checks: tuple[Result, ...]
    declaration: dict[str, Any]
    seed: int
    environment: dict[str, Any]
    counterexample: Counterexample | None = None
    diagnosis: tuple[Finding, ...] = ()
    where: dict[str, Any] | None = None
    reproduction: dict[str, str] | None = None
    notes: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def passed(self) -> bool:
        """Whether the layer is what it was declared to be, as far as was tested."""
        return self.verdict in (Verdict.EXACT, Verdict.NUMERICAL)

    def __str__(self) -> str:
        """What was found, in lines."""
        from gcalc.check.telling import written

        return written(self.as_json())

    def exit_code(self) -> int:
        """0 held, 1 FAILED or CONVENTION, 3 nothing could be concluded."""
        if self.passed:
            return 0
        return 1 if self.verdict in (Verdict.FAILED, Verdict.CONVENTION) else 3

    def as_json(self) -> dict[str, Any]:
        """The report as JSON data."""
        return {
            "schema_version": SCHEMA_VERSION,
            "target": self.target,
            "verdict": str(self.verdict),
            "symmetry": None if self.symmetry is None else self.symmetry.as_json(),
            "domains": {name: s.as_json() for name, s in self.domains.items()},
            "counterexample": None if self.counterexample is None else asdict(self.counterexample),
            "diagnosis": [finding.as_json() for finding in self.diagnosis],
            "where": self.where,
            "reproduction": self.reproduction,
            "declaration": self.declaration,
            "checks": [check.as_json() for check in self.checks],
            "notes": list(self.notes),
            "conventions": {
                "numerical_up_to": PASSES,
                "failed_from": FAILS,
                "numerical_by_operations_up_to": OF_OPERATIONS,
                "by_the_gauge_alone_up_to": HALF,
            },
            "seed": self.seed,
            "environment": self.environment,
            "seconds": self.seconds,
        }
