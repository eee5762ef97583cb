"""An oracle: terms evaluated on a small group, for all values of their free variables at once.

Every variable in scope has an axis; a scalar is an integer array that broadcasts over them, an element the array of
its numbers. Derivatives are computed forwards, by tangents. An opaque operator is a fixed non-linear map of
tables. Shares no code with gcalc.recheck, nor with gcalc.interpret.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from gcalc.kernel.sorts import instantiate, resort, signature, sort_of
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
    Op,
    Subset,
    Times,
    Val,
    Var,
    free,
    substitute,
)


class UnevaluatedError(Exception):
    """The term is not evaluated in this model: a sort it does not have, or an operation it does not define."""


def closure(generators):
    """The permutations that the generators make, the identity first."""
    identity = tuple(range(len(generators[0])))
    found, new = {identity}, [identity]
    while new:
        new = [p for p in {compose(a, b) for a in new for b in generators} if p not in found]
        found |= set(new)
    return sorted(found, key=lambda p: (p != identity, p))


def compose(p, q):
    """p after q."""
    return tuple(p[i] for i in q)


class Group:
    """A permutation group G = T H with its tables, X = G/H, and an inner automorphism that is not the identity."""

    def __init__(self, first, second, sizes, seed=0, infinite=False):
        self.infinite = infinite
        self.elements = closure((*first, *second))
        number = {p: i for i, p in enumerate(self.elements)}
        n = len(self.elements)
        self.times = np.array([[number[compose(a, b)] for b in self.elements] for a in self.elements])
        self.inverses = np.array([int(np.flatnonzero(row == 0)[0]) for row in self.times])
        self.members = {
            name: np.array([number[p] for p in closure(g)]) for name, g in (("T", first), ("H", second))
        }
        self.members["G"] = np.arange(n)
        cosets = sorted({tuple(sorted(self.times[g, h] for h in self.members["H"])) for g in range(n)})
        place = {g: i for i, coset in enumerate(cosets) for g in coset}
        self.acts = np.array([[place[self.times[g, coset[0]]] for coset in cosets] for g in range(n)])
        by = number[first[0]]
        self.automorphism = np.array([self.times[self.times[by, g], self.inverses[by]] for g in range(n)])
        self.members["X"] = np.arange(len(cosets))
        for name, size in sizes.items():
            self.members[name] = np.arange(size)
        self.subset = np.isin(np.arange(n), [1, n - 1])
        self.rng = np.random.default_rng(seed)
        self.tables = {}

    def carrier(self, sort):
        """The numbers of a sort's elements; every group is this one, an infinite one only if that is allowed."""
        name = "G" if sort.kind == "group" else sort.name
        if name not in self.members or not (sort.finite or self.infinite):
            raise UnevaluatedError(sort.name)
        return self.members[name]

    def table(self, function):
        """A function's values: small integers, drawn when the function is first met; indexed by the group's numbers."""
        if function not in self.tables:
            shape = tuple(int(self.carrier(s).max()) + 1 for s in function.arguments)
            self.tables[function] = self.rng.integers(-3, 4, shape)
        return self.tables[function]


