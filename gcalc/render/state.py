"""What is known of a law by one reading; the errata that concern a law, and where they stand in print.

Main definitions: `State`, `concerning`, `place`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gcalc.proving.errata import Erratum


@dataclass(frozen=True)
class State:
    """A reading of a law, its verdict (PROVED, EXACT, FAILED, NOT_TESTED, …), and the evidence or the reason."""

    reading: str
    verdict: str
    evidence: str


def concerning(law: str, errata: Iterable[Erratum]) -> tuple[Erratum, ...]:
    """The errata that a law has right, or is evidence for."""
    return tuple(
        e for e in errata if law in (e.law, *(evidence.partition(": ")[0] for evidence in e.evidence))
    )


def place(erratum: Erratum) -> str:
    """Where in the print it stands: (3), line 3."""
    where, line = erratum.place
    return where if line is None else f"{where}, line {line}"
