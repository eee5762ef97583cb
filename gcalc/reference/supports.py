"""Reading arguments that are finitely supported functions: dicts {point: value}, in lists over channels.

Main definitions
    read_functions: lists over named channels of dicts, every point and value checked.
    over_channels: an operator on one function, applied to every dict of nested lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gcalc.errors import ElementError, ShapeError, UnsupportedError, short
from gcalc.reference.arrays import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from gcalc.groups.crystallographic import CrystallographicGroup
    from gcalc.groups.infinite import InfiniteGSet

__all__ = ["over_channels", "read_function", "read_functions", "refuse_box", "same_lengths"]


def read_function(where: CrystallographicGroup | InfiniteGSet, values: Any, name: str) -> dict[Any, Any]:
    """The dict {point: value}, its points all in ``where`` and its values finite.

    Raises:
        ElementError: a point is another set's.
        ExactnessError: a value is not finite.
    """
    for x in values:
        if x not in where:
            raise ElementError(f"{name} has a value at {short(x)}, which is not in {where.name}")
    return {x: plain(value, name) for x, value in values.items()}


def read_functions(
    where: InfiniteGSet | CrystallographicGroup, values: Any, name: str, channels: tuple[str, ...]
) -> Any:
    """Lists over the named channels of dicts {point: value}.

    Raises:
        ShapeError: the lists are nested otherwise, or empty.
    """
    if not _nested(values, len(channels)):
        form = "".join(f"a list over {channel.lower()} of " for channel in channels)
        raise ShapeError(
            f"{name} on {where.name}, which is infinite, must be {form}dicts {{point: value}}, "
            f"got {short(values)}"
        )
    if not channels:
        return read_function(where, values, name)
    return [read_functions(where, channel, name, channels[1:]) for channel in values]


def over_channels(
    where: InfiniteGSet | CrystallographicGroup,
    values: Any,
    name: str,
    operator: Callable[[dict[Any, Any]], dict[Any, Any]],
) -> Any:
    """``operator`` of a dict, or of each dict in nested lists, which keep their form."""
    if isinstance(values, Mapping):
        return operator(read_function(where, values, name))
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise ShapeError(
            f"{name} on {where.name}, which is infinite, must be a dict {{point: value}}, or lists of these, "
            f"got {short(values)}"
        )
    return [over_channels(where, channel, name, operator) for channel in values]


def same_lengths(axis: str, first: str, f: Sequence[Any], second: str, *others: Sequence[Any]) -> None:
    """Refuse lists over a channel axis that differ in length."""
    for other in others:
        if len(f) != len(other):
            raise ShapeError(
                f"{first} has {axis} = {len(f)} but {second} has {axis} = {len(other)}; they must be equal"
            )


def _nested(values: Any, depth: int) -> bool:
    if depth == 0:
        return isinstance(values, Mapping)
    if isinstance(values, Mapping | str) or not isinstance(values, Sequence) or not values:
        return False
    return all(_nested(value, depth - 1) for value in values)


def refuse_box(X: InfiniteGSet, filter: str) -> None:
    """Refuse a box filter on an infinite set, where filters are dicts."""
    if filter == "box":
        raise UnsupportedError(
            f"{X.name} is infinite: a filter is a dict {{point: value}}; leave the box out"
        )
