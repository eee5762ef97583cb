"""The terms of all claims, and their neighbours: one bracket, order, inverse, variable or operator changed."""

from __future__ import annotations

from dataclasses import replace

import gcalc
from gcalc.kernel.sorts import check
from gcalc.kernel.terms import (
    Add,
    Big,
    Element,
    Inv,
    KernelError,
    Lam,
    Mul,
    Num,
    One,
    Op,
    Scalar,
    Times,
    Var,
    children,
    free,
    with_children,
)
from gcalc.lawbook import theory

CLAIMS = [(law.id, claim) for law in gcalc.laws().values() for claim in law.claims]


def terms(claim):
    """Both sides, every line, and what the steps pass through."""
    yield claim.statement.left
    yield claim.statement.right
    for line in claim.derivation.lines:
        yield line.term
        yield from (step.result for step in line.steps)


def changed(term, variables):
    """The term with one change at one place, in all ways; what is ill sorted too."""
    yield from _here(term, variables)
    parts = children(term)
    for i, part in enumerate(parts):
        for new in changed(part, variables):
            yield with_children(term, (*parts[:i], new, *parts[i + 1 :]))


def _here(term, variables):
    parts = children(term)
    if len(parts) == 2 and type(parts[0]) is type(parts[1]):
        yield with_children(term, parts[::-1])
    match term:
        case Mul(a, Mul(b, c)):
            yield Mul(Mul(a, b), c)
        case Mul(Mul(a, b), c):
            yield Mul(a, Mul(b, c))
        case Times(a, Times(b, c)) | Add(a, Add(b, c)):
            yield type(term)(type(term)(a, b), c)
        case Times(Times(a, b), c) | Add(Add(a, b), c):
            yield type(term)(a, type(term)(b, c))
        case Times(a, Big() as big):
            yield replace(big, body=Times(a, big.body))
            yield Times(big, a)
        case Big(_, _, Times(a, b)):
            yield Times(replace(term, body=a), b)
            yield Times(a, replace(term, body=b))
            yield replace(term, op="max" if term.op != "max" else "sum")
        case Inv(Mul(a, b)):
            yield Mul(Inv(a), b)
            yield Mul(a, Inv(b))
        case Op(name, (one,)) if name in ("involution", "transpose"):
            yield one
            yield replace(term, name="transpose" if name == "involution" else "involution")
        case Op(name, (Op(_, (inner,)) as one,)):
            yield replace(one, parameters=(replace(term, parameters=(inner,)),))
        case Op("correlate" | "convolve" as name, (a, Op("left_translate", (u, b)))):
            yield Op("left_translate", (u, Op(name, (a, b))))
        case Op("correlate" | "convolve" as name, (a, b)):
            yield Op("convolve" if name == "correlate" else "correlate", (a, b))
            yield Op("left_translate", (a, b))
        case Lam(variables_, body):
            yield Lam(variables_[::-1], body)
    if isinstance(term, Scalar):
        yield from (
            Add(term, Num(1)),
            Times(term, Num(-1)),
            Times(Num(2), term),
            Times(term, term),
            Add(term, term),
        )
    if isinstance(term, Element) and not isinstance(term, Var):
        yield Inv(term)
    if isinstance(term, Var):
        yield from (v for v in variables if v.sort == term.sort and v != term)
        if term.sort.has_inverses:
            yield from (Inv(term), One(term.sort), Mul(term, term))


def neighbours(term):
    """Well-sorted terms that differ from this one at one place."""
    variables = sorted((v for v in free(term) if isinstance(v, Var)), key=lambda v: v.name)
    for other in changed(term, variables):
        try:
            check(other, theory())
        except KernelError:
            continue
        yield other
