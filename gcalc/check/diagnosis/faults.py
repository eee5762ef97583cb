"""The catalogue of faults: each recognises one by what the layer does, and says it with this layer's numbers.

Main definitions
    FAULTS: in the order in which they are tried; the first that recognises the layer is told.

Implementation notes
    A fault is recognised by an experiment on the layer, not by the size of an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gcalc.check.diagnosis import geometry, values
from gcalc.check.diagnosis.case import Case
from gcalc.check.diagnosis.index_maps import index_map
from gcalc.check.diagnosis.kernels import misplaced
from gcalc.check.diagnosis.orientations import orientations
from gcalc.check.record import Finding
from gcalc.verify.result import Verdict

__all__ = ["FAULTS", "Fault", "every"]

NAMED = 8
"""So many elements are named."""
Fault = Callable[[Case], Finding | None]


def told_by_checks(case: Case) -> Finding | None:
    """What a check says by itself, where equivariance holds."""
    if case.failed("window") or case.failed("plane") or case.failed("torus") or case.failed("transport"):
        return None
    found = next((r for r in case.results if r.verdict == Verdict.FAILED and r.code), None)
    return None if found is None else Finding(str(found.code), found.reason or "")


def filters(case: Case) -> Finding | None:
    """The filters of the orientations, read off the answers to deltas."""
    return misplaced(case.probe, case.window)


def batch_leak(case: Case) -> Finding | None:
    """Examples of a batch mix."""
    found = next((r for r in case.results if r.code == "batch_leak"), None)
    return None if found is None else Finding("batch_leak", found.reason or "")


def unexplained(case: Case) -> Finding | None:
    """Nothing above."""
    if case.declaration.outputs[case.output] is None:
        return Finding(
            "unexplained",
            f"output {case.output}, declared inert, does not stay as it is; declare its axes, or leave it out of what "
            "the layer returns",
        )
    more = f", and {len(case.broken) - NAMED} more" if len(case.broken) > NAMED else ""
    names = ", ".join(case.group.names[u] for u in case.broken[:NAMED]) + more or "an element"
    return Finding("unexplained", f"it fails under {names}, and no known convention or fault explains it")


def every(case: Case) -> Iterator[Finding]:
    """What the catalogue says, the most telling first."""
    for fault in FAULTS:
        finding = fault(case)
        if finding is not None:
            yield finding


FAULTS: tuple[Fault, ...] = (
    told_by_checks,
    batch_leak,
    values.leak,
    geometry.backwards,
    geometry.claimed_stride,
    geometry.position,
    values.interpolation,
    geometry.stride,
    geometry.off_centre,
    geometry.boundary,
    geometry.unglued,
    geometry.edge,
    values.scale_per_orientation,
    values.training_only,
    values.filter_not_transformed,
    index_map,
    filters,
    orientations,
    unexplained,
)
