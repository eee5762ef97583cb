"""The checks of equivariance on each domain, and the symmetry that they show.

Main definitions
    check_window, check_plane, check_torus, check_transport: results, and what they found of each element.
    Symmetries: what was found, domain by domain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gcalc.check.comparison import Comparison, worst
from gcalc.check.context import Context
from gcalc.check.plane import Plane, on_plane
from gcalc.check.record import Result
from gcalc.check.symmetry import LISTED, Element, Found, Symmetry, largest_subgroup, named
from gcalc.check.torus import on_torus
from gcalc.check.window import on_window, transported
from gcalc.errors import TargetError, UnsupportedError
from gcalc.verify.result import Verdict

__all__ = ["Symmetries", "by", "check_plane", "check_torus", "check_transport", "check_window"]


def by(window: Sequence[int]) -> str:
    """A window's size, as reports have it."""
    return "×".join(map(str, window))


@dataclass(eq=False)
class Symmetries:
    """What was found of each element.

    window: for parameters and window. plane, torus: for parameters.
    """

    window: dict[tuple[str, tuple[int, ...]], dict[int, Comparison]] = field(default_factory=dict)
    plane: dict[str, Plane] = field(default_factory=dict)
    torus: dict[str, tuple[int, dict[Element, Comparison]]] = field(default_factory=dict)


