"""Symbols that the kernel's tests share, and `use`: one rule at one place of a term, as `replay` applies it."""

from __future__ import annotations

from dataclasses import replace

from gcalc.kernel.replay import Derivation, Line, Statement, Step, apply, replay
from gcalc.kernel.sorts import Definition, Hypothesis, Theory, check
from gcalc.kernel.terms import Aut, Big, Fun, In, Op, Scalar, Sort, Subset, Var

G = Sort("G", "group")
H, N = Sort("H", "subgroup", G), Sort("N", "subgroup", G)
X, P = Sort("X", "set", G), Sort("P", "set")
J, K = Sort("J", "index"), Sort("K", "index")
T = Sort("T", "group", finite=False)
g, h, u, m = (Var(name, G) for name in "ghum")
s, z = Var("s", H), Var("z", N)
x, y, w = (Var(name, X) for name in "xyw")
p = Var("p", P)
i, j = Var("i", J), Var("j", J)
k = Var("k", K)
t, v = Var("t", T), Var("v", T)
U, V = Subset("U", G), Subset("V", H)
r = Aut("r", G)
a, b, c = (Fun(name, (G,)) for name in "abc")
d = Fun("d", (X,))
e = Fun("e", (H,))
f, f2 = Fun("f", (J, X)), Fun("f2", (J, J))
n = Fun("n", (J,))
q = Fun("q", (T,))
phi = Fun("phi", (G,))

SQUARE = Definition("square", (phi,), (h,), phi(h) * phi(h))
TOTAL = Definition("total", (d,), (), Big("sum", x, d(x)), (X, G))
SHIFT = Definition("shift", (u, d), (x,), d(u**-1 * x), (X, G))
OPAQUE = Definition("opaque", (phi,), (h,), None)
THEORY = Theory((SQUARE, TOTAL, SHIFT, OPAQUE))


def total(*parts):
    """`total(x, j, body)` is Σ_x Σ_j body."""
    *variables, body = parts
    for variable in reversed(variables):
        body = Big("sum", variable, body)
    return body


def op(name, *parameters):
    """An operator symbol."""
    return Op(name, parameters)


def guarded(variable, element, body, kind="sum", subset=U):
    """⊕ of the body over the variable with the element in the subset."""
    return Big(kind, variable, body, In(element, subset))


def use(rule, term, *arguments, path=(), theory=THEORY):
    """What a rule makes of a well-sorted term, which must be well sorted again."""
    check(term, theory)
    result = apply(theory, term, rule, path, arguments)
    check(result, theory)
    return result


def given(*hypotheses):
    """The theory with hypotheses h1, h2, … (variables, left, right)."""
    named = (Hypothesis(f"h{number}", *law) for number, law in enumerate(hypotheses, 1))
    return replace(THEORY, hypotheses=tuple(named))


def proof(left: Scalar, *steps: Step, hypotheses=(), factorizations=()) -> Derivation:
    """The derivation of left = the last result, one line a step."""
    lines = tuple(Line(step.result, step.rule, (step,)) for step in steps)
    return Derivation(Statement(left, steps[-1].result, hypotheses, factorizations), lines)


def accepted(left: Scalar, *steps: Step, theory=THEORY, **sequent) -> int:
    """The number of steps of a derivation that replays."""
    return replay(theory, proof(left, *steps, **sequent))
