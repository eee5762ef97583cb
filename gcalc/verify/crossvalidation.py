"""The fast path against the reference: the correlation and both gradients on one space, by every algorithm and type.

Main definitions
    Setting: a space with a kind of filters; bilinear_cases: the three operators in every setting of a subject.
    algorithms: those that there are for the arrays of a device.
    ways: the types of numbers in which an algorithm is read, and how close it has to come.
    rounded_cases: the same operators on integers that take all significand bits.

Main statements
    Integers within the bound n A B ≤ 2^p are compared with ``==`` where the algorithm is exact. Where it is not, its
    result has to come as close as the bound that it proves of itself, which in float64 has to be below 1/2: then
    rounding gives the integers. On integers that take all significand bits, products are rounded, and an exact
    algorithm has to come as close as γ_n Σ|f||psi|. A sum that float32 holds exactly is rounded once to be float16, by
    2^-11 of itself at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import cycle
from math import prod
from typing import Any

import numpy as np

from gcalc import reference
from gcalc.errors import UnsupportedError
from gcalc.groups.gset import GSet
from gcalc.interpret.model import Array
from gcalc.verify.comparison import Case, Way, in_types
from gcalc.verify.rounding import gamma, significands, unit_roundoff
from gcalc.verify.subjects import Subject

__all__ = [
    "ALGORITHMS",
    "BILINEAR",
    "EXACT_ALGORITHMS",
    "SMALL",
    "BilinearCase",
    "Setting",
    "algorithms",
    "applies",
    "bilinear_case",
    "bilinear_cases",
    "in_any_order",
    "proven_bound",
    "rounded_cases",
    "setting_cases",
    "settings",
    "unsigned_cases",
    "ways",
]

BILINEAR = ("correlate", "input_gradient", "filter_gradient")
EXACT_ALGORITHMS = ("tables", "direct")
"""These give integers exactly where they are within the bound."""
ALGORITHMS = (*EXACT_ALGORITHMS, "fourier", "winograd")
ON_CUPY = ("fused",)
"""These are kernels for CuPy's arrays, exact too."""
KERNELS = ("tables", *ON_CUPY)
"""These are kernels where the arrays are CuPy's, and take float16."""
SIZES = (((2,), 3, 2), ((3,), 2, 1), ((), 2, 3), ((2, 2), 1, 2))
"""Leading axes, K and J, in turn: more examples than filters and fewer, none and two leading axes."""
SMALL = 9
"""With integers up to this one all sums made here are within the bound of float32."""
FEW = 3
"""Times this, sums are beyond float16's significand, and below its largest number."""
WIDE = 1111
"""Times this, products are beyond float32's significand."""
WIDER = 2**23 + 1
"""Times this, products are beyond float64's significand, and their sums within int64."""


@dataclass(frozen=True)
class Setting:
    """A space with a kind of filters, full ones or boxes; on a window, a boundary."""

    X: GSet
    box: tuple[int, ...] | None = None
    boundary: str = "periodic"

    @property
    def name(self) -> str:
        """What counterexamples call it."""
        box = "" if self.box is None else f", {'×'.join(map(str, self.box))} filters"
        return f"{self.X.name}{box}" + (f", boundary {self.boundary}" if self.X.is_window else "")

    @property
    def filter_shape(self) -> tuple[int, ...]:
        """The axes of a filter after its channels."""
        return self.X.shape if self.box is None else (*self.X.shape[: int(self.X.is_regular)], *self.box)

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The axes of the correlation's result after its channels."""
        X, box = self.X, self.box
        if not X.is_window or box is None:
            return X.group.shape
        lattice = X.shape[int(X.is_regular) :]
        inside = [n - k + 1 for n, k in zip(lattice, box, strict=True)]
        point_group: Any = X.point_group  # type: ignore[attr-defined]
        return (point_group.order, *(inside if self.boundary == "valid" else lattice))

    def told(self, operator: str) -> dict[str, Any]:
        """The arguments after the arrays."""
        if operator == "filter_gradient":
            return {"filter_shape": self.box, "boundary": self.boundary}
        return {"filter": "full" if self.box is None else "box", "boundary": self.boundary}


