"""Laws as static pages: HTML with MathML, one small stylesheet, and neither script, font nor network.

Main definitions: `Article`, `law_page`, `index_page`, `errata_page`. A page is made from its article alone: the same
terms and states give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template

from gcalc.kernel.sorts import Definition, Factorization, Hypothesis
from gcalc.kernel.terms import Scalar, Term
from gcalc.proving.assumptions import Assumptions
from gcalc.proving.errata import Erratum, Printed, Witness
from gcalc.proving.law import Claim, Law
from gcalc.render import latex
from gcalc.render import notation as n
from gcalc.render.fragment import fragment
from gcalc.render.mathml import math
from gcalc.render.reasons import lines, rules
from gcalc.render.state import State, concerning, place
from gcalc.render.statement import defined, factorized, hypothesis, statement, symbols

TEMPLATE = Template((files("gcalc.render") / "page.html").read_text(encoding="utf-8"))
STYLE = (files("gcalc.render") / "page.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Article:
    """A law with all that is said of it."""

    law: Law
    states: tuple[State, ...]
    assumptions: Assumptions


@dataclass(frozen=True)
class Evidence:
    """What the errata rest on.

    values: what the printed and the corrected line come to at a witness, by its identity. equivalences: the ids of the
    laws that are proved in both directions.
    """

    values: Mapping[int, tuple[int, int]]
    equivalences: frozenset[str]


def law_page(article: Article, errata: Sequence[Erratum], shown: Evidence) -> str:
    """The page of a law: states, what it rests on, every claim line by line, its errata."""
    law = article.law
    own = concerning(law.id, errata)
    parts = [
        f"<p class=source>{escape(law.source)}</p>",
        _badges(article.states),
        _section("Hypotheses", _items(map(escape, law.hypotheses))),
        _section("Rests on", _assumptions(article.assumptions)),
        *(_claim(claim, number) for number, claim in enumerate(law.claims, 1)),
        _section("Errata", "".join(_erratum(e, shown) for e in own)),
    ]
    return _page(law.title, f"<code>{law.id}</code>", "\n".join(filter(None, parts)))


def index_page(articles: Iterable[Article]) -> str:
    """The list of laws with the state of every reading."""
    articles = list(articles)
    readings = list(dict.fromkeys(state.reading for a in articles for state in a.states))
    head = "".join(f"<th scope=col>{escape(r)}</th>" for r in readings)
    rows = [
        f'<tr><th scope=row><a href="{a.law.id}.html">{escape(a.law.title)}</a> <code>{a.law.id}</code></th>'
        + "".join(_cell(reading, a.states) for reading in readings)
        + "</tr>"
        for a in articles
    ]
    table = f"<table class=laws><thead><tr><th scope=col>law</th>{head}</tr></thead><tbody>\n" + "\n".join(
        rows
    )
    more = '<p>What the print has wrong, loose or unsaid: the <a href="errata.html">errata</a>.</p>'
    return _page("Derivations", f"{len(articles)} laws", f"{more}\n{table}\n</tbody></table>")


def errata_page(errata: Sequence[Erratum], shown: Evidence) -> str:
    """Every erratum: the line as printed beside the corrected one, the finding, scope, evidence and witnesses."""
    return _page("Errata", "of the supplementary material", "\n".join(_erratum(e, shown) for e in errata))


def _page(title: str, subtitle: str, body: str) -> str:
    return TEMPLATE.substitute(title=escape(title), subtitle=subtitle, style=STYLE, body=body)


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>\n{body}</section>" if body else ""


def _items(items: Iterable[str]) -> str:
    found = [f"<li>{item}</li>" for item in items]
    return f"<ul>{''.join(found)}</ul>\n" if found else ""


def _badge(state: State) -> str:
    return f'<span class="badge {state.verdict.lower()}">{escape(state.verdict)}</span>'


def _badges(states: Iterable[State]) -> str:
    rows = [
        f"<tr><th scope=row>{escape(s.reading)}</th><td>{_badge(s)}</td><td>{escape(s.evidence)}</td></tr>"
        for s in states
    ]
    return f"<table class=states>{''.join(rows)}</table>"


def _cell(reading: str, states: Iterable[State]) -> str:
    found = [s for s in states if s.reading == reading]
    shown = (
        f'<span class=label>{escape(reading)} </span><span title="{escape(s.evidence)}">{_badge(s)}</span>'
        for s in found
    )
    return f"<td>{''.join(shown)}</td>"


# ---- a law


def _assumptions(rests_on: Assumptions) -> str:
    items: list[Definition | Hypothesis | Factorization] = [
        *rests_on.definitions,
        *rests_on.hypotheses,
        *rests_on.factorizations,
    ]
    return _items(map(_assumption, items))


def _assumption(item: Definition | Hypothesis | Factorization) -> str:
    match item:
        case Definition(name=name):
            return f"definition <code>{escape(name)}</code>: {math(defined(item))}"
        case Hypothesis(name=name):
            return f"hypothesis “{escape(name)}”: {math(hypothesis(item))}"
    return f"factorization: {math(factorized(item))}"


def _claim(claim: Claim, number: int) -> str:
    prefix = f"c{number}"
    assumed = _items(f"{escape(h.name)}: {math(hypothesis(h))}" for h in claim.statement.hypotheses)
    rows = [_row(0, n.notation(claim.statement.left), "", f"{prefix}.l0")]
    for i, (line, used) in enumerate(lines(claim.derivation), 1):
        box = n.row(n.Sign("=", infix=True), n.notation(line.term))
        why = f"{escape(line.reason)} <code>{escape(rules(line))}</code>"
        why += f"<br>with {', '.join(map(math, used))}" if used else ""
        rows.append(_row(i, box, why, f"{prefix}.l{i}"))
    return (
        f'<section id="{prefix}"><h2>{escape(claim.name)}</h2>\n'
        f"<p class=symbols>For all {', '.join(map(math, symbols(claim.statement)))}:</p>\n"
        f"<div class=claim>{math(statement(claim.statement))}</div>\n"
        + (f"<p>assuming</p>{assumed}" if assumed else "")
        + f"<table class=lines>\n{''.join(rows)}</table>\n"
        f"<details><summary>LaTeX</summary><pre>{escape(latex.derivation(claim))}</pre></details></section>"
    )


def _row(number: int, expression: n.Box, why: str, prefix: str) -> str:
    return (
        f"<tr><th scope=row>{number}</th><td class=expression>{math(expression, prefix)}</td>"
        f"<td class=reason>{why}</td></tr>\n"
    )


# ---- errata


def _erratum(erratum: Erratum, shown: Evidence) -> str:
    evidence = ", ".join(_link(e, shown) for e in erratum.evidence)
    rows = [
        f"<tr class=printed><th scope=row>printed</th><td><del>{_line(erratum.printed)}</del></td></tr>",
        f"<tr class=corrected><th scope=row>corrected</th><td><ins>{_line(erratum.corrected)}</ins></td></tr>",
        f"<tr><th scope=row>scope</th><td>{escape(erratum.scope)}</td></tr>",
        f"<tr><th scope=row>shown by</th><td>{evidence}</td></tr>",
        *(f"<tr><th scope=row>witness</th><td>{_witness(w, shown)}</td></tr>" for w in erratum.witnesses),
    ]
    return (
        f'<article id="{erratum.id}"><h3>{erratum.id}, {escape(place(erratum))}</h3>'
        f"<p>{escape(erratum.finding)}</p>\n<table class=erratum>\n"
        + "\n".join(rows)
        + "\n</table></article>"
    )


def _line(printed: Printed) -> str:
    if isinstance(printed, Scalar):
        return math(n.notation(printed))
    return math(fragment(printed)) if printed else "nothing"


def _link(evidence: str, shown: Evidence) -> str:
    law, _, claim = evidence.partition(": ")
    more = claim or ("both directions" if law in shown.equivalences else "")
    return f'<a href="{law}.html"><code>{law}</code></a>' + (f" ({escape(more)})" if more else "")


def _witness(witness: Witness, shown: Evidence) -> str:
    printed, corrected = shown.values[id(witness)]
    arrays = ", ".join(f"{name} = {_nested(array)}" for name, array in witness.arrays.items())
    at = ", ".join(f"{name} = {value}" for name, value in witness.at.items())
    return (
        f"on {escape(witness.group)}, {escape(arrays)}, {escape(at)}: {_side(witness.reading)} is {printed}, "
        f"{_side(witness.line)} is {corrected}"
    )


def _side(term: Term) -> str:
    return math(n.notation(term))


def _nested(array: object) -> str:
    return f"[{', '.join(map(_nested, array))}]" if isinstance(array, tuple) else str(array)
