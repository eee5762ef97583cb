"""The wheel has every file of gcalc/, proofs/ and docs/codes/ and nothing else; the sdist makes the same wheel."""

from __future__ import annotations

import zipfile
from email.parser import Parser
from importlib.metadata import version
from shutil import copytree

import pytest

import gcalc

from .conftest import build

RUNTIME = {
    *("numpy", "scipy", "sympy", "hypothesis", "click", "rich", "junitparser"),
    *("array-api-compat", "threadpoolctl"),
}
EXTRAS = {"image", "gpu", "cuda-test", "torch", "jax", "bench", "test", "lint", "docs", "dev"}


def contents(wheel):
    """The bytes of every file of the package, by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}


def dist_info(wheel, name):
    with zipfile.ZipFile(wheel) as archive:
        (path,) = [member for member in archive.namelist() if member.endswith(f".dist-info/{name}")]
        return archive.read(path).decode("utf-8")


@pytest.fixture(scope="session")
def metadata(wheel):
    return Parser().parsestr(dist_info(wheel, "METADATA"))


def shipped(checkout):
    """The files that the wheel must have: those of gcalc/, proofs/ as gcalc/proofs/, docs/codes/, the pytest plugin."""
    found = {}
    for folder, place in (("gcalc", "gcalc"), ("proofs", "gcalc/proofs"), ("docs/codes", "gcalc/codes")):
        for path in (checkout / folder).rglob("*"):
            if path.is_file():
                found[f"{place}/{path.relative_to(checkout / folder).as_posix()}"] = path.read_bytes()
    found["pytest_gcalc.py"] = (checkout / "pytest_gcalc.py").read_bytes()
    return found


def test_the_wheel_has_every_file_of_the_package_and_no_other(wheel, checkout):
    assert contents(wheel) == shipped(checkout)


def test_the_proofs_are_inside_the_package(wheel):
    names = contents(wheel)
    assert {"gcalc/proofs/__init__.py", "gcalc/proofs/eq1.py", "gcalc/py.typed"} <= names.keys()
    assert {name.split("/")[0] for name in names} == {"gcalc", "pytest_gcalc.py"}
    assert dist_info(wheel, "top_level.txt").split() == ["gcalc", "pytest_gcalc"]


def test_a_new_folder_and_a_data_file_are_shipped_without_being_named(checkout, tmp_path):

    tree = copytree(checkout, tmp_path / "tree")
    new = ["gcalc/groups/deep/deeper/table.json", "proofs/coq/eq1.v", "gcalc/new/module.py"]
    for name in new:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("\n", encoding="utf-8")
    assert contents(build(tree, tmp_path / "wheel", "wheel")) == shipped(tree)


def test_the_wheel_is_for_every_platform(wheel):
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_sdist_has_the_tests_and_the_pages(unpacked, checkout):
    pages = {
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "pyproject.toml",
        "setup.py",
        ".ci/run",
        ".ci/types",
    }
    assert {page for page in pages if not (unpacked / page).is_file()} == set()
    tests = {path.relative_to(checkout) for path in (checkout / "tests").rglob("*") if path.is_file()}
    assert tests
    assert {path for path in tests if not (unpacked / path).is_file()} == set()


def test_the_sdist_makes_the_same_wheel(wheel, wheel_from_sdist):
    assert wheel_from_sdist.name == wheel.name
    assert contents(wheel_from_sdist) == contents(wheel)
    for name in ("METADATA", "entry_points.txt"):
        assert dist_info(wheel_from_sdist, name) == dist_info(wheel, name)


def test_metadata(metadata):
    assert metadata["Name"] == "gcalc"
    assert metadata["Version"] == gcalc.__version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "MIT"
    assert metadata["License-File"] == "LICENSE"


def test_every_dependency_has_a_lower_bound(metadata):
    plain = [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]
    assert {line.split(">=")[0] for line in plain} == RUNTIME
    assert all(">=" in line for line in plain)
    assert set(metadata.get_all("Provides-Extra")) == EXTRAS


def test_the_command_is_installed(wheel):
    assert "gcalc = gcalc.cli:main" in dist_info(wheel, "entry_points.txt")


def test_the_pytest_plugin_is_installed(wheel):
    assert "[pytest11]\ngcalc = pytest_gcalc" in dist_info(wheel, "entry_points.txt")


def test_what_is_installed_here_is_this_version():
    assert version("gcalc") == gcalc.__version__
