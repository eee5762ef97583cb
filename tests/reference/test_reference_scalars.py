"""Any scalar type goes through the sums, exactly, and comes back as documented."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from sympy.polys.rings import ring

import gcalc
from gcalc import reference
from gcalc.errors import ExactnessError, UnsupportedError
from gcalc.spaces import window

from . import second_implementation as second
from .cases import Draw, assert_equal


class Dual:
    """Dual numbers ``a + b eps``, ``eps² = 0``: a scalar type that nobody prepared the reference for."""

    def __init__(self, a, b=0):
        self.a, self.b = a, b

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.a + other.a, self.b + other.b)

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.a * other.a, self.a * other.b + self.b * other.a)

    __rmul__ = __mul__

    def __eq__(self, other):
        return (self.a, self.b) == (other.a, other.b)

    __hash__ = None


def convert(array, scalar):
    """The integer array with every entry made a scalar of another type."""
    result = np.empty(array.shape, dtype=object)
    for index in np.ndindex(array.shape):
        result[index] = scalar(int(array[index]))
    return result


SCALARS = {
    "int": int,
    "Fraction": lambda n: Fraction(n, 7),
    "sympy.Rational": lambda n: sympy.Rational(n, 5),
    "sympy.sqrt": lambda n: n * sympy.sqrt(2),
    "complex": lambda n: complex(n, 1 - n),
    "Dual": lambda n: Dual(n, n * n),
}


@pytest.mark.parametrize("scalar", SCALARS.values(), ids=SCALARS.keys())
@pytest.mark.parametrize("name", ["S3", "p4g"])
def test_scalars_agree_with_the_second_implementation(name, scalar):
    G = gcalc.group(name) if name == "S3" else gcalc.group(name).quotient(1)
    X, draw = G.regular, Draw(name)
    f, psi = convert(draw(2, *X.shape), scalar), convert(draw(2, 2, *X.shape), scalar)
    d = convert(draw(2, *X.shape), scalar)
    assert_equal(reference.correlate(X, f, psi), second.correlate(X, f, psi))
    assert_equal(reference.input_gradient(X, d, psi), second.input_gradient(X, d, psi))
    assert_equal(reference.filter_gradient(X, d, f), second.filter_gradient(X, d, f))
    assert_equal(reference.convolve(G, f, d), second.convolve(G, f, d))
    assert_equal(reference.involution(G, f), second.involution(G, f))
    assert_equal(reference.left_translate(X, G.elements[-1], f), second.left_translate(X, G.elements[-1], f))
    assert_equal(reference.pool(G, f, G.elements[:2], "sum"), second.pool(G, f, G.elements[:2], "sum"))


def test_indeterminates_give_the_whole_polynomial_identity():
    """One evaluation over ring generators covers every value; expanded SymPy expressions agree with it."""
    G = gcalc.group("S3")
    names = [f"{kind}{g}" for kind in "ab" for g in range(6)]
    R, *generators = ring(names, sympy.ZZ)
    a, b = np.array(generators[:6], dtype=object), np.array(generators[6:], dtype=object)
    product = reference.convolve(G, a, b)
    assert product.dtype == object
    assert all(p.ring == R and len(p) == 6 for p in product)
    assert_equal(product, second.convolve(G, a, b))
    symbols = sympy.symbols(names)
    expressions = reference.convolve(G, symbols[:6], symbols[6:])
    assert [sympy.expand(e - p.as_expr()) for e, p in zip(expressions, product, strict=True)] == [0] * 6
    assert_equal(reference.correlate(G.regular, [a], [[reference.involution(G, b)]]), [product])


def test_gradients_are_those_that_sympy_differentiates():
    G = gcalc.group("S3")
    X = G.cosets(G.subgroup([G.elements[1]]))
    f = np.array(sympy.symbols(f"f:{2 * X.size}")).reshape(2, X.size)
    psi = np.array(sympy.symbols(f"psi:{6 * X.size}")).reshape(3, 2, X.size)
    d = np.array(sympy.symbols(f"d:{3 * G.order}")).reshape(3, G.order)
    loss = sum((d * reference.correlate(X, f, psi)).ravel())
    for gradient, variables in (
        (reference.input_gradient(X, d, psi), f),
        (reference.filter_gradient(X, d, f), psi),
    ):
        assert gradient.shape == variables.shape
        for entry, variable in zip(gradient.ravel(), variables.ravel(), strict=True):
            assert sympy.expand(entry - sympy.diff(loss, variable)) == 0


def test_integers_never_wrap():
    G = gcalc.group("C2")
    big = np.array([[2**62, 2**62]])
    y = reference.correlate(G.regular, big, big[None])
    assert y.dtype == object
    assert y.tolist() == [[2**125, 2**125]]
    assert reference.convolve(G, [2**70, 1], [0, 1]).tolist() == [1, 2**70]
    fits = reference.correlate(G.regular, [[2**62, 2**62 - 1]], [[[1, 1]]])
    assert fits.dtype == np.int64
    assert fits.tolist() == [[2**63 - 1] * 2]
    for value, dtype in (
        (-(2**63), np.int64),
        (-(2**63) - 1, object),
        (2**63 - 1, np.int64),
        (2**63, object),
    ):
        moved = reference.left_translate(G.regular, 1, [value, 0])
        assert moved.dtype == dtype
        assert moved.tolist() == [0, value]


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.uint64, np.bool_])
def test_narrow_integers_are_widened(dtype):
    G = gcalc.group("C2")
    f = np.array([[1, 1]]).astype(dtype) * dtype(1)
    f = np.full((1, 2), np.iinfo(dtype).max, dtype) if dtype is not np.bool_ else f
    y = reference.correlate(G.regular, f, f[None])
    assert y.tolist() == [[2 * int(f[0, 0]) ** 2] * 2]
    assert all(type(value) is int for value in y.ravel().tolist())


def test_numpy_scalars_inside_object_arrays_do_not_wrap():
    G = gcalc.group("C2")
    f = np.empty((1, 2), dtype=object)
    f[:] = np.int64(2**62)
    assert reference.correlate(G.regular, f, f[None]).tolist() == [[2**125] * 2]


def test_floats_stay_floats():
    G = gcalc.group("C2")
    f = np.array([[0.5, 0.25]], dtype=np.float32)
    y = reference.correlate(G.regular, f, [[[1, 2]]])
    assert y.dtype == np.float64
    assert y.tolist() == [[1.0, 1.25]]
    assert reference.correlate(G.regular, f * 1j, [[[1, 2]]]).dtype == np.complex128
    assert reference.pool(G, f, [0, 1], "mean").tolist() == [[0.375, 0.375]]
    X = gcalc.group("p4").quotient(3).grid
    assert reference.filter_transform(X, np.full((1, 1, 2, 2), 0.5), "box").dtype == np.float64
    W = window("p4", 2, 2)
    assert (
        reference.correlate(W, np.ones((1, 2, 2)), np.ones((1, 1, 3, 3)), "box", "zero").dtype == np.float64
    )


def test_large_ints_beside_floats_are_not_rounded():
    G = gcalc.group("C2")
    moved = reference.left_translate(G.regular, 1, [2**60 + 1, 0.5])
    assert moved.dtype == object
    assert moved.tolist() == [0.5, 2**60 + 1]


def test_means():
    G = gcalc.group("C3")
    assert reference.pool(G, [1, 2, 3], [0, 1], "mean").tolist() == [
        Fraction(3, 2),
        Fraction(5, 2),
        Fraction(2),
    ]
    mean = reference.pool(G, [2, 2, 2], [0], "mean")
    assert all(type(value) is Fraction for value in mean)
    x = sympy.Symbol("x")
    assert reference.pool(G, [x, x, 3 * x], [0, 2], "mean").tolist() == [2 * x, x, 2 * x]
    _, a = ring("a", sympy.QQ)
    assert reference.pool(G, [a, a, 2 * a], [0, 1], "mean").tolist() == [
        a,
        a * sympy.QQ(3, 2),
        a * sympy.QQ(3, 2),
    ]
    _, b = ring("b", sympy.ZZ)
    assert reference.pool(G, [b, b, 3 * b], [0, 1], "mean").tolist() == [b, 2 * b, 2 * b]
    with pytest.raises(ExactnessError, match=r"^b has no 2th part .* use a ring over QQ"):
        reference.pool(G, [b, 0, 0], [0, 1], "mean")


def test_maxima_need_an_order():
    G = gcalc.group("C2")
    assert reference.pool(G, [Fraction(1, 3), Fraction(1, 2)], [0, 1]).tolist() == [Fraction(1, 2)] * 2
    with pytest.raises(UnsupportedError, match='op="max" needs values with an order'):
        reference.pool(G, sympy.symbols("x y"), [0, 1])


def test_inputs_are_left_alone():
    G = gcalc.group("S3")
    f, psi = Draw("f")(2, 6), Draw("psi")(1, 2, 6)
    before = f.copy(), psi.copy()
    f.setflags(write=False)
    y = reference.correlate(G.regular, f[:, ::-1], psi)
    assert_equal(y, reference.correlate(G.regular, f[:, ::-1].copy(), psi))
    assert_equal(f, before[0])
    assert_equal(psi, before[1])
    moved = reference.left_translate(G.regular, G.identity, f)
    moved[0, 0] += 1
    assert_equal(f, before[0])


def test_an_empty_batch_is_a_batch():
    G = gcalc.group("C2")
    f, d = np.zeros((0, 1, 2), dtype=int), np.zeros((0, 3, 2), dtype=int)
    assert reference.correlate(G.regular, f, np.ones((3, 1, 2), dtype=int)).shape == (0, 3, 2)
    assert_equal(reference.filter_gradient(G.regular, d, f), np.zeros((3, 1, 2)))
