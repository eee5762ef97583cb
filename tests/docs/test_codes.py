"""The pages of codes: one for each code, and its example is diagnosed with it."""

from __future__ import annotations

import doctest
import re

import pytest

from gcalc.check.diagnosis.codes import CODES

from .pages import CODES as PAGES
from .pages import DOCS, ROOT, examples, read
from .test_pages import FLAGS

INDEX = ROOT / "docs" / "codes" / "index.md"
OF_CODES = [page for page in PAGES if page != INDEX]
WITH_EXAMPLES = [page for page in OF_CODES if examples(read(page)).strip()]
PARTS = ("**The experiment.**", "**To mend it.**", "**Who met it.**")
LINES = range(15, 41)


def test_every_code_has_a_page_and_every_page_a_code():
    assert {page.stem for page in OF_CODES} == CODES.keys()


def test_the_index_has_every_code_with_what_it_means():
    rows = re.findall(r"^\| \[`(\w+)`\]\((\w+)\.md\) \| (.*) \|$", read(INDEX), re.MULTILINE)
    assert rows == [(code, code, CODES[code]) for code in sorted(CODES)]
    assert "](codes/index.md)" in read(ROOT / "docs" / "index.md")


@pytest.mark.parametrize("page", OF_CODES, ids=lambda page: page.stem)
def test_a_page_says_what_was_tried_and_how_to_mend_it(page):
    text = read(page)
    assert text.startswith(f"# {page.stem}\n")
    assert all(part in text for part in PARTS)
    assert len(text.splitlines()) in LINES


def test_all_pages_have_an_example():
    assert WITH_EXAMPLES == OF_CODES


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.stem)
def test_an_example_prints_what_it_says_and_gives_the_code(page):
    test = doctest.DocTestParser().get_doctest(examples(read(page)), {}, page.name, page.name, 0)
    result = doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, clear_globs=False)
    assert result.failed == 0
    assert [finding.code for finding in test.globs["report"].diagnosis][:1] == [page.stem]


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_a_code_that_another_page_links_exists(page):
    linked = set(re.findall(r"\]\(codes/(\w+)\.md", read(page))) - {"index"}
    assert linked <= CODES.keys()
