"""Are two ways of computing with a layer the same? Exactly, on a lattice of values, or as far as rounding tells.

Main definitions
    Instrument: a layer in float64, and what is needed to compare: its trace, its runs on a lattice, its perturbations.
    Comparison: what one comparison came to.

Main statements
    Where the trace shows that nothing rounds, ``==`` decides. Elsewhere a pass needs equal values on the lattices of
    2⁻¹² and 2⁻²⁰, and a residual e that is not beyond `PASSES` times the spread S, which moving all values by one unit
    in the last place makes, that of the output included; e of `FAILS` times S is a failure, whatever the lattice says.
    A residual within `HALF` of the output is compared with what moving the result of every operation makes, too.

Implementation notes
    e and S are compared for each channel, since a large one would hide a leak in a small one. A run is kept by what it
    was given, so that L_u of one output is compared with many.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from gcalc.errors import ExactnessError
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.check.targets.base import Target

    Array = NDArray[Any]
    Arrays: TypeAlias = tuple[Array, ...]
    Run: TypeAlias = Callable[..., Arrays]
    Computation: TypeAlias = Callable[[Run], Arrays]
    Channels: TypeAlias = Callable[[int, Array], Array]

__all__ = [
    "FAILS",
    "HALF",
    "LATTICES",
    "OF_OPERATIONS",
    "PASSES",
    "PERTURBATIONS",
    "Comparison",
    "Instrument",
    "apart",
    "one_ulp",
    "worst",
]

PASSES, FAILS = 2.0**6, 2.0**16
"""Conventions: right layers were seen at up to 2 times the spread, wrong ones at 10⁵ times and more."""
LATTICES = (20, 12)
PERTURBATIONS = 8
HALF = {"float64": 2.0**-26, "float32": 2.0**-11}
"""A convention, half of the digits: a larger part of the output is not taken for rounding by the gauge alone."""
OF_OPERATIONS = 2.0**3
"""A convention: so many times what moving the result of every operation makes; right layers were seen at up to 2."""
RANK = (Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.NOT_TESTED, Verdict.NUMERICAL, Verdict.EXACT)
"""From the worst to the best."""


@dataclass(frozen=True)
class Comparison:
    """What one comparison came to.

    Attributes:
        verdict: EXACT, NUMERICAL, INCONCLUSIVE or FAILED.
        how: "exact", "lattice", "gauge" or "shape".
        violation: the largest difference over the largest value.
        ratio: e/S, where it was measured.
        entry: (output, index) where the difference is largest, if there is one.
        cases: numbers compared.
        note: what the reader must know.
    """

    verdict: Verdict
    how: str
    violation: float = 0.0
    ratio: float | None = None
    entry: tuple[int, tuple[int, ...]] | None = None
    cases: int = 0
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether it passed."""
        return self.verdict in (Verdict.EXACT, Verdict.NUMERICAL)


def worst(comparisons: Sequence[Comparison]) -> Comparison:
    """The one with the worst verdict, the most violated first."""
    return min(comparisons, key=lambda c: (RANK.index(c.verdict), -c.violation, -(c.ratio or 0)))


