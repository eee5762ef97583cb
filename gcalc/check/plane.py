"""The domain `plane`: elements (u, t) of the group, t modulo T, seen by outputs that no boundary touches.

Main definitions
    on_plane: for each element whether the layer on the plane is equivariant to it.
    Plane: what was found: T, and for each (u, t) a comparison.

Main statements
    An output at q depends on input around ``s q + o`` (`receptive`). An element x ↦ ux + t takes it to the output at
    ``q' = s⁻¹(u(sq + o) + t - o)``: an element that does not take outputs to outputs is no symmetry of the layer.

Implementation notes
    x is a function on the plane, of which the layer sees a window; L_u x is seen through the same window. A layer whose
    sight does not fit into the window is tried on larger ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.comparison import Comparison
from gcalc.check.layout import BATCH, Layout
from gcalc.check.probe import Probe
from gcalc.check.receptive import Sampling, Sight, sees_all, sight
from gcalc.errors import TargetError, UnsupportedError
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]

__all__ = ["Plane", "on_plane"]

LARGEST = 72
"""Windows are enlarged up to this side."""
PERIODS = (1, 2, 3, 4)
TRIAL = 7
"""Other inputs, on which the sight is measured once more."""
OUTPUTS = 3
"""So many output lines have to be inside, at least."""


@dataclass(frozen=True)
class Plane:
    """What was found: the period T of translations, the window, the sampling and a comparison for each element."""

    T: int
    window: tuple[int, ...]
    sampling: tuple[Sampling, ...]
    found: dict[tuple[int, tuple[int, ...]], Comparison]

    @property
    def tried(self) -> str:
        """How far translations were tried."""
        return "1 pixel" if self.T == 1 else f"up to {self.T} pixels"


def on_plane(
    probe: Probe, window: Sequence[int], period: int | None = None, stride: Mapping[str, int] | None = None
) -> Plane:
    """Try each element (u, t), t modulo the smallest period of translations under which the layer is equivariant.

    stride: of the outputs along axes. Where it is measured and another, the layer fails.

    Raises:
        UnsupportedError: no output has a sight that fits into a window.
        TargetError: the layer cannot be run.
    """
    declaration = probe.declaration
    if not declaration.has_space or not declaration.all_output_space:
        raise UnsupportedError("an output without space axes sees the whole window")
    window, sights = _fitting(probe, window)
    claimed = stride or {}
    samplings = {
        name: _sampling(s, claimed.get(name)) for name, s in zip(declaration.space, sights, strict=True)
    }
    wrong = _wrong_grid(samplings, claimed)
    if wrong:
        failed = Comparison(Verdict.FAILED, "grid", 1.0, note=wrong)
        return Plane(1, window, tuple(samplings.values()), {(0, (0,) * len(window)): failed})
    seen = _Seen(probe, window, sights, tuple(samplings.values()))
    d = len(window)
    for T in PERIODS if period is None else (period,):
        steps = {
            (0, tuple(T * (i == j) for j in range(d))): seen.equivariant(0, _step(T, i, d)) for i in range(d)
        }
        if all(c.holds for c in steps.values()):
            break
    else:
        others = sight(probe, window, trial=TRIAL)
        if any(other.extent > s.extent for other, s in zip(others, sights, strict=True)):
            raise UnsupportedError("how far an output sees depends on the values that it sees")
        found = {(0, (0,) * d): seen.equivariant(0, (0,) * d)}
        found |= {key: c for key, c in steps.items() if not c.holds}
        return Plane(T, window, seen.samplings, found)
    found = {}
    for u, t in product(declaration.group.on_pixels, product(range(T), repeat=d)):
        found[(u, tuple(int(n) for n in (np.array(t) + seen.centre(u)) % T))] = seen.equivariant(u, t)
    return Plane(T, window, seen.samplings, found)


def _sampling(sight: Sight, stride: int | None) -> Sampling:
    """What was measured; where its centres are not regular, the lattice of this stride."""
    found = sight.sampling
    if found is None or found.s == 0:
        raise UnsupportedError("the outputs do not stand on a lattice of input pixels")
    return found if found.regular or stride is None else sight.sampled(Fraction(stride))


def _wrong_grid(samplings: Mapping[str, Sampling], stride: Mapping[str, int]) -> str:
    """Why outputs on such a grid are no function on the plane as declared; nothing if they are."""
    for name, found in samplings.items():
        if found.s < 0:
            return f"the output's {name!r} runs against the input's"
        if found.s != stride.get(name, found.s):
            return f"the outputs stand {found.s} apart along {name!r}, not {stride[name]}"
    return ""


def _step(T: int, i: int, d: int) -> tuple[int, ...]:
    return tuple(T * (i == j) for j in range(d))


def _fitting(probe: Probe, window: Sequence[int]) -> tuple[tuple[int, ...], list[Sight]]:
    """A window in which enough outputs have all of their sight."""
    n, whole = max(window), 0
    while True:
        shape = (n,) * len(window)
        whole = whole + 1 if sees_all(probe, shape) else 0
        if whole == 2 or (whole and n >= LARGEST):
            raise UnsupportedError(
                f"on windows of side {n} outputs see from edge to edge; give larger sizes if that has an end"
            )
        if not whole:
            sights = sight(probe, shape)
            if all(s.extent < n and len(s.inside) > OUTPUTS and s.free.any() for s in sights):
                return shape, sights
            if n >= LARGEST:
                raise UnsupportedError(
                    f"on windows of side {n} no output has all of its sight; give larger sizes"
                )
        n = min(LARGEST, 2 * n)


class _Seen:
    """A layer on a window of the plane, and what its inside outputs tell of elements."""

    def __init__(
        self, probe: Probe, window: tuple[int, ...], sights: list[Sight], samplings: tuple[Sampling, ...]
    ) -> None:
        self.probe, self.window, self.samplings = probe, window, samplings
        self.inside = [frozenset(int(q) for q in s.inside) for s in sights]
        self.margin = max(PERIODS) + 1
        around = [n + 2 * self.margin for n in window]
        self.plane = probe.drawn("plane", around, 0, wide=probe.takes_wide(window))
        self.generic = probe.generic(around)

    def centre(self, u: int) -> Array:
        """The translation c, in whole pixels, with which u keeps the window: ``ux + c``."""
        corner = np.array([n - 1 for n in self.window])
        matrix = self._matrix(u)
        return np.asarray((corner - matrix @ corner) // 2)

    def _matrix(self, u: int) -> Array:
        matrix = self.probe.declaration.group.matrix(u)
        return np.eye(len(self.window), dtype=np.int64) if matrix is None else matrix

    def equivariant(self, u: int, t: Sequence[int]) -> Comparison:
        """Whether the layer is equivariant to ``x ↦ ux + c + t``, c the translation that keeps the window."""
        shift = self.centre(u) + np.array(t)
        candidates = list(self._outputs(u, shift))
        if not candidates:
            return Comparison(Verdict.FAILED, "grid", 1.0, note="it takes outputs to places between outputs")
        found = [c for v in candidates if (c := self._compared(u, shift, v)) is not None]
        if not found:
            raise UnsupportedError(
                f"on windows of side {max(self.window)} no output is inside before and after {self._name(u, shift)}; "
                "give larger sizes"
            )
        return max(
            found,
            key=lambda c: (c.holds, c.verdict != Verdict.FAILED, -c.violation),
        )

    def _outputs(self, u: int, shift: Array) -> Iterator[tuple[Array, Array]]:
        """(V, w) with output q going to Vq + w, where outputs go to outputs; several where the lattice is not sure."""
        matrix, d = self._matrix(u), len(self.window)
        s = [sampling.s for sampling in self.samplings]
        o = [sampling.o for sampling in self.samplings]
        V = [[Fraction(int(matrix[i, j])) * s[j] / s[i] for j in range(d)] for i in range(d)]
        w = [
            (sum((int(matrix[i, j]) * o[j] for j in range(d)), Fraction(0)) + int(shift[i]) - o[i]) / s[i]
            for i in range(d)
        ]
        if any(v.denominator != 1 for row in V for v in row):
            return
        whole = np.array([[int(v) for v in row] for row in V])
        if all(sampling.regular for sampling in self.samplings):
            if all(x.denominator == 1 for x in w):
                yield whole, np.array([int(x) for x in w])
            return
        for delta in product((0, -1, 1), repeat=d):
            yield whole, np.array([round(x) for x in w]) + np.array(delta)

    def _name(self, u: int, shift: Array) -> str:
        return f"{self.probe.declaration.group.names[u]} with the translation {tuple(map(int, shift))}"

    def _compared(self, u: int, shift: Array, v: tuple[Array, Array]) -> Comparison | None:
        """None where no output is inside before and after it."""
        V, w = v
        targets, sources = self._pairs(V, w)
        if not len(targets):
            return None
        found = self._compared_on(self.plane, u, shift, targets, sources)
        if not found.holds:
            return found
        try:  # values without ties are met by thresholds between integers; they do not make it hold
            other = self._compared_on(self.generic, u, shift, targets, sources)
        except TargetError:
            return found
        return other if other.verdict == Verdict.FAILED else found

    def _compared_on(self, plane: Arrays, u: int, shift: Array, targets: Array, sources: Array) -> Comparison:
        layouts = self.probe.declaration.inputs
        moved, still = (
            [self._window(a, layout, v, by) for a, layout in zip(plane, layouts, strict=True)]
            for v, by in ((u, shift), (0, 0 * shift))
        )
        return self.probe.instrument.compare(
            lambda run: self._picked(run(*moved), targets, None),
            lambda run: self._picked(run(*still), sources, u),
            self._channels,
        )

    def _channels(self, output: int, values: Array) -> Array:
        """The largest value of each channel of what was picked."""
        declaration = self.probe.declaration
        layouts = [layout for layout in declaration.outputs if layout is not None]
        names = [name for name in layouts[output].names if name not in layouts[output].space]
        moved = [i for i, name in enumerate(names) if name == BATCH or name in declaration.reps]
        return np.asarray(values.max(axis=(*moved, len(names))))

    def _pairs(self, V: Array, w: Array) -> tuple[Array, Array]:
        """Inside outputs q' and V⁻¹(q' - w), both (pairs, d)."""
        inverse = np.rint(np.linalg.inv(V)).astype(np.int64)
        targets, sources = [], []
        for q in product(*(sorted(inside) for inside in self.inside)):
            source = inverse @ (np.array(q) - w)
            if all(int(c) in inside for c, inside in zip(source, self.inside, strict=True)):
                targets.append(q)
                sources.append(source)
        return np.array(targets), np.array(sources)

    def _window(self, plane: Array, layout: Layout | None, u: int, shift: Array) -> Array:
        """What the window shows of L_g x, g = ``x ↦ ux + shift``: at p the value at ``u⁻¹(p - shift)``."""
        if layout is None:
            return plane
        known = self.probe.declaration.known
        split = layout.split(plane, known)
        if not layout.space:
            return self.probe.declaration.act(u, plane, layout)
        for name in layout.represented:
            split = self.probe.declaration.reps[name].act(u, split, layout.axis(name))
        inverse = np.rint(np.linalg.inv(self._matrix(u))).astype(np.int64)
        p = np.indices(self.window).reshape(len(self.window), -1)
        source = inverse @ (p - np.asarray(shift)[:, None]) + self.margin
        axes = [layout.axis(name) for name in layout.space]
        last = np.moveaxis(split, axes, range(-len(axes), 0))
        shown = last[(..., *source)].reshape(*last.shape[: -len(axes)], *self.window)
        return layout.join(np.moveaxis(shown, range(-len(axes), 0), axes))

    def _picked(self, outputs: Arrays, places: Array, u: int | None) -> Arrays:
        """The outputs at these places, after u on the fibre: (…, pairs) with the batch first."""
        declaration = self.probe.declaration
        picked = []
        for array, layout in zip(outputs, declaration.outputs, strict=True):
            if layout is None:
                continue
            split = layout.split(array, declaration.known)
            if u is not None:
                for name in layout.represented:
                    split = declaration.reps[name].act(u, split, layout.axis(name))
            last = np.moveaxis(
                split, [layout.axis(name) for name in layout.space], range(-len(layout.space), 0)
            )
            picked.append(last[(..., *places.T)])
        return tuple(picked)