def check_window(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """Every element that maps a window to itself, on each window."""
    for parameters, probe in context.probes.items():
        for window in context.windows:
            try:
                found = on_window(probe, window)
            except TargetError as error:
                yield Result(
                    "window", Verdict.NOT_TESTED, "window", parameters, by(window), reason=str(error)
                )
                continue
            symmetries.window[parameters, window] = found
            yield _result("window", context, found, "window", parameters, window)


def check_transport(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """Elements that take a window to one of another shape: two maps, so that they are no part of the subgroup."""
    declaration = context.declaration
    for window in context.windows:
        if all(declaration.group.keeps(u, window) for u in declaration.group.on_pixels):
            continue
        for parameters, probe in context.probes.items():
            try:
                found = transported(probe, window)
            except TargetError as error:
                yield Result(
                    "transport", Verdict.NOT_TESTED, "window", parameters, by(window), reason=str(error)
                )
                continue
            yield _result("transport", context, found, "window", parameters, window)


def check_plane(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """Every element (u, t) on outputs that no boundary touches."""
    for parameters, probe in context.probes.items():
        try:
            plane = on_plane(probe, context.window, context.period, context.stride)
        except (UnsupportedError, TargetError) as error:
            yield Result("plane", Verdict.NOT_TESTED, "plane", parameters, reason=str(error))
            continue
        symmetries.plane[parameters] = plane
        yield _plane_result(context, plane, parameters)


def _plane_result(context: Context, plane: Plane, parameters: str) -> Result:
    """It holds where over every u of the point group some (u, t) does."""
    group = context.declaration.group
    cases = sum(c.cases for c in plane.found.values())
    best = {}
    for u in group.on_pixels:
        over = [c for (v, _), c in plane.found.items() if v == u]
        if over:
            best[u] = max(over, key=lambda c: (c.holds, -c.violation))
    least = worst(list(best.values()))
    element = next((group.names[u] for u, c in best.items() if c is least and not c.holds), None)
    if len(best) < len(group.on_pixels):  # no translation was found, so that no element was tried
        least, element = worst(list(plane.found.values())), "a translation"
        place = f"no translation by {plane.tried} is a symmetry"
        least = replace(least, note=least.note or f"it changes with the place: {place}")
    return _told(Result("plane", least.verdict, "plane", parameters, by(plane.window), cases), least, element)


def check_torus(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """Every element of the group modulo the window's side."""
    for parameters, probe in context.probes.items():
        for window in context.windows:
            try:
                N, found = on_torus(probe, window)
            except (UnsupportedError, TargetError) as error:
                yield Result("torus", Verdict.NOT_TESTED, "torus", parameters, by(window), reason=str(error))
                continue
            symmetries.torus[parameters] = N, found
            least = worst(list(found.values()))
            names = context.declaration.group.names
            element = next(
                (f"{names[u]}, translation {t}" for (u, t), c in found.items() if c is least and not c.holds),
                None,
            )
            cases = sum(c.cases for c in {id(c): c for c in found.values()}.values())
            yield _told(
                Result("torus", least.verdict, "torus", parameters, by(window), cases), least, element
            )
            break


def _result(
    check: str,
    context: Context,
    found: Mapping[int, Comparison],
    domain: str,
    parameters: str,
    window: Sequence[int],
) -> Result:
    if not found:
        return Result(
            check, Verdict.NOT_TESTED, domain, parameters, by(window), reason="no element is of this kind"
        )
    least = worst(list(found.values()))
    cases = sum(c.cases for c in found.values())
    element = next(
        (context.declaration.group.names[u] for u, c in found.items() if c is least and not c.holds), None
    )
    return _told(Result(check, least.verdict, domain, parameters, by(window), cases), least, element)


def _told(result: Result, comparison: Comparison, element: str | None = None) -> Result:
    """With what a comparison says."""
    return replace(
        result,
        how=comparison.how,
        ratio=comparison.ratio,
        violation=comparison.violation,
        element=element,
        reason=comparison.note or None,
    )


def window_symmetry(context: Context, symmetries: Symmetries, evidence: str) -> Symmetry | None:
    """The elements of the point group that hold on every window that they keep, with given and random parameters."""
    every: dict[int, list[Comparison]] = {}
    by_size: dict[tuple[int, ...], dict[int, bool]] = {}
    for (_, window), found in symmetries.window.items():
        for u, c in found.items():
            every.setdefault(u, []).append(c)
            sizes = by_size.setdefault(window, {})
            sizes[u] = sizes.get(u, True) and c.holds
    if not every:
        return None
    group = context.declaration.group
    holding = Found(group, frozenset((u, ()) for u, cs in every.items() if all(c.holds for c in cs)))
    record = _record(context, "window", holding, len(every), evidence)
    named_by_size = {
        by(w): named(largest_subgroup(Found(group, frozenset((u, ()) for u, ok in held.items() if ok))))[0]
        for w, held in by_size.items()
    }
    record.by_size.update(named_by_size)
    record.violations.update({group.names[u]: max(c.violation for c in cs) for u, cs in every.items() if u})
    return record


def plane_symmetry(context: Context, symmetries: Symmetries, evidence: str) -> Symmetry | None:
    """The elements (u, t) that hold with given and random parameters."""
    if not symmetries.plane:
        return None
    planes = list(symmetries.plane.values())
    T = max(p.T for p in planes)
    common = [p for p in planes if p.T == T]
    keys = set.intersection(*({key for key, c in p.found.items() if c.holds} for p in common))
    keys.add((0, (0,) * context.declaration.group.dimension))
    found = Found(context.declaration.group, frozenset(keys), T)
    translated = all(
        any(c.holds for (u, t), c in p.found.items() if u == 0 and t == (0,) * len(t)) for p in common
    )
    broken = any(
        not c.holds and u == 0 and max(t, default=0) >= T for p in common for (u, t), c in p.found.items()
    )
    record = _record(
        context, "plane", found, None if translated and not broken else 0, evidence, lattice=not broken
    )
    group = context.declaration.group
    for p in planes:
        for (u, _), c in p.found.items():
            name = group.names[u]
            record.violations[name] = min(record.violations.get(name, c.violation), c.violation)
    return record


def torus_symmetry(context: Context, symmetries: Symmetries, evidence: str) -> Symmetry | None:
    """The elements of the group modulo N that hold with given and random parameters."""
    if not symmetries.torus:
        return None
    (N, first), *others = symmetries.torus.values()
    holds = {key for key, c in first.items() if c.holds}
    for _, other in others:
        holds &= {key for key, c in other.items() if c.holds}
    found = Found(context.declaration.group, frozenset(holds), N)
    return _record(context, "torus", found, len(first), evidence)


def _record(
    context: Context, domain: str, found: Found, total: int | None, evidence: str, *, lattice: bool = True
) -> Symmetry:
    """The record; total: the order of the declared group on this domain, null where it is infinite."""
    subgroup = largest_subgroup(found)
    name, points = named(subgroup)
    group = context.declaration.group
    infinite = domain == "plane" and lattice
    order = None if infinite else len(subgroup.elements)
    on_lattice = subgroup.lattice if domain != "window" and group.dimension and lattice else None
    index = _index(context, subgroup) if infinite else (total // order if total and order else None)
    origin = subgroup.origin if domain == "plane" and lattice else None
    elements = (
        None
        if infinite or len(subgroup.elements) > LISTED
        else [_name(context, e) for e in sorted(subgroup.elements)]
    )
    return Symmetry(
        domain=domain,
        declared=group.name,
        name=name,
        order=order,
        index=index,
        point_group=points,
        lattice=on_lattice,
        origin=None if origin is None else [str(x) for x in origin],
        generators=[_name(context, e) for e in subgroup.generators()],
        elements=elements,
        by_size={},
        evidence=evidence,
        closed=found.closed,
    )


def _index(context: Context, subgroup: Found) -> int:
    """In the declared group: the index of the lattice times that of the point group."""
    lattice, cells = subgroup.lattice, 1
    for i, row in enumerate(lattice):
        cells *= row[i]
    return cells * (context.declaration.group.P.order // len(subgroup.points))


def _name(context: Context, element: Element) -> str:
    u, t = element
    name = context.declaration.group.names[u]
    return name if not any(t) else f"{name} + ({', '.join(map(str, t))})"
