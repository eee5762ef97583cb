"""Is a layer equivariant, to exactly which group, and if not, where and why."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gcalc.check.check import check_equivariance as check_equivariance
    from gcalc.check.record import Report as Report

__all__ = ["Report", "check_equivariance"]

_HOMES = {
    "Report": "gcalc.check.record",
    "check_equivariance": "gcalc.check.check",
}


def __getattr__(name: str) -> Any:
    """Import a public name where it is used."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'gcalc.check' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
