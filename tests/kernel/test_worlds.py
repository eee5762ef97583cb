"""The fuzzer's models are models, and the interesting ones are among them."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
import sympy

from gcalc.kernel.terms import Delta, Der, Num

from .redexes import FUNCTIONS, VARIABLES, G, X, a, b, d, g, h, r, u, x
from .symbols import op, total
from .worlds import GENERATORS, World, table

WORLDS = [World(Random(seed), FUNCTIONS) for seed in range(40)]


@pytest.mark.parametrize("name", GENERATORS)
def test_the_groups_are_groups(name):
    rows, inverses, subgroups = table(name)
    for p, q, s in product(range(len(rows)), repeat=3):
        assert rows[rows[p][q]][s] == rows[p][rows[q][s]]
    assert all(rows[0][p] == p == rows[p][0] and rows[p][inverses[p]] == 0 for p in range(len(rows)))
    assert all({rows[p][q] for p, q in product(part, repeat=2)} == {*part} for part in subgroups)


@pytest.mark.parametrize("world", WORLDS)
def test_a_world_interprets_every_symbol(world):
    rows, act = world.rows["G"], world.rows["X"]
    order, points = len(rows), len(act[0])
    for p, q, point in product(range(order), range(order), range(points)):
        assert act[rows[p][q]][point] == act[p][act[q][point]]
        assert world.moved[1][rows[p][q]] == rows[world.moved[1][p]][world.moved[1][q]]
        assert world.moved[-1][world.moved[1][p]] == p
    assert act[0] == [*range(points)]
    assert sorted(rows[z][s] for z, s in product(world.sorts["N"], world.sorts["H"])) == [*range(order)]
    assert world.subset


def test_stabilizers_and_groups_that_do_not_commute_are_among_the_worlds():
    def commutes(w):
        return all(w.rows["G"][p][q] == w.rows["G"][q][p] for p, q in product(w.sorts["G"], repeat=2))

    def is_free(w):
        return all(row[p] != p for row in w.rows["X"][1:] for p in w.sorts["X"])

    def is_transitive(w):
        return {row[0] for row in w.rows["X"]} == {*w.sorts["X"]}

    def central(w):
        return w.moved[1] == [*w.sorts["G"]]

    for property_of in (commutes, is_free, is_transitive, central):
        assert {property_of(world) for world in WORLDS} == {True, False}
    assert any(
        not commutes(w) and not is_free(w) and 1 < len(w.sorts["H"]) < len(w.sorts["G"]) for w in WORLDS
    )


@pytest.mark.parametrize("seed", range(20))
def test_terms_have_the_values_that_they_must(seed):
    random, world = Random(seed), WORLDS[seed]
    env = world.environment(random, [*VARIABLES[G], *VARIABLES[X]])
    rows, moved = world.rows["G"], world.rows["X"]
    assert world.of(g * h**-1, env) == rows[env[g]][world.inverses[env[h]]]
    assert world.of(d(g * x), env) == env[d][(moved[env[g]][env[x]],)]
    assert world.of(r(g), env) == world.moved[1][env[g]]
    assert world.of(total(x, d(x)), env) == sum(env[d].values()) == world.of(op("total", d)(), env)
    assert world.of(op("shift", u, a)(g), env) == env[a][(rows[world.inverses[env[u]]][env[g]],)]
    assert world.of(total(h, Delta(h, g) * a(h)), env) == env[a][(env[g],)]


@pytest.mark.parametrize("seed", range(20))
def test_a_derivative_is_that_of_sympy(seed):
    random, world = Random(seed), WORLDS[seed]
    env = world.environment(random, VARIABLES[G])
    cubic = a(g) * (a(h) * a(u)) + Num(3) * (a(g) * a(g)) + b(g) * a(h) + total(h, a(h) * a(h * u))
    symbols = {point: sympy.Symbol(f"a{point[0]}") for point in env[a]}
    polynomial = sympy.expand(world.of(cubic, env | {a: symbols}))
    values = {symbols[point]: value for point, value in env[a].items()}
    expected = sympy.diff(polynomial, symbols[(env[g],)]).subs(values)
    assert world.of(Der(a, (g,), cubic), env) == expected
    second = sympy.diff(polynomial, symbols[(env[g],)], symbols[(env[h],)]).subs(values)
    assert world.of(Der(a, (h,), Der(a, (g,), cubic)), env) == second
