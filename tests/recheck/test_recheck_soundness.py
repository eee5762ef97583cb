"""Random pairs that recheck declares equal are equal on S3 and D4 and their cosets; a checker with a fault is found."""

from __future__ import annotations

import pytest

from gcalc.recheck import canonical, polynomials, reading, words

from . import integers
from .soundness import unsound


def test_what_is_declared_equal_is_equal():
    wrong, seen = unsound(seed=1, wanted=2100)
    assert not wrong
    assert seen["evaluated"] >= 2000
    assert seen["rightly not equal"] > 50


def test_what_is_declared_equal_is_equal_for_infinite_sums():
    wrong, seen = integers.unsound(seed=1, wanted=800)
    assert not wrong
    assert seen["rightly not equal"] > 20


def exchanged(v, body):
    return tuple(polynomials.contracted(m._replace(binders=(*m.binders, v))) for m in body)


def split(v, body):
    return tuple(part for m in body for part in INFINITE(v, (m,)))


@pytest.mark.parametrize(("name", "fault"), [("total", exchanged), ("_infinite", split)])
def test_infinite_sums_exchanged_or_split_are_found(monkeypatch, name, fault):
    monkeypatch.setattr(polynomials, name, fault)
    assert integers.unsound(seed=3, wanted=2000, stop=True)[0]


INFINITE, LIES_IN = polynomials._infinite, words.lies_in


def points_cancelled(a, b):
    return (
        words.relation(a[:-1], b[:-1]) if a and a[-1].is_point and a[-1:] == b[-1:] else words.relation(a, b)
    )


def without_the_group(word, sort):
    return sort.kind == "subgroup" or LIES_IN(word, sort)


def unguarded(self, term, scene):
    return self.scalar(term.body, scene)


def any_order(atom):
    yield atom
    (v,), guards, body = atom.scopes[0]
    inner = body[0].atoms[0] if body and body[0].atoms else atom
    if inner.tag == "big" and len(body) == 1 and inner is not atom:
        within = atom._replace(scopes=(polynomials.Scope((v,), guards, inner.scopes[0].body),))
        (w,), others, _ = inner.scopes[0]
        yield inner._replace(
            scopes=(polynomials.Scope((w,), others, (polynomials.Monomial(1, (), (within,)),)),)
        )


FAULTS = {
    "base points cancelled": (polynomials, "relation", points_cancelled, 4),
    "reindexed out of a subgroup": (canonical, "lies_in", without_the_group, 1),
    "contracted out of a subgroup": (words, "lies_in", without_the_group, 3),
    "guards forgotten": (reading.Reader, "_guarded", unguarded, 2),
    "any two big operators exchanged": (canonical, "_orders", any_order, 4),
}


@pytest.mark.parametrize(("place", "name", "fault", "seed"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_checker_is_found(monkeypatch, place, name, fault, seed):
    monkeypatch.setattr(place, name, fault)
    wrong, _ = unsound(seed, wanted=3000, stop=True)
    assert wrong
