"""(6), line 4, as printed: [D_k * f_j](g), which lacks the involution on D_k (E2).

With * a convolution it is the gradient for all inputs if and only if every element is its own inverse; read as the correlation f_j ⋆ D_k,
if and only if G is abelian. The conditions are written δ(x⁻¹, x) = 1 and δ(xy, yx) = 1. "Only if" takes two delta functions for D_k and f_j. The other readings,
D_k ⋆ f_j and f_j ∗ D_k, are those of eq6_line4_other_readings. Hypotheses: X = G; 0 ≠ 1 in the ring of values; there are channels.
Source: Cohen & Welling 2016, supplementary material, (6).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Delta, Fun, Lam, Num, One, Var
from gcalc.proofs.definitions import (
    THEORY, G, J, K, convolve, correlate, filter_gradient, g, h, j, k, total,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, beta, contract, delta_one, fold, given, insert_delta, reindex, ring, solve, unfold, word,
)

f, D = Fun("f", (J, G)), Fun("D", (K, G))
D_k, f_j = Lam((h,), D(k, h)), Lam((h,), f(j, h))
m, x, y, e = Var("m", G), Var("x", G), Var("y", G), One(G)
GRADIENT = filter_gradient(D, f)(k, j, g)

PRINTED = convolve(D_k, f_j)(g)

INVOLUTIONS = Hypothesis("every element is its own inverse", (x,), Delta(x**-1, x), Num(1))

IF = Statement(PRINTED, GRADIENT, (INVOLUTIONS,))
IF_DERIVATION = derive(THEORY, IF, [
    (total(h, D_k(h) * f_j(h**-1 * g)),                                                unfold("convolve")),
    (total(h, D(k, h) * f(j, h**-1 * g)),                                              beta),
    (total(h, D(k, h) * (Num(1) * f(j, h**-1 * g))),                                   ring),
    (total(h, D(k, h) * (Delta(h**-1, h) * f(j, h**-1 * g))),                          given(INVOLUTIONS, {x: h}, backward=True)),
    (total(h, D(k, h) * total(m, Delta(m, h**-1) * (Delta(m, h) * f(j, m * g)))),      insert_delta),
    (total(h, D(k, h) * total(m, Delta(m, h) * (Delta(m, h**-1) * f(j, m * g)))),      ring),
    (total(h, D(k, h) * (Delta(h, h**-1) * f(j, h * g))),                              contract),
    (total(h, D(k, h) * (Delta(h**-1, h) * f(j, h * g))),                              solve),
    (total(h, D(k, h) * f(j, h * g)),                                                  given(INVOLUTIONS, {x: h}), ring),
    (qed,                                                                              fold("filter_gradient")),
])

HOLDS = Hypothesis("line 4 holds for all D, f", (D, f, k, j, g), PRINTED, GRADIENT)
D_at_x, f_at_x, f_at_xy = Lam((k, h), Delta(h, x)), Lam((j, h), Delta(h, x)), Lam((j, h), Delta(h, x * y))

ONLY_IF = Statement(Delta(x**-1, x), Num(1), (HOLDS,))
ONLY_IF_DERIVATION = derive(THEORY, ONLY_IF, [
    (Delta(x**-1 * e, x),                                                              word),
    (total(h, Delta(h, x) * Delta(h**-1 * e, x)),                                      insert_delta),
    (total(h, Lam((h,), D_at_x(k, h))(h) * Lam((h,), f_at_x(j, h))(h**-1 * e)),        as_function),
    (convolve(Lam((h,), D_at_x(k, h)), Lam((h,), f_at_x(j, h)))(e),                    fold("convolve")),
    (filter_gradient(D_at_x, f_at_x)(k, j, e),                                         given(HOLDS, {D: D_at_x, f: f_at_x, g: e})),
    (total(h, D_at_x(k, h) * f_at_x(j, h * e)),                                        unfold("filter_gradient")),
    (total(h, Delta(h, x) * Delta(h * e, x)),                                          beta),
    (Delta(x * e, x),                                                                  contract),
    (qed,                                                                              delta_one),
])

CORRELATION = correlate(f_j, D_k)(g)
ABELIAN = Hypothesis("G is abelian", (x, y), Delta(x * y, y * x), Num(1))

CORRELATION_IF = Statement(CORRELATION, GRADIENT, (ABELIAN,))
CORRELATION_IF_DERIVATION = derive(THEORY, CORRELATION_IF, [
    (total(h, f_j(h) * D_k(g**-1 * h)),                                                unfold("correlate")),
    (total(h, f(j, h) * D(k, g**-1 * h)),                                              beta),
    (total(h, f(j, g * h) * D(k, h)),                                                  reindex(h, to=g * h), word),
    (total(h, D(k, h) * (Num(1) * f(j, g * h))),                                       ring),
    (total(h, D(k, h) * (Delta(g * h, h * g) * f(j, g * h))),                          given(ABELIAN, {x: g, y: h}, backward=True)),
    (total(h, D(k, h) * total(m, Delta(m, g * h) * (Delta(m, h * g) * f(j, m)))),      insert_delta),
    (total(h, D(k, h) * total(m, Delta(m, h * g) * (Delta(m, g * h) * f(j, m)))),      ring),
    (total(h, D(k, h) * (Delta(h * g, g * h) * f(j, h * g))),                          contract),
    (total(h, D(k, h) * f(j, h * g)),                                                  given(ABELIAN, {x: h, y: g}), ring),
    (qed,                                                                              fold("filter_gradient")),
])

READ = Hypothesis("f_j ⋆ D_k is the gradient for all D, f", (D, f, k, j, g), CORRELATION, GRADIENT)

CORRELATION_ONLY_IF = Statement(Delta(x * y, y * x), Num(1), (READ,))
CORRELATION_ONLY_IF_DERIVATION = derive(THEORY, CORRELATION_ONLY_IF, [
    (Delta(y**-1 * (x * y), x),                                                        solve),
    (total(h, Delta(h, x * y) * Delta(y**-1 * h, x)),                                  insert_delta),
    (total(h, Lam((h,), f_at_xy(j, h))(h) * Lam((h,), D_at_x(k, h))(y**-1 * h)),       as_function),
    (correlate(Lam((h,), f_at_xy(j, h)), Lam((h,), D_at_x(k, h)))(y),                  fold("correlate")),
    (filter_gradient(D_at_x, f_at_xy)(k, j, y),                                        given(READ, {D: D_at_x, f: f_at_xy, g: y})),
    (total(h, D_at_x(k, h) * f_at_xy(j, h * y)),                                       unfold("filter_gradient")),
    (total(h, Delta(h, x) * Delta(h * y, x * y)),                                      beta),
    (Delta(x * y, x * y),                                                              contract),
    (qed,                                                                              delta_one),
])

LAW = Law(
    id="eq6_line4_as_printed",
    title="The last line of (6), as printed",
    claims=(
        Claim("D_k ∗ f_j, if", IF_DERIVATION),
        Claim("D_k ∗ f_j, only if", ONLY_IF_DERIVATION),
        Claim("f_j ⋆ D_k, if", CORRELATION_IF_DERIVATION),
        Claim("f_j ⋆ D_k, only if", CORRELATION_ONLY_IF_DERIVATION),
    ),
    source="supplement (6), line 4, as printed (E2)",
    hypotheses=("X = G", "0 ≠ 1 in the ring of values"),
)
