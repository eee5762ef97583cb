"""Printed lines that are no terms, as notation: `[L_r f] ⋆ psi ≠ L_r [f ⋆ psi]`; words stand in quotes.

Main definition: `fragment`. What is read is the plain text that `gcalc.render.text` writes, so that it is written again
as it was.
"""

from __future__ import annotations

import re

from gcalc.errors import GcalcError
from gcalc.render import notation as n

INFIX = "=≠∈→⋆∗+−⇔∘×↦⊆"
MARKS = {"⁻¹": n.INVERSE, "*": "*", "ᵀ": "T", "²": "2", "ᴷ": "K"}
TOKEN = re.compile(
    rf'(?P<words>"[^"]*")|(?P<infix> [{INFIX}] )|(?P<mark>⁻¹|[*ᵀ²ᴷ])|(?P<comma>, )|(?P<colon>: )|(?P<space> )'
    r"|(?P<number>\d+)|(?P<sign>[Σ⊕∂/|])|(?P<name>psi|Psi|phi|[^\W\d_])|(?P<sub>_)|(?P<open>[(\[{])|(?P<close>[)\]}])"
)
FENCES = {"(": ")", "[": "]", "{": "}"}


def fragment(text: str) -> n.Box:
    """The notation of a printed line.

    Raises:
        GcalcError: a sign that is not known, or a bracket without its partner.
    """
    tokens = _tokens(text)
    box = _row(tokens, text)
    if tokens:
        raise GcalcError(f"{text!r}: a bracket is closed that was not opened; leave it out")
    return box


def _tokens(text: str) -> list[tuple[str, str]]:
    """Kinds and tokens, the next one last."""
    place, found = 0, list[tuple[str, str]]()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise GcalcError(f"{text!r}: no notation for {text[place]!r}; write it in words, in quotes")
        found.append((str(match.lastgroup), match.group()))
        place = match.end()
    return found[::-1]


def _row(tokens: list[tuple[str, str]], text: str) -> n.Box:
    parts: list[n.Box] = []
    while tokens and tokens[-1][0] != "close":
        kind, token = tokens.pop()
        match kind:
            case "mark":
                parts.append(n.Mark(_last(parts, text), MARKS[token]))
            case "sub":
                below = _group(tokens, text)
                parts.append(n.Sub(_last(parts, text), below))
            case "open":
                inner = _closed(tokens, token, text)
                parts.append(n.Fence(inner, square=token == "["))
            case _:
                parts.append(_single(kind, token))
    return parts[0] if len(parts) == 1 else n.Row(tuple(parts))


def _single(kind: str, token: str) -> n.Box:
    match kind:
        case "words":
            return n.Words(token.strip('"'))
        case "infix":
            return n.Sign(token.strip(), infix=True)
        case "number":
            return n.Number(token)
        case "name":
            return n.Name(token)
        case "comma":
            return n.COMMA
    return n.Sign(token)


def _group(tokens: list[tuple[str, str]], text: str) -> n.Box:
    """What a subscript is: one name, or what stands in braces."""
    kind, token = tokens.pop() if tokens else ("close", "")
    if token == "{":
        return _closed(tokens, token, text)
    if kind not in ("name", "number"):
        raise GcalcError(f"{text!r}: a subscript is a name, or stands in braces")
    return _single(kind, token)


def _closed(tokens: list[tuple[str, str]], opening: str, text: str) -> n.Box:
    inner = _row(tokens, text)
    if not tokens or tokens.pop()[1] != FENCES[opening]:
        raise GcalcError(f"{text!r}: {opening} is not closed; close it")
    return inner


def _last(parts: list[n.Box], text: str) -> n.Box:
    if not parts:
        raise GcalcError(f"{text!r}: a script has nothing to stand at")
    return parts.pop()
