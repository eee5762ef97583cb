"""The group algebra R[G] of a finite or crystallographic group, with exact coefficients.

Main definitions
    group_algebra(G): the algebra R[G].
    Element: a finitely supported function a on G, written ``a = Σ a(g) g``.

Main statements (S3, D4, Q8, A4 and wallpaper groups in the tests, with symbols for all values at once)
    ``[a b](g) = Σ_h a(h) b(h⁻¹g)``: the product is the G-convolution ``a ∗ b``.
    ``L_u a = u a`` and ``(a b)* = b* a*``, with the involution ``a*(g) = a(g⁻¹)``.
    ``a ⋆ b = a b*``: the G-correlation, so that equivariance is associativity, ``(u a) b* = u (a b*)``.

Implementation notes
    Elements are sparse, so the same class serves infinite groups. The involution does not conjugate scalars.

References:
    T. S. Cohen, M. Welling, *Group Equivariant Convolutional Networks, supplementary material* (ICML 2016):
    the involution is its (4); (3) and (6) in this language are in :mod:`gcalc.algebra.calculus`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from gcalc.algebra.coefficients import Exact, collect, is_scalar, shown
from gcalc.algebra.free_module import FormalSum, FreeModule
from gcalc.errors import ElementError, UsageError
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.finite import FiniteGroup

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from gcalc.algebra.matrix import Matrix
    from gcalc.algebra.module import Module
    from gcalc.groups.gset import GSet
    from gcalc.groups.infinite import InfiniteGSet

__all__ = ["Element", "Group", "GroupAlgebra", "group_algebra"]

Group: TypeAlias = FiniteGroup | CrystallographicGroup


def group_algebra(G: Group) -> GroupAlgebra:
    """The group algebra R[G] over exact coefficients: ints, Fractions, SymPy expressions.

    Args:
        G: a finite group, or an infinite crystallographic one (finitely supported elements).

    Raises:
        UsageError: G is not a group.

    >>> from gcalc.groups import group
    >>> A = group_algebra(group("D4"))
    >>> a = A.element({"1": 2, "r^2m": 3})
    >>> a
    2·e + 3·r²m
    >>> "r" * a, (a * A("r")).star
    (2·r + 3·r³m, 2·r³ + 3·rm)
    >>> (a * a.star)["r^2m"]
    12
    """
    return GroupAlgebra(G)


class Element(FormalSum):
    """An element ``a = Σ a(g) g`` of R[G], which is the function a on G; made by the methods of GroupAlgebra.

    >>> from gcalc.groups import group
    >>> A = group_algebra(group("C3"))
    >>> a, b = A.element({0: 1, 1: 2}), A.element({1: 1, 2: -1})
    >>> a * b
    -2·e + (1) + (2)
    >>> a.correlate(b) == a * b.star
    True
    """

    __slots__ = ()

    parent: GroupAlgebra

    def __mul__(self, other: object) -> Self:
        """``[a b](g) = Σ_h a(h) b(h⁻¹g)``; also ``a c`` for a scalar c and ``a u`` for a group element u."""
        if isinstance(other, Element):
            b = self._same(other)
            gh = self.parent.act
            return self._like(
                collect(
                    (gh(h, k), a_h * b_k)
                    for h, a_h in self.coefficients.items()
                    for k, b_k in b.coefficients.items()
                )
            )
        if is_scalar(other):
            return self.scale(other)
        if hasattr(type(other), "algebra"):
            return NotImplemented
        if other in self.parent.group:
            return self.right_translate(other)
        raise self._bad_factor(other)

    def __pow__(self, n: int) -> Element:
        """The product of n factors a; ``a ** 0`` is the unit."""
        if not isinstance(n, int) or n < 0:
            raise UsageError(f"{shown(n)} is not an exponent in {self.parent}; take an integer from 0 up")
        power = self.parent.one
        for _ in range(n):
            power = power * self
        return power

    def right_translate(self, u: Hashable) -> Self:
        """``a u = Σ a(g) gu``, that is ``(a u)(g) = a(gu⁻¹)``, for a group element u."""
        u = self.parent.label(u)
        return self._like({self.parent.act(g, u): c for g, c in self.coefficients.items()})

    @property
    def star(self) -> Element:
        """The involution ``a*(g) = a(g⁻¹)``, that is ``a* = Σ a(g) g⁻¹``: the supplement's (4)."""
        inverse = self.parent.group.inverse
        return self._like({inverse(g): c for g, c in self.coefficients.items()})

    def correlate(self, psi: Self) -> Element:
        """``a ⋆ psi = a psi*``: the G-correlation ``[a ⋆ psi](g) = Σ_h a(h) psi(g⁻¹h)``."""
        return self * self._same(psi).star


