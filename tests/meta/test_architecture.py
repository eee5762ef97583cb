"""Imports point down between the floors, wherever they stand; kernel and proofs know only what they must."""

from __future__ import annotations

import ast
import sys

import pytest

from .sources import Import, imports, modules, tree

FLOORS = (
    {"errors", "lazy"},
    {"files"},
    {"data", "groups"},
    {"spaces"},
    {"reference", "algebra", "fast"},
    {"interpret", "lawbook", "render"},
    {"formal"},
    {"verify"},
    {"check"},
    {"bench", "strategies", "testing"},
    {"cli"},
    {"__main__"},
)
"""Each may import the floors below it and itself, not its neighbours."""

CLOSED = {
    "kernel": set(),
    "recheck": set(),
    "proving": {"kernel"},
    "proofs": {"kernel", "proving"},
}
"""These stand outside the floors: of gcalc they may import themselves and what is named, nothing else."""

STANDARD_LIBRARY_ONLY = {"kernel", "recheck", "proving", "proofs"}
ABOVE_PROOFS = {name for floor in FLOORS[5:] for name in floor}
TOP = FLOORS[-2] | FLOORS[-1]
FLOOR = {name: number for number, floor in enumerate(FLOORS) for name in floor}


def part(module: str) -> str:
    """The part of gcalc that a module belongs to: the second component of its name; "" for gcalc itself."""
    return module.split(".")[1] if "." in module else ""


def may_import(importer: str, imported: str) -> bool:
    """Whether a module of the part `importer` may import the part `imported`."""
    if importer in (imported, ""):  # the facade, gcalc/__init__.py, hands out names of every floor
        return True
    if importer in CLOSED:
        return imported in CLOSED[importer]
    if imported in CLOSED:
        return importer in ABOVE_PROOFS
    if imported not in FLOOR:  # a name of the facade, as in `from gcalc import __version__`
        return importer in TOP
    return FLOOR[imported] < FLOOR[importer]


def breaches(name: str, syntax: ast.Module, *, is_package: bool = False) -> list[Import]:
    """The imports of gcalc that a module may not make; for a closed part also those of other libraries."""
    found = []
    for item in imports(syntax, name, is_package=is_package):
        root = item.module.split(".")[0]
        if root == "gcalc":
            allowed = may_import(part(name), part(item.module))
        else:
            allowed = part(name) not in STANDARD_LIBRARY_ONLY or root in sys.stdlib_module_names
        if not allowed or root == "proofs":
            found.append(item)
    return found


def test_every_import_points_down():
    found = [
        f"{name}, line {item.line}: {item.module}"
        for name, path in modules().items()
        for item in breaches(name, tree(path), is_package=path.name == "__init__.py")
    ]
    assert not found, "a floor imports only from below: " + "; ".join(found)


def test_every_part_has_its_floor():
    parts = {part(name) for name in modules()} - {""}
    assert parts <= FLOOR.keys() | CLOSED.keys(), "name the floor of the new part in FLOORS or CLOSED"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("gcalc.groups.finite", "from gcalc.spaces.window import window"),
        ("gcalc.groups.finite", "from ..spaces import window"),
        ("gcalc.groups.finite", "def f():\n    import gcalc.verify"),
        (
            "gcalc.groups.finite",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from gcalc import cli",
        ),
        ("gcalc.groups.finite", "from gcalc import window"),
        ("gcalc.groups.finite", "from importlib import import_module\nimport_module('gcalc.cli')"),
        ("gcalc.groups.finite", "from importlib import import_module\nimport_module(f'gcalc.cli.{1}')"),
        ("gcalc.groups.finite", "import gcalc.kernel.terms"),
        ("gcalc.reference.pooling", "from gcalc.algebra import group_algebra"),
        ("gcalc.algebra.module", "from gcalc.reference import correlate"),
        ("gcalc.reference.pooling", "from gcalc.fast import correlate"),
        ("gcalc.reference.pooling", "import proofs"),
        ("gcalc.interpret.evaluate", "from gcalc.verify import verify"),
        ("gcalc.verify.exact", "from gcalc.cli import main"),
        ("gcalc.kernel.terms", "from gcalc.errors import GcalcError"),
        ("gcalc.kernel.terms", "import numpy"),
        ("gcalc.kernel.terms", "from gcalc.recheck import normal_form"),
        ("gcalc.recheck.normal", "from gcalc.kernel.terms import Term"),
        ("gcalc.proving.law", "from gcalc.proofs.eq1 import LAW"),
        ("gcalc.proofs.eq1", "from gcalc.reference import correlate"),
        ("gcalc.proofs.eq1", "import sympy"),
    ],
)
def test_a_breach_is_found(name, source):
    assert breaches(name, ast.parse(source))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("gcalc", "from gcalc.cli import main"),
        (
            "gcalc.reference.pooling",
            "from gcalc.groups.gset import GSet\nfrom .box import points\nimport numpy",
        ),
        ("gcalc.verify.exact", "from gcalc import reference\nfrom gcalc.interpret.model import Model"),
        (
            "gcalc.proofs.eq1",
            "from gcalc.proofs.definitions import f\nfrom gcalc.kernel.terms import Var\nimport math",
        ),
        ("gcalc.cli", "from gcalc import __version__"),
        ("gcalc.lawbook", "from importlib import import_module\nimport_module('gcalc.proofs')"),
    ],
)
def test_what_is_allowed_is_no_breach(name, source):
    assert breaches(name, ast.parse(source)) == []
