"""The README's two commands: complete on one line, in an environment of their own, and what .ci/run runs."""

from __future__ import annotations

import re
import shlex

import pytest

from .sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
COMMANDS = [block.strip() for block in SHELL if "-m venv" in block]


def test_there_are_two_commands():
    assert [command.rpartition("&& ")[2] for command in COMMANDS] == [
        ".venv/bin/gcalc verify",
        ".venv/bin/python -m pytest",
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_needs_python_and_pip_only(command):
    """One line; it makes .venv without ensurepip, which Debian ships apart, and fills only that."""
    assert "\n" not in command
    make, install, run = (shlex.split(part) for part in command.split(" && "))
    assert make == ["python3", "-m", "venv", "--without-pip", ".venv"]
    assert install[:6] == ["python3", "-m", "pip", "--python", ".venv/bin/python", "install"]
    assert run[0].startswith(".venv/bin/")


def test_the_continuous_integration_takes_its_commands_from_here():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    for command in COMMANDS:
        assert command not in script
