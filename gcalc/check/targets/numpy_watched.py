"""Arrays that note every operation they take part in, and round where the run is on a lattice.

Main definitions
    Watched: such an array.
    plain, watch: from and to it.

Implementation notes
    `Watched` is a subclass of ndarray whose ufuncs and array functions come here, as do the methods that would bypass
    both. What is rounded, and why, is told in `gcalc.check.targets.torch_trace`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from gcalc.check import fill
from gcalc.check.targets.ledger import (
    MASK,
    Ledger,
    Monomials,
    has_products,
    is_power_of_two,
    largest,
    product_unit,
    quantise,
    rounding_places,
    unit,
)
from gcalc.check.targets.numpy_operations import (
    EXACT,
    EXACT_PADDING,
    EXACT_UFUNCS,
    LONG_UFUNCS,
    MEANS,
    ROUNDED,
    SUMS,
    UFUNC_SUMS,
)

__all__ = ["Watched", "is_float", "plain", "watch"]

_BYPASSING = """
all any argmax argmin argsort choose clip compress cumprod cumsum dot max mean min nonzero prod repeat round
searchsorted std sum take trace var
"""
BYPASSING = tuple(_BYPASSING.split())
"""Methods of ndarray that reach neither protocol, or only in part, and have a function of their name."""

Call = Callable[[Sequence[Any]], Any]


def plain(value: Any) -> Any:
    """The same without watching, inside of lists, tuples and dicts too."""
    if isinstance(value, Watched):
        return value.view(np.ndarray)
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(plain(one) for one in value)
    return {key: plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def watch(value: Any, ledger: Ledger) -> Any:
    """The same, with floating-point arrays and numbers watched."""
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(watch(one, ledger) for one in value)
    if is_float(value):
        found = np.asarray(value).view(Watched)
        found.ledger = ledger
        return found
    return value


def is_float(value: Any) -> bool:
    """Whether it is an array or number of NumPy's of floating-point or complex type."""
    return isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "fc"


class Watched(np.ndarray[Any, Any]):
    """An array that notes the operations it takes part in."""

    ledger: Ledger

    def __array_finalize__(self, source: Any) -> None:
        """Views belong to the same run."""
        if isinstance(source, Watched):
            self.ledger = source.ledger

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        """Run a ufunc, or a method of one such as reduce."""
        with self.ledger.unobserved():
            return _Operation(self.ledger, ufunc.__name__, kwargs).ufunc(ufunc, method, inputs)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Run a function of arrays."""
        with self.ledger.unobserved():
            return _Operation(self.ledger, function.__name__, kwargs).function(function, args)

    def __getitem__(self, key: Any) -> Any:
        """Single numbers are watched, too."""
        return watch(self.view(np.ndarray)[plain(key)], self.ledger)

    def __iter__(self) -> Iterator[Any]:
        """Single numbers are watched, too."""
        return (self[i] for i in range(len(self)))

    def __setitem__(self, key: Any, value: Any) -> None:
        """Writing into a shorter type may round."""
        key, value = plain(key), plain(value)
        place = self.view(np.ndarray)
        place[key] = value
        if not np.array_equal(
            place[key], np.broadcast_to(value, place[key].shape), equal_nan=is_float(place)
        ):
            self.ledger.rounded(f"conversion to {self.dtype} rounds")

    def astype(self, dtype: Any, *args: Any, **kwargs: Any) -> Any:
        """Conversion into a shorter type may round."""
        found = self.view(np.ndarray).astype(dtype, *args, **kwargs)
        if is_float(found) and not np.array_equal(found, self.view(np.ndarray), equal_nan=True):
            self.ledger.rounded(f"conversion to {found.dtype} rounds")
        if self.ledger.bits is not None and is_float(found) and found.dtype.itemsize < 8:
            self.ledger.leaves(f"conversion to {found.dtype}")
        return watch(found, self.ledger)

    def _leaves(self) -> Any:
        self.ledger.unknown("conversion to Python numbers")
        return self.view(np.ndarray)

    def __float__(self) -> float:
        """A number of Python's is not watched."""
        return float(self._leaves())

    def __complex__(self) -> complex:
        """A number of Python's is not watched."""
        return complex(self._leaves())

    def item(self, *args: Any) -> Any:
        """A number of Python's is not watched."""
        return self._leaves().item(*args)

    def tolist(self) -> Any:
        """Numbers of Python's are not watched."""
        return self._leaves().tolist()


def _through(name: str) -> Callable[..., Any]:
    def method(self: Watched, *args: Any, **kwargs: Any) -> Any:
        return getattr(np, name)(self, *args, **kwargs)

    method.__name__, method.__doc__ = name, f"Through `numpy.{name}`."
    return method


