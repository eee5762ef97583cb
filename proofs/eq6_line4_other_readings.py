"""(6), line 4, in two further readings: D_k ⋆ f_j, and f_j ∗ D_k, the order of the prose above (6).

Each is the gradient for all inputs if and only if every element is its own inverse (E2, E10), as D_k ∗ f_j is. The condition is written δ(x⁻¹, x) = 1. Hypotheses: X = G; 0 ≠ 1 in the ring of values; there are channels.
Source: Cohen & Welling 2016, supplementary material, (6), and the sentences before it.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Delta, Lam, Num
from gcalc.proofs.definitions import THEORY, convolve, correlate, filter_gradient, g, h, j, k, total
from gcalc.proofs.eq6_line4_as_printed import D, D_at_x, D_k, GRADIENT, INVOLUTIONS, e, f, f_at_x, f_j, m, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, beta, contract, delta_one, fold, given, insert_delta, reindex, ring, solve, unfold, word,
)

CORRELATION, CONVOLUTION = correlate(D_k, f_j)(g), convolve(f_j, D_k)(g)
D_at_e = Lam((k, h), Delta(h, e))

CORRELATION_IF = Statement(CORRELATION, GRADIENT, (INVOLUTIONS,))
CORRELATION_IF_DERIVATION = derive(THEORY, CORRELATION_IF, [
    (total(h, D_k(h) * f_j(g**-1 * h)),                                                        unfold("correlate")),
    (total(h, D(k, h) * f(j, (h**-1 * g)**-1)),                                                beta, word),
    (total(h, D(k, h) * (Delta((h**-1 * g)**-1, h**-1 * g) * f(j, (h**-1 * g)**-1))),          ring, given(INVOLUTIONS, {x: h**-1 * g}, backward=True)),
    (total(h, D(k, h) * total(m, Delta(m, (h**-1 * g)**-1) * (Delta(m, h**-1 * g) * f(j, m)))), insert_delta),
    (total(h, D(k, h) * total(m, Delta(m, h**-1 * g) * (Delta(m, (h**-1 * g)**-1) * f(j, m)))), ring),
    (total(h, D(k, h) * (Delta(h**-1 * g, (h**-1 * g)**-1) * f(j, h**-1 * g))),                contract),
    (total(h, D(k, h) * (Delta((h**-1 * g)**-1, h**-1 * g) * f(j, h**-1 * g))),                solve),
    (total(h, D(k, h) * (Num(1) * f(j, h**-1 * g))),                                           given(INVOLUTIONS, {x: h**-1 * g})),
    (total(h, D(k, h) * (Delta(h**-1, h) * f(j, h**-1 * g))),                                  given(INVOLUTIONS, {x: h}, backward=True)),
    (total(h, D(k, h) * total(m, Delta(m, h**-1) * (Delta(m, h) * f(j, m * g)))),              insert_delta),
    (total(h, D(k, h) * total(m, Delta(m, h) * (Delta(m, h**-1) * f(j, m * g)))),              ring),
    (total(h, D(k, h) * (Delta(h, h**-1) * f(j, h * g))),                                      contract),
    (total(h, D(k, h) * (Delta(h**-1, h) * f(j, h * g))),                                      solve),
    (total(h, D(k, h) * f(j, h * g)),                                                          given(INVOLUTIONS, {x: h}), ring),
    (qed,                                                                                      fold("filter_gradient")),
])

CORRELATION_HOLDS = Hypothesis("D_k ⋆ f_j is the gradient for all D, f", (D, f, k, j, g), CORRELATION, GRADIENT)

CORRELATION_ONLY_IF = Statement(Delta(x**-1, x), Num(1), (CORRELATION_HOLDS,))
CORRELATION_ONLY_IF_DERIVATION = derive(THEORY, CORRELATION_ONLY_IF, [
    (Delta(x**-1 * e, x),                                                              word),
    (total(h, Delta(h, e) * Delta(x**-1 * h, x)),                                      insert_delta),
    (total(h, Lam((h,), D_at_e(k, h))(h) * Lam((h,), f_at_x(j, h))(x**-1 * h)),        as_function),
    (correlate(Lam((h,), D_at_e(k, h)), Lam((h,), f_at_x(j, h)))(x),                   fold("correlate")),
    (filter_gradient(D_at_e, f_at_x)(k, j, x),                                         given(CORRELATION_HOLDS, {D: D_at_e, f: f_at_x, g: x})),
    (total(h, D_at_e(k, h) * f_at_x(j, h * x)),                                        unfold("filter_gradient")),
    (total(h, Delta(h, e) * Delta(h * x, x)),                                          beta),
    (Delta(e * x, x),                                                                  contract),
    (qed,                                                                              delta_one),
])

CONVOLUTION_IF = Statement(CONVOLUTION, GRADIENT, (INVOLUTIONS,))
CONVOLUTION_IF_DERIVATION = derive(THEORY, CONVOLUTION_IF, [
    (total(h, f_j(h) * D_k(h**-1 * g)),                                                        unfold("convolve")),
    (total(h, f(j, h) * D(k, h**-1 * g)),                                                      beta),
    (total(h, f(j, h**-1) * D(k, h * g)),                                                      reindex(h, to=h**-1), word),
    (total(h, f(j, (h * g**-1)**-1) * D(k, h)),                                                reindex(h, to=h * g**-1), word),
    (total(h, D(k, h) * (Delta((h * g**-1)**-1, h * g**-1) * f(j, (h * g**-1)**-1))),          ring, given(INVOLUTIONS, {x: h * g**-1}, backward=True)),
    (total(h, D(k, h) * total(m, Delta(m, (h * g**-1)**-1) * (Delta(m, h * g**-1) * f(j, m)))), insert_delta),
    (total(h, D(k, h) * total(m, Delta(m, h * g**-1) * (Delta(m, (h * g**-1)**-1) * f(j, m)))), ring),
    (total(h, D(k, h) * (Delta(h * g**-1, (h * g**-1)**-1) * f(j, h * g**-1))),                contract),
    (total(h, D(k, h) * (Delta((h * g**-1)**-1, h * g**-1) * f(j, h * g**-1))),                solve),
    (total(h, D(k, h) * (Num(1) * f(j, h * g**-1))),                                           given(INVOLUTIONS, {x: h * g**-1})),
    (total(h, D(k, h) * (Delta(g**-1, g) * f(j, h * g**-1))),                                  given(INVOLUTIONS, {x: g}, backward=True)),
    (total(h, D(k, h) * total(m, Delta(m, g**-1) * (Delta(m, g) * f(j, h * m)))),              insert_delta),
    (total(h, D(k, h) * total(m, Delta(m, g) * (Delta(m, g**-1) * f(j, h * m)))),              ring),
    (total(h, D(k, h) * (Delta(g, g**-1) * f(j, h * g))),                                      contract),
    (total(h, D(k, h) * (Delta(g**-1, g) * f(j, h * g))),                                      solve),
    (total(h, D(k, h) * f(j, h * g)),                                                          given(INVOLUTIONS, {x: g}), ring),
    (qed,                                                                                      fold("filter_gradient")),
])

CONVOLUTION_HOLDS = Hypothesis("f_j ∗ D_k is the gradient for all D, f", (D, f, k, j, g), CONVOLUTION, GRADIENT)

CONVOLUTION_ONLY_IF = Statement(Delta(x**-1, x), Num(1), (CONVOLUTION_HOLDS,))
CONVOLUTION_ONLY_IF_DERIVATION = derive(THEORY, CONVOLUTION_ONLY_IF, [
    (Delta(x**-1 * e, x),                                                              word),
    (total(h, Delta(h, x) * Delta(h**-1 * e, x)),                                      insert_delta),
    (total(h, Lam((h,), f_at_x(j, h))(h) * Lam((h,), D_at_x(k, h))(h**-1 * e)),        as_function),
    (convolve(Lam((h,), f_at_x(j, h)), Lam((h,), D_at_x(k, h)))(e),                    fold("convolve")),
    (filter_gradient(D_at_x, f_at_x)(k, j, e),                                         given(CONVOLUTION_HOLDS, {D: D_at_x, f: f_at_x, g: e})),
    (total(h, D_at_x(k, h) * f_at_x(j, h * e)),                                        unfold("filter_gradient")),
    (total(h, Delta(h, x) * Delta(h * e, x)),                                          beta),
    (Delta(x * e, x),                                                                  contract),
    (qed,                                                                              delta_one),
])

LAW = Law(
    id="eq6_line4_other_readings",
    title="The last line of (6), in other readings",
    claims=(
        Claim("D_k ⋆ f_j, if", CORRELATION_IF_DERIVATION),
        Claim("D_k ⋆ f_j, only if", CORRELATION_ONLY_IF_DERIVATION),
        Claim("f_j ∗ D_k, if", CONVOLUTION_IF_DERIVATION),
        Claim("f_j ∗ D_k, only if", CONVOLUTION_ONLY_IF_DERIVATION),
    ),
    source="supplement (6), line 4, as printed, and the prose above it (E2, E10)",
    hypotheses=("X = G", "0 ≠ 1 in the ring of values"),
)
