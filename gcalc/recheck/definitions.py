"""Which definition an operator symbol means, found from the sorts of its parameters; there must be exactly one.

A definition is schematic in some sorts: correlation for X and G is used for X = G. An element of a subgroup is
taken as one of the group, unless the definition asks for a subgroup.
"""

from __future__ import annotations

from typing import Any

from gcalc.recheck.data import Data, kind, sort
from gcalc.recheck.errors import demand
from gcalc.recheck.functions import Function
from gcalc.recheck.words import Automorphism, Sort, lies_in

Instance = dict[Sort, Sort]


def instance(definitions: tuple[Data, ...], name: str, parameters: tuple[Any, ...]) -> tuple[int, Instance]:
    """The place of the one definition that takes the parameters, and what its schematic sorts are."""
    found = [
        (place, sorts)
        for place, definition in enumerate(definitions)
        if definition.name == name and (sorts := _fit(definition, parameters)) is not None
    ]
    demand(len(found) == 1, f"{name}: {len(found)} definitions fit its arguments")
    return found[0]


def _fit(definition: Data, parameters: tuple[Any, ...]) -> Instance | None:
    sorts: Instance = {}
    schematic = frozenset(map(sort, definition.schematic))
    if len(definition.parameters) != len(parameters):
        return None
    for formal, given in zip(definition.parameters, parameters, strict=True):
        pairs = _pairs(formal, given)
        if pairs is None or not all(_bind(schematic, sorts, *pair) for pair in pairs):
            return None
    return sorts


def _pairs(formal: Data, given: Any) -> list[tuple[Sort, Sort]] | None:
    """The sorts that must fit each other; None if the two are of different kinds."""
    if kind(formal) == "Fun":
        wanted = tuple(map(sort, formal.arguments))
        fits = isinstance(given, Function) and len(given.sorts) == len(wanted)
        return list(zip(wanted, given.sorts, strict=True)) if fits else None
    wanted_sort = sort(formal.sort)
    if isinstance(given, Function) or (kind(formal) == "Aut") != isinstance(given, Automorphism):
        return None
    if isinstance(given, Automorphism):
        return [(wanted_sort, given.sort)]
    is_subset = given[0] == "subset"
    if (kind(formal) == "Subset") != is_subset:
        return None
    if is_subset:
        return [(wanted_sort, given[1][1])]
    of, word = given
    if wanted_sort.kind == "subgroup":
        return [(wanted_sort, wanted_sort if of.kind == "group" and lies_in(word, wanted_sort) else of)]
    return [(wanted_sort, of)]


def _bind(schematic: frozenset[Sort], sorts: Instance, formal: Sort, given: Sort) -> bool:
    if formal not in schematic:
        return formal == given
    kinds = ("set", "group") if formal.kind == "set" else (formal.kind,)
    if given.kind not in kinds or sorts.setdefault(formal, given) != given:
        return False
    if not formal.of:
        return True
    return bool(given.acting) and _bind(schematic, sorts, Sort(*formal.of), Sort(*given.acting))
