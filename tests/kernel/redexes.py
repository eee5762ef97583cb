"""Random terms, and for every rule random places to use it: mostly rightly, often against a side condition."""

from __future__ import annotations

from gcalc.kernel.terms import (
    Aut,
    Big,
    Delta,
    Der,
    Fun,
    In,
    Inv,
    Lam,
    Mul,
    Num,
    One,
    Op,
    Sort,
    Subset,
    Val,
    Var,
)

G, J, K = Sort("G", "group"), Sort("J", "index"), Sort("K", "index")
H, N, X = Sort("H", "subgroup", G), Sort("N", "subgroup", G), Sort("X", "set", G)
T = Sort("T", "group", finite=False)
VARIABLES = {
    G: tuple(Var(name, G) for name in ("g", "h", "u", "h#1")),
    H: (Var("s", H), Var("t", H)),
    N: (Var("z", N), Var("n", N)),
    X: (Var("x", X), Var("y", X), Var("w", X)),
    J: (Var("i", J), Var("j", J)),
    K: (Var("k", K), Var("l", K)),
    T: (Var("p", T), Var("v", T)),
}
g, h, u, _ = VARIABLES[G]
x, y, _ = VARIABLES[X]
r, U = Aut("r", G), Subset("U", G)
a, b, d, f = Fun("a", (G,)), Fun("b", (G,)), Fun("d", (X,)), Fun("f", (J, X))
e, q = Fun("e", (H,)), Fun("q", (T,))
FUNCTIONS = (a, b, d, f, e, q)
SORTS = (G, G, G, H, N, X, X, J, K, T)


