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
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import array_api_compat
import numpy as np
from threadpoolctl import ThreadpoolController

from gcalc.fast.arrays import moved

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Workspace", "cores", "single_threaded_blas"]

WORTH_A_THREAD = 1 << 18
"""Fewer entries than these are done by the calling thread."""
CACHED = 1 << 17
"""So many entries of float32 are half a megabyte, a part of a core's own cache."""


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
    """Named buffers for one plan, and operations that write into them.

    Attributes:
        xp: the array namespace of the plan's arrays, as array-api-compat gives it.
        threads: how many slices an operation is cut into.
    """

    def __init__(self, xp: Any, threads: int | None = None) -> None:
        """Start without buffers."""
        self.xp = xp
        self.is_numpy = array_api_compat.is_numpy_namespace(xp)
        self.threads = (cores() if threads is None else threads) if self.is_numpy else 1
        self._buffers: dict[tuple[str, str], Any] = {}
        self._constants: dict[tuple[str, str], Any] = {}

    def empty(self, name: str, shape: tuple[int, ...], like: Any) -> Any:
        """The buffer of that name, of this shape and of ``like``'s type and device; it holds whatever was there.

        Not for `split`'s threads: those take `new`.
        """
        key = (name, f"{shape} {like.dtype} {array_api_compat.device(like)}")
        if key not in self._buffers:
            for old in [other for other in self._buffers if other[0] == name]:
                del self._buffers[old]
            self._buffers[key] = self.new(shape, like)
        return self._buffers[key]

    def new(self, shape: tuple[int, ...], like: Any) -> Any:
        """An array of this shape and of ``like``'s type and device, its values not set."""
        return self.xp.empty(shape, dtype=like.dtype, device=array_api_compat.device(like))

    def constant(self, name: str, make: Callable[[], NDArray[Any]], like: Any, dtype: Any = None) -> Any:
        """The array that ``make`` gives, moved once to ``like``'s namespace, device and type, or the type given."""
        dtype = like.dtype if dtype is None else dtype
        key = (name, f"{dtype} {array_api_compat.device(like)}")
        if key not in self._constants:
            device = array_api_compat.device(like)
            self._constants[key] = moved(self.xp, np.ascontiguousarray(make()), dtype, device)
        return self._constants[key]

    def index(self, name: str, make: Callable[[], NDArray[Any]], like: Any) -> Any:
        """A table of indices, moved once to ``like``'s namespace and device."""
        return self.constant(name, make, like, self.xp.int64)

    def into(self, out: Any, operation: str, *arguments: Any) -> None:
        """``out[...] = operation(*arguments)``, without a temporary where NumPy's."""
        if self.is_numpy:
            getattr(np, operation)(*arguments, out=out)
        else:
            out[...] = getattr(self.xp, operation)(*arguments)

    def take(self, out: Any, rows: Any, index: Any) -> None:
        """``out[...] = rows[index]`` along the first axis."""
        if self.is_numpy:
            # mode="clip" keeps NumPy from buffering out; the tables have no index out of range.
            np.take(rows, index, axis=0, out=out, mode="clip")
        else:
            out[...] = self.xp.take(rows, index, axis=0)

    def split(
        self, work: Callable[[int, int], Any], n: int, entries: int | None = None, *, cached: bool = False
    ) -> list[Any]:
        """``work(start, stop)`` on consecutive slices of range(n), the results in order.

        Args:
            work: called on one slice at a time by each thread.
            n: the length of the range.
            entries: how many entries of arrays the whole range is about; few are left to the calling thread.
            cached: whether slices are cut so small that their entries stay in a core's cache.
        """
        parts = max(1, min(self.threads, n)) if entries is None or entries >= WORTH_A_THREAD else 1
        edges = [n * i // parts for i in range(parts + 1)]
        step = max(1, n * CACHED // max(entries or 1, 1) if cached and self.is_numpy else n)

        def slices(start: int, stop: int) -> list[Any]:
            return [work(i, min(i + step, stop)) for i in range(start, stop, step)]

        if parts == 1:
            return slices(0, n)
        others = [pool().submit(slices, i, j) for i, j in pairwise(edges[:-1])]
        try:
            mine = slices(edges[-2], edges[-1])
        finally:
            wait(others)  # also where this thread fails: no thread goes on writing into the buffers
        return [result for part in others for result in part.result()] + mine
