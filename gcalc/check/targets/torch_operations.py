"""Which of torch's operations move numbers, which sum products, and which round: tables by name.

Main definitions
    EXACT: results are operands, their absolute values or signs, whole numbers, truth values, or constants.
    SUMS: polynomials whose number of terms depends on shapes, as the positions of each monomial's factors.
    POINTWISE_SUMS: polynomials of a fixed number of terms.
    MEANS: sums divided by the number of their terms.
    ROUNDED: everything else whose result is a fixed function of its operand, or of sums over its operand.

Implementation notes
    Names are those of `torch.ops.aten`, without the underscore of an operation in place. Views are recognised by torch
    itself. What is in no table is unknown: transforms, samplers, decompositions, fused and recurrent kernels, atan2,
    whose values turn by angles that are on no lattice, and cdist, whose noise between equal points is the square root
    of the type's.
"""

from __future__ import annotations

from gcalc.check.targets.ledger import Monomials

__all__ = ["EXACT", "MEANS", "POINTWISE_SUMS", "ROUNDED", "SUMS"]

_EXACT = """
abs alias all amax amin aminmax any arange argmax argmin argsort as_strided bucketize cat ceil channel_shuffle clamp
clamp_max clamp_min clone constant_pad_nd contiguous copy copysign count_nonzero cummax cummin detach diag_embed
diagonal diagonal_scatter embedding empty empty_like empty_permuted empty_strided eq equal expand eye fill flip floor
fmax fmin full full_like gather ge gt hardtanh heaviside im2col index index_copy index_fill index_put index_select
isclose isfinite isin isinf isnan isneginf isposinf item kthvalue le lift lift_fresh lift_fresh_copy linspace
logical_and logical_not logical_or logical_xor lt masked_fill masked_scatter masked_select max max_pool1d
max_pool1d_with_indices max_pool2d max_pool2d_with_indices max_pool3d max_pool3d_with_indices max_unpool2d
max_unpool3d maximum median min minimum mkldnn_max_pool2d mode movedim nan_to_num narrow narrow_copy ne neg new_empty
new_empty_strided new_full new_ones new_zeros nonzero one_hot ones ones_like permute pixel_shuffle pixel_unshuffle
positive ravel reflection_pad1d reflection_pad2d reflection_pad3d relu relu6 repeat repeat_interleave
replication_pad1d replication_pad2d replication_pad3d reshape resize roll rot90 round scalar_tensor scatter
searchsorted select select_scatter set sgn sign signbit slice slice_scatter sort split split_with_sizes squeeze stack
take threshold tile topk tril triu trunc unbind unfold unfold_copy unique_consecutive unique_dim unsafe_chunk
unsafe_split unsafe_split_with_sizes unsqueeze upsample_nearest1d upsample_nearest2d upsample_nearest3d view where
zero zeros zeros_like adaptive_max_pool2d adaptive_max_pool3d _local_scalar_dense _reshape_alias
_to_copy _unique2 _unsafe_index _unsafe_index_put _unsafe_view _upsample_nearest_exact1d _upsample_nearest_exact2d
_upsample_nearest_exact3d is_same_size
"""
EXACT = frozenset(_EXACT.split())

SUMS: dict[str, Monomials] = {
    "addbmm": ((0,), (1, 2)),
    "addmm": ((0,), (1, 2)),
    "addmv": ((0,), (1, 2)),
    "baddbmm": ((0,), (1, 2)),
    "bmm": ((0, 1),),
    "col2im": ((0,),),
    "convolution": ((0, 1), (2,)),
    "_convolution": ((0, 1), (2,)),
    "cumsum": ((0,),),
    "dot": ((0, 1),),
    "index_add": ((0,), (3,)),
    "linear": ((0, 1), (2,)),
    "mkldnn_convolution": ((0, 1), (2,)),
    "mm": ((0, 1),),
    "mv": ((0, 1),),
    "scatter_add": ((0,), (3,)),
    "sum": ((0,),),
    "trace": ((0,),),
    "vdot": ((0, 1),),
    "_trilinear": ((0, 1, 2),),
}

POINTWISE_SUMS: dict[str, Monomials] = {
    "add": ((0,), (1,)),
    "addcmul": ((0,), (1, 2)),
    "addr": ((0,), (1, 2)),
    "leaky_relu": ((0,), (0, 1)),
    "mul": ((0, 1),),
    "_prelu_kernel": ((0,), (0, 1)),
    "rsub": ((0,), (1,)),
    "square": ((0, 0),),
    "sub": ((0,), (1,)),
}

MEANS = frozenset(
    [
        "mean",
        "avg_pool1d",
        "avg_pool2d",
        "avg_pool3d",
        "_adaptive_avg_pool2d",
        "_adaptive_avg_pool3d",
        "adaptive_avg_pool1d",
    ]
)

_ROUNDED = """
acos acosh addcdiv asin asinh atan atanh celu cos cosh cudnn_batch_norm cumprod deg2rad digamma div elu erf erfc
erfinv exp exp2 expm1 floor_divide fmod frac gelu glu hardsigmoid hardswish hypot lerp lgamma linalg_vector_norm log
log1p log2 log10 log_sigmoid_forward log_softmax logaddexp logaddexp2 logcumsumexp logit logsumexp miopen_batch_norm
mish native_batch_norm native_group_norm native_layer_norm norm pow prod rad2deg reciprocal remainder rsqrt sigmoid
silu sin sinc sinh softplus softmax sqrt std std_mean tan tanh upsample_bicubic2d upsample_bilinear2d
upsample_linear1d upsample_trilinear3d var var_mean xlogy special_entr special_erfcx special_i0 special_log_ndtr
special_ndtr special_xlog1py _batch_norm_with_update _fused_rms_norm _log_softmax _native_batch_norm_legit
_native_batch_norm_legit_no_training _safe_softmax _softmax _upsample_bicubic2d_aa _upsample_bilinear2d_aa
_weight_norm_interface
"""
ROUNDED = frozenset(_ROUNDED.split())
