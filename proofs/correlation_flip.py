"""Exchanging the arguments of a correlation inverts its output: (f ⋆ psi)*(g) = [psi ⋆ f](g), on any G-set X.

A batch of inputs f_b and a bank of filters psi^k exchange their parts, so b and k do too; channels are summed on both sides. This settles
whether the two orders are an involution apart: they are. Hypotheses: values commute. Source: gcalc; in R[G], (f psi*)* = psi f*.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs.definitions import THEORY, B, J, K, X, b, correlate, g, involution, j, k, total, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import fold, reindex, ring, unfold, word

f, psi = Fun("f", (B, J, X)), Fun("psi", (K, J, X))

STATEMENT = Statement(involution(correlate(f, psi))(b, k, g), correlate(psi, f)(k, b, g))

DERIVATION = derive(THEORY, STATEMENT, [
    (correlate(f, psi)(b, k, g**-1),                              unfold("involution")),
    (total(x, j, f(b, j, x) * psi(k, j, (g**-1)**-1 * x)),        unfold("correlate")),
    (total(x, j, f(b, j, g**-1 * x) * psi(k, j, x)),              reindex(x, to=g**-1 * x), word),
    (total(x, j, psi(k, j, x) * f(b, j, g**-1 * x)),              ring),
    (qed,                                                         fold("correlate")),
])

LAW = Law(
    id="correlation_flip",
    title="Exchanging the arguments of a correlation",
    claims=(Claim("(f ⋆ psi)* = psi ⋆ f", DERIVATION),),
    source="gcalc",
    hypotheses=("values commute",),
)
