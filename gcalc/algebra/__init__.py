"""The symbolic group algebra R[G], its modules R[X] and matrices over it: the calculus as matrix calculus.

Write a function on G as the element ``f = Σ f(g) g`` of R[G]. Then ``L_u f = u f``, the G-convolution is the
product, the involution is the anti-automorphism ``(f psi)* = psi* f*``, and the G-correlation is ``f ⋆ psi =
f psi*``. With channels, F a row of J elements, Psi a K×J matrix and † transpose and involution together::

    Y = F Psi†        dL/dF = D Psi        dL/dPsi = D† F
"""

from __future__ import annotations

from gcalc.algebra.calculus import correlate, filter_gradient, input_gradient
from gcalc.algebra.group_algebra import Element, GroupAlgebra, group_algebra
from gcalc.algebra.matrix import Matrix
from gcalc.algebra.module import Module, ModuleElement

__all__ = [
    "Element",
    "GroupAlgebra",
    "Matrix",
    "Module",
    "ModuleElement",
    "correlate",
    "filter_gradient",
    "group_algebra",
    "input_gradient",
]
