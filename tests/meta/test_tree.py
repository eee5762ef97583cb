"""The checkout: test folders state their purpose, no file names a place on somebody's machine."""

from __future__ import annotations

import ast
import re

import pytest

from .sources import ROOT, repository_files

MACHINE_PLACES = ("work", "opt/gv", "tmp/w", "root")
MACHINE_PATH = re.compile(rf"(?<![\w./~-])/(?:{'|'.join(MACHINE_PLACES)})(?![\w-])")
TEST_FOLDERS = sorted(
    {path.parent for path in repository_files() if ROOT / "tests" in path.parents and path.suffix == ".py"}
)


@pytest.mark.parametrize("folder", TEST_FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_test_folder_states_its_purpose(folder):
    init = folder / "__init__.py"
    purpose = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) if init.exists() else None
    assert purpose, f"{init.relative_to(ROOT)} must say in a docstring what the folder's tests are for"


def test_no_file_names_a_place_of_one_machine():
    named = []
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{path.relative_to(ROOT)}: {match.group()}" for match in MACHINE_PATH.finditer(text)]
    assert named == []


@pytest.mark.parametrize("place", MACHINE_PLACES)
def test_a_place_of_one_machine_is_found(place):
    assert MACHINE_PATH.search(f"see `/{place}/main`")
    assert MACHINE_PATH.search(f'open("/{place}")')


@pytest.mark.parametrize(
    "text", ["frame/work", "https://example.org/work", "/workers", "$HOME/work", "tests/tmp/w"]
)
def test_other_paths_are_not_taken_for_one(text):
    assert not MACHINE_PATH.search(text)
