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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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


def is_float(value: Any) -> bool:
    """Whether it is a tensor of floating-point numbers."""
    return isinstance(value, torch.Tensor) and value.is_floating_point()


def numbers(value: Any) -> NDArray[Any]:
    """A tensor or number as float64; none as no numbers."""
    if value is None:
        return np.zeros(0)
    if isinstance(value, torch.Tensor):
        array: NDArray[Any] = value.detach().to("cpu", torch.float64).numpy()
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
        name = _name(operation)
        self.ledger.use(name)
        args, kwargs = _positional(operation, args, kwargs or {})
        result = self._rule(name, operation, args)(name, operation, args, kwargs)
        self._types(name, args, result)
        return result

    def _rule(self, name: str, operation: Any, args: Sequence[Any]) -> Callable[..., Any]:
        leaves = [one for one in tree_leaves(args) if isinstance(one, torch.Tensor)]
        moves = name in EXACT or getattr(operation, "is_view", False)
        if any(one.is_complex() for one in leaves) and not moves:
            return self._unknown
        if operation.namespace == "aten" and moves:
            return self._exact
        if name in SUMS or name in POINTWISE_SUMS or name in MEANS or name in ROUNDED:
            return self._pointwise if name in ROUNDED else self._polynomial
        return self._unknown

    def _exact(self, name: str, operation: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if name in ("copy", "_to_copy"):
            return self._conversion(name, operation, args, kwargs)
        if name == "index_put" and len(args) > 3 and args[3]:
            return self._sum(name, ((0,), (2,)), operation, args, kwargs)
        if name == "scatter" and kwargs.get("reduce"):
            return self._unknown(name, operation, args, kwargs)
        return operation(*args, **kwargs)

    def _conversion(self, name: str, operation: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Copying into another type rounds where the type is shorter."""
        source = args[1] if name == "copy" else args[0]
        before = numbers(source)
        result = operation(*args, **kwargs)
        if is_float(result) and not np.array_equal(
            np.broadcast_to(before, result.shape), numbers(result), equal_nan=True
        ):
            self.ledger.rounded(f"conversion to {_type(result)} rounds")
        return result

    def _unknown(self, name: str, operation: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        result = operation(*args, **kwargs)
        if any(
            isinstance(one, torch.Tensor) and not _is_whole(one)
            for one in tree_leaves((args, kwargs, result))
        ):
            self.ledger.unknown(name)
        return result

    def _polynomial(self, name: str, operation: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if name in MEANS:
            return self._mean(name, operation, args, kwargs)
        return self._sum(name, (SUMS.get(name) or POINTWISE_SUMS[name]), operation, args, kwargs)

    def _sum(
        self,
        name: str,
        monomials: Monomials,
        operation: Any,
        args: list[Any],
        kwargs: dict[str, Any],
        terms: int = 1,
    ) -> Any:
        """A polynomial over a number of terms: operands rounded on a lattice, its bound, its result by float64's."""
        if not any(is_float(one) for one in args):
            return operation(*args, **kwargs)
        monomials = tuple(one for one in monomials if all(i < len(args) and args[i] is not None for i in one))
        short, on_lattice = name in POINTWISE_SUMS or name == "pow", self.ledger.bits is not None
        if on_lattice and short and not has_products(monomials):
            monomials = tuple(one for one in monomials if not _is_single(args[one[0]]))
        args, kwargs = self._on_lattice(monomials, operation, args, kwargs)
        if on_lattice and short and has_products(monomials):
            return self._rounded(operation(*args, **kwargs))
        absolute = self._absolute(short, monomials, operation, args, kwargs)
        scalars = sum(min(0, unit(numbers(kwargs[key]))) for key in SCALARS if key in kwargs)
        units = [product_unit([unit(numbers(args[i])) for i in one]) + scalars for one in monomials]
        self.ledger.total(name, units, terms * absolute)
        expected = self._in_float64(operation, args, kwargs)
        result = operation(*args, **kwargs)
        if expected is not None and not np.array_equal(numbers(expected), numbers(result), equal_nan=True):
            self.ledger.rounded(f"{name} rounds in {_type(result)}")
        return result

    def _on_lattice(
        self, monomials: Monomials, operation: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> Any:
        if self.ledger.bits is None:
            return args, kwargs
        args = list(args)
        for i, bits in rounding_places(monomials, self.ledger.bits).items():
            args[i] = _replaced(operation, i, args[i], quantised(args[i], bits))
        return args, {
            key: quantised(v, self.ledger.bits) if key in SCALARS else v for key, v in kwargs.items()
        }

    def _absolute(
        self, short: bool, monomials: Monomials, operation: Any, args: list[Any], kwargs: Any
    ) -> float:
        """The largest sum of the absolute values of the terms."""
        if short:
            scale = math.prod(max(1.0, abs(float(kwargs[key]))) for key in SCALARS if key in kwargs)
            mask = math.inf if self.ledger.bits is None else MASK
            return scale * sum(math.prod(largest(numbers(args[i]), mask) for i in one) for one in monomials)
        used = {i for one in monomials for i in one}
        sizes = [_absolute(one) if i in used else one for i, one in enumerate(args)]
        scalars = {
            key: abs(one) if key in SCALARS else _absolute(one) for key, one in _in_wide(kwargs).items()
        }
        return largest(numbers(operation(*sizes, **scalars)))

    def _in_float64(self, operation: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """The result in float64, None if the operands are so already."""
        if not any(is_float(one) and one.dtype != torch.float64 for one in args):
            return None
        return operation(*tree_map(_widened, args), **_in_wide(kwargs))

    def _mean(self, name: str, operation: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        terms, fixed = _terms(name, args)
        if not fixed or not is_power_of_two(np.asarray(terms)):
            self.ledger.rounded(f"{name} of {terms if fixed else 'a varying number of'} terms rounds")
        return self._rounded(self._sum(name, ((0,),), operation, args, kwargs, terms))

    def _pointwise(self, name: str, operation: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
        whole = (
            WHOLE_POWERS if self.ledger.bits is None else WHOLE_POWERS[:1]
        )  # a cube has three times the bits
        if name == "pow" and isinstance(args[1], int | float) and args[1] in whole:
            return self._sum("pow", ((0,) * int(args[1]),), operation, args, kwargs)
        if not self._divides_exactly(name, args, kwargs):
            self.ledger.rounded(f"{name} rounds")
        return self._rounded(operation(*args, **kwargs))

    def _divides_exactly(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> bool:
        if name == "div" and kwargs.get("rounding_mode") is None:
            return is_power_of_two(numbers(args[1]))
        return name == "reciprocal" and is_power_of_two(numbers(args[0]))

    def _rounded(self, result: Any) -> Any:
        """The results on the lattice, in place where they are an operand."""
        if self.ledger.bits is not None:
            for one in tree_leaves(result):
                if is_float(one) and one.numel():
                    one.copy_(quantised(one, self.ledger.bits))
        return result

    def _types(self, name: str, args: Sequence[Any], result: Any) -> None:
        """On a lattice everything must be float64."""
        if self.ledger.bits is not None:
            for one in tree_leaves(result):
                if (
                    is_float(one)
                    and one.dtype != torch.float64
                    and any(is_float(a) for a in tree_leaves(args))
                ):
                    self.ledger.leaves(f"{name} computes in {_type(one)}")


def _type(tensor: Any) -> str:
    return str(tensor.dtype).removeprefix("torch.")


def _is_whole(tensor: Any) -> bool:
    return not (tensor.is_floating_point() or tensor.is_complex())


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


def _replaced(operation: Any, place: int, value: Any, rounded: Any) -> Any:
    """The rounded operand; written into the given one where the operation changes that in place."""
    info = operation._schema.arguments[place].alias_info
    if info is None or not info.is_write:
        return rounded
    value.copy_(rounded)
    return value


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
