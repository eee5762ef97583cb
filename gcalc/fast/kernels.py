"""The CUDA kernels of ``gcalc/fast/cuda``: compiled by CuPy for each type of array, launched on the current stream.

Main definitions
    KERNELS: the source, the parameters and the arguments of every kernel.
    TYPES: the types of arrays, and those in which their values are summed.
    Kernels: compiles and launches them on arrays of CuPy, or of a library that has the same functions.
    kernels: those of CuPy.
    tiling: how the sums of a product are shared among blocks.

Implementation notes
    CuPy is imported when kernels are first asked for. Nothing here copies from the device or waits for it, but for an
    index table, which is copied there once, since kernels on other streams will read it. A source is handed over with
    its own includes in it: CuPy's cache of compiled kernels would not see that they have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import finalize

import numpy as np

from gcalc.errors import UnsupportedError, UsageError
from gcalc.fast.cuda.device import cupy, one_line_errors

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "KERNELS",
    "OPTIONS",
    "THREADS",
    "TYPES",
    "Kernel",
    "Kernels",
    "expression",
    "kernels",
    "source",
    "tiling",
]

OPTIONS = ("-std=c++17",)
THREADS = 256
"""The threads of a block; product.cuh has the same number."""
SIDES = (4, 2, 1)
"""A tile of a product has 16 times so many rows and columns."""
ENOUGH_BLOCKS = 264
"""Two for each multiprocessor of a large device. With fewer tiles they are made smaller, or their sums are cut."""
LARGEST_GRID = 2**31 - 1


class Type(NamedTuple):
    """What the kernels call the type of an array and the type of its sums, and the dtype of an array of sums."""

    stored: str
    summed: str
    sums: str


TYPES: Mapping[str, Type] = {
    "float16": Type("half16", "float", "float32"),
    "bfloat16": Type("bfloat16", "float", "float32"),
    "float32": Type("float", "float", "float32"),
    "float64": Type("double", "double", "float64"),
    "int32": Type("int", "unsigned", "int32"),
    "int64": Type("long long", "unsigned long long", "int64"),
}


@dataclass(frozen=True)
class Kernel:
    """A ``__global__`` function.

    Attributes:
        file: its source, in ``gcalc/fast/cuda``.
        template: its parameters: T stored, A summed, R the side of a tile.
        arrays: what each array holds: "T", "A" or "int".
        sizes: the names of the 64-bit integers that follow.
    """

    file: str
    template: str
    arrays: tuple[str, ...]
    sizes: tuple[str, ...]

    @property
    def is_tiled(self) -> bool:
        """Whether a block makes a tile of values; otherwise a thread makes one value."""
        return "R" in self.template


_FILTERS = ("count", "order", "J", "cells", "entries")
_PLANE = ("rows", "cols", "target_rows", "target_cols", "periodic")
_STRIDED = ("orientations", "fibre", "places", "entries", "psi_n", "psi_o")
KERNELS: Mapping[str, Kernel] = {
    "filter_transform": Kernel("filter_transformation.cu", "T", ("T", "int", "T"), _FILTERS),
    "filter_transform_scatter": Kernel("filter_transformation.cu", "TA", ("T", "int", "A"), _FILTERS),
    "filter_transform_gather": Kernel("filter_transformation.cu", "TA", ("T", "int", "T"), _FILTERS),
    "sum_parts": Kernel("parts.cu", "TA", ("A", "T"), ("count", "many")),
    "table_correlate": Kernel("tables.cu", "TAR", ("T", "T", "int", "T"), tuple("BKJGXY")),
    "table_adjoint": Kernel(
        "tables.cu", "TAR", ("T", "T", "int", "int", "A"), ("many", *"MNJGXY", "c_m", "c_n")
    ),
    "table_input_gradient": Kernel("tables.cu", "TAR", ("T", "T", "int", "int", "T"), (*"BKJGXY", "width")),
    "planar_correlate": Kernel(
        "planar.cu", "TAR", ("T", "T", "int", "int", "T"), (*"BNO", *_STRIDED, *_PLANE)
    ),
    "planar_filter_gradient": Kernel(
        "planar.cu",
        "TAR",
        ("T", "T", "int", "int", "A"),
        ("many", *"BKJ", "order", "fibre", "entries", *_PLANE),
    ),
}


@cache
def source(file: str) -> str:
    """The text of a source, with its own includes in it."""
    lines = []
    for line in (files("gcalc.fast.cuda") / file).read_text(encoding="utf-8").splitlines():
        lines.append(source(line.split('"')[1]) if line.startswith('#include "') else line)
    return "\n".join(line for line in lines if line != "#pragma once") + "\n"


def expression(name: str, dtype: str, side: int = 1) -> str:
    """A kernel for arrays of a type, as C++ calls it.

    >>> expression("table_correlate", "float16", 4)
    'table_correlate<half16, float, 4>'
    """
    values = {"T": TYPES[dtype].stored, "A": TYPES[dtype].summed, "R": str(side)}
    return f"{name}<{', '.join(values[parameter] for parameter in KERNELS[name].template)}>"


def tiling(rows: int, columns: int, terms: int = 1) -> tuple[int, int, int]:
    """The side R of the tiles, how many there are, and in how many parts of so many terms their sums are cut.

    Only the sizes count, so the sums are the same on every device.

    >>> tiling(4096, 512), tiling(20, 20, terms=1000)
    ((4, 512, 1), (2, 1, 264))
    """
    side = next(
        (
            R
            for R in SIDES
            if min(rows, columns) > 8 * R and _tiles(rows, columns, R) * terms >= ENOUGH_BLOCKS
        ),
        1,
    )
    tiles = _tiles(rows, columns, side)
    return side, tiles, max(1, min(terms, -(-ENOUGH_BLOCKS // max(1, tiles))))


def _tiles(rows: int, columns: int, side: int) -> int:
    return -(-rows // (16 * side)) * -(-columns // (16 * side))


class Kernels:
    """The kernels on the arrays of a library.

    Attributes:
        library: CuPy, or a library with those of its functions that are used here.
    """

    def __init__(self, library: Any) -> None:
        """Compile nothing yet."""
        self.library = library
        self._functions: dict[str, Any] = {}
        self._tables: dict[tuple[int, str], Any] = {}

    def launch(self, name: str, arrays: Sequence[Any], work: int, side: int = 1, **sizes: int) -> None:
        """Launch a kernel on the current stream of its arrays' device; nothing, if there is no work.

        Args:
            name: the kernel.
            arrays: its arrays.
            work: how many blocks have something to do if the kernel is tiled, how many threads if not.
            side: the R of a tiled kernel.
            sizes: the integers that follow the arrays, by name.

        Raises:
            DeviceError: the kernel did not compile, or could not be launched.
            UnsupportedError: the work is more than a grid of CUDA has blocks.
            UsageError: the kernel takes other arrays or sizes.
        """
        kernel = KERNELS[name]
        blocks = work if kernel.is_tiled else -(-work // THREADS)
        if not blocks:
            return
        if blocks > LARGEST_GRID:
            raise UnsupportedError(
                f"{name} needs {blocks} blocks, and CUDA launches {LARGEST_GRID} at most; take fewer examples"
            )
        dtype = type_name(arrays[kernel.arrays.index("T")])
        _check(name, arrays, dtype, sizes)
        template = expression(name, dtype, side)
        with one_line_errors(), arrays[0].device:
            if template not in self._functions:
                module = self.library.RawModule(
                    code=source(kernel.file), options=OPTIONS, name_expressions=(template,)
                )
                self._functions[template] = module.get_function(template)
            self._functions[template](
                (blocks,), (THREADS,), (*arrays, *(np.int64(sizes[size]) for size in kernel.sizes))
            )

    def contiguous(self, array: Any) -> Any:
        """The array in C order: itself, or a copy."""
        with one_line_errors(), array.device:
            return self.library.ascontiguousarray(array)

    def empty(self, shape: Sequence[int], like: Any, dtype: Any = None) -> Any:
        """An array on ``like``'s device, of its type or the type given, its values not set."""
        with one_line_errors(), like.device:
            return self.library.empty(shape, dtype=like.dtype if dtype is None else dtype)

    def zeros(self, shape: Sequence[int], like: Any, dtype: Any = None) -> Any:
        """Zeros on ``like``'s device, of its type or the type given."""
        with one_line_errors(), like.device:
            return self.library.zeros(shape, dtype=like.dtype if dtype is None else dtype)

    def sums(self, like: Any) -> np.dtype[Any]:
        """The type in which values of ``like`` are summed."""
        return np.dtype(TYPES[type_name(like)].sums)

    def index(self, table: NDArray[np.integer[Any]], like: Any) -> Any:
        """An index table as int32 on ``like``'s device, copied there once for as long as the table lives.

        Raises:
            UnsupportedError: an index is beyond int32.
        """
        key = (id(table), str(like.device))
        if key not in self._tables:
            if table.size and table.max() > np.iinfo(np.int32).max:
                raise UnsupportedError(f"the index {table.max()} is beyond int32; take a smaller space")
            small = np.ascontiguousarray(table, dtype=np.int32)
            with one_line_errors(), like.device:
                self._tables[key] = self.library.asarray(small, blocking=True)
            finalize(table, self._tables.pop, key, None)
        return self._tables[key]

    def sum_parts(self, parts: Any, like: Any) -> Any:
        """The sums over the first axis, in ``like``'s type."""
        sums = self.empty(parts.shape[1:], like)
        count = prod(sums.shape)
        self.launch("sum_parts", (parts, sums), count, count=count, many=parts.shape[0])
        return sums


