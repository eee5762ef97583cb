"""`gcalc bench` as a command: what it prints at every width, what it refuses, exit codes, and where it writes."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner

from gcalc.bench import ours
from gcalc.bench.contestant import Contestant, Entry, Results
from gcalc.bench.tune import table_of_plans
from gcalc.cli import main

from ..bench.contestants import without_peers

QUICK = ("bench", "--shape", "1,1,p4,4,3", "--rounds", "2", "--threads", "1")


def run(*words, columns=200):
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, [*words])


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No peer can be loaded, so that these tests are quick and the same everywhere."""
    without_peers(monkeypatch)


@pytest.fixture
def wrong(monkeypatch):
    """An algorithm that gives zeros."""

    class Zeros(Contestant):
        def __init__(self, case):
            self.case = case

        def run(self, task):
            raise AssertionError("it was timed")

        def results(self):
            return Results(self.case.d * 0, self.case.f * 0, self.case.psi * 0)

    entries = [*ours.entries(), Entry("zeros", "gcalc", lambda case, threads: Zeros(case))]
    monkeypatch.setattr(ours, "entries", lambda: entries)


def test_every_algorithm_has_a_line_and_absent_peers_are_told():
    result = run(*QUICK)
    assert result.exit_code == 0, result.output
    for name in ("direct", "fourier", "winograd"):
        assert name in result.output
    assert "NOT_TESTED" in result.output
    assert "--peer-python" in result.output
    assert "2 rounds" in result.output


def test_the_boundary_is_that_of_the_layer(tmp_path):
    result = run(*QUICK, "--boundary", "zero", "--report", str(tmp_path / "r.json"))
    assert result.exit_code == 0, result.output
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert data["options"]["boundary"] == "zero"
    assert [row["verdict"] for row in data["rows"] if row["origin"] == "gcalc"] == ["EXACT"] * 3


def test_a_wrong_algorithm_is_failed_and_not_timed(wrong):
    result = run(*QUICK)
    assert result.exit_code == 1
    assert "FAILED" in result.output
    assert "zeros: y at" in result.output


def test_a_required_peer_that_is_absent_fails():
    result = run(*QUICK, "--require", "torch")
    assert result.exit_code == 1
    assert "required, but not timed: torch" in result.output


@pytest.mark.parametrize("columns", [50, 80, 200])
@pytest.mark.parametrize("words", [QUICK, ("bench", "--growth", "--quick", "--rounds", "1")], ids=" ".join)
def test_what_it_prints_fits_the_terminal(words, columns):
    """Growth has a table of more than 80 columns, which becomes lines."""
    result = run(*words, columns=columns)
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= columns
    assert ("algorithm direct, task step" in result.output) == ("--growth" in words and columns <= 80)


def test_nothing_is_written_but_where_it_was_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = table_of_plans().exists()
    assert run(*QUICK, "--report", "r.json").exit_code == 0
    assert os.listdir(tmp_path) == ["r.json"]
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["kind"] == "ratios"
    assert table_of_plans().exists() == before


@pytest.mark.parametrize("mode", ["--growth", "--forms", "--tune"])
def test_the_other_modes_run(mode, tmp_path):
    place = tmp_path / "r.json"
    result = run("bench", mode, "--quick", "--rounds", "1", "--report", str(place))
    assert result.exit_code == 0, result.output
    assert json.loads(place.read_text(encoding="utf-8"))["rows"]


def test_a_tuned_table_is_written_where_plans_read_it(tmp_path, monkeypatch):
    monkeypatch.setattr("gcalc.bench.tune.table_of_plans", lambda: tmp_path / "tuned.json")
    result = run("bench", "--tune", "--write", "--quick", "--rounds", "1")
    assert result.exit_code == 0, result.output
    rows = json.loads((tmp_path / "tuned.json").read_text(encoding="utf-8"))["rows"]
    assert {min(row["times"].values()) for row in rows} == {1.0}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--shape", "1,1,p4"), "B,K,group,N,k"),
        (("--shape", "1,1,p5,4,3"), "p5"),
        (("--growth", "--forms"), "cannot go with"),
        (("--write",), "--tune"),
        (("--growth", "--shape", "1,1,p4,4,3"), "--shape cannot go with --growth"),
        (("--tune", "--require", "torch"), "--require cannot go with --tune"),
        (("--forms", "--peer-python", "python"), "--peer-python cannot go with --forms"),
        (("--boundary", "valid"), "--boundary"),
        (("--tune", "--boundary", "zero"), "--boundary cannot go with --tune"),
        (("--require", "jax"), "no such peer"),
        (("--rounds", "0"), "rounds"),
        (("--threads", "4096"), "--threads 4096"),
        (("--peer-python", "nowhere/python"), "no worker starts there"),
        (("--report", "r.txt"), ".json"),
        (("--tune", "--report", "r.svg"), ".json"),
        (("--report", "nowhere/r.json"), "no folder"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("bench", "--quick", *words)
    assert result.exit_code == 2
    assert told in result.output
    assert result.output.count("\n") == 1
    assert os.listdir(tmp_path) == []
