"""Matrices over R[G]: a ring with dagger, indexing, arrays."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import numpy as np
import pytest
import sympy

import gcalc


@pytest.fixture
def A():
    return gcalc.group_algebra(gcalc.group("S3"))


def random_matrix(A, K, J, seed):
    return A.matrix(np.random.default_rng(seed).integers(-9, 10, (K, J, *A.shape)))


def test_matrices_multiply_associatively(G):
    A = gcalc.group_algebra(G)
    L, M, N = random_matrix(A, 2, 3, 0), random_matrix(A, 3, 2, 1), random_matrix(A, 2, 4, 2)
    assert (L @ M) @ N == L @ (M @ N)
    assert (L @ M).shape == (2, 2)
    assert L @ (M + M) == L @ M + L @ M
    assert A.identity_matrix(2) @ L == L
    assert L @ A.identity_matrix(3) == L


def test_dagger_reverses_products(G):
    A = gcalc.group_algebra(G)
    M, N = random_matrix(A, 2, 3, 3), random_matrix(A, 3, 4, 4)
    assert (M @ N).dagger == N.dagger @ M.dagger
    assert M.dagger.dagger == M
    assert M.dagger.shape == (3, 2)
    assert M.dagger[2, 1] == M[1, 2].star
    assert M.T[2, 1] == M[1, 2]
    assert (M.dagger == M.T) == all(G.inverse(g) == g for g in G)
    assert ((M @ N).T == N.T @ M.T) == G.is_abelian


def test_dagger_on_symbols(A, generic):
    a, b, c, d = generic(A, 4)
    M, N = A.matrix([[a, b]]), A.matrix([[c], [d]])
    assert A.matrix([[a * c + b * d]]) == M @ N
    assert (M @ N).dagger == N.dagger @ M.dagger == A.matrix([[c.star * a.star + d.star * b.star]])


def test_products_agree_with_sympys_block_matrices(A):
    """The blocks are regular representations; SymPy multiplies them."""
    G = A.group

    def block(a):
        return sympy.Matrix(
            G.order, G.order, lambda i, j: a[G.multiply(G.elements[i], G.inverse(G.elements[j]))]
        )

    def blocks(M):
        return sympy.BlockMatrix([[block(a) for a in row] for row in M]).as_explicit()

    M, N = random_matrix(A, 2, 3, 5), random_matrix(A, 3, 2, 6)
    assert blocks(M @ N) == blocks(M) * blocks(N)
    assert blocks(M.dagger) == blocks(M).T


def test_arrays_go_in_and_come_out(A):
    values = np.arange(36).reshape(2, 3, 6)
    M = A.matrix(values)
    assert M.shape == (2, 3)
    assert (M.to_array() == values).all()
    assert M.to_array().dtype == np.int64
    assert A.matrix(values.tolist()) == M
    assert A.row(values[0]) == M[0, :]
    assert A.matrix([[Fraction(1, 2)]]).to_array()[0, 0, 0] == Fraction(1, 2)
    quotient = gcalc.group_algebra(gcalc.group("pg").quotient(2))
    assert quotient.matrix(np.ones((2, 1, 2, 2, 2), int)).to_array().shape == (2, 1, 2, 2, 2)


def test_numbers_stand_for_multiples_of_the_unit(A):
    M = A.matrix([[1, sympy.Symbol("x")], [0, Fraction(1, 2)]])
    assert M[0, 0] == A.one
    assert M[0, 1] == A.scalar(sympy.Symbol("x"))
    assert M[1, 0] == A.zero
    assert A.matrix([[1, 0], [0, 1]]) == A.identity_matrix(2)


def test_indexing_and_slices(A):
    M = random_matrix(A, 3, 4, 7)
    rows = [list(row) for row in M]
    assert len(M) == 3
    assert M[1, 2] == rows[1][2]
    assert M[-1, -1] == rows[2][3]
    assert M[1, :] == A.row(rows[1])
    assert M[:, 0] == A.matrix([[row[0]] for row in rows])
    assert M[0:2, 1:3] == A.matrix([row[1:3] for row in rows[:2]])


def test_sums_scalars_and_elements(A):
    M, N = random_matrix(A, 2, 2, 8), random_matrix(A, 2, 2, 9)
    u = A.group.elements[3]
    assert M + N - N == M
    assert M - M == 0 * M
    assert (-1) * M == -M
    assert sum([M, N]) == M + N
    assert M - 0 == M
    assert 2 * M == M * 2 == M + M
    assert (u * M)[0, 1] == u * M[0, 1]
    assert (M * u)[0, 1] == M[0, 1] * u
    assert (N[0, 0] * M)[1, 1] == N[0, 0] * M[1, 1]
    assert (M * N[0, 0])[1, 1] == M[1, 1] * N[0, 0]
    x = sympy.Symbol("x")
    assert x * M == M * x
    assert (x * M).subs(x, 3) == 3 * M
    assert M.inner(N) == int((M.to_array() * N.to_array()).sum())
    assert hash(M + N) == hash(N + M)
    assert M != N
    assert M[:, 0:1] != M


def test_expand_and_simplify_keep_the_value(A):
    x = sympy.Symbol("x")
    M = A.matrix([[A.element({A.group.identity: (x + 1) ** 2})]])
    assert M.simplify() == M == M.expand()
    assert str(M.simplify().expand()) == "[(x**2 + 2*x + 1)·e]"


def test_matrices_over_modules(A):
    X = A.group.cosets(A.group.elements[:2])
    M = A.module(X)
    F = M.row([[1, 2, 3], [0, 0, 1]])
    assert F.to_array().tolist() == [[[1, 2, 3], [0, 0, 1]]]
    B = random_matrix(A, 2, 1, 10)
    assert (B @ F)[1, 0] == B[1, 0] * F[0, 0]
    C = random_matrix(A, 3, 2, 11)
    assert (C @ B) @ F == C @ (B @ F)
    assert M.matrix([[0, F[0, 0]]])[0, 0] == M.zero


def test_matrices_are_immutable_and_pickled(A):
    M = random_matrix(A, 2, 2, 12)
    with pytest.raises(AttributeError, match="immutable"):
        M.shape = (1, 1)
    assert pickle.loads(pickle.dumps(M)) == M == copy.deepcopy(M)
