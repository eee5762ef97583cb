"""G-convolution and the involution: the product and the anti-automorphism of the group algebra.

Main definitions
    convolve: ``[a ∗ b](g) = sum_h a(h) b(h⁻¹g)``.
    involution: ``psi*(g) = psi(g⁻¹)``, equation (4) of the supplement.

Main statements
    ``f ⋆ psi = f ∗ psi*``, so the two sums differ by the involution and are never exchanged.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from gcalc.errors import ShapeError, short
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.reference import finite, infinite
from gcalc.reference.arrays import read_batch, write
from gcalc.reference.supports import over_channels, read_function
from gcalc.spaces.arguments import check_group
from gcalc.spaces.axes import Axes, same

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.groups.finite import FiniteGroup

__all__ = ["convolve", "involution"]


@overload
def convolve(G: FiniteGroup, a: Any, b: Any) -> NDArray[Any]: ...
@overload
def convolve(G: CrystallographicGroup, a: Any, b: Any) -> Any: ...
def convolve(G: FiniteGroup | CrystallographicGroup, a: Any, b: Any) -> Any:
    """The G-convolution ``[a ∗ b](g) = sum_h a(h) b(h⁻¹g)``, the product of the group algebra.

    Args:
        G: a group.
        a: (…, *G.shape), a function on G; any leading axes. On an infinite group a dict {g: value}, or nested
            lists.
        b: the same leading axes as a; functions are multiplied one by one.

    Returns:
        The same axes as a; on an infinite group dicts {g: value} without zeros.

    Raises:
        ShapeError: axes of a or b are others, or their leading axes differ.
        ElementError: on an infinite group, a value at what is no element.
        ExactnessError: a value is not finite.

    Source:
        The convolution that the supplement uses under (6) and leaves undefined; here ``∗`` is never ``⋆``.

    >>> from gcalc import group
    >>> convolve(group("C3"), [1, 2, 0], [1, 10, 0])       # (1 + 2x)(1 + 10x) = 1 + 12x + 20x²
    array([ 1, 12, 20])
    """
    check_group(G)
    if isinstance(G, CrystallographicGroup):
        return _convolve_supports(G, a, b)
    axes = Axes.of(G.regular)
    lead, first = read_batch(a, "a", (), axes)
    b_lead, second = read_batch(b, "b", (), axes)
    same("leading axes", "a", lead, "b", b_lead)
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    return write([value for a_i, b_i in pairs for value in finite.convolve(G, a_i, b_i)], (*lead, *G.shape))


def involution(G: FiniteGroup | CrystallographicGroup, psi: Any) -> Any:
    """The involution ``psi*(g) = psi(g⁻¹)``.

    Args:
        G: a group.
        psi: (…, *G.shape), functions on G; any leading axes. On an infinite group a dict {g: value}, or
            nested lists.

    Returns:
        The same axes as psi.

    Raises:
        ShapeError: psi does not end in G.shape.
        ElementError: on an infinite group, a value at what is no element.
        ExactnessError: a value is not finite.

    Source:
        (4). It has no meaning on a set that is not a group.

    >>> from gcalc import group
    >>> involution(group("C3"), [1, 2, 3])
    array([1, 3, 2])
    """
    check_group(G)
    if isinstance(G, CrystallographicGroup):
        return over_channels(G, psi, "psi", lambda psi_j: infinite.involution(G, psi_j))
    lead, functions = read_batch(psi, "psi", (), Axes.of(G.regular))
    values = [value for psi_j in functions.tolist() for value in finite.involution(G, psi_j)]
    return write(values, (*lead, *G.shape))


def _convolve_supports(G: CrystallographicGroup, a: Any, b: Any) -> Any:
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return infinite.convolve(G, read_function(G, a, "a"), read_function(G, b, "b"))
    if any(isinstance(c, Mapping | str) or not isinstance(c, Sequence) for c in (a, b)) or len(a) != len(b):
        raise ShapeError(
            f"a and b on {G.name}, which is infinite, must be dicts {{g: value}}, or equally nested lists of "
            f"these, got {short(a)} and {short(b)}"
        )
    return [_convolve_supports(G, a_i, b_i) for a_i, b_i in zip(a, b, strict=True)]
