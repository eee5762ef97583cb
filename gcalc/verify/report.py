"""Reports of a campaign: JSON in the fixed keys, JUnit XML, the exit code.

Main definitions: `Report`; `write`, which is atomic.
"""

from __future__ import annotations

import json
import os
import platform
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gcalc.files import check_report, write_report
from gcalc.verify.result import TARGET_ERROR, Check, Verdict

SCHEMA_VERSION = 1
NEUTRAL = (Verdict.NOT_TESTED, Verdict.INCONCLUSIVE)
NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot write."""


@dataclass(frozen=True)
class Report:
    """What a campaign found; require: readings and backends without which it counts as failed."""

    environment: dict[str, Any]
    seed: int
    profile: str
    checks: tuple[Check, ...]
    seconds: float
    require: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(c for c in self.checks if c.verdict == Verdict.FAILED)

    @property
    def missed(self) -> tuple[str, ...]:
        """The required readings and backends that have no check, or a law of which none was tested."""
        return tuple(name for name in self.require if _is_missed([c for c in self.checks if _is_of(c, name)]))

    def exit_code(self) -> int:
        """0 all held, 1 something failed or a required check is missing, 2 a target error, 3 nothing was checked."""
        if self.failures:
            return 1
        if any(target_error(c) for c in self.checks):
            return 2
        if self.missed:
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
            "required": list(self.require),
            "exit_code": self.exit_code(),
        }
        return {
            "schema_version": SCHEMA_VERSION,
            "environment": self.environment,
            "seed": self.seed,
            "summary": summary,
            "checks": [c.as_json() for c in self.checks],
        }


def _is_of(check: Check, name: str) -> bool:
    """Whether a check is of the reading or the backend of that name.

    fast.numpy/direct is of fast.numpy, and of fast, numpy and direct.
    """
    backend = check.backend
    return name in (check.reading, backend, backend.partition("/")[0], *re.split("[./]", backend))


def _is_missed(checks: Sequence[Check]) -> bool:
    """Whether there are no checks, or none of some law was tested."""
    tested = {c.law for c in checks if c.verdict != Verdict.NOT_TESTED}
    return not checks or any(c.law not in tested for c in checks)


def target_error(check: Check) -> str | None:
    """Why the implementation could not be run; None where it could."""
    return next((d["text"] for d in check.diagnosis if d["code"] == TARGET_ERROR), None)


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
    """Refuse, before the work is done, a report that could not be written."""
    check_report(path, (".json", ".xml"))


def write(report: Report, path: Path) -> None:
    """Write the report as its suffix says, .json or .xml (JUnit), replacing the file in one step.

    Raises:
        UsageError: as `check_destination`, or the disk is full; a file that was there stays as it was.
    """
    check_destination(path)
    text = (
        json.dumps(report.as_json(), indent=1, ensure_ascii=False)
        if path.suffix == ".json"
        else junit(report)
    )
    write_report(path, text + "\n")


def junit(report: Report) -> str:
    """The report as JUnit XML, a case a check.

    FAILED is a failure, and so is NOT_TESTED where it is required; a target error is an error; NOT_TESTED and
    INCONCLUSIVE else are skipped.
    """
    from junitparser import JUnitXml, TestCase, TestSuite

    suite = TestSuite("gcalc verify")
    for check in report.checks:
        case = TestCase(f"{check.reading} [{check.group}, {check.backend}]", check.law, check.seconds)
        case.result = _results(report, check)
        suite.add_testcase(case)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    text: bytes = xml.tostring()  # type: ignore[no-untyped-call]
    return text.decode()


def _results(report: Report, check: Check) -> list[Any]:
    from junitparser import Error, Failure, Skipped

    why = target_error(check)
    if why is not None:
        return [Error(_xml(why), TARGET_ERROR)]
    reason = _xml(check.reason or str(check.verdict))
    if check.verdict == Verdict.FAILED:
        failure = Failure(_xml(_difference(check)), str(check.verdict))
        failure.text = _xml(_details(check))
        return [failure]
    if check.verdict == Verdict.NOT_TESTED and any(_is_of(check, name) for name in report.missed):
        return [Failure(f"required, but not tested: {reason}", str(check.verdict))]
    return [Skipped(reason)] if check.verdict in NEUTRAL else []


def _difference(check: Check) -> str:
    example = check.counterexample
    if example is None:
        return check.reason or str(check.verdict)
    return f"{example.claim} on {example.group}: {example.left} is not {example.right}"


def _details(check: Check) -> str:
    found = {} if check.counterexample is None else asdict(check.counterexample)
    lines = [f"{key}: {value}" for key, value in found.items()]
    return "\n".join([*lines, f"again: {check.reproduction}"])


def _xml(text: str) -> str:
    return NOT_XML.sub(lambda match: repr(match[0])[1:-1], text)
