"""(6): the gradient with respect to the filters, Σ_h D_k(h) ∂f_k(h)/∂psi_j^k(x) = Σ_h D_k(h) f_j(hx) = [D_k* ∗ f_j](g).

Filters are shared by a batch, so their gradient is summed over it (third claim). The print drops the terms of the other output maps silently; the chain shows why they vanish: δ(l, k). The second claim needs X = G.
Hypotheses: G and X are finite; the loss depends on psi only through f ⋆ psi (E9).
Source: Cohen & Welling 2016, supplementary material, (6). Its last line lacks the involution on D_k (E2).
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Delta, Der, Fun, Lam, Var
from gcalc.proofs.definitions import (
    THEORY, B, G, J, K, X, b, convolve, correlate, filter_gradient, g, h, involution, j, k, total, x, y,
)
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    as_function, contract, derivative, fold, reindex, ring, solve, unfold,
)

f, psi, D = Fun("f", (J, X)), Fun("psi", (K, J, X)), Fun("D", (K, G))
i, l = Var("i", J), Var("l", K)

CHAIN_RULE = Statement(
    total(h, l, D(l, h) * Der(psi, (k, j, x), correlate(f, psi)(l, h))),
    filter_gradient(D, f)(k, j, x),
)

CHAIN_RULE_DERIVATION = derive(THEORY, CHAIN_RULE, [
    (total(h, l, D(l, h) * Der(psi, (k, j, x), total(y, i, f(i, y) * psi(l, i, h**-1 * y)))),            unfold("correlate")),
    (total(h, l, D(l, h) * total(y, i, Delta(i, j) * (Delta(h**-1 * y, x) * (Delta(l, k) * f(i, y))))),  derivative, ring),
    (total(h, l, D(l, h) * total(y, Delta(h**-1 * y, x) * (Delta(l, k) * f(j, y)))),                     contract),
    (total(h, l, D(l, h) * total(y, Delta(y, h * x) * (Delta(l, k) * f(j, y)))),                         solve),
    (total(h, l, D(l, h) * (Delta(l, k) * f(j, h * x))),                                                 contract),
    (total(h, l, Delta(l, k) * (D(l, h) * f(j, h * x))),                                                 ring),
    (total(h, D(k, h) * f(j, h * x)),                                                                    contract),
    (qed,                                                                                                fold("filter_gradient")),
])

f_b, D_b = Fun("f", (B, J, X)), Fun("D", (B, K, G))

BATCH = Statement(
    total(b, h, l, D_b(b, l, h) * Der(psi, (k, j, x), correlate(f_b, psi)(b, l, h))),
    filter_gradient(D_b, f_b)(k, j, x),
)

BATCH_DERIVATION = derive(THEORY, BATCH, [
    (total(b, h, l, D_b(b, l, h) * Der(psi, (k, j, x), total(y, i, f_b(b, i, y) * psi(l, i, h**-1 * y)))),  unfold("correlate")),
    (total(b, h, l, D_b(b, l, h) * total(y, i, Delta(i, j) * (Delta(h**-1 * y, x) * (Delta(l, k) * f_b(b, i, y))))),
                                                                                                         derivative, ring),
    (total(b, h, l, D_b(b, l, h) * total(y, Delta(h**-1 * y, x) * (Delta(l, k) * f_b(b, j, y)))),        contract),
    (total(b, h, l, D_b(b, l, h) * total(y, Delta(y, h * x) * (Delta(l, k) * f_b(b, j, y)))),            solve),
    (total(b, h, l, D_b(b, l, h) * (Delta(l, k) * f_b(b, j, h * x))),                                    contract),
    (total(b, h, l, Delta(l, k) * (D_b(b, l, h) * f_b(b, j, h * x))),                                    ring),
    (total(b, h, D_b(b, k, h) * f_b(b, j, h * x)),                                                       contract),
    (qed,                                                                                                fold("filter_gradient")),
])

DG, fG = Fun("D", (K, G)), Fun("f", (J, G))
D_k, f_j = Lam((h,), DG(k, h)), Lam((h,), fG(j, h))

CLOSING = Statement(
    filter_gradient(DG, fG)(k, j, g),
    convolve(involution(D_k), f_j)(g),
)

CLOSING_DERIVATION = derive(THEORY, CLOSING, [
    (total(h, DG(k, h) * fG(j, h * g)),                    unfold("filter_gradient")),
    (total(h, DG(k, h**-1) * fG(j, h**-1 * g)),            reindex(h, to=h**-1)),
    (total(h, D_k(h**-1) * f_j(h**-1 * g)),                as_function),
    (total(h, involution(D_k)(h) * f_j(h**-1 * g)),        fold("involution")),
    (qed,                                                  fold("convolve")),
])

LAW = Law(
    id="eq6",
    title="The gradient with respect to the filters",
    claims=(Claim("chain rule", CHAIN_RULE_DERIVATION), Claim("closing line", CLOSING_DERIVATION), Claim("batch", BATCH_DERIVATION)),
    source="supplement (6), corrected by E2",
    hypotheses=("G and X are finite",),
)
