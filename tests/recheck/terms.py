"""Random terms, and ways to write one differently, some of which keep its value and some of which do not."""

from __future__ import annotations

import random
from dataclasses import replace

from gcalc.proofs.definitions import G, H, J, K, U, X

from gcalc.kernel.sorts import sort_of
from gcalc.kernel.terms import (
    Add,
    App,
    Aut,
    Big,
    Delta,
    Der,
    Element,
    Fun,
    Hom,
    In,
    Inv,
    KernelError,
    Lam,
    Mul,
    Num,
    One,
    Op,
    Sort,
    Times,
    Val,
    Var,
    binders,
    children,
    substitute,
    with_children,
)

T = Sort("T", "subgroup", G)
N = Sort("N", "group", finite=False)
r = Aut("r", G)
POOL = {
    G: [Var(n, G) for n in "ghu"],
    X: [Var(n, X) for n in "xy"],
    H: [Var(n, H) for n in "st"],
    T: [Var(n, T) for n in "z"],
    J: [Var(n, J) for n in "ji"],
    K: [Var(n, K) for n in "kl"],
    N: [Var(n, N) for n in "nmo"],
}
FUNCTIONS = [
    *(Fun("a", (G,)), Fun("b", (G,)), Fun("c", (X,)), Fun("f", (J, X)), Fun("D", (K, G))),
    *(Fun("psi", (K, J, X)), Fun("q", (H,)), Fun("m", (G, X)), Fun("n", (J, J))),
    Fun("w", (T,)),
]
ON_GROUP = Fun("F", (J, G))


