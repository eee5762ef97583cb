"""The rules with premises: hypotheses, and the factorization of a group."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gcalc.kernel.sorts import Factorization, Theory
from gcalc.kernel.terms import Big, Der, KernelError, Lam, Num, Sort, Subset, Var, same

from .symbols import (
    THEORY,
    G,
    H,
    N,
    T,
    U,
    V,
    a,
    b,
    c,
    d,
    e,
    g,
    given,
    guarded,
    h,
    q,
    r,
    s,
    t,
    total,
    u,
    use,
    x,
    y,
    z,
)

G_is_NH = replace(THEORY, factorizations=(Factorization(G, N, H),))
SAME_ON_X = ((x,), d(x), d(u * x))  # for all x, with u fixed
SAME_FOR_ALL = ((a, g), a(g), a(g**-1))


HOLDS = {
    "hypothesis-instance": (SAME_ON_X, d(h * y), ("h1", ((x, h * y),)), d(u * (h * y)), ()),
    "hypothesis-under-another-binder": (
        SAME_ON_X,
        total(x, d(x)),
        ("h1", ()),
        total(x, d(u * x)),
        (0,),
    ),
    "hypothesis-for-all-functions": (
        SAME_FOR_ALL,
        Lam((h,), b(h) + c(h))(g),
        ("h1", ((a, Lam((h,), b(h) + c(h))),)),
        Lam((h,), b(h) + c(h))(g**-1),
        (),
    ),
    "hypothesis-of-an-automorphism": (((r,), a(r(g)), a(g)), a((r**-1)(g)), ("h1", ((r, r**-1),)), a(g), ()),
    "hypothesis-of-a-subset": (
        ((U,), guarded(g, g, a(g)), Num(0)),
        guarded(g, g, a(g), subset=Subset("W", G)),
        ("h1", ((U, Subset("W", G)),)),
        Num(0),
        (),
    ),
}


@pytest.mark.parametrize("case", HOLDS)
def test_a_hypothesis_gives(case):
    law, term, arguments, expected, path = HOLDS[case]
    assert same(use("hypothesis", term, *arguments, path=path, theory=given(law)), expected)


def test_split_gives_a_double_sum():
    result = use("split", total(g, a(g)), z, s, theory=G_is_NH)
    assert same(result, total(z, s, a(z * s)))


def test_split_renames_what_it_would_capture():
    term = total(g, total(s, a(g * s)))
    assert same(
        use("split", term, z, s, theory=G_is_NH), total(z, s, total(Var("s'", H), a(z * s * Var("s'", H))))
    )


FAILS = {
    "unknown": (SAME_ON_X, d(x), ("h2", ()), "0 hypotheses are called h2", ()),
    "other-term": (SAME_ON_X, d(y), ("h1", ()), "does not match", ()),
    "fixed-symbol-instantiated": (SAME_ON_X, d(x), ("h1", ((u, g),)), "does not speak for all", ()),
    "fixed-variable-bound": (SAME_ON_X, total(u, d(u * x)), ("h1", ((x, u * x),)), "is bound here", (0,)),
    "about-one-point-used-for-all": (((), d(x), Num(2)), total(x, d(x)), ("h1", ()), "is bound here", (0,)),
    "about-one-point-used-in-a-function": (
        ((), d(x), Num(2)),
        Lam((x,), d(x))(y),
        ("h1", ()),
        "is bound here",
        (0, 0),
    ),
    "differentiated-by-the-fixed": (
        ((x,), d(x), Num(0)),
        Der(d, (y,), d(x)),
        ("h1", ()),
        "is bound here",
        (1,),
    ),
    "values-under-a-derivative": (
        ((a,), a(g) * a(g), a(g)),
        Der(b, (h,), b(g) * b(g)),
        ("h1", ((a, b),)),
        "is bound here",
        (1,),
    ),
    "values-brought-under-a-derivative": (
        ((a,), Num(0), a(g) * a(g) + a(g)),
        Der(b, (h,), Num(0)),
        ("h1", ((a, b),)),
        "is bound here",
        (1,),
    ),
    "larger-sort": (((s,), e(s), Num(0)), e(s), ("h1", ((s, g),)), "takes terms of other sorts", ()),
    "other-kind": (((x,), d(x), Num(0)), d(x), ("h1", ((x, d),)), "takes terms of other sorts", ()),
    "function-on-another-sort": (SAME_FOR_ALL, e(s), ("h1", ((a, e),)), "takes terms of other sorts", ()),
    "subset-of-another-group": (
        ((U,), guarded(g, g, a(g)), Num(0)),
        guarded(s, s, a(s), subset=V),
        ("h1", ((U, V),)),
        "takes terms of other sorts",
        (),
    ),
}


@pytest.mark.parametrize("case", FAILS)
def test_a_hypothesis_refuses(case):
    law, term, arguments, reason, path = FAILS[case]
    with pytest.raises(KernelError, match=f"^hypothesis: .*{re.escape(reason)}"):
        use("hypothesis", term, *arguments, path=path, theory=given(law))


def test_one_name_for_two_hypotheses_is_refused():
    laws = given(SAME_ON_X).hypotheses + given(((x,), d(x), d(x))).hypotheses
    with pytest.raises(KernelError, match="2 hypotheses are called h1"):
        use("hypothesis", d(x), "h1", (), theory=replace(THEORY, hypotheses=laws))


def test_a_hypothesis_is_used_only_where_the_kernel_says_what_is_bound():
    with pytest.raises(KernelError, match="positional argument"):
        use(
            "hypothesis",
            total(u, d(u * x)),
            "h1",
            ((x, u * x),),
            frozenset(),
            path=(0,),
            theory=given(SAME_ON_X),
        )


@pytest.mark.parametrize(
    ("term", "first", "second", "reason"),
    [
        (total(g, a(g)), s, z, "no such factorization"),
        (total(g, a(g)), z, z, "no such factorization"),
        (total(g, a(g * z)), z, s, "a variable is not fresh"),
        (total(g, a(g * s)), z, s, "a variable is not fresh"),
        (guarded(g, g, a(g)), z, s, "no unguarded sum"),
        (Big("max", g, a(g)), z, s, "no unguarded sum"),
        (total(g, a(g)), z * s, s, "no two variables given"),
    ],
)
def test_split_refuses(term, first, second, reason):
    with pytest.raises(KernelError, match=reason):
        use("split", term, first, second, theory=G_is_NH)


def test_split_refuses_infinite_sorts():
    first, second = Sort("A", "subgroup", T, finite=False), Sort("B", "subgroup", T)
    theory = Theory(factorizations=(Factorization(T, first, second),))
    with pytest.raises(KernelError, match="an infinite sort"):
        use("split", total(t, q(t)), Var("z", first), Var("s", second), theory=theory)
