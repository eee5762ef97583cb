"""What is written determines the term: two terms that are not the same up to bound names are not written alike."""

from __future__ import annotations

from random import Random

import pytest

from gcalc.kernel import terms as t
from gcalc.kernel.terms import App, Big, Fun, Lam, Num, Op, Sort, Var, canonical
from gcalc.render.latex import latex
from gcalc.render.mathml import mathml
from gcalc.render.text import text

from .terms import CLAIMS, neighbours, terms

WRITERS = {"text": text, "latex": latex, "mathml": mathml}
EACH = 25
"""Neighbours of a line that are drawn, at most."""


@pytest.fixture(scope="module")
def families():
    """For every claim its terms and, drawn from them, their neighbours; each with its canonical form."""
    random, found = Random(0), []
    for _, claim in CLAIMS:
        lines = list(dict.fromkeys(terms(claim)))
        near = {}
        for line in random.sample(lines, min(3, len(lines))):
            all_near = list(neighbours(line))
            near |= dict.fromkeys(random.sample(all_near, min(EACH, len(all_near))))
        found.append([(term, canonical(term)) for term in dict.fromkeys([*lines, *near])])
    return found


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_alike_is_the_same(name, families):
    write, pairs = WRITERS[name], 0
    for family in families:
        meant = {}
        for term, form in family:
            written = write(term)
            assert meant.setdefault(written, form) == form, written
            pairs += 1
    assert pairs > 2000


def test_the_families_have_what_must_be_told_apart(families):
    """So that the test above can fail: most neighbours are not the same as their line."""
    kinds = sum(len({form for _, form in family}) for family in families)
    assert kinds > 2000


G, J = Sort("G", "group"), Sort("J", "index")
H = Sort("H", "subgroup", G)
g, h, j, i = Var("g", G), Var("h", G), Var("j", J), Var("i", J)
f, psi, F = Fun("f", (G,)), Fun("psi", (G,)), Fun("F", (J, G))
star = lambda a: Op("involution", (a,))  # noqa: E731
correlate = lambda a, b: Op("correlate", (a, b))  # noqa: E731
move = lambda u, a: Op("left_translate", (u, a))  # noqa: E731

PAIRS = {
    "product": (f(g * (h * g)), f((g * h) * g)),
    "inverse": (f((g * h) ** -1), f(g * h**-1)),
    "sum and product": ((f(g) + f(h)) * f(g), f(g) + f(h) * f(g)),
    "brackets of a product": (f(g) * (f(h) * f(g)), f(g) * f(h) * f(g)),
    "reach of a sum": (Big("sum", h, f(h)) * f(g), Big("sum", h, f(h) * f(g))),
    "reach in the middle": ((f(g) * Big("sum", h, f(h))) * f(g), f(g) * Big("sum", h, f(h) * f(g))),
    "sum of sums": (Big("sum", h, f(h)) + f(g), Big("sum", h, f(h) + f(g))),
    "numbers": (Num(2) * Num(3), Num(23) * Num(1)),
    "signs": (f(g) + Num(-1), f(g) * Num(-1)),
    "star": (star(correlate(f, psi))(g), correlate(f, star(psi))(g)),
    "translate": (move(g, correlate(f, psi))(h), correlate(move(g, f), psi)(h)),
    "order of prefixes": (move(g, move(h, f))(g), move(g * h, f)(g)),
    "a function and its λ": (move(g, f)(h), move(g, Lam((h,), f(h)))(h)),
    "a place left open": (F(j, g), Lam((h,), F(j, h))(g)),
    "starred place": (star(Lam((h,), F(j, h)))(g), star(F)(j, g)),
    "open places": (move(g, Lam((j, h), F(j, h)))(i, g), move(g, F)(i, g)),
    "derivative": (t.Der(f, (g,), f(h) * f(g)), t.Der(f, (g,), f(h)) * f(g)),
    "derivative of a value": (t.Der(f, (g,), f(h)) * f(g), t.Der(f, (g,), Num(1) * f(h)) * f(g)),
    "unit": (f(t.One(G)), f(t.One(H))),
    "letters": (f(g * h), f(Var("gh", G))),
    "a variable like the unit": (f(t.One(G)), f(Var("e", G))),
    "guard": (
        Big("any", h, f(h), t.In(g**-1 * h, t.Subset("U", G))),
        Big("any", h, f(h), t.In(g * h, t.Subset("U", G))),
    ),
    "bound variable of a guard": (
        Big("any", h, f(g), t.In(g**-1 * (g * h), t.Subset("U", G))),
        Big("any", g, f(g), t.In(g**-1 * (g * h), t.Subset("U", G))),
    ),
    "sort of a bound variable": (Big("sum", h, Num(1)), Big("sum", Var("h", H), Num(1))),
    "channels": (Big("sum", j, Num(1)), Big("sum", Var("j", Sort("K", "index")), Num(1))),
    "renamed": (f(Var("h#1", G)), f(Var("h#2", G))),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("pair", PAIRS)
def test_a_pair_is_told_apart(pair, name):
    one, other = PAIRS[pair]
    assert not t.same(one, other)
    assert WRITERS[name](one) != WRITERS[name](other)


def test_terms_without_notation_are_refused():
    with pytest.raises(t.KernelError, match="no notation"):
        text(t.Term())
    with pytest.raises(t.KernelError, match="no notation"):
        text(App(f, (t.Element(),)))
