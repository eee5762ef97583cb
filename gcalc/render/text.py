"""Terms as plain Unicode text: `Σ_{h ∈ G} Σ_k D(k, h) psi(k, j, h⁻¹x)`; channels are arguments."""

from __future__ import annotations

import re

from gcalc.kernel.terms import Term
from gcalc.render import notation as n

MARKS = {n.INVERSE: "⁻¹", "*": "*", "T": "ᵀ", "Σ": "^Σ", "2": "²", "K": "ᴷ"}
DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def text(term: Term) -> str:
    """The term in one line."""
    return write(n.notation(term))


def write(box: n.Box) -> str:
    """A box in one line."""
    match box:
        case n.At(_, inner):
            return write(inner)
        case n.Name(name):
            return shown(name)
        case n.Number(digits) | n.Words(digits):
            return digits
        case n.Sign(sign, infix):
            return f" {sign} " if infix else ", " if sign == "," else sign
        case n.Row(parts, product):
            return (" " if product else "").join(map(write, parts))
        case n.Fence(inner, square):
            return f"[{write(inner)}]" if square else f"({write(inner)})"
        case n.Sub(base, below):
            return f"{write(base)}_{_braced(write(below))}"
        case n.Mark(base, mark):
            return write(base) + MARKS[mark]
        case n.Value(function, arguments, _):
            return f"{write(function)}({', '.join(map(write, arguments))})"
        case n.Over(sign, below, body):
            return f"{sign}_{_braced(write(below))} {write(body)}"
        case n.Partial(of, by):
            return f"∂{write(of) if of else ''}/∂{write(by)}"


def shown(name: str) -> str:
    """A name as it is read: q0 is q₀, h#2 is h″."""
    base, _, number = name.partition("#")
    found = re.fullmatch(r"(.*?)(\d*)", base)
    letters, digits = found.groups() if found else (base, "")
    return letters + digits.translate(DIGITS) + ("′" * int(number) if number.isdigit() else "")


def _braced(below: str) -> str:
    return below if re.fullmatch(r"\w[₀-₉]*", below) else f"{{{below}}}"
