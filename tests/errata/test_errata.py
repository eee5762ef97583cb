"""The errata as data, and the scopes of those that are no false line."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

import gcalc
from gcalc import reference
from gcalc.kernel.replay import replay
from gcalc.kernel.sorts import check
from gcalc.kernel.terms import KernelError, Scalar, same
from gcalc.lawbook import errata, theory

ALL = errata()
CLAIMS = {law.id: {claim.name: claim for claim in law.claims} for law in gcalc.laws().values()}
IFF = ("planar_commutes_iff", "eq3_line3_as_printed", "eq6_line4_as_printed", "eq6_line4_other_readings")
SCOPES = [(id, name) for id in IFF for name in CLAIMS[id]]


def test_they_are_numbered_in_order():
    assert [erratum.id for erratum in ALL] == [f"E{n}" for n in range(1, len(ALL) + 1)]
    assert len(ALL) >= 10


@pytest.mark.parametrize("erratum", ALL, ids=lambda e: e.id)
def test_the_evidence_exists(erratum):
    assert erratum.law in CLAIMS
    assert erratum.evidence
    for evidence in erratum.evidence:
        id, _, name = evidence.partition(": ")
        assert id in CLAIMS
        assert not name or name in CLAIMS[id]


@pytest.mark.parametrize("erratum", ALL, ids=lambda e: e.id)
def test_every_part_is_said(erratum):
    assert erratum.finding
    assert erratum.scope
    assert erratum.corrected
    assert erratum.printed != erratum.corrected
    terms = [t for t in (erratum.printed, erratum.corrected) if isinstance(t, Scalar)]
    for term in [*terms, *(witness.reading for witness in erratum.witnesses)]:
        check(term, theory())
    assert len(terms) < 2 or not same(*terms)
    for text in (t for t in (erratum.printed, erratum.corrected) if isinstance(t, str)):
        assert text.count("{") == text.count("}")
        assert text.count("$") % 2 == 0


@pytest.mark.parametrize("id", ["E1", "E2"])
def test_a_false_line_is_the_one_its_law_speaks_of(id):
    erratum = ALL[int(id[1:]) - 1]
    (law,) = [evidence for evidence in erratum.evidence if evidence.endswith("as_printed")]
    assert same(erratum.printed, gcalc.laws()[law].statement.left)
    right = [claim.statement.right for claim in gcalc.laws()[erratum.law].claims]
    assert any(same(erratum.corrected, side) for side in right) or any(
        same(erratum.corrected, line.term)
        for claim in gcalc.laws()[erratum.law].claims
        for line in claim.derivation.lines
    )


@pytest.mark.parametrize(("id", "name"), SCOPES)
def test_a_scope_needs_its_hypothesis(id, name):
    derivation = CLAIMS[id][name].derivation
    assert replay(theory(), derivation) > 0
    without = replace(derivation, statement=replace(derivation.statement, hypotheses=()))
    with pytest.raises(KernelError, match="hypotheses are called"):
        replay(theory(), without)


@pytest.mark.parametrize("id", IFF)
def test_a_scope_is_proved_in_both_directions(id):
    """What the one claim assumes the other derives, and the other way round."""
    pairs = list(CLAIMS[id].values())
    for forward, backward in zip(pairs[::2], pairs[1::2], strict=True):
        (condition,), (holds,) = forward.statement.hypotheses, backward.statement.hypotheses
        assert same(condition.left, backward.statement.left)
        assert same(condition.right, backward.statement.right)
        assert same(holds.left, forward.statement.left)
        assert same(holds.right, forward.statement.right)


TURNS = {"90°": lambda x, y: (-y, x), "180°": lambda x, y: (-x, -y), "mirror": lambda x, y: (x, -y)}


@pytest.mark.parametrize("turn", TURNS)
def test_e5_a_planar_correlation_commutes_iff_the_filter_is_invariant(turn):
    """All 0/1 filters on Z_3 × Z_3, and all delta functions for f; ψ∘r and L_r by indexing."""
    T, cells = gcalc.group("C3xC3"), list(product(range(3), repeat=2))
    r = [cells.index(tuple(c % 3 for c in TURNS[turn](*cell))) for cell in cells]
    deltas = np.eye(9, dtype=np.int64)[:, None]
    turned = np.empty_like(deltas)
    turned[..., r] = deltas  # (L_r f)(r x) = f(x)
    found = set()
    for values in product((0, 1), repeat=9):
        psi = np.array(values)
        y = reference.correlate(T.regular, deltas, psi[None, None])
        moved = reference.correlate(T.regular, turned, psi[None, None])
        commutes = bool((moved[..., r] == y).all())
        assert commutes == bool((psi[r] == psi).all())
        found.add(commutes)
    assert found == {True, False}


@pytest.mark.parametrize(
    ("name", "order"), [("p1 mod 3", 1), ("p2 mod 2", 2), ("p4 mod 2", 4), ("p3m1 mod 2", 6)]
)
def test_e8_a_column_of_the_selection_matrix_has_as_many_ones_as_the_point_group(name, order):
    symbol, _, n = name.partition(" mod ")
    X = gcalc.group(symbol).quotient(int(n)).grid
    for x in range(X.size):
        column = reference.filter_transform(X, np.eye(X.size, dtype=np.int64)[x].reshape(1, 1, *X.shape))
        assert column.sum() == order
        assert set(column.ravel().tolist()) <= {0, 1}
