"""What must be refused, by name, beside its true neighbour, which must not be."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from gcalc.proofs.definitions import THEORY, G, H, J, K, U, X, convolve, correlate, left_translate, phi

from gcalc.kernel.replay import Derivation, Line, Statement, Step
from gcalc.kernel.sorts import Definition, Factorization, Hypothesis, Theory
from gcalc.kernel.terms import (
    Add,
    Aut,
    Big,
    Delta,
    Der,
    Fun,
    Hom,
    In,
    Lam,
    Num,
    One,
    Op,
    Sort,
    Times,
    Val,
    Var,
)
from gcalc.recheck import RecheckError, equal, recheck

g, h, u, v = (Var(n, G) for n in "ghuv")
x, y = Var("x", X), Var("y", X)
s, t, i, j, k = Var("s", H), Var("t", H), Var("i", J), Var("j", J), Var("k", K)
T = Sort("T", "subgroup", G)
z = Var("z", T)
N = Sort("N", "group", finite=False)
n, m = Var("n", N), Var("m", N)
a, b, c, q = Fun("a", (G,)), Fun("b", (G,)), Fun("c", (X,)), Fun("q", (H,))
f, d, e = Fun("f", (J, N)), Fun("d", (N,)), Fun("e", (N, N))
r = Aut("r", G)


def total(w, body, guard=None):
    return Big("sum", w, body, guard)


def largest(w, body, guard=None):
    return Big("max", w, body, guard)


def some(w, body, guard=None):
    return Big("any", w, body, guard)


IN_U = In(h, U)

TRUE = {
    "δ solved for a point": (Delta(u * x, g * x), Delta(x, u**-1 * (g * x))),
    "δ of elements, turned": (Delta(u * g, h), Delta(g**-1, h**-1 * u)),
    "Kronecker": (total(h, Delta(h, g * u) * a(h)), a(g * u)),
    "Kronecker with its guard": (total(h, Delta(h, g) * a(h), IN_U), total(v, Delta(v, g) * a(g), In(v, U))),
    "Kronecker within a subgroup": (total(s, Delta(s, t) * a(g * s)), a(g * t)),
    "Kronecker over an infinite group": (total(n, Delta(n, m) * d(n)), d(m)),
    "Kronecker twice": (total(h, total(g, Delta(h, g) * Delta(g, u) * a(h))), a(u)),
    "left translation": (total(h, a(h)), total(h, a(g * h))),
    "right translation, inversion": (total(h, a(h) * b(h * u)), total(v, a(v**-1 * g) * b(v**-1 * g * u))),
    "automorphism": (total(h, a(h) * b(g)), total(h, a(Hom(r, h)) * b(g))),
    "translation within a subgroup": (total(s, a(g * s)), total(s, a(g * (t * s)))),
    "translation of a guarded sum": (some(h, a(h), In(g**-1 * h, U)), some(h, a(g * h), IN_U)),
    "translation of a set": (total(x, c(x) * c(u * x)), total(y, c(u**-1 * y) * c(y))),
    "exchanged sums": (total(h, total(x, a(h) * c(h * x))), total(x, total(h, a(h) * c(h * x)))),
    "exchanged maxima": (largest(h, largest(x, a(h) * c(h * x))), largest(x, largest(h, a(h) * c(h * x)))),
    "exchanged maxima with guards": (
        largest(h, largest(g, a(h) * b(g), In(g, U)), IN_U),
        largest(g, largest(h, a(h) * b(g), IN_U), In(g, U)),
    ),
    "exchanged operations": (some(h, some(x, a(h) * c(h * x))), some(x, some(h, a(h) * c(h * x)))),
    "a derivative of what does not contain the function": (Der(b, (g,), largest(h, a(h))), Num(0)),
    "exchanged indices": (total(j, total(i, Num(1))), total(i, total(j, Num(1)))),
    "a factor taken out": (a(g) * total(h, b(h)), total(v, a(g) * b(v))),
    "a factor taken out of an infinite sum": (d(m) * total(n, d(n)), total(n, d(m) * d(n))),
    "a sum of sums": (total(h, Add(a(h), b(h))), Add(total(h, a(h)), total(v, b(v)))),
    "beta": (Lam((g,), total(h, a(g * h) * b(h)))(h), total(v, a(h * v) * b(v))),
    "eta below an opaque operator": (
        phi(Lam((j, x), Fun("f", (J, X))(j, x)))(k, g),
        phi(Fun("f", (J, X)))(k, g),
    ),
    "a derivative": (Der(a, (g,), total(h, a(h) * a(h) * b(h))), Num(2) * (a(g) * b(g))),
    "two sides of a δ": (Delta(g, h) * a(g * u), Delta(h, g) * a(h * u)),
    "a square of δ": (Delta(g, h) * Delta(h, g), Delta(g, h)),
}

FALSE = {
    "the base point cancelled": (Delta(u * x, g * x), Delta(u, g)),
    "the base point cancelled in a sum": (
        total(h, Delta(h * x, y) * a(h)),
        total(h, Delta(h * x, h * y) * a(h)),
    ),
    "a stabilizer solved for": (total(h, Delta(h * x, x) * a(h)), a(One(G))),
    "Kronecker under a guard": (total(h, Delta(h, g) * a(h), IN_U), a(g)),
    "Kronecker under a maximum": (largest(h, Delta(h, g) * a(h)), a(g)),
    "Kronecker under any operation": (some(h, Delta(h, g) * a(h)), a(g)),
    "Kronecker out of a subgroup": (total(s, Delta(s, g) * a(s)), a(g)),
    "Kronecker with the variable in its solution": (total(h, Delta(h, h * u) * a(h)), a(h * u)),
    "Kronecker with a conjugate": (total(h, Delta(h * g * h**-1, u) * a(h)), a(u * g**-1)),
    "reindex out of a subgroup": (total(s, a(s)), total(s, a(g * s))),
    "reindex by an automorphism of the whole group": (total(s, a(s)), total(s, a(Hom(r, g * s)))),
    "reindex by a word that holds the variable": (total(h, a(h)), total(h, a(h * h))),
    "a guard left behind": (some(h, a(h), In(g**-1 * h, U)), some(h, a(g * h), In(g**-1 * h, U))),
    "a guard dropped": (some(h, a(h), IN_U), some(h, a(h))),
    "exchanged maximum and sum": (largest(h, total(x, c(h * x))), total(x, largest(h, c(h * x)))),
    "exchanged operations with guards, which may make something of nothing": (
        some(h, some(g, a(h) * b(g), In(g, U)), IN_U),
        some(g, some(h, a(h) * b(g), IN_U), In(g, U)),
    ),
    "exchanged maxima with a common guard": (
        largest(h, largest(g, a(h) * b(g), In(g * h * h, U))),
        largest(g, largest(h, a(h) * b(g), In(g * g * h, U))),
    ),
    "exchanged maximum and any": (largest(g, some(h, a(g) + b(h))), some(h, largest(g, a(g) + b(h)))),
    "a factor taken out of a maximum": (largest(h, a(g) * b(h)), a(g) * largest(h, b(h))),
    "a maximum of a sum": (largest(h, Add(a(h), b(h))), Add(largest(h, a(h)), largest(h, b(h)))),
    "a constant maximum": (largest(h, Num(2)), Num(2)),
    "capture by a sum": (a(h) * total(h, b(h)), total(h, a(h) * b(h))),
    "capture by beta": (Lam((g,), total(h, a(g * h) * b(h)))(h), total(h, a(h * h) * b(h))),
    "capture in a definition": (convolve(Lam((g,), a(h * g)), b)(u), total(h, a(h * h) * b(h**-1 * u))),
    "exchanged infinite sums": (total(n, total(m, e(n, m))), total(m, total(n, e(n, m)))),
    "an infinite sum taken out of a finite one": (total(n, total(j, f(j, n))), total(j, total(n, f(j, n)))),
    "an infinite sum of sums": (total(n, Add(d(n), f(j, n))), Add(total(n, d(n)), total(n, f(j, n)))),
    "factors of a word": (a(g * h), a(h * g)),
    "an automorphism cancelled": (a(Hom(r, g)), a(g)),
    "the order of arguments": (e(n, m), e(m, n)),
    "functions of one name": (Fun("a", (X,))(x), Fun("a", (J,))(j)),
}


@pytest.mark.parametrize("pair", TRUE.values(), ids=TRUE)
def test_accepted(pair):
    assert equal(THEORY, *pair)


@pytest.mark.parametrize("pair", FALSE.values(), ids=FALSE)
def test_refused(pair):
    assert not equal(THEORY, *pair)


ILL_FORMED = {
    "δ of two sorts": (Delta(g, x), "a δ of two sorts"),
    "an argument of another sort": (a(x), "an argument outside G"),
    "an argument outside the subgroup": (q(g * s), "an argument outside H"),
    "too many arguments": (a(g, g), "1 arguments wanted, 2 given"),
    "a product of points": (c(x * x), "X does not act on X"),
    "the inverse of a point": (c(x**-1), "no inverse in X"),
    "a unit of points": (c(One(X)), "no unit in X"),
    "an automorphism of another group": (c(Hom(r, x)), "r acts on G only"),
    "a guard on points": (some(x, c(x), In(x, U)), "a guard of U on another sort"),
    "no such operator": (Op("blur", (a,))(g), "blur: 0 definitions fit"),
    "an operator of other sorts": (correlate(a, Fun("p", (J, X)))(g), "correlate: 0 definitions fit"),
    "an unknown operation": (Big("min", h, a(h)), "no operation is called min"),
    "a truth value": (Num(True), "True is not an integer"),
    "a derivative of an infinite sum": (
        Der(d, (m,), total(n, d(n) * f(j, n))),
        "no polynomial in the values of d",
    ),
    "a derivative of a maximum": (Der(a, (g,), largest(h, a(h))), "no polynomial in the values of a"),
    "a derivative of a map of values": (Der(a, (g,), Val("phi", a(g))), "no polynomial in the values of a"),
    "a derivative of an opaque operator": (
        Der(Fun("f", (J, X)), (j, x), phi(Fun("f", (J, X)))(k, g)),
        "no polynomial in the values of f",
    ),
    "a fraction": (Num(0.5), "float is no data of a derivation"),
}


@pytest.mark.parametrize(("term", "why"), ILL_FORMED.values(), ids=ILL_FORMED)
def test_ill_formed(term, why):
    with pytest.raises(RecheckError, match=why):
        equal(THEORY, term, term)


def test_definitions_may_not_go_round_or_be_open_or_two():
    loop = Definition("loop", (a,), (g,), Op("loop", (a,))(g))
    open_ = Definition("open", (a,), (g,), a(u * g))
    twice = Definition("twice", (a,), (g,), a(g))
    for definitions, name, why in (
        ((loop,), "loop", "0 definitions fit"),
        ((open_,), "open", "the definition of open is not closed"),
        ((twice, twice), "twice", "2 definitions fit"),
    ):
        with pytest.raises(RecheckError, match=why):
            equal(Theory(definitions), Op(name, (a,))(g), a(g))


# ---- factorizations and hypotheses, which a statement must have


def one_line(
    left, right, rule, path, arguments, *, hypotheses=(), factorizations=(), backward=False, last=None
):
    """A derivation of one line by one step."""
    step = Step(rule, path, arguments, right, backward)
    end = right if last is None else last
    return Derivation(Statement(left, end, hypotheses, factorizations), (Line(end, "", (step,)),))


OUTER, INNER = total(h, a(h) * b(h * u)), total(z, total(s, a(z * s) * b(z * (s * u))))


def split(left, right, *given):
    return recheck(THEORY, one_line(left, right, "split", (), (z, s), factorizations=given))


def test_a_factorization():
    assert split(OUTER, INNER, Factorization(G, T, H)) == 1
    with pytest.raises(RecheckError, match="no factorization"):
        split(OUTER, INNER)
    with pytest.raises(RecheckError, match="no factorization"):
        split(OUTER, INNER, Factorization(G, H, T))
    with pytest.raises(RecheckError, match="no factorization"):
        split(
            replace(OUTER, op="max"), total(z, largest(s, a(z * s) * b(z * (s * u)))), Factorization(G, T, H)
        )
    with pytest.raises(RecheckError, match="a factor is no subgroup"):
        split(OUTER, INNER, Factorization(G, N, H))


def test_a_factorization_of_an_infinite_group():
    infinite = Sort("G", "group", finite=False)
    lattice, point = Sort("T", "subgroup", infinite, finite=False), Sort("H", "subgroup", infinite)
    (w, p), o, fun = (Var("z", lattice), Var("s", point)), Var("h", infinite), Fun("a", (infinite,))
    with pytest.raises(RecheckError, match="no factorization"):
        split(total(o, fun(o)), total(w, total(p, fun(w * p))), Factorization(infinite, lattice, point))


EVEN = Hypothesis("a is even", (g,), a(g**-1), a(g))
FIXED = Hypothesis("a is u-invariant", (g,), a(u * g), a(g))
AT_U = Hypothesis("a = b at u", (), a(u), b(u))


def given(hypothesis, left, right, path, *instance, **more):
    derivation = one_line(
        left, right, "hypothesis", path, (hypothesis.name, instance), hypotheses=(hypothesis,), **more
    )
    return recheck(THEORY, derivation)


def test_a_hypothesis_is_used_where_it_holds():
    assert given(EVEN, a(h**-1), a(h), (), (g, h)) == 1
    assert given(EVEN, a(h), a(h**-1), (), (g, h), backward=True) == 1
    assert given(EVEN, total(h, a(h**-1) * b(h)), total(h, a(h) * b(h)), (0, 0), (g, h)) == 1
    assert given(EVEN, total(g, a(g**-1)), total(g, a(g)), (0,)) == 1, "its own variable may be bound there"
    assert given(FIXED, total(h, a(u * h) * b(h)), total(h, a(h) * b(h)), (0, 0), (g, h)) == 1
    assert given(EVEN, a(h * u), a(u**-1 * h**-1), (), (g, u**-1 * h**-1)) == 1, "up to words"


def test_a_hypothesis_under_a_binder_of_its_fixed_symbol():
    with pytest.raises(RecheckError, match="its fixed symbol u is bound here"):
        given(AT_U, total(u, a(u)), total(u, b(u)), (0,))
    with pytest.raises(RecheckError, match="its fixed symbol u is bound here"):
        given(FIXED, total(u, a(u * h)), total(u, a(h)), (0,), (g, h))


def test_a_hypothesis_under_a_derivative_by_its_fixed_symbol():
    assert given(EVEN, Der(b, (h,), a(g**-1)), Der(b, (h,), a(g)), (1,)) == 1
    with pytest.raises(RecheckError, match="its fixed symbol a is bound here"):
        given(EVEN, Der(a, (h,), a(g**-1)), Der(a, (h,), a(g)), (1,))


def test_a_hypothesis_on_values_says_nothing_of_polynomials():
    """In a ring where a² = a for all values, ∂a² = 2a is not ∂a = 1."""
    p = Fun("p", (G,))
    boolean = Hypothesis("p² = p", (p, g), p(g) * p(g), p(g))
    assert given(boolean, Der(b, (g,), a(g) * a(g)), Der(b, (g,), a(g)), (1,), (p, a)) == 1
    for instance in (a, Lam((g,), a(g)), left_translate(u, a)):
        left = Der(a, (g,), instance(g) * instance(g))
        with pytest.raises(RecheckError, match="a function in it is differentiated by here"):
            given(boolean, left, Der(a, (g,), instance(g)), (1,), (p, instance))
    with pytest.raises(RecheckError, match="a function in it is differentiated by here"):
        given(boolean, Der(p, (g,), p(g) * p(g)), Der(p, (g,), p(g)), (1,))


REFUSED = {
    "another instance": (EVEN, a(h**-1), a(h), (), ((g, u),), "no instance of it stands"),
    "another place": (EVEN, a(h**-1) * b(h), a(h) * b(h), (1,), ((g, h),), "no instance of it stands"),
    "no place": (EVEN, a(h**-1), a(h), (7,), ((g, h),), "a path leads out of the term"),
    "another line": (
        EVEN,
        a(h**-1) * b(h),
        a(h) * b(u),
        (0,),
        ((g, h),),
        "the two lines differ elsewhere too",
    ),
    "the wrong way": (FIXED, a(h), a(u * h), (), ((g, h),), "no instance of it stands"),
    "a fixed symbol instantiated": (AT_U, a(h), b(h), (), ((u, h),), "does not speak for all of these"),
    "a point for an element": (
        EVEN,
        a(h**-1),
        a(h),
        (),
        ((g, x),),
        "g stands for terms of its own sort only",
    ),
    "a function for an element": (
        EVEN,
        a(h**-1),
        a(h),
        (),
        ((g, a),),
        "g stands for terms of its own sort only",
    ),
}


@pytest.mark.parametrize(("law", "left", "right", "path", "instance", "why"), REFUSED.values(), ids=REFUSED)
def test_a_hypothesis_is_refused(law, left, right, path, instance, why):
    with pytest.raises(RecheckError, match=why):
        given(law, left, right, path, *instance)


def test_a_hypothesis_that_is_not_the_statements():
    derivation = one_line(a(h**-1), a(h), "hypothesis", (), (EVEN.name, ((g, h),)))
    with pytest.raises(RecheckError, match="0 hypotheses are called a is even"):
        recheck(THEORY, derivation)


def test_a_hypothesis_does_not_cover_what_follows():
    with pytest.raises(RecheckError, match="different normal forms"):
        given(EVEN, a(h**-1), a(h), (), (g, h), last=a(u))


def test_a_hypothesis_of_functions_takes_functions_of_its_sorts():
    p, wide = Fun("p", (G,)), Lam((s,), a(s))
    law = Hypothesis("sums are 1", (p,), total(g, p(g)), Num(1))
    assert given(law, total(g, a(g * u)), Num(1), (), (p, Lam((g,), a(g * u)))) == 1
    assert (
        given(law, total(s, total(g, a(g * s))), total(s, Num(1)), (0,), (p, left_translate(s**-1, a))) == 1
    )
    with pytest.raises(RecheckError, match="p stands for terms of its own sort only"):
        given(law, total(s, a(s)), Num(1), (), (p, wide))


def test_a_function_differentiated_by_can_only_be_renamed():
    p = Fun("p", (G,))
    law = Hypothesis("∂ is known", (p,), Der(p, (g,), p(g) * b(g)), b(g))
    assert given(law, Der(a, (g,), a(g) * b(g)), b(g), (), (p, a)) == 1
    with pytest.raises(RecheckError, match="p is differentiated by, and can only be renamed"):
        given(law, Der(a, (g,), a(g) * b(g)), b(g), (), (p, Lam((h,), a(h))))
    with pytest.raises(RecheckError, match="another symbol has come to contain b"):
        given(law, Der(b, (g,), b(g) * b(g)), b(g), (), (p, b))


def test_lines_that_look_alike_in_too_many_ways_are_refused():
    variables = [Var(f"w{number}", G) for number in range(9)]
    body = Num(1)
    for one, other in pairwise(variables):
        body = Times(body, a(one * other) * a(other * one))
    for one in variables:
        body = total(one, body)
    with pytest.raises(RecheckError, match="too many sums that look alike"):
        equal(THEORY, body, body)


def test_a_refusal_shows_the_difference():
    left, right = total(h, a(h) * b(h * u)), total(h, a(h) * b(u * h))
    with pytest.raises(RecheckError, match="different normal forms: Σ0:G a\\(0\\) b\\(0 u\\) against"):
        recheck(THEORY, one_line(left, right, "word", (), (right,)))
