"""Crystallographic groups in one, two and three dimensions, and their action on infinite sets."""

from __future__ import annotations

import itertools
import pickle
from fractions import Fraction

import gemmi
import numpy as np
import pytest
import sympy

from gcalc.errors import ElementError, InvalidGroupError, ShapeError, UnsupportedError, UsageError
from gcalc.groups import CrystallographicGroup, InfiniteGSet, Isometry, group, wallpaper_symbols

HALF = Fraction(1, 2)
ONE, FLIP, R4, TURN = [[1, 0], [0, 1]], [[1, 0], [0, -1]], [[0, -1], [1, 0]], [[-1, 0], [0, -1]]


def random_elements(G, rng, count):
    """Random products of generators with random translations."""
    elements = []
    for _ in range(count):
        g = G.translation(tuple(rng.integers(-3, 4, size=G.dimension).tolist()))
        for k in rng.integers(len(G.generators), size=4):
            g = G.multiply(g, G.generators[k])
        elements.append(g)
    return elements


def seitz(g):
    """The element as a (d+1)×(d+1) matrix of Fractions that acts on (x, 1)."""
    d = len(g.translation)
    rows = [[*map(Fraction, row), t] for row, t in zip(g.matrix, g.translation, strict=True)]
    return np.array([*rows, [Fraction(0)] * d + [Fraction(1)]], dtype=object)


@pytest.mark.parametrize("symbol", wallpaper_symbols)
def test_products_are_products_of_augmented_matrices(symbol):
    G = group(symbol)
    rng = np.random.default_rng(3)
    for g, h in zip(random_elements(G, rng, 20), random_elements(G, rng, 20), strict=True):
        gh = G.multiply(g, h)
        assert gh in G
        assert (seitz(gh) == seitz(g) @ seitz(h)).all()
        assert G.multiply(g, G.inverse(g)) == G.identity == G.multiply(G.inverse(g), g)
        x = tuple(Fraction(int(k), 6) for k in rng.integers(-9, 9, size=2))
        assert gh(x) == g(h(x))


@pytest.mark.parametrize("symbol", wallpaper_symbols)
def test_the_inverse_undoes_and_generators_reach_the_point_group(symbol):
    G = group(symbol)
    assert {g.matrix for g in G.generators[2:]} == set(G.point_group.generators)
    assert len(G.point_group.subgroup(g.matrix for g in G.generators)) == G.point_group.order
    assert all(g in G for g in G.generators)
    assert G.generators[:2] == (G.translation((1, 0)), G.translation((0, 1)))


@pytest.mark.parametrize(
    ("matrix", "translation", "inside"),
    [
        (FLIP, (HALF, 0), True),
        (FLIP, (Fraction(-7, 2), 4), True),
        (FLIP, ("3/2", 0), True),
        (FLIP, (0, 0), False),
        (FLIP, (HALF, HALF), False),
        (ONE, (3, -2), True),
        (ONE, (HALF, 0), False),
        (TURN, (0, 0), False),
    ],
)
def test_membership_in_pg(matrix, translation, inside):
    pg = group("pg")
    if inside:
        g = pg.element(matrix, translation)
        assert g in pg
        assert all(isinstance(x, Fraction) for x in g.translation)
    else:
        with pytest.raises(ElementError, match=r"is not in pg \(infinite, \|P\| = 2\)"):
            pg.element(matrix, translation)
        assert Isometry(tuple(map(tuple, matrix)), tuple(map(Fraction, translation))) not in pg


def test_what_is_not_an_element_says_the_mend():
    pg = group("pg")
    with pytest.raises(ElementError, match=r"with that matrix translations are \(1/2, 0\) plus integers"):
        pg.element(FLIP, (0, 0))
    for bad in ("r", 3, None, [1], ((1, 0), (0, 1)), Isometry(((1, 0), (0, 1)), (0.5, 0.0))):
        assert bad not in pg
        for use in (pg.inverse, lambda g: pg.multiply(g, pg.identity), lambda g: pg.multiply(pg.identity, g)):
            with pytest.raises(ElementError, match=r"is not in pg \(infinite"):
                use(bad)
    with pytest.raises(
        ElementError, match=r"0.5 is not an exact number; give an int, a Fraction or a string"
    ):
        pg.element(FLIP, (0.5, 0))


