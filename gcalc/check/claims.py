"""What a layer is said to compute: an operator, where its filters are, the boundary.

Main definitions
    Claim: read by `claim`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gcalc.errors import UsageError, short

__all__ = ["Claim", "claim"]

OPERATORS = ("correlate", "convolve")
BOUNDARIES = ("zero", "valid", "periodic")


@dataclass(frozen=True)
class Claim:
    """What a layer is said to compute.

    operator: "correlate" or "convolve". filters: the name of the parameter, or the number of the argument, that holds
    them, (K, J, *box), (K, J, |P|, *box) or (K, J, |G|). boundary: "zero", "valid" or "periodic".
    """

    operator: str = "correlate"
    filters: str | int = 1
    boundary: str = "zero"


def claim(given: Any) -> Claim | None:
    """What was given as reference=, checked.

    Raises:
        UsageError: it is no operator, or no boundary.
    """
    if given is None or isinstance(given, Claim):
        return given
    words = {"operator": given} if isinstance(given, str) else given
    if not isinstance(words, Mapping) or not words:
        raise UsageError(
            f"reference= is an operator, or a dict with operator, filters, boundary; got {short(given)}"
        )
    unknown = set(words) - {"operator", "filters", "boundary"}
    if unknown:
        raise UsageError(f"reference= has operator, filters and boundary, not {sorted(unknown)[0]!r}")
    found = Claim(**words)
    if found.operator not in OPERATORS or found.boundary not in BOUNDARIES:
        raise UsageError(
            f"reference= is one of {', '.join(OPERATORS)} with boundary {', '.join(BOUNDARIES)}; "
            f"got {found.operator!r}, {found.boundary!r}"
        )
    return found
