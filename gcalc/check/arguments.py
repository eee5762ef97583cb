"""The arguments of a check that are neither layer nor declaration, looked at before anything runs.

Main definitions
    linearity, strides, domains, expected, whole, function: what was given, in one form.
    refuse_off_pixels: no windows for groups that do not take pixels to pixels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gcalc.check.declaration import Declaration
from gcalc.check.grids import Declared
from gcalc.check.symmetry import names_of_subgroups
from gcalc.errors import UsageError, short
from gcalc.groups.wallpaper import aliases

__all__ = [
    "BY_DEFAULT",
    "DOMAINS",
    "domains",
    "expected",
    "function",
    "linearity",
    "refuse_off_pixels",
    "strides",
    "whole",
]

DOMAINS = ("window", "plane", "torus")
BY_DEFAULT = ("window", "plane")
CLAIMS = ("linear", "bilinear")


def linearity(linear: bool | str) -> str | None:
    """What is claimed: "linear", "bilinear" or nothing."""
    if linear in (False, None):
        return None
    if linear is True:
        return "linear"
    if linear not in CLAIMS:
        raise UsageError(f"linear= is True, False, 'linear' or 'bilinear', got {linear!r}")
    return str(linear)


def strides(stride: int | Mapping[str, int] | None, declaration: Declaration) -> Mapping[str, int] | None:
    """The stride of the outputs along axes of space."""
    if stride is None:
        return None
    found = dict(stride) if isinstance(stride, Mapping) else dict.fromkeys(declaration.space, stride)
    for name, s in found.items():
        if name not in declaration.space:
            raise UsageError(f"stride= names {name!r}; the axes of space are {', '.join(declaration.space)}")
        if isinstance(s, bool) or not isinstance(s, int) or s < 1:
            raise UsageError(f"stride= is a whole number from 1 on, got {s!r} for {name!r}")
    return found


def expected(expect: str | None, group: Declared) -> str | None:
    """The name that a subgroup must have."""
    if expect is None:
        return None
    if not isinstance(expect, str):
        raise UsageError(f"expect= is the name of a group, such as 'p2', got {short(expect)}")
    names, symbol = names_of_subgroups(group), aliases.get(expect.strip(), expect.strip())
    if symbol not in names:
        raise UsageError(
            f"expect={expect!r}: no subgroup of {group.name} is called so; there are {', '.join(names)}"
        )
    return symbol


def whole(name: str, value: Any, least: int) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise UsageError(f"{name}= is a whole number from {least} on, got {short(value)}")
    return value


def function(name: str, value: Any, takes: str) -> Any:
    """A function, or nothing."""
    if value is not None and not callable(value):
        raise UsageError(f"{name}= is a function of {takes}, got {short(value)}")
    return value


def domains(domain: str | Sequence[str] | None) -> tuple[str, ...]:
    """The names of the domains that are wanted."""
    several = domain if isinstance(domain, Sequence) else ()
    chosen = BY_DEFAULT if domain is None else (domain,) if isinstance(domain, str) else tuple(several)
    if not chosen or not all(isinstance(name, str) for name in chosen):
        raise UsageError(f"domain= is one or several of {', '.join(DOMAINS)}, got {short(domain)}")
    for name in chosen:
        if name not in DOMAINS:
            raise UsageError(f"no domain {name!r}; there are {', '.join(DOMAINS)}")
    return chosen


def refuse_off_pixels(declaration: Declaration, domains: Sequence[str]) -> None:
    """A group some of whose elements do not take pixels to pixels is read on the torus only."""
    group = declaration.group
    if declaration.has_space and len(group.on_pixels) < group.P.order and tuple(domains) != ("torus",):
        names = ", ".join(name for u, name in enumerate(group.names) if u not in group.on_pixels)
        raise UsageError(
            f"{group.name} has elements that do not take pixels of a window to pixels ({names}); on axial coordinates "
            "with glued edges it is read by domain='torus'"
        )
