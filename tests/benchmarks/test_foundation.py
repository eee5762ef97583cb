"""The benchmark runs in its reduced mode, compares the peers' values, and writes between its markers only. No times."""

from __future__ import annotations

import json
import subprocess
import sys

import click
import numpy as np
import pytest

from . import foundation
from .foundation import BEGIN, END, PAGE, ROOT, Row

ROW = Row("`a`", "< 1 s", "0.5 s", "yes", "`b` 1 s, ratio 0.50")


def test_the_reduced_mode_runs_and_rewrites_a_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    words = ["-m", "tests.benchmarks.foundation", "--quick", "--json", "--write", "--page", str(page)]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert {row["what"].split(",")[0] for row in rows} == {
        "`gcalc verify --profile smoke --law eq1`",
        "`import gcalc`",
        "`import gcalc; gcalc.group('p4m'); from gcalc import reference`",
        "`reference.correlate`",
        "`fast.Cases`",
    }
    assert all(row["met"] in (("yes", "no") if row["asked"] else ("",)) for row in rows)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "old" not in text
    assert all(f"| {row['what']} |" in text for row in rows)


def test_what_stands_between_the_markers_is_replaced_and_nothing_else():
    page = foundation.rewritten(f"a\n{BEGIN}\nold\n{END}\nz\n", "new")
    assert page == f"a\n{BEGIN}\n\nnew\n\n{END}\nz\n"
    assert foundation.rewritten(page, "new") == page


@pytest.mark.parametrize(
    "page", ["", BEGIN, f"{END} {BEGIN}", f"{BEGIN} {BEGIN} {END}", f"{BEGIN} {END} {END}"]
)
def test_a_page_without_its_markers_is_refused(page):
    with pytest.raises(click.ClickException, match="once each"):
        foundation.rewritten(page, "new")


def test_the_committed_page_has_its_markers():
    assert foundation.rewritten(PAGE.read_text(encoding="utf-8"), "new").count("new") >= 1


def test_the_table_has_a_line_a_row():
    lines = foundation.markdown([ROW, ROW], "caption").splitlines()
    assert lines[0] == "caption."
    assert [line.count("|") for line in lines[2:]] == [6] * 4


def test_a_peer_with_other_values_is_refused():
    with pytest.raises(click.ClickException, match="differ on C4"):
        foundation.rates("C4", {"wrong": lambda f, psi: np.zeros((2, 4))}, 1, rounds=1, calls=1)


def test_a_command_that_fails_is_told():
    with pytest.raises(click.ClickException, match="exit code 2"):
        foundation.command(("verify", "--law", "nothing"), 1, runs=1)
