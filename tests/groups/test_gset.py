"""Finite G-sets: action axioms on regular and coset spaces, stabilizers, orbits, and refusals."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from gcalc.errors import ElementError, InvalidGroupError, ShapeError
from gcalc.groups import GSet, group

NAMES = ["C1", "C2", "C6", "S3", "D4", "Q8", "A4", "S4", "C2xS3"]


def is_action(G, table):
    """``ex = x`` and ``(gh)x = g(hx)``, over all elements and points."""
    size = len(table[0])
    T = G.multiplication_table.tolist()
    return table[0] == list(range(size)) and all(
        table[T[g][h]][x] == table[g][table[h][x]]
        for g in range(G.order)
        for h in range(G.order)
        for x in range(size)
    )


def conjugate(G, g, H):
    return {G.multiply(G.multiply(g, h), G.inverse(g)) for h in H}


@pytest.mark.parametrize("name", NAMES)
def test_regular(name):
    G = group(name)
    X = G.regular
    assert is_action(G, X.action_table.tolist())
    assert X.action_table is G.multiplication_table
    assert (X.shape, X.size, X.points) == (G.shape, G.order, G.elements)
    assert (X.is_regular, X.is_grid, X.is_window) == (True, False, False)
    assert X.is_free
    assert X.is_transitive
    assert all(X.act(g, x) == G.multiply(g, x) for g in G for x in G)


@pytest.mark.parametrize("name", NAMES)
def test_cosets_of_every_subgroup(name):
    """Including subgroups that are not normal, whose stabilizers gHg⁻¹ differ from point to point."""
    G = group(name)
    for H in G.subgroups():
        X = G.cosets(H)
        assert is_action(G, X.action_table.tolist())
        assert X.shape == (X.size,) == (G.order // len(H),)
        assert X.is_transitive
        assert X.is_free == (len(H) == 1)
        assert not X.is_regular
        for g, x in itertools.product(G.elements, X.points):
            assert X.act(g, x) == frozenset(G.multiply(g, k) for k in x)
        for x in X.points:
            representative = min(x, key=G.index)
            assert set(X.stabilizer(x)) == conjugate(G, representative, H)


def test_stabilizers_of_a_non_normal_subgroup_differ():
    G = group("S3")
    X = G.cosets(G.subgroup([(1, 0, 2)]))
    assert {X.stabilizer(x) for x in X.points} == {((0, 1, 2), p) for p in [(0, 2, 1), (1, 0, 2), (2, 1, 0)]}


def test_orbits_of_an_intransitive_action():
    """C6 on 3 + 2 + 1 points; the numbers of fixed points average to the number of orbits (Burnside)."""
    G = group("C6")
    table = [[(x + g) % 3 for x in range(3)] + [3 + (x + g) % 2 for x in range(2)] + [5] for g in range(6)]
    X = GSet.from_table(G, table, points="abcdef", name="3+2+1")
    assert X.orbits() == (("a", "b", "c"), ("d", "e"), ("f",))
    assert X.stabilizer("a") == (0, 3)
    assert X.stabilizer("d") == (0, 2, 4)
    assert X.stabilizer("f") == G.elements
    assert not X.is_free
    assert not X.is_transitive
    fixed = sum(X.act(g, x) == x for g in G for x in X)
    assert fixed == G.order * len(X.orbits())
    assert all(len(X.stabilizer(x)) * len(orbit) == G.order for orbit in X.orbits() for x in orbit)


def test_a_free_intransitive_action():
    """Orbits are ordered by their least index."""
    X = GSet.from_table(group("C2"), [[0, 1, 2, 3], [3, 2, 1, 0]])
    assert X.is_free
    assert X.orbits() == ((0, 3), (1, 2))


@pytest.mark.parametrize("name", ["S3", "D4", "Q8"])
def test_rows_and_inverse_rows(name):
    G = group(name)
    X = G.cosets(G.subgroup(G.generators[:1]))
    for i, g in enumerate(G.elements):
        for j, x in enumerate(X.points):
            assert X.rows[i][j] == X.index(X.act(g, x))
            assert X.inverse_rows[i][j] == X.index(X.act(G.inverse(g), x))
    assert type(X.rows[0][0]) is int


@pytest.mark.parametrize("name", ["C4", "S3", "D4", "A4"])
def test_from_table_accepts_exactly_actions(name):
    """Random exchanges in one row of the table: refused iff the axioms fail over all elements and points."""
    G = group(name)
    H = G.subgroup(G.generators[:1]) if name != "C4" else (0,)
    table = G.cosets(H).action_table
    assert GSet.from_table(G, table).size == table.shape[1]
    rng = np.random.default_rng(7)
    for _ in range(30):
        g, x, y = rng.integers(G.order), *rng.choice(table.shape[1], size=2, replace=False)
        corrupted = table.copy()
        corrupted[g, x], corrupted[g, y] = table[g, y], table[g, x]
        assert not is_action(G, corrupted.tolist())
        with pytest.raises(InvalidGroupError, match=r"action axiom (ex = x|\(gh\)x = g\(hx\)) fails"):
            GSet.from_table(G, corrupted)


def test_a_right_action_is_refused():
    """x·g read as a left action holds only on abelian groups."""
    abelian, other = group("C6"), group("S3")
    assert GSet.from_table(abelian, abelian.multiplication_table.T).is_free
    with pytest.raises(InvalidGroupError, match=r"\(gh\)x = g\(hx\) fails at g = .*, h = .*, x = "):
        GSet.from_table(other, other.multiplication_table.T)


def test_the_axiom_is_checked_for_every_generator():
    """The first generator acts; the second, of order 2, would be a 3-cycle."""
    G = group("C2xC2")
    swap, turn = [1, 0, 2], [1, 2, 0]
    rows = {(0, 0): [0, 1, 2], (1, 0): swap, (0, 1): turn, (1, 1): [swap[x] for x in turn]}
    assert G.generators == ((1, 0), (0, 1))
    with pytest.raises(InvalidGroupError, match=r"fails at g = \(0, 1\), h = \(0, 1\), x = 0"):
        GSet.from_table(G, [rows[g] for g in G])


def test_the_action_error_names_a_true_counterexample():
    G = group("S3")
    table = G.multiplication_table.T
    with pytest.raises(InvalidGroupError) as caught:
        GSet.from_table(G, table, points=G.elements)
    text = str(caught.value).split("fails at ")[1]
    where, values = text.split(": ")
    g, h, x = (eval(part.split(" = ")[1]) for part in where.replace("), ", ")|").split("|"))
    left, right = (eval(part.split(" = ")[1]) for part in values.split(" but "))
    act = lambda u, y: G.multiply(y, u)  # noqa: E731
    assert left == act(G.multiply(g, h), x)
    assert right == act(g, act(h, x))
    assert left != right


@pytest.mark.parametrize(
    ("table", "points", "error", "message"),
    [
        ([[0, 1]], None, ShapeError, r"of C2 \(order 2\) needs axes \(2 elements, points\), got \(1, 2\)"),
        ([0, 1], None, ShapeError, r"got \(2,\)"),
        ([[0, 1], [1, 2]], None, InvalidGroupError, "integer entries from 0 to 1"),
        ([[0.0, 1.0], [1.0, 0.0]], None, InvalidGroupError, "integer entries"),
        (np.empty((2, 0), dtype=int), None, InvalidGroupError, "integer entries"),
        ([[0, 1], [1, 0]], ["a"], ShapeError, "need 2 distinct points, one for each column, got 1"),
        ([[0, 1], [1, 0]], ["a", "a"], ShapeError, "need 2 distinct points"),
        ([[1, 0], [0, 1]], None, InvalidGroupError, "ex = x fails: the identity sends 0 to 1"),
    ],
)
def test_bad_action_tables(table, points, error, message):
    with pytest.raises(error, match=message):
        GSet.from_table(group("C2"), table, points)


def test_points_and_elements_outside_are_refused():
    X = group("D4").cosets(["1", "m"])
    point = X.points[0]
    for use in (X.index, X.stabilizer, lambda x: X.act("r", x)):
        for bad in ("q", 0, [1]):
            with pytest.raises(
                ElementError, match=r"is not a point of D4/H with \|H\| = 2; take one of \.points"
            ):
                use(bad)
    with pytest.raises(ElementError, match=r"'q' is not an element of D4"):
        X.act("q", point)
    assert point in X
    assert "q" not in X
    assert [1] not in X
    assert list(X) == list(X.points)
    assert len(X) == 4
    assert repr(X) == "<GSet D4/H with |H| = 2 of 4 points under D4 (order 8)>"
