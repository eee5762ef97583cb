"""Assertions on layers: they raise with all that a check found.

Main definitions
    assert_equivariant, assert_matches_reference.
    message: what a failing report says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gcalc.check import Report, check_equivariance
from gcalc.check.telling import written
from gcalc.errors import GcalcError, UsageError
from gcalc.testing.session import profiled, recorded, seed
from gcalc.verify.result import Verdict

__all__ = ["assert_equivariant", "assert_matches_reference", "message"]

ACCEPTABLE = (Verdict.INCONCLUSIVE, Verdict.NOT_TESTED)


def assert_equivariant(
    layer: Any,
    *,
    group: Any,
    input: Any,
    output: Any,
    accept: str | Iterable[str] = (),
    seed: int | None = None,
    **declaration: Any,
) -> Report:
    """Raise unless a layer is equivariant as declared.

    Args:
        layer: a NumPy callable, a torch module, or what an adapter takes; it is copied, never changed.
        group: the declared group, as `gcalc.check_equivariance` takes it.
        input: the layout of the input, or several.
        output: that of the output.
        accept: "INCONCLUSIVE", "NOT_TESTED" or both, for verdicts that are no failure here.
        seed: of everything random; by default that of the option --gcalc-seed of pytest, or 0.
        declaration: all further arguments of `gcalc.check_equivariance`: sizes, space, reps, order, domain, expect, …

    Returns:
        The report.

    Raises:
        AssertionError: with the verdict, the symmetry found, the smallest input, the diagnosis, what would pass.
        UsageError: the declaration is not possible.
        TargetError: the layer cannot be run.

    >>> import numpy as np
    >>> maps = {"group": "p4", "input": "b x y", "output": "b x y", "sizes": {"x": 5, "y": 5}}
    >>> assert_equivariant(lambda f: np.maximum(f, 0), **maps).symmetry.name
    'p4'
    >>> assert_equivariant(lambda f: f[:, ::-1], **maps)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    AssertionError: <lambda>: FAILED, ...
    """
    __tracebackhide__ = True
    allowed = _accepted(accept)
    words = {"group": group, "input": input, "output": output, **declaration}
    try:
        report = recorded(check_equivariance(layer, **profiled(words), seed=_seed(seed)))
    except GcalcError as error:
        raise error.with_traceback(None) from error.__cause__  # without gcalc's own frames
    if not report.passed and report.verdict not in allowed:
        raise AssertionError(message(report))
    return report


_seed = seed


def assert_matches_reference(
    layer: Any,
    *,
    operator: str = "correlate",
    filters: str | int = 1,
    boundary: str = "zero",
    accept: str | Iterable[str] = (),
    **declaration: Any,
) -> Report:
    """Raise unless a layer is one of the sums of `gcalc.reference`, entry by entry, and equivariant as declared.

    Args:
        layer: as for `assert_equivariant`.
        operator: "correlate" or "convolve".
        filters: the name of the parameter, or the number of the argument, that holds the filters.
        boundary: "zero", "valid" or "periodic".
        accept: as for `assert_equivariant`.
        declaration: the further arguments of `assert_equivariant`.

    Raises:
        AssertionError: also where the sums of the layer are rounded, so that equality could not be decided.
        UsageError: the declaration is not possible.
        TargetError: the layer cannot be run.
    """
    __tracebackhide__ = True
    claimed = {"operator": operator, "filters": filters, "boundary": boundary}
    report = assert_equivariant(layer, accept=accept, reference=claimed, **declaration)
    compared = [check for check in report.checks if check.check == "reference"]
    undecided = [check for check in compared if check.verdict not in (Verdict.EXACT, *_accepted(accept))]
    if undecided or not compared:
        reason = undecided[0].reason if undecided else "no comparison was made"
        raise AssertionError(f"{report.target}: not compared with the {operator} sum: {reason}")
    return report


def _accepted(accept: str | Iterable[str]) -> tuple[str, ...]:
    found = (accept,) if isinstance(accept, str) else tuple(accept)
    for verdict in found:
        if verdict not in ACCEPTABLE:
            raise UsageError(f"accept= is of {', '.join(ACCEPTABLE)}, got {verdict!r}")
    return found


def message(report: Report, failing: Sequence[str] = ()) -> str:
    """What a failing report says, in lines; failing: checks that are named first."""
    data = report.as_json()
    reasons = [f"{c.id}: {c.reason or c.verdict}" for c in report.checks if c.check in failing and c.reason]
    return written(data, [("check", reason) for reason in reasons], _again(data))


def _again(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How to see it again: the command where the layer has a name to be imported by, else a program."""
    found = report["reproduction"]
    if found is None:
        return [("again", f"the same call with seed={report['seed']}")]
    return [("again", found.get("command") or "by this program:\n" + found["script"].rstrip())]
