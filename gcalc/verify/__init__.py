"""Reading the laws on concrete groups and implementations: campaigns, counterexamples, reports."""

from gcalc.verify.backends import Backend
from gcalc.verify.campaign import verify
from gcalc.verify.planning import PROFILES, READINGS
from gcalc.verify.report import Report
from gcalc.verify.result import Check, Counterexample, Verdict

__all__ = ["PROFILES", "READINGS", "Backend", "Check", "Counterexample", "Report", "Verdict", "verify"]
