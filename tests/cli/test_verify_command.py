"""`gcalc verify` in this process: exit codes, options, one line an error, the width of the terminal."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from junitparser import JUnitXml

import gcalc
from gcalc import reference
from gcalc.cli import main
from gcalc.verify.fast_backends import NAMESPACES, Namespace

READINGS = [word for reading in ("kernel", "formal", "exact", "fast") for word in ("--reading", reading)]
QUICK = ("--profile", "smoke", "--law", "eq2", "--group", "C2", *READINGS)
ANSI = re.compile(r"\x1b")


def run(*words, columns=100, **environment):
    return CliRunner().invoke(main, list(map(str, words)), env={"COLUMNS": str(columns), **environment})


def verify(*words, **options):
    return run("verify", *words, **options)


def assert_refused(result, *told):
    """Exit code 2 and one line that says what is wrong."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("gcalc: ")
    assert result.stderr.count("\n") == 1
    for words in told:
        assert words in result.stderr


def break_pool(monkeypatch):
    right = reference.pool
    monkeypatch.setattr(reference, "pool", lambda G, f, U, op="max": right(G, f, list(U)[:1], op))


# ---- exit codes ----------------------------------------


def test_0_where_all_held():
    result = verify(*QUICK)
    assert result.exit_code == 0, result.output
    assert "EXACT" in result.output
    assert "PROVED" in result.output


def test_1_where_something_failed_with_the_smallest_input(monkeypatch):
    break_pool(monkeypatch)
    result = verify("--profile", "smoke", "--law", "eq2", "--group", "S3", "--reading", "exact")
    assert result.exit_code == 1
    for part in (
        "FAILED",
        "claim",
        "S3",
        "at       ",
        "U = ",
        "shapes   f",
        "input    f",
        "left",
        "right",
        "again: gcalc",
    ):
        assert part in result.output


def test_2_where_the_implementation_could_not_be_run(monkeypatch):
    def pool(*_, **__):
        raise RuntimeError("no device")

    monkeypatch.setattr(reference, "pool", pool)
    result = verify(*QUICK, "--reading", "exact")
    assert result.exit_code == 2
    assert "reference.pool raised RuntimeError: no device" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("--law", "split_theorem", "--group", "S3", "--reading", "fast"),
        ("--law", "eq2", "--reading", "fast", "--backend", "scipy"),
        ("--law", "filter_transform_adjoint", "--group", "S3", "--reading", "exact"),
        ("--law", "permutation_matrix", "--backend", "scipy"),
    ],
)
def test_3_where_nothing_was_checked(words):
    result = verify(*words)
    assert result.exit_code == 3
    assert "0 cases" in result.output
    assert "NOT_TESTED" in result.output or "nothing was checked" in result.output


def test_the_report_and_the_process_have_the_same_exit_code(tmp_path):
    for words, code in [((), 0), (("--require", "property"), 1)]:
        assert verify(*QUICK, *words, "--report", tmp_path / "r.json").exit_code == code
        assert json.loads((tmp_path / "r.json").read_text())["summary"]["exit_code"] == code


# ---- options ----------------------------------------

OPTIONS = ("profile", "law", "group", "reading", "backend", "image", "seed", "workers", "require", "report")


def test_help_lists_every_option_and_the_exit_codes():
    result = verify("--help")
    assert result.exit_code == 0
    assert all(f"--{option} " in result.output for option in OPTIONS)
    assert "0 all held, 1 something failed" in " ".join(result.output.split())
    assert {p.name for p in main.commands["verify"].params} >= {"profile", "laws", "groups", "readings"}


def test_help_of_the_command_itself():
    for words in (["--help"], ["-h"]):
        result = run(*words)
        assert result.exit_code == 0
        assert "verify" in result.output


def test_version():
    result = run("--version")
    assert result.exit_code == 0
    assert gcalc.__version__ in result.output


def checks(*words, tmp_path):
    result = verify("--profile", "smoke", *words, "--report", tmp_path / "r.json")
    assert result.exit_code == 0, result.output
    return json.loads((tmp_path / "r.json").read_text())


def test_laws_groups_and_readings_may_be_repeated(tmp_path):
    words = (
        "--law",
        "eq1",
        "--law",
        "eq2",
        "--group",
        "C2",
        "--group",
        "C3",
        "--reading",
        "exact",
        "--reading",
        "kernel",
    )
    found = checks(*words, tmp_path=tmp_path)["checks"]
    assert [(c["law"], c["reading"], c["group"]) for c in found] == [
        *(("eq1", "exact", g) for g in ("C2", "C3")),
        *(("eq2", "exact", g) for g in ("C2", "C3")),
        ("eq1", "kernel", "any"),
        ("eq2", "kernel", "any"),
    ]


def test_a_wallpaper_group_means_its_quotients_and_windows_in_the_profile(tmp_path):
    found = checks(
        "--law", "g_correlation_equivariance", "--group", "p4m", "--reading", "exact", tmp_path=tmp_path
    )
    assert [c["group"] for c in found["checks"]] == ["p4m 3x2"]


@pytest.mark.parametrize("group", ["D4", "p2 mod 2", "p1 2x3"])
def test_a_group_outside_the_profile_may_be_named(group, tmp_path):
    found = checks(
        "--law", "g_correlation_equivariance", "--group", group, "--reading", "exact", tmp_path=tmp_path
    )
    assert [(c["group"], c["verdict"]) for c in found["checks"]] == [(group, "EXACT")]


