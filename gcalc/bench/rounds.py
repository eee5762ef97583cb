"""Times that can be compared: contestants take turns, and ratios are of the same round.

Main definitions
    interleave: seconds a call of every contestant, in rounds.
    Ratio: the median and the quartiles of paired ratios.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import TypeVar

from gcalc.bench.contestant import Contestant

__all__ = ["Ratio", "interleave", "ratio", "turns"]

Name = TypeVar("Name", bound=Hashable)
SHORTEST = 0.01
"""Seconds; what takes less is called several times a round."""


@dataclass(frozen=True)
class Ratio:
    """How many times longer one takes than another.

    Attributes:
        median: of the rounds' ratios.
        lower, upper: their quartiles.
    """

    median: float
    lower: float
    upper: float


def ratio(theirs: Sequence[float], ours: Sequence[float]) -> Ratio:
    """Their time over ours, round by round: above 1 ours is faster.

    >>> ratio([2.0, 4.0, 9.0], [1.0, 2.0, 3.0])
    Ratio(median=2.0, lower=2.0, upper=2.5)
    """
    paired = [a / b for a, b in zip(theirs, ours, strict=True)]
    if len(paired) == 1:
        return Ratio(paired[0], paired[0], paired[0])
    lower, middle, upper = quantiles(paired, n=4, method="inclusive")
    return Ratio(middle, lower, upper)


def turns(names: Sequence[Name], rounds: int) -> Iterator[Name]:
    """Who is next: every name once a round, each round begun by the next name, every other one in the other direction.

    >>> "".join(turns("abc", 2))
    'abcbac'
    """
    for i in range(rounds):
        start = i % len(names)
        order = [*names[start:], *names[:start]]
        if i % 2:
            order = [order[0], *reversed(order[1:])]
        yield from order


def interleave(contestants: Mapping[Name, Contestant], task: str, rounds: int) -> dict[Name, list[float]]:
    """The seconds of every round, a list a contestant, after one call that is not counted."""
    calls = {name: _calls(contestant.seconds(task, 1)) for name, contestant in contestants.items()}
    seconds: dict[Name, list[float]] = {name: [] for name in contestants}
    for name in turns(list(contestants), rounds):
        seconds[name].append(contestants[name].seconds(task, calls[name]))
    return seconds


def _calls(seconds: float) -> int:
    return max(1, min(1000, math.ceil(SHORTEST / max(seconds, 1e-9))))
