"""Filter transformation by an index that is made once, and its gradient in the three forms of section 2.

Main definitions
    filter_transform: ``psi[k, s, j, t, z] = psi_j^k(s⁻¹t, s⁻¹z)``, a gather.
    filter_transform_gradient: its adjoint, as a gather, as a scatter, or by the selection matrix.
    selection_matrix: the matrix with one 1 in a row that the filter transformation multiplies by.

Main statements
    Every s in P moves each entry to one cell, so |P| cells read an entry, and its gradient is a sum of |P| values. In
    the form "gather" their order is fixed: nothing is zeroed first, no two sums meet, every run gives the same bits.

Notation
    s and t run over the point group P, z over the lattice. An entry (t, o) is one of a filter psi_j^k, a cell (t, z)
    one of a transformed filter; on a grid they have no t.

Implementation notes
    The supplement's kernel has a thread for each cell that adds atomically to the entry it reads: the form "scatter".
    Its other form, "selection", is a product with a sparse matrix, whose gradient a library for automatic
    differentiation knows.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from importlib import import_module
from math import prod
from typing import TYPE_CHECKING, Any

import array_api_compat
import numpy as np

from gcalc.errors import ExactnessError, ShapeError, UnsupportedError, UsageError, short
from gcalc.fast.arrays import check_axes, namespace, numbers, on_device, read
from gcalc.fast.checks import Layer
from gcalc.fast.cuda import transformation as cuda
from gcalc.fast.cuda.device import one_line_errors
from gcalc.fast.exactness import LARGEST_INT64, declared, largest
from gcalc.fast.filter_index import Transformation, of_problem, of_space
from gcalc.fast.kernels import kernels
from gcalc.spaces.arguments import acting_point_group
from gcalc.spaces.axes import Axes
from gcalc.spaces.boxes import filter_box, filters_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcalc.groups.gset import GSet

__all__ = [
    "Transformation",
    "filter_transform",
    "filter_transform_gradient",
    "of_problem",
    "selection_matrix",
]

FORMS = ("gather", "scatter", "selection")


@one_line_errors()
def filter_transform(X: GSet, psi: Any, filter: str = "full") -> Any:
    """The filters of every orientation, ``psi[k, s, j, t, z] = psi_j^k(s⁻¹t, s⁻¹z)``.

    Args:
        X: the regular space or the grid of a quotient of a split group, or a window.
        psi: the K filters, as for :func:`gcalc.fast.correlate`: (K, J, |P|, rows, cols) on a regular space, (K, J,
            rows, cols) on a grid, or boxes.
        filter: "full" or "box"; windows have boxes only.

    Returns:
        (K, |P|, J, *X.shape); without the axis t on a grid. For boxes the last axes are those of the smallest box with
        odd sides, centred at offset 0, that holds all the turned boxes, with zeros in the rest.

    Raises:
        UnsupportedError: the group is not split, or X is no grid or regular space.
        ShapeError: axes of psi are others.
        ExactnessError: a value is not finite.

    Source:
        Section 2; law ``split_theorem``.

    >>> from gcalc import group
    >>> X = group("p4").quotient(3).grid
    >>> turned = filter_transform(X, [[[[0, 0, 0], [0, 0, 1], [0, 0, 0]]]], filter="box")
    >>> turned[0, 1, 0]                                 # the entry at offset (0, 1), turned by 90° to (-1, 0)
    array([[0, 1, 0],
           [0, 0, 0],
           [0, 0, 0]])
    """
    acting_point_group(X, filter)
    psi = numbers(psi, "psi", short_floats=True)
    box = None if filter == "full" else filters_box(X, tuple(psi.shape), "psi", ("K", "J"))
    check_axes(psi, "psi", ("K", "J"), _filter_axes(X, box))
    table = of_space(X, box)
    xp, device = namespace(psi)
    K, J = psi.shape[:2]
    psi = xp.reshape(psi, (K, J, -1))
    if array_api_compat.is_cupy_namespace(xp):
        return xp.reshape(
            cuda.filter_transform(kernels(), table, psi), (K, len(table.sources), J, *table.kernel_shape)
        )
    if table.has_gaps:
        psi = xp.concat([psi, xp.zeros((K, J, 1), dtype=psi.dtype, device=device)], axis=2)
    sources = on_device(xp, device, table.sources)
    turned = xp.stack([xp.take(psi, sources[s, ...], axis=2) for s in range(len(table.sources))], axis=1)
    return xp.reshape(turned, (K, len(table.sources), J, *table.kernel_shape))


@one_line_errors()
def filter_transform_gradient(
    X: GSet, d: Any, filter_shape: Sequence[int] | None = None, form: str = "gather"
) -> Any:
    """The adjoint of the filter transformation: ``d[k, s, j, t, z]`` is added at ``[k, j, s⁻¹t, s⁻¹z]``.

    Args:
        X: the regular space or the grid of a quotient of a split group, or a window.
        d: the gradient with respect to the transformed filters, with the axes that :func:`filter_transform` returns.
        filter_shape: None for full filters; for boxes the box (k, k), or (|P|, k, k) on a regular space.
        form: "gather": each entry sums the |P| cells that read it, always in the same order. "scatter": each cell is
            added to the entry that it reads, on a GPU atomically. "selection": the transpose of
            :func:`selection_matrix` times d.

    Returns:
        (K, J, *X.shape), or (K, J, [|P|,] k, k).

    Raises:
        UnsupportedError: the group is not split, or X is no grid or regular space, or d's library has no such form.
        ShapeError: axes of d are others, or the box does not fit.
        ExactnessError: a value is not finite, or sums of integers are beyond what is computed exactly.
        UsageError: the form does not exist.

    Source:
        Section 2: the gradient at cell i is the sum of the gradients at the cells j that index i; law
        ``filter_transform_adjoint``.

    >>> from gcalc import group
    >>> X = group("p4").quotient(3).grid
    >>> filter_transform_gradient(X, [[[[[7]]], [[[8]]], [[[9]]], [[[1]]]]], filter_shape=(1, 1)).tolist()
    [[[[25]]]]
    """
    box, table = _selected(X, filter_shape)
    if form not in FORMS:
        raise UsageError(f'form must be "gather", "scatter" or "selection", got {short(form)}')
    order, most = len(table.sources), declared(d)
    axes = Axes.of_lattice(X.is_regular, table.kernel_shape)
    d = read(d, "d", ("K", "|P|", "J"), axes, short_floats=form != "selection")
    K, orientations, J = d.shape[:3]
    if orientations != order:
        raise ShapeError(f"d needs |P| = {order} orientations on its second axis, got {orientations}")
    xp, _ = namespace(d)
    # CuPy's sparse matrices hold floats only.
    in_floats = form == "selection" and array_api_compat.is_cupy_namespace(xp)
    _check_sums(xp, d, order, 2**53 if in_floats else LARGEST_INT64, most)
    gradient = {"gather": _gather, "scatter": _scatter, "selection": _select}[form]
    return xp.reshape(
        gradient(xp, table, xp.reshape(d, (K, order, J, -1))), (K, J, *_filter_axes(X, box).sizes)
    )


@one_line_errors()
def selection_matrix(X: GSet, filter_shape: Sequence[int] | None = None, like: Any = None) -> Any:
    """The sparse matrix of zeros and ones that takes the entries of psi_j^k to the cells (s, t, z).

    Args:
        X: the regular space or the grid of a quotient of a split group, or a window.
        filter_shape: as for :func:`filter_transform_gradient`.
        like: an array whose library, device and type the matrix is to have; NumPy's float64 if None.

    Returns:
        (cells, entries): of ``scipy.sparse`` for NumPy, ``torch.sparse`` for torch, ``cupyx.scipy.sparse`` for CuPy.
        A row has one 1, or none where no turned box reaches; a column has |P| of them. So it is a stack of |P|
        permutations where filters are full, not one permutation matrix as the supplement says.

    Raises:
        UnsupportedError: the group is not split, or X is no grid or regular space, or the library has no such matrices.
        ShapeError: the box does not fit.

    Source:
        Section 2; law ``permutation_matrix``.

    >>> from gcalc import group
    >>> S = selection_matrix(group("p2").quotient(2).grid, (1, 2))     # the turned box needs a place at offset (0, 1)
    >>> S.toarray().astype(int).tolist()
    [[1, 0], [0, 1], [0, 0], [0, 0], [0, 1], [1, 0]]
    """
    _, table = _selected(X, filter_shape)
    return _selection(table, np.zeros(1) if like is None else like)


def _gather(xp: Any, table: Transformation, d: Any) -> Any:
    """Each entry sums the cells that read it, s by s: (K, J, entries) of d (K, |P|, J, cells)."""
    if array_api_compat.is_cupy_namespace(xp):
        return cuda.gather(kernels(), table, d)
    images = on_device(xp, array_api_compat.device(d), table.images)
    total = xp.take(d[:, 0, ...], images[0, ...], axis=2)
    for s in range(1, len(table.images)):
        total += xp.take(d[:, s, ...], images[s, ...], axis=2)
    return total


def _scatter(xp: Any, table: Transformation, d: Any) -> Any:
    """Each cell is added to the entry that it reads, or to one more entry for the cells that read none."""
    if array_api_compat.is_cupy_namespace(xp):
        return cuda.scatter(kernels(), table, d)
    K, _, J, _ = d.shape
    device, entries = array_api_compat.device(d), prod(table.filter_shape)
    total = xp.zeros((K, J, entries + 1), dtype=d.dtype, device=device)
    sources = xp.reshape(on_device(xp, device, table.sources), (-1,))
    values = xp.reshape(xp.permute_dims(d, (0, 2, 1, 3)), (K, J, -1))
    if array_api_compat.is_torch_namespace(xp):
        total.index_add_(2, sources, values)
    elif array_api_compat.is_numpy_namespace(xp):
        xp.add.at(total, (slice(None), slice(None), sources), values)
    else:
        raise _lacks(xp, "scatter", "scatter-add")
    return total[:, :, :entries]


def _select(xp: Any, table: Transformation, d: Any) -> Any:
    """The transpose of the selection matrix times d, (cells, K·J)."""
    K, order, J, cells = d.shape
    dtype = d.dtype
    if array_api_compat.is_cupy_namespace(xp) and dtype == np.int64:
        d = xp.astype(d, xp.float64)
    matrix = _selection(table, d)
    values = xp.reshape(xp.permute_dims(d, (1, 3, 0, 2)), (order * cells, K * J))
    return xp.astype(xp.reshape(xp.permute_dims(matrix.T @ values, (1, 0)), (K, J, -1)), dtype)


def _selection(table: Transformation, like: Any) -> Any:
    """The selection matrix in ``like``'s library, type and device."""
    xp, device = namespace(like)
    entries = prod(table.filter_shape)
    row = np.flatnonzero(table.sources.ravel() < entries)
    places = np.stack([row, table.sources.ravel()[row]])
    shape = (table.sources.size, entries)
    ones = xp.ones(len(row), dtype=like.dtype, device=device)
    if array_api_compat.is_torch_namespace(xp):
        at = xp.asarray(places, device=device)
        return xp.sparse_coo_tensor(at, ones, shape, check_invariants=True).coalesce()
    if array_api_compat.is_numpy_namespace(xp) or array_api_compat.is_cupy_namespace(xp):
        library = "scipy" if array_api_compat.is_numpy_namespace(xp) else "cupyx.scipy"
        return import_module(f"{library}.sparse").csr_matrix((ones, tuple(xp.asarray(places))), shape=shape)
    raise _lacks(xp, "selection", "sparse matrices")


