"""Is a layer equivariant, to exactly which group, and if not, where and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcalc.lazy import lazily

if TYPE_CHECKING:
    from gcalc.check.check import check_equivariance as check_equivariance
    from gcalc.check.record import Report as Report

__all__ = ["Report", "check_equivariance"]

_HOMES = {
    "Report": "gcalc.check.record",
    "check_equivariance": "gcalc.check.check",
}

__getattr__, __dir__ = lazily(__name__, _HOMES)
