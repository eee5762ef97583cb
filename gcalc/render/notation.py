"""Terms as notation: where brackets stand, decided once, for the writers of plain text, LaTeX and MathML.

Main definitions: the boxes `Name Number Sign Words Row Fence Sub Mark Value Over Partial At`; `notation`,
`declaration`.

Products are read from the left: `ghx` is (gh)x, and g(hx) has its brackets; so do those of scalars. A big operator
reaches to the end of its product. A function that is not a name stands in square brackets where it is applied:
`[f ⋆ psi](k, g)`. `D(k, ·)`, typeset D with the subscript k, is h ↦ D(k, h). A bound variable is followed by its sort
unless it is called like it: Σ_x is over X, Σ_{h ∈ G} over G. "u⁻¹h in U" is written "h ∈ uU".

Two terms over the same symbols are written alike only if they are the same up to the names of bound variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from gcalc.kernel import terms as t
from gcalc.kernel.terms import Function, Scalar, Term, Var, free

Path: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Name:
    """A name as the kernel has it: psi, q0, h#1."""

    text: str


@dataclass(frozen=True)
class Number:
    """An integer."""

    text: str


@dataclass(frozen=True)
class Sign:
    """A sign; an infix has space about it, a comma behind it."""

    text: str
    infix: bool = False


@dataclass(frozen=True)
class Words:
    """Words of a natural language."""

    text: str


@dataclass(frozen=True)
class Row:
    """Boxes beside each other; `product`: of scalars, with space between."""

    parts: tuple[Box, ...]
    product: bool = False


@dataclass(frozen=True)
class Fence:
    """A box in round or square brackets."""

    inner: Box
    square: bool = False


@dataclass(frozen=True)
class Sub:
    """A subscript."""

    base: Box
    below: Box


@dataclass(frozen=True)
class Mark:
    """A superscript: the inverse "-1", the involution "*", the transpose "T", "Σ"."""

    base: Box
    mark: str


@dataclass(frozen=True)
class Value:
    """A function at its arguments; those that are channels are subscripts in print."""

    function: Box
    arguments: tuple[Box, ...]
    channels: tuple[bool, ...]


@dataclass(frozen=True)
class Over:
    """A big operator over what stands below it, and its body."""

    sign: str
    below: Box
    body: Box


@dataclass(frozen=True)
class Partial:
    """A partial derivative, of a value or (None) of what follows."""

    of: Box | None
    by: Box


@dataclass(frozen=True)
class At:
    """The box of the subterm at a path."""

    path: Path
    inner: Box


Box: TypeAlias = Name | Number | Sign | Words | Row | Fence | Sub | Mark | Value | Over | Partial | At

INVERSE = "-1"
SIGNS = {"sum": "Σ", "max": "max", "any": "⊕"}
INFIX = {"correlate": "⋆", "convolve": "∗"}
POSTFIX = {"involution": "*", "transpose": "T"}
PREFIX: Mapping[str, tuple[Box, int | None, int]] = {
    "left_translate": (Name("L"), 0, 1),
    "pool": (Name("P"), 1, 0),
    "sum_pool": (Mark(Name("P"), "Σ"), 1, 0),
    "coset_pool": (Sub(Name("P"), Name("H")), None, 0),
    "phi": (Name("Φ"), None, 0),
}
"""What is written before the operand, the number of the parameter at its foot, the number of the operand."""
CALLED = {
    "input_gradient": "ig",
    "filter_gradient": "fg",
    "filter_transform": "ft",
    "filter_transform_gradient": "ftg",
}
"""Operators written name(parameters); others are written so by their full names."""
DOT, COMMA = Sign("·"), Sign(",")


def notation(term: Term, path: Path = ()) -> Box:
    """The notation of a scalar, a function, an element, a guard, a subset or an automorphism."""
    if isinstance(term, Scalar):
        return At(path, _scalar(term, path))
    if isinstance(term, Function):
        return At(path, _function(term, path))
    if isinstance(term, t.In):
        return At(path, _guard(term, path))
    return At(path, _element(term, path))


def is_partial(box: Value) -> bool:
    """Whether it is a function of one place that is fully said by its channels, as D with the subscript k."""
    pairs = list(zip(box.arguments, box.channels, strict=True))
    places = [argument for argument, channel in pairs if not channel]
    given = [argument for argument, channel in pairs if channel]
    return places == [DOT] and given != [] and DOT not in given


def row(*parts: Box) -> Row:
    """Boxes beside each other."""
    return Row(parts)


def listed(boxes: Iterable[Box], sign: Sign = COMMA) -> Row:
    """Boxes with a sign between them."""
    parts: list[Box] = []
    for box in boxes:
        parts += [sign, box] if parts else [box]
    return Row(tuple(parts))


