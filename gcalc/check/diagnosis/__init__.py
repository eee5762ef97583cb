"""Where a layer fails and why: the first submodule, the smallest input, the convention or fault that explains it.

Main definitions
    diagnose: a failing report with its diagnosis.
"""

from __future__ import annotations

from dataclasses import replace

from gcalc.check.context import Context
from gcalc.check.diagnosis.case import Case
from gcalc.check.diagnosis.conventions import passing
from gcalc.check.diagnosis.faults import every
from gcalc.check.diagnosis.inside import inside
from gcalc.check.diagnosis.minimise import smallest
from gcalc.check.diagnosis.values import leak, ties
from gcalc.check.diagnosis.where import first_breaking
from gcalc.check.equivariance import Symmetries
from gcalc.check.record import UNFIT, Counterexample, Finding, Report
from gcalc.verify.result import Verdict

__all__ = ["diagnose"]

OF_EQUIVARIANCE = ("window", "plane", "torus", "transport", "deltas")


def diagnose(context: Context, symmetries: Symmetries, report: Report) -> Report:
    """The report with where and why; the verdict is CONVENTION where another declaration passes."""
    case = Case(context, symmetries, report.checks)
    failed = [r for r in report.checks if r.verdict == Verdict.FAILED]
    if any(r.code in ("representation", *UNFIT) for r in failed):
        return report
    others = [r for r in report.checks if r.verdict == Verdict.CONVENTION]
    own = tuple(Finding(r.code, r.reason or "") for r in (*failed, *others) if r.code)
    if report.verdict == Verdict.INCONCLUSIVE:
        return replace(report, diagnosis=_distinct(tuple(filter(None, (leak(case),)))))
    if not any(r.check in OF_EQUIVARIANCE for r in failed):
        return replace(report, diagnosis=_distinct(own))
    equal = ties(case)  # first, since a layer that breaks ties may be right where nothing moves
    other = None if own or equal else passing(context, plane=bool(symmetries.plane))
    verdict = report.verdict
    if other is not None:
        alternative, declaration = other
        found: tuple[Finding, ...] = (
            Finding(alternative.code, f"it is right where {alternative.text}", declaration.describe()),
        )
        verdict = Verdict.CONVENTION
    else:
        found = (equal or next(every(case)),)
    u = case.broken[0] if case.broken else None
    where = None if u is None else first_breaking(case.probe, u, case.inputs)
    if found[0].code == "unexplained":
        found = (inside(case, where) or found[0],)
    return replace(
        report,
        verdict=verdict,
        diagnosis=_distinct((*own, *found)),
        where=where,
        counterexample=_counterexample(case),
    )


def _distinct(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The first of each code."""
    return tuple({finding.code: finding for finding in reversed(findings)}.values())[::-1]


def _counterexample(case: Case) -> Counterexample | None:
    """For the element that is broken most."""
    worst = [
        (c.violation, u, parameters, window)
        for (parameters, window), found in case.symmetries.window.items()
        for u, c in found.items()
        if c.verdict == Verdict.FAILED
    ]
    if not worst:
        return None
    violation, u, parameters, window = max(worst, key=lambda w: (w[0], -w[1]))
    return smallest(case.context.probes[parameters], u, window, violation)
