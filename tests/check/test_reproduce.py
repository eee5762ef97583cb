"""A failure is seen again: by the program of the report, by the stored case; and it is told when it is mended."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner

import gcalc
from gcalc.check.cases import identity, read
from gcalc.check.command import address_of
from gcalc.cli import main
from gcalc.errors import UsageError

from . import layers_of_a_user as layers

FILE = "layers_of_a_user.py"
MAPS = {"group": "p4", "input": "b k x y", "output": "b k x y", "sizes": {"k": 1, "x": 5, "y": 5}}
LIFT = {"group": "p4", "input": "b k x y", "output": "b (k g) x y", "sizes": {"k": 2, "x": 5, "y": 5}}
WORDS = ("--group", "p4", "--input", "b k x y", "--size", "x=5", "--size", "y=5")
STEEP = ("layers_of_a_user:steep", *WORDS, "--output", "b k x y", "--size", "k=1")
CLOCKWISE = ("layers_of_a_user:clockwise", *WORDS, "--output", "b (k g) x y", "--size", "k=2")


def run(*words):
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, [*words])


def save(*words):
    """Check with --save; the ID of the case."""
    result = run("check", *words, "--save", "kept")
    assert result.exit_code == 1, result.output
    return next(line for line in result.output.splitlines() if line.startswith("saved ")).split()[1][5:-5]


def program(text, folder):
    """The exit code of a program, and what it prints."""
    path = folder / "shows_it.py"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(path)], cwd=folder, capture_output=True, text=True, timeout=100
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def mend(folder):
    """The layers, without their faults."""
    text = (folder / FILE).read_text()
    text = text.replace("self.sign * s", "s").replace("f * np.arange(1, f.shape[-1] + 1)", "f * 1")
    (folder / FILE).write_text(text)


@pytest.mark.parametrize(("words", "plain"), [(STEEP, True), (CLOCKWISE, False)])
def test_the_program_shows_it_until_it_is_mended(users_folder, words, plain):
    case = save(*words)
    text = (users_folder / "kept" / f"{case}.py").read_text()
    assert ("gcalc." in text) == (not plain), "a function without parameters needs nothing of gcalc"
    code, printed = program(text, users_folder)
    found = json.loads((users_folder / "kept" / f"{case}.json").read_text())["counterexample"]
    assert code == 1
    assert printed == f"Φ(L_u x) is {found['left']:g}, L_u Φ(x) is {found['right']:g}\n"
    mend(users_folder)
    assert program(text, users_folder)[0] == 0


def test_replay_says_failed_then_fixed_then_error(users_folder):
    case = save(*CLOCKWISE)
    for name in (case, case[:5], f"kept/{case}.json"):
        result = run("replay", name, "--store", "kept")
        assert result.exit_code == 1, result.output
        assert result.output.startswith("FAILED layers_of_a_user:clockwise: the stored input still shows it")
    mend(users_folder)
    result = run("replay", case, "--store", "kept")
    assert (result.exit_code, result.output[:6]) == (0, "FIXED ")
    (users_folder / FILE).unlink()
    result = run("replay", case, "--store", "kept")
    assert (result.exit_code, result.output[:6]) == (2, "ERROR ")


def test_a_case_is_found_from_another_folder(users_folder, tmp_path_factory, monkeypatch):
    case, elsewhere = save(*STEEP), tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    for name in (f"{case}.json", f"{case}.py"):
        result = run("replay", str(users_folder / "kept" / name))
        assert result.output.startswith("FAILED layers_of_a_user:steep: the stored input still shows it")
    (users_folder / FILE).unlink()
    result = run("replay", str(users_folder / "kept" / f"{case}.json"))
    assert result.exit_code == 2


def test_another_fault_is_not_fixed(users_folder):
    """The stored input is silent where a layer gives 0 for it, which is no mending."""
    case = save(*STEEP)
    text = (users_folder / FILE).read_text()
    other = "np.where(np.abs(f).sum() > 1, f * np.arange(f.shape[-1]), 0 * f)"
    (users_folder / FILE).write_text(text.replace("f * np.arange(1, f.shape[-1] + 1)", other))
    result = run("replay", case, "--store", "kept")
    assert result.exit_code == 1, result.output
    assert "shows it no more, but" in result.output


def test_a_failure_without_counterexample_is_checked_again(users_folder):
    words = ("layers_of_a_user:square", *WORDS, "--output", "b k x y", "--size", "k=1", "--linear")
    case = save(*words)
    text = (users_folder / "kept" / f"{case}.py").read_text()
    code, printed = program(text, users_folder)
    assert code == 1
    assert printed.startswith("FAILED not_linear")
    assert run("replay", case, "--store", "kept").exit_code == 1
    (users_folder / FILE).write_text((users_folder / FILE).read_text().replace("f * f", "f"))
    assert run("replay", case, "--store", "kept").exit_code == 0
    assert program(text, users_folder)[0] == 0


def test_the_id_is_that_of_the_content(users_folder):
    case = save(*STEEP)
    assert save(*STEEP) == case, "the same failure is the same case"
    path = users_folder / "kept" / f"{case}.json"
    content = json.loads(path.read_text())
    assert identity(content) == case
    assert identity(dict(reversed(content.items()))) == case
    path.write_text(json.dumps(content | {"seed": 7}))
    with pytest.raises(UsageError, match="was changed"):
        read(case, path.parent)
    assert read(str(path), path.parent)["seed"] == 7


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("0123456789ab", None, "none in"),
        ("x.json", None, "cannot be read"),
        ("x.json", "{", "no stored case"),
        ("x.json", "[]", "no stored case"),
        ("x.json", '{"schema_version": 9}', "no stored case"),
        ("x.json", '{"schema_version": 9, "object": "", "counterexample": null}', "a case of version 9"),
        ("../x", None, "none in"),
    ],
)
def test_what_is_no_case(tmp_path, monkeypatch, name, content, says):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / name).write_text(content)
    result = run("replay", name)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert says in result.stderr


def test_a_report_of_the_function_has_the_program_and_the_command(tmp_path):
    report = gcalc.check_equivariance(layers.upside_down, **MAPS)
    assert report.reproduction.keys() == {"command", "script"}
    name = f"{layers.__name__}:upside_down"
    assert report.reproduction["command"].startswith(f"gcalc check {name} --group p4")
    assert gcalc.check_equivariance(layers.square, **MAPS).reproduction is None


def test_where_a_layer_can_be_imported_from():
    assert address_of(layers.lift) == f"{layers.__name__}:lift"
    assert address_of(layers.raises) == f"{layers.__name__}:raises"
    assert address_of(layers.Lift()) is None
    assert address_of(lambda f: f) is None


def test_a_layer_without_a_name_is_left_to_be_put_in():
    report = gcalc.check_equivariance(layers.Lift(-1), **LIFT)
    script = report.reproduction["script"]
    assert "command" not in report.reproduction
    assert f"from {layers.__name__} import Lift\n\nlayer = Lift()  # with the arguments" in script
    compile(script, "script", "exec")


VECTORS = {
    "group": "p4",
    "input": "b v x y",
    "output": "b v x y",
    "reps": {"v": "vector"},
    "sizes": {"x": 3, "y": 3},
}
TURNS = [[[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]] for a in (0, 2 * np.pi / 3, 4 * np.pi / 3)]
ON_THIRDS = {"group": "C3", "input": "b v", "output": "b v", "reps": {"v": TURNS}, "space": ""}


@pytest.mark.parametrize(("words", "terms"), [(VECTORS, 1), (ON_THIRDS, 2)])
def test_entries_under_a_sign_and_under_matrices(users_folder, words, terms):
    """The program names the entries of Φ(x) that L_u Φ(x) is made of, with signs, and with several of them."""
    report = gcalc.check_equivariance(layers.two_scales, **words)
    script = report.reproduction["script"]
    right = next(line for line in script.splitlines() if line.startswith("right = "))
    assert right.count("y[") == terms, right
    code, printed = program(script.replace(layers.__name__, "layers_of_a_user"), users_folder)
    found = report.counterexample
    assert (code, printed) == (1, f"Φ(L_u x) is {found.left:g}, L_u Φ(x) is {found.right:g}\n")


def test_a_module_with_its_own_parameters_needs_no_gcalc(users_folder):
    pytest.importorskip("torch")
    (users_folder / "modules.py").write_text(
        "import torch\n\n\nclass Steep(torch.nn.Module):\n    def forward(self, x):\n"
        "        return x * torch.arange(x.shape[-1])\n\n\nsteep = Steep()\n"
    )
    case = save("modules:steep", *STEEP[1:])
    text = (users_folder / "kept" / f"{case}.py").read_text()
    assert "gcalc." not in text
    assert "torch" in text
    assert program(text, users_folder)[0] == 1
