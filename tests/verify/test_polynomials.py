"""The exact reading's polynomials against SymPy's, and that a counterexample still has names."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy

from gcalc import reference
from gcalc.verify import verify
from gcalc.verify.polynomials import BITS, Polynomial

from .faulty import faulty

NAMES = sympy.symbols("x0:6")
X = [Polynomial.generator(i) for i in range(len(NAMES))]


def as_sympy(p):
    """The same polynomial of SymPy's."""
    degrees = [[(m >> BITS * i) % 2**BITS for i in range(len(NAMES))] for m in p.terms]
    terms = [sympy.prod(x**d for x, d in zip(NAMES, ds, strict=True)) for ds in degrees]
    return sum(
        (sympy.Rational(c) * t for c, t in zip(p.terms.values(), terms, strict=True)), sympy.Integer(0)
    )


def drawn(random, depth=4):
    """A random expression, in both kinds of polynomials."""
    if depth == 0 or random.random() < 0.2:
        if random.random() < 0.3:
            c = Fraction(int(random.integers(-4, 5)), int(random.integers(1, 4)))
            return c, sympy.Rational(c)
        i = int(random.integers(len(X)))
        return X[i], NAMES[i]
    (a, s), (b, t) = drawn(random, depth - 1), drawn(random, depth - 1)
    match random.integers(4):
        case 0:
            return a + b, s + t
        case 1:
            return a - b, s - t
        case 2:
            return -a, -s
    return a * b, s * t


@pytest.mark.parametrize("seed", range(60))
def test_expressions_are_those_of_sympy(seed):
    random = np.random.default_rng(seed)
    (a, s), (b, t) = drawn(random), drawn(random)
    assert sympy.expand(as_sympy(a * X[0] + X[1]) - (s * NAMES[0] + NAMES[1])) == 0
    assert (a == b) == (sympy.expand(s - t) == 0)
    for p, q in ((X[2] * a, NAMES[2] * s), (b * X[0] * X[0], t * NAMES[0] ** 2)):
        for x, name in zip(X, NAMES, strict=True):
            assert sympy.expand(as_sympy(p.diff(x)) - sympy.diff(q, name)) == 0
        assert sympy.expand(as_sympy(p / 3) - q / 3) == 0


def test_no_coefficient_is_zero_so_that_equality_is_equality_of_terms():
    x, y = X[:2]
    zero = x * y - y * x
    assert zero.terms == (x - x).terms == (0 * x).terms == ((x + y) * (x - y) - x * x + y * y).terms == {}
    assert zero == 0 == x - x
    assert not zero
    assert x - x + 3 == 3 != x
    assert x != y


def test_other_scalars_are_left_to_others():
    with pytest.raises(TypeError):
        X[0] + 0.5
    with pytest.raises(TypeError):
        X[0] * "2"
    assert X[0] != "x0"


def test_generators_are_told_apart_beyond_every_word_of_the_machine():
    many = [Polynomial.generator(i) for i in range(1000)]
    assert len({next(iter(p.terms)) for p in many}) == 1000
    product = many[999] * many[998] * many[999]
    assert product.diff(many[999]) == 2 * many[998] * many[999]
    assert product.diff(many[0]) == 0
    assert repr(product) == "x998*x999^2"
    assert repr(2 * many[0] - 1 + 0 * many[5]) == "2*x0 + -1"
    assert repr(many[0] - many[0]) == "0"


def test_the_reference_takes_them():
    import gcalc

    G = gcalc.group("C3")
    f = np.array(X[:3], dtype=object)[None]
    psi = np.array(X[3:], dtype=object)[None, None]
    y = reference.correlate(G.regular, f, psi)[0]
    assert y[1] == X[0] * X[5] + X[1] * X[3] + X[2] * X[4]
    pooled = reference.pool(G, f[0], [0, 1], op="mean")
    assert 2 * pooled[0] == X[0] + X[1]


def test_a_counterexample_of_a_derivative_has_names():
    def correlate(X, f, psi, filter="full", boundary="periodic"):
        return reference.correlate(X, f * f, psi, filter, boundary)

    report = verify(laws=["eq3"], groups=["C3"], readings=["exact"], backend=faulty(correlate=correlate))
    (check,) = report.failures
    assert check.counterexample.inputs["f"] == ["a generator an entry"]
    assert "f" in check.counterexample.left
    assert "x" not in check.counterexample.left
