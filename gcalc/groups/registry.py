"""Groups by name: ``group("D4")``, ``group("p4m")``, ``group("C2xC3")``."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, overload

from gcalc.errors import UnknownGroupError
from gcalc.groups import named
from gcalc.groups.wallpaper import aliases, wallpaper, wallpaper_symbols

if TYPE_CHECKING:
    from gcalc.groups.crystallographic import CrystallographicGroup
    from gcalc.groups.finite import FiniteGroup

__all__ = ["group"]

FAMILIES = {"C": named.cyclic, "D": named.dihedral, "S": named.symmetric, "A": named.alternating}
FAMILY_NAMES = [f"{letter}{n}" for letter in FAMILIES for n in range(1, 8)]
EXAMPLES = [*wallpaper_symbols, *aliases, *FAMILY_NAMES, "Q8", "C2xC2", "C2xC3"]

WallpaperSymbol = Literal[
    "p1", "p2", "pm", "pg", "cm", "pmm", "pmg", "pgg", "cmm", "p4", "p4m", "p4g",
    "p3", "p3m1", "p31m", "p6", "p6m",
    "p211", "p1m1", "p1g1", "c1m1", "p2mm", "p2mg", "p2gg", "c2mm", "p4mm", "p4gm", "p6mm",
]  # fmt: skip


@overload
def group(name: WallpaperSymbol) -> CrystallographicGroup: ...
@overload
def group(name: str) -> FiniteGroup | CrystallographicGroup: ...
def group(name: str) -> FiniteGroup | CrystallographicGroup:
    """The group of this name; the same object each time.

    Args:
        name: a wallpaper symbol, short or full ("p4m", "p4mm"); C_n, D_n of order 2n, S_n, A_n ("C6", "D4",
            "S4", "A5"); "Q8"; or a direct product of finite ones ("C2xC3"). Case-sensitive.

    Raises:
        UnknownGroupError: there is none; the message offers the closest names.
        UnsupportedError: it is too large for a multiplication table.

    >>> group("D4").order, group("p4mm").name
    (8, 'p4m')
    """
    if not isinstance(name, str):
        raise UnknownGroupError(f"a group's name is a string such as 'p4m' or 'D4', got {name!r}")
    symbol = aliases.get(name.strip(), name.strip())
    return _wallpaper(symbol) if symbol in wallpaper_symbols else _finite(re.sub(r"\s+", "", name))


@cache
def _wallpaper(symbol: str) -> CrystallographicGroup:
    return wallpaper(symbol)


@lru_cache(maxsize=64)
def _finite(name: str) -> FiniteGroup:
    factors = [_family(factor, name) for factor in name.split("x")]
    return factors[0] if len(factors) == 1 else named.direct_product(*factors)


def _family(factor: str, name: str) -> FiniteGroup:
    """C_n, D_n, S_n, A_n or Q8; ``name`` is what the user wrote, for the message."""
    if factor == "Q8":
        return named.quaternion()
    match = re.fullmatch(r"([CDSA])([0-9]+)", factor)
    if match is None:
        closest = get_close_matches(name, EXAMPLES, n=3, cutoff=0.3) or ["p4m", "C6", "D4"]
        raise UnknownGroupError(
            f"unknown group {name!r} (names are case-sensitive); closest names: {', '.join(closest)}"
        )
    return FAMILIES[match[1]](int(match[2]))
