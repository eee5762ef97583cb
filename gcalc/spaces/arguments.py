"""What the public functions of `gcalc.reference` and `gcalc.fast` ask of their arguments other than arrays.

Main definitions
    check_space, check_group, check_element: the argument is a space, a group, an element of a group.
    check_options: the filter and the boundary exist, and belong to the space.
    acting_point_group: the point group that moves filters, where a subgroup stands for it.
    distinct, members: the elements that are pooled over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gcalc.errors import ElementError, UnsupportedError, UsageError, short
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.gset import GSet
from gcalc.groups.infinite import InfiniteGSet
from gcalc.groups.quotient import Quotient
from gcalc.spaces.window import Window, WindowRegular

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "acting_point_group",
    "check_element",
    "check_group",
    "check_operation",
    "check_options",
    "check_space",
    "distinct",
    "members",
]

FILTERS = ("full", "box")
BOUNDARIES = ("periodic", "zero", "valid")
OPERATIONS = ("max", "sum", "mean")


def check_space(X: Any) -> None:
    """Refuse what is no space, and say which space a group could have meant."""
    if isinstance(X, GSet | InfiniteGSet):
        return
    if isinstance(X, FiniteGroup | CrystallographicGroup):
        raise UsageError(f"X must be a space, got the group {X}; take its .regular, .grid or .cosets(H)")
    raise UsageError(f"X must be a space such as G.regular, G.grid, G.cosets(H) or a window, got {short(X)}")


def check_group(G: Any) -> None:
    """Refuse what is no group, and say which group a space could have meant."""
    if isinstance(G, FiniteGroup | CrystallographicGroup):
        return
    if isinstance(G, GSet | InfiniteGSet):
        raise UsageError(f"G must be a group, got the space {G.name}; take its .group")
    raise UsageError(f'G must be a group such as gcalc.group("D4"), got {short(G)}')


def check_element(G: Any, u: Any, name: str) -> None:
    """Refuse an element of another group."""
    if u not in G:
        raise ElementError(
            f"{name} holds {short(u)}, which is not an element of {G}; take elements of {G.name}"
        )


def check_options(X: GSet | InfiniteGSet, filter: str, boundary: str) -> None:
    """Refuse a filter or boundary that does not exist, or does not belong to X."""
    if filter not in FILTERS:
        raise UsageError(f'filter must be "full" or "box", got {short(filter)}')
    if boundary not in BOUNDARIES:
        raise UsageError(f'boundary must be "periodic", "zero" or "valid", got {short(boundary)}')
    if X.is_window:
        if filter != "box":
            raise UnsupportedError(
                f'the {X.name} takes box filters only; pass filter="box" or a filter_shape'
            )
        if boundary == "periodic":
            raise UnsupportedError(
                f'the {X.name} has no periodic boundary; pass boundary="zero" or "valid", or take the grid '
                "of a quotient"
            )
    elif boundary != "periodic":
        raise UnsupportedError(f"{X.name} has no boundary; boundary={boundary!r} is for gcalc.window")


def acting_point_group(X: Any, filter: str) -> FiniteGroup:
    """The point group P of the split group that acts on X, which moves filters.

    Raises:
        UnsupportedError: X is no window, grid or regular space of a split group, or has no such filter.
    """
    check_space(X)
    check_options(X, filter, "zero" if getattr(X, "is_window", False) else "periodic")
    if isinstance(X, Window | WindowRegular):
        return X.point_group
    if not isinstance(X.group, Quotient) or not (X.is_grid or X.is_regular):
        raise UnsupportedError(
            f"{X.name} has no filter transformation; it needs the grid or the regular space of a quotient of "
            "a split group, or a window"
        )
    if not X.group.is_split:
        raise UnsupportedError(
            f"{X.group.name} is not split, so no subgroup stands for its point group and filters have no "
            "transformation; use correlate, or a split group such as p4m"
        )
    if filter == "box" and X.group.denominator != 1:
        raise UnsupportedError(
            f"{X.group.name} has translation parts that are not integral, so boxes do not turn about the "
            "lattice's origin; use filter=\"full\", or move the group's origin to a point that P fixes"
        )
    return X.group.point_group


def check_operation(op: str) -> None:
    """Refuse an operation of pooling that does not exist."""
    if op not in OPERATIONS:
        raise UsageError(f'op must be "max", "sum" or "mean", got {short(op)}')


def members(U: Iterable[Any], name: str) -> list[Any]:
    """The elements of an iterable."""
    try:
        return list(U)
    except TypeError:
        raise UsageError(
            f"{name} must be an iterable of group elements, got {short(U)}; write [{short(U)}]"
        ) from None


def distinct(G: FiniteGroup | CrystallographicGroup, U: Iterable[Any]) -> list[Any]:
    """The members of a non-empty set of elements of G, in U's order."""
    elements = members(U, "U")
    if not elements:
        raise UsageError("U is empty, so there is nothing to pool over; the least choice is [G.identity]")
    for i, u in enumerate(elements):
        check_element(G, u, "U")
        if u in elements[:i]:
            raise UsageError(f"U holds {short(u)} twice; give each element once")
    return elements
