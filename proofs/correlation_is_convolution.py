"""A G-correlation is a G-convolution with the involuted filters: [f ⋆ psi]_k = Σ_j f_j ∗ (psi_j^k)*.

Hypotheses: X = G, since psi* has no meaning elsewhere; G is finite. Source: Cohen & Welling 2016, supplementary material, (3), (4).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun, Lam
from gcalc.proofs.definitions import THEORY, G, J, K, convolve, correlate, g, h, involution, j, k, total
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import as_function, exchange, fold, unfold, word

f, psi = Fun("f", (J, G)), Fun("psi", (K, J, G))
f_j, psi_kj = Lam((h,), f(j, h)), Lam((h,), psi(k, j, h))

STATEMENT = Statement(correlate(f, psi)(k, g), total(j, convolve(f_j, involution(psi_kj))(g)))

DERIVATION = derive(THEORY, STATEMENT, [
    (total(h, j, f(j, h) * psi(k, j, g**-1 * h)),                 unfold("correlate")),
    (total(j, h, f(j, h) * psi(k, j, g**-1 * h)),                 exchange),
    (total(j, h, f(j, h) * psi(k, j, (h**-1 * g)**-1)),           word),
    (total(j, h, f_j(h) * psi_kj((h**-1 * g)**-1)),               as_function),
    (total(j, h, f_j(h) * involution(psi_kj)(h**-1 * g)),         fold("involution")),
    (qed,                                                         fold("convolve")),
])

LAW = Law(
    id="correlation_is_convolution",
    title="A G-correlation is a G-convolution",
    claims=(Claim("f ⋆ psi = f ∗ psi*", DERIVATION),),
    source="supplement (3), (4); f psi* in the group algebra",
    hypotheses=("X = G", "G is finite"),
)
