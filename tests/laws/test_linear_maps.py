"""Every equivariant linear map is a G-correlation: the filter is read out of a black box."""

from __future__ import annotations

import numpy as np
import pytest

import gcalc
from gcalc import reference

from ..reference.cases import Draw, assert_equal

K, J = 2, 2


def spaces(name):
    """The regular space, the grid where there is one, and cosets, whose points have stabilizers."""
    symbol, _, N = name.partition(" mod ")
    G = gcalc.group(symbol).quotient(int(N)) if N else gcalc.group(symbol)
    cosets = [G.cosets(G.subgroup([g])) for g in G.generators]
    return [G.regular, *([G.grid] if N else []), *(X for X in cosets if X.size > 1)]


def black_box(X, A):
    """Σ_u L_u A L_u⁻¹ for a matrix A from functions (J, X) to functions (K, G): equivariant, in integers."""
    G, table = X.group, X.group.multiplication_table
    averaged = np.zeros_like(A)
    for u in range(G.order):
        # (L_u A L_u⁻¹)[(k, u g), (j, u x)] = A[(k, g), (j, x)]
        averaged[np.ix_(range(K), table[u], range(J), X.action_table[u])] += A
    return lambda f: np.tensordot(averaged, f.reshape(J, X.size), axes=((2, 3), (0, 1))).reshape(K, *G.shape)


def read_out(X, phi):
    """psi_j^k(x) = Φ(δ_x e_j)_k(e)."""
    psi = np.empty((K, J, X.size), dtype=np.int64)
    for j, x in np.ndindex(J, X.size):
        unit = np.zeros((J, X.size), dtype=np.int64)
        unit[j, x] = 1
        psi[:, j, x] = phi(unit.reshape(J, *X.shape)).reshape(K, -1)[:, X.group.index(X.group.identity)]
    return psi.reshape(K, J, *X.shape)


@pytest.mark.parametrize("name", ["S3", "D4", "Q8", "p4 mod 2", "p6 mod 2", "p4m mod 2", "pg mod 2"])
def test_an_equivariant_linear_map_is_the_correlation_with_what_is_read_out(name):
    for i, X in enumerate(spaces(name)):
        draw = Draw("black box", name, i)
        phi = black_box(X, draw(K, X.group.order, J, X.size))
        psi = read_out(X, phi)
        f, u = draw(J, *X.shape), X.group.elements[-1]
        assert psi.any()
        moved = reference.left_translate(X, u, f)
        assert_equal(phi(moved), reference.left_translate(X.group.regular, u, phi(f)))
        assert_equal(reference.correlate(X, f, psi), phi(f))


@pytest.mark.parametrize("name", ["S3", "D4", "p4 mod 2"])
def test_the_filter_is_unique(name):
    """A correlation gives back its own filter."""
    for i, X in enumerate(spaces(name)):
        psi = Draw("unique", name, i)(K, J, *X.shape)
        assert_equal(read_out(X, lambda f, X=X, psi=psi: reference.correlate(X, f, psi)), psi)


def test_a_linear_map_that_is_not_equivariant_is_no_correlation():
    X = gcalc.group("S3").regular
    draw = Draw("not equivariant")
    A = draw(K, 6, J, 6)

    def phi(f):
        return np.tensordot(A, f, axes=((2, 3), (0, 1)))

    f = draw(J, 6)
    assert (reference.correlate(X, f, read_out(X, phi)) != phi(f)).any()
