"""Witnesses of errata, evaluated: what a printed line and the corrected one come to on the smallest input."""

from __future__ import annotations

import numpy as np

from gcalc import reference
from gcalc.errors import UsageError
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.registry import group
from gcalc.interpret.evaluate import Evaluator
from gcalc.interpret.model import Carrier, Model
from gcalc.kernel.sorts import Theory
from gcalc.kernel.terms import Fun, Var, free
from gcalc.proving.errata import Witness


def evaluate(witness: Witness, theory: Theory) -> tuple[int, int]:
    """The values of the printed line and of the corrected one, by `gcalc.reference`; channels have one element."""
    G = group(witness.group)
    if not isinstance(G, FiniteGroup):
        raise UsageError(f"the witness is on {witness.group}, which is not finite; name a finite group")
    sides = (witness.reading, witness.line)
    symbols = free(sides[0]) | free(sides[1])
    functions = [f for f in symbols if isinstance(f, Fun)]
    variables = [v for v in symbols if isinstance(v, Var)]
    sorts = {v.sort for v in variables} | {sort for f in functions for sort in f.arguments}
    carriers = {s: Carrier.of_group(G) if s.kind == "group" else Carrier.channels(1) for s in sorts}
    at = {v: [G.index(witness.at[v.name])] for v in variables if v.name in witness.at}
    evaluator = Evaluator(theory, Model(carriers, reference, ranges=at), list(sides))
    arrays = {f: np.array(witness.arrays[f.name]) for f in functions}
    (values,) = evaluator.values(arrays)
    printed, corrected = map(int, values)
    return printed, corrected
