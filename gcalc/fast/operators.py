"""The operators of `gcalc.reference`, by gathers and matrix products, on arrays of any namespace.

Main definitions
    left_translate, correlate, input_gradient, filter_gradient: on any finite G-set and on windows.
    convolve, involution: on a finite group.

Implementation notes
    Arguments are checked and laid out here, then an algorithm computes. Floats come back in their own type. Integers
    are computed exactly and come back as int64, or they are refused: by an algorithm that sums the products as they
    stand where no sum can leave int64, by one that rounds where its proven error is below 1/2. CuPy's short floats
    are taken where values are only moved, or are summed by the CUDA kernels.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from gcalc.fast import tables
from gcalc.fast.arrays import check_axes, common_type, namespace, numbers, on_device, read_batch
from gcalc.fast.checks import Layer, check_finite_group, check_finite_space, check_options
from gcalc.fast.cuda.device import one_line_errors
from gcalc.fast.exactness import Most, declared, exactly, rounded, working_type
from gcalc.fast.plans import find
from gcalc.spaces.arguments import check_element
from gcalc.spaces.axes import Axes, same
from gcalc.spaces.boxes import filter_box, filters_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcalc.groups.finite import FiniteGroup
    from gcalc.groups.gset import GSet

__all__ = ["convolve", "correlate", "filter_gradient", "input_gradient", "involution", "left_translate"]


@one_line_errors()
def left_translate(X: GSet, u: Any, f: Any) -> Any:
    """The left translate ``(L_u f)(x) = f(u⁻¹x)``.

    Args:
        X: a finite set on which a group G acts on the left, or a window, whose group acts about the array's centre.
        u: an element of ``X.group``.
        f: (…, *X.shape), functions on X with any leading axes.

    Returns:
        The same axes as f.

    Raises:
        ElementError: u is not in the group.
        ShapeError: f does not end in X.shape.
        ExactnessError: f is not finite.
        UnsupportedError: X is infinite, or f of a type for `gcalc.reference`.

    Source:
        The operator L of equation (1); Cohen and Welling (2016).

    >>> from gcalc import group
    >>> left_translate(group("C3").regular, 1, [10, 20, 30])
    array([30, 10, 20])
    """
    check_finite_space(X)
    check_element(X.group, u, "u")
    batch, f = read_batch(f, "f", (), Axes.of(X), short_floats=True)
    xp, device = namespace(f)
    table = on_device(xp, device, X.action_table)
    u_inverse_x = table[int(X.group.inverse_table[X.group.index(u)]), :]
    moved = xp.take(xp.reshape(f, (f.shape[0], X.size)), u_inverse_x, axis=1)
    return xp.reshape(moved, (*batch, *X.shape))


@one_line_errors()
def correlate(
    X: GSet,
    f: Any,
    psi: Any,
    filter: str = "full",
    boundary: str = "periodic",
    *,
    stride: int = 1,
    algorithm: str = "auto",
) -> Any:
    """The G-correlation ``[f ⋆ psi^k](g) = sum_{x in X} sum_j f_j(x) psi_j^k(g⁻¹x)``, a function on G.

    Args:
        X: a finite set on which a group G acts on the left, or a window.
        f: (…, J, *X.shape), J feature maps; any leading axes.
        psi: (K, J, *X.shape), K filters, or boxes: as for :func:`gcalc.reference.correlate`.
        filter: "full" or "box".
        boundary: "periodic", or on a window "zero" or "valid": as for :func:`gcalc.reference.correlate`.
        stride: s keeps of the output every s-th cell along each lattice axis, from index 0.
        algorithm: "auto" takes what was measured to be fastest; "tables" serves every finite set, "direct", "fourier"
            and "winograd" split groups and windows, and "fused" these for arrays of CuPy.

    Returns:
        (…, K, *G.shape); on a window (…, K, |P|, rows, cols), or (…, K, |P|, rows - k + 1, cols - k + 1) if "valid";
        with a stride n/s cells for n, rounded up.

    Raises:
        ShapeError: axes of f or psi are others, or disagree on J, or a box does not fit.
        UnsupportedError: the space has no such filter, boundary, stride or algorithm, or is infinite.
        ExactnessError: a value is not finite, or sums of integers are beyond what is computed exactly.
        UsageError: an option does not exist, or f and psi are of several libraries or devices.

    Source:
        Equation (1) for the plane; section 1 and (3) for G.

    >>> from gcalc import group
    >>> correlate(group("C3").regular, [[1, 2, 3]], [[[1, 10, 0]]])     # 1·1 + 2·10, 2·1 + 3·10, 3·1 + 1·10
    array([[21, 32, 13]])
    """
    check_finite_space(X)
    check_options(X, filter, boundary, stride, algorithm)
    most = declared(f), declared(psi)
    batch, f = read_batch(f, "f", ("J",), Axes.of(X), short_floats=True)
    psi, layer = _read_filters(X, psi, filter, boundary, stride)
    same("J", "f", f.shape[1], "psi", psi.shape[1])
    shape = (f.shape[0], psi.shape[0], *layer.whole_shape)
    y = layer.every(_apply(layer, algorithm, "correlate", (f, psi), most, shape))
    return namespace(y)[0].reshape(y, (*batch, *y.shape[1:]))


@one_line_errors()
def input_gradient(
    X: GSet,
    d: Any,
    psi: Any,
    filter: str = "full",
    boundary: str = "periodic",
    *,
    stride: int = 1,
    algorithm: str = "auto",
) -> Any:
    """The gradient ``dL/df_j(x) = sum_h sum_k d_k(h) psi_j^k(h⁻¹x)`` with respect to the input of a layer.

    Args:
        X: as for :func:`correlate`.
        d: the gradient ``dL/df_k(h)`` with respect to the output, with the axes that :func:`correlate` returns.
        psi: as for :func:`correlate`.
        filter: as for :func:`correlate`.
        boundary: as for :func:`correlate`; the gradient is the adjoint.
        stride: as for :func:`correlate`; d is zero at the cells left out.
        algorithm: as for :func:`correlate`.

    Returns:
        (…, J, *X.shape).

    Raises:
        ShapeError: axes of d or psi are others, or disagree on K.
        UnsupportedError, ExactnessError, UsageError: as for :func:`correlate`.

    Source:
        (3) line 3, in which the print has ``dL/df_k(g)`` for ``dL/df_k(h)``.

    >>> from gcalc import group
    >>> input_gradient(group("C2").regular, [[1, 0]], [[[0, 1]]])      # d = delta_0, psi = delta_1
    array([[0, 1]])
    """
    check_finite_space(X)
    check_options(X, filter, boundary, stride, algorithm)
    most = declared(d), declared(psi)
    psi, layer = _read_filters(X, psi, filter, boundary, stride)
    batch, d = read_batch(d, "d", ("K",), layer.output_axes, short_floats=True)
    same("K", "d", d.shape[1], "psi", psi.shape[0])
    shape = (d.shape[0], psi.shape[1], *X.shape)
    gradient = _apply(layer, algorithm, "input_gradient", (layer.filled(d), psi), most, shape)
    return namespace(gradient)[0].reshape(gradient, (*batch, *shape[1:]))


@one_line_errors()
def filter_gradient(
    X: GSet,
    d: Any,
    f: Any,
    filter_shape: Sequence[int] | None = None,
    boundary: str = "periodic",
    *,
    stride: int = 1,
    algorithm: str = "auto",
) -> Any:
    """The gradient ``dL/dpsi_j^k(y) = sum_h d_k(h) f_j(hy)`` with respect to the filters of a layer.

    Args:
        X: as for :func:`correlate`.
        d: the gradient ``dL/df_k(h)`` with respect to the output, with the axes that :func:`correlate` returns.
        f: (…, J, *X.shape), the input, with the same leading axes, over which the gradient is summed.
        filter_shape: None for full filters. For box filters the box (k, k), or with the point group's axis
            (|P|, k, k) on a regular space; index i of an axis is offset ``i - k // 2``.
        boundary: as for :func:`correlate`.
        stride: as for :func:`correlate`; d is zero at the cells left out.
        algorithm: as for :func:`correlate`.

    Returns:
        (K, J, *X.shape) or (K, J, [|P|,] k, k).

    Raises:
        ShapeError: axes of d or f are others, or their leading axes differ, or the box does not fit.
        UnsupportedError, ExactnessError, UsageError: as for :func:`correlate`.

    Source:
        (6) line 3. Line 4 of the print lacks the involution.

    >>> from gcalc import group
    >>> filter_gradient(group("C3").regular, [[0, 1, 0]], [[1, 0, 0]])     # delta_1, delta_0: h = 1, y = -1
    array([[[0, 0, 1]]])
    """
    check_finite_space(X)
    check_options(X, "full" if filter_shape is None else "box", boundary, stride, algorithm)
    layer = Layer(X, None if filter_shape is None else filter_box(X, filter_shape), boundary, int(stride))
    most = declared(d), declared(f)
    batch, d = read_batch(d, "d", ("K",), layer.output_axes, short_floats=True)
    f_batch, f = read_batch(f, "f", ("J",), Axes.of(X), short_floats=True)
    same("leading axes", "d", batch, "f", f_batch)
    shape = (d.shape[1], f.shape[1], *layer.filter_axes.sizes)
    return _apply(layer, algorithm, "filter_gradient", (layer.filled(d), f), most, shape)


@one_line_errors()
def convolve(G: FiniteGroup, a: Any, b: Any) -> Any:
    """The G-convolution ``[a ∗ b](g) = sum_h a(h) b(h⁻¹g)``, the product of the group algebra.

    Args:
        G: a finite group.
        a: (…, *G.shape), a function on G; any leading axes.
        b: the same leading axes as a; functions are multiplied one by one.

    Returns:
        The same axes as a.

    Raises:
        ShapeError: axes of a or b are others, or their leading axes differ.
        ExactnessError: a value is not finite, or sums of integers are beyond int64.
        UnsupportedError: G is infinite, or a or b of a type for `gcalc.reference`.

    Source:
        The convolution that the supplement uses under (6) and leaves undefined; here ``∗`` is never ``⋆``.

    >>> from gcalc import group
    >>> convolve(group("C3"), [1, 2, 0], [1, 10, 0])       # (1 + 2x)(1 + 10x) = 1 + 12x + 20x²
    array([ 1, 12, 20])
    """
    check_finite_group(G)
    axes, most = Axes.of(G.regular), (declared(a), declared(b))
    batch, a = read_batch(a, "a", (), axes)
    b_batch, b = read_batch(b, "b", (), axes)
    same("leading axes", "a", batch, "b", b_batch)
    xp, _ = namespace(a, b)
    a, b = (xp.reshape(c, (c.shape[0], G.order)) for c in (a, b))
    a, b = common_type(xp, a, b, most)
    product = partial(tables.convolve, G)
    integral = a.dtype == xp.int64
    result = exactly(xp, product, a, b, G.order, "convolve", most=most) if integral else product(a, b)
    return xp.reshape(result, (*batch, *G.shape))


@one_line_errors()
def involution(G: FiniteGroup, psi: Any) -> Any:
    """The involution ``psi*(g) = psi(g⁻¹)``.

    Args:
        G: a finite group.
        psi: (…, *G.shape), functions on G; any leading axes.

    Returns:
        The same axes as psi.

    Raises:
        ShapeError: psi does not end in G.shape.
        ExactnessError: a value is not finite.
        UnsupportedError: G is infinite, or psi of a type for `gcalc.reference`.

    Source:
        (4). It has no meaning on a set that is not a group.

    >>> from gcalc import group
    >>> involution(group("C3"), [1, 2, 3])
    array([1, 3, 2])
    """
    check_finite_group(G)
    batch, psi = read_batch(psi, "psi", (), Axes.of(G.regular), short_floats=True)
    xp, device = namespace(psi)
    inverse = on_device(xp, device, G.inverse_table)
    return xp.reshape(xp.take(xp.reshape(psi, (psi.shape[0], G.order)), inverse, axis=1), (*batch, *G.shape))


def _read_filters(X: GSet, psi: Any, filter: str, boundary: str, stride: int) -> tuple[Any, Layer]:
    """The filters (K, J, *X.shape or box), and the layer that they make."""
    psi = numbers(psi, "psi", short_floats=True)
    box = None if filter == "full" else filters_box(X, tuple(psi.shape), "psi", ("K", "J"))
    layer = Layer(X, box, boundary, int(stride))
    check_axes(psi, "psi", ("K", "J"), layer.filter_axes)
    return psi, layer


def _apply(
    layer: Layer,
    algorithm: str,
    operation: str,
    arguments: tuple[Any, Any],
    most: Most,
    shape: tuple[int, ...],
) -> Any:
    """A bilinear operation of this shape, in the type of floats, or exactly on integers up to ``most``."""
    xp, device = namespace(*arguments)
    a, b = common_type(xp, *arguments, most)
    if a.shape[0] == 0:
        return xp.zeros(shape, dtype=a.dtype, device=device)
    integral = a.dtype == xp.int64
    dtype = working_type(xp, device) if integral else a.dtype
    J, K = (a.shape[1], b.shape[0]) if operation == "correlate" else (b.shape[1], a.shape[1])
    sizes = (a.shape[0], J, K)
    runner = find(
        layer.X, layer.box, layer.boundary, xp=xp, device=device, dtype=dtype, batch=sizes[0], J=J, K=K,
        algorithm=algorithm, exact=integral,
    )  # fmt: skip
    operator = getattr(runner, operation)
    if not integral:
        return operator(a, b)
    if runner.exact:
        terms = runner.algorithm.terms(operation, *sizes)
        return exactly(xp, operator, a, b, terms, operation, most=most, modular=runner.modular)
    bound = partial(runner.algorithm.error_bound, operation, sizes=sizes)
    return rounded(xp, operator, a, b, bound, f"{operation} by {runner.name}", most=most)
