"""Implementations of the operators that verify can read the laws on, by name.

An implementation is an object with some of `gcalc.reference`'s functions, called with the same arguments;
`symbolic` says whether it takes polynomial generators for numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gcalc.errors import UnsupportedError, UsageError
from gcalc.interpret.operators import CALLED
from gcalc.proving.law import Claim

OPERATORS = (
    "left_translate",
    "correlate",
    "convolve",
    "involution",
    "pool",
    "coset_pool",
    "input_gradient",
    "filter_gradient",
    "filter_transform",
    "filter_transform_gradient",
)


@dataclass(frozen=True)
class Backend:
    """An implementation under test: its operators by name, with `gcalc.reference`'s signatures.

    symbolic: whether it takes polynomial generators. groups: what it is read on where the user names none;
    the profile's if empty. contents: what fills the functions where generators do not: "integers" or
    "photograph". planar: whether it reads the planar laws only (True), the others only (False), or all.
    conditional: whether it reads claims with hypotheses, which `gcalc.reference` solves where it is not symbolic.
    missing: why it cannot be run here. device: where its arrays are.
    """

    name: str
    operators: Mapping[str, Callable[..., Any]] = field(repr=False)
    symbolic: bool = False
    groups: tuple[str, ...] = ()
    contents: str = "integers"
    planar: bool | None = None
    conditional: bool = False
    missing: str | None = None
    device: str = "cpu"

    @property
    def family(self) -> str:
        """The name that it shares with its like: "scipy" for "scipy.signal"."""
        return self.name.partition(".")[0]

    def reads(self, claim: Claim) -> bool:
        """Whether it has every operator of the claim, and the claim any."""
        used = {CALLED.get(name, name) for name in claim.symbols.operators} & set(OPERATORS)
        if claim.statement.hypotheses and not (self.symbolic or self.conditional):
            return False
        meant = self.planar in (None, bool(claim.symbols.automorphisms))
        return meant and bool(used) and used <= set(self.operators)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        operators: Mapping[str, Callable[..., Any]] = vars(self).get("operators", {})
        if name in operators:
            return operators[name]
        if name in OPERATORS:
            raise UnsupportedError(f"{self.name} has no {name}")
        raise AttributeError(name)


def reference() -> Backend:
    """The direct sums of `gcalc.reference`, on any scalars."""
    from gcalc import reference as sums

    return Backend("reference", {name: getattr(sums, name) for name in OPERATORS}, symbolic=True)


def _families() -> dict[str, Callable[[], tuple[Backend, ...]]]:
    def scipy() -> tuple[Backend, ...]:
        from gcalc.verify.scipy_backends import scipy_linalg, scipy_ndimage, scipy_signal

        return scipy_signal(), scipy_ndimage(), scipy_linalg()

    def fast() -> tuple[Backend, ...]:
        from gcalc.verify.fast_backends import fast_backends

        return fast_backends()

    return {"reference": lambda: (reference(),), "scipy": scipy, "fast": fast}


def named(name: str) -> tuple[Backend, ...]:
    """The implementations of that name: "reference", "scipy" or "fast", or one of a family: "scipy.signal".

    Raises:
        UsageError: no implementation of that name.
    """
    families = _families()
    family = families.get(name.partition(".")[0])
    members = family() if family else ()
    found = members if name in families else tuple(b for b in members if b.name == name)
    if not found:
        offered = [b.name for b in members] or families
        raise UsageError(f"no backend {name!r}; there are {', '.join(offered)}")
    return found
