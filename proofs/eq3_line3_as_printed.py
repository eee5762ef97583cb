"""(3), line 3, as printed: Σ_{h,k} D_k(g) psi_j^k(h⁻¹g), which has D_k(g) for D_k(h) (E1). It holds for all inputs if and only if |G| = 1.

|G| = 1 is written δ(u, v) = 1 for all u, v. "Only if" takes D = δ_u and psi^k = δ_{u⁻¹v}.
Hypotheses: X = G; 0 ≠ 1 in the ring of values, so that δ(u, v) = 1 says u = v; there are channels.
Source: Cohen & Welling 2016, supplementary material, (3).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Delta, Fun, Lam, Num, Var
from gcalc.proofs.definitions import THEORY, G, J, K, g, h, input_gradient, j, k, total, u
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, beta, contract, delta_one, fold, given, insert_delta, ring, solve, unfold,
)

psi, D = Fun("psi", (K, J, G)), Fun("D", (K, G))
l, i, m, v = Var("l", K), Var("i", J), Var("m", G), Var("v", G)

PRINTED = total(h, k, D(k, g) * psi(k, j, h**-1 * g))

TRIVIAL = Hypothesis("G is trivial", (u, v), Delta(u, v), Num(1))

IF = Statement(PRINTED, input_gradient(D, psi)(j, g), (TRIVIAL,))

IF_DERIVATION = derive(THEORY, IF, [
    (total(h, k, total(m, Delta(m, g) * D(k, m)) * psi(k, j, h**-1 * g)),        insert_delta),
    (total(h, k, total(m, Num(1) * D(k, m)) * psi(k, j, h**-1 * g)),             given(TRIVIAL, {u: m, v: g})),
    (total(h, k, total(m, Delta(m, h) * D(k, m)) * psi(k, j, h**-1 * g)),        given(TRIVIAL, {u: m, v: h}, backward=True)),
    (total(h, k, D(k, h) * psi(k, j, h**-1 * g)),                                contract),
    (qed,                                                                        fold("input_gradient")),
])

HOLDS = Hypothesis("line 3 holds for all D, psi", (D, psi, j, g), PRINTED, input_gradient(D, psi)(j, g))

ONLY_IF = Statement(Delta(u, v), Num(1), (HOLDS,))
D1, PSI1 = Lam((l, h), Delta(h, u)), Lam((l, i, h), Delta(l, k) * Delta(h, u**-1 * v))

ONLY_IF_DERIVATION = derive(THEORY, ONLY_IF, [
    (Delta(v, u),                                                                solve),
    (total(h, Delta(h, u) * Delta(v, u)),                                        insert_delta),
    (total(h, l, Delta(l, k) * (Delta(h, u) * Delta(v, u))),                     insert_delta),
    (total(h, l, Delta(l, k) * (Delta(h**-1 * v, u**-1 * v) * Delta(v, u))),     solve),
    (total(h, l, Delta(v, u) * (Delta(l, k) * Delta(h**-1 * v, u**-1 * v))),     ring),
    (total(h, l, D1(l, v) * PSI1(l, j, h**-1 * v)),                              as_function),
    (input_gradient(D1, PSI1)(j, v),                                             given(HOLDS, {D: D1, psi: PSI1, g: v})),
    (total(h, l, D1(l, h) * PSI1(l, j, h**-1 * v)),                              unfold("input_gradient")),
    (total(h, l, Delta(l, k) * (Delta(h, u) * Delta(h**-1 * v, u**-1 * v))),     beta, ring),
    (Delta(u**-1 * v, u**-1 * v),                                                contract),
    (qed,                                                                        delta_one),
])

LAW = Law(
    id="eq3_line3_as_printed",
    title="The third line of (3), as printed",
    claims=(Claim("if", IF_DERIVATION), Claim("only if", ONLY_IF_DERIVATION)),
    source="supplement (3), line 3, as printed (E1)",
    hypotheses=("X = G", "0 ≠ 1 in the ring of values"),
)
