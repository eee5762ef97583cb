"""What one step of the kernel makes of a random term is accepted: always, but for some reindexed sums."""

from __future__ import annotations

from collections import Counter

from gcalc.kernel.replay import apply
from gcalc.kernel.sorts import check
from gcalc.kernel.terms import Aut, Big, Delta, KernelError, Mul, children
from gcalc.lawbook import theory
from gcalc.recheck import equal

from .terms import G, Terms

PLAIN = ("unfold", "beta", "eta", "exchange", "factor", "additive", "kron", "derivative", "delta_one")


def positions(term, path=()):
    yield path, term
    for i, child in enumerate(children(term)):
        yield from positions(child, (*path, i))


def uses(source, here):
    """Rules with arguments that may apply to a term."""
    yield from ((rule, ()) for rule in PLAIN)
    if isinstance(here, Big):
        kind = source.random.choice(("left", "right", "inverse", "automorphism"))
        sort = source.random.choice((G, here.variable.sort if here.variable.sort.has_inverses else G))
        shift = {"inverse": (), "automorphism": (Aut("r", G),)}.get(kind, (source.element(sort, 1),))
        yield "reindex", (kind, *shift)
    if isinstance(here, Delta):
        by = source.element(G, 1)
        moved = Delta(Mul(by, here.left), Mul(by, here.right))
        yield "delta", (source.random.choice((moved, Delta(here.right, here.left))),)


def steps(source, wanted):
    """Random steps: the rule, the term and what the rule makes of it."""
    while wanted > 0:
        term = source.scalar(source.random.choice((2, 3, 4)))
        if not makes_sense(term):
            continue
        for path, here in positions(term):
            for rule, arguments in uses(source, here):
                try:
                    new = apply(theory(), term, rule, path, arguments)
                except KernelError:
                    continue
                if makes_sense(new):
                    wanted -= 1
                    yield rule, term, new


def makes_sense(term):
    try:
        check(term, theory())
    except KernelError:
        return False
    return True


def test_kernel_steps_are_accepted():
    seen, missed = Counter(), Counter()
    for rule, term, new in steps(Terms(1), 700):
        seen[rule] += 1
        missed[rule] += not equal(theory(), term, new)
    assert {*PLAIN, "reindex", "delta"} <= seen.keys() | {"beta", "eta"}, "which need a λ"
    assert sum(missed[rule] for rule in PLAIN) == 0
    assert missed.total() <= 0.03 * seen.total()
