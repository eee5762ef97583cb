"""Valid boundary: the outputs whose filter lies inside the window read nothing outside, and are equivariant under the window's symmetries.

n is the mask of the outputs g whose box lies inside the window: where n(g) and psi(k, j, g⁻¹x) are not zero, x is in the window,
of mask m. Then n·((m·f) ⋆ psi) = n·(f ⋆ psi), whatever f is outside, and n·([L_u f] ⋆ psi) = L_u(n·(f ⋆ psi)).
Hypotheses: n(g) m(x) psi(k, j, g⁻¹x) = n(g) psi(k, j, g⁻¹x) for all x (first claim); n(u⁻¹g) = n(g), so u turns or mirrors the
window into itself (second claim).
Source: gcalc; the boundary that implementations call valid.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Fun, Lam
from gcalc.proofs.definitions import THEORY, G, J, K, X, correlate, g, j, k, left_translate, total, u, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import as_function, beta, collect, distribute, fold, given, reindex, ring, unfold, word

f, psi = Fun("f", (J, X)), Fun("psi", (K, J, X))
m, n = Fun("m", (X,)), Fun("n", (G,))

BOX = Hypothesis(
    "the filter lies inside", (g, k, j, x),
    n(g) * (m(x) * psi(k, j, g**-1 * x)),
    n(g) * psi(k, j, g**-1 * x),
)

NOTHING = Statement(
    n(g) * correlate(Lam((j, x), m(x) * f(j, x)), psi)(k, g),
    n(g) * correlate(f, psi)(k, g),
    hypotheses=(BOX,),
)

NOTHING_DERIVATION = derive(THEORY, NOTHING, [
    (n(g) * total(x, j, (m(x) * f(j, x)) * psi(k, j, g**-1 * x)),              unfold("correlate"), beta),
    (total(x, j, n(g) * ((m(x) * f(j, x)) * psi(k, j, g**-1 * x))),            distribute, distribute),
    (total(x, j, f(j, x) * (n(g) * (m(x) * psi(k, j, g**-1 * x)))),            ring),
    (total(x, j, f(j, x) * (n(g) * psi(k, j, g**-1 * x))),                     given(BOX, {})),
    (total(x, j, n(g) * (f(j, x) * psi(k, j, g**-1 * x))),                     ring),
    (n(g) * total(x, j, f(j, x) * psi(k, j, g**-1 * x)),                       collect, collect),
    (qed,                                                                      fold("correlate")),
])

OUTPUTS = Hypothesis("n is u-invariant", (g,), n(u**-1 * g), n(g))
kept = Lam((k, g), n(g) * correlate(f, psi)(k, g))

EQUIVARIANT = Statement(
    n(g) * correlate(left_translate(u, f), psi)(k, g),
    left_translate(u, kept)(k, g),
    hypotheses=(OUTPUTS,),
)

EQUIVARIANT_DERIVATION = derive(THEORY, EQUIVARIANT, [
    (n(g) * total(x, j, f(j, u**-1 * x) * psi(k, j, g**-1 * x)),               unfold("correlate"), unfold("left_translate")),
    (n(g) * total(x, j, f(j, x) * psi(k, j, (u**-1 * g)**-1 * x)),             reindex(x, to=u * x), word),
    (n(g) * correlate(f, psi)(k, u**-1 * g),                                   fold("correlate")),
    (n(u**-1 * g) * correlate(f, psi)(k, u**-1 * g),                           given(OUTPUTS, {}, backward=True)),
    (kept(k, u**-1 * g),                                                       as_function),
    (qed,                                                                      fold("left_translate")),
])

LAW = Law(
    id="boundary_valid",
    title="Equivariance of the outputs whose filter lies inside a window",
    claims=(Claim("nothing outside is read", NOTHING_DERIVATION), Claim("equivariance", EQUIVARIANT_DERIVATION)),
    source="gcalc",
    hypotheses=("u maps the window to itself", "the box of every kept output lies inside the window"),
)
