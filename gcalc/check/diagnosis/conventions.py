"""Other declarations under which a layer is right: orders of elements, orders of axes, other representations.

Main definitions
    Alternative: a declaration with the code of what it changes.
    alternatives: those that are worth a try for a failing layer.
    passing: the first under which the layer passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from gcalc.check.context import Context
from gcalc.check.declaration import FIBRE, Declaration, declare
from gcalc.check.diagnosis.decode import decode
from gcalc.check.layout import TOKEN, Layout
from gcalc.check.probe import Probe
from gcalc.check.representations import ORDERS
from gcalc.check.window import on_window
from gcalc.errors import GcalcError

__all__ = ["Alternative", "alternatives", "passing"]


@dataclass(frozen=True)
class Alternative:
    """A change of the declaration, with its code and what it says."""

    code: str
    text: str
    changes: Mapping[str, Any]


def passing(context: Context) -> tuple[Alternative, Declaration] | None:
    """The first alternative under which every element holds on every window, with all parameters."""
    for alternative in alternatives(context):
        try:
            declaration = _declared(context.declaration, alternative.changes)
            if _passes(context, declaration):
                return alternative, declaration
        except GcalcError:  # the alternative is not possible for these axes
            continue
    return None


def _declared(declaration: Declaration, changes: Mapping[str, Any]) -> Declaration:
    words = {name: value for name, value in declaration.text.items() if value is not None}
    words["group"] = declaration.group.crystallographic or declaration.group.P
    return declare(**{**words, "space": declaration.space, **changes})


def _passes(context: Context, declaration: Declaration) -> bool:
    group = declaration.group
    generators = [u for u in group.on_pixels if u]
    for probe in reversed(list(context.probes.values())):
        other = probe.declared(declaration)
        first = [u for u in generators if group.keeps(u, context.window)]
        inputs = other.inputs(context.window)
        other.run(*inputs)
        if not all(other.equivariant(u, inputs).holds for u in first):
            return False
    return all(
        c.holds
        for probe in context.probes.values()
        for window in context.windows
        for c in on_window(probe.declared(declaration), window).values()
    )


def alternatives(context: Context) -> Iterator[Alternative]:
    """Cheap and likely ones first."""
    declaration = context.declaration
    text = declaration.text
    fibres = [name for name in (FIBRE, *declaration.reps) if name in declaration.reps]
    for side in ("output", "input"):
        for pattern in _reordered(text[side], declaration, products=True):
            yield Alternative("channel_order", f"the axes of the {side} are {pattern!r}", {side: pattern})
    for side in ("output", "input"):
        for pattern in _reordered(text[side], declaration, products=False):
            yield Alternative("axis_transposed", f"the axes of the {side} are {pattern!r}", {side: pattern})
    for order in ORDERS:
        if fibres and order not in (text.get("order") or "gcalc", "escnn"):
            yield Alternative(
                "orientation_order", f"the fibre's elements stand in the order {order!r}", {"order": order}
            )
    yield from _ordered(context, fibres)
    for name in fibres:
        for rep in ("trivial", "regular"):
            if declaration.reps[name].name != rep:
                yield from _represented(context, name, rep)


def _represented(context: Context, name: str, rep: str) -> Iterator[Alternative]:
    """The axis with another representation; a trivial one as an axis that nothing moves."""
    declaration = context.declaration
    reps = {axis: r.name for axis, r in declaration.reps.items() if r.name != "matrices"}
    length = declaration.known[name]
    spec = f"{length}*trivial" if rep == "trivial" else rep
    code = (
        "fibre_omitted"
        if rep == "trivial" or declaration.reps[name].name.endswith("trivial")
        else "representation"
    )
    what = "does not move with the group" if rep == "trivial" else "moves by the regular representation"
    yield Alternative(code, f"the axis {name!r} {what}", {"reps": {**reps, name: spec}})


def _reordered(layouts: Any, declaration: Declaration, *, products: bool) -> Iterator[Any]:
    """A layout with the names of a product, or of space, in another order."""
    if not isinstance(layouts, str):
        return
    layout = (
        Layout.parse(layouts, space=declaration.space, represented=tuple(declaration.reps))
        if not layouts.startswith("inert")
        else None
    )
    if layout is None:
        return
    if products:
        for product in (p for p in layout.products if len(p) > 1):
            for order in permutations(product):
                if order != product:
                    yield layouts.replace(f"({' '.join(product)})", f"({' '.join(order)})")
        return
    if len(layout.space) > 1:
        for order in permutations(layout.space):
            if order != layout.space:
                yield _renamed(layouts, dict(zip(layout.space, order, strict=True)))


def _renamed(pattern: str, new: Mapping[str, str]) -> str:
    """The pattern with other names of its single axes."""
    return TOKEN.sub(lambda m: m[0] if m[1] else new.get(m[0], m[0]), pattern)


def _ordered(context: Context, fibres: Sequence[str]) -> Iterator[Alternative]:
    """The order of elements that the layer's own index maps show, where they are a regular action."""
    declaration = context.declaration
    layout = declaration.outputs[0]
    if (
        layout is None
        or len(fibres) != 1
        or declaration.reps[fibres[0]].name != "regular"
        or fibres[0] not in layout.names
    ):
        return
    order = decoded_order(context.main, context.window, layout, fibres[0])
    if order is not None:
        yield Alternative(
            "orientation_order",
            f"the fibre's elements stand in the order {list(order)} (indices of gcalc's elements)",
            {"order": list(order)},
        )


def decoded_order(probe: Probe, window: Sequence[int], layout: Layout, fibre: str) -> tuple[int, ...] | None:
    """The element at each place of the fibre: that which takes place 0 there."""
    declaration = probe.declaration
    n = declaration.known[fibre]
    places: dict[int, int] = {0: 0}
    for u in declaration.group.on_pixels:
        if not u or not declaration.group.keeps(u, window):
            continue
        found = decode(probe, u, window, reach=0)
        permutation = (
            None
            if found is None
            else fibre_permutation(found.source, layout, fibre, declaration.known, len(found.source))
        )
        if permutation is None or len(set(permutation)) != n:
            return None
        places[permutation.index(0)] = u
    return tuple(places[i] for i in range(n)) if sorted(places) == list(range(n)) else None


def fibre_permutation(
    source: Sequence[int], layout: Layout, fibre: str, known: Mapping[str, int], channels: int
) -> list[int] | None:
    """Where each place of the fibre comes from, if all other axes stay and it is the same for each of them."""
    front = [name for name in layout.names if name != "b" and name not in layout.space]
    rest = channels // known[fibre]
    others = [name for name in front if name != fibre]
    if len(others) > 1:
        return None
    axis = front.index(fibre)
    shape = [known[fibre] if name == fibre else rest for name in front]
    at = [list(index) for index in zip(*(i.ravel() for i in _indices(shape)), strict=True)]
    found: dict[int, int] = {}
    for c, s in enumerate(source):
        here, there = at[c], at[s]
        if any(here[i] != there[i] for i in range(len(front)) if i != axis):
            return None
        if found.setdefault(int(here[axis]), int(there[axis])) != there[axis]:
            return None
    return [found[i] for i in range(known[fibre])]


def _indices(shape: Sequence[int]) -> Any:
    import numpy as np

    return np.indices(shape)