@dataclass(frozen=True, eq=False, kw_only=True)
class BilinearCase(Case):
    """The correlation or a gradient in a setting, with what bounds its errors: the sizes of the batch, J and K."""

    operator: str
    setting: Setting
    sizes: tuple[int, int, int]

    @property
    def terms(self) -> int:
        """Of how many products an entry of the result is the sum at most."""
        outputs, taps, (batch, J, K) = self.setting.output_shape, prod(self.setting.filter_shape), self.sizes
        if self.operator == "correlate":
            return J * taps
        if (
            self.operator == "input_gradient"
        ):  # an element of P, or of G, and a tap lead to the entry at most once
            return K * min(prod(outputs), outputs[0] * taps)
        return batch * prod(outputs)


def settings(subject: Subject) -> Iterator[Setting]:
    """All spaces of a subject with full filters, and with boxes of both parities where there is a lattice."""
    for X in subject.spaces:
        if X.is_window:
            yield from (Setting(X, box, boundary) for boundary in ("zero", "valid") for box in _boxes(X))
            continue
        yield Setting(X)
        if hasattr(X.group, "modulus") and (X.is_grid or X.is_regular):
            yield from (Setting(X, box) for box in _boxes(X))


def _boxes(X: GSet) -> Iterator[tuple[int, ...]]:
    """Cubes of both parities and an oblong, if they fit."""
    lattice = X.shape[int(X.is_regular) :]
    d = len(lattice)
    for box in ((3,) * d, (2,) * d, (*(1,) * (d - 1), 2)):
        if all(k <= n for k, n in zip(box, lattice, strict=True)):
            yield box


def bilinear_cases(subject: Subject, random: np.random.Generator) -> Iterator[BilinearCase]:
    """The correlation and both gradients in every setting that the reference has sums for."""
    for setting, (batch, K, J) in zip(settings(subject), cycle(SIZES), strict=False):
        try:
            yield from setting_cases(setting, batch, K, J, random)
        except UnsupportedError:  # an oblong box that P turns has no "valid" outputs
            continue


def setting_cases(
    setting: Setting, batch: tuple[int, ...], K: int, J: int, random: np.random.Generator
) -> Iterator[BilinearCase]:
    """The three operators in one setting."""

    def draw(*shape: int) -> Array:
        return random.integers(-SMALL, SMALL + 1, shape)

    f, psi = draw(*batch, J, *setting.X.shape), draw(K, J, *setting.filter_shape)
    sizes = (prod(batch), J, K)
    forward = bilinear_case("correlate", setting, {"f": f, "psi": psi}, sizes)
    d = draw(*forward.expected.shape)
    yield forward
    yield bilinear_case("input_gradient", setting, {"d": d, "psi": psi}, sizes)
    yield bilinear_case("filter_gradient", setting, {"d": d, "f": f}, sizes)


def bilinear_case(
    operator: str, setting: Setting, arrays: Mapping[str, Array], sizes: tuple[int, int, int]
) -> BilinearCase:
    """An operator in a setting; sizes: of the batch, J and K."""
    told, sums = setting.told(operator), getattr(reference, operator)

    def call(implementation: Any, *given: Array, **how: Any) -> Any:
        return getattr(implementation, operator)(setting.X, *given, **told, **how)

    return BilinearCase(
        f"{operator} is the sum that defines it",
        setting.name,
        arrays,
        lambda *given: sums(setting.X, *given, **told),
        call,
        degree=2,
        operator=operator,
        setting=setting,
        sizes=sizes,
    )


