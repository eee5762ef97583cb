"""Evaluation of terms in a model, exactly, over whatever scalars its arrays hold.

Main definitions: `Evaluator`, whose `equation` compares the two sides of a statement, or all lines of a
derivation, for all values of the free variables; `Mismatch`.

A term becomes a closure of its environment. The value of an operator is the implementation's array, computed
once for each value of the variables free in its parameters. Operators that no implementation offers
(`transpose`) are evaluated by their definition. A derivative is SymPy's own `diff`, so the function it is
taken by must hold polynomial generators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import prod
from typing import Any, TypeAlias

import numpy as np

from gcalc.errors import TargetError, UnsupportedError
from gcalc.interpret.model import Array, Boxed, Model
from gcalc.interpret.operators import OPERATORS
from gcalc.interpret.values import REDUCTIONS, Table, as_array
from gcalc.kernel.sorts import Theory, instantiate, resort, signature, sort_of
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
    Lam,
    Mul,
    Num,
    One,
    Op,
    Sort,
    Subset,
    Term,
    Times,
    Val,
    Var,
    free,
    substitute,
)
from gcalc.proving.law import BANKS

Environment: TypeAlias = list[int]
"""The values of the variables, each at its slot: hashing variables in inner loops would take most of the time."""
Code: TypeAlias = Callable[[Environment], Any]


@dataclass(frozen=True)
class Mismatch:
    """Where two sides differ: the values of the free variables, the sides (numbers of the lines) and their values."""

    at: dict[Var, int]
    lines: tuple[int, int]
    values: tuple[Any, Any]


THEORIES: dict[int, Theory] = {}
"""The theories that evaluators were given, by identity: a theory's hash takes longer than what is looked up by it."""


@lru_cache(maxsize=8192)
def _signature(function: Term, theory: int) -> tuple[Sort, ...]:
    return signature(function, THEORIES[theory])


@lru_cache(maxsize=8192)
def variables(term: Term) -> tuple[Var, ...]:
    """The variables free in a term."""
    return tuple(v for v in free(term) if isinstance(v, Var))