@pytest.mark.parametrize("seed", [-4, 0, 12_345_678_901_234_567_890])
def test_the_seed_is_told(seed, tmp_path):
    words = ("--law", "eq2", "--group", "C2", "--seed", seed)
    assert checks(*words, tmp_path=tmp_path)["seed"] == seed
    assert f"seed {seed}" in verify("--profile", "smoke", *words).output


def test_both_reports_at_once(tmp_path):
    result = verify(*QUICK, "--report", tmp_path / "r.json", "--report", tmp_path / "r.xml")
    assert result.exit_code == 0
    assert f"wrote {tmp_path / 'r.json'}" in result.output
    data = json.loads((tmp_path / "r.json").read_text())
    assert JUnitXml.fromfile(str(tmp_path / "r.xml")).tests == len(data["checks"])


def test_a_path_in_brackets_is_printed_as_it_is(tmp_path):
    path = tmp_path / "[red]r.json"
    assert f"wrote {path}\n" in verify(*QUICK, "--report", path).output


@pytest.mark.parametrize(
    ("require", "code", "missed"),
    [
        ("formal", 0, None),
        ("exact,kernel", 0, None),
        ("exact, fast", 0, None),
        ("fast.numpy,numpy", 0, None),
        ("exact, property", 1, "property"),
        ("reference", 0, None),
        ("cupy", 1, "cupy"),
        ("formel", 1, "formel"),
    ],
)
def test_require_makes_what_was_not_tested_a_failure(require, code, missed):
    result = verify(*QUICK, "--require", require)
    assert result.exit_code == code
    assert ("required, but not tested" in result.output) == (missed is not None)
    if missed:
        assert f"required, but not tested: {missed}\n" in result.output


# ---- one line an error ----------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--law", "eq11"), ("eq11", "eq1")),
        (("--law", "g_correlation"), ("g_correlation_equivariance",)),
        (("--group", "D44x"), ("D44x", "D4")),
        (("--group", "p4n"), ("p4n", "p4m")),
        (("--group", "p4m mod 0"), ("0", "positive")),
        (("--group", "p6 3x3"), ("p6",)),
        (("--reading", "exat"), ("exat", "exact")),
        (("--profile", "smok"), ("smok", "smoke")),
        (("--backend", "scipi"), ("scipi", "scipy")),
        (("--workers", "0"), ("--workers", "0", "--help")),
        (("--seed", "x"), ("--seed", "'x'", "--help")),
        (("--grup", "S3"), ("--grup", "--group")),
        (("--law",), ("--law",)),
        (("S3",), ("S3",)),
    ],
)
def test_a_usage_error_is_one_line(words, told):
    assert_refused(verify(*words), *told)


def test_an_unknown_command_is_one_line():
    assert_refused(run("verfy"), "verfy")


@pytest.mark.parametrize(
    ("name", "told"), [("r.txt", ".json or .xml"), ("no/r.json", "make it first"), ("d.json", "folder")]
)
def test_a_report_that_cannot_be_written_is_refused_before_the_work(name, told, tmp_path, monkeypatch):
    (tmp_path / "d.json").mkdir()
    monkeypatch.setattr("gcalc.verify.verify", None)
    assert_refused(verify(*QUICK, "--report", tmp_path / name), told)


def test_a_disk_that_fills_up_is_one_line_and_the_results_are_shown(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse)
    result = verify(*QUICK, "--report", tmp_path / "r.json")
    assert result.exit_code == 2
    assert "EXACT" in result.stdout
    assert result.stderr.count("\n") == 1
    assert "No space left" in result.stderr


# ---- the terminal ----------------------------------------

SEVERAL = (
    "--profile",
    "smoke",
    "--law",
    "eq2",
    "--law",
    "g_correlation_equivariance",
    "--law",
    "filter_transform_adjoint",
)


@pytest.mark.parametrize("columns", [30, 40, 200])
def test_no_line_is_longer_than_the_terminal_and_no_name_is_cut(columns):
    result = verify(*SEVERAL, "--group", "S3", "--group", "pg mod 2", columns=columns)
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= columns
    for name in ("eq2", "g_correlation_equivariance", "filter_transform_adjoint"):
        assert re.search(rf"^{name}\b", result.output, re.MULTILINE)
    for word in ("kernel", "property", "NOT_TESTED", "2 groups"):
        assert re.search(rf"\b{word}\b", result.output)


@pytest.mark.parametrize("columns", [40, 200])
def test_the_line_that_shows_a_failure_again_is_one_line(columns, monkeypatch):
    break_pool(monkeypatch)
    result = verify(
        "--profile", "smoke", "--law", "eq2", "--group", "S3", "--reading", "exact", columns=columns
    )
    (line,) = [line for line in result.output.splitlines() if "again: " in line]
    assert line.startswith("  again: gcalc verify --law eq2 --reading exact")
    assert line.endswith("--seed 0")


def test_no_codes_where_the_output_is_no_terminal():
    assert not ANSI.search(verify(*QUICK).output)


@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_on_a_terminal_unless_NO_COLOR(more, coloured):
    result = verify(*QUICK, FORCE_COLOR="1", TERM="xterm-256color", **more)
    assert bool(re.search(r"\x1b\[[0-9;]*3[0-9]m", result.output)) == coloured


def test_why_something_was_not_tested_is_told_once(monkeypatch):
    monkeypatch.setitem(NAMESPACES, "cupy", Namespace("cupy", "no_such_library", "gpu"))
    result = verify("--profile", "smoke", "--law", "eq1", "--law", "eq2", "--backend", "fast.cupy")
    assert result.output.count("fast: no_such_library is not installed") == 1
    assert "every law" in result.output
