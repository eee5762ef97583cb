"""group(name): every family, aliases, and what an unknown name is told."""

from __future__ import annotations

import pytest

import gcalc
from gcalc.errors import UnknownGroupError, UnsupportedError, UsageError
from gcalc.groups import CrystallographicGroup, FiniteGroup, group, wallpaper_symbols


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("C1", 1),
        ("C6", 6),
        ("D4", 8),
        ("S4", 24),
        ("A5", 60),
        ("Q8", 8),
        ("C2xC3", 6),
        ("C2 x C2", 4),
        ("D4xQ8", 64),
    ],
)
def test_finite_names(name, order):
    G = group(name)
    assert isinstance(G, FiniteGroup)
    assert G.order == order
    assert G.name == name.replace(" ", "")
    assert group(name) is G


def test_wallpaper_names():
    assert len(wallpaper_symbols) == len(set(wallpaper_symbols)) == 17
    for symbol in wallpaper_symbols:
        G = group(symbol)
        assert isinstance(G, CrystallographicGroup)
        assert G.name == symbol
        assert G.order is None
        assert group(symbol) is G


@pytest.mark.parametrize(
    ("alias", "symbol"),
    [
        ("p211", "p2"), ("p1m1", "pm"), ("p1g1", "pg"), ("c1m1", "cm"), ("p2mm", "pmm"), ("p2mg", "pmg"),
        ("p2gg", "pgg"), ("c2mm", "cmm"), ("p4mm", "p4m"), ("p4gm", "p4g"), ("p6mm", "p6m"),
    ],
)  # fmt: skip
def test_aliases(alias, symbol):
    assert group(alias) is group(symbol)


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("p5", "p6"), ("P4", "p4"), ("p4M", "p4m"), ("d4", "D4"), ("C2xK4", "C2xC"), ("p3m", "p3m1"),
        ("q8", "Q8"), ("", "p4m"), ("C2x", "C2xC"), ("C-3", "C3"), ("C٣", "C"), ("p4xC2", "C2"),
        ("hexagonal", "p4m, C6, D4"),
    ],
)  # fmt: skip
def test_unknown_names_are_offered_the_closest(name, offered):
    with pytest.raises(UnknownGroupError, match=r"unknown group .*case-sensitive.*closest names: ") as caught:
        group(name)
    message = str(caught.value)
    assert repr(name) in message
    assert offered in message.split("closest names: ")[1]
    assert "\n" not in message


@pytest.mark.parametrize("name", [4, None, ("p", "4")])
def test_a_name_is_a_string(name):
    with pytest.raises(UnknownGroupError, match="a group's name is a string such as 'p4m'"):
        group(name)


def test_degrees_out_of_range():
    with pytest.raises(UsageError, match="D0 is not a group"):
        group("D0")
    with pytest.raises(UnsupportedError, match="S20 has 2432902008176640000 elements"):
        group("S20")


def test_the_package_offers_it():
    assert gcalc.group("p4m") is group("p4m")
