"""The kernel's frozen data, read by class and field names: this package imports nothing of gcalc, and so shares no code with it.

Main definitions: `kind`, `parts`, `at_path`, `with_hole`; `Hole`, the mark for what stands at a path.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
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
    return {"Big": lambda: (term.variable,), "Lam": lambda: term.variables}.get(kind(term), tuple)()


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


@lru_cache(maxsize=4096)
def sort(given: Data) -> Sort:
    """A sort as a tuple."""
    demand(kind(given) == "Sort", f"{given!r} is not a sort")
    return Sort(given.name, given.kind, () if given.of is None else sort(given.of), given.finite)


def key(symbol: Data) -> tuple[object, ...]:
    """What tells a symbol from others: its class, its name and its sorts; of an automorphism not the power."""
    match kind(symbol):
        case "Var" | "Aut" | "Subset":
            return (kind(symbol), symbol.name, sort(symbol.sort))
        case "Fun":
            return ("Fun", symbol.name, tuple(map(sort, symbol.arguments)))
    raise RecheckError(f"{kind(symbol)} is not a symbol")
