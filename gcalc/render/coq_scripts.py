"""One Coq script for each step of a derivation: down the step's path, then the tactic of its rule.

Main definition: `script`. Going down, what stands around the place is a context without binders (`congr1`), then a
binder (`eq_bigr`, `eq_bigl` for a guard, the extensionality of an opaque map), and so on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gcalc.kernel import terms as t
from gcalc.kernel.replay import Path, Step, apply, graft
from gcalc.kernel.sorts import instantiate, sort_of
from gcalc.kernel.terms import Element, Sort, Term, Var
from gcalc.kernel.words import Word, inverse, reduced
from gcalc.render.coq_terms import (
    Printer,
    Scope,
    Unsupported,
    derivation_name,
    identifier,
    operator_name,
    type_name,
)

CONVERSIONS = ("unfold", "beta", "eta")
"""Rules whose two sides Coq takes for the same term."""


def script(printer: Printer, before: Term, step: Step) -> list[str]:
    """The tactics that prove `before = step.result`, a line each."""
    if step.rule in CONVERSIONS:
        return ["by_definition."]
    there = step.result if step.backward else before
    image = apply(printer.theory, there, step.rule, step.path, step.arguments)
    lines, here, becomes, scope = descend(printer, there, image, step.path)
    start = ["apply: esym."] if step.backward else []
    return [*start, *lines, f"{tactic(printer, scope, here, becomes, step)}."]


def descend(printer: Printer, a: Term, b: Term, path: Path) -> tuple[list[str], Term, Term, Scope]:
    """The tactics that lead from a = b to the equation at the path, its two sides, and the scope there."""
    lines, scope = list[str](), Scope()
    while True:
        at = crossing(a, path)
        lines += context(printer, a, path[:at], scope)
        a, b, path = follow(a, path[:at]), follow(b, path[:at]), path[at:]
        if not path:
            return lines, a, b, scope
        match a:
            case t.Big(_, v):
                _, inner = printer.bound(v, scope)
                lemma = "eq_bigr" if path[0] == 0 else "eq_bigl"
                lines.append(f"apply: {lemma} => {inner.name(v)}{' _' if path[0] == 0 else ''}.")
                a, b, path, scope = t.children(a)[path[0]], t.children(b)[path[0]], path[1:], inner
            case t.App(t.Lam(variables, body), arguments):
                binders, inner = list[str](), scope
                for v in variables:
                    text, inner = printer.bound(v, inner)
                    binders.append(text)
                claim = f"{printer.scalar(body, inner)} = {printer.scalar(follow(b, (0, 0)), inner)} :> R"
                given = [printer.element(e, scope, v.sort) for e, v in zip(arguments, variables, strict=True)]
                lines.append(f"refine ((_ : forall {' '.join(binders)}, {claim}) {' '.join(given)}).")
                lines.append(f"move=> {' '.join(inner.name(v) for v in variables)}.")
                a, b, path, scope = body, follow(b, (0, 0)), path[2:], inner
            case t.App(t.Op(name), _):
                if path[:1] != (0,) or len(path) < 3 or not isinstance(follow(a, path[:2]), t.Lam):
                    raise Unsupported(f"a step deep inside a function that {name} is given")
                function: Any = follow(a, path[:2])
                for v in function.variables:
                    _, scope = printer.bound(v, scope)
                lines.append(
                    f"apply: {_extensional(printer, a)} => {' '.join(map(scope.name, function.variables))}."
                )
                a, b, path = follow(a, (*path[:2], 0)), follow(b, (*path[:2], 0)), path[3:]


def _extensional(printer: Printer, application: Any) -> str:
    definition, _ = instantiate(application.function, printer.theory)
    functions = [p for p in definition.parameters if isinstance(p, t.Fun)]
    if definition.body is not None or len(functions) > 1:
        raise Unsupported(f"a step inside a function that {definition.name} is given")
    return f"{operator_name(definition)}_extensional"


def crossing(term: Term, path: Path) -> int:
    """How far the path goes before it enters a binder; at a function, the application of it."""
    application = 0
    for place, number in enumerate(path):
        if isinstance(term, t.Big):
            return place
        if isinstance(term, t.Lam):
            return application
        if isinstance(term, t.App):
            application = place
        term = t.children(term)[number]
    return len(path)


def follow(term: Term, path: Path) -> Term:
    """The subterm at the end of the path."""
    for number in path:
        term = t.children(term)[number]
    return term


def context(printer: Printer, term: Term, path: Path, scope: Scope) -> list[str]:
    """To a place in a term with no binder on the way."""
    if not path:
        return []
    place = follow(term, path)
    hole: Term = t.App(t.Fun("hole", ()), ())
    kind = "R"
    if isinstance(place, Element):
        hole, kind = Var("hole", sort_of(place)), type_name(sort_of(place))
    around: Any = graft(term, path, hole)
    text = printer.guard(around, scope) if isinstance(around, t.In) else printer.scalar(around, scope)
    return [f"refine (congr1 (fun hole : {kind} => {text}) _)."]


def tactic(printer: Printer, scope: Scope, here: Any, becomes: Any, step: Step) -> str:
    """The tactic that proves here = becomes by the step's rule."""
    arguments: Any = step.arguments
    match step.rule, here:
        case "word", _:
            return "by_word"
        case (("exchange" | "factor" | "additive" | "kron"), _):
            return f"by_{step.rule}"
        case "delta_one", _:
            return "by_delta_one"
        case "ring", _:
            return "by_ring R"
        case "reindex", t.Big(_, v):
            return f"exact: {_bijection(printer, scope, v, *arguments)}"
        case "delta", _:
            return _same_equation(printer, scope, here, becomes)
        case "split", _:
            return f"by_split {factorization_name(*(v.sort for v in arguments))}"
        case "derivative", t.Der(function, _, t.App(t.Fun(name, _), _)):
            return f"exact: {derivation_name(function)}_{identifier(name)}"
        case "derivative", _:
            return "by_derivative"
        case "hypothesis", _:
            return f"exact: {_instance(printer, scope, *arguments)}"
    raise Unsupported(f"the rule {step.rule}")


