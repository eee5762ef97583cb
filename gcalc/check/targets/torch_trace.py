# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
"""A torch run watched operation by operation: is it exact, and what gives it on a lattice?

Main definitions
    Watch: the dispatch mode; writes into a `Ledger`, and rounds where that has a lattice.
    watching: the same with fused attention switched off, so that it is made of known operations.

Implementation notes
    What is rounded must not depend on the data, else a translated input would be treated otherwise. In sums of products
    every factor is rounded to 2^-s, what is added to them to 2^-2s, where they lie. In other sums every term is rounded
    to 2^-s, but for single numbers: ε in a denominator must not vanish. Results of products of two arrays, entry by
    entry, and of functions that are no polynomials are rounded to 2^-s: they depend on one entry of each operand, so
    that no order of terms shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

from gcalc.check.targets.ledger import (
    MASK,
    Ledger,
    Monomials,
    has_products,
    is_power_of_two,
    largest,
    product_unit,
    rounding_places,
    unit,
)
from gcalc.check.targets.torch_operations import EXACT, MEANS, POINTWISE_SUMS, ROUNDED, SUMS

__all__ = ["Watch", "watching"]

SCALARS = ("alpha", "beta", "value")
WHOLE_POWERS = (2, 3)
"""Exponents with which pow is a product; on a lattice a cube would have three times the bits."""


def is_float(value: Any) -> bool:
    """Whether it is a tensor of floating-point numbers."""
    return isinstance(value, torch.Tensor) and value.is_floating_point()


def numbers(value: Any) -> NDArray[Any]:
    """A tensor or number as float64, or complex; none as no numbers."""
    if value is None:
        return np.zeros(0)
    if isinstance(value, torch.Tensor):
        kind = torch.complex128 if value.is_complex() else torch.float64
        array: NDArray[Any] = value.detach().to("cpu", kind).resolve_conj().resolve_neg().numpy()
        return array
    return np.asarray(value, dtype=np.float64)


def quantised(value: Any, bits: int) -> Any:
    """A floating-point tensor or number rounded to multiples of 2^-bits; anything else as it is."""
    if is_float(value):
        return (value * 2.0**bits).round() / 2.0**bits
    return (
        round(value * 2.0**bits) / 2.0**bits if isinstance(value, float) and math.isfinite(value) else value
    )


def _name(operation: Any) -> str:
    """The name in the tables: of the packet, without the mark of an operation in place."""
    name = str(operation._schema.name).removeprefix("aten::")
    return name.removesuffix("_") if operation._schema.is_mutable and not name.startswith("__") else name


def _positional(
    operation: Any, args: Sequence[Any], kwargs: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """All arguments that may be given by position, defaults filled in, and those that may not."""
    rest = dict(kwargs)
    full = list(args)
    for argument in operation._schema.arguments[len(args) :]:
        if argument.kwarg_only:
            break
        full.append(rest.pop(argument.name, argument.default_value))
    return full, rest


@dataclass
class _Call:
    """One operation with its arguments: by position with the defaults filled in, and by name."""

    name: str
    operation: Any
    args: list[Any]
    kwargs: dict[str, Any]

    def run(self) -> Any:
        """The result."""
        return self.operation(*self.args, **self.kwargs)

    @property
    def short(self) -> bool:
        """Whether each entry of the result depends on one entry of each operand."""
        return self.name in POINTWISE_SUMS or self.name == "pow"

    @property
    def factors(self) -> list[Any]:
        """The numbers that scale terms."""
        return [self.kwargs[key] for key in SCALARS if key in self.kwargs]


class Watch(TorchDispatchMode):
    """Watches every operation of a run and writes into the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self.ledger = ledger

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Compiled layers are not watched; and to skip dynamo torch would import it, which takes a second."""
        return False

    def __torch_dispatch__(
        self, operation: Any, types: Any, args: Sequence[Any] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run one operation, and note what it does to exactness."""
        call = _Call(_name(operation), operation, *_positional(operation, args, kwargs or {}))
        self.ledger.use(call.name)
        result = self._rule(call)(call)
        self._note_types(call, result)
        return result

    def _rule(self, call: _Call) -> Callable[[_Call], Any]:
        leaves = [one for one in tree_leaves(call.args) if isinstance(one, torch.Tensor)]
        moves = call.name in EXACT or getattr(call.operation, "is_view", False)
        if any(one.is_complex() for one in leaves) and not moves:
            return self._unknown
        if call.operation.namespace == "aten" and moves:
            return self._exact
        rules = (
            (SUMS, self._polynomial),
            (POINTWISE_SUMS, self._polynomial),
            (MEANS, self._mean),
            (ROUNDED, self._function),
        )
        return next((rule for names, rule in rules if call.name in names), self._unknown)

    def _note_types(self, call: _Call, result: Any) -> None:
        """On a lattice everything must be float64."""
        if self.ledger.bits is not None and any(is_float(one) for one in tree_leaves(call.args)):
            for one in tree_leaves(result):
                if is_float(one) and one.dtype != torch.float64:
                    self.ledger.leaves(f"{call.name} computes in {_type(one)}")

    # ---- what is no sum

    def _exact(self, call: _Call) -> Any:
        if call.name in ("copy", "_to_copy"):
            return self._conversion(call)
        if call.name == "index_put" and len(call.args) > 3 and call.args[3]:
            return self._sum(call, ((0,), (2,)))
        return self._unknown(call) if call.kwargs.get("reduce") else call.run()

    def _conversion(self, call: _Call) -> Any:
        """Copying into another type rounds where the type is shorter."""
        before = numbers(call.args[1] if call.name == "copy" else call.args[0])
        result = call.run()
        same = np.array_equal(np.broadcast_to(before, result.shape), numbers(result), equal_nan=True)
        if is_float(result) and not same:
            self.ledger.rounded(f"conversion to {_type(result)} rounds")
        return result

    def _unknown(self, call: _Call) -> Any:
        result = call.run()
        tensors = [
            one for one in tree_leaves((call.args, call.kwargs, result)) if isinstance(one, torch.Tensor)
        ]
        if any(one.is_floating_point() or one.is_complex() for one in tensors):
            self.ledger.unknown(call.name)
        return result

    def _function(self, call: _Call) -> Any:
        whole = WHOLE_POWERS if self.ledger.bits is None else WHOLE_POWERS[:1]
        if call.name == "pow" and isinstance(call.args[1], int | float) and call.args[1] in whole:
            return self._sum(call, ((0,) * int(call.args[1]),))
        if not _divides_exactly(call):
            self.ledger.rounded(f"{call.name} rounds")
        return self._rounded(call.run())

    def _rounded(self, result: Any) -> Any:
        """The results on the lattice, in place where they are an operand."""
        if self.ledger.bits is not None:
            for one in tree_leaves(result):
                if is_float(one) and one.numel():
                    one.copy_(quantised(one, self.ledger.bits))
        return result

    # ---- sums

    def _polynomial(self, call: _Call) -> Any:
        return self._sum(call, SUMS.get(call.name) or POINTWISE_SUMS[call.name])

    def _mean(self, call: _Call) -> Any:
        terms, fixed = _terms(call.name, call.args)
        if not fixed or not is_power_of_two(np.asarray(terms)):
            self.ledger.rounded(f"{call.name} of {terms if fixed else 'a varying number of'} terms rounds")
        return self._rounded(self._sum(call, ((0,),), terms))

    def _sum(self, call: _Call, monomials: Monomials, terms: int = 1) -> Any:
        """A polynomial over a number of terms: operands rounded on a lattice, its bound, its result by float64's."""
        if not any(is_float(one) for one in call.args):
            return call.run()
        monomials = self._counted(call, monomials)
        places = {} if self.ledger.bits is None else rounding_places(monomials, self.ledger.bits)
        self._put_on_lattice(call, places)
        if places and call.short and has_products(monomials):
            return self._rounded(call.run())
        self._note_bound(call, monomials, places, terms)
        return self._compared(call)

    def _counted(self, call: _Call, monomials: Monomials) -> Monomials:
        """The monomials that are there; on a lattice without the single numbers that are added."""
        monomials = tuple(
            m for m in monomials if all(i < len(call.args) and call.args[i] is not None for i in m)
        )
        if self.ledger.bits is None or not call.short or has_products(monomials):
            return monomials
        return tuple(one for one in monomials if not _is_single(call.args[one[0]]))

    def _put_on_lattice(self, call: _Call, places: Mapping[int, int]) -> None:
        """Round operands; in place where the operation writes into them."""
        for i, bits in places.items():
            info, rounded = call.operation._schema.arguments[i].alias_info, quantised(call.args[i], bits)
            if info is not None and info.is_write:
                call.args[i].copy_(rounded)
            else:
                call.args[i] = rounded
        if self.ledger.bits is not None:
            scaled = {
                key: quantised(call.kwargs[key], self.ledger.bits) for key in SCALARS if key in call.kwargs
            }
            call.kwargs = call.kwargs | scaled

    def _note_bound(self, call: _Call, monomials: Monomials, places: Mapping[int, int], terms: int) -> None:
        absolute = terms * self._absolute(call, monomials)
        if not call.factors and self.ledger.certainly_exact(places, monomials, absolute):
            return
        scale = sum(min(0, unit(numbers(one))) for one in call.factors)
        units = [product_unit([unit(numbers(call.args[i])) for i in one]) + scale for one in monomials]
        self.ledger.total(call.name, units, absolute)

    def _absolute(self, call: _Call, monomials: Monomials) -> float:
        """The largest sum of the absolute values of the terms."""
        if call.short:
            scale = math.prod(max(1.0, abs(float(one))) for one in call.factors)
            mask = math.inf if self.ledger.bits is None else MASK
            return scale * sum(
                math.prod(largest(numbers(call.args[i]), mask) for i in one) for one in monomials
            )
        used = {i for one in monomials for i in one}
        sizes = [_absolute(one) if i in used else one for i, one in enumerate(call.args)]
        named = {
            key: abs(one) if key in SCALARS else _absolute(one) for key, one in _in_wide(call.kwargs).items()
        }
        return largest(numbers(call.operation(*sizes, **named)))

    def _compared(self, call: _Call) -> Any:
        """The result; if operands are shorter than float64, noted where float64's is another."""
        expected = None
        if any(is_float(one) and one.dtype != torch.float64 for one in call.args):
            expected = call.operation(*tree_map(_widened, call.args), **_in_wide(call.kwargs))
        result = call.run()
        if expected is not None and not np.array_equal(numbers(expected), numbers(result), equal_nan=True):
            self.ledger.rounded(f"{call.name} rounds in {_type(result)}")
        return result