class GroupAlgebra(FreeModule[Element]):
    """The group algebra R[G].

    ``A(g)`` is the group element g as an element of the algebra. In ``2 * a`` a number is always a scalar,
    also where group elements are numbers, as in C3: there the left translate is ``A(2) * a`` or
    ``a.left_translate(2)``.

    Attributes:
        group: G.
        labels: the elements of G in index order, or None if G is infinite.
        shape: the axes of an array that holds one value a group element, or None.
    """

    def __init__(self, G: Group) -> None:
        """Hold the group."""
        if not isinstance(G, FiniteGroup | CrystallographicGroup):
            raise UsageError(f"group_algebra needs a group such as gcalc.group('D4'), got {shown(G)}")
        self.group: Group = G
        self.algebra = self
        self.is_regular = True
        self.labels = G.elements if isinstance(G, FiniteGroup) else None
        self.shape = G.shape if isinstance(G, FiniteGroup) else None

    def __str__(self) -> str:
        """``R[D4]``."""
        return f"R[{self.group.name}]"

    def __repr__(self) -> str:
        """The name, and the group with its order."""
        return f"<GroupAlgebra {self.described}>"

    @property
    def described(self) -> str:
        """The name, and the group with its order."""
        return f"{self} over {self.group}"

    def __eq__(self, other: object) -> bool:
        """Whether both are over one group: the same elements with the same products."""
        return isinstance(other, GroupAlgebra) and same_group(self.group, other.group)

    def __hash__(self) -> int:
        """A hash that agrees with ``==``."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        G = self.group
        return hash(
            G.elements if isinstance(G, FiniteGroup) else (G.point_group.elements, G.translation_parts)
        )

    def label(self, g: Hashable) -> Any:
        """The group element g itself.

        Raises:
            ElementError: g is not in G.
        """
        if isinstance(self.group, FiniteGroup):
            return self.group.elements[self.group.index(g)]
        self.group.check_element(g)
        return g

    def act(self, u: Any, b: Any) -> Any:
        """The product ub in G."""
        return self.group.multiply(u, b)

    def in_order(self, labels: Iterable[Any]) -> tuple[Any, ...]:
        """These group elements in index order; if G is infinite e first, then sorted."""
        if isinstance(self.group, FiniteGroup):
            return tuple(sorted(labels, key=self.group.index))
        return tuple(sorted(labels, key=lambda g: (g != self.group.identity, g)))

    @property
    def one(self) -> Element:
        """The unit e, which is δ_e."""
        return self._new({self.group.identity: 1})

    def scalar(self, c: Exact) -> Element:
        """The element ``c e``."""
        return self.one.scale(c)

    def identity_matrix(self, n: int) -> Matrix[Element]:
        """The n×n matrix with e on the diagonal."""
        return self.matrix([[int(i == j) for j in range(n)] for i in range(n)])

    def module(self, X: GSet | InfiniteGSet) -> Module:
        """The module R[X] of a set X on which G acts."""
        from gcalc.algebra.module import Module

        return Module(self, X)

    def _new(self, coefficients: Mapping[Any, Exact]) -> Element:
        return Element(self, coefficients)

    def _scalar(self, c: Exact) -> Element:
        return self.scalar(c)

    def require(self, a: object) -> Element:
        """The argument, if it is an element of this algebra.

        Raises:
            ElementError: it is not.
        """
        if isinstance(a, Element) and a.parent == self:
            return a
        origin = f" of {a.parent.described}" if isinstance(a, FormalSum) else ""
        raise ElementError(
            f"{shown(a)}{origin} is not an element of {self.described}; build one with .element"
        )


def same_group(G: Group, H: Group) -> bool:
    """Whether two groups have the same elements with the same products."""
    if G is H:
        return True
    if isinstance(G, FiniteGroup) and isinstance(H, FiniteGroup):
        return G.elements == H.elements and bool((G.multiplication_table == H.multiplication_table).all())
    if isinstance(G, CrystallographicGroup) and isinstance(H, CrystallographicGroup):
        return (G.point_group.elements, G.translation_parts) == (H.point_group.elements, H.translation_parts)
    return False
