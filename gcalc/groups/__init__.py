"""Groups, exact: finite groups as Cayley tables, crystallographic groups, and the registry of names.

Main definitions
    group: a group by its name.
    FiniteGroup, GSet: a finite group and a finite set it acts on, one integer table each.
    CrystallographicGroup, InfiniteGSet: Z^d.P and an infinite set it acts on.
    Quotient: a crystallographic group with translations mod N.
    wallpaper_symbols: the 17 wallpaper groups.
"""

from __future__ import annotations

from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.gset import GSet
from gcalc.groups.infinite import InfiniteGSet
from gcalc.groups.isometry import Isometry
from gcalc.groups.named import (
    alternating,
    cyclic,
    dihedral,
    direct_product,
    quaternion,
    semidirect_product,
    symmetric,
)
from gcalc.groups.quotient import Quotient
from gcalc.groups.registry import group
from gcalc.groups.wallpaper import wallpaper_symbols

__all__ = [
    "CrystallographicGroup",
    "FiniteGroup",
    "GSet",
    "InfiniteGSet",
    "Isometry",
    "Quotient",
    "alternating",
    "cyclic",
    "dihedral",
    "direct_product",
    "group",
    "quaternion",
    "semidirect_product",
    "symmetric",
    "wallpaper_symbols",
]