class Terms:
    """Well-sorted terms from a seeded source; binders take names from a short list, so that they hide one another."""

    group = G

    def __init__(self, seed):
        self.random = random.Random(seed)

    def element(self, sort, size):
        """An element of a sort."""
        pick, choice = self.random.random, self.random.choice
        if sort.kind == "index" or size <= 0 or pick() < 0.25:
            subgroups = [*POOL[H], *POOL[T]] if sort == G and pick() < 0.3 else POOL[sort]
            return One(sort) if sort.has_inverses and pick() < 0.06 else choice(subgroups)
        if sort.kind == "set":
            return Mul(self.element(choice((G, G, H)), size - 1), self.element(X, size - 1))
        kind = pick()
        if kind < 0.3:
            return Inv(self.element(sort, size - 1))
        if kind < 0.38 and sort == G:
            arg = self.element(G, size - 1)
            return Hom(choice((r, r**-1)), arg) if sort_of(arg) == G else arg
        return Mul(self.element(sort, size - 1), self.element(sort, size - 1))

    def function(self, sorts, size):
        """A function of these sorts: a symbol, a λ, or an operator."""
        symbols = [f for f in (*FUNCTIONS, ON_GROUP) if f.arguments == sorts]
        kind = self.random.random()
        if sorts[-1] in (G, X) and len(sorts) <= 2 and kind < 0.3 and symbols and size > 0:
            f, point = self.function(sorts, size - 1), self.element(G, 1)
            return Op("left_translate", (point, f))
        if symbols and kind < 0.85:
            return self.random.choice(symbols)
        variables = tuple(self.random.choice(POOL[s]) for s in sorts)
        if len(set(variables)) < len(variables):
            return symbols[0] if symbols else Lam(tuple(POOL[s][i % 2] for i, s in enumerate(sorts)), Num(2))
        return Lam(variables, self.scalar(size - 1))

    def application(self, size):
        """A function, or an operator, applied."""
        kind = self.random.random()
        if kind < 0.75 or size <= 0:
            f = self.random.choice(FUNCTIONS)
            return App(f, tuple(self.element(s, 2) for s in f.arguments))
        if kind < 0.82:
            f = self.function((J, X), size - 1)
            return App(Op("correlate", (f, FUNCTIONS[5])), (self.element(K, 0), self.element(G, 1)))
        if kind < 0.88:
            a, b = self.function((G,), size - 1), self.function((G,), size - 1)
            return App(Op("convolve", (a, b)), (self.element(G, 1),))
        if kind < 0.92:
            return App(Op("pool", (ON_GROUP, U)), (self.element(J, 0), self.element(G, 1)))
        if kind < 0.96:
            return App(
                Op("phi", (self.function((J, X), size - 1),)), (self.element(K, 0), self.element(G, 1))
            )
        f = self.function(self.random.choice([(G,), (X,), (J, X)]), size - 1)
        sorts = f.arguments if isinstance(f, Fun) else None
        if sorts is None:
            return self.application(0)
        return App(f, tuple(self.element(s, 1) for s in sorts))

    def scalar(self, size):
        """A scalar."""
        kind, choice = self.random.random(), self.random.choice
        if size <= 0:
            return Num(choice((0, 1, 2, -1))) if kind < 0.08 else self.application(0)
        if kind < 0.36:
            return self.big(size)
        if kind < 0.62:
            return Times(self.scalar(size - 1), self.scalar(size - 2))
        if kind < 0.70:
            return Add(self.scalar(size - 1), self.scalar(size - 2))
        if kind < 0.80:
            sort = choice((G, G, X, X, J, H))
            return Delta(self.element(sort, 2), self.element(sort, 2))
        if kind < 0.83:
            return Val("phi", self.scalar(size - 1))
        if kind < 0.87:
            f = choice(FUNCTIONS[:4])
            return Der(f, tuple(self.element(s, 1) for s in f.arguments), self.scalar(size - 1))
        return self.application(size)

    def big(self, size):
        """A big operator, mostly a sum; over a δ now and then."""
        v = self.random.choice(POOL[self.random.choice((G, G, X, X, H, T, J, K))])
        body, guard = self.scalar(size - 1), None
        if size > 2 and self.random.random() < 0.2:
            body = Big(self.random.choice(("max", "any")), *self.over_two(v))
        if self.random.random() < 0.3:
            body = Times(Delta(v, self.element(v.sort, 2)), body)
        if v.sort == G and self.random.random() < 0.2:
            guard = In(Mul(self.element(G, 1), v), U)
        return Big(self.random.choice(("sum", "sum", "sum", "sum", "max", "any")), v, body, guard)

    def over_two(self, v):
        """A variable and a body that depends on it and on v."""
        w = self.random.choice(POOL[self.random.choice((G, X, H))])
        return w, Times(self.value_at(v), self.value_at(w)) + self.value_at(w)

    def value_at(self, v):
        """A function at an element that may be the variable."""
        f = self.random.choice([f for f in FUNCTIONS if v.sort in f.arguments])
        return App(f, tuple(v if s == v.sort else self.element(s, 1) for s in f.arguments))

    # ---- other forms

    def other(self, term, times):
        """The term rewritten at some random places."""
        for _ in range(times):
            term = self._somewhere(term, 0.75)
        return term

    def _somewhere(self, term, deeper):
        below = children(term)
        if below and self.random.random() < deeper:
            i = self.random.randrange(len(below))
            new = self._somewhere(below[i], deeper)
            return with_children(term, (*below[:i], new, *below[i + 1 :]))
        way = self.random.choice(WAYS)
        try:
            return way(self, term)
        except (KernelError, TypeError, AttributeError, ValueError, IndexError):
            return term

    def _bijection(self, v):
        a = self.element(self.random.choice((v.sort, v.sort, G)), 1) if v.sort.has_inverses else None
        if v.sort.kind == "set":
            return Mul(self.element(G, 1), v)
        if a is None:
            return v
        return self.random.choice([Mul(a, v), Mul(v, a), Inv(v), Hom(r, v) if v.sort == G else Inv(v)])


def reindex(terms, term):
    """By a translation, which may hold the variable itself, or leave the subgroup; by inversion; by r."""
    image = {term.variable: terms._bijection(term.variable)}
    guard = term.guard and substitute(term.guard, image)
    return replace(term, body=substitute(term.body, image), guard=guard)


def exchange(terms, term):
    """Two big operators, whatever they are."""
    inner = term.body
    return replace(inner, body=replace(term, body=inner.body))


def commute(terms, term):
    """Two factors, terms, sides; or, wrongly, group elements."""
    if isinstance(term, Mul) and terms.random.random() < 0.7:
        return term
    return replace(term, left=term.right, right=term.left)


