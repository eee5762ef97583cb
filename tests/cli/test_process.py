"""`python -m gcalc` as a process: what comes out of its streams, its exit codes, Ctrl-C, a closed pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

import gcalc

COMMAND = (sys.executable, "-m", "gcalc")
QUICK = ("verify", "--profile", "smoke", "--law", "eq2", "--group", "C2", "--reading", "exact")


def environment(**more):
    return os.environ | {"COLUMNS": "80", "PYTHONUNBUFFERED": "1"} | more


def run(*words, cwd, **more):
    return subprocess.run(
        [*COMMAND, *words], cwd=cwd, env=environment(**more), capture_output=True, text=True, timeout=120
    )


def test_a_run_prints_the_table_nothing_else_and_writes_nothing(tmp_path):
    result = run(*QUICK, cwd=tmp_path)
    assert result.returncode == 0
    assert result.stderr == ""
    assert "\x1b" not in result.stdout
    assert "\r" not in result.stdout
    assert "EXACT" in result.stdout
    assert os.listdir(tmp_path) == []


def test_the_version_and_the_name(tmp_path):
    assert run("--version", cwd=tmp_path).stdout == f"gcalc, version {gcalc.__version__}\n"
    assert run("verify", "--help", cwd=tmp_path).stdout.startswith("Usage: gcalc verify [OPTIONS]\n")


@pytest.mark.parametrize("columns", [60, 200])
def test_the_help_fits_the_terminal(columns, tmp_path):
    result = run("verify", "--help", cwd=tmp_path, COLUMNS=str(columns))
    assert max(map(len, result.stdout.splitlines())) <= columns


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("verify", "--law", "eq9"), 2),
        (("verify", "--law", "split_theorem", "--group", "S3", "--reading", "exact"), 3),
        (("verfy",), 2),
    ],
)
def test_other_exit_codes(words, code, tmp_path):
    result = run(*words, cwd=tmp_path)
    assert result.returncode == code
    assert result.stderr.count("\n") == (code == 2)
    assert "Traceback" not in result.stderr


def test_a_reader_that_stops_reading_is_no_error(tmp_path):
    process = subprocess.Popen(
        [*COMMAND, *QUICK], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    _, errors = process.communicate(timeout=60)
    assert b"Traceback" not in errors


def hear_interrupts():
    """Undo what a shell does to its background jobs, of which these tests may be one: it has them ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupt(*words, cwd, after, whole_group):
    """Start a run, send it SIGINT as a terminal does, and how long it took to end."""
    process = subprocess.Popen(
        [*COMMAND, *words], cwd=cwd, env=environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=hear_interrupts,
    )  # fmt: skip
    try:
        time.sleep(after)
        assert process.poll() is None, process.stderr.read()
        start = time.monotonic()
        (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        return process.returncode, errors, time.monotonic() - start
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def test_an_interrupt_ends_a_run_with_one_line(tmp_path):
    words = ("verify", "--workers", "1", "--reading", "exact", "--report", "r.json")
    code, errors, seconds = interrupt(*words, cwd=tmp_path, after=2, whole_group=True)
    assert (code, errors) == (130, "gcalc: interrupted; nothing was written\n")
    assert seconds < 10
    assert os.listdir(tmp_path) == []


def test_an_interrupt_ends_the_workers_too(tmp_path):
    """The line may not stand alone: workers of the pool are interrupted as well, and Python tells of it."""
    code, errors, seconds = interrupt("verify", "--workers", "2", cwd=tmp_path, after=8, whole_group=True)
    assert code == 130
    assert "gcalc: interrupted; nothing was written\n" in errors
    assert seconds < 10


def test_an_interrupt_of_the_first_process_alone_ends_all_with_one_line(tmp_path):
    code, errors, seconds = interrupt("verify", "--workers", "2", cwd=tmp_path, after=8, whole_group=False)
    assert (code, errors) == (130, "gcalc: interrupted; nothing was written\n")
    assert seconds < 10
