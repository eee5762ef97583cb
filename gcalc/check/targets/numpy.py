"""Layers written in NumPy: functions of arrays, and objects that are called with them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from types import BuiltinFunctionType, FunctionType
from typing import Any

import numpy as np

from gcalc.check import fill
from gcalc.check.targets import numpy_trace
from gcalc.check.targets.base import Array, Arrays, Initialise, Target, Trace, named_leaves, numbers, refuse
from gcalc.check.targets.ledger import Ledger
from gcalc.check.targets.randomness import own_randomness
from gcalc.errors import ExactnessError, TargetError, UsageError, short

__all__ = ["NumpyTarget"]


class NumpyTarget(Target):
    """A function of arrays, or a deep copy of an object that is called with them.

    An object's parameters are what its ``parameters`` is or, called, returns: a dict of arrays. Functions have none,
    and are not copied.
    """

    framework = "numpy"

    def __init__(self, layer: Any, name: str | None = None) -> None:
        self.name = str(name or getattr(layer, "__name__", type(layer).__name__))
        self.layer = self._copied(layer)
        self.calls = 0
        kinds = {one.dtype.name for one in self._live().values() if one.dtype.kind == "f"}
        self.dtype = kinds.pop() if len(kinds) == 1 else "float64"

    def _copied(self, layer: Any) -> Any:
        if isinstance(layer, FunctionType | BuiltinFunctionType | np.ufunc | type):
            return layer
        try:
            return copy.deepcopy(layer)
        except Exception as error:
            first = (str(error).splitlines() or [""])[0]
            raise TargetError(
                f"{self.name} cannot be copied ({type(error).__name__}: {short(first)}); "
                "remove what cannot from its attributes (locks, files, generators) or give it __deepcopy__"
            ) from error

    # ---- calls

    def __call__(self, *arrays: Array) -> Arrays:
        """The outputs, flattened."""
        return self._call(arrays, lambda inputs: self.layer(*inputs))

    def _call(self, arrays: Sequence[Array], run: Callable[[list[Array]], Any]) -> Arrays:
        inputs = [self._input(array) for array in arrays]
        given = [one.copy() for one in inputs]
        self.calls += 1
        try:
            with own_randomness(self.calls), np.errstate(all="ignore"):
                result = run(inputs)
        except (Exception, SystemExit) as error:
            refuse(self.name, error, given)
        leaves = named_leaves(result, self._is_array, self.name)
        self.output_names = tuple(name for name, _ in leaves)
        self.changed_input |= not self._same(inputs, given)
        outputs = tuple(self._output(one) for _, one in leaves)
        short = next(
            (one.dtype.name for one in outputs if one.dtype.kind == "f" and one.dtype.itemsize < 8), None
        )
        if short and self.dtype == "float64":
            self.dtype, self.wide_reason = short, f"{self.name} returns {short} where its inputs are float64"
        return outputs

    def _input(self, array: Array) -> Any:
        """A fresh array, floating-point numbers in the layer's type."""
        return np.array(array, dtype=self.dtype if array.dtype.kind == "f" else array.dtype)

    def _is_array(self, value: Any) -> bool:
        return isinstance(value, np.ndarray)

    def _output(self, value: Any) -> Array:
        found = numbers(value)
        if found.dtype.kind not in "biufc":
            raise TargetError(f"{self.name} returned an array of {found.dtype}; it must return numbers")
        return found

    def _same(self, used: Sequence[Array], given: Sequence[Array]) -> bool:
        pairs = zip(used, given, strict=True)
        return all(np.array_equal(a, b, equal_nan=a.dtype.kind in "fc") for a, b in pairs)

    # ---- parameters and copies

    def _live(self) -> dict[str, Array]:
        """The object's own parameter arrays."""
        found = getattr(self.layer, "parameters", None)
        found = found() if callable(found) and not isinstance(self.layer, type) else found
        if not isinstance(found, Mapping):
            return {}
        arrays = {str(name): one for name, one in found.items() if isinstance(one, np.ndarray)}
        return {name: one for name, one in arrays.items() if one.dtype.kind in "biufc"}

    def copy(self) -> NumpyTarget:
        """A deep copy; a function is itself."""
        other = copy.copy(self)
        other.layer = self._copied(self.layer)
        return other

    def wide(self) -> NumpyTarget:
        """A copy with parameters and inputs in float64; itself if it is one."""
        if self.dtype == "float64" or self.wide_reason:
            return self
        other = self.copy()
        other.dtype = "float64"
        other._put({name: one.astype(np.float64) for name, one in self._live().items()})
        return other

    @property
    def parameters(self) -> dict[str, Array]:
        """Copies of the parameters by name."""
        return {name: one.copy() for name, one in self._live().items()}

    def with_parameters(self, values: Mapping[str, Array]) -> NumpyTarget:
        """A copy with these parameters, the others kept."""
        other = self.copy()
        other._put(values)
        return other

    def _put(self, values: Mapping[str, Array]) -> None:
        """Set parameters: in the dict, or where attributes are that array, else into the array."""
        live, held = self._live(), getattr(self.layer, "parameters", None)
        for name, value in values.items():
            if name not in live:
                raise UsageError(f"no parameter {name!r}; there are {short(list(live))}")
            if np.shape(value) != live[name].shape:
                raise UsageError(f"parameter {name} has the shape {live[name].shape}, not {np.shape(value)}")
            holders: list[Any] = [
                one for one in (held, getattr(self.layer, "__dict__", None)) if isinstance(one, dict)
            ]
            for holder in holders:
                for key in [key for key, one in holder.items() if one is live[name]]:
                    holder[key] = np.array(value)
            if not np.array_equal(self._live()[name], value):
                live[name][...] = value
            if not np.array_equal(self._live()[name], value):
                raise TargetError(
                    f"parameter {name} of {self.name} cannot be set; let parameters hold the arrays in use"
                )

    def random(self, seed: int) -> NumpyTarget:
        """A copy with new parameters."""
        return self.with_parameters(
            {name: fill.weights(seed, name, one).astype(one.dtype) for name, one in self._live().items()}
        )

    def initialised(self, initialise: Initialise, seed: int) -> NumpyTarget:
        """A copy that was initialised by the user."""

        def draw(name: str, like: Any) -> Any:
            given = self._output(like)
            return self._input(fill.weights(seed, name, given).astype(given.dtype))

        other = self.copy()
        layer = initialise(other.layer, draw)
        other.layer = other.layer if layer is None else layer
        return other

    def perturbed(self, seed: int, *, constants: bool) -> NumpyTarget:
        """A copy with parameters moved by one unit of their type, attributes stored as float32 by one of float32."""
        live = {name: one for name, one in self._live().items() if one.dtype.kind == "f"}
        other = self.with_parameters(
            {name: fill.moved(seed, name, one, one.dtype) for name, one in live.items()}
        )
        attributes = getattr(other.layer, "__dict__", {}) if constants else {}
        moving = {id(one) for one in other._live().values()}
        for key, one in attributes.items():
            if isinstance(one, np.ndarray) and one.dtype == np.float32 and id(one) not in moving:
                wide = fill.moved(seed, key, one.astype(np.float64), np.dtype("float32"))
                attributes[key] = wide.astype(np.float32)
        return other

    # ---- what a run is made of

    def traced(self, *arrays: Array) -> Trace:
        """One run, watched operation by operation."""
        ledger = Ledger()
        try:
            outputs = self._watched(arrays, ledger)
        except TargetError as error:  # it may only object to arrays that are watched
            outputs = self(*arrays)
            ledger.unwatched(error)
        return ledger.trace(outputs)

    def _watched(self, arrays: Sequence[Array], ledger: Ledger) -> Arrays:
        return self._call(arrays, lambda inputs: numpy_trace.watched(self.layer, inputs, ledger))

    def noisy(self, seed: int, *arrays: Array) -> Arrays | None:
        """The outputs where every operation that is watched rounds otherwise."""
        ledger = Ledger(noise=count(seed << 32))
        try:
            outputs = self._watched(arrays, ledger)
        except TargetError:  # it may only object to arrays that are watched
            return None
        return None if ledger.unknowns else outputs

    def lattice(self, bits: int, *arrays: Array) -> Arrays:
        """The outputs in float64 with rounded operands."""
        ledger = Ledger(bits)
        outputs = self.wide()._watched(arrays, ledger)
        if ledger.beyond:
            raise ExactnessError(f"{self.name} has no run on multiples of 2^-{bits}: {ledger.beyond}")
        return outputs
