"""A library with the functions of CuPy that `gcalc.fast.kernels` uses, whose arrays and kernels are on the host.

Main definitions
    Library: gives arrays between guard zones, and compiles the sources with g++.
    Fault: a change of a source, or of CUDA's words, that a test plants.
    DamageError, DivergenceError: a kernel wrote beside its arrays; threads of a block did not meet at a barrier.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from gcalc.fast.kernels import KERNELS, OPTIONS, TYPES, expression

HERE = Path(__file__).parent
FLAGS = (
    "-std=c++20",
    "-O1",
    "-fPIC",
    "-fno-gnu-unique",
    "-fvisibility=hidden",
    "-Wall",
    "-Wextra",
    "-Werror",
)
UNROLLING = ("-Wno-unknown-pragmas",)
GUARD = 1 << 14
PATTERN = 0xA5


class DamageError(Exception):
    """A kernel wrote before or after one of its arrays."""


class DivergenceError(Exception):
    """Some threads of a block waited at a barrier that others never reached."""


@dataclass(frozen=True)
class Fault:
    """Wherever a source has the text `right` it gets `wrong`."""

    right: str
    wrong: str

    def planted(self, code: str) -> str:
        return code.replace(self.right, self.wrong)


class Device(nullcontext):
    """The one device, current wherever it is entered."""

    id = 0

    def __str__(self) -> str:
        return "host 0"


class Array(np.ndarray):
    """An array of the library."""

    device = Device()
    __array_priority__ = 1.0  # so that arrays that are put together stay the library's


class Library:
    """Those functions of CuPy that are used, on the host.

    Attributes:
        workers: how many threads of the system run a grid.
        seed: the order in which they take its cells; 0 for the natural one.
        fault: what is changed in the sources.
        more: how many blocks are launched beyond those asked for.
        planted: whether a source had the text that the fault replaces.
        launches: the names of the kernels that were launched.
    """

    def __init__(self, workers: int = 1, seed: int = 0, fault: Fault | None = None, more: int = 0) -> None:
        self.workers, self.seed, self.fault, self.more = workers, seed, fault, more
        self.planted = False
        self.launches: list[str] = []

    def RawModule(self, *, code: str, options: tuple[str, ...], name_expressions: tuple[str, ...]) -> Module:
        assert options == OPTIONS
        (name,) = name_expressions
        if self.fault is None or self.fault.right not in code:
            return Module(self, build(code, usual(name)))
        self.planted = True
        return Module(
            self, build(self.fault.planted(code), usual(name, types=("int64", "int32")), "-O0", "-w")
        )

    def empty(self, shape: Any, dtype: Any = float) -> Array:
        """An array with guard zones on both sides; its own values are garbage too."""
        return guarded(shape, np.dtype(dtype), PATTERN)

    def zeros(self, shape: Any, dtype: Any = float) -> Array:
        array = self.empty(shape, dtype)
        array[...] = 0
        return array

    def asarray(self, a: Any, *, blocking: bool = False) -> Array:
        # Beside an index table are zeros: a fault that reads them should not end the process.
        array = guarded(np.shape(a), np.asarray(a).dtype, 0 if blocking else PATTERN)
        array[...] = a
        return array

    def ascontiguousarray(self, a: Array) -> Array:
        assert isinstance(a, Array), "CuPy takes no arrays of other libraries"
        return a if a.flags.c_contiguous and guarded_in(a) is not None else self.asarray(a)


@dataclass
class Module:
    """The kernels of one source."""

    library: Library
    built: ctypes.CDLL

    def get_function(self, name: str) -> Function:
        return Function(self.library, self.built, name)


@dataclass
class Function:
    """A kernel; called as CuPy's are."""

    library: Library
    built: ctypes.CDLL
    name: str

    def __call__(self, grid: tuple[int], block: tuple[int], args: tuple[Any, ...]) -> None:
        (blocks,), (threads,) = grid, block
        assert blocks > 0, "CuPy launches one block where none is asked for"
        arrays = [a for a in args if isinstance(a, Array)]
        assert all(isinstance(a, Array | np.int64) for a in args)
        self.library.launches.append(self.name)
        self.run(blocks + self.library.more, threads, 0, blocks + self.library.more, args)
        if any(is_damaged(a) for a in arrays):
            raise DamageError(self.name)

    def run(self, grid: int, block: int, first: int, count: int, args: tuple[Any, ...]) -> None:
        """The blocks first, …, first + count - 1 of the grid."""
        held = [
            ctypes.c_void_p(a.ctypes.data) if isinstance(a, np.ndarray) else ctypes.c_longlong(a)
            for a in args
        ]
        pointers = (ctypes.c_void_p * len(held))(*(ctypes.addressof(value) for value in held))
        has_barriers = KERNELS[self.name.partition("<")[0]].is_tiled
        outcome = self.built.run(
            self.name.encode(),
            pointers,
            grid,
            block,
            first,
            count,
            has_barriers,
            self.library.workers,
            self.library.seed,
        )
        assert outcome != 1, f"{self.name} was not compiled"
        if outcome == 2:
            raise DivergenceError(self.name)


