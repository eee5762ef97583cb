"""Other declarations under which a layer is right: orders of elements, orders of axes, other representations.

Main definitions
    Alternative: a change of the declaration, with its code.
    passing: the first under which the layer passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from gcalc.check.comparison import Comparison
from gcalc.check.context import Context
from gcalc.check.declaration import FIBRE, Declaration, declare
from gcalc.check.layout import BATCH, TOKEN, Layout
from gcalc.check.orbits import described, permutations_of
from gcalc.check.plane import on_plane
from gcalc.check.probe import Probe
from gcalc.check.representations import ORDERS
from gcalc.check.torus import on_torus
from gcalc.check.window import on_window, transported
from gcalc.errors import GcalcError, TargetError, UnsupportedError

__all__ = ["Alternative", "passing"]


AXES = 3
"""So many axes of channels are put in another order at most."""


@dataclass(frozen=True)
class Alternative:
    """A change of the declaration, with its code and what it says."""

    code: str
    text: str
    changes: Mapping[str, Any]


def passing(context: Context, *, plane: bool) -> tuple[Alternative, Declaration] | None:
    """The first alternative under which every element holds on every domain, with all parameters.

    plane: whether the layer could be read on the plane; then an alternative has to be, too.
    """
    for alternative in _alternatives(context):
        try:
            declaration = _declared(context.declaration, alternative.changes)
            if not _is_same(declaration, context.declaration) and _passes(context, declaration, plane):
                return alternative, declaration
        except GcalcError:  # the alternative is not possible for these axes
            continue
    return None


def _declared(declaration: Declaration, changes: Mapping[str, Any]) -> Declaration:
    words = {name: value for name, value in declaration.text.items() if value is not None}
    words["group"] = declaration.group.crystallographic or declaration.group.P
    return declare(**{**words, "space": declaration.space, **changes})


def _is_same(a: Declaration, b: Declaration) -> bool:
    """Whether the same axes move in the same way."""
    same = a.inputs == b.inputs and a.outputs == b.outputs and a.reps.keys() == b.reps.keys()
    return same and all(np.array_equal(a.reps[name].matrices, b.reps[name].matrices) for name in a.reps)


def _passes(context: Context, declaration: Declaration, plane: bool) -> bool:
    """Quickly on one window, then everywhere."""
    group = declaration.group
    for probe in reversed(list(context.probes.values())):
        other = probe.declared(declaration)
        inputs = other.inputs(context.window)
        if _lengths(other, inputs) != _lengths(probe, probe.inputs(context.window)):
            return False  # of other lengths it is another layer
        other.run(*inputs)
        kept = [u for u in group.on_pixels if u and group.keeps(u, context.window)]
        if not any(_moves(other, u, inputs) for u in kept):  # every function commutes with what moves nothing
            return False
        if not all(other.equivariant(u, inputs).holds for u in kept):
            return False
    return all(_passes_with(context, probe.declared(declaration), plane) for probe in context.probes.values())


def _lengths(probe: Probe, inputs: Sequence[Any]) -> list[list[int]]:
    """Of the axes of inputs that are none of space."""
    return [
        []
        if layout is None
        else [n for names, n in zip(layout.products, a.shape, strict=True) if not {*names} & {*layout.space}]
        for a, layout in zip(inputs, probe.declaration.inputs, strict=True)
    ]


def _moves(probe: Probe, u: int, inputs: Sequence[Any]) -> bool:
    """Whether u moves the inputs at all."""
    pairs = zip(probe.declaration.act_in(u, inputs), inputs, strict=True)
    return any(a.shape != b.shape or not np.array_equal(a, b) for a, b in pairs)


def _passes_with(context: Context, probe: Probe, plane: bool) -> bool:
    """On every domain that was asked for."""
    for window in context.windows:
        if not all(c.holds for c in on_window(probe, window).values()):
            return False
        if not all(c.holds for c in _transported(probe, window)):
            return False
    domains = (context.domains or ()) if probe.declaration.has_space else ()
    if "torus" in domains and not all(c.holds for c in on_torus(probe, context.window)[1].values()):
        return False
    if "plane" not in domains:
        return True
    try:
        found = on_plane(probe, context.window, context.period, context.stride).found
    except UnsupportedError:
        return not plane
    over = {u for (u, _), c in found.items() if c.holds}
    return over == set(probe.declaration.group.on_pixels)


def _transported(probe: Probe, window: tuple[int, ...]) -> Iterable[Comparison]:
    """For the elements that take the window to one of another shape; none where it cannot be run on that."""
    try:
        return transported(probe, window).values()
    except TargetError:
        return ()


def _alternatives(context: Context) -> Iterator[Alternative]:
    """Cheap and likely ones first."""
    declaration = context.declaration
    yield from _relabelled(declaration, products=True)
    fibres = [name for name in (FIBRE, *declaration.reps) if name in declaration.reps]
    for order in ORDERS if fibres else ():
        told = f"the fibre's elements stand in the order {order!r}"
        yield Alternative("orientation_order", told, {"order": order})
    yield from _relabelled(declaration, products=False)
    yield from _decoded(context)
    for name in dict.fromkeys(fibres):
        for rep in ("regular", "trivial"):
            if rep == "regular" and declaration.known[name] != declaration.group.P.order:
                continue  # another length is another layer
            yield _represented(declaration, name, rep)


def _relabelled(declaration: Declaration, *, products: bool) -> Iterator[Alternative]:
    """Axes of a product and of channels, or of space, in another order."""
    for changes in _reorderings(declaration, products=products):
        told = " and ".join(f"the {side}'s axes are {pattern!r}" for side, pattern in changes.items())
        yield Alternative("channel_order" if products else "axis_transposed", told, changes)


def _reorderings(declaration: Declaration, *, products: bool) -> Iterator[dict[str, Any]]:
    """Layouts of the output, the input, or both, with the names of a product, or of space, in another order."""
    into, out = (_reordered(declaration.text[side], declaration, products) for side in ("input", "output"))
    yield from ({"output": pattern} for pattern in out)
    yield from ({"input": pattern} for pattern in into)
    yield from ({"input": a, "output": b} for a in into for b in out)


def _reordered(layouts: Any, declaration: Declaration, products: bool) -> list[str]:
    if not isinstance(layouts, str) or layouts.startswith("inert"):
        return []
    layout = Layout.parse(layouts, space=declaration.space, represented=tuple(declaration.reps))
    if not products:
        orders = [order for order in permutations(layout.space) if order != layout.space]
        return [_renamed(layouts, dict(zip(layout.space, order, strict=True))) for order in orders]
    within = [
        layouts.replace(f"({' '.join(product)})", f"({' '.join(order)})")
        for product in layout.products
        if len(product) > 1
        for order in permutations(product)
        if order != product
    ]
    alone = [
        product[0]
        for product in layout.products
        if len(product) == 1 and product[0] != BATCH and product[0] not in layout.space
    ]
    others = permutations(alone) if set(alone) & set(layout.represented) and len(alone) <= AXES else ()
    renamed = [dict(zip(alone, order, strict=True)) for order in others if list(order) != alone]
    return within + [_renamed(layouts, new) for new in renamed]


def _renamed(pattern: str, new: Mapping[str, str]) -> str:
    """The pattern with other names of its single axes."""
    return TOKEN.sub(lambda m: m[0] if m[1] else new.get(m[0], m[0]), pattern)


def _represented(declaration: Declaration, name: str, rep: str) -> Alternative:
    """The axis with another representation; a trivial one as an axis that nothing moves."""
    reps = {axis: r.name for axis, r in declaration.reps.items() if r.name != "matrices"}
    spec = f"{declaration.known[name]}*trivial" if rep == "trivial" else rep
    is_scalar = rep == "trivial" or declaration.reps[name].name.endswith("trivial")
    what = "does not move with the group" if rep == "trivial" else "moves by the regular representation"
    code = "fibre_omitted" if is_scalar else "representation"
    return Alternative(code, f"the axis {name!r} {what}", {"reps": {**reps, name: spec}})


def _decoded(context: Context) -> Iterator[Alternative]:
    """What the layer's own index maps show: regular fields where channels were declared, another order."""
    declaration = context.declaration
    if not isinstance(declaration.text["output"], str) or any(
        layout is not None and layout.represented for layout in declaration.inputs
    ):
        return
    axes = _plain_axes(declaration)
    try:
        plain = _declared(declaration, {"output": " ".join(axes), "reps": None, "order": None})
        probe = context.main.declared(plain)
        found = permutations_of(probe, plain, context.window)
        layout = plain.outputs[0]
        lengths = layout.sizes(probe.run(*probe.inputs(context.window))[0].shape, {}) if layout else {}
    except GcalcError:
        return
    for output, more, text in described(plain, axes, found, lengths):
        had = bool(declaration.outputs[0] and declaration.outputs[0].represented)
        code = (
            "orientation_order"
            if had and FIBRE in output.replace("(", " ").replace(")", " ").split()
            else "fibre_omitted"
        )
        changes = {"output": output, "reps": None, "order": None, "sizes": _input_sizes(declaration), **more}
        yield Alternative(code, f"the output is {output!r}: {text}", changes)


def _plain_axes(declaration: Declaration) -> list[str]:
    """A name for each axis of the output, new ones for axes of channels."""
    layout = declaration.outputs[0]
    fresh = iter("cefijklmnopq")
    kept = {BATCH, *declaration.space}
    return (
        [
            product[0] if len(product) == 1 and product[0] in kept else next(fresh)
            for product in layout.products
        ]
        if layout
        else []
    )


def _input_sizes(declaration: Declaration) -> dict[str, Sequence[int]]:
    """The declared lengths of names that stand in the input."""
    names = {name for layout in declaration.inputs if layout is not None for name in layout.names}
    return {name: list(lengths) for name, lengths in declaration.given.items() if name in names}