def _divides_exactly(call: _Call) -> bool:
    if call.name == "div" and call.kwargs.get("rounding_mode") is None:
        return is_power_of_two(numbers(call.args[1]))
    return call.name == "reciprocal" and is_power_of_two(numbers(call.args[0]))


def _type(tensor: Any) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _is_single(value: Any) -> bool:
    """Whether it is one number."""
    return not isinstance(value, torch.Tensor) or value.ndim == 0


def _absolute(value: Any) -> Any:
    if is_float(value):
        return value.detach().to(torch.float64).abs()
    return value.abs() if isinstance(value, torch.Tensor) and value.dtype != torch.bool else value


def _widened(value: Any) -> Any:
    return value.detach().to(torch.float64) if is_float(value) else value


def _in_wide(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments given by name, for a run in float64."""
    wide = {key: _widened(one) for key, one in kwargs.items()}
    if isinstance(wide.get("dtype"), torch.dtype):
        wide["dtype"] = torch.float64
    return wide


def _terms(name: str, args: Sequence[Any]) -> tuple[int, bool]:
    """Of how many numbers each is the mean, at most, and whether of so many everywhere."""
    if name == "mean":
        axes = args[1] if len(args) > 1 and not isinstance(args[1], torch.dtype) else None
        axes = [axes] if isinstance(axes, int) else axes
        return (math.prod(args[0].shape[i] for i in axes) if axes else args[0].numel()), True
    sizes = [args[1]] if isinstance(args[1], int) else list(args[1])
    if "adaptive" in name:
        pairs = list(zip(args[0].shape[-len(sizes) :], sizes, strict=True))
        return math.prod(-(-n // m) + 1 if n % m else n // m for n, m in pairs), not any(
            n % m for n, m in pairs
        )
    return _pooled(sizes, int(name[-2]), *args[3:])


def _pooled(
    kernel: Sequence[int],
    axes: int,
    padding: Any,
    ceil_mode: bool,
    count_padding: bool,
    divisor: int | None = None,
) -> tuple[int, bool]:
    size = math.prod(kernel if len(kernel) == axes else list(kernel) * axes)
    if divisor:
        return max(size, divisor), size == divisor
    padded = any(padding) if isinstance(padding, list | tuple) else bool(padding)
    return size, not ceil_mode and (not padded or count_padding)


@contextmanager
def watching(ledger: Ledger) -> Iterator[None]:
    """Within it every operation is watched, and attention is made of products and softmax."""
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        with sdpa_kernel(SDPBackend.MATH), Watch(ledger):
            yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)
