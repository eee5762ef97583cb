"""A layer with its declaration: inputs for it, and the comparisons that every check is made of.

Main definitions
    Probe: a layer with fixed parameters, read by an instrument, with the inputs that checks give it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check import fill
from gcalc.check.comparison import HALF, Comparison, Instrument, apart
from gcalc.check.declaration import Declaration
from gcalc.check.layout import BATCH
from gcalc.errors import ShapeError, TargetError, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.check.targets.base import Target

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]

__all__ = ["EXAMPLES", "Probe"]

EXAMPLES = 2
"""Of a batch."""
SCALES = (1, -5, 3)
"""Inputs that are to show that an output depends on them are times these."""
BOUND = 3
"""Inputs of the first trial are integers up to this one."""
WIDE, PARTS = 51, 4
"""Those of others are multiples of a quarter up to this one, where the layer gives numbers for such."""


@dataclass(frozen=True, eq=False)
class Probe:
    """A layer with fixed parameters and its declaration.

    Attributes:
        target: the layer, in float64 where it can be.
        declaration: what is said of it.
        inert: the lengths of axes that no group moves.
        seed: of the inputs.
        parameters: "given", "random", or "none" where it has none.
    """

    target: Target
    declaration: Declaration
    inert: Mapping[str, int]
    seed: int
    parameters: str

    @cached_property
    def instrument(self) -> Instrument:
        """What compares."""
        return Instrument(self.target, self.declaration.moves, self.channels)

    def declared(self, declaration: Declaration) -> Probe:
        """The same layer with another declaration, with what has been computed already."""
        other = replace(self, declaration=declaration)
        instrument = Instrument(self.target, declaration.moves, other.channels)
        instrument._kept, instrument._perturbed = self.instrument._kept, self.instrument._perturbed
        other.__dict__["instrument"] = instrument
        return other

    def inputs(self, window: Sequence[int], trial: int = 0, batch: int = EXAMPLES) -> Arrays:
        """Arrays of small integers, as float64; but for the first trial of larger numbers, and of fractions."""
        return self.drawn("input", window, trial, batch, wide=trial > 0 and self.takes_wide(window))

    def drawn(
        self, name: str, window: Sequence[int], trial: int, batch: int = EXAMPLES, *, wide: bool = False
    ) -> Arrays:
        """Integers up to `BOUND`; wide: multiples of a quarter up to `WIDE`."""
        shapes = self.declaration.input_shapes(window, batch, self.inert)
        bound, parts = (WIDE * PARTS, PARTS) if wide else (BOUND, 1)
        try:
            return tuple(
                fill.integers(self.seed + trial, f"{name} {i}", shape, bound) / parts
                for i, shape in enumerate(shapes)
            )
        except MemoryError as error:
            told = ", ".join(map(str, shapes))
            raise UsageError(
                f"inputs of shape {told} do not fit into the memory; give smaller sizes"
            ) from error

    def generic(self, window: Sequence[int], scale: float = 1) -> Arrays:
        """Values of 20 bits up to 2, of which hardly two are equal: a maximum of equal ones has no gradient.

        scale: a power of two by which they are multiplied.
        """
        shapes = self.declaration.input_shapes(window, EXAMPLES, self.inert)
        return tuple(
            fill.integers(self.seed, f"generic {i}", shape, 2**19) * (scale * 2.0**-18)
            for i, shape in enumerate(shapes)
        )

    def takes_wide(self, window: Sequence[int]) -> bool:
        """Whether the layer gives numbers for large ones: their exponentials may be none."""
        return bool(self._if_numbers(*self.drawn("input", window, 1, wide=True)))

    def silent(self, window: Sequence[int]) -> list[int]:
        """The output channels that are the same for inputs of several sizes."""
        drawn = [self.drawn("input", window, trial) for trial in range(len(SCALES))]
        more = [self.drawn("input", window, 1, wide=True)]
        for scale, arrays in zip(SCALES, drawn, strict=True):
            more += [tuple(scale * a for a in x) for x in (arrays, self.generic(window))]
        outputs = [self.run(*arrays) for arrays in drawn] + [y for x in more for y in self._if_numbers(*x)]
        found: list[int] = []
        for i, (first, *others) in enumerate(zip(*outputs, strict=True)):
            if self.declaration.outputs[i] is not None:
                moved = np.max([apart(other, first) for other in others], axis=0)
                found += [
                    int(c) for c in np.flatnonzero(np.ravel(np.atleast_1d(self.channels(i, moved))) == 0)
                ]
        return found

    def _if_numbers(self, *arrays: Array) -> list[Arrays]:
        """The outputs, or nothing where they are no numbers."""
        try:
            return [self.run(*arrays)]
        except TargetError:
            return []

    def channels(self, output: int, values: Array) -> Array:
        """The largest value of each channel: over the batch, space and represented axes."""
        layout = self.declaration.outputs[output]
        if layout is None:
            return np.asarray(values.max())
        split = layout.split(values, self.declaration.known)
        inert = [i for i, name in enumerate(layout.names) if not self._is_moved(name)]
        return np.asarray(split.max(axis=tuple(i for i in range(split.ndim) if i not in inert)))

    def _is_moved(self, name: str) -> bool:
        return name == BATCH or name in self.declaration.space or name in self.declaration.reps

    def equivariant(self, u: int, inputs: Arrays) -> Comparison:
        """Whether ``Φ(L_u x) = L_u Φ(x)`` for these inputs."""
        declaration = self.declaration
        return self.instrument.compare(
            lambda run: run(*declaration.act_in(u, inputs)), lambda run: declaration.act_out(u, run(*inputs))
        )

    def _is_its_own(self, name: str) -> bool:
        """Whether it is an axis of outputs only, whose length was declared."""
        of_inputs = {n for layout in self.declaration.inputs if layout is not None for n in layout.names}
        return name in self.declaration.given and name not in of_inputs and not self._is_moved(name)

    def _compare_names(self) -> None:
        """Refuse outputs that were declared by other names than they have, or in another order."""
        declared, found = self.declaration.output_names, self.target.output_names
        if declared is None or all(name.isdigit() for name in found) or tuple(declared) == tuple(found):
            return
        told = ", ".join(map(repr, found))
        raise TargetError(
            f"{self.target.name} returns {told}; declare the outputs by these names, in this order"
        )

    def differs(self, u: int, inputs: Arrays) -> bool:
        """Whether ``Φ(L_u x)`` and ``L_u Φ(x)`` differ by what may be more than rounding, by a cheap look."""
        declaration, kind = self.declaration, "float32" if self.instrument.short else "float64"
        left = self.run(*declaration.act_in(u, inputs))
        right = declaration.act_out(u, self.run(*inputs))
        return any(
            a.shape != b.shape
            or apart(a, b).max(initial=0.0) > HALF[kind] * apart(b, np.zeros_like(b)).max(initial=0.0)
            for a, b in zip(left, right, strict=True)
        )

    def run(self, *inputs: Array) -> Arrays:
        """The outputs, after a look at their axes.

        Raises:
            TargetError: it cannot be run, or gives other axes than were declared, or what is no number.
        """
        outputs = self.instrument.run(*inputs)
        layouts = self.declaration.outputs
        self._compare_names()
        if len(outputs) != len(layouts):
            raise TargetError(
                f"{self.target.name} gives {len(outputs)} arrays, and {len(layouts)} outputs are declared; "
                "declare each, or as 'inert'"
            )
        for array, layout in zip(outputs, layouts, strict=True):
            if layout is None:
                continue
            try:
                sizes = layout.sizes(array.shape, self.declaration.known)
            except ShapeError as error:
                raise TargetError(f"output of {self.target.name}: {error}") from error
            for name in (n for n in layout.names if self._is_its_own(n)):
                if sizes[name] not in (given := self.declaration.given[name]):
                    told = " or ".join(map(str, given))
                    raise TargetError(
                        f"output of {self.target.name}: {name!r} is {sizes[name]}, declared as {told}"
                    )
            if not np.isfinite(array).all():
                raise TargetError(
                    f"{self.target.name} gives NaN or infinite values for integers from -{BOUND} to {BOUND}; "
                    "if it takes a range only, check lambda f: layer(abs(f) / 4)"
                )
        return outputs
