r"""Terms as LaTeX, for a document of their own: `\sum_{h \in G} \sum_{k} D_{k}(h)\, \psi_{k, j}(h^{-1}x)`."""

from __future__ import annotations

import re

from gcalc.kernel.terms import Term
from gcalc.proving.law import Claim
from gcalc.render import notation as n
from gcalc.render.reasons import lines, rules

GREEK = {
    "psi": r"\psi",
    "Psi": r"\Psi",
    "phi": r"\varphi",
    "Φ": r"\Phi",
    "δ": r"\delta",
    "R": "R",
    "ℝ": r"\mathbb{R}",
    "ℤ": r"\mathbb{Z}",
}
SIGNS = {
    "⋆": r"\star",
    "∗": r"\ast",
    "∈": r"\in",
    "↦": r"\mapsto",
    "×": r"\times",
    "→": r"\to",
    "⊆": r"\subseteq",
    "≠": r"\neq",
    "⇔": r"\iff",
    "∘": r"\circ",
    "−": "-",
    "·": r"{\cdot}",
    "Σ": r"\sum",
    "⊕": r"\bigoplus",
    "max": r"\max",
    "‹": r"\text{`}",
    "›": r"\text{'}",
    "|": r"\vert ",
    "∂": r"\partial ",
    " ": r"\, ",
}
MARKS = {"T": r"\mathsf{T}", "Σ": r"\Sigma"}


def latex(term: Term) -> str:
    """The term as the contents of a formula."""
    return write(n.notation(term))


def write(box: n.Box) -> str:
    """A box as the contents of a formula."""
    match box:
        case n.At(_, inner):
            return write(inner)
        case n.Name(name):
            return shown(name)
        case n.Number(digits):
            return digits.replace("−", "-")
        case n.Words(words):
            return rf"\text{{{escape(words)}}}"
        case n.Sign(sign, infix):
            known = SIGNS.get(sign, sign)
            return f" {known} " if infix else ", " if sign == "," else known
        case n.Row(parts, product):
            return r"\, ".join(map(write, parts)) if product else _joined(list(map(write, parts)))
        case n.Fence(inner, square):
            return f"[{write(inner)}]" if square else f"({write(inner)})"
        case n.Sub(base, below):
            return f"{_base(base)}_{{{write(below)}}}"
        case n.Mark(base, mark):
            return f"{_base(base)}^{{{MARKS.get(mark, mark)}}}"
        case n.Value():
            return _value(box)
        case n.Over(sign, below, body):
            return rf"{SIGNS.get(sign, sign)}_{{{write(below)}}} {write(body)}"
        case n.Partial(of, by):
            return rf"\frac{{\partial {write(of) if of else ''}}}{{\partial {write(by)}}}"


def _joined(parts: list[str]) -> str:
    r"""The parts side by side: \varphi x, not \varphix."""
    out = ""
    for part in parts:
        touching = re.search(r"\\[A-Za-z]+$", out) and re.match(r"[A-Za-z]", part)
        out += (" " if touching else "") + part
    return out


def _value(box: n.Value) -> str:
    pairs = list(zip(box.arguments, box.channels, strict=True))
    channels = ", ".join(write(a) for a, channel in pairs if channel)
    places = [write(a) for a, channel in pairs if not channel]
    name = f"{_base(box.function)}_{{{channels}}}" if channels else write(box.function)
    if n.is_partial(box):
        return name
    return f"{name}({', '.join(places)})" if places else name


def _base(box: n.Box) -> str:
    """What carries a script; in braces where it has one already."""
    inner = box.inner if isinstance(box, n.At) else box
    written = write(inner)
    scripted = isinstance(inner, n.Mark | n.Sub | n.Value) or "_" in written or "^" in written
    return f"{{{written}}}" if scripted else written


def shown(name: str) -> str:
    """A name as LaTeX: psi is a Greek letter, q0 has a subscript, h#2 two primes."""
    base, _, number = name.partition("#")
    found = re.fullmatch(r"(.*?)(\d*)", base)
    letters, digits = found.groups() if found else (base, "")
    known = GREEK.get(letters) or (letters if len(letters) == 1 else rf"\mathrm{{{escape(letters)}}}")
    primed = "'" * int(number) if number.isdigit() else ""
    return f"{known}_{{{digits}}}{primed}" if digits else f"{known}{primed}"


def escape(words: str) -> str:
    """Words with LaTeX's signs made harmless."""
    return re.sub(r"([#$%&_{}])", r"\\\1", words)


REASON = {
    "→": r"$\to$",
    "⁻¹": "$^{-1}$",
    "∂": r"$\partial$",
    "δ": r"$\delta$",
    "λ": r"$\lambda$",
    "Φ": r"$\Phi$",
}
REASON |= {
    "⋆": r"$\star$",
    "∗": r"$\ast$",
    "∘": r"$\circ$",
    "Σ": r"$\Sigma$",
    "∈": r"$\in$",
    "⊕": r"$\oplus$",
}
REASON |= {"×": r"$\times$", "↦": r"$\mapsto$", "=": "=", "<": r"$\langle$", ">": r"$\rangle$"}


def words(reason: str) -> str:
    """A reason as text with its signs in math."""
    return "".join(REASON.get(part, part) for part in re.split("(⁻¹|.)", escape(reason)) if part)


def derivation(claim: Claim) -> str:
    """A claim as an aligned display of amsmath: its lines, and their reasons with the rules of their steps."""
    rows = [rf"  & {latex(claim.statement.left)} \\"]
    for line, _ in lines(claim.derivation):
        reason = words(f"{line.reason} [{rules(line)}]".replace("←", "backward"))
        rows.append(rf"  &= {latex(line.term)} && \text{{{reason}}} \\")
    return "\n".join([r"\begin{align*}", *rows, r"\end{align*}"])