@dataclass
class Evaluation:
    """One term in one group; `any` is the operation that ⊕ is here."""

    group: Group
    theory: object
    any: str = "sum"
    axes: list = field(default_factory=list)

    def values(self, term, variables):
        """The array of a scalar's values over these free variables, in this order."""
        at = {v: self.axis(v) for v in variables}
        result = self.scalar(term, at)
        shape = tuple(len(self.group.carrier(v.sort)) for v in variables)
        lead = np.broadcast_to(
            result, np.broadcast_shapes(result.shape, shape + (1,) * (result.ndim - len(shape)))
        )
        return lead.reshape(shape)

    def axis(self, variable):
        """A new axis: the numbers of the variable's sort along it."""
        values = self.group.carrier(variable.sort)
        number = len(self.axes)
        self.axes.append(variable)
        return values.reshape((1,) * number + (len(values),) + (1,) * (AXES - number - 1))

    # ---- elements

    def element(self, term, at):
        match term:
            case Var():
                return at[term]
            case One():
                return np.zeros((1,) * AXES, dtype=int)
            case Inv(arg):
                return self.group.inverses[self.element(arg, at)]
            case Hom(Aut(power=power), arg):
                row = self.group.automorphism
                return (row if power == 1 else np.argsort(row))[self.element(arg, at)]
            case Mul(left, right):
                table = self.group.acts if sort_of(right).kind == "set" else self.group.times
                return table[self.element(left, at), self.element(right, at)]
        raise UnevaluatedError(type(term).__name__)

    # ---- scalars, and their tangents in the direction of one value of a function

    def scalar(self, term, at):
        match term:
            case Num(value):
                return np.full((1,) * AXES, value, dtype=object if abs(value) > 99 else int)
            case Add(left, right):
                return self.scalar(left, at) + self.scalar(right, at)
            case Times(left, right):
                return self.scalar(left, at) * self.scalar(right, at)
            case Delta(left, right):
                return (self.element(left, at) == self.element(right, at)).astype(int)
            case App(function, arguments):
                return self.applied(function, tuple(self.element(a, at) for a in arguments), at)
            case Big(op, v, body, guard):
                return self.big(self.any if op == "any" else op, v, body, guard, at)
            case Der(function, point, body):
                return self.tangent(body, at, function, tuple(self.element(p, at) for p in point))
            case Val(_, arg):
                value = self.scalar(arg, at)
                return value * value % 7 - value
        raise UnevaluatedError(type(term).__name__)

    def big(self, op, v, body, guard, at):
        inner = {**at, v: self.axis(v)}
        number, size = len(self.axes) - 1, len(self.group.carrier(v.sort))
        values = self.scalar(body, inner)
        shape = list(values.shape)
        shape[number] = size
        values = np.broadcast_to(values, shape)
        if guard is not None:
            inside = self.inside(guard, inner)
            values, inside = np.broadcast_arrays(values, inside)
            none = ~inside.any(axis=number, keepdims=True)
            if op == "max":
                return np.where(none, 0, np.where(inside, values, -(10**9)).max(axis=number, keepdims=True))
            values = np.where(inside, values, 0)
        return (
            values.sum(axis=number, keepdims=True) if op == "sum" else values.max(axis=number, keepdims=True)
        )

    def inside(self, guard, at):
        match guard:
            case In(element, Subset()):
                return self.group.subset[self.element(element, at)]
        raise UnevaluatedError("guard")

    def tangent(self, term, at, function, point):
        match term:
            case Num() | Delta():
                return np.zeros((1,) * AXES, dtype=int)
            case Add(left, right):
                return self.tangent(left, at, function, point) + self.tangent(right, at, function, point)
            case Times(left, right):
                return self.tangent(left, at, function, point) * self.scalar(right, at) + self.scalar(
                    left, at
                ) * self.tangent(right, at, function, point)
            case App(Fun() as other, arguments):
                same = np.full((1,) * AXES, other == function)
                for a, p in zip(arguments, point, strict=True) if other == function else ():
                    same = same & (self.element(a, at) == p)
                return same.astype(int)
            case App(Op() | Lam() as other, arguments):
                return self.tangent(self.body(other, arguments), at, function, point)
            case Big("sum", v, body, guard):
                inner = {**at, v: self.axis(v)}
                number, size = len(self.axes) - 1, len(self.group.carrier(v.sort))
                values = self.tangent(body, inner, function, point)
                if guard is not None:
                    values = values * self.inside(guard, inner)
                shape = list(values.shape)
                shape[number] = size
                return np.broadcast_to(values, shape).sum(axis=number, keepdims=True)
        raise UnevaluatedError(f"derivative of {type(term).__name__}")

    # ---- functions

    def applied(self, function, places, at):
        if isinstance(function, Fun):
            return self.group.table(function)[places]
        if isinstance(function, Lam):
            return self.scalar(function.body, {**at, **dict(zip(function.variables, places, strict=True))})
        definition, sorts = instantiate(function, self.theory)
        if definition.body is None:
            return self.opaque(function, places, at)
        fresh = [Var(f"{p.name}@{len(self.axes)}", sorts.get(p.sort, p.sort)) for p in definition.points]
        body = self.body(function, tuple(fresh))
        return self.scalar(body, {**at, **dict(zip(fresh, places, strict=True))})

    def body(self, function, arguments):
        """What an operator or λ makes of its arguments."""
        if isinstance(function, Lam):
            return substitute(function.body, dict(zip(function.variables, arguments, strict=True)))
        definition, sorts = instantiate(function, self.theory)
        if definition.body is None:
            raise UnevaluatedError(function.name)
        formals = [resort(p, sorts) for p in definition.parameters + definition.points]
        return substitute(
            resort(definition.body, sorts), dict(zip(formals, function.parameters + arguments, strict=True))
        )

    def opaque(self, function, places, at):
        """Σ over the table of the only parameter of w t³ + t², with weights w from the place."""
        (parameter,) = function.parameters
        sorts = signature(parameter, self.theory)
        names = [Var(f"_{len(self.axes)}{i}", s) for i, s in enumerate(sorts)]
        first = len(self.axes)
        inner = {**at, **{v: self.axis(v) for v in names}}
        values = self.applied(parameter, tuple(inner[v] for v in names), inner)
        shape = list(values.shape)
        shape[first : first + len(names)] = [len(self.group.carrier(s)) for s in sorts]
        values = np.broadcast_to(values, shape)
        weight = sum((i + 2) * p for i, p in enumerate((*places, *(inner[v] for v in names)))) % 5
        numbers = tuple(range(first, first + len(names)))
        return (weight * values**3 + values**2).sum(axis=numbers, keepdims=True) % 1009


AXES = 28
"""So many variables at most: binders of one term, those of its operators included."""


SIZES = {"J": 2, "K": 3, "B": 2}


def symmetric(seed=0, infinite=False):
    """S3 = C3 C2: not abelian, H not normal, X = G/H with stabilizers."""
    return Group([(1, 2, 0)], [(1, 0, 2)], SIZES, seed, infinite)


def dihedral(seed=0):
    """D4 = C4 C2 on four points."""
    return Group([(1, 2, 3, 0)], [(0, 3, 2, 1)], SIZES, seed)


def differ(group, theory, left, right, operation="sum"):
    """Whether two scalars differ somewhere on the group."""
    variables = sorted((v for v in free(left) | free(right) if isinstance(v, Var)), key=lambda v: v.name)
    a, b = (Evaluation(group, theory, operation).values(t, variables) for t in (left, right))
    return bool((a != b).any())
