"""Random uses and misuses of every rule; whatever the kernel accepts is evaluated in small finite models.

`python -m tests.kernel.fuzz --steps 10000 --seed 0` prints how many steps were accepted and rejected by rule, and the
false ones.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random

from gcalc.kernel.replay import Derivation, Line, Statement, Step, apply, graft, replay, subterm
from gcalc.kernel.rules import RULES
from gcalc.kernel.sorts import Definition, Factorization, Hypothesis, Theory, check
from gcalc.kernel.terms import Big, Der, KernelError, Lam, Num, Op, Var, children, free, with_children

from .redexes import FUNCTIONS, VARIABLES, G, H, N, Redexes, X, a, d, g, h, u, x, y
from .worlds import World

THEORY = Theory(
    (
        Definition("square", (a,), (h,), a(h) * a(h)),
        Definition("total", (d,), (), Big("sum", x, d(x)), (X, G)),
        Definition("shift", (u, d), (x,), d(u**-1 * x), (X, G)),
        Definition("opaque", (a,), (h,), None),
    )
)
HYPOTHESES = (
    Hypothesis("point", (), d(x), Num(2)),
    Hypothesis("orbits", (y,), d(u * y), d(y)),
    Hypothesis("all", (a,), Big("sum", g, a(g)), Big("sum", g, a(g**-1))),
)
FACTORIZATIONS = (Factorization(G, N, H),)
FULL = replace(THEORY, hypotheses=HYPOTHESES, factorizations=FACTORIZATIONS)
DEEPEST = 3  # nested loops that are still evaluated
WORLDS = 80


@dataclass
class Report:
    """How many steps were accepted and rejected, by rule; how many of the accepted have no value; the false ones."""

    accepted: Counter = field(default_factory=Counter)
    rejected: Counter = field(default_factory=Counter)
    valueless: int = 0
    false: list = field(default_factory=list)


def fuzz(steps, seed, rules=tuple(RULES)):
    """Try this many steps, the rules in turn."""
    random, report = Random(seed), Report()
    worlds, draw = [World(random, FUNCTIONS) for _ in range(WORLDS)], Redexes(random)
    for n in range(steps):
        rule = rules[n % len(rules)]
        attempt = one_step(random, draw, rule)
        if attempt is None:
            report.rejected[rule] += 1
            continue
        try:
            replay(THEORY, attempt)
        except KernelError:
            report.rejected[rule] += 1
            continue
        report.accepted[rule] += 1
        try:
            if not holds(random, worlds, attempt.statement):
                report.false.append(attempt)
        except OverflowError:
            report.valueless += 1
    return report


def one_step(random, draw, rule):
    """A derivation of one step by the rule, perhaps altered; None where the rule refuses at once."""
    term, path, arguments = well_sorted(random, draw, rule)
    try:
        result = apply(FULL, term, rule, path, arguments)
    except KernelError:
        return None
    if random.random() < 0.3:
        result = altered(random, result)
        arguments = retold(rule, path, arguments, result)
    step = Step(rule, path, arguments, result)
    if random.random() < 0.3:
        term, result, step = result, term, replace(step, result=term, backward=True)
    premises = (HYPOTHESES if rule == "hypothesis" else (), FACTORIZATIONS if rule == "split" else ())
    return Derivation(Statement(term, result, *premises), (Line(result, "", (step,)),))


def well_sorted(random, draw, rule):
    """A place for the rule in a well-sorted term of some depth."""
    while True:
        term, path, arguments = getattr(draw, rule)()
        term, path = draw.wrapped(term, path, random.choice((0, 0, 1, 1, 2)))
        try:
            check(term, THEORY)
        except KernelError:
            continue
        if loops(term) <= DEEPEST:
            return term, path, arguments


def loops(term):
    """How many loops are nested to evaluate a term."""
    costly = isinstance(term, Big | Der | Lam) or (isinstance(term, Op) and term.name in ("opaque", "total"))
    return costly + max(map(loops, children(term)), default=0)


def altered(random, term):
    """The term changed at one place: children exchanged, another variable, number, operation, or no guard."""
    path = ()
    while (parts := children(here := subterm(term, path)[0])) and random.random() < 0.8:
        path = (*path, random.randrange(len(parts)))
    if isinstance(here, Var):
        new = random.choice(VARIABLES[here.sort])
    elif isinstance(here, Num):
        new = Num(here.value + 1)
    elif isinstance(here, Big) and random.random() < 0.5:
        new = (
            replace(here, guard=None)
            if here.guard
            else replace(here, op=random.choice(("sum", "max", "any")))
        )
    elif len(parts) > 1:
        i = random.randrange(len(parts) - 1)
        new = with_children(here, (*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :]))
    else:
        new = parts[0] if parts and random.random() < 0.5 else here
    return graft(term, path, new)


def retold(rule, path, arguments, result):
    """The arguments of a rule that is told its result, for another result."""
    if rule not in ("word", "ring", "delta"):
        return arguments
    try:
        return (subterm(result, path)[0],)
    except KernelError:
        return arguments


def holds(random, worlds, statement, times=3):
    """Whether both sides agree for some values of everything in some models, where the hypotheses hold."""
    symbols = free(statement.left) | free(statement.right) | {u, x}
    variables = sorted((s for s in symbols if isinstance(s, Var)), key=lambda v: v.name)
    for _ in range(times):
        world = random.choice(worlds)
        env = world.environment(random, variables)
        if statement.hypotheses:
            env[d] = invariant(world, env)
        if world.of(statement.left, env) != world.of(statement.right, env):
            return False
    return True


def invariant(world, env):
    """The values of d made constant on the orbits of u, and 2 on that of x."""
    values, row = dict(env[d]), world.rows["X"][env[u]]
    for start in [*world.sorts["X"], env[x]]:
        point, value = row[start], 2 if start == env[x] else values[(start,)]
        values[(start,)] = value
        while point != start:
            values[(point,)], point = value, row[point]
    return values


def main():
    """The command line."""
    parser = argparse.ArgumentParser(
        description="random steps through the kernel, the accepted ones evaluated"
    )
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    start = time.perf_counter()
    report = fuzz(options.steps, options.seed)
    print(f"{'rule':12} {'accepted':>8} {'rejected':>8}")
    for rule in RULES:
        print(f"{rule:12} {report.accepted[rule]:8} {report.rejected[rule]:8}")
    for attempt in report.false:
        print("FALSE:", attempt.lines[0].steps[0], "\n  from", attempt.statement.left)
    seconds = time.perf_counter() - start
    print(
        f"{options.steps} steps, {report.valueless} without value, {len(report.false)} false, {seconds:.1f} s"
    )
    return 1 if report.false else 0


if __name__ == "__main__":
    sys.exit(main())
