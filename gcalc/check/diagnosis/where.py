"""The first submodule after which nothing transforms any more.

Main definitions
    first_breaking: its name, and what was the last that transformed.
    transforms: how the channels of an inner array move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gcalc.check.decode import is_same
from gcalc.check.grids import turn
from gcalc.check.probe import Probe
from gcalc.check.targets.base import Arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["first_breaking", "transforms"]


def first_breaking(probe: Probe, u: int, inputs: Arrays) -> dict[str, Any] | None:
    """The first submodule after which no later output transforms under u; None where there are no submodules.

    It is blamed if what it was given transforms; else what holds it is, "" for the whole. The channels of an inner
    output may be permuted in any way: that permutation is inferred, and told.
    """
    before, after = probe.target.stages(*inputs), probe.target.stages(*probe.declaration.act_in(u, inputs))
    if not before or [s.name for s in before] != [s.name for s in after]:
        return None
    matrix = probe.declaration.group.matrix(u) if probe.declaration.has_space else None
    permutations = [transforms(a.outputs, b.outputs, matrix) for a, b in zip(after, before, strict=True)]
    last = max((i for i, p in enumerate(permutations) if p is not None), default=-1)
    name = ""
    if last + 1 < len(before):
        one, other = before[last + 1], after[last + 1]
        given = [transforms((a,), (b,), matrix) for a, b in zip(other.inputs, one.inputs, strict=False)]
        name = one.name if all(p is not None for p in given) else one.name.rpartition(".")[0]
    kinds = {stage.name: stage.kind for stage in before}
    found: dict[str, Any] = {
        "module": name,
        "kind": kinds.get(name, probe.target.name),
        "element": probe.declaration.group.names[u],
    }
    if last >= 0:
        found |= {"after": before[last].name, "permutation": permutations[last]}
    return found


def transforms(after: Arrays, before: Arrays, matrix: Array | None) -> list[int] | None:
    """The permutation of channels with which one array turns; None where it does not, or there are several."""
    if len(after) != 1 or after[0].shape[:1] != before[0].shape[:1] or before[0].ndim < 2:
        return None
    a, b = after[0], before[0]
    if matrix is not None and a.ndim > len(matrix) + 1:
        d = len(matrix)
        b = turn(b, matrix, range(b.ndim - d, b.ndim))
        a, b = (x.reshape(x.shape[0], -1, *x.shape[-d:]) for x in (a, b))
    if a.shape != b.shape:
        return None
    channels: list[int] = []
    for c in range(a.shape[1]):
        match = next(
            (j for j in _likely(c, a.shape[1]) if j not in channels and is_same(a[:, c], b[:, j])), None
        )
        if match is None:
            return None
        channels.append(match)
    return channels


def _likely(c: int, n: int) -> list[int]:
    """The channel itself first."""
    return [c, *(j for j in range(n) if j != c)]
