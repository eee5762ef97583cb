"""Theories and well-sortedness: what each operator symbol takes and gives, and that a line makes sense.

Main definitions: `Definition`, `Hypothesis`, `Factorization`, `Theory`; `sort_of`, `signature`, `instantiate`,
`check` (every line must be well sorted), `check_theory`.

A definition is schematic in some of its sorts: correlation is defined once, for X -> G, and its use with X =
G is the instance in which the sort X is the group itself. `instantiate` finds the instance from the
arguments; there is never more than one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeAlias

from gcalc.kernel import terms as t
from gcalc.kernel.terms import AnyTerm, Element, Function, KernelError, Scalar, Sort, Term, Var, need


@dataclass(frozen=True)
class Definition:
    """`name(parameters)(points) = body`; an opaque symbol if the body is None."""

    name: str
    parameters: tuple[Term, ...]
    points: tuple[Var, ...]
    body: Scalar | None
    schematic: tuple[Sort, ...] = ()


@dataclass(frozen=True)
class Hypothesis:
    """For all `variables`: left = right. Its other free symbols are fixed."""

    name: str
    variables: tuple[Term, ...]
    left: Scalar
    right: Scalar


@dataclass(frozen=True)
class Factorization:
    """Every g of `group` is z t for exactly one z of `first` and one t of `second`, both subgroups of it."""

    group: Sort
    first: Sort
    second: Sort


@dataclass(frozen=True)
class Theory:
    """What a derivation may use. Several definitions may share a name: their parameters tell them apart."""

    definitions: tuple[Definition, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    factorizations: tuple[Factorization, ...] = ()


SortMap: TypeAlias = dict[Sort, Sort]


def sort_of(element: Term) -> Sort:
    """The sort of an element; ill-sorted products raise KernelError."""
    match element:
        case Var(_, sort):
            return sort
        case t.One(sort):
            need(sort.has_inverses, f"no unit in the sort {sort.name}")
            return sort
        case t.Inv(arg):
            sort = sort_of(arg)
            need(sort.has_inverses, f"no inverse in the sort {sort.name}")
            return sort
        case t.Hom(aut, arg):
            need(sort_of(arg) == aut.sort, f"{aut.name} acts on {aut.sort.name} only")
            return aut.sort
        case t.Mul(left, right):
            a, b = sort_of(left), sort_of(right)
            need(a.has_inverses, f"the sort {a.name} does not act from the left")
            need(b.kind != "index" and a.group == b.group, f"{a.name} does not act on {b.name}")
            return b if b.kind == "set" or a == b else a.group or a
    raise KernelError(f"{type(element).__name__} is not an element")


def signature(function: Term, theory: Theory) -> tuple[Sort, ...]:
    """The sorts of a function's arguments."""
    match function:
        case t.Fun(_, arguments):
            return arguments
        case t.Lam(variables, _):
            return tuple(v.sort for v in variables)
        case t.Op():
            definition, sorts = instantiate(function, theory)
            return tuple(sorts.get(p.sort, p.sort) for p in definition.points)
    raise KernelError(f"{type(function).__name__} is not a function")


def instantiate(op: t.Op, theory: Theory) -> tuple[Definition, SortMap]:
    """The one definition of an operator symbol that takes these arguments, with the instance of its sorts."""
    found = [(d, sorts) for d in theory.definitions if (sorts := _instance(d, op, theory)) is not None]
    need(len(found) == 1, f"{op.name}: {len(found)} definitions fit its arguments")
    return found[0]


def _instance(definition: Definition, op: t.Op, theory: Theory) -> SortMap | None:
    """The sorts for which the definition takes these arguments, if it does.

    An element of a subgroup is taken as one of the group wherever the definition does not ask for a subgroup,
    so that whatever fits a variable of the group fits every element of it.
    """
    sorts: SortMap = {}
    given: tuple[Sort | None, ...]
    if definition.name != op.name or len(definition.parameters) != len(op.parameters):
        return None
    for formal, actual in zip(definition.parameters, op.parameters, strict=True):
        match formal, actual:
            case t.Fun(_, wanted), Function():
                given = signature(actual, theory)
            case (t.Aut(_, sort), t.Aut(_, other)) | (t.Subset(_, sort), t.Subset(_, other)):
                wanted, given = (sort,), (other,)
            case Var(_, sort), Element():
                other = sort_of(actual)
                lifted = other.kind == "subgroup" and sort.kind != "subgroup"
                wanted, given = (sort,), (other.of if lifted else other,)
            case _:
                return None
        pairs = zip(wanted, given, strict=False)
        if len(wanted) != len(given) or not all(_bind(definition, sorts, *pair) for pair in pairs):
            return None
    return sorts


