"""Which algorithm computes what, and the plans that own the algorithms' workspaces.

Main definitions
    problem: the planar problem of a space, a box and a boundary, where there is one.
    find: an algorithm made ready for arrays of a kind, from a small cache.
    Runner: an algorithm with its workspace, for one caller at a time.

Implementation notes
    Where several algorithms apply, the fastest on the most similar problem of a measured table is taken; ``gcalc bench
    --tune`` rewrites that table. Problems are similar if the logarithms of their sizes are.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import log, prod
from threading import Lock
from typing import TYPE_CHECKING, Any

import array_api_compat

from gcalc.errors import UnsupportedError, UsageError
from gcalc.fast.algorithm import Algorithm
from gcalc.fast.arrays import SHORT
from gcalc.fast.cuda.planar import Fused
from gcalc.fast.cuda.tables import DeviceTables
from gcalc.fast.direct import Direct
from gcalc.fast.exactness import type_name
from gcalc.fast.fourier import Fourier
from gcalc.fast.problem import Problem
from gcalc.fast.tables import Tables
from gcalc.fast.winograd import Winograd
from gcalc.fast.workspace import Workspace, single_threaded_blas
from gcalc.groups.quotient import Quotient
from gcalc.spaces.window import Window, WindowRegular

if TYPE_CHECKING:
    from gcalc.groups.gset import GSet

__all__ = ["ALGORITHMS", "Runner", "algorithms", "find", "problem"]

ALGORITHMS: dict[str, type[Algorithm]] = {a.name: a for a in (Direct, Fourier, Winograd)}
"""Those of planar problems, the exact one first."""
ON_CUPY: dict[str, type[Algorithm]] = {Fused.name: Fused}
"""Those that are CUDA kernels."""
SMALL_GROUP = 128
"""Full filters on groups up to this order are left to tables, which were faster there; beyond it the others were."""
KEPT = 8
"""So many runners, with their workspaces, are kept for the next call."""


class Runner:
    """An algorithm and its workspace; calls take turns.

    Attributes:
        name: the algorithm.
        exact: whether integers below the significand's bound give the exact integer result.
        modular: whether int64 is summed as it is, modulo 2^64.
    """

    def __init__(self, algorithm: Algorithm | Tables) -> None:
        """Own the algorithm."""
        self.algorithm = algorithm
        self.name, self.exact, self.modular = algorithm.name, algorithm.exact, algorithm.modular
        self._lock = Lock()
        self._saved: tuple[Any, Any] | None = None

    def correlate(self, f: Any, psi: Any) -> Any:
        """The correlation, (B, K, *output_shape)."""
        return self._run(self.algorithm.correlate, f, psi)

    def input_gradient(self, d: Any, psi: Any) -> Any:
        """The gradient in f, (B, J, *input_shape)."""
        return self._run(self.algorithm.input_gradient, d, psi)

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """The gradient in psi, (K, J, *filter_shape)."""
        return self._run(self.algorithm.filter_gradient, d, f)

    def forward(self, f: Any, psi: Any) -> Any:
        """The correlation, remembered for `backward`."""
        with self._lock, single_threaded_blas():
            y = self.algorithm.forward(f, psi)
            self._saved = f, psi
        return y

    def backward(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """Both gradients; what `forward` computed is used again if these are the f and psi it was last given."""
        with self._lock, single_threaded_blas():
            if self._saved is not None and self._saved[0] is f and self._saved[1] is psi:
                return self.algorithm.backward(d, f, psi)
            self._saved = None
            return self.algorithm.input_gradient(d, psi), self.algorithm.filter_gradient(d, f)

    def _run(self, operator: Any, a: Any, b: Any) -> Any:
        with self._lock, single_threaded_blas():
            self._saved = None
            return operator(a, b)


def problem(X: GSet, box: tuple[int, ...] | None, boundary: str) -> Problem | None:
    """The planar problem of a window, or of the grid or regular space of a split quotient; None of any other space.

    The point group must fix the lattice's origin: translation parts that are not integral are left to tables.
    """
    if isinstance(X, Window | WindowRegular):
        P = X.point_group
    elif isinstance(X.group, Quotient) and (X.is_grid or X.is_regular) and _fixes_origin(X.group):
        P = X.group.point_group
    else:
        return None
    lattice = X.shape[int(X.is_regular) :]
    sizes = lattice if box is None else box
    origin = tuple(0 if box is None else k // 2 for k in sizes)
    return Problem(P, lattice, X.is_regular, sizes, origin, boundary)


def _fixes_origin(G: Quotient) -> bool:
    return G.denominator == 1 and not any(x for tau in G.crystallographic.translation_parts for x in tau)


def algorithms(
    X: GSet, box: tuple[int, ...] | None, boundary: str, on_cupy: bool = False, dtype: str = "float64"
) -> dict[str, str | None]:
    """Every algorithm's name, and why it cannot compute this, or None; short floats are left to the CUDA kernels."""
    planar = problem(X, box, boundary)
    reasons: dict[str, str | None] = {
        name: f"{name} needs a window, or the grid or regular space of a quotient of a split group, not {X.name}"
        if planar is None
        else made.refusal(planar)
        for name, made in (ALGORITHMS | ON_CUPY).items()
    }
    if not on_cupy:
        reasons |= {name: f"{name} needs arrays of CuPy" for name in ON_CUPY}
    if dtype in SHORT:
        reasons |= {name: f"{name} has no sums of {dtype}" for name in ALGORITHMS}
    reasons["tables"] = f"tables has no {boundary} boundary" if X.is_window else None
    return reasons


