"""The two gradients of a G-correlation: equations (3) and (6) of the supplement, on any set X.

Main definitions
    input_gradient: ``dL/df_j(x) = sum_h sum_k d_k(h) psi_j^k(h⁻¹x)``, the sum in (3).
    filter_gradient: ``dL/dpsi_j^k(y) = sum_h d_k(h) f_j(hy)``, the sum in (6).

Main statements
    They are the adjoints of the correlation in each argument:
    ``<d, f ⋆ psi> = <input_gradient(d, psi), f> = <filter_gradient(d, f), psi>``.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from gcalc.groups.infinite import InfiniteGSet
from gcalc.reference import finite, infinite, window
from gcalc.reference.arrays import read_batch, write
from gcalc.reference.box import points, read_box
from gcalc.reference.correlation import read_filter
from gcalc.reference.supports import read_functions, refuse_box, same_lengths
from gcalc.spaces.arguments import check_options, check_space
from gcalc.spaces.axes import Axes, same
from gcalc.spaces.boxes import box_axes, filter_box, window_output_shape
from gcalc.spaces.window import Window, WindowRegular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from gcalc.groups.gset import GSet

__all__ = ["filter_gradient", "input_gradient"]


@overload
def input_gradient(
    X: GSet, d: Any, psi: Any, filter: str = "full", boundary: str = "periodic"
) -> NDArray[Any]: ...
@overload
def input_gradient(
    X: InfiniteGSet, d: Any, psi: Any, filter: str = "full", boundary: str = "periodic"
) -> list[dict[Any, Any]]: ...
def input_gradient(
    X: GSet | InfiniteGSet, d: Any, psi: Any, filter: str = "full", boundary: str = "periodic"
) -> Any:
    """The gradient ``dL/df_j(x) = sum_h sum_k d_k(h) psi_j^k(h⁻¹x)`` with respect to the input of a layer.

    Args:
        X: a set on which a group G acts on the left.
        d: (…, K, *G.shape), the gradient ``dL/df_k(h)`` with respect to the output; any leading axes. On a
            window the axes are those that :func:`correlate` returns.
        psi: the K filters, as for :func:`correlate`.
        filter: as for :func:`correlate`.
        boundary: as for :func:`correlate`. On a window the gradient is the adjoint,
            ``sum_g sum_{y: gy = x} sum_k d_k(g) psi_j^k(y)`` with g = (s, x).

    Returns:
        (…, J, *X.shape); on an infinite set a list over j of dicts {x: value} without zeros.

    Raises:
        ShapeError: axes of d or psi are others, or disagree on K.
        UnsupportedError: the space has no such filter or boundary.
        ExactnessError: a value is not finite.

    Source:
        (3) line 3, in which the print has ``dL/df_k(g)`` for ``dL/df_k(h)``. On X = G it is ``[d ⋆
        psi_j*](x)``.

    >>> from gcalc import group
    >>> input_gradient(group("C2").regular, [[1, 0]], [[[0, 1]]])      # d = delta_0, psi = delta_1
    array([[0, 1]])
    """
    check_space(X)
    check_options(X, filter, boundary)
    if isinstance(X, InfiniteGSet):
        refuse_box(X, filter)
        d = read_functions(X.group, d, "d", ("K",))
        psi = read_functions(X, psi, "psi", ("K", "J"))
        same_lengths("K", "d", d, "psi", psi)
        same_lengths("J", "psi[0]", *psi[:1], "psi", *psi[1:])
        return infinite.input_gradient(X, d, psi)
    if isinstance(X, Window | WindowRegular):
        box, psi = read_box(X, psi, "psi", ("K", "J"))
        batch, outputs = read_batch(
            d, "d", ("K",), Axes.of_lattice(True, window_output_shape(X, box, boundary))
        )
        same("K", "d", outputs.shape[1], "psi", len(psi))
        results = [window.input_gradient(X, d_b, psi, box, boundary) for d_b in outputs.tolist()]
    else:
        psi = read_filter(X, psi, filter)
        batch, outputs = read_batch(d, "d", ("K",), Axes.of(X.group.regular))
        same("K", "d", outputs.shape[1], "psi", len(psi))
        results = [finite.input_gradient(X, d_b, psi) for d_b in outputs.tolist()]
    values = [value for gradient in results for gradient_j in gradient for value in gradient_j]
    return write(values, (*batch, len(psi[0]), *X.shape))


@overload
def filter_gradient(
    X: GSet, d: Any, f: Any, filter_shape: Sequence[int] | None = None, boundary: str = "periodic"
) -> NDArray[Any]: ...
@overload
def filter_gradient(
    X: InfiniteGSet, d: Any, f: Any, filter_shape: Sequence[int] | None = None, boundary: str = "periodic"
) -> list[list[dict[Any, Any]]]: ...
def filter_gradient(
    X: GSet | InfiniteGSet,
    d: Any,
    f: Any,
    filter_shape: Sequence[int] | None = None,
    boundary: str = "periodic",
) -> Any:
    """The gradient ``dL/dpsi_j^k(y) = sum_h d_k(h) f_j(hy)`` with respect to the filters of a layer.

    Args:
        X: a set on which a group G acts on the left.
        d: (…, K, *G.shape), the gradient ``dL/df_k(h)`` with respect to the output; any leading axes. On a
            window the axes are those that :func:`correlate` returns.
        f: (…, J, *X.shape), the input, with the same leading axes, over which the gradient is summed.
        filter_shape: None for full filters. For box filters the box (k, k), or with the point group's axis
            (|P|, k, k) on a regular space; index i of an axis is offset ``i - k // 2``.
        boundary: as for :func:`correlate`.

    Returns:
        (K, J, *X.shape) or (K, J, [|P|,] k, k); on an infinite set a list over k of lists over j of dicts
        {y: value} without zeros.

    Raises:
        ShapeError: axes of d or f are others, or their leading axes differ, or the box does not fit.
        UnsupportedError: the space has no such filter or boundary.
        ExactnessError: a value is not finite.

    Source:
        (6) line 3. Line 4 of the print lacks the involution; on X = G it is ``[d_k* ∗ f_j](y)``.

    >>> from gcalc import group
    >>> filter_gradient(group("C3").regular, [[0, 1, 0]], [[1, 0, 0]])     # delta_1, delta_0: h = 1, y = -1
    array([[[0, 0, 1]]])
    """
    check_space(X)
    check_options(X, "full" if filter_shape is None else "box", boundary)
    if isinstance(X, InfiniteGSet):
        refuse_box(X, "full" if filter_shape is None else "box")
        d = read_functions(X.group, d, "d", ("K",))
        return infinite.filter_gradient(X, d, read_functions(X, f, "f", ("J",)))
    box = () if filter_shape is None else filter_box(X, filter_shape)
    if isinstance(X, Window | WindowRegular):
        axes = Axes.of_lattice(True, window_output_shape(X, box, boundary))
    else:
        axes = Axes.of(X.group.regular)
    batch, outputs = read_batch(d, "d", ("K",), axes)
    f_batch, features = read_batch(f, "f", ("J",), Axes.of(X))
    same("leading axes", "d", batch, "f", f_batch)
    d, f = outputs.swapaxes(0, 1).tolist(), features.swapaxes(0, 1).tolist()
    if isinstance(X, Window | WindowRegular):
        gradient = window.filter_gradient(X, d, f, box, boundary)
    else:
        gradient = finite.filter_gradient(X, d, f, points(X, box) if box else range(X.size))
    values = [value for gradient_k in gradient for gradient_kj in gradient_k for value in gradient_kj]
    return write(values, (len(d), len(f), *(box_axes(X, box).sizes if box else X.shape)))
