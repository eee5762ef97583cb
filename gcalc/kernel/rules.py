"""The rules: each takes a theory, the subterm at the step's path and arguments, and returns what it may become.

A rule's docstring reads: premises / bar / conclusion, then its side conditions. Every rule is an equation, so
it may be used in either direction; which one, the step says. `word`, `ring` and `beta` never run inside
another rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gcalc.kernel.sorts import Theory, instantiate, need, resort, signature, sort_of
from gcalc.kernel.terms import (
    Add,
    App,
    Aut,
    Big,
    Delta,
    Der,
    Element,
    Fun,
    Hom,
    Inv,
    KernelError,
    Lam,
    Mul,
    Num,
    Op,
    Scalar,
    Term,
    Times,
    Var,
    free,
    rename,
    same,
    substitute,
)
from gcalc.kernel.words import polynomial, relation, word


def unfold(theory: Theory, t: Term) -> Term:
    """name(parameters)(points) := body / ─ / name(a)(x) = body[a, x]."""
    need(isinstance(t, App) and isinstance(t.function, Op), "unfold: no operator applied here")
    definition, sorts = instantiate(t.function, theory)  # type: ignore[union-attr, arg-type]
    need(definition.body is not None, f"unfold: {definition.name} is opaque")
    formals = tuple(resort(s, sorts) for s in definition.parameters + definition.points)
    actuals = t.function.parameters + t.arguments  # type: ignore[union-attr]
    need(len(formals) == len(actuals), f"unfold: {definition.name} takes {len(formals)} arguments")
    return substitute(resort(definition.body, sorts), dict(zip(formals, actuals, strict=True)))  # type: ignore[arg-type]


def beta(theory: Theory, t: Term) -> Term:
    """─ / (λv. body)(a) = body[a/v]."""
    need(isinstance(t, App) and isinstance(t.function, Lam), "beta: no function applied here")
    return substitute(t.function.body, dict(zip(t.function.variables, t.arguments, strict=True)))  # type: ignore[union-attr]


def eta(theory: Theory, t: Term) -> Term:
    """─ / λv. f(v) = f.  Side condition: no v is free in f."""
    need(isinstance(t, Lam) and isinstance(t.body, App), "eta: no λ of an application here")
    variables, application = t.variables, t.body  # type: ignore[union-attr]
    need(application.arguments == variables, "eta: not applied to its own variables")
    need(not free(application.function) & set(variables), "eta: a variable is free in the function")
    sorts = tuple(v.sort for v in variables)
    need(signature(application.function, theory) == sorts, "eta: the function takes a larger sort")
    return application.function


def word_rule(theory: Theory, t: Term, target: Element) -> Term:
    """The free reductions of a and b agree / ─ / a = b.  Side condition: a and b have one sort."""
    need(isinstance(t, Element), "word: no element here")
    need(sort_of(t) == sort_of(target), "word: the two sides have different sorts")
    need(word(t) == word(target), "word: the two sides reduce to different words")
    return target


def reindex(theory: Theory, t: Term, kind: str, shift: Term | None = None) -> Term:
    """φ a bijection of the sort S / ─ / ⊕_{v∈S} F(v) = ⊕_{v∈S} F(φ(v)), guards included.

    φ is "left" v → a v (on a group, a subgroup, a set), "right" v → v a, "inverse" v → v⁻¹ or "automorphism"
    v → r(v). Side conditions: v is not free in a; on a subgroup, every letter of a belongs to it; r is an
    automorphism
    of S.
    """
    need(isinstance(t, Big), "reindex: no big operator here")
    v = t.variable  # type: ignore[union-attr]
    need(v.sort.kind != "index", "reindex: channels are not moved")
    need(shift is None or v not in free(shift), f"reindex: the shift contains the bound variable {v.name}")
    need((shift is None) == (kind == "inverse"), f"reindex: {kind} with a wrong shift")
    need(
        kind in ("left", "automorphism") or v.sort.kind != "set",
        "reindex: points are moved from the left only",
    )
    image = _image(kind, shift, v)
    need(sort_of(image) == v.sort, f"reindex: the shift leaves {v.sort.name}")
    fresh = rename(t, frozenset([v]) | free(image))
    binder: Var = fresh.variable  # type: ignore[union-attr]
    binding = {binder: substitute(image, {v: binder})}
    moved = replace(fresh, body=substitute(fresh.body, binding))  # type: ignore[union-attr, type-var]
    return moved if moved.guard is None else replace(moved, guard=substitute(moved.guard, binding))


def _image(kind: str, shift: Term | None, v: Var) -> Element:
    match kind, shift:
        case "inverse", None:
            return Inv(v)
        case "automorphism", Aut():
            return Hom(shift, v)
        case "left", Element():
            return Mul(shift, v)
        case "right", Element():
            return Mul(v, shift)
    raise KernelError(f"reindex: no bijection {kind}")


def exchange(theory: Theory, t: Term) -> Term:
    """─ / ⊕_v ⊕_w F = ⊕_w ⊕_v F.

    Side conditions: one operation; no guard depends on the other variable; finite sorts.
    """
    need(isinstance(t, Big) and isinstance(t.body, Big), "exchange: no two big operators here")
    outer, inner = t, t.body  # type: ignore[union-attr]
    need(outer.op == inner.op, "exchange: two different operations")
    need(outer.variable.sort.finite and inner.variable.sort.finite, "exchange: an infinite sort")
    v, w = outer.variable, inner.variable
    need(v != w and v.name != w.name, "exchange: one name bound twice")
    need(
        inner.guard is None or v not in free(inner.guard),
        "exchange: the inner guard depends on the outer variable",
    )
    need(
        outer.guard is None or w not in free(outer.guard),
        "exchange: the outer guard has the inner variable's name",
    )
    return replace(inner, body=replace(outer, body=inner.body))


def factor(theory: Theory, t: Term) -> Term:
    """─ / c Σ_v F = Σ_v c F, and (Σ_v F) c = Σ_v F c.  Sums only; v is renamed where it is free in c."""
    need(isinstance(t, Times), "factor: no product here")
    left, right = t.left, t.right  # type: ignore[union-attr]
    if isinstance(right, Big) and right.op == "sum":
        total = rename(right, free(left))
        return replace(total, body=Times(left, total.body))  # type: ignore[union-attr, type-var]
    need(isinstance(left, Big) and left.op == "sum", "factor: neither factor is a sum")
    total = rename(left, free(right))
    return replace(total, body=Times(total.body, right))  # type: ignore[union-attr, type-var]


def additive(theory: Theory, t: Term) -> Term:
    """─ / Σ_v (F + G) = Σ_v F + Σ_v G.  Side condition: a finite sort."""
    need(isinstance(t, Big) and t.op == "sum" and isinstance(t.body, Add), "additive: no sum of a sum here")
    need(t.variable.sort.finite, "additive: an infinite sort")  # type: ignore[union-attr]
    return Add(replace(t, body=t.body.left), replace(t, body=t.body.right))  # type: ignore[union-attr, type-var]


def ring(theory: Theory, t: Term, target: Scalar) -> Term:
    """a and b are the same polynomial in the same atoms / ─ / a = b."""
    need(polynomial(t) == polynomial(target), "ring: the two sides are different polynomials")
    return target


def kron(theory: Theory, t: Term) -> Term:
    """─ / Σ_{v∈S} δ(v, a) F(v) = F(a).  Side conditions: no guard; v is not free in a; a belongs to S."""
    need(isinstance(t, Big) and t.op == "sum" and t.guard is None, "kron: no unguarded sum here")
    v, body = t.variable, t.body  # type: ignore[union-attr]
    need(
        isinstance(body, Times) and isinstance(body.left, Delta), "kron: the summand is not δ times a factor"
    )
    need(body.left.left == v, f"kron: the δ does not begin with {v.name}")
    solution = body.left.right
    need(v not in free(solution), f"kron: the solution contains {v.name}")
    need(sort_of(solution).within(v.sort), f"kron: the solution may leave {v.sort.name}")
    return substitute(body.right, {v: solution})


def delta(theory: Theory, t: Term, target: Delta) -> Term:
    """a = b and c = d are the same equation (`relation`) / ─ / δ(a, b) = δ(c, d).  Points are never cancelled."""
    need(isinstance(t, Delta) and isinstance(target, Delta), "delta: no δ here")
    need(relation(t.left, t.right) == relation(target.left, target.right), "delta: two different equations")  # type: ignore[union-attr]
    return target


def delta_one(theory: Theory, t: Term) -> Term:
    """a and b reduce to one word / ─ / δ(a, b) = 1."""
    need(isinstance(t, Delta) and word(t.left) == word(t.right), "delta_one: the two sides differ")  # type: ignore[union-attr]
    return Num(1)


def split(theory: Theory, t: Term, first: Var, second: Var) -> Term:
    """G = T H / ─ / Σ_{g∈G} F(g) = Σ_{z∈T} Σ_{s∈H} F(z s).

    Side conditions: no guard; z, s are not free in F; finite sorts.
    """
    need(isinstance(t, Big) and t.op == "sum" and t.guard is None, "split: no unguarded sum here")
    sorts = (t.variable.sort, first.sort, second.sort)  # type: ignore[union-attr]
    need(
        any((f.group, f.first, f.second) == sorts for f in theory.factorizations),
        "split: no such factorization",
    )
    need(all(s.finite for s in sorts), "split: an infinite sort")
    need(first != second and not {first, second} & free(t), "split: a variable is not fresh")
    body = substitute(t.body, {t.variable: Mul(first, second)})  # type: ignore[union-attr]
    return Big("sum", first, Big("sum", second, body))  # type: ignore[arg-type]


def derivative(theory: Theory, t: Term) -> Term:
    """∂/∂F(p): linear over finite sums, Leibniz on products, 0 on constants, δ on values of F itself.

    ─ / ∂ Σ_v A = Σ_v ∂A ; ∂(A + B) = ∂A + ∂B ; ∂(A B) = (∂A) B + A (∂B) ; ∂n = 0 ; ∂δ = 0 ; ∂G(x) = 0 ;
    ∂F(x₁, …, xₙ) = δ(x₁, p₁) ⋯ δ(xₙ, pₙ).  Side conditions: the sum's sort is finite; its variable is renamed
    where it is free in p; G is another function variable than F. Operators are unfolded first.
    """
    need(isinstance(t, Der), "derivative: no derivative here")
    match t.body:  # type: ignore[union-attr]
        case Big("sum", variable):
            need(variable.sort.finite, "derivative: a sum over an infinite sort")
            at = frozenset().union(*map(free, t.at))  # type: ignore[union-attr]
            total = rename(t.body, at)  # type: ignore[union-attr]
            return replace(total, body=replace(t, body=total.body))  # type: ignore[union-attr, type-var]
        case Add(left, right):
            return Add(replace(t, body=left), replace(t, body=right))  # type: ignore[type-var]
        case Times(left, right):
            return Add(Times(replace(t, body=left), right), Times(left, replace(t, body=right)))  # type: ignore[type-var]
        case Num() | Delta():
            return Num(0)
        case App(Fun() as function, arguments):
            return _derivative_of_value(t, function, arguments)  # type: ignore[arg-type]
    raise KernelError("derivative: no rule for this body")


def _derivative_of_value(t: Der, function: Fun, arguments: tuple[Element, ...]) -> Scalar:
    if function != t.function:
        return Num(0)
    deltas = [Delta(x, p) for x, p in zip(arguments, t.at, strict=True)]
    total: Scalar = deltas[0]
    for factor_ in deltas[1:]:
        total = Times(total, factor_)
    return total


def hypothesis(
    theory: Theory, t: Term, name: str, instance: tuple[tuple[Term, Term], ...], bound: frozenset[Term]
) -> Term:
    """∀v. l = r a hypothesis / ─ / l[a/v] = r[a/v].

    Side conditions: only its own variables are instantiated, each by a term of its kind and sort; none of its
    fixed symbols is bound on the path to the step.
    """
    chosen = [h for h in theory.hypotheses if h.name == name]
    need(len(chosen) == 1, f"hypothesis: no hypothesis {name}")
    law, binding = chosen[0], dict(instance)
    need(set(binding) <= set(law.variables), f"hypothesis: {name} does not speak for all of these symbols")
    for symbol, value in binding.items():
        if isinstance(symbol, Fun):
            need(
                signature(value, theory) == symbol.arguments, f"hypothesis: {symbol.name} has other arguments"
            )
        else:
            need(sort_of(value).within(sort_of(symbol)), f"hypothesis: {symbol} has another sort")
    fixed = (free(law.left) | free(law.right)) - set(law.variables)
    need(not fixed & bound, f"hypothesis: a fixed symbol of {name} is bound here")
    left, right = substitute(law.left, binding), substitute(law.right, binding)
    need(same(t, left), f"hypothesis: the left-hand side of {name} does not match")
    return right


RULES: dict[str, Callable[..., Any]] = {
    "unfold": unfold,
    "beta": beta,
    "eta": eta,
    "word": word_rule,
    "reindex": reindex,
    "exchange": exchange,
    "factor": factor,
    "additive": additive,
    "ring": ring,
    "kron": kron,
    "delta": delta,
    "delta_one": delta_one,
    "split": split,
    "derivative": derivative,
    "hypothesis": hypothesis,
}