class Evaluator:
    """Compares terms in one model, for as many contents of its functions as are given."""

    def __init__(self, theory: Theory, model: Model, sides: Sequence[Term]) -> None:
        self.theory, self.model = THEORIES.setdefault(id(theory), theory), model
        self.contents: dict[Fun, list[Table]] = {}
        self.slots: dict[Var, int] = {}
        self.memories: list[dict[tuple[int, ...], Table]] = []
        self.variables = sorted({v for side in sides for v in variables(side)}, key=lambda v: v.name)
        self.codes = [self.scalar(side) for side in sides]

    def equation(self, functions: Mapping[Fun, Array]) -> tuple[int, Mismatch | None]:
        """Compare all sides with the first, for all values of the free variables: (cases, the first mismatch)."""
        cases = 0
        for values, environment in self._environments(functions):
            expected = self.codes[0](environment)
            for number, code in enumerate(self.codes[1:], 1):
                cases += 1
                if (got := code(environment)) != expected:
                    return cases, Mismatch(
                        dict(zip(self.variables, values, strict=True)), (0, number), (expected, got)
                    )
        return cases, None

    def values(self, functions: Mapping[Fun, Array]) -> Iterator[tuple[Any, ...]]:
        """The values of all sides, for all values of the free variables."""
        for _, environment in self._environments(functions):
            yield tuple(code(environment) for code in self.codes)

    def _environments(self, functions: Mapping[Fun, Array]) -> Iterator[tuple[tuple[int, ...], Environment]]:
        for symbol, array in functions.items():
            self._content(symbol)[:] = [self._given(symbol, array)]
        for memory in self.memories:
            memory.clear()
        slots = [self.slot(v) for v in self.variables]
        environment = [0] * len(self.slots)
        for values in product(*(self.model.values(v) for v in self.variables)):
            for slot, value in zip(slots, values, strict=True):
                environment[slot] = value
            yield values, environment

    def signature(self, function: Term) -> tuple[Sort, ...]:
        """The sorts of a function's arguments."""
        return _signature(function, id(self.theory))

    def slot(self, variable: Var) -> int:
        """Where the value of a variable stands in an environment."""
        return self.slots.setdefault(variable, len(self.slots))

    def _given(self, symbol: Fun, array: Array) -> Table:
        """The values given for a function, which an implementation may read but not write."""
        array = array.view()
        array.setflags(write=False)
        if symbol not in self.model.boxed or self.model.box is None:
            return self._table(array, symbol.arguments)
        whole = array
        if self.model.box.cells:
            whole = self.model.box.embed(array, self.model.shape(symbol.arguments[-1:]))
        return replace(self._table(whole, symbol.arguments), box=Boxed(array))

    def _table(self, array: Array, sorts: Sequence[Sort]) -> Table:
        """Both forms of an array, the list with the zeros that its last sort wants."""
        carrier = self.model.carriers[sorts[-1]]
        if not carrier.extent:
            return Table(array, array.ravel().tolist())
        rows = array.reshape(prod(self.model.shape(sorts[:-1])), -1)
        padded = np.pad(rows, ((0, 0), (0, carrier.extent - rows.shape[1])))
        return Table(array, padded.ravel().tolist())

    def _content(self, symbol: Fun) -> list[Table]:
        """Where a function's values are, once they are given: a list of one table."""
        return self.contents.setdefault(symbol, [])

    # ---- elements

    def element(self, term: Term) -> Code:
        """The index of an element."""
        match term:
            case Var():
                slot = self.slot(term)
                return lambda e: e[slot]
            case One():
                return lambda e: 0
            case Inv(arg):
                inner, inverses = self.element(arg), self._group(sort_of(arg)).inverses
                return lambda e: inverses[inner(e)]
            case Hom(aut, arg):
                inner, row = self.element(arg), self._automorphism(aut)
                return lambda e: row[inner(e)]
            case Mul(left, right):
                a, b, rows = self.element(left), self.element(right), self._rows(sort_of(right))
                return lambda e: rows[a(e)][b(e)]
        raise UnsupportedError(f"{type(term).__name__} is not an element")

    def _group(self, sort: Sort) -> Any:
        return self.model.carriers[sort.group or sort]

    def _rows(self, sort: Sort) -> Sequence[Sequence[int]]:
        return self.model.carriers[sort if sort.kind == "set" else sort.group or sort].rows

    def _automorphism(self, aut: Aut) -> Sequence[int]:
        space, element = self.model.automorphisms[Aut(aut.name, aut.sort)]
        rows: Any = space.rows if aut.power == 1 else space.inverse_rows
        return rows[element]  # type: ignore[no-any-return]

    # ---- scalars

    def scalar(self, term: Term) -> Code:
        """The value of a scalar."""
        match term:
            case Num(value):
                return lambda e: value
            case Add(left, right):
                a, b = self.scalar(left), self.scalar(right)
                return lambda e: a(e) + b(e)
            case Times(left, right):
                a, b = self.scalar(left), self.scalar(right)
                return lambda e: a(e) * b(e)
            case Delta(left, right):
                a, b = self.element(left), self.element(right)
                return lambda e: int(a(e) == b(e))
            case App(function, arguments):
                return self._application(function, arguments)
            case Big():
                return self._big(term)
            case Der(function, at, body):
                return self._derivative(function, at, self.scalar(body))
            case Val(name, arg) if name in self.model.maps:
                inner, phi = self.scalar(arg), self.model.maps[name]
                return lambda e: phi(inner(e))
        raise UnsupportedError(f"{type(term).__name__} is not evaluated")

    def _application(self, function: Function, arguments: tuple[Element, ...]) -> Code:
        if isinstance(function, Lam):
            return self.scalar(
                substitute(function.body, dict(zip(function.variables, arguments, strict=True)))
            )
        values, place = self.function(function), self._place(self.signature(function), arguments)
        return lambda e: values(e).flat[place(e)]

    def _place(self, sorts: Sequence[Sort], arguments: Sequence[Element]) -> Code:
        """The index into a flat list of values, last argument fastest."""
        code = self._coordinate(sorts[0], arguments[0])
        for sort, argument in zip(sorts[1:], arguments[1:], strict=True):
            code = _nested(code, self.model.carriers[sort].stride, self._coordinate(sort, argument))
        return code

    def _coordinate(self, sort: Sort, argument: Element) -> Code:
        code = self.element(argument)
        if sort.kind != "subgroup":
            return code
        position = self.model.carriers[sort].position
        return lambda e: position[code(e)]

    def _big(self, term: Big) -> Code:
        slot, values = self.slot(term.variable), self.model.carriers[term.variable.sort].values
        body, inside = self.scalar(term.body), self._guard(term.guard)
        reduction = REDUCTIONS[self.model.reduction if term.op == "any" else term.op]

        def big(e: Environment) -> Any:
            chosen, outer = [], e[slot]
            for value in values:
                e[slot] = value
                if inside is None or inside(e):
                    chosen.append(body(e))
            e[slot] = outer
            return reduction(chosen)

        return big

    def _guard(self, guard: In | None) -> Code | None:
        if guard is None:
            return None
        element, members = self.element(guard.element), frozenset(self.model.subsets[guard.subset])
        return lambda e: element(e) in members

    def _derivative(self, function: Fun, at: tuple[Element, ...], body: Code) -> Code:
        place, content = self._place(function.arguments, at), self._content(function)

        def derivative(e: Environment) -> Any:
            generator, value = content[0].flat[place(e)], body(e)
            if not hasattr(generator, "ring"):
                raise UnsupportedError(
                    f"∂/∂{function.name} needs polynomial generators in the place of {function.name}"
                )
            return value.diff(generator) if hasattr(value, "diff") else 0

        return derivative

    # ---- functions

    def function(self, term: Term) -> Callable[[Environment], Table]:
        """The values of a function, as the arrays that implementations take and give."""
        if isinstance(term, Fun):
            content = self._content(term)
            return lambda e: content[0]
        compute = self._tabulate(term) if isinstance(term, Lam) else self._operator(term)
        slots = [self.slot(v) for v in variables(term)]
        known: dict[tuple[int, ...], Table] = {}
        self.memories.append(known)

        def remembered(e: Environment) -> Table:
            key = tuple([e[slot] for slot in slots])
            if key not in known:
                known[key] = compute(e)
            return known[key]

        return remembered

    def _tabulate(self, term: Lam) -> Callable[[Environment], Table]:
        body, slots, sorts = (
            self.scalar(term.body),
            list(map(self.slot, term.variables)),
            [v.sort for v in term.variables],
        )
        ranges = [self.model.carriers[s].values for s in sorts]
        shape = self.model.shape(sorts)

        def tabulate(e: Environment) -> Table:
            outer, values = [e[slot] for slot in slots], []
            for point in product(*ranges):
                for slot, value in zip(slots, point, strict=True):
                    e[slot] = value
                values.append(body(e))
            for slot, value in zip(slots, outer, strict=True):
                e[slot] = value
            return Table(as_array(values, shape), values)

        return tabulate

    def _operator(self, term: Term) -> Callable[[Environment], Table]:
        if not isinstance(term, Op):
            raise UnsupportedError(f"{type(term).__name__} is not a function")
        if term.name not in OPERATORS:
            return self.function(self._by_definition(term))
        call = OPERATORS[term.name]
        parameters = [
            self._parameter(p, term.name in BANKS and i == 1) for i, p in enumerate(term.parameters)
        ]
        sorts = [
            None if isinstance(p, Element | Aut | Subset) else self.signature(p) for p in term.parameters
        ]
        result, expected = self.signature(term), self._shape(term)

        def operate(e: Environment) -> Table:
            given = [p(e) for p in parameters]
            try:
                array = np.asarray(call(self.model, sorts, *given))
            except UnsupportedError:
                raise
            except Exception as error:
                raise TargetError(
                    f"{self.model.backend.name}.{term.name} raised {type(error).__name__}: {error}"
                ) from error
            if array.shape != expected:
                raise TargetError(
                    f"{self.model.backend.name}.{term.name} gave an array of shape {array.shape}; "
                    f"{expected} is expected"
                )
            return self._table(array, result)

        return operate

    def _shape(self, term: Op) -> tuple[int, ...]:
        """The shape of an operator's result."""
        sorts, box = self.signature(term), self.model.box
        if term.name == "filter_gradient" and box is not None and not box.cells:
            return (*self.model.shape(sorts[:-1]), *box.shape)
        return self.model.shape(sorts)

    def _by_definition(self, term: Op) -> Lam:
        definition, sorts = instantiate(term, self.theory)
        if definition.body is None:
            raise UnsupportedError(f"{term.name} is an opaque symbol: give it an implementation")
        formals = [resort(p, sorts) for p in definition.parameters]
        points = tuple(resort(p, sorts) for p in definition.points)
        function = Lam(
            points, resort(definition.body, sorts)
        )  # which binds the points before anything is put in
        return substitute(function, dict(zip(formals, term.parameters, strict=True)))

    def _parameter(self, term: Term, may_be_boxed: bool) -> Code:
        """What the implementation is given: an element's label, a subset's labels, an automorphism, or an array."""
        match term:
            case Aut():
                return lambda e: self._acting(term)
            case Subset():
                group = self._group(term.sort).space.group
                labels = [group.elements[i] for i in self.model.subsets[term]]
                return lambda e: labels
            case Var() if term in self.model.labels:
                slot, labels_of = self.slot(term), self.model.labels[term]
                return lambda e: labels_of[e[slot]]
            case Element():
                code, elements = self.element(term), self._group(sort_of(term)).space.group.elements
                return lambda e: elements[code(e)]
        values = self.function(term)
        return (lambda e: values(e).box or values(e).array) if may_be_boxed else lambda e: values(e).array

    def _acting(self, aut: Aut) -> tuple[Any, Any]:
        space, index = self.model.automorphisms[Aut(aut.name, aut.sort)]
        element = space.group.elements[index]
        return space, element if aut.power == 1 else space.group.inverse(element)


def _nested(outer: Code, size: int, inner: Code) -> Code:
    return lambda e: outer(e) * size + inner(e)


def sides(derivation: Any, *, lines: bool) -> Iterator[Term]:
    """The two sides of a derivation's statement; with `lines`, everything between them too."""
    yield derivation.statement.left
    if lines:
        yield from (line.term for line in derivation.lines[:-1])
    yield derivation.statement.right
