"""The reference with some of its operators replaced, as an implementation to be verified."""

from __future__ import annotations

from gcalc import reference
from gcalc.verify import Backend
from gcalc.verify.backends import OPERATORS


def faulty(name="reference", symbolic=True, **operators):
    """The reference's operators but for those given."""
    return Backend(
        name, {op: operators.get(op, getattr(reference, op)) for op in OPERATORS}, symbolic=symbolic
    )


def failed(report):
    """The ids of the laws that failed, in the order of the report."""
    return list(dict.fromkeys(check.law for check in report.failures))
