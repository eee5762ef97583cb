"""Lines made wrong in one place: every law's, as a careless hand would. Run as a module for all of them."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from gcalc.kernel.replay import Derivation, Line, Statement
from gcalc.kernel.sorts import check, signature
from gcalc.kernel.terms import (
    Add,
    App,
    Big,
    Inv,
    KernelError,
    Mul,
    Op,
    Times,
    Var,
    binders,
    children,
    free,
    same,
    with_children,
)
from gcalc.lawbook import laws, theory
from gcalc.recheck import RecheckError, recheck

from .model import UnevaluatedError, differ, symmetric


def variants(term, scope):
    """What may stand in the place of a term: the name of the mistake and the wrong term."""
    match term:
        case Inv(arg):
            yield "g for g⁻¹", arg
        case Mul(left, right):
            yield "factors swapped", Mul(right, left)
            yield "a factor dropped", right
        case Var(_, sort):
            if sort.has_inverses:
                yield "g⁻¹ for g", Inv(term)
            for other in sorted((v for v in scope if v.sort == sort and v != term), key=lambda v: v.name):
                yield "index exchanged", other
        case Times(left, right) | Add(left, right):
            yield "term dropped", left
            yield "term dropped", right
        case Big(op, _, body, guard):
            yield "operation exchanged", replace(term, op="max" if op == "sum" else "sum")
            yield "sum dropped", body
            if guard is not None:
                yield "guard dropped", replace(term, guard=None)
        case App(Op(name, parameters) as op, arguments):
            yield "operator dropped", App(parameters[-1], arguments)
            if len(parameters) == 2:
                yield "operands exchanged", App(Op(name, parameters[::-1]), arguments)
            for other in sorted({d.name for d in theory().definitions} - {name}):
                if fits(Op(other, parameters), op):
                    yield "wrong definition", App(Op(other, parameters), arguments)


def fits(op, wanted):
    """Whether an operator takes these parameters, and gives a function of the same sorts."""
    try:
        return signature(op, theory()) == signature(wanted, theory())
    except KernelError:
        return False


def mutants(term, scope=frozenset()):
    """All terms with one mistake."""
    scope = scope | {v for v in free(term) if isinstance(v, Var)} | {*binders(term)}
    yield from variants(term, scope)
    below = children(term)
    for i, child in enumerate(below):
        for name, new in mutants(child, scope):
            yield name, with_children(term, (*below[:i], new, *below[i + 1 :]))


def sound(term):
    """Whether a mutant is a well-sorted scalar."""
    try:
        check(term, theory())
    except (KernelError, TypeError, ValueError):
        return False
    return True


def lines():
    """Every line of every law: its place, the line before, the line, and the statement."""
    for law in laws().values():
        for claim in law.claims:
            terms = [Line(claim.statement.left, "", ()), *claim.derivation.lines]
            for number, (before, line) in enumerate(pairwise(terms), 1):
                yield (law.id, claim.name, number), before.term, line, claim.statement


def accepted(before, line, wrong, statement):
    """Whether the second checker lets the wrong line follow from the one before, by the same log."""
    part = Statement(before, wrong, statement.hypotheses, statement.factorizations)
    try:
        recheck(theory(), Derivation(part, (replace(line, term=wrong),)))
    except RecheckError:
        return False
    return True


def survivors(every=1, seed=0):
    """The false mutants that are accepted, and the counts of mistakes; every n-th mutant is tried.

    A mutant is false if it differs from the line it comes from on S3 or on its cosets.
    """
    group, seen, found = symmetric(seed, infinite=True), Counter(), []
    number = seed
    for place, before, line, statement in lines():
        for mistake, wrong in mutants(line.term):
            number += 1
            if number % every or not sound(wrong) or same(wrong, line.term):
                continue
            try:
                false = any(differ(group, theory(), line.term, wrong, op) for op in ("sum", "max"))
            except UnevaluatedError:
                seen["not evaluated"] += 1
                continue
            taken = accepted(before, line, wrong, statement)
            seen[mistake if false else "true, accepted" if taken else "true, refused"] += 1
            if false and taken:
                found.append((place, mistake, wrong))
    return found, seen


if __name__ == "__main__":
    wrong, counts = survivors(*map(int, sys.argv[1:]))
    print(*wrong, sep="\n")
    print(dict(counts), len(wrong), "survivors of", counts.total())
    sys.exit(bool(wrong))
