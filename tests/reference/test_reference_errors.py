"""Every refusal: its class, one line, the offending value and the mend."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest
import sympy

import gcalc
from gcalc import errors, reference
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.spaces import window

C2, C3, S3 = gcalc.group("C2"), gcalc.group("C3"), gcalc.group("S3")
P4 = gcalc.group("p4")
P4_3, PG_3 = P4.quotient(3), gcalc.group("pg").quotient(3)
W, OBLONG = window("p4", 4, 4), window("p4m", 4, 3)
SHIFTED = CrystallographicGroup(
    [((1, 0), (0, 1)), ((-1, 0), (0, -1))], [(0, 0), ("1/2", 0)], name="p2 about (1/4, 0)"
).quotient(3)
ONE, T = P4.identity, P4.translation((1, 0))
ZERO = (Fraction(0), Fraction(0))


def ones(*shape):
    return np.ones(shape, dtype=int)


CASES = {
    # spaces and groups
    "a group for a space": (
        lambda: reference.correlate(C3, ones(1, 3), ones(1, 1, 3)),
        errors.UsageError,
        "X must be a space, got the group C3 (order 3); take its .regular, .grid or .cosets(H)",
    ),
    "an infinite group for a space": (
        lambda: reference.left_translate(P4, ONE, {}),
        errors.UsageError,
        "X must be a space, got the group p4 (infinite, |P| = 4); take its .regular",
    ),
    "a name for a space": (
        lambda: reference.correlate("C3", ones(1, 3), ones(1, 1, 3)),
        errors.UsageError,
        "X must be a space such as G.regular, G.grid, G.cosets(H) or a window, got 'C3'",
    ),
    "a space for a group": (
        lambda: reference.convolve(C3.regular, [1, 2, 3], [1, 2, 3]),
        errors.UsageError,
        "G must be a group, got the space C3; take its .group",
    ),
    "a name for a group": (
        lambda: reference.pool("C3", [1, 2, 3], [0]),
        errors.UsageError,
        "G must be a group such as gcalc.group(\"D4\"), got 'C3'",
    ),
    # elements
    "a translation by a foreign element": (
        lambda: reference.left_translate(C3.regular, 3, [1, 2, 3]),
        errors.ElementError,
        "u holds 3, which is not an element of C3 (order 3); take elements of C3",
    ),
    "an unhashable element": (
        lambda: reference.left_translate(C3.regular, [1], [1, 2, 3]),
        errors.ElementError,
        "u holds [1], which is not an element of C3 (order 3)",
    ),
    "an element outside the window's group": (
        lambda: reference.left_translate(OBLONG, ((0, -1), (1, 0)), ones(4, 3)),
        errors.ElementError,
        "u holds ((0, -1), (1, 0)), which is not an element of point group of p4m on 4×3 (order 4)",
    ),
    "pooling over a foreign element": (
        lambda: reference.pool(C3, [1, 2, 3], [0, 7]),
        errors.ElementError,
        "U holds 7, which is not an element of C3 (order 3)",
    ),
    "pooling over nothing": (
        lambda: reference.pool(C3, [1, 2, 3], []),
        errors.UsageError,
        "U is empty, so there is nothing to pool over; the least choice is [G.identity]",
    ),
    "pooling twice over an element": (
        lambda: reference.pool(C3, [1, 2, 3], [0, 1, 0]),
        errors.UsageError,
        "U holds 0 twice; give each element once",
    ),
    "pooling over no iterable": (
        lambda: reference.pool(C3, [1, 2, 3], 1),
        errors.UsageError,
        "U must be an iterable of group elements, got 1; write [1]",
    ),
    "an unknown operation": (
        lambda: reference.pool(C3, [1, 2, 3], [0], "min"),
        errors.UsageError,
        'op must be "max", "sum" or "mean", got \'min\'',
    ),
    "cosets of an open set": (
        lambda: reference.coset_pool(C3, [1, 2, 3], [0, 1]),
        errors.InvalidGroupError,
        "not a subgroup of C3 (order 3): 1·1 = 2 is missing",
    ),
    "cosets of nothing": (
        lambda: reference.coset_pool(C3, [1, 2, 3], []),
        errors.InvalidGroupError,
        "an empty set is not a subgroup of C3 (order 3)",
    ),
    "cosets of a foreign element": (
        lambda: reference.coset_pool(C3, [1, 2, 3], [0, 9]),
        errors.ElementError,
        "9 is not an element of C3 (order 3)",
    ),
    # shapes
    "f without channels": (
        lambda: reference.correlate(C3.regular, ones(3), ones(1, 1, 3)),
        errors.ShapeError,
        "f needs axes (…, J, |G|: 3), got shape (3,)",
    ),
    "f on another space": (
        lambda: reference.correlate(P4_3.regular, ones(2, 3, 3), ones(1, 2, 4, 3, 3)),
        errors.ShapeError,
        "f needs axes (…, J, |P|: 4, rows: 3, cols: 3), got shape (2, 3, 3)",
    ),
    "f on cosets": (
        lambda: reference.correlate(S3.cosets(S3.subgroup([S3.elements[1]])), ones(1, 4), ones(1, 1, 3)),
        errors.ShapeError,
        "f needs axes (…, J, |X|: 3), got shape (1, 4)",
    ),
    "psi with a batch": (
        lambda: reference.correlate(C3.regular, ones(1, 3), ones(5, 1, 1, 3)),
        errors.ShapeError,
        "psi needs axes (K, J, |G|: 3), got shape (5, 1, 1, 3)",
    ),
    "psi without filters": (
        lambda: reference.correlate(C3.regular, ones(1, 3), ones(0, 1, 3)),
        errors.ShapeError,
        "psi needs axes (K, J, |G|: 3), got shape (0, 1, 3)",
    ),
    "channels that differ": (
        lambda: reference.correlate(C3.regular, ones(2, 3), ones(1, 4, 3)),
        errors.ShapeError,
        "f has J = 2 but psi has J = 4; they must be equal",
    ),
    "outputs that differ": (
        lambda: reference.input_gradient(C3.regular, ones(2, 3), ones(1, 4, 3)),
        errors.ShapeError,
        "d has K = 2 but psi has K = 1; they must be equal",
    ),
    "batches that differ": (
        lambda: reference.filter_gradient(C3.regular, ones(5, 2, 3), ones(4, 2, 3)),
        errors.ShapeError,
        "d has leading axes = (5,) but f has leading axes = (4,); they must be equal",
    ),
    "functions that differ": (
        lambda: reference.convolve(C3, ones(2, 3), ones(3)),
        errors.ShapeError,
        "a has leading axes = (2,) but b has leading axes = (); they must be equal",
    ),
    "a gradient on X where one on G is due": (
        lambda: reference.input_gradient(P4_3.grid, ones(1, 3, 3), ones(1, 1, 3, 3)),
        errors.ShapeError,
        "d needs axes (…, K, |P|: 4, rows: 3, cols: 3), got shape (1, 3, 3)",
    ),
    "a flat function on a quotient": (
        lambda: reference.involution(P4_3, ones(36)),
        errors.ShapeError,
        "psi needs axes (…, |P|: 4, rows: 3, cols: 3), got shape (36,)",
    ),
    "ragged lists": (
        lambda: reference.correlate(C2.regular, [[1, 2], [3]], ones(1, 2, 2)),
        errors.UsageError,
        "f must hold numbers, got [1, 2]",
    ),
    "parts of different shapes": (
        lambda: reference.correlate(C2.regular, [ones(2, 2), ones(2, 3)], ones(1, 2, 2)),
        errors.ShapeError,
        "f is nested unevenly, got [array([[1, 1], [1, 1]]), array([[1, 1, 1], [1, 1, 1]])]; make",
    ),
    "transformed filters with too few orientations": (
        lambda: reference.filter_transform_gradient(P4_3.grid, ones(1, 3, 1, 3, 3)),
        errors.ShapeError,
        "d needs |P| = 4 orientations on its second axis, got 3",
    ),
    # values
    "NaN": (
        lambda: reference.correlate(C2.regular, [[1.0, np.nan]], ones(1, 1, 2)),
        errors.ExactnessError,
        "f holds nan, which is not finite; replace it before calling",
    ),
    "infinity in an array": (
        lambda: reference.pool(C2, np.array([1.0, -np.inf]), [0]),
        errors.ExactnessError,
        "f holds -inf, which is not finite",
    ),
    "a complex infinity": (
        lambda: reference.involution(C2, np.array([1.0, complex(0, np.inf)])),
        errors.ExactnessError,
        "psi holds infj, which is not finite",
    ),
    "infinity of SymPy": (
        lambda: reference.convolve(C2, [1, sympy.oo], [1, 2]),
        errors.ExactnessError,
        "a holds oo, which is not finite",
    ),
    "words": (
        lambda: reference.involution(C2, np.array(["a", "b"])),
        errors.UsageError,
        "psi must hold numbers, got an array of dtype <U1",
    ),
    "a word among numbers": (
        lambda: reference.involution(C2, [1, "b"]),
        errors.UsageError,
        "psi must hold numbers, got 'b'",
    ),
    "nothing": (
        lambda: reference.involution(C2, [1, None]),
        errors.UsageError,
        "psi must hold numbers, got None",
    ),
    # filters and boundaries
    "an unknown filter": (
        lambda: reference.correlate(C2.regular, ones(1, 2), ones(1, 1, 2), filter="ring"),
        errors.UsageError,
        'filter must be "full" or "box", got \'ring\'',
    ),
    "an unknown boundary": (
        lambda: reference.correlate(C2.regular, ones(1, 2), ones(1, 1, 2), boundary="same"),
        errors.UsageError,
        'boundary must be "periodic", "zero" or "valid", got \'same\'',
    ),
    "a box without a lattice": (
        lambda: reference.correlate(C3.regular, ones(1, 3), ones(1, 1, 3), filter="box"),
        errors.UnsupportedError,
        "C3 has no lattice for a box filter; use a full filter, or the grid or the regular space of",
    ),
    "a box larger than the grid": (
        lambda: reference.correlate(P4_3.grid, ones(1, 3, 3), ones(1, 1, 4, 4), filter="box"),
        errors.ShapeError,
        "psi has a box (4, 4) larger than the lattice (3, 3) of grid of p4 mod 3; take a smaller box",
    ),
    "an oblong box larger than the group's lattice": (
        lambda: reference.input_gradient(P4_3.regular, ones(1, 4, 3, 3), ones(1, 1, 4, 1, 5), filter="box"),
        errors.ShapeError,
        "psi has a box (1, 5) larger than the lattice (3, 3) of p4 mod 3",
    ),
    "a gradient on a box larger than the grid": (
        lambda: reference.filter_gradient(P4_3.grid, ones(1, 4, 3, 3), ones(1, 3, 3), (5, 5)),
        errors.ShapeError,
        "filter_shape has a box (5, 5) larger than the lattice (3, 3) of grid of p4 mod 3",
    ),
    "an empty box": (
        lambda: reference.correlate(P4_3.grid, ones(1, 3, 3), ones(1, 1, 0, 2), filter="box"),
        errors.ShapeError,
        "psi has an empty box (0, 2); every side needs at least one entry",
    ),
    "a box without its point axis": (
        lambda: reference.correlate(P4_3.regular, ones(1, 4, 3, 3), ones(1, 1, 3, 3), filter="box"),
        errors.ShapeError,
        "psi with a box filter needs axes (K, J, |P|, rows, cols), got shape (1, 1, 3, 3)",
    ),
    "a box with another point group": (
        lambda: reference.correlate(P4_3.regular, ones(1, 4, 3, 3), ones(1, 1, 2, 3, 3), filter="box"),
        errors.ShapeError,
        "psi needs axes (K, J, |P|: 4, rows: 3, cols: 3), got shape (1, 1, 2, 3, 3)",
    ),
    "a filter shape that is a number": (
        lambda: reference.filter_gradient(P4_3.grid, ones(1, 4, 3, 3), ones(1, 3, 3), 3),
        errors.UsageError,
        "filter_shape must be a tuple of 2 positive box sizes, got 3",
    ),
    "a filter shape with a fraction": (
        lambda: reference.filter_gradient(P4_3.grid, ones(1, 4, 3, 3), ones(1, 3, 3), (1.5, 2)),
        errors.UsageError,
        "filter_shape must be a tuple of 2 positive box sizes, got (1.5, 2)",
    ),
    "a filter shape of one axis": (
        lambda: reference.filter_gradient(P4_3.grid, ones(1, 4, 3, 3), ones(1, 3, 3), (3,)),
        errors.ShapeError,
        "filter_shape names a box (rows, cols) or a filter (rows, cols) on grid of p4 mod 3, got (3,)",
    ),
    "a filter shape with another point group": (
        lambda: reference.filter_gradient(P4_3.regular, ones(1, 4, 3, 3), ones(1, 4, 3, 3), (2, 3, 3)),
        errors.ShapeError,
        "filter_shape names a box (rows, cols) or a filter (|P|, rows, cols) on p4 mod 3, got (2, 3, 3)",
    ),
    "a boundary on a torus": (
        lambda: reference.correlate(P4_3.grid, ones(1, 3, 3), ones(1, 1, 3, 3), "box", "zero"),
        errors.UnsupportedError,
        "grid of p4 mod 3 has no boundary; boundary='zero' is for gcalc.window",
    ),
    "a full filter on a window": (
        lambda: reference.correlate(W, ones(1, 4, 4), ones(1, 1, 4, 4)),
        errors.UnsupportedError,
        'the 4×4 window of p4 takes box filters only; pass filter="box" or a filter_shape',
    ),
    "a full gradient on a window": (
        lambda: reference.filter_gradient(W, ones(1, 4, 4, 4), ones(1, 4, 4), boundary="zero"),
        errors.UnsupportedError,
        'the 4×4 window of p4 takes box filters only; pass filter="box" or a filter_shape',
    ),
    "a periodic window": (
        lambda: reference.correlate(W, ones(1, 4, 4), ones(1, 1, 3, 3), "box"),
        errors.UnsupportedError,
        'the 4×4 window of p4 has no periodic boundary; pass boundary="zero" or "valid"',
    ),
    "a box that does not fit a window": (
        lambda: reference.correlate(W, ones(1, 4, 4), ones(1, 1, 5, 5), "box", "valid"),
        errors.ShapeError,
        'boundary="valid" needs a box that fits into the window, got 5×5 on 4×4; take a smaller box',
    ),
    "an oblong valid box that P turns": (
        lambda: reference.correlate(W, ones(1, 4, 4), ones(1, 1, 1, 3), "box", "valid"),
        errors.UnsupportedError,
        'boundary="valid" needs a square box on 4×4 window of p4, whose point group exchanges rows and '
        "columns, got 1×3",
    ),
    "a window's gradient of another size": (
        lambda: reference.input_gradient(W, ones(1, 4, 4, 4), ones(1, 1, 3, 3), "box", "valid"),
        errors.ShapeError,
        "d needs axes (…, K, |P|: 4, rows: 2, cols: 2), got shape (1, 4, 4, 4)",
    ),
    # filter transformation
    "a transformation on a group that does not split": (
        lambda: reference.filter_transform(PG_3.regular, ones(1, 1, 2, 3, 3)),
        errors.UnsupportedError,
        "pg mod 3 is not split, so no subgroup stands for its point group",
    ),
    "its gradient": (
        lambda: reference.filter_transform_gradient(PG_3.grid, ones(1, 2, 1, 6, 6)),
        errors.UnsupportedError,
        "pg mod 3 is not split, so no subgroup stands for its point group",
    ),
    "a box about another origin than the lattice's": (
        lambda: reference.filter_transform(SHIFTED.grid, ones(1, 1, 3, 3), "box"),
        errors.UnsupportedError,
        "p2 about (1/4, 0) mod 3 has translation parts that are not integral, so boxes do not turn about",
    ),
    "a transformation without a lattice": (
        lambda: reference.filter_transform(S3.regular, ones(1, 1, 6)),
        errors.UnsupportedError,
        "S3 has no filter transformation; it needs the grid or the regular space of a quotient",
    ),
    "a transformation on cosets": (
        lambda: reference.filter_transform(P4_3.cosets(P4_3.point_subgroup), ones(1, 1, 9)),
        errors.UnsupportedError,
        "has no filter transformation",
    ),
    "a transformation on an infinite set": (
        lambda: reference.filter_transform(P4.grid, [[{(0, 0): 1}]]),
        errors.UnsupportedError,
        "the grid Z^2 has no filter transformation",
    ),
    "a full transformation on a window": (
        lambda: reference.filter_transform(W, ones(1, 1, 4, 4)),
        errors.UnsupportedError,
        "the 4×4 window of p4 takes box filters only",
    ),
    # infinite groups
    "an array on an infinite set": (
        lambda: reference.correlate(P4.grid, ones(1, 3, 3), ones(1, 1, 3, 3)),
        errors.ShapeError,
        "f on the grid Z^2, which is infinite, must be a list over j of dicts {point: value}",
    ),
    "filters without a list over j": (
        lambda: reference.correlate(P4.grid, [{(0, 0): 1}], [{(0, 0): 1}]),
        errors.ShapeError,
        "psi on the grid Z^2, which is infinite, must be a list over k of a list over j of dicts",
    ),
    "channels that differ on an infinite set": (
        lambda: reference.correlate(P4.grid, [{(0, 0): 1}], [[{(0, 0): 1}, {(0, 0): 1}]]),
        errors.ShapeError,
        "f has J = 1 but psi has J = 2; they must be equal",
    ),
    "filters of different depth on an infinite set": (
        lambda: reference.input_gradient(
            P4.grid, [{ONE: 1}, {ONE: 1}], [[{(0, 0): 1}, {(0, 0): 1}], [{(0, 0): 1}]]
        ),
        errors.ShapeError,
        "psi[0] has J = 2 but psi has J = 1; they must be equal",
    ),
    "filters that differ on an infinite set": (
        lambda: reference.input_gradient(P4.grid, [{ONE: 1}, {ONE: 1}], [[{(0, 0): 1}]]),
        errors.ShapeError,
        "d has K = 2 but psi has K = 1; they must be equal",
    ),
    "a point of another set": (
        lambda: reference.correlate(P4.grid, [{(Fraction(1, 2), 0): 1}], [[{(0, 0): 1}]]),
        errors.ElementError,
        "f has a value at (Fraction(1, 2), 0), which is not in the grid Z^2",
    ),
    "an element of another group": (
        lambda: reference.convolve(gcalc.group("p2"), {P4.element(((0, -1), (1, 0)), ZERO): 1}, {ONE: 1}),
        errors.ElementError,
        "a has a value at Isometry(matrix=((0, -1), (1, 0))",
    ),
    "an infinite translation by a foreign element": (
        lambda: reference.left_translate(gcalc.group("p1").grid, P4.element(((0, -1), (1, 0)), ZERO), {}),
        errors.ElementError,
        "which is not an element of p1",
    ),
    "NaN on an infinite group": (
        lambda: reference.involution(P4, {ONE: float("nan")}),
        errors.ExactnessError,
        "psi holds nan, which is not finite",
    ),
    "a box on an infinite set": (
        lambda: reference.correlate(P4.grid, [{(0, 0): 1}], [[{(0, 0): 1}]], filter="box"),
        errors.UnsupportedError,
        "the grid Z^2 is infinite: a filter is a dict {point: value}; leave the box out",
    ),
    "a box gradient on an infinite set": (
        lambda: reference.filter_gradient(P4.grid, [{ONE: 1}], [{(0, 0): 1}], (3, 3)),
        errors.UnsupportedError,
        "the grid Z^2 is infinite: a filter is a dict {point: value}; leave the box out",
    ),
    "a boundary on an infinite set": (
        lambda: reference.correlate(P4.grid, [{(0, 0): 1}], [[{(0, 0): 1}]], boundary="zero"),
        errors.UnsupportedError,
        "the grid Z^2 has no boundary",
    ),
    "an infinite subgroup": (
        lambda: reference.coset_pool(P4, {ONE: 1}, [ONE, T]),
        errors.UnsupportedError,
        "infinite",
    ),
    "an array on an infinite group": (
        lambda: reference.involution(P4, ones(3)),
        errors.ShapeError,
        "psi on p4, which is infinite, must be a dict {point: value}, or lists of these",
    ),
    "lists that differ on an infinite group": (
        lambda: reference.convolve(P4, [{ONE: 1}], {ONE: 1}),
        errors.ShapeError,
        "a and b on p4, which is infinite, must be dicts {g: value}, or equally nested lists of these",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), CASES.values(), ids=CASES.keys())
def test_refusals(call, error, message):
    with pytest.raises(error, match=re.escape(message)) as caught:
        call()
    assert isinstance(caught.value, errors.GcalcError)
    assert "\n" not in str(caught.value)


def test_finite_floats_are_not_refused():
    assert reference.involution(C3, [0.5, 0.25, 1e308]).tolist() == [0.5, 1e308, 0.25]


def test_any_order_and_repetition_describe_the_same_subgroup():
    f = np.arange(6)
    H = S3.subgroup([S3.elements[-1]])
    again = reference.coset_pool(S3, f, iter([*reversed(H), H[0]]), "sum")
    assert again.tolist() == reference.coset_pool(S3, f, H, "sum").tolist()
