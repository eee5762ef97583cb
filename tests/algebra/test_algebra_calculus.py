"""Y = F Psi†, dF = D Psi, dPsi = D† F against the reference, against SymPy's diff, and the two misprints."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import sympy

import gcalc
from gcalc import reference
from gcalc.algebra import correlate, filter_gradient, input_gradient

SPACES = {
    "C3": lambda: gcalc.group("C3").regular,
    "S3": lambda: gcalc.group("S3").regular,
    "D4": lambda: gcalc.group("D4").regular,
    "Q8": lambda: gcalc.group("Q8").regular,
    "A4": lambda: gcalc.group("A4").regular,
    "D4/<m>": lambda: gcalc.group("D4").cosets(["1", "m"]),
    "pg mod 2": lambda: gcalc.group("pg").quotient(2).regular,
    "grid of p4 mod 2": lambda: gcalc.group("p4").quotient(2).grid,
    "grid of pg mod 2": lambda: gcalc.group("pg").quotient(2).grid,
}


def module_of(X):
    """R[G] where X is G itself, else R[X]."""
    A = gcalc.group_algebra(X.group)
    return A if X.is_regular else A.module(X)


def symbolic(X, K, J):
    M = module_of(X)
    F, Psi = M.row([M.symbols(f"f_{j}") for j in range(J)]), M.matrix_symbols("psi", K, J)
    return F, Psi, M.algebra.row([M.algebra.symbols(f"d_{k}") for k in range(K)])


def integral(X, K, J, seed, batch=1):
    random = np.random.default_rng(seed)
    M = module_of(X)
    F = M.matrix(random.integers(-9, 10, (batch, J, *X.shape)))
    Psi = M.matrix(random.integers(-9, 10, (K, J, *X.shape)))
    return F, Psi, M.algebra.matrix(random.integers(-9, 10, (batch, K, *X.group.shape)))


def expanded(array):
    return [sympy.expand(value) for value in np.ravel(array).tolist()]


@pytest.fixture(params=SPACES, scope="module")
def X(request):
    return SPACES[request.param]()


@pytest.mark.parametrize(("K", "J"), [(1, 1), (2, 3), (3, 2)])
def test_integers_agree_with_the_reference(X, K, J):
    F, Psi, D = integral(X, K, J, seed=10 * K + J, batch=2)
    f, psi, d = (M.to_array() for M in (F, Psi, D))
    assert psi.shape == (K, J, *X.shape)
    assert (correlate(F, Psi).to_array() == reference.correlate(X, f, psi)).all()
    assert (input_gradient(D, Psi).to_array() == reference.input_gradient(X, d, psi)).all()
    assert (filter_gradient(D, F).to_array() == reference.filter_gradient(X, d, f)).all()


@pytest.mark.parametrize("name", ["C3", "S3", "D4", "D4/<m>", "grid of pg mod 2"])
def test_symbols_agree_with_the_reference(name):
    X = SPACES[name]()
    F, Psi, D = symbolic(X, 2, 1 if X.group.order > 6 else 3)
    f, psi, d = F.to_array()[0], Psi.to_array(), D.to_array()[0]
    dF, dPsi = input_gradient(D, Psi), filter_gradient(D, F)
    assert correlate(F, Psi).to_array().ravel().tolist() == expanded(reference.correlate(X, f, psi))
    assert dF.to_array().ravel().tolist() == expanded(reference.input_gradient(X, d, psi))
    assert dPsi.to_array().ravel().tolist() == expanded(reference.filter_gradient(X, d, f))


@pytest.mark.parametrize("name", ["C3", "S3", "C2xC2", "D4", "D4/<m>", "S3/<(0 1)>"])
def test_the_gradients_are_sympys_derivatives_of_the_literal_loss(name):
    """L = Σ_k Σ_g d_k(g) Σ_j Σ_x f_j(x) psi_kj(g⁻¹x), written with gcalc's tables alone."""
    X = {"C2xC2": lambda: gcalc.group("C2xC2").regular, "S3/<(0 1)>": coset_space, **SPACES}[name]()
    K, J = 2, 3
    f = sympy.Matrix(J, X.size, lambda j, x: sympy.Symbol(f"f_{j}_{x}"))
    psi = [sympy.Matrix(J, X.size, lambda j, x, k=k: sympy.Symbol(f"psi_{k}_{j}_{x}")) for k in range(K)]
    d = sympy.Matrix(K, X.group.order, lambda k, g: sympy.Symbol(f"d_{k}_{g}"))
    order = X.group.order
    back = X.action_table[X.group.inverse_table].tolist()
    L = sympy.Add(
        *(
            d[k, g] * f[j, x] * psi[k][j, back[g][x]]
            for k in range(K)
            for g in range(order)
            for j in range(J)
            for x in range(X.size)
        )
    )
    F, Psi, D = symbolic(X, K, J)
    assert sympy.expand(correlate(F, Psi).inner(D) - L) == 0
    dF, dPsi = input_gradient(D, Psi), filter_gradient(D, F)
    for j in range(J):
        assert [sympy.diff(L, f[j, x]) for x in range(X.size)] == dF[0, j].to_array().ravel().tolist()
        for k in range(K):
            expected = [sympy.diff(L, psi[k][j, x]) for x in range(X.size)]
            assert expected == dPsi[k, j].to_array().ravel().tolist()
    assert F.gradient(L) == dF
    assert Psi.gradient(L) == dPsi
    assert D.gradient(L) == correlate(F, Psi)


