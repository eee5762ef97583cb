"""The rules: each takes a theory, the subterm at the step's path and arguments, and returns what it may become.

A rule's docstring reads: premises / bar / conclusion, then its side conditions. Every rule is an equation, so
it may be used in either direction; which one, the step says. `word`, `ring` and `beta` never run inside
another rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce

from gcalc.kernel import terms as t
from gcalc.kernel.sorts import Factorization, Theory, match, signature, sort_of, unfolded
from gcalc.kernel.terms import Element, KernelError, Scalar, Term, Var, free, need, substitute
from gcalc.kernel.words import polynomial, reduced, relation


def unfold(theory: Theory, term: Term) -> Term:
    """name(parameters)(points) := body / ─ / name(a)(x) = body[a, x]."""
    if isinstance(term, t.App) and isinstance(term.function, t.Op):
        return unfolded(term.function, term.arguments, theory)
    raise KernelError("no operator applied here")


def beta(theory: Theory, term: Term) -> Term:
    """─ / (λv. body)(a) = body[a/v]."""
    if isinstance(term, t.App) and isinstance(term.function, t.Lam):
        return substitute(term.function.body, dict(zip(term.function.variables, term.arguments, strict=True)))
    raise KernelError("no function applied here")


def eta(theory: Theory, term: Term) -> Term:
    """─ / λv. f(v) = f.  Side conditions: no v is free in f; f takes arguments of v's sorts, not of larger ones."""
    match term:
        case t.Lam(variables, t.App(function, arguments)):
            need(arguments == variables, "not applied to its own variables")
            need(not free(function) & {*variables}, "a variable is free in the function")
            need(signature(function, theory) == tuple(v.sort for v in variables), "it takes a larger sort")
            return function
    raise KernelError("no λ of an application here")


def word(theory: Theory, term: Term, target: Term) -> Term:
    """The free reductions of a and b agree / ─ / a = b.  Side condition: a and b have one sort."""
    need(sort_of(term) == sort_of(target), "the two sides have different sorts")
    need(reduced(term) == reduced(target), "the two sides reduce to different words")
    return target


def reindex(theory: Theory, term: Term, kind: str, shift: Term | None = None) -> Term:
    """φ a bijection of the sort S / ─ / ⊕_{v∈S} F(v) = ⊕_{v∈S} F(φ(v)), guards included.

    φ is "left" v → a v (on a group, a subgroup, a set), "right" v → v a, "inverse" v → v⁻¹ or "automorphism"
    v → r(v). Side conditions: S is no index set; v is not free in a; φ(v) is of the sort S, so that on a
    subgroup every letter of a belongs to it, and r is an automorphism of S.
    """
    match term:
        case t.Big(_, v, body, guard):
            need(v.sort.kind != "index", "channels are not moved")
            image = _image(kind, shift, v)
            need(shift is None or v not in free(shift), f"the shift contains the variable {v.name}")
            need(sort_of(image) == v.sort, f"the shift leaves {v.sort.name}")
            moved = {v: image}
            return replace(term, body=substitute(body, moved), guard=guard and substitute(guard, moved))
    raise KernelError("no big operator here")


def _image(kind: str, shift: Term | None, v: Var) -> Element:
    match kind, shift:
        case "inverse", None:
            return t.Inv(v)
        case "automorphism", t.Aut():
            return t.Hom(shift, v)
        case "left", Element():
            return t.Mul(shift, v)
        case "right", Element():
            return t.Mul(v, shift)
    raise KernelError(f"{kind} with this shift is no bijection")


def exchange(theory: Theory, term: Term) -> Term:
    """─ / ⊕_v ⊕_w F = ⊕_w ⊕_v F.

    Side conditions: one operation; finite sorts; v ≠ w, and no guard depends on the other variable; no guard
    under "any" operation, for what that makes of nothing is not known to be nothing again.
    """
    match term:
        case t.Big(op, v, t.Big(inner_op, w, body, inner_guard) as inner, outer_guard):
            need(op == inner_op, "two different operations")
            need(v.sort.finite and w.sort.finite, "an infinite sort")
            need(v != w, "one variable bound twice")
            need(op != "any" or not (inner_guard or outer_guard), "a guard under an unknown operation")
            need(not (inner_guard and v in free(inner_guard)), "the inner guard has the outer variable")
            need(not (outer_guard and w in free(outer_guard)), "the outer guard has the inner variable")
            return replace(inner, body=replace(term, body=body))
    raise KernelError("no two big operators here")


def factor(theory: Theory, term: Term) -> Term:
    """─ / c Σ_v F = Σ_v c F, and (Σ_v F) c = Σ_v F c.  Sums only; v is renamed where it is free in c."""
    match term:
        case t.Times(left, t.Big("sum") as right):
            total = t.rename(right, free(left))
            return replace(total, body=t.Times(left, total.body))
        case t.Times(t.Big("sum") as left, right):
            total = t.rename(left, free(right))
            return replace(total, body=t.Times(total.body, right))
    raise KernelError("no product with a sum here")


def additive(theory: Theory, term: Term) -> Term:
    """─ / Σ_v (F + G) = Σ_v F + Σ_v G.  Side condition: a finite sort."""
    match term:
        case t.Big("sum", v, t.Add(left, right)):
            need(v.sort.finite, "an infinite sort")
            return t.Add(replace(term, body=left), replace(term, body=right))
    raise KernelError("no sum of a sum here")


