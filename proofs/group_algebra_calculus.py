"""The calculus in the group algebra: L_u f = u f, (f psi)* = psi* f*, f ⋆ psi = f psi*, and the three rules of a linear layer.

A function on G is the element Σ f(g) g of R[G]; ∗ is its product. With channels, F a row of J elements, Psi a K × J matrix over R[G],
† transpose and involution together: Y = F Psi†, dL/dF = D Psi, dL/dPsi = D† F. On a G-set X: f ⋆ (u psi) = (f ⋆ psi) u⁻¹.
Hypotheses: G and X are finite. Source: the supplement's (3) and (6) in the language of the group algebra; gcalc.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Delta, Fun, Lam
from gcalc.proofs import convolution_associative, correlation_is_convolution, eq6, g_correlation_equivariance
from gcalc.proofs.definitions import (
    THEORY, G, J, K, X, convolve, correlate, g, h, input_gradient, involution, j, k, left_translate, point, total, u, x,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, exchange, fold, insert_delta, reindex, ring, unfold, word,
)

a, b = Fun("a", (G,)), Fun("b", (G,))
Psi, D = Fun("Psi", (K, J, G)), Fun("D", (K, G))
Psi_kj, D_k = Lam((h,), Psi(k, j, h)), Lam((h,), D(k, h))

TRANSLATE = Statement(left_translate(u, a)(g), convolve(point(u), a)(g))
TRANSLATE_DERIVATION = derive(THEORY, TRANSLATE, [
    (a(u**-1 * g),                                                unfold("left_translate")),
    (total(h, Delta(h, u) * a(h**-1 * g)),                        insert_delta),
    (total(h, point(u)(h) * a(h**-1 * g)),                        as_function),
    (qed,                                                         fold("convolve")),
])

STAR = Statement(involution(convolve(a, b))(g), convolve(involution(b), involution(a))(g))
STAR_DERIVATION = derive(THEORY, STAR, [
    (convolve(a, b)(g**-1),                                       unfold("involution")),
    (total(h, a(h) * b(h**-1 * g**-1)),                           unfold("convolve")),
    (total(h, a(g**-1 * h) * b((g**-1 * h)**-1 * g**-1)),         reindex(h, to=g**-1 * h)),
    (total(h, a((h**-1 * g)**-1) * b(h**-1)),                     word),
    (total(h, b(h**-1) * a((h**-1 * g)**-1)),                     ring),
    (total(h, involution(b)(h) * involution(a)(h**-1 * g)),       fold("involution"), fold("involution")),
    (qed,                                                         fold("convolve")),
])

INPUT = Statement(input_gradient(D, Psi)(j, g), total(k, convolve(D_k, Psi_kj)(g)))
INPUT_DERIVATION = derive(THEORY, INPUT, [
    (total(h, k, D(k, h) * Psi(k, j, h**-1 * g)),                 unfold("input_gradient")),
    (total(k, h, D(k, h) * Psi(k, j, h**-1 * g)),                 exchange),
    (total(k, h, D_k(h) * Psi_kj(h**-1 * g)),                     as_function),
    (qed,                                                         fold("convolve")),
])

f, psi = Fun("f", (J, X)), Fun("psi", (K, J, X))

RIGHT = Statement(correlate(f, left_translate(u, psi))(k, g), correlate(f, psi)(k, g * u))
RIGHT_DERIVATION = derive(THEORY, RIGHT, [
    (total(x, j, f(j, x) * left_translate(u, psi)(k, j, g**-1 * x)),    unfold("correlate")),
    (total(x, j, f(j, x) * psi(k, j, u**-1 * (g**-1 * x))),             unfold("left_translate")),
    (total(x, j, f(j, x) * psi(k, j, (g * u)**-1 * x)),                 word),
    (qed,                                                               fold("correlate")),
])

LAW = Law(
    id="group_algebra_calculus",
    title="The calculus in the group algebra",
    claims=(
        Claim("L_u f = u f", TRANSLATE_DERIVATION),
        Claim("(a b)* = b* a*", STAR_DERIVATION),
        Claim("(a b) c = a (b c)", convolution_associative.DERIVATION),
        Claim("Y = F Psi†", correlation_is_convolution.DERIVATION),
        Claim("dL/dF = D Psi", INPUT_DERIVATION),
        Claim("dL/dPsi = D† F", eq6.CLOSING_DERIVATION),
        Claim("(u f) ⋆ psi = u (f ⋆ psi)", g_correlation_equivariance.DERIVATION),
        Claim("f ⋆ (u psi) = (f ⋆ psi) u⁻¹", RIGHT_DERIVATION),
    ),
    source="gcalc; the supplement's (3), (6) in R[G]",
    hypotheses=("G and X are finite",),
)
