"""CUDA's own compiler without a device: NVRTC through ctypes, and what its output says of a kernel.

Main definitions
    library: NVRTC, where the wheel nvidia-cuda-nvrtc or a CUDA toolkit is installed.
    compiled: some kernels of a source for an architecture, as `Kernel`s.
"""

from __future__ import annotations

import ctypes
import re
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from gcalc.fast.kernels import OPTIONS, source

from .host.library import Fault

ARCHITECTURES = ("sm_80", "sm_90", "sm_100")
CUPYS = ("-ftz=true",)
"""What CuPy adds to the options: sums of float32 below 2^-126 are 0."""


@dataclass(frozen=True)
class Kernel:
    """What the compiler made of a kernel.

    ptx: its code for the virtual machine. stack: bytes of local memory. spilled: how many go to and from it.
    registers: of each thread. shared: bytes of each block.
    """

    ptx: str
    stack: int
    spilled: int
    registers: int
    shared: int

    @property
    def atomics(self) -> list[str]:
        """The atomic instructions."""
        return re.findall(r"\b(?:red|atom)\.[\w.]+", self.ptx)


@cache
def library() -> ctypes.CDLL | None:
    """NVRTC, or None where it is not installed."""
    for path in _candidates():
        try:
            for needed in sorted(Path(path).parent.glob("libnvrtc-builtins.so*")):
                ctypes.CDLL(str(needed))  # NVRTC opens it by name, and the wheel's folder is not searched
            return ctypes.CDLL(path)
        except OSError:
            continue
    return None


def _candidates() -> list[str]:
    spec = find_spec("nvidia")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
    wheels = [path for folder in folders for path in sorted(folder.glob("*/lib/libnvrtc.so*"))]
    found = [find_library("nvrtc"), *Path("/usr/local").glob("cuda*/lib64/libnvrtc.so")]
    return [str(path) for path in (*wheels, *found) if path]


@cache
def version() -> str:
    """The version of CUDA that NVRTC belongs to."""
    major, minor = ctypes.c_int(), ctypes.c_int()
    _call("nvrtcVersion", ctypes.byref(major), ctypes.byref(minor))
    return f"{major.value}.{minor.value}"


@cache
def compiled(
    file: str, names: tuple[str, ...], architecture: str, fault: Fault | None = None
) -> dict[str, Kernel]:
    """The kernels of these names, compiled for an architecture such as sm_90.

    Raises:
        RuntimeError: the source does not compile; the message is the compiler's.
    """
    program, code = ctypes.c_void_p(), fault.planted(source(file)) if fault else source(file)
    _call("nvrtcCreateProgram", ctypes.byref(program), code.encode(), file.encode(), 0, None, None)
    try:
        for name in names:
            _call("nvrtcAddNameExpression", program, name.encode())
        options = [f"--gpu-architecture={architecture}", "--ptxas-options=-v", *OPTIONS, *CUPYS]
        listed = (ctypes.c_char_p * len(options))(*(option.encode() for option in options))
        failed = library().nvrtcCompileProgram(program, len(options), listed)
        log = _text("nvrtcGetProgramLog", program)
        if failed:
            raise RuntimeError(log)
        lowered = {name: _lowered(program, name) for name in names}
        ptx = _text("nvrtcGetPTX", program)
        return {name: _kernel(symbol, ptx, log) for name, symbol in lowered.items()}
    finally:
        library().nvrtcDestroyProgram(ctypes.byref(program))


def _kernel(symbol: str, ptx: str, log: str) -> Kernel:
    """A kernel's part of the code and of what the assembler said."""
    body = re.search(rf"\.entry {re.escape(symbol)}\(.*?\n}}", ptx, re.DOTALL)
    said = re.search(
        rf"Compiling entry function '{re.escape(symbol)}'.*?(?=Compiling entry function|\Z)", log, re.DOTALL
    )
    if body is None or said is None:
        raise RuntimeError(f"the compiler says nothing of {symbol}:\n{log}")

    def number(pattern: str) -> int:
        return sum(map(int, re.findall(pattern, said[0])))

    spilled = number(r"(\d+) bytes spill (?:stores|loads)")
    return Kernel(
        body[0], number(r"(\d+) bytes stack"), spilled, number(r"Used (\d+) reg"), number(r"(\d+) bytes smem")
    )


def _call(function: str, *arguments: object) -> None:
    code = getattr(library(), function)(*arguments)
    if code:
        raise RuntimeError(f"{function} gave {code}")


def _text(function: str, program: ctypes.c_void_p) -> str:
    size = ctypes.c_size_t()
    _call(f"{function}Size", program, ctypes.byref(size))
    buffer = ctypes.create_string_buffer(size.value)
    _call(function, program, buffer)
    return buffer.value.decode()


def _lowered(program: ctypes.c_void_p, name: str) -> str:
    symbol = ctypes.c_char_p()
    _call("nvrtcGetLoweredName", program, name.encode(), ctypes.byref(symbol))
    return symbol.value.decode()
