"""(3): the gradient with respect to the input, Σ_{h,k} D_k(h) ∂f_k(h)/∂f_j(x) = Σ_{h,k} D_k(h) psi_j^k(h⁻¹x) = [D ⋆ psi_j*](g).

D is the gradient of the loss at the output. The first claim holds on any G-set X; the second needs X = G, where psi* has a meaning.
Hypotheses: G and X are finite; the loss depends on f only through f ⋆ psi (E9).
Source: Cohen & Welling 2016, supplementary material, (3), (4), (5). Its third line has D_k(g), which must be D_k(h) (E1).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Delta, Der, Fun, Var
from gcalc.proofs.definitions import (
    THEORY, G, J, K, X, correlate, g, h, input_gradient, involution, j, k, total, transpose, x, y,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import contract, derivative, fold, ring, unfold, word

f, psi, D = Fun("f", (J, X)), Fun("psi", (K, J, X)), Fun("D", (K, G))
i = Var("i", J)

CHAIN_RULE = Statement(
    total(h, k, D(k, h) * Der(f, (j, x), correlate(f, psi)(k, h))),
    input_gradient(D, psi)(j, x),
)

CHAIN_RULE_DERIVATION = derive(THEORY, CHAIN_RULE, [
    (total(h, k, D(k, h) * Der(f, (j, x), total(y, i, f(i, y) * psi(k, i, h**-1 * y)))),       unfold("correlate")),
    (total(h, k, D(k, h) * total(y, i, Delta(i, j) * (Delta(y, x) * psi(k, i, h**-1 * y)))),   derivative, ring),
    (total(h, k, D(k, h) * psi(k, j, h**-1 * x)),                                              contract),
    (qed,                                                                                      fold("input_gradient")),
])

DG, psiG = Fun("D", (K, G)), Fun("psi", (K, J, G))

CLOSING = Statement(
    input_gradient(DG, psiG)(j, g),
    correlate(DG, involution(transpose(psiG)))(j, g),
)

CLOSING_DERIVATION = derive(THEORY, CLOSING, [
    (total(h, k, DG(k, h) * psiG(k, j, h**-1 * g)),                           unfold("input_gradient")),
    (total(h, k, DG(k, h) * psiG(k, j, (g**-1 * h)**-1)),                     word),
    (total(h, k, DG(k, h) * transpose(psiG)(j, k, (g**-1 * h)**-1)),          fold("transpose")),
    (total(h, k, DG(k, h) * involution(transpose(psiG))(j, k, g**-1 * h)),    fold("involution")),
    (qed,                                                                     fold("correlate")),
])

LAW = Law(
    id="eq3",
    title="The gradient with respect to the input",
    claims=(Claim("chain rule", CHAIN_RULE_DERIVATION), Claim("closing line", CLOSING_DERIVATION)),
    source="supplement (3), (4), (5), corrected by E1",
    hypotheses=("G and X are finite",),
)
