"""Every operator is the sum that defines it: what an implementation has to compute, before any law.

One claim a definition of `gcalc.proofs.definitions`, from which it follows in one line. Its other readings are what matters: an
implementation that obeys every other law, as a correlation that is 0 does, is told here.
Hypotheses: G and X are finite, but for pixel windows, which are read with functions that are zero outside.
Source: Cohen & Welling 2016, supplementary material, (1) to (6) and section 2; the sums over any G-set X are gcalc's.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Definition
from gcalc.kernel.terms import Op, Scalar, Term
from gcalc.proofs.definitions import THEORY
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import unfold

ON_WINDOWS = ("correlate", "input_gradient", "filter_gradient")


def name(symbol: Term) -> str:
    """The name of a variable, a function, a subset or an automorphism."""
    return str(getattr(symbol, "name", ""))


def claim(definition: Definition, body: Scalar) -> Claim:
    """The claim that a definition makes."""
    op = Op(definition.name, definition.parameters)
    derivation = derive(THEORY, Statement(op(*definition.points), body), [(qed, unfold(definition.name))])
    names = [", ".join(map(name, symbols)) for symbols in (definition.parameters, definition.points)]
    return Claim(f"{definition.name}({names[0]})({names[1]})", derivation, windows=definition.name in ON_WINDOWS)


LAW = Law(
    id="operators_are_sums",
    title="Every operator is the sum that defines it",
    claims=tuple(claim(definition, definition.body) for definition in THEORY.definitions if definition.body),
    source="supplement, (1) to (6) and section 2",
    hypotheses=("G = T ⋊ H is split, for the filter transformation", "G and X are finite"),
)
