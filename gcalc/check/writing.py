"""Reports of a check as files: JSON in the fixed keys, JUnit XML.

Main definitions
    write: a report's JSON data, as the file's suffix says.
    unfit: the report of a layer that could not be run.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gcalc.check.telling import headline, told
from gcalc.files import check_report, write_report

__all__ = ["SUFFIXES", "unfit", "write"]

Json = Mapping[str, Any]
SUFFIXES = (".json", ".xml")
NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot write."""


def unfit(target: str, error: str, words: Json) -> dict[str, Any]:
    """The report of a layer that could not be run: NOT_TESTED, and why."""
    return {
        "schema_version": 1,
        "target": target,
        "verdict": "NOT_TESTED",
        "symmetry": None,
        "domains": {},
        "counterexample": None,
        "diagnosis": [{"code": "target_error", "text": error, "passes": None}],
        "where": None,
        "reproduction": None,
        "declaration": dict(words),
        "checks": [],
        "notes": [],
    }


def write(report: Json, path: Path) -> None:
    """Write the report as its suffix says, replacing the file in one step.

    Raises:
        UsageError: another suffix, no folder, or the disk is full.
    """
    check_report(path, SUFFIXES)
    text = (
        json.dumps(_finite(report), indent=1, ensure_ascii=False, allow_nan=False)
        if path.suffix == ".json"
        else junit(report)
    )
    write_report(path, text + "\n")


def _finite(value: Any) -> Any:
    """With null for what JSON cannot write, infinite ratios."""
    if isinstance(value, Mapping):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def junit(report: Json) -> str:
    """The report as JUnit XML, a case a check; a layer that could not be run is an error."""
    from junitparser import JUnitXml, TestCase, TestSuite

    suite = TestSuite("gcalc check")
    for check in report["checks"] or [None]:
        name = "target" if check is None else check["id"]
        case = TestCase(name, report["target"], 0.0 if check is None else check["seconds"])
        case.result = _result(report, check)
        suite.add_testcase(case)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    text: bytes = xml.tostring()  # type: ignore[no-untyped-call]
    return text.decode()


def _result(report: Json, check: Json | None) -> list[Any]:
    from junitparser import Error, Failure, Skipped

    if check is None:
        return [Error(_xml(report["diagnosis"][0]["text"]), "target_error")]
    if check["code"] in ("nondeterministic", "input_changed"):
        return [Error(_xml(check["reason"]), "target_error")]
    if check["verdict"] in ("FAILED", "CONVENTION") and report["verdict"] not in ("EXACT", "NUMERICAL"):
        failure = Failure(_xml(check["reason"] or headline(report)), check["verdict"])
        failure.text = _xml("\n".join(f"{label}: {text}" for label, text in told(report)))
        return [failure]
    if check["verdict"] in ("EXACT", "NUMERICAL"):
        return []
    return [Skipped(_xml(check["reason"] or check["verdict"]))]


def _xml(text: str) -> str:
    return NOT_XML.sub(lambda match: repr(match[0])[1:-1], text)
