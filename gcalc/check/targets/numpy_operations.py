"""Which of NumPy's functions move numbers, which sum products, and which round: tables by name.

Main definitions
    EXACT_UFUNCS, UFUNC_SUMS: the ufuncs that round nothing, and those that are polynomials; all other ufuncs of one
        result for each operand round.
    EXACT, SUMS, MEANS, ROUNDED: the same for functions of whole arrays.

Implementation notes
    What is in no table is unknown: transforms, decompositions, interpolation.
"""

from __future__ import annotations

from gcalc.check.targets.ledger import Monomials

__all__ = ["EXACT", "EXACT_PADDING", "EXACT_UFUNCS", "LONG_UFUNCS", "MEANS", "ROUNDED", "SUMS", "UFUNC_SUMS"]

_EXACT_UFUNCS = """
absolute fabs negative positive maximum minimum fmax fmin sign floor ceil trunc rint equal not_equal less less_equal
greater greater_equal logical_and logical_or logical_xor logical_not bitwise_and bitwise_or bitwise_xor invert
isfinite isnan isinf signbit copysign frexp ldexp modf heaviside conjugate left_shift right_shift
"""
EXACT_UFUNCS = frozenset(_EXACT_UFUNCS.split())

UFUNC_SUMS: dict[str, Monomials] = {
    "add": ((0,), (1,)),
    "subtract": ((0,), (1,)),
    "multiply": ((0, 1),),
    "square": ((0, 0),),
    "matmul": ((0, 1),),
    "vecdot": ((0, 1),),
    "matvec": ((0, 1),),
    "vecmat": ((0, 1),),
}
LONG_UFUNCS = frozenset({"matmul", "vecdot", "matvec", "vecmat"})
"""Those of them whose number of terms depends on shapes."""

_EXACT = """
all allclose amax amin any append argmax argmin argpartition argsort argwhere array_equal array_split array2string
array_repr array_str atleast_1d atleast_2d atleast_3d block broadcast_arrays broadcast_to choose clip column_stack
compress concatenate copy copyto count_nonzero delete diag diag_indices_from diagflat diagonal digitize dsplit dstack
empty_like expand_dims extract fill_diagonal flatnonzero flip fliplr flipud full_like hsplit hstack imag insert
isclose iscomplexobj isrealobj ix_ lexsort max meshgrid min moveaxis nan_to_num nanargmax nanargmin nanmax nanmin ndim
nonzero ones_like partition permute_dims place put put_along_axis putmask ravel real repeat reshape resize result_type
roll rollaxis rot90 row_stack searchsorted select shape size sliding_window_view sort split squeeze stack swapaxes
take take_along_axis tile transpose matrix_transpose tril tril_indices_from triu triu_indices_from trim_zeros unique
vsplit vstack where zeros_like shares_memory may_share_memory can_cast
"""
EXACT = frozenset(_EXACT.split())

EXACT_PADDING = frozenset({"constant", "edge", "empty", "reflect", "symmetric", "wrap"})

SUMS: dict[str, Monomials] = {
    "convolve": ((0, 1),),
    "correlate": ((0, 1),),
    "cumsum": ((0,),),
    "dot": ((0, 1),),
    "inner": ((0, 1),),
    "kron": ((0, 1),),
    "nansum": ((0,),),
    "outer": ((0, 1),),
    "sum": ((0,),),
    "tensordot": ((0, 1),),
    "trace": ((0,),),
    "vdot": ((0, 1),),
}

MEANS = frozenset({"mean"})

_ROUNDED = """
average cumprod median norm prod round around sinc std var
"""
ROUNDED = frozenset(_ROUNDED.split())
