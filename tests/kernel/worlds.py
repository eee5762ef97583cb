"""Small finite models for the fuzzer: permutation groups, sets with stabilizers, and terms by recursion.

Nothing of gcalc is used but the classes of terms. An operation "any" is a ⊕ b = a + b + 1 or the minimum, a derivative
the exact one of a polynomial from its forward differences, and the operators are written out.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise, product

GENERATORS = {
    "C1": (),
    "C2": ((1, 0),),
    "C3": ((1, 2, 0),),
    "C4": ((1, 2, 3, 0),),
    "C2xC2": ((1, 0, 2, 3), (0, 1, 3, 2)),
    "S3": ((1, 2, 0), (1, 0, 2)),
    "D4": ((1, 2, 3, 0), (0, 3, 2, 1)),
}
NAMES = ("C1", "C2", "C3", "C4", "C2xC2", "S3", "S3", "S3", "D4")
ROOT = {"G": "G", "H": "G", "N": "G", "T": "T"}
DEGREE = 8


@cache
def table(name):
    """The multiplication table and inverses of a group, its unit first, and its subgroups."""
    generators = GENERATORS[name]
    size = len(generators[0]) if generators else 1
    elements = [tuple(range(size))]
    for element in elements:
        for generator in generators:
            image = tuple(element[i] for i in generator)
            if image not in elements:
                elements.append(image)
    index = {element: i for i, element in enumerate(elements)}
    rows = [[index[tuple(a[i] for i in b)] for b in elements] for a in elements]
    inverses = [row.index(0) for row in rows]
    subgroups = {closure(rows, pair) for pair in product(range(len(rows)), repeat=2)}
    return rows, inverses, sorted(subgroups)


def closure(rows, generators):
    """The subgroup that some elements generate."""
    found = [0]
    for element in found:
        found += [image for g in {*generators} if (image := rows[element][g]) not in found]
    return tuple(sorted(found))


class World:
    """One group with subgroups N, H such that G = N H, a set, channels, an automorphism, a subset, functions."""

    def __init__(self, random, functions):
        rows, self.inverses, subgroups = table(random.choice(NAMES))
        order = len(rows)
        pairs = [
            p for p in product(subgroups, repeat=2) if len({rows[z][s] for z, s in product(*p)}) == order
        ]
        pairs = [p for p in pairs if len(p[0]) * len(p[1]) == order]
        first, second = random.choice(pairs)
        stabilizers = [random.choice(subgroups) for _ in range(random.choice((1, 1, 2)))]
        cosets = [
            (n, coset)
            for n, stabilizer in enumerate(stabilizers)
            for coset in sorted({tuple(sorted(row[h] for h in stabilizer)) for row in rows})
        ]
        act = [[cosets.index((n, tuple(sorted(row[i] for i in c)))) for n, c in cosets] for row in rows]
        self.rows = {"G": rows, "T": rows, "X": act}
        self.sorts = {"G": range(order), "T": range(order), "H": second, "N": first, "X": range(len(cosets))}
        self.sorts |= {"J": range(random.choice((1, 2))), "K": range(2)}
        by = random.randrange(order)
        self.moved = {1: [rows[rows[by][x]][self.inverses[by]] for x in range(order)]}
        self.moved[-1] = [self.moved[1].index(x) for x in range(order)]
        self.subset = {*random.sample(range(order), random.randint(1, order))}
        self.any = random.choice((lambda values: sum(values) + len(values) - 1, min))
        self.functions = {f: self.filled(random, f) for f in functions}

    def filled(self, random, function):
        points = product(*(self.sorts[sort.name] for sort in function.arguments))
        return {point: random.randint(-2, 2) for point in points}

    def environment(self, random, variables):
        """Values for the free variables, and the functions' tables."""
        return self.functions | {v: random.choice(self.sorts[v.sort.name]) for v in variables}

    def of(self, term, env):
        """The value of an element or a scalar."""
        return getattr(self, type(term).__name__)(term, env)

    # ---- elements

    def Var(self, term, env):
        return env[term]

    def One(self, term, env):
        return 0

    def Inv(self, term, env):
        return self.inverses[self.of(term.arg, env)]

    def Hom(self, term, env):
        return self.moved[term.aut.power][self.of(term.arg, env)]

    def Mul(self, term, env):
        last = term
        while not hasattr(last, "sort"):
            last = getattr(last, "right", None) or getattr(last, "arg", None)
        return self.rows[ROOT.get(last.sort.name, "X")][self.of(term.left, env)][self.of(term.right, env)]

    # ---- scalars

    def Num(self, term, env):
        return term.value

    def Add(self, term, env):
        return self.of(term.left, env) + self.of(term.right, env)

    def Times(self, term, env):
        return self.of(term.left, env) * self.of(term.right, env)

    def Delta(self, term, env):
        return int(self.of(term.left, env) == self.of(term.right, env))

    def Val(self, term, env):
        return int(self.of(term.arg, env) % 3 == 0)

    def App(self, term, env):
        return self.function(term.function, env)(*[self.of(x, env) for x in term.arguments])

    def Big(self, term, env):
        values = []
        for value in self.sorts[term.variable.sort.name]:
            inner = {**env, term.variable: value}
            if term.guard is None or self.of(term.guard.element, inner) in self.subset:
                values.append(self.of(term.body, inner))
        reduce = {"sum": sum, "max": max, "any": self.any}[term.op]
        return reduce(values) if values else 0

    def Der(self, term, env):
        """P'(0) = Σ_{k ≥ 1} (-1)^(k-1) Δ^k p(0) / k, for p(t) the body with t added to the function at the point."""
        at, values = tuple(self.of(x, env) for x in term.at), env[term.function]
        row = [
            self.of(term.body, {**env, term.function: {**values, at: values[at] + t}})
            for t in range(DEGREE + 2)
        ]
        total = Fraction(0)
        for k in range(1, DEGREE + 1):
            row = [after - before for before, after in pairwise(row)]
            total += Fraction((-1) ** (k - 1) * row[0], k)
        if any(after != row[0] for after in row):
            raise OverflowError("of too high a degree")
        return int(total)

    # ---- functions

    def function(self, term, env):
        """A function of elements' values."""
        return getattr(self, type(term).__name__)(term, env)

    def Fun(self, term, env):
        return lambda *point: env[term][point]

    def Lam(self, term, env):
        return lambda *point: self.of(term.body, {**env, **dict(zip(term.variables, point, strict=True))})

    def Op(self, term, env):
        return getattr(self, term.name)(term, env)

    def square(self, term, env):
        phi = self.function(term.parameters[0], env)
        return lambda h: phi(h) ** 2

    def total(self, term, env):
        f = self.function(term.parameters[0], env)
        return lambda: sum(f(x) for x in self.sorts[domain(term.parameters[0])])

    def shift(self, term, env):
        u, f = self.of(term.parameters[0], env), self.function(term.parameters[1], env)
        row = self.rows[domain(term.parameters[1])][self.inverses[u]]
        return lambda x: f(row[x])

    def opaque(self, term, env):
        phi = self.function(term.parameters[0], env)
        return lambda h: max(phi(g) for g in self.sorts["G"]) - phi(h) * phi(0)


def domain(function):
    """The name of the sort that an operator's function is on."""
    if hasattr(function, "arguments"):
        return function.arguments[-1].name
    if hasattr(function, "variables"):
        return function.variables[-1].sort.name
    return "G" if function.name in ("square", "opaque") else domain(function.parameters[-1])
