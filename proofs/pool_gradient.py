"""The gradient of pooling with sums is its adjoint, dL/df(x) = Σ_{u ∈ U} D(x u⁻¹): by the chain rule, and by the adjoint identity.

Pooling by means is 1/|U| times it, and so is its gradient. Pooling by maxima is not linear and has no such statement: its gradient goes to
the first maximiser in the order of U, which is equivariant (the first in the order of an array is not, already on C3); that is shown by
evaluation only.
Hypotheses: G is finite; U is a finite non-empty subset of G; the loss depends on f only through P f.
Source: gcalc; the supplement pools in (2) and differentiates correlations only.
"""

from gcalc.kernel.replay import Statement
from gcalc.kernel.terms import Big, Delta, Der, Fun, In, Scalar, Var
from gcalc.proofs.definitions import THEORY, G, J, U, g, h, j, sum_pool, total
from gcalc.proving.elaborate import derive, qed
from gcalc.proving.law import Claim, Law
from gcalc.proving.reasons import (
    collect, contract, derivative, distribute, exchange, reindex, ring, solve, unfold, word,
)

f, D = Fun("f", (J, G)), Fun("D", (J, G))
i, x, u = Var("i", J), Var("x", G), Var("u", G)


def over_U(body: Scalar) -> Big:
    """Σ_{u ∈ U} of the body."""
    return Big("sum", u, body, In(u, U))


CHAIN_RULE = Statement(
    total(g, i, D(i, g) * Der(f, (j, x), sum_pool(f, U)(i, g))),
    over_U(D(j, x * u**-1)),
)

CHAIN_RULE_DERIVATION = derive(THEORY, CHAIN_RULE, [
    (total(g, i, D(i, g) * Der(f, (j, x), Big("sum", h, f(i, h), In(g**-1 * h, U)))),       unfold("sum_pool")),
    (total(g, i, D(i, g) * Der(f, (j, x), over_U(f(i, g * u)))),                            reindex(h, to=g * h), word),
    (total(g, i, D(i, g) * over_U(Delta(i, j) * Delta(g * u, x))),                          derivative),
    (over_U(total(g, i, D(i, g) * (Delta(i, j) * Delta(g * u, x)))),                        distribute, exchange, exchange),
    (over_U(total(g, i, Delta(i, j) * (Delta(g * u, x) * D(i, g)))),                        ring),
    (over_U(total(g, Delta(g * u, x) * D(j, g))),                                           contract),
    (over_U(total(g, Delta(g, x * u**-1) * D(j, g))),                                       solve),
    (qed,                                                                                   contract),
])

ADJOINT = Statement(
    total(g, j, D(j, g) * sum_pool(f, U)(j, g)),
    total(x, j, over_U(D(j, x * u**-1)) * f(j, x)),
)

ADJOINT_DERIVATION = derive(THEORY, ADJOINT, [
    (total(g, j, D(j, g) * Big("sum", h, f(j, h), In(g**-1 * h, U))),                       unfold("sum_pool")),
    (total(g, j, D(j, g) * over_U(f(j, g * u))),                                            reindex(h, to=g * h), word),
    (over_U(total(g, j, D(j, g) * f(j, g * u))),                                            distribute, exchange, exchange),
    (over_U(total(x, j, D(j, x * u**-1) * f(j, x))),                                        reindex(g, to=g * u**-1), word),
    (total(x, j, over_U(D(j, x * u**-1) * f(j, x))),                                        exchange, exchange),
    (qed,                                                                                   collect),
])

LAW = Law(
    id="pool_gradient",
    title="The gradient of pooling with sums",
    claims=(Claim("chain rule", CHAIN_RULE_DERIVATION), Claim("adjoint", ADJOINT_DERIVATION)),
    source="gcalc",
    hypotheses=("G is finite", "U is non-empty"),
)
