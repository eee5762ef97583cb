"""What laws are evaluated on: a finite group with the sets it acts on, or a pixel window; made from a name.

Names: "S3" (any finite group of `gcalc.group`), "p4m mod 3" (a wallpaper group modulo 3 primitive
translations), "P-1 mod 3" (the same in space, for the groups of SPATIAL), "p4m 5x4" (a window), "p4m grid 24" (the
translations modulo 24 alone, turned by the point group: for planar laws on larger images).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np

from gcalc.errors import UnknownGroupError
from gcalc.groups import CrystallographicGroup, group
from gcalc.groups.gset import GSet
from gcalc.spaces import window

QUOTIENT = re.compile(r"(?P<symbol>[\w-]+) mod (?P<modulus>\d+)")
GRID = re.compile(r"(?P<symbol>\w+) grid (?P<modulus>\d+)")
SPATIAL = {
    "P-1": (((-1, 0, 0), (0, -1, 0), (0, 0, -1)),),
    "P23": (((-1, 0, 0), (0, -1, 0), (0, 0, 1)), ((0, 0, 1), (1, 0, 0), (0, 1, 0))),
}
"""Space groups, by the matrices that generate their point groups."""
WINDOW = re.compile(r"(?P<symbol>\w+) (?P<rows>\d+)x(?P<cols>\d+)")


@dataclass(frozen=True)
class Subject:
    """A group and its spaces.

    group: a finite group (of a window: the symmetries of the array). spaces: the G-sets X that the laws are
    read on. planar: for (1), the group T of translations and the set T with the automorphisms acting on it.
    window:
    for windows only.
    """

    name: str
    group: Any
    spaces: tuple[Any, ...]
    planar: tuple[Any, Any] | None = None
    window: Any = None

    def subgroup(self, name: str) -> tuple[Any, ...] | None:
        """The members of T or H of a split group T ⋊ H; H of another group is any; None where there is none."""
        if getattr(self.group, "is_split", False):
            return tuple(self.group.translation_subgroup if name == "T" else self.group.point_subgroup)
        return None if name == "T" else _proper_subgroup(self.group)


@lru_cache(maxsize=256)
def subject(name: str) -> Subject:
    """The subject of that name.

    Raises:
        UnknownGroupError: naming the closest groups.
        UsageError: a modulus or a window that the group does not have.
    """
    if match := WINDOW.fullmatch(name):
        pixels = window(match["symbol"], int(match["rows"]), int(match["cols"]))
        return Subject(name, pixels.group, (pixels, pixels.regular), window=pixels)
    if match := GRID.fullmatch(name):
        lattice = _lattice(group(match["symbol"]), int(match["modulus"]))
        return Subject(name, lattice[0], (), lattice)
    if match := QUOTIENT.fullmatch(name):
        infinite = _infinite(match["symbol"])
        if not hasattr(infinite, "quotient"):
            raise UnknownGroupError(
                f"{match['symbol']} has no translations to divide by; say {match['symbol']} alone"
            )
        finite = infinite.quotient(int(match["modulus"]))
        planar = _lattice(infinite, finite.modulus) if infinite.dimension == 2 else None
        return Subject(name, finite, (finite.regular, finite.grid, *_cosets(finite)), planar)
    finite = group(name)
    if not hasattr(finite, "multiplication_table"):
        raise UnknownGroupError(
            f"{name} is infinite; say {name} mod 3 for its quotient, or {name} 5x5 for a window"
        )
    return Subject(name, finite, (finite.regular, *_cosets(finite)), (finite, _conjugation(finite)))


@cache
def _infinite(symbol: str) -> Any:
    """A group by its name, or one of those in space."""
    if symbol not in SPATIAL:
        return group(symbol)
    return CrystallographicGroup.generated_by([(matrix, (0, 0, 0)) for matrix in SPATIAL[symbol]], symbol)


def _cosets(finite: Any) -> tuple[Any, ...]:
    """G/H for that H: points have stabilizers."""
    chosen = _proper_subgroup(finite)
    return () if chosen is None else (finite.cosets(chosen),)


@cache
def _proper_subgroup(finite: Any) -> tuple[Any, ...] | None:
    """A cyclic H that is not normal, or the first proper one."""
    proper = [h for h in map(lambda g: finite.subgroup([g]), finite.elements[1:]) if len(h) < finite.order]
    return next((h for h in proper if not _is_normal(finite, h)), proper[0] if proper else None)


def _is_normal(finite: Any, subgroup: tuple[Any, ...]) -> bool:
    members = set(subgroup)
    return all(
        finite.multiply(finite.multiply(g, h), finite.inverse(g)) in members
        for g in finite.generators
        for h in subgroup
    )


def _conjugation(finite: Any) -> GSet:
    """G acting on itself by the automorphisms x -> u x u⁻¹."""
    product, inverse = finite.multiplication_table, finite.inverse_table
    table = np.array([product[product[u], inverse[u]] for u in range(finite.order)])
    return GSet(finite, f"{finite.name} under conjugation", finite.elements, table, shape=finite.shape)


def _lattice(infinite: Any, modulus: int) -> tuple[Any, Any]:
    """The translations modulo N, and the point group acting on them: the print's rotations of the grid."""
    translations = group("p1").quotient(modulus)
    vectors = np.array(list(np.ndindex(translations.shape[1:])))
    matrices = [np.array(m) for m in infinite.point_group.elements]
    table = np.array([(vectors @ m.T % modulus) @ [modulus, 1] for m in matrices])
    name = f"translations of {infinite.name} mod {modulus}"
    return translations, GSet(
        infinite.point_group, name, translations.elements, table, shape=translations.shape
    )
