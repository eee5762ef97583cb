"""Reasons, as written on the right of a line of a derivation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Element, Hom, Inv, KernelError, Mul, Term, Var


@dataclass(frozen=True)
class Reason:
    """A rule with what must be said about its use.

    `backward`: the rule turns the new line into the old. `closing`: the rule is told both sides and closes
    every difference between them. `variable`: it applies to the big operator over that variable only.
    `exhaustive`: wherever it applies, until nowhere.
    """

    rule: str
    text: str
    arguments: tuple[object, ...] = ()
    backward: bool = False
    closing: bool = False
    exhaustive: bool = False
    operator: str = ""
    variable: str = ""


def unfold(operator: str) -> Reason:
    """By the definition of the operator, from left to right."""
    return Reason("unfold", f"definition of {operator}", operator=operator)


def fold(operator: str) -> Reason:
    """By the definition of the operator, from right to left."""
    return Reason("unfold", f"definition of {operator}", operator=operator, backward=True)


def reindex(variable: Var, to: Element) -> Reason:
    """Substitute `to`, a bijective image of the variable, for it: u x, x u, x⁻¹ or r(x)."""
    kind, shift = _bijection(variable, to)
    arguments = (kind,) if shift is None else (kind, shift)
    return Reason("reindex", f"reindex {variable.name} → {_plain(to)}", arguments, variable=variable.name)


def given(hypothesis: Hypothesis, instance: Mapping[Term, Term], *, backward: bool = False) -> Reason:
    """By a hypothesis of the statement, for these values of its variables; backward: from right to left."""
    return Reason(
        "hypothesis", hypothesis.name, (hypothesis.name, tuple(instance.items())), backward=backward
    )


def _bijection(v: Var, to: Element) -> tuple[str, Term | None]:
    match to:
        case Inv(arg) if arg == v:
            return "inverse", None
        case Hom(aut, arg) if arg == v:
            return "automorphism", aut
        case Mul(left, right) if right == v:
            return "left", left
        case Mul(left, right) if left == v:
            return "right", right
    raise KernelError(f"reindex {v.name}: no bijection of a known kind")


def _plain(t: Term) -> str:
    match t:
        case Inv(arg):
            return f"{_plain(arg)}⁻¹" if isinstance(arg, Var) else f"({_plain(arg)})⁻¹"
        case Mul(left, right):
            return f"{_plain(left)}{_plain(right)}"
        case Hom(aut, arg):
            return f"{aut.name}{'⁻¹' if aut.power < 0 else ''}({_plain(arg)})"
    return getattr(t, "name", "1")


word = Reason("word", "group axioms", closing=True)
homomorphism = Reason("word", "the automorphism is a homomorphism", closing=True)
membership = Reason("word", "membership in a coset", closing=True)
ring = Reason("ring", "ring axioms", closing=True)
solve = Reason("delta", "solve for the summation variable", closing=True)
beta = Reason("beta", "apply the function", exhaustive=True)
derivative = Reason("derivative", "∂ is linear and a derivation", exhaustive=True)
contract = Reason("kron", "Kronecker delta", exhaustive=True)
insert_delta = Reason("kron", "Kronecker delta", backward=True)
delta_one = Reason("delta_one", "δ(a, a) = 1")
exchange = Reason("exchange", "exchange the sums")
distribute = Reason("factor", "distributivity")
collect = Reason("factor", "distributivity", backward=True)
as_function = Reason("beta", "read as a function", backward=True, exhaustive=True)
in_function = Reason("eta", "a function is λ of its values", backward=True, exhaustive=True)
as_values = Reason("eta", "a function is λ of its values", exhaustive=True)


def split(first: Var, second: Var) -> Reason:
    """Sum over z in T and s in H in place of g = z s in G = T H."""
    return Reason("split", f"every g is {first.name}{second.name} in one way", (first, second))
