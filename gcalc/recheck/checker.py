"""Derivations, line by line: two consecutive lines must have one normal form.

The log of steps is used as a hint only. Where it says that a hypothesis was used, what the line was before and after is
taken from it, and checked: the two differ at one place, by an instance of the hypothesis, and the lines around it
have the normal forms of their neighbours. Where it says that G = T H was used, sums over G are taken as double sums.

Main definitions: `recheck`, `equal`.
"""

from __future__ import annotations

from typing import Any

from gcalc.recheck.canonical import canonical
from gcalc.recheck.data import Data, Hole, Snapshot, at_path, key, kind, sort, symbols, with_hole
from gcalc.recheck.errors import RecheckError, demand
from gcalc.recheck.functions import Function
from gcalc.recheck.polynomials import Polynomial
from gcalc.recheck.reading import Reader, Scene, Split, meaning
from gcalc.recheck.show import difference
from gcalc.recheck.words import HELD, Automorphism, Variable, letter, lies_in


def recheck(theory: Data, derivation: Data) -> int:
    """Decide every line of a derivation: the number of lines, or RecheckError at the first that does not follow."""
    where, lines = "statement", 0
    try:
        snapshot = Snapshot()
        derivation = snapshot.read(derivation)
        checker = Checker(known_definitions(theory), derivation.statement)
        current = derivation.statement.left
        demand(derivation.lines, "no line")
        for lines, line in enumerate(derivation.lines, 1):
            where = f"line {lines}"
            checker.line(current, line)
            current = line.term
        where = "statement"
        checker.same(current, derivation.statement.right)
    except RecheckError as error:
        raise RecheckError(f"{where}: {error}") from error
    except (AttributeError, TypeError, ValueError, KeyError, RecursionError) as error:
        raise RecheckError(f"{where}: malformed data: {type(error).__name__}: {error}") from error
    return lines


def equal(theory: Data, left: Data, right: Data) -> bool:
    """Whether two scalars have one normal form, without hypotheses."""
    reader, snapshot = Reader(known_definitions(theory)), Snapshot()
    one, other = (canonical(reader.polynomial(snapshot.read(side))) for side in (left, right))
    return one == other


_READ: list[tuple[Data, tuple[Data, ...]]] = []


def known_definitions(theory: Data) -> tuple[Data, ...]:
    """The definitions of a theory; those of the last theory are kept, for all laws share one."""
    definitions = theory.definitions
    if not _READ or _READ[0][0] is not definitions:
        _READ[:] = [(definitions, Snapshot().read(definitions))]
    return _READ[0][1]


