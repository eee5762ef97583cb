"""Boundaries as masks: a window in a torus, its symmetries, and what happens where u moves the window."""

from __future__ import annotations

import numpy as np
import pytest

import gcalc
from gcalc import reference

from ..reference.cases import Draw, assert_equal

K, J = 2, 2


def square(space, reach):
    """The mask of the points (…, row, col) with both coordinates from -reach to reach, modulo N."""
    N = space.shape[-1]
    inside = np.array([min(i, N - i) <= reach for i in range(N)])
    return np.broadcast_to(np.outer(inside, inside), space.shape).astype(np.int64)


def setting(name, N, kind):
    quotient = gcalc.group(name).quotient(N)
    X, draw = getattr(quotient, kind), Draw("boundary", name, kind)
    return quotient, X, draw(J, *X.shape), draw(K, J, *X.shape)


CASES = [("p4", 5, "grid"), ("p4m", 5, "grid"), ("p4", 4, "regular")]


@pytest.mark.parametrize(("name", "N", "kind"), CASES)
def test_zero_outside_the_window_is_equivariant_for_its_symmetries_only(name, N, kind):
    G, X, f, psi = setting(name, N, kind)
    m, n = square(X, 1), square(G.regular, 1)
    output = n * reference.correlate(X, m * f, psi)

    def commutes(u):
        moved = n * reference.correlate(X, m * reference.left_translate(X, u, f), psi)
        return (moved == reference.left_translate(G.regular, u, output)).all()

    assert output.any()
    assert all(commutes(u) for u in G.point_subgroup)
    assert not commutes(G.translation_subgroup[1])


@pytest.mark.parametrize(("name", "N", "kind"), CASES)
def test_valid_outputs_read_nothing_outside_the_window(name, N, kind):
    """A 3 × 3 filter in a 3 × 3 window fits at the centre only: there n·((m f) ⋆ psi) = n·(f ⋆ psi)."""
    G, X, f, psi = setting(name, N, kind)
    m, psi = square(X, 1), psi * square(X, 1)
    whole, masked = reference.correlate(X, f, psi), reference.correlate(X, m * f, psi)
    centre = square(G.regular, 0)
    assert (centre * whole).any()
    assert_equal(centre * masked, centre * whole)
    assert (square(G.regular, 1) * masked != square(G.regular, 1) * whole).any()
    for u in G.point_subgroup:
        moved = centre * reference.correlate(X, reference.left_translate(X, u, f), psi)
        assert_equal(moved, reference.left_translate(G.regular, u, centre * whole))
