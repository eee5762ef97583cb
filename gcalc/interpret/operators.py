"""How the operator symbols of statements call an implementation: any object with `gcalc.reference`'s functions.

An implementation is called as a user calls it: with a space, arrays in the public layout, and elements by
their labels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gcalc.errors import UnsupportedError
from gcalc.interpret.model import Array, Boxed, Model
from gcalc.kernel.terms import Sort

Signatures = Sequence[Any]


def _space(model: Model, sorts: Sequence[Sort]) -> Any:
    """The space of a function: what its last argument ranges over."""
    return model.carriers[sorts[-1]].space


def _left_translate(model: Model, sorts: Signatures, u: Any, f: Array) -> Array:
    space, element = (
        u if isinstance(u, tuple) and hasattr(u[0], "action_table") else (_space(model, sorts[1]), u)
    )
    return model.backend.left_translate(space, element, f)  # type: ignore[no-any-return]


def _filters(psi: Any) -> tuple[Array, dict[str, str]]:
    """A bank of filters, and what an implementation must be told of it."""
    return (psi.array, {"filter": "box"}) if isinstance(psi, Boxed) else (psi, {})


def _correlate(model: Model, sorts: Signatures, f: Array, psi: Any) -> Array:
    filters, told = _filters(psi)
    if len(sorts[0]) == 1:  # without channels: implementations want one of each
        one = filters[None, None]
        return _correlate(model, [(None, *sorts[0])], f[None], Boxed(one) if told else one)[0]  # type: ignore[no-any-return]
    return model.backend.correlate(_space(model, sorts[0]), f, filters, **told, **model.boundary)  # type: ignore[no-any-return]


def _convolve(model: Model, sorts: Signatures, a: Array, b: Array) -> Array:
    return model.backend.convolve(_space(model, sorts[0]).group, a, b)  # type: ignore[no-any-return]


def _involution(model: Model, sorts: Signatures, psi: Array) -> Array:
    return model.backend.involution(_space(model, sorts[0]).group, psi)  # type: ignore[no-any-return]


def _pool(model: Model, sorts: Signatures, f: Array, subset: Any) -> Array:
    return model.backend.pool(_space(model, sorts[0]).group, f, subset, op=model.reduction)  # type: ignore[no-any-return]


def _sum_pool(model: Model, sorts: Signatures, f: Array, subset: Any) -> Array:
    return model.backend.pool(_space(model, sorts[0]).group, f, subset, op="sum")  # type: ignore[no-any-return]


def _coset_pool(model: Model, sorts: Signatures, f: Array) -> Array:
    """The value at the coset gH, for every g: an implementation orders the cosets by their least member."""
    subgroup = next(
        (c for sort, c in model.carriers.items() if (sort.kind, sort.name) == ("subgroup", "H")), None
    )
    if subgroup is None:
        raise UnsupportedError("coset_pool is read in claims that name an element of H")
    group = _space(model, sorts[0]).group
    least = [min(group.multiplication_table[g, h] for h in subgroup.values) for g in range(group.order)]
    place = {member: i for i, member in enumerate(sorted(set(least)))}
    values = model.backend.coset_pool(
        group, f, [group.elements[h] for h in subgroup.values], op=model.reduction
    )
    return values[..., [place[member] for member in least]].reshape(f.shape)  # type: ignore[no-any-return]


def _input_gradient(model: Model, sorts: Signatures, d: Array, psi: Any) -> Array:
    filters, told = _filters(psi)
    return model.backend.input_gradient(_space(model, sorts[1]), d, filters, **told, **model.boundary)  # type: ignore[no-any-return]


def _filter_gradient(model: Model, sorts: Signatures, d: Array, f: Array) -> Array:
    space = _space(model, sorts[1])
    if model.box is None:
        return model.backend.filter_gradient(space, d, f)  # type: ignore[no-any-return]
    gradient = model.backend.filter_gradient(space, d, f, filter_shape=model.box.shape, **model.boundary)
    return model.box.embed(gradient, space.shape) if model.box.cells else gradient


def _filter_transform(model: Model, sorts: Signatures, psi: Array) -> Array:
    return model.backend.filter_transform(_space(model, sorts[0]), psi)  # type: ignore[no-any-return]


def _filter_transform_gradient(model: Model, sorts: Signatures, d: Array) -> Array:
    return model.backend.filter_transform_gradient(_space(model, sorts[0]), d)  # type: ignore[no-any-return]


CALLED = {"sum_pool": "pool"}
"""The function of an implementation that is called for an operator, where it has another name."""
OPERATORS: dict[str, Callable[..., Array]] = {
    "left_translate": _left_translate,
    "correlate": _correlate,
    "convolve": _convolve,
    "involution": _involution,
    "pool": _pool,
    "sum_pool": _sum_pool,
    "coset_pool": _coset_pool,
    "input_gradient": _input_gradient,
    "filter_gradient": _filter_gradient,
    "filter_transform": _filter_transform,
    "filter_transform_gradient": _filter_transform_gradient,
}
