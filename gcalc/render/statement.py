"""Statements and what they rest on, as notation: symbols, hypotheses, definitions, factorizations."""

from __future__ import annotations

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Definition, Factorization, Hypothesis
from gcalc.kernel.terms import App, Op, Term, free_in
from gcalc.render import notation as n

KINDS = {"Var": 0, "Fun": 1, "Subset": 2, "Aut": 3}


def statement(s: Statement) -> n.Box:
    """Left = right."""
    return n.equation(s.left, s.right)


def symbols(s: Statement) -> tuple[n.Box, ...]:
    """The symbols of a statement, declared: g ∈ G, f: J × X → R."""
    fixed = [free_in(h.left, h.right) - {*h.variables} for h in s.hypotheses]
    found = free_in(s.left, s.right).union(*fixed)
    ordered = sorted(found, key=lambda v: (KINDS[type(v).__name__], v.name))
    return tuple(map(n.declaration, ordered))


def hypothesis(h: Hypothesis) -> n.Box:
    """Left = right for all values of its variables."""
    return n.quantified(h.variables, n.equation(h.left, h.right))


def defined(d: Definition) -> n.Box:
    """What a definition says: [f ⋆ psi](k, g) = Σ_x Σ_j f(j, x) psi(k, j, g⁻¹x)."""
    left: Term = App(Op(d.name, d.parameters), d.points)
    if d.body is None:
        return n.row(n.notation(left), n.Words(", any map"))
    return n.equation(left, d.body)


def factorized(f: Factorization) -> n.Box:
    """Every element of G is a product in one way."""
    G, T, H = (n.Name(sort.name) for sort in (f.group, f.first, f.second))
    product = n.row(G, n.Sign("=", infix=True), T, H)
    return n.row(product, n.Words(", every element in one way, "), T, n.COMMA, H, n.Words(" subgroups"))
