"""Options of the suite. pytest knows those only that stand here, not those of a folder further down."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("gpu", "with -m gpu")
    group.addoption(
        "--gpu-report", metavar="FILE", help="write what ran on the device, and what was measured, as JSON"
    )
    group.addoption(
        "--gpu-no-pool",
        action="store_true",
        help="allocate every array by itself, so that compute-sanitizer sees where it ends",
    )
