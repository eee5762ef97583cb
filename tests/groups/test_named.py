"""The named groups against SymPy's permutation groups and against matrices."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from sympy.combinatorics import Permutation, PermutationGroup
from sympy.combinatorics.group_constructs import DirectProduct
from sympy.combinatorics.named_groups import AlternatingGroup, CyclicGroup, DihedralGroup, SymmetricGroup

from gcalc.errors import ElementError, InvalidGroupError, UnsupportedError, UsageError
from gcalc.groups import (
    FiniteGroup,
    alternating,
    cyclic,
    dihedral,
    direct_product,
    group,
    quaternion,
    semidirect_product,
    symmetric,
)

# Q8 in its regular representation.
Q8_SYMPY = PermutationGroup(
    Permutation([[0, 1, 3, 6], [2, 5, 7, 4]]), Permutation([[0, 2, 3, 7], [1, 4, 6, 5]])
)
KLEIN = PermutationGroup(Permutation(3)(0, 1), Permutation(3)(2, 3))
S2 = PermutationGroup(Permutation(1)(0, 1))

SYMPY = {
    **{f"C{n}": CyclicGroup(n) for n in range(1, 13)},
    "D1": S2,
    "D2": KLEIN,
    **{f"D{n}": DihedralGroup(n) for n in range(3, 10)},
    **{f"S{n}": SymmetricGroup(n) for n in range(1, 6)},
    **{f"A{n}": AlternatingGroup(n) for n in range(3, 6)},
    "Q8": Q8_SYMPY,
    "C2xC3": DirectProduct(CyclicGroup(2), CyclicGroup(3)),
    "C2 x C2": KLEIN,
    "C2xS3": DirectProduct(CyclicGroup(2), SymmetricGroup(3)),
    "D4xC3": DirectProduct(DihedralGroup(4), CyclicGroup(3)),
    "C2xC2xC2": DirectProduct(CyclicGroup(2), CyclicGroup(2), CyclicGroup(2)),
}


def satisfies_the_axioms(G):
    """All pairs and all triples at once: identity, inverses, associativity."""
    T, everything = G.multiplication_table, np.arange(G.order)
    assert T.shape == (G.order, G.order)
    assert np.array_equal(T[0], everything)
    assert np.array_equal(T[:, 0], everything)
    assert not T[everything, G.inverse_table].any()
    assert not T[G.inverse_table, everything].any()
    assert np.array_equal(T[T], T[:, T])
    return True


def element_orders(G):
    orders = Counter()
    for g in G:
        power, n = g, 1
        while power != G.identity:
            power, n = G.multiply(power, g), n + 1
        orders[n] += 1
    return orders


def conjugacy_class_sizes(G):
    return sorted(
        len(c) for c in {frozenset(G.multiply(G.multiply(u, g), G.inverse(u)) for u in G) for g in G}
    )


def centre(G):
    return [g for g in G if all(G.multiply(g, h) == G.multiply(h, g) for h in G)]


@pytest.mark.parametrize("name", list(SYMPY))
def test_named_group_against_sympy(name):
    G, theirs = group(name), SYMPY[name]
    assert satisfies_the_axioms(G)
    assert G.order == theirs.order() == len(set(G.elements))
    assert G.is_abelian == theirs.is_abelian
    assert element_orders(G) == Counter(p.order() for p in theirs.elements)
    assert len(centre(G)) == theirs.center().order()
    assert conjugacy_class_sizes(G) == sorted(len(c) for c in theirs.conjugacy_classes())


def extends_to_an_isomorphism(G, images, theirs):
    """Whether sending ``G.generators`` to permutations (images of 0, 1, …) extends to an isomorphism."""
    after = lambda p, q: tuple(p[x] for x in q)  # noqa: E731
    one = tuple(range(theirs.degree))
    phi, queue = {G.identity: one}, [G.identity]
    for g in queue:
        for s, image in zip(G.generators, images, strict=True):
            gs = G.multiply(g, s)
            if gs not in phi:
                phi[gs] = after(phi[g], image)
                queue.append(gs)
    return set(phi.values()) == {tuple(p.array_form) for p in theirs.elements} and all(
        phi[G.multiply(g, h)] == after(phi[g], phi[h]) for g, h in itertools.product(G, repeat=2)
    )


@pytest.mark.parametrize("n", range(3, 9))
def test_cyclic_and_dihedral_are_isomorphic_to_sympy(n):
    turn = tuple((x + 1) % n for x in range(n))
    flip = tuple(-x % n for x in range(n))
    assert cyclic(n).generators == (1,)
    assert extends_to_an_isomorphism(cyclic(n), [turn], CyclicGroup(n))
    assert dihedral(n).generators == ("r", "m")
    assert extends_to_an_isomorphism(dihedral(n), [turn, flip], DihedralGroup(n))


def test_the_isomorphism_test_can_fail():
    turn, flip = (1, 2, 3, 0), (0, 3, 2, 1)
    assert extends_to_an_isomorphism(dihedral(4), [turn, flip], DihedralGroup(4))
    assert not extends_to_an_isomorphism(dihedral(4), [flip, turn], DihedralGroup(4))


@pytest.mark.parametrize("n", [3, 4, 5, 6])
def test_dihedral_labels_are_matrices(n):
    """r^k turns the plane, r^k m turns it after the reflection m: labels and products agree."""
    c, s = np.cos(2 * np.pi / n), np.sin(2 * np.pi / n)
    r, m = np.array([[c, -s], [s, c]]), np.diag([1.0, -1.0])
    labels = ["1", "r", *(f"r^{k}" for k in range(2, n))]
    matrix = {label: np.linalg.matrix_power(r, k) for k, label in enumerate(labels)}
    matrix |= {(label + "m").removeprefix("1"): M @ m for label, M in list(matrix.items())}
    D = dihedral(n)
    assert D.elements == tuple(matrix)
    for g, h in itertools.product(D, repeat=2):
        assert np.allclose(matrix[g] @ matrix[h], matrix[D.multiply(g, h)], atol=1e-9)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_permutation_labels_multiply_as_in_sympy(n):
    """SymPy multiplies left to right, so its h·g is our gh."""
    for G, theirs in ((symmetric(n), SymmetricGroup(n)), (alternating(n), AlternatingGroup(n))):
        if n > 2:
            assert set(G.elements) == {tuple(p.array_form) for p in theirs.elements}
        rng = np.random.default_rng(n)
        for i, j in rng.integers(G.order, size=(50, 2)):
            g, h = G.elements[i], G.elements[j]
            assert G.multiply(g, h) == tuple((Permutation(list(h)) * Permutation(list(g))).array_form)


@pytest.mark.parametrize(("name", "order"), [("S6", 720), ("S7", 5040), ("A6", 360), ("A7", 2520)])
def test_large_permutation_groups(name, order):
    G = group(name)
    assert G.order == order
    assert len(G.generators) == 2
    rng = np.random.default_rng(0)
    for i, j in rng.integers(order, size=(200, 2)):
        g, h = G.elements[i], G.elements[j]
        assert G.multiply(g, h) == tuple(g[x] for x in h)


def test_quaternions_are_complex_matrices():
    one, i = np.eye(2, dtype=complex), np.array([[1j, 0], [0, -1j]])
    j = np.array([[0, 1], [-1, 0]], dtype=complex)
    units = {"1": one, "i": i, "j": j, "k": i @ j}
    matrix = {sign + u: (1 if not sign else -1) * M for u, M in units.items() for sign in ("", "-")}
    Q = quaternion()
    assert Q.elements == tuple(matrix) == ("1", "-1", "i", "-i", "j", "-j", "k", "-k")
    for g, h in itertools.product(Q, repeat=2):
        assert np.array_equal(matrix[g] @ matrix[h], matrix[Q.multiply(g, h)])


def test_direct_product_multiplies_component_by_component():
    G, H, K = cyclic(2), dihedral(3), cyclic(3)
    P = direct_product(G, H, K)
    assert P.elements == tuple(itertools.product(G, H, K))
    for (a, b, c), (x, y, z) in itertools.product(P, repeat=2):
        assert P.multiply((a, b, c), (x, y, z)) == (G.multiply(a, x), H.multiply(b, y), K.multiply(c, z))
    assert len(P.subgroup(P.generators)) == P.order == 36


def test_semidirect_product_multiplies_as_defined():
    """C7 : C3 by n -> 2^h n, the non-abelian group of order 21, against SymPy."""
    G = semidirect_product(cyclic(7), cyclic(3), lambda h: {n: 2**h * n % 7 for n in range(7)}, name="C7:C3")
    for (n, h), (m, k) in itertools.product(G, repeat=2):
        assert G.multiply((n, h), (m, k)) == ((n + 2**h * m) % 7, (h + k) % 3)
    assert satisfies_the_axioms(G)
    turn = tuple((x + 1) % 7 for x in range(7))
    double = tuple(2 * x % 7 for x in range(7))
    theirs = PermutationGroup(Permutation(list(turn)), Permutation(list(double)))
    assert G.order == theirs.order() == 21
    assert extends_to_an_isomorphism(G, [turn, double], theirs)


def test_semidirect_product_of_a_non_abelian_group():
    """Q8 : C3, i -> j -> k -> i, is SL(2, 3): one element of order 2, classes of 1, 1, 4, 4, 4, 4, 6."""
    Q = quaternion()
    turn = dict(zip("ijk", "jki", strict=True))
    turned = lambda n, h: n if h == 0 or n in ("1", "-1") else turned(n[:-1] + turn[n[-1]], h - 1)  # noqa: E731
    G = semidirect_product(Q, cyclic(3), lambda h: lambda n: turned(n, h))
    for (n, h), (m, k) in itertools.product(G, repeat=2):
        assert G.multiply((n, h), (m, k)) == (Q.multiply(n, turned(m, h)), (h + k) % 3)
    assert satisfies_the_axioms(G)
    assert element_orders(G) == {1: 1, 2: 1, 3: 8, 4: 6, 6: 8}
    assert conjugacy_class_sizes(G) == [1, 1, 4, 4, 4, 4, 6]


def test_semidirect_product_by_conjugation_in_s4():
    """V4 : S3 = S4."""
    S4 = group("S4")
    V, S = (
        S4.as_group(S4.subgroup([(1, 0, 3, 2), (2, 3, 0, 1)])),
        S4.as_group(S4.subgroup([(1, 0, 2, 3), (1, 2, 0, 3)])),
    )
    G = semidirect_product(V, S, lambda h: lambda n: S4.multiply(S4.multiply(h, n), S4.inverse(h)))
    for g, h in itertools.product(G, repeat=2):
        assert S4.multiply(*G.multiply(g, h)) == S4.multiply(S4.multiply(*g), S4.multiply(*h))


@pytest.mark.parametrize(
    ("action", "error", "message"),
    [
        (
            lambda h: lambda n: 2 * n % 4,
            InvalidGroupError,
            r"action\(0\) is not an automorphism of C4 \(order 4\): it sends 2 to e",
        ),
        (
            lambda h: lambda n: (n + h) % 4,
            InvalidGroupError,
            r"action\(1\) is not an automorphism .* at a = 0, b = 0",
        ),
        (lambda h: lambda n: -n % 4, InvalidGroupError, r"not a homomorphism: .* at h = 0, h' = 0, n = 1"),
        (lambda h: {0: 0, 1: 1}, InvalidGroupError, r"action\(0\) has no image of 2"),
        (lambda h: lambda n: n + 4, ElementError, r"4 is not an element of C4 \(order 4\)"),
    ],
)
def test_bad_actions(action, error, message):
    with pytest.raises(error, match=message):
        semidirect_product(cyclic(4), cyclic(2), action)


@pytest.mark.parametrize("family", [cyclic, dihedral, symmetric, alternating])
@pytest.mark.parametrize("n", [0, -1, 2.0, "3", True])
def test_bad_degrees(family, n):
    with pytest.raises(UsageError, match=r"is not a group; the number after . must be an integer from 1 up"):
        family(n)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: symmetric(8), "S8 has 40320 elements.*at most 6000"),
        (lambda: symmetric(10**9), "at most 6000"),
        (lambda: alternating(8), "A8 has 20160 elements"),
        (lambda: cyclic(6001), "C6001 has 6001 elements"),
        (lambda: dihedral(3001), "D3001 has 6002 elements"),
        (lambda: direct_product(cyclic(100), cyclic(100)), "C100xC100 has 10000 elements"),
        (lambda: semidirect_product(cyclic(100), cyclic(100), lambda h: lambda n: n), "C100:C100 has 10000"),
    ],
)
def test_groups_too_large_for_a_table(build, message):
    with pytest.raises(UnsupportedError, match=message):
        build()


def test_the_empty_product():
    with pytest.raises(UsageError, match="at least one group, got none"):
        direct_product()


def test_named_tables_pass_the_entry_check():
    for name in SYMPY:
        assert FiniteGroup.from_table(group(name).multiplication_table).order == group(name).order
