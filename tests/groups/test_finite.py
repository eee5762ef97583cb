"""FiniteGroup: axioms checked on entry, subgroups, cosets; every refusal names the axiom and the elements."""

from __future__ import annotations

import itertools
import pickle

import numpy as np
import pytest
from sympy.combinatorics import Permutation, PermutationGroup

from gcalc.errors import ElementError, InvalidGroupError, ShapeError, UnsupportedError
from gcalc.groups import FiniteGroup, group

# Rows and columns 0 agree with the identity, each row and column is a permutation, and it is no group.
LOOP_OF_ORDER_5 = [[0, 1, 2, 3, 4], [1, 0, 3, 4, 2], [2, 4, 0, 1, 3], [3, 2, 4, 0, 1], [4, 3, 1, 2, 0]]
SMALL = ["C1", "C2", "C6", "S3", "D4", "Q8", "A4"]


def is_group_table(table):
    """The axioms, literally, over all pairs and triples."""
    n = len(table)
    everything = range(n)
    return (
        all(0 <= table[x][y] < n for x in everything for y in everything)
        and all(table[0][x] == x == table[x][0] for x in everything)
        and all(any(table[x][y] == 0 == table[y][x] for y in everything) for x in everything)
        and all(
            table[table[x][y]][z] == table[x][table[y][z]]
            for x in everything
            for y in everything
            for z in everything
        )
    )


@pytest.mark.parametrize("name", SMALL)
def test_from_table_accepts_exactly_what_the_axioms_accept(name):
    table = group(name).multiplication_table.tolist()
    assert is_group_table(table)
    G = FiniteGroup.from_table(table, elements=[f"x{i}" for i in range(len(table))], name="given")
    assert G.name == "given"
    assert G.identity == "x0"
    assert np.array_equal(G.multiplication_table, table)
    for i, g in enumerate(G.elements):
        assert G.multiply(g, G.inverse(g)) == "x0" == G.multiply(G.inverse(g), g)
        assert G.index(g) == i


@pytest.mark.parametrize("name", ["C4", "C6", "S3", "D4", "Q8", "A4"])
def test_a_table_with_two_entries_exchanged_is_refused(name):
    table = group(name).multiplication_table
    n = len(table)
    cells = list(itertools.product(range(n), repeat=2))
    rng = np.random.default_rng(20)
    tried = 0
    while tried < 40:
        (a, b), (c, d) = (cells[k] for k in rng.integers(len(cells), size=2))
        if table[a, b] == table[c, d]:
            continue
        corrupted = table.copy()
        corrupted[a, b], corrupted[c, d] = table[c, d], table[a, b]
        assert not is_group_table(corrupted.tolist())
        with pytest.raises(InvalidGroupError, match=r"identity|inverses fail|associativity fails"):
            FiniteGroup.from_table(corrupted)
        tried += 1


@pytest.mark.parametrize("name", ["C6", "S3", "D4", "Q8"])
def test_a_latin_square_that_is_not_associative_is_refused(name):
    """Exchanging a with b in a 2 × 2 subsquare off the borders keeps identity and cancellation."""
    table = group(name).multiplication_table
    n = len(table)
    refused = 0
    for i, k in itertools.combinations(range(1, n), 2):
        for j, m in itertools.combinations(range(1, n), 2):
            if table[i, j] != table[k, m] or table[i, m] != table[k, j]:
                continue
            switched = table.copy()
            switched[[i, k], [j, m]], switched[[i, k], [m, j]] = table[i, m], table[i, j]
            assert not is_group_table(switched.tolist())
            with pytest.raises(InvalidGroupError, match="associativity fails"):
                FiniteGroup.from_table(switched)
            refused += 1
    assert refused > 0


def test_the_associativity_error_names_a_true_counterexample():
    with pytest.raises(InvalidGroupError, match=r"associativity fails: \(1·1\)·2 = 2 but 1·\(1·2\) = 4"):
        FiniteGroup.from_table(LOOP_OF_ORDER_5)
    T = LOOP_OF_ORDER_5
    assert (T[T[1][1]][2], T[1][T[1][2]]) == (2, 4)


