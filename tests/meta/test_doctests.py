"""Every example in a docstring, and those of the README and of CONTRIBUTING, prints what it says."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from .sources import ROOT, modules

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
WITH_EXAMPLES = [name for name, path in modules().items() if ">>> " in path.read_text(encoding="utf-8")]
PAGES = [
    page for page in ("README.md", "CONTRIBUTING.md") if ">>> " in (ROOT / page).read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module(name):
    result = doctest.testmod(import_module(name), optionflags=FLAGS)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page(page):
    result = doctest.testfile(str(ROOT / page), module_relative=False, optionflags=FLAGS)
    assert result.attempted
    assert not result.failed


def test_the_readme_has_examples():
    assert "README.md" in PAGES
