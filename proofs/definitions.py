"""The sorts, the operators and their definitions as sums: what the symbols of every law mean.

A finite (or discrete) group G acts on a set X. A function on X with channels is f(j, x), a batch of them f(b, j, x); a bank of filters
is psi(k, j, x). A gradient with respect to filters that a batch shares is summed over the batch.

    left_translate(u, f)(j, x)       = f(j, u⁻¹x)
    correlate(f, psi)(k, g)          = Σ_x Σ_j f(j, x) psi(k, j, g⁻¹x)
    correlate(a, c)(g)               = Σ_x a(x) c(g⁻¹x)                      of two functions without channels
    convolve(a, b)(g)                = Σ_h a(h) b(h⁻¹g)
    involution(psi)(g)               = psi(g⁻¹)
    transpose(psi)(j, k, x)          = psi(k, j, x)                          the print's (5)
    pool(f, U)(j, g)                 = ⊕_{k ∈ gU} f(j, k)                    ⊕ any of max, sum, mean
    sum_pool(f, U)(j, g)             = Σ_{k ∈ gU} f(j, k)
    coset_pool(f)(j, g)              = ⊕_{s ∈ H} f(j, gs)                    the value at the coset gH
    input_gradient(D, psi)(j, x)     = Σ_h Σ_k D(k, h) psi(k, j, h⁻¹x)
    filter_gradient(D, f)(k, j, x)   = Σ_h D(k, h) f(j, hx)
    filter_transform(psi)(k, s, j, w)        = psi(k, j, s⁻¹w)               s in a subgroup H
    filter_transform_gradient(E)(k, j, x)    = Σ_s Σ_w δ(s⁻¹w, x) E(k, s, j, w)
    phi(f)(k, g)                     is opaque: any map, of which a law's hypotheses say what they need

Source: Cohen & Welling 2016, supplementary material, (1) to (6) and section 2; the sums over any G-set X are gcalc's.
"""

from __future__ import annotations

from functools import reduce

from gcalc.kernel.sorts import Definition, Theory, sort_of
from gcalc.kernel.terms import Aut, Big, Delta, Element, Fun, Function, In, Lam, Op, Scalar, Sort, Subset, Term, Times, Var

G = Sort("G", "group")
X = Sort("X", "set", G)
H = Sort("H", "subgroup", G)
B, J, K = Sort("B", "index"), Sort("J", "index"), Sort("K", "index")

g, h, u = Var("g", G), Var("h", G), Var("u", G)
x, y, w = Var("x", X), Var("y", X), Var("w", X)
s = Var("s", H)
b, j, k = Var("b", B), Var("j", J), Var("k", K)
U = Subset("U", G)


def total(first: Var | Scalar, *rest: Var | Scalar) -> Scalar:
    """`total(x, j, body)` is Σ_x Σ_j body."""
    return Big("sum", first, total(*rest)) if isinstance(first, Var) else first


def over(variable: Var, member: Element, subset: Subset, body: Scalar) -> Big:
    """⊕ of the body over the variable with `member` in the subset, for any commutative associative ⊕."""
    return Big("any", variable, body, In(member, subset))


def point(*at: Element) -> Lam:
    """The delta function at a place: `point(j, x)` is 1 in channel j at x, 0 elsewhere."""
    q = tuple(Var(f"q{n}", sort_of(element)) for n, element in enumerate(at))
    deltas: list[Scalar] = [Delta(v, element) for v, element in zip(q, at, strict=True)]
    return Lam(q, reduce(Times, deltas))


def left_translate(by: Term, f: Function) -> Op:
    """L_u f."""
    return Op("left_translate", (by, f))


def correlate(f: Function, psi: Function) -> Op:
    """F ⋆ psi."""
    return Op("correlate", (f, psi))


def convolve(a: Function, b: Function) -> Op:
    """A ∗ b."""
    return Op("convolve", (a, b))


def involution(psi: Function) -> Op:
    """Psi*."""
    return Op("involution", (psi,))


def transpose(psi: Function) -> Op:
    """The filter bank with its two channel axes exchanged, (5)."""
    return Op("transpose", (psi,))


def pool(f: Function, subset: Subset) -> Op:
    """P f."""
    return Op("pool", (f, subset))


def sum_pool(f: Function, subset: Subset) -> Op:
    """P f with ⊕ a sum."""
    return Op("sum_pool", (f, subset))


def coset_pool(f: Function) -> Op:
    """P f with U = H, as a function on G that is constant on the cosets gH."""
    return Op("coset_pool", (f,))


