"""Theories and well-sortedness: what each operator symbol takes and gives, and that a line makes sense.

Main definitions: `Definition`, `Hypothesis`, `Factorization`, `Theory`; `sort_of`, `signature`, `instantiate`,
`check` (every line must be well sorted), `check_theory`.

A definition is schematic in some of its sorts: correlation is defined once, for X -> G, and its use with X =
G is the instance in which the sort X is the group itself. `instantiate` finds the instance from the
arguments; there is never more than one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
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
Terms: TypeAlias = tuple[Term, ...]


def sort_of(element: Term) -> Sort:
    """The sort of an element; ill-sorted products raise KernelError."""
    match element:
        case Var(_, sort):
            return sort
        case t.One() | t.Inv():
            sort = element.sort if isinstance(element, t.One) else sort_of(element.arg)
            need(sort.has_inverses, f"no unit and no inverses in the sort {sort.name}")
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
    named = (d for d in theory.definitions if (d.name, len(d.parameters)) == (op.name, len(op.parameters)))
    tried = ((d, match(d.parameters, op.parameters, theory, d.schematic)) for d in named)
    found = [(d, sorts) for d, sorts in tried if sorts is not None]
    need(len(found) == 1, f"{op.name}: {len(found)} definitions fit its arguments")
    return found[0]


def unfolded(op: t.Op, arguments: tuple[Element, ...], theory: Theory) -> Scalar:
    """The body of a defined operator at its parameters and arguments."""
    definition, sorts = instantiate(op, theory)
    if definition.body is None:
        raise KernelError(f"{op.name} is opaque")
    formals = [resort(s, sorts) for s in definition.parameters + definition.points]
    actuals = dict(zip(formals, op.parameters + arguments, strict=True))
    return t.substitute(resort(definition.body, sorts), actuals)


def match(formals: Terms, actuals: Terms, theory: Theory, schematic: tuple[Sort, ...] = ()) -> SortMap | None:
    """The values of the schematic sorts for which every actual is of its formal's kind and sort, if there are any.

    An element of a subgroup is taken as one of the group wherever the formal does not ask for a subgroup,
    so that whatever fits a variable of the group fits every element of it.
    """
    sorts: SortMap = {}
    given: tuple[Sort | None, ...]
    for formal, actual in zip(formals, actuals, strict=True):
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
        if len(wanted) != len(given) or not all(_bind(schematic, sorts, *pair) for pair in pairs):
            return None
    return sorts


def _bind(schematic: tuple[Sort, ...], sorts: SortMap, formal: Sort, actual: Sort | None) -> bool:
    """Bind a schematic sort, the group of a set along with it; a set may be bound to a group: X = G."""
    if actual is None or formal not in schematic:
        return formal == actual
    kinds = ("set", "group") if formal.kind == "set" else (formal.kind,)
    fits = actual.kind in kinds and sorts.setdefault(formal, actual) == actual
    return fits and (formal.of is None or _bind(schematic, sorts, formal.of, actual.group))


def resort(term: AnyTerm, sorts: SortMap) -> AnyTerm:
    """The term with its sorts replaced."""

    def image(value: Any) -> Any:
        if isinstance(value, Sort):
            return sorts.get(value, value)
        if isinstance(value, tuple):
            return tuple(map(image, value))
        return resort(value, sorts) if isinstance(value, Term) else value

    return replace(term, **{f.name: image(getattr(term, f.name)) for f in fields(term)})


def check(term: Term, theory: Theory) -> None:
    """Raise KernelError unless a term made of data is a well-sorted scalar in which no name stands for two symbols."""
    need(isinstance(term, Scalar), f"{type(term).__name__} is not a scalar")
    _check(term, theory)
    _distinct(t.free(term))


def _check(term: Term, theory: Theory) -> None:
    for part in (*t.children(term), *t.binders(term)):
        _check(part, theory)
    match term:
        case t.Aut(name, sort, power):
            need(sort.has_inverses and power in (1, -1), f"{name}: no such automorphism of {sort.name}")
        case t.One() | t.Mul() | t.Inv() | t.Hom():
            sort_of(term)
        case t.App(function, arguments):
            _fits(signature(function, theory), arguments)
        case t.Op():
            instantiate(term, theory)
        case t.Lam(variables):
            need(len({*variables}) == len(variables), "a function binds a variable twice")
        case t.Delta(left, right):
            a, b = sort_of(left), sort_of(right)
            need(a == b or (a.has_inverses and b.has_inverses and a.group == b.group), "delta of two sorts")
        case t.Der(function, at, body):
            _fits(function.arguments, at)
            need(_differentiable(function, body, theory), f"no polynomial in the values of {function.name}")
        case t.In(element, subset):
            need(sort_of(element).within(subset.sort), f"no guard of {subset.name} on another sort")
        case t.Big(op, v, _, guard):
            need(op in ("sum", "max", "any"), f"no operation {op}")
            need(guard is None or v in t.free(guard.element), "a guard must bear on its variable")


def _differentiable(function: t.Fun, body: Term, theory: Theory) -> bool:
    """Whether the body is a polynomial in the values of the function, its operators unfolded."""
    if function not in t.free(body):
        return True
    match body:
        case t.App(t.Op() as op, arguments):
            return _differentiable(function, unfolded(op, arguments, theory), theory)
        case t.Add() | t.Times() | t.App() | t.Lam() | t.Der() | t.Big("sum", Var(_, Sort(finite=True))):
            return all(_differentiable(function, part, theory) for part in t.children(body))
    return body == function


def _fits(expected: tuple[Sort, ...], given: tuple[Element, ...]) -> None:
    need(len(expected) == len(given), f"{len(expected)} arguments wanted, {len(given)} given")
    for sort, element in zip(expected, given, strict=True):
        need(sort_of(element).within(sort), f"an element of another sort where {sort.name} is wanted")


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
    for f in theory.factorizations:
        for part in (f.first, f.second):
            proper = (part.kind, part.of) == ("subgroup", f.group)
            need(proper, f"{part.name} is no subgroup of {f.group.name}")
    for h in theory.hypotheses:
        check(h.left, theory)
        check(h.right, theory)


def _distinct(symbols: Iterable[Term]) -> None:
    names = sorted(getattr(symbol, "name", "") for symbol in symbols)
    twice = [a for a, b in pairwise(names) if a == b]
    need(not twice, f"a name stands for two symbols: {', '.join(twice)}")


def _bound(term: Term) -> set[Term]:
    return set(t.binders(term)).union(*map(_bound, t.children(term)))
