"""The pages on `gcalc check`: what a command prints is what stands below it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise

import pytest
from click.testing import CliRunner

from gcalc.cli import main

from .pages import DOCS, EXAMPLES, ROOT, blocks, commands, read

EXIT = {"EXACT": 0, "NUMERICAL": 0, "FAILED": 1, "CONVENTION": 1}


def shown():
    """Command and output, where a block of one command is followed by one of text."""
    for page in DOCS:
        every = blocks(read(page))
        for block, after in pairwise(every):
            words = list(commands(f"```sh\n{block.text}```\n", "gcalc ")) if block.language == "sh" else []
            if len(words) == 1 and words[0][1] in ("check", "infer") and after.language == "text":
                yield pytest.param(words[0][1:], after.text, id=f"{page.name}:{block.line}")


@pytest.mark.parametrize(("words", "text"), list(shown()))
def test_a_command_prints_what_stands_below_it(words, text, tmp_path, monkeypatch):
    shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    result = CliRunner().invoke(main, words)
    lines = [line.rstrip() for line in result.output.strip().splitlines()]
    assert lines == text.rstrip().splitlines(), f"paste what gcalc {' '.join(words)} prints"
    assert result.exit_code == EXIT[text.split()[0].rstrip(",")]


def test_commands_are_found():
    assert len(list(shown())) >= 4


def test_the_tests_of_the_page_pass_and_print_what_it_shows(tmp_path):
    page = next(page for page in DOCS if page.name == "testing.md")
    every = blocks(read(page))
    (place,) = [i for i, block in enumerate(every) if block.text.startswith("pytest -q -rx")]
    shutil.copytree(EXAMPLES, tmp_path, dirs_exist_ok=True)
    words = [*shlex.split(every[place].text)[1:], "-p", "no:cacheprovider", "-p", "pytest_gcalc"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    *lines, last = every[place + 1].text.splitlines()
    assert run.returncode == 0, run.stdout
    assert [line for line in run.stdout.splitlines() if line.startswith("XFAIL")] == lines
    assert run.stdout.splitlines()[-1].partition(" in ")[0] == last.partition(" in ")[0]
