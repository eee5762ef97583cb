"""What a law rests on, read from its claims: hypotheses, factorizations, and definitions with those they need.

Main definitions: `Assumptions`, `assumptions`. What a law says in words is in its `hypotheses`; what is found here is
what the proofs can use, for replay knows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gcalc.kernel.sorts import Definition, Factorization, Hypothesis, Theory, instantiate
from gcalc.kernel.terms import Op, Term, children
from gcalc.proving.law import Claim, Law


@dataclass(frozen=True)
class Assumptions:
    """Hypotheses in the order of the claims; definitions in that of the theory, opaque ones without a body."""

    hypotheses: tuple[Hypothesis, ...]
    factorizations: tuple[Factorization, ...]
    definitions: tuple[Definition, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the definitions, each once."""
        return tuple(dict.fromkeys(definition.name for definition in self.definitions))


def assumptions(law: Law, theory: Theory) -> Assumptions:
    """What the statements and the proofs of a law rest on."""
    statements = [claim.statement for claim in law.claims]
    hypotheses = dict.fromkeys(h for s in statements for h in s.hypotheses)
    found = {op: None for claim in law.claims for term in _terms(claim) for op in _operators(term)}
    needed = _closure((_definition(op, theory) for op in found), theory)
    return Assumptions(
        tuple(hypotheses),
        tuple(dict.fromkeys(f for s in statements for f in s.factorizations)),
        tuple(d for d in theory.definitions if d in needed),
    )


def _closure(definitions: Iterator[Definition], theory: Theory) -> set[Definition]:
    """The definitions with all that their bodies name."""
    needed: set[Definition] = set()
    open_ = [*definitions]
    while open_:
        definition = open_.pop()
        if definition not in needed:
            needed.add(definition)
            earlier = replace(theory, definitions=theory.definitions[: theory.definitions.index(definition)])
            open_ += [_definition(op, earlier) for op in _operators(definition.body)]
    return needed


def _definition(op: Op, theory: Theory) -> Definition:
    definition, _ = instantiate(op, theory)
    return definition


def _terms(claim: Claim) -> Iterator[Term]:
    """All that stands in a claim: both sides, hypotheses, lines, and what the steps pass through and are told."""
    statement = claim.statement
    yield from (statement.left, statement.right)
    for hypothesis in statement.hypotheses:
        yield from (hypothesis.left, hypothesis.right)
    for line in claim.derivation.lines:
        yield line.term
        for step in line.steps:
            yield step.result
            yield from (a for a in step.arguments if isinstance(a, Term))
            pairs = (a for a in step.arguments if isinstance(a, tuple))
            yield from (term for several in pairs for pair in several for term in pair)


def _operators(term: Term | None) -> Iterator[Op]:
    """The operators in a term; those that a derivative is of are among its children."""
    if isinstance(term, Op):
        yield term
    for child in () if term is None else children(term):
        yield from _operators(child)