class Redexes:
    """Draws terms; a method named as a rule draws (term, path in it, arguments)."""

    def __init__(self, random):
        self.random, self.choice = random, random.choice

    def maybe(self, probability):
        return self.random.random() < probability

    # ---- elements, functions, scalars

    def element(self, sort, depth=2):
        """An element of the sort, or for a group also of its subgroups."""
        if depth == 0 or sort.kind == "index" or self.maybe(0.3):
            within = (H, N) if sort == G and self.maybe(0.25) else (sort,)
            return self.choice(VARIABLES[self.choice(within)])
        if sort == X:
            return Mul(self.element(G, depth - 1), self.element(X, depth - 1))
        kind = self.choice(("one", "inverse", "product", "product", "hom"))
        if kind == "hom" and sort == G:
            letter = self.choice((*VARIABLES[G], Mul(g, h)))
            return self.choice((r, r**-1))(letter)
        if kind == "one":
            return One(sort)
        parts = [self.element(sort, depth - 1) for _ in range(2)]
        return Inv(parts[0]) if kind == "inverse" else Mul(*parts)

    def variable(self):
        return self.choice(VARIABLES[self.choice(SORTS)])

    def function(self, sort, depth=1):
        """A function on the sort G, X, H or T."""
        plain = [fun for fun in FUNCTIONS if fun.arguments == (sort,)]
        kind = self.choice(("plain", "plain", "lambda", "operator")) if depth else "plain"
        if kind == "lambda":
            return Lam((self.choice(VARIABLES[sort]),), self.scalar(depth - 1))
        if kind == "operator" and sort in (G, X):
            if sort == X or self.maybe(0.4):
                return Op("shift", (self.element(G, 1), self.function(sort, depth - 1)))
            return Op(self.choice(("square", "opaque")), (self.function(G, depth - 1),))
        return self.choice(plain)

    def value(self, depth=1):
        """A value of a function."""
        sort = self.choice((G, G, X, X, H, T, J))
        if sort == J:
            return f(self.element(J), self.element(X, depth))
        return self.function(sort, depth)(self.element(sort, depth))

    def scalar(self, depth=2):
        """Any scalar."""
        kind = self.choice(
            ("value", "value", "sum", "product", "delta", "number", "big", "map", "derivative")
        )
        if depth == 0 or kind == "value":
            return self.value(depth)
        if kind in ("sum", "product"):
            one, other = self.scalar(depth - 1), self.scalar(depth - 1)
            return one + other if kind == "sum" else one * other
        if kind == "delta":
            sort = self.choice(SORTS)
            return Delta(self.element(sort), self.element(sort))
        if kind == "big":
            return self.big(depth - 1)
        if kind == "map":
            return Val("phi", self.scalar(depth - 1))
        if kind == "derivative":
            return Der(a, (self.element(G, 1),), self.polynomial(depth))
        return Num(self.random.randint(-2, 3))

    def polynomial(self, depth=2):
        """A scalar that can be differentiated by a, mostly."""
        value = a(self.element(G, 1))
        return self.choice(
            (value, value * self.scalar(depth - 1), value * value + value, self.scalar(depth - 1))
        )

    def guard(self, variable, probability=0.3):
        """Nothing, or a guard on the variable: a bijective image of it, or its square."""
        if variable.sort not in (G, H, N) or not self.maybe(probability):
            return None
        other = self.element(G, 1)
        return In(self.choice((variable, other * variable, variable * other, variable * variable)), U)

    def big(self, depth=1, op=None, variable=None, body=None):
        """⊕ of a body, which mostly depends on the variable."""
        variable = variable or self.variable()
        body = body or self.depending(variable, depth)
        return Big(op or self.choice(("sum", "sum", "max", "any")), variable, body, self.guard(variable))

    def depending(self, v, depth=1):
        """A scalar in which the variable occurs."""
        if v.sort == G:
            other = self.element(G, 1)
            value = self.choice((a, b, self.function(G)))(self.choice((v, v * other, other * v, v**-1)))
        elif v.sort == X:
            value = d(self.choice((v, self.element(G, 1) * v)))
        elif v.sort == J:
            value = f(v, self.element(X, 1))
        elif v.sort == K:
            value = Delta(v, self.element(K)) + Num(1)
        else:
            value = {H: self.choice((e, a)), N: b, T: q}[v.sort](
                self.choice((v, v * self.element(v.sort, 1)))
            )
        return (
            value
            if depth == 0 or self.maybe(0.4)
            else self.choice((value * self.scalar(0), value + self.scalar(0)))
        )

    def wrapped(self, term, path, times):
        """The term somewhere inside another one."""
        for _ in range(times):
            v, side = self.variable(), self.scalar(0)
            on_g, on_x = self.choice(VARIABLES[G]), self.choice(VARIABLES[X])
            name = self.choice(("square", "opaque"))
            at = self.element(G, 1)
            term, down = self.choice(
                [
                    (term + side, (0,)),
                    (side * term, (1,)),
                    (Big(self.choice(("sum", "max", "any")), v, term, self.guard(v)), (0,)),
                    (Big("sum", self.choice((u, x)), term), (0,)),
                    (Lam((v,), term)(self.element(v.sort, 1)), (0, 0)),
                    (Op(name, (Lam((on_g,), term),))(at), (0, 0, 0)),
                    (Op("total", (Lam((on_x,), term),))(), (0, 0, 0)),
                    (Val("phi", term), (0,)),
                    (Der(self.choice((a, b)), (at,), term), (1,)),
                ]
            )
            path = (*down, *path)
        return term, path

    # ---- one method a rule

    def unfold(self):
        on = self.choice((G, X))
        shift = Op("shift", (self.element(G), self.function(on)))(self.element(on))
        square = Op("square", (self.function(G),))(self.element(G))
        total = Op("total", (self.function(on),))()
        return self.choice((shift, square, total, self.value())), (), ()

    def beta(self):
        variables = tuple({v.sort: v for v in (self.variable(), self.variable())}.values())
        body = self.choice(
            (self.depending(variables[0]), self.big(body=self.depending(variables[0])), self.scalar())
        )
        arguments = tuple(self.element(v.sort) for v in variables)
        return self.choice((Lam(variables, body)(*arguments),) * 4 + (self.value(),)), (), ()

    def eta(self):
        sort = self.choice((G, X, H))
        v = self.choice(VARIABLES[sort])
        function = self.choice((self.function(G if sort == H else sort), Lam((v,), self.depending(v))))
        lam = Lam((v,), function(self.choice((v, v, v, self.element(sort)))))
        return self.choice(((Op("total", (lam,))(), (0, 0), ()), (lam(self.element(sort)), (0,), ())))

    def same_word(self, element):
        """Another way to write an element, or an element that may be another."""
        extra = self.element(G)
        cancelled = [extra**-1 * (extra * element), extra * extra**-1 * element, One(G) * element]
        if not self.is_point(element):
            cancelled += [
                element * extra * extra**-1,
                (element**-1) ** -1,
                r((r**-1)(element)),
                extra * element,
            ]
            cancelled.append(element.right * element.left if isinstance(element, Mul) else r(element))
        elif isinstance(element, Mul):
            cancelled += [element.right, extra * element]
        return self.choice((*cancelled, self.element(X if self.is_point(element) else G)))

    def is_point(self, element):
        return self.is_point(element.right) if isinstance(element, Mul) else element in VARIABLES[X]

    def word(self):
        sort = self.choice((G, X))
        one = self.element(sort)
        other = self.same_word(one)
        one, other = self.choice(((one, other), (other, one)))
        return {G: a, X: d}[sort](one), (1,), (other,)

    def reindex(self):
        v = self.choice((*VARIABLES[G], *VARIABLES[H], *VARIABLES[X], self.variable()))
        group = v.sort if v.sort in (H, N, T) and self.maybe(0.6) else G
        shifts = {
            "left": self.choice((self.element(group), v, v * g)),
            "right": self.choice((self.element(group), v)),
            "automorphism": self.choice((r, r**-1)),
            "inverse": None,
            "square": None,
        }
        kind = self.choice(("left", "left", "left", "right", "right", "inverse", "automorphism", "square"))
        return self.big(variable=v), (), (kind,) if shifts[kind] is None else (kind, shifts[kind])

    def exchange(self):
        v, w = self.variable(), self.variable()
        op = self.choice(("sum", "max", "any"))
        inner = self.choice((op, op, op, "sum"))
        body = self.choice(
            (self.depending(v, 0) * self.depending(w, 0), self.depending(v), self.depending(w))
        )
        return self.big(op=op, variable=v, body=self.big(op=inner, variable=w, body=body)), (), ()

    def factor(self):
        total = self.big(op=self.choice(("sum",) * 5 + ("max",)))
        side = self.choice((self.scalar(1), self.depending(total.variable)))
        return self.choice((side * total, total * side, side * side)), (), ()

    def additive(self):
        v = self.variable()
        body = self.choice((self.depending(v, 0) + self.scalar(1), self.depending(v, 0) + self.depending(v)))
        return self.big(op=self.choice(("sum",) * 4 + ("max",)), variable=v, body=body), (), ()

    def ring(self):
        one, two, three = (self.scalar(1) for _ in range(3))
        pairs = [
            (one * (two + three), one * two + three * one),
            (one + two, two + one),
            (one * Num(2) + Num(-1) * one, one + Num(0) * two),
            ((one + two) * (one + two), one * one + Num(2) * (one * two) + two * two),
            (one * two, one * three),
            (one * one, one),
        ]
        left, right = self.choice(pairs)
        return left, (), (right,)

    def kron(self):
        v = self.choice((*VARIABLES[G], *VARIABLES[X], self.variable()))
        bigger = G if v.sort in (H, N) and self.maybe(0.5) else v.sort
        solution = self.choice((self.element(bigger), self.element(bigger), v))
        total = self.big(op="sum", variable=v, body=Delta(v, solution) * self.depending(v))
        return self.choice((total, total, total, self.big(op="max", variable=v, body=total.body))), (), ()

    def delta(self):
        sort, by = self.choice((G, X)), self.element(G)
        one, other = self.element(sort), self.element(sort)
        if self.maybe(0.5):
            other = self.choice((by, g)) * (one.right if isinstance(one, Mul) and sort == X else one)
        options = [
            Delta(other, one),
            Delta(by * one, by * other),
            Delta(one, by * other),
            Delta(one, self.element(sort)),
        ]
        options.append(Delta(by**-1 * one, by**-1 * other))
        if sort == G:
            options += [
                Delta(one * by, other * by),
                Delta(one**-1, other**-1),
                Delta(one**-1 * other, One(G)),
            ]
            options.append(Delta(r(one), other))
        elif isinstance(one, Mul) and isinstance(other, Mul):
            options += [Delta(one.left, other.left), Delta(one.right, one.left**-1 * other)] * 2
        return Delta(one, other), (), (self.choice(options),)

    def delta_one(self):
        one = self.element(self.choice((G, X)))
        return Delta(one, self.same_word(one)), (), ()

    def split(self):
        v = self.choice((*VARIABLES[G], *VARIABLES[G], self.variable()))
        pair = self.choice(VARIABLES[N]), self.choice(VARIABLES[H])
        total = self.big(op=self.choice(("sum",) * 4 + ("max",)), variable=v)
        return total, (), self.choice((pair, pair, pair, pair[::-1]))

    def derivative(self):
        function, sort = self.choice(((a, G), (d, X)))
        value, at = function(self.element(sort)), self.element(sort)
        other = self.choice((self.value(0), self.scalar(0), value))
        v = self.choice(VARIABLES[self.choice((sort, J, T))])
        inner = function(v) if v.sort == sort else self.depending(v, 0)
        bodies = [value, value + other, value * other, other * value, Num(3), Delta(at, at), other]
        bodies += [
            self.big(op=op, variable=v, body=self.choice((inner, inner * other)))
            for op in ("sum", "sum", "max")
        ]
        return Der(function, (at,), self.choice(bodies)), (), ()

    def hypothesis(self):
        """Of `fuzz.HYPOTHESES`: at one point, along one element's orbits, for all functions."""
        point, function = self.element(X), self.function(G)
        term, name, instance = self.choice(
            [
                (d(x), "point", ()),
                (d(self.choice((x, y))), "point", ((x, y),) * self.random.randint(0, 1)),
                (d(u * point), "orbits", ((y, point),)),
                (d(u * point), "orbits", ((y, point),)),
                (d(g * y), "orbits", ((u, g),)),
                (d(u * y), "orbits", ()),
                (Big("sum", g, function(g)), "all", ((a, function),)),
                (Big("sum", g, a(g)), "all", ((a, self.choice((a, d))),)),
                (Big("sum", h, b(h)), "all", ((a, b),)),
            ]
        )
        return term, (), (name, instance)
