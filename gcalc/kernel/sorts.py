"""Theories and well-sortedness: what each operator symbol takes and gives, and that a line makes sense.

Main definitions: `Definition`, `Hypothesis`, `Factorization`, `Theory`; `sort_of`, `signature`, `check`,
`instantiate`.

A definition is schematic in some of its sorts: correlation is defined once, for X -> G, and its use with X =
G is the instance in which the sort X is the group itself. `instantiate` finds the instance from the
arguments; there is never more than one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gcalc.kernel.terms import (
    Add,
    App,
    Aut,
    Big,
    Delta,
    Der,
    Element,
    Fun,
    Function,
    Hom,
    In,
    Inv,
    KernelError,
    Lam,
    Mul,
    Num,
    One,
    Op,
    Scalar,
    Sort,
    Subset,
    Term,
    Times,
    Val,
    Var,
    binders,
    children,
    free,
    with_children,
)


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


SortMap = dict[Sort, Sort]


def need(condition: object, message: str) -> None:
    """Raise KernelError unless the condition holds."""
    if not condition:
        raise KernelError(message)


def sort_of(element: Term) -> Sort:
    """The sort of an element; ill-sorted products raise KernelError."""
    match element:
        case Var(_, sort) | One(sort):
            return sort
        case Inv(arg):
            sort = sort_of(arg)
            need(sort.kind in ("group", "subgroup"), f"no inverse in the sort {sort.name}")
            return sort
        case Hom(aut, arg):
            need(sort_of(arg) == aut.sort, f"{aut.name} acts on {aut.sort.name} only")
            return aut.sort
        case Mul(left, right):
            return _product(sort_of(left), sort_of(right))
    raise KernelError(f"{type(element).__name__} is not an element")


def _product(left: Sort, right: Sort) -> Sort:
    need(left.kind in ("group", "subgroup"), f"the sort {left.name} does not act from the left")
    need(right.kind != "index" and left.group == right.group, f"{left.name} does not act on {right.name}")
    if right.kind == "set" or left == right:
        return right
    return left.group or left


def signature(function: Term, theory: Theory) -> tuple[Sort, ...]:
    """The sorts of a function's arguments."""
    match function:
        case Fun(_, arguments):
            return arguments
        case Lam(variables, _):
            return tuple(v.sort for v in variables)
        case Op():
            definition, sorts = instantiate(function, theory)
            return tuple(_map(p.sort, sorts) for p in definition.points)
    raise KernelError(f"{type(function).__name__} is not a function")


def instantiate(op: Op, theory: Theory) -> tuple[Definition, SortMap]:
    """The one definition of an operator symbol that takes these arguments, with the instance of its sorts."""
    found = []
    for definition in theory.definitions:
        if definition.name == op.name:
            sorts = _instance(definition, op, theory)
            if sorts is not None:
                found.append((definition, sorts))
    need(len(found) == 1, f"{op.name}: {len(found)} definitions fit its arguments")
    return found[0]


def _instance(definition: Definition, op: Op, theory: Theory) -> SortMap | None:
    sorts: SortMap = {}
    if len(definition.parameters) != len(op.parameters):
        return None
    for formal, actual in zip(definition.parameters, op.parameters, strict=True):
        if isinstance(formal, Fun):
            if not isinstance(actual, Function):
                return None
            given = signature(actual, theory)
            pairs = [*zip(formal.arguments, given, strict=False)]
            if len(formal.arguments) != len(given) or not all(_bind(definition, sorts, *p) for p in pairs):
                return None
        elif isinstance(formal, Aut | Subset):
            if type(actual) is not type(formal) or not _bind(definition, sorts, formal.sort, actual.sort):
                return None
        elif not isinstance(actual, Element) or not _takes(definition, sorts, formal, actual):
            return None
    return sorts


def _takes(definition: Definition, sorts: SortMap, formal: Term, actual: Term) -> bool:
    sort = sort_of(actual)
    group = sort.group if sort.kind == "subgroup" and sort_of(formal).kind == "group" else sort
    return group is not None and _bind(definition, sorts, sort_of(formal), group)


