"""The fast path as an implementation under test: `gcalc.fast` on the arrays of each namespace, as backends.

Main definitions
    Namespace: a library of arrays, and how NumPy's arrays become its own and come back.
    fast_backends: "fast.numpy", "fast.torch", "fast.strict" (array-api-strict) and "fast.cupy".

Implementation notes
    Verify's own arrays are NumPy's. An operator of a backend takes them to its namespace, calls `gcalc.fast` there,
    refuses a result of another library, and takes the result back. A library is imported when an operator is first
    called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from gcalc.errors import TargetError, UnsupportedError
from gcalc.fast.cuda.device import missing as missing_device
from gcalc.interpret.model import Array
from gcalc.verify.backends import OPERATORS, Backend

__all__ = ["NAMESPACES", "Namespace", "called", "fast_backends"]

FURTHER = ("pool_gradient", "coset_pool_gradient")
"""Operators that no law names, which are only compared with the reference."""


@dataclass(frozen=True)
class Namespace:
    """A library whose arrays `gcalc.fast` takes.

    module: its name for import. extra: of gcalc, which installs it. device: where its arrays are put.
    """

    name: str
    module: str
    extra: str
    device: str = "cpu"

    @property
    def missing(self) -> str | None:
        """Why nothing can be read with it here; None where it can."""
        if find_spec(self.module) is None:
            return f"{self.module} is not installed: pip install 'gcalc[{self.extra}]'"
        return missing_device() if self.device == "cuda" else None

    def given(self, array: Array) -> Any:
        """NumPy's array as one of the namespace, on the device.

        Raises:
            UnsupportedError: it holds generators, which only `gcalc.reference` takes.
        """
        if array.dtype == object:
            raise UnsupportedError(
                "polynomial generators are needed, and gcalc.fast takes a machine's numbers only"
            )
        if self.name == "numpy":
            return array
        xp = import_module(self.module)
        if self.name == "torch":
            return xp.from_numpy(np.array(array))
        return xp.asarray(array)

    def taken(self, result: Any, operator: str) -> Array:
        """A result as NumPy's array.

        Raises:
            TargetError: it is of another library.
        """
        root = type(result).__module__.partition(".")[0]
        if root != self.module:
            raise TargetError(f"{operator} gave {root}'s array for {self.module}'s; give what was taken")
        if self.name == "torch":
            return np.asarray(result.detach().cpu().numpy())
        if self.name == "cupy":
            return np.asarray(result.get())
        return np.from_dlpack(result) if self.name == "strict" else np.asarray(result)


NAMESPACES = {
    n.name: n
    for n in (
        Namespace("numpy", "numpy", "test"),
        Namespace("torch", "torch", "torch"),
        Namespace("strict", "array_api_strict", "test"),
        Namespace("cupy", "cupy", "gpu", "cuda"),
    )
}


def fast_backends() -> tuple[Backend, ...]:
    """`gcalc.fast` on each namespace."""
    return tuple(
        Backend(
            f"fast.{space.name}",
            {name: called(name, space) for name in (*OPERATORS, *FURTHER)}
            | {"layer": layer(space), "Cases": cases(space)},
            conditional=True,
            missing=space.missing,
            device=space.device,
        )
        for space in NAMESPACES.values()
    )


def called(operator: str, space: Namespace, **options: Any) -> Callable[..., Array]:
    """An operator of `gcalc.fast`, with these options, on arrays of the namespace."""

    def call(on: Any, *arguments: Any, **told: Any) -> Array:
        function = getattr(import_module("gcalc.fast"), operator)
        given = [space.given(_machine(a)) if isinstance(a, np.ndarray) else a for a in arguments]
        return space.taken(function(on, *given, **told, **options), f"gcalc.fast.{operator}")

    return call


def layer(space: Namespace) -> Callable[..., Array]:
    """The output and both gradients of one plan, one after the other, after it has computed something else."""

    def call(X: Any, f: Array, psi: Array, d: Array, **options: Any) -> Array:
        plan = import_module("gcalc.fast.plan").Plan(X, **options)
        f, psi, d = (space.given(a) for a in (f, psi, d))
        plan.forward(-f, psi)
        plan.backward(d)
        parts = (plan.forward(f, psi), *plan.backward(d))
        plan.backward(-d)
        plan.forward(-f, psi)  # none of which may change what was given before
        return np.concatenate([space.taken(part, "gcalc.fast.plan").ravel() for part in parts])

    return call


def cases(space: Namespace) -> Callable[..., Array]:
    """An operator of `gcalc.fast.Cases` on a group."""

    def call(G: Any, operator: str, *arrays: Array, **options: Any) -> Array:
        of = getattr(import_module("gcalc.fast").Cases(G), operator)
        return space.taken(of(*map(space.given, arrays), **options), f"gcalc.fast.Cases.{operator}")

    return call


def _machine(array: Array) -> Array:
    """Python integers as int64, where they all fit: a solution of hypotheses is made of them."""
    if array.dtype != object or not all(
        type(value) is int and -(2**63) <= value < 2**63 for value in array.flat
    ):
        return array
    return array.astype(np.int64)
