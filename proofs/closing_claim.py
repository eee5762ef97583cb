"""The supplement's closing claim: the forward pass and both backward passes are correlations, and convolutions.

The forward pass is a correlation by definition. The filter gradient is one whose summed channel is the batch: in matrices over R[G],
dL/dPsi = D† F is D† ⋆ F†, as Y = F Psi† is F ⋆ Psi. Hypotheses: X = G; G is finite.
Source: Cohen & Welling 2016, supplementary material, the end of section 3; (6) line 4 with the involution it lacks (E2).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs import correlation_is_convolution, eq3, eq6, group_algebra_calculus
from gcalc.proofs.definitions import (
    THEORY, B, G, J, K, b, correlate, filter_gradient, g, h, involution, j, k, total, transpose,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import exchange, fold, reindex, unfold, word

f, D = Fun("f", (B, J, G)), Fun("D", (B, K, G))

FILTER = Statement(
    filter_gradient(D, f)(k, j, g),
    correlate(involution(transpose(D)), involution(transpose(f)))(k, j, g),
)

FILTER_DERIVATION = derive(THEORY, FILTER, [
    (total(b, h, D(b, k, h) * f(b, j, h * g)),                                                    unfold("filter_gradient")),
    (total(h, b, D(b, k, h) * f(b, j, h * g)),                                                    exchange),
    (total(h, b, D(b, k, h**-1) * f(b, j, h**-1 * g)),                                            reindex(h, to=h**-1)),
    (total(h, b, D(b, k, h**-1) * f(b, j, (g**-1 * h)**-1)),                                      word),
    (total(h, b, transpose(D)(k, b, h**-1) * transpose(f)(j, b, (g**-1 * h)**-1)),                fold("transpose"), fold("transpose")),
    (total(h, b, involution(transpose(D))(k, b, h) * involution(transpose(f))(j, b, g**-1 * h)),  fold("involution"), fold("involution")),
    (qed,                                                                                         fold("correlate")),
])

LAW = Law(
    id="closing_claim",
    title="All three passes are correlations and convolutions",
    claims=(
        Claim("forward: Σ_j f_j ∗ (psi_j^k)*", correlation_is_convolution.DERIVATION),
        Claim("input gradient: D ⋆ psi_j*", eq3.CLOSING_DERIVATION),
        Claim("input gradient: Σ_k D_k ∗ psi_j^k", group_algebra_calculus.INPUT_DERIVATION),
        Claim("filter gradient: D† ⋆ f†", FILTER_DERIVATION),
        Claim("filter gradient: D_k* ∗ f_j", eq6.CLOSING_DERIVATION),
    ),
    source="supplement, the end of section 3",
    hypotheses=("X = G", "G is finite"),
)
