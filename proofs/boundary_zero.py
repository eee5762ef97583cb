"""Zero boundary: with masks, a correlation on a window is equivariant under the symmetries u of the window.

n·((m·L_u f) ⋆ psi) = L_u(n·((m·f) ⋆ psi)): m is the mask of the window on X, so that m·f is f with zeros outside; n is a mask
of the outputs that are kept, such as those at the window's pixels ("same" size) or all of G.
Hypotheses: m and n are u-invariant, m(u⁻¹x) = m(x) and n(u⁻¹g) = n(g), so the window is turned or mirrored into itself.
Source: gcalc; the boundary that implementations call zero padding.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Fun, Lam
from gcalc.proofs.definitions import THEORY, G, J, K, X, correlate, g, j, k, left_translate, total, u, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import as_function, beta, fold, given, reindex, unfold, word

f, psi = Fun("f", (J, X)), Fun("psi", (K, J, X))
m, n = Fun("m", (X,)), Fun("n", (G,))

WINDOW = Hypothesis("m is u-invariant", (x,), m(u**-1 * x), m(x))
OUTPUTS = Hypothesis("n is u-invariant", (g,), n(u**-1 * g), n(g))

inside = Lam((j, x), m(x) * f(j, x))
kept = Lam((k, g), n(g) * correlate(inside, psi)(k, g))

STATEMENT = Statement(
    n(g) * correlate(Lam((j, x), m(x) * left_translate(u, f)(j, x)), psi)(k, g),
    left_translate(u, kept)(k, g),
    hypotheses=(WINDOW, OUTPUTS),
)

DERIVATION = derive(THEORY, STATEMENT, [
    (n(g) * total(x, j, (m(x) * left_translate(u, f)(j, x)) * psi(k, j, g**-1 * x)),        unfold("correlate"), beta),
    (n(g) * total(x, j, (m(x) * f(j, u**-1 * x)) * psi(k, j, g**-1 * x)),                   unfold("left_translate")),
    (n(g) * total(x, j, (m(u**-1 * x) * f(j, u**-1 * x)) * psi(k, j, g**-1 * x)),           given(WINDOW, {}, backward=True)),
    (n(g) * total(x, j, (m(x) * f(j, x)) * psi(k, j, (u**-1 * g)**-1 * x)),                 reindex(x, to=u * x), word),
    (n(g) * total(x, j, inside(j, x) * psi(k, j, (u**-1 * g)**-1 * x)),                     as_function),
    (n(g) * correlate(inside, psi)(k, u**-1 * g),                                           fold("correlate")),
    (n(u**-1 * g) * correlate(inside, psi)(k, u**-1 * g),                                   given(OUTPUTS, {}, backward=True)),
    (kept(k, u**-1 * g),                                                                    as_function),
    (qed,                                                                                   fold("left_translate")),
])

LAW = Law(
    id="boundary_zero",
    title="Equivariance on a window with zeros outside",
    claims=(Claim("equivariance", DERIVATION),),
    source="gcalc",
    hypotheses=("u maps the window to itself",),
)