def _bind(definition: Definition, sorts: SortMap, formal: Sort, actual: Sort | None) -> bool:
    """Bind a schematic sort, the group of a set along with it; a set may be bound to a group: X = G."""
    if actual is None or formal not in definition.schematic:
        return formal == actual
    kinds = ("set", "group") if formal.kind == "set" else (formal.kind,)
    if actual.kind not in kinds or sorts.setdefault(formal, actual) != actual:
        return False
    return formal.of is None or _bind(definition, sorts, formal.of, actual.group)


def resort(term: AnyTerm, sorts: SortMap) -> AnyTerm:
    """The term with its sorts replaced."""
    changed: dict[str, Any] = {}
    match term:
        case Var(_, sort) | t.One(sort) | t.Aut(_, sort) | t.Subset(_, sort):
            changed = {"sort": sorts.get(sort, sort)}
        case t.Fun(_, arguments):
            changed = {"arguments": tuple(sorts.get(s, s) for s in arguments)}
        case t.Der(function):
            changed = {"function": resort(function, sorts)}
    inner = t.with_children(term, tuple(resort(child, sorts) for child in t.children(term)))
    return t.with_binders(replace(inner, **changed), tuple(resort(v, sorts) for v in t.binders(term)))


def check(term: Term, theory: Theory) -> None:
    """Raise KernelError unless the term is a well-sorted scalar in which no name stands for two symbols."""
    need(isinstance(term, Scalar), f"{type(term).__name__} is not a scalar")
    _check(term, theory)
    _distinct(t.free(term))


def _check(term: Term, theory: Theory) -> None:
    for part in (*t.children(term), *t.binders(term)):
        _check(part, theory)
    match term:
        case Var(str(), Sort()) | t.Subset(str(), Sort()):
            pass
        case t.Val(str(), Scalar()) | t.Add(Scalar(), Scalar()) | t.Times(Scalar(), Scalar()):
            pass
        case t.Fun(str(), tuple(arguments)):
            need(all(isinstance(s, Sort) for s in arguments), f"{term.name} takes no such arguments")
        case t.Aut(str(), Sort(), 1 | -1):
            need(term.sort.has_inverses, f"{term.name}: no automorphisms of {term.sort.name}")
        case t.Num(value):
            need(type(value) is int, f"{value!r} is not an integer")
        case t.One() | t.Mul() | t.Inv() | t.Hom(t.Aut()):
            sort_of(term)
        case t.App(Function() as function, tuple(arguments)):
            _fits(signature(function, theory), arguments)
        case t.Op(str(), tuple()):
            instantiate(term, theory)
        case t.Lam(tuple(variables), Scalar()):
            need(all(isinstance(v, Var) for v in variables), "a function binds variables only")
            need(len(set(variables)) == len(variables), "a function binds a variable twice")
        case t.Delta(left, right):
            a, b = sort_of(left), sort_of(right)
            need(a == b or (a.has_inverses and b.has_inverses and a.group == b.group), "delta of two sorts")
        case t.Der(t.Fun() as function, tuple(at), Scalar()):
            _fits(function.arguments, at)
        case t.In(element, t.Subset(_, sort)):
            need(sort_of(element).within(sort), f"no guard of {term.subset.name} on another sort")
        case t.Big("sum" | "max" | "any", Var() as v, Scalar(), t.In() | None as guard):
            need(guard is None or v in t.free(guard.element), "a guard must bear on its variable")
        case _:
            raise KernelError(f"{type(term).__name__} is not a term, or made of wrong parts")


def _fits(expected: tuple[Sort, ...], given: tuple[Element, ...]) -> None:
    need(len(expected) == len(given), f"{len(expected)} arguments wanted, {len(given)} given")
    for sort, element in zip(expected, given, strict=True):
        found = sort_of(element)
        need(found.within(sort), f"an element of {found.name} where {sort.name} is wanted")


def check_theory(theory: Theory) -> None:
    """Raise KernelError unless definitions are closed and rest on earlier names only, and hypotheses make sense."""
    for i, d in enumerate(theory.definitions):
        known, later = theory.definitions[:i], {e.name for e in theory.definitions[i:]}
        symbols: set[Term] = {*d.parameters, *d.points}
        if d.body is not None:
            need(t.free(d.body) <= symbols, f"the definition of {d.name} is not closed")
            check(d.body, replace(theory, definitions=tuple(e for e in known if e.name not in later)))
            symbols |= _bound(d.body)  # for if X = G, an x of X and an x of G were one
        _distinct(symbols)
    for h in theory.hypotheses:
        check(h.left, theory)
        check(h.right, theory)


def _distinct(symbols: Iterable[Term]) -> None:
    names = sorted(getattr(symbol, "name", "") for symbol in symbols)
    twice = [a for a, b in pairwise(names) if a == b]
    need(not twice, f"a name stands for two symbols: {', '.join(twice)}")


def _bound(term: Term) -> set[Term]:
    return set(t.binders(term)).union(*map(_bound, t.children(term)))
