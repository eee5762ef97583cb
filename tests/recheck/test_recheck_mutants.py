"""Wrong lines are refused: mutants of every line of every law that are false on S3, and the print's E1 and E2."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gcalc.proofs import eq3, eq6
from gcalc.proofs.definitions import G, J, K, convolve, correlate, g, h, j, k, total, x

from gcalc.kernel.terms import Fun, Lam
from gcalc.lawbook import theory
from gcalc.recheck import RecheckError, recheck

from .model import differ, symmetric
from .mutants import survivors


def test_no_false_mutant_is_accepted():
    found, seen = survivors(every=13)
    assert not found
    mistakes = {"g for g⁻¹", "g⁻¹ for g", "factors swapped", "index exchanged", "term dropped", "sum dropped"}
    assert mistakes <= seen.keys()
    assert sum(n for name, n in seen.items() if name in mistakes) > 150
    assert seen["true, accepted"] > 0, "what is right is not refused for being another line"


D, F, psi = Fun("D", (K, G)), Fun("f", (J, G)), Fun("psi", (K, J, G))
D_k, f_j = Lam((h,), D(k, h)), Lam((h,), F(j, h))

PRINTED = {
    "E1, line 3 of (3)": (eq3.CLOSING_DERIVATION, 1, total(h, k, D(k, g) * psi(k, j, h**-1 * g))),
    "E1 on a G-set": (eq3.CHAIN_RULE_DERIVATION, 3, total(h, k, D(k, g) * eq3.psi(k, j, h**-1 * x))),
    "E2, line 4 of (6)": (eq6.CLOSING_DERIVATION, 5, convolve(D_k, f_j)(g)),
    "E2 read as D ⋆ f": (eq6.CLOSING_DERIVATION, 5, correlate(D_k, f_j)(g)),
    "E2 read as f ⋆ D": (eq6.CLOSING_DERIVATION, 5, correlate(f_j, D_k)(g)),
    "E10, f ∗ D": (eq6.CLOSING_DERIVATION, 5, convolve(f_j, D_k)(g)),
}


@pytest.mark.parametrize(("derivation", "number", "printed"), PRINTED.values(), ids=PRINTED)
def test_the_printed_lines_are_refused(derivation, number, printed):
    lines = list(derivation.lines)
    true = lines[number - 1].term
    assert differ(symmetric(), theory(), true, printed)
    lines[number - 1] = replace(lines[number - 1], term=printed)
    statement = derivation.statement
    if number == len(lines):
        statement = replace(statement, right=printed)
    with pytest.raises(RecheckError, match=f"^line {number}: the two lines have different normal forms"):
        recheck(theory(), replace(derivation, statement=statement, lines=tuple(lines)))
