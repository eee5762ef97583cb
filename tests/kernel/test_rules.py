"""Every rule, used rightly and against each of its side conditions; what is refused is refused for the right reason."""

from __future__ import annotations

import re

import pytest

from gcalc.kernel.rules import RULES
from gcalc.kernel.terms import Big, Delta, Der, KernelError, Lam, Num, One, same

from .symbols import (
    H,
    a,
    b,
    d,
    e,
    f,
    f2,
    g,
    guarded,
    h,
    i,
    j,
    m,
    n,
    op,
    p,
    q,
    r,
    s,
    t,
    total,
    u,
    use,
    v,
    w,
    x,
    y,
    z,
)

RIGHT = {
    "unfold-body": ("unfold", op("square", a)(g), (), a(g) * a(g)),
    "unfold-set-is-group": ("unfold", op("shift", u, a)(g), (), a(u**-1 * g)),
    "unfold-parameter-of-a-subgroup": ("unfold", op("shift", s, d)(x), (), d(s**-1 * x)),
    "unfold-renames-the-binder": (
        "unfold",
        op("total", Lam((y,), Delta(x, y)))(),
        (),
        total(w, Lam((y,), Delta(x, y))(w)),
    ),
    "beta-one": ("beta", Lam((h,), a(h * g))(u), (), a(u * g)),
    "beta-renames-the-binder": ("beta", Lam((h,), total(g, a(h * g)))(g), (), total(m, a(g * m))),
    "beta-two-at-once": ("beta", Lam((g, h), a(g * h))(h, g), (), a(h * g)),
    "beta-shadowed-stays": ("beta", Lam((h,), total(h, a(h)))(g), (), total(h, a(h))),
    "eta-function": ("eta", op("total", Lam((x,), d(x)))(), (), op("total", d)(), (0, 0)),
    "word-cancels": ("word", a(u**-1 * (u * g)), (g,), a(g), (1,)),
    "word-inverse-of-a-product": ("word", a((u * g) ** -1), (g**-1 * u**-1,), a(g**-1 * u**-1), (1,)),
    "word-automorphism": ("word", a(r(g * h)), (r(g) * r(h),), a(r(g) * r(h)), (1,)),
    "word-on-a-point": ("word", d(u**-1 * (u * x)), (x,), d(x), (1,)),
    "reindex-left": ("reindex", total(g, a(g)), ("left", u), total(g, a(u * g))),
    "reindex-right": ("reindex", total(g, a(g)), ("right", u), total(g, a(g * u))),
    "reindex-inverse": ("reindex", total(g, a(g)), ("inverse",), total(g, a(g**-1))),
    "reindex-automorphism": ("reindex", total(g, a(g)), ("automorphism", r**-1), total(g, a((r**-1)(g)))),
    "reindex-points": ("reindex", total(x, d(x)), ("left", u), total(x, d(u * x))),
    "reindex-within-a-subgroup": ("reindex", total(s, e(s)), ("left", One(H)), total(s, e(One(H) * s))),
    "reindex-infinite": ("reindex", total(t, q(t)), ("left", v), total(t, q(v * t))),
    "reindex-guard": (
        "reindex",
        guarded(h, g**-1 * h, a(h), "max"),
        ("left", u),
        guarded(h, g**-1 * (u * h), a(u * h), "max"),
    ),
    "exchange-sums": ("exchange", total(x, j, f(j, x)), (), total(j, x, f(j, x))),
    "exchange-maxima-with-guards": (
        "exchange",
        guarded(g, g, guarded(h, h, a(g * h), "max"), "max"),
        (),
        guarded(h, h, guarded(g, g, a(g * h), "max"), "max"),
    ),
    "exchange-any": (
        "exchange",
        Big("any", g, Big("any", h, a(g * h))),
        (),
        Big("any", h, Big("any", g, a(g * h))),
    ),
    "factor-left": ("factor", a(g) * total(h, b(h)), (), total(h, a(g) * b(h))),
    "factor-right": ("factor", total(h, b(h)) * a(g), (), total(h, b(h) * a(g))),
    "factor-renames-the-binder": ("factor", a(h) * total(h, b(h)), (), total(m, a(h) * b(m))),
    "factor-guarded": ("factor", a(g) * guarded(h, h, b(h)), (), guarded(h, h, a(g) * b(h))),
    "factor-infinite": ("factor", q(v) * total(t, q(t)), (), total(t, q(v) * q(t))),
    "additive-sum": ("additive", total(g, a(g) + b(g)), (), total(g, a(g)) + total(g, b(g))),
    "additive-guarded": (
        "additive",
        guarded(g, g, a(g) + b(g)),
        (),
        guarded(g, g, a(g)) + guarded(g, g, b(g)),
    ),
    "ring-distributes": (
        "ring",
        a(g) * (b(g) + Num(2)),
        (b(g) * a(g) + Num(2) * a(g),),
        b(g) * a(g) + Num(2) * a(g),
    ),
    "ring-renamed-atoms": (
        "ring",
        total(g, a(g)) + Num(-1) * total(h, a(h)),
        (Num(0),),
        Num(0),
    ),
    "kron-group": ("kron", total(g, Delta(g, u * h) * a(g)), (), a(u * h)),
    "kron-of-a-subgroup": ("kron", total(g, Delta(g, s) * a(g)), (), a(s)),
    "kron-infinite": ("kron", total(t, Delta(t, v) * q(t)), (), q(v)),
    "kron-renames-inner-binder": (
        "kron",
        total(y, Delta(y, x) * total(x, d(x) * d(y))),
        (),
        total(w, d(w) * d(x)),
    ),
    "delta-moves-a-group-element": ("delta", Delta(u**-1 * x, y), (Delta(x, u * y),), Delta(x, u * y)),
    "delta-conjugates": ("delta", Delta(u * g, h), (Delta(g, u**-1 * h),), Delta(g, u**-1 * h)),
    "delta-cancels-a-group-element": ("delta", Delta(u * g, h * g), (Delta(u, h),), Delta(u, h)),
    "delta-symmetric": ("delta", Delta(i, j), (Delta(j, i),), Delta(j, i)),
    "delta_one-word": ("delta_one", Delta(u**-1 * (u * x), x), (), Num(1)),
    "derivative-of-a-value": ("derivative", Der(d, (x,), d(y)), (), Delta(y, x)),
    "derivative-of-two-arguments": ("derivative", Der(f, (i, x), f(j, y)), (), Delta(j, i) * Delta(y, x)),
    "derivative-of-another-function": ("derivative", Der(a, (g,), b(g)), (), Num(0)),
    "derivative-of-a-constant": ("derivative", Der(a, (g,), Num(7)), (), Num(0)),
    "derivative-of-a-delta": ("derivative", Der(a, (g,), Delta(g, h)), (), Num(0)),
    "derivative-Leibniz": (
        "derivative",
        Der(a, (g,), a(h) * b(h)),
        (),
        Der(a, (g,), a(h)) * b(h) + a(h) * Der(a, (g,), b(h)),
    ),
    "derivative-of-a-sum-of-two": (
        "derivative",
        Der(a, (g,), a(h) + b(h)),
        (),
        Der(a, (g,), a(h)) + Der(a, (g,), b(h)),
    ),
    "derivative-renames-the-binder": (
        "derivative",
        Der(a, (g,), total(g, a(g))),
        (),
        total(m, Der(a, (g,), a(m))),
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_rule_gives(case):
    rule, term, arguments, expected, *path = RIGHT[case]
    assert same(use(rule, term, *arguments, path=path[0] if path else ()), expected)


WRONG = {
    "unfold-opaque": ("unfold", op("opaque", a)(g), (), "opaque is opaque"),
    "unfold-a-variable": ("unfold", a(g), (), "no operator applied"),
    "beta-a-variable": ("beta", a(g), (), "no function applied"),
    "eta-other-order": ("eta", Lam((i, j), f2(j, i))(i, j), (), "not applied to its own variables", (0,)),
    "eta-free-in-the-function": (
        "eta",
        op("total", Lam((x,), Lam((y,), Delta(x, y))(x)))(),
        (),
        "a variable is free in the function",
        (0, 0),
    ),
    "eta-a-larger-sort": ("eta", Lam((s,), a(s))(s), (), "it takes a larger sort", (0,)),
    "word-different": ("word", a(u * g), (g * u,), "different words", (1,)),
    "word-of-another-sort": ("word", a(s), (g * g**-1 * s,), "different sorts", (1,)),
    "word-inverse-under-r": ("word", a(r(g)), ((r**-1)(g),), "different words", (1,)),
    "reindex-by-no-bijection": ("reindex", total(g, a(g)), ("square",), "is no bijection"),
    "reindex-by-a-constant": ("reindex", total(g, a(g)), ("inverse", u), "is no bijection"),
    "reindex-own-variable-left": ("reindex", total(g, a(g)), ("left", g), "contains the variable g"),
    "reindex-own-variable-inside": ("reindex", total(g, a(g)), ("right", u * g), "contains the variable g"),
    "reindex-out-of-a-subgroup": ("reindex", total(s, e(s)), ("left", g), "leaves H"),
    "reindex-into-another-subgroup": ("reindex", total(s, a(s)), ("left", z), "leaves H"),
    "reindex-a-subgroup-by-the-group's-automorphism": (
        "reindex",
        total(s, a(s)),
        ("automorphism", r),
        "r acts on G only",
    ),
    "reindex-channels": ("reindex", total(j, n(j)), ("left", u), "channels are not moved"),
    "reindex-points-from-the-right": ("reindex", total(x, d(x)), ("right", u), "does not act"),
    "reindex-points-inverted": ("reindex", total(x, d(x)), ("inverse",), "no unit and no inverses"),
    "reindex-a-set-without-action": ("reindex", total(p, Num(1)), ("left", u), "G does not act on P"),
    "exchange-two-operations": (
        "exchange",
        total(g, Big("max", h, a(g * h))),
        (),
        "two different operations",
    ),
    "exchange-infinite": ("exchange", total(t, g, q(t) * a(g)), (), "an infinite sort"),
    "exchange-one-variable": ("exchange", total(g, g, a(g)), (), "one variable bound twice"),
    "exchange-inner-guard": (
        "exchange",
        total(g, guarded(h, g**-1 * h, a(g))),
        (),
        "the inner guard has the outer variable",
    ),
    "exchange-outer-guard": (
        "exchange",
        guarded(g, h * g, total(h, a(g))),
        (),
        "the outer guard has the inner variable",
    ),
    "exchange-any-guarded": (
        "exchange",
        guarded(g, g * g, Big("any", h, a(g * h)), "any"),
        (),
        "a guard under an unknown operation",
    ),
    "factor-a-maximum": ("factor", a(g) * Big("max", h, b(h)), (), "no product with a sum"),
    "additive-infinite": ("additive", total(t, q(t) + q(t)), (), "an infinite sort"),
    "additive-a-maximum": ("additive", Big("max", g, a(g) + b(g)), (), "no sum of a sum"),
    "ring-different": ("ring", a(g) * b(g), (a(g) * b(h),), "different polynomials"),
    "ring-idempotent-delta": (
        "ring",
        Delta(g, h) * Delta(g, h),
        (Delta(g, h),),
        "different polynomials",
    ),
    "ring-words": ("ring", a(g * g**-1 * g), (a(g),), "different polynomials"),
    "kron-guarded": ("kron", guarded(g, g, Delta(g, u) * a(g)), (), "no unguarded sum"),
    "kron-a-maximum": ("kron", Big("max", g, Delta(g, u) * a(g)), (), "no unguarded sum"),
    "kron-variable-in-the-solution": (
        "kron",
        total(g, Delta(g, u * g) * a(g)),
        (),
        "the solution contains g",
    ),
    "kron-other-side": ("kron", total(g, Delta(u, g) * a(g)), (), "the δ does not begin with g"),
    "kron-unsolved": ("kron", total(g, Delta(u * g, h) * a(g)), (), "the δ does not begin with g"),
    "kron-outside-the-subgroup": ("kron", total(s, Delta(s, g) * e(s)), (), "the solution may leave H"),
    "kron-bare-delta": ("kron", total(g, Delta(g, u)), (), "no unguarded sum"),
    "delta-cancels-a-point": ("delta", Delta(u * x, g * x), (Delta(u, g),), "two different equations"),
    "delta-cancels-moved-points": (
        "delta",
        Delta(u * x, g * x),
        (Delta(h * u * y, h * g * y),),
        "two different equations",
    ),
    "delta-moves-to-the-wrong-side": (
        "delta",
        Delta(u**-1 * x, y),
        (Delta(x, u**-1 * y),),
        "two different equations",
    ),
    "delta-to-a-number": ("delta", Delta(g, h), (Num(0),), "no δ here"),
    "delta_one-a-stabilizer": ("delta_one", Delta(u * x, x), (), "the two sides differ"),
    "delta_one-a-conjugate": ("delta_one", Delta(u * g, g * u), (), "the two sides differ"),
    "derivative-infinite": ("derivative", Der(a, (g,), total(t, q(t))), (), "over an infinite sort"),
    "derivative-operator": ("derivative", Der(a, (g,), op("square", a)(g)), (), "no rule for its body"),
    "derivative-maximum": ("derivative", Der(a, (g,), Big("max", h, b(h))), (), "no rule for its body"),
    "split-no-factorization": ("split", total(g, a(g)), (z, s), "no such factorization"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_rule_refuses(case):
    rule, term, arguments, reason, *path = WRONG[case]
    with pytest.raises(KernelError, match=f"^{rule}: .*{re.escape(reason)}"):
        use(rule, term, *arguments, path=path[0] if path else ())


def test_every_rule_is_used_rightly_and_refused():
    right = {case.split("-")[0] for case in RIGHT} | {"hypothesis", "split"}  # these in test_premises
    wrong = {case.split("-")[0] for case in WRONG} | {"hypothesis"}
    assert right == wrong == RULES.keys()


def test_every_case_is_filed_under_its_rule():
    for case, (rule, *_) in (RIGHT | WRONG).items():
        assert case.split("-")[0] == rule
