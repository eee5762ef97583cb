"""Any map of values commutes with the action: L_u(phi ∘ f) = phi ∘ (L_u f).

phi is an arbitrary map of scalars, the same at all points: a rectifier, a square, a bias. The channel j only goes along.
Hypotheses: none. Source: Cohen & Welling 2016, section 6.2 of the paper; the supplement leaves it unsaid.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun, Lam, Val
from gcalc.proofs.definitions import THEORY, J, X, j, left_translate, u, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import beta, fold, unfold

f = Fun("f", (J, X))
phi_f = Lam((j, x), Val("phi", f(j, x)))

STATEMENT = Statement(left_translate(u, phi_f)(j, x), Val("phi", left_translate(u, f)(j, x)))

DERIVATION = derive(THEORY, STATEMENT, [
    (phi_f(j, u**-1 * x),                    unfold("left_translate")),
    (Val("phi", f(j, u**-1 * x)),            beta),
    (qed,                                    fold("left_translate")),
])

LAW = Law(
    id="pointwise",
    title="Maps of values commute with the action",
    claims=(Claim("equivariance", DERIVATION),),
    source="Cohen & Welling 2016, section 6.2",
)
