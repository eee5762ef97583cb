"""The 17 wallpaper groups as crystallographic groups in two dimensions.

Main definitions
    wallpaper: the group of a symbol, short or full.
    wallpaper_symbols: the 17 symbols in the order of the International Tables.

Source:
    *International Tables for Crystallography*, vol. A (Th. Hahn, ed., 5th edition, Springer 2005), part 6,
    "The 17 plane groups (two-dimensional space groups)": general positions, short and full symbols. Two
    choices differ from the printed settings. Coordinates are (row, col) of an array, with the mirror
    m = fliplr where the lattice is rectangular or square. And cm, cmm are written on the primitive lattice,
    whose basis vectors the mirror exchanges, where the Tables print the centred one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.integral import Matrix, Vector, matmul
from gcalc.groups.isometry import Isometry, compose

__all__ = ["aliases", "wallpaper", "wallpaper_symbols"]


class PlaneGroup(NamedTuple):
    """Generators beside the unit translations.

    Attributes:
        n: the order of the rotation.
        r: the rotation by 360/n degrees about the origin.
        m: the matrix of a mirror or glide, or None.
        glide: the translation that goes with m.
        full: other symbols of the same group.
    """

    n: int
    r: Matrix
    m: Matrix | None = None
    glide: tuple[str, str] = ("0", "0")
    full: tuple[str, ...] = ()


# FLIP is fliplr of (row, col). SWAP fixes the sum of the two basis vectors, LONG their difference. In the
# hexagonal lattice, with basis vectors at 120 degrees, the sum is a shortest vector, the difference is not:
# that tells p31m and p3m1 apart.
ONE: Matrix = ((1, 0), (0, 1))
HALF_TURN: Matrix = ((-1, 0), (0, -1))
QUARTER_TURN: Matrix = ((0, -1), (1, 0))
SIXTH_TURN: Matrix = ((1, -1), (1, 0))
THIRD_TURN: Matrix = matmul(SIXTH_TURN, SIXTH_TURN)
FLIP: Matrix = ((1, 0), (0, -1))
SWAP: Matrix = ((0, 1), (1, 0))
LONG: Matrix = ((0, -1), (-1, 0))

TABLE: dict[str, PlaneGroup] = {
    "p1": PlaneGroup(1, ONE),
    "p2": PlaneGroup(2, HALF_TURN, full=("p211",)),
    "pm": PlaneGroup(1, ONE, FLIP, full=("p1m1",)),
    "pg": PlaneGroup(1, ONE, FLIP, ("1/2", "0"), full=("p1g1",)),
    "cm": PlaneGroup(1, ONE, SWAP, full=("c1m1",)),
    "pmm": PlaneGroup(2, HALF_TURN, FLIP, full=("p2mm",)),
    "pmg": PlaneGroup(2, HALF_TURN, FLIP, ("1/2", "0"), full=("p2mg",)),
    "pgg": PlaneGroup(2, HALF_TURN, FLIP, ("1/2", "1/2"), full=("p2gg",)),
    "cmm": PlaneGroup(2, HALF_TURN, SWAP, full=("c2mm",)),
    "p4": PlaneGroup(4, QUARTER_TURN),
    "p4m": PlaneGroup(4, QUARTER_TURN, FLIP, full=("p4mm",)),
    "p4g": PlaneGroup(4, QUARTER_TURN, FLIP, ("1/2", "1/2"), full=("p4gm",)),
    "p3": PlaneGroup(3, THIRD_TURN),
    "p3m1": PlaneGroup(3, THIRD_TURN, LONG),
    "p31m": PlaneGroup(3, THIRD_TURN, SWAP),
    "p6": PlaneGroup(6, SIXTH_TURN),
    "p6m": PlaneGroup(6, SIXTH_TURN, SWAP, full=("p6mm",)),
}

wallpaper_symbols: tuple[str, ...] = tuple(TABLE)
aliases: dict[str, str] = {full: symbol for symbol, entry in TABLE.items() for full in entry.full}


def wallpaper(symbol: str) -> CrystallographicGroup:
    """The wallpaper group of one of the 17 symbols; P lists r⁰, …, rⁿ⁻¹, then rᵏ∘m.

    >>> G = wallpaper("p4g")
    >>> G.point_group.order, G.is_split
    (8, False)
    """
    entry = TABLE[symbol]
    zero: Vector = (Fraction(0), Fraction(0))
    r = Isometry(entry.r, zero)
    powers = [Isometry(ONE, zero)]
    while len(powers) < entry.n:
        powers.append(compose(r, powers[-1]))
    if entry.m is not None:
        m = Isometry(entry.m, (Fraction(entry.glide[0]), Fraction(entry.glide[1])))
        powers += [compose(rotation, m) for rotation in powers]
    return CrystallographicGroup((g.matrix for g in powers), (g.translation for g in powers), symbol)
