"""What `gcalc prove` prints: the table of laws, and a law with its states, assumptions, lines and errata.

A line has its reason at its right if all lines of the claim fit so, else below it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from gcalc.cli.tables import COLOURS
from gcalc.interpret.witness import evaluate
from gcalc.kernel.terms import Scalar
from gcalc.lawbook import assumptions, laws, theory
from gcalc.proving.errata import Erratum, Printed, Witness
from gcalc.proving.law import Claim, Law
from gcalc.render.fragment import fragment
from gcalc.render.reasons import lines, rules
from gcalc.render.state import State, concerning, place
from gcalc.render.statement import defined, factorized, hypothesis, statement, symbols
from gcalc.render.text import text, write
from gcalc.verify.result import Verdict

STYLES = {str(verdict): style for verdict, style in COLOURS.items()}
GAP = 3
Row = tuple[str, str, str]
"""Number, expression, reason."""


def show_laws(console: Console, states: Mapping[str, Sequence[State]]) -> None:
    """A row a law: id, title, the verdict of every reading; below it why something was not tested."""
    readings = list(dict.fromkeys(s.reading for found in states.values() for s in found))
    shown = {id: [_verdict(r, found) for r in readings] for id, found in states.items()}
    widths = [max(len(r), *(len(row[i]) for row in shown.values())) for i, r in enumerate(readings)]
    ids = max(map(len, states)) + 2
    titles = max(len(laws()[id].title) for id in states) + 2
    room = console.width - ids - sum(w + 2 for w in widths)
    if room >= 0:
        wide = room >= titles
        head = "law".ljust(ids) + ("title".ljust(titles) if wide else "")
        _say(console, head + "".join(r.ljust(w + 2) for r, w in zip(readings, widths, strict=True)), "bold")
        for id, row in shown.items():
            line = Text(id.ljust(ids) + (laws()[id].title.ljust(titles) if wide else ""))
            for verdict, width in zip(row, widths, strict=True):
                line.append(verdict.ljust(width + 2), STYLES.get(verdict, ""))
            line.rstrip()
            console.print(line, soft_wrap=True)
    else:
        for id, row in shown.items():
            _wrapped(console, f"{id}: {laws()[id].title}")
            for reading, verdict in zip(readings, row, strict=True):
                _say(console, f"  {reading}: {verdict}", STYLES.get(verdict, ""))
    _show_reasons(console, states)


def _verdict(reading: str, states: Iterable[State]) -> str:
    return next((s.verdict for s in states if s.reading == reading), "")


def _show_reasons(console: Console, states: Mapping[str, Sequence[State]]) -> None:
    """Why laws failed or were not tested, equal reasons once."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for id, found in states.items():
        for s in found:
            if s.verdict in (Verdict.NOT_TESTED, Verdict.FAILED):
                told = s.evidence.replace(id, "LAW")
                reasons.setdefault((s.verdict, s.reading, told), []).append(id)
    for (verdict, reading, told), ids in reasons.items():
        which = "every law" if len(ids) == len(states) else ", ".join(ids)
        console.print()
        _wrapped(console, f"{verdict} {reading}: {told}: {which}", style=STYLES.get(verdict, ""))


def show_law(console: Console, law: Law, states: Iterable[State], errata: Sequence[Erratum]) -> None:
    """A law from its states to its errata."""
    _wrapped(console, f"{law.id}  {law.title}", style="bold")
    _wrapped(console, f"source: {law.source}")
    if law.hypotheses:
        _wrapped(console, f"hypotheses: {'; '.join(law.hypotheses)}")
    _head(console, "readings")
    for s in states:
        _wrapped(console, f"{s.reading}: {s.verdict}, {s.evidence}", 2, STYLES.get(s.verdict, ""))
    _head(console, "rests on")
    for item in _assumed(law):
        _wrapped(console, item, 2)
    for number, claim in enumerate(law.claims, 1):
        _show_claim(console, claim, f"claim {number} of {len(law.claims)}: " if law.claims[1:] else "claim: ")
    own = concerning(law.id, errata)
    if own:
        _head(console, "errata")
    for erratum in own:
        show_erratum(console, erratum)


