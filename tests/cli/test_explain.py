"""`gcalc explain`: the page of a code, shipped with the package."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from gcalc.check.diagnosis.codes import CODES
from gcalc.cli import main


def run(*words):
    return CliRunner(env={"COLUMNS": "72"}).invoke(main, ["explain", *words])


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_its_page(code):
    result = run(code)
    assert result.exit_code == 0
    assert result.output.startswith(f"# {code}\n")
    assert "**To mend it.**" in result.output


def test_without_a_code_the_list():
    result = run()
    assert [line.split()[0] for line in result.output.splitlines() if not line.startswith(" ")] == sorted(
        CODES
    )
    assert max(map(len, result.output.splitlines())) <= 72


@pytest.mark.parametrize(
    ("code", "says"), [("boundry", "there is boundary"), ("q", "there are axis_flipped, ")]
)
def test_no_such_code(code, says):
    result = run(code)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"gcalc: no code {code!r}; {says}")
    assert result.stderr.count("\n") == 1
