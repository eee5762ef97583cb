"""The domain `torus`: the group modulo translations by N, acting on arrays whose edges are glued.

Main definitions
    on_torus: for each element (u, t) of the group modulo N whether the layer is equivariant to it.

Main statements
    A layer that is equivariant to generators, on all inputs, is so to all that they generate: where the generators
    pass, no other element is tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.comparison import Comparison, worst
from gcalc.check.layout import Layout
from gcalc.check.probe import Probe
from gcalc.errors import UnsupportedError
from gcalc.groups.isometry import Isometry
from gcalc.groups.quotient import Quotient

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["Torus", "on_torus"]

TRIALS = 2


class Torus:
    """A crystallographic group modulo N on the points of an array.

    Attributes:
        quotient: the group modulo N.
        window: the lengths of the space axes.
    """

    def __init__(self, probe: Probe, window: Sequence[int]) -> None:
        """Refuse an array that the group does not act on.

        Raises:
            UnsupportedError: the sides differ, or are no multiple of the denominator of the group's translations.
        """
        crystallographic = probe.declaration.group.crystallographic
        if crystallographic is None:
            raise UnsupportedError("the torus needs space axes; name them by space=")
        D = crystallographic.denominator
        if len(set(window)) != 1 or window[0] % D:
            raise UnsupportedError(
                f"{crystallographic.name} acts on a torus with equal sides, multiples of {D}; {window} is none: "
                f"give sizes such as {max(3, window[0] // D) * D}"
            )
        self.probe, self.window = probe, tuple(window)
        self.quotient: Quotient = crystallographic.quotient(window[0] // D)

    def act(self, g: Any, arrays: Sequence[Array], layouts: Sequence[Layout | None]) -> tuple[Array, ...]:
        """``L_g`` on arrays of these layouts."""
        return tuple(
            a if layout is None else self._act(g, a, layout)
            for a, layout in zip(arrays, layouts, strict=True)
        )

    def _act(self, g: Isometry, array: Array, layout: Layout) -> Array:
        declaration, known = self.probe.declaration, self.probe.declaration.known
        u = declaration.group.P.index(g.matrix)
        split = layout.split(array, known)
        for name in layout.represented:
            split = declaration.reps[name].act(u, split, layout.axis(name))
        if layout.space:
            axes = [layout.axis(name) for name in layout.space]
            last = np.moveaxis(split, axes, range(-len(axes), 0))
            grid = self.quotient.grid
            if last.shape[-len(axes) :] != grid.shape:
                raise UnsupportedError(
                    f"the torus has {grid.shape} points, and an array of {layout.pattern!r} has "
                    f"{last.shape[-len(axes) :]}; strides are seen on the plane"
                )
            source = grid.action_table[self.quotient.index(self.quotient.inverse(g))]
            moved = last.reshape(*last.shape[: -len(axes)], -1)[..., source].reshape(last.shape)
            split = np.moveaxis(moved, range(-len(axes), 0), axes)
        return layout.join(split)

    def equivariant(self, g: Any, inputs: Sequence[Array]) -> Comparison:
        """Whether ``Φ(L_g x) = L_g Φ(x)``."""
        declaration = self.probe.declaration
        return self.probe.instrument.compare(
            lambda run: run(*self.act(g, inputs, declaration.inputs)),
            lambda run: self.act(g, run(*inputs), declaration.outputs),
        )


def on_torus(
    probe: Probe, window: Sequence[int]
) -> tuple[int, dict[tuple[int, tuple[int, ...]], Comparison]]:
    """N, and for each element (u, t) that was tried what comparisons came to; all of them where a generator fails.

    Raises:
        UnsupportedError: the group does not act on this torus.
        TargetError: the layer cannot be run.
    """
    torus = Torus(probe, window)
    inputs = [probe.inputs(window, trial) for trial in range(TRIALS)]
    for arrays in inputs:
        probe.run(*arrays)

    def tried(g: Any) -> Comparison:
        return torus.equivariant(g, inputs[0])

    first = {g: worst([torus.equivariant(g, a) for a in inputs]) for g in torus.quotient.generators}
    held = all(c.holds for c in first.values())
    every = {
        g: worst(list(first.values())) if held else first.get(g) or tried(g) for g in torus.quotient.elements
    }
    P, N = probe.declaration.group.P, torus.window[0]
    D = torus.quotient.crystallographic.denominator
    return N, {(P.index(g.matrix), tuple(int(t * D) % N for t in g.translation)): c for g, c in every.items()}
