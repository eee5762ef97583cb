import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from gcalc.cli.main import main
from gcalc.errors import UsageError
from gcalc.formal import certificates
from gcalc.formal.certificates import (
    CLOSED,
    THEOREMS,
    certified,
    certified_theorems,
    read_certificates,
    write,
)
from gcalc.lawbook import laws
from gcalc.verify import verify

LAWS = list(laws().values())


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_every_law_has_a_certificate_of_todays_text(law):
    found = certified(law)
    assert found.verdict == "PROVED", found.reason
    assert found.proved == sum(len(claim.derivation.lines) + 1 for claim in law.claims)


@pytest.mark.parametrize("name", THEOREMS)
def test_every_file_written_by_hand_has_one(name):
    assert certified_theorems(name).verdict == "PROVED"


def test_there_is_none_of_laws_that_are_gone():
    assert {*read_certificates()["laws"]} == {*laws()}
    assert {*read_certificates()["theorems"]} == {*THEOREMS}


def changed(monkeypatch, **entries):
    stored = read_certificates()
    stored["laws"]["eq3"] |= entries
    monkeypatch.setattr(certificates, "read_certificates", lambda: stored)


def test_another_hash_is_not_believed(monkeypatch):
    changed(monkeypatch, hash="0" * 64)
    found = certified(laws()["eq3"])
    assert found.verdict == "NOT_TESTED"
    assert "another text" in found.reason


def test_another_derivation_is_not_believed():
    law = laws()["eq3"]
    assert certified(replace(law, claims=law.claims[::-1])).verdict == "NOT_TESTED"


def test_a_change_that_coq_does_not_see_is_not_believed():
    law = laws()["eq3"]
    claim = law.claims[0]
    first = claim.derivation.lines[0]
    longer = replace(
        claim.derivation, lines=(replace(first, reason=f"{first.reason}"), *claim.derivation.lines[1:])
    )
    assert (
        certified(replace(law, claims=(replace(claim, derivation=longer), *law.claims[1:]))).verdict
        == "PROVED"
    )
    other = replace(claim.derivation, lines=(replace(first, reason="none"), *claim.derivation.lines[1:]))
    assert (
        certified(replace(law, claims=(replace(claim, derivation=other), *law.claims[1:]))).verdict
        == "NOT_TESTED"
    )


@pytest.mark.parametrize("name", ["Rules", "Statements"])
def test_another_library_is_not_believed(monkeypatch, name):
    original = certificates.text
    monkeypatch.setattr(certificates, "text", lambda asked: original(asked) + " " * (asked == name))
    assert certified(laws()["eq3"]).verdict == "NOT_TESTED"
    assert certified_theorems("Planar").verdict == "NOT_TESTED"


def test_no_certificate_is_not_believed(monkeypatch):
    monkeypatch.setattr(certificates, "read_certificates", lambda: {"laws": {}, "theorems": {}})
    assert certified(laws()["eq3"]).verdict == "NOT_TESTED"


def test_a_certificate_of_a_failure_says_so(monkeypatch):
    changed(monkeypatch, assumptions="Axioms: eq3_1_2")
    assert certified(laws()["eq3"]).verdict == "FAILED"
    changed(monkeypatch, lemmas={"eq3_1_1": "proved", "eq3_1_2": "failed"})
    assert certified(laws()["eq3"]).verdict == "FAILED"


def test_what_is_written_is_what_was_found(tmp_path):
    with pytest.raises(UsageError, match=r"no Rules\.v"):
        write(tmp_path, [])
    (tmp_path / "Rules.v").write_text(certificates.text("Rules"))
    results = [certified(law) for law in LAWS[:3]]
    write(tmp_path, results)
    assert json.loads((tmp_path / "certificates.json").read_text()) == read_certificates()
    assert {path.name for path in tmp_path.iterdir()} == {
        "Rules.v",
        "certificates.json",
        *(f"{law.id}.v" for law in LAWS[:3]),
    }


def test_the_formal_reading_reads_certificates():
    report = verify(laws=["eq1", "eq6"], readings=["formal"])
    assert [(check.verdict, check.backend, check.complete) for check in report.checks] == [
        ("PROVED", "coq", True)
    ] * 2
    assert all(CLOSED in check.reason for check in report.checks)


def test_without_coqc_certificates_are_shown_and_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["prove", "--coq", "eq1"])
    assert said.exit_code == 0, said.output
    assert "no coqc on the path" in said.output
    assert "certificate of Coq" in said.output
    assert list(tmp_path.iterdir()) == []


def test_a_law_that_is_not_there_is_a_usage_error():
    said = CliRunner().invoke(main, ["prove", "--coq", "eq9"])
    assert said.exit_code == 2
    assert "no law 'eq9'" in said.output