def test_labels_appear_in_the_associativity_error():
    with pytest.raises(InvalidGroupError, match=r"\(a·a\)·b = b but a·\(a·b\) = d"):
        FiniteGroup.from_table(LOOP_OF_ORDER_5, elements="eabcd")


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        ([[0, 1], [1, 2]], InvalidGroupError, r"closure fails: entry \[1, 1\] = 2 is not an index 0\.\.1"),
        ([[0, -1], [1, 0]], InvalidGroupError, r"closure fails: entry \[0, 1\] = -1"),
        ([[1, 0], [0, 0]], InvalidGroupError, "identity fails: no element e"),
        ([[1, 0], [0, 1]], InvalidGroupError, "the identity 1 has index 1; reorder"),
        ([[0, 1], [1, 1]], InvalidGroupError, "inverses fail: 1·0 = 1·1 = 1, so 1 cannot be cancelled"),
        ([[0, 1, 2], [1, 2, 0]], ShapeError, r"\(element, element\) of equal length, got shape \(2, 3\)"),
        ([[0, 1], [1]], ShapeError, "unequal lengths"),
        ([0, 1], ShapeError, r"got shape \(2,\)"),
        (np.empty((0, 0), dtype=int), InvalidGroupError, r"empty table; the trivial group is \[\[0\]\]"),
        ([[0.0, 1.0], [1.0, 0.0]], InvalidGroupError, "integer indices, got float64"),
    ],
)
def test_bad_tables(table, error, message):
    with pytest.raises(error, match=message):
        FiniteGroup.from_table(table)


@pytest.mark.parametrize(
    ("elements", "error", "message"),
    [
        (["e"], ShapeError, "2 rows needs 2 elements, got 1"),
        (["e", "e"], InvalidGroupError, "element 'e' is listed twice"),
        (["e", []], InvalidGroupError, r"element \[\] is not hashable"),
    ],
)
def test_bad_labels(elements, error, message):
    with pytest.raises(error, match=message):
        FiniteGroup.from_table([[0, 1], [1, 0]], elements)


def test_the_order_is_bounded_before_the_table_is_read():
    with pytest.raises(UnsupportedError, match=r"7000 elements.*at most 6000"):
        FiniteGroup.from_table(np.broadcast_to(np.int8(0), (7000, 7000)))


@pytest.mark.parametrize("name", [*SMALL, "S4", "A5", "C2xC2", "C2xS3"])
def test_generators_generate_and_none_is_superfluous(name):
    G = FiniteGroup.from_table(group(name).multiplication_table)
    for generators in (G.generators, tuple(map(group(name).index, group(name).generators))):
        assert len(G.subgroup(generators)) == G.order
    for g in G.generators:
        assert len(G.subgroup(h for h in G.generators if h != g)) < G.order


def test_from_permutations_composes_right_to_left():
    G = FiniteGroup.from_permutations([(1, 0, 2), (0, 2, 1)], name="S3")
    assert G.elements[0] == (0, 1, 2)
    assert set(G.elements) == set(itertools.permutations(range(3)))
    for g, h in itertools.product(G, repeat=2):
        assert G.multiply(g, h) == tuple(g[h[x]] for x in range(3))
    assert G.multiply((1, 0, 2), (0, 2, 1)) == (1, 2, 0)


@pytest.mark.parametrize("seed", range(6))
def test_from_permutations_against_sympy(seed):
    rng = np.random.default_rng(seed)
    generators = [tuple(rng.permutation(5).tolist()) for _ in range(2)]
    ours = FiniteGroup.from_permutations(generators)
    theirs = PermutationGroup([Permutation(list(p)) for p in generators])
    assert ours.order == theirs.order()
    assert set(ours.elements) == {tuple(p.array_form) for p in theirs.elements}
    assert ours.is_abelian == theirs.is_abelian
    assert np.array_equal(FiniteGroup.from_table(ours.multiplication_table).inverse_table, ours.inverse_table)


@pytest.mark.parametrize(
    ("permutations", "message"),
    [
        ([], "no permutations given"),
        ([(0, 1), (0, 1, 2)], r"\(0, 1\) and \(0, 1, 2\) have unequal lengths 2 and 3"),
        ([(0, 0)], r"\(0, 0\) is not a permutation of 0\.\.1"),
        ([(1, 2)], r"\(1, 2\) is not a permutation"),
        ([(0.0, 1.0)], "is not a permutation"),
    ],
)
def test_bad_permutations(permutations, message):
    with pytest.raises(InvalidGroupError, match=message):
        FiniteGroup.from_permutations(permutations)


def test_too_many_permutations():
    with pytest.raises(UnsupportedError, match="at most 6000"):
        FiniteGroup.from_permutations([(1, 2, 3, 4, 5, 6, 7, 0), (1, 0, 2, 3, 4, 5, 6, 7)])


def left_cosets_by_hand(G, H):
    return {frozenset(G.multiply(g, h) for h in H) for g in G}


