"""Every refusal: the class, one line, the value and the mend."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import sympy
from sympy.polys.rings import ring

import gcalc
from gcalc.errors import ElementError, ExactnessError, ShapeError, UnsupportedError, UsageError

D4, S3, P4 = gcalc.group("D4"), gcalc.group("S3"), gcalc.group("p4")
A, B, INF = gcalc.group_algebra(D4), gcalc.group_algebra(S3), gcalc.group_algebra(P4)
X = D4.cosets(["1", "m"])
M, N = A.module(X), A.module(D4.cosets(["1", "r^2m"]))
GRID = INF.module(P4.grid)
a, f = A("r"), M.from_array([1, 2, 3, 4])
F, PSI, FX = A.row([1, a]), A.matrix([[a, 0], [1, 2], [3, a]]), M.row([f, f])
glide = gcalc.group("pg").generators[-1]
real = ring("t", sympy.RR)[1]
inexact = "Fraction or a sympy.Rational"

REFUSALS = {
    "no group": (lambda: gcalc.group_algebra("D4"), UsageError, "gcalc.group"),
    "foreign label": (lambda: A.element({"q": 1}), ElementError, "'q'"),
    "foreign basis": (lambda: A("q"), ElementError, "'q'"),
    "foreign index": (lambda: a["q"], ElementError, "'q'"),
    "unhashable label": (lambda: A(["r"]), ElementError, "r"),
    "foreign isometry": (lambda: INF(glide), ElementError, "p4"),
    "no isometry": (lambda: INF.element({"r": 1}), ElementError, "p4"),
    "translation outside": (lambda: INF.one * glide, ElementError, "p4"),
    "float coefficient": (lambda: A.element({"r": 0.5}), ExactnessError, f"0.5.*{inexact}"),
    "integral float": (lambda: A.element({"r": 2.0}), ExactnessError, f"2.0.*{inexact}"),
    "numpy float": (lambda: A.element({"r": np.float64(2)}), ExactnessError, inexact),
    "complex": (lambda: A.element({"r": 1j}), ExactnessError, "1j"),
    "decimal": (lambda: A.element({"r": Decimal("0.5")}), ExactnessError, inexact),
    "infinite float": (lambda: A.element({"r": float("inf")}), ExactnessError, "inf"),
    "sympy float": (lambda: A.element({"r": sympy.Float(1) * sympy.Symbol("x")}), ExactnessError, "1.0"),
    "sympy infinity": (lambda: A.element({"r": sympy.oo}), ExactnessError, "oo"),
    "sympy nan": (lambda: A.element({"r": sympy.nan}), ExactnessError, "nan"),
    "not commuting": (
        lambda: A.element({"r": sympy.Symbol("q", commutative=False)}),
        ExactnessError,
        "q.*commut",
    ),
    "real ring": (lambda: A.element({"r": real + 1}), ExactnessError, "sympy.Rational|exact"),
    "text coefficient": (lambda: A.element({"r": "2"}), ExactnessError, "'2'.*str"),
    "none": (lambda: A.element({"r": None}), ExactnessError, "None"),
    "scaled by a float": (lambda: 0.5 * a, ExactnessError, inexact),
    "scaled by a float, right": (lambda: a * 0.5, ExactnessError, inexact),
    "numpy scalar float": (lambda: np.float32(0.5) * a, ExactnessError, inexact),
    "map to a float": (lambda: a.map(float), ExactnessError, inexact),
    "foreign factor": (lambda: "q" * a, ElementError, "'q'.*D4"),
    "foreign factor, right": (lambda: a * "q", ElementError, "'q'.*D4"),
    "none factor": (lambda: None * a, ElementError, "None"),
    "array factor": (lambda: np.arange(3) * a, ElementError, "array"),
    "array factor, right": (lambda: a * np.arange(100).reshape(10, 10), ElementError, "array"),
    "foreign translate": (lambda: a.left_translate((0, 1)), ElementError, "D4"),
    "foreign right translate": (lambda: a.right_translate("q"), ElementError, "D4"),
    "number added": (lambda: a + 1, ElementError, "1.*R.D4"),
    "number before": (lambda: 1 + a, ElementError, "1.*R.D4"),
    "number subtracted": (lambda: a - 1, ElementError, "1.*R.D4"),
    "label added": (lambda: a + "r", ElementError, "'r'.*R.D4"),
    "mixed groups added": (lambda: a + B.one, ElementError, "S3.*D4"),
    "mixed groups multiplied": (lambda: a * B.one, ElementError, "S3.*D4"),
    "mixed groups correlated": (lambda: a.correlate(B.one), ElementError, "S3.*D4"),
    "negative power": (lambda: a**-1, UsageError, "-1"),
    "broken power": (lambda: a**0.5, UsageError, "0.5"),
    "wrong shape": (lambda: A.from_array([1, 2, 3]), ShapeError, r"\(8,\).*\(3,\)"),
    "ragged array": (lambda: A.from_array([[1, 2], [3]]), UsageError, "equal lengths|shape"),
    "array of floats": (lambda: A.from_array(np.ones(8)), ExactnessError, inexact),
    "array of lists": (lambda: B.from_array([[1]] * 6), ShapeError, r"\(6, 1\)"),
    "from_array, infinite": (lambda: INF.from_array([1]), UnsupportedError, "element"),
    "to_array, infinite": (lambda: INF.one.to_array(), UnsupportedError, "coefficients"),
    "matrix to_array, infinite": (lambda: INF.row([1]).to_array(), UnsupportedError, "coefficients"),
    "symbols, infinite": (lambda: INF.symbols("f"), UnsupportedError, "support"),
    "symbols, foreign support": (lambda: A.symbols("f", support=["q"]), ElementError, "'q'"),
    "module of no set": (lambda: A.module("X"), UsageError, "'X'"),
    "module of another group": (lambda: B.module(X), UsageError, "D4.*S3"),
    "foreign point": (lambda: M("H"), ElementError, "'H'"),
    "foreign grid point": (lambda: GRID((Fraction(1, 2), 0)), ElementError, "Fraction"),
    "element right of a module": (lambda: f * a, ElementError, "left module"),
    "foreign algebra on a module": (lambda: B.one * f, ElementError, "S3.*D4"),
    "foreign element on a module": (lambda: "q" * f, ElementError, "'q'"),
    "float on a module": (lambda: f * 0.5, ExactnessError, inexact),
    "mixed modules": (lambda: f + N.zero, ElementError, "do not combine"),
    "module and algebra": (lambda: f + a, ElementError, "do not combine"),
    "mixed form": (lambda: f.correlate(N.zero), ElementError, "do not combine"),
    "form of another": (lambda: M.form(N.zero, f), ElementError, "do not combine"),
    "inner of another": (lambda: f.inner(a), ElementError, "do not combine"),
    "ragged matrix": (lambda: A.matrix([[a, a], [a]]), ShapeError, r"\[2, 1\]"),
    "empty matrix": (lambda: A.matrix([]), ShapeError, "at least one"),
    "empty row": (lambda: A.matrix([[]]), ShapeError, "at least one"),
    "flat matrix": (lambda: A.matrix([a, a]), ShapeError, "rows of entries"),
    "scalar matrix": (lambda: A.matrix(3), ShapeError, "rows of entries"),
    "no sequence": (lambda: A.matrix(None), ShapeError, "rows of entries"),
    "text matrix": (lambda: A.matrix(["ab"]), ShapeError, "rows of entries"),
    "foreign entry": (lambda: A.matrix([[B.one]]), ElementError, "S3.*D4"),
    "float entry": (lambda: A.matrix([[0.5]]), ExactnessError, inexact),
    "wrong entry": (lambda: A.matrix([[[1, 2]]]), ShapeError, r"\(8,\)"),
    "number in a module": (lambda: M.matrix([[1]]), ElementError, "no unit"),
    "matmul shape": (lambda: F @ PSI, ShapeError, r"\(1, 2\).*\(3, 2\).*dagger"),
    "matmul element": (lambda: F @ a, UsageError, "two matrices"),
    "matmul element, left": (lambda: a @ F, UsageError, "two matrices"),
    "matmul array": (lambda: np.eye(2) @ F, UsageError, "two matrices"),
    "matmul module": (lambda: FX @ FX, ElementError, "left module"),
    "matmul groups": (lambda: F @ B.matrix([[1], [1]]), ElementError, "S3"),
    "star product": (lambda: F * F, UsageError, "@"),
    "dagger of a module": (lambda: FX.dagger, ElementError, "correlate"),
    "sum of shapes": (lambda: F + PSI, ShapeError, r"\(1, 2\).*\(3, 2\)"),
    "sum with a number": (lambda: F + 1, ElementError, "not a matrix"),
    "sum with an element": (lambda: F - a, ElementError, "not a matrix"),
    "sum over others": (lambda: F + FX, ElementError, "do not combine"),
    "inner of shapes": (lambda: F.inner(PSI), ShapeError, r"\(3, 2\)"),
    "float times matrix": (lambda: 0.5 * F, ExactnessError, inexact),
    "correlate channels": (lambda: F.correlate(A.row([1])), ShapeError, "channels"),
    "correlate others": (lambda: F.correlate(FX), ElementError, "do not combine"),
    "correlate an element": (lambda: F.correlate(a), ElementError, "not a matrix"),
    "index": (lambda: F[0], UsageError, r"M\[k, j\]"),
    "row outside": (lambda: F[1, 0], UsageError, "row"),
    "column outside": (lambda: F[0, "x"], UsageError, "column"),
    "gradient by a number": (lambda: F.gradient(1), UsageError, "symbol"),
    "gradient by one symbol twice": (
        lambda: A.row([A.symbols("f"), A.symbols("f")]).gradient(1),
        UsageError,
        "distinct",
    ),
    "too large an element shown": (lambda: A.symbols("f") + 1, ElementError, "R.D4"),
    "matrix added to an element": (lambda: a + PSI, ElementError, "R.D4"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refusals_are_of_gcalcs_classes_and_one_line(case):
    call, error, match = REFUSALS[case]
    with pytest.raises(error, match=match) as caught:
        call()
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 300
