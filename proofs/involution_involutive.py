"""The involution is an involution: (psi*)*(g) = psi(g).

Hypotheses: none. Source: Cohen & Welling 2016, supplementary material, (4).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs.definitions import THEORY, G, J, K, g, involution, j, k
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import unfold, word

psi = Fun("psi", (K, J, G))

STATEMENT = Statement(involution(involution(psi))(k, j, g), psi(k, j, g))

DERIVATION = derive(THEORY, STATEMENT, [
    (involution(psi)(k, j, g**-1),           unfold("involution")),
    (psi(k, j, (g**-1)**-1),                 unfold("involution")),
    (qed,                                    word),
])

LAW = Law(
    id="involution_involutive",
    title="The involution is an involution",
    claims=(Claim("psi** = psi", DERIVATION),),
    source="supplement (4)",
)
