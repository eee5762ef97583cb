"""G-correlation is equivariant: [[L_u f] ⋆ psi](g) = L_u[f ⋆ psi](g), for any discrete group G and any G-set X.

Hypotheses: none beyond a group acting on a set (and finite support where G or X is infinite).
Source: Cohen & Welling 2016, section 6.1, (12) of the paper; the print's (1) with u in the place of the rotation.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs.definitions import THEORY, J, K, X, correlate, g, j, k, left_translate, total, u, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import fold, reindex, unfold, word

f, psi = Fun("f", (J, X)), Fun("psi", (K, J, X))

STATEMENT = Statement(
    correlate(left_translate(u, f), psi)(k, g),
    left_translate(u, correlate(f, psi))(k, g),
)

DERIVATION = derive(THEORY, STATEMENT, [
    (total(x, j, left_translate(u, f)(j, x) * psi(k, j, g**-1 * x)),           unfold("correlate")),
    (total(x, j, f(j, u**-1 * x) * psi(k, j, g**-1 * x)),                      unfold("left_translate")),
    (total(x, j, f(j, u**-1 * (u * x)) * psi(k, j, g**-1 * (u * x))),          reindex(x, to=u * x)),
    (total(x, j, f(j, x) * psi(k, j, (u**-1 * g)**-1 * x)),                    word),
    (correlate(f, psi)(k, u**-1 * g),                                          fold("correlate")),
    (qed,                                                                      fold("left_translate")),
])

LAW = Law(
    id="g_correlation_equivariance",
    title="G-correlation is equivariant",
    claims=(Claim("equivariance", DERIVATION, windows=True),),
    source="Cohen & Welling 2016, (12); supplement (1) for any group",
)