@dataclass(eq=False)
class Instrument:
    """A layer with fixed parameters.

    Attributes:
        target: the layer, in float64 where it can be.
        moves: whether the group acts by permutations with signs; elsewhere the lattice is no evidence.
        channels: reduces the residual of an output to its channels; all of it together if None.
    """

    target: Target
    moves: bool = True
    channels: Channels | None = None
    _kept: dict[Any, Any] = field(default_factory=dict)
    _perturbed: dict[bool, list[Target]] = field(default_factory=dict)

    @property
    def short(self) -> bool:
        """Whether the layer computes in float32, whatever it is given."""
        return bool(self.target.wide_reason) or self.target.dtype == "float32"

    def run(self, *arrays: Array) -> Arrays:
        """The outputs."""
        outputs: Arrays = self._keep(("plain", 0), self.target, arrays)
        return outputs

    def _keep(self, kind: tuple[Any, ...], call: Callable[..., Any], arrays: Sequence[Array]) -> Any:
        key = (kind, tuple((a.shape, a.tobytes()) for a in arrays))
        if key not in self._kept:
            self._kept[key] = call(*arrays)
        return self._kept[key]

    def compare(self, left: Computation, right: Computation, channels: Channels | None = None) -> Comparison:
        """Whether two computations with the layer agree; channels: as the attribute, for results of other axes.

        Raises:
            TargetError: the layer cannot be run.
        """
        traces = []

        def traced(*arrays: Array) -> Arrays:
            trace = self._keep(("traced", 0), self.target.traced, arrays)
            traces.append(trace)
            outputs: Arrays = trace.outputs
            return outputs

        b = right(traced)
        a = left(self.run) if all(trace.exact for trace in traces) else left(traced)
        if not _equal(a, b):
            a = left(traced)
        shapes = [x.shape for x in a], [y.shape for y in b]
        if shapes[0] != shapes[1]:
            return Comparison(
                Verdict.FAILED, "shape", 1.0, note=f"shape {_told(shapes[0])} is not {_told(shapes[1])}"
            )
        entry, violation, cases = _largest(a, b)
        if all(trace.exact for trace in traces):
            verdict = Verdict.EXACT if entry is None else Verdict.FAILED
            return Comparison(verdict, "exact", violation, None, entry, cases)
        on_lattice = (
            None if not self.moves or any(t.unknown for t in traces) else self._on_lattice(left, right)
        )
        return self._gauged(left, right, (entry, violation, cases), on_lattice, channels or self.channels)

    def _on_lattice(self, left: Computation, right: Computation) -> bool | None:
        """Whether the two are equal on both lattices; None where the layer cannot be run there."""
        for bits in LATTICES:

            def run(*arrays: Array, bits: int = bits) -> Arrays:
                outputs: Arrays = self._keep(
                    ("lattice", bits), lambda *a: self.target.lattice(bits, *a), arrays
                )
                return outputs

            try:
                if _largest(left(run), right(run))[0] is not None:
                    return False
            except ExactnessError:
                return None
        return True

    def _gauged(
        self,
        left: Computation,
        right: Computation,
        found: Any,
        on_lattice: bool | None,
        channels: Channels | None,
    ) -> Comparison:
        entry, violation, cases = found
        a, b = left(self.run), right(self.run)
        residual = _residual(a, b, channels)
        unit = float(np.finfo(np.float32 if self.short else np.float64).eps)
        own = [
            unit * np.maximum(*sizes) for sizes in zip(_sizes(a, channels), _sizes(b, channels), strict=True)
        ]
        note, kind = "", "float32" if self.short else "float64"
        ratio = _ratio(residual, self._spread(right, b, channels, own, constants=False))
        if ratio > PASSES:
            of_constants = _ratio(residual, self._spread(right, b, channels, own, constants=True))
            if of_constants <= PASSES:  # values so far apart are rounded apart on a lattice, now and then
                ratio, note, kind, on_lattice = of_constants, "to float32 constants", "float32", None
        if ratio > PASSES and violation <= HALF[kind]:
            of_operations = self._ratio_of_operations(residual, right, b, channels, own)
            if of_operations is not None and of_operations <= OF_OPERATIONS:
                ratio, note = of_operations, note or "to the rounding of each operation"
        if on_lattice is False and ratio <= PASSES and violation <= PASSES * unit:
            on_lattice = None  # products of three factors are rounded apart on a lattice, in another order
        if self.short and ratio <= PASSES:
            note = "to float32, in which it computes"
        how = "gauge" if on_lattice is None else "lattice"
        if ratio >= FAILS:
            verdict = Verdict.FAILED if np.isfinite(ratio) else Verdict.INCONCLUSIVE
            note = note or ("" if np.isfinite(ratio) else "a difference where no rounding is seen")
        elif ratio <= PASSES and not on_lattice and violation > HALF[kind]:
            verdict = Verdict.INCONCLUSIVE
            note = (
                f"rounding is magnified to {violation:.1e} of the output, by a threshold or a small divisor"
            )
        elif ratio <= PASSES and on_lattice is not False:
            verdict = Verdict.NUMERICAL
        else:
            verdict = Verdict.INCONCLUSIVE
            note = note or f"the residual is {ratio:.3g} times what rounding makes"
        return Comparison(verdict, how, violation, ratio, entry, cases, note)

    def _ratio_of_operations(
        self,
        residual: list[Array],
        right: Computation,
        b: Arrays,
        channels: Channels | None,
        own: list[Array],
    ) -> float | None:
        """e/S with S of runs in which every operation rounds otherwise; None where the layer has no such runs.

        Where values are saturated, as 1 - 1e-9 is, moving the inputs moves nothing, and sums still round.
        """
        spreads = [own]
        for i in range(PERTURBATIONS):

            def run(*arrays: Array, i: int = i) -> Arrays:
                outputs = self._keep(("noise", i), lambda *a: self.target.noisy(i, *a), arrays)
                if outputs is None:
                    raise ExactnessError("it cannot be watched")
                found: Arrays = outputs
                return found

            try:
                spreads.append(_residual(right(run), b, channels))
            except ExactnessError:
                return None
        return _ratio(residual, _most(spreads))

    def _spread(
        self, right: Computation, b: Arrays, channels: Channels | None, own: list[Array], *, constants: bool
    ) -> list[Array]:
        """What one unit in the last place of all values makes, for each output and channel; at least their own."""
        spreads = [own]
        for i, target in enumerate(self.perturbations(constants)):

            def run(*arrays: Array, i: int = i, target: Target = target) -> Arrays:
                moved = [one_ulp(a, i, short=self.short) for a in arrays]
                outputs: Arrays = self._keep(("perturbed", constants, i), lambda *_: target(*moved), arrays)
                return outputs

            spreads.append(_residual(right(run), b, channels))
        return _most(spreads)

    def perturbations(self, constants: bool) -> list[Target]:
        """Copies of the layer, each with every value moved by one unit in the last place."""
        if constants not in self._perturbed:
            self._perturbed[constants] = [
                self.target.perturbed(seed, constants=constants) for seed in range(PERTURBATIONS)
            ]
        return self._perturbed[constants]


