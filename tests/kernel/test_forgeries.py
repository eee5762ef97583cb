"""Forged data: what a false statement could be brought past `replay` with, were it not looked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gcalc.kernel.replay import Derivation, Line, Statement, Step, replay
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import (
    Add,
    App,
    Aut,
    Big,
    Delta,
    Der,
    Fun,
    KernelError,
    Lam,
    Num,
    One,
    Sort,
    Times,
    Val,
    Var,
    canonical,
)

from .symbols import THEORY, G, H, U, a, accepted, b, g, guarded, h, n, op, proof, s, total, use, x

ONE, TWO = Num(1), Num(2)
FORGED = "not made of the kernel's own data"


def refused(derivation, reason, theory=THEORY):
    """Whether replay refuses, and for this reason."""
    with pytest.raises(KernelError, match=reason):
        replay(theory, derivation)
    return True


def forge(original, **fields):
    """The same object with fields set behind the dataclass's back."""
    copy = object.__new__(type(original))
    for name, value in (vars(original) | fields).items():
        object.__setattr__(copy, name, value)
    return copy


def say(left, right, *steps):
    """A derivation of left = right by these steps, in one line."""
    return Derivation(Statement(left, right), (Line(right, "", steps),))


def test_a_true_statement_replays():
    assert accepted(ONE, Step("ring", (), (ONE + Num(0),), ONE + Num(0))) == 1


# ---- objects that answer as they like


class YesNum(Num):
    def __eq__(self, other):
        return True

    __hash__ = Num.__hash__


class YesInt(int):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash(1)


class YesStr(str):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = str.__hash__


class NoStr(str):
    def __eq__(self, other):
        return False

    __hash__ = str.__hash__


class LargeSort(Sort):
    def within(self, other):
        return True


class Everything(type):
    """A class equal to every class."""

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(Num)


class Fluid(tuple):
    """A tuple with other contents at every reading."""

    def __iter__(self):
        object.__setattr__(self, "turn", getattr(self, "turn", 0) + 1)
        return iter(self[: self.turn])


def test_a_number_equal_to_everything_is_refused():
    yes = YesNum(2)
    assert refused(say(ONE, yes, Step("ring", (), (yes,), yes)), FORGED)
    assert refused(say(ONE, Num(YesInt(2)), Step("ring", (), (TWO,), Num(YesInt(2)))), FORGED)


def test_a_class_equal_to_every_class_is_refused():
    forged = Everything(
        "Num", (), {"value": 2, "parts": (), "__eq__": lambda *_: True, "__hash__": lambda _: 1}
    )()
    assert refused(say(ONE, forged, Step("ring", (), (forged,), forged)), FORGED)


def test_names_equal_to_every_name_are_refused():
    other = Var(YesStr("h"), G)
    assert refused(say(a(g), a(other), Step("word", (1,), (other,), a(other))), FORGED)


def test_a_rule_s_name_that_is_not_equal_to_itself_is_refused():
    """It would find the rule `hypothesis` and hide from replay that this needs to know what is bound."""
    law = Hypothesis("h1", (), a(g), ONE)
    total_of_a, count = total(g, a(g)), total(g, ONE)
    step = Step(NoStr("hypothesis"), (0,), ("h1", (), frozenset()), count)
    assert refused(proof(total_of_a, step, hypotheses=(law,)), FORGED)
    assert refused(proof(total_of_a, replace(step, rule="hypothesis"), hypotheses=(law,)), FORGED)
    honest = replace(step, rule="hypothesis", arguments=("h1", ()))
    assert refused(proof(total_of_a, honest, hypotheses=(law,)), "is bound here")


def test_a_sort_that_lies_within_every_sort_is_refused():
    large = Var("t", LargeSort("H", "subgroup", G))
    term = total(s, Delta(s, large) * Fun("e", (H,))(s))
    assert refused(proof(term, Step("kron", (), (), Fun("e", (H,))(large))), FORGED)


def test_a_path_or_a_log_that_changes_when_read_is_refused():
    step = Step("ring", (), (ONE + Num(0),), ONE + Num(0))
    assert refused(say(ONE, ONE + Num(0), replace(step, path=Fluid())), FORGED)
    line = Line(TWO, "", Fluid((step, step)))
    assert refused(Derivation(Statement(ONE, TWO), (line,)), FORGED)
    assert refused(Derivation(Statement(ONE, TWO), Fluid((line,))), FORGED)


