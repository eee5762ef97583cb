"""Golden lines: (1), (2), (3) and (6) beside what the supplement prints, and the notation piece by piece."""

from __future__ import annotations

import pytest

import gcalc
from gcalc.errors import GcalcError
from gcalc.kernel.terms import Scalar
from gcalc.lawbook import errata
from gcalc.render.fragment import fragment
from gcalc.render.latex import latex
from gcalc.render.latex import write as write_latex
from gcalc.render.reasons import lines, rules
from gcalc.render.statement import hypothesis, statement, symbols
from gcalc.render.text import text, write

LINES = {
    # [[L_r f] ⋆ psi](x) = Σ_y Σ_k L_r f_k(y) psi_k(y − x) and six more
    ("eq1", 0): [
        "[[L_r f] ⋆ psi](k, x)",
        "Σ_{y ∈ T} Σ_j [L_r f](j, y) psi(k, j, x⁻¹y)",
        "Σ_{y ∈ T} Σ_j f(j, r⁻¹(y)) psi(k, j, x⁻¹y)",
        "Σ_{y ∈ T} Σ_j f(j, y) psi(k, j, x⁻¹r(y))",
        "Σ_{y ∈ T} Σ_j f(j, y) psi(k, j, r(r⁻¹(x)⁻¹y))",
        "Σ_{y ∈ T} Σ_j f(j, y) [L_{r⁻¹} psi](k, j, r⁻¹(x)⁻¹y)",
        "[f ⋆ [L_{r⁻¹} psi]](k, r⁻¹(x))",
        "[L_r [f ⋆ [L_{r⁻¹} psi]]](k, x)",
    ],
    # P L_h f(g) = max_{k ∈ gU} L_h f(k) = max_{k ∈ gU} f(h⁻¹k) = max_{hk ∈ gU} f(k) = max_{k ∈ h⁻¹gU} f(k) = …
    ("eq2", 0): [
        "[P_U L_u f](j, g)",
        "⊕_{h ∈ gU} [L_u f](j, h)",
        "⊕_{h ∈ gU} f(j, u⁻¹h)",
        "⊕_{h ∈ G : uh ∈ gU} f(j, h)",
        "⊕_{h ∈ u⁻¹gU} f(j, h)",
        "[P_U f](j, u⁻¹g)",
        "[L_u P_U f](j, g)",
    ],
    ("eq3", 0): [
        "Σ_{h ∈ G} Σ_k D(k, h) ∂[f ⋆ psi](k, h)/∂f(j, x)",
        "Σ_{h ∈ G} Σ_k D(k, h) ∂/∂f(j, x) Σ_{y ∈ X} Σ_{i ∈ J} f(i, y) psi(k, i, h⁻¹y)",
        "Σ_{h ∈ G} Σ_k D(k, h) Σ_{y ∈ X} Σ_{i ∈ J} δ(i, j) (δ(y, x) psi(k, i, h⁻¹y))",
        "Σ_{h ∈ G} Σ_k D(k, h) psi(k, j, h⁻¹x)",
        "ig(D, psi)(j, x)",
    ],
    ("eq3", 1): [
        "ig(D, psi)(j, g)",
        "Σ_{h ∈ G} Σ_k D(k, h) psi(k, j, h⁻¹g)",
        "Σ_{h ∈ G} Σ_k D(k, h) psi(k, j, (g⁻¹h)⁻¹)",
        "Σ_{h ∈ G} Σ_k D(k, h) psiᵀ(j, k, (g⁻¹h)⁻¹)",
        "Σ_{h ∈ G} Σ_k D(k, h) psiᵀ*(j, k, g⁻¹h)",
        "[D ⋆ psiᵀ*](j, g)",
    ],
    ("eq6", 0): [
        "Σ_{h ∈ G} Σ_{l ∈ K} D(l, h) ∂[f ⋆ psi](l, h)/∂psi(k, j, x)",
        "Σ_{h ∈ G} Σ_{l ∈ K} D(l, h) ∂/∂psi(k, j, x) Σ_{y ∈ X} Σ_{i ∈ J} f(i, y) psi(l, i, h⁻¹y)",
        "Σ_{h ∈ G} Σ_{l ∈ K} D(l, h) Σ_{y ∈ X} Σ_{i ∈ J} δ(i, j) (δ(h⁻¹y, x) (δ(l, k) f(i, y)))",
        "Σ_{h ∈ G} Σ_{l ∈ K} D(l, h) Σ_{y ∈ X} δ(h⁻¹y, x) (δ(l, k) f(j, y))",
        "Σ_{h ∈ G} Σ_{l ∈ K} D(l, h) Σ_{y ∈ X} δ(y, hx) (δ(l, k) f(j, y))",
        "Σ_{h ∈ G} Σ_{l ∈ K} D(l, h) (δ(l, k) f(j, hx))",
        "Σ_{h ∈ G} Σ_{l ∈ K} δ(l, k) (D(l, h) f(j, hx))",
        "Σ_{h ∈ G} D(k, h) f(j, hx)",
        "fg(D, f)(k, j, x)",
    ],
    ("eq6", 1): [
        "fg(D, f)(k, j, g)",
        "Σ_{h ∈ G} D(k, h) f(j, hg)",
        "Σ_{h ∈ G} D(k, h⁻¹) f(j, h⁻¹g)",
        "Σ_{h ∈ G} [D(k, ·)](h⁻¹) [f(j, ·)](h⁻¹g)",
        "Σ_{h ∈ G} [D(k, ·)]*(h) [f(j, ·)](h⁻¹g)",
        "[[D(k, ·)]* ∗ f(j, ·)](g)",
    ],
}


