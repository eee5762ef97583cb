"""The 17 wallpaper groups: conventions, and gemmi's space groups projected along z as oracle."""

from __future__ import annotations

import itertools
from fractions import Fraction

import gemmi
import numpy as np
import pytest

from gcalc.groups import group, wallpaper_symbols

# Space groups with a polar axis z whose projection along z is the plane group. C is a centred lattice.
PROJECTIONS = {
    "p1": "P 1", "p2": "P 1 1 2", "pm": "P 1 m 1", "pg": "P 1 a 1", "cm": "C 1 m 1",
    "pmm": "P m m 2", "pmg": "P m a 2", "pgg": "P b a 2", "cmm": "C m m 2",
    "p4": "P 4", "p4m": "P 4 m m", "p4g": "P 4 b m",
    "p3": "P 3", "p3m1": "P 3 m 1", "p31m": "P 3 1 m", "p6": "P 6", "p6m": "P 6 m m",
}  # fmt: skip
# Columns are a primitive basis of the centred lattice, times 2.
CENTRED = np.array([[1, 1], [-1, 1]])
SMALL_BASES = [
    np.array(entries).reshape(2, 2)
    for entries in itertools.product((-1, 0, 1), repeat=4)
    if abs(entries[0] * entries[3] - entries[1] * entries[2]) == 1
]


def plane_operations(symbol):
    """gemmi's operations as (2×2 matrix, translation in 24ths), on a primitive basis."""
    operations = gemmi.SpaceGroup(PROJECTIONS[symbol]).operations()
    centred = len(operations.cen_ops) == 2
    result = []
    for op in operations.sym_ops:
        assert op.rot[2] == [0, 0, op.DEN]
        assert [row[2] for row in op.rot[:2]] == [0, 0]
        assert op.tran[2] == 0
        W, w = np.array(op.rot)[:2, :2] // op.DEN, np.array(op.tran[:2])
        if centred:
            back = np.array([[1, -1], [1, 1]])  # the inverse of CENTRED / 2
            W, w = back @ W @ CENTRED // 2, back @ w
        result.append((W, w))
    return result


def on_another_basis(operations, B, shift):
    """x = B x' + shift: W' = B⁻¹WB, w' = B⁻¹(w + W·shift - shift), all in 24ths, mod 1."""
    determinant = B[0, 0] * B[1, 1] - B[0, 1] * B[1, 0]
    inverse = determinant * np.array([[B[1, 1], -B[0, 1]], [-B[1, 0], B[0, 0]]])
    return {
        (
            tuple(map(tuple, (inverse @ W @ B).tolist())),
            tuple(((inverse @ (w + W @ shift - shift)) % 24).tolist()),
        )
        for W, w in operations
    }


def ours(symbol):
    G = group(symbol)
    return {
        (p, tuple(int(24 * x) for x in tau))
        for p, tau in zip(G.point_group, G.translation_parts, strict=True)
    }


def find_change_of_basis(operations, target):
    """A basis B and an origin (multiples of 1/4) that carry the operations to the target, or None."""
    for B in SMALL_BASES:
        if {p for p, _ in on_another_basis(operations, B, np.zeros(2, int))} != {p for p, _ in target}:
            continue
        for shift in itertools.product(range(0, 24, 6), repeat=2):
            if on_another_basis(operations, B, np.array(shift)) == target:
                return B, np.array(shift)
    return None


@pytest.mark.parametrize("symbol", wallpaper_symbols)
def test_wallpaper_group_is_the_projection_of_its_space_group_and_of_no_other(symbol):
    matching = [
        other
        for other in wallpaper_symbols
        if find_change_of_basis(plane_operations(other), ours(symbol)) is not None
    ]
    assert matching == [symbol]


@pytest.mark.parametrize("symbol", wallpaper_symbols)
def test_symmorphic_as_gemmi_says(symbol):
    G = group(symbol)
    assert G.is_split == G.is_symmorphic == gemmi.SpaceGroup(PROJECTIONS[symbol]).is_symmorphic()
    assert (G.denominator == 1) == G.is_split


