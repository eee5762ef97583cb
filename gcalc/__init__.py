"""gcalc: the calculus of group-equivariant convolutions, exact, derived and checked.

`group` and `window` make groups and the spaces they act on; `reference` has the operators as literal sums,
`fast` for real sizes; `group_algebra` is the same calculus symbolically; `laws` the statements with their derivations.
`check_equivariance` says what a layer of yours is equivariant to; `testing` has that for test suites.
Conventions: left actions, ⋆ is correlation, ∗ is convolution.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gcalc.algebra import group_algebra as group_algebra
    from gcalc.check import check_equivariance as check_equivariance
    from gcalc.groups import group as group
    from gcalc.lawbook import laws as laws
    from gcalc.spaces import window as window

__version__ = "0.1.0"
__all__ = ["check_equivariance", "group", "group_algebra", "laws", "window"]

_HOMES = {
    "check_equivariance": "gcalc.check",
    "group": "gcalc.groups",
    "group_algebra": "gcalc.algebra",
    "laws": "gcalc.lawbook",
    "window": "gcalc.spaces",
}


def __getattr__(name: str) -> Any:
    """Import a public name where it is used, so that `import gcalc` stays light."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    if name in ("reference", "fast", "strategies", "errors", "testing"):
        return import_module(f"gcalc.{name}")
    raise AttributeError(f"module 'gcalc' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
