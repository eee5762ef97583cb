"""Groups, and elements whose values are distinct indeterminates: an identity holds for all values at once."""

from __future__ import annotations

import pytest
from sympy import ZZ
from sympy.polys.rings import ring

import gcalc

FINITE = {
    "C1": lambda: gcalc.group("C1"),
    "C5": lambda: gcalc.group("C5"),
    "C6": lambda: gcalc.group("C6"),
    "S3": lambda: gcalc.group("S3"),
    "D4": lambda: gcalc.group("D4"),
    "Q8": lambda: gcalc.group("Q8"),
    "A4": lambda: gcalc.group("A4"),
    "p4 mod 2": lambda: gcalc.group("p4").quotient(2),
    "pg mod 2": lambda: gcalc.group("pg").quotient(2),
}


@pytest.fixture(params=FINITE, scope="session")
def G(request):
    return FINITE[request.param]()


@pytest.fixture
def generic():
    """A function: n elements of R[B] whose values are the generators of one polynomial ring over Z."""

    def make(module, n):
        size = len(module.labels)
        generators = ring([f"x{i}" for i in range(n * size)], ZZ)[1:]
        return [
            module.from_array(_shaped(generators[i * size : (i + 1) * size], module.shape)) for i in range(n)
        ]

    return make


def _shaped(values, shape):
    if len(shape) == 1:
        return list(values)
    step = len(values) // shape[0]
    return [_shaped(values[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]