def claim(id, number=0):
    return gcalc.laws()[id].claims[number]


@pytest.mark.parametrize(("id", "number"), LINES, ids=lambda part: str(part))
def test_the_lines_of_a_printed_equation(id, number):
    found = claim(id, number)
    assert [text(t) for t in (found.statement.left, *(x.term for x in found.derivation.lines))] == LINES[
        id, number
    ]


@pytest.mark.parametrize(("id", "printed"), [("eq1", 7), ("eq2", 6)])
def test_as_many_lines_as_the_print_has(id, printed):
    assert len(claim(id).derivation.lines) == printed


def test_the_reasons_of_eq1_are_the_prints():
    assert [f"{line.reason} [{rules(line)}]" for line in claim("eq1").derivation.lines] == [
        "definition of correlate [unfold]",
        "definition of left_translate [unfold]",
        "reindex y → r(y); group axioms [reindex, word]",
        "the automorphism is a homomorphism [word]",
        "definition of left_translate [unfold ←]",
        "definition of correlate [unfold ←]",
        "definition of left_translate [unfold ←]",
    ]


def test_an_instance_is_told_where_the_reason_does_not():
    found = [
        [write(box) for box in used] for _, used in lines(claim("all_equivariant_linear_maps").derivation)
    ]
    assert found[4] == ["c = f", "F = (i ∈ J, y ∈ X, j, x) ↦ δ(j, i) δ(x, y)"]
    assert found[10] == ["f = (q₀ ∈ J, q₁ ∈ X) ↦ δ(q₀, i) δ(q₁, g⁻¹y)", "u = g"]
    assert not any(used for _, used in lines(claim("eq2").derivation))


def test_a_false_reason_does_not_hide_what_a_step_substitutes():
    from dataclasses import replace

    derivation = claim("eq2").derivation
    lying = [replace(line, reason="obvious") for line in derivation.lines]
    found = [used for _, used in lines(replace(derivation, lines=tuple(lying)))]
    assert [write(box) for used in found for box in used] == ["h → uh"]


def test_statements_declare_their_symbols():
    found = claim("eq1").statement
    assert write(statement(found)) == "[[L_r f] ⋆ psi](k, x) = [L_r [f ⋆ [L_{r⁻¹} psi]]](k, x)"
    assert [write(s) for s in symbols(found)] == [
        "k ∈ K",
        "x ∈ T",
        "f: J × T → R",
        "psi: K × J × T → R",
        "r ∈ Aut(T)",
    ]
    (assumed,) = claim("planar_commutes_iff").statement.hypotheses
    assert write(hypothesis(assumed)) == "psi(k, j, r(x)) = psi(k, j, x) for all k, j, x"


def test_fixed_symbols_of_hypotheses_are_declared():
    found = claim("boundary_zero").statement
    assert {"m: X → R", "n: G → R"} <= {write(s) for s in symbols(found)}


def test_latex_has_channels_as_subscripts():
    assert latex(claim("eq2").statement.left) == r"{[P_{U}\, L_{u}\, f]}_{j}(g)"
    assert latex(claim("eq6", 1).derivation.lines[0].term) == r"\sum_{h \in G} D_{k}(h)\, f_{j}(hg)"
    assert latex(claim("eq6", 1).statement.right) == r"[{[D_{k}]}^{*} \ast f_{j}](g)"


@pytest.mark.parametrize("law", gcalc.laws().values(), ids=lambda law: law.id)
def test_latex_is_balanced(law):
    for found in law.claims:
        for line in found.derivation.lines:
            written = latex(line.term)
            assert written.isascii()
            for pair in ("{}", "()", "[]"):
                assert written.count(pair[0]) == written.count(pair[1])


# ---- printed lines that are no terms


FRAGMENTS = [
    line for e in errata() for line in (e.printed, e.corrected) if not isinstance(line, Scalar) and line
]


@pytest.mark.parametrize("line", FRAGMENTS)
def test_a_printed_line_is_read_and_written_again(line):
    assert write(fragment(line)) == line.replace('"', "")
    assert write_latex(fragment(line)).isascii()


@pytest.mark.parametrize("line", ["[f", "f]", "f_", "⁻¹", "f_(", "f $ g", "(f]", "_f", "f_{g"])
def test_a_malformed_line_is_refused(line):
    with pytest.raises(GcalcError, match=r"^'"):
        fragment(line)