def apart(x: Array, y: Array) -> Array:
    """The distance of each entry of x to that of y, both parts of complex ones; unsigned ones do not wrap."""
    kind = np.result_type(x, y, float)
    return np.asarray(np.abs(x.astype(kind) - y.astype(kind)))


def _most(spreads: Sequence[list[Array]]) -> list[Array]:
    """The largest of each output and channel."""
    return [np.max(np.stack(of_output), axis=0) for of_output in zip(*spreads, strict=True)]


def _residual(a: Arrays, b: Arrays, channels: Channels | None) -> list[Array]:
    """The largest difference, for each output and channel."""
    pairs = enumerate(zip(a, b, strict=True))
    return [_reduced(i, apart(x, y), channels) for i, (x, y) in pairs]


def _sizes(a: Arrays, channels: Channels | None) -> list[Array]:
    """The largest absolute value, for each output and channel."""
    return [_reduced(i, apart(x, np.zeros_like(x)), channels) for i, x in enumerate(a)]


def _reduced(output: int, values: Array, channels: Channels | None) -> Array:
    if not values.size:
        return np.zeros(1)
    return np.atleast_1d(np.asarray(values.max() if channels is None else channels(output, values)))


def _ratio(residual: Sequence[Array], spread: Sequence[Array]) -> float:
    """The worst e/S; infinite where there is a residual and no spread."""
    worst = 0.0
    for e, s in zip(residual, spread, strict=True):
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(e == 0, 0.0, e / s)
        worst = max(worst, float(np.nan_to_num(ratios, nan=np.inf, posinf=np.inf).max()))
    return worst


def _equal(a: Arrays, b: Arrays) -> bool:
    return len(a) == len(b) and all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


def one_ulp(array: Array, seed: int, *, short: bool = False) -> Array:
    """Every float but 0 moved by one unit in the last place, up or down at random; short: by one of float32."""
    if not np.issubdtype(array.dtype, np.floating):
        return array
    up = np.random.default_rng((seed, array.size)).random(array.shape) < 0.5
    values = array.astype(np.float32) if short else array
    moved = np.nextafter(values, np.where(up, np.inf, -np.inf).astype(values.dtype))
    moved = np.where(values == 0, values, moved)
    return np.asarray(moved.astype(array.dtype))


def _largest(a: Arrays, b: Arrays) -> tuple[tuple[int, tuple[int, ...]] | None, float, int]:
    """Where the two differ most, by how much of the largest value, and how many numbers there are."""
    scale = max((float(np.abs(y).max()) for y in b if y.size), default=0.0)
    entry, most = None, 0.0
    for i, (x, y) in enumerate(zip(a, b, strict=True)):
        difference = apart(x, y)
        if difference.size and float(difference.max()) > most:
            most = float(difference.max())
            entry = (i, tuple(int(n) for n in np.unravel_index(int(difference.argmax()), difference.shape)))
    return entry, (most / scale if scale else float(most > 0)), sum(y.size for y in b)


def _told(shapes: Sequence[tuple[int, ...]]) -> str:
    return ", ".join(map(str, shapes))
