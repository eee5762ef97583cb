"""Filter transformation and its gradient: the indexing operation of section 2 of the supplement.

Main definitions
    filter_transform: ``psi[k, s, j, t, z] = psi_j^k(s⁻¹t, s⁻¹z)``.
    filter_transform_gradient: each entry of the gradient is added to the entry of psi that it came from.

Notation
    s and t run over the point group P in its order, z over the lattice. The element s acts as (s, 0), a
    member of the subgroup that stands for P, so the group must be split.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, cast

from gcalc.errors import ShapeError
from gcalc.groups.quotient import Quotient
from gcalc.reference.arrays import read, write
from gcalc.reference.box import fibres, offsets, read_box, turn
from gcalc.spaces.arguments import acting_point_group
from gcalc.spaces.axes import Axes
from gcalc.spaces.boxes import box_axes, filter_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gcalc.groups.finite import FiniteGroup
    from gcalc.groups.gset import GSet

__all__ = ["filter_transform", "filter_transform_gradient"]


def filter_transform(X: GSet, psi: Any, filter: str = "full") -> NDArray[Any]:
    """The filters of every orientation, ``psi[k, s, j, t, z] = psi_j^k(s⁻¹t, s⁻¹z)``.

    Args:
        X: the regular space or the grid of a quotient of a split group, or a window.
        psi: the K filters, as for :func:`correlate`: (K, J, |P|, rows, cols) on a regular space, (K, J, rows,
            cols) on a grid, or boxes.
        filter: "full" or "box"; windows have boxes only.

    Returns:
        (K, |P|, J, *X.shape); without the axis t on a grid. For boxes the last axes are those of the smallest
        box with odd sides, centred at offset 0, that holds all the turned boxes, with zeros in the rest.

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
    P = acting_point_group(X, filter)
    if filter == "full":
        filters = read(psi, "psi", ("K", "J"), Axes.of(X)).tolist()
        axes, sources = Axes.of(X), full_sources(X)
    else:
        box, filters = read_box(X, psi, "psi", ("K", "J"))
        axes, sources = box_axes(X, turned_box(P, box)), box_sources(X, P, box)
    values = [
        0 if y is None else psi_kj[y]
        for psi_k in filters
        for s_inverse in sources
        for psi_kj in psi_k
        for y in s_inverse
    ]
    return write(values, (len(filters), P.order, len(filters[0]), *axes.sizes))


def filter_transform_gradient(X: GSet, d: Any, filter_shape: Sequence[int] | None = None) -> NDArray[Any]:
    """The adjoint of the filter transformation: ``d[k, s, j, t, z]`` is added at ``[k, j, s⁻¹t, s⁻¹z]``.

    Args:
        X: the regular space or the grid of a quotient of a split group, or a window.
        d: the gradient with respect to the transformed filters, with the axes that :func:`filter_transform`
            returns.
        filter_shape: None for full filters; for boxes the box (k, k), or (|P|, k, k) on a regular space.

    Returns:
        (K, J, *X.shape), or (K, J, [|P|,] k, k).

    Raises:
        UnsupportedError: the group is not split, or X is no grid or regular space.
        ShapeError: axes of d are others, or the box does not fit.
        ExactnessError: a value is not finite.

    Source:
        Section 2: the gradient at cell i is the sum of the gradients at the cells j that index i; law
        ``filter_transform_adjoint``.

    >>> from gcalc import group
    >>> X = group("p4").quotient(3).grid
    >>> filter_transform_gradient(X, [[[[[7]]], [[[8]]], [[[9]]], [[[1]]]]], filter_shape=(1, 1)).tolist()
    [[[[25]]]]
    """
    P = acting_point_group(X, "full" if filter_shape is None else "box")
    axes = turned = Axes.of(X)
    if filter_shape is None:
        sources = full_sources(X)
    else:
        box = filter_box(X, filter_shape)
        axes, turned = box_axes(X, box), box_axes(X, turned_box(P, box))
        sources = box_sources(X, P, box)
    array = read(d, "d", ("K", "|P|", "J"), turned)
    K, orientations, J = array.shape[:3]
    if orientations != P.order:
        raise ShapeError(f"d needs |P| = {P.order} orientations on its second axis, got {orientations}")
    gradient: list[list[list[Any]]] = [[[0] * prod(axes.sizes) for _ in range(J)] for _ in range(K)]
    for gradient_k, d_k in zip(gradient, array.tolist(), strict=True):
        for s_inverse, d_ks in zip(sources, d_k, strict=True):
            for gradient_kj, d_ksj in zip(gradient_k, d_ks, strict=True):
                for y, value in zip(s_inverse, d_ksj, strict=True):
                    if y is not None:
                        gradient_kj[y] += value
    values = [value for gradient_k in gradient for gradient_kj in gradient_k for value in gradient_kj]
    return write(values, (K, J, *axes.sizes))


def full_sources(X: GSet) -> list[list[int | None]]:
    """For each s the index of ``(s⁻¹t, s⁻¹z)`` for each (t, z) of X: the action of ``(s, 0)⁻¹``."""
    group = cast("Quotient", X.group)
    return [list(X.inverse_rows[group.index(s)]) for s in group.point_subgroup]


def box_sources(X: GSet, P: FiniteGroup, box: Sequence[int]) -> list[list[int | None]]:
    """For each s the index in the box of ``(s⁻¹t, s⁻¹z)`` for each (t, z) of the turned box, or None."""
    position = {o: i for i, o in enumerate(offsets(box))}
    places = offsets(turned_box(P, box))
    fibre = fibres(P, X.is_regular)
    sources = []
    for s in P:
        s_inverse = P.inverse(s)
        cells = [position.get(turn(s_inverse, z)) for z in places]
        rows = fibre[P.index(s_inverse)]
        sources.append([None if cell is None else t * len(position) + cell for t in rows for cell in cells])
    return sources


def turned_box(P: FiniteGroup, box: Sequence[int]) -> tuple[int, ...]:
    """The smallest box with odd sides, centred at offset 0, that holds ``s·box`` for every s in P."""
    corners = [turn(s, o) for s in P for o in offsets(box)]
    return tuple(2 * max(abs(x) for x in axis) + 1 for axis in zip(*corners, strict=True))
