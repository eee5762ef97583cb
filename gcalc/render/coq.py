"""A law as a Coq file: one lemma a printed line, chained, one theorem a claim, and `ok`, of the type in Statements.v.

Main definitions: `export`, `Export`, `Unsupported`. Every sort is finite here. The context of a claim, in this order
and by name within each kind: the ring R of values, groups, G-sets, subgroups, channels, the operation of a pooling,
automorphisms, subsets, functions, maps of values, opaque maps, elements, derivations, hypotheses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from gcalc.kernel import terms as t
from gcalc.kernel.replay import Derivation, Line
from gcalc.kernel.sorts import Definition, Hypothesis, Theory, instantiate
from gcalc.kernel.terms import Scalar, Sort, Term, Var
from gcalc.proving.law import Law
from gcalc.render.coq_scripts import factorization_name, hypothesis_name, script
from gcalc.render.coq_terms import (
    TAKEN,
    Printer,
    Scope,
    Unsupported,
    derivation_name,
    identifier,
    operator_name,
    parts,
    type_name,
    uses_any,
)

__all__ = ["Export", "Unsupported", "export"]

T = TypeVar("T")
HEAD = """(* Made by gcalc from proofs/{law}.py: do not edit. *)
From GCalc Require Import Rules Statements.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".
"""


@dataclass(frozen=True)
class Export:
    """The text of the file and the names of its lemmas, claim by claim."""

    law: str
    text: str
    lemmas: tuple[str, ...]


def export(law: Law, theory: Theory) -> Export:
    """The law as a Coq file.

    Raises:
        Unsupported: naming the construct that the export does not know.
    """
    sections, lemmas, theorems = [HEAD.format(law=law.id)], list[str](), list[str]()
    for number, claim in enumerate(law.claims, 1):
        name = f"{law.id}_{number}"
        chain = _Chain(name, claim.derivation, theory)
        sections.append(f"\n(* {_comment(claim.name)} *)\n{chain.section()}")
        lemmas += chain.lemma_names
        theorems.append(name)
    sections.append(f"\nDefinition ok : Stmt_{law.id} := {_conjunction(theorems)}.\nPrint Assumptions ok.\n")
    return Export(law.id, "".join(sections), tuple(lemmas))


def _conjunction(theorems: list[str]) -> str:
    first, *rest = theorems
    return f"conj (@{first}) ({_conjunction(rest)})" if rest else f"@{first}"


def _comment(text: str) -> str:
    return text.replace("(*", "( *").replace("*)", "* )").replace('"', "''")


@dataclass(frozen=True)
class _Chain:
    """One claim: its context, its lemmas and its theorem."""

    name: str
    derivation: Derivation
    shared: Theory

    @property
    def lemma_names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{n}" for n, _ in enumerate(self.derivation.lines, 1))

    @cached_property
    def theory(self) -> Theory:
        """The shared definitions with what the statement assumes."""
        statement = self.derivation.statement
        return replace(self.shared, hypotheses=statement.hypotheses, factorizations=statement.factorizations)

    @cached_property
    def terms(self) -> list[Term]:
        """Every subterm of the statement, of the lines and steps between, and of what was assumed."""
        statement = self.derivation.statement
        tops: list[Term] = [statement.left, statement.right]
        for line in self.derivation.lines:
            tops += [line.term, *(step.result for step in line.steps)]
            for step in line.steps:
                tops += _terms_in(step.arguments)
        for h in statement.hypotheses:
            tops += [h.left, h.right, *h.variables]
        return _once(p for top in tops for p in parts(top))

    @cached_property
    def definitions(self) -> list[Definition]:
        """The definitions of the operators that occur, and of those these rest on."""
        ops = [p for p in self.terms if isinstance(p, t.Op)]
        return _once(instantiate(op, self.theory)[0] for op in ops)

    @cached_property
    def spoken_for(self) -> frozenset[t.Symbol]:
        """The symbols that stand for themselves: free in a line, or fixed in a hypothesis."""
        statement = self.derivation.statement
        lines = [line.term for line in self.derivation.lines]
        free = t.free_in(statement.left, statement.right, *lines)
        for line in self.derivation.lines:
            free |= t.free_in(*(step.result for step in line.steps))
        for h in statement.hypotheses:
            free |= t.free_in(h.left, h.right) - {*h.variables}
        return free

    def _free(self, kind: type[T]) -> list[T]:
        plain = (replace(p, power=1) if isinstance(p, t.Aut) else p for p in self.terms)
        return sorted(_once(p for p in plain if isinstance(p, kind) and p in self.spoken_for), key=_name)

    @cached_property
    def sorts(self) -> list[Sort]:
        """Groups, then sets, subgroups and channels."""
        found = [s for p in self.terms for s in _sorts(p)]
        for definition in self.definitions:
            if definition.body is None:
                found += [s for p in (*definition.parameters, *definition.points) for s in _sorts(p)]
        for f in self.derivation.statement.factorizations:
            found += [f.group, f.first, f.second]
        found += [s.of for s in found if s.of is not None]
        order = ("group", "set", "subgroup", "index")
        return sorted(_once(found), key=lambda s: (order.index(s.kind), s.name))

    @cached_property
    def has_ring(self) -> bool:
        """Whether values are added or multiplied."""
        bodies = [p for d in self.definitions for p in parts(d.body or t.Num(0)) if d.body]
        ringlike = (t.Num, t.Add, t.Times, t.Delta, t.Der)
        return any(
            isinstance(p, ringlike) or (isinstance(p, t.Big) and p.op == "sum") for p in self.terms + bodies
        )

    @cached_property
    def printer(self) -> Printer:
        """Text of terms in this context."""
        symbols: list[Any] = [
            *self.sorts,
            *(p for kind in (Var, t.Fun, t.Aut, t.Subset) for p in self._free(kind)),
        ]
        names = [identifier(s.name) for s in symbols] + [operator_name(d) for d in self._opaque]
        if len({*names}) < len(names):
            raise Unsupported("one name for two symbols")
        return Printer(self.theory, frozenset(names) | TAKEN)

    @property
    def _opaque(self) -> list[Definition]:
        return sorted((d for d in self.definitions if d.body is None), key=_name)

    def section(self) -> str:
        """The section of the claim."""
        lines = [f"Section claim_{self.name}.", *self.context()]
        if self.has_ring:
            lines.append("Add Ring values : (values R).")
        before: Scalar = self.derivation.statement.left
        for name, line in zip(self.lemma_names, self.derivation.lines, strict=True):
            lines += self.lemma(name, before, line)
            before = line.term
        statement = self.derivation.statement
        lines.append(
            f"Theorem {self.name} : {self.text(statement.left)} = {self.text(statement.right)} :> R."
        )
        *most, last = self.lemma_names
        lines.append(
            "Proof. " + "".join(f"etransitivity; [exact: {n}|]. " for n in most) + f"exact: {last}. Qed."
        )
        return "\n".join([*lines, f"End claim_{self.name}.", ""])

    def text(self, term: Term) -> str:
        """A scalar in the scope of the section."""
        return self.printer.scalar(term, Scope())

    def lemma(self, name: str, before: Scalar, line: Line) -> Iterator[str]:
        """A printed line, from the line before."""
        yield f"(* {_comment(line.reason)} *)"
        yield f"Lemma {name} : {self.text(before)} = {self.text(line.term)} :> R."
        *most, last = line.steps
        yield "Proof."
        for step in most:
            yield f"transitivity ({self.text(step.result)} : R)."
            yield f"{{ {' '.join(script(self.printer, before, step))} }}"
            before = step.result
        yield f"{' '.join(script(self.printer, before, last))}"
        yield "Qed."

    def context(self) -> Iterator[str]:
        """The declarations that the claim is made under."""
        yield f"Variable R : {'comRingType' if self.has_ring else 'Type'}."
        for sort in self.sorts:
            yield f"Variable {identifier(sort.name)} : {_kind(sort)}."
        bodies = [d.body for d in self.definitions if d.body is not None]
        if any(map(uses_any, [*self.terms, *bodies])):
            yield "Variables (idx : R) (op : Monoid.com_law idx)."
        yield from self._symbols()
        yield from self._derivations()
        statement = self.derivation.statement
        for f in statement.factorizations:
            first, second = identifier(f.first.name), identifier(f.second.name)
            yield f"Hypothesis {factorization_name(f.first, f.second)} : factorizes {first} {second}."
        for number, h in enumerate(statement.hypotheses):
            yield f"Hypothesis {hypothesis_name(number)} : {self._hypothesis(h)}. (* {_comment(h.name)} *)"

    def _symbols(self) -> Iterator[str]:
        for aut in self._free(t.Aut):
            yield f"Variable {identifier(aut.name)} : automorphism {identifier(aut.sort.name)}."
        for subset in self._free(t.Subset):
            yield f"Variable {identifier(subset.name)} : {{set {identifier(subset.sort.name)}}}."
        for f in self._free(t.Fun):
            yield f"Variable {identifier(f.name)} : {_function_type(f)}."
        for name in sorted({p.name for p in self.terms if isinstance(p, t.Val)}):
            yield f"Variable {identifier(name)} : R -> R."
        for d in self._opaque:
            takes = [
                f"({_function_type(p)})" if isinstance(p, t.Fun) else _parameter_type(p) for p in d.parameters
            ]
            gives = [type_name(v.sort) for v in d.points]
            yield f"Variable {operator_name(d)} : {' -> '.join([*takes, *gives, 'R'])}."
            if [type(p) for p in d.parameters] == [t.Fun]:
                yield f"Hypothesis {operator_name(d)}_extensional : {_extensional(d)}."
        for v in self._free(Var):
            yield f"Variable {identifier(v.name)} : {type_name(v.sort)}."

    def _derivations(self) -> Iterator[str]:
        functions = self._free(t.Fun)
        for f in sorted({p.function for p in self.terms if isinstance(p, t.Der)}, key=_name):
            sorts = [type_name(s) for s in f.arguments]
            d, at = derivation_name(f), [f"p{n}" for n, _ in enumerate(f.arguments)]
            yield f"Variable {d} : {' -> '.join([*sorts, 'derivation R'])}."
            for g in functions:
                to = [f"q{n}" for n, _ in enumerate(g.arguments)]
                deltas = " * ".join(f"({q} == {p})%:R" for p, q in zip(at, to, strict=False))
                value = f"{deltas or 1}" if f == g else "0"
                body = f"{' '.join([d, *at])} ({' '.join([identifier(g.name), *to])}) = {value}"
                yield f"Hypothesis {d}_{identifier(g.name)} : forall {' '.join(at + to)}, {body}."

    def _hypothesis(self, h: Hypothesis) -> str:
        scope, binders = Scope(), list[str]()
        for v in h.variables:
            match v:
                case Var():
                    text, scope = self.printer.bound(v, scope)
                    binders.append(text)
                case t.Fun(name, _):
                    binders.append(f"({identifier(name)} : {_function_type(v)})")
                case _:
                    raise Unsupported(f"a hypothesis for every {type(v).__name__}")
        claim = f"{self.printer.scalar(h.left, scope)} = {self.printer.scalar(h.right, scope)} :> R"
        return f"forall {' '.join(binders)}, {claim}" if binders else claim


def _kind(sort: Sort) -> str:
    of = f" {identifier(sort.of.name)}" if sort.of else ""
    return (
        f"{{group{of}}}"
        if sort.kind == "subgroup"
        else {"group": "finGroupType", "set": "gset" if of else "finType", "index": "finType"}[sort.kind] + of
    )


def _function_type(f: t.Fun) -> str:
    return " -> ".join([*(type_name(s) for s in f.arguments), "R"])


def _extensional(d: Definition) -> str:
    """Functions with the same values are the same to the operator; Coq must be told."""
    (f,), name = d.parameters, operator_name(d)
    at = " ".join(f"p{n}" for n, _ in enumerate(getattr(f, "arguments", ())))
    to = " ".join(f"q{n}" for n, _ in enumerate(d.points))
    return f"forall f1 f2, (forall {at}, f1 {at} = f2 {at}) -> forall {to}, {name} f1 {to} = {name} f2 {to}"


def _parameter_type(p: Term) -> str:
    match p:
        case Var(_, sort):
            return type_name(sort)
        case t.Subset(_, sort):
            return f"{{set {identifier(sort.name)}}}"
        case t.Aut(_, sort):
            return f"automorphism {identifier(sort.name)}"
    raise Unsupported(f"an opaque operator of a {type(p).__name__}")


def _name(symbol: Any) -> str:
    return str(symbol.name)


def _sorts(p: Term) -> list[Sort]:
    found = p.arguments if isinstance(p, t.Fun) else (getattr(p, "sort", None),)
    return [s for s in found if isinstance(s, Sort)]


def _terms_in(value: Any) -> list[Term]:
    if isinstance(value, Term):
        return [value]
    return [found for item in value for found in _terms_in(item)] if isinstance(value, tuple) else []


def _once(items: Any) -> list[Any]:
    return list(dict.fromkeys(items))