def guarded(shape: Any, dtype: np.dtype, pattern: int) -> Array:
    """An array of this pattern with guard zones of the same on both sides."""
    size = dtype.itemsize * int(np.prod(shape))
    whole = np.full(2 * GUARD + size, pattern, dtype=np.uint8)
    return whole[GUARD : GUARD + size].view(dtype).reshape(shape).view(Array)


def guarded_in(array: np.ndarray) -> np.ndarray | None:
    """The bytes of an array of the library with its guard zones; None of what NumPy has made of one."""
    root = array
    while isinstance(root.base, np.ndarray):
        root = root.base
    return root if root.dtype == np.uint8 and len(root) >= 2 * GUARD else None


def is_damaged(array: np.ndarray) -> bool:
    """Whether a guard zone around the array has changed."""
    root = guarded_in(array)
    assert root is not None, "the array is not the library's"
    guards = np.concatenate([root[:GUARD], root[-GUARD:]])
    return bool((guards != (guards[0] if guards[0] == 0 else PATTERN)).any())


@cache
def compiler() -> str | None:
    """The path of g++, if it is installed."""
    return shutil.which("g++")


def usual(name: str, types: Iterable[str] = TYPES) -> tuple[str, ...]:
    """The kernels of the same source that are compiled with a kernel: for all types, and in larger tiles for two."""
    file = KERNELS[name.partition("<")[0]].file
    wanted = {
        expression(kernel, dtype, side): None
        for kernel, known in KERNELS.items()
        if known.file == file
        for dtype in types
        for side in (
            (1, 2, 4) if known.is_tiled and types is TYPES and dtype in ("float32", "int64") else (1,)
        )
    }
    return tuple(wanted)


@cache
def build(code: str, names: tuple[str, ...], *flags: str) -> ctypes.CDLL:
    """The source with the kernels of these names, as a library of the system."""
    text = translated(code, names)
    target = folder() / f"{sha256(text.encode()).hexdigest()[:16]}.so"
    target.with_suffix(".cpp").write_text(text, encoding="utf-8")
    parts = (str(target.with_suffix(".cpp")), str(runner()))
    gpp(*FLAGS, *UNROLLING, *flags, f"-I{HERE}", "-shared", "-pthread", *parts, "-o", str(target))
    return ctypes.CDLL(str(target))


def translated(code: str, names: tuple[str, ...]) -> str:
    """A text for C++20: CUDA's words, the source, and the list of its kernels."""
    listed = ",\n".join(f'    {{"{name}", Call<&{name}>::with}}' for name in names)
    return (
        f'#include "words.h"\n{code}\nconst Named kernels[] = {{\n{listed}\n}};\n'
        f"const int kernels_count = {len(names)};\n"
    )


def gpp(*arguments: str) -> None:
    done = subprocess.run([str(compiler()), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@cache
def runner() -> Path:
    target = folder() / "runner.o"
    gpp(*FLAGS, "-c", str(HERE / "runner.cpp"), "-o", str(target))
    return target


@cache
def _temporary() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="gcalc-cuda-")


def folder() -> Path:
    """Where what is compiled lies until the process ends."""
    return Path(_temporary().name)
