"""Kernel terms as Coq/MathComp text: types, names of operators, elements, functions and scalars.

Main definitions: `Unsupported`, `Scope`, `Printer`. The elements of a subgroup H are a group of their own, `subg_of H`,
so one of them is written `sgval s` where an element of the group is wanted; a G-set X is a record, and the group as a
G-set is `regular G`. Every binder is written with its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gcalc.kernel import terms as t
from gcalc.kernel.sorts import Definition, Theory, instantiate, resort, signature, sort_of
from gcalc.kernel.terms import Sort, Term, Var

TAKEN = frozenset(
    re.findall(
        r"\w+",
        """R idx op act sgval der forth back regular inverse values derivation gset automorphism points subg_of
        at in fun let if then else match with end return as forall exists fix cofix where Set Prop Type""",
    )
)
"""Names that a symbol of a law cannot have in Coq."""

SUM, ANY = "sum", "any"


class Unsupported(Exception):  # noqa: N818 (a limit of the export, not a fault)
    """The law has a construct that the export does not know; the message names it."""


@dataclass(frozen=True)
class Scope:
    """The names of the variables bound on the way to a term; no inner one hides an outer one."""

    names: Mapping[Var, str] = field(default_factory=dict)

    def name(self, v: Var) -> str:
        """What the variable is called."""
        return self.names.get(v) or identifier(v.name)

    def bind(self, v: Var, taken: frozenset[str]) -> Scope:
        """The scope inside a binder of the variable."""
        base, hidden = identifier(v.name), {*self.names.values()} | taken
        name = next(n for n in _variants(base) if n not in hidden)
        return Scope({**self.names, v: name})


def _variants(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}{n}" for n in range(1, 1000))


def identifier(name: str) -> str:
    """The name as a Coq identifier."""
    plain = name.replace("#", "_").replace(" ", "_").replace("-", "_")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", plain):
        raise Unsupported(f"the name {name!r}")
    return f"{plain}_" if plain in TAKEN else plain


def outside(text: str) -> str:
    """The text without what stands in brackets."""
    kept, depth = "", 0
    for character in text:
        depth -= character == ")"
        kept += character if depth == 0 and character not in "()" else ""
        depth += character == "("
    return kept


def argument(text: str) -> str:
    """The text, in brackets where it could not stand as an argument."""
    return text if re.fullmatch(r"\w*(%\w+)?", outside(text)) else f"({text})"


def factor(text: str) -> str:
    """The text, in brackets where it could not stand in a product."""
    return f"({text})" if re.search(r" [*•+] |^-|\\", outside(text)) else text


@dataclass(frozen=True)
class Printer:
    """Text of terms over a theory. taken: the names of the free symbols, which no bound variable may hide."""

    theory: Theory
    taken: frozenset[str] = frozenset()

    def bound(self, v: Var, scope: Scope) -> tuple[str, Scope]:
        """A binder, (v : S), and the scope in it."""
        inner = scope.bind(v, self.taken)
        return f"({inner.name(v)} : {type_name(v.sort)})", inner

    # Elements

    def element(self, term: Term, scope: Scope, want: Sort | None = None) -> str:
        """An element, as one of the sort `want`; group products in the scope of groups."""
        text = self._element(term, scope, want)
        if re.fullmatch(r"\w+", text):
            return text
        in_brackets = text.startswith("(") and text.endswith(")") and not outside(text)
        return f"{text}%g" if in_brackets else f"({text})%g"

    def _element(self, term: Term, scope: Scope, want: Sort | None) -> str:
        sort = sort_of(term)
        if want is not None and want != sort and sort.kind == "subgroup":
            return f"sgval {argument(self._element(term, scope, sort))}"
        match term:
            case Var():
                return scope.name(term)
            case t.One():
                return f"(1 : {type_name(sort)})"
            case t.Inv(arg):
                return f"{argument(self._element(arg, scope, sort))}^-1"
            case t.Hom(aut, arg):
                return f"{argument(self.automorphism(aut))} {argument(self._element(arg, scope, sort))}"
            case t.Mul(left, right):
                if sort.kind == "set":
                    a = self._element(left, scope, sort.group)
                    return f"{factor(a)} • {factor(self._element(right, scope, sort))}"
                return " * ".join(factor(self._element(part, scope, sort)) for part in (left, right))
        raise Unsupported(f"the element {type(term).__name__}")

    def automorphism(self, aut: t.Aut) -> str:
        """R, or its inverse."""
        return identifier(aut.name) if aut.power == 1 else f"inverse {identifier(aut.name)}"

    # Functions

    def function(self, term: Term, scope: Scope) -> str:
        """A function, in brackets unless it is one word."""
        match term:
            case t.Fun(name, _):
                return identifier(name)
            case t.Lam(variables, body):
                binders, inner = [], scope
                for v in variables:
                    text, inner = self.bound(v, inner)
                    binders.append(text)
                return f"(fun {' '.join(binders)} => {self.scalar(body, inner)})"
            case t.Op():
                return f"({self.operator(term, scope)})"
        raise Unsupported(f"the function {type(term).__name__}")

    def operator(self, op: t.Op, scope: Scope) -> str:
        """An operator with the spaces and the operation it is over, then its parameters."""
        definition, sorts = instantiate(op, self.theory)
        words = [operator_name(definition)]
        if definition.body is not None:
            words += [self.space(sorts.get(s, s), s) for s in spaces(definition)]
            words += ["op"] * uses_any(definition.body)
        for formal, actual in zip(definition.parameters, op.parameters, strict=True):
            words.append(self.parameter(actual, scope, resort(formal, sorts)))
        return " ".join(words)

    def space(self, sort: Sort, formal: Sort) -> str:
        """A sort where a G-set (of the definition) or a group is wanted."""
        name = identifier(sort.name)
        return f"(regular {name})" if formal.kind == "set" and sort.kind == "group" else name

    def parameter(self, term: Term, scope: Scope, formal: Term) -> str:
        """A parameter of an operator."""
        match term:
            case t.Subset(name, _):
                return identifier(name)
            case t.Aut():
                return argument(self.automorphism(term))
            case t.Element():
                return self.element(term, scope, getattr(formal, "sort", None))
        return self.function(term, scope)

    # Scalars

    def scalar(self, term: Term, scope: Scope) -> str:
        """A scalar."""
        match term:
            case t.Num(value):
                return str(value) if value in (0, 1) else f"{value}%:R" if value > 0 else f"- {-value}%:R"
            case t.Add(left, right):
                return " + ".join(factor(self.scalar(part, scope)) for part in (left, right))
            case t.Times(left, right):
                return " * ".join(factor(self.scalar(part, scope)) for part in (left, right))
            case t.App(function, arguments):
                sorts = signature(function, self.theory)
                words = [self.function(function, scope)]
                if isinstance(function, t.Op):
                    words = [self.operator(function, scope)]
                words += [self.element(a, scope, s) for a, s in zip(arguments, sorts, strict=True)]
                return " ".join(words)
            case t.Big():
                return self.big(term, scope)
            case t.Delta(left, right):
                a, b = sort_of(left), sort_of(right)
                want = a if a == b else a.group
                return f"({self.element(left, scope, want)} == {self.element(right, scope, want)})%:R"
            case t.Der(function, at, body):
                sites = " ".join(
                    self.element(a, scope, s) for a, s in zip(at, function.arguments, strict=True)
                )
                return f"{derivation_name(function)} {sites} ({self.scalar(body, scope)})"
            case t.Val(name, arg):
                return f"{identifier(name)} ({self.scalar(arg, scope)})"
        raise Unsupported(f"the scalar {type(term).__name__}")

    def big(self, term: t.Big, scope: Scope) -> str:
        """A big operator."""
        binder, inner = self.bound(term.variable, scope)
        operator = {SUM: "\\sum", ANY: "\\big[op/idx]"}.get(term.op)
        if operator is None:
            raise Unsupported(f"the operation {term.op}")
        guard = f" | {self.guard(term.guard, inner)}" if term.guard else ""
        body = self.scalar(term.body, inner)
        loose = (t.Add, t.Times, t.Big) if term.op == ANY else (t.Add,)  # \big binds closer than \sum
        body = f"({body})" if isinstance(term.body, loose) else body
        return f"{operator}_({binder[1:-1]}{guard}) {body}"

    def guard(self, term: t.In, scope: Scope) -> str:
        """A membership."""
        return f"{self.element(term.element, scope, term.subset.sort)} \\in {identifier(term.subset.name)}"


def type_name(sort: Sort) -> str:
    """A sort as a type: the elements of a subgroup as a group of their own."""
    name = identifier(sort.name)
    return f"subg_of {name}" if sort.kind == "subgroup" else name


def derivation_name(function: t.Fun) -> str:
    """The derivation by the values of a function."""
    return f"d_{identifier(function.name)}"


def operator_name(definition: Definition) -> str:
    """The name in Rules.v: with the number of channel axes of the first function, and `_aut` for an automorphism."""
    name = identifier(definition.name)
    if definition.body is None:
        return name
    aut = "_aut" if any(isinstance(p, t.Aut) for p in definition.parameters) else ""
    functions = [p for p in definition.parameters if isinstance(p, t.Fun)]
    channels = sum(s.kind == "index" for s in functions[0].arguments) if functions else 0
    return f"{name}{aut}{channels or ''}"


def spaces(definition: Definition) -> tuple[Sort, ...]:
    """The sorts an operator of Rules.v is told: its G-set, else its group; then its subgroups."""
    found = list(dict.fromkeys(_sorts(definition)))
    chosen = [s for s in found if s.kind == "set"] or [s for s in found if s.kind == "group"]
    return (*chosen, *(s for s in found if s.kind == "subgroup"))


def _sorts(definition: Definition) -> Iterator[Sort]:
    for term in (*definition.parameters, *definition.points, *parts(definition.body or t.Num(0))):
        for sort in (
            getattr(term, "arguments", ()) if isinstance(term, t.Fun) else [getattr(term, "sort", None)]
        ):
            if isinstance(sort, Sort):
                yield sort
                yield from [sort.of] if sort.of else []


def parts(term: Term) -> Iterator[Term]:
    """The term, its subterms, the variables it binds and the functions it is differentiated by."""
    yield term
    yield from t.binders(term)
    if isinstance(term, t.Der):
        yield term.function
    for child in t.children(term):
        yield from parts(child)


def uses_any(body: Term) -> bool:
    """Whether a big operator over an arbitrary commutative operation occurs."""
    return any(isinstance(p, t.Big) and p.op == ANY for p in parts(body))
