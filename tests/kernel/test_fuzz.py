"""Random steps: none that the kernel accepts is false, and a rule without a side condition is caught."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from unittest.mock import patch

import pytest

from gcalc.kernel import rules
from gcalc.kernel import terms as t
from gcalc.kernel.rules import RULES
from gcalc.kernel.words import reduced, relation

from .fuzz import fuzz

STEPS = 1500


def test_no_accepted_step_is_false():
    report = fuzz(STEPS, seed=1)
    assert report.false == []
    assert sum(report.accepted.values()) + sum(report.rejected.values()) == STEPS
    assert min(report.accepted[rule] for rule in RULES) >= 15
    assert min(report.rejected[rule] for rule in RULES) >= 15
    assert report.valueless <= STEPS // 50


def test_the_seed_decides():
    assert fuzz(60, seed=3) == fuzz(60, seed=3) != fuzz(60, seed=4)


# ---- rules less one side condition each


def eta_on_a_larger_sort(theory, term):
    match term:
        case t.Lam(variables, t.App(function, arguments)) if arguments == variables:
            return function
    raise t.KernelError


def eta_with_the_variable(theory, term):
    match term:
        case t.Lam(_, t.App(function, _)):
            return function
    raise t.KernelError


def word_on_any_bag_of_letters(theory, term, target):
    t.need(sorted(map(repr, reduced(term))) == sorted(map(repr, reduced(target))), "")
    return target


def reindex_without(theory, term, kind, shift=None):
    """Out of a subgroup, or by an image of the variable itself."""
    image = rules._image(kind, shift, term.variable)
    moved = {term.variable: image}
    guard = term.guard and t.substitute(term.guard, moved)
    return replace(term, body=t.substitute(term.body, moved), guard=guard)


def reindex_the_body_only(theory, term, kind, shift=None):
    return replace(rules.reindex(theory, term, kind, shift), guard=term.guard)


def exchange_anything(theory, term):
    inner = term.body
    return replace(inner, body=replace(term, body=inner.body))


def exchange_any_guarded(theory, term):
    t.need(term.op == term.body.op and term.variable.sort.finite and term.body.variable.sort.finite, "")
    t.need(term.variable != term.body.variable, "")
    t.need(not (term.body.guard and term.variable in t.free(term.body.guard)), "")
    t.need(not (term.guard and term.body.variable in t.free(term.guard)), "")
    return exchange_anything(theory, term)


def factor_without_renaming(theory, term):
    match term:
        case t.Times(left, t.Big("sum") as total):
            return replace(total, body=t.Times(left, total.body))
        case t.Times(t.Big("sum") as total, right):
            return replace(total, body=t.Times(total.body, right))
    raise t.KernelError


def factor_out_of_a_maximum(theory, term):
    match term:
        case t.Times(left, t.Big() as total):
            return replace(total, body=t.Times(left, total.body))
    raise t.KernelError


def additive_over_a_maximum(theory, term):
    left, right = term.body.left, term.body.right
    return t.Add(replace(term, body=left), replace(term, body=right))


def ring_modulo_two(theory, term, target):
    odd = [{m: c % 2 for m, c in rules.polynomial(p).items() if c % 2} for p in (term, target)]
    t.need(odd[0] == odd[1], "")
    return target


def kron_under_a_guard(theory, term):
    return rules.kron(theory, replace(term, guard=None))


def kron_with_the_variable(theory, term):
    t.need(term.guard is None and term.op == "sum" and term.body.left.left == term.variable, "")
    return t.substitute(term.body.right, {term.variable: term.body.left.right})


def delta_cancelling_points(theory, term, target):
    def says(equation):
        a, b = reduced(equation.left), reduced(equation.right)
        if rules.sort_of(equation.left).has_inverses or a[-1] != b[-1]:
            return relation(equation.left, equation.right)
        return [(a[:-1], b[:-1]), (b[:-1], a[:-1])][a > b]

    def cancelled(equation):
        left, right = equation.left, equation.right
        same_point = isinstance(left, t.Mul) and isinstance(right, t.Mul) and left.right == right.right
        return t.Delta(left.left, right.left) if same_point else equation

    one, other = cancelled(term), cancelled(target)
    t.need(relation(one.left, one.right) == relation(other.left, other.right), "")
    return target


def delta_one_for_one_point(theory, term):
    t.need(reduced(term.left)[-1:] == reduced(term.right)[-1:], "")
    return t.Num(1)


def split_with_a_free_variable(theory, term, first, second):
    t.need(term.guard is None and term.op == "sum" and term.variable.sort == first.sort.of, "")
    t.need(first.sort.name == "N" and second.sort.name == "H", "")
    body = t.Big("sum", second, t.substitute(term.body, {term.variable: first * second}))
    return t.Big("sum", first, body)


def derivative_without_renaming(theory, term):
    if isinstance(term.body, t.Big) and term.body.op == "sum":
        return replace(term.body, body=replace(term, body=term.body.body))
    return rules.derivative(theory, term)


def derivative_of_every_function(theory, term):
    if isinstance(term.body, t.App) and len(term.body.arguments) == len(term.at):
        deltas = [t.Delta(x, p) for x, p in zip(term.body.arguments, term.at, strict=True)]
        return reduce(t.Times, deltas)
    return rules.derivative(theory, term)


def hypothesis_about_bound_symbols(theory, term, name, instance, bound):
    return rules.hypothesis(theory, term, name, instance, frozenset())


def hypothesis_for_fixed_symbols(theory, term, name, instance, bound):
    (law,) = (h for h in theory.hypotheses if h.name == name)
    t.need(t.same(term, t.substitute(law.left, dict(instance))), "")
    return t.substitute(law.right, dict(instance))


def beta_that_captures(theory, term):
    with patch.object(t, "rename", lambda term, avoid: term):
        return rules.beta(theory, term)


def unfold_that_captures(theory, term):
    with patch.object(t, "rename", lambda term, avoid: term):
        return rules.unfold(theory, term)


UNSOUND = [value for name, value in list(globals().items()) if "_" in name and callable(value)]
UNSOUND = [rule for rule in UNSOUND if rule.__module__ == __name__ and not rule.__name__.startswith("test_")]


def name_of(unsound):
    """The rule that an unsound one stands for: the longest name that it begins with."""
    return max((rule for rule in RULES if unsound.__name__.startswith(rule)), key=len)


@pytest.mark.parametrize("unsound", UNSOUND, ids=lambda rule: rule.__name__)
def test_a_rule_without_a_side_condition_is_caught(unsound):
    """In few steps, of the one rule."""
    rule = name_of(unsound)
    with patch.dict(RULES, {rule: unsound}):
        caught = next((seed for seed in range(12) if fuzz(60, seed, (rule,)).false), None)
    assert caught is not None


def test_every_rule_is_made_unsound():
    assert {name_of(unsound) for unsound in UNSOUND} == RULES.keys()
