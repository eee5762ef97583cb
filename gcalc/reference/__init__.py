"""The calculus as direct sums: every operator is its defining formula, over any type of scalar.

Main definitions
    left_translate: ``(L_u f)(x) = f(u⁻¹x)``.
    correlate: ``[f ⋆ psi^k](g) = sum_x sum_j f_j(x) psi_j^k(g⁻¹x)``.
    convolve: ``[a ∗ b](g) = sum_h a(h) b(h⁻¹g)``.
    involution: ``psi*(g) = psi(g⁻¹)``.
    pool: ``P f(g) = op_{k in gU} f(k)``.
    coset_pool: ``P f(gH) = op_{k in gH} f(k)``.
    pool_gradient, coset_pool_gradient: ``dL/df`` from ``dL/d(P f)``.
    input_gradient: ``dL/df_j(x) = sum_h sum_k d_k(h) psi_j^k(h⁻¹x)``.
    filter_gradient: ``dL/dpsi_j^k(y) = sum_h d_k(h) f_j(hy)``.
    filter_transform: ``psi[k, s, j, t, z] = psi_j^k(s⁻¹t, s⁻¹z)``.
    filter_transform_gradient: the adjoint of the filter transformation.

Notation
    G acts on X on the left. f has J channels, psi has K filters of J channels, d is a gradient with respect
    to the K output channels. ⋆ is correlation and ∗ is convolution.

Implementation notes
    The sums stand in ``finite`` (finite G-sets), ``window`` (pixels with a boundary) and ``infinite``
    (finitely supported functions), as loops in the order of the formulas. Nothing is vectorised or cached,
    and no product is skipped, so a value of any type that has + and × can be used: int, Fraction, float,
    SymPy expressions, elements of SymPy's polynomial rings, dual numbers. Integers are exact at every size;
    results are int64 where they fit, else Python ints.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from gcalc.reference.convolution import convolve, involution
from gcalc.reference.correlation import correlate, left_translate
from gcalc.reference.gradients import filter_gradient, input_gradient
from gcalc.reference.pooling import coset_pool, coset_pool_gradient, pool, pool_gradient
from gcalc.reference.transformation import filter_transform, filter_transform_gradient

__all__ = [
    "convolve",
    "correlate",
    "coset_pool",
    "coset_pool_gradient",
    "filter_gradient",
    "filter_transform",
    "filter_transform_gradient",
    "input_gradient",
    "involution",
    "left_translate",
    "pool",
    "pool_gradient",
]
