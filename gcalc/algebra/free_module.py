"""Free modules R[B]: formal sums with exact coefficients over the elements of a group or the points of a set.

Main definitions
    FreeModule: the module R[B], where B is a group G or a G-set X.
    FormalSum: an element ``Σ c(b) b``, which is the same as the function c on B with finite support.

Notation
    ``L_u f = u f``: the left translate ``(L_u f)(b) = f(u⁻¹b)`` is the sum ``Σ f(b) ub``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

import numpy as np

from gcalc.algebra import printing
from gcalc.algebra.coefficients import Exact, collect, exact, is_expression, is_scalar, shown
from gcalc.errors import ElementError, ShapeError, UnsupportedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from numpy.typing import NDArray

    from gcalc.algebra.group_algebra import Element, GroupAlgebra
    from gcalc.algebra.matrix import Matrix

__all__ = ["FormalSum", "FreeModule"]


class FormalSum(ABC):
    """An element ``f = Σ f(b) b`` of a free module R[B], immutable; the base of Element and ModuleElement.

    Attributes:
        parent: the module R[B].
        coefficients: the read-only mapping ``{b: f(b)}`` over the support.

    Two sums are equal when they are equal as functions. Sums of different modules are never equal.
    """

    __slots__ = ("coefficients", "parent")

    parent: FreeModule[Any]
    coefficients: Mapping[Any, Exact]

    def __init__(self, parent: FreeModule[Any], coefficients: Mapping[Any, Exact]) -> None:
        """Hold coefficients that are already canonical, less the zeros; ``parent.element`` checks them."""
        nonzero = {b: c for b, c in coefficients.items() if c}
        object.__setattr__(self, "parent", parent)
        object.__setattr__(self, "coefficients", MappingProxyType(nonzero))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse assignment."""
        raise AttributeError(
            f"{self.parent} has immutable elements; build a new one instead of setting .{name}"
        )

    def __delattr__(self, name: str) -> None:
        """Refuse deletion."""
        raise AttributeError(f"{self.parent} has immutable elements; .{name} cannot be deleted")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by the constructor's arguments."""
        return type(self), (self.parent, dict(self.coefficients))

    @abstractmethod
    def correlate(self, psi: Self) -> Element:
        """``f ⋆ psi = Σ_g (Σ_b f(b) psi(g⁻¹b)) g``, in R[G]."""

    @property
    def algebra(self) -> GroupAlgebra:
        """R[G], the ring that acts."""
        return self.parent.algebra

    @property
    def support(self) -> tuple[Any, ...]:
        """The b with ``f(b) ≠ 0``, in index order (infinite B: e first, then sorted)."""
        return self.parent.in_order(self.coefficients)

    def coefficient(self, b: Hashable) -> Exact:
        """The value f(b).

        Raises:
            ElementError: b is not in B.
        """
        return self.coefficients.get(self.parent.label(b), 0)

    __getitem__ = coefficient

    def __bool__(self) -> bool:
        """Whether f is not zero."""
        return bool(self.coefficients)

    def __eq__(self, other: object) -> bool:
        """Whether both are the same function: exact, see :mod:`gcalc.algebra.coefficients`."""
        if not isinstance(other, FormalSum):
            return NotImplemented
        if self.parent != other.parent or self.coefficients.keys() != other.coefficients.keys():
            return False
        return all(
            c == other.coefficients[b] or c == exact(other.coefficients[b]) for b, c in self._canonical()
        )

    def __hash__(self) -> int:
        """A hash that agrees with ``==``."""
        return hash((self.parent, frozenset(self._canonical())))

    def __add__(self, other: object) -> Self:
        """``(f + g)(b) = f(b) + g(b)``; 0 is the zero of any module, so ``sum()`` works."""
        if type(other) is int and other == 0:
            return self
        terms = [*self.coefficients.items(), *self._same(other).coefficients.items()]
        return self._like(collect(terms))

    __radd__ = __add__

    def __neg__(self) -> Self:
        """``(-f)(b) = -f(b)``."""
        return self._like({b: -c for b, c in self.coefficients.items()})

    def __sub__(self, other: object) -> Self:
        """``(f - g)(b) = f(b) - g(b)``."""
        return self if type(other) is int and other == 0 else self + -self._same(other)

    def scale(self, c: Exact) -> Self:
        """``(c f)(b) = c f(b)`` for a scalar c."""
        c = exact(c)
        return self._like(collect((b, c * d) for b, d in self.coefficients.items()))

    def left_translate(self, u: Hashable) -> Self:
        """``u f = Σ f(b) ub``, that is ``(u f)(b) = f(u⁻¹b)``, for a group element u.

        Raises:
            ElementError: u is not in the group.
        """
        u = self.algebra.label(u)
        return self._like({self.parent.act(u, b): c for b, c in self.coefficients.items()})

    def inner(self, other: Self) -> Exact:
        """``<f, g> = Σ f(b) g(b)``."""
        g = self._same(other).coefficients
        return collect([(0, 0), *((0, c * g[b]) for b, c in self.coefficients.items() if b in g)])[0]

    def map(self, function: Callable[[Exact], Exact]) -> Self:
        """The sum with each coefficient of the support replaced by ``function`` of it."""
        return self._like({b: exact(function(c)) for b, c in self.coefficients.items()})

    def expand(self) -> Self:
        """The sum with its coefficients in canonical form; every operation returns that already."""
        return self._like(dict(self._canonical()))

    def simplify(self) -> Self:
        """The same element with each SymPy coefficient written as ``sympy.simplify`` writes it."""
        return self._like({b: c.simplify() if is_expression(c) else c for b, c in self.coefficients.items()})

    def subs(self, *args: Any) -> Self:
        """The element with SymPy's ``subs(*args)`` applied to its SymPy coefficients."""
        return self.map(lambda c: c.subs(*args) if is_expression(c) else c)

    def to_array(self) -> NDArray[Any]:
        """The values f(b), of the shape of B: int64 where they are ints that fit, else dtype object.

        Raises:
            UnsupportedError: B is infinite.
        """
        labels, shape = self.parent.finite("to_array")
        return as_array([self.coefficients.get(b, 0) for b in labels]).reshape(shape)

    def __str__(self) -> str:
        """Such as ``2·e - 3·r²m``."""
        return printing.sum_text(
            (printing.label_text(b, self.parent), self.coefficients[b]) for b in self.support
        )

    __repr__ = __str__

    def latex(self) -> str:
        r"""Such as ``2\,e - 3\,r^{2}m``."""
        return printing.sum_latex(
            (printing.label_latex(b, self.parent), self.coefficients[b]) for b in self.support
        )

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"

    def _like(self, coefficients: Mapping[Any, Exact]) -> Self:
        return type(self)(self.parent, coefficients)

    def _canonical(self) -> Iterable[tuple[Any, Exact]]:
        return ((b, exact(c)) for b, c in self.coefficients.items())

    def _same(self, other: object) -> Self:
        """The other summand, of the same module."""
        if isinstance(other, type(self)) and other.parent == self.parent:
            return other
        if isinstance(other, FormalSum):
            raise ElementError(
                f"{shown(other)} of {other.parent.described} and {shown(self)} of "
                f"{self.parent.described} do not combine; use one module for both"
            )
        raise ElementError(
            f"{shown(other)} is not an element of {self.parent.described}; "
            "build one with .element or .from_array"
        )

    @abstractmethod
    def __mul__(self, other: object) -> Self:
        """``f c`` for a scalar c, and what else the module has."""

    def __rmul__(self, u: object) -> Self:
        """``c f`` for a scalar c, the left translate ``u f`` for a group element u; a number is a scalar."""
        if is_scalar(u):
            return self.scale(u)
        if u in self.algebra.group:
            return self.left_translate(u)
        raise self._bad_factor(u)

    def _bad_factor(self, u: object) -> ElementError:
        return ElementError(
            f"{shown(u)} is neither a scalar nor an element of {self.algebra.group}; multiply by one of "
            f"these or by an element of {self.algebra}"
        )

    __array_ufunc__ = None  # so that a NumPy scalar to the left leaves the product to __rmul__
    __iter__ = None  # a[g] takes group elements, not positions
    __contains__ = None


