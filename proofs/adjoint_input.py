"""The input gradient is the adjoint of the correlation in its first argument: <D, f ⋆ psi> = <ig(D, psi), f>.

<a, b> is the sum of the products of all values. The layer is linear in f, so this determines ig: see gradient_unique.
Hypotheses: G and X are finite. Source: gcalc; the sum of (3), without calculus.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun
from gcalc.proofs.definitions import THEORY, G, J, K, X, correlate, g, input_gradient, j, k, total, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import collect, distribute, exchange, fold, ring, unfold

f, psi, D = Fun("f", (J, X)), Fun("psi", (K, J, X)), Fun("D", (K, G))

STATEMENT = Statement(
    total(g, k, D(k, g) * correlate(f, psi)(k, g)),
    total(x, j, input_gradient(D, psi)(j, x) * f(j, x)),
)

DERIVATION = derive(THEORY, STATEMENT, [
    (total(g, k, D(k, g) * total(x, j, f(j, x) * psi(k, j, g**-1 * x))),         unfold("correlate")),
    (total(g, k, x, j, D(k, g) * (f(j, x) * psi(k, j, g**-1 * x))),              distribute, distribute),
    (total(x, j, g, k, D(k, g) * (f(j, x) * psi(k, j, g**-1 * x))),              exchange, exchange, exchange, exchange),
    (total(x, j, g, k, (D(k, g) * psi(k, j, g**-1 * x)) * f(j, x)),              ring),
    (total(x, j, total(g, k, D(k, g) * psi(k, j, g**-1 * x)) * f(j, x)),         collect, collect),
    (qed,                                                                        fold("input_gradient")),
])

LAW = Law(
    id="adjoint_input",
    title="The input gradient is an adjoint",
    claims=(Claim("<D, f ⋆ psi> = <ig(D, psi), f>", DERIVATION),),
    source="gcalc; the sum of (3)",
    hypotheses=("G and X are finite",),
)
