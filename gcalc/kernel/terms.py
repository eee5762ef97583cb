"""Terms of the statement language: elements, functions, scalars; substitution; equality up to bound names.

Main definitions: `Sort`; elements `Var One Mul Inv Hom`; functions `Fun Lam Op`; scalars `Num Add Times App
Big Delta Der Val`; the guard `In`; `check` (every line must be well sorted), `free`, `substitute`, `same`.

Notation: `u * x` is a product or the action on a point, `g**-1` the inverse, `f(j, x)` an application, `a *
b` and `a + b` scalars. A term is frozen data without behaviour beyond notation; nothing here decides whether
two terms are *equal*, only whether they are the same up to the names of bound variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import count
from typing import Any, TypeAlias


class KernelError(Exception):
    """A line is ill formed, or a step is not what its rule allows."""


@dataclass(frozen=True)
class Sort:
    """A sort: a group, a subgroup `of` a group, a set on which the group `of` acts, or an index set of channels."""

    name: str
    kind: str  # "group", "subgroup", "set" or "index"
    of: Sort | None = None
    finite: bool = True

    def within(self, other: Sort) -> bool:
        """Whether an element of this sort is one of `other`: the same sort, or a subgroup of it."""
        return self == other or (self.kind == "subgroup" and self.of == other)

    @property
    def group(self) -> Sort | None:
        """The group of which this is a subgroup, or which acts on this set; a group itself."""
        return self if self.kind == "group" else self.of


class Term:
    """Base of all terms. `children` are the subterms a path may enter."""

    __slots__ = ()


class Element(Term):
    """A term denoting a group element, a point or an index."""

    __slots__ = ()

    def __mul__(self, other: Element) -> Mul:
        return Mul(self, other)

    def __pow__(self, exponent: int) -> Inv:
        if exponent != -1:
            raise KernelError(f"an element has the power -1 only, not {exponent}")
        return Inv(self)


class Scalar(Term):
    """A term denoting a value."""

    __slots__ = ()

    def __mul__(self, other: Scalar) -> Times:
        return Times(self, other)

    def __add__(self, other: Scalar) -> Add:
        return Add(self, other)


class Function(Term):
    """A term denoting a function of indices and a point."""

    __slots__ = ()

    def __call__(self, *arguments: Element) -> App:
        """f(j, x)."""
        return App(self, arguments)


@dataclass(frozen=True)
class Var(Element):
    """A variable of its sort."""

    name: str
    sort: Sort


@dataclass(frozen=True)
class One(Element):
    """The unit of a group."""

    sort: Sort


@dataclass(frozen=True)
class Mul(Element):
    """A product g h, or the action g x."""

    left: Element
    right: Element


@dataclass(frozen=True)
class Inv(Element):
    """An inverse."""

    arg: Element


@dataclass(frozen=True)
class Aut(Term):
    """An automorphism symbol of a group, or its inverse (power -1)."""

    name: str
    sort: Sort
    power: int = 1

    def __pow__(self, exponent: int) -> Aut:
        if exponent not in (1, -1):
            raise KernelError(f"an automorphism has the powers 1 and -1 only, not {exponent}")
        return replace(self, power=self.power * exponent)

    def __call__(self, arg: Element) -> Hom:
        """r(a)."""
        return Hom(self, arg)


@dataclass(frozen=True)
class Hom(Element):
    """r(a) for an automorphism r."""

    aut: Aut
    arg: Element


@dataclass(frozen=True)
class Fun(Function):
    """A function variable with the sorts of its arguments; its values are scalars."""

    name: str
    arguments: tuple[Sort, ...]


@dataclass(frozen=True)
class Lam(Function):
    """λ variables. body."""

    variables: tuple[Var, ...]
    body: Scalar


@dataclass(frozen=True)
class Op(Function):
    """An operator symbol applied to its parameters: defined (`Definition` with a body) or opaque (without)."""

    name: str
    parameters: tuple[Term, ...]


@dataclass(frozen=True)
class Subset(Term):
    """A finite non-empty subset of a group, as a symbol."""

    name: str
    sort: Sort


@dataclass(frozen=True)
class In(Term):
    """The guard `element in subset`; "k in gU" is written `g**-1 * k in U`."""

    element: Element
    subset: Subset


@dataclass(frozen=True)
class Num(Scalar):
    """An integer."""

    value: int


@dataclass(frozen=True)
class Add(Scalar):
    """A sum of two."""

    left: Scalar
    right: Scalar


@dataclass(frozen=True)
class Times(Scalar):
    """A product."""

    left: Scalar
    right: Scalar


@dataclass(frozen=True)
class App(Scalar):
    """The value of a function at its arguments."""

    function: Function
    arguments: tuple[Element, ...]


@dataclass(frozen=True)
class Big(Scalar):
    """A big operator over a sort: "sum", "max", or "any" commutative associative operation; guarded or not."""

    op: str
    variable: Var
    body: Scalar
    guard: In | None = None


@dataclass(frozen=True)
class Delta(Scalar):
    """Kronecker's delta: 1 if left = right, else 0."""

    left: Element
    right: Element