def find(
    X: GSet,
    box: tuple[int, ...] | None,
    boundary: str,
    *,
    xp: Any,
    device: Any,
    dtype: Any,
    batch: int,
    J: int,
    K: int,
    algorithm: str = "auto",
    exact: bool = False,
) -> Runner:
    """An algorithm, ready for arrays of this kind; the same one for the next call of the same kind.

    Args:
        X: the space of the input.
        box: the sizes of the filters' lattice axes, or None for full filters.
        boundary: "periodic", "zero" or "valid".
        xp: the arrays' namespace, as array-api-compat gives it.
        device: where they are.
        dtype: their floating type, the working type where they are integers.
        batch: how many examples there are.
        J: how many channels the input has.
        K: how many channels the output has.
        algorithm: its name, or "auto" for the fastest on similar problems.
        exact: whether "auto" takes exact algorithms only.

    Raises:
        UnsupportedError: the algorithm asked for cannot compute this.
        UsageError: there is no such algorithm.
    """
    kind = type_name(dtype)
    name = algorithm
    if name == "auto":
        name = (
            _of_kernels(X, box, boundary) if kind in SHORT else _fastest(X, box, boundary, batch, J, K, exact)
        )
    key = (id(X), box, boundary, xp.__name__, str(device), kind, batch, J, K, name)
    with _cache_lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key][1]
    runner = Runner(_made(X, box, boundary, xp, name, kind))
    with _cache_lock:
        _cache[key] = (X, runner)  # X is held, so its id is not given to another space
        while len(_cache) > KEPT:
            _cache.popitem(last=False)
    return runner


_cache: OrderedDict[Any, tuple[Any, Runner]] = OrderedDict()
_cache_lock = Lock()


def _made(
    X: GSet, box: tuple[int, ...] | None, boundary: str, xp: Any, name: str, dtype: str
) -> Algorithm | Tables:
    on_cupy = array_api_compat.is_cupy_namespace(xp)
    reasons = algorithms(X, box, boundary, on_cupy, dtype)
    if name not in reasons:
        raise UsageError(f"no algorithm {name!r}; there are auto, {', '.join(reasons)}")
    if reasons[name] is not None:
        possible = ", ".join(other for other, why in reasons.items() if why is None)
        raise UnsupportedError(f"{reasons[name]}; possible here: {possible}")
    if name == "tables":
        return (DeviceTables if on_cupy else Tables)(X, Workspace(xp), box)
    planar = problem(X, box, boundary)
    if planar is None:
        raise UnsupportedError(f"{X.name} has no planar problem; use tables")
    return (ALGORITHMS | ON_CUPY)[name](planar, Workspace(xp))


def _of_kernels(X: GSet, box: tuple[int, ...] | None, boundary: str) -> str:
    """The planar kernels, or those by tables where the problem is not planar."""
    planar = problem(X, box, boundary)
    return "tables" if planar is None or Fused.refusal(planar) else Fused.name


def _fastest(
    X: GSet, box: tuple[int, ...] | None, boundary: str, batch: int, J: int, K: int, exact: bool
) -> str:
    """The algorithm with the least time in the most similar row of the table among those that apply."""
    planar = problem(X, box, boundary)
    if planar is None or (box is None and not X.is_window and X.group.order <= SMALL_GROUP):
        return "tables"
    able = [
        name
        for name, made in ALGORITHMS.items()
        if made.refusal(planar) is None and (made.exact or not exact)
    ]
    if len(able) == 1:
        return able[0]
    sizes = _sizes(planar, batch, J, K)
    rows = [row for row in _tuned() if any(name in row["times"] for name in able)]
    if not rows:
        return able[0]
    nearest = min(
        rows, key=lambda row: sum((a - b) ** 2 for a, b in zip(sizes, _row_sizes(row), strict=True))
    )
    times = {name: nearest["times"][name] for name in able if name in nearest["times"]}
    return min(times, key=lambda name: float(times[name]))


def _sizes(planar: Problem, batch: int, J: int, K: int) -> tuple[float, ...]:
    """Logarithms of |P|, the input's and output's channels, a side of the lattice and of the box, and the batch."""
    d, order = planar.dimension, planar.P.order
    J = J * order if planar.point_axis else J
    lattice, box = prod(planar.lattice) ** (1 / d), prod(planar.box) ** (1 / d)
    return tuple(log(max(n, 1)) for n in (order, J, K * order, lattice, box, batch))


def _row_sizes(row: Mapping[str, Any]) -> tuple[float, ...]:
    names = ("order", "channels_in", "channels_out", "lattice", "box", "batch")
    return tuple(log(row[name]) for name in names)


@cache
def _tuned() -> Sequence[Mapping[str, Any]]:
    """The rows of the measured table."""
    table = files("gcalc.fast") / "tuned.json"
    if not table.is_file():
        return ()
    rows: Sequence[Mapping[str, Any]] = json.loads(table.read_text(encoding="utf-8"))["rows"]
    return rows
