"""Terms of the statement language: elements, functions, scalars; substitution; equality up to bound names.

Main definitions: `Sort`; elements `Var One Mul Inv Hom`; functions `Fun Lam Op`; scalars `Num Add Times App
Big Delta Der Val`; the guard `In`; `free`, `substitute`, `same`.

Notation: `u * x` is a product or the action on a point, `g**-1` the inverse, `f(j, x)` an application, `a *
b` and `a + b` scalars. A term is frozen data without behaviour beyond notation; nothing here decides whether
two terms are *equal*, only whether they are the same up to the names of bound variables.

Meaning: every sort has an element. Functions take values in a commutative ring (an integral domain where a
sort is infinite). A sum over infinitely many non-zero terms is 0, a maximum of nothing too; a derivative is the
formal one of a polynomial in the values of its function; so every term has a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from types import UnionType
from typing import (
    Any,
    ClassVar,
    TypeAlias,
    TypeVar,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)


class KernelError(Exception):
    """A line is ill formed, or a step is not what its rule allows."""


def need(condition: object, message: str) -> None:
    """Raise KernelError unless the condition holds."""
    if not condition:
        raise KernelError(message)


@dataclass(frozen=True)
class Sort:
    """A sort: a group, a subgroup `of` a group, a set on which the group `of` acts, or an index set of channels."""

    name: str
    kind: str  # "group", "subgroup", "set" or "index"
    of: Sort | None = None
    finite: bool = True

    def __post_init__(self) -> None:
        of = self.of.kind if self.of else None
        kinds = [("group", None), ("subgroup", "group"), ("set", "group"), ("set", None), ("index", None)]
        need((self.kind, of) in kinds, f"{self.name}: no sort is a {self.kind} of a {of}")

    def within(self, other: Sort) -> bool:
        """Whether an element of this sort is one of `other`: the same sort, or a subgroup of it."""
        return self == other or (self.kind == "subgroup" and self.of == other)

    @property
    def group(self) -> Sort | None:
        """The group of which this is a subgroup, or which acts on this set; a group itself."""
        return self if self.kind == "group" else self.of

    @property
    def has_inverses(self) -> bool:
        """Whether its elements are group elements."""
        return self.kind in ("group", "subgroup")


@dataclass_transform(frozen_default=True)
@dataclass(frozen=True)
class Term:
    """Base of all terms, which are frozen dataclasses; `parts` are the fields that hold subterms."""

    parts: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, parts: tuple[str, ...] = ()) -> None:
        cls.parts = parts
        dataclass(frozen=True)(cls)


class Element(Term):
    """A term denoting a group element, a point or an index."""

    def __mul__(self, other: Element) -> Mul:
        return Mul(self, other)

    def __pow__(self, exponent: int) -> Inv:
        need(exponent == -1, f"an element has the power -1 only, not {exponent}")
        return Inv(self)


class Scalar(Term):
    """A term denoting a value."""

    def __mul__(self, other: Scalar) -> Times:
        return Times(self, other)

    def __add__(self, other: Scalar) -> Add:
        return Add(self, other)


class Function(Term):
    """A term denoting a function of indices and a point."""

    def __call__(self, *arguments: Element) -> App:
        """f(j, x)."""
        return App(self, arguments)


class Var(Element):
    """A variable of its sort."""

    name: str
    sort: Sort


class One(Element):
    """The unit of a group."""

    sort: Sort


class Mul(Element, parts=("left", "right")):
    """A product g h, or the action g x."""

    left: Element
    right: Element


class Inv(Element, parts=("arg",)):
    """An inverse."""

    arg: Element


class Aut(Term):
    """An automorphism symbol of a group, or its inverse (power -1)."""

    name: str
    sort: Sort
    power: int = 1

    def __pow__(self, exponent: int) -> Aut:
        need(exponent in (1, -1), f"an automorphism has the powers 1 and -1 only, not {exponent}")
        return replace(self, power=self.power * exponent)

    def __call__(self, arg: Element) -> Hom:
        """r(a)."""
        return Hom(self, arg)


class Hom(Element, parts=("aut", "arg")):
    """r(a) for an automorphism r."""

    aut: Aut
    arg: Element


class Fun(Function):
    """A function variable with the sorts of its arguments; its values are scalars."""

    name: str
    arguments: tuple[Sort, ...]


class Lam(Function, parts=("body",)):
    """λ variables. body."""

    variables: tuple[Var, ...]
    body: Scalar


class Op(Function, parts=("parameters",)):
    """An operator symbol applied to its parameters: defined (`Definition` with a body) or opaque (without)."""

    name: str
    parameters: tuple[Term, ...]


class Subset(Term):
    """A finite non-empty subset of a group, as a symbol."""

    name: str
    sort: Sort


class In(Term, parts=("element", "subset")):
    """The guard `element in subset`; "k in gU" is written `g**-1 * k in U`."""

    element: Element
    subset: Subset


class Num(Scalar):
    """An integer."""

    value: int


class Add(Scalar, parts=("left", "right")):
    """A sum of two."""

    left: Scalar
    right: Scalar


class Times(Scalar, parts=("left", "right")):
    """A product."""

    left: Scalar
    right: Scalar


class App(Scalar, parts=("function", "arguments")):
    """The value of a function at its arguments."""

    function: Function
    arguments: tuple[Element, ...]


class Big(Scalar, parts=("body", "guard")):
    """A big operator over a sort: "sum", "max", or "any" commutative associative operation; guarded or not."""

    op: str
    variable: Var
    body: Scalar
    guard: In | None = None


class Delta(Scalar, parts=("left", "right")):
    """Kronecker's delta: 1 if left = right, else 0."""

    left: Element
    right: Element


