"""A jaxpr evaluated equation by equation: is it exact, and what gives it on a lattice?

Main definitions
    evaluate: the outputs of a jaxpr in float64, noted in a ledger.

Implementation notes
    What is rounded, and why, is told in `gcalc.check.targets.torch_trace`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax.extend.core import ClosedJaxpr, Literal

from gcalc.check.targets.jax_operations import CALLS, EXACT, POINTWISE_SUMS, ROUNDED, SUMS
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

__all__ = ["evaluate"]

Bind = Callable[[Sequence[Any]], Any]


def evaluate(closed: Any, arguments: Sequence[Any], ledger: Ledger) -> list[Any]:
    """The outputs of a closed jaxpr, its equations run one after the other."""
    values: dict[Any, Any] = {}
    jaxpr = closed.jaxpr
    values |= zip([*jaxpr.constvars, *jaxpr.invars], [*closed.consts, *arguments], strict=True)

    def read(atom: Any) -> Any:
        return jnp.asarray(atom.val) if isinstance(atom, Literal) else values[atom]

    for equation in jaxpr.eqns:
        results = _equation(equation, [read(atom) for atom in equation.invars], ledger)
        values |= zip(equation.outvars, results, strict=True)
    return [read(atom) for atom in jaxpr.outvars]


def _equation(equation: Any, operands: list[Any], ledger: Ledger) -> Sequence[Any]:
    name = str(equation.primitive.name)
    inner = next((one for one in equation.params.values() if isinstance(one, ClosedJaxpr)), None)
    if name in CALLS and inner is not None:
        return evaluate(inner, operands, ledger)
    ledger.use(name)

    def bind(values: Sequence[Any]) -> Any:
        found = equation.primitive.get_bind_params(equation.params)
        functions, parameters = (
            found if isinstance(found, tuple) else ((), found)
        )  # before and since JAX 0.10
        return equation.primitive.bind(*functions, *values, **parameters)

    result = _operation(name, equation.params, bind, operands, ledger)
    return result if equation.primitive.multiple_results else [result]


def _is_float(value: Any) -> bool:
    return bool(jnp.issubdtype(jnp.asarray(value).dtype, jnp.inexact))


def _operation(name: str, params: Any, bind: Bind, operands: list[Any], ledger: Ledger) -> Any:
    if name == "convert_element_type":
        return _conversion(params, bind, operands, ledger)
    if not any(map(_is_float, operands)) or name in EXACT:
        result = bind(operands)
        if name not in EXACT and not operands and _is_float(result):
            ledger.unknown(name)
        return result
    if name in SUMS or name in POINTWISE_SUMS:
        monomials = SUMS.get(name) or POINTWISE_SUMS[name]
        return _sum(name, monomials, bind, operands, ledger)
    power = int(params["y"]) if name == "integer_pow" else 0
    if power in ((2, 3) if ledger.bits is None else (2,)):
        return _sum(name, ((0,) * power,), bind, operands, ledger)
    result = bind(operands)
    if name not in ROUNDED:
        ledger.unknown(name)
        return result
    if not (name == "div" and is_power_of_two(np.asarray(operands[1]))):
        ledger.rounded(f"{name} rounds")
    return result if ledger.bits is None else jnp.asarray(quantise(np.asarray(result), ledger.bits))


def _conversion(params: Any, bind: Bind, operands: Sequence[Any], ledger: Ledger) -> Any:
    result = bind(operands)
    before, after = (np.asarray(one).astype(np.complex128) for one in (operands[0], result))
    if not np.array_equal(before, after, equal_nan=True):
        ledger.rounded(f"conversion to {result.dtype} rounds")
    if ledger.bits is not None and _is_float(result) and result.dtype != jnp.float64:
        ledger.leaves(f"conversion to {result.dtype}")
    return result


def _sum(name: str, monomials: Monomials, bind: Bind, operands: Sequence[Any], ledger: Ledger) -> Any:
    """A polynomial: its operands rounded on a lattice, and its bound."""
    operands, short, on_lattice = list(operands), name not in SUMS, ledger.bits is not None
    if on_lattice and short and not has_products(monomials):
        monomials = tuple(one for one in monomials if np.ndim(operands[one[0]]))
    for i, bits in rounding_places(monomials, ledger.bits or 0).items() if on_lattice else ():
        operands[i] = jnp.asarray(quantise(np.asarray(operands[i]), bits))
    if on_lattice and short and has_products(monomials):
        return jnp.asarray(quantise(np.asarray(bind(operands)), ledger.bits or 0))
    units = [product_unit([unit(np.asarray(operands[i])) for i in one]) for one in monomials]
    ledger.total(name, units, _absolute(name, monomials, bind, operands, ledger))
    result = bind(operands)
    if result.dtype not in (jnp.float64, jnp.complex128):
        ledger.leaves(f"{name} computes in {result.dtype}")
    return result


def _absolute(name: str, monomials: Monomials, bind: Bind, operands: Sequence[Any], ledger: Ledger) -> float:
    """The largest sum of the absolute values of the terms."""
    if name in SUMS:
        used = {i for one in monomials for i in one}
        return largest(
            np.asarray(bind([jnp.abs(one) if i in used else one for i, one in enumerate(operands)]))
        )
    mask = math.inf if ledger.bits is None else MASK
    return sum(math.prod(largest(np.asarray(operands[i]), mask) for i in one) for one in monomials)