def ring(theory: Theory, term: Term, target: Term) -> Term:
    """a and b are the same polynomial in the same atoms / ─ / a = b."""
    need(polynomial(term) == polynomial(target), "the two sides are different polynomials")
    return target


def kron(theory: Theory, term: Term) -> Term:
    """─ / Σ_{v∈S} δ(v, a) F(v) = F(a).  Side conditions: no guard; v is not free in a; a belongs to S."""
    match term:
        case t.Big("sum", v, t.Times(t.Delta(left, solution), right), None):
            need(left == v, f"the δ does not begin with {v.name}")
            need(v not in free(solution), f"the solution contains {v.name}")
            need(sort_of(solution).within(v.sort), f"the solution may leave {v.sort.name}")
            return substitute(right, {v: solution})
    raise KernelError("no unguarded sum of δ times a factor here")


def delta(theory: Theory, term: Term, target: Term) -> Term:
    """a = b and c = d are the same equation (`relation`) / ─ / δ(a, b) = δ(c, d).  Points are never cancelled."""
    match term, target:
        case t.Delta(a, b), t.Delta(c, d):
            need(relation(a, b) == relation(c, d), "two different equations")
            return target
    raise KernelError("no δ here")


def delta_one(theory: Theory, term: Term) -> Term:
    """a and b reduce to one word / ─ / δ(a, b) = 1."""
    match term:
        case t.Delta(a, b):
            need(reduced(a) == reduced(b), "the two sides differ")
            return t.Num(1)
    raise KernelError("no δ here")


def split(theory: Theory, term: Term, first: Term, second: Term) -> Term:
    """G = T H / ─ / Σ_{g∈G} F(g) = Σ_{z∈T} Σ_{s∈H} F(z s).

    Side conditions: no guard; z ≠ s, and neither is free in F; finite sorts.
    """
    match term, first, second:
        case t.Big("sum", v, body, None), Var() as z, Var() as s:
            need(Factorization(v.sort, z.sort, s.sort) in theory.factorizations, "no such factorization")
            need(v.sort.finite and z.sort.finite and s.sort.finite, "an infinite sort")
            need(z != s and not {z, s} & free(term), "a variable is not fresh")
            return t.Big("sum", z, t.Big("sum", s, substitute(body, {v: t.Mul(z, s)})))
    raise KernelError("no unguarded sum here, or no two variables given")


def derivative(theory: Theory, term: Term) -> Term:
    """∂/∂F(p): linear over finite sums, Leibniz on products, 0 on constants, δ on values of F itself.

    ─ / ∂ Σ_v A = Σ_v ∂A ; ∂(A + B) = ∂A + ∂B ; ∂(A B) = (∂A) B + A (∂B) ; ∂n = 0 ; ∂δ = 0 ; ∂G(x) = 0 ;
    ∂F(x₁, …, xₙ) = δ(x₁, p₁) ⋯ δ(xₙ, pₙ).  Side conditions: the sum's sort is finite; its variable is renamed
    where it is free in p; G is another function variable than F. Operators are unfolded first.
    """
    match term:
        case t.Der(_, at, t.Big("sum", v) as body):
            need(v.sort.finite, "a sum over an infinite sort")
            total = t.rename(body, t.free_in(*at))
            return replace(total, body=replace(term, body=total.body))
        case t.Der(_, _, t.Add(left, right)):
            return t.Add(replace(term, body=left), replace(term, body=right))
        case t.Der(_, _, t.Times(left, right)):
            return t.Add(t.Times(replace(term, body=left), right), t.Times(left, replace(term, body=right)))
        case t.Der(_, _, t.Num() | t.Delta()):
            return t.Num(0)
        case t.Der(function, at, t.App(t.Fun() as other, arguments)):
            deltas: list[Scalar] = [t.Delta(x, p) for x, p in zip(arguments, at, strict=False)]
            return t.Num(0) if other != function else reduce(t.Times, deltas) if deltas else t.Num(1)
    raise KernelError("no derivative here, or no rule for its body")


def hypothesis(
    theory: Theory, term: Term, name: str, instance: tuple[tuple[Term, Term], ...], bound: frozenset[Term]
) -> Term:
    """∀v. l = r a hypothesis / ─ / l[a/v] = r[a/v].

    Side conditions: only its own variables are instantiated, each by a term of its kind and sort; none of its
    fixed symbols is bound, or differentiated by, on the path to the step (`bound`); neither side has a function
    that is, for what holds for all values need not hold for polynomials.
    """
    chosen = [h for h in theory.hypotheses if h.name == name]
    need(len(chosen) == 1, f"{len(chosen)} hypotheses are called {name}")
    law, binding = chosen[0], dict(instance)
    need({*binding} <= {*law.variables}, f"{name} does not speak for all of these symbols")
    need(match((*binding,), (*binding.values(),), theory) is not None, f"{name} takes terms of other sorts")
    left, right = substitute(law.left, binding), substitute(law.right, binding)
    fixed = t.free_in(law.left, law.right) - {*law.variables}
    functions = {symbol for symbol in t.free_in(left, right) if isinstance(symbol, t.Fun)}
    need(not (fixed | functions) & bound, f"a fixed symbol of {name} is bound here")
    need(t.same(term, left), f"the left-hand side of {name} does not match")
    return right


_ALL: tuple[Callable[..., Term], ...] = (
    *(unfold, beta, eta, word, reindex, exchange, factor, additive, ring),
    *(kron, delta, delta_one, split, derivative, hypothesis),
)
RULES = {rule.__name__: rule for rule in _ALL}
