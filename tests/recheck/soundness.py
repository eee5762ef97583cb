"""What recheck declares equal is equal: random pairs, evaluated. Run as a module for as many as wanted: SEED PAIRS."""

from __future__ import annotations

import sys
from collections import Counter

from gcalc.kernel.sorts import check
from gcalc.kernel.terms import KernelError
from gcalc.lawbook import theory
from gcalc.recheck import RecheckError, equal

from .model import UnevaluatedError, differ, dihedral, symmetric
from .terms import Terms


def pairs(seed, wanted):
    """Pairs declared equal, with the count of what was found on the way."""
    source, seen = Terms(seed), Counter()
    while seen["equal"] < wanted:
        left = source.scalar(source.random.choice((2, 3, 3, 4)))
        right = source.other(left, source.random.choice((1, 2, 3, 5)))
        seen["drawn"] += 1
        if left == right:
            continue
        try:
            check(left, theory())
            check(right, theory())
        except KernelError:
            continue
        try:
            found = equal(theory(), left, right)
        except RecheckError:
            seen["refused"] += 1
            continue
        seen["equal" if found else "not equal"] += 1
        yield left, right, found, seen


def unsound(seed, wanted, stop=False):
    """The pairs declared equal that differ on S3 (every fourth on D4 too), and the counts.

    Of the pairs not declared equal a fifth is evaluated too. stop: at the first wrong pair.
    """
    wrong, seen = [], Counter()
    small, larger = symmetric(seed), dihedral(seed)
    for left, right, found, counts in pairs(seed, wanted):
        seen, number = counts, counts["equal"]
        if not found and counts["not equal"] % 5:
            continue
        groups = (small, larger) if found and number % 4 == 0 else (small,)
        operation = "max" if number % 2 else "sum"
        try:
            different = any(differ(group, theory(), left, right, operation) for group in groups)
        except UnevaluatedError:
            seen["unevaluated"] += found
            continue
        if found:
            seen["evaluated"] += 1
            wrong += [(left, right)] if different else []
            if wrong and stop:
                break
        else:
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