@dataclass(frozen=True)
class Der(Scalar):
    """The partial derivative of `body` with respect to the value of `function` at `at`."""

    function: Fun
    at: tuple[Element, ...]
    body: Scalar


@dataclass(frozen=True)
class Val(Scalar):
    """phi(a) for an opaque map of values phi."""

    name: str
    arg: Scalar


Binding: TypeAlias = Mapping[Term, Term]


def children(term: Term) -> tuple[Term, ...]:
    """The subterms a path may enter, in order; bound variables are not among them."""
    found: list[Term] = []
    for value in _values(term):
        found.extend(value if isinstance(value, tuple) else (value,))
    return tuple(found)


def with_children(term: Term, new: tuple[Term, ...]) -> Term:
    """The same term with its children replaced, in the order of `children`."""
    rest, changed = list(new), {}
    for field in _fields(term):
        value = getattr(term, field)
        size = len(value) if isinstance(value, tuple) else 1
        taken, rest = tuple(rest[:size]), rest[size:]
        changed[field] = taken if isinstance(value, tuple) else taken[0]
    return replace(term, **changed) if changed else term  # type: ignore[type-var]


def _fields(term: Term) -> Iterator[str]:
    hidden = ("variable", "variables", "subset") if isinstance(term, Big | Lam | In) else ()
    hidden += ("function",) if isinstance(term, Der) else ()
    for field in fields(term):  # type: ignore[arg-type]
        value = getattr(term, field.name)
        if field.name not in hidden and (
            isinstance(value, Term) or (isinstance(value, tuple) and value and isinstance(value[0], Term))
        ):
            yield field.name


def _values(term: Term) -> Iterator[Any]:
    return (getattr(term, field) for field in _fields(term))


def binders(term: Term) -> tuple[Var, ...]:
    """The variables a term binds in all its children."""
    if isinstance(term, Big):
        return (term.variable,)
    return term.variables if isinstance(term, Lam) else ()


def free(term: Term) -> frozenset[Term]:
    """The free symbols: variables, function variables, automorphisms (with power 1) and subsets."""
    if isinstance(term, Var | Fun | Subset):
        return frozenset([term])
    if isinstance(term, Aut):
        return frozenset([replace(term, power=1)])
    found = frozenset().union(*map(free, children(term))) - frozenset(binders(term))
    if isinstance(term, In):
        found |= {term.subset}
    return found | {term.function} if isinstance(term, Der) else found


_fresh = count(1)


def rename(term: Term, avoid: frozenset[Term]) -> Term:
    """The same term, its bound variables renamed where they are in `avoid`."""
    clash = {v: Var(f"{v.name.split('#')[0]}#{next(_fresh)}", v.sort) for v in binders(term) if v in avoid}
    if not clash:
        return term
    inner = with_children(term, tuple(substitute(c, clash) for c in children(term)))
    if isinstance(inner, Big):
        return replace(inner, variable=clash[inner.variable])
    return replace(inner, variables=tuple(clash.get(v, v) for v in inner.variables))  # type: ignore[type-var]


def substitute(term: Term, binding: Binding) -> Term:
    """The term with free symbols replaced, bound variables renamed where they would capture."""
    if isinstance(term, Var | Fun | Subset):
        return binding.get(term, term)
    if isinstance(term, Aut):
        image = binding.get(replace(term, power=1))
        return image**term.power if isinstance(image, Aut) else term
    if isinstance(term, In):
        subset = binding.get(term.subset, term.subset)
        return In(substitute(term.element, binding), subset)  # type: ignore[arg-type]
    inner = {s: t for s, t in binding.items() if s not in binders(term)}
    if not inner:
        return term
    if binders(term):
        term = rename(term, frozenset().union(*map(free, inner.values())))
    if isinstance(term, Der):
        image = inner.get(term.function, term.function)
        if not isinstance(image, Fun):
            raise KernelError(f"{term.function.name} is differentiated by; it can only be renamed")
        term = replace(term, function=image)
    return with_children(term, tuple(substitute(c, inner) for c in children(term)))


@lru_cache(maxsize=65536)
def canonical(term: Term, depth: int = 0) -> Term:
    """The term with its bound variables numbered from the outside in."""
    names = {v: Var(f"%{depth + i}", v.sort) for i, v in enumerate(binders(term))}
    inner = tuple(canonical(substitute(c, names), depth + len(names)) for c in children(term))
    term = with_children(term, inner)
    if isinstance(term, Big):
        return replace(term, variable=names[term.variable])
    return replace(term, variables=tuple(names.values())) if isinstance(term, Lam) else term


def same(a: Term, b: Term) -> bool:
    """Whether two terms differ at most in the names of bound variables."""
    return canonical(a) == canonical(b)
