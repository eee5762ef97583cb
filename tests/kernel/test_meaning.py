"""Where every rule is obeyed and the meaning would be lost: derivatives of no polynomial, ⊕ of nothing."""

from __future__ import annotations

import pytest

from gcalc.kernel.replay import Step, replay
from gcalc.kernel.sorts import Definition, Hypothesis, Theory
from gcalc.kernel.terms import Add, Big, Delta, Der, Fun, KernelError, Lam, Num, One, Times, Val

from .symbols import THEORY, G, T, a, b, c, g, guarded, h, op, proof, q, t, total, u, v

ZERO, ONE = Num(0), Num(1)
f, at = a, One(G)
F = f(at)


def phi(value):
    """An opaque map of values: 1 at 0, and 0 elsewhere."""
    return Val("phi", value)


def test_a_derivative_of_an_opaque_map_proves_nothing():
    """F phi(F) = 0 for all F if phi is the indicator of 0; its derivative by Leibniz would be phi(0) = 1 at F = 0."""
    laws = (
        Hypothesis("product", (f,), F * phi(F), ZERO),
        Hypothesis("at zero", (), phi(ZERO), ONE),
        Hypothesis("here", (), F, ZERO),
    )

    def by(term):
        return Der(f, (at,), term)

    leibniz = by(F) * phi(F) + F * by(phi(F))
    simple = ONE * phi(F) + F * by(phi(F))
    zeros = ONE * phi(ZERO) + ZERO * by(phi(F))
    steps = (
        Step("derivative", (), (), by(ZERO), backward=True),
        Step("hypothesis", (1,), ("product", ()), by(F * phi(F)), backward=True),
        Step("derivative", (), (), leibniz),
        Step("derivative", (0, 0), (), by_value := _first(leibniz, by)),
        Step("delta_one", (0, 0), (), simple),
        Step("hypothesis", (0, 1, 0), ("here", ()), ONE * phi(ZERO) + F * by(phi(F))),
        Step("hypothesis", (1, 0), ("here", ()), zeros),
        Step("hypothesis", (0, 1), ("at zero", ()), ONE * ONE + ZERO * by(phi(F))),
        Step("ring", (), (ONE,), ONE),
    )
    assert by_value != leibniz
    with pytest.raises(KernelError, match="line 2: no polynomial in the values of a"):
        replay(THEORY, proof(ZERO, *steps, hypotheses=laws))


def _first(leibniz, by):
    return Add(Times(Delta(at, at), leibniz.left.right), leibniz.right)


OPAQUE = op("opaque", a)


@pytest.mark.parametrize(
    "body",
    [
        phi(a(g)),
        b(g) * phi(a(g)),
        Big("max", h, a(h)),
        Big("any", h, a(h)),
        OPAQUE(g),
        op("square", OPAQUE)(g),
        op("square", Lam((h,), phi(a(h))))(g),
        op("total", Lam((h,), OPAQUE(h)))(),
        total(t, a(g) * q(t)),
        Der(b, (g,), b(g) * phi(a(g))),
        Lam((h,), phi(a(h)))(g),
    ],
)
def test_only_polynomials_are_differentiated(body):
    with pytest.raises(KernelError, match=r"no polynomial in the values of a|opaque is opaque"):
        replay(THEORY, proof(Der(a, (g,), body), Step("ring", (), (ONE,), ONE)))


@pytest.mark.parametrize(
    "body",
    [
        a(g) * phi(b(g)) + ONE,
        guarded(h, h, a(h) * b(h)),
        a(g) * Big("max", h, b(h)),
        a(g) * op("opaque", b)(g),
        a(g) * total(t, q(t)),
        op("square", a)(g),
        op("square", Lam((h,), a(h) * c(h)))(g),
        op("total", a)(),
        op("square", op("shift", u, a))(g),
        Der(a, (h,), a(g) * a(h)),
        Lam((h,), a(h) * a(g))(g),
    ],
)
def test_every_polynomial_is_differentiated(body):
    term = Der(a, (g,), body)
    assert replay(THEORY, proof(term, Step("ring", (), (term + ZERO,), term + ZERO))) == 1


def test_a_polynomial_is_not_the_function_it_defines():
    """On the ring of two elements a² = a for all a, and ∂(a²) = 2a = 0 is not ∂a = 1."""
    law = Hypothesis("boolean", (a,), a(g) * a(g), a(g))
    square, plain = Der(b, (g,), b(g) * b(g)), Der(b, (g,), b(g))
    step = Step("hypothesis", (1,), ("boolean", ((a, b),)), plain)
    with pytest.raises(KernelError, match="is bound here"):
        replay(THEORY, proof(square, step, hypotheses=(law,)))


def test_no_operator_hides_an_infinite_sum_from_a_derivative():
    body = total(t, Fun("k", (T,))(t))
    theory = Theory((Definition("all", (Fun("k", (T,)),), (), body),))
    term = Der(q, (v,), op("all", q)())
    with pytest.raises(KernelError, match="no polynomial in the values of q"):
        replay(theory, proof(term, Step("ring", (), (term + ZERO,), term + ZERO)))


def test_what_any_operation_makes_of_nothing_is_not_exchanged():
    """With a ⊕ b = a + b + 1 and no g whose square lies in U: nothing is 0, but nothing twice is 1."""
    left = guarded(g, g * g, Big("any", h, ONE), "any")
    right = Big("any", h, guarded(g, g * g, ONE, "any"))
    with pytest.raises(KernelError, match="a guard under an unknown operation"):
        replay(THEORY, proof(left, Step("exchange", (), (), right)))
    for kind in ("sum", "max"):
        one = guarded(g, g * g, Big(kind, h, ONE), kind)
        other = Big(kind, h, guarded(g, g * g, ONE, kind))
        assert replay(THEORY, proof(one, Step("exchange", (), (), other))) == 1
