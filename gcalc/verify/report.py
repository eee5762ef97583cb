"""Reports of a campaign: JSON in the fixed keys, JUnit XML, the exit code.

Main definitions: `Report`; `write`, which is atomic.
"""

from __future__ import annotations

import json
import os
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from gcalc.errors import UsageError
from gcalc.verify.result import Check, Verdict

SCHEMA_VERSION = 1
NEUTRAL = (Verdict.NOT_TESTED, Verdict.INCONCLUSIVE)


@dataclass(frozen=True)
class Report:
    """What a campaign found."""

    environment: dict[str, Any]
    seed: int
    profile: str
    checks: tuple[Check, ...]
    seconds: float

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that failed, those on the smallest inputs first within a law."""
        return tuple(c for c in self.checks if c.verdict == Verdict.FAILED)

    def exit_code(self, require: Sequence[str] = ()) -> int:
        """0 all held, 1 something failed (or a required reading or backend was not tested), 3 nothing was checked."""
        missed = [
            c
            for c in self.checks
            if c.verdict == Verdict.NOT_TESTED and {c.reading, c.backend} & set(require)
        ]
        if self.failures or missed:
            return 1
        return 0 if any(c.verdict not in NEUTRAL for c in self.checks) else 3

    def as_json(self) -> dict[str, Any]:
        """The report as JSON data: schema_version, environment, seed, summary, checks."""
        counts = Counter(str(c.verdict) for c in self.checks)
        summary = {
            "profile": self.profile,
            "seconds": self.seconds,
            "cases": sum(c.cases for c in self.checks),
            "verdicts": dict(sorted(counts.items())),
            "exit_code": self.exit_code(),
        }
        return {
            "schema_version": SCHEMA_VERSION,
            "environment": self.environment,
            "seed": self.seed,
            "summary": summary,
            "checks": [c.as_json() for c in self.checks],
        }


def environment() -> dict[str, Any]:
    """What the checks ran on."""
    packages = ("gcalc", "numpy", "scipy", "sympy", "hypothesis")
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        **{name: version(name) for name in packages},
    }


def check_destination(path: Path) -> None:
    """Refuse, before the work is done, a report that could not be written.

    Raises:
        UsageError: a suffix other than .json and .xml, or a folder that does not exist.
    """
    if path.suffix not in (".json", ".xml"):
        raise UsageError(f"--report {path}: the name must end in .json or .xml")
    if not path.parent.is_dir():
        raise UsageError(f"--report {path}: there is no folder {path.parent}; make it first")


def write(report: Report, path: Path) -> None:
    """Write the report as its suffix says, .json or .xml (JUnit), replacing the file in one step.

    Raises:
        UsageError: as `check_destination`.
    """
    check_destination(path)
    text = (
        json.dumps(report.as_json(), indent=1, ensure_ascii=False)
        if path.suffix == ".json"
        else junit(report)
    )
    with NamedTemporaryFile("w", dir=path.parent, suffix=path.suffix, delete=False, encoding="utf-8") as file:
        file.write(text + "\n")
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def junit(report: Report) -> str:
    """The report as JUnit XML: a case a check, FAILED a failure, NOT_TESTED and INCONCLUSIVE skipped."""
    from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

    suite = TestSuite("gcalc verify")
    for check in report.checks:
        case = TestCase(f"{check.reading} [{check.group}, {check.backend}]", check.law, check.seconds)
        if check.verdict == Verdict.FAILED:
            case.result = [Failure(f"{check.counterexample or check.reason}\n{check.reproduction}")]
        elif check.verdict in NEUTRAL:
            case.result = [Skipped(check.reason or str(check.verdict))]
        suite.add_testcase(case)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    text: bytes = xml.tostring()  # type: ignore[no-untyped-call]
    return text.decode()
