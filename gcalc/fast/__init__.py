"""The calculus by fast algorithms: the operators of `gcalc.reference`, with its signatures, on arrays of any library.

Main definitions
    left_translate, correlate, input_gradient, filter_gradient: on any finite G-set and on windows.
    convolve, involution, pool, coset_pool, pool_gradient, coset_pool_gradient: on a finite group.
    filter_transform, filter_transform_gradient: of split groups and windows.
    Cases: many small cases on a group at once, each with filters of its own.
    Plan: a layer that is called often; its backward pass uses what the forward computed.

Notation
    As in `gcalc.reference`: G acts on X on the left, ⋆ is correlation and ∗ is convolution.

Implementation notes
    Arrays of NumPy, torch, CuPy or any other library of the array API standard come back in their own library and on
    their own device. Floats keep their type; integers are exact, or refused where they cannot be. Nothing of
    `gcalc.reference` is used here: the two are compared by `gcalc verify`, and neither is trusted.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from gcalc.fast.cases import Cases
from gcalc.fast.operators import (
    convolve,
    correlate,
    filter_gradient,
    input_gradient,
    involution,
    left_translate,
)
from gcalc.fast.plan import Plan
from gcalc.fast.pooling import coset_pool, coset_pool_gradient, pool, pool_gradient
from gcalc.fast.transformation import filter_transform, filter_transform_gradient

__all__ = [
    "Cases",
    "Plan",
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
