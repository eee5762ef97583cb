"""Where a benchmark runs: the processors that it is kept on, waiting threads, versions.

Main definitions
    threads_of: keep this process to as many processors as threads, and let waiting threads sleep.
    environment: what a report says of the machine.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_info, threadpool_limits

from gcalc.errors import UsageError
from gcalc.fast.cuda.device import cuda_version
from gcalc.verify.report import environment as verified

__all__ = ["caption", "environment", "keep_to", "processor", "processors", "threads_of"]

WAITING = "OMP_WAIT_POLICY"


def processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def keep_to(count: int) -> int:
    """Keep this process and its children on at most so many processors; on how many they are."""
    if not hasattr(os, "sched_setaffinity"):
        return os.cpu_count() or 1
    chosen = sorted(os.sched_getaffinity(0))[:count]
    os.sched_setaffinity(0, chosen)
    return len(chosen)


@contextmanager
def threads_of(threads: int) -> Iterator[None]:
    """As many processors as threads, as many threads in every pool, and threads of OpenMP that sleep while they wait.

    A thread that spins while another contestant has its turn takes the other's processor. OpenMP reads the policy
    when it is loaded: torch must not have been imported before.

    Raises:
        UsageError: there are fewer processors.
    """
    if threads > processors():
        raise UsageError(
            f"--threads {threads}: this process has {processors()} processors; take at most as many"
        )
    before = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    policy = os.environ.get(WAITING)
    os.environ[WAITING] = "PASSIVE"
    try:
        keep_to(threads)
        with threadpool_limits(threads):
            yield
    finally:
        if before is not None:
            os.sched_setaffinity(0, before)
        if policy is None:
            del os.environ[WAITING]
        else:
            os.environ[WAITING] = policy


def processor() -> str:
    """The processor's name."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown model"


def environment(threads: int, others: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """What the times were taken on.

    Args:
        threads: of each contestant.
        others: versions in other interpreters.
    """
    return {
        **verified(),
        "torch": _version("torch"),
        "escnn": _version("escnn"),
        "processor": processor(),
        "threads": threads,
        "wait_policy": os.environ.get(WAITING, ""),
        "load_average": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "blas": [
            {key: pool[key] for key in ("internal_api", "version", "architecture") if key in pool}
            for pool in threadpool_info()
        ],
        "variables": {name: os.environ[name] for name in ("OPENBLAS_CORETYPE",) if name in os.environ},
        "date": date.today().isoformat(),
        "interpreters": list(others),
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def caption(found: dict[str, Any]) -> str:
    """The environment in one line."""
    torch = f"torch {found['torch']}, " if found["torch"] else ""
    others = "".join(f"{name} {v}, " for name, v in _foreign(found).items())
    busy = "" if found["load_average"] is None else f"load average {found['load_average']} before the run, "
    on = "" if "device" not in found else f"{_device(found['device'])}; "
    return (
        f"{on}{found['threads']} of {found['processors']} processors ({found['processor']}), {found['system']}, {busy}"
        f"Python {found['python']}, NumPy {found['numpy']}, {torch}{others}gcalc {found['gcalc']}, {found['date']}"
    )


def _device(found: dict[str, Any]) -> str:
    """A device in a few words."""
    driver = found["driver"] or "unknown"
    told = f"CUDA {cuda_version(found['cuda'])}, CuPy {found['cupy']}"
    return f"{found['name']}, driver {driver} for CUDA {cuda_version(found['driver_cuda'])}, {told}"


def _foreign(found: dict[str, Any]) -> dict[str, str]:
    """Versions of peers' libraries that are in other interpreters only."""
    return {
        f"{name} (in another interpreter)": versions[name]
        for versions in found["interpreters"]
        for name in ("torch", "escnn")
        if name in versions and (name == "escnn" or not found["torch"])
    }
