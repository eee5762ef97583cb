"""Reports: JSON of a fixed form with every sample, pictures, exit codes, places to write to, and the tuned table."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace

import jsonschema
import pytest

from gcalc.bench import contestant
from gcalc.bench.campaign import bench, growth
from gcalc.bench.contestant import AbsentError, Entry
from gcalc.bench.environment import processors, threads_of
from gcalc.bench.growth import QUICK_AXES
from gcalc.bench.peers import FAMILIES
from gcalc.bench.plot import draw
from gcalc.bench.report import check_destination, write
from gcalc.bench.shape import QUICK, SHAPES, Shape
from gcalc.bench.tune import grid, tune
from gcalc.bench.tune import write as write_table
from gcalc.errors import MissingDependencyError, UnsupportedError, UsageError

from .contestants import SMALL, Clock, changed, entry, without_peers

SHAPE = Shape.parse(SMALL)
NUMBERS = {"type": "array", "items": {"type": "number", "exclusiveMinimum": 0}}
RATIO = {
    "type": "object",
    "required": ["median", "lower", "upper"],
    "additionalProperties": {"type": "number", "exclusiveMinimum": 0},
}
SCHEMA = {
    "type": "object",
    "required": [
        "schema_version", "kind", "environment", "options", "summary", "families", "rows", "curves", "measured",
    ],
    "additionalProperties": False,
    "properties": {
        "schema_version": {"const": 1},
        "kind": {"enum": ["ratios", "growth", "forms", "device"]},
        "environment": {
            "type": "object",
            "required": ["python", "numpy", "gcalc", "torch", "processor", "threads", "wait_policy", "blas", "date"],
        },
        "options": {"type": "object", "required": ["rounds", "threads", "seed"]},
        "summary": {"type": "object", "required": ["seconds", "verdicts", "required", "exit_code"]},
        "families": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    "subject", "name", "origin", "verdict", "reason", "note", "error", "seconds", "median", "ratios",
                ],
                "additionalProperties": False,
                "properties": {
                    "origin": {"enum": ["gcalc", "peer"]},
                    "verdict": {"enum": ["EXACT", "BOUNDED", "PROBABILISTIC", "FAILED", "NOT_TESTED"]},
                    "error": {"type": ["number", "null"]},
                    "seconds": {"type": "object", "additionalProperties": NUMBERS},
                    "median": {"type": "object", "additionalProperties": {"type": "number"}},
                    "ratios": {
                        "type": "object",
                        "additionalProperties": {"type": "object", "additionalProperties": RATIO},
                    },
                    "subject": {}, "name": {}, "reason": {}, "note": {},
                },
            },
        },
        "measured": {"type": "object", "additionalProperties": {"type": "object"}},
        "curves": {
            "type": "array",
            "items": {"type": "object", "required": ["axis", "algorithm", "task", "values", "measured", "derived"]},
        },
    },
}  # fmt: skip


def absent(case, threads):
    raise AbsentError("no such library; install it")


@pytest.fixture
def alone(monkeypatch):
    """No peer can be loaded."""
    without_peers(monkeypatch)


@pytest.fixture
def beside(alone, monkeypatch):
    """Ours takes one second, torch two, torch in another layout three; the others cannot be loaded."""
    clock = Clock()
    monkeypatch.setattr(contestant.time, "perf_counter", clock)
    peers = [
        entry("torch", origin="peer", clock=clock, seconds=2.0),
        entry("torch channels_last", origin="peer", clock=clock, seconds=3.0),
        Entry("GrouPy-like", "peer", absent),
    ]

    def run(*ours, **options):
        monkeypatch.setattr("gcalc.bench.campaign.Peers", lambda pythons, threads: Peers())
        mine = ours or [entry("direct", clock=clock)]
        return bench([SHAPE], rounds=3, threads=1, entries=mine, **options)

    class Peers:
        entries = peers
        environment = ()

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    return run


def test_the_fastest_of_a_family_is_what_counts(beside):
    report = beside()
    ours = report.rows[0]
    assert {family: found.median for family, found in report.ratios(ours)["step"].items()} == {"torch": 2.0}


def test_the_json_has_its_form_and_every_sample(beside, tmp_path):
    report = beside()
    write(report, tmp_path / "r.json")
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, SCHEMA)
    assert data["options"] == {"rounds": 3, "threads": 1, "seed": 0, "boundary": "periodic"}
    assert data["environment"]["threads"] == 1
    assert data["environment"]["wait_policy"] == "PASSIVE"
    assert data["families"] == {family: list(names) for family, names in FAMILIES.items()}
    assert [row["seconds"] for row in data["rows"][:2]] == [
        {"step": [1.0] * 3, "forward": [1.0] * 3},
        {"step": [2.0] * 3, "forward": [2.0] * 3},
    ]
    assert data["rows"][0]["ratios"]["step"] == {"torch": {"median": 2.0, "lower": 2.0, "upper": 2.0}}
    assert data["summary"]["verdicts"] == {"EXACT": 3, "NOT_TESTED": 1}
    assert os.listdir(tmp_path) == ["r.json"]


@pytest.mark.parametrize("fault", ["missing", "verdict"])
def test_the_form_refuses_another(fault, beside):
    data = json.loads(json.dumps(beside().as_json()))
    if fault == "missing":
        del data["rows"][0]["seconds"]
    else:
        data["rows"][0]["verdict"] = "PASSED"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


# ---- exit codes ----------------------------------------


def test_right_results_are_zero_and_a_wrong_one_is_one(beside):
    assert beside().exit_code() == 0
    wrong = entry("direct", changed("y", (0, 0, 0, 0, 0)))
    assert beside(wrong).exit_code() == 1


def test_absent_peers_change_nothing_unless_they_are_required(beside):
    assert beside(require=("torch",)).exit_code() == 0
    report = beside(require=("torch", "GrouPy-like", "escnn"))
    assert report.exit_code() == 1
    assert report.missed == ["GrouPy-like", "escnn"]


def test_a_peer_that_is_required_and_unknown_is_refused(beside):
    with pytest.raises(UsageError, match="no such peer; there are torch"):
        beside(require=("jax",))


def test_nothing_timed_is_three(alone):
    report = bench([SHAPE], rounds=1, threads=1, entries=[Entry("direct", "gcalc", absent)])
    assert report.exit_code() == 3
    assert {row.verdict for row in report.rows} == {"NOT_TESTED"}
    with pytest.raises(UnsupportedError, match="nothing was timed"):
        draw(report, "svg")


# ---- places ----------------------------------------


@pytest.mark.parametrize("name", ["r.txt", "r", "nowhere/r.json", "folder.json"])
def test_a_place_that_cannot_be_written_is_refused_before_the_work(name, tmp_path):
    (tmp_path / "folder.json").mkdir()
    with pytest.raises(UsageError, match="--report"):
        check_destination(tmp_path / name)


# ---- pictures ----------------------------------------


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_ratios_are_drawn(suffix, start, beside, tmp_path):
    pytest.importorskip("matplotlib", reason="the extra bench is not installed")
    place = tmp_path / f"r.{suffix}"
    write(beside(), place)
    assert place.read_bytes().startswith(start)


def test_a_picture_is_the_same_again_and_another_for_other_times(beside):
    pytest.importorskip("matplotlib", reason="the extra bench is not installed")
    report = beside()
    slower = replace(report.rows[0], seconds={"step": [1.5] * 3, "forward": [1.5] * 3})
    assert b"torch" in draw(report, "svg")
    assert draw(report, "svg") == draw(report, "svg")
    assert draw(report, "svg") != draw(replace(report, rows=[slower, *report.rows[1:]]), "svg")


def test_growth_is_drawn():
    pytest.importorskip("matplotlib", reason="the extra bench is not installed")
    report = growth({"K": QUICK_AXES["K"]}, rounds=1, threads=1)
    assert {curve.algorithm for curve in report.curves} == {"direct", "fourier", "winograd"}
    jsonschema.validate(json.loads(json.dumps(report.as_json())), SCHEMA)
    assert draw(report, "svg").startswith(b"<?xml")


def test_without_matplotlib_the_extra_is_named(beside, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingDependencyError, match="extra bench"):
        draw(beside(), "svg")


# ---- threads ----------------------------------------


def test_threads_are_limited_and_wait_asleep_for_the_time_of_a_run(monkeypatch):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    before = processors()
    with threads_of(1):
        assert processors() == 1
        assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
    assert processors() == before
    assert "OMP_WAIT_POLICY" not in os.environ
    with pytest.raises(UsageError, match="at most as many"), threads_of(before + 1):
        pass


# ---- the tuned table ----------------------------------------


def test_a_table_has_times_relative_to_the_fastest_and_leaves_out_who_is_wrong(tmp_path, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(contestant.time, "perf_counter", clock)
    entries = [
        entry("direct", clock=clock, seconds=3.0),
        entry("fourier", clock=clock, seconds=2.0),
        entry("winograd", changed("y", (0, 0, 0, 0, 0)), clock=clock),
    ]
    tuned = tune([SHAPE], rounds=2, threads=1, entries=entries)
    write_table(tuned, tmp_path / "t.json")
    data = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert data["schema_version"] == 1
    assert data["rows"] == [
        {
            "order": 4, "dimension": 2, "channels_in": 8, "channels_out": 8, "lattice": 4, "box": 3, "batch": 2,
            "boundary": "periodic", "times": {"direct": 1.5, "fourier": 1.0},
        }
    ]  # fmt: skip
    assert tuned.exit_code() == 1
    assert "winograd: y at" in tuned.failures[0]


def test_the_grid_has_every_default_shape_and_all_orders():
    shapes = grid()
    assert set(SHAPES) <= set(shapes)
    assert len(shapes) == len(set(shapes))
    assert {shape.order for shape in shapes} == {1, 2, 4, 8}
    assert QUICK