def test_one_dimension():
    """Z and the infinite dihedral group, whose quotient mod N is the dihedral group of order 2N."""
    Z = CrystallographicGroup([[[1]]], name="Z")
    assert Z.quotient(6).is_abelian
    D = CrystallographicGroup([[[1]], [[-1]]])
    for N in (1, 3, 4, 6):
        Q = D.quotient(N)
        dihedral = group(f"D{N}")
        label = lambda g, n=N: n * (g.matrix == ((-1,),)) + int(g.translation[0])  # noqa: E731
        # x -> x + k is r^k, and x -> -x + k is r^k m: D_N lists them in the same order.
        assert [label(g) for g in Q] == list(range(2 * N))
        assert np.array_equal(Q.multiplication_table, dihedral.multiplication_table)


def primitive_operations(number):
    """gemmi's operations of a space group in its reference setting, on a primitive basis, B⁻¹WB and B⁻¹w."""
    setting = gemmi.get_spacegroup_reference_setting(number)
    exact = lambda rows: np.array(rows, dtype=object) * Fraction(1, gemmi.Op.DEN)  # noqa: E731
    B = exact(setting.centred_to_primitive().rot)
    inverse = np.array(sympy.Matrix(setting.centred_to_primitive().rot).inv() * gemmi.Op.DEN)
    inverse = np.vectorize(lambda x: Fraction(int(x.p), int(x.q)), otypes=[object])(inverse)
    matrices, parts = [], []
    for op in setting.operations().sym_ops:
        W, w = inverse @ exact(op.rot) @ B, inverse @ exact(op.tran)
        assert all(x.denominator == 1 for x in W.flat)
        matrices.append([[int(x) for x in row] for row in W.tolist()])
        parts.append(list(w))
    return matrices, parts


def test_all_230_space_groups_are_accepted_and_split_iff_symmorphic():
    """An exact decision against gemmi's: 73 of the 230 are symmorphic."""
    split = []
    for number in range(1, 231):
        matrices, parts = primitive_operations(number)
        G = CrystallographicGroup(matrices, parts, name=str(number))
        if G.is_split:
            split.append(number)
    assert split == [n for n in range(1, 231) if gemmi.get_spacegroup_reference_setting(n).is_symmorphic()]
    assert len(split) == 73


