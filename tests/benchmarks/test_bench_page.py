"""The tables of docs/bench.md are those of the reports beside it, which tell what they must."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from gcalc.bench.counts import COUNTS
from gcalc.bench.shape import Shape

from . import bench_page
from .bench_page import PAGE, REPORTS, TABLES, filled


def test_the_page_has_the_tables_of_the_reports():
    text = PAGE.read_text(encoding="utf-8")
    assert filled(text) == text, "python -m tests.benchmarks.bench_page"


@pytest.mark.parametrize("name", TABLES)
def test_a_report_is_complete_and_nothing_in_it_failed(name):
    data = json.loads((REPORTS / f"{name}.json").read_text(encoding="utf-8"))
    assert data["kind"] == name
    assert data["summary"]["exit_code"] == 0
    assert {row["verdict"] for row in data["rows"]} <= {"EXACT", "BOUNDED", "NOT_TESTED"}
    assert all(
        len(taken) == data["options"]["rounds"] for row in data["rows"] for taken in row["seconds"].values()
    )


def test_every_algorithm_and_peer_was_timed():
    data = json.loads((REPORTS / "ratios.json").read_text(encoding="utf-8"))
    timed = {row["name"] for row in data["rows"] if row["seconds"]}
    assert timed >= set(COUNTS) | {name for names in data["families"].values() for name in names}


def test_the_counts_of_the_growth_report_are_those_that_are_derived():
    data = json.loads((REPORTS / "growth.json").read_text(encoding="utf-8"))
    shapes = {
        axis: [
            Shape.parse(subject.split()[0])
            for subject in dict.fromkeys(row["subject"] for row in data["rows"])
            if subject.endswith(f"along {axis}")
        ]
        for axis in ("|P|", "K", "N", "k")
    }
    assert {curve["axis"] for curve in data["curves"]} == shapes.keys()
    for curve in data["curves"]:
        counted = [COUNTS[curve["algorithm"]](shape, curve["task"]) for shape in shapes[curve["axis"]]]
        assert curve["multiplications"] == counted


def test_a_page_is_rewritten_between_its_markers_only(tmp_path):
    page = tmp_path / "page.md"
    markers = "".join(f"<!-- {name}: begin -->\nold\n<!-- {name}: end -->\nuntouched\n" for name in TABLES)
    page.write_text(markers, encoding="utf-8")
    result = CliRunner().invoke(bench_page.main, ["--page", str(page)])
    assert result.exit_code == 0, result.output
    text = page.read_text(encoding="utf-8")
    assert text.count("untouched") == len(TABLES)
    assert "old" not in text
    assert "| winograd | step |" in text
    with pytest.raises(click.ClickException, match="must have"):
        filled("no markers")
