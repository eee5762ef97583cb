"""(2): pooling commutes with the action, [P L_u f](g) = [L_u P f](g), in the print's six lines.

Hypotheses: U is a finite non-empty subset of G. The operation ⊕ is any commutative associative one: max, sum, and so the mean.
Source: Cohen & Welling 2016, supplementary material, (2); its h is our u, its k our h.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs.definitions import THEORY, G, J, U, g, h, j, left_translate, over, pool, u
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import fold, membership, reindex, unfold, word

f = Fun("f", (J, G))

STATEMENT = Statement(
    pool(left_translate(u, f), U)(j, g),
    left_translate(u, pool(f, U))(j, g),
)

DERIVATION = derive(THEORY, STATEMENT, [
    (over(h, g**-1 * h, U, left_translate(u, f)(j, h)),            unfold("pool")),
    (over(h, g**-1 * h, U, f(j, u**-1 * h)),                       unfold("left_translate")),
    (over(h, g**-1 * (u * h), U, f(j, h)),                         reindex(h, to=u * h), word),
    (over(h, (u**-1 * g)**-1 * h, U, f(j, h)),                     membership),
    (pool(f, U)(j, u**-1 * g),                                     fold("pool")),
    (qed,                                                          fold("left_translate")),
])

LAW = Law(
    id="eq2",
    title="Pooling commutes with the action",
    claims=(Claim("equivariance", DERIVATION),),
    source="supplement (2)",
    hypotheses=("U is non-empty",),
)