def equation(left: Term, right: Term) -> Row:
    """Left = right."""
    return row(notation(left, (0,)), Sign("=", infix=True), notation(right, (1,)))


def quantified(variables: Iterable[Term], statement: Box) -> Box:
    """The statement, for all values of the variables."""
    names = [Name(getattr(v, "name", "")) for v in variables]
    return row(statement, Words(" for all "), listed(names)) if names else statement


# ---- elements


def _element(term: Term, path: Path) -> Box:
    match term:
        case Var(name, _):
            return _letter(name)
        case t.One(sort):
            return Sub(Name("e"), Name(sort.name)) if sort.kind == "subgroup" else Name("e")
        case t.Inv(arg):
            base = notation(arg, (*path, 0))
            return Mark(base if isinstance(arg, Var | t.One | t.Hom) else Fence(base), INVERSE)
        case t.Mul(left, right):
            a, b = notation(left, (*path, 0)), notation(right, (*path, 1))
            return row(a, Fence(b) if isinstance(right, t.Mul) else b)
        case t.Aut(name, _, power):
            return Mark(Name(name), INVERSE) if power < 0 else Name(name)
        case t.Hom(aut, arg):
            return row(notation(aut, (*path, 0)), Fence(notation(arg, (*path, 1))))
        case t.Subset(name, _):
            return Name(name)
    raise t.KernelError(f"{type(term).__name__} has no notation")


def _letter(name: str) -> Box:
    """The name of a variable; in quotes where, in a product, it could be taken for several or for the unit."""
    plain = re.fullmatch(r"[^\W\d_][0-9]*(#\d+)?", name) and name != "e"
    return Name(name) if plain else row(Sign("‹"), Name(name), Sign("›"))


# ---- functions


def _function(term: Function, path: Path) -> Box:
    match term:
        case t.Fun(name, _):
            return Name(name)
        case t.Lam(variables, body):
            if _is_partial(term):
                return _partial(term, path)
            names = [_binder(v) for v in variables]
            bound = names[0] if len(names) == 1 else Fence(listed(names))
            return row(bound, Sign("↦", infix=True), notation(body, (*path, 0)))
        case t.Op(name, parameters):
            return _operator(name, parameters, path)
    raise t.KernelError(f"{type(term).__name__} has no notation")


def _is_partial(term: Function) -> bool:
    """Whether it is h ↦ F(j, h), for a function symbol F, some of whose first arguments are given."""
    match term:
        case t.Lam(variables, t.App(t.Fun(), arguments)):
            given = arguments[: -len(variables)]
            return arguments[-len(variables) :] == variables and not any(
                free(a) & {*variables} for a in given
            )
    return False


def _partial(term: Function, path: Path) -> Box:
    match term:
        case t.Lam(variables, t.App(function, arguments)):
            given = arguments[: -len(variables)]
            boxes = [notation(a, (*path, 0, 1 + i)) for i, a in enumerate(given)]
            dots = tuple(DOT for _ in variables)
            name = notation(function, (*path, 0, 0))
            return Value(name, (*boxes, *dots), tuple(map(_is_channel, arguments)))
    raise t.KernelError("no function with open places")


def _operator(name: str, parameters: tuple[Term, ...], path: Path) -> Box:
    if name in INFIX and len(parameters) == 2:
        left, right = (_operand(p, (*path, i)) for i, p in enumerate(parameters))
        return row(left, Sign(INFIX[name], infix=True), right)
    if name in POSTFIX and len(parameters) == 1:
        return Mark(_applied(parameters[0], (*path, 0)), POSTFIX[name])
    if name in PREFIX and all(n is None or n < len(parameters) for n in PREFIX[name][1:]):
        sign, foot, operand = PREFIX[name]
        below = None if foot is None else notation(parameters[foot], (*path, foot))
        inner = _operand(parameters[operand], (*path, operand), prefixed=True)
        return Row((Sub(sign, below) if below else sign, inner), product=True)
    inside = listed(notation(p, (*path, i)) for i, p in enumerate(parameters))
    return row(Name(CALLED.get(name, name)), Fence(inside))


def _operand(term: Term, path: Path, *, prefixed: bool = False) -> Box:
    """A function beside an operator: in brackets if it is made by an infix or prefix one, or is a λ."""
    box = notation(term, path)
    match term:
        case t.Op(name, _) if name in INFIX or (name in PREFIX and not prefixed):
            return Fence(box, square=True)
        case t.Lam() if not _is_partial(term):
            return Fence(box, square=True)
    return box


def _applied(term: Term, path: Path) -> Box:
    """A function that is applied, or starred: in brackets unless it is a name, starred, or called."""
    box = notation(term, path)
    compound = isinstance(term, t.Lam) or (isinstance(term, t.Op) and term.name in (*INFIX, *PREFIX))
    return Fence(box, square=True) if compound else box


