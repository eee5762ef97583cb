"""The u with which a map Φ commutes, {u : Φ L_u = L_u Φ}, are a subgroup of G: they hold the unit, products and inverses.

So a map that commutes with generators of G commutes with G (that induction on words is Coq's). Φ is any map from functions on X to
functions on G, not necessarily linear. In the second and third claim u and v are fixed and the hypotheses speak of all f.
Source: gcalc.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Element, Fun, Lam, One, Var
from gcalc.proofs.definitions import THEORY, G, J, X, g, j, k, left_translate, phi, u, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import as_values, fold, given, in_function, unfold, word

f = Fun("f", (J, X))
v, e = Var("v", G), One(G)


def commutes(by: Element, *hypotheses: Hypothesis) -> Statement:
    """Φ L_u f = L_u Φ f for an element u."""
    return Statement(phi(left_translate(by, f))(k, g), left_translate(by, phi(f))(k, g), hypotheses)


def assume(by: Var) -> Hypothesis:
    """Φ commutes with this element, for all f."""
    return Hypothesis(f"Φ commutes with {by.name}", (f, k, g), commutes(by).left, commutes(by).right)


UNIT = commutes(e)
UNIT_DERIVATION = derive(THEORY, UNIT, [
    (phi(Lam((j, x), left_translate(e, f)(j, x)))(k, g),                        in_function),
    (phi(Lam((j, x), f(j, x)))(k, g),                                           unfold("left_translate"), word),
    (phi(f)(k, g),                                                              as_values),
    (phi(f)(k, e**-1 * g),                                                      word),
    (qed,                                                                       fold("left_translate")),
])

WITH_U, WITH_V = assume(u), assume(v)

PRODUCT = commutes(u * v, WITH_U, WITH_V)
PRODUCT_DERIVATION = derive(THEORY, PRODUCT, [
    (phi(Lam((j, x), left_translate(u * v, f)(j, x)))(k, g),                    in_function),
    (phi(Lam((j, x), f(j, v**-1 * (u**-1 * x))))(k, g),                         unfold("left_translate"), word),
    (phi(Lam((j, x), left_translate(v, f)(j, u**-1 * x)))(k, g),                fold("left_translate")),
    (phi(Lam((j, x), left_translate(u, left_translate(v, f))(j, x)))(k, g),     fold("left_translate")),
    (phi(left_translate(u, left_translate(v, f)))(k, g),                        as_values),
    (left_translate(u, phi(left_translate(v, f)))(k, g),                        given(WITH_U, {f: left_translate(v, f)})),
    (phi(left_translate(v, f))(k, u**-1 * g),                                   unfold("left_translate")),
    (left_translate(v, phi(f))(k, u**-1 * g),                                   given(WITH_V, {g: u**-1 * g})),
    (phi(f)(k, (u * v)**-1 * g),                                                unfold("left_translate"), word),
    (qed,                                                                       fold("left_translate")),
])

INVERSE = commutes(u**-1, WITH_U)
back = left_translate(u**-1, f)
INVERSE_DERIVATION = derive(THEORY, INVERSE, [
    (phi(back)(k, u**-1 * (u * g)),                                             word),
    (left_translate(u, phi(back))(k, u * g),                                    fold("left_translate")),
    (phi(left_translate(u, back))(k, u * g),                                    given(WITH_U, {f: back, g: u * g}, backward=True)),
    (phi(Lam((j, x), left_translate(u, back)(j, x)))(k, u * g),                 in_function),
    (phi(Lam((j, x), back(j, u**-1 * x)))(k, u * g),                            unfold("left_translate")),
    (phi(Lam((j, x), f(j, x)))(k, u * g),                                       unfold("left_translate"), word),
    (phi(f)(k, u * g),                                                          as_values),
    (phi(f)(k, (u**-1)**-1 * g),                                                word),
    (qed,                                                                       fold("left_translate")),
])

LAW = Law(
    id="equivariance_subgroup",
    title="The elements with which a map commutes are a subgroup",
    claims=(Claim("unit", UNIT_DERIVATION), Claim("product", PRODUCT_DERIVATION), Claim("inverse", INVERSE_DERIVATION)),
    source="gcalc",
)