def _assumed(law: Law) -> Iterator[str]:
    found = assumptions(law)
    yield from (f"definition {d.name}: {write(defined(d))}" for d in found.definitions)
    yield from (f"hypothesis “{h.name}”: {write(hypothesis(h))}" for h in found.hypotheses)
    yield from (f"factorization: {write(factorized(f))}" for f in found.factorizations)


def _show_claim(console: Console, claim: Claim, title: str) -> None:
    _head(console, title + claim.name)
    _wrapped(console, f"for all {', '.join(map(write, symbols(claim.statement)))}:", 2)
    for h in claim.statement.hypotheses:
        _wrapped(console, f"if {write(hypothesis(h))} ({h.name}),", 2)
    _wrapped(console, write(statement(claim.statement)), 4, "bold")
    console.print()
    rows: list[Row] = [("0", text(claim.statement.left), "")]
    for number, (line, used) in enumerate(lines(claim.derivation), 1):
        reason = f"{line.reason} [{rules(line)}]" + (f", {', '.join(map(write, used))}" if used else "")
        rows.append((str(number), f"= {text(line.term)}", reason))
    _show_rows(console, rows)


def _show_rows(console: Console, rows: Sequence[Row]) -> None:
    wide = max(len(expression) for _, expression, _ in rows)
    if 4 + wide + GAP + max(len(reason) for *_, reason in rows) <= console.width:
        for number, expression, reason in rows:
            line = Text(f"{number:>2}  {expression.ljust(wide + GAP)}")
            line.append(reason, "dim")
            line.rstrip()
            console.print(line, soft_wrap=True)
        return
    for number, expression, reason in rows:
        _wrapped(console, f"{number:>2}  {expression}", hanging=6)
        if reason:
            _wrapped(console, reason, 8, "dim", hanging=2)


def show_erratum(console: Console, erratum: Erratum) -> None:
    """The printed line beside the corrected one, the finding, its scope, and its witnesses evaluated now."""
    _wrapped(console, f"{erratum.id}, {place(erratum)}: {erratum.finding}", 2)
    _wrapped(console, f"- printed    {_printed(erratum.printed)}", 4, "red", hanging=13)
    _wrapped(console, f"+ corrected  {_printed(erratum.corrected)}", 4, "green", hanging=13)
    _wrapped(console, f"scope: {erratum.scope}", 4)
    _wrapped(console, f"shown by: {', '.join(map(_evidence, erratum.evidence))}", 4)
    for witness in erratum.witnesses:
        _wrapped(console, _witness(witness), 4)


def _printed(line: Printed) -> str:
    if isinstance(line, Scalar):
        return text(line)
    return write(fragment(line)) if line else "(nothing)"


def _evidence(evidence: str) -> str:
    law = laws().get(evidence)
    return f"{evidence} (both directions)" if law is not None and law.is_equivalence else evidence


def _witness(witness: Witness) -> str:
    printed, corrected = evaluate(witness, theory())
    inputs = [f"{name} = {_nested(array)}" for name, array in witness.arrays.items()]
    at = [f"{name} = {value}" for name, value in witness.at.items()]
    return (
        f"witness on {witness.group}, {', '.join([*inputs, *at])}: {text(witness.reading)} is {printed}, "
        f"{text(witness.line)} is {corrected}"
    )


def _nested(array: object) -> str:
    return f"[{', '.join(map(_nested, array))}]" if isinstance(array, tuple) else str(array)


# ---- lines of the terminal


def _head(console: Console, title: str) -> None:
    console.print()
    _wrapped(console, title, style="bold")


def _wrapped(console: Console, line: str, indent: int = 0, style: str = "", hanging: int = 2) -> None:
    """A line, broken between words at the width of the terminal, but not inside a subscript or short brackets."""
    room = max(console.width, indent + hanging + 10)
    held = re.sub(r"\{[^{}]*\}|\([^()]{,24}\)", lambda m: m[0].replace(" ", "\0"), line)
    words = (w if len(w) <= room - indent - hanging else w.replace("\0", " ") for w in held.split(" "))
    start = " " * indent
    broken = textwrap.wrap(
        " ".join(words),
        room,
        initial_indent=start,
        subsequent_indent=start + " " * hanging,
        break_on_hyphens=False,
    )
    for part in broken:
        _say(console, part.replace("\0", " "), style)


def _say(console: Console, line: str, style: str = "") -> None:
    console.print(Text(line.rstrip(), style), soft_wrap=True)
