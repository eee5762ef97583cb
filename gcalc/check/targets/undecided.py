"""A callable whose first call shows what kind of arrays it takes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gcalc.check.targets.base import Array, Arrays, Gradients, Initialise, Stage, Target, Trace
from gcalc.check.targets.numpy import NumpyTarget
from gcalc.errors import TargetError

__all__ = ["Undecided"]


class Undecided(Target):
    """NumPy's arrays are tried at the first call, then those of the adapters; the first that works is kept.

    Copies that are made before wait for that call, too. Until then it passes for a layer of NumPy.
    """

    def __init__(self, layer: Any, adapters: Sequence[Callable[[Any], Target]]) -> None:
        self._layer = layer
        self._makers: tuple[Callable[[Any], Target], ...] = (NumpyTarget, *adapters)
        self._steps: tuple[Callable[[Target], Target], ...] = ()
        self._chosen: Target = NumpyTarget(layer)
        self._decided = False

    def _decide(self, arrays: Sequence[Array]) -> Target:
        """The target that works on these arrays.

        Where none does, the first one's error is raised: but for errors as of NumPy's arrays in a function of tensors.
        """
        if self._decided:
            return self._chosen
        errors: list[TargetError] = []
        for make in self._makers:
            try:
                found = make(self._layer)
                for step in self._steps:
                    found = step(found)
                found(*arrays)
            except TargetError as error:
                errors.append(error)
            else:
                self._chosen, self._decided = found, True
                return found
        raise errors[-1 if isinstance(errors[0].__cause__, TypeError | AttributeError) else 0]

    def _later(self, step: Callable[[Target], Target]) -> Target:
        """The step taken now, or after the first call."""
        if self._decided:
            return step(self._chosen)
        return self._awaiting(step, step(self._chosen))

    def _awaiting(self, step: Callable[[Target], Target], until_then: Target) -> Undecided:
        other = copy.copy(self)
        other._chosen, other._steps = until_then, (*self._steps, step)
        return other

    @property
    def framework(self) -> str:  # type: ignore[override]
        """Of the arrays it takes."""
        return self._chosen.framework

    @property
    def name(self) -> str:  # type: ignore[override]
        """The layer's name."""
        return self._chosen.name

    @property
    def dtype(self) -> str:  # type: ignore[override]
        """Of the floating-point arrays it takes."""
        return self._chosen.dtype

    @property
    def wide_reason(self) -> str | None:  # type: ignore[override]
        """Why it could not be made wide."""
        return self._chosen.wide_reason

    @property
    def output_names(self) -> tuple[str, ...]:  # type: ignore[override]
        """The places of the outputs."""
        return self._chosen.output_names

    @property
    def changed_input(self) -> bool:  # type: ignore[override]
        """Whether a call changed its input in place."""
        return self._chosen.changed_input

    @property
    def parameters(self) -> dict[str, Array]:
        """Copies of the trainable parameters by name."""
        return self._chosen.parameters

    def __call__(self, *arrays: Array) -> Arrays:
        """The outputs, flattened."""
        return self._decide(arrays)(*arrays)

    def copy(self) -> Target:
        """A deep copy."""
        return self._later(lambda target: target.copy())

    def wide(self) -> Target:
        """A float64 copy."""
        return self._later(lambda target: target.wide())

    def with_parameters(self, values: Mapping[str, Array]) -> Target:
        """A copy with these parameters."""
        return self._later(lambda target: target.with_parameters(values))

    def random(self, seed: int) -> Target:
        """A copy with other parameters."""
        return self._later(lambda target: target.random(seed))

    def initialised(self, initialise: Initialise, seed: int) -> Target:
        """A copy that was initialised by the user, who is asked only when its kind of arrays is known."""

        def step(target: Target) -> Target:
            return target.initialised(initialise, seed)

        return step(self._chosen) if self._decided else self._awaiting(step, self._chosen.copy())

    def perturbed(self, seed: int, *, constants: bool) -> Target:
        """A copy moved by one unit in the last place."""
        return self._later(lambda target: target.perturbed(seed, constants=constants))

    def traced(self, *arrays: Array) -> Trace:
        """One run and what it was made of."""
        return self._decide(arrays).traced(*arrays)

    def lattice(self, bits: int, *arrays: Array) -> Arrays:
        """The outputs with rounded operands."""
        return self._decide(arrays).lattice(bits, *arrays)

    def noisy(self, seed: int, *arrays: Array) -> Arrays | None:
        """The outputs where every operation rounds otherwise."""
        return self._decide(arrays).noisy(seed, *arrays)

    def training(self, *arrays: Array) -> Arrays | None:
        """One call in training mode."""
        return self._decide(arrays).training(*arrays)

    def vjp(self, arrays: Sequence[Array], cotangents: Sequence[Array]) -> Gradients | None:
        """The cotangents pulled back."""
        return self._decide(arrays).vjp(arrays, cotangents)

    def jvp(
        self, arrays: Sequence[Array], tangents: Sequence[Array], of: Mapping[str, Array] | None = None
    ) -> Arrays | None:
        """The tangents pushed forward."""
        return self._decide(arrays).jvp(arrays, tangents, of)

    def part(self, name: str) -> Target | None:
        """A submodule by itself."""
        return self._chosen.part(name)

    def stages(self, *arrays: Array) -> list[Stage]:
        """What every submodule returned."""
        return self._decide(arrays).stages(*arrays)
