"""The pages in docs/derivations: as committed so rendered; valid, complete, without script, font or network."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import gcalc
from gcalc.cli.pages import rendered
from gcalc.errors import UsageError
from gcalc.lawbook import assumptions, errata
from gcalc.render.latex import derivation
from gcalc.render.pages import Article, Evidence, index_page, law_page
from gcalc.render.reasons import rules
from gcalc.render.state import State

from .markup import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "derivations"
NAMES = sorted(["index.html", "errata.html", *(f"{id}.html" for id in gcalc.laws())])


@pytest.fixture(scope="module")
def pages():
    return rendered()


@pytest.fixture(scope="module")
def parsed(pages):
    return {name: Page(text) for name, text in pages.items()}


def test_every_law_has_its_page_and_nothing_else_is_there(pages):
    assert sorted(pages) == NAMES
    assert sorted(path.name for path in FOLDER.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_what_is_committed_is_what_is_rendered(pages, name):
    committed = (FOLDER / name).read_bytes()
    assert committed == pages[name].encode(), "run: gcalc prove --pages docs/derivations"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_valid_and_loads_nothing(parsed, pages, name):
    page = parsed[name]
    assert page.faults == []
    assert pages[name].startswith("<!DOCTYPE html>\n")
    tags = {tag for tag, _ in page.elements}
    assert {"html", "head", "title", "body", "main", "h1", "style"} <= tags
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "font", "svg"}
    assert not re.search(r"https?:|url\(|@import|@font-face|\son\w+=", pages[name])
    ids = page.values("id")
    assert len(ids) == len({*ids})


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_pages(parsed, name):
    links = parsed[name].values("href")
    assert links
    assert {link.partition("#")[0] for link in links} <= {*NAMES}


def test_a_fault_of_nesting_is_found():
    assert Page("<p><b></p></b>").faults
    assert Page('<p id="a" id="b"></p>').faults
    assert Page("<p>").faults == ["p is not closed"]


@pytest.mark.parametrize("law", gcalc.laws().values(), ids=lambda law: law.id)
def test_a_page_has_every_line_with_its_reason(parsed, law):
    words = " ".join("".join(parsed[f"{law.id}.html"].words).split())
    for number, claim in enumerate(law.claims, 1):
        ids = parsed[f"{law.id}.html"].values("id")
        assert f"c{number}.l{len(claim.derivation.lines)}" in ids
        for line in claim.derivation.lines:
            assert f"{line.reason} {rules(line)}" in words
        assert " ".join(derivation(claim).split()) in words
    for said in (law.title, law.source, *law.hypotheses, "kernel PROVED"):
        assert said in words.replace("kernelPROVED", "kernel PROVED")


def test_the_errata_page_has_all_with_their_evidence(parsed, pages):
    page = parsed["errata.html"]
    assert [f"E{n}" for n in range(1, len(errata()) + 1)] == page.values("id")
    assert pages["errata.html"].count("<del>") == len(errata())
    assert (
        '<a href="eq6_line4_as_printed.html"><code>eq6_line4_as_printed</code></a> (both directions)'
        in pages["eq6.html"]
    )
    for erratum in errata():
        assert {f"{e.partition(': ')[0]}.html" for e in erratum.evidence} <= {*page.values("href")}


NOTHING = Evidence({}, frozenset())


def article(verdict, evidence):
    law = gcalc.laws()["eq2"]
    return Article(law, (State("kernel", verdict, evidence),), assumptions(law))


def test_a_refusal_is_shown_as_one():
    page = law_page(article("FAILED", "refused: line 2 <b>"), (), NOTHING)
    assert '<span class="badge failed">FAILED</span>' in page
    assert "refused: line 2 &lt;b&gt;" in page
    assert "PROVED" not in page
    assert "badge failed" in index_page([article("FAILED", "refused")])


def test_another_line_gives_another_page():
    good = article("PROVED", "")
    claim = good.law.claims[0]
    lines = claim.derivation.lines
    worse = replace(claim, derivation=replace(claim.derivation, lines=(*lines[:2], lines[1], *lines[3:])))
    other = replace(good, law=replace(good.law, claims=(worse,)))
    assert law_page(other, (), NOTHING) != law_page(good, (), NOTHING)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    from gcalc.cli.pages import write_pages

    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="name another folder"):
        write_pages(tmp_path / "file", {"a.html": ""})
