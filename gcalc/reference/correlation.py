"""Left translation and G-correlation: equation (1) of the supplement, for any group acting on any set.

Main definitions
    left_translate: ``(L_u f)(x) = f(u⁻¹x)``.
    correlate: ``[f ⋆ psi](g) = sum_{x in X} sum_j f_j(x) psi_j(g⁻¹x)``.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from gcalc.groups.infinite import InfiniteGSet
from gcalc.reference import finite, infinite, window
from gcalc.reference.arrays import read, read_batch, write
from gcalc.reference.box import embed, read_box
from gcalc.reference.supports import over_channels, read_functions, refuse_box, same_lengths
from gcalc.spaces.arguments import check_element, check_options, check_space
from gcalc.spaces.axes import Axes, same
from gcalc.spaces.boxes import window_output_shape
from gcalc.spaces.window import Window, WindowRegular

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.groups.gset import GSet

__all__ = ["correlate", "left_translate", "read_filter"]


@overload
def left_translate(X: GSet, u: Any, f: Any) -> NDArray[Any]: ...
@overload
def left_translate(X: InfiniteGSet, u: Any, f: Any) -> Any: ...
def left_translate(X: GSet | InfiniteGSet, u: Any, f: Any) -> Any:
    """The left translate ``(L_u f)(x) = f(u⁻¹x)``.

    Args:
        X: a set on which a group G acts on the left: ``G.regular``, ``G.grid``, ``G.cosets(H)``, or a window,
            whose group acts about the array's centre.
        u: an element of ``X.group``.
        f: (…, *X.shape), functions on X with any leading axes, such as (…, J, *X.shape). On an infinite set a
            dict {x: value}, or lists of these, nested to any depth.

    Returns:
        The same axes as f.

    Raises:
        ElementError: u is not in the group, or f has a value at a point that is not in X.
        ShapeError: f does not end in X.shape.
        ExactnessError: f is not finite.

    Source:
        The operator L of equation (1); Cohen and Welling (2016).

    >>> from gcalc import group
    >>> left_translate(group("C3").regular, 1, [10, 20, 30])
    array([30, 10, 20])
    """
    check_space(X)
    check_element(X.group, u, "u")
    if isinstance(X, InfiniteGSet):
        return over_channels(X, f, "f", lambda f_j: infinite.left_translate(X, u, f_j))
    lead, functions = read_batch(f, "f", (), Axes.of(X))
    index = X.group.index(u)
    values = [value for f_j in functions.tolist() for value in finite.left_translate(X, index, f_j)]
    return write(values, (*lead, *X.shape))


@overload
def correlate(
    X: GSet, f: Any, psi: Any, filter: str = "full", boundary: str = "periodic"
) -> NDArray[Any]: ...
@overload
def correlate(
    X: InfiniteGSet, f: Any, psi: Any, filter: str = "full", boundary: str = "periodic"
) -> list[dict[Any, Any]]: ...
def correlate(
    X: GSet | InfiniteGSet, f: Any, psi: Any, filter: str = "full", boundary: str = "periodic"
) -> Any:
    """The G-correlation ``[f ⋆ psi^k](g) = sum_{x in X} sum_j f_j(x) psi_j^k(g⁻¹x)``, a function on G.

    Args:
        X: a set on which a group G acts on the left.
        f: (…, J, *X.shape), J feature maps; any leading axes.
        psi: (K, J, *X.shape), K filters. With ``filter="box"`` (K, J, k, k) on a grid and (K, J, |P|, k, k)
            on a regular space of a quotient: index i of an axis is offset ``i - k // 2``, and the filter is
            zero elsewhere.
        filter: "full" or "box". The box is evaluated as ``psi(g⁻¹x)``, so it turns about the lattice's
            origin.
        boundary: "periodic", except on a window. There the sum is over Z^2 with f zero outside,
            ``y_k(s, x) = sum_j sum_o f_j(x + s·o) psi_j^k(o)``, or on the pixels × P
            ``y_k(s, x) = sum_j sum_t sum_o f_j(st, x + s·o) psi_j^k(t, o)``. "zero" lets x run over the
            window, "valid" over the x with x + s·box inside, each s starting at the first of them.

    Returns:
        (…, K, *G.shape); on a window (…, K, |P|, rows, cols), or (…, K, |P|, rows - k + 1, cols - k + 1) if
        "valid". On an infinite set f is a list over j of dicts {x: value}, psi a list over k of lists over j
        of these, and the result a list over k of dicts {g: value} without zeros.

    Raises:
        ShapeError: axes of f or psi are others, or disagree on J, or a box does not fit.
        UnsupportedError: the space has no such filter or boundary.
        ExactnessError: a value is not finite.

    Source:
        Equation (1) for the plane; section 1 and (3) for G. The order of the arguments and the place of
        ``g⁻¹`` are those of the supplement.

    >>> from gcalc import group
    >>> C3 = group("C3")
    >>> correlate(C3.regular, [[1, 2, 3]], [[[1, 10, 0]]])     # 1·1 + 2·10, 2·1 + 3·10, 3·1 + 1·10
    array([[21, 32, 13]])
    """
    check_space(X)
    check_options(X, filter, boundary)
    if isinstance(X, InfiniteGSet):
        refuse_box(X, filter)
        f = read_functions(X, f, "f", ("J",))
        psi = read_functions(X, psi, "psi", ("K", "J"))
        same_lengths("J", "f", f, "psi", *psi)
        return infinite.correlate(X, f, psi)
    batch, features = read_batch(f, "f", ("J",), Axes.of(X))
    if isinstance(X, Window | WindowRegular):
        box, psi = read_box(X, psi, "psi", ("K", "J"))
        same("J", "f", features.shape[1], "psi", len(psi[0]))
        results = [window.correlate(X, f_b, psi, box, boundary) for f_b in features.tolist()]
        shape: tuple[int, ...] = window_output_shape(X, box, boundary)
    else:
        psi = read_filter(X, psi, filter)
        same("J", "f", features.shape[1], "psi", len(psi[0]))
        results = [finite.correlate(X, f_b, psi) for f_b in features.tolist()]
        shape = X.group.shape
    return write([value for y in results for y_k in y for value in y_k], (*batch, len(psi), *shape))


def read_filter(X: GSet, psi: Any, filter: str) -> list[list[list[Any]]]:
    """The filters on all of the periodic space X, as lists ``psi[k][j][x]``; a box is zero elsewhere."""
    if filter == "full":
        filters: list[list[list[Any]]] = read(psi, "psi", ("K", "J"), Axes.of(X)).tolist()
        return filters
    box, entries = read_box(X, psi, "psi", ("K", "J"))
    return [[embed(X, psi_kj, box) for psi_kj in psi_k] for psi_k in entries]
