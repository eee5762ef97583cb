"""gcalc's exceptions: one line each, naming the offending value and the mend."""

from __future__ import annotations

from typing import Any

__all__ = [
    "ElementError",
    "ExactnessError",
    "GcalcError",
    "InvalidGroupError",
    "MissingDependencyError",
    "ShapeError",
    "TargetError",
    "UnknownGroupError",
    "UnsupportedError",
    "UsageError",
    "short",
]


class GcalcError(Exception):
    """Base class of everything gcalc raises on purpose."""


class UsageError(GcalcError, ValueError):
    """An argument has an impossible value."""


class UnknownGroupError(UsageError):
    """No group of that name; the message offers the closest names."""


class InvalidGroupError(UsageError):
    """A table, set of permutations or action violates an axiom; the message names it and the elements."""


class ElementError(UsageError):
    """An element does not belong to the declared group or set."""


class ShapeError(UsageError):
    """An array has the wrong axes; the message names the expected axes and what came."""


class ExactnessError(UsageError):
    """Exactness was asked and cannot be kept: float data, non-finite values, overflow of the exact bound."""


class UnsupportedError(UsageError):
    """The operation is not defined for this group, space or boundary; the message says for which it is."""


class TargetError(GcalcError):
    """The implementation under test could not be run (not that it was wrong)."""


class MissingDependencyError(GcalcError, ImportError):
    """An optional library is absent; the message says which extra installs it."""


def short(value: Any) -> str:
    """The value's repr for a message: one line, and not a long one."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 80 else f"{text[:77]}..."
