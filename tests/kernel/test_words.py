"""Free reduction and `relation` against SymPy's free groups, on seeded random words."""

from __future__ import annotations

from functools import reduce
from random import Random

import pytest
from sympy.combinatorics.free_groups import free_group

from gcalc.kernel.terms import Inv, KernelError, Mul, One, Var
from gcalc.kernel.words import reduced, relation

from .symbols import G, H, X, g, h, j, m, r, s, u, x, y

FREE, *GENERATORS = free_group("g h m u s")
OF = dict(zip((g, h, m, u, s), GENERATORS, strict=True))
SEEDS = range(200)


def random_word(random, letters=(g, h, m, u, s), depth=4):
    """A random bracketing of variables, units, inverses and products."""
    kind = random.choice(("var", "inverse", "product", "product", "product")) if depth else "var"
    if kind == "inverse":
        return Inv(random_word(random, letters, depth - 1))
    if kind == "product":
        return Mul(random_word(random, letters, depth - 1), random_word(random, letters, depth - 1))
    return One(G) if random.random() < 0.15 else random.choice(letters)


def in_sympy(word):
    """The same word in SymPy's free group."""
    match word:
        case Var():
            return OF[word]
        case One():
            return FREE.identity
        case Inv(arg):
            return in_sympy(arg) ** -1
        case Mul(left, right):
            return in_sympy(left) * in_sympy(right)
    raise AssertionError(word)


def back(word):
    """SymPy's word as a term."""
    letters = [
        v if sign > 0 else v**-1 for symbol, power in word.array_form for v, sign in spell(symbol, power)
    ]
    return reduce(Mul, letters, One(G))


def spell(symbol, power):
    variable = next(v for v, generator in OF.items() if str(generator) == str(symbol))
    return [(variable, power)] * abs(power)


def rebracketed(random, word):
    """Another way to write a word: a pair of inverse letters somewhere, brackets anew."""
    letters = list(reduced(word))
    terms = [v if sign > 0 else v**-1 for v, _, sign in letters]
    at, extra = random.randint(0, len(terms)), random_word(random, depth=2)
    terms[at:at] = [extra, extra**-1]
    while len(terms) > 1:
        i = random.randrange(len(terms) - 1)
        terms[i : i + 2] = [terms[i] * terms[i + 1]]
    return terms[0]


def conjugate(one, other):
    """Whether two words are conjugate or one is to the inverse of the other: what `relation` must decide."""
    forms = {w.identity_cyclic_reduction() for w in (other, other**-1)}
    return any(one.identity_cyclic_reduction().is_cyclic_conjugate(form) for form in forms)


@pytest.mark.parametrize("seed", SEEDS)
def test_reduction_is_that_of_the_free_group(seed):
    random = Random(seed)
    one, other = random_word(random), random_word(random)
    assert [(v.name, sign) for v, _, sign in reduced(one)] == letters_of(in_sympy(one))
    assert (reduced(one) == reduced(other)) == (in_sympy(one) == in_sympy(other))
    assert reduced(one) == reduced(rebracketed(random, one)) == reduced(back(in_sympy(one)))


def letters_of(word):
    return [
        (str(symbol), 1 if power > 0 else -1) for symbol, power in word.array_form for _ in range(abs(power))
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_two_equations_are_one_if_their_words_are_conjugate(seed):
    random = Random(seed)
    letters = (g, h)
    a, b, c, d = (random_word(random, letters, 2) for _ in range(4))
    k = random_word(random, letters, 2)
    one, other = in_sympy(a) ** -1 * in_sympy(b), in_sympy(c) ** -1 * in_sympy(d)
    assert (relation(a, b) == relation(c, d)) == conjugate(one, other)
    assert relation(a, b) == relation(b, a) == relation(k * a, k * b) == relation(a * k, b * k)
    assert relation(a, b) == relation(a**-1 * b, One(G)) == relation(a**-1, b**-1)


@pytest.mark.parametrize("seed", SEEDS)
def test_on_points_only_what_stands_before_them_moves(seed):
    random = Random(seed)
    a, b, c, d, k = (random_word(random, (g, h), 2) for _ in range(5))
    one, other = in_sympy(a) ** -1 * in_sympy(b), in_sympy(c) ** -1 * in_sympy(d)
    assert relation(a * x, b * y) == relation(k * (a * x), k * b * y) == relation(b * y, a * x)
    assert (relation(a * x, b * y) == relation(c * x, d * y)) == (one == other)
    assert (relation(a * x, b * x) == relation(c * x, d * x)) == (one in (other, other**-1))
    assert reduced(a * (b * x)) == (*reduced(a * b), (x, (), 1))


def test_a_point_never_cancels():
    assert relation(g * x, h * x) != relation(g, h)
    assert relation(g * x, h * x) != relation(g * y, h * y)
    assert relation(g * x, x) != relation(One(G), One(G))


def test_different_group_words_are_not_cancelled_under_points():
    """G⁻¹h x = x and the conjugate u⁻¹g⁻¹h u x = x say different things."""
    assert relation(g * x, h * x) != relation(g * u * x, h * u * x)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_automorphism_is_a_homomorphism(seed):
    random = Random(seed)
    a, b = random_word(random), random_word(random)
    a, b = (lift(word) for word in (a, b))
    assert reduced(r(a * b)) == reduced(r(a) * r(b))
    assert reduced(r(a**-1)) == reduced(r(a) ** -1)
    assert reduced((r**-1)(r(a))) == reduced(a) == reduced(r((r**-1)(a)))
    assert reduced((r**-1)(r(r(a)))) == reduced(r(a))
    assert (reduced(r(a)) == reduced(r(b))) == (reduced(a) == reduced(b))
    assert (reduced(r(a)) == reduced(a)) == (reduced(a) == ())


def lift(word):
    """The word with s, of a subgroup on which r need not act, replaced by u."""
    match word:
        case Var():
            return u if word == s else word
        case Inv(arg):
            return Inv(lift(arg))
        case Mul(left, right):
            return Mul(lift(left), lift(right))
    return word


def test_two_automorphisms_do_not_commute():
    q = type(r)("q", G)
    assert reduced(r(q(g))) != reduced(q(r(g)))
    assert reduced((q**-1)((r**-1)(r(q(g))))) == reduced(g)
    assert reduced((r**-1)((q**-1)(r(q(g))))) != reduced(g)


@pytest.mark.parametrize(
    "wrong", [x * g, Inv(x), g * j, j * g, One(X), One(j.sort), r(s), r(x), x * x, Inv(g * x)]
)
def test_a_word_must_be_well_sorted(wrong):
    with pytest.raises(KernelError):
        reduced(wrong)


def test_a_subgroup_s_words_are_the_group_s():
    assert reduced(s * s**-1 * g) == reduced(g)
    assert relation(s * g, g) == relation(s, One(H))
