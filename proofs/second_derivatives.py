"""A gradient of a gradient is again a correlation or a gradient: <C, ig(D, psi)> = <D, C ⋆ psi> = <fg(D, C), psi>.

So the map D ↦ ig(D, psi) has the adjoint C ↦ C ⋆ psi, and psi ↦ ig(D, psi) has C ↦ fg(D, C); likewise for fg(D, f), with a bank E for C:
<E, fg(D, f)> = <D, f ⋆ E> = <ig(D, E), f>. No further operator is needed for derivatives of any order.
Hypotheses: G and X are finite. Source: gcalc.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs.definitions import (
    THEORY, G, J, K, X, correlate, filter_gradient, h, input_gradient, j, k, total, x,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import collect, distribute, exchange, fold, reindex, ring, unfold, word

f, psi, D = Fun("f", (J, X)), Fun("psi", (K, J, X)), Fun("D", (K, G))
C, E = Fun("C", (J, X)), Fun("E", (K, J, X))

OF_INPUT = Statement(
    total(x, j, C(j, x) * input_gradient(D, psi)(j, x)),
    total(k, x, j, filter_gradient(D, C)(k, j, x) * psi(k, j, x)),
)

OF_INPUT_DERIVATION = derive(THEORY, OF_INPUT, [
    (total(x, j, C(j, x) * total(h, k, D(k, h) * psi(k, j, h**-1 * x))),              unfold("input_gradient")),
    (total(x, j, h, k, C(j, x) * (D(k, h) * psi(k, j, h**-1 * x))),                   distribute, distribute),
    (total(k, h, x, j, C(j, x) * (D(k, h) * psi(k, j, h**-1 * x))),                   exchange, exchange, exchange, exchange, exchange),
    (total(k, h, x, j, D(k, h) * (C(j, x) * psi(k, j, h**-1 * x))),                   ring),
    (total(k, h, D(k, h) * total(x, j, C(j, x) * psi(k, j, h**-1 * x))),              collect, collect),
    (total(k, h, D(k, h) * correlate(C, psi)(k, h)),                                  fold("correlate")),
    (total(k, h, D(k, h) * total(x, j, C(j, x) * psi(k, j, h**-1 * x))),              unfold("correlate")),
    (total(k, h, D(k, h) * total(x, j, C(j, h * x) * psi(k, j, x))),                  reindex(x, to=h * x), word),
    (total(k, h, x, j, D(k, h) * (C(j, h * x) * psi(k, j, x))),                       distribute, distribute),
    (total(k, x, j, h, D(k, h) * (C(j, h * x) * psi(k, j, x))),                       exchange, exchange),
    (total(k, x, j, h, (D(k, h) * C(j, h * x)) * psi(k, j, x)),                       ring),
    (total(k, x, j, total(h, D(k, h) * C(j, h * x)) * psi(k, j, x)),                  collect),
    (qed,                                                                             fold("filter_gradient")),
])

OF_FILTER = Statement(
    total(k, x, j, E(k, j, x) * filter_gradient(D, f)(k, j, x)),
    total(x, j, input_gradient(D, E)(j, x) * f(j, x)),
)

OF_FILTER_DERIVATION = derive(THEORY, OF_FILTER, [
    (total(k, x, j, E(k, j, x) * total(h, D(k, h) * f(j, h * x))),                    unfold("filter_gradient")),
    (total(k, x, j, h, E(k, j, x) * (D(k, h) * f(j, h * x))),                         distribute),
    (total(k, h, x, j, E(k, j, x) * (D(k, h) * f(j, h * x))),                         exchange, exchange),
    (total(k, h, x, j, E(k, j, h**-1 * x) * (D(k, h) * f(j, x))),                     reindex(x, to=h**-1 * x), word),
    (total(k, h, x, j, D(k, h) * (f(j, x) * E(k, j, h**-1 * x))),                     ring),
    (total(k, h, D(k, h) * total(x, j, f(j, x) * E(k, j, h**-1 * x))),                collect, collect),
    (total(k, h, D(k, h) * correlate(f, E)(k, h)),                                    fold("correlate")),
    (total(k, h, D(k, h) * total(x, j, f(j, x) * E(k, j, h**-1 * x))),                unfold("correlate")),
    (total(k, h, x, j, D(k, h) * (f(j, x) * E(k, j, h**-1 * x))),                     distribute, distribute),
    (total(x, j, h, k, D(k, h) * (f(j, x) * E(k, j, h**-1 * x))),                     exchange, exchange, exchange, exchange, exchange),
    (total(x, j, h, k, (D(k, h) * E(k, j, h**-1 * x)) * f(j, x)),                     ring),
    (total(x, j, total(h, k, D(k, h) * E(k, j, h**-1 * x)) * f(j, x)),                collect, collect),
    (qed,                                                                             fold("input_gradient")),
])

LAW = Law(
    id="second_derivatives",
    title="Gradients of gradients",
    claims=(
        Claim("<C, ig(D, psi)> = <D, C ⋆ psi> = <fg(D, C), psi>", OF_INPUT_DERIVATION),
        Claim("<E, fg(D, f)> = <D, f ⋆ E> = <ig(D, E), f>", OF_FILTER_DERIVATION),
    ),
    source="gcalc",
    hypotheses=("G and X are finite",),
)
