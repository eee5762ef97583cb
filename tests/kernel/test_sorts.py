"""Ill-sorted lines are refused by `check`, each for its reason; what it lets through is what the sorts allow."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gcalc.kernel.sorts import check, check_theory, sort_of
from gcalc.kernel.terms import Aut, Big, Delta, Der, In, KernelError, Lam, Num, One, Sort, Subset, Var

from .symbols import (
    THEORY,
    G,
    H,
    J,
    T,
    U,
    V,
    X,
    a,
    d,
    e,
    f,
    f2,
    g,
    given,
    guarded,
    h,
    i,
    j,
    n,
    op,
    p,
    r,
    s,
    t,
    total,
    x,
    z,
)

ONE = Num(1)

WRONG = {
    "no scalar": (g, "Var is not a scalar"),
    "too many arguments": (a(g, h), "1 arguments wanted, 2 given"),
    "too few arguments": (f(j), "2 arguments wanted, 1 given"),
    "argument of another sort": (a(x), "another sort where G is wanted"),
    "argument of the group for the subgroup": (e(g), "another sort where H is wanted"),
    "argument of another subgroup": (e(z), "another sort where H is wanted"),
    "argument of a λ": (Lam((s,), e(s))(g), "another sort where H is wanted"),
    "argument of an operator": (op("square", a)(x), "another sort where G is wanted"),
    "point times element": (a(x * g), "X does not act from the left"),
    "product of two groups": (a(g * t), "G does not act on T"),
    "acting on channels": (n(g * j), "G does not act on J"),
    "acting on a bare set": (Delta(g * p, p), "G does not act on P"),
    "inverse of a point": (d(x**-1), "no unit and no inverses in the sort X"),
    "unit of channels": (n(One(J)), "no unit and no inverses in the sort J"),
    "automorphism on a subgroup's element": (a(r(s)), "r acts on G only"),
    "automorphism of a set": (d(Aut("r", X)(x)), "no such automorphism of X"),
    "delta of a point and an element": (Delta(g, x), "delta of two sorts"),
    "delta of two channels": (Delta(j, Var("k", Sort("K", "index"))), "delta of two sorts"),
    "delta of two groups": (Delta(g, t), "delta of two sorts"),
    "derivative at too few": (Der(f, (x,), f(j, x)), "2 arguments wanted, 1 given"),
    "derivative at another sort": (Der(d, (g,), d(x)), "another sort where X is wanted"),
    "guard on another sort": (Big("sum", x, ONE, In(x, U)), "no guard of U on another sort"),
    "guard of a subgroup's subset": (guarded(g, g, ONE, subset=V), "no guard of V on another sort"),
    "guard on another variable": (guarded(g, h, ONE), "a guard must bear on its variable"),
    "ill-sorted guard": (guarded(g, g * t, ONE), "G does not act on T"),
    "unknown operator": (op("squared", a)(g), "0 definitions fit"),
    "operator of another sort": (op("square", d)(x), "0 definitions fit"),
    "operator of a parameter too many": (op("square", a, a)(g), "0 definitions fit"),
    "ill-sorted operator as a parameter": (op("opaque", op("square", d))(g), "0 definitions fit"),
    "variable bound twice": (Lam((i, i), f2(i, i))(i, j), "binds a variable twice"),
    "deep inside": (total(g, Lam((h,), a(h) + Num(2) * e(h))(g)), "another sort where H is wanted"),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_ill_sorted_line_is_refused(case):
    term, reason = WRONG[case]
    with pytest.raises(KernelError, match=re.escape(reason)):
        check(term, THEORY)


@pytest.mark.parametrize(
    "term",
    [
        a(s),
        a(s * g),
        e(s * s**-1 * One(H)),
        d(s * x),
        Delta(s, z),
        Delta(s, g),
        guarded(s, s, ONE),
        guarded(s, s, ONE, subset=V),
        op("square", a)(s),
        Der(a, (s,), a(g)),
        total(g, total(g, a(g))),
        Lam((), ONE)(),
    ],
)
def test_an_element_of_a_subgroup_is_one_of_the_group(term):
    check(term, THEORY)


def test_products_have_the_smallest_sort_that_is_known():
    assert [sort_of(w) for w in (s * s, s * g, g * s, s * z, s * x, r(g) * s)] == [H, G, G, G, X, G]


@pytest.mark.parametrize("law", [((), a(x), ONE), ((), ONE, a(x)), ((), g, g), ((), ONE, n(g))])
def test_both_sides_of_a_hypothesis_are_checked(law):
    with pytest.raises(KernelError):
        check_theory(given(law))


@pytest.mark.parametrize(
    "wrong",
    [
        ("ring", None),
        ("group", G),
        ("subgroup", None),
        ("subgroup", X),
        ("subgroup", H),
        ("set", J),
        ("index", G),
    ],
)
def test_a_sort_has_its_place(wrong):
    with pytest.raises(KernelError, match="no sort is a"):
        Sort("S", *wrong)


def test_only_a_subgroup_lies_within_another_sort():
    assert [sort.within(G) for sort in (G, H, T, X, J)] == [True, True, False, False, False]
    assert not G.within(H)
    assert not replace(G, finite=False).within(G)
    assert Subset("U", G) == U != Subset("U", T)


@pytest.mark.parametrize(("symbol", "power"), [(g, 1), (g, 2), (g, 0), (r, 0), (r, 2), (r, -2)])
def test_there_are_no_other_powers(symbol, power):
    with pytest.raises(KernelError, match=f"not {power}"):
        symbol**power
