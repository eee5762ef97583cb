"""The second checker shares no code with the first: by its imports, by what it loads, and by its answers."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import make_dataclass
from pathlib import Path

import pytest
from gcalc.proofs.definitions import THEORY, G

import gcalc.recheck
from gcalc.kernel.replay import Derivation, Line, Statement
from gcalc.kernel.terms import App, Fun, Num, Var
from gcalc.recheck import RecheckError, equal, recheck

MODULES = sorted(Path(gcalc.recheck.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_it_imports_the_standard_library_and_itself_only(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module]
        elif isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            assert name not in ("__import__", "import_module", "modules")
        for name in names:
            assert name.startswith("gcalc.recheck") or name.split(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_its_modules_are_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_it_loads_no_other_part_of_gcalc():
    code = "import sys, gcalc.recheck; print([m for m in sys.modules if m.startswith('gcalc')])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(
        name in ("gcalc", "gcalc.recheck") or name.startswith("gcalc.recheck.")
        for name in ast.literal_eval(told)
    )


def test_it_reads_data_that_are_not_the_kernels():
    sort = make_dataclass("Sort", ["name", "kind", "of", "finite"], frozen=True)("G", "group", None, True)
    var, app = (
        make_dataclass(n, f, frozen=True)
        for n, f in (("Var", ["name", "sort"]), ("App", ["function", "arguments"]))
    )
    fun, big = (
        make_dataclass(n, f, frozen=True)
        for n, f in (("Fun", ["name", "arguments"]), ("Big", ["op", "variable", "body", "guard"]))
    )
    inv, theory = (
        make_dataclass("Inv", ["arg"], frozen=True),
        make_dataclass("Theory", ["definitions"], frozen=True),
    )
    g, a = var("g", sort), fun("a", (sort,))
    total = big("sum", g, app(a, (g,)), None)
    assert equal(theory(()), total, big("sum", g, app(a, (inv(g),)), None))
    assert not equal(theory(()), total, app(a, (g,)))


class Agreeable:
    """Equal to everything, and of another value at every reading."""

    turn = 0

    def __eq__(self, other):
        return True

    __hash__ = object.__hash__

    @property
    def value(self):
        self.turn += 1
        return self.turn


COLOUR = {"name": "Y", "kind": "colour", "of": None, "finite": True}


@pytest.mark.parametrize(
    ("forged", "why"),
    [
        (type("Num", (Agreeable,), {})(), "different normal forms: 1 against 2"),
        (Agreeable(), "Agreeable is no data"),
        (Num(type("Int", (int,), {})(1)), "Int is no data"),
        (Var(type("Text", (str,), {})("g"), G), "Text is no data"),
        (App(Fun("a", (type("Sort", (), COLOUR)(),)), ()), "Y is no sort"),
    ],
)
def test_forged_data_are_read_once_or_refused(forged, why):
    derivation = Derivation(Statement(forged, Num(2)), (Line(Num(2), "", ()),))
    with pytest.raises(RecheckError, match=why):
        recheck(THEORY, derivation)


def test_what_is_no_term_is_refused():
    theory = make_dataclass("Theory", ["definitions"], frozen=True)(())
    with pytest.raises(RecheckError, match="int is not a scalar"):
        equal(theory, 1, 1)