def _bijection(printer: Printer, scope: Scope, v: Var, kind: str, shift: Term | None = None) -> str:
    match kind, shift:
        case "inverse", None:
            return "reindex_inverse"
        case "automorphism", t.Aut():
            return f"(reindex_automorphism ({printer.automorphism(shift)}))"
        case "left", Element() if v.sort.kind == "set":
            return f"(reindex_act {identifier(v.sort.name)} {printer.element(shift, scope, v.sort.group)})"
        case _, Element():
            return f"(reindex_{kind} {printer.element(shift, scope, v.sort)})"
    raise Unsupported(f"the bijection {kind}")


def factorization_name(first: Sort, second: Sort) -> str:
    """The hypothesis that the group is the product of two subgroups."""
    return f"{identifier(first.name)}_{identifier(second.name)}"


def _instance(printer: Printer, scope: Scope, name: str, instance: tuple[tuple[Term, Term], ...]) -> str:
    number = [h.name for h in printer.theory.hypotheses].index(name)
    chosen: dict[Term, Term] = dict(instance)
    variables = printer.theory.hypotheses[number].variables
    values = [printer.parameter(chosen.get(v, v), scope, v) for v in variables]
    return f"({hypothesis_name(number)} {' '.join(values)})" if values else hypothesis_name(number)


def hypothesis_name(number: int) -> str:
    """The n-th hypothesis of a statement, counted from 0."""
    return f"assumed{number + 1}"


def _same_equation(printer: Printer, scope: Scope, here: t.Delta, becomes: t.Delta) -> str:
    """Δ(a, b) = δ(c, d): with the element p for which p a = c and p b = d, or p (a⁻¹b) p⁻¹ = c⁻¹d."""
    a, b, c, d = (reduced(e) for e in (here.left, here.right, becomes.left, becomes.right))
    group = sort_of(here.left).group
    if group is None:
        return "by_delta_swap"
    if sort_of(here.left).kind == "set":
        if a[-1] == c[-1] and _product(c[:-1], inverse(a[:-1]), b) == d:
            return f"by_delta_points {_text(printer, scope, _product(c[:-1], inverse(a[:-1])), group)}"
        return f"by_delta_points_swapped {_text(printer, scope, _product(c[:-1], inverse(b[:-1])), group)}"
    wanted = _product(inverse(c), d)
    for swapped, given in (("", _product(inverse(a), b)), ("_swapped", _product(inverse(b), a))):
        for p in _conjugators(given, wanted):
            return f"by_delta_words{swapped} {_text(printer, scope, p, group)}"
    raise Unsupported("two equations that are not conjugate")


def _product(*words: Word) -> Word:
    kept: list[Any] = []
    for v, homs, sign in (letter for word in words for letter in word):
        if kept and kept[-1] == (v, homs, -sign):
            kept.pop()
        else:
            kept.append((v, homs, sign))
    return tuple(kept)


def _conjugators(given: Word, wanted: Word) -> Iterator[Word]:
    """Words p with p given p⁻¹ = wanted."""
    (out, core), (outer, turned) = _cyclically_reduced(given), _cyclically_reduced(wanted)
    for i in range(max(1, len(core))):
        if core[i:] + core[:i] == turned:
            yield _product(outer, inverse(core[:i]), inverse(out))


def _cyclically_reduced(word: Word) -> tuple[Word, Word]:
    """(s, core) with word = s core s⁻¹ and core not of the form a … a⁻¹."""
    n = 0
    while len(word) - 2 * n > 1 and word[n : n + 1] == inverse(word[len(word) - n - 1 : len(word) - n]):
        n += 1
    return word[:n], word[n : len(word) - n]


def _text(printer: Printer, scope: Scope, word: Word, group: Sort) -> str:
    letters = [_letter(*letter) for word_letter in [word] for letter in word_letter]
    if not letters:
        return printer.element(t.One(group), scope)
    element = letters[0]
    for letter in letters[1:]:
        element = t.Mul(element, letter)
    return printer.element(element, scope, group)


def _letter(v: Var, homs: tuple[t.Aut, ...], sign: int) -> Element:
    element: Element = v
    for aut in reversed(homs):
        element = t.Hom(aut, element)
    return t.Inv(element) if sign < 0 else element
