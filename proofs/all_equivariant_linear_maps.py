"""Every linear equivariant map Φ from functions on X to functions on G is a G-correlation, with psi_j^k(x) = Φ(δ_x e_j)_k(e) and no other.

So a filter can be read out of a black box. δ_x e_j is the image that is 1 at x in channel j and 0 elsewhere; f is the sum of these with
coefficients f(j, x), and δ_y e_i is δ_{g⁻¹y} e_i moved by g. Linearity and equivariance of Φ are hypotheses.
Hypotheses: X is finite; G is any discrete group acting on it.
Source: the converse of g_correlation_equivariance, for linear maps; Kondor & Trivedi 2018 for compact groups; for any G-set, gcalc.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Delta, Fun, Lam, One, Var
from gcalc.proofs.definitions import THEORY, G, J, K, X, correlate, g, j, k, left_translate, phi, point, total, u, x, y
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, as_values, beta, contract, distribute, fold, given, in_function, insert_delta, ring, solve, unfold, word,
)

i, e = Var("i", J), One(G)
f, psi = Fun("f", (J, X)), Fun("psi", (K, J, X))
c, F = Fun("c", (J, X)), Fun("F", (J, X, J, X))

LINEAR = Hypothesis(
    "Φ is linear", (c, F, k, g),
    phi(Lam((j, x), total(y, i, c(i, y) * F(i, y, j, x))))(k, g),
    total(y, i, c(i, y) * phi(Lam((j, x), F(i, y, j, x)))(k, g)),
)
EQUIVARIANT = Hypothesis("Φ is equivariant", (f, u, k, g), phi(left_translate(u, f))(k, g), phi(f)(k, u**-1 * g))

points = Lam((i, y, j, x), Delta(j, i) * Delta(x, y))
moved_back = point(i, g**-1 * y)
read = Lam((k, i, y), phi(point(i, y))(k, e))

STATEMENT = Statement(phi(f)(k, g), correlate(f, read)(k, g), hypotheses=(LINEAR, EQUIVARIANT))

DERIVATION = derive(THEORY, STATEMENT, [
    (phi(Lam((j, x), f(j, x)))(k, g),                                                           in_function),
    (phi(Lam((j, x), total(y, Delta(y, x) * total(i, Delta(i, j) * f(i, y)))))(k, g),           insert_delta, insert_delta),
    (phi(Lam((j, x), total(y, i, f(i, y) * (Delta(i, j) * Delta(y, x)))))(k, g),                distribute, ring),
    (phi(Lam((j, x), total(y, i, f(i, y) * points(i, y, j, x))))(k, g),                         solve, as_function),
    (total(y, i, f(i, y) * phi(Lam((j, x), points(i, y, j, x)))(k, g)),                         given(LINEAR, {c: f, F: points})),
    (total(y, i, f(i, y) * phi(Lam((j, x), Delta(j, i) * Delta(x, y)))(k, g)),                  beta),
    (total(y, i, f(i, y) * phi(Lam((j, x), Delta(j, i) * Delta(g**-1 * x, g**-1 * y)))(k, g)),  solve),
    (total(y, i, f(i, y) * phi(Lam((j, x), moved_back(j, g**-1 * x)))(k, g)),                   as_function),
    (total(y, i, f(i, y) * phi(Lam((j, x), left_translate(g, moved_back)(j, x)))(k, g)),        fold("left_translate")),
    (total(y, i, f(i, y) * phi(left_translate(g, moved_back))(k, g)),                           as_values),
    (total(y, i, f(i, y) * phi(moved_back)(k, g**-1 * g)),                                      given(EQUIVARIANT, {f: moved_back, u: g})),
    (total(y, i, f(i, y) * phi(moved_back)(k, e)),                                              word),
    (total(y, i, f(i, y) * read(k, i, g**-1 * y)),                                              as_function),
    (qed,                                                                                       fold("correlate")),
])

CORRELATION = Hypothesis("Φ f = f ⋆ psi", (f, k, g), phi(f)(k, g), correlate(f, psi)(k, g))

UNIQUE = Statement(phi(point(j, x))(k, e), psi(k, j, x), hypotheses=(CORRELATION,))

UNIQUE_DERIVATION = derive(THEORY, UNIQUE, [
    (correlate(point(j, x), psi)(k, e),                                given(CORRELATION, {f: point(j, x), g: e})),
    (total(y, i, Delta(i, j) * (Delta(y, x) * psi(k, i, e**-1 * y))),  unfold("correlate"), beta, ring),
    (psi(k, j, e**-1 * x),                                             contract),
    (qed,                                                              word),
])

LAW = Law(
    id="all_equivariant_linear_maps",
    title="Every equivariant linear map is a G-correlation",
    claims=(Claim("existence", DERIVATION), Claim("uniqueness", UNIQUE_DERIVATION)),
    source="gcalc; the converse of g_correlation_equivariance",
    hypotheses=("X is finite", "Φ is linear and equivariant"),
)