def coset_space():
    return gcalc.group("S3").cosets([(0, 1, 2), (1, 0, 2)])


def test_over_the_group_algebra_they_are_matrix_products(generic):
    A = gcalc.group_algebra(gcalc.group("D4"))
    a, b, c, d = generic(A, 4)
    F, Psi = A.row([a, b]), A.matrix([[c, d], [b, 1], [0, a]])
    D = A.row([d, a, c])
    assert correlate(F, Psi) == F @ Psi.dagger == A.row([a * c.star + b * d.star, a * b.star + b, b * a.star])
    assert input_gradient(D, Psi) == D @ Psi
    assert filter_gradient(D, F) == D.dagger @ F


def test_the_gradients_are_the_adjoints(X):
    F, Psi, D = integral(X, 2, 3, seed=4, batch=2)
    value = correlate(F, Psi).inner(D)
    assert value == input_gradient(D, Psi).inner(F) == filter_gradient(D, F).inner(Psi)
    assert value == int((correlate(F, Psi).to_array() * D.to_array()).sum())


def test_equivariance_of_the_layer_and_of_its_gradients(X):
    F, Psi, D = integral(X, 2, 3, seed=5)
    A = gcalc.group_algebra(X.group)
    for u in X.group.generators:
        U = A(u)
        assert correlate(U * F, Psi) == U * correlate(F, Psi)
        assert input_gradient(U * D, Psi) == U * input_gradient(D, Psi)
        assert filter_gradient(U * D, U * F) == filter_gradient(D, F)


def test_second_derivatives_are_again_these_operators(X):
    C, Psi, D = integral(X, 2, 3, seed=6)
    assert input_gradient(D, Psi).inner(C) == D.inner(correlate(C, Psi)) == filter_gradient(D, C).inner(Psi)


# The printed lines E1 and E2


def printed_e1(d, psi):
    """(3) line 3 as printed: ``Σ_h d(g) psi(h⁻¹g)``."""
    G = d.algebra.group
    values = {g: sum(d[g] * psi[G.multiply(G.inverse(h), g)] for h in G) for g in G}
    return d.algebra.element(values)


def test_e1_fails_on_c2_at_the_stated_witness():
    A = gcalc.group_algebra(gcalc.group("C2"))
    d, psi = A(0), A(1)
    assert printed_e1(d, psi)[0] == 1
    assert input_gradient(A.row([d]), A.matrix([[psi]]))[0, 0][0] == 0
    assert reference.input_gradient(A.group.regular, [d.to_array()], [[psi.to_array()]])[0, 0] == 0


def test_e1_holds_for_all_inputs_only_on_the_trivial_group(G, generic):
    d, psi = generic(gcalc.group_algebra(G), 2)
    assert (printed_e1(d, psi) == d * psi) == (G.order == 1)


def test_e2_fails_on_c3_at_the_stated_witness():
    A = gcalc.group_algebra(gcalc.group("C3"))
    d, f = A(1), A(0)
    assert (d * f)[1] == 1
    assert filter_gradient(A.row([d]), A.row([f]))[0, 0][1] == 0
    assert reference.filter_gradient(A.group.regular, [d.to_array()], [f.to_array()])[0, 0, 1] == 0


@pytest.mark.parametrize("name", ["C1", "C2", "C2xC2", "C3", "C4", "S3", "D4", "Q8"])
def test_the_scope_of_e2_and_of_its_other_readings(name, generic):
    G = gcalc.group(name)
    d, f = generic(gcalc.group_algebra(G), 2)
    true = d.star * f
    every_element_is_its_inverse = all(G.inverse(g) == g for g in G)
    assert (d * f == true) == every_element_is_its_inverse
    assert (d.correlate(f) == true) == every_element_is_its_inverse
    assert (f.correlate(d) == true) == G.is_abelian
    assert (f * d == true) == every_element_is_its_inverse


def test_the_corrected_e2_is_a_correlation_of_involutions(G, generic):
    d, f = generic(gcalc.group_algebra(G), 2)
    assert d.star * f == d.star.correlate(f.star)


def test_infinite_layers_have_gradients_too():
    G = gcalc.group("p4m")
    A = gcalc.group_algebra(G)
    M = A.module(G.grid)
    random = Random(1)
    points = [(i, j) for i in range(3) for j in range(2)]

    def draw():
        return M.element({x: random.randint(-9, 9) for x in random.sample(points, 3)})

    F, Psi = M.row([draw(), draw(), draw()]), M.matrix([[draw() for _ in range(3)] for _ in range(2)])
    Y = correlate(F, Psi)
    D = Y.map(lambda y: A.element({g: random.randint(1, 9) for g in y.support[:5]}))
    assert Y.inner(D) == input_gradient(D, Psi).inner(F) == filter_gradient(D, F).inner(Psi) != 0
    f, psi, d = (
        [dict(x.coefficients) for x in row] for row in (F[0, :].rows[0], Psi[1, :].rows[0], D.rows[0])
    )
    (y,) = reference.correlate(G.grid, f, [psi])
    assert Y[0, 1] == A.element(y)
    rows = [[dict(x.coefficients) for x in row] for row in Psi]
    assert [M.element(g) for g in reference.input_gradient(G.grid, d, rows)] == list(
        input_gradient(D, Psi).rows[0]
    )
