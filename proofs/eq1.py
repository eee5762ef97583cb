"""(1): a planar correlation of a rotated image, [[L_r f] ⋆ psi](x) = L_r[f ⋆ [L_{r⁻¹} psi]](x), in the print's seven lines.

Hypotheses: r is an automorphism of the group T of translations (a rotation or mirror of the grid about its origin; the print's r is
a rotation of Z²); f and psi have finite support where T is infinite. Products in T are the print's sums: y⁻¹ x is x - y.
Source: Cohen & Welling 2016, supplementary material, (1). As printed, line 5 lacks the index of psi (E3) and line 6 a bracket (E4).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Aut, Fun, Sort, Var
from gcalc.proofs.definitions import THEORY, J, K, correlate, j, k, left_translate, total
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import fold, homomorphism, reindex, unfold, word

T = Sort("T", "group", finite=False)
x, y = Var("x", T), Var("y", T)
r = Aut("r", T)
f, psi = Fun("f", (J, T)), Fun("psi", (K, J, T))

STATEMENT = Statement(
    correlate(left_translate(r, f), psi)(k, x),
    left_translate(r, correlate(f, left_translate(r**-1, psi)))(k, x),
)

DERIVATION = derive(THEORY, STATEMENT, [
    (total(y, j, left_translate(r, f)(j, y) * psi(k, j, x**-1 * y)),                      unfold("correlate")),
    (total(y, j, f(j, (r**-1)(y)) * psi(k, j, x**-1 * y)),                                unfold("left_translate")),
    (total(y, j, f(j, y) * psi(k, j, x**-1 * r(y))),                                      reindex(y, to=r(y)), word),
    (total(y, j, f(j, y) * psi(k, j, r((r**-1)(x)**-1 * y))),                             homomorphism),
    (total(y, j, f(j, y) * left_translate(r**-1, psi)(k, j, (r**-1)(x)**-1 * y)),         fold("left_translate")),
    (correlate(f, left_translate(r**-1, psi))(k, (r**-1)(x)),                             fold("correlate")),
    (qed,                                                                                 fold("left_translate")),
])

LAW = Law(
    id="eq1",
    title="Planar correlation of a rotated image",
    claims=(Claim("rotation", DERIVATION),),
    source="supplement (1)",
    hypotheses=("r is an automorphism of the translation group T",),
)
