"""Errata: what is false, loose or unsaid as printed, with what shows it.

Main definitions: `Erratum`, `Witness`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from gcalc.kernel.terms import Scalar

Printed: TypeAlias = Scalar | str
"""A term where the printed line is one, else plain notation, words in quotes; empty where the print says nothing."""


@dataclass(frozen=True)
class Witness:
    """The smallest input on which a printed line fails.

    reading, line: the printed line as a term, and the corrected one. arrays: the values of its functions, by name.
    at: the values of its variables, by name; 0 is the only channel. printed, corrected: what the two lines come to; a
    test evaluates both.
    """

    reading: Scalar
    line: Scalar
    group: str
    arrays: Mapping[str, Any]
    at: Mapping[str, Any]
    printed: int
    corrected: int


@dataclass(frozen=True)
class Erratum:
    """One finding about the print.

    law: the id of the law that has it right. place: where in the print, as the equation or section and the line
    of it, None where it has no lines. scope: exactly when the print holds, or what must be assumed. evidence: laws
    by id, or single claims as "id: claim".
    """

    id: str
    law: str
    place: tuple[str, int | None]
    printed: Printed
    corrected: Printed
    finding: str
    scope: str
    evidence: tuple[str, ...]
    witnesses: tuple[Witness, ...] = ()
