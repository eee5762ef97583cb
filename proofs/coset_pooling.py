"""Pooling over the cosets of a subgroup H gives a function on G/H, and commutes with the action.

The operation ⊕ is any commutative associative one: max, sum, and so the mean. P f(g) = ⊕_{s ∈ H} f(gs) depends on the coset gH only.
It is the pooling of (2) with U = H (third claim, in which that equality is a hypothesis: ⊕ over U is ⊕ over H, for all F).
Hypotheses: H is a finite subgroup of G.
Source: Cohen & Welling 2016, section 6.3 of the paper.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Big, Fun, In, Lam, Var
from gcalc.proofs.definitions import THEORY, G, H, J, U, coset_pool, g, h, j, left_translate, over, pool, s, u
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import as_function, beta, fold, given, reindex, unfold, word

f = Fun("f", (J, G))
t = Var("t", H)

CONSTANT = Statement(coset_pool(f)(j, g * t), coset_pool(f)(j, g))
CONSTANT_DERIVATION = derive(THEORY, CONSTANT, [
    (Big("any", s, f(j, (g * t) * s)),                           unfold("coset_pool")),
    (Big("any", s, f(j, g * s)),                                 reindex(s, to=t**-1 * s), word),
    (qed,                                                        fold("coset_pool")),
])

EQUIVARIANT = Statement(coset_pool(left_translate(u, f))(j, g), left_translate(u, coset_pool(f))(j, g))
EQUIVARIANT_DERIVATION = derive(THEORY, EQUIVARIANT, [
    (Big("any", s, left_translate(u, f)(j, g * s)),              unfold("coset_pool")),
    (Big("any", s, f(j, u**-1 * (g * s))),                       unfold("left_translate")),
    (Big("any", s, f(j, (u**-1 * g) * s)),                       word),
    (coset_pool(f)(j, u**-1 * g),                                fold("coset_pool")),
    (qed,                                                        fold("left_translate")),
])

F = Fun("F", (G,))
SAME = Hypothesis("U = H", (F,), Big("any", h, F(h), In(h, U)), Big("any", s, F(s)))
at_g = Lam((h,), f(j, g * h))

POOL = Statement(pool(f, U)(j, g), coset_pool(f)(j, g), hypotheses=(SAME,))
POOL_DERIVATION = derive(THEORY, POOL, [
    (over(h, g**-1 * h, U, f(j, h)),                             unfold("pool")),
    (over(h, h, U, f(j, g * h)),                                 reindex(h, to=g * h), word),
    (over(h, h, U, at_g(h)),                                     as_function),
    (Big("any", s, at_g(s)),                                     given(SAME, {F: at_g})),
    (Big("any", s, f(j, g * s)),                                 beta),
    (qed,                                                        fold("coset_pool")),
])

LAW = Law(
    id="coset_pooling",
    title="Pooling over cosets gives a function on G/H",
    claims=(
        Claim("constant on cosets", CONSTANT_DERIVATION),
        Claim("equivariance", EQUIVARIANT_DERIVATION),
        Claim("pooling with U = H", POOL_DERIVATION),
    ),
    source="Cohen & Welling 2016, section 6.3",
    hypotheses=("H is a finite subgroup of G",),
)
