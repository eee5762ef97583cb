"""When the "≠" under (1) is an equality: [L_r f] ⋆ psi = L_r[f ⋆ psi] for all f if and only if psi ∘ r = psi.

The print concludes that a planar correlation is not equivariant under rotations "in general"; this is the exact scope (E5).
Hypotheses: r is an automorphism of the group T of translations; f and psi have finite support. "Only if" takes f = δ_{j,e}: one pixel.
Source: Cohen & Welling 2016, supplementary material, the sentence after (1).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Aut, Delta, Fun, One, Sort, Var
from gcalc.proofs.definitions import THEORY, J, K, correlate, j, k, left_translate, point, total
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, beta, contract, fold, given, homomorphism, insert_delta, reindex, ring, unfold, word,
)

T = Sort("T", "group", finite=False)
x, y, e = Var("x", T), Var("y", T), One(T)
i = Var("i", J)
r = Aut("r", T)
f, psi = Fun("f", (J, T)), Fun("psi", (K, J, T))

INVARIANT = Hypothesis("psi ∘ r = psi", (k, j, x), psi(k, j, r(x)), psi(k, j, x))

IF = Statement(
    correlate(left_translate(r, f), psi)(k, x),
    left_translate(r, correlate(f, psi))(k, x),
    (INVARIANT,),
)

IF_DERIVATION = derive(THEORY, IF, [
    (total(y, j, left_translate(r, f)(j, y) * psi(k, j, x**-1 * y)),             unfold("correlate")),
    (total(y, j, f(j, (r**-1)(y)) * psi(k, j, x**-1 * y)),                       unfold("left_translate")),
    (total(y, j, f(j, y) * psi(k, j, x**-1 * r(y))),                             reindex(y, to=r(y)), word),
    (total(y, j, f(j, y) * psi(k, j, r((r**-1)(x)**-1 * y))),                    homomorphism),
    (total(y, j, f(j, y) * psi(k, j, (r**-1)(x)**-1 * y)),                       given(INVARIANT, {x: (r**-1)(x)**-1 * y})),
    (correlate(f, psi)(k, (r**-1)(x)),                                           fold("correlate")),
    (qed,                                                                        fold("left_translate")),
])

COMMUTES = Hypothesis(
    "[L_r f] ⋆ psi = L_r[f ⋆ psi] for all f", (f, k, x),
    correlate(left_translate(r, f), psi)(k, x), left_translate(r, correlate(f, psi))(k, x),
)
PIXEL = point(j, e)

ONLY_IF = Statement(psi(k, j, r(x)), psi(k, j, x), (COMMUTES,))

ONLY_IF_DERIVATION = derive(THEORY, ONLY_IF, [
    (psi(k, j, r(x * e)),                                                        word),
    (total(y, Delta(y, e) * psi(k, j, r(x * y))),                                insert_delta),
    (total(y, i, Delta(i, j) * (Delta(y, e) * psi(k, i, r(x * y)))),             insert_delta),
    (total(y, i, (Delta(i, j) * Delta(y, e)) * psi(k, i, r(x * y))),             ring),
    (total(y, i, PIXEL(i, y) * psi(k, i, r(x * y))),                             as_function),
    (total(y, i, PIXEL(i, (r**-1)(y)) * psi(k, i, r(x) * y)),                    reindex(y, to=(r**-1)(y)), homomorphism),
    (total(y, i, left_translate(r, PIXEL)(i, y) * psi(k, i, r(x) * y)),          fold("left_translate")),
    (total(y, i, left_translate(r, PIXEL)(i, y) * psi(k, i, (r(x)**-1)**-1 * y)),    word),
    (correlate(left_translate(r, PIXEL), psi)(k, r(x)**-1),                      fold("correlate")),
    (left_translate(r, correlate(PIXEL, psi))(k, r(x)**-1),                      given(COMMUTES, {f: PIXEL, x: r(x)**-1})),
    (correlate(PIXEL, psi)(k, (r**-1)(r(x)**-1)),                                unfold("left_translate")),
    (correlate(PIXEL, psi)(k, x**-1),                                            homomorphism),
    (total(y, i, PIXEL(i, y) * psi(k, i, (x**-1)**-1 * y)),                      unfold("correlate")),
    (total(y, i, Delta(i, j) * (Delta(y, e) * psi(k, i, (x**-1)**-1 * y))),      beta, ring),
    (psi(k, j, (x**-1)**-1 * e),                                                 contract),
    (qed,                                                                        word),
])

LAW = Law(
    id="planar_commutes_iff",
    title="When a planar correlation commutes with a rotation",
    claims=(Claim("if", IF_DERIVATION), Claim("only if", ONLY_IF_DERIVATION)),
    source="supplement, the sentence after (1), with its scope (E5)",
    hypotheses=("r is an automorphism of the translation group T",),
)
