"""Terms as presentation MathML, written from the notation; every subterm has an id, its path in the term.

The elements are those of MathML Core, which current browsers show without script or font.
"""

from __future__ import annotations

import re
from html import escape

from gcalc.kernel.terms import Term
from gcalc.render import notation as n
from gcalc.render.text import shown

GREEK = {"psi": "ψ", "Psi": "Ψ", "phi": "φ"}
MARKS = {
    n.INVERSE: "<mrow><mo>−</mo><mn>1</mn></mrow>",
    "*": "<mo>*</mo>",
    "T": "<mi>T</mi>",
    "Σ": "<mo>Σ</mo>",
}
APPLY = "<mo>&#x2061;</mo>"
SPACE = '<mspace width="0.17em"/>'
ELEMENTS = ("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "munder", "mfrac")
"""The elements that occur."""


def mathml(term: Term, prefix: str = "") -> str:
    """The term as one <math> element; the ids of its subterms begin with the prefix, without one there are none."""
    return math(n.notation(term), prefix)


def math(box: n.Box, prefix: str = "") -> str:
    """A box as one <math> element."""
    return f'<math displaystyle="true">{write(box, prefix)}</math>'


def write(box: n.Box, prefix: str = "") -> str:
    """A box as one element."""
    match box:
        case n.At(path, inner):
            return _identified(write(inner, prefix), prefix, path)
        case n.Name(name):
            return _name(name)
        case n.Number(digits):
            return f"<mn>{digits}</mn>"
        case n.Words(words):
            return f"<mtext>{escape(words).replace(' ', '&#xa0;')}</mtext>"
        case n.Sign(sign, _):
            return _sign(box) if sign.strip() else SPACE
        case n.Row(parts, product):
            joined = (SPACE if product else "").join(write(part, prefix) for part in parts)
            return joined if len(parts) == 1 else _row(joined)
        case n.Fence(inner, square):
            return _fenced(write(inner, prefix), "[]" if square else "()")
        case n.Sub(base, below):
            return _script(base, write(below, prefix), prefix)
        case n.Mark(base, mark):
            return f"<msup>{write(base, prefix)}{_mark(mark)}</msup>"
        case n.Value():
            return _value(box, prefix)
        case n.Over(sign, below, body):
            big = f'<munder><mo movablelimits="false">{sign}</mo>{write(below, prefix)}</munder>'
            return _row(big + write(body, prefix))
        case n.Partial(of, by):
            above = f"<mo>∂</mo>{write(of, prefix) if of else ''}"
            return f"<mfrac>{_row(above)}{_row('<mo>∂</mo>' + write(by, prefix))}</mfrac>"


def _row(inner: str) -> str:
    return f"<mrow>{inner}</mrow>"


def _identified(element: str, prefix: str, path: n.Path) -> str:
    """The element with the id of its subterm."""
    if not prefix:
        return element
    place = "".join(f".{number}" for number in path)
    return re.sub(r"^<(\w+)", rf'<\1 id="{prefix}{place}"', element, count=1)


def _name(name: str) -> str:
    base, _, number = name.partition("#")
    found = re.fullmatch(r"(.*?)(\d*)", base)
    letters, digits = found.groups() if found else (base, "")
    known = f"<mi>{escape(GREEK.get(letters, letters))}</mi>"
    known = f"<msub>{known}<mn>{digits}</mn></msub>" if digits else known
    return f"<msup>{known}<mo>{shown(f'#{number}')}</mo></msup>" if number else known


def _mark(mark: str) -> str:
    return MARKS.get(mark) or (f"<mn>{mark}</mn>" if mark.isdigit() else f"<mi>{escape(mark)}</mi>")


def _sign(sign: n.Sign) -> str:
    space = {",": ' separator="true"', "·": ' lspace="0" rspace="0"'}.get(sign.text, "")
    return f"<mo{space}>{escape(sign.text.strip())}</mo>"


def _fenced(inner: str, pair: str) -> str:
    opening, closing = (f'<mo stretchy="false">{bracket}</mo>' for bracket in pair)
    return _row(opening + inner + closing)


def _script(base: n.Box, below: str, prefix: str) -> str:
    """A subscript; under the mark of its base, if that is a starred name."""
    inner = base.inner if isinstance(base, n.At) else base
    if isinstance(inner, n.Mark):
        scripts = f"{write(inner.base, prefix)}{below}{_mark(inner.mark)}"
        element = f"<msubsup>{scripts}</msubsup>"
        return _identified(element, prefix, base.path) if isinstance(base, n.At) else element
    return f"<msub>{write(base, prefix)}{below}</msub>"


def _value(box: n.Value, prefix: str) -> str:
    pairs = list(zip(box.arguments, box.channels, strict=True))
    channels = [a for a, channel in pairs if channel]
    places = [a for a, channel in pairs if not channel]
    name = (
        _script(box.function, write(n.listed(channels), prefix), prefix)
        if channels
        else write(box.function, prefix)
    )
    if n.is_partial(box):
        return _row(name)
    arguments = _fenced(write(n.listed(places), prefix), "()")
    return _row(f"{name}{APPLY}{arguments}") if places else _row(name)