E = TypeVar("E", bound=FormalSum)


class FreeModule(ABC, Generic[E]):
    """The free R-module R[B] on the elements of a group or the points of a G-set.

    Attributes:
        algebra: R[G].
        is_regular: whether B is G itself.
        labels: the elements of B in index order, or None if B is infinite.
        shape: the axes of an array that holds one value for each, or None.
    """

    algebra: GroupAlgebra
    is_regular: bool
    labels: tuple[Any, ...] | None
    shape: tuple[int, ...] | None

    @property
    @abstractmethod
    def described(self) -> str:
        """The name with the group and its order, for messages."""

    @abstractmethod
    def label(self, b: Hashable) -> Any:
        """The label b itself, or an ElementError if it is not in B."""

    @abstractmethod
    def act(self, u: Any, b: Any) -> Any:
        """The label ub."""

    @abstractmethod
    def in_order(self, labels: Iterable[Any]) -> tuple[Any, ...]:
        """These labels in index order, or sorted if B is infinite."""

    @abstractmethod
    def _new(self, coefficients: Mapping[Any, Exact]) -> E:
        """The element with these canonical coefficients."""

    def element(self, coefficients: Mapping[Any, Exact]) -> E:
        """The sum ``Σ c b`` over the items (b, c) of a mapping.

        Raises:
            ElementError: a label is not in B.
            ExactnessError: a coefficient is not exact.
        """
        return self._new({self.label(b): exact(c) for b, c in coefficients.items()})

    @property
    def zero(self) -> E:
        """The empty sum."""
        return self._new({})

    def basis(self, b: Hashable) -> E:
        """The element b, which is the function δ_b."""
        return self._new({self.label(b): 1})

    __call__ = basis

    def from_array(self, f: Any) -> E:
        """The element ``Σ f(b) b`` of an array or nested sequences of the shape of B.

        Raises:
            ShapeError: the shape differs.
            ExactnessError: a value is not exact.
            UnsupportedError: B is infinite.
        """
        labels, shape = self.finite("from_array")
        array = np.asarray(f) if isinstance(f, np.ndarray) else nested(f)
        if array.shape != shape:
            raise ShapeError(
                f"an element of {self.described} needs an array of shape {shape}, got {array.shape}"
            )
        return self._new(dict(zip(labels, map(exact, array.ravel().tolist()), strict=True)))

    def symbols(self, name: str, support: Iterable[Hashable] | None = None) -> E:
        """The sum ``Σ name_i b_i`` with commuting SymPy symbols, i the index of b in B.

        Args:
            name: the symbols' common name.
            support: the b with a symbol; all of B if absent. If B is infinite, i counts through the support.

        Raises:
            UnsupportedError: B is infinite and no support is given.
        """
        from sympy import Symbol

        if self.labels is None and support is None:
            raise UnsupportedError(f"{self.described} needs symbols(name, support=…), because it is infinite")
        chosen = None if support is None else {self.label(b) for b in support}
        labels = self.in_order(chosen or ()) if self.labels is None else self.labels
        return self._new(
            {b: Symbol(f"{name}_{i}") for i, b in enumerate(labels) if chosen is None or b in chosen}
        )

    def matrix(self, rows: Any) -> Matrix[E]:
        """The matrix with these rows.

        Args:
            rows: K rows of J entries each; an entry is an element, or the array of one, so an array of shape
                (K, J, *shape) will do. A number c stands for ``c e`` (in R[X] only 0 does).

        Raises:
            ShapeError: there is no entry, or the rows have different lengths.
            ElementError: an entry belongs to another module.
        """
        from gcalc.algebra.matrix import Matrix

        return Matrix(self, [[self.coerce(entry) for entry in entries(row)] for row in entries(rows)])

    def row(self, elements: Any) -> Matrix[E]:
        """The 1×J matrix of J elements, or of an array of shape (J, *shape)."""
        return self.matrix([elements])

    def matrix_symbols(self, name: str, rows: int, cols: int) -> Matrix[E]:
        """The matrix with the entries ``symbols("name_k_j")``."""
        return self.matrix([[self.symbols(f"{name}_{k}_{j}") for j in range(cols)] for k in range(rows)])

    def coerce(self, entry: Any) -> E:
        """An element of this module: itself, a number times the unit, or from an array."""
        if isinstance(entry, FormalSum):
            return self.zero._same(entry)
        if is_scalar(entry):
            return self._scalar(exact(entry))
        return self.from_array(entry)

    def _scalar(self, c: Exact) -> E:
        if c:
            raise ElementError(
                f"{c} is not an element of {self.described}, which has no unit; only 0 stands for one"
            )
        return self.zero

    def finite(self, asked: str) -> tuple[tuple[Any, ...], tuple[int, ...]]:
        """The labels and the shape, or an error naming what was asked."""
        if self.labels is None or self.shape is None:
            raise UnsupportedError(
                f"{asked} needs a finite group or set, and {self.described} is infinite; "
                "use element({b: c}) and .coefficients"
            )
        return self.labels, self.shape


def entries(row: Any) -> list[Any]:
    """The entries of a row, or the rows of a matrix."""
    if isinstance(row, FormalSum | str | bytes) or is_scalar(row):
        raise ShapeError(
            f"a matrix needs rows of entries, [[a, b], [c, d]], got {shown(row)} in the place of a row"
        )
    try:
        return list(row)
    except TypeError:
        raise ShapeError(f"a matrix needs rows of entries, [[a, b], [c, d]], got {shown(row)}") from None


def nested(f: Any) -> NDArray[Any]:
    """Nested sequences as an object array."""
    try:
        return np.array(f, dtype=object)
    except ValueError as error:
        raise UsageError(f"an array needs sequences of equal lengths: {error}") from None


def as_array(values: list[Exact]) -> NDArray[Any]:
    """Exact values as int64 where they are ints that fit, else as objects."""
    fits = all(type(c) is int and -(2**63) <= c < 2**63 for c in values)
    return np.fromiter(values, dtype=np.int64 if fits else object, count=len(values))
