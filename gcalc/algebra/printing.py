r"""Text and LaTeX of formal sums, their labels and matrices.

Main definitions
    sum_text, sum_latex: ``2·e - 3·r²m`` and ``2\,e - 3\,r^{2}m``.
    label_text, label_latex: a group element or a point.

The identity is written e. A name such as ``r^2m`` is written as it is, with its powers raised; an isometry is
written by its values at (x, y), as ``(-y + 1/2, x)``; the coset gH by its least member; any other label in
parentheses.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from gcalc.algebra.coefficients import Exact, is_expression
from gcalc.groups.isometry import Isometry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gcalc.algebra.free_module import FreeModule

__all__ = ["label_latex", "label_text", "matrix_latex", "matrix_text", "sum_latex", "sum_text"]

NAME = re.compile(r"(?:[A-Za-z](?:\^\d+)?)+")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def sum_text(terms: Iterable[tuple[str, Exact]]) -> str:
    """``2·e - 3·r²m`` from labels and coefficients; 0 if there are none."""
    return _join(terms, "·", _coefficient_text)


def sum_latex(terms: Iterable[tuple[str, Exact]]) -> str:
    r"""``2\,e - 3\,r^{2}m`` from labels in LaTeX and coefficients; 0 if there are none."""
    return _join(terms, r"\,", _coefficient_latex)


def label_text(b: Any, module: FreeModule[Any]) -> str:
    """The label b of the free module R[B], a group element or a point, as it stands in a sum."""
    return _label(b, module.algebra.group, module.is_regular, _text_part)


def label_latex(b: Any, module: FreeModule[Any]) -> str:
    """The same in LaTeX."""
    return _label(b, module.algebra.group, module.is_regular, _latex_part)


def matrix_text(entries: Sequence[Sequence[str]]) -> str:
    """Rows in brackets, columns aligned."""
    cells = [[*(f"{entry}," for entry in row[:-1]), row[-1]] for row in entries]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    rows = [" ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    width = max(map(len, rows))
    if len(rows) == 1:
        return f"[{rows[0]}]"
    left = ["⎡", *"⎢" * (len(rows) - 2), "⎣"]
    right = ["⎤", *"⎥" * (len(rows) - 2), "⎦"]
    return "\n".join(f"{a}{row.ljust(width)}{b}" for a, row, b in zip(left, rows, right, strict=True))


def matrix_latex(entries: Sequence[Sequence[str]]) -> str:
    """A pmatrix."""
    body = r" \\ ".join(" & ".join(row) for row in entries)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def _join(terms: Iterable[tuple[str, Exact]], times: str, show: Callable[[Exact], str]) -> str:
    text = ""
    for label, coefficient in terms:
        c = (
            coefficient.as_expr()
            if not is_expression(coefficient) and hasattr(coefficient, "as_expr")
            else coefficient
        )
        negative = _is_negative(c)
        sign = ("-" if negative else "") if not text else (" - " if negative else " + ")
        c = -c if negative else c
        text += sign + ("" if c == 1 else show(c) + times) + label
    return text or "0"


def _is_negative(c: Exact) -> bool:
    """Whether c is written with a minus before it."""
    if is_expression(c):
        return not c.is_Add and bool(c.could_extract_minus_sign())
    return isinstance(c, int | Fraction) and c < 0


def _coefficient_text(c: Exact) -> str:
    text = str(c)
    return text if isinstance(c, Fraction) or not re.search("[ /]", text) else f"({text})"


def _coefficient_latex(c: Exact) -> str:
    if isinstance(c, int):
        return str(c)
    if isinstance(c, Fraction):
        return rf"\tfrac{{{c.numerator}}}{{{c.denominator}}}"
    if not is_expression(c):
        return rf"\text{{{_escaped(str(c))}}}"
    from sympy import latex

    return rf"\left({latex(c)}\right)" if c.is_Add else str(latex(c))


def _label(label: Any, group: Any, is_element: bool, part: Callable[[Any], str]) -> str:
    """The label in text or in LaTeX, as ``part`` writes names and numbers."""
    if isinstance(label, frozenset) and label and all(g in group for g in label):
        return "H" if group.identity in label else f"{_label(_least(label, group), group, True, part)}H"
    if is_element and label == group.identity:
        return "e"
    if isinstance(label, Isometry):
        return f"({', '.join(_coordinates(label, part))})"
    if isinstance(label, str) and NAME.fullmatch(label):
        return part(label)
    return _nested(label, part) if isinstance(label, tuple) else f"({part(label)})"


def _nested(label: Any, part: Callable[[Any], str]) -> str:
    return (
        f"({', '.join(map(partial(_nested, part=part), label))})" if isinstance(label, tuple) else part(label)
    )


def _text_part(x: Any) -> str:
    if isinstance(x, str) and NAME.fullmatch(x):
        return re.sub(r"\^(\d+)", lambda power: power[1].translate(RAISED), x)
    return str(x)


def _latex_part(x: Any) -> str:
    text = str(x)
    if isinstance(x, Fraction) and x.denominator > 1:
        return rf"{'-' if x < 0 else ''}\tfrac{{{abs(x.numerator)}}}{{{x.denominator}}}"
    if re.fullmatch(r"-?\w|-?\d+", text):
        return text
    if isinstance(x, str) and NAME.fullmatch(x):
        return re.sub(r"\^(\d+)", r"^{\1}", x)
    return rf"\text{{{_escaped(text)}}}"


def _escaped(text: str) -> str:
    return re.sub(r"([#$%&_{}])", r"\\\1", re.sub(r"[\\^~]", " ", text))


def _least(coset: frozenset[Any], group: Any) -> Any:
    return min(coset) if group.order is None else min(coset, key=group.index)


def _coordinates(g: Isometry, part: Callable[[Any], str]) -> list[str]:
    """The coordinates of gx: ``-y + 1/2`` and so on."""
    names = "xyz" if len(g.matrix) <= 3 else [f"x{i + 1}" for i in range(len(g.matrix))]
    return [
        _join([(name, c) for name, c in zip(names, row, strict=False) if c], "", str)
        + (f" {'-' if t < 0 else '+'} {part(abs(t))}" if t else "")
        for row, t in zip(g.matrix, g.translation, strict=True)
    ]
