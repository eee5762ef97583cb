"""`gcalc check` as a command: verdicts, exit codes, what it prints at every width; no layer takes it down."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from gcalc.check.command import options
from gcalc.cli import main

LAYERS = "layers_of_a_user"
MAPS = (
    "--group",
    "p4",
    "--input",
    "b k x y",
    "--output",
    "b k x y",
    "--size",
    "k=1",
    "--size",
    "x=5",
    "--size",
    "y=5",
)
LIFT = (*MAPS[:4], "--output", "b (k g) x y", "--size", "k=2", "--size", "x=5", "--size", "y=5")


def run(name, *words, columns=100):
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, ["check", f"{LAYERS}:{name}", *words])


@pytest.mark.parametrize(
    ("name", "words", "code", "verdict", "says"),
    [
        ("lift", LIFT, 0, "EXACT", "equivariant to p4, exactly"),
        ("Lift", LIFT, 0, "EXACT", "equivariant to p4, exactly"),
        ("clockwise", LIFT, 1, "CONVENTION", "--order clockwise"),
        ("clockwise", (*LIFT, "--order", "clockwise"), 0, "EXACT", "p4"),
        ("clockwise", (*LIFT, "--order", "0,3,2,1"), 0, "EXACT", "p4"),
        ("make", (*LIFT, "--factory"), 1, "CONVENTION", "orientation_order"),
        ("steep", MAPS, 1, "FAILED", "only to p1"),
        ("steep", (*MAPS, "--expect", "p1", "--domain", "window"), 0, "EXACT", "expected p1"),
        ("square", (*MAPS, "--linear"), 1, "FAILED", "not_linear"),
        ("lift", (*LIFT, "--init", f"{LAYERS}:kept"), 0, "EXACT", "p4"),
        ("square", (*MAPS, "--vjp", f"{LAYERS}:twice"), 0, "EXACT", "p4"),
        ("square", (*MAPS, "--vjp", f"{LAYERS}:once"), 1, "FAILED", "gradient: "),
        ("halved", (*MAPS, "--stride", "2"), 0, "EXACT", "p4 on 2Z²"),
        (
            "halved",
            (*MAPS, "--stride", "x=2", "--stride", "y=1"),
            1,
            "FAILED",
            "halved: the outputs stand 2 apart along 'y', not 1 check",
        ),
        ("halved", (*MAPS, "--period", "3"), 1, "FAILED", "only to"),
    ],
)
def test_verdict_and_exit_code(users_folder, name, words, code, verdict, says):
    result = run(name, *words)
    assert result.exit_code == code, result.output
    assert result.output.startswith(f"{verdict} {LAYERS}:{name}: ")
    assert says in " ".join(result.output.split())


def test_a_file_is_a_target_too_and_nothing_is_written(users_folder):
    result = CliRunner().invoke(main, ["check", f"{LAYERS}.py:lift", *LIFT])
    assert result.exit_code == 0, result.output
    assert [name for name in os.listdir(users_folder) if not name.startswith("__")] == [f"{LAYERS}.py"]


@pytest.mark.parametrize("columns", [60, 100])
def test_the_output_fits(users_folder, columns):
    result = run("clockwise", *LIFT, columns=columns)
    lines = [line for line in result.output.splitlines() if not line.startswith("again ")]
    assert max(map(len, lines)) <= columns
    assert "r x[0, " in result.output, "the counterexample is drawn"
    assert "·" in result.output
    for label in ("declared", "on the window", "violations", "example", "diagnosis", "would pass", "again"):
        assert f"\n{label}" in result.output


def test_the_command_that_is_printed_says_the_same(users_folder):
    again = next(line for line in run("clockwise", *LIFT).output.splitlines() if line.startswith("again "))
    command = again.removeprefix("again gcalc ")
    result = subprocess.run(
        f"{sys.executable} -m gcalc {command}", shell=True, capture_output=True, text=True, timeout=100
    )
    assert result.returncode == 1
    assert result.stdout.startswith("CONVENTION")
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing", "no 'missing'"),
        ("constant", "cannot be called"),
        ("raises", "raised ValueError: the first line (layers_of_a_user.py, line"),
        ("make", "add --factory"),
        ("nan", "NaN"),
        ("flat", "expected axes 'b k x y'"),
        ("noise", "the same input gives another output"),
        ("in_place", "in"),
        ("eats", "MemoryError"),
        ("killed", "SIGKILL"),
        ("crashes", "SIGSEGV"),
        ("ends", "ended the process"),
        ("leaves", "SystemExit"),
    ],
)
def test_what_cannot_be_run_is_one_line_and_no_verdict(users_folder, name, says):
    result = run(name, *MAPS)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("gcalc: ")
    assert name in result.stderr
    assert says in result.stderr


def test_tensors_of_another_device(users_folder):
    pytest.importorskip("torch")
    (users_folder / "elsewhere.py").write_text(
        "import torch\nlayer = torch.nn.Conv2d(1, 1, 3, padding=1)\n"
        "layer.bias = torch.nn.Parameter(torch.empty(1, device='meta'))\n"
    )
    result = CliRunner().invoke(main, ["check", "elsewhere:layer", *MAPS])
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    assert "meta" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_memory_is_limited_to_what_is_free(users_folder):
    """What NumPy would get from the system, which promises more than it has."""
    free = next(line for line in Path("/proc/meminfo").read_text().splitlines() if "MemAvailable" in line)
    entries = int(free.split()[1]) * 1024 // 8
    (users_folder / "hog.py").write_text(
        f"import numpy as np\ndef layer(f):\n    np.empty({entries})\n    return f\n"
    )
    result = CliRunner().invoke(main, ["check", "hog:layer", *MAPS])
    assert result.exit_code == 2
    assert "MemoryError" in result.stderr


def test_a_layer_that_hangs_is_stopped_with_all_that_it_started(users_folder):
    start = time.monotonic()
    result = run("hangs", *MAPS, "--timeout", "2")
    assert time.monotonic() - start < 30
    assert result.exit_code == 2
    assert "within 2 s" in result.stderr


def hear_interrupts():
    """A shell has its background jobs, of which these tests may be one, ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def runs(pid):
    """Whether there is such a process that has not ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
def test_a_check_that_is_stopped_leaves_nothing_behind(users_folder, number, code):
    command = [sys.executable, "-m", "gcalc", "check", f"{LAYERS}:hangs", *MAPS]
    with open("errors", "w") as errors:
        started = subprocess.Popen(command, stderr=errors, preexec_fn=hear_interrupts)
    pid, limit = users_folder / "pid", time.monotonic() + 60
    while not (pid.exists() and pid.read_text()) and time.monotonic() < limit:
        time.sleep(0.05)
    started.send_signal(number)
    assert started.wait(timeout=30) == code
    assert "Traceback" not in (users_folder / "errors").read_text()
    while runs(pid.read_text()) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not runs(pid.read_text())


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("nothing_of_this_name:x", "no module"),
        ("nothing.py:x", "no file"),
        (LAYERS, "module:object"),
        ("broken:x", "KeyError"),
    ],
)
def test_objects_that_are_not_there(users_folder, place, says):
    (users_folder / "broken.py").write_text("raise KeyError('x')\n")
    result = CliRunner().invoke(main, ["check", place, *MAPS])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert says in result.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--group", "p5"), "p5"),
        (("--size", "x=a"), "--size x=8,9"),
        (("--size", "x"), "--size name=value"),
        (("--rep", "q=regular"), "--rep q=…: it stands in no layout"),
        (("--order", "e2cnn"), "e2cnn"),
        (("--domain", "sphere"), "sphere"),
        (("--filters", "psi"), "--reference"),
        (("--report", "r.txt"), ".json"),
        (("--expect", "p5"), "--expect 'p5': no subgroup of p4 is called so; there are p1, p2, p4"),
        (("--linear", "--bilinear"), "give one"),
        (("--save", f"{LAYERS}.py/kept"), f"--save {LAYERS}.py/kept: cannot be written"),
        (("--size", "x=5", "--size", "y=5", "--size", "b=3"), "--size b=…: this is the batch"),
        (("--size", "x=5", "--size", "y=5", "--size", "q=3"), "--size q=…: it stands in no layout"),
    ],
)
def test_a_declaration_that_is_not_possible(users_folder, words, says):
    base = [word for word in LIFT if word not in ("--size", "x=5")] if "--size" in words else LIFT
    result = run("lift", *(base if "--size" not in words else LIFT[:6]), *words)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert says in result.stderr


def test_messages_name_options(users_folder):
    result = run("square", *MAPS)
    assert "it has no gradients; give --vjp\n" in result.output
    assert "=" not in result.output.partition("give ")[2].partition("\n")[0]


def test_lines_have_no_blanks_at_their_ends(users_folder):
    for words in (MAPS, (*MAPS, "--reference", "correlate")):
        output = run("upside_down", *words).output
        assert output == "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def test_the_output_must_be_declared(users_folder):
    result = run("square", *MAPS[:4], *MAPS[6:])
    assert result.exit_code == 2
    assert result.stderr.startswith("gcalc: --output is missing: the axes of what it returns")


def test_what_a_layer_prints_goes_to_stderr(users_folder):
    done = subprocess.run(
        [sys.executable, "-m", "gcalc", "check", f"{LAYERS}:talks", *MAPS],
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert "loud" not in done.stdout
    assert "loud" in done.stderr
    assert "\x1b" not in done.stdout


def test_modules_of_the_working_directory_do_not_take_the_place_of_others(users_folder):
    for name in ("types", "json", "numpy", "click"):
        (users_folder / f"{name}.py").write_text("raise SystemExit('shadowed')\n")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "gcalc", "check", f"{LAYERS}:upside_down", *MAPS],
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("FAILED")


def test_reports(users_folder):
    result = run("clockwise", *LIFT, "--report", "r.json", "--report", "r.xml")
    assert "wrote r.json" in result.output
    report = json.loads((users_folder / "r.json").read_text())
    fixed = {
        "verdict",
        "symmetry",
        "counterexample",
        "diagnosis",
        "where",
        "reproduction",
        "checks",
        "schema_version",
    }
    assert fixed <= report.keys()
    assert report["verdict"] == "CONVENTION"
    assert report["symmetry"]["name"] == "p2"
    assert report["reproduction"]["command"].startswith("gcalc check layers_of_a_user:clockwise")
    cases = ET.parse(users_folder / "r.xml").getroot().iter("testcase")
    failed = {case.get("name").partition("/")[0] for case in cases if case.find("failure") is not None}
    assert failed == {"window", "plane"}
    cases = ET.parse(users_folder / "r.xml").getroot().iter("testcase")
    assert sum(float(case.get("time")) for case in cases) > 0


def test_a_layer_that_cannot_be_run_is_an_error_in_its_report(users_folder):
    result = run("raises", *MAPS, "--report", "r.json", "--report", "r.xml")
    assert result.exit_code == 2
    report = json.loads((users_folder / "r.json").read_text())
    assert report["verdict"] == "NOT_TESTED"
    assert "the first line" in report["diagnosis"][0]["text"]
    (case,) = ET.parse(users_folder / "r.xml").getroot().iter("testcase")
    assert "the first line" in case.find("error").get("message")


def test_options_are_what_the_command_line_reads():
    words = {
        "group": "p4",
        "input": ["b k x y", "inert"],
        "output": "b (k g) x y",
        "sizes": {"x": [8, 9], "k": 2},
        "reps": {"g": "quotient:C2"},
        "order": [0, 3, 2, 1],
        "domain": ["window", "torus"],
        "linear": "bilinear",
        "reference": {"operator": "correlate", "filters": 1},
        "seed": 3,
    }
    assert " ".join(options(words)) == (
        "--group p4 --input b k x y --input inert --output b (k g) x y --size x=8,9 --size k=2 --rep g=quotient:C2 "
        "--order 0,3,2,1 --domain window --domain torus --bilinear --reference correlate --filters 1 --seed 3"
    )


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("largest", 0, "3 regular fields"),
        ("total", 0, "no channel moves: scalars"),
        ("noise", 2, "noise cannot be checked: the same input gives another output"),
    ],
)
def test_infer_of_layers_without_space_and_of_unfit_ones(users_folder, name, code, says):
    words = ["infer", f"{LAYERS}:{name}", *LIFT[:4], "--size", "k=2"]
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, words)
    assert result.exit_code == code, result.output
    assert says in " ".join(result.output.split())


def test_infer_proposes_what_passes(users_folder):
    result = CliRunner(env={"COLUMNS": "100"}).invoke(
        main, ["infer", f"{LAYERS}:clockwise", *LIFT[:4], "--size", "k=2"]
    )
    assert result.exit_code == 0, result.output
    assert "order='clockwise'" in result.output
    assert "--order clockwise" in result.output
