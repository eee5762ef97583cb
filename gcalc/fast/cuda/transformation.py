"""Filter transformation and its gradient on a device, by the kernels of filter_transformation.cu.

Main definitions
    filter_transform: ``psi[k, s, j, z] = psi_j^k(sources[s, z])``, a gather.
    gather, scatter: its gradient, each entry summing the cells that read it, or each cell adding atomically.
"""

from __future__ import annotations

from math import prod
from typing import Any

from gcalc.fast.filter_index import Transformation
from gcalc.fast.kernels import Kernels

__all__ = ["filter_transform", "gather", "scatter"]


def filter_transform(on: Kernels, table: Transformation, psi: Any) -> Any:
    """The transformed filters (K, |P|, J, cells) of psi (K, J, entries)."""
    order, cells = table.sources.shape
    K, J, entries = psi.shape
    transformed = on.empty((K, order, J, cells), psi)
    arrays = (on.contiguous(psi), on.index(table.sources, psi), transformed)
    count = prod(transformed.shape)
    on.launch("filter_transform", arrays, count, count=count, order=order, J=J, cells=cells, entries=entries)
    return transformed


def gather(on: Kernels, table: Transformation, d: Any) -> Any:
    """The gradient (K, J, entries) of d (K, |P|, J, cells): the same bits in every run."""
    K, order, J, cells = d.shape
    entries = prod(table.filter_shape)
    gradient = on.empty((K, J, entries), d)
    arrays = (on.contiguous(d), on.index(table.images, d), gradient)
    count = prod(gradient.shape)
    on.launch(
        "filter_transform_gather", arrays, count, count=count, order=order, J=J, cells=cells, entries=entries
    )
    return gradient


def scatter(on: Kernels, table: Transformation, d: Any) -> Any:
    """The gradient (K, J, entries) of d (K, |P|, J, cells), as section 2 prints it: float sums in any order."""
    K, order, J, cells = d.shape
    entries = prod(table.filter_shape)
    gradient = on.zeros((K, J, entries), d, on.sums(d))
    arrays = (on.contiguous(d), on.index(table.sources, d), gradient)
    count = prod(d.shape)
    on.launch(
        "filter_transform_scatter", arrays, count, count=count, order=order, J=J, cells=cells, entries=entries
    )
    return gradient if gradient.dtype == d.dtype else on.sum_parts(gradient[None], d)
