"""The state of every reading of a law: both checkers run now, Coq by its certificate, evaluation where asked for.

Main definitions: `states`, `Evaluations`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gcalc.errors import UsageError
from gcalc.formal import certified
from gcalc.kernel.replay import Derivation, replay
from gcalc.kernel.terms import KernelError
from gcalc.lawbook import theory
from gcalc.proving.law import Law
from gcalc.recheck import RecheckError, recheck
from gcalc.render.state import State
from gcalc.verify.result import Verdict

EVALUATED = ("exact", "property")


@dataclass(frozen=True)
class Evaluations:
    """What the readings that evaluate a law found, as records of a report: on the named groups now, or of a former run.

    source: said behind the evidence. counted: whether the number of cases is told.
    """

    records: Sequence[Mapping[str, Any]] = ()
    source: str = ""
    counted: bool = True

    @staticmethod
    def on_groups(laws: Sequence[str], groups: Sequence[str], profile: str = "default") -> Evaluations:
        """Evaluate the laws on groups, exactly."""
        from gcalc.verify import verify

        found = verify(laws=laws, groups=groups, readings=["exact"], profile=profile)
        return Evaluations([check.as_json() for check in found.checks])

    @staticmethod
    def of_report(path: Path) -> Evaluations:
        """Take the records of a report that gcalc verify has written.

        Raises:
            UsageError: no such file, or not a report of this version.
        """
        mend = "name a file that gcalc verify --report has written"
        try:
            report = json.loads(path.read_text(encoding="utf-8"))
            known = report["schema_version"] == 1
            records = [
                {key: c[key] for key in ("law", "reading", "group", "verdict", "cases", "reason")}
                for c in report["checks"]
            ]
        except OSError as error:
            raise UsageError(f"--report {path}: cannot be read ({error.strerror}); {mend}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"--report {path}: this is no report in JSON; {mend}") from error
        if not known:
            raise UsageError(f"--report {path}: it is of another version; {mend}")
        return Evaluations(records, f", {path.name}")

    def state(self, law: Law, reading: str) -> State:
        """The worst verdict of the reading, on how many groups, in how many cases."""
        found = [r for r in self.records if (r["law"], r["reading"]) == (law.id, reading)]
        tested = [r for r in found if r["verdict"] != Verdict.NOT_TESTED]
        if not tested:
            first = next((str(r["reason"]) for r in found), "")
            return State(reading, Verdict.NOT_TESTED, first or f"run gcalc verify --law {law.id}")
        verdicts = {r["verdict"] for r in tested}
        worst = next(
            (v for v in (Verdict.FAILED, Verdict.INCONCLUSIVE) if v in verdicts), tested[0]["verdict"]
        )
        groups = [r["group"] for r in tested]
        where = ", ".join(groups) if len(groups) <= 3 else f"{len(groups)} groups"
        cases = f"{sum(r['cases'] for r in tested):,} cases " if self.counted else ""
        return State(reading, str(worst), f"{cases}on {where}{self.source}")


def states(law: Law, evaluations: Evaluations) -> tuple[State, ...]:
    """Both checkers, Coq, and the evaluations; property is told only where it was run."""
    exact, tried = (evaluations.state(law, reading) for reading in EVALUATED)
    return (
        _checked("kernel", law, replay, "steps recomputed"),
        _checked("second checker", law, recheck, "lines decided by normal forms"),
        _formal(law),
        exact,
        *([tried] if tried.verdict != Verdict.NOT_TESTED else []),
    )


def _checked(name: str, law: Law, check: Callable[[Any, Derivation], int], unit: str) -> State:
    try:
        count = sum(check(theory(), claim.derivation) for claim in law.claims)
    except (KernelError, RecheckError) as refusal:
        return State(name, Verdict.FAILED, f"refused: {refusal}")
    return State(name, Verdict.PROVED, f"{count} {unit}")


def _formal(law: Law) -> State:
    found = certified(law)
    lemmas = f"{found.proved} of {len(found.lemmas)} lemmas, " if found.lemmas else ""
    return State("formal", found.verdict, lemmas + found.reason)