def associate(terms, term):
    """(a b) c = a (b c)."""
    left = term.left
    return replace(left, left=left.left, right=replace(term, left=left.right))


def insert(terms, term):
    """F(a) = Σ_v δ(v, a) F(v), for an argument; v may be captured."""
    place = terms.random.randrange(len(term.arguments))
    a = term.arguments[place]
    v = terms.random.choice(POOL[sort_of(a)])
    moved = replace(term, arguments=(*term.arguments[:place], v, *term.arguments[place + 1 :]))
    return Big("sum", v, Times(Delta(v, a), moved))


def contract(terms, term):
    """Σ_v δ(v, a) F(v) = F(a), even below a guard or out of a subgroup."""
    return substitute(term.body.right, {term.body.left.left: term.body.left.right})


def word(terms, term):
    """A = b b⁻¹ a, or, wrongly, b a."""
    b = terms.element(terms.group, 0)
    if not (isinstance(term, Element) and sort_of(term).kind != "index"):
        return term
    return Mul(b, Mul(Inv(b), term)) if terms.random.random() < 0.8 else Mul(b, term)


def flatten(terms, term):
    """a⁻¹⁻¹ = a, (a b)⁻¹ = b⁻¹ a⁻¹, r(a b) = r(a) r(b), a⁻¹(a b) = b."""
    match term:
        case Inv(Inv(a)) | Mul(One(), a) | Mul(a, One()) | Mul(Inv(_), Mul(_, a)):
            return a
        case Inv(Mul(a, b)):
            return Mul(Inv(b), Inv(a))
        case Hom(s, Mul(a, b)):
            return Mul(Hom(s, a), Hom(s, b))
    return term


def both_sides(terms, term):
    """δ(a, b) = δ(c a, c b); wrongly δ(g x, h x) = δ(g, h)."""
    match term:
        case Delta(Mul(g, _), Mul(h, _)) if terms.random.random() < 0.5 and sort_of(g) == sort_of(h):
            return Delta(g, h)
        case Delta(a, b) if sort_of(a).kind != "index":
            c = terms.element(terms.group, 1)
            return Delta(Mul(c, a), Mul(c, b))
    return term


def distribute(terms, term):
    """A (b + c) = a b + a c, Σ (F + G), c Σ F = Σ c F, which may capture."""
    match term:
        case Times(a, Add(b, c)):
            return Add(Times(a, b), Times(a, c))
        case Times(a, Big() as big):
            return replace(big, body=Times(a, big.body))
        case Big(_, _, Add(b, c)):
            return Add(replace(term, body=b), replace(term, body=c))
        case Big(_, _, Times(a, b)):
            return Times(a, replace(term, body=b))
    return term


def split(terms, term):
    """Σ_g F(g) as the double sum over T and H, as if that were always so."""
    z, s = POOL[T][0], POOL[H][terms.random.randrange(2)]
    if term.variable.sort != G:
        return term
    body = substitute(term.body, {term.variable: Mul(z, s)})
    guard = term.guard and substitute(term.guard, {term.variable: Mul(z, s)})
    return Big(term.op, z, Big(term.op, s, body, guard))


def rename(terms, term):
    """A bound variable; or, wrongly, a free one."""
    if isinstance(term, Var):
        return terms.random.choice(POOL[term.sort]) if terms.random.random() < 0.3 else term
    v = terms.random.choice(POOL[binders(term)[0].sort])
    old = binders(term)[0]
    guard = term.guard and substitute(term.guard, {old: v})
    return replace(term, variable=v, body=substitute(term.body, {old: v}), guard=guard)


def abstract(terms, term):
    """F(a) = (λv. F(v))(a)."""
    f, v = term.function, tuple(Var(f"v{i}", sort_of(a)) for i, a in enumerate(term.arguments))
    return App(Lam(v, App(f, v)), term.arguments)


def unguarded(terms, term):
    """Without its guard, which is wrong."""
    return replace(term, guard=None)


WAYS = (
    *(reindex, reindex, reindex, exchange, commute, commute, associate, insert, insert, contract, word, word),
    *(flatten, both_sides, both_sides, distribute, distribute, split, rename, abstract, unguarded),
)
