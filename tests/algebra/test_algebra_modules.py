"""R[X] is a module over R[G] and ⋆ a form with values in R[G], on sets with and without stabilizers."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

import gcalc
from gcalc import reference


def quaternion_cosets():
    G = gcalc.group("Q8")
    return G.cosets(["1", "-1"])


SETS = {
    "D4/<m>": lambda: gcalc.group("D4").cosets(["1", "m"]),
    "S3/<(0 1)>": lambda: gcalc.group("S3").cosets([(0, 1, 2), (1, 0, 2)]),
    "S3/S3": lambda: gcalc.group("S3").cosets(gcalc.group("S3").elements),
    "Q8/{1, -1}": quaternion_cosets,
    "A4/C3": lambda: gcalc.group("A4").cosets(gcalc.group("A4").subgroup([(1, 2, 0, 3)])),
    "D4": lambda: gcalc.group("D4").regular,
    "grid of p4 mod 2": lambda: gcalc.group("p4").quotient(2).grid,
    "grid of p3 mod 3": lambda: gcalc.group("p3").quotient(3).grid,
    "grid of pg mod 2": lambda: gcalc.group("pg").quotient(2).grid,
    "3x2 window of p4m": lambda: gcalc.window("p4m", 3, 2),
    "regular window of p4": lambda: gcalc.window("p4", 2, 2).regular,
}


@pytest.fixture(params=SETS, scope="module")
def X(request):
    return SETS[request.param]()


def test_the_sets_include_trivial_and_non_trivial_stabilizers():
    assert {name for name, make in SETS.items() if make().is_free} == {
        "D4",
        "grid of pg mod 2",
        "regular window of p4",
    }


def test_r_of_x_is_a_module(X, generic):
    A = gcalc.group_algebra(X.group)
    M = A.module(X)
    f, psi = generic(M, 2)
    members = X.group.elements[:: max(1, X.group.order // 6)]
    a = A.element({g: i + 2 for i, g in enumerate(members)})
    b = A.element({g: i - 3 for i, g in enumerate(reversed(members))})
    assert (a * b) * f == a * (b * f)
    assert (a + b) * f == a * f + b * f
    assert a * (f + psi) == a * f + a * psi
    assert A.one * f == f
    assert A.zero * f == M.zero
    assert 3 * f == f * 3 == f + f + f


def test_group_elements_translate(X, generic):
    A = gcalc.group_algebra(X.group)
    (f,) = generic(A.module(X), 1)
    for u in X.group.elements:
        uf = A(u) * f
        assert uf == f.left_translate(u)
        assert all(uf[x] == f[X.act(X.group.inverse(u), x)] for x in X.points)
    u = X.group.elements[-1]
    assert u * f == A(u) * f


def test_the_form_is_the_correlation_sum(X, generic):
    M = gcalc.group_algebra(X.group).module(X)
    f, psi = generic(M, 2)
    y = f.correlate(psi)
    assert M.form(f, psi) == y
    for g in X.group.elements:
        back = X.group.inverse(g)
        assert y[g] == sum(f[x] * psi[X.act(back, x)] for x in X.points)


def test_the_laws_of_the_form(X, generic):
    A = gcalc.group_algebra(X.group)
    f, psi = generic(A.module(X), 2)
    for u in X.group.generators:
        assert (A(u) * f).correlate(psi) == A(u) * f.correlate(psi)
        assert f.correlate(A(u) * psi) == f.correlate(psi) * A(X.group.inverse(u))
    a = A.element({g: i + 1 for i, g in enumerate(X.group.elements[:3])})
    assert (a * f).correlate(psi) == a * f.correlate(psi)
    assert f.correlate(a * psi) == f.correlate(psi) * a.star
    assert f.correlate(psi).star == psi.correlate(f)


def test_the_form_and_translates_agree_with_the_reference(X, generic):
    M = gcalc.group_algebra(X.group).module(X)
    f, psi = generic(M, 2)
    if not X.is_window:  # where the reference's correlation has a boundary
        expected = reference.correlate(X, [f.to_array()], [[psi.to_array()]])[0]
        assert f.correlate(psi) == M.algebra.from_array(expected)
    u = X.group.elements[-1]
    assert f.left_translate(u) == M.from_array(reference.left_translate(X, u, [f.to_array()])[0])


def test_on_the_group_itself_the_form_is_the_product_with_the_involution(generic):
    G = gcalc.group("A4")
    A = gcalc.group_algebra(G)
    M = A.module(G.regular)
    f, psi = generic(M, 2)
    a, b = (A.from_array(m.to_array()) for m in (f, psi))
    assert f.correlate(psi) == a * b.star
    assert (a * psi).to_array().tolist() == (a * b).to_array().tolist()
    assert M != A
    assert f != a


def test_stabilizers_by_hand():
    D3 = gcalc.group("D3")
    A = gcalc.group_algebra(D3)
    M = A.module(D3.cosets(["1", "m"]))
    H, rH, r2H = M.labels
    delta = M(H)
    assert delta.correlate(delta) == A("1") + A("m")
    assert "m" * delta == delta
    assert "m" * M(rH) == M(r2H)
    average = Fraction(1, 2) * (A("1") + A("m"))
    assert average * M(rH) == M.element({rH: Fraction(1, 2), r2H: Fraction(1, 2)})


def test_modules_of_equal_sets_are_equal():
    D4 = gcalc.group("D4")
    A = gcalc.group_algebra(D4)
    first, second = A.module(D4.cosets(["1", "m"])), A.module(D4.cosets(["m", "1"]))
    assert first == second
    assert hash(first) == hash(second)
    assert first.from_array([1, 2, 3, 4]) == second.from_array([1, 2, 3, 4])
    assert A.module(D4.cosets(["1", "r^2m"])) != first


# Infinite sets: the form sums over finite transporters


@pytest.mark.parametrize("name", ["p4m", "pg", "p6"])
def test_the_form_on_an_infinite_grid(name):
    G = gcalc.group(name)
    A = gcalc.group_algebra(G)
    M = A.module(G.grid)
    f = M.symbols("f", support=[(0, 0), (1, 0), (2, -1)])
    psi = M.element({(0, 0): 2, (1, 1): sympy.Symbol("q")})
    y = f.correlate(psi)
    assert len(y.support) > 1
    for g in y.support:
        back = G.inverse(g)
        assert y[g] == sum(f[x] * psi[back(x)] for x in f.support)
    pairs = {(x, p) for g in y.support for x in f.support for p in psi.support if g(p) == x}
    assert pairs == {(x, p) for x in f.support for p in psi.support if G.grid.transporter(x, p)}
    for u in G.generators:
        assert (u * f).correlate(psi) == u * y
        assert f.correlate(u * psi) == y * G.inverse(u)
    assert y.star == psi.correlate(f)


def test_the_stabilizer_of_the_origin_of_an_infinite_grid():
    G = gcalc.group("p4m")
    M = gcalc.group_algebra(G).module(G.grid)
    y = M((0, 0)).correlate(M((0, 0)))
    assert y.support == M.algebra.in_order(G.grid.stabilizer((0, 0)))
    assert len(y.support) == 8
    assert y * y == 8 * y


def test_infinite_cosets_and_the_infinite_group_itself():
    G = gcalc.group("p4")
    A = gcalc.group_algebra(G)
    r = G.generators[-1]
    H = [G.identity, r, G.multiply(r, r), G.multiply(r, G.multiply(r, r))]
    X = G.cosets(H)
    M = A.module(X)
    x = M(frozenset(H))
    assert r * x == x
    assert x.correlate(x) == sum(A(h) for h in H)
    t = G.translation((1, 0))
    assert (t * x).support == (frozenset(G.multiply(t, h) for h in H),)
    R = A.module(G.regular)
    f, psi = R.element({t: 2, r: 3}), R.element({r: 1, G.identity: -1})
    a, b = A.element(dict(f.coefficients)), A.element(dict(psi.coefficients))
    assert f.correlate(psi) == a * b.star


def test_the_infinite_form_agrees_with_the_reference():
    G = gcalc.group("p4m")
    M = gcalc.group_algebra(G).module(G.grid)
    f = M.element({(0, 0): 3, (1, 2): -2})
    psi = M.element({(0, 1): 5, (1, 0): 7})
    (expected,) = reference.correlate(G.grid, [dict(f.coefficients)], [[dict(psi.coefficients)]])
    assert f.correlate(psi) == M.algebra.element(expected)
