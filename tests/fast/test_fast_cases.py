"""Many cases at once, each with filters of its own: every one of them is the reference's."""

from __future__ import annotations

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.errors import ExactnessError, ShapeError, UnsupportedError
from gcalc.fast import Cases

from .places import PLACES

GROUPS = ("C1", "S3", "Q8", "p4 mod 2", "pg mod 3", "p3m1 mod 2")
B, J, K = 5, 2, 3


def group(name):
    symbol, *modulus = name.split(" mod ")
    G = gcalc.group(symbol)
    return G.quotient(int(modulus[0])) if modulus else G


def arrays(G, high=9, seed=0):
    random = np.random.default_rng(seed)
    sizes = ((B, J), (B, K, J), (B, K))
    return (random.integers(-high, high + 1, (*size, *G.shape)) for size in sizes)


def wanted(G, f, psi, d):
    X = G.regular
    return (
        [reference.correlate(X, *case) for case in zip(f, psi, strict=True)],
        [reference.input_gradient(X, *case) for case in zip(d, psi, strict=True)],
        [reference.filter_gradient(X, *case) for case in zip(d, f, strict=True)],
    )


def computed(cases, f, psi, d):
    return cases.correlate(f, psi), cases.input_gradient(d, psi), cases.filter_gradient(d, f)


@pytest.mark.parametrize("kind", ["int64", "float32", "float64"])
@pytest.mark.parametrize("name", GROUPS)
def test_every_case_is_the_reference_s(name, kind):
    G = group(name)
    f, psi, d = arrays(G)
    found = computed(Cases(G), *(a.astype(kind) for a in (f, psi, d)))
    for got, want in zip(found, wanted(G, f, psi, d), strict=True):
        assert got.dtype == kind
        assert np.array_equal(got, want)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_in_every_library_and_on_every_device(place):
    G = group("S3")
    f, psi, d = arrays(G)
    found = computed(Cases(G), *map(place.give, (f, psi, d)))
    for got, want in zip(found, wanted(G, f, psi, d), strict=True):
        assert np.array_equal(place.take(got), want)


def test_integers_beyond_the_significand_are_exact():
    G = group("S3")
    f, psi, d = arrays(G, high=2**28)
    for got, want in zip(computed(Cases(G), f, psi, d), wanted(G, f, psi, d), strict=True):
        assert np.abs(got).max() > 2**53
        assert np.array_equal(got, want)


def test_a_wrong_case_is_seen_among_right_ones():
    """Cases do not mix: a change of one case's filters changes that case only."""
    G = group("Q8")
    f, psi, d = arrays(G)
    before = computed(Cases(G), f, psi, d)
    psi[2] += 1
    after = computed(Cases(G), f, psi, d)
    for old, new in zip(before[:2], after[:2], strict=True):
        assert [i for i in range(B) if not np.array_equal(old[i], new[i])] == [2]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda c, f, psi, d: c.correlate(f[:-1], psi), ShapeError, "f has B = 4 but psi has B = 5"),
        (lambda c, f, psi, d: c.correlate(f[:, :1], psi), ShapeError, "f has J = 1 but psi has J = 2"),
        (lambda c, f, psi, d: c.input_gradient(d[:, :2], psi), ShapeError, "d has K = 2 but psi has K = 3"),
        (lambda c, f, psi, d: c.correlate(f, psi[0]), ShapeError, r"psi needs axes \(B, K, J, \|G\|: 6\)"),
        (lambda c, f, psi, d: c.correlate(f * 2**40, psi * 2**40), ExactnessError, "beyond int64"),
        (lambda c, f, psi, d: Cases(gcalc.group("p4")), UnsupportedError, "p4 is infinite"),
    ],
)
def test_what_does_not_fit_is_refused(call, error, words):
    G = group("S3")
    with pytest.raises(error, match=words):
        call(Cases(G), *arrays(G))
