"""The errata of the supplement: what is false, loose or unsaid as printed, in which scope it holds, and the laws that show it.

E1 and E2 are false as printed; E13 is refuted; the others are notation, statements made exact, or hypotheses left unsaid. Not among them:
f^{l-1}_{k'} in (3) and (6), (3) line 4, (2), and lines 1 to 4 and 7 of (1), which are right.
Source: Cohen & Welling 2016, supplementary material.
"""

from gcalc.kernel.terms import Der
from gcalc.proofs.definitions import convolve, correlate, g, h, input_gradient, involution, j, k, total, x
from gcalc.proofs.eq3 import psiG
from gcalc.proofs.eq3_line3_as_printed import PRINTED as LINE_3
from gcalc.proofs.eq6 import CHAIN_RULE, D, f, psi
from gcalc.proofs.eq6_line4_as_printed import CORRELATION as F_CORRELATED_WITH_D, D_k, PRINTED as LINE_4, f_j
from gcalc.proofs.eq6_line4_other_readings import CONVOLUTION as F_TIMES_D, CORRELATION as D_CORRELATED_WITH_F
from gcalc.proving.errata import Erratum, Witness

GRADIENT_3, GRADIENT_6 = total(h, k, D(k, h) * psiG(k, j, h**-1 * g)), convolve(involution(D_k), f_j)(g)
ON_C3 = {"D": ((0, 1, 0),), "f": ((1, 0, 0),)}
ON_S3 = {"D": ((0, 1, 0, 0, 0, 0),), "f": ((0, 0, 0, 1, 0, 0),)}

