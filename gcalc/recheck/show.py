"""Normal forms as a person reads them, for refusals: `Σ1:G D(k, 1) f(j, 1 g)`, bound variables by their numbers."""

from __future__ import annotations

from gcalc.recheck.polynomials import Atom, Monomial, Polynomial, Scope
from gcalc.recheck.words import Letter, Variable, Word


def difference(left: Polynomial, right: Polynomial) -> str:
    """The first monomial that only the one has, and the first that only the other has."""
    ours = next((m for m in left if m not in right), None)
    theirs = next((m for m in right if m not in left), None)
    return f"{monomial(ours)} against {monomial(theirs)}"


def monomial(m: Monomial | None) -> str:
    """One monomial; nothing is 0."""
    if m is None:
        return "0"
    sums = " ".join(f"Σ{_variable(v)}:{v.sort.name}" for v in m.binders)
    factors = [str(m.coefficient)] if m.coefficient != 1 or not m.atoms else []
    return " ".join([*([sums] if sums else []), *factors, *map(_atom, m.atoms)])


def _atom(atom: Atom) -> str:
    inside = [*map(_word, atom.words), *map(_scope, atom.scopes)]
    names = {"delta": "δ", "in": f"1_{atom.name}", "hole": "□"}
    return f"{names.get(atom.tag, atom.name)}({', '.join(inside)})"


def _scope(scope: Scope) -> str:
    names = " ".join(f"{_variable(v)}:{v.sort.name}" for v in scope.binders)
    guards = "".join(f"{_atom(g)} " for g in scope.guards)
    body = " + ".join(map(monomial, scope.body)) or "0"
    return f"{names}. {guards}{body}" if names else body


def _word(word: Word) -> str:
    return " ".join(map(_letter, word)) or "1"


def _letter(one: Letter) -> str:
    text = _variable(one.variable)
    for r in reversed(one.maps):
        text = f"{r.name}{'⁻¹' if r.power < 0 else ''}({text})"
    return text + ("⁻¹" if one.sign < 0 else "")


def _variable(v: Variable) -> str:
    return str(v.name)
