"""Contestants that are made of the reference's sums, right and wrong, on a clock that they move themselves."""

from __future__ import annotations

import sys

import numpy as np

import gcalc
from gcalc import reference
from gcalc.bench.contestant import Contestant, Entry, Results
from gcalc.bench.peers import NAMES

SMALL = "2,2,p4,4,3"
"""A layer that the reference computes in milliseconds."""


class Clock:
    """A clock that moves only where somebody works."""

    def __init__(self):
        self.now = 0.0
        self.log = []

    def __call__(self):
        return self.now

    def work(self, name, seconds):
        self.log.append(name)
        self.now += seconds


def results(case):
    """The reference's."""
    X = gcalc.group(case.group).quotient(case.size).regular
    f, psi, d = (array.astype(int) for array in (case.f, case.psi, case.d))
    return Results(
        reference.correlate(X, f, psi, filter="box"),
        reference.input_gradient(X, d, psi, filter="box"),
        reference.filter_gradient(X, d, f, filter_shape=(case.box, case.box)),
    )


class Made(Contestant):
    """Gives results that are set, and takes a time that is set."""

    def __init__(self, name, found, clock=None, seconds=1.0, exact=True, boundary="periodic"):
        self.name, self.found, self.clock, self.taken = name, found, clock, seconds
        self.exact, self.boundary = exact, boundary
        self.closed = False

    def run(self, task):
        if self.clock is not None:
            self.clock.work(self.name, self.taken)

    def results(self):
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def close(self):
        self.closed = True


def entry(name, change=lambda found: found, origin="gcalc", **options):
    """The reference's results after a change, under a name."""
    return Entry(name, origin, lambda case, threads: Made(name, change(results(case)), **options))


def changed(what, place, by=1):
    """A change of one entry of one result."""

    def change(found):
        arrays = {
            key: np.array(value, dtype=float) for key, value in vars(found).items() if value is not None
        }
        arrays[what][place] += by
        return Results(**arrays)

    return change


def without_peers(monkeypatch):
    """No peer can be loaded, so that tests are quick and the same everywhere."""
    for name in ("torch", "escnn"):
        monkeypatch.setitem(sys.modules, name, None)
    for module in set(NAMES.values()):
        monkeypatch.delitem(sys.modules, f"gcalc.bench.{module}", raising=False)
