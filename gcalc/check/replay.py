"""A stored case, run again: FIXED, FAILED or ERROR.

Main definitions
    replay: the outcome of a case.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gcalc.check.check import check_equivariance
from gcalc.check.context import prepare
from gcalc.check.declaration import declare
from gcalc.check.reproduce import sides
from gcalc.check.targets import load, target
from gcalc.errors import GcalcError, UsageError
from gcalc.verify.result import Verdict

__all__ = ["Outcome", "replay"]

DECLARED = ("group", "input", "output", "sizes", "space", "reps", "order")
SHARE = 2.0**-12
"""A difference this many times smaller than the one that was found is none."""


@dataclass(frozen=True)
class Outcome:
    """What a replay came to: its state, "FIXED", "FAILED" or "ERROR", and a line."""

    state: str
    text: str

    def as_json(self) -> dict[str, str]:
        """The record."""
        return {"state": self.state, "text": self.text}


def replay(case: Mapping[str, Any]) -> Outcome:
    """Run the counterexample again and, where it does not show the failure any more, the whole check.

    A layer that fails in another way is not FIXED.
    """
    try:
        layer = _layer(case)
        words = {name: value for name, value in case["words"].items() if name != "seed"}
        words |= {
            name: load(case[key]) for key, name in (("init", "parameters"), ("vjp", "vjp")) if case[key]
        }
        shown = case["counterexample"] and _shown(layer, words, case)
        if shown:
            return Outcome("FAILED", shown)
        report = check_equivariance(layer, **words, seed=case["seed"])
    except GcalcError as error:
        return Outcome("ERROR", str(error))
    if report.passed:
        return Outcome("FIXED", f"it is {report.verdict} now" + _as(report.symmetry))
    reasons = [f"{finding.code}: {finding.text}" for finding in report.diagnosis] or [str(report.verdict)]
    if report.verdict in (Verdict.FAILED, Verdict.CONVENTION):
        before = "the stored input shows it no more, but " if case["counterexample"] else ""
        return Outcome("FAILED", f"{before}the check still says {report.verdict}, {reasons[0]}")
    return Outcome("ERROR", f"the check says {reasons[0]}; nothing can be concluded")


def _layer(case: Mapping[str, Any]) -> Any:
    """As it is found from here, else from the folder in which it was checked."""
    try:
        return load(case["object"], case["factory"])
    except UsageError as error:
        folder = Path(case["folder"])
        if folder == Path.cwd() or not folder.is_dir():
            raise UsageError(f"{error}; it was checked in {folder}: run gcalc replay there") from error
        os.chdir(folder)
        return load(case["object"], case["factory"])


def _as(symmetry: Any) -> str:
    return "" if symmetry is None else f", equivariant to {symmetry.name}"


def _shown(layer: Any, words: Mapping[str, Any], case: Mapping[str, Any]) -> str | None:
    """The difference on the stored input; None where there is none."""
    found, seed = case["counterexample"], case["seed"]
    declaration = declare(**{name: value for name, value in words.items() if name in DECLARED})
    context = prepare(
        target(layer, words.get("framework")), declaration, seed=seed, parameters=words.get("parameters")
    )
    probe = context.probes.get(found["parameters"], context.main)
    x, moved = sides(declaration, found)
    u = declaration.group.names.index(found["element"])
    left, right = probe.target(*moved), declaration.act_out(u, probe.target(*x))
    bound = abs(found["left"] - found["right"]) * SHARE
    for a, b in zip(left, right, strict=True):
        if a.shape != b.shape:
            return f"the stored input still shows it: shapes {a.shape} and {b.shape}"
        if np.abs(a - b).max(initial=0) > bound:
            at = np.unravel_index(int(np.abs(a - b).argmax()), a.shape)
            return (
                f"the stored input still shows it: at {tuple(map(int, at))} "
                f"Φ(L_u x) is {a[at]:g}, L_u Φ(x) is {b[at]:g} for u = {found['element']}"
            )
    return None
