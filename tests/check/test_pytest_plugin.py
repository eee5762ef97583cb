"""The pytest plugin in a user's suite: what loading it leaves alone, its options, the list of expected failures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap

import pytest

SUITE = """
    import os
    import sys
    import layers_of_a_user as layers
    from gcalc.testing import assert_equivariant, parametrize_with_checks

    MAPS = {"group": "p4", "input": "b k x y", "output": "b k x y", "sizes": {"k": 1, "x": [5, 6], "y": 5}}

    @parametrize_with_checks({"square": (layers.square, MAPS), "steep": (layers.steep, MAPS)})
    def test_layers(layer, check):
        check(layer)

    def test_seed_and_sizes():
        report = assert_equivariant(layers.square, **MAPS)
        print("SEED", report.seed, "SIZES", sorted(report.domains["window"].by_size), "DOMAINS", *report.domains)
        assert assert_equivariant(layers.square, **MAPS, seed=5).seed == 5
"""


def pytest_in(folder, *words, **more):
    """Run pytest as a user does, warnings being errors; the plugin comes in by its entry point."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-W",
        "error",
        "--strict-markers",
        *words,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        command, cwd=folder, env=environment | more, capture_output=True, text=True, timeout=200, check=False
    )


@pytest.fixture
def suite(users_folder):
    """A folder with layers, and tests of them."""
    (users_folder / "test_users.py").write_text(textwrap.dedent(SUITE))
    return users_folder


def test_loading_it_is_light_and_leaves_the_session_alone(tmp_path):
    (tmp_path / "conftest.py").write_text(
        "import os, sys\n\n\ndef pytest_configure(config):\n"
        "    assert config.pluginmanager.hasplugin('gcalc')\n"
        "    heavy = {'gcalc', 'numpy', 'hypothesis', 'torch'}\n"
        "    print('LOADED', sorted(heavy & set(sys.modules)), os.getcwd())\n"
    )
    (tmp_path / "test_nothing.py").write_text("def test_nothing():\n    pass\n")
    done = pytest_in(tmp_path, "-q", "-s", "-p", "no:hypothesispytest", PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"LOADED [] {tmp_path}" in done.stdout


def test_hypothesis_keeps_its_profile(suite):
    (suite / "test_profile.py").write_text(
        "import hypothesis\nimport layers_of_a_user as layers\nfrom gcalc.testing import assert_equivariant\n\n"
        "hypothesis.settings.register_profile('mine', max_examples=7)\nhypothesis.settings.load_profile('mine')\n\n\n"
        "def test_profile():\n"
        "    words = {'group': 'p4', 'input': 'b x y', 'output': 'b x y', 'sizes': {'x': 5, 'y': 5}}\n"
        "    assert_equivariant(layers.square, **words)\n"
        "    assert hypothesis.settings().max_examples == 7\n"
    )
    done = pytest_in(suite, "-q", "test_profile.py")
    assert done.returncode == 0, done.stdout + done.stderr


def test_seed_and_profile(suite):
    done = pytest_in(suite, "-q", "-s", "-k", "seed_and_sizes")
    assert "SEED 0 SIZES ['5×5', '6×5'] DOMAINS window plane" in done.stdout
    done = pytest_in(
        suite, "-q", "-s", "-k", "seed_and_sizes", "--gcalc-seed", "3", "--gcalc-profile", "smoke"
    )
    assert done.returncode == 0, done.stdout
    assert "SEED 3 SIZES ['5×5'] DOMAINS window\n" in done.stdout


def test_the_marker(suite):
    done = pytest_in(suite, "-q", "--collect-only", "-m", "not gcalc")
    assert "test_seed_and_sizes" in done.stdout
    assert "test_layers" not in done.stdout


def test_without_the_plugin_the_tests_run_as_well(suite):
    done = pytest_in(suite, "-q", "-p", "no:gcalc", "-k", "square")
    assert done.returncode == 0, done.stdout


def test_the_list_of_expected_failures(suite):
    (suite / "xfails.txt").write_text(
        "# known\n\nsteep-window  # by its weights\ntest_users.py::test_layers[steep-transport]\n"
        "steep-plane#no comment\n"
        "steep-windows # a slip\nsquare-window # it passes\n"
    )
    done = pytest_in(suite, "-q", "-rxX", "-k", "layers", "--gcalc-xfails", "xfails.txt")
    assert "test_layers[steep-window] - by its weights" in done.stdout
    assert "test_layers[steep-transport] - listed in xfails.txt" in done.stdout
    assert "xfails.txt: 'steep-windows' matches no test" in done.stdout
    assert "xfails.txt: 'steep-plane#no comment' matches no test" in done.stdout
    assert "[XPASS(strict)] it passes" in done.stdout
    assert done.returncode == 1


def test_a_list_that_matches_is_not_spoken_of(suite):
    lines = [
        "steep-window # w",
        "steep-transport # t",
        "steep-plane # p",
        "test_users.py::test_layers[square-plane] # d",
    ]
    (suite / "xfails.txt").write_text("\n".join(lines[:3]))
    done = pytest_in(suite, "-q", "--gcalc-xfails", "xfails.txt")
    assert done.returncode == 0, done.stdout
    assert "matches no test" not in done.stdout
    (suite / "xfails.txt").write_text(
        "test_users.py::test_layers[steep-window] # in a file that is not run\n"
    )
    (suite / "test_other.py").write_text("def test_other():\n    pass\n")
    assert (
        "matches no test"
        not in pytest_in(suite, "-q", "test_other.py", "--gcalc-xfails", "xfails.txt").stdout
    )


def test_the_report(suite):
    done = pytest_in(suite, "-q", "--gcalc-report", "found.json")
    assert "wrote" in done.stdout
    report = json.loads((suite / "found.json").read_text())
    assert report["schema_version"] == 1
    found = {(layer["target"], layer["verdict"]) for layer in report["layers"]}
    assert found == {("square", "EXACT"), ("steep", "FAILED")}
    assert len(report["layers"]) == 4, "a layer is in it once for all its checks"
    assert all(layer["test"].startswith("test_users.py::") for layer in report["layers"])
    assert sorted(os.listdir(suite)) == sorted({*os.listdir(suite)} - {".found.json"})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--gcalc-report", "found.txt"), "must end in .json"),
        (("--gcalc-report", "nowhere/found.json"), "no folder nowhere"),
        (("--gcalc-xfails", "nowhere.txt"), "cannot be read"),
        (("--gcalc-profile", "thorough"), "smoke"),
        (("--gcalc-seed", "x"), "--gcalc-seed"),
    ],
)
def test_options_that_are_not_possible(tmp_path, words, says):
    done = pytest_in(tmp_path, *words)
    assert done.returncode == 4
    assert says in done.stderr
    assert "Traceback" not in done.stderr