@pytest.mark.parametrize("kind", [Statement, Derivation, Step, Line])
def test_records_of_derived_classes_are_refused(kind):
    step = Step("ring", (), (ONE + Num(0),), ONE + Num(0))
    derivation = say(ONE, ONE + Num(0), step)
    parts = {
        Derivation: derivation,
        Statement: derivation.statement,
        Line: derivation.lines[0],
        Step: step,
    }
    derived = type(kind.__name__, (kind,), {})
    forged = derived(**vars(parts[kind]))
    line = replace(derivation.lines[0], steps=(forged,)) if kind is Step else forged
    attempt = {
        Derivation: forged,
        Statement: replace(derivation, statement=forged),
    }.get(kind, replace(derivation, lines=(line,)))
    assert refused(attempt, FORGED)


@pytest.mark.parametrize("wrong", [True, 1.0, "1", None, Num(1), (1,)])
def test_what_is_no_integer_is_no_number(wrong):
    forged = Num(wrong)
    assert refused(say(ONE, forged, Step("ring", (), (forged,), forged)), FORGED)


@pytest.mark.parametrize("power", [True, 1.0, 0, 2, -3])
def test_an_automorphism_has_two_powers(power):
    moved = a(Aut("r", G, power)(g))
    reason = FORGED if type(power) is not int else "no such automorphism"
    assert refused(say(moved, moved, Step("word", (1,), (moved.arguments[0],), moved)), reason)


@pytest.mark.parametrize(
    "term",
    [
        App(a, [g]),
        App("a", (g,)),
        App(a, (a(g),)),
        Add(ONE, g),
        Times(None, ONE),
        Big("sum", [g], ONE),
        Big("sum", (g,), ONE),
        Big("min", g, ONE),
        Big(None, g, ONE),
        Big("sum", One(G), ONE),
        Big("sum", g, ONE, a(g)),
        Delta(a, a),
        Der(g, (), ONE),
        Der(a, [g], a(g)),
        Val(7, ONE),
        Lam((g,), ONE),
        Lam([g], ONE)(g),
        Lam((g, g), ONE)(g, h),
        Lam((One(G),), ONE)(g),
        Fun("a", G)(g),
        Fun("a", [G])(g),
        Fun("a", ("G",))(g),
        op("square", "a")(g),
        op(None, a)(g),
        g,
        a,
        U,
        None,
        1,
    ],
)
def test_wrong_parts_are_refused(term):
    step = Step("ring", (), (term,), term)
    assert refused(say(term, ONE, step), "statement: ")
    assert refused(say(ONE, term, step), "statement: ")


@pytest.mark.parametrize(
    "changes",
    [
        {"path": (False,)},
        {"path": [0]},
        {"path": (0.0,)},
        {"backward": 0},
        {"backward": None},
        {"rule": b"ring"},
        {"arguments": [ONE]},
        {"arguments": (1,)},
        {"arguments": (None,)},
        {"arguments": (["h1"], ())},
        {"arguments": ("h1", (g, h))},
        {"arguments": ("h1", frozenset())},
        {"arguments": ("h1", ((g, "h"),))},
        {"result": "1"},
    ],
    ids=str,
)
def test_a_step_of_wrong_parts_is_refused(changes):
    step = replace(Step("ring", (0,), (ONE,), ONE + ONE), **changes)
    assert refused(say(ONE + ONE, ONE + ONE, step), FORGED)


def test_a_path_counts_from_the_front():
    two = ONE + Num(0)
    assert accepted(two, Step("ring", (1,), (Num(0) + Num(0),), ONE + (Num(0) + Num(0)))) == 1
    backwards = Step("ring", (-1,), (Num(0) + Num(0),), ONE + (Num(0) + Num(0)))
    assert refused(proof(two, backwards), "a path leads out of the term")


def test_the_last_line_is_the_statement_s():
    step = Step("ring", (), (ONE + Num(0),), ONE + Num(0))
    assert refused(
        Derivation(Statement(ONE, TWO), (Line(ONE + Num(0), "", (step,)),)), "the last line is not"
    )
    assert refused(Derivation(Statement(ONE, TWO), ()), "the last line is not")


