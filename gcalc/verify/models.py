"""The models a claim is evaluated in: which sets its sorts become on a subject.

Main definitions: `layouts` (sorts to sets), `model` (a layout with an implementation).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any

import numpy as np

from gcalc.interpret import Carrier, Model
from gcalc.interpret.model import Box
from gcalc.kernel.terms import Sort, Var
from gcalc.proving.law import Claim, Law, Symbols
from gcalc.verify.layout import InapplicableError, Layout
from gcalc.verify.subjects import Subject
from gcalc.verify.windows import on_window

SPLIT = "G = T ⋊ H is split"
"""The hypothesis of a law that is read on split groups only."""
TRANSFORMS = {"filter_transform", "filter_transform_gradient"}
"""Operators that implementations offer for the point group of a split group."""
EXAMPLES = 2
"""The size of a batch."""


def layouts(claim: Claim, subject: Subject, sizes: tuple[int, int]) -> Iterator[Layout]:
    """The ways to read a claim on a subject, with K and J channels.

    Raises InapplicableError naming the hypothesis that fails.
    """
    used = claim.symbols
    channels = {
        s: Carrier.channels(n)
        for s in used.sorts
        if s.kind == "index"
        for n in [EXAMPLES if s.name == "B" else sizes[s.name == "J"]]
    }
    if subject.window is not None:
        yield from on_window(claim, subject, channels)
    elif used.automorphisms:
        yield from _planar(subject, used, channels)
    else:
        yield from _on_group(claim, subject, used, channels)


def check_split(law: Law, subject: Subject) -> None:
    """Raise InapplicableError if the law is about split groups and this is none."""
    if SPLIT in law.hypotheses:
        _must_split(subject)


def _must_split(subject: Subject) -> None:
    if not hasattr(subject.group, "is_split"):
        raise InapplicableError(
            "read on wallpaper groups: the hypothesis G = T ⋊ H needs translations and a point group"
        )
    if not subject.group.is_split:
        raise InapplicableError(f"the hypothesis G = T ⋊ H fails: {subject.name} is not split")


def _on_group(
    claim: Claim, subject: Subject, used: Symbols, channels: Mapping[Sort, Carrier]
) -> Iterator[Layout]:
    if not subject.spaces:
        raise InapplicableError(f"{subject.name} has only translations: planar laws are read on it")
    split = used.operators & TRANSFORMS or any(s.name == "T" for s in used.sorts)
    if split:
        _must_split(subject)
    carriers = dict(channels)
    for sort in used.sorts:
        if sort.kind == "group":
            carriers[sort] = Carrier.of_group(subject.group)
        if sort.kind == "subgroup":
            members = subject.subgroup(sort.name)
            if members is None:
                raise InapplicableError(f"{subject.name} has no subgroup for the hypothesis on {sort.name}")
            carriers[sort] = Carrier.of_subgroup(subject.group, members)
    sets = [s for s in used.sorts if s.kind == "set"]
    for space in subject.spaces if sets else (subject.group.regular,):
        if not split or space.is_grid or space.is_regular:
            layout = Layout(space.name, {**carriers, **{s: Carrier.of_set(space) for s in sets}})
            yield layout
            yield from _on_box(claim, used, layout, space)


def _on_box(claim: Claim, used: Symbols, layout: Layout, space: Any) -> Iterator[Layout]:
    """The same layout with filters on a box: 3 × 3 on a grid that holds it, else 2 × 2."""
    boxed, gradient = used.filters - used.differentiated, "filter_gradient" in used.operators
    if not (space.is_grid or (hasattr(space.group, "modulus") and space.is_regular)) or not (
        boxed or gradient
    ):
        return
    axes = space.shape[space.is_regular :]
    side = 3 if space.is_grid and min(axes) >= 3 else 2
    if min(axes) < side:
        return
    fibre = space.shape[: space.is_regular]
    offsets = [[(i - side // 2) % n for i in range(side)] for n in axes]
    cells = product(*map(range, fibre), *offsets)
    points = tuple(int(np.ravel_multi_index(cell, space.shape)) for cell in cells)
    box = Box((*fibre, *(side for _ in axes)), points, prod(space.shape))
    sort = next((s for s in used.sorts if s.kind == "set"), next(s for s in used.sorts if s.kind == "group"))
    inside = {v: points for v in claim.ends if v.sort == sort and v not in used.parameters}
    name = f"{layout.space}, {'×'.join(map(str, box.shape))} filters"
    yield replace(layout, space=name, box=box, boxed=boxed, ranges=inside if gradient else {})


def _planar(subject: Subject, used: Symbols, channels: Mapping[Sort, Carrier]) -> Iterator[Layout]:
    if subject.planar is None:
        raise InapplicableError(f"{subject.name} has no translation group with automorphisms")
    translations, acting = subject.planar
    (aut,) = used.automorphisms
    carriers = {**channels, aut.sort: Carrier.of_group(translations)}
    generators = acting.group.elements if acting.group.order <= 12 else acting.group.generators
    for element in generators:
        yield Layout(f"{acting.name}, r = {element}", carriers, {aut: (acting, acting.group.index(element))})


def model(layout: Layout, backend: Any, ranges: Mapping[Var, Sequence[int]], **more: Any) -> Model:
    """The model of a layout; more: reduction, subsets."""
    return Model(
        carriers=layout.carriers,
        backend=backend,
        ranges=ranges,
        automorphisms=layout.automorphisms,
        labels=layout.labels,
        box=layout.box,
        boxed=layout.boxed,
        boundary=layout.boundary,
        **more,
    )
