"""The list of laws, and the errata: what verify, prove and the docs iterate over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from gcalc.kernel.sorts import Theory
from gcalc.proving import assumptions as resting
from gcalc.proving.assumptions import Assumptions
from gcalc.proving.errata import Erratum
from gcalc.proving.law import Law


@cache
def laws() -> Mapping[str, Law]:
    """Every law by its id, in the order of the ids.

    Returns: a read-only mapping id -> Law(statement, hypotheses, derivation, source, claims).
    """
    proofs = import_module("gcalc.proofs")
    modules = (import_module(f"gcalc.proofs.{m.name}") for m in iter_modules(proofs.__path__))
    found = {m.LAW.id: m.LAW for m in modules if hasattr(m, "LAW")}
    return MappingProxyType(dict(sorted(found.items())))


def errata() -> tuple[Erratum, ...]:
    """The errata of the supplement, in order."""
    return import_module("gcalc.proofs.errata").ERRATA  # type: ignore[no-any-return]


def theory() -> Theory:
    """The definitions that all laws share."""
    return import_module("gcalc.proofs.definitions").THEORY  # type: ignore[no-any-return]


def assumptions(law: Law) -> Assumptions:
    """What the proofs of a law rest on: hypotheses, factorizations, definitions."""
    return resting.assumptions(law, theory())
