"""Text and LaTeX of elements and matrices."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
import sympy
from sympy.polys.rings import ring

import gcalc
from gcalc.groups import FiniteGroup

x, y = sympy.symbols("x y")


def algebra(name):
    return gcalc.group_algebra(gcalc.group(name))


@pytest.mark.parametrize(
    ("coefficients", "text", "latex"),
    [
        ({"1": 2, "r^2m": 3}, "2·e + 3·r²m", r"2\,e + 3\,r^{2}m"),
        ({}, "0", "0"),
        ({"1": -1, "r": 1, "r^3": -2}, "-e + r - 2·r³", r"-e + r - 2\,r^{3}"),
        ({"m": Fraction(-1, 2)}, "-1/2·m", r"-\tfrac{1}{2}\,m"),
        ({"r": x - y, "m": -x * y}, "(x - y)·r - x*y·m", r"\left(x - y\right)\,r - x y\,m"),
        ({"r": -x - y}, "(-x - y)·r", r"\left(- x - y\right)\,r"),
        ({"r": x / y}, "(x/y)·r", r"\frac{x}{y}\,r"),
        ({"rm": sympy.sqrt(2)}, "sqrt(2)·rm", r"\sqrt{2}\,rm"),
    ],
)
def test_elements_of_d4(coefficients, text, latex):
    a = algebra("D4").element(coefficients)
    assert str(a) == repr(a) == text
    assert a.latex() == latex
    assert a._repr_latex_() == rf"$\displaystyle {latex}$"


def test_terms_stand_in_index_order():
    A = algebra("D12")
    assert str(A("r^10m") + A("r^11") + A("1")) == "e + r¹¹ + r¹⁰m"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("C3", "e + 2·(1) - 3·(2)"),
        ("C2xC2", "e + 2·(0, 1) - 3·(1, 0)"),
        ("S3", "e + 2·(0, 2, 1) - 3·(1, 0, 2)"),
        ("Q8", "e + 2·(-1) - 3·i"),
        ("D3xC2", "e + 2·(1, 1) - 3·(r, 0)"),
    ],
)
def test_labels_of_other_groups(name, text):
    A = algebra(name)
    a = A.element(dict(zip(A.group.elements[:3], (1, 2, -3), strict=True)))
    assert str(a) == text
    assert a.latex() == text.replace("·", r"\,")


def test_names_within_tuples():
    A = algebra("D4xC2")
    assert str(A(("r^2", 1))) == "(r², 1)"
    assert A(("r^2", 1)).latex() == "(r^{2}, 1)"


def test_labels_that_are_no_names_are_verbatim():
    H = FiniteGroup.from_table([[0, 1], [1, 0]], ["one", "a_b"])
    a = gcalc.group_algebra(H)("a_b")
    assert str(a) == "(a_b)"
    assert a.latex() == r"(\text{a\_b})"


def test_isometries_are_written_by_their_values():
    G = gcalc.group("p4g")
    A = gcalc.group_algebra(G)
    g = G.element(((1, 0), (0, -1)), ("1/2", "1/2"))
    r = G.element(((0, -1), (1, 0)), (0, -2))
    a = A.one + 3 * A(g) - A(r)
    assert str(a) == "e - (-y, x - 2) + 3·(x + 1/2, -y + 1/2)"
    assert a.latex() == r"e - (-y, x - 2) + 3\,(x + \tfrac{1}{2}, -y + \tfrac{1}{2})"


def test_points_and_cosets():
    D4 = gcalc.group("D4")
    A = gcalc.group_algebra(D4)
    assert str(A.module(D4.cosets(["1", "m"])).from_array([1, 0, -2, 3])) == "H - 2·r²H + 3·r³H"
    assert A.module(D4.cosets(["1", "m"])).from_array([0, 0, 2, 0]).latex() == r"2\,r^{2}H"
    G = gcalc.group("p4g")
    M = gcalc.group_algebra(G).module(G.grid)
    f = M.element({(0, 0): 2, (Fraction(-1, 2), 1): -1})
    assert str(f) == "-(-1/2, 1) + 2·(0, 0)"
    assert f.latex() == r"-(-\tfrac{1}{2}, 1) + 2\,(0, 0)"
    p4 = gcalc.group("p4")
    A = gcalc.group_algebra(p4)
    r = p4.generators[-1]
    X = p4.cosets([(A(r) ** k).support[0] for k in range(4)])
    assert str(A.module(X)(X.origin)) == "H"


def test_a_point_named_like_the_identity_is_not_written_e():
    C2 = gcalc.group("C2")
    X = type(C2.regular).from_table(C2, [[0, 1], [1, 0]])
    A = gcalc.group_algebra(C2)
    assert str(A.module(X)(0)) == "(0)"
    assert str(A.module(C2.regular)(0)) == "e"


def test_elements_of_polynomial_rings_print_like_expressions():
    _, a, b = ring("a b", sympy.ZZ)
    element = algebra("C2").from_array([a - b, -a])
    assert str(element) == "(a - b)·e - a·(1)"
    assert element.latex() == r"\left(a - b\right)\,e - a\,(1)"


def test_the_text_reads_back_as_the_element():
    A = algebra("D4")
    a = A.element({"1": x * y - 2, "r^3": -x, "rm": Fraction(5, 3), "r^2m": -1})
    names = {str(A(g)): sympy.Symbol(f"g{i}") for i, g in enumerate(A.group.elements)}
    text = str(a).replace("·", "*")
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<![\w]){name}(?![\w²³])", str(names[name]), text)
    expected = sum(a[g] * names[str(A(g))] for g in A.group)
    assert sympy.expand(sympy.sympify(text) - expected) == 0


def test_the_latex_is_balanced():
    A = algebra("D4")
    for a in (A.symbols("psi_0_1") * A.symbols("f"), A.element({"r": (x + 1) / (y - 1)})):
        latex = a.latex()
        assert latex.count("{") == latex.count("}")
        assert latex.count(r"\left(") == latex.count(r"\right)")
        assert latex.count("(") == latex.count(")")
    assert A.symbols("psi_0_1", support=["r"]).latex() == r"\psi_{0 1 1}\,r"


def test_matrices():
    A = algebra("D4")
    M = A.matrix([[A("r"), 2 * A("m")], [x * A("r^2"), 0], [0, 1]])
    assert str(M) == repr(M) == "⎡r,    2·m⎤\n⎢x·r², 0  ⎥\n⎣0,    e  ⎦"
    assert M.latex() == r"\begin{pmatrix} r & 2\,m \\ x\,r^{2} & 0 \\ 0 & e \end{pmatrix}"
    assert M._repr_latex_() == rf"$\displaystyle {M.latex()}$"
    assert str(A.row([1, A("m")])) == "[e, m]"


def test_algebras_and_modules_name_the_order_of_their_group():
    D4 = gcalc.group("D4")
    A = gcalc.group_algebra(D4)
    assert str(A) == "R[D4]"
    assert repr(A) == "<GroupAlgebra R[D4] over D4 (order 8)>"
    assert "D4 (order 8)" in repr(A.module(D4.cosets(["1", "m"])))
    assert "infinite" in repr(algebra("pg"))
