"""The modules R[X] of sets X on which a group acts, and the form with values in the group algebra.

Main definitions
    Module: R[X], a left module over R[G].
    ModuleElement: a finitely supported function f on X, written ``f = Σ f(x) x``.

Main statements
    ``(a b) f = a (b f)`` and ``L_u f = u f``, where ``(u f)(x) = f(u⁻¹x)``.
    ``f ⋆ psi = Σ_g (Σ_x f(x) psi(g⁻¹x)) g``, the G-correlation, is a form with values in R[G]:
    ``(a f) ⋆ psi = a (f ⋆ psi)``, ``f ⋆ (a psi) = (f ⋆ psi) a*`` and ``(f ⋆ psi)* = psi ⋆ f``.
    For X = G it is ``f psi*``.

References:
    The planar case X = Z² is the first layer of the supplement's section 1, X = G the later ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from gcalc.algebra.coefficients import Exact, collect, is_scalar, shown
from gcalc.algebra.free_module import FormalSum, FreeModule
from gcalc.algebra.group_algebra import Element, same_group
from gcalc.errors import ElementError, UsageError
from gcalc.groups.infinite import InfiniteGSet

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from gcalc.algebra.group_algebra import GroupAlgebra
    from gcalc.groups.gset import GSet

__all__ = ["Module", "ModuleElement"]


class ModuleElement(FormalSum):
    """An element ``f = Σ f(x) x`` of R[X]; made by the methods of Module."""

    __slots__ = ()

    parent: Module

    def __rmul__(self, u: object) -> Self:
        """``a f = Σ a(g) f(x) gx`` for a in R[G]; also ``c f`` for a scalar c and ``u f`` for u in G."""
        if not isinstance(u, Element):
            return super().__rmul__(u)
        a = self.algebra.require(u)
        gx = self.parent.act
        return self._like(
            collect(
                (gx(g, x), a_g * f_x)
                for g, a_g in a.coefficients.items()
                for x, f_x in self.coefficients.items()
            )
        )

    def __mul__(self, other: object) -> Self:
        """``f c`` for a scalar c; elements of R[G] act on the left."""
        if is_scalar(other):
            return self.scale(other)
        raise ElementError(
            f"{shown(other)} cannot stand right of an element of {self.parent}, a left module; "
            "write it left of it"
        )

    def correlate(self, psi: Self) -> Element:
        """``f ⋆ psi = Σ_g (Σ_x f(x) psi(g⁻¹x)) g``, in R[G].

        Each pair of x and y contributes ``f(x) psi(y)`` at all g with ``gy = x``, that is with ``g⁻¹x = y``.
        """
        psi_values = self._same(psi).coefficients.items()
        return Element(
            self.algebra,
            collect(
                (g, f_x * psi_y)
                for x, f_x in self.coefficients.items()
                for y, psi_y in psi_values
                for g in self.parent.transporter(x, y)
            ),
        )


class Module(FreeModule[ModuleElement]):
    """The left R[G]-module R[X] of a set X on which G acts.

    Attributes:
        space: X.
        algebra: R[G].
        labels: the points of X in index order, or None if X is infinite.
        shape: the axes of an array that holds one value a point, or None.

    On a pixel window G is the group that maps the array to itself, and ⋆ sums over the pixels with that
    action alone: the boundaries of ``gcalc.reference.correlate`` are not of this form.

    >>> from gcalc.algebra import group_algebra
    >>> from gcalc.groups import group
    >>> D3 = group("D3")
    >>> M = group_algebra(D3).module(D3.cosets(["1", "m"]))
    >>> f = M.from_array([1, 0, 2])
    >>> f
    H + 2·r²H
    >>> "r" * f
    2·H + rH
    >>> f.correlate(M.from_array([1, 0, 0]))
    e + 2·r² + m + 2·r²m
    """

    def __init__(self, algebra: GroupAlgebra, X: GSet | InfiniteGSet) -> None:
        """Hold the set, after checking that the algebra's group acts on it."""
        if not hasattr(X, "group") or not hasattr(X, "act"):
            raise UsageError(
                f"module needs a set with an action, such as G.regular or G.cosets(H), got {shown(X)}"
            )
        if not same_group(algebra.group, X.group):
            raise UsageError(
                f"{X.name} is acted on by {X.group}, not by {algebra.group}; "
                "take group_algebra of the set's .group"
            )
        self.algebra = algebra
        self.space = X
        self.is_regular = X.is_regular
        self.labels = None if isinstance(X, InfiniteGSet) else X.points
        self.shape = None if isinstance(X, InfiniteGSet) else X.shape
        self._columns: dict[Any, dict[Any, list[Any]]] = {}

    def __str__(self) -> str:
        """``R[X]`` with the name of X."""
        return f"R[{self.space.name}]"

    def __repr__(self) -> str:
        """The name, and the group with its order."""
        return f"<Module {self.described}>"

    @property
    def described(self) -> str:
        """The name, and the group with its order."""
        return f"{self} under {self.algebra.group}"

    def __eq__(self, other: object) -> bool:
        """Whether both are of one set: the same points with the same action."""
        if not isinstance(other, Module) or self.algebra != other.algebra:
            return False
        X, Y = self.space, other.space
        if X is Y or isinstance(X, InfiniteGSet) or isinstance(Y, InfiniteGSet):
            return X is Y
        return X.shape == Y.shape and X.points == Y.points and bool((X.action_table == Y.action_table).all())

    def __hash__(self) -> int:
        """A hash that agrees with ``==``."""
        return hash((self.algebra, self.shape))

    def label(self, x: Hashable) -> Any:
        """The point x itself.

        Raises:
            ElementError: x is not in X.
        """
        X = self.space
        if not isinstance(X, InfiniteGSet):
            return X.points[X.index(x)]
        if x not in X:
            raise ElementError(f"{x!r} is not a point of {X.name}; one is {X.origin!r}")
        return x

    def act(self, u: Any, b: Any) -> Any:
        """The point ub."""
        return self.space.act(u, b)

    def transporter(self, x: Any, y: Any) -> tuple[Any, ...]:
        """All g with ``gy = x``."""
        X = self.space
        if isinstance(X, InfiniteGSet):
            return X.transporter(x, y)
        if y not in self._columns:
            column: dict[Any, list[Any]] = {}
            for g, row in zip(X.group.elements, X.rows, strict=True):
                column.setdefault(X.points[row[X.index(y)]], []).append(g)
            self._columns[y] = column
        return tuple(self._columns[y].get(x, ()))

    def in_order(self, labels: Iterable[Any]) -> tuple[Any, ...]:
        """These points in index order; sorted if X is infinite (a coset by its least member)."""
        X = self.space
        if not isinstance(X, InfiniteGSet):
            return tuple(sorted(labels, key=X.index))
        return tuple(sorted(labels, key=lambda x: min(x) if isinstance(x, frozenset) else x))

    def form(self, f: ModuleElement, psi: ModuleElement) -> Element:
        """``f ⋆ psi``, see :meth:`ModuleElement.correlate`."""
        return self.zero._same(f).correlate(psi)

    def _new(self, coefficients: Mapping[Any, Exact]) -> ModuleElement:
        return ModuleElement(self, coefficients)
