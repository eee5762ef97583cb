"""What the kernels are compared with the reference on: spaces, filters and integers, for host and device alike.

Main definitions
    CASES: a filter transformation, a correlation by tables or a planar correlation.
    Place: where arrays are put and kernels run.
    differences: what a case's operators give that the reference does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.fast.cuda import transformation
from gcalc.fast.cuda.planar import Fused
from gcalc.fast.cuda.tables import DeviceTables
from gcalc.fast.filter_index import of_space
from gcalc.fast.kernels import Kernels
from gcalc.fast.plans import problem
from gcalc.fast.workspace import Workspace
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.spaces.window import window

LARGEST = {"bfloat16": (1, 2**8), "float16": (3, 2**11)}
"""Entries up to the first number, and results up to the second, which the type holds exactly."""


class Case(NamedTuple):
    """An algorithm on a space: "p4 3 grid", "S3", "S4/2" or "p4m 4x3 regular"; a box, or None for full filters."""

    algorithm: str
    space: str
    box: tuple[int, ...] | None
    boundary: str = "periodic"

    def __str__(self) -> str:
        sizes = "full" if self.box is None else "x".join(map(str, self.box))
        return f"{self.algorithm}-{self.space}-{sizes}-{self.boundary}".replace(" ", "_")


BOX = (3, 3)
TRANSFORMATIONS = [
    Case("transformation", f"{group} 3 {kind}", box)
    for group in ("p4", "p4m", "p6", "p3m1")
    for kind in ("grid", "regular")
    for box in ((None, (2, 3)) if kind == "regular" else (BOX,))
] + [Case("transformation", "p4m 4x4 regular", BOX)]
TABLES = [
    *(
        Case("tables", name, None)
        for name in ("S3", "S4/2", "p4 3 regular", "p6 2 regular", "pg 3 grid", "pg 2 regular")
    ),
    *(Case("tables", name, BOX) for name in ("p3m1 3 regular", "p4m 3 grid", "pg 3 grid")),
    Case("tables", "pg 2 regular", (2, 2)),
]
PLANAR = [
    *(Case("planar", f"{group} 3 {kind}", BOX) for group in ("p4", "p6") for kind in ("grid", "regular")),
    *(Case("planar", f"{group} 4 grid", (2, 3)) for group in ("p4m", "p3m1")),
    Case("planar", "p4 3 regular", None),
    Case("planar", "line 5 regular", (3,)),
    *(Case("planar", f"p4m 4x5 {kind}", BOX, b) for kind in ("window", "regular") for b in ("zero", "valid")),
    Case("planar", "p2 4x3 window", (2, 3), "zero"),
    Case("planar", "p2 4x3 regular", (3, 2), "valid"),
]
CASES = [*TRANSFORMATIONS, *TABLES, *PLANAR]


@dataclass(frozen=True)
class Place:
    """Where arrays are put and kernels run.

    give: NumPy's array there, in C order. take: an array from there as NumPy's.
    """

    on: Kernels
    give: Callable[[Any], Any]
    take: Callable[[Any], np.ndarray]


@cache
def space(name: str) -> Any:
    """The space of a case."""
    if "/" in name:
        G = gcalc.group(name.partition("/")[0])
        return G.cosets(next(H for H in G.subgroups() if len(H) == int(name.partition("/")[2])))
    if " " not in name:
        return gcalc.group(name).regular
    symbol, size, kind = name.split()
    if "x" in size:
        W = window(symbol, *map(int, size.split("x")))
        return W.regular if kind == "regular" else W
    G = CrystallographicGroup([[[1]], [[-1]]], name="line") if symbol == "line" else gcalc.group(symbol)
    return getattr(G.quotient(int(size)), kind)


@cache
def integers(case: Case, largest: int) -> dict[str, np.ndarray]:
    """Arguments of a case and what the reference makes of them."""
    X, B, K, J = space(case.space), 2, 2, 3
    draw = np.random.default_rng([largest, *str(case).encode()]).integers
    box = case.box
    filter = "full" if box is None else "box"
    shape = X.shape if box is None else (*X.shape[: int(X.is_regular)], *box)
    psi = draw(-largest, largest + 1, (K, J, *shape))
    if case.algorithm == "transformation":
        turned = reference.filter_transform(X, psi, filter)
        d = draw(-largest, largest + 1, turned.shape)
        return {"psi": psi, "d": d, "turned": turned, "dpsi": reference.filter_transform_gradient(X, d, box)}
    f = draw(-largest, largest + 1, (B, J, *X.shape))
    y = reference.correlate(X, f, psi, filter, case.boundary)
    d = draw(-largest, largest + 1, y.shape)
    return {
        "f": f,
        "psi": psi,
        "d": d,
        "y": y,
        "df": reference.input_gradient(X, d, psi, filter, case.boundary),
        "dpsi": reference.filter_gradient(X, d, f, box, case.boundary),
    }


def arguments(case: Case, dtype: str) -> dict[str, np.ndarray]:
    """The integers of a case, small enough for the type."""
    largest, holds = LARGEST.get(dtype, (9, 2**24))
    found = integers(case, largest)
    assert all(abs(a).max() <= holds for a in found.values()), f"{case} has integers that {dtype} rounds"
    return found


def differences(case: Case, place: Place, dtype: str) -> Iterator[str]:
    """The operators whose results are not the reference's, bit for bit."""
    known = arguments(case, dtype)
    for name, expected, result in results(case, place, known, np.dtype(numeric(dtype))):
        got = place.take(result)
        if got.dtype.name != dtype or not (got.reshape(expected.shape).astype(np.float64) == expected).all():
            yield f"{case} {name} in {dtype}"


def results(
    case: Case, place: Place, known: dict[str, np.ndarray], dtype: Any
) -> Iterator[tuple[str, np.ndarray, Any]]:
    """The name of each operator, the reference's result, and that of the kernels."""
    if case.algorithm == "transformation":
        table, (K, J) = of_space(space(case.space), case.box), known["psi"].shape[:2]
        psi = place.give(known["psi"].reshape(K, J, -1).astype(dtype))
        d = place.give(known["d"].reshape(K, len(table.sources), J, -1).astype(dtype))
        yield "filter_transform", known["turned"], transformation.filter_transform(place.on, table, psi)
        yield "gather", known["dpsi"], transformation.gather(place.on, table, d)
        yield "scatter", known["dpsi"], transformation.scatter(place.on, table, d)
        return
    a = {name: place.give(known[name].astype(dtype)) for name in ("f", "psi", "d")}
    made = algorithm(case, place.on)
    yield "correlate", known["y"], made.correlate(a["f"], a["psi"])
    yield "input_gradient", known["df"], made.input_gradient(a["d"], a["psi"])
    yield "filter_gradient", known["dpsi"], made.filter_gradient(a["d"], a["f"])


def algorithm(case: Case, on: Kernels) -> Any:
    """The algorithm of a case, on the place's kernels."""
    X = space(case.space)
    if case.algorithm == "tables":
        return DeviceTables(X, Workspace(np), case.box, on)
    return Fused(problem(X, case.box, case.boundary), Workspace(np), on)


def numeric(dtype: str) -> Any:
    """The type of that name; bfloat16 is that of ml_dtypes, as CuPy's is."""
    return pytest.importorskip("ml_dtypes").bfloat16 if dtype == "bfloat16" else dtype
