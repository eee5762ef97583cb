"""The device of ring 3, and the file that says what ran on it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from gcalc import __version__, files
from gcalc.bench import device
from gcalc.fast.cuda.device import cupy, missing
from gcalc.fast.kernels import kernels

from .cases import Place

OUTCOMES: dict[str, str] = {}
MEASURED: dict[str, Any] = {}


@pytest.fixture(scope="session")
def place(request) -> Place:
    """CuPy's arrays and the kernels on them."""
    if reason := missing():
        pytest.skip(f"NOT_TESTED: {reason}")
    library = cupy()
    if request.config.getoption("--gpu-no-pool"):
        library.cuda.set_allocator(None)
    return Place(kernels(), library.asarray, library.asnumpy)


@pytest.fixture
def measured() -> dict[str, Any]:
    """What the result file says was measured."""
    return MEASURED


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the outcome of every test of the device."""
    if "gpu" in report.keywords and (report.when == "call" or not report.passed):
        reason = f": {report.longrepr[2]}" if report.skipped and isinstance(report.longrepr, tuple) else ""
        OUTCOMES[report.nodeid] = report.outcome + reason


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the result file, whole or not at all."""
    if (path := session.config.getoption("--gpu-report")) is None:
        return
    target = Path(path)
    text = json.dumps(
        {"schema_version": 1, **environment(), "outcomes": OUTCOMES, "measured": MEASURED}, indent=1
    )
    files.replace(target, f"{text}\n")


def environment() -> dict[str, Any]:
    """The device, driver, CUDA and date; of the device only why there is none where there is none."""
    found = {"date": datetime.now(UTC).isoformat(timespec="seconds"), "gcalc": __version__}
    if reason := missing():
        return found | {"device": None, "reason": reason}
    return found | {"device": device.environment(cupy()), "numpy": version("numpy")}