@pytest.mark.parametrize(
    ("name", "generators"),
    [
        ("S3", [(1, 0, 2)]),
        ("S4", [(1, 0, 2, 3), (1, 2, 0, 3)]),
        ("S4", [(1, 0, 3, 2), (2, 3, 0, 1)]),
        ("D4", ["m"]),
        ("Q8", ["i"]),
        ("A4", []),
        ("C6", [2]),
    ],
)
def test_left_cosets_and_transversal(name, generators):
    G = group(name)
    H = G.subgroup(generators)
    cosets = G.left_cosets(reversed(H))
    assert set(cosets) == left_cosets_by_hand(G, H)
    assert len(cosets) == len(set(cosets)) == G.order // len(H)
    least = [min(G.index(g) for g in coset) for coset in cosets]
    assert least == sorted(least)
    assert G.transversal(H) == tuple(G.elements[i] for i in least)
    assert G.cosets(H).points == cosets


def test_as_group_is_the_subgroup():
    G = group("S4")
    H = G.subgroup([(1, 2, 3, 0), (2, 1, 0, 3)])
    D = G.as_group(H)
    assert D.order == 8
    assert D.elements == H
    assert all(D.multiply(a, b) == G.multiply(a, b) for a in H for b in H)
    assert is_group_table(D.multiplication_table.tolist())


def test_not_a_subgroup():
    G = group("D4")
    with pytest.raises(
        InvalidGroupError, match=r"not a subgroup of D4 \(order 8\): r·r = r\^2 is missing; close it"
    ):
        G.cosets(["1", "r"])
    with pytest.raises(InvalidGroupError, match=r"an empty set is not a subgroup of D4 \(order 8\)"):
        G.left_cosets([])
    with pytest.raises(ElementError, match=r"'x' is not an element of D4 \(order 8\)"):
        G.transversal(["1", "x"])


def test_elements_outside_are_refused_by_every_door():
    G = group("D4")
    for use in (
        G.index,
        G.inverse,
        lambda g: G.multiply(g, "r"),
        lambda g: G.multiply("r", g),
        lambda g: G.subgroup([g]),
    ):
        for bad in ("q", 0, [1]):
            with pytest.raises(
                ElementError, match=r"is not an element of D4 \(order 8\); take one of \.elements"
            ):
                use(bad)
    assert "r" in G
    assert "q" not in G
    assert [1] not in G


def test_all_subgroups_against_sympy():
    """Every subgroup of these groups has at most two generators."""
    for name in ("S3", "D4", "A4", "S4"):
        G = group(name) if name != "D4" else FiniteGroup.from_permutations([(1, 2, 3, 0), (0, 3, 2, 1)])
        pairs = itertools.combinations_with_replacement(G.elements, 2)
        theirs = {
            frozenset(
                tuple(p.array_form)
                for p in PermutationGroup(Permutation(list(a)), Permutation(list(b))).elements
            )
            for a, b in pairs
        }
        ours = G.subgroups()
        assert {frozenset(H) for H in ours} == theirs
        assert len(ours) == len(theirs)
        assert [len(H) for H in ours] == sorted(len(H) for H in ours)


@pytest.mark.parametrize(
    ("name", "count"),
    # OEIS A005432 and the literature: S_n 1, 2, 6, 30, 156; D_n sigma(n) + d(n); (C_2)^3 16; A5 59.
    [("S4", 30), ("S5", 156), ("A5", 59), ("D6", 16), ("D5", 8), ("C12", 6), ("Q8", 6), ("C2xC2xC2", 16)],
)
def test_numbers_of_subgroups(name, count):
    assert len(group(name).subgroups()) == count


def test_subgroups_of_a_large_group():
    with pytest.raises(
        UnsupportedError, match=r"up to order 200, got S6 \(order 720\); use subgroup\(generators\)"
    ):
        group("S6").subgroups()


def test_tables_cannot_be_written():
    G = group("C6")
    for table in (G.multiplication_table, G.inverse_table, G.regular.action_table):
        with pytest.raises(ValueError, match="read-only"):
            table[0] = 1


def test_printing_and_pickling():
    G = group("D4")
    assert repr(G) == "<FiniteGroup D4 of order 8>"
    assert str(G) == "D4 (order 8)"
    copy = pickle.loads(pickle.dumps(G))
    assert copy.elements == G.elements
    assert np.array_equal(copy.multiplication_table, G.multiplication_table)
    assert list(G) == list(G.elements)
    assert len(G) == 8 == G.order
