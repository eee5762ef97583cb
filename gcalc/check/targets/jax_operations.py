"""Which of JAX's primitives move numbers, which sum products, and which round: tables by name.

Main definitions
    EXACT, SUMS, POINTWISE_SUMS, ROUNDED: as for torch, of primitives of a jaxpr.
    CALLS: primitives that hold another jaxpr, which is followed.

Implementation notes
    What is in no table is unknown: transforms, decompositions, loops, kernels of one's own.
"""

from __future__ import annotations

from gcalc.check.targets.ledger import Monomials

__all__ = ["CALLS", "EXACT", "POINTWISE_SUMS", "ROUNDED", "SUMS"]

_EXACT = """
abs and argmax argmin broadcast_in_dim ceil clamp clz concatenate copy copy_p cummax cummin device_put dynamic_slice
dynamic_update_slice eq eq_to expand_dims floor gather ge gt imag iota is_finite le le_to lt lt_to max min ne neg
not or pad population_count real reduce_and reduce_max reduce_min reduce_or reduce_window_max reduce_window_min
reshape rev round scatter select_n shift_left shift_right_arithmetic shift_right_logical sign slice sort split
squeeze stop_gradient top_k transpose xor
"""
EXACT = frozenset(_EXACT.split())

SUMS: dict[str, Monomials] = {
    "conv_general_dilated": ((0, 1),),
    "cumsum": ((0,),),
    "dot_general": ((0, 1),),
    "reduce_sum": ((0,),),
    "reduce_window_sum": ((0,),),
    "scatter-add": ((0,), (2,)),
}

POINTWISE_SUMS: dict[str, Monomials] = {
    "add": ((0,), (1,)),
    "add_any": ((0,), (1,)),
    "mul": ((0, 1),),
    "square": ((0, 0),),
    "sub": ((0,), (1,)),
}

_ROUNDED = """
acos acosh asin asinh atan atanh cbrt cos cosh cumlogsumexp cumprod digamma div erf erf_inv erfc exp exp2 expm1
integer_pow lgamma log log1p logistic pow reduce_prod rem rsqrt sin sinh sqrt tan tanh
"""
ROUNDED = frozenset(_ROUNDED.split())

_CALLS = """
checkpoint closed_call core_call custom_jvp_call custom_vjp_call custom_vjp_call_jaxpr jit pjit remat remat2
"""
CALLS = frozenset(_CALLS.split())