def _bind(definition: Definition, sorts: SortMap, formal: Sort, actual: Sort) -> bool:
    """Bind a schematic sort, the group of a set along with it; a set may be bound to a group: X = G."""
    if formal not in definition.schematic:
        return formal == actual
    kinds = ("set", "group") if formal.kind == "set" else (formal.kind,)
    if actual.kind not in kinds or sorts.setdefault(formal, actual) != actual:
        return False
    if formal.of is None or actual.group is None:
        return formal.of is None
    return _bind(definition, sorts, formal.of, actual.group)


def _map(sort: Sort, sorts: Mapping[Sort, Sort]) -> Sort:
    return sorts.get(sort, sort)


def resort(term: Term, sorts: SortMap) -> Term:
    """The term with its sorts replaced."""
    match term:
        case Var(_, sort) | One(sort) | Aut(_, sort) | Subset(_, sort):
            return replace(term, sort=_map(sort, sorts))
        case Fun(_, arguments):
            return replace(term, arguments=tuple(_map(s, sorts) for s in arguments))
    term = with_children(term, tuple(resort(c, sorts) for c in children(term)))
    match term:
        case Big(_, variable):
            return replace(term, variable=resort(variable, sorts))
        case Lam(variables):
            return replace(term, variables=tuple(resort(v, sorts) for v in variables))
        case Der(function):
            return replace(term, function=resort(function, sorts))
        case In(_, subset):
            return replace(term, subset=resort(subset, sorts))
    return term


def check(term: Term, theory: Theory) -> None:
    """Raise KernelError unless the term is well sorted and no name stands for two symbols."""
    names: dict[str, Term] = {}
    for symbol in free(term):
        need(
            names.setdefault(symbol.name, symbol) == symbol,  # type: ignore[attr-defined]
            f"the name {symbol.name} stands for two symbols",  # type: ignore[attr-defined]
        )
    _check(term, theory)


def _check(term: Term, theory: Theory) -> None:
    for child in children(term):
        _check(child, theory)
    match term:
        case App(function, arguments):
            _fits(signature(function, theory), arguments)
        case Op():
            instantiate(term, theory)
        case Delta(left, right):
            a, b = sort_of(left), sort_of(right)
            need(
                a == b or (a.kind != "set" and a.group is not None and a.group == b.group),
                "delta of two sorts",
            )
        case Der(function, at, _):
            _fits(function.arguments, at)
        case In(element, subset):
            need(sort_of(element).within(subset.sort), f"no guard of {subset.name} on another sort")
        case Big(op, variable, _, guard):
            need(op in ("sum", "max", "any"), f"no big operator {op}")
            need(guard is None or variable in free(guard.element), "a guard must bear on its variable")
        case Mul() | Inv() | Hom():
            sort_of(term)
        case Lam(variables):
            need(len(set(variables)) == len(variables), "a function binds a variable twice")
        case Var() | One() | Aut() | Fun() | Subset() | Num() | Add() | Times() | Val():
            pass
        case _:
            raise KernelError(f"{type(term).__name__} is not a term")


def _fits(expected: tuple[Sort, ...], given: tuple[Element, ...]) -> None:
    need(len(expected) == len(given), f"{len(expected)} arguments wanted, {len(given)} given")
    for sort, element in zip(expected, given, strict=True):
        need(
            sort_of(element).within(sort),
            f"an element of {sort_of(element).name} where {sort.name} is wanted",
        )


def bound_on(term: Term, path: tuple[int, ...]) -> frozenset[Term]:
    """The symbols bound, or differentiated by, between the root and the end of the path."""
    bound: frozenset[Term] = frozenset()
    for step in path:
        bound |= frozenset(binders(term)) | (
            frozenset([term.function]) if isinstance(term, Der) else frozenset()
        )
        term = children(term)[step]
    return bound
