"""Laws: what is stated once and read five ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from gcalc.kernel.replay import Derivation, Statement
from gcalc.kernel.terms import (
    Aut,
    Big,
    Der,
    Fun,
    Op,
    Sort,
    Subset,
    Term,
    Val,
    Var,
    binders,
    children,
    free,
    same,
)

BANKS = ("correlate", "input_gradient")
"""The operators whose second parameter is a bank of filters."""
POOLS = {"pool", "coset_pool"}
"""The operators that take any commutative associative operation."""


@dataclass(frozen=True)
class Symbols:
    """Every symbol that occurs in a derivation, and the sorts of the hypotheses that it rests on."""

    sorts: frozenset[Sort]
    functions: tuple[Fun, ...]
    subsets: tuple[Subset, ...]
    automorphisms: tuple[Aut, ...]
    differentiated: frozenset[Fun]
    operators: frozenset[str]
    filters: frozenset[Fun]  # banks that an operator correlates with, which may be given on a box
    parameters: frozenset[Var]  # elements that an operator takes: u in L_u f
    maps: frozenset[str]  # of values
    reduced: bool  # by any commutative associative operation: max, sum, mean


@dataclass(frozen=True)
class Claim:
    """One statement of a law with its derivation.

    windows: whether the claim, made for an infinite group, is also read on pixel windows: f zero outside, u
    about the centre.
    """

    name: str
    derivation: Derivation = field(repr=False)
    windows: bool = False

    @property
    def statement(self) -> Statement:
        """What the derivation derives."""
        return self.derivation.statement

    @cached_property
    def ends(self) -> frozenset[Var]:
        """The variables free in the statement."""
        sides = free(self.statement.left) | free(self.statement.right)
        return frozenset(v for v in sides if isinstance(v, Var))

    @cached_property
    def symbols(self) -> Symbols:
        """The symbols of the statement and of every line of its derivation."""
        terms = [self.statement.left, *(line.term for line in self.derivation.lines)]
        seen = list(dict.fromkeys(t for term in terms for t in _walk(term)))
        assumed = [t for h in self.statement.hypotheses for side in (h.left, h.right) for t in _walk(side)]
        operators = [t for t in seen if isinstance(t, Op)]
        functions = tuple(t for t in seen if isinstance(t, Fun))
        sorts = {t.sort for t in [*seen, *assumed] if isinstance(t, Var)}
        sorts |= {s for t in [*seen, *assumed] if isinstance(t, Fun) for s in t.arguments}
        return Symbols(
            sorts=frozenset(sorts | {s.of for s in sorts if s.of is not None}),
            functions=functions,
            subsets=tuple(t for t in seen if isinstance(t, Subset)),
            automorphisms=tuple(dict.fromkeys(replace(t, power=1) for t in seen if isinstance(t, Aut))),
            differentiated=frozenset(t.function for t in seen if isinstance(t, Der)),
            operators=frozenset(op.name for op in operators),
            filters=frozenset(
                f for op in operators for f in op.parameters[1:] if op.name in BANKS and isinstance(f, Fun)
            ),
            parameters=frozenset(t for op in operators for t in op.parameters if isinstance(t, Var)),
            maps=frozenset(t.name for t in seen if isinstance(t, Val)),
            reduced=any(isinstance(t, Big) and t.op == "any" for t in seen)
            or any(op.name in POOLS for op in operators),
        )


@dataclass(frozen=True)
class Law:
    """A law of the calculus: its claims, the hypotheses a reader must know, and where it stands in print."""

    id: str
    title: str
    claims: tuple[Claim, ...]
    source: str
    hypotheses: tuple[str, ...] = ()

    @property
    def statement(self) -> Statement:
        """The statement of the first claim, which names the law."""
        return self.claims[0].statement

    @property
    def derivation(self) -> Derivation:
        """The derivation of the first claim."""
        return self.claims[0].derivation

    @cached_property
    def is_equivalence(self) -> bool:
        """Whether the claims come in pairs of which each assumes what the other states."""
        return all(any(_assumes(a, b) and _assumes(b, a) for b in self.claims) for a in self.claims)


def _assumes(a: Claim, b: Claim) -> bool:
    """Whether what the second claim states is the one hypothesis of the first."""
    stated = b.statement
    return len(a.statement.hypotheses) == 1 and all(
        same(h.left, stated.left) and same(h.right, stated.right) for h in a.statement.hypotheses
    )


def _walk(term: Term) -> Iterator[Term]:
    yield term
    yield from binders(term)
    if isinstance(term, Der):
        yield term.function
    for child in children(term):
        yield from _walk(child)
