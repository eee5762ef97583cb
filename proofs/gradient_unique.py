"""Gradients are unique: if <a, f> = <b, f> for all f, then a = b. So the adjoint identities characterise both gradients.

Whatever notion of derivative the loss has, the gradient at the output being D, its gradients with respect to f and psi represent the linear
maps f ↦ <D, f ⋆ psi> and psi ↦ <D, f ⋆ psi>; the claims say that nothing else than ig(D, psi) and fg(D, f) does.
Hypotheses: G and X are finite. Source: gcalc; adjoint_input and adjoint_filter are the converses.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Delta, Fun, Var
from gcalc.proofs.definitions import (
    THEORY, G, J, K, X, correlate, filter_gradient, g, input_gradient, j, k, point, total, x, y,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, beta, contract, fold, given, insert_delta, ring, solve, unfold,
)

a, b, f = Fun("a", (J, X)), Fun("b", (J, X)), Fun("f", (J, X))
psi, D, c = Fun("psi", (K, J, X)), Fun("D", (K, G)), Fun("c", (K, J, X))
i, l = Var("i", J), Var("l", K)

EQUAL = Hypothesis("<a, f> = <b, f> for all f", (f,), total(y, i, a(i, y) * f(i, y)), total(y, i, b(i, y) * f(i, y)))

UNIQUE = Statement(a(j, x), b(j, x), (EQUAL,))
UNIQUE_DERIVATION = derive(THEORY, UNIQUE, [
    (total(y, Delta(y, x) * a(j, y)),                                          insert_delta),
    (total(y, i, Delta(i, j) * (Delta(y, x) * a(i, y))),                       insert_delta),
    (total(y, i, a(i, y) * (Delta(i, j) * Delta(y, x))),                       ring),
    (total(y, i, a(i, y) * point(j, x)(i, y)),                                 as_function),
    (total(y, i, b(i, y) * point(j, x)(i, y)),                                 given(EQUAL, {f: point(j, x)})),
    (total(y, i, b(i, y) * (Delta(i, j) * Delta(y, x))),                       beta),
    (total(y, i, Delta(i, j) * (Delta(y, x) * b(i, y))),                       ring),
    (qed,                                                                      contract),
])

ADJOINT = Hypothesis(
    "<a, f> = <D, f ⋆ psi> for all f", (f,),
    total(y, i, a(i, y) * f(i, y)), total(g, k, D(k, g) * correlate(f, psi)(k, g)),
)

INPUT = Statement(a(j, x), input_gradient(D, psi)(j, x), (ADJOINT,))
INPUT_DERIVATION = derive(THEORY, INPUT, [
    (total(y, Delta(y, x) * a(j, y)),                                                              insert_delta),
    (total(y, i, Delta(i, j) * (Delta(y, x) * a(i, y))),                                           insert_delta),
    (total(y, i, a(i, y) * (Delta(i, j) * Delta(y, x))),                                           ring),
    (total(y, i, a(i, y) * point(j, x)(i, y)),                                                     as_function),
    (total(g, k, D(k, g) * correlate(point(j, x), psi)(k, g)),                                     given(ADJOINT, {f: point(j, x)})),
    (total(g, k, D(k, g) * total(y, i, point(j, x)(i, y) * psi(k, i, g**-1 * y))),                 unfold("correlate")),
    (total(g, k, D(k, g) * total(y, i, Delta(i, j) * (Delta(y, x) * psi(k, i, g**-1 * y)))),       beta, ring),
    (total(g, k, D(k, g) * psi(k, j, g**-1 * x)),                                                  contract),
    (qed,                                                                                          fold("input_gradient")),
])

BANK = Hypothesis(
    "<c, psi> = <D, f ⋆ psi> for all psi", (psi,),
    total(y, i, l, c(l, i, y) * psi(l, i, y)), total(g, l, D(l, g) * correlate(f, psi)(l, g)),
)
AT = point(k, j, x)

FILTER = Statement(c(k, j, x), filter_gradient(D, f)(k, j, x), (BANK,))
FILTER_DERIVATION = derive(THEORY, FILTER, [
    (total(y, Delta(y, x) * c(k, j, y)),                                                           insert_delta),
    (total(y, i, Delta(i, j) * (Delta(y, x) * c(k, i, y))),                                        insert_delta),
    (total(y, i, l, Delta(l, k) * (Delta(i, j) * (Delta(y, x) * c(l, i, y)))),                     insert_delta),
    (total(y, i, l, c(l, i, y) * ((Delta(l, k) * Delta(i, j)) * Delta(y, x))),                     ring),
    (total(y, i, l, c(l, i, y) * AT(l, i, y)),                                                     as_function),
    (total(g, l, D(l, g) * correlate(f, AT)(l, g)),                                                given(BANK, {psi: AT})),
    (total(g, l, D(l, g) * total(y, i, f(i, y) * AT(l, i, g**-1 * y))),                            unfold("correlate")),
    (total(g, l, D(l, g) * total(y, i, Delta(i, j) * (Delta(g**-1 * y, x) * (Delta(l, k) * f(i, y))))),   beta, ring),
    (total(g, l, D(l, g) * total(y, Delta(g**-1 * y, x) * (Delta(l, k) * f(j, y)))),               contract),
    (total(g, l, D(l, g) * total(y, Delta(y, g * x) * (Delta(l, k) * f(j, y)))),                   solve),
    (total(g, l, D(l, g) * (Delta(l, k) * f(j, g * x))),                                           contract),
    (total(g, l, Delta(l, k) * (D(l, g) * f(j, g * x))),                                           ring),
    (total(g, D(k, g) * f(j, g * x)),                                                              contract),
    (qed,                                                                                          fold("filter_gradient")),
])

LAW = Law(
    id="gradient_unique",
    title="Gradients are unique",
    claims=(
        Claim("<a, f> = <b, f> for all f gives a = b", UNIQUE_DERIVATION),
        Claim("the input gradient is the only adjoint", INPUT_DERIVATION),
        Claim("the filter gradient is the only adjoint", FILTER_DERIVATION),
    ),
    source="gcalc",
    hypotheses=("G and X are finite",),
)