@pytest.mark.parametrize("number", [4, 14, 17, 62, 198, 212])
def test_three_dimensional_quotient_against_gemmi(number):
    """P2_1, P2_1/c, P222_1, Pnma, P2_13, P4_332 mod 2: elements and products of gemmi's operations."""
    matrices, parts = primitive_operations(number)
    Q = CrystallographicGroup(matrices, parts).quotient(2)
    den = gemmi.Op.DEN
    operations = [
        op.translated([den * k for k in t])
        for op in gemmi.get_spacegroup_reference_setting(number).operations().sym_ops
        for t in itertools.product(range(2), repeat=3)
    ]

    def label(op):
        matrix = tuple(tuple(x // den for x in row) for row in op.rot)
        return matrix, tuple(Fraction(x, den) % 2 for x in op.tran)

    assert {label(op) for op in operations} == set(Q.elements)
    assert Q.order == len(matrices) * 8
    rng = np.random.default_rng(number)
    for i, j in rng.integers(len(operations), size=(200, 2)):
        a, b = operations[i], operations[j]
        assert Q.multiply(label(a), label(b)) == label(a.combine(b))


def test_splitting_sees_through_a_shift_of_the_origin():
    """p2 and p4 with the origin off their centres are split, with translation parts that are not integral."""
    moved = CrystallographicGroup([ONE, TURN], [(0, 0), (Fraction(2, 3), HALF)], name="p2 moved")
    v = moved.split_origin
    assert moved.is_split
    assert moved.denominator == 6
    assert all((2 * a - b).denominator == 1 for a, b in zip(v, (Fraction(2, 3), HALF), strict=True))
    p4 = CrystallographicGroup.generated_by([(R4, (Fraction(1, 3), 0))])
    Q = p4.quotient(3)
    complement = Q.point_subgroup
    assert [g.matrix for g in complement] == list(Q.point_group)
    assert set(complement) == set(Q.subgroup(complement))
    assert all(
        tuple(x % 3 for x in g(p4.split_origin)) == tuple(x % 3 for x in p4.split_origin) for g in complement
    )


def test_generated_by():
    pg = CrystallographicGroup.generated_by([(FLIP, ("1/2", 0))], name="pg")
    assert pg.point_group.elements == group("pg").point_group.elements
    assert pg.translation_parts == group("pg").translation_parts
    p4g = CrystallographicGroup.generated_by([(R4, (0, 0)), (FLIP, (HALF, HALF))])
    ours = dict(zip(group("p4g").point_group, group("p4g").translation_parts, strict=True))
    assert dict(zip(p4g.point_group, p4g.translation_parts, strict=True)) == ours


@pytest.mark.parametrize(
    ("matrices", "parts", "error", "message"),
    [
        ([], None, InvalidGroupError, "no matrices given"),
        ([[[1, 0, 0], [0, 1, 0]]], None, ShapeError, r"is square, got rows of lengths \[3, 3\]"),
        ([5], None, ShapeError, "a matrix is a sequence of rows, got 5"),
        ([[[1]], ONE], None, ShapeError, "one size, got 1×1 and 2×2"),
        ([[[1, 0], [0, 0.5]]], None, InvalidGroupError, "is not integral; write it in a primitive basis"),
        ([ONE, [[2, 0], [0, 1]]], None, InvalidGroupError, r"has \|det\| = 2; one that maps Z\^d"),
        ([FLIP, ONE], None, InvalidGroupError, r"\(0, -1\)\); list the identity matrix first"),
        ([ONE, FLIP, FLIP], None, InvalidGroupError, "listed twice"),
        (
            [ONE, R4], None, InvalidGroupError,
            r"closure fails: .* = \(\(-1, 0\), \(0, -1\)\) is not in the point group; add it",
        ),
        ([ONE, FLIP], [(0, 0)], ShapeError, "2 matrices need as many translation parts, got 1"),
        ([ONE, FLIP], [(0, 0), (0,)], ShapeError, r"needs 2 coordinates, got 1: \(0\)"),
        ([ONE, FLIP], [(0, 0), (0.5, 0)], ElementError, "0.5 is not an exact number"),
        ([ONE, FLIP], [(0, 0), ("x", 0)], ElementError, "'x' is not an exact number"),
        ([ONE], [(HALF, 0)], InvalidGroupError, r"translation part \(1/2, 0\), so the lattice"),
        (
            [ONE, FLIP], [(0, 0), ("1/3", 0)], InvalidGroupError,
            r"cocycle fails at p = \[1 0; 0 -1\] \+ \(1/3, 0\), q = .*: "
            r"tau_p \+ p·tau_q = \(2/3, 0\) is not tau_pq = \(0, 0\)",
        ),
    ],
)  # fmt: skip
def test_bad_crystallographic_groups(matrices, parts, error, message):
    with pytest.raises(error, match=message):
        CrystallographicGroup(matrices, parts)


@pytest.mark.parametrize(
    ("isometries", "message"),
    [
        ([], "no isometries given"),
        ([([[2, 1], [1, 1]], (0, 0))], "generate more than 1200 elements, which is no point group"),
        ([(FLIP, ("1/3", 0))], "cocycle fails"),
        ([(ONE, ("1/2", 0))], r"translations that are not integral, from .*; use a primitive basis"),
    ],
)
def test_bad_isometries(isometries, message):
    with pytest.raises(InvalidGroupError, match=message):
        CrystallographicGroup.generated_by(isometries)


def test_every_corrupted_translation_part_of_p4g_is_refused():
    """Unless the change is another description of a group: p4g's parts have no other value at that place."""
    G = group("p4g")
    for k in range(8):
        for change in ((HALF, 0), (0, HALF), (Fraction(1, 4), Fraction(3, 4))):
            parts = [list(tau) for tau in G.translation_parts]
            parts[k] = [a + b for a, b in zip(parts[k], change, strict=True)]
            with pytest.raises(
                InvalidGroupError, match=r"cocycle fails|identity matrix has translation part"
            ):
                CrystallographicGroup(G.point_group.elements, parts)


@pytest.mark.parametrize("N", [0, -3, 2.0, "3", None, True])
def test_bad_moduli(N):
    with pytest.raises(UsageError, match=f"p4m has quotients mod positive integers, got {N!r}"):
        group("p4m").quotient(N)


def test_a_quotient_too_large_for_tables_has_its_order_and_its_spaces():
    G = group("p4m").quotient(100)
    assert (G.order, G.shape, G.regular.shape, G.grid.shape) == (
        80000,
        (8, 100, 100),
        (8, 100, 100),
        (100, 100),
    )
    for table in (
        lambda: G.multiplication_table,
        lambda: G.regular.action_table,
        lambda: G.grid.action_table,
    ):
        with pytest.raises(
            UnsupportedError, match=r"p4m mod 100 has 80000 elements.*at most 6000 fit.*gcalc.fast"
        ):
            table()


def test_printing_and_pickling():
    G = group("p4g")
    assert repr(G) == "<CrystallographicGroup p4g (infinite, |P| = 8)>"
    assert str(G.generators[-1]) == "[1 0; 0 -1] + (1/2, 1/2)"
    copy = pickle.loads(pickle.dumps(G))
    assert (copy.name, copy.translation_parts) == (G.name, G.translation_parts)
    assert copy.point_group.elements == G.point_group.elements


# Infinite sets


def grid_points(G, rng, count):
    scaled = rng.integers(-5, 6, size=(count, G.dimension)).tolist()
    return [tuple(Fraction(k, G.denominator) for k in x) for x in scaled]


@pytest.mark.parametrize("symbol", wallpaper_symbols)
def test_infinite_action_axioms(symbol):
    G = group(symbol)
    rng = np.random.default_rng(11)
    elements, others = random_elements(G, rng, 8), random_elements(G, rng, 8)
    H = G.grid.stabilizer(G.grid.origin)
    cosets = G.cosets(H)
    spaces = [
        (G.regular, random_elements(G, rng, 8), {1}),
        (G.grid, grid_points(G, rng, 8), set(range(1, G.point_group.order + 1))),
        (cosets, [cosets.act(g, cosets.origin) for g in random_elements(G, rng, 8)], {len(H)}),
    ]
    for X, points, stabilizer_orders in spaces:
        assert X.origin in X
        for g, h, x in zip(elements, others, points, strict=True):
            assert X.act(G.identity, x) == x
            assert X.act(G.multiply(g, h), x) == X.act(g, X.act(h, x))
            assert X.act(g, x) in X
            assert len(X.stabilizer(x)) in stabilizer_orders
            assert all(X.act(u, x) == x for u in X.stabilizer(x))


@pytest.mark.parametrize("symbol", wallpaper_symbols)
def test_transporters_are_exactly_the_elements_that_move_x_to_y(symbol):
    G = group(symbol)
    rng = np.random.default_rng(5)
    # Every element whose translation is within reach of the points below.
    near = [
        Isometry(p, tuple(a + b for a, b in zip(tau, t, strict=True)))
        for p, tau in zip(G.point_group, G.translation_parts, strict=True)
        for t in itertools.product(range(-5, 6), repeat=2)
    ]
    small = [tuple(Fraction(k, G.denominator) for k in x) for x in itertools.product((-1, 0, 1, 2), repeat=2)]
    chosen = [small[k] for k in rng.integers(len(small), size=6)]
    for x, y in itertools.product(chosen[:3], chosen[3:]):
        assert set(G.grid.transporter(y, x)) == {g for g in near if g(x) == y}
    elements = random_elements(G, rng, 5)
    for x, y in itertools.pairwise(elements):
        (g,) = G.regular.transporter(y, x)
        assert G.multiply(g, x) == y


def test_transporters_between_cosets():
    G = group("p4m")
    H = [G.identity, G.element(FLIP, (0, 1))]
    X = G.cosets(H)
    g = G.element(R4, (2, -1))
    x, y = X.act(g, X.origin), X.act(G.translation((1, 1)), X.origin)
    found = X.transporter(y, x)
    assert len(found) == len(set(found)) == 2
    assert all(X.act(u, x) == y for u in found)
    assert set(X.stabilizer(X.origin)) == set(H)


@pytest.mark.parametrize("symbol", ["pg", "p4g", "p4m"])
def test_grid_stabilizers(symbol):
    """pg acts freely; p4m fixes the origin by all of P; p4g by its rotations."""
    sizes = {"pg": 1, "p4g": 4, "p4m": 8}
    G = group(symbol)
    assert len(G.grid.stabilizer(G.grid.origin)) == sizes[symbol]
    assert (G.grid.is_grid, G.regular.is_regular, G.grid.is_window) == (True, True, False)
    assert (G.grid.dimension, G.grid.denominator) == (2, G.denominator)


def test_infinite_stabilizers_are_refused():
    G = group("pg")
    glide, t = G.element(FLIP, ("1/2", 0)), G.translation((0, 1))
    for H in ([G.identity, t], [G.identity, glide], [glide]):
        with pytest.raises(
            UnsupportedError, match=r"of infinite order.*infinite stabilizers.*use \.regular, \.grid or"
        ):
            G.cosets(H)
    for transporter in (None, lambda y, x: (G.translation((k, 0)) for k in itertools.count())):
        with pytest.raises(UnsupportedError, match=r"one point under pg .* has infinite stabilizers"):
            InfiniteGSet(G, "one point", lambda g, x: x, transporter, 0, lambda x: x == 0)


def test_bad_subgroups_points_and_elements():
    G = group("p4m")
    with pytest.raises(InvalidGroupError, match=r"not a subgroup of p4m .*: .* is missing; add it"):
        G.cosets([G.identity, G.element(R4, (0, 0))])
    with pytest.raises(InvalidGroupError, match="an empty set is not a subgroup"):
        G.cosets([])
    with pytest.raises(ElementError, match="is not in p4m"):
        G.cosets([G.identity, group("pg").generators[-1]])
    for X, bad in (
        (G.grid, (HALF, Fraction(0))),
        (G.grid, (0, 0, 0)),
        (G.grid, (0.0, 1.0)),
        (G.regular, (0, 0)),
    ):
        for use in (
            lambda x, X=X: X.act(G.identity, x),
            lambda x, X=X: X.transporter(x, X.origin),
            X.stabilizer,
        ):
            with pytest.raises(ElementError, match="is not a point of"):
                use(bad)
    with pytest.raises(ElementError, match="is not in p4m"):
        G.grid.act("r", (0, 0))
    cosets = G.cosets([G.identity])
    assert frozenset() not in cosets
    assert frozenset([G.translation((1, 0))]) in cosets
    assert frozenset([G.translation((1, 0)), G.identity]) not in cosets
    assert (0, 1) in G.grid
    assert repr(group("pg").grid) == "<InfiniteGSet the grid (1/2 Z)^2 under pg (infinite, |P| = 2)>"
