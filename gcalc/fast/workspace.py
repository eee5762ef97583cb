"""Buffers that a plan owns, and the few array operations that the algorithms are made of, on two cores where NumPy's.

Main definitions
    Workspace: named buffers, and ``matmul``, ``take``, ``copy`` into them.

Implementation notes
    With NumPy a result lands in the buffer of its name, which the next call overwrites; so what leaves a plan is never
    a buffer. With every other namespace a result is a new array and names mean nothing. NumPy's operations release the
    interpreter's lock, so a pool of threads works on slices of the leading axis, each with single-threaded BLAS.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

__all__ = ["Workspace", "cores", "single_threaded_blas"]

WORTH_A_THREAD = 1 << 16
"""Fewer entries than these are done by the calling thread."""


@cache
def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def pool() -> ThreadPoolExecutor:
    """The threads that all workspaces share."""
    return ThreadPoolExecutor(cores(), thread_name_prefix="gcalc-fast")


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


@contextmanager
def single_threaded_blas() -> Iterator[None]:
    """BLAS with one thread a call, since the pool's threads already occupy the cores."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


class Workspace:
    """Named buffers for one plan.

    Attributes:
        xp: the array namespace of the plan's arrays.
        threads: how many slices an operation is cut into.
    """

    def __init__(self, xp: Any, threads: int | None = None) -> None:
        """Start without buffers."""
        self.xp = xp
        self.is_numpy = xp is np or getattr(xp, "__name__", "").endswith("array_api_compat.numpy")
        self.threads = (cores() if threads is None else threads) if self.is_numpy else 1
        self._buffers: dict[tuple[str, Any], Any] = {}

    def empty(self, name: str, shape: tuple[int, ...], dtype: Any) -> Any:
        """The NumPy buffer of that name, of this shape; its contents are whatever was there."""
        size = int(np.prod(shape))
        key = (name, np.dtype(dtype))
        buffer = self._buffers.get(key)
        if buffer is None or buffer.size < size:
            buffer = self._buffers[key] = np.empty(size, dtype=dtype)
        return buffer[:size].reshape(shape)

    def split(self, work: Callable[[int, int], Any], n: int, entries: int | None = None) -> list[Any]:
        """``work(start, stop)`` on consecutive slices of range(n), one a thread; the results in order."""
        parts = min(self.threads, n) if entries is None or entries >= WORTH_A_THREAD else 1
        if parts <= 1:
            return [work(0, n)]
        edges = [n * i // parts for i in range(parts + 1)]
        return list(pool().map(work, edges[:-1], edges[1:]))
