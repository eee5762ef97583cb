"""Pooling on the points of a subgroup H only (with a stride) commutes with H: (P L_u f)|_H = L_u((P f)|_H) for u in H.

The right-hand side reads P f on H only: u⁻¹s is in H. For u outside H nothing of the kind holds in general. For max pooling a map
R^H → R^H that takes (P f)|_H to (P L_u f)|_H exists iff u permutes {hU : h ∈ H}; that is by evaluation only (it says "for no map").
Hypotheses: H is a subgroup of G; U is a finite non-empty subset of G. The operation ⊕ is any commutative associative one.
Source: Cohen & Welling 2016, section 6.3 of the paper.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun, Lam, Var
from gcalc.proofs.definitions import THEORY, G, H, J, U, h, j, left_translate, over, pool, s
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import as_function, fold, membership, reindex, unfold, word

f = Fun("f", (J, G))
u = Var("u", H)
on_H = Lam((j, s), pool(f, U)(j, s))

STATEMENT = Statement(
    pool(left_translate(u, f), U)(j, s),
    on_H(j, u**-1 * s),
)

DERIVATION = derive(THEORY, STATEMENT, [
    (over(h, s**-1 * h, U, left_translate(u, f)(j, h)),          unfold("pool")),
    (over(h, s**-1 * h, U, f(j, u**-1 * h)),                     unfold("left_translate")),
    (over(h, s**-1 * (u * h), U, f(j, h)),                       reindex(h, to=u * h), word),
    (over(h, (u**-1 * s)**-1 * h, U, f(j, h)),                   membership),
    (pool(f, U)(j, u**-1 * s),                                   fold("pool")),
    (qed,                                                        as_function),
])

LAW = Law(
    id="pooling_subsampled",
    title="Pooling subsampled on a subgroup commutes with the subgroup",
    claims=(Claim("equivariance", DERIVATION),),
    source="Cohen & Welling 2016, section 6.3",
    hypotheses=("H is a subgroup of G", "U is non-empty"),
)
