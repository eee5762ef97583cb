"""What the pytest plugin was told on its command line, where it is there: seed, profile, and who collects reports.

Main definitions
    seed, profiled: arguments of a check as the session wants them.
    recorded: the report, kept for the file of the session.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from gcalc.check import Report

__all__ = ["profiled", "recorded", "seed"]


def _plugin() -> Any:
    """The plugin's settings; None where pytest does not run it."""
    plugin = sys.modules.get("pytest_gcalc")
    return None if plugin is None else plugin.settings()


def seed(given: int | None) -> int:
    """The seed that was given, else that of --gcalc-seed, else 0."""
    plugin = _plugin()
    return given if given is not None else 0 if plugin is None else plugin.seed


def profiled(words: Mapping[str, Any]) -> dict[str, Any]:
    """With --gcalc-profile smoke the first of several lengths and the window only, unless a domain was named."""
    plugin, words = _plugin(), dict(words)
    if plugin is None or plugin.profile == "default":
        return words
    sizes = words.get("sizes") or {}
    words["sizes"] = {name: n[0] if isinstance(n, list | tuple) and n else n for name, n in sizes.items()}
    if words.get("domain") is None:
        words["domain"] = "window"
    return words


def recorded(report: Report) -> Report:
    """The report, noted for --gcalc-report."""
    plugin = _plugin()
    if plugin is not None:
        plugin.record(report.as_json())
    return report
