"""What the public functions ask of their first argument and of their options.

Main definitions
    check_space, check_group: the first argument is a space, or a group.
    check_options: the filter and the boundary exist, and belong to that space.
"""

from __future__ import annotations

from typing import Any

from gcalc.errors import ElementError, UnsupportedError, UsageError
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.gset import GSet
from gcalc.groups.infinite import InfiniteGSet
from gcalc.reference.arrays import short

__all__ = ["check_element", "check_group", "check_options", "check_space", "refuse_box"]

FILTERS = ("full", "box")
BOUNDARIES = ("periodic", "zero", "valid")


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


def refuse_box(X: InfiniteGSet, filter: str) -> None:
    """Refuse a box filter on an infinite set, where filters are dicts."""
    if filter == "box":
        raise UnsupportedError(
            f"{X.name} is infinite: a filter is a dict {{point: value}}; leave the box out"
        )