def unsigned_cases(subject: Subject, random: np.random.Generator) -> Iterator[BilinearCase]:
    """The three operators on unsigned integers, in the first setting."""
    for case in setting_cases(next(settings(subject)), (2,), 2, 2, random):
        yield replace(
            case, arrays={name: np.abs(a) for name, a in case.arrays.items()}, ways=in_types("uint8")
        )


def algorithms(device: str) -> tuple[str, ...]:
    """All that are read on arrays of a backend's device; those on "cuda" are CuPy's."""
    return (*ALGORITHMS, *ON_CUPY) if device == "cuda" else ALGORITHMS


def applies(algorithm: str, setting: Setting) -> bool:
    """Whether an algorithm has to take a setting."""
    X = setting.X
    if algorithm in ("auto", "tables"):
        return algorithm == "auto" or not X.is_window
    split = X.is_window or bool(getattr(X.group, "is_split", False))
    dimensions = {"winograd": (2,), "fused": (1, 2)}.get(algorithm)
    fits = dimensions is None or len(X.shape) - X.is_regular in dimensions
    return split and (X.is_window or X.is_grid or X.is_regular) and fits


def ways(algorithm: str, device: str = "cpu") -> dict[str, tuple[Way, ...]]:
    """The ways in which an algorithm is read: those that show that it is exact, and what is only bounded, by a name."""
    if algorithm == "auto":
        return {"": (Way("int8", {}), *(Way("int64", {}, scale) for scale in (1, WIDE, WIDER)))}
    told = {"algorithm": algorithm}
    if algorithm in (*EXACT_ALGORITHMS, *ON_CUPY):
        used: dict[str, tuple[Way, ...]] = {
            "": (Way("int64", told, WIDE), Way("float32", told), Way("float64", told))
        }
        if device == "cuda" and algorithm in KERNELS:
            used["float16"] = (Way("float16", told, FEW, bound=rounded_once(FEW)),)
        return used
    return {
        "": (Way("int64", told), Way("float64", told, bound=proven_bound(algorithm, "float64"), rounds=True)),
        "float32": (Way("float32", told, bound=proven_bound(algorithm, "float32")),),
    }


def proven_bound(algorithm: str, dtype: str) -> Callable[[Any], float]:
    """The bound that an algorithm proves of its errors on the arrays of a case."""

    def bound(case: BilinearCase) -> float:
        from gcalc.fast.plans import find

        setting, (batch, J, K) = case.setting, case.sizes
        runner = find(
            setting.X,
            setting.box,
            setting.boundary,
            xp=np,
            device="cpu",
            dtype=np.dtype(dtype),
            batch=batch,
            J=J,
            K=K,
            algorithm=algorithm,
        )
        a, b = (float(np.abs(array).max()) for array in case.arrays.values())
        u = float(unit_roundoff(dtype))
        return float(runner.algorithm.error_bound(case.operator, a, b, (batch, J, K), u))

    return bound


# ---- where products are rounded ----------------------------------------


def rounded_cases(setting: Setting, dtype: str, random: np.random.Generator) -> Iterator[BilinearCase]:
    """The three operators on integers that take all significand bits of a type."""
    for case in setting_cases(setting, (2,), 3, 2, random):
        arrays = {name: significands(a.shape, dtype, random) for name, a in case.arrays.items()}
        yield replace(case, arrays=arrays)


def rounded_once(scale: int) -> Callable[[Case], Array]:
    """2^-11 of the exact values for both arguments times the scale: rounding to float16 errs by this at most."""

    def bound(case: Case) -> Array:
        return np.asarray(np.abs(case.expected).astype(object) * Fraction(scale**2, 2**11))

    return bound


def in_any_order(dtype: str) -> Callable[[Any], Array]:
    """γ_n Σ|f||psi|, the bound of every algorithm that sums these products, for each entry."""

    def bound(case: BilinearCase) -> Array:
        magnitude = np.asarray(case.exact(*map(np.abs, case.arrays.values())))
        return np.asarray(magnitude.astype(object) * gamma(case.terms, dtype))

    return bound
