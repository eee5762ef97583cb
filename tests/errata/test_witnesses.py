"""The witnesses of the printed lines that are false: they fail as said, and nothing smaller does."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.interpret import Evaluator
from gcalc.interpret.model import Carrier, Model
from gcalc.kernel.terms import Fun, Var, free
from gcalc.lawbook import errata, theory

from .readings import GROUPS, READINGS, failures

BY_ID = {erratum.id: erratum for erratum in errata()}
CASES = [pytest.param(key, id=f"{key[0]} reading {key[1]}") for key in READINGS]


def witness_of(key):
    return BY_ID[key[0]].witnesses[key[1]]


def given(key):
    """The group, the two functions as arrays on it, and the index of the point."""
    witness = witness_of(key)
    G = gcalc.group(witness.group)
    D, second = (np.array(array).reshape(-1) for array in witness.arrays.values())
    return G, D, second, G.index(witness.at["g"])


def test_every_witness_has_its_reading():
    assert {(e.id, i) for e in errata() for i, _ in enumerate(e.witnesses)} == set(READINGS)


@pytest.mark.parametrize("key", CASES)
def test_the_two_lines_differ_as_said(key):
    witness, reading = witness_of(key), READINGS[key]
    G, D, second, g = given(key)
    printed, corrected = reading.printed(G, D, second)[g], reading.corrected(G, D, second)[g]
    assert (printed, corrected) == (witness.printed, witness.corrected)
    assert printed != corrected


def correlate_without_channels(X, f, psi):
    """The reference's correlation, also of two functions that have no channel axis."""
    if np.ndim(f) > len(X.shape):
        return reference.correlate(X, f, psi)
    return reference.correlate(X, [f], [[psi]])[0]


@pytest.mark.parametrize("key", CASES)
def test_the_terms_themselves_differ_as_said(key):
    """The reading and the corrected line as terms, evaluated at the witness."""
    erratum, witness = BY_ID[key[0]], witness_of(key)
    corrected = erratum.corrected if erratum.id != "E10" else BY_ID["E2"].corrected
    G = gcalc.group(witness.group)
    symbols = free(witness.reading) | free(corrected)
    sorts = {v.sort for v in symbols if isinstance(v, Var)}
    sorts |= {sort for f in symbols if isinstance(f, Fun) for sort in f.arguments}
    carriers = {s: Carrier.of_group(G) if s.kind == "group" else Carrier.channels(1) for s in sorts}
    point = {v: [G.index(witness.at["g"])] for v in symbols if isinstance(v, Var) and v.name == "g"}
    operators = {name: getattr(reference, name) for name in reference.__all__}
    backend = SimpleNamespace(name="reference", **operators | {"correlate": correlate_without_channels})
    evaluator = Evaluator(theory(), Model(carriers, backend, ranges=point), [witness.reading, corrected])
    arrays = {f: np.array(witness.arrays[f.name]) for f in symbols if isinstance(f, Fun)}
    _, mismatch = evaluator.equation(arrays)
    assert mismatch is not None
    assert mismatch.values == (witness.printed, witness.corrected)


@pytest.mark.parametrize("key", CASES)
def test_no_smaller_group_fails(key):
    reading, name = READINGS[key], witness_of(key).group
    assert name == reading.first_failure
    order = gcalc.group(name).order
    smaller = [other for other in GROUPS if gcalc.group(other).order < order]
    assert len(smaller) >= order - 1
    assert [failures(reading, other) for other in smaller] == [0] * len(smaller)
    assert failures(reading, name) > 0


@pytest.mark.parametrize("key", CASES)
def test_no_input_with_fewer_entries_fails(key):
    """A witness has one entry in each function; with one function zero both lines are zero."""
    reading = READINGS[key]
    G, D, second, _ = given(key)
    assert sorted(D) == sorted(second) == [0] * (G.order - 1) + [1]
    zero = np.zeros_like(D)
    for pair in ((D, zero), (zero, second), (zero, zero)):
        assert not reading.printed(G, *pair).any()
        assert not reading.corrected(G, *pair).any()


@pytest.mark.parametrize("key", CASES)
@pytest.mark.parametrize("name", GROUPS)
def test_a_printed_line_holds_in_its_scope_only(name, key):
    """On all pairs of delta functions, and so for all inputs."""
    reading = READINGS[key]
    assert (failures(reading, name) == 0) == reading.holds(gcalc.group(name))


@pytest.mark.parametrize("key", CASES)
def test_both_sides_of_the_scope_are_met(key):
    """The scope test is not vacuous, and no scope is one of the others."""
    reading = READINGS[key]
    holds = {name for name in GROUPS if reading.holds(gcalc.group(name))}
    assert "C1" in holds
    assert holds != set(GROUPS)
    assert ("C2xC2xC2" in holds) == (key[0] != "E1")
    assert ("C8" in holds) == (key == ("E2", 2))
