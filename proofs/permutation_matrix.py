"""Section 2's alternative: the filter transformation as a 0/1 matrix S(s w, x) = δ(s⁻¹w, x), and its gradient as the transpose.

Printed as "a permutation matrix"; for a bank turned by |H| elements it is a stack of |H| permutation matrices, a selection matrix
with |H| ones a column (E8). The claims: the transformation is S; each block is a permutation, its rows and its columns orthonormal;
the gradient is Sᵀ.
Hypotheses: H is a subgroup of G; X is finite. Source: Cohen & Welling 2016, supplementary material, section 2.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Delta, Fun, Var
from gcalc.proofs.definitions import (
    THEORY, H, J, K, X, filter_transform, filter_transform_gradient, j, k, s, total, w, x, y,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import contract, insert_delta, reindex, solve, unfold, word

psi, E = Fun("psi", (K, J, X)), Fun("E", (K, H, J, X))
v = Var("v", X)

SELECTION = Statement(filter_transform(psi)(k, s, j, w), total(x, Delta(s**-1 * w, x) * psi(k, j, x)))
SELECTION_DERIVATION = derive(THEORY, SELECTION, [
    (psi(k, j, s**-1 * w),                                        unfold("filter_transform")),
    (total(x, Delta(x, s**-1 * w) * psi(k, j, x)),                insert_delta),
    (qed,                                                         solve),
])

COLUMNS = Statement(total(w, Delta(s**-1 * w, x) * Delta(s**-1 * w, y)), Delta(x, y))
COLUMNS_DERIVATION = derive(THEORY, COLUMNS, [
    (total(w, Delta(w, x) * Delta(w, y)),                         reindex(w, to=s * w), word),
    (qed,                                                         contract),
])

ROWS = Statement(total(x, Delta(s**-1 * w, x) * Delta(s**-1 * v, x)), Delta(w, v))
ROWS_DERIVATION = derive(THEORY, ROWS, [
    (total(x, Delta(x, s**-1 * w) * Delta(s**-1 * v, x)),         solve),
    (Delta(s**-1 * v, s**-1 * w),                                 contract),
    (qed,                                                         solve),
])

TRANSPOSE = Statement(filter_transform_gradient(E)(k, j, x), total(s, w, Delta(s**-1 * w, x) * E(k, s, j, w)))
TRANSPOSE_DERIVATION = derive(THEORY, TRANSPOSE, [
    (qed,                                                         unfold("filter_transform_gradient")),
])

LAW = Law(
    id="permutation_matrix",
    title="The filter transformation as a selection matrix",
    claims=(
        Claim("selection", SELECTION_DERIVATION),
        Claim("columns of a block are orthonormal", COLUMNS_DERIVATION),
        Claim("rows of a block are orthonormal", ROWS_DERIVATION),
        Claim("gradient is the transpose", TRANSPOSE_DERIVATION),
    ),
    source="supplement, section 2",
    hypotheses=("G = T ⋊ H is split", "X is finite"),
)
