"""What a layer under test must offer, whatever it is written in: arrays in, arrays out, and copies of itself.

Main definitions
    Target: a layer's own copy, called on NumPy arrays.
    Trace, Stage: what a run was made of, and what its submodules returned.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NoReturn, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gcalc.check.targets.blame import place, theirs
from gcalc.errors import TargetError, short

__all__ = [
    "Arrays",
    "Draw",
    "Gradients",
    "Initialise",
    "Stage",
    "Target",
    "Trace",
    "named_leaves",
    "numbers",
    "refuse",
]

Array: TypeAlias = NDArray[Any]
Arrays: TypeAlias = tuple[Array, ...]
Gradients: TypeAlias = tuple[dict[str, Array], dict[str, Array]]
Draw: TypeAlias = Callable[[str, Any], Any]
"""``draw(name, like)``: the values of `gcalc.check.fill` for a parameter of that name, an array of the kind of like."""
Initialise: TypeAlias = Callable[[Any, Draw], Any]


@dataclass(frozen=True)
class Trace:
    """A run's outputs, and what it was made of.

    exact: nothing was rounded: every operation is known, and every sum has dyadic terms within the type's exact range.
    why: the first reason why not, None if exact. unknown: operations that no table knows. operations: all, in order of
    their first use.
    """

    outputs: Arrays
    exact: bool
    why: str | None
    unknown: tuple[str, ...]
    operations: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """What one submodule took and returned: its name ("layers.2"), its kind ("BatchNorm2d"), its arrays."""

    name: str
    kind: str
    inputs: Arrays
    outputs: Arrays


class Target(ABC):
    """A layer under test: a copy of the user's, in evaluation mode, called on NumPy arrays without gradients.

    framework: "torch". name: "Lift". dtype: of the floating-point arrays it takes, "float32". output_names: after a
    call, "0", "1", … or the keys. changed_input: whether any call changed its input in place. wide_reason: why `wide`
    could not make it float64, found at its first call; then it runs in its own type. Floating-point inputs are
    converted to dtype; integer and boolean ones stay as they are.
    """

    framework: str
    name: str
    dtype: str
    wide_reason: str | None = None
    output_names: tuple[str, ...] = ()
    changed_input: bool = False

    @abstractmethod
    def __call__(self, *arrays: Array) -> Arrays:
        """The outputs, flattened. Raises TargetError where the layer raises, or returns what is no array."""

    @abstractmethod
    def copy(self) -> Target:
        """A deep copy."""

    @abstractmethod
    def wide(self) -> Target:
        """A float64 copy; itself if it is one."""

    @property
    @abstractmethod
    def parameters(self) -> dict[str, Array]:
        """Copies of the trainable parameters by name."""

    @abstractmethod
    def with_parameters(self, values: Mapping[str, Array]) -> Target:
        """A copy with these parameters, the others kept. Raises UsageError for an unknown name or another shape."""

    @abstractmethod
    def random(self, seed: int) -> Target:
        """A copy with parameters and running statistics of `gcalc.check.fill`."""

    @abstractmethod
    def initialised(self, initialise: Initialise, seed: int) -> Target:
        """A copy whose own object was given to ``initialise(object, draw)``, and is what that returns, if anything."""

    @abstractmethod
    def perturbed(self, seed: int, *, constants: bool) -> Target:
        """A copy whose parameters are moved by one unit in the last place.

        constants: also what is stored as float32 and is no parameter, by one unit of float32.
        """

    @abstractmethod
    def traced(self, *arrays: Array) -> Trace:
        """One run and what it was made of."""

    @abstractmethod
    def lattice(self, bits: int, *arrays: Array) -> Arrays:
        """The outputs in float64, operands of sums and results of non-polynomial functions rounded to 2^-bits.

        Raises ExactnessError where an operation is unknown or a value leaves float64's exact range.
        """

    def noisy(self, seed: int, *arrays: Array) -> Arrays | None:
        """The outputs where the result of every operation is one unit in the last place off; None where impossible."""
        return None

    def training(self, *arrays: Array) -> Arrays | None:
        """One call of a copy in training mode; None where there is no such mode."""
        return None

    def vjp(self, arrays: Sequence[Array], cotangents: Sequence[Array]) -> Gradients | None:
        """The cotangents pulled back, to the inputs "0", "1", … and to the parameters by name; None where impossible.

        The gradient of a parameter that the outputs do not depend on is 0.
        """
        return None

    def jvp(
        self, arrays: Sequence[Array], tangents: Sequence[Array], of: Mapping[str, Array] | None = None
    ) -> Arrays | None:
        """The tangents of the inputs, and of parameters by name, pushed forward; None without forward mode."""
        return None

    def part(self, name: str) -> Target | None:
        """A submodule by itself; None where there are none."""
        return None

    def stages(self, *arrays: Array) -> list[Stage]:
        """What every submodule returned, in order of completion; empty where there are none."""
        return []


def refuse(name: str, error: BaseException, arrays: Sequence[Array]) -> NoReturn:
    """Raise the one line that tells what a layer raised and on what input."""
    first = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    given = ", ".join(map(_shown, arrays)) or "nothing"
    kind = type(error).__name__
    told = f"{name} raised {kind}{': ' if first else ''}{first}{place(error)} on input {given}"
    raise TargetError(told) from error.with_traceback(theirs(error))


def _shown(array: Array) -> str:
    """Type, shape and range."""
    numbers = array.dtype.kind in "iuf" and array.size
    return f"{array.dtype} {array.shape}" + (f" from {array.min():g} to {array.max():g}" if numbers else "")


def _children(value: Any) -> Iterator[tuple[str, Any]] | None:
    if isinstance(value, Mapping):
        return ((str(key), one) for key, one in value.items())
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return iter(zip(value._fields, value, strict=True))
    if isinstance(value, list | tuple):
        return ((str(i), one) for i, one in enumerate(value))
    if is_dataclass(value) and not isinstance(value, type):
        return ((one.name, getattr(value, one.name)) for one in fields(value))
    return None


def numbers(array: Any) -> Array:
    """A fresh array; of truth values 0 and 1."""
    found = np.array(array)
    return found.astype(np.int64) if found.dtype == np.bool_ else found


def named_leaves(
    value: Any, is_leaf: Callable[[Any], bool], layer: str, name: str = "", *, kind: str = "arrays"
) -> list[tuple[str, Any]]:
    """The arrays in what a layer returned, with their places: "0" for a single one, "attention.1" for a nested one.

    Tuples, lists, mappings and dataclasses are opened, None is left out, numbers are leaves.

    Raises:
        TargetError: something else, or nothing.
    """
    if is_leaf(value) or isinstance(value, int | float | complex | np.generic):
        return [(name or "0", value)]
    children = None if value is None else _children(value)
    if children is None and value is not None:
        raise TargetError(f"{layer} returned {short(value)} ({type(value).__name__}); it must return {kind}")
    found = [
        leaf
        for key, child in children or ()
        for leaf in named_leaves(child, is_leaf, layer, f"{name}.{key}" if name else key, kind=kind)
        if child is not None
    ]
    if not found and not name:
        raise TargetError(f"{layer} returned {short(value)}; it must return {kind}")
    return found
