"""The filter gradient is the adjoint of the correlation in its second argument: <D, f ⋆ psi> = <fg(D, f), psi>.

<a, b> is the sum of the products of all values, over the batch b too: filters are shared by a batch, so their gradient is summed over it.
The layer is linear in psi, so this determines fg: see gradient_unique. Hypotheses: G and X are finite.
Source: gcalc; the sum of (6), without calculus.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs.definitions import (
    THEORY, B, G, J, K, X, b, correlate, filter_gradient, g, j, k, total, x,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import collect, distribute, exchange, fold, reindex, ring, unfold, word

f, psi, D = Fun("f", (J, X)), Fun("psi", (K, J, X)), Fun("D", (K, G))

SINGLE = Statement(
    total(k, g, D(k, g) * correlate(f, psi)(k, g)),
    total(k, x, j, filter_gradient(D, f)(k, j, x) * psi(k, j, x)),
)

SINGLE_DERIVATION = derive(THEORY, SINGLE, [
    (total(k, g, D(k, g) * total(x, j, f(j, x) * psi(k, j, g**-1 * x))),              unfold("correlate")),
    (total(k, g, D(k, g) * total(x, j, f(j, g * x) * psi(k, j, x))),                  reindex(x, to=g * x), word),
    (total(k, g, x, j, D(k, g) * (f(j, g * x) * psi(k, j, x))),                       distribute, distribute),
    (total(k, x, j, g, D(k, g) * (f(j, g * x) * psi(k, j, x))),                       exchange, exchange),
    (total(k, x, j, g, (D(k, g) * f(j, g * x)) * psi(k, j, x)),                       ring),
    (total(k, x, j, total(g, D(k, g) * f(j, g * x)) * psi(k, j, x)),                  collect),
    (qed,                                                                             fold("filter_gradient")),
])

f_b, D_b = Fun("f", (B, J, X)), Fun("D", (B, K, G))

BATCH = Statement(
    total(k, b, g, D_b(b, k, g) * correlate(f_b, psi)(b, k, g)),
    total(k, x, j, filter_gradient(D_b, f_b)(k, j, x) * psi(k, j, x)),
)

BATCH_DERIVATION = derive(THEORY, BATCH, [
    (total(k, b, g, D_b(b, k, g) * total(x, j, f_b(b, j, x) * psi(k, j, g**-1 * x))),      unfold("correlate")),
    (total(k, b, g, D_b(b, k, g) * total(x, j, f_b(b, j, g * x) * psi(k, j, x))),          reindex(x, to=g * x), word),
    (total(k, b, g, x, j, D_b(b, k, g) * (f_b(b, j, g * x) * psi(k, j, x))),               distribute, distribute),
    (total(k, x, j, b, g, D_b(b, k, g) * (f_b(b, j, g * x) * psi(k, j, x))),               exchange, exchange, exchange, exchange),
    (total(k, x, j, b, g, (D_b(b, k, g) * f_b(b, j, g * x)) * psi(k, j, x)),               ring),
    (total(k, x, j, total(b, g, D_b(b, k, g) * f_b(b, j, g * x)) * psi(k, j, x)),          collect, collect),
    (qed,                                                                                  fold("filter_gradient")),
])

LAW = Law(
    id="adjoint_filter",
    title="The filter gradient is an adjoint",
    claims=(Claim("<D, f ⋆ psi> = <fg(D, f), psi>", SINGLE_DERIVATION), Claim("batch", BATCH_DERIVATION)),
    source="gcalc; the sum of (6)",
    hypotheses=("G and X are finite",),
)
