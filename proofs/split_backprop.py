"""Section 2: on a split group both gradients are those of the planar correlation and of the filter transformation.

The gradient of a planar correlation with respect to the transformed bank is E(k, s, j, w) = Σ_z D(k, z s) f(j, z w) (first claim); the
filter gradient is the gradient of the filter transformation at E (second claim). The input gradient is that of the planar correlation
with the transformed bank (third claim). So no more is needed than the chain rule through the two steps.
Hypotheses: G = T ⋊ H, so every g is z s for exactly one z in T and s in H; G and X are finite.
Source: Cohen & Welling 2016, supplementary material, section 2: "all that is needed".
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Delta, Der, Fun, Lam, Var
from gcalc.proofs.definitions import (
    THEORY, G, H, J, K, X, filter_gradient, filter_transform, filter_transform_gradient, h, input_gradient, j, k, s, total, w, x,
)
from gcalc.proofs.split_theorem import SPLIT, t, z
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, contract, derivative, exchange, fold, insert_delta, ring, solve, split, unfold, word,
)

f, psi, D = Fun("f", (J, X)), Fun("psi", (K, J, X)), Fun("D", (K, G))
Psi = Fun("Psi", (K, H, J, X))
i, l = Var("i", J), Var("l", K)
E = Lam((k, s, j, w), total(z, D(k, z * s) * f(j, z * w)))

PLANAR = Statement(
    total(z, t, l, D(l, z * t) * Der(Psi, (k, s, j, w), total(x, i, f(i, x) * Psi(l, t, i, z**-1 * x)))),
    E(k, s, j, w),
)

PLANAR_DERIVATION = derive(THEORY, PLANAR, [
    (total(z, t, l, D(l, z * t) * total(x, i, Delta(i, j) * (Delta(z**-1 * x, w) * (Delta(t, s) * (Delta(l, k) * f(i, x)))))),
                                                                                        derivative, ring),
    (total(z, t, l, D(l, z * t) * total(x, i, Delta(i, j) * (Delta(x, z * w) * (Delta(t, s) * (Delta(l, k) * f(i, x)))))),
                                                                                        solve),
    (total(z, t, l, D(l, z * t) * (Delta(t, s) * (Delta(l, k) * f(j, z * w)))),         contract),
    (total(z, t, l, Delta(l, k) * (Delta(t, s) * (D(l, z * t) * f(j, z * w)))),         ring),
    (total(z, D(k, z * s) * f(j, z * w)),                                               contract),
    (qed,                                                                               as_function),
])

FILTERS = Statement(filter_gradient(D, f)(k, j, x), filter_transform_gradient(E)(k, j, x), factorizations=SPLIT)

FILTERS_DERIVATION = derive(THEORY, FILTERS, [
    (total(h, D(k, h) * f(j, h * x)),                                     unfold("filter_gradient")),
    (total(z, s, D(k, z * s) * f(j, (z * s) * x)),                        split(z, s)),
    (total(z, s, D(k, z * s) * f(j, z * (s * x))),                        word),
    (total(s, z, D(k, z * s) * f(j, z * (s * x))),                        exchange),
    (total(s, E(k, s, j, s * x)),                                         as_function),
    (total(s, w, Delta(w, s * x) * E(k, s, j, w)),                        insert_delta),
    (total(s, w, Delta(s**-1 * w, x) * E(k, s, j, w)),                    solve),
    (qed,                                                                 fold("filter_transform_gradient")),
])

INPUT = Statement(
    input_gradient(D, psi)(j, x),
    total(z, s, k, D(k, z * s) * filter_transform(psi)(k, s, j, z**-1 * x)),
    factorizations=SPLIT,
)

INPUT_DERIVATION = derive(THEORY, INPUT, [
    (total(h, k, D(k, h) * psi(k, j, h**-1 * x)),                         unfold("input_gradient")),
    (total(z, s, k, D(k, z * s) * psi(k, j, (z * s)**-1 * x)),            split(z, s)),
    (total(z, s, k, D(k, z * s) * psi(k, j, s**-1 * (z**-1 * x))),        word),
    (qed,                                                                 fold("filter_transform")),
])

LAW = Law(
    id="split_backprop",
    title="Back-propagation on a split group",
    claims=(
        Claim("planar filter gradient", PLANAR_DERIVATION),
        Claim("filter gradient", FILTERS_DERIVATION),
        Claim("input gradient", INPUT_DERIVATION),
    ),
    source="supplement, section 2",
    hypotheses=("G = T ⋊ H is split", "G and X are finite"),
)
