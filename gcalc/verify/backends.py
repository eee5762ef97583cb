"""Implementations of the operators that verify can read the laws on, by name.

An implementation is an object with some of `gcalc.reference`'s functions, called with the same arguments; `symbolic` says whether it
takes polynomial generators for numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gcalc.errors import UnsupportedError, UsageError

OPERATORS = (
    "left_translate",
    "correlate",
    "convolve",
    "involution",
    "pool",
    "input_gradient",
    "filter_gradient",
    "filter_transform",
    "filter_transform_gradient",
)


@dataclass(frozen=True)
class Backend:
    """An implementation under test: its operators by name, with `gcalc.reference`'s signatures."""

    name: str
    operators: Mapping[str, Callable[..., Any]] = field(repr=False)
    symbolic: bool = False

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name in OPERATORS:
            if name in self.operators:
                return self.operators[name]
            raise UnsupportedError(f"{self.name} has no {name}")
        raise AttributeError(name)


def reference() -> Backend:
    """The direct sums of `gcalc.reference`, on any scalars."""
    from gcalc import reference as sums

    return Backend("reference", {name: getattr(sums, name) for name in OPERATORS}, symbolic=True)


_NAMED: dict[str, Callable[[], Backend]] = {"reference": reference}


def named(name: str) -> Backend:
    """The implementation of that name.

    Raises:
        UsageError: no implementation of that name.
    """
    if name not in _NAMED:
        raise UsageError(f"no backend {name!r}; there are {', '.join(_NAMED)}")
    return _NAMED[name]()
