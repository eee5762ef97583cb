"""MathML: well formed, of known elements, an id for every subterm that is shown."""

from __future__ import annotations

import pytest

import gcalc
from gcalc.kernel.replay import subterm
from gcalc.kernel.terms import Fun, Scalar, Var
from gcalc.lawbook import errata
from gcalc.render.fragment import fragment
from gcalc.render.mathml import ELEMENTS, math, mathml

from .markup import elements, misplaced
from .terms import CLAIMS

EQ1 = gcalc.laws()["eq1"].claims[0]


@pytest.mark.parametrize("law", gcalc.laws())
def test_every_line_is_well_formed_and_of_known_elements(law):
    found = [line.term for id, claim in CLAIMS if id == law for line in claim.derivation.lines]
    assert found
    for term in found:
        written = mathml(term, "p")
        assert {e.tag for e in elements(written)} <= {*ELEMENTS}
        assert misplaced(written) == []


def test_every_element_occurs():
    used = {
        e.tag for _, claim in CLAIMS for line in claim.derivation.lines for e in elements(mathml(line.term))
    }
    used |= {e.tag for e in elements(math(fragment('"words"')))}
    assert used == {*ELEMENTS}


def test_a_wrong_number_of_children_is_found():
    assert misplaced("<math><msub><mi>a</mi></msub></math>") == ["msub"]


@pytest.mark.parametrize("line", EQ1.derivation.lines, ids=lambda line: line.reason)
def test_an_id_is_the_path_of_its_subterm(line):
    ids = [e.attrib["id"] for e in elements(mathml(line.term, "p")) if "id" in e.attrib]
    assert len(ids) == len({*ids}) > 5
    assert ids[0] == "p"
    for place in ids:
        subterm(line.term, tuple(map(int, place.split(".")[1:])))


def test_an_id_marks_what_it_names():
    term = EQ1.statement.left
    marked = {e.attrib["id"]: "".join(e.itertext()) for e in elements(mathml(term, "p")) if "id" in e.attrib}
    for place, shown in marked.items():
        named, _ = subterm(term, tuple(map(int, place.split(".")[1:])))
        if isinstance(named, Var | Fun):
            assert shown == {"psi": "ψ"}.get(named.name, named.name)


def test_without_a_prefix_there_are_no_ids():
    assert "id=" not in mathml(EQ1.statement.left)


@pytest.mark.parametrize("erratum", errata(), ids=lambda e: e.id)
def test_printed_lines_are_well_formed(erratum):
    for line in (erratum.printed, erratum.corrected):
        if line:
            written = mathml(line) if isinstance(line, Scalar) else math(fragment(line))
            assert misplaced(written) == []
            assert {e.tag for e in elements(written)} <= {*ELEMENTS}
