"""The pages: examples print what they say, commands run, links and laws resolve, excerpts are as in their files."""

from __future__ import annotations

import doctest
import re

import pytest
from click.testing import CliRunner

import gcalc
from gcalc import proofs
from gcalc.cli import main
from gcalc.verify import verify

from . import counterexample
from .pages import (
    DOCS,
    EXAMPLES,
    PAGES,
    ROOT,
    anchors,
    blocks,
    broken_links,
    commands,
    examples,
    law_ids,
    read,
    table_of_laws,
)

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
WITH_EXAMPLES = [page for page in DOCS if examples(read(page)).strip()]
COMMANDS = [(page.name, words) for page in PAGES for words in commands(read(page), "gcalc ")]
CHEAP = [
    words
    for words in dict.fromkeys(tuple(words) for _, words in COMMANDS)
    if {"--group", "--image"} & {*words} and words[1] == "verify"
]
LANGUAGES = {"python", "sh", "text"}


def run_examples(name, text):
    test = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    return runner.run(test)


# ---- examples ----------------------------------------


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.name)
def test_the_examples_of_a_page(page, monkeypatch):
    monkeypatch.syspath_prepend(EXAMPLES)
    result = run_examples(page.name, examples(read(page)))
    assert result.attempted
    assert not result.failed


def test_a_wrong_example_is_found(capsys):
    page = "# t\n\n```python\n>>> 1 + 1\n3\n```\n"
    assert run_examples("t", examples(page)).failed == 1
    assert "line 4" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_is_of_a_kind_that_is_tested(page):
    for block in blocks(read(page)):
        assert block.language in LANGUAGES
        assert block.language != "python" or block.file or block.text.startswith(">>> ")


EXCERPTS = [
    pytest.param(block, id=f"{page.name}:{block.line}")
    for page in DOCS
    for block in blocks(read(page))
    if block.file
]
NEW_LAW = "proofs/translation_is_an_action.py"


@pytest.mark.parametrize("block", EXCERPTS)
def test_an_excerpt_stands_in_its_file(block):
    if block.file == NEW_LAW:
        assert not (ROOT / NEW_LAW).exists(), "the page adds a law that exists: show another"
    else:
        assert block.text in (ROOT / block.file).read_text(encoding="utf-8")


def test_the_law_that_the_page_adds_is_read_from_then_on(tmp_path, monkeypatch):
    (law,) = [block.values[0] for block in EXCERPTS if block.values[0].file == NEW_LAW]
    (tmp_path / NEW_LAW.rpartition("/")[2]).write_text(law.text, encoding="utf-8")
    monkeypatch.setattr(proofs, "__path__", [*proofs.__path__, str(tmp_path)])
    gcalc.laws.cache_clear()
    try:
        report = verify(laws=["translation_is_an_action"], groups=["S3"], readings=["kernel", "exact"])
    finally:
        monkeypatch.undo()
        gcalc.laws.cache_clear()
    assert [(check.reading, check.verdict, check.complete) for check in report.checks] == [
        ("kernel", "PROVED", True),
        ("exact", "EXACT", True),
    ]
    assert report.checks[0].cases == 4


# ---- commands ----------------------------------------


@pytest.mark.parametrize(
    ("page", "words"), COMMANDS, ids=lambda value: " ".join(value) if isinstance(value, list) else value
)
def test_a_command_and_its_options_exist(page, words):
    command = main.commands[words[1]]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known


@pytest.mark.parametrize("words", CHEAP, ids=" ".join)
def test_a_cheap_command_runs(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if "--image" in words:
        pillow = pytest.importorskip("PIL.Image", reason="the extra image is not installed")
        pillow.new("L", (20, 16), 7).save(words[words.index("--image") + 1])
    result = CliRunner().invoke(main, list(words[1:]))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    "page", [page for page in DOCS if "tests.docs.counterexample" in read(page)], ids=lambda p: p.name
)
def test_a_counterexample_is_what_its_command_prints(page, monkeypatch):
    text = read(page)
    (words,) = commands(text, "python -m tests.docs.counterexample")
    monkeypatch.setenv("COLUMNS", "120")
    result = CliRunner().invoke(counterexample.main, words[3:])
    assert result.exit_code == 1
    (shown,) = [block.text for block in blocks(text) if block.language == "text"]
    assert result.output.strip() == shown.strip(), f"paste what {' '.join(words)} prints into {page.name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_module_that_a_command_runs_exists(page):
    for words in commands(read(page), "python -m tests."):
        assert (ROOT / f"{words[2].replace('.', '/')}.py").is_file()


# ---- links, pictures, laws ----------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    assert broken_links(page, read(page)) == []


@pytest.mark.parametrize(
    "link", ["[a](nowhere.md)", "[a](index.md#nowhere)", "[a](#nowhere)", "![a](pictures/nowhere.svg)"]
)
def test_a_broken_link_is_found(link):
    assert broken_links(ROOT / "docs" / "index.md", f"# t\n\n{link}\n")


def test_an_anchor_is_made_as_the_sites_make_it():
    assert anchors("# ⋆ is correlation, ∗ is `convolution`\n") == {"-is-correlation--is-convolution"}


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_page_is_linked_from_the_index(page):
    assert page.name == "index.md" or f"]({page.name})" in read(ROOT / "docs" / "index.md")


def test_every_picture_is_drawn_by_the_script_and_shown():
    folder, pages = ROOT / "docs" / "pictures", "".join(map(read, DOCS))
    script = read(folder / "draw.py")
    drawn = set(re.findall(r'save\(figure, "(\w+)"\)', script))
    assert drawn == {picture.stem for picture in folder.glob("*.svg")}
    for name in drawn:
        assert f"](pictures/{name}.svg)" in pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_law_that_a_page_names_exists(page):
    assert law_ids(read(page)) <= gcalc.laws().keys()


def test_a_law_that_does_not_exist_is_found():
    assert law_ids("see law `eq4`, and laws `eq1` and `eq5`\n") == {"eq4", "eq1", "eq5"}
    assert law_ids("planned: the law `pointwise`\n") == set()


def test_the_table_has_every_law_with_its_title_and_claims():
    text = read(ROOT / "docs" / "statements.md")
    assert table_of_laws(text) == gcalc.laws().keys()
    for id, law in gcalc.laws().items():
        assert f"| `{id}` | {law.title} | {len(law.claims)} |" in text