def _selected(X: GSet, filter_shape: Sequence[int] | None) -> tuple[tuple[int, ...] | None, Transformation]:
    """The box that ``filter_shape`` names, if any, and its tables."""
    acting_point_group(X, "full" if filter_shape is None else "box")
    box = None if filter_shape is None else filter_box(X, filter_shape)
    return box, of_space(X, box)


def _check_sums(xp: Any, d: Any, n: int, limit: int, most: int | None) -> None:
    """Refuse integers of which n could sum to more than the limit."""
    if d.dtype != xp.int64 or (most is not None and most * n <= limit):
        return
    if (A := largest(xp, d)) * n > limit:
        raise ExactnessError(
            f"filter_transform_gradient sums |P| = {n} integers up to A = {A}, and |P|·A is beyond {limit}; keep A at "
            f"most {limit // n}, or use gcalc.reference, exact at every size"
        )


def _filter_axes(X: GSet, box: tuple[int, ...] | None) -> Axes:
    return Layer(X, box, "zero" if X.is_window else "periodic", 1).filter_axes


def _lacks(xp: Any, form: str, what: str) -> UnsupportedError:
    return UnsupportedError(
        f'{xp.__name__} has no {what} for form="{form}"; take form="gather", or arrays of NumPy, torch or CuPy'
    )