class Der(Scalar, parts=("at", "body")):
    """The partial derivative of `body` with respect to the value of `function` at `at`."""

    function: Fun
    at: tuple[Element, ...]
    body: Scalar


class Val(Scalar, parts=("arg",)):
    """phi(a) for an opaque map of values phi."""

    name: str
    arg: Scalar


TERMS = (Var, One, Mul, Inv, Aut, Hom, Fun, Lam, Op, Subset, In, Num, Add, Times, App, Big, Delta, Der, Val)
Symbol: TypeAlias = Var | Fun | Aut | Subset
Binding: TypeAlias = Mapping[Any, Term]
AnyTerm = TypeVar("AnyTerm", bound=Term)


def children(term: Term) -> tuple[Term, ...]:
    """The subterms a path may enter, in order; bound variables are not among them."""
    values = [getattr(term, part) for part in term.parts]
    return tuple(c for v in values if v is not None for c in (v if isinstance(v, tuple) else (v,)))


def with_children(term: AnyTerm, new: tuple[Term, ...]) -> AnyTerm:
    """The same term with its children replaced, in the order of `children`."""
    rest, changed = iter(new), dict[str, Any]()
    for part in term.parts:
        value = getattr(term, part)
        if value is not None:
            changed[part] = tuple(next(rest) for _ in value) if isinstance(value, tuple) else next(rest)
    return replace(term, **changed) if changed else term


def binders(term: Term) -> tuple[Var, ...]:
    """The variables a term binds in all its children."""
    if isinstance(term, Big):
        return (term.variable,)
    return term.variables if isinstance(term, Lam) else ()


def with_binders(term: AnyTerm, new: tuple[Var, ...]) -> AnyTerm:
    """The same term with other variables in the place of those it binds; its children stay as they are."""
    changed: Any = {"variable": new[0]} if isinstance(term, Big) else {"variables": new} if new else {}
    return replace(term, **changed) if changed else term


def free(term: Term) -> frozenset[Symbol]:
    """The free symbols: variables, function variables, automorphisms (with power 1) and subsets."""
    if isinstance(term, Var | Fun | Subset | Aut):
        return frozenset([replace(term, power=1) if isinstance(term, Aut) else term])
    found = free_in(*children(term)) - frozenset(binders(term))
    return found | {term.function} if isinstance(term, Der) else found