@cache
def kernels() -> Kernels:
    """The kernels on CuPy's arrays.

    Raises:
        MissingDependencyError: CuPy, or the compiler that it loads, is not installed.
        DeviceError: there is no driver, or not the right one, or no device.
    """
    return Kernels(cupy())


def type_name(array: Any) -> str:
    """The name of an array's type.

    Raises:
        UnsupportedError: there are no kernels for it.
    """
    name = str(array.dtype.name)
    if name not in TYPES:
        raise UnsupportedError(f"there are no CUDA kernels for {name}; take one of {', '.join(TYPES)}")
    return name


def _check(name: str, arrays: Sequence[Any], dtype: str, sizes: Mapping[str, int]) -> None:
    """Refuse what the kernel would misread, since it sees pointers and integers only."""
    kernel = KERNELS[name]
    types = {"T": dtype, "A": TYPES[dtype].sums, "int": "int32"}
    wanted, found = [types[kind] for kind in kernel.arrays], [a.dtype.name for a in arrays]
    if found != wanted or {*sizes} != {*kernel.sizes}:
        raise UsageError(
            f"{name} takes arrays of {', '.join(wanted)} and the sizes {', '.join(kernel.sizes)}, "
            f"got {', '.join(found)} and {', '.join(sizes)}"
        )
    if not all(a.flags.c_contiguous for a in arrays):
        raise UsageError(f"{name} takes arrays in C order; make them contiguous first")
    if len({str(a.device) for a in arrays}) > 1:
        raise UsageError(f"{name} takes arrays of one device, got {', '.join(str(a.device) for a in arrays)}")
