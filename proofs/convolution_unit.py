"""The delta function at the unit is the unit of the G-convolution: δ_e ∗ a = a = a ∗ δ_e.

Hypotheses: none. Source: the unit of the group algebra.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Delta, Fun, One
from gcalc.proofs.definitions import THEORY, G, convolve, g, h, point, total
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import beta, contract, ring, solve, unfold, word

a, e = Fun("a", (G,)), One(G)

LEFT = Statement(convolve(point(e), a)(g), a(g))
LEFT_DERIVATION = derive(THEORY, LEFT, [
    (total(h, point(e)(h) * a(h**-1 * g)),        unfold("convolve")),
    (total(h, Delta(h, e) * a(h**-1 * g)),        beta),
    (a(e**-1 * g),                                contract),
    (qed,                                         word),
])

RIGHT = Statement(convolve(a, point(e))(g), a(g))
RIGHT_DERIVATION = derive(THEORY, RIGHT, [
    (total(h, a(h) * point(e)(h**-1 * g)),        unfold("convolve")),
    (total(h, a(h) * Delta(h**-1 * g, e)),        beta),
    (total(h, a(h) * Delta(h, g)),                solve),
    (total(h, Delta(h, g) * a(h)),                ring),
    (qed,                                         contract),
])

LAW = Law(
    id="convolution_unit",
    title="The unit of the G-convolution",
    claims=(Claim("δ a = a", LEFT_DERIVATION), Claim("a δ = a", RIGHT_DERIVATION)),
    source="the unit of R[G]",
)
