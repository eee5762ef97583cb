"""Gradients are equivariant: ig(L_u D, psi) = L_u ig(D, psi), and fg(L_u D, L_u f) = fg(D, f).

Turning a layer's input and output turns the gradient of the input, and leaves that of the filters as it is.
Hypotheses: none beyond a group acting on a set (and finite support where G or X is infinite). Source: gcalc.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs.definitions import (
    THEORY, G, J, K, X, filter_gradient, h, input_gradient, j, k, left_translate, total, u, x,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import fold, reindex, unfold, word

f, psi, D = Fun("f", (J, X)), Fun("psi", (K, J, X)), Fun("D", (K, G))

INPUT = Statement(
    input_gradient(left_translate(u, D), psi)(j, x),
    left_translate(u, input_gradient(D, psi))(j, x),
)

INPUT_DERIVATION = derive(THEORY, INPUT, [
    (total(h, k, left_translate(u, D)(k, h) * psi(k, j, h**-1 * x)),          unfold("input_gradient")),
    (total(h, k, D(k, u**-1 * h) * psi(k, j, h**-1 * x)),                     unfold("left_translate")),
    (total(h, k, D(k, h) * psi(k, j, (u * h)**-1 * x)),                       reindex(h, to=u * h), word),
    (total(h, k, D(k, h) * psi(k, j, h**-1 * (u**-1 * x))),                   word),
    (input_gradient(D, psi)(j, u**-1 * x),                                    fold("input_gradient")),
    (qed,                                                                     fold("left_translate")),
])

FILTER = Statement(
    filter_gradient(left_translate(u, D), left_translate(u, f))(k, j, x),
    filter_gradient(D, f)(k, j, x),
)

FILTER_DERIVATION = derive(THEORY, FILTER, [
    (total(h, left_translate(u, D)(k, h) * left_translate(u, f)(j, h * x)),   unfold("filter_gradient")),
    (total(h, D(k, u**-1 * h) * f(j, u**-1 * (h * x))),                       unfold("left_translate"), unfold("left_translate")),
    (total(h, D(k, h) * f(j, h * x)),                                         reindex(h, to=u * h), word),
    (qed,                                                                     fold("filter_gradient")),
])

LAW = Law(
    id="gradient_equivariance",
    title="Gradients are equivariant",
    claims=(
        Claim("ig(L_u D, psi) = L_u ig(D, psi)", INPUT_DERIVATION),
        Claim("fg(L_u D, L_u f) = fg(D, f)", FILTER_DERIVATION),
    ),
    source="gcalc",
)
