"""Layers written in JAX: functions of its arrays, and callable pytrees, as Equinox's modules are."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

import jax
import jax.numpy as jnp
import numpy as np

from gcalc.check import fill
from gcalc.check.targets import jax_trace
from gcalc.check.targets.base import (
    Array,
    Arrays,
    Gradients,
    Initialise,
    Target,
    Trace,
    named_leaves,
    numbers,
    refuse,
)
from gcalc.check.targets.ledger import Ledger
from gcalc.check.targets.randomness import own_randomness
from gcalc.errors import ExactnessError, TargetError, UsageError, short

__all__ = ["JaxTarget"]


def is_float(value: Any) -> bool:
    """Whether it is an array of floating-point numbers, JAX's or NumPy's."""
    return isinstance(value, jax.Array | np.ndarray) and bool(jnp.issubdtype(value.dtype, jnp.floating))


@contextmanager
def in_float64() -> Iterator[None]:
    """Within it JAX has float64, which it has not by default."""
    module: Any = jax if hasattr(jax, "enable_x64") else jax.experimental
    with module.enable_x64(True):
        yield


class JaxTarget(Target):
    """A function of JAX's arrays. The floating-point leaves of a pytree are its parameters.

    JAX's arrays do not change, so that a copy may share them. There is no training mode, and there are no stages.
    """

    framework = "jax"

    def __init__(self, layer: Any, name: str | None = None) -> None:
        self.name = str(name or getattr(layer, "__name__", type(layer).__name__))
        paths, self._shape = jax.tree_util.tree_flatten_with_path(layer)
        names = [jax.tree_util.keystr(path).lstrip(".") for path, _ in paths]
        self._leaves = dict(zip(names, (leaf for _, leaf in paths), strict=True))
        kinds = [leaf.dtype.name for leaf in self._leaves.values() if is_float(leaf)]
        self.dtype = kinds[0] if kinds else jnp.zeros(0).dtype.name
        self.calls = 0
        self._narrow: Self | None = None

    @property
    def _layer(self) -> Any:
        return jax.tree_util.tree_unflatten(self._shape, list(self._leaves.values()))

    @contextmanager
    def _running(self) -> Iterator[None]:
        self.calls += 1
        with own_randomness(self.calls):
            if self.dtype == "float64":
                with in_float64():
                    yield
            else:
                yield

    # ---- calls

    def __call__(self, *arrays: Array) -> Arrays:
        """The outputs, flattened."""
        if self._narrow is not None:
            try:
                outputs = self._once(arrays)
            except TargetError:
                raise
            except Exception as error:
                reason = f"raises {type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
            else:
                reason = next(
                    (f"returns {a.dtype}" for a in outputs if a.dtype.kind == "f" and a.dtype != "f8"), ""
                )
                if not reason:
                    return outputs
            self._fall_back(f"{self.name} {reason} where its parameters and inputs are float64")
        try:
            return self._once(arrays)
        except TargetError:
            raise
        except Exception as error:
            refuse(self.name, error, [np.asarray(self._input(one)) for one in arrays])

    def _once(self, arrays: Sequence[Array]) -> Arrays:
        with self._running():
            leaves = self._named(self._layer(*map(self._input, arrays)))
            self.output_names = tuple(name for name, _ in leaves)
            return tuple(numbers(one) for _, one in leaves)

    def _named(self, result: Any) -> list[tuple[str, Any]]:
        return named_leaves(result, lambda one: isinstance(one, jax.Array | np.ndarray), self.name)

    def _input(self, array: Array) -> Any:
        return jnp.array(array, dtype=self.dtype if array.dtype.kind == "f" else None)

    def _fall_back(self, reason: str) -> None:
        narrow, self._narrow, self.wide_reason = self._narrow, None, reason
        if narrow is not None:
            kinds = {name: one.dtype for name, one in narrow._leaves.items() if is_float(one)}
            floats = {name: jnp.asarray(np.asarray(self._leaves[name]), kind) for name, kind in kinds.items()}
            self.dtype, self._leaves = narrow.dtype, self._leaves | floats

    # ---- copies

    def copy(self) -> Self:
        """A copy; arrays are shared, since they do not change."""
        return self._with({})

    def _with(self, values: Mapping[str, Any]) -> Self:
        other = copy.copy(self)
        other._leaves = self._leaves | dict(values)
        return other

    def wide(self) -> Self:
        """A float64 copy; itself if it is one."""
        if self.dtype == "float64" or self.wide_reason:
            return self
        with in_float64():
            floats = {
                name: jnp.asarray(one, jnp.float64) for name, one in self._leaves.items() if is_float(one)
            }
        other = self._with(floats)
        other.dtype, other._narrow = "float64", self
        return other

    @property
    def parameters(self) -> dict[str, Array]:
        """Copies of the floating-point leaves by path."""
        return {name: np.array(one) for name, one in self._leaves.items() if is_float(one)}

    def with_parameters(self, values: Mapping[str, Array]) -> Self:
        """A copy with these parameters, the others kept."""
        found, known = {}, self.parameters
        for name, value in values.items():
            if name not in known:
                raise UsageError(f"no parameter {name!r}; there are {short(list(known))}")
            if np.shape(value) != known[name].shape:
                raise UsageError(f"parameter {name} has the shape {known[name].shape}, not {np.shape(value)}")
            with in_float64():
                found[name] = jnp.asarray(value, known[name].dtype)
        return self._with(found)

    def random(self, seed: int) -> Self:
        """A copy with new parameters."""
        return self.with_parameters(
            {name: fill.weights(seed, name, one) for name, one in self.parameters.items()}
        )

    def initialised(self, initialise: Initialise, seed: int) -> Self:
        """A copy of what the user returned; JAX's arrays do not change."""

        def draw(name: str, like: Any) -> Any:
            return jnp.asarray(fill.weights(seed, name, np.asarray(like)), like.dtype)

        with self._running():
            layer = initialise(self._layer, draw)
        if layer is None:
            raise UsageError(
                "parameters= must return the layer, as arrays of JAX do not change; it returned None"
            )
        other, found = copy.copy(self), type(self)(layer, self.name)
        other._leaves, other._shape = found._leaves, found._shape
        return other

    def perturbed(self, seed: int, *, constants: bool) -> Self:
        """A copy with parameters moved by one unit in the last place; constants in closures cannot be reached."""
        moved = {name: fill.moved(seed, name, one, one.dtype) for name, one in self.parameters.items()}
        return self.with_parameters(moved)

    # ---- what a run is made of

    def traced(self, *arrays: Array) -> Trace:
        """One run, and its jaxpr in float64 watched: exact if that is, and its result is the run's."""
        ledger, outputs = Ledger(), self(*arrays)
        expected = self._watched(arrays, ledger)
        if not all(np.array_equal(a, b, equal_nan=True) for a, b in zip(outputs, expected, strict=False)):
            ledger.rounded(f"{self.name} rounds in {self.dtype}")
        return ledger.trace(outputs)

    def _watched(self, arrays: Sequence[Array], ledger: Ledger) -> Arrays:
        """The outputs of the jaxpr in float64; a reason in the ledger where there is none."""
        wide = self.wide()
        outputs = wide(*arrays)
        if wide.wide_reason:
            ledger.unknown("what cannot be run in float64")
            return outputs
        with wide._running():
            inputs = list(map(wide._input, arrays))
            try:
                closed = jax.make_jaxpr(lambda *given: [one for _, one in self._named(wide._layer(*given))])(
                    *inputs
                )
            except Exception as error:  # it may only object to being traced
                ledger.unwatched(error)
                return outputs
            return tuple(numbers(one) for one in jax_trace.evaluate(closed, inputs, ledger))

    def lattice(self, bits: int, *arrays: Array) -> Arrays:
        """The outputs in float64 with rounded operands."""
        ledger = Ledger(bits)
        outputs = self._watched(arrays, ledger)
        if ledger.beyond:
            raise ExactnessError(f"{self.name} has no run on multiples of 2^-{bits}: {ledger.beyond}")
        return outputs

    # ---- gradients

    def vjp(self, arrays: Sequence[Array], cotangents: Sequence[Array]) -> Gradients | None:
        """The cotangents pulled back; None where JAX cannot."""
        with self._running():
            try:
                places: list[int] = []
                _, pull = jax.vjp(self._function(arrays, places), *self._point(arrays))
                inputs, parameters = pull([self._input(cotangents[i]) for i in places])
            except (TypeError, ValueError, NotImplementedError):
                return None
            return {k: np.array(v) for k, v in inputs.items()}, {
                k: np.array(v) for k, v in parameters.items()
            }

    def jvp(
        self, arrays: Sequence[Array], tangents: Sequence[Array], of: Mapping[str, Array] | None = None
    ) -> Arrays | None:
        """The tangents of inputs, and of parameters by name, pushed forward; None where JAX cannot."""
        with self._running():
            point = self._point(arrays)
            inputs = {name: self._input(tangents[int(name)]) for name in point[0]}
            along = {
                name: jnp.asarray((of or {}).get(name, np.zeros(one.shape)), one.dtype)
                for name, one in point[1].items()
            }
            try:
                _, pushed = jax.jvp(self._function(arrays, []), point, (inputs, along))
            except (TypeError, ValueError, NotImplementedError):
                return None
            return tuple(np.array(one) for one in pushed)

    def _point(self, arrays: Sequence[Array]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The floating-point inputs by place, and the parameters by name."""
        inputs = {str(i): self._input(one) for i, one in enumerate(arrays) if one.dtype.kind == "f"}
        return inputs, {name: one for name, one in self._leaves.items() if is_float(one)}

    def _function(self, arrays: Sequence[Array], places: list[int]) -> Any:
        """The floating-point outputs as a function of those; their places among all outputs are noted."""

        def function(inputs: Mapping[str, Any], parameters: Mapping[str, Any]) -> list[Any]:
            layer = self._with(parameters)._layer
            result = layer(*(inputs.get(str(i), one) for i, one in enumerate(arrays)))
            outputs = [jnp.asarray(one) for _, one in self._named(result)]
            places[:] = [i for i, one in enumerate(outputs) if jnp.issubdtype(one.dtype, jnp.floating)]
            return [outputs[i] for i in places]

        return function