ERRATA = (
    Erratum("E1", "eq3", ("(3)", 3), evidence=("eq3: chain rule", "eq3_line3_as_printed"),
        printed=LINE_3,
        corrected=GRADIENT_3,
        finding="the gradient at the output must be taken at h, the variable of the sum, not at g",
        scope="as printed, for all inputs, if and only if G is trivial",
        witnesses=(Witness(LINE_3, GRADIENT_3, "C2", {"D": ((1, 0),), "psi": (((0, 1),),)}, {"g": 0}, 1, 0),)),
    Erratum("E2", "eq6", ("(6)", 4),
        evidence=("eq6: closing line", "closing_claim", "eq6_line4_as_printed", "eq6_line4_other_readings"),
        printed=LINE_4,
        corrected=GRADIENT_6,
        finding="the involution on the gradient at the output is missing",
        scope="as a convolution, for all inputs, if and only if every element is its own inverse; read as D ⋆ f likewise; "
        "read as f ⋆ D if and only if G is abelian",
        witnesses=(
            Witness(LINE_4, GRADIENT_6, "C3", ON_C3, {"g": 1}, 1, 0),
            Witness(D_CORRELATED_WITH_F, GRADIENT_6, "C3", {"D": ((1, 0, 0),), "f": ((0, 0, 1),)}, {"g": 1}, 1, 0),
            Witness(F_CORRELATED_WITH_D, GRADIENT_6, "S3", ON_S3, {"g": (1, 0, 2)}, 1, 0),
        )),
    Erratum("E3", "eq1", ("(1)", 5), evidence=("eq1",),
        printed="f_k(y) L_{r⁻¹} psi(y − r⁻¹x)",
        corrected="f_k(y) L_{r⁻¹} psi_k(y − r⁻¹x)",
        finding="the channel index is missing on psi: a scalar times a vector",
        scope="notation"),
    Erratum("E4", "eq1", ("(1)", 6), evidence=("eq1",),
        printed="f ⋆ [L_{r⁻¹} psi](r⁻¹x)",
        corrected="[f ⋆ [L_{r⁻¹} psi]](r⁻¹x)",
        finding="a bracket is missing: the correlation is evaluated at r⁻¹x, not the filter",
        scope="notation"),
    Erratum("E5", "planar_commutes_iff", ("the sentence after (1)", None), evidence=("planar_commutes_iff",),
        printed="[L_r f] ⋆ psi ≠ L_r [f ⋆ psi]",
        corrected='[L_r f] ⋆ psi = L_r [f ⋆ psi]" for all "f ⇔ psi ∘ r = psi',
        finding="the inequality is not universal",
        scope="for all f the two sides are equal if and only if psi is invariant under r"),
    Erratum("E6", "eq1", ("(1)", None), evidence=("eq1",),
        printed="f, psi: ℝ² → ℝᴷ, Σ_{y ∈ ℤ²}",
        corrected='f, psi: ℤ² → ℝᴷ" of finite support", r ℤ² = ℤ²',
        finding="functions on the plane are summed over the grid, which a rotation need not map to itself",
        scope="r an automorphism of the grid; f and psi of finite support"),
    Erratum("E7", "eq6", ("the prose above (6)", None), evidence=("eq6: chain rule",),
        printed='"the k-th output feature map"',
        corrected='"the gradient with respect to the k-th output feature map"',
        finding="what is correlated with the input is the gradient at the output, not the output",
        scope="wording"),
    Erratum("E8", "permutation_matrix", ("section 2", None), evidence=("permutation_matrix",),
        printed='"a permutation matrix"',
        corrected='"a stack of |H| permutation matrices, one for each "s ∈ H',
        finding="the transformation makes |H| copies of a bank, so its matrix has |H| ones in a column",
        scope="a permutation matrix if and only if |H| = 1; always a 0/1 selection matrix whose gradient is its transpose"),
    Erratum("E9", "gradient_unique", ("(3), (6)", 1), evidence=("eq3: chain rule", "eq6: chain rule", "gradient_unique"),
        printed="",
        corrected='"the loss depends on f and psi only through "f ⋆ psi',
        finding="the chain rule's first line assumes that no other path leads to the loss, such as a skip connection",
        scope="hypothesis; with other paths their gradients are added"),
    Erratum("E10", "correlation_is_convolution", ("(3), (6)", None),
        evidence=("involution_involutive", "correlation_is_convolution", "eq6_line4_other_readings"),
        printed='"the one symbol *"',
        corrected="psi*(g) = psi(g⁻¹), [a ∗ b](g) = Σ_{h ∈ G} a(h) b(h⁻¹g)",
        finding="one symbol is the involution and a convolution that is not defined; in the order of the prose, f_j * D, "
        "(6) is not right either",
        scope="f_j ∗ D_k is the gradient for all inputs if and only if every element is its own inverse",
        witnesses=(Witness(F_TIMES_D, GRADIENT_6, "C3", ON_C3, {"g": 1}, 1, 0),)),
    Erratum("E11", "eq6", ("(6)", 1), evidence=("eq6: chain rule",),
        printed=total(h, D(k, h) * Der(psi, (k, j, x), correlate(f, psi)(k, h))),
        corrected=CHAIN_RULE.left,
        finding="the chain rule has a sum over all output maps l; the print keeps l = k without a word",
        scope="valid: output map l does not depend on filter k ≠ l, which leaves the factor δ(l, k)"),
    Erratum("E12", "closing_claim", ("(3), (6)", None),
        evidence=("eq3: chain rule", "eq6: chain rule", "closing_claim", "adjoint_input", "adjoint_filter"),
        printed="[∂L/∂f ⋆ psi_j*](g)",
        corrected=input_gradient(D, psi)(j, x),
        finding="in the first layer X = Z², where psi* and the product of two points have no meaning",
        scope="the sums hold on any G-set X; the closing lines, and the claim that all passes are correlations or convolutions, "
        "need X = G"),
    Erratum("E13", "filter_transform_adjoint", ("section 2", None), evidence=("filter_transform_adjoint: scatter is gather",),
        printed='"the additions must be atomic, and the array zeroed first"',
        corrected='"a gather needs neither: each input cell sums the |H| output cells that read it"',
        finding="true of one thread for each output cell only; with one for each input cell no two write to one place",
        scope="H a subgroup acting by bijections, so that a cell is read exactly once for every s in H"),
    Erratum("E14", "eq6", ("(6)", None), evidence=("eq6: batch", "adjoint_filter: batch"),
        printed="",
        corrected='"the gradient with respect to filters that a batch shares is the sum over the batch"',
        finding="the print has one example",
        scope="hypothesis of (6): a batch of one; (3) has no such sum"),
)
