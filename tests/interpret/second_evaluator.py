"""A second evaluator of terms: on labels, by recursion, the operators' sums written out; no code of gcalc.interpret."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from gcalc.kernel.terms import (
    Add,
    App,
    Big,
    Delta,
    Der,
    Fun,
    Hom,
    Inv,
    Lam,
    Mul,
    Num,
    One,
    Op,
    Times,
    Var,
)


class World:
    """A group, a set it acts on, a subgroup, channels; functions as dicts from labels."""

    def __init__(self, group, space, subgroup, channels, subsets, automorphism, reduction="sum"):
        self.group, self.space, self.reduction = group, space, reduction
        self.sorts = {"G": group.elements, "X": space.points, "H": tuple(subgroup), "T": group.elements}
        self.sorts |= {name: tuple(range(n)) for name, n in channels.items()}
        self.subsets, self.automorphism = subsets, automorphism
        self.functions = {}

    def give(self, function, array):
        """The values of a function from an array with one axis for each argument's axes, in C order."""
        keys = product(*(self.sorts[sort.name] for sort in function.arguments))
        self.functions[function] = dict(zip(keys, array.ravel().tolist(), strict=True))

    def element(self, term, at):
        match term:
            case Var():
                return at[term]
            case One():
                return self.group.identity
            case Inv(arg):
                return self.group.inverse(self.element(arg, at))
            case Mul(left, right):
                a, b = self.element(left, at), self.element(right, at)
                return self.space.act(a, b) if self.is_point(right) else self.group.multiply(a, b)
            case Hom(aut, arg):
                u = self.automorphism if aut.power == 1 else self.group.inverse(self.automorphism)
                x = self.element(arg, at)
                return self.group.multiply(self.group.multiply(u, x), self.group.inverse(u))
        raise AssertionError(term)

    def is_point(self, term):
        if isinstance(term, Mul):
            return self.is_point(term.right)
        return isinstance(term, Var) and term.sort.kind == "set"

    def scalar(self, term, at):
        match term:
            case Num(value):
                return value
            case Add(left, right):
                return self.scalar(left, at) + self.scalar(right, at)
            case Times(left, right):
                return self.scalar(left, at) * self.scalar(right, at)
            case Delta(left, right):
                return 1 if self.element(left, at) == self.element(right, at) else 0
            case App(function, arguments):
                return self.value(function, tuple(self.element(a, at) for a in arguments), at)
            case Big(op, variable, body, guard):
                values = []
                for value in self.sorts[variable.sort.name]:
                    inner = {**at, variable: value}
                    if guard is None or self.element(guard.element, inner) in self.subsets[guard.subset]:
                        values.append(self.scalar(body, inner))
                return self.reduce(self.reduction if op == "any" else op, values)
            case Der(function, arguments, body):
                generator = self.value(function, tuple(self.element(a, at) for a in arguments), at)
                value = self.scalar(body, at)
                return value.as_expr().diff(generator.as_expr()) if hasattr(value, "as_expr") else 0
        raise AssertionError(term)

    @staticmethod
    def reduce(op, values):
        if op == "max":
            return sorted(values)[-1]
        total = 0
        for value in values:
            total += value
        return total if op == "sum" else Fraction(total) / len(values)

    def value(self, function, point, at):
        """The value of a function at a tuple of labels."""
        match function:
            case Fun():
                return self.functions[function][point]
            case Lam(variables, body):
                return self.scalar(body, {**at, **dict(zip(variables, point, strict=True))})
            case Op(name, parameters):
                return getattr(self, name)(point, at, *parameters)
        raise AssertionError(function)

    def left_translate(self, point, at, u, f):
        *channels, x = point
        inverse = self.group.inverse(self.element(u, at))
        moved = self.space.act(inverse, x) if x in self.sorts["X"] else self.group.multiply(inverse, x)
        return self.value(f, (*channels, moved), at)

    def involution(self, point, at, psi):
        *channels, g = point
        return self.value(psi, (*channels, self.group.inverse(g)), at)

    def transpose(self, point, at, psi):
        j, k, x = point
        return self.value(psi, (k, j, x), at)

    def convolve(self, point, at, a, b):
        (g,) = point
        total = 0
        for h in self.group.elements:
            quotient = self.group.multiply(self.group.inverse(h), g)
            total += self.value(a, (h,), at) * self.value(b, (quotient,), at)
        return total

    def correlate(self, point, at, f, psi):
        k, g = point
        total = 0
        for x in self.sorts["X"]:
            for j in self.sorts["J"]:
                y = self.space.act(self.group.inverse(g), x)
                total += self.value(f, (j, x), at) * self.value(psi, (k, j, y), at)
        return total

    def filter_transform(self, point, at, psi):
        k, s, j, w = point
        return self.value(psi, (k, j, self.space.act(self.group.inverse(s), w)), at)
