"""Terms by hand, and random terms against the second evaluator."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from gcalc.proofs.definitions import (
    G,
    H,
    J,
    K,
    U,
    X,
    convolve,
    correlate,
    filter_transform,
    involution,
    left_translate,
    transpose,
)

import gcalc
from gcalc import reference
from gcalc.interpret import Carrier, Evaluator, Model
from gcalc.interpret.evaluate import sides
from gcalc.kernel.terms import (
    Add,
    App,
    Aut,
    Big,
    Delta,
    Der,
    Fun,
    Hom,
    In,
    Inv,
    Lam,
    Mul,
    Num,
    One,
    Sort,
    Subset,
    Times,
    Var,
    children,
    free,
)
from gcalc.lawbook import theory
from gcalc.verify.subjects import subject

from .second_evaluator import World

T = Sort("T", "group")
r = Aut("r", T)
g, h, u = Var("g", G), Var("h", G), Var("u", G)
x, y, z = Var("x", X), Var("y", X), Var("z", T)
s, j, k = Var("s", H), Var("j", J), Var("k", K)
f, a, b = Fun("f", (J, X)), Fun("a", (G,)), Fun("b", (G,))
psi, q, t = Fun("psi", (K, J, X)), Fun("q", (H, J)), Fun("t", (T,))
FUNCTIONS = (f, a, b, psi, q, t)
CHANNELS = {"J": 2, "K": 3}


class Setting:
    """One group with a set, a subgroup whose order differs from the table's, an automorphism and a subset."""

    def __init__(self, name, reduction="sum"):
        group = gcalc.group(name)
        subgroup = tuple(reversed(group.subgroup([group.elements[-1]])))
        self.space = group.cosets(group.subgroup([group.elements[1]]))
        acting, member = subject(name).planar[1], group.elements[-1]
        chosen = tuple(sorted({1 % group.order, group.order - 1}))
        self.world = World(
            group,
            self.space,
            subgroup,
            CHANNELS,
            {U: {group.elements[i] for i in chosen}},
            member,
            reduction,
        )
        self.model = Model(
            carriers={
                G: Carrier.of_group(group),
                T: Carrier.of_group(group),
                X: Carrier.of_set(self.space),
                H: Carrier.of_subgroup(group, subgroup),
                J: Carrier.channels(2),
                K: Carrier.channels(3),
            },
            backend=reference,
            subsets={U: chosen},
            automorphisms={r: (acting, group.index(member))},
            reduction=reduction,
        )

    def fill(self, seed, contents=None):
        rng = np.random.default_rng(seed)
        arrays = {}
        for function in FUNCTIONS:
            shape = tuple(n for sort in function.arguments for n in self.model.carriers[sort].shape)
            arrays[function] = rng.integers(-4, 5, shape)
        arrays |= contents or {}
        for function, array in arrays.items():
            self.world.give(function, array)
        return arrays

    def differences(self, term, arrays):
        """Points where the evaluator and the world disagree, by comparing the term with a table of its values."""
        variables = sorted((v for v in free(term) if isinstance(v, Var)), key=lambda v: v.name)
        values = list(product(*(self.world.sorts[v.sort.name] for v in variables)))
        table = [self.world.scalar(term, dict(zip(variables, at, strict=True))) for at in values]
        copy = Fun("table", tuple(v.sort for v in variables)) if variables else None
        right = App(copy, tuple(variables)) if copy else Num(table[0])
        evaluator = Evaluator(theory(), self.model, [term, right])
        shape = tuple(self.model.carriers[v.sort].size for v in variables)
        given = {**arrays, **({copy: as_array(table, shape)} if copy else {})}
        cases, mismatch = evaluator.equation(given)
        assert mismatch is not None or cases == len(values)
        return mismatch


def as_array(values, shape):
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array.reshape(shape)


