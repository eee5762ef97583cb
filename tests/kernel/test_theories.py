"""Theories that define nothing, or one thing twice, and the instances of schematic definitions."""

from __future__ import annotations

import pytest

from gcalc.kernel.replay import Step, replay
from gcalc.kernel.sorts import Definition, Factorization, Hypothesis, Theory, check, check_theory
from gcalc.kernel.terms import Der, Fun, KernelError, Lam, Num, One, Var

from .symbols import (
    THEORY,
    G,
    H,
    J,
    K,
    N,
    X,
    a,
    accepted,
    g,
    h,
    n,
    op,
    proof,
    q,
    r,
    s,
    t,
    total,
    u,
    use,
    v,
    x,
    y,
)

ONE, TWO = Num(1), Num(2)


def refused(derivation, reason, theory=THEORY):
    """Whether replay refuses, and for this reason."""
    with pytest.raises(KernelError, match=reason):
        replay(theory, derivation)
    return True


def definition(name, *parts, schematic=()):
    return Definition(name, *parts, schematic)


f = Fun("f", (x.sort,))


@pytest.mark.parametrize(
    ("definitions", "reason"),
    [
        ((definition("c", (), (), a(g)),), "not closed"),
        ((definition("c", (r**-1,), (), a(r(One(G)))),), "not closed"),
        ((definition("c", (), (), op("c")() + ONE),), "0 definitions fit"),
        ((definition("c", (), (), op("d")()), definition("d", (), (), op("c")() + ONE)), "0 definitions fit"),
        (
            (definition("c", (g,), (), ONE), definition("c", (s,), (), op("c", One(G))() + ONE)),
            "0 definitions fit",
        ),
        (
            (definition("c", (f, Var("t", x.sort)), (), total(Var("t", G), f(Var("t", x.sort)))),),
            "two symbols: t",
        ),
        ((definition("c", (g,), (), total(Var("g", x.sort), ONE)),), "two symbols: g"),
    ],
)
def test_a_definition_defines(definitions, reason):
    with pytest.raises(KernelError, match=reason):
        check_theory(Theory(definitions))


def test_two_definitions_for_one_use_are_none():
    """phi of an element of G is 1, of an element of H is 2; the instance of the first at H would be both."""
    theory = Theory((definition("phi", (g,), (), ONE), definition("phi", (s,), (), TWO)))
    assert use("unfold", op("phi", g)(), theory=theory) == ONE
    with pytest.raises(KernelError, match="2 definitions fit"):
        use("beta", Lam((g,), op("phi", g)())(s), theory=theory)


def test_a_set_taken_as_its_group_keeps_its_variables_apart():
    theory = Theory((definition("c", (f, u), (), total(x, f(u * x)), schematic=(x.sort, G)),))
    assert use("unfold", op("c", a, x_in_g := Var("x", G))(), theory=theory) == total(
        Var("x#1", G), a(x_in_g * Var("x#1", G))
    )


@pytest.mark.parametrize("parts", [(H, G), (G, H), (x.sort, H), (H, n.arguments[0])])
def test_a_group_is_a_product_of_two_of_its_subgroups_only(parts):
    v = (Var("z", parts[0]), Var("y", parts[1]))
    step = Step("split", (), v, total(*v, ONE))
    forged = proof(total(g, ONE), step, factorizations=(Factorization(G, *parts),))
    assert refused(forged, "is no subgroup of G")
    honest = Step("split", (), (Var("z", N), s), total(Var("z", N), s, ONE))
    assert accepted(total(g, ONE), honest, factorizations=(Factorization(G, N, H),))


def test_a_hypothesis_must_be_well_sorted():
    law = Hypothesis("h1", (), a(x), ONE)
    step = Step("ring", (), (ONE,), ONE)
    assert refused(proof(ONE, step, hypotheses=(law,)), "an element of another sort")


m = Fun("m", (J,))
PICK = definition(
    "pick", (m, Fun("o", (K,))), (), total(Var("j", J), Var("k", K), m(Var("j", J))), schematic=(J, K)
)


def test_one_schematic_sort_stands_for_one_sort():
    same = definition("pair", (m, Fun("o", (J,))), (), ONE, schematic=(J,))
    theory = Theory((same, PICK))
    check(op("pair", n, n)(), theory)
    for name, parameters in (
        ("pair", (n, Fun("o", (K,)))),
        ("pick", (a, n)),
        ("pick", (n,)),
        ("pick", (n, n, n)),
    ):
        with pytest.raises(KernelError, match="0 definitions fit"):
            check(op(name, *parameters)(), theory)


def test_schematic_sorts_are_replaced_at_once():
    """With J for K and K for J, neither is replaced twice."""
    k_first = Fun("n", (K,))
    result = use("unfold", op("pick", k_first, m)(), theory=Theory((PICK,)))
    assert result == total(Var("j", K), Var("k", J), k_first(Var("j", K)))


def test_a_set_is_taken_for_a_group_only_with_its_action():
    theory = Theory((definition("c", (f, u), (), total(x, f(u * x)), schematic=(X,)),))
    check(op("c", a, g)(), theory)
    for function, element in ((q, t), (q, g), (a, t), (Fun("e", (H,)), s), (n, g)):
        with pytest.raises(KernelError, match="0 definitions fit"):
            check(op("c", function, element)(), theory)


def test_an_instance_over_an_infinite_group_is_not_differentiated():
    """Defined for a finite X, where ∂ of a sum is a sum; for X = T its body has no meaning, and it stays closed."""
    body = Der(f, (x,), total(y, f(y)))
    theory = Theory((definition("c", (f,), (x,), body, schematic=(X, G)),))
    assert use("unfold", op("c", f)(x), theory=theory) == body
    with pytest.raises(KernelError, match="no polynomial in the values of q"):
        use("unfold", op("c", q)(v), theory=theory)


def test_a_definition_of_a_derivative_takes_names_only():
    theory = Theory((definition("c", (f,), (x,), Der(f, (x,), f(x) * f(x)), schematic=(X, G)),))
    b = Fun("b", (G,))
    assert use("unfold", op("c", b)(g), theory=theory) == Der(b, (g,), b(g) * b(g))
    with pytest.raises(KernelError, match="f under ∂ can only be renamed"):
        use("unfold", op("c", Lam((h,), b(h)))(g), theory=theory)


def test_what_is_held_fixed_by_a_derivative_does_not_come_to_depend_on_its_function():
    law = definition("c", (f, Fun("o", (X,))), (x,), Der(f, (x,), f(x) * Fun("o", (X,))(x)), schematic=(X, G))
    theory = Theory((law,))
    for other in (a, Lam((h,), a(h) + ONE)):
        with pytest.raises(KernelError, match="f under ∂ can only be renamed"):
            use("unfold", op("c", a, other)(g), theory=theory)
