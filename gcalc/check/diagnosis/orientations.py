"""Orientations that are not what the first one gives of a turned input: read off the outputs, whatever the layer does.

Main definitions
    orientations: the fault.

Main statements
    A layer with a fibre is equivariant if and only if ``Φ(x)[s] = L_s (Φ(L_s⁻¹ x)[e])`` for all s, where L_s turns
    space. So for an orientation s for which this fails it is asked for which other t it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.decode import channels_first, is_same
from gcalc.check.diagnosis.case import Case
from gcalc.check.grids import turn
from gcalc.check.record import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["orientations"]

FIBRE = "g"


def orientations(case: Case) -> Finding | None:
    """The first orientation that is another turned copy than its own, where all are turned copies."""
    layout, rep = case.layout, case.declaration.reps.get(FIBRE)
    if rep is None or not rep.moves or FIBRE not in layout.names or rep.dimension != case.group.P.order:
        return None
    if case.declaration.text.get("order") is not None:
        return None
    turns = [t for t in case.group.on_pixels if case.group.keeps(t, case.window)]
    found = _of_fibre(case, 0)
    copies = {t: _copy(case, t) for t in turns}
    fits = {s: [t for t in turns if is_same(found[s], copies[t])] for s in turns}
    wrong = [s for s in turns if s not in fits[s]]
    if not wrong or not all(fits.values()):
        return None
    s, names = wrong[0], case.group.names
    t = fits[s][0]
    if t == 0:
        return Finding("filter_not_transformed", f"orientation {names[s]} is the first one, not turned")
    return Finding(
        "filter_wrongly_transformed",
        f"orientation {names[s]} is what the first one gives of the input turned by {names[t]}, expected {names[s]}",
    )


def _of_fibre(case: Case, t: int) -> Array:
    """``Φ(L_t⁻¹ x)`` with the fibre first: (g, channels, batch, space)."""
    inverse = int(case.group.P.inverse_table[t])
    moved = case.declaration.act_in(inverse, case.probe.generic(case.window))
    values = case.probe.instrument.run(*moved)[case.output]
    known = case.declaration.known
    split = case.layout.split(values, known)
    place = case.layout.axis(FIBRE)
    names = [name for name in case.layout.names if name != FIBRE]
    rest = case.layout.parse(" ".join(names), space=case.layout.space, represented=())
    return np.stack([channels_first(part, rest, known) for part in np.moveaxis(split, place, 0)])


def _copy(case: Case, t: int) -> Array:
    """``L_t (Φ(L_t⁻¹ x)[e])``."""
    first: Array = _of_fibre(case, t)[0]
    if not case.layout.space:
        return first
    space = range(first.ndim - len(case.layout.space), first.ndim)
    return turn(first, case.group.on_space(t), space)
