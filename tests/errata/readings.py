"""The printed lines that are terms, and the lines they should be, evaluated with gcalc.reference on one channel.

Each is bilinear in D and its second function, so it is right on a group if and only if it is right on all pairs of
delta functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

import gcalc
from gcalc import reference

GROUPS = ("C1", "C2", "C3", "C4", "C2xC2", "C5", "C6", "S3", "C7", "C8", "C4xC2", "C2xC2xC2", "D4", "Q8")
"""All groups of order up to 8, by their order."""


def input_gradient(G, D, psi):
    return reference.input_gradient(G.regular, [D], [[psi]])[0]


def filter_gradient(G, D, f):
    return reference.filter_gradient(G.regular, [D], [f])[0, 0]


def line_3(G, D, psi):
    """Σ_h D(g) psi(h⁻¹g): at every g the gradient that a constant D would have."""
    return np.array([input_gradient(G, np.full_like(D, D[g]), psi)[g] for g in range(G.order)])


def convolution(G, D, f):
    return reference.convolve(G, D, f)


def prose_order(G, D, f):
    return reference.convolve(G, f, D)


def correlation(G, D, f):
    return reference.correlate(G.regular, [D], [[f]])[0]


def correlation_in_prose_order(G, D, f):
    return reference.correlate(G.regular, [f], [[D]])[0]


def is_trivial(G):
    return G.order == 1


def every_element_is_its_own_inverse(G):
    return all(G.multiply(g, g) == G.identity for g in G)


def is_abelian(G):
    return all(G.multiply(g, h) == G.multiply(h, g) for g in G for h in G)


@dataclass(frozen=True)
class Reading:
    """A printed line, the line it should be, the group on which it first fails, and the groups on which it holds."""

    printed: Callable
    corrected: Callable
    holds: Callable
    first_failure: str


READINGS = {
    ("E1", 0): Reading(line_3, input_gradient, is_trivial, "C2"),
    ("E2", 0): Reading(convolution, filter_gradient, every_element_is_its_own_inverse, "C3"),
    ("E2", 1): Reading(correlation, filter_gradient, every_element_is_its_own_inverse, "C3"),
    ("E2", 2): Reading(correlation_in_prose_order, filter_gradient, is_abelian, "S3"),
    ("E10", 0): Reading(prose_order, filter_gradient, every_element_is_its_own_inverse, "C3"),
}
"""By the erratum and the number of its witness."""


@cache
def failures(reading: Reading, name: str) -> int:
    """How many triples of two delta functions and a point the printed line has wrong."""
    G = gcalc.group(name)
    deltas = np.eye(G.order, dtype=np.int64)
    return sum(
        int((reading.printed(G, D, f) != reading.corrected(G, D, f)).sum()) for D in deltas for f in deltas
    )
