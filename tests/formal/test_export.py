import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from gcalc.proofs.definitions import THEORY, G, J, g, h, j

from gcalc.formal.certificates import FOLDER, LIBRARY, THEOREMS, Formal, certified, exported, text
from gcalc.kernel import terms as t
from gcalc.kernel.replay import Statement
from gcalc.lawbook import laws, theory
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import reindex
from gcalc.render.coq import export

LAWS = list(laws().values())
GIVES_UP = re.compile(
    r"\b(Admitted|admit|Axioms?|Parameters?|Conjecture|bypass_check|Unset\s+Guard|Declare\s+Module)\b"
)


def hand_written():
    return [*LIBRARY, *THEOREMS]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_what_is_committed_is_what_is_exported(law):
    made = exported(law)
    assert not isinstance(made, Formal), made.reason
    assert (FOLDER / f"{law.id}.v").read_text(encoding="utf-8") == made.text


def test_nothing_else_is_committed():
    committed = {path.name.removesuffix(".v") for path in FOLDER.iterdir() if path.name.endswith(".v")}
    assert committed == {*laws(), *hand_written()}
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.v" for name in committed} | {
        "certificates.json"
    }


def test_the_export_does_not_depend_on_the_order_of_sets():
    program = (
        "from gcalc.lawbook import laws, theory\nfrom gcalc.render.coq import export\nimport hashlib\n"
        "print(hashlib.sha256(''.join(export(law, theory()).text for law in laws().values()).encode()).hexdigest())"
    )
    here = hashlib.sha256("".join(export(law, theory()).text for law in LAWS).encode()).hexdigest()
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    there = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert there.stdout.strip() == here


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_there_is_a_lemma_for_every_printed_line(law):
    made = export(law, theory())
    lines = sum(len(claim.derivation.lines) for claim in law.claims)
    assert len(made.lemmas) == lines
    assert all(f"Lemma {name} :" in made.text for name in made.lemmas)
    assert len(re.findall(r"^Theorem ", made.text, re.MULTILINE)) == len(law.claims)
    assert f"Definition ok : Stmt_{law.id} :=" in made.text


def without_comments(source):
    return re.sub(r"\(\*.*?\*\)", "", source, flags=re.DOTALL)


@pytest.mark.parametrize("name", [*hand_written(), *laws()])
def test_no_file_gives_up(name):
    source = without_comments(text(name))
    assert GIVES_UP.findall(source) == []
    assert source.count("Proof.") == len(re.findall(r"\b(?:Qed|Abort)\.", source))


def test_a_file_that_gives_up_is_found():
    assert GIVES_UP.findall("Lemma l : False.\nProof. Admitted.")
    assert GIVES_UP.findall("Axiom a : False.")


def test_only_goals_are_aborted():
    for name in hand_written():
        for proof in re.findall(
            r"^(?:Lemma|Theorem|Goal|Corollary).*?\b(?:Qed|Abort)\.", text(name), re.M | re.S
        ):
            assert proof.startswith("Goal") == proof.endswith("Abort."), proof.split("\n")[0]


def test_every_statement_is_of_a_law():
    assert {*re.findall(r"^Definition Stmt_(\w+)", text("Statements"), re.MULTILINE)} == {*laws()}


def test_a_law_that_cannot_be_exported_says_why():
    f = t.Fun("f", (J, G))
    statement = Statement(t.Big("max", h, f(j, h)), t.Big("max", h, f(j, g * h)))
    derivation = derive(THEORY, statement, [(qed, reindex(h, to=g * h))])
    law = Law("of_maxima", "A maximum does not move", (Claim("maximum", derivation),), "none")
    assert certified(law).verdict == "NOT_TESTED"
    assert "the operation max" in certified(law).reason


def test_a_law_without_a_statement_written_by_hand_says_so():
    law = replace(laws()["eq1"], id="eq1_again")
    assert certified(law).verdict == "NOT_TESTED"
    assert "Stmt_eq1_again" in certified(law).reason


def test_a_law_with_a_step_that_is_refused_says_so():
    law = laws()["eq2"]
    claim = law.claims[0]
    first, second, third, *rest = claim.derivation.lines
    lines = (
        first,
        second,
        replace(third, steps=(replace(third.steps[0], arguments=("up",)), *third.steps[1:])),
        *rest,
    )
    broken = replace(claim, derivation=replace(claim.derivation, lines=lines))
    found = exported(replace(law, claims=(broken,)))
    assert found.verdict == "NOT_TESTED"
    assert "a step is refused" in found.reason
