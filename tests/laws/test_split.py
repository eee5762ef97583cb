"""Split groups: filter transformation, then planar correlation in NumPy; the same on D4 by hand, and both gradients."""

from __future__ import annotations

import numpy as np
import pytest

import gcalc
from gcalc import reference

from ..reference.cases import Draw, assert_equal

QUOTIENTS = [("p4", 3), ("p4m", 2), ("p4m", 3), ("p6", 2), ("p31m", 2), ("pmm", 3)]
K, J = 2, 2


def space(name, N, kind):
    quotient = gcalc.group(name).quotient(N)
    return quotient.grid if kind == "grid" else quotient.regular


def matrices(X):
    """The point group as integer matrices, in its order; the inverse of a matrix with determinant ±1."""
    found = [np.array(p) for p in X.group.point_group.elements]
    return found, [np.rint(np.linalg.inv(p)).astype(int) for p in found]


def by_index_formula(X, psi):
    """psi[k, s, j, t, z] = psi_j^k(s⁻¹t, s⁻¹z), with matrices; without t on the grid."""
    N, (points, inverses) = X.shape[-1], matrices(X)
    planes = psi.reshape(*psi.shape[:2], -1, N, N)
    bank = np.empty((psi.shape[0], len(points), psi.shape[1], *planes.shape[2:]), dtype=psi.dtype)
    for s, inverse in enumerate(inverses):
        for t in range(planes.shape[2]):
            (source,) = (q for q, p in enumerate(points) if (p == inverse @ points[t]).all())
            for z in np.ndindex(N, N):
                row, col = inverse @ z % N
                bank[(slice(None), s, slice(None), t, *z)] = planes[
                    :, :, source if X.is_regular else 0, row, col
                ]
    return bank.reshape(*bank.shape[:3], *X.shape)


def rolls(N):
    """Every translation z, and what moves an array of planes by it: a(y) becomes a(y - z)."""
    return [(z, lambda a, z=z: np.roll(a, z, axis=(-2, -1))) for z in np.ndindex(N, N)]


def planar_correlate(f, bank, N):
    """Σ_{y, t, j} f(j, t, y) Psi(k, s, j, t, y - z), an array (k, s, z)."""
    out = np.empty((*bank.shape[:2], N, N), dtype=np.int64)
    for z, moved in rolls(N):
        out[(slice(None), slice(None), *z)] = (moved(bank) * f).reshape(*bank.shape[:2], -1).sum(-1)
    return out


def planar_filter_gradient(d, f, N):
    """Σ_z D(k, s, z) f(j, w + z), an array (k, s, j, w)."""
    return sum(
        np.multiply.outer(d[(slice(None), slice(None), *z)], np.roll(f, (-z[0], -z[1]), axis=(-2, -1)))
        for z, _ in rolls(N)
    )


def planar_input_gradient(d, bank, N):
    """Σ_{z, s, k} D(k, s, z) Psi(k, s, j, x - z), an array (j, x)."""
    return sum(
        np.tensordot(d[(slice(None), slice(None), *z)], moved(bank), axes=((0, 1), (0, 1)))
        for z, moved in rolls(N)
    )


@pytest.mark.parametrize("kind", ["grid", "regular"])
@pytest.mark.parametrize(("name", "N"), QUOTIENTS)
class TestSplit:
    def drawn(self, name, N, kind):
        X, draw = space(name, N, kind), Draw("split", name, N, kind)
        return X, draw(J, *X.shape), draw(K, J, *X.shape), draw(K, *X.group.shape)

    def test_index_formula(self, name, N, kind):
        X, _, psi, _ = self.drawn(name, N, kind)
        assert_equal(reference.filter_transform(X, psi), by_index_formula(X, psi))

    def test_correlation_is_planar(self, name, N, kind):
        X, f, psi, _ = self.drawn(name, N, kind)
        expected = reference.correlate(X, f, psi)
        assert len(np.unique(expected)) > X.group.point_group.order
        assert_equal(planar_correlate(f, reference.filter_transform(X, psi), N), expected)
        assert_equal(planar_correlate(f, by_index_formula(X, psi), N), expected)

    def test_filter_gradient_is_planar_then_transformed_back(self, name, N, kind):
        X, f, _, d = self.drawn(name, N, kind)
        E = planar_filter_gradient(d, f, N)
        assert_equal(reference.filter_transform_gradient(X, E), reference.filter_gradient(X, d, f))

    def test_input_gradient_is_planar(self, name, N, kind):
        X, _, psi, d = self.drawn(name, N, kind)
        bank = reference.filter_transform(X, psi)
        assert_equal(planar_input_gradient(d, bank, N), reference.input_gradient(X, d, psi))


def test_the_wrong_turn_is_noticed():
    """s in the place of s⁻¹ gives another bank, and another correlation."""
    X = space("p4", 3, "grid")
    f, psi = Draw("turn")(J, *X.shape), Draw("turn", "psi")(K, J, *X.shape)
    P = X.group.point_group
    wrong = reference.filter_transform(X, psi)[:, [P.index(P.inverse(s)) for s in P]]
    assert (planar_correlate(f, wrong, 3) != reference.correlate(X, f, psi)).any()


def factorizations(G):
    """The pairs T, H of subgroups, T normal, with T ∩ H = 1 and |T||H| = |G|, neither trivial."""
    subgroups = [H for H in G.subgroups() if 1 < len(H) < G.order]
    normal = [
        T for T in subgroups if all(G.multiply(G.multiply(g, t), G.inverse(g)) in T for g in G for t in T)
    ]
    return [(T, H) for T in normal for H in subgroups if len(T) * len(H) == G.order and len({*T} & {*H}) == 1]


@pytest.mark.parametrize("name", ["D4", "S3", "A4"])
def test_split_theorem_and_its_gradients_without_a_lattice(name):
    """[f ⋆ psi](k, z s) = Σ f(j, y t) psi(k, j, (s⁻¹(z⁻¹y)s)(s⁻¹t)), and Σ_s E(k, s, j, s x), for all T, H."""
    G = gcalc.group(name)
    times, inverse, X, pairs = G.multiply, G.inverse, G.regular, factorizations(G)
    assert pairs
    for n, (T, H) in enumerate(pairs):
        draw = Draw("split", name, n)
        f, psi, d = draw(J, G.order), draw(K, J, G.order), draw(K, G.order)
        output, bank_gradient = reference.correlate(X, f, psi), reference.filter_gradient(X, d, f)
        for s in H:
            turned = {y: times(times(inverse(s), y), s) for y in T}
            assert {*turned.values()} == {*T}
            for z in T:
                total = np.zeros(K, dtype=np.int64)
                for y in T:
                    for t in H:
                        place = times(turned[times(inverse(z), y)], times(inverse(s), t))
                        total += psi[:, :, G.index(place)] @ f[:, G.index(times(y, t))]
                assert_equal(total, output[:, G.index(times(z, s))])
        for x in G:
            gathered = sum(
                np.multiply.outer(d[:, G.index(times(z, s))], f[:, G.index(times(z, times(s, x)))])
                for s in H
                for z in T
            )
            assert_equal(gathered, bank_gradient[:, :, G.index(x)])
