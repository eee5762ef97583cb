"""Reading the laws on concrete groups and implementations: campaigns, counterexamples, reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcalc.lazy import lazily

if TYPE_CHECKING:
    from gcalc.verify.backends import Backend as Backend
    from gcalc.verify.campaign import verify as verify
    from gcalc.verify.planning import PROFILES as PROFILES
    from gcalc.verify.planning import READINGS as READINGS
    from gcalc.verify.report import Report as Report
    from gcalc.verify.result import Check as Check
    from gcalc.verify.result import Counterexample as Counterexample
    from gcalc.verify.result import Verdict as Verdict

__all__ = ["PROFILES", "READINGS", "Backend", "Check", "Counterexample", "Report", "Verdict", "verify"]

_HOMES = {
    "PROFILES": "gcalc.verify.planning",
    "READINGS": "gcalc.verify.planning",
    "Backend": "gcalc.verify.backends",
    "Check": "gcalc.verify.result",
    "Counterexample": "gcalc.verify.result",
    "Report": "gcalc.verify.report",
    "Verdict": "gcalc.verify.result",
    "verify": "gcalc.verify.campaign",
}

__getattr__, __dir__ = lazily(__name__, _HOMES)
