"""Section 2: on a split group a G-correlation is a filter transformation, then a planar correlation.

With g = z s, z a translation and s in the point group, [f ⋆ psi](k, z s) is the correlation by translations z of f with the K|H|
filters Psi(k, s) of the transformed bank (first claim; X = G or the grid). On X = G every point is a y t, so f and every filter are
planar with J|H| channels (second claim), and the bank is indexed by psi[k, s, j, t, y] = psi_j^k(s⁻¹t, s⁻¹y), where H acts on T by
conjugation, s⁻¹ys (third claim).
Hypotheses: T and H are subgroups of G and every g is z s for exactly one z in T and s in H (second claim); T is normal (third claim, for
s⁻¹ys to lie in T).
Source: Cohen & Welling 2016, section 7, and supplementary material, section 2; the index formula is gcalc's.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Factorization
from gcalc.kernel.terms import Fun, Sort, Var
from gcalc.proofs.definitions import THEORY, G, H, J, K, X, correlate, filter_transform, g, j, k, s, total, x
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import fold, split, unfold, word

T = Sort("T", "subgroup", G)
y, z, t = Var("y", T), Var("z", T), Var("t", H)
SPLIT = (Factorization(G, T, H),)

f, psi = Fun("f", (J, X)), Fun("psi", (K, J, X))
Psi = filter_transform(psi)

TRANSLATIONS = Statement(
    correlate(f, psi)(k, z * s),
    total(x, j, f(j, x) * Psi(k, s, j, z**-1 * x)),
)

TRANSLATIONS_DERIVATION = derive(THEORY, TRANSLATIONS, [
    (total(x, j, f(j, x) * psi(k, j, (z * s)**-1 * x)),                   unfold("correlate")),
    (total(x, j, f(j, x) * psi(k, j, s**-1 * (z**-1 * x))),               word),
    (qed,                                                                 fold("filter_transform")),
])

fG, psiG = Fun("f", (J, G)), Fun("psi", (K, J, G))
PsiG = filter_transform(psiG)

PLANAR = Statement(
    correlate(fG, psiG)(k, z * s),
    total(y, t, j, fG(j, y * t) * PsiG(k, s, j, z**-1 * (y * t))),
    factorizations=SPLIT,
)

PLANAR_DERIVATION = derive(THEORY, PLANAR, [
    (total(g, j, fG(j, g) * psiG(k, j, (z * s)**-1 * g)),                 unfold("correlate")),
    (total(g, j, fG(j, g) * psiG(k, j, s**-1 * (z**-1 * g))),             word),
    (total(g, j, fG(j, g) * PsiG(k, s, j, z**-1 * g)),                    fold("filter_transform")),
    (qed,                                                                 split(y, t)),
])

INDEX = Statement(
    PsiG(k, s, j, y * t),
    psiG(k, j, (s**-1 * y * s) * (s**-1 * t)),
)

INDEX_DERIVATION = derive(THEORY, INDEX, [
    (psiG(k, j, s**-1 * (y * t)),                                         unfold("filter_transform")),
    (qed,                                                                 word),
])

LAW = Law(
    id="split_theorem",
    title="G-correlation on a split group is planar",
    claims=(
        Claim("planar correlation with K|H| filters", TRANSLATIONS_DERIVATION),
        Claim("planar correlation with K|H| × J|H| filters", PLANAR_DERIVATION),
        Claim("index formula", INDEX_DERIVATION),
    ),
    source="supplement, section 2",
    hypotheses=("G = T ⋊ H is split", "G and X are finite"),
)