# ---- scalars


def _scalar(term: Scalar, path: Path) -> Box:
    match term:
        case t.Num(value):
            return Number(str(value).replace("-", "−"))
        case t.Add(left, right):
            a, b = notation(left, (*path, 0)), notation(right, (*path, 1))
            bracketed = isinstance(right, t.Add) or _negative(right)
            return row(a, Sign("+", infix=True), Fence(b) if bracketed else b)
        case t.Times(left, right):
            a, b = notation(left, (*path, 0)), notation(right, (*path, 1))
            a = Fence(a) if isinstance(left, t.Add) or _negative(left) or _is_open(left) else a
            b = Fence(b) if isinstance(right, t.Add | t.Times) or _negative(right) else b
            sign = (Sign("·"),) if isinstance(right, t.Num) else ()
            return Row((a, *sign, b), product=True)
        case t.App(function, arguments):
            at = tuple(notation(a, (*path, 1 + i)) for i, a in enumerate(arguments))
            return Value(_applied(function, (*path, 0)), at, tuple(map(_is_channel, arguments)))
        case t.Big():
            return _big(term, path)
        case t.Delta(left, right):
            return row(Name("δ"), Fence(listed([notation(left, (*path, 0)), notation(right, (*path, 1))])))
        case t.Der():
            return _derivative(term, path)
        case t.Val(name, arg):
            return row(Name(name), Fence(notation(arg, (*path, 0))))
    raise t.KernelError(f"{type(term).__name__} has no notation")


def _is_channel(argument: Term) -> bool:
    return isinstance(argument, Var) and argument.sort.kind == "index"


def _negative(term: Scalar) -> bool:
    return isinstance(term, t.Num) and term.value < 0


def _is_open(term: Scalar) -> bool:
    """Whether what follows would be taken for a part of it."""
    match term:
        case t.Big() | t.Der():
            return not (isinstance(term, t.Der) and isinstance(term.body, t.App))
        case t.Times(_, right):
            return _is_open(right)
    return False


def _big(term: t.Big, path: Path) -> Box:
    body = notation(term.body, (*path, 0))
    body = Fence(body) if isinstance(term.body, t.Add) or _negative(term.body) else body
    below = _binder(term.variable)
    if term.guard is not None:
        guard = notation(term.guard, (*path, 1))
        plain = _member(term.guard) == term.variable and term.variable.sort == term.guard.subset.sort
        below = guard if plain else row(below, Sign(":", infix=True), guard)
    return Over(SIGNS.get(term.op, term.op), below, body)


def _member(guard: t.In) -> Term:
    """What is said to lie in U or in aU."""
    match guard.element:
        case t.Mul(t.Inv(_), right):
            return right
    return guard.element


def _guard(guard: t.In, path: Path) -> Box:
    subset = notation(guard.subset, (*path, 1))
    match guard.element:
        case t.Mul(t.Inv(of), right):
            member, by = notation(right, (*path, 0, 1)), notation(of, (*path, 0, 0, 0))
            return row(member, Sign("∈", infix=True), row(by, subset))
    return row(notation(guard.element, (*path, 0)), Sign("∈", infix=True), subset)


def _binder(v: Var) -> Box:
    named_like_it = v.name.split("#")[0].lower() == v.sort.name.lower()
    return _letter(v.name) if named_like_it else declaration(v)


def _derivative(term: t.Der, path: Path) -> Box:
    at = tuple(notation(a, (*path, i)) for i, a in enumerate(term.at))
    by = Value(Name(term.function.name), at, tuple(map(_is_channel, term.at)))
    body = notation(term.body, (*path, len(term.at)))
    if isinstance(term.body, t.App):
        return Partial(body, by)
    bracketed = isinstance(term.body, t.Add | t.Times) or _negative(term.body)
    return Row((Partial(None, by), Fence(body) if bracketed else body), product=True)


# ---- declarations


def declaration(symbol: Term) -> Box:
    """What a symbol is: u ∈ G, f: J × X → R, U ⊆ G, r ∈ Aut(G)."""
    match symbol:
        case Var(name, sort):
            return row(_letter(name), Sign("∈", infix=True), Name(sort.name))
        case t.Fun(name, arguments):
            domain = listed((Name(s.name) for s in arguments), Sign("×", infix=True))
            return row(Name(name), Sign(": "), domain, Sign("→", infix=True), Name("R"))
        case t.Subset(name, sort):
            return row(Name(name), Sign("⊆", infix=True), Name(sort.name))
        case t.Aut(name, sort):
            return row(Name(name), Sign("∈", infix=True), Name("Aut"), Fence(Name(sort.name)))
    raise t.KernelError(f"{type(symbol).__name__} is no symbol")
