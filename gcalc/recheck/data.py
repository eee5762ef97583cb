"""The kernel's frozen data, read by class and field names, once, into data of this package's own.

This package imports nothing else of gcalc, so it cannot share code with the kernel; and what it decides on cannot
answer otherwise at a second reading, or call itself equal to what it is not.

Main definitions: `Snapshot`; `kind`, `parts`, `at_path`, `with_hole`; `Hole`, the mark for what stands at a path.
"""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass, replace
from typing import Any, TypeAlias

from gcalc.recheck.errors import RecheckError, demand
from gcalc.recheck.words import Sort

Data: TypeAlias = Any

PARTS = {
    **{"Mul": ("left", "right"), "Inv": ("arg",), "Hom": ("aut", "arg")},
    **{"Lam": ("body",), "Op": ("parameters",), "In": ("element", "subset")},
    **{"Add": ("left", "right"), "Times": ("left", "right"), "App": ("function", "arguments")},
    **{"Big": ("body", "guard"), "Delta": ("left", "right"), "Der": ("at", "body"), "Val": ("arg",)},
}
"""The fields that hold subterms, in the order in which a path counts them."""


FIELDS = {
    **{"Var": "name sort", "One": "sort", "Mul": "left right", "Inv": "arg", "Aut": "name sort power"},
    **{"Hom": "aut arg", "Fun": "name arguments", "Lam": "variables body", "Op": "name parameters"},
    **{"Subset": "name sort", "In": "element subset", "Num": "value", "Add": "left right", "Val": "name arg"},
    **{"Times": "left right", "App": "function arguments", "Big": "op variable body guard"},
    **{"Delta": "left right", "Der": "function at body", "Sort": "name kind of finite"},
    **{"Definition": "name parameters points body schematic", "Hypothesis": "name variables left right"},
    **{"Factorization": "group first second", "Statement": "left right hypotheses factorizations"},
    **{"Step": "rule path arguments result backward", "Line": "term steps", "Derivation": "statement lines"},
}
"""What is read of each class."""

CLASSES = {name: make_dataclass(name, fields.split(), frozen=True) for name, fields in FIELDS.items()}


class Snapshot:
    """Reads data, every object once."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[Data, Data]] = {}  # the object too, so that no other gets its number

    def read(self, value: Data) -> Data:
        """The value as data of this package's own."""
        if value is None or type(value) in (str, int, bool):
            return value
        if id(value) not in self.known:
            self.known[id(value)] = (value, self._copy(value))
        return self.known[id(value)][1]

    def _copy(self, value: Data) -> Data:
        if type(value) is tuple:
            return tuple(map(self.read, value))
        name = type(value).__name__
        demand(type(name) is str and name in FIELDS, f"{name} is no data of a derivation")
        parts = [self.read(getattr(value, part)) for part in FIELDS[name].split()]
        if name != "Sort":
            return CLASSES[name](*parts)
        label, kind, of, finite = parts
        kinds = [("group", ""), ("subgroup", "group"), ("set", "group"), ("set", ""), ("index", "")]
        above = of.kind if isinstance(of, Sort) else "" if of is None else "?"
        demand(type(label) is str and type(finite) is bool and (kind, above) in kinds, f"{label} is no sort")
        return Sort(label, kind, of or (), finite)


@dataclass(frozen=True)
class Hole:
    """Stands for an unknown scalar that may depend on these variables."""

    variables: tuple[Data, ...]


def kind(term: Data) -> str:
    """The name of a term's class."""
    return type(term).__name__


def parts(term: Data) -> list[tuple[str, int, Data]]:
    """The subterms with the field each is in, and its place there (-1 where the field is no tuple)."""
    found = []
    for name in PARTS.get(kind(term), ()):
        value = getattr(term, name)
        if isinstance(value, tuple):
            found += [(name, i, part) for i, part in enumerate(value)]
        elif value is not None:
            found.append((name, -1, value))
    return found


def bound_by(term: Data) -> tuple[Data, ...]:
    """The variables that a term binds."""
    if kind(term) == "Big":
        return (term.variable,)
    return tuple(term.variables) if kind(term) == "Lam" else ()


def at_path(term: Data, path: tuple[int, ...]) -> tuple[Data, tuple[Data, ...], tuple[Data, ...]]:
    """What stands at a path, the variables bound on it, and the functions differentiated by on it."""
    bound: tuple[Data, ...] = ()
    functions: tuple[Data, ...] = ()
    for place in path:
        below = parts(term)
        demand(0 <= place < len(below), "a path leads out of the term")
        bound += bound_by(term)
        functions += (term.function,) if kind(term) == "Der" else ()
        term = below[place][2]
    return term, bound, functions


def with_hole(term: Data, path: tuple[int, ...], hole: Hole) -> Data:
    """The term with a hole at the path."""
    if not path:
        return hole
    name, place, part = parts(term)[path[0]]
    inner = with_hole(part, path[1:], hole)
    if place >= 0:
        values = getattr(term, name)
        inner = (*values[:place], inner, *values[place + 1 :])
    return replace(term, **{name: inner})


def symbols(term: Data) -> frozenset[Data]:
    """The variables, functions, automorphisms and subsets that are free in a term."""
    if kind(term) in ("Var", "Fun", "Aut", "Subset"):
        return frozenset([replace(term, power=1) if kind(term) == "Aut" else term])
    found = frozenset[Data]().union(*(symbols(part) for _, _, part in parts(term)))
    return (found | {term.function} if kind(term) == "Der" else found) - {*bound_by(term)}


def sort(given: Data) -> Sort:
    """The value, which must be a sort."""
    demand(isinstance(given, Sort), f"{given!r} is not a sort")
    return given  # type: ignore[no-any-return]


def key(symbol: Data) -> tuple[object, ...]:
    """What tells a symbol from others: its class, its name and its sorts; of an automorphism not the power."""
    match kind(symbol):
        case "Var" | "Aut" | "Subset":
            return (kind(symbol), symbol.name, sort(symbol.sort))
        case "Fun":
            return ("Fun", symbol.name, tuple(map(sort, symbol.arguments)))
    raise RecheckError(f"{kind(symbol)} is not a symbol")
