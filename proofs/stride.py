"""A strided correlation commutes with the stride's subgroup H: ([L_u f] ⋆ psi)|_H = L_u((f ⋆ psi)|_H) for u in H.

H is the subgroup of the outputs that are kept, such as the even translations for stride 2; u⁻¹s is in H, so the right-hand side
reads the kept outputs only.
Hypotheses: H is a subgroup of G (and f and psi have finite support where G or X is infinite).
Source: Cohen & Welling 2016, section 6.3 of the paper, on subsampling.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun, Lam, Var
from gcalc.proofs.definitions import THEORY, H, J, K, X, correlate, j, k, left_translate, s, total, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import as_function, fold, reindex, unfold, word

f, psi = Fun("f", (J, X)), Fun("psi", (K, J, X))
u = Var("u", H)
on_H = Lam((k, s), correlate(f, psi)(k, s))

STATEMENT = Statement(
    correlate(left_translate(u, f), psi)(k, s),
    on_H(k, u**-1 * s),
)

DERIVATION = derive(THEORY, STATEMENT, [
    (total(x, j, left_translate(u, f)(j, x) * psi(k, j, s**-1 * x)),           unfold("correlate")),
    (total(x, j, f(j, u**-1 * x) * psi(k, j, s**-1 * x)),                      unfold("left_translate")),
    (total(x, j, f(j, u**-1 * (u * x)) * psi(k, j, s**-1 * (u * x))),          reindex(x, to=u * x)),
    (total(x, j, f(j, x) * psi(k, j, (u**-1 * s)**-1 * x)),                    word),
    (correlate(f, psi)(k, u**-1 * s),                                          fold("correlate")),
    (qed,                                                                      as_function),
])

LAW = Law(
    id="stride",
    title="A strided correlation commutes with the subgroup of its stride",
    claims=(Claim("equivariance", DERIVATION),),
    source="Cohen & Welling 2016, section 6.3",
    hypotheses=("H is a subgroup of G",),
)