for _name in BYPASSING:
    setattr(Watched, _name, _through(_name))


class _Operation:
    """One operation: what it is, and what it does to exactness."""

    def __init__(self, ledger: Ledger, name: str, kwargs: Mapping[str, Any]) -> None:
        self.ledger, self.name = ledger, name
        self.kwargs = {key: plain(one) for key, one in kwargs.items() if key != "out"}
        self.out: Any = kwargs.get("out")
        ledger.use(name)

    def _run(self, call: Call, operands: Sequence[Any], *, rounds: bool = False) -> Any:
        """The result, into ``out`` where it is given; on the lattice if it was rounded."""
        result = call(operands)
        if rounds and self.ledger.bits is not None:
            bits = self.ledger.bits
            parts = result if isinstance(result, tuple) else (result,)
            result = tuple(quantise(one, bits) if is_float(one) else one for one in parts)
            result = result if len(parts) > 1 else result[0]
        return self._delivered(result)

    def _delivered(self, result: Any) -> Any:
        self._note_type(result)
        if self.name not in EXACT:
            result = tuple(map(self._off, result)) if isinstance(result, tuple) else self._off(result)
        places = self.out if isinstance(self.out, tuple) else (self.out,)
        if all(one is None for one in places):
            return watch(result, self.ledger)
        for place, part in zip(places, result if isinstance(result, tuple) else (result,), strict=True):
            if place is not None:
                watch(place, self.ledger)[...] = part
        return self.out[0] if isinstance(self.out, tuple) and len(self.out) == 1 else self.out

    def _off(self, value: Any) -> Any:
        """One unit in the last place off, another way for each operation."""
        if self.ledger.noise is None or not is_float(value) or np.iscomplexobj(value):
            return value
        return fill.moved(next(self.ledger.noise), self.name, np.asarray(value), value.dtype)

    def _note_type(self, result: Any) -> None:
        """On a lattice everything must be float64."""
        for one in result if isinstance(result, tuple) else (result,):
            if self.ledger.bits is not None and is_float(one) and one.dtype.itemsize < 8:
                self.ledger.leaves(f"{self.name} computes in {one.dtype}")

    # ---- ufuncs

    def ufunc(self, ufunc: Any, method: str, inputs: Sequence[Any]) -> Any:
        """A ufunc, by the tables."""
        operands = [plain(one) for one in inputs]
        if method == "at":
            return self._at(ufunc, operands)

        def call(values: Sequence[Any]) -> Any:
            return getattr(ufunc, method)(*values, **self.kwargs)

        exact = self.name in EXACT_UFUNCS and not (self.name == "absolute" and np.iscomplexobj(operands[0]))
        if exact or not any(is_float(one) for one in operands):
            return self._run(call, operands, rounds=not exact)
        if method in ("reduce", "accumulate", "reduceat"):
            return self._reduction(call, operands)
        if self.name in UFUNC_SUMS and method in ("__call__", "outer"):
            return self._sum(UFUNC_SUMS[self.name], call, operands, short=self.name not in LONG_UFUNCS)
        if self.name == "power" and np.ndim(operands[1]) == 0 and operands[1] in self._whole_powers():
            return self._sum(((0,) * int(operands[1]),), call, operands, short=True)
        if ufunc.signature is not None or self.name == "arctan2":  # whose values turn by angles on no lattice
            return self._unknown(call, operands)
        if not self._divides_exactly(operands):
            self.ledger.rounded(f"{self.name} rounds")
        return self._run(call, operands, rounds=True)

    def _whole_powers(self) -> tuple[int, ...]:
        return (1, 2, 3) if self.ledger.bits is None else (1, 2)

    def _divides_exactly(self, operands: Sequence[Any]) -> bool:
        if self.name in ("divide", "true_divide"):
            return is_power_of_two(operands[1])
        return self.name == "reciprocal" and is_power_of_two(operands[0])

    def _reduction(self, call: Call, operands: Sequence[Any]) -> Any:
        if self.name == "add":
            return self._sum(((0,),), call, operands)
        self.ledger.rounded(f"{self.name}.reduce rounds")
        return self._run(call, operands, rounds=True)

    def _at(self, ufunc: Any, operands: Sequence[Any]) -> Any:
        """``add.at(a, indices, b)``, in place."""
        if self.name != "add" or not any(is_float(one) for one in operands):
            ufunc.at(*operands)
            if self.name not in EXACT_UFUNCS:
                self.ledger.unknown(f"{self.name}.at")
            return None
        target, indices, values = operands

        def call(pair: Sequence[Any]) -> Any:
            found = np.array(pair[0])
            np.add.at(found, indices, pair[1])
            return found

        self.out = target
        self._sum(((0,), (1,)), call, [np.array(target), values])
        return None

    # ---- functions

    def function(self, function: Any, args: Sequence[Any]) -> Any:
        """A function of arrays, by the tables."""
        operands = [plain(one) for one in args]

        def call(values: Sequence[Any]) -> Any:
            return function(*values, **self.kwargs)

        if str(getattr(function, "__module__", "")).startswith("numpy.fft"):
            return self._unknown(call, operands)
        if self.name in EXACT or (self.name == "pad" and self._pads_exactly(operands)):
            return self._moved(call, operands, args)
        if self.name == "einsum" and isinstance(operands[0], str):
            return self._sum((tuple(range(1, len(operands))),), call, operands)
        if self.name in SUMS and not {"initial", "where"} & self.kwargs.keys():
            return self._sum(SUMS[self.name], call, self._filled(operands))
        if self.name in MEANS:
            return self._mean(call, operands)
        if self.name in ROUNDED:
            self.ledger.rounded(f"{self.name} rounds")
            return self._run(call, operands, rounds=True)
        return self._unknown(call, operands)

    def _filled(self, operands: list[Any]) -> list[Any]:
        """Operands given by name come first, in order."""
        names = [name for name in ("a", "b", "v") if name in self.kwargs]
        return operands + [self.kwargs.pop(name) for name in names] if len(operands) < 2 else operands

    def _pads_exactly(self, operands: Sequence[Any]) -> bool:
        mode = operands[2] if len(operands) > 2 else self.kwargs.get("mode", "constant")
        return mode in EXACT_PADDING

    def _moved(self, call: Call, operands: Sequence[Any], args: Sequence[Any]) -> Any:
        result = self._run(call, operands)
        if self.name == "copyto" and is_float(operands[0]):
            watch(args[0], self.ledger)[...] = args[1]
        return result

    def _mean(self, call: Call, operands: Sequence[Any]) -> Any:
        size = np.size(call(operands))
        terms = np.size(operands[0]) // max(size, 1)
        if not is_power_of_two(np.asarray(terms)):
            self.ledger.rounded(f"mean of {terms} terms rounds")
        return self._sum(((0,),), call, operands, terms=terms, rounds=True)

    def _unknown(self, call: Call, operands: Sequence[Any]) -> Any:
        self.ledger.unknown(self.name)
        return self._run(call, operands)

    # ---- polynomials

    def _sum(
        self,
        monomials: Monomials,
        call: Call,
        operands: Sequence[Any],
        *,
        short: bool = False,
        terms: int = 1,
        rounds: bool = False,
    ) -> Any:
        """A polynomial: its operands rounded on a lattice, its bound, its result beside float64's."""
        operands, on_lattice = list(operands), self.ledger.bits is not None
        if on_lattice and short and not has_products(monomials):
            monomials = tuple(one for one in monomials if np.ndim(operands[one[0]]))
        places = rounding_places(monomials, self.ledger.bits or 0) if on_lattice else {}
        for i, bits in places.items():
            operands[i] = quantise(_widened(np.asarray(operands[i], np.result_type(operands[i], 1.0))), bits)
        if on_lattice and short and has_products(monomials):
            return self._run(call, operands, rounds=True)
        absolute = terms * self._absolute(monomials, call, operands, short)
        if not self.ledger.certainly_exact(places, monomials, absolute):
            units = [product_unit([unit(operands[i]) for i in one]) for one in monomials]
            self.ledger.total(self.name, units, absolute)
        result = call(operands)
        if any(is_float(one) and one.dtype.itemsize < 8 for one in [result, *operands]):
            expected = call([_widened(one) for one in operands])
            if not np.array_equal(result, expected, equal_nan=True):
                self.ledger.rounded(f"{self.name} rounds in {np.asarray(result).dtype}")
        return self._run(lambda _: result, operands, rounds=rounds)

    def _absolute(self, monomials: Monomials, call: Call, operands: Sequence[Any], short: bool) -> float:
        """The largest sum of the absolute values of the terms."""
        if short:
            mask = math.inf if self.ledger.bits is None else MASK
            return sum(math.prod(largest(operands[i], mask) for i in one) for one in monomials)
        used = {i for one in monomials for i in one}
        return largest(call([np.abs(_widened(one)) if i in used else one for i, one in enumerate(operands)]))


def _widened(value: Any) -> Any:
    if isinstance(value, str) or not is_float(np.asarray(value)):
        return value
    return np.asarray(value, dtype=np.result_type(np.asarray(value).dtype, np.float64))
