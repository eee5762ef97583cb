"""The layout of a claim on a subject: which sets its sorts become there, before its functions have any contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gcalc.interpret import Carrier
from gcalc.interpret.model import Box
from gcalc.kernel.terms import Aut, Fun, Sort, Var


class InapplicableError(Exception):
    """A hypothesis of the claim fails on the subject; the message names it.

    cases: how many equations were evaluated to see that; 0 if it was seen otherwise.
    """

    def __init__(self, message: str, cases: int = 0) -> None:
        super().__init__(message)
        self.cases = cases


@dataclass(frozen=True)
class Layout:
    """Sets for the sorts of a claim, and what else a model needs but the contents of its functions."""

    space: str
    carriers: Mapping[Sort, Carrier]
    automorphisms: Mapping[Aut, tuple[Any, int]] = field(default_factory=dict)
    labels: Mapping[Var, Sequence[Any]] = field(default_factory=dict)
    ranges: Mapping[Var, Sequence[int]] = field(default_factory=dict)
    box: Box | None = None
    boxed: frozenset[Fun] = frozenset()
    boundary: Mapping[str, str] = field(default_factory=dict)

    def shape(self, function: Fun) -> tuple[int, ...]:
        """The shape of a function's array: that of its arguments, but for filters given on a box."""
        shapes = [self.carriers[sort].shape for sort in function.arguments]
        if self.box is not None and function in self.boxed:
            shapes[-1] = self.box.shape
        return tuple(n for shape in shapes for n in shape)