def test_a_line_is_well_sorted_though_its_last_step_is_the_same():
    i, j = Var("i", n.arguments[0]), Var("j", n.arguments[0])
    good, twice = (Lam((i, v), n(v))(i, i) for v in (j, i))
    step = Step("ring", (), (good,), good)
    assert refused(
        Derivation(Statement(good, good), (Line(twice, "", (step,)),)), "line 1: .*binds a variable twice"
    )


# ---- objects changed behind their backs


def test_a_sort_without_a_place_among_sorts_is_refused():
    for changes in (
        {"kind": "ring"},
        {"kind": "group", "of": G},
        {"of": None, "kind": "subgroup"},
        {"of": H},
    ):
        v = Var("v", forge(H, **changes))
        assert refused(say(Delta(v, v), ONE, Step("delta_one", (), (), ONE)), "no sort is a")


def test_parts_left_out_or_added_are_refused():
    bare = object.__new__(Num)
    assert refused(say(bare, ONE, Step("ring", (), (ONE,), ONE)), FORGED)
    loud = forge(ONE, more=1)
    assert refused(say(loud, ONE, Step("ring", (), (ONE,), ONE)), FORGED)
    wide = forge(G, within=lambda other: True)
    v = Var("v", wide)
    assert refused(say(Delta(v, v), ONE, Step("delta_one", (), (), ONE)), FORGED)


class Liar(dict):
    def __getitem__(self, key):
        return 1

    def items(self):
        return {"value": 1}.items()


def test_an_instance_dictionary_that_lies_is_refused():
    two = Num(2)
    object.__setattr__(two, "__dict__", Liar(value=2))
    assert two.value == 2
    assert refused(say(ONE, two, Step("ring", (), (two,), two)), FORGED)
    odd = Num(2)
    object.__setattr__(odd, "__dict__", {NoStr("value"): 1, "value": 2})
    assert refused(say(ONE, odd, Step("ring", (), (odd,), odd)), FORGED)


def test_nothing_remembered_of_a_term_outlives_its_change():
    """hash(-1) is hash(-2): a memory of -1, changed to -2, would be found for -2."""
    minus = Num(-1)
    canonical(minus), hash(minus)
    object.__setattr__(minus, "value", -2)
    assert refused(say(Num(-2), Num(-1), Step("ring", (), (Num(-2),), Num(-2))), "its steps end elsewhere")


def test_a_term_that_contains_itself_is_refused():
    loop = Add(ONE, ONE)
    object.__setattr__(loop, "left", loop)
    assert refused(say(loop, loop, Step("ring", (), (loop,), loop)), "statement: ")


# ---- names


def test_names_of_renamed_variables_are_names_like_others():
    taken = Var("h#1", G)
    result = use("factor", a(h) * total(h, b(h * taken)))
    assert result == total(Var("h#2", G), a(h) * b(Var("h#2", G) * taken))
    deep = use("beta", Lam((g,), total(taken, a(g * taken)))(taken))
    assert deep == total(Var("h#2", G), a(taken * Var("h#2", G)))


@pytest.mark.parametrize("name", ["1", "free g", "", "0", "free ", "g#1"])
def test_a_free_name_is_never_taken_for_a_bound_one(name):
    odd = Var(name, G)
    left, right = total(g, a(g)), total(g, a(odd))
    assert refused(say(left, right, Step("ring", (), (right,), right)), "different polynomials")
    shadow = total(g, total(odd, a(odd)))
    crossed = total(g, total(odd, a(g)))
    assert refused(say(shadow, crossed, Step("ring", (), (crossed,), crossed)), "different polynomials")


@pytest.mark.parametrize(
    "term",
    [
        a(Var("q", G)) * Fun("d", (x.sort,))(Var("q", x.sort)),
        a(g) * Fun("a", (H,))(s),
        Fun("g", (G,))(g),
        a(Aut("a", G)(g)),
        guarded(h, h, a(h)) * a(Var("U", G)),
    ],
)
def test_one_name_for_two_symbols_is_refused(term):
    assert refused(say(term, term, Step("ring", (), (term,), term)), "a name stands for two symbols")


def test_a_sort_named_alike_is_another_sort():
    endless = replace(G, finite=False)
    t = Var("g", endless)
    assert refused(say(a(g), a(t), Step("word", (1,), (t,), a(t))), "another sort")
    swapped = total(h, t, a(h) * Fun("q", (endless,))(t))
    assert refused(
        proof(total(t, h, a(h) * Fun("q", (endless,))(t)), Step("exchange", (), (), swapped)), "infinite"
    )