class Terms:
    """Random well-sorted terms; binders take their names from a short list, so that they hide one another."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.pool = [g, h, x, y, z, s, j, k]

    def pick(self, *options):
        return self.random.choice(options)

    def element(self, sort, depth):
        variables = [v for v in self.pool if v.sort == sort]
        if sort.kind == "index" or depth == 0:
            return self.random.choice(variables)
        if sort == X:
            return self.pick(
                self.random.choice(variables), Mul(self.acting(depth - 1), self.element(X, depth - 1))
            )
        if sort == H:
            return self.pick(s, Inv(s), One(H), Mul(s, Inv(s)))
        inner = [self.element(sort, depth - 1) for _ in range(2)]
        options = [inner[0], Mul(*inner), Inv(inner[0]), One(sort)]
        options += [Hom(r, inner[0]), Hom(r**-1, inner[0])] if sort == T else [Mul(s, inner[0])]
        return self.random.choice(options)

    def acting(self, depth):
        return self.pick(self.element(G, depth), s, Inv(s))

    def scalar(self, depth):
        if depth == 0:
            return self.pick(
                Num(self.random.randint(-3, 3)), self.delta(1), self.application(1), self.application(1)
            )
        one, two = self.scalar(depth - 1), self.scalar(depth - 1)
        return self.pick(
            Add(one, two),
            Times(one, two),
            self.delta(2),
            self.application(2),
            self.big(one),
            self.big(one),
            self.applied(one),
            self.operator(),
        )

    def delta(self, depth):
        sort = self.pick(G, X, T, H, J)
        return Delta(self.element(sort, depth), self.element(sort, depth))

    def application(self, depth):
        function = self.random.choice(FUNCTIONS)
        return App(function, tuple(self.element(sort, depth) for sort in function.arguments))

    def big(self, body):
        variable = self.random.choice(self.pool)
        op, guard = self.pick("sum", "max", "any"), None
        if variable.sort == G and self.random.random() < 0.6:
            at = h if variable == g else g
            guard = In(self.pick(Mul(Inv(at), variable), Mul(variable, at), Inv(variable)), U)
        return Big(op, variable, body, guard)

    def applied(self, body):
        bound = self.random.choice(self.pool)
        return App(Lam((bound,), body), (self.element(bound.sort, 1),))

    def operator(self):
        lam_g = Lam((h,), App(a, (Mul(g, h),)))
        lam_x = Lam((j, y), Times(App(f, (j, y)), App(a, (g,))))
        by = self.pick(g, h, Mul(g, h), One(G))
        return self.pick(
            App(left_translate(by, f), (j, self.element(X, 1))),
            App(left_translate(by, lam_x), (j, self.element(X, 1))),
            App(left_translate(by, a), (self.element(G, 1),)),
            App(involution(lam_g), (self.element(G, 1),)),
            App(convolve(a, involution(b)), (self.element(G, 1),)),
            App(convolve(lam_g, b), (self.element(G, 1),)),
            App(transpose(psi), (j, k, self.element(X, 1))),
            App(correlate(lam_x, psi), (k, self.element(G, 1))),
            App(correlate(left_translate(by, f), psi), (k, self.element(G, 1))),
        )


@pytest.mark.parametrize("reduction", ["sum", "max", "mean"])
@pytest.mark.parametrize("name", ["S3", "C4", "Q8"])
def test_random_terms_have_the_values_of_the_second_evaluator(name, reduction):
    setting, terms = Setting(name, reduction), Terms(f"{name} {reduction}")
    arrays = setting.fill(seed=len(name))
    kinds, tried = set(), 0
    while tried < 150:
        term = terms.scalar(3)
        if len({v for v in free(term) if isinstance(v, Var)}) > 3:
            continue
        tried += 1
        kinds |= set(map(type, walk(term)))
        assert setting.differences(term, arrays) is None, term
    assert kinds >= {Big, Delta, App, Lam, Hom, In, Mul, Inv}


def walk(term):
    yield term
    if isinstance(term, Big) and term.guard is not None:
        yield term.guard
    for child in children(term):
        yield from walk(child)


def test_the_comparison_can_fail():
    setting = Setting("S3")
    arrays = setting.fill(0)
    right = setting.world.element
    setting.world.element = lambda term, at: right(Mul(h, g) if term == Mul(g, h) else term, at)
    assert setting.differences(App(a, (Mul(g, h),)), arrays) is not None


def test_a_sum_by_hand_on_c3():
    setting = Setting("C3")
    term = Big("sum", h, Times(App(a, (h,)), App(b, (Mul(Inv(h), g),))))
    # (a ∗ b)(0) = 1·10 + 2·40 + 3·20, (1) = 1·20 + 2·10 + 3·40, (2) = 1·40 + 2·20 + 3·10
    values = Fun("values", (G,))
    arrays = {a: np.array([1, 2, 3]), b: np.array([10, 20, 40]), values: np.array([150, 160, 110])}
    assert Evaluator(theory(), setting.model, [term, App(values, (g,))]).equation(arrays) == (3, None)


def test_inner_binders_hide_outer_ones_and_give_them_back():
    setting = Setting("C3")
    inner = Big("sum", h, App(a, (h,)))
    term = Big("sum", h, Add(Times(inner, App(b, (h,))), App(a, (h,))))
    # (1 + 2 + 3)·(10 + 20 + 40) + (1 + 2 + 3)
    arrays = {a: np.array([1, 2, 3]), b: np.array([10, 20, 40])}
    assert Evaluator(theory(), setting.model, [term, Num(426)]).equation(arrays) == (1, None)
    free_outside = Add(Times(inner, App(b, (h,))), App(a, (h,)))
    values = Fun("values", (G,))
    given = {**arrays, values: np.array([61, 122, 243])}
    assert Evaluator(theory(), setting.model, [free_outside, App(values, (h,))]).equation(given) == (3, None)


def test_guards_and_reductions_by_hand_on_c4():
    by_hand = {"sum": sum, "max": max, "mean": lambda pair: Fraction(sum(pair), 2)}
    for reduction, reduce in by_hand.items():
        setting = Setting("C4", reduction)
        assert setting.model.subsets[U] == (1, 3)
        term, values = Big("any", h, App(a, (h,)), In(Mul(Inv(g), h), U)), Fun("values", (G,))
        # a = (7, 3, 2, 5); gU = {g + 1, g + 3}
        wanted = [reduce(pair) for pair in ((3, 5), (2, 7), (5, 3), (7, 2))]
        arrays = {a: np.array([7, 3, 2, 5]), values: as_array(wanted, (4,))}
        assert Evaluator(theory(), setting.model, [term, App(values, (g,))]).equation(arrays) == (4, None)


def test_a_subgroups_elements_stand_in_the_order_given():
    setting = Setting("S3")
    subgroup = setting.world.sorts["H"]
    assert len(subgroup) > 1
    assert subgroup[0] != setting.world.group.identity
    values = Fun("values", (H,))
    arrays = setting.fill(3) | {values: np.arange(len(subgroup))}
    setting.world.give(values, arrays[values])
    assert setting.differences(App(values, (Inv(s),)), arrays) is None
    position = {setting.model.carriers[G].space.group.index(e): i for i, e in enumerate(subgroup)}
    assert setting.model.carriers[H].position == position


def test_a_filter_transform_on_a_wallpaper_group():
    group = gcalc.group("p4").quotient(2)
    subgroup = group.point_subgroup
    world = World(group, group.regular, subgroup, {"J": 1, "K": 1}, {}, None)
    model = Model(
        carriers={
            G: Carrier.of_group(group),
            X: Carrier.of_set(group.regular),
            H: Carrier.of_subgroup(group, subgroup),
            J: Carrier.channels(1),
            K: Carrier.channels(1),
        },
        backend=reference,
    )
    array = np.random.default_rng(0).integers(-9, 10, (1, 1, 4, 2, 2))
    world.give(psi, array)
    term = App(filter_transform(psi), (k, s, j, x))
    values = Fun("values", (H, X))
    table = [world.scalar(term, {k: 0, j: 0, s: p, x: w}) for p in subgroup for w in world.sorts["X"]]
    arrays = {psi: array, values: np.array(table).reshape(4, 16)}
    cases, mismatch = Evaluator(theory(), model, [term, App(values, (s, x))]).equation(arrays)
    assert (cases, mismatch) == (64, None)
    arrays[values][0, 0] += 1
    assert Evaluator(theory(), model, [term, App(values, (s, x))]).equation(arrays)[1] is not None


def test_derivatives_are_those_of_sympys_expressions():
    from sympy import ZZ
    from sympy.polys.rings import ring

    setting, terms = Setting("S3"), Terms("derivatives")
    shape = (2, setting.space.size)
    _, *generators = ring([f"f{i}" for i in range(shape[0] * shape[1])], ZZ)
    arrays = setting.fill(7, {f: as_array(generators, shape)})
    nonzero = 0
    for body in (
        App(f, (j, x)),
        Times(App(f, (j, x)), App(f, (j, y))),
        Big("sum", x, Times(App(f, (j, x)), App(a, (g,)))),
        Big("sum", y, Times(App(f, (j, Mul(g, y))), Times(App(f, (j, y)), App(f, (j, x))))),
        App(correlate(f, psi), (k, g)),
        Num(3),
        Times(App(a, (g,)), Num(2)),
    ):
        term = Der(f, (j, terms.pick(x, Mul(g, x), Mul(Inv(g), x))), body)
        mismatch = expressions_differ(setting, term, arrays)
        nonzero += mismatch[1]
        assert mismatch[0] == [], term
    assert nonzero > 20


def expressions_differ(setting, term, arrays):
    """Where a derivative differs from the world's, compared as expressions, and how many values are not zero."""
    from sympy import expand

    variables = sorted((v for v in free(term) if isinstance(v, Var)), key=lambda v: v.name)
    evaluator = Evaluator(theory(), setting.model, [term])
    evaluator.equation(arrays)
    code, wrong, nonzero = evaluator.codes[0], [], 0
    for indices in product(*(setting.model.values(v) for v in variables)):
        environment = [0] * len(evaluator.slots)
        at = {}
        for v, index in zip(variables, indices, strict=True):
            environment[evaluator.slot(v)] = index
            at[v] = setting.world.sorts[v.sort.name][index]
        got, expected = code(environment), setting.world.scalar(term, at)
        got = got.as_expr() if hasattr(got, "as_expr") else got
        nonzero += expected != 0
        if expand(got - expected) != 0:
            wrong.append(at)
    return wrong, nonzero


def test_the_sides_and_the_lines_of_a_derivation():
    derivation = gcalc.laws()["eq2"].derivation
    outer = list(sides(derivation, lines=False))
    assert outer == [derivation.statement.left, derivation.statement.right]
    every = list(sides(derivation, lines=True))
    assert (every[0], every[-1]) == tuple(outer)
    assert len(every) == len(derivation.lines) + 1


def test_the_subset_symbol_is_the_theorys():
    assert isinstance(U, Subset)
    assert u.sort == G
