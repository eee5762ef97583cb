"""`gcalc prove` in this process: the list, a law, errata as a difference, widths, exit codes, options."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner

import gcalc
from gcalc import lawbook
from gcalc.cli import main
from gcalc.interpret.witness import evaluate
from gcalc.lawbook import errata


def prove(*words, columns=100, **environment):
    return CliRunner().invoke(main, ["prove", *map(str, words)], env={"COLUMNS": str(columns), **environment})


def assert_refused(result, *told):
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("gcalc: ")
    assert result.stderr.count("\n") == 1
    for words in told:
        assert words in result.stderr


@pytest.fixture(scope="module")
def listed():
    return prove()


# ---- the list


def test_the_list_has_every_law_with_the_state_of_every_reading(listed):
    assert listed.exit_code == 0
    rows = {
        line.split()[0]: line
        for line in listed.stdout.splitlines()
        if line.split()[:1] and line.split()[0] in gcalc.laws()
    }
    assert rows.keys() == gcalc.laws().keys()
    assert all(row.count("PROVED") == 3 and row.endswith("NOT_TESTED") for row in rows.values())
    assert listed.stdout.splitlines()[0].split() == ["law", "kernel", "second", "checker", "formal", "exact"]
    assert "NOT_TESTED exact: run gcalc verify --law LAW: every law" in listed.stdout


def test_a_wide_terminal_has_the_titles_too(monkeypatch):
    few(monkeypatch, "eq1", "eq2")
    lines = prove(columns=140).stdout.splitlines()
    assert lines[1].startswith("eq1  Planar correlation of a rotated image")


@pytest.mark.parametrize("columns", [40, 60])
def test_the_list_on_a_narrow_terminal(columns, monkeypatch):
    few(monkeypatch, "eq1", "eq6_line4_as_printed")
    lines = prove(columns=columns).stdout.splitlines()
    assert max(map(len, lines)) <= columns
    assert any(line.split() == ["formal:", "PROVED"] or "PROVED" in line for line in lines)


def few(monkeypatch, *ids):
    """Let the book have these laws only."""
    kept = MappingProxyType({id: gcalc.laws()[id] for id in ids})
    monkeypatch.setattr(lawbook, "laws", lambda: kept)
    modules = ("cli.derivation", "verify.campaign", "verify.planning", "formal.certificates")
    for module in (f"gcalc.{name}" for name in modules):
        monkeypatch.setattr(f"{module}.laws", lambda: kept)


# ---- a law


def test_a_law_from_its_states_to_its_lines():
    said = prove("eq2").stdout
    assert said.splitlines()[:3] == [
        "eq2  Pooling commutes with the action",
        "source: supplement (2)",
        "hypotheses: U is non-empty",
    ]
    for line in (
        "  kernel: PROVED, 7 steps recomputed",
        "  second checker: PROVED, 6 lines decided by normal forms",
        "  definition pool: [P_U a](j, g) = ⊕_{h ∈ gU} a(j, h)",
        "  for all g ∈ G, j ∈ J, u ∈ G, f: J × G → R, U ⊆ G:",
        "    [P_U L_u f](j, g) = [L_u P_U f](j, g)",
        " 0  [P_U L_u f](j, g)",
        " 3  = ⊕_{h ∈ G : uh ∈ gU} f(j, h)   reindex h → uh; group axioms [reindex, word]",
        " 6  = [L_u P_U f](j, g)             definition of left_translate [unfold ←]",
    ):
        assert line in said.splitlines()


def test_a_narrow_terminal_has_the_reason_below():
    lines = prove("eq2", columns=60).stdout.splitlines()
    at = lines.index(" 3  = ⊕_{h ∈ G : uh ∈ gU} f(j, h)")
    assert lines[at + 1] == "        reindex h → uh; group axioms [reindex, word]"


@pytest.mark.parametrize("columns", [40, 60, 80])
@pytest.mark.parametrize("law", ["eq6", "all_equivariant_linear_maps", "split_theorem"])
def test_no_line_is_wider_than_the_terminal(law, columns):
    result = prove(law, columns=columns)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= columns


def test_hypotheses_stand_before_what_they_prove():
    said = prove("planar_commutes_iff").stdout
    assert "  if psi(k, j, r(x)) = psi(k, j, x) for all k, j, x (psi ∘ r = psi)," in said
    assert "claim 1 of 2: if" in said


def test_several_laws_one_after_the_other():
    said = prove("eq2", "eq1", "eq2").stdout
    assert said.index("eq2  Pooling") < said.index("eq1  Planar")
    assert said.count("eq2  Pooling") == 1


def test_piped_output_has_no_colours():
    result = subprocess.run(
        [sys.executable, "-m", "gcalc", "prove", "eq2"], capture_output=True, timeout=60, check=True
    )
    assert b"\x1b" not in result.stdout
    assert result.stderr == b""


def test_a_terminal_has_colours():
    assert "\x1b[32m" in prove("eq2", FORCE_COLOR="1", TERM="xterm-256color").stdout


# ---- errata


def test_eq6_shows_the_difference():
    lines = prove("eq6").stdout.splitlines()
    at = lines.index("  E2, (6), line 4: the involution on the gradient at the output is missing")
    assert lines[at + 1 : at + 3] == [
        "    - printed    [D(k, ·) ∗ f(j, ·)](g)",
        "    + corrected  [[D(k, ·)]* ∗ f(j, ·)](g)",
    ]
    rest = " ".join(" ".join(lines[at:]).split())
    assert "eq6_line4_as_printed (both directions)" in rest
    witness = "witness on C3, D = [[0, 1, 0]], f = [[1, 0, 0]], g = 1: "
    assert witness + "[D(k, ·) ∗ f(j, ·)](g) is 1, [[D(k, ·)]* ∗ f(j, ·)](g) is 0" in rest


def test_a_witness_is_evaluated_and_not_copied(monkeypatch):
    from gcalc import reference

    right = reference.convolve
    monkeypatch.setattr(reference, "convolve", lambda G, a, b: 7 * right(G, a, b))
    assert "[D(k, ·) ∗ f(j, ·)](g) is 7" in " ".join(prove("eq6").stdout.split())


WITNESSES = [pytest.param(e, w, id=f"{e.id}-{i}") for e in errata() for i, w in enumerate(e.witnesses)]


@pytest.mark.parametrize(("erratum", "witness"), WITNESSES)
def test_a_witness_comes_to_what_is_recorded(erratum, witness):
    assert evaluate(witness, lawbook.theory()) == (witness.printed, witness.corrected)
    assert isinstance(erratum.corrected, str) or erratum.corrected == witness.line


@pytest.mark.parametrize("erratum", errata(), ids=lambda e: e.id)
def test_every_erratum_is_shown_by_its_law(erratum):
    said = prove(erratum.law).stdout
    assert f"  {erratum.id}, " in said
    assert said.count("- printed ") == said.count("+ corrected ")


# ---- evaluations


def test_a_group_is_read_now():
    said = prove("eq2", "--group", "S3").stdout
    assert "exact: EXACT, " in said
    assert "cases on S3" in said


def test_a_report_is_taken_at_its_word(tmp_path):
    file = tmp_path / "run.json"
    CliRunner().invoke(
        main, ["verify", "--law", "eq2", "--group", "C2", "--group", "C3", "--report", str(file)]
    )
    said = prove("eq2", "--report", file).stdout
    assert "  exact: EXACT, " in said
    assert " cases on C2, C3, run.json" in said
    assert "  property: " in said
    assert "  exact: NOT_TESTED, run gcalc verify --law eq1" in prove("eq1", "--report", file).stdout
    report = json.loads(file.read_text(encoding="utf-8"))
    report["checks"] = [check | {"verdict": "FAILED"} for check in report["checks"]]
    file.write_text(json.dumps(report), encoding="utf-8")
    assert prove("eq2", "--report", file).exit_code == 1


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema_version": 1, "checks": [{}]}', '{"schema_version": 1, "checks": 3}']
)
def test_a_file_that_is_no_report_is_refused(content, tmp_path):
    file = tmp_path / "run.json"
    file.write_text(content, encoding="utf-8")
    assert_refused(prove("eq2", "--report", file), "run.json", "gcalc verify --report")


def test_a_report_of_another_version_or_none_is_refused(tmp_path):
    file = tmp_path / "run.json"
    file.write_text('{"schema_version": 99, "checks": []}', encoding="utf-8")
    assert_refused(prove("eq2", "--report", file), "another version")
    assert_refused(prove("eq2", "--report", tmp_path / "no.json"), "cannot be read")


# ---- refusals


@pytest.mark.parametrize("mode", [(), ("--latex",), ("--coq",)])
def test_an_unknown_law_is_refused_with_the_closest(mode):
    assert_refused(prove("eq9", *mode), "no law 'eq9'", "eq6")


@pytest.mark.parametrize(
    "words",
    [
        ("--latex",),
        ("eq2", "--latex", "--coq"),
        ("--latex", "--pages", "x", "eq2"),
        ("eq2", "--output", "x"),
        ("eq2", "--pages", "x"),
        ("--pages", "eq2"),
        ("eq2", "--group", "S3", "--report", "x.json"),
        ("eq2", "--latex", "--group", "S3"),
        ("eq2", "--group", "S99x"),
        ("eq2", "--nothing"),
    ],
)
def test_what_cannot_go_together_is_refused(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert_refused(prove(*words))
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_does_not_follow_fails(monkeypatch):
    law = gcalc.laws()["eq2"]
    (claim,) = law.claims
    lines = claim.derivation.lines
    wrong = replace(lines[2], term=lines[1].term)
    derivation = replace(claim.derivation, lines=(*lines[:2], wrong, *lines[3:]))
    book = MappingProxyType({"eq2": replace(law, claims=(replace(claim, derivation=derivation),))})
    monkeypatch.setattr(lawbook, "laws", lambda: book)
    modules = ("cli.derivation", "verify.campaign", "verify.planning", "formal.certificates")
    for module in (f"gcalc.{name}" for name in modules):
        monkeypatch.setattr(f"{module}.laws", lambda: book)
    one, whole = prove("eq2"), prove()
    assert (one.exit_code, whole.exit_code) == (1, 1)
    assert "kernel: FAILED, refused: line 3: " in one.stdout
    assert "FAILED kernel: refused: line 3" in whole.stdout


# ---- other forms


def test_latex_is_a_display_a_claim():
    said = prove("eq3", "--latex").stdout
    assert said.count(r"\begin{align*}") == said.count(r"\end{align*}") == 2
    assert said.startswith("% eq3: chain rule\n")
    assert (
        r"&= \mathrm{ig}(D, \psi)_{j}(x) && \text{definition of input\_gradient [unfold backward]} \\" in said
    )


def test_pages_go_where_they_are_told_or_to_the_docs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gcalc.cli.pages.rendered", lambda found: {"index.html": "<p>⋆</p>\n"})
    assert prove("--pages").stdout == "wrote 1 pages to docs/derivations\n"
    assert prove("--pages", "here").exit_code == 0
    for folder in ("docs/derivations", "here"):
        assert [path.name for path in (tmp_path / folder).iterdir()] == ["index.html"]
        assert (tmp_path / folder / "index.html").read_text(encoding="utf-8") == "<p>⋆</p>\n"


def test_the_help_fits_the_terminal():
    result = subprocess.run(
        [sys.executable, "-m", "gcalc", "prove", "--help"],
        env=os.environ | {"COLUMNS": "60"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert max(map(len, result.stdout.splitlines())) <= 60


def test_the_page_shows_what_is_printed():
    page = (Path(__file__).resolve().parents[2] / "docs" / "prove.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert shown == prove("eq2").stdout, "paste what gcalc prove eq2 prints on 100 columns into docs/prove.md"