def phi(f: Function) -> Op:
    """Φ f, for any map Φ from functions on X with J channels to functions on G with K."""
    return Op("phi", (f,))


def input_gradient(D: Function, psi: Function) -> Op:
    """The gradient with respect to f, in the form of a sum."""
    return Op("input_gradient", (D, psi))


def filter_gradient(D: Function, f: Function) -> Op:
    """The gradient with respect to psi, in the form of a sum."""
    return Op("filter_gradient", (D, f))


def filter_transform(psi: Function) -> Op:
    """The bank of |H| turned copies of every filter."""
    return Op("filter_transform", (psi,))


def filter_transform_gradient(E: Function) -> Op:
    """Scatter: every cell of the big bank adds into the cell it was read from."""
    return Op("filter_transform_gradient", (E,))


def _definitions() -> tuple[Definition, ...]:
    f0, f1, f2 = Fun("f", (X,)), Fun("f", (J, X)), Fun("psi", (K, J, X))
    psi0 = Fun("psi", (X,))
    a0, a1, a2 = Fun("a", (G,)), Fun("a", (J, G)), Fun("psi", (K, J, G))
    c, D = Fun("c", (G,)), Fun("D", (K, G))
    f_batch, D_batch = Fun("f", (B, J, X)), Fun("D", (B, K, G))
    E = Fun("E", (K, H, J, X))
    turned, r, z = Fun("f", (G,)), Aut("r", G), Var("z", G)
    turned1, turned2 = Fun("f", (J, G)), Fun("f", (K, J, G))
    sets, groups, channels = (X, G), (G,), (J, K)

    def define(op: Op, points: tuple[Var, ...], body: Scalar, schematic: tuple[Sort, ...]) -> Definition:
        return Definition(op.name, op.parameters, points, body, schematic)

    return (
        define(left_translate(u, f0), (x,), f0(u**-1 * x), sets),
        define(left_translate(u, f1), (j, x), f1(j, u**-1 * x), sets + channels),
        define(left_translate(u, f2), (k, j, x), f2(k, j, u**-1 * x), sets + channels),
        define(left_translate(r, turned), (z,), turned((r**-1)(z)), groups),
        define(left_translate(r, turned1), (j, z), turned1(j, (r**-1)(z)), groups + channels),
        define(left_translate(r, turned2), (k, j, z), turned2(k, j, (r**-1)(z)), groups + channels),
        define(correlate(f1, f2), (k, g), total(x, j, f1(j, x) * f2(k, j, g**-1 * x)), sets + channels),
        define(correlate(f0, psi0), (g,), total(x, f0(x) * psi0(g**-1 * x)), sets),
        define(convolve(a0, c), (g,), total(h, a0(h) * c(h**-1 * g)), groups),
        define(involution(a0), (g,), a0(g**-1), groups),
        define(involution(a1), (j, g), a1(j, g**-1), groups + channels),
        define(involution(a2), (k, j, g), a2(k, j, g**-1), groups + channels),
        define(transpose(f2), (j, k, x), f2(k, j, x), sets + channels),
        define(pool(a1, U), (j, g), over(h, g**-1 * h, U, a1(j, h)), groups + channels),
        define(sum_pool(a1, U), (j, g), Big("sum", h, a1(j, h), In(g**-1 * h, U)), groups + channels),
        define(coset_pool(a1), (j, g), Big("any", s, a1(j, g * s)), (J,)),
        define(input_gradient(D, f2), (j, x), total(h, k, D(k, h) * f2(k, j, h**-1 * x)), sets + channels),
        define(filter_gradient(D, f1), (k, j, x), total(h, D(k, h) * f1(j, h * x)), sets + channels),
        define(correlate(f_batch, f2), (b, k, g), total(x, j, f_batch(b, j, x) * f2(k, j, g**-1 * x)), (*sets, B, *channels)),
        define(
            filter_gradient(D_batch, f_batch),
            (k, j, x),
            total(b, h, D_batch(b, k, h) * f_batch(b, j, h * x)),
            (*sets, B, *channels),
        ),
        define(input_gradient(D_batch, f2), (b, j, x), total(h, k, D_batch(b, k, h) * f2(k, j, h**-1 * x)), (*sets, B, *channels)),
        define(filter_transform(f2), (k, s, j, x), f2(k, j, s**-1 * x), (X, *channels)),
        define(filter_transform_gradient(E), (k, j, x), total(s, w, Delta(s**-1 * w, x) * E(k, s, j, w)), (X, *channels)),
        Definition("phi", (f1,), (k, g), None),
    )


THEORY = Theory(_definitions())