def free_in(*terms: Term) -> frozenset[Symbol]:
    """The symbols free in any of the terms."""
    return frozenset[Symbol]().union(*map(free, terms))


def rename(term: AnyTerm, avoid: frozenset[Symbol]) -> AnyTerm:
    """The same term, its bound variables renamed where they are in `avoid`."""
    clash: dict[Var, Var] = {}
    taken = {symbol.name for symbol in avoid | free_in(*children(term)) | {*binders(term)}}
    for v in (v for v in binders(term) if v in avoid):
        names = (f"{v.name.split('#')[0]}#{n}" for n in count(1))
        clash[v] = Var(next(name for name in names if name not in taken), v.sort)
        taken.add(clash[v].name)
    return with_binders(_substitute_below(term, clash), tuple(clash.get(v, v) for v in binders(term)))


def substitute(term: AnyTerm, binding: Binding) -> AnyTerm:
    """The term (of the same kind) with free symbols replaced, bound variables renamed where they would capture.

    A derivative by f is of what is written with f: f can only be renamed, and no other symbol may come to
    contain it.
    """
    if isinstance(term, Var | Fun | Subset):
        return cast(AnyTerm, binding.get(term, term))
    if isinstance(term, Aut):
        return cast(AnyTerm, cast(Aut, binding.get(r := replace(term, power=1), r)) ** term.power)
    if not isinstance(term, Big | Lam | Der):
        return _substitute_below(term, binding)
    inner: dict[Any, Any] = {symbol: binding[symbol] for symbol in free(term) if symbol in binding}
    if inner and isinstance(term, Der):
        f, image = term.function, inner.get(term.function, term.function)
        others = free_in(*(inner.get(symbol, symbol) for symbol in free(term.body) - {f}))
        need(isinstance(image, Fun) and image not in others, f"{f.name} under ∂ can only be renamed")
        return replace(_substitute_below(term, inner), function=image)
    return _substitute_below(rename(term, free_in(*inner.values())), inner) if inner else term


def _substitute_below(term: AnyTerm, binding: Binding) -> AnyTerm:
    return with_children(term, tuple(substitute(child, binding) for child in children(term)))


def canonical(term: Term, bound: tuple[Var, ...] = ()) -> Term:
    """The term with each bound variable replaced by the number of its binder, counted from the outside in."""
    if isinstance(term, Var):
        place = len(bound) - bound[::-1].index(term) if term in bound else f"free {term.name}"
        return Var(f"{place}", term.sort)
    inner = with_children(term, tuple(canonical(child, bound + binders(term)) for child in children(term)))
    return with_binders(inner, tuple(Var("", v.sort) for v in binders(term)))


def same(a: Term, b: Term) -> bool:
    """Whether two terms differ at most in the names of bound variables."""
    return a == b or canonical(a) == canonical(b)


def is_data(value: Any, kind: Any, known: set[int]) -> bool:
    """Whether a value is what its annotation says, all through, with nothing derived, added or left out.

    Classes are told apart by identity: whatever else a value is asked, a forged class could answer. `known` has
    the identities of what was looked into already.
    """
    if kind is object:  # an argument of a step
        kind = str | Term | tuple[tuple[Term, Term], ...]
    if isinstance(kind, UnionType):
        return any(is_data(value, one, known) for one in get_args(kind))
    if get_origin(kind) is tuple:
        return type(value) is tuple and all(is_data(part, get_args(kind)[0], known) for part in value)
    if type(value) is not kind and not any(type(value) is one and issubclass(one, kind) for one in TERMS):
        return False
    hints, held = _annotations(type(value)), getattr(value, "__dict__", {})
    if id(value) in known or type(held) is not dict or any(type(name) is not str for name in held):
        return id(value) in known
    if type(value) is Sort:
        value.__post_init__()
    known.add(id(value))
    return held.keys() == hints.keys() - {"parts"} and all(is_data(held[n], hints[n], known) for n in held)


_annotations: Callable[[Any], dict[str, Any]] = cache(get_type_hints)
