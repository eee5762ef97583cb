"""From the kernel's terms to polynomials, by evaluation: operators unfolded, functions applied, derivatives computed.

A bound variable is given a number of its own, a function becomes a Python function of words, an operator the
instance of its definition that fits: there is no substitution, so nothing can be captured.

Main definitions: `Reader`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from gcalc.recheck import functions, polynomials
from gcalc.recheck.data import Data, key, kind, sort, symbols
from gcalc.recheck.definitions import instance
from gcalc.recheck.errors import RecheckError, demand
from gcalc.recheck.functions import Function
from gcalc.recheck.polynomials import Atom, Polynomial, Scope, single
from gcalc.recheck.words import (
    BOUND,
    FREE,
    Automorphism,
    Sort,
    Variable,
    Word,
    inverse,
    letter,
    lies_in,
    moved,
    times,
)

Split = tuple[Sort, Sort, Sort]


@dataclass(frozen=True)
class Scene:
    """What symbols stand for while a term is read.

    known: how many definitions may be used: all before the one being unfolded. values: of the symbols that stand for
    something else than themselves. sorts: of a definition's schematic sorts. closed: the name of the definition being
    unfolded, whose body may have no other symbols.
    """

    known: int
    values: Mapping[tuple[object, ...], Any] = field(default_factory=dict)
    sorts: Mapping[Sort, Sort] = field(default_factory=dict)
    closed: str = ""

    def sort(self, given: Data) -> Sort:
        """The sort for which a sort of the term stands."""
        found = sort(given)
        return self.sorts.get(found, found)

    def value(self, symbol: Data, itself: Any) -> Any:
        """What a symbol stands for, if not for itself."""
        name = key(symbol)
        demand(name in self.values or not self.closed, f"the definition of {self.closed} is not closed")
        return self.values.get(name, itself)

    def binding(self, symbols: tuple[Data, ...], values: tuple[Any, ...]) -> Scene:
        """With values for more symbols."""
        return replace(self, values={**self.values, **dict(zip(map(key, symbols), values, strict=True))})


class Reader:
    """Reads terms in a theory; with a factorization, every sum over the group is the double sum."""

    def __init__(self, definitions: tuple[Data, ...], split: Split | None = None) -> None:
        self.definitions, self.split = definitions, split
        self.numbers = count()

    def polynomial(self, term: Data, values: Mapping[tuple[object, ...], Any] | None = None) -> Polynomial:
        """The polynomial of a scalar."""
        return self.scalar(term, Scene(len(self.definitions), values or {}))

    def fresh(self, of: Sort) -> Variable:
        """A bound variable that is nowhere else."""
        return Variable(BOUND, next(self.numbers), of)

    # ---- elements

    def element(self, term: Data, scene: Scene) -> tuple[Sort, Word]:
        """The word of an element, and the group, set or index set it lies in."""
        match kind(term):
            case "Var":
                of = scene.sort(term.sort)
                word = scene.value(term, letter(Variable(FREE, term.name, of)))
                return (of if word == () else word[-1].variable.sort).ambient, word
            case "One":
                of = scene.sort(term.sort).ambient
                demand(of.kind == "group", f"no unit in {of.name}")
                return of, ()
            case "Inv":
                of, word = self.element(term.arg, scene)
                demand(of.kind == "group", f"no inverse in {of.name}")
                return of, inverse(word)
            case "Hom":
                of, word = self.element(term.arg, scene)
                r = self.automorphism(term.aut, scene)
                demand(of == r.sort.ambient and lies_in(word, r.sort), f"{r.name} acts on {r.sort.name} only")
                return of, moved((r,), word)
            case "Mul":
                (a, left), (b, right) = self.element(term.left, scene), self.element(term.right, scene)
                demand(a.kind == "group" and b.acting == a, f"{a.name} does not act on {b.name}")
                return b, times(left, right)
        raise RecheckError(f"{kind(term)} is not an element")

    def word(self, term: Data, scene: Scene) -> Word:
        """The word of an element."""
        return self.element(term, scene)[1]

    def automorphism(self, term: Data, scene: Scene) -> Automorphism:
        """An automorphism symbol, or its inverse."""
        demand(kind(term) == "Aut" and term.power in (1, -1), "not an automorphism")
        found = scene.value(term, Automorphism(term.name, scene.sort(term.sort), 1))
        return found._replace(power=found.power * term.power)  # type: ignore[no-any-return]

    def subset(self, term: Data, scene: Scene) -> tuple[str, Sort]:
        """A subset symbol: its name and its group."""
        demand(kind(term) == "Subset", "not a subset")
        return scene.value(term, (term.name, scene.sort(term.sort)))  # type: ignore[no-any-return]

    # ---- scalars

    def scalar(self, term: Data, scene: Scene) -> Polynomial:
        """The polynomial of a scalar."""
        match kind(term):
            case "Num":
                demand(type(term.value) is int, f"{term.value!r} is not an integer")
                return polynomials.number(term.value)
            case "Add":
                return self.scalar(term.left, scene) + self.scalar(term.right, scene)
            case "Times":
                return polynomials.times(self.scalar(term.left, scene), self.scalar(term.right, scene))
            case "App":
                arguments = tuple(self.word(a, scene) for a in term.arguments)
                return self.function(term.function, scene)(arguments)
            case "Big":
                return self._big(term, scene)
            case "Delta":
                (a, left), (b, right) = self.element(term.left, scene), self.element(term.right, scene)
                demand(a == b, "a δ of two sorts")
                return single(Atom("delta", "", (), (left, right)))
            case "Der":
                return self._derivative(term, scene)
            case "Val":
                scope = Scope((), (), self.scalar(term.arg, scene))
                return single(Atom("val", term.name, (), (), (scope,)))
            case "Hole":
                return single(Atom("hole", "", (), tuple(self.word(v, scene) for v in term.variables)))
        raise RecheckError(f"{kind(term)} is not a scalar")

    def _big(self, term: Data, scene: Scene) -> Polynomial:
        of = scene.sort(term.variable.sort)
        demand(term.op in ("sum", "max", "any"), f"no operation is called {term.op}")
        if self.split and term.op == "sum" and of == self.split[0] and all(s.finite for s in self.split):
            z, s = map(self.fresh, self.split[1:])
            inner = scene.binding((term.variable,), (times(letter(z), letter(s)),))
            return polynomials.total(z, polynomials.total(s, self._guarded(term, inner)))
        v = self.fresh(of)
        inner = scene.binding((term.variable,), (letter(v),))
        if term.op == "sum":
            return polynomials.total(v, self._guarded(term, inner))
        scope = Scope((v,), self._guard(term.guard, inner), self.scalar(term.body, inner))
        return single(Atom("big", term.op, (), (), (scope,)))

    def _guarded(self, term: Data, scene: Scene) -> Polynomial:
        body = self.scalar(term.body, scene)
        for guard in self._guard(term.guard, scene):
            body = polynomials.times(single(guard), body)
        return body

    def _guard(self, guard: Data, scene: Scene) -> tuple[Atom, ...]:
        if guard is None:
            return ()
        demand(kind(guard) == "In", "not a guard")
        (name, of), word = self.subset(guard.subset, scene), self.word(guard.element, scene)
        demand(lies_in(word, of), f"a guard of {name} on another sort")
        return (Atom("in", name, (of,), (word,)),)

    def _derivative(self, term: Data, scene: Scene) -> Polynomial:
        by = self.function(term.function, scene)
        if by.symbol is None or kind(term.function) != "Fun":
            raise RecheckError(f"{term.function.name} is differentiated by, and can only be renamed")
        others = self._symbols(term.body, scene, except_for=term.function)
        demand(by.symbol not in others, f"another symbol has come to contain {by.symbol[0]}")
        at = tuple(self.word(a, scene) for a in term.at)
        by(at)  # the arguments lie in the sorts
        return polynomials.derivative(by.symbol, at, self.scalar(term.body, scene))

    def _symbols(self, term: Data, scene: Scene, except_for: Data) -> frozenset[polynomials.Symbol]:
        """The function symbols for which those in a term stand."""
        others = {s for s in symbols(term) if kind(s) == "Fun" and s != except_for}
        return frozenset[polynomials.Symbol]().union(*(self.function(f, scene).symbols for f in others))

    # ---- functions

    def function(self, term: Data, scene: Scene) -> Function:
        """A function variable, a λ or an operator."""
        match kind(term):
            case "Fun":
                itself = functions.variable(term.name, tuple(map(scene.sort, term.arguments)))
                return scene.value(term, itself)  # type: ignore[no-any-return]
            case "Lam":
                return Function(
                    tuple(scene.sort(v.sort) for v in term.variables),
                    lambda words: self.scalar(term.body, scene.binding(term.variables, words)),
                    self._symbols(term.body, scene, None),
                )
            case "Op":
                return self._operator(term, scene)
        raise RecheckError(f"{kind(term)} is not a function")

    def _operator(self, term: Data, scene: Scene) -> Function:
        parameters = tuple(self.parameter(p, scene) for p in term.parameters)
        place, sorts = instance(self.definitions[: scene.known], term.name, parameters)
        definition = self.definitions[place]
        points = tuple(sorts.get(sort(p.sort), sort(p.sort)) for p in definition.points)
        made_of = (p.symbols for p in parameters if isinstance(p, Function))
        found = frozenset[polynomials.Symbol]().union(*made_of)
        if definition.body is None:
            return Function(points, lambda words: self._opaque(term.name, parameters, points, words), found)
        values = dict(zip(map(key, definition.parameters), map(meaning, parameters), strict=True))
        inner = Scene(place, values, sorts, term.name)
        return Function(
            points, lambda words: self.scalar(definition.body, inner.binding(definition.points, words)), found
        )

    def parameter(self, term: Data, scene: Scene) -> Any:
        """What an operator is given: (sort, word) of an element, an automorphism, a subset, or a function."""
        match kind(term):
            case "Aut":
                return self.automorphism(term, scene)
            case "Subset":
                return ("subset", self.subset(term, scene))
            case "Fun" | "Lam" | "Op":
                return self.function(term, scene)
        return self.element(term, scene)

    def _opaque(
        self, name: str, parameters: tuple[Any, ...], points: tuple[Sort, ...], words: tuple[Word, ...]
    ) -> Polynomial:
        """The value of an operator without a definition; its parameters are taken by their values."""
        data: list[object] = [points]
        given: list[Word] = []
        scopes: list[Scope] = []
        for p in parameters:
            if isinstance(p, Function):
                data.append(("function", p.sorts))
                variables = tuple(map(self.fresh, p.sorts))
                scopes.append(Scope(variables, (), p(tuple(map(letter, variables)))))
            elif isinstance(p, Automorphism) or p[0] == "subset":
                data.append(("symbol", tuple(p)))
            else:
                data.append(("element", p[0]))
                given.append(p[1])
        return single(Atom("op", name, tuple(data), (*given, *words), tuple(scopes)))


def meaning(parameter: Any) -> Any:
    """What a parameter's symbol stands for in the body of a definition."""
    return parameter if isinstance(parameter, Function | Automorphism) else parameter[1]
