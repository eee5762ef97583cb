"""Random pairs that recheck declares equal are equal on S3, D4 and their cosets; and a checker with a fault is found out."""

from __future__ import annotations

import pytest

from gcalc.recheck import canonical, polynomials, reading, words

from .soundness import unsound


def test_what_is_declared_equal_is_equal():
    wrong, seen = unsound(seed=1, wanted=2100)
    assert not wrong
    assert seen["evaluated"] >= 2000
    assert seen["rightly not equal"] > 50


def points_cancelled(a, b):
    return words.relation(a[:-1], b[:-1]) if a and a[-1].is_point and a[-1:] == b[-1:] else words.relation(a, b)


def without_the_group(word, sort):
    return sort.kind == "subgroup" or words.lies_in(word, sort)


def solved_for_more(said):
    yield from words.solutions(said)
    for word in said[:1] if len(said) == 1 else ():
        yield word[0].variable, words.inverse(word[1:])


def unguarded(self, term, scene):
    return self.scalar(term.body, scene)


def any_order(atom):
    yield atom
    (v,), guards, body = atom.scopes[0]
    inner = body[0].atoms[0] if body and body[0].atoms else atom
    if inner.tag == "big" and len(body) == 1 and inner is not atom:
        within = atom._replace(scopes=(polynomials.Scope((v,), guards, inner.scopes[0].body),))
        (w,), others, _ = inner.scopes[0]
        yield inner._replace(scopes=(polynomials.Scope((w,), others, (polynomials.Monomial(1, (), (within,)),)),))


FAULTS = {
    "base points cancelled": (polynomials, "relation", points_cancelled),
    "reindexed out of a subgroup": (canonical, "lies_in", without_the_group),
    "contracted although the variable is in the solution": (polynomials, "solutions", solved_for_more),
    "guards forgotten": (reading.Reader, "_guarded", unguarded),
    "any two big operators exchanged": (canonical, "_orders", any_order),
}


@pytest.mark.parametrize(("place", "name", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_checker_is_found(monkeypatch, place, name, fault):
    monkeypatch.setattr(place, name, fault)
    wrong, _ = unsound(seed=3, wanted=500)
    assert wrong
