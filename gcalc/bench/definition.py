"""Whether contestants compute the correlation and its gradients: by the defining sums, and by each other.

Main definitions
    output, input_gradient, filter_gradient: one entry of each, as its sum.
    judge: the verdict on every contestant, before anything is timed.

Main statements
    y_k(s, x)   = sum_j sum_t sum_o f_j(st, x + s·o) psi_j^k(t, o)
    df_j(t, z)  = sum_k sum_s sum_o d_k(s, z - s·o) psi_j^k(s⁻¹t, o)
    dpsi_j^k(t, o) = sum_b sum_s sum_x d_k(s, x) f_j(st, x + s·o)

Implementation notes
    The data are integers whose sums float32 and float64 hold exactly, so equality is ``==``. A contestant that is not
    exact, because it divides by 2 or by N², is rounded to integers first, and how far it was from them is told. The
    entries are drawn, and where two contestants differ the first entry of the difference is computed as well: so a
    contestant is blamed for its own fault only. A contestant with filters of its own is compared within the bound of
    a sum of n products, ``n u / (1 - n u) sum |f| |psi|`` with u = 2^-24, at the orientation s = 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.bench.contestant import Contestant, Results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.bench.shape import Case

__all__ = ["Judgement", "filter_gradient", "input_gradient", "judge", "output"]

ENTRIES = 24
"""Drawn of each array."""
ROUNDOFF = 2.0**-24
"""u of float32."""


@dataclass(frozen=True)
class Judgement:
    """A verdict: EXACT, BOUNDED or FAILED.

    Attributes:
        verdict: the word.
        reason: what differs, or "".
        error: of one that is not exact, the largest distance from an integer; of a bounded one, the ratio to the bound.
    """

    verdict: str
    reason: str = ""
    error: float | None = None


# ---- the sums ----------------------------------------


class _Lattice:
    """The tables of P and of the box, and what lies where under a boundary."""

    def __init__(self, case: Case, boundary: str) -> None:
        self.N, self.periodic = case.size, boundary == "periodic"
        self.matrices = case.matrices
        index = {M.tobytes(): s for s, M in enumerate(case.matrices)}
        self.product = np.array([[index[(M @ L).tobytes()] for L in case.matrices] for M in case.matrices])
        self.inverse = np.argmin(self.product != 0, axis=1)
        self.offsets = np.indices((case.box, case.box)).reshape(2, -1).T - case.box // 2

    def inside(self, x: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[Any]]:
        """Rows and columns on the lattice of the points (…, 2), and 1.0 or 0.0 for whether they are on it."""
        wrapped = x % self.N
        on = np.ones(x.shape[:-1]) if self.periodic else (wrapped == x).all(axis=-1).astype(np.float64)
        return wrapped[..., 0], wrapped[..., 1], on


def output(case: Case, entry: tuple[int, ...], boundary: str = "periodic", psi: Any = None) -> float:
    """``y_k(s, x)`` of image b, at (b, k, s, *x)."""
    return float(_products(case, entry, boundary, case.psi if psi is None else psi).sum())


def _products(case: Case, entry: tuple[int, ...], boundary: str, psi: Any) -> NDArray[np.float64]:
    b, k, s, *x = entry
    lattice = _Lattice(case, boundary)
    rows, cols, on = lattice.inside(np.array(x) + lattice.offsets @ lattice.matrices[s].T)
    f = case.f[b][:, lattice.product[s][:, None], rows, cols].astype(np.float64)
    return np.asarray(f * on * psi[k].reshape(f.shape))


def input_gradient(case: Case, entry: tuple[int, ...], boundary: str = "periodic") -> float:
    """``df_j(t, z)`` of image b, at (b, j, t, *z)."""
    b, j, t, *z = entry
    lattice = _Lattice(case, boundary)
    turned = np.einsum("sab,ob->soa", lattice.matrices, lattice.offsets)
    rows, cols, on = lattice.inside(np.array(z) - turned)
    s = np.arange(len(lattice.matrices))
    d = case.d[b][:, s[:, None], rows, cols].astype(np.float64)
    psi = case.psi[:, j, lattice.product[lattice.inverse, t]].reshape(d.shape)
    return float((d * on * psi).sum())


def filter_gradient(case: Case, entry: tuple[int, ...], boundary: str = "periodic") -> float:
    """``dpsi_j^k(t, o)`` at (k, j, t, *i), where i is the index of the offset o."""
    k, j, t, *i = entry
    lattice = _Lattice(case, boundary)
    o = np.array(i) - case.box // 2
    x = np.moveaxis(np.indices((case.size, case.size)), 0, -1)
    total = 0.0
    for s, M in enumerate(lattice.matrices):
        rows, cols, on = lattice.inside(x + M @ o)
        f = case.f[:, j, lattice.product[s, t], rows, cols]
        total += float((case.d[:, k, s].astype(np.float64) * f * on).sum())
    return total


SUMS: dict[str, Callable[[Case, tuple[int, ...], str], float]] = {
    "y": output,
    "input_gradient": input_gradient,
    "filter_gradient": filter_gradient,
}


# ---- the verdict ----------------------------------------


def judge(
    case: Case, contestants: Mapping[str, Contestant], results: Mapping[str, Results], seed: int = 0
) -> dict[str, Judgement]:
    """The verdict on every contestant, from its results."""
    verdicts: dict[str, Judgement] = {}
    arrays: dict[str, dict[str, NDArray[Any]]] = {}
    for name, result in results.items():
        if result.psi is not None:
            verdicts[name] = _bounded(case, contestants[name].boundary, result, seed)
            continue
        found = {what: np.asarray(getattr(result, what)) for what in SUMS}
        fault = next(filter(None, (_misfit(case, what, array) for what, array in found.items())), None)
        if fault:
            verdicts[name] = Judgement("FAILED", fault)
            continue
        exact = contestants[name].exact
        arrays[name] = found if exact else {what: np.rint(array) for what, array in found.items()}
        error = None if exact else max(float(np.abs(found[w] - arrays[name][w]).max()) for w in found)
        verdicts[name] = Judgement("EXACT", error=error)
    for boundary in {contestants[name].boundary for name in arrays}:
        group = {name: a for name, a in arrays.items() if contestants[name].boundary == boundary}
        for name, fault in _faults(case, boundary, group, seed).items():
            verdicts[name] = Judgement("FAILED", fault, verdicts[name].error)
    return {name: verdicts[name] for name in results}


def _misfit(case: Case, what: str, array: NDArray[Any]) -> str | None:
    """Why the array cannot be compared: other axes, or values that are not finite."""
    axes = {"y": case.d, "input_gradient": case.f, "filter_gradient": case.psi}[what].shape
    if array.shape != axes:
        return f"{what} has the axes {array.shape}, not {axes}"
    return None if np.isfinite(array).all() else f"{what} has values that are not finite"


def _faults(
    case: Case, boundary: str, arrays: Mapping[str, Mapping[str, NDArray[Any]]], seed: int
) -> dict[str, str]:
    """What is wrong with whom: the first entry that is not its defining sum."""
    faults: dict[str, str] = {}
    random = np.random.default_rng(seed)
    for what, entry_of in SUMS.items():
        first = next(iter(arrays.values()))[what]
        entries = {tuple(int(random.integers(n)) for n in first.shape) for _ in range(ENTRIES)}
        for one, other in combinations(arrays.values(), 2):
            entries |= _first_difference(one[what], other[what])
        for entry in sorted(entries):
            value = entry_of(case, entry, boundary)
            for name, array in arrays.items():
                if array[what][entry] != value:
                    faults.setdefault(name, f"{what} at {entry} is {array[what][entry]:g}, not {value:g}")
    return faults


def _first_difference(one: NDArray[Any], other: NDArray[Any]) -> set[tuple[int, ...]]:
    unequal = one != other
    return {tuple(map(int, np.unravel_index(unequal.argmax(), one.shape)))} if unequal.any() else set()


def _bounded(case: Case, boundary: str, result: Results, seed: int) -> Judgement:
    """Entries of the output at s = 1 against the sum with the contestant's own filters, within the bound of a sum."""
    random = np.random.default_rng(seed)
    worst = 0.0
    for _ in range(ENTRIES):
        b, k, x, y = (int(random.integers(n)) for n in (case.batch, case.channels, case.size, case.size))
        products = _products(case, (b, k, 0, x, y), boundary, result.psi)
        n = products.size * ROUNDOFF
        bound = n / (1 - n) * float(np.abs(products).sum())
        difference = abs(float(result.y[b, k, 0, x, y]) - float(products.sum()))
        if not difference <= bound:
            entry = (b, k, 0, x, y)
            return Judgement("FAILED", f"y at {entry} is {result.y[entry]:g}, not {products.sum():g}")
        worst = max(worst, difference / bound if bound else 0.0)
    return Judgement("BOUNDED", error=worst)
