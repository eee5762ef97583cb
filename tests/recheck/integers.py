"""Sums over the integers, as the kernel's docstring means them: 0 where infinitely many terms are not 0.

The functions are constant far out, so that a sum's terms are looked at on a window and at some points far outside.
They are chosen such that exchanging two sums, or splitting a sum of sums, goes wrong. Run as a module: SEED PAIRS.
"""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np

from gcalc.kernel.sorts import check
from gcalc.kernel.terms import (
    Add,
    App,
    Big,
    Delta,
    Fun,
    Inv,
    KernelError,
    Lam,
    Mul,
    Num,
    One,
    Times,
    Var,
    children,
    free,
)
from gcalc.lawbook import theory
from gcalc.recheck import RecheckError, equal

from .terms import POOL, J, N, Terms

AXES = 20
RADII = (7, 24, 80)
"""Of the windows of the first, second, third sum within each other."""

D, STEP, BACK = Fun("d", (N,)), Fun("step", (N,)), Fun("back", (N,))
EDGE, PAIR = Fun("edge", (N, N)), Fun("pair", (J, N))


def step(x):
    return np.where(x >= 0, 2, 0)


VALUES = {
    D: lambda x: np.where(x == 0, 1, 0) - 2 * (x == 1),
    STEP: step,
    BACK: lambda x: 5 * (x == 0) - step(x),
    EDGE: lambda x, y: step(x) * ((x == y) * 1 - (x == y + 1)),
    PAIR: lambda j, x: np.where(j == 0, step(x), (x == 1) - step(x)),
}


class Integers:
    """Values of scalars, for free variables that run over a few values."""

    def __init__(self):
        self.number = 0

    def axis(self, values):
        """A new axis with these values."""
        shape = (1,) * self.number + (len(values),) + (1,) * (AXES - self.number - 1)
        self.number += 1
        return np.array(values).reshape(shape)

    def element(self, term, at):
        match term:
            case Var():
                return at[term]
            case One():
                return np.zeros((1,) * AXES, dtype=int)
            case Inv(arg):
                return -self.element(arg, at)
            case Mul(left, right):
                return self.element(left, at) + self.element(right, at)
        raise KernelError(type(term).__name__)

    def scalar(self, term, at, depth=0):
        match term:
            case Num(value):
                return np.full((1,) * AXES, value)
            case Add(left, right):
                return self.scalar(left, at, depth) + self.scalar(right, at, depth)
            case Times(left, right):
                return self.scalar(left, at, depth) * self.scalar(right, at, depth)
            case Delta(left, right):
                return (self.element(left, at) == self.element(right, at)).astype(int)
            case App(Fun() as f, arguments):
                return VALUES[f](*(self.element(a, at) for a in arguments))
            case App(Lam(variables, body), arguments):
                inner = dict(zip(variables, (self.element(a, at) for a in arguments), strict=True))
                return self.scalar(body, {**at, **inner}, depth)
            case Big("sum", v, body, None):
                return self.total(v, body, at, depth)
        raise KernelError(type(term).__name__)

    def total(self, v, body, at, depth):
        number, finite = self.number, v.sort == J
        near = [0, 1] if finite else list(range(-RADII[depth], RADII[depth] + 1))
        far = [] if finite else [sign * (RADII[depth] + i) for sign in (1, -1) for i in (1, 2, 3)]
        inner = {**at, v: self.axis(near + far)}
        terms = self.scalar(body, inner, depth + (not finite))
        shape = list(terms.shape)
        shape[number] = len(near + far)
        inside, outside = np.split(np.broadcast_to(terms, shape), [len(near)], axis=number)
        infinite = (outside != 0).any(axis=number, keepdims=True)
        return np.where(infinite, 0, inside.sum(axis=number, keepdims=True))


def differ(left, right):
    """Whether two scalars differ somewhere."""
    variables = sorted((v for v in free(left) | free(right) if isinstance(v, Var)), key=lambda v: v.name)
    sides = []
    for term in (left, right):
        world = Integers()
        at = {v: world.axis([0, 1] if v.sort == J else [-1, 0, 2]) for v in variables}
        sides.append(world.scalar(term, at))
    return bool((sides[0] != sides[1]).any())


class Sums(Terms):
    """Random sums over the integers and two channels."""

    group = N

    def element(self, sort, size):
        kind = self.random.random()
        if sort == J or size <= 0 or kind < 0.6:
            return self.random.choice(POOL[sort]) if sort == J or kind < 0.55 else One(N)
        if kind < 0.75:
            return Inv(self.random.choice(POOL[N]))
        return Mul(*(self.random.choice([v, Inv(v)]) for v in self.random.sample(POOL[N], 2)))

    def application(self, size):
        f = self.random.choice(list(VALUES))
        return App(f, tuple(self.element(s, 1) for s in f.arguments))

    def scalar(self, size):
        kind = self.random.random()
        if size <= 0 or kind < 0.15:
            return self.application(0) if kind < 0.95 else Num(self.random.choice((0, 1, 3)))
        if kind < 0.6:
            return self.big(size)
        if kind < 0.75:
            return Add(self.scalar(size - 1), self.scalar(size - 1))
        if kind < 0.83:
            return Delta(self.element(N, 1), self.element(N, 1))
        return Times(self.scalar(size - 1), self.scalar(size - 1))

    def big(self, size):
        v, w = self.random.choice(POOL[self.random.choice((N, N, N, J))]), self.random.choice(POOL[N])
        kind = self.random.random()
        if kind < 0.2 and v != w:
            x, y = self.random.choice(((v, w), (w, v)))
            f = App(EDGE, (x, y)) if v.sort == N else App(PAIR, (v, w))
            return Big("sum", v, Big("sum", w, f if kind < 0.1 else Times(f, self.application(0))))
        if kind < 0.3:
            return Big("sum", w, Add(App(STEP, (w,)), App(BACK, (w,))))
        body = self.scalar(size - 1)
        return Big("sum", v, Times(Delta(v, self.element(v.sort, 1)), body) if kind < 0.5 else body)


def depth(term):
    """How many sums over the integers are within each other."""
    below = max(map(depth, children(term)), default=0)
    return below + (isinstance(term, Big) and term.variable.sort == N)


def unsound(seed, wanted, stop=False):
    """The pairs declared equal that differ, and the counts; `stop` at the first."""
    source, seen, wrong = Sums(seed), Counter(), []
    while seen["equal"] < wanted and not (wrong and stop):
        left = source.scalar(3)
        right = source.other(left, source.random.choice((1, 2, 3)))
        if left == right or max(depth(left), depth(right)) > len(RADII):
            continue
        try:
            check(left, theory())
            check(right, theory())
            found = equal(theory(), left, right)
            different = differ(left, right) if found or seen["drawn"] % 4 == 0 else None
        except (KernelError, RecheckError):
            seen["not compared"] += 1
            continue
        seen["drawn"] += 1
        if found:
            seen["equal"] += 1
            wrong += [(left, right)] if different else []
        elif different is not None:
            seen["rightly not equal" if different else "equal, not shown"] += 1
    return wrong, seen


def main(seed, wanted):
    """Print what was found."""
    wrong, seen = unsound(seed, wanted)
    for left, right in wrong[:5]:
        print("UNSOUND", left, right, sep="\n  ")
    print(dict(seen), len(wrong), "unsound")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