class Checker:
    """Compares the lines of one derivation."""

    def __init__(self, definitions: tuple[Data, ...], statement: Data) -> None:
        self.definitions, self.statement = definitions, statement
        self.reader = Reader(definitions)
        self.splits: list[Split] = [
            (sort(f.group), sort(f.first), sort(f.second)) for f in statement.factorizations
        ]
        for group, *factors in self.splits:
            demand(all(f.kind == "subgroup" and f.of == group for f in factors), "a factor is no subgroup")
        self.known: dict[int, Polynomial] = {}

    def normal(self, term: Data) -> Polynomial:
        """The normal form of a line."""
        if id(term) not in self.known:
            self.known[id(term)] = canonical(self.reader.polynomial(term))
        return self.known[id(term)]

    def same(self, left: Data, right: Data) -> None:
        """Refuse two lines with different normal forms."""
        one, other = self.normal(left), self.normal(right)
        if one != other:
            raise RecheckError(f"the two lines have different normal forms: {difference(one, other)}")

    def line(self, current: Data, line: Data) -> None:
        """Refuse a line that does not follow from the one before."""
        before = current
        for step in line.steps:
            if step.rule in ("hypothesis", "split"):
                self.same(current, before)
                if step.rule == "split":
                    self._split(before, step.result)
                elif step.backward:
                    self._hypothesis(step, step.result, before)
                else:
                    self._hypothesis(step, before, step.result)
                current = step.result
            before = step.result
        self.same(current, line.term)

    def _split(self, left: Data, right: Data) -> None:
        for split in self.splits:
            reader = Reader(self.definitions, split)
            if canonical(reader.polynomial(left)) == canonical(reader.polynomial(right)):
                return
        raise RecheckError("no factorization of the statement makes the two lines equal")

    def _hypothesis(self, step: Data, left: Data, right: Data) -> None:
        """left and right differ at the path of the step, where they are the two sides of the hypothesis."""
        name, instance = step.arguments
        laws = [h for h in self.statement.hypotheses if h.name == name]
        demand(len(laws) == 1, f"{len(laws)} hypotheses are called {name}")
        (law,) = laws
        here, bound, functions = at_path(left, step.path)
        there, *others = at_path(right, step.path)
        demand([bound, functions] == others, f"{name}: the two lines bind different variables around it")
        self._fixed(law, bound + functions)
        held = {key(v): letter(Variable(HELD, v.name, sort(v.sort))) for v in bound}
        terms = {key(symbol): (symbol, symbol) for symbol in law.variables}
        demand(all(key(symbol) in terms for symbol, _ in instance), f"{name} does not speak for all of these")
        terms |= {key(symbol): (symbol, value) for symbol, value in instance}
        values = {of: self._value(*pair, held) for of, pair in terms.items()}
        self._polynomial(law, values, functions)
        for term, side in ((here, law.left), (there, law.right)):
            one, other = self.reader.polynomial(term, held), self.reader.polynomial(side, values)
            demand(
                canonical(one) == canonical(other), f"{name}: no instance of it stands at the step's place"
            )
        hole = Hole(tuple(dict.fromkeys(bound)))
        around = (with_hole(left, step.path, hole), with_hole(right, step.path, hole))
        one, other = map(self.reader.polynomial, around)
        demand(canonical(one) == canonical(other), f"{name}: the two lines differ elsewhere too")

    def _fixed(self, law: Data, bound: tuple[Data, ...]) -> None:
        spoken = {key(v) for v in law.variables}
        for symbol in (*symbols(law.left), *symbols(law.right)):
            fixed = key(symbol) not in spoken and key(symbol) in {key(b) for b in bound}
            demand(not fixed, f"{law.name}: its fixed symbol {getattr(symbol, 'name', '')} is bound here")

    def _polynomial(self, law: Data, values: dict[Any, Any], functions: tuple[Data, ...]) -> None:
        """Below a derivative by F a hypothesis on F is of no use: it holds for all values, not for polynomials."""
        differentiated = {(f.name, f.arguments) for f in functions}
        for f in symbols(law.left) | symbols(law.right):
            if kind(f) == "Fun":
                made_of = values[key(f)].symbols if key(f) in values else {(f.name, f.arguments)}
                demand(
                    not differentiated & made_of, f"{law.name}: a function in it is differentiated by here"
                )

    def _value(self, symbol: Data, term: Data, held: dict[Any, Any]) -> Any:
        """What a variable of a hypothesis stands for, if the term is of its kind and sort."""
        found = self.reader.parameter(term, Scene(len(self.definitions), held))
        match kind(symbol):
            case "Fun":
                fits = isinstance(found, Function) and found.sorts == tuple(map(sort, symbol.arguments))
            case "Var":
                element = not isinstance(found, Function | Automorphism) and found[0] != "subset"
                fits = element and lies_in(found[1], sort(symbol.sort))
            case "Aut":
                fits = isinstance(found, Automorphism) and found.sort == sort(symbol.sort)
            case _:
                fits = isinstance(found, tuple) and found[0] == "subset" and found[1][1] == sort(symbol.sort)
        demand(fits, f"{symbol.name} stands for terms of its own sort only")
        return meaning(found)
