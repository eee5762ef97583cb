"""How the label of a group element or a point is written in messages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from gcalc.groups.isometry import Isometry

__all__ = ["show"]


def show(label: Any) -> str:
    """A label on one line: isometries and matrices by rows, pairs and sets by their members.

    >>> show(((0, -1), (1, 0)))
    '[0 -1; 1 0]'
    >>> show((((1, 0), (0, 1)), (2, 3)))
    '([1 0; 0 1], (2, 3))'
    """
    if isinstance(label, Isometry | Fraction | str | int):
        return str(label)
    if isinstance(label, frozenset):
        return "{" + ", ".join(sorted(map(show, label))) + "}"
    if not isinstance(label, tuple):
        return str(label)
    rows = [row for row in label if isinstance(row, tuple) and all(type(n) is int for n in row)]
    if rows and len(rows) == len(label) == len(rows[0]) > 1:
        return "[" + "; ".join(" ".join(map(str, row)) for row in rows) + "]"
    return "(" + ", ".join(map(show, label)) + ")"
