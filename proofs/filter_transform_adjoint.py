"""Section 2: the gradient of the filter transformation, scattered, gathered, and as an adjoint.

The filter transformation reads psi(k, j, s⁻¹w) into cell (k, s, j, w). The gradient at an input cell is the sum of the gradients of
the output cells that read it (scatter); each is read once for every s, so it is also a sum of |H| values (gather).
Hypotheses: H is a subgroup of G; G and X are finite. Read on split groups, where H is the point group.
Source: Cohen & Welling 2016, supplementary material, section 2.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Delta, Der, Fun, Var
from gcalc.proofs.definitions import (
    THEORY, H, J, K, X, filter_transform, filter_transform_gradient, j, k, s, total, w, x,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    collect, contract, derivative, exchange, fold, insert_delta, reindex, ring, solve, unfold, word,
)

psi, E = Fun("psi", (K, J, X)), Fun("E", (K, H, J, X))
i, l = Var("i", J), Var("l", K)

SCATTER = Statement(
    total(s, w, l, i, E(l, s, i, w) * Der(psi, (k, j, x), filter_transform(psi)(l, s, i, w))),
    filter_transform_gradient(E)(k, j, x),
)
SCATTER_DERIVATION = derive(THEORY, SCATTER, [
    (total(s, w, l, i, E(l, s, i, w) * Der(psi, (k, j, x), psi(l, i, s**-1 * w))),                   unfold("filter_transform")),
    (total(s, w, l, i, Delta(i, j) * (Delta(l, k) * (Delta(s**-1 * w, x) * E(l, s, i, w)))),         derivative, ring),
    (total(s, w, Delta(s**-1 * w, x) * E(k, s, j, w)),                                               contract),
    (qed,                                                                                 fold("filter_transform_gradient")),
])

GATHER = Statement(filter_transform_gradient(E)(k, j, x), total(s, E(k, s, j, s * x)))
GATHER_DERIVATION = derive(THEORY, GATHER, [
    (total(s, w, Delta(s**-1 * w, x) * E(k, s, j, w)),            unfold("filter_transform_gradient")),
    (total(s, w, Delta(w, s * x) * E(k, s, j, w)),                solve),
    (qed,                                                         contract),
])

ADJOINT = Statement(
    total(k, s, j, w, E(k, s, j, w) * filter_transform(psi)(k, s, j, w)),
    total(k, j, x, filter_transform_gradient(E)(k, j, x) * psi(k, j, x)),
)
ADJOINT_DERIVATION = derive(THEORY, ADJOINT, [
    (total(k, s, j, w, E(k, s, j, w) * psi(k, j, s**-1 * w)),                             unfold("filter_transform")),
    (total(k, s, j, x, E(k, s, j, s * x) * psi(k, j, x)),                                 reindex(w, to=s * w), word),
    (total(k, j, x, s, E(k, s, j, s * x) * psi(k, j, x)),                                 exchange, exchange),
    (total(k, j, x, total(s, E(k, s, j, s * x)) * psi(k, j, x)),                          collect),
    (total(k, j, x, total(s, w, Delta(w, s * x) * E(k, s, j, w)) * psi(k, j, x)),         insert_delta),
    (total(k, j, x, total(s, w, Delta(s**-1 * w, x) * E(k, s, j, w)) * psi(k, j, x)),     solve),
    (qed,                                                                                 fold("filter_transform_gradient")),
])

LAW = Law(
    id="filter_transform_adjoint",
    title="The gradient of the filter transformation",
    claims=(
        Claim("chain rule is scatter", SCATTER_DERIVATION),
        Claim("scatter is gather", GATHER_DERIVATION),
        Claim("adjoint", ADJOINT_DERIVATION),
    ),
    source="supplement, section 2",
    hypotheses=("G = T ⋊ H is split", "G and X are finite"),
)