@pytest.mark.parametrize("symbol", wallpaper_symbols)
@pytest.mark.parametrize("N", [2, 3])
def test_quotient_elements_and_products_against_gemmi(symbol, N):
    """gemmi's operations times all lattice vectors mod N, carried to our basis, are our elements."""
    operations = plane_operations(symbol)
    B, shift = find_change_of_basis(operations, ours(symbol))
    vectors = [np.array(t) * 24 for t in itertools.product(range(N), repeat=2)]
    determinant = B[0, 0] * B[1, 1] - B[0, 1] * B[1, 0]
    inverse = determinant * np.array([[B[1, 1], -B[0, 1]], [-B[1, 0], B[0, 0]]])
    Q = group(symbol).quotient(N)
    label_of = {}
    for (W, w), t in itertools.product(operations, vectors):
        matrix = tuple(map(tuple, (inverse @ W @ B).tolist()))
        image = (inverse @ (w + t + W @ shift - shift)) % (24 * N)
        label_of[W.tobytes(), ((w + t) % (24 * N)).tobytes()] = (
            matrix,
            tuple(Fraction(int(x), 24) for x in image),
        )
    assert set(label_of.values()) == set(Q.elements)
    assert len(label_of) == Q.order == len(operations) * N**2
    assert sum(g.matrix == Q.identity.matrix for g in Q) == N**2
    theirs = [(W, w + t) for (W, w), t in itertools.product(operations, vectors)]
    rng = np.random.default_rng(N)
    for i, j in rng.integers(len(theirs), size=(60, 2)):
        (V, v), (W, w) = theirs[i], theirs[j]
        product = label_of[(V @ W).tobytes(), ((v + V @ w) % (24 * N)).tobytes()]
        g, h = (label_of[M.tobytes(), (m % (24 * N)).tobytes()] for M, m in (theirs[i], theirs[j]))
        assert Q.multiply(g, h) == product


R4, R6, FLIP, SWAP = ((0, -1), (1, 0)), ((1, -1), (1, 0)), ((1, 0), (0, -1)), ((0, 1), (1, 0))
HALF = Fraction(1, 2)


def power(M, k):
    return tuple(map(tuple, np.linalg.matrix_power(np.array(M), k).tolist()))


@pytest.mark.parametrize(
    ("symbol", "n", "r", "m", "glide"),
    [
        ("p1", 1, R4, None, None), ("p2", 2, power(R4, 2), None, None),
        ("pm", 1, R4, FLIP, (0, 0)), ("pg", 1, R4, FLIP, (HALF, 0)), ("cm", 1, R4, SWAP, (0, 0)),
        ("pmm", 2, power(R4, 2), FLIP, (0, 0)), ("pmg", 2, power(R4, 2), FLIP, (HALF, 0)),
        ("pgg", 2, power(R4, 2), FLIP, (HALF, HALF)), ("cmm", 2, power(R4, 2), SWAP, (0, 0)),
        ("p4", 4, R4, None, None), ("p4m", 4, R4, FLIP, (0, 0)), ("p4g", 4, R4, FLIP, (HALF, HALF)),
        ("p3", 3, power(R6, 2), None, None), ("p3m1", 3, power(R6, 2), ((0, -1), (-1, 0)), (0, 0)),
        ("p31m", 3, power(R6, 2), SWAP, (0, 0)), ("p6", 6, R6, None, None), ("p6m", 6, R6, SWAP, (0, 0)),
    ],
)  # fmt: skip
def test_the_order_of_the_point_group(symbol, n, r, m, glide):
    """r⁰ … rⁿ⁻¹, then rᵏ∘m; a glide is the mirror and half a translation along its line."""
    G = group(symbol)
    rotations = [power(r, k) for k in range(n)]
    expected = rotations if m is None else rotations + [
        tuple(map(tuple, (np.array(p) @ np.array(m)).tolist())) for p in rotations
    ]  # fmt: skip
    assert G.point_group.elements == tuple(expected)
    assert not any(x for tau in G.translation_parts[:n] for x in tau)
    if m is not None:
        assert G.translation_parts[n] == glide


def test_the_groups_that_do_not_split():
    assert [s for s in wallpaper_symbols if not group(s).is_split] == ["pg", "pmg", "pgg", "p4g"]
    assert [s for s in wallpaper_symbols if group(s).denominator == 2] == ["pg", "pmg", "pgg", "p4g"]
