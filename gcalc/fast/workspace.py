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
from typing import TYPE_CHECKING, Any

import array_api_compat
import numpy as np
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
        self._constants: dict[tuple[str, Any], Any] = {}

    def empty(self, name: str, shape: tuple[int, ...], dtype: Any) -> Any:
        """The NumPy buffer of that name, of this shape; its contents are whatever was there."""
        size = int(np.prod(shape))
        key = (name, np.dtype(dtype))
        buffer = self._buffers.get(key)
        if buffer is None or buffer.size < size:
            buffer = self._buffers[key] = np.empty(size, dtype=dtype)
        return buffer[:size].reshape(shape)

    def constant(self, name: str, make: Callable[[], NDArray[Any]], like: Any) -> Any:
        """The array that ``make`` gives, moved once to the namespace and device of ``like``."""
        if self.is_numpy:
            device: Any = None
        else:
            device = str(array_api_compat.device(like))
        key = (name, device)
        if key not in self._constants:
            array = make()
            self._constants[key] = array if self.is_numpy else self.to_device(array, like)
        return self._constants[key]

    def device_of(self, like: Any) -> Any:
        """The device of an array."""
        return array_api_compat.device(like)

    def to_device(self, array: NDArray[Any], like: Any) -> Any:
        """A NumPy array in the namespace and on the device of ``like``."""
        return self.xp.asarray(array, device=array_api_compat.device(like))

    def matmul(self, name: str, a: Any, b: Any, out: Any = None) -> Any:
        """``a @ b`` with broadcasting over leading axes, cut along the first of them; ``out`` is used by NumPy only."""
        if not self.is_numpy:
            return self.xp.matmul(a, b)
        shape = (*np.broadcast_shapes(a.shape[:-2], b.shape[:-2]), a.shape[-2], b.shape[-1])
        result = self.empty(name, shape, a.dtype) if out is None else out
        if len(shape) == 2:
            self.split(lambda i, j: np.matmul(a[i:j], b, out=result[i:j]), shape[0], result.size)
            return result

        def work(i: int, j: int) -> None:
            first = a[i:j] if a.ndim == len(shape) and a.shape[0] > 1 else a
            second = b[i:j] if b.ndim == len(shape) and b.shape[0] > 1 else b
            np.matmul(first, second, out=result[i:j])

        self.split(work, shape[0], result.size)
        return result

    def take(self, name: str, rows: Any, index: Any) -> Any:
        """``rows[index]``: rows (n, m), index (p,) of indices below n, (p, m)."""
        if not self.is_numpy:
            return self.xp.take(rows, index, axis=0)
        result = self.empty(name, (len(index), rows.shape[1]), rows.dtype)
        # mode="clip" keeps NumPy from buffering out; the indices are tables that were checked when they were made.
        self.split(
            lambda i, j: np.take(rows, index[i:j], axis=0, out=result[i:j], mode="clip"),
            len(index),
            result.size,
        )
        return result

    def split(self, work: Callable[[int, int], Any], n: int, entries: int | None = None) -> list[Any]:
        """``work(start, stop)`` on consecutive slices of range(n), one a thread; the results in order."""
        parts = min(self.threads, n) if entries is None or entries >= WORTH_A_THREAD else 1
        if parts <= 1:
            return [work(0, n)]
        edges = [n * i // parts for i in range(parts + 1)]
        return list(pool().map(work, edges[:-1], edges[1:]))
