"""The G-convolution is associative: (a ∗ b) ∗ c = a ∗ (b ∗ c).

With a = δ_u it is the equivariance of the convolution in its first argument. Hypotheses: G is finite (the sums are exchanged).
Source: the product of the group algebra.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Fun, Var
from gcalc.proofs.definitions import THEORY, G, convolve, g, h, total
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import collect, distribute, exchange, fold, reindex, ring, unfold, word

a, b, c = Fun("a", (G,)), Fun("b", (G,)), Fun("c", (G,))
m = Var("m", G)

STATEMENT = Statement(convolve(convolve(a, b), c)(g), convolve(a, convolve(b, c))(g))

DERIVATION = derive(THEORY, STATEMENT, [
    (total(h, convolve(a, b)(h) * c(h**-1 * g)),                                   unfold("convolve")),
    (total(h, total(m, a(m) * b(m**-1 * h)) * c(h**-1 * g)),                       unfold("convolve")),
    (total(h, m, (a(m) * b(m**-1 * h)) * c(h**-1 * g)),                            distribute),
    (total(m, h, (a(m) * b(m**-1 * h)) * c(h**-1 * g)),                            exchange),
    (total(m, h, (a(m) * b(m**-1 * (m * h))) * c((m * h)**-1 * g)),                reindex(h, to=m * h)),
    (total(m, h, (a(m) * b(h)) * c(h**-1 * (m**-1 * g))),                          word),
    (total(m, h, a(m) * (b(h) * c(h**-1 * (m**-1 * g)))),                          ring),
    (total(m, a(m) * total(h, b(h) * c(h**-1 * (m**-1 * g)))),                     collect),
    (total(m, a(m) * convolve(b, c)(m**-1 * g)),                                   fold("convolve")),
    (qed,                                                                          fold("convolve")),
])

LAW = Law(
    id="convolution_associative",
    title="The G-convolution is associative",
    claims=(Claim("(a b) c = a (b c)", DERIVATION),),
    source="the product of R[G]",
    hypotheses=("G is finite",),
)
