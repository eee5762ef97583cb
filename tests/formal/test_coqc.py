"""What coqc accepts, and what it must reject: wrong lines, wrong statements, proofs that give up."""

import random
import re
import subprocess

import pytest
from gcalc.proofs.definitions import G, J, K, X, convolve, g, h, j, k, total, x

from gcalc.formal.certificates import CLOSED
from gcalc.formal.coqc import Source, judge, recheck
from gcalc.kernel.terms import Fun, KernelError, Lam
from gcalc.lawbook import laws, theory
from gcalc.render.coq import Unsupported, export

from .mutants import changed, with_line

LAWS = list(laws().values())
PER_LAW = 2


def judged(folder, law, name, source=None):
    content = source or export(law, theory()).text
    return judge(folder, Source(name, content, ""), "8")


def test_the_third_line_of_3_as_printed_is_rejected(coq_folder):
    D, psi = Fun("D", (K, G)), Fun("psi", (K, J, X))
    printed = total(h, k, D(k, g) * psi(k, j, h**-1 * x))
    found = judged(coq_folder, with_line(laws()["eq3"], 0, 2, printed), "line3_as_printed")
    assert found.verdict == "FAILED"
    assert found.lemmas["eq3_1_2"] == "proved"
    assert found.lemmas["eq3_1_3"] == "failed"


def test_the_last_line_of_6_as_printed_is_rejected(coq_folder):
    D, f = Fun("D", (K, G)), Fun("f", (J, G))
    printed = convolve(Lam((h,), D(k, h)), Lam((h,), f(j, h)))(g)
    claim = next(n for n, c in enumerate(laws()["eq6"].claims) if c.name == "closing line")
    last = len(laws()["eq6"].claims[claim].derivation.lines) - 1
    found = judged(coq_folder, with_line(laws()["eq6"], claim, last, printed), "line4_as_printed")
    assert found.verdict == "FAILED"
    assert found.lemmas[f"eq6_1_{last}"] == "proved"
    assert found.lemmas[f"eq6_1_{last + 1}"] == "failed"


def lemma_with_context(source, name):
    """The section of the exported file up to its lemmas, then the lemma."""
    section = re.search(r"^(Section claim_(\w+)\..*?)^\(\* [^\n]*\nLemma ", source, re.M | re.S)
    lemma = re.search(rf"^Lemma {name} :.*?^Qed\.", source, re.M | re.S)
    return section[1], section[2], lemma[0]


def mutated(law, rng):
    """A line of the law, by chance, and the same line with something changed, as exported."""
    while True:
        claim = rng.randrange(len(law.claims))
        line = rng.randrange(len(law.claims[claim].derivation.lines))
        right = law.claims[claim].derivation.lines[line].term
        try:
            wrong = export(with_line(law, claim, line, rng.choice(list(changed(right)))), theory()).text
        except (Unsupported, KernelError):  # a step from the changed line back, as a fold, may not apply
            continue
        return line + 1, export(with_line(law, claim, line, right), theory()).text, wrong


def test_a_changed_line_of_every_law_is_rejected(coq_folder):
    rng = random.Random(20160619)
    script, names = [], []
    for number, law in enumerate([law for law in LAWS for _ in range(PER_LAW)]):
        line, *sources = mutated(law, rng)
        for kind, source in zip(("right", "wrong"), sources, strict=True):
            context, section, lemma = lemma_with_context(source, f"{law.id}_1_{line}")
            name = f"{kind}_{number}_{law.id}"
            lemma = re.sub(r"^Lemma \w+", f"Lemma {name}", lemma)
            script += [context, lemma, "Abort All.", f"End claim_{section}.", f"Locate Term {name}."]
            names.append(name)
    head = re.search(r"^From GCalc.*?(?=^\(\*)", sources[0], re.M | re.S)[0]
    session = subprocess.run(
        ["coqtop", "-q", "-w", "none", "-Q", ".", "GCalc"],
        input="\n".join([head, *script, ""]),
        cwd=coq_folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    accepted = {name for name in names if f"Constant Top.{name}\n" in session.stdout}
    assert accepted == {name for name in names if name.startswith("right")}


def test_a_proof_that_gives_up_is_not_believed(coq_folder):
    source = export(laws()["eq2"], theory()).text
    given_up = re.sub(r"^Proof\.\n.*?Qed\.", "Proof. Admitted.", source, count=1, flags=re.M | re.S)
    found = judged(coq_folder, None, "given_up", given_up)
    assert found.verdict == "FAILED"
    assert "Axioms:" in found.assumptions


def test_another_statement_is_not_accepted(coq_folder):
    source = export(laws()["eq2"], theory()).text.replace("Stmt_eq2", "Stmt_g_correlation_equivariance")
    found = judged(coq_folder, None, "another_statement", source)
    assert found.verdict == "FAILED"


def test_a_file_that_does_not_ask_for_its_assumptions_is_not_believed(coq_folder):
    source = export(laws()["eq2"], theory()).text.replace("Print Assumptions ok.\n", "")
    assert judged(coq_folder, None, "not_asked", source).verdict == "FAILED"


@pytest.mark.usefixtures("coq_folder")
def test_a_law_is_rechecked():
    (found,) = recheck([laws()["eq1"]], ())
    assert found.verdict == "PROVED"
    assert found.assumptions == CLOSED
    assert set(found.lemmas.values()) == {"proved"}
