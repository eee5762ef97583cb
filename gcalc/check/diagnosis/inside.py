"""The fault of a submodule, looked at by itself, where the layer as a whole shows none that is known.

Main definitions
    inside: what the filters of the submodule that is blamed say.

Implementation notes
    What the submodule takes has to move as scalars or as regular fields (k g) do; it is then declared to give the
    fields that the whole gives, else scalars.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gcalc.check.declaration import FIBRE, Declaration, declare
from gcalc.check.diagnosis.case import Case
from gcalc.check.diagnosis.kernels import misplaced
from gcalc.check.diagnosis.where import transforms
from gcalc.check.probe import Probe
from gcalc.check.record import Finding
from gcalc.check.targets.base import Stage, Target
from gcalc.errors import GcalcError

__all__ = ["inside"]


def inside(case: Case, where: Mapping[str, Any] | None) -> Finding | None:
    """The fault of the filters of the submodule at fault; None where they are none, or cannot be read."""
    name = "" if where is None else str(where["module"])
    if not name or not case.broken:
        return None
    stages = {stage.name: stage for stage in case.probe.target.stages(*case.inputs)}
    stage, part = stages.get(name), case.probe.target.part(name)
    if stage is None or part is None or len(stage.inputs) != 1 or len(stage.outputs) != 1:
        return None
    told, into = f"in {name} ({stage.kind}): ", _moving(case, name)
    if into == "backwards":
        return Finding("orientation_order", f"{told}the orientations of what it takes turn the other way")
    if into is None and stage.inputs[0].ndim == 2 and _permutation(case, name, case.broken[0]) is not None:
        return Finding("position", f"{told}it takes pixels in a row, and its weights depend on the place")
    for declaration in _declarations(case, into, stage):
        window = stage.inputs[0].shape[-len(case.declaration.space) :]
        try:
            found = misplaced(_probe(case, part, declaration), window)
        except GcalcError:  # it is no map of such fields
            continue
        if found is not None:
            return Finding(found.code, f"{told}{found.text}")
    return None


def _probe(case: Case, part: Target, declaration: Declaration) -> Probe:
    return Probe(part, declaration, declaration.inert(), case.probe.seed, case.probe.parameters)


def _declarations(case: Case, into: str | None, stage: Stage) -> Iterator[Declaration]:
    """As maps of what the submodule takes to regular fields, where the whole has such, and to scalars."""
    space, order = case.declaration.space, case.group.P.order
    fields = {"scalars": "c", "fields": f"(c {FIBRE})"}
    if into not in fields or len(space) != 2 or stage.inputs[0].ndim != 4:
        return
    has_fibre = any(layout is not None and layout.represented for layout in case.declaration.outputs)
    of_order = stage.outputs[0].shape[1] % order == 0
    for out in ("fields", "scalars") if has_fibre and of_order else ("scalars",):
        axes = " ".join(space)
        yield declare(
            group=case.group.crystallographic or case.group.P,
            input=f"b {fields[into]} {axes}",
            output=f"b {fields[out].replace('c', 'k')} {axes}",
            space=space,
            sizes={
                "c": stage.inputs[0].shape[1] // (order if into == "fields" else 1),
                **dict(zip(space, stage.inputs[0].shape[-2:], strict=True)),
            },
        )


def _moving(case: Case, name: str) -> str | None:
    """How the channels that the submodule takes move: as "scalars", as "fields" (c g), or as those "backwards"."""
    found = {u: _permutation(case, name, u) for u in case.broken}
    if any(permutation is None for permutation in found.values()):
        return None
    P, channels = case.group.P, len(next(iter(found.values())) or ())
    if all(permutation == list(range(channels)) for permutation in found.values()):
        return "scalars"
    if all(permutation == _regular(P, u, channels) for u, permutation in found.items()):
        return "fields"
    if all(permutation == _regular(P, int(P.inverse_table[u]), channels) for u, permutation in found.items()):
        return "backwards"
    return None


def _permutation(case: Case, name: str, u: int) -> list[int] | None:
    target, declaration = case.probe.target, case.declaration
    moved = declaration.act_in(u, case.inputs)
    one, other = (
        next((s for s in target.stages(*arrays) if s.name == name), None) for arrays in (case.inputs, moved)
    )
    if one is None or other is None:
        return None
    return transforms(other.inputs, one.inputs, case.group.matrix(u))


def _regular(P: Any, u: int, channels: int) -> Sequence[int]:
    """For each channel of fields (c g) the one that u brings there."""
    table, back = P.multiplication_table, int(P.inverse_table[u])
    return [c - c % P.order + int(table[back, c % P.order]) for c in range(channels)]
