"""The sources under the sanitizers of g++: each launch in a process of its own, whose arrays have no byte to spare.

Main definitions
    Sanitized: a library of which every launch is watched; `ReportedError` is what a sanitizer says.
    thread: races between the workers of a grid, or between the threads of a block.
    address: reading or writing beside an array; undefined: integers that overflow.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from gcalc.fast.kernels import KERNELS, expression, source

from .library import HERE, UNROLLING, Fault, Function, Library, Module, folder, gpp, translated

REPORTED = 66
FLAGS = ("-std=c++20", "-O1", "-g1", "-DREAL_THREADS", "-fno-sanitize-recover=all", "-pthread")
TYPES = {"thread": ("int64", "float32"), "address,undefined": ("int64",)}


class ReportedError(Exception):
    """A sanitizer has found something."""


class Sanitized(Library):
    """A library whose kernels run under a sanitizer, "thread" or "address,undefined"."""

    def __init__(self, sanitizer: str, workers: int = 1, seed: int = 0, fault: Fault | None = None) -> None:
        super().__init__(workers, seed, fault)
        self.sanitizer = sanitizer

    def RawModule(self, *, code: str, options: tuple[str, ...], name_expressions: tuple[str, ...]) -> Module:
        del options
        file = KERNELS[name_expressions[0].partition("<")[0]].file
        assert code == source(file)
        return Watched(self, program(self.sanitizer, file, self.fault))


@dataclass
class Watched(Module):
    """The kernels of one source, in a program."""

    def get_function(self, name: str) -> Launched:
        return Launched(self.library, self.built, name)


class Launched(Function):
    """A kernel of which each launch is a process."""

    def run(self, grid: int, block: int, first: int, count: int, args: tuple[Any, ...]) -> None:
        """The whole grid; the arrays hold afterwards what the process made of them."""
        assert (first, count) == (0, grid)
        given, made = folder() / "launch", folder() / "arrays"
        tiled = KERNELS[self.name.partition("<")[0]].is_tiled
        numbers = (grid, block, tiled, self.library.workers, self.library.seed, len(args))
        parts = [self.name.encode(), b"\n", struct.pack("<6q", *numbers)]
        for a in args:
            is_array = isinstance(a, np.ndarray)
            parts.append(struct.pack("<q", a.nbytes if is_array else 0) + a.tobytes())
        given.write_bytes(b"".join(parts))
        environment = dict.fromkeys(("TSAN_OPTIONS", "ASAN_OPTIONS", "UBSAN_OPTIONS"), f"exitcode={REPORTED}")
        command = [*unmoved(), str(self.built), str(given), str(made)]
        done = subprocess.run(
            command, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60
        )
        if done.returncode:
            raise ReportedError(done.stderr)
        held, place = made.read_bytes(), 0
        for a in args:
            if isinstance(a, np.ndarray):
                a[...] = np.frombuffer(held[place : place + a.nbytes], dtype=a.dtype).reshape(a.shape)
                place += a.nbytes


@cache
def program(sanitizer: str, file: str, fault: Fault | None) -> Any:
    """The kernels of a source, for int64 and float32 where races are looked for, with `one_launch`."""
    names = tuple(
        expression(n, t) for n, kernel in KERNELS.items() if kernel.file == file for t in TYPES[sanitizer]
    )
    return built(sanitizer, translated(fault.planted(source(file)) if fault else source(file), names))


@cache
def built(sanitizer: str, text: str) -> Path:
    target = folder() / f"{sanitizer.split(',')[0]}{abs(hash(text))}"
    target.with_suffix(".cpp").write_text(text, encoding="utf-8")
    parts = (str(target.with_suffix(".cpp")), *frame(sanitizer))
    gpp(*FLAGS, *UNROLLING, f"-fsanitize={sanitizer}", f"-I{HERE}", *parts, "-o", str(target))
    return target


@cache
def frame(sanitizer: str) -> tuple[str, ...]:
    """What every program has, compiled."""
    objects = []
    for name in ("runner", "one_launch"):
        objects.append(str(folder() / f"{name}-{sanitizer}.o"))
        gpp(*FLAGS, f"-fsanitize={sanitizer}", "-c", str(HERE / f"{name}.cpp"), "-o", objects[-1])
    return tuple(objects)


@cache
def unmoved() -> tuple[str, ...]:
    """ThreadSanitizer of some versions of g++ fails where the system places a process's memory at random."""
    return ("setarch", "--addr-no-randomize") if shutil.which("setarch") else ()
