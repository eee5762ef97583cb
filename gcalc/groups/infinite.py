"""Infinite sets with a left action of a crystallographic group.

Main definitions
    InfiniteGSet: ``act(g, x) = gx`` and ``transporter(y, x) = {g : gx = y}``, which must be finite.

Sums over the group such as ``sum_g d(g) psi(g⁻¹x)`` with finitely supported d and psi run over
transporters, so sets with infinite stabilizers are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sized
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gcalc.errors import ElementError, InvalidGroupError, UnsupportedError
from gcalc.groups.isometry import Isometry, compose

if TYPE_CHECKING:
    from gcalc.groups.crystallographic import CrystallographicGroup

__all__ = ["InfiniteGSet", "cosets_of", "grid_of", "regular_of"]


class InfiniteGSet:
    """An infinite set X on which a crystallographic group G acts on the left with finite stabilizers.

    Attributes:
        group: the group G.
        name: what the set is called in messages.
        origin: the point that filters are centred on.
        dimension: d, that of the group.
        denominator: D, that of the group; the grid is ``((1/D)Z)^d``.
        is_regular: whether X is G itself under left multiplication.
        is_grid: whether X is the grid.
    """

    def __init__(
        self,
        group: CrystallographicGroup,
        name: str,
        act: Callable[[Isometry, Any], Any],
        transporter: Callable[[Any, Any], Iterable[Isometry]] | None,
        origin: Hashable,
        contains: Callable[[Any], bool],
        *,
        is_regular: bool = False,
        is_grid: bool = False,
    ) -> None:
        """Hold an action.

        Args:
            group: the group G.
            name: what to call the set.
            act: the point gx.
            transporter: all g with gx = y, as a collection of known length; None says that it is infinite.
            origin: a point.
            contains: whether its argument is a point.
            is_regular: whether X is G itself.
            is_grid: whether X is the grid.

        Raises:
            UnsupportedError: stabilizers are infinite.
        """
        self.group = group
        self.name = name
        self.origin = origin
        self.dimension = group.dimension
        self.denominator = group.denominator
        self.is_regular = is_regular
        self.is_grid = is_grid
        self.is_window = False
        self._act = act
        self._contains = contains
        if transporter is None:
            raise _infinite_stabilizers(name, group)
        self._transporter = transporter
        self.transporter(origin, origin)

    def __repr__(self) -> str:
        """The name and the group."""
        return f"<InfiniteGSet {self.name} under {self.group}>"

    def __contains__(self, x: object) -> bool:
        """Whether x is a point."""
        return self._contains(x)

    def act(self, g: Isometry, x: Any) -> Any:
        """The point ``gx``."""
        self.group.check_element(g)
        self._check_point(x)
        return self._act(g, x)

    def transporter(self, y: Any, x: Any) -> tuple[Isometry, ...]:
        """All g with ``gx = y``."""
        self._check_point(y)
        self._check_point(x)
        found = self._transporter(y, x)
        if not isinstance(found, Sized):
            raise _infinite_stabilizers(self.name, self.group)
        return tuple(found)

    def stabilizer(self, x: Any) -> tuple[Isometry, ...]:
        """The finite subgroup ``{g : gx = x}``."""
        return self.transporter(x, x)

    def _check_point(self, x: Any) -> None:
        if not self._contains(x):
            raise ElementError(f"{x!r} is not a point of {self.name}; one is {self.origin!r}")


def _infinite_stabilizers(name: str, group: CrystallographicGroup) -> UnsupportedError:
    return UnsupportedError(
        f"{name} under {group} has infinite stabilizers, over which sums do not end; "
        "use .regular, .grid or the cosets of a finite subgroup"
    )


def regular_of(group: CrystallographicGroup) -> InfiniteGSet:
    """G itself: ``g·x = gx``, and the transporter of x to y is ``{y x⁻¹}``."""

    def transporter(y: Isometry, x: Isometry) -> tuple[Isometry, ...]:
        return (compose(y, group.inverse(x)),)

    return InfiniteGSet(
        group, group.name, compose, transporter, group.identity, group.__contains__, is_regular=True
    )


def grid_of(group: CrystallographicGroup) -> InfiniteGSet:
    """``((1/D)Z)^d``: the transporter of x to y has ``(p, y - px)`` for each p for which it is in G."""
    d, D = group.dimension, group.denominator

    def act(g: Isometry, x: Any) -> Any:
        return g(x)

    def transporter(y: Any, x: Any) -> tuple[Isometry, ...]:
        zero = (Fraction(0),) * d
        images = ((p, Isometry(p, zero)(x)) for p in group.point_group)
        candidates = (
            Isometry(p, tuple(a - b for a, b in zip(map(Fraction, y), px, strict=True))) for p, px in images
        )
        return tuple(g for g in candidates if g in group)

    def contains(x: Any) -> bool:
        return (
            isinstance(x, tuple)
            and len(x) == d
            and all(isinstance(a, int | Fraction) and (a * D).denominator == 1 for a in x)
        )

    name = f"the grid (1/{D} Z)^{d}" if D > 1 else f"the grid Z^{d}"
    return InfiniteGSet(group, name, act, transporter, (Fraction(0),) * d, contains, is_grid=True)


def cosets_of(group: CrystallographicGroup, H: Iterable[Isometry]) -> InfiniteGSet:
    """G/H for a finite subgroup H: the transporter of xH to yH is ``y H x⁻¹``."""
    members = _finite_subgroup(group, H)

    def coset(g: Isometry) -> frozenset[Isometry]:
        return frozenset(compose(g, h) for h in members)

    def act(g: Isometry, x: Any) -> Any:
        return frozenset(compose(g, k) for k in x)

    def transporter(y: Any, x: Any) -> tuple[Isometry, ...]:
        back = group.inverse(next(iter(x)))
        return tuple(sorted(compose(k, back) for k in y))

    def contains(x: Any) -> bool:
        return (
            isinstance(x, frozenset)
            and len(x) > 0
            and all(g in group for g in x)
            and x == coset(next(iter(x)))
        )

    name = f"{group.name}/H with |H| = {len(members)}"
    return InfiniteGSet(group, name, act, transporter, coset(group.identity), contains)


def _finite_subgroup(group: CrystallographicGroup, H: Iterable[Isometry]) -> frozenset[Isometry]:
    """The set H, after checking that its elements have finite order and that it is closed under products."""
    members = frozenset(H)
    if not members:
        raise InvalidGroupError(
            f"an empty set is not a subgroup of {group}; the least one is [{group.name}.identity]"
        )
    for h in members:
        group.check_element(h)
        power = h
        while power.matrix != group.identity.matrix:
            power = compose(power, h)
        if power != group.identity:
            raise _infinite_stabilizers(f"{group.name}/H, where H has {h} of infinite order,", group)
    for g in members:
        for h in members:
            if compose(g, h) not in members:
                raise InvalidGroupError(
                    f"not a subgroup of {group}: ({g})·({h}) = {compose(g, h)} is missing; add it"
                )
    return members
