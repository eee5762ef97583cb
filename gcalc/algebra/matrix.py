"""Matrices over the group algebra R[G] and over its modules R[X].

Main definitions
    Matrix: K×J entries; ``@``, ``dagger`` (transpose and involution together), ``correlate``.

Main statements
    ``(A B)† = B† A†``, ``A†† = A``, and over R[G] ``F.correlate(Psi) = F Psi†``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic

import numpy as np

from gcalc.algebra import printing
from gcalc.algebra.coefficients import Exact, is_expression, shown, total
from gcalc.algebra.free_module import E, FreeModule, as_array
from gcalc.algebra.group_algebra import Element, GroupAlgebra
from gcalc.errors import ElementError, ShapeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["Matrix"]


class Matrix(Generic[E]):
    """A K×J matrix over R[G] or over a module R[X], immutable; made by ``A.matrix`` or ``M.matrix``.

    Attributes:
        parent: R[G] or R[X].
        shape: (K, J).
        rows: the entries, row by row.

    >>> from gcalc.algebra import group_algebra
    >>> from gcalc.groups import group
    >>> A = group_algebra(group("C3"))
    >>> F, Psi = A.row([A(1), 2]), A.matrix([[A(1), 0], [1, A(2)]])
    >>> F @ Psi.dagger
    [e, 3·(1)]
    >>> Psi.dagger
    ⎡(2), e  ⎤
    ⎣0,   (1)⎦
    """

    __slots__ = ("parent", "rows", "shape")

    parent: FreeModule[E]
    shape: tuple[int, int]
    rows: tuple[tuple[E, ...], ...]

    def __init__(self, parent: FreeModule[E], rows: Sequence[Sequence[E]]) -> None:
        """Hold rows of elements of the parent, after checking that they have one length."""
        lengths = {len(row) for row in rows}
        if lengths in (set(), {0}):
            raise ShapeError("a matrix needs at least one row and one column, got none")
        if len(lengths) > 1:
            raise ShapeError(
                f"a matrix needs rows of equal lengths, got lengths {[len(row) for row in rows]}"
            )
        object.__setattr__(self, "parent", parent)
        object.__setattr__(self, "shape", (len(rows), len(rows[0])))
        object.__setattr__(self, "rows", tuple(map(tuple, rows)))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse assignment."""
        raise AttributeError(
            f"matrices over {self.parent} are immutable; build a new one instead of setting .{name}"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by the constructor's arguments."""
        return type(self), (self.parent, self.rows)

    @property
    def algebra(self) -> GroupAlgebra:
        """R[G]."""
        return self.parent.algebra

    def __getitem__(self, index: tuple[Any, Any]) -> Any:
        """``M[k, j]`` is an entry; with a slice in either place, a matrix."""
        if not isinstance(index, tuple) or len(index) != 2:
            raise UsageError(
                f"a matrix of shape {self.shape} is indexed by row and column, M[k, j], got {shown(index)}"
            )
        chosen = [_pick(n, i, axis) for n, i, axis in zip(self.shape, index, ("row", "column"), strict=True)]
        if not any(isinstance(i, slice) for i in index):
            return self.rows[chosen[0][0]][chosen[1][0]]
        return Matrix(self.parent, [[self.rows[k][j] for j in chosen[1]] for k in chosen[0]])

    def __iter__(self) -> Iterator[tuple[E, ...]]:
        """The rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """The number of rows."""
        return self.shape[0]

    def __eq__(self, other: object) -> bool:
        """Whether the modules and all entries are equal."""
        if not isinstance(other, Matrix):
            return NotImplemented
        return self.parent == other.parent and self.rows == other.rows

    def __hash__(self) -> int:
        """A hash that agrees with ``==``."""
        return hash((self.parent, self.rows))

    def map(self, function: Callable[[E], E]) -> Matrix[E]:
        """The matrix of ``function`` of each entry."""
        return Matrix(self.parent, [[function(entry) for entry in row] for row in self.rows])

    def __add__(self, other: object) -> Matrix[E]:
        """Entry by entry; 0 is the zero of any shape."""
        if type(other) is int and other == 0:
            return self
        pairs = zip(self.rows, self._same(other, "+").rows, strict=True)
        return Matrix(self.parent, [[a + b for a, b in zip(r, s, strict=True)] for r, s in pairs])

    __radd__ = __add__

    def __neg__(self) -> Matrix[E]:
        """Entry by entry."""
        return self.map(lambda entry: -entry)

    def __sub__(self, other: object) -> Matrix[E]:
        """Entry by entry."""
        return self if type(other) is int and other == 0 else self + -self._same(other, "-")

    def __rmul__(self, a: object) -> Matrix[E]:
        """``c M``, ``u M`` or ``a M``, each entry multiplied from the left."""
        return self.map(lambda entry: a * entry)

    def __mul__(self, a: object) -> Matrix[E]:
        """Each entry multiplied from the right by a scalar, a group element or an element of R[G]."""
        if isinstance(a, Matrix):
            raise UsageError(
                f"the product of matrices {self.shape} and {a.shape} is written M @ N, not M * N"
            )
        return self.map(lambda entry: entry * a)

    def __matmul__(self, other: Matrix[Any]) -> Matrix[Any]:
        """``(M N)_ik = Σ_j M_ij N_jk``, M over R[G], N over R[G] or one of its modules."""
        if not isinstance(other, Matrix):
            raise UsageError(
                f"M @ N needs two matrices, got {shown(other)}; wrap an element as A.matrix([[a]])"
            )
        if not isinstance(self.parent, GroupAlgebra):
            raise ElementError(
                f"a matrix over {self.parent}, a left module, cannot stand left of @; "
                "use F.correlate(Psi) for ⋆"
            )
        if other.algebra != self.parent:
            raise _mixed(self, other)
        if self.shape[1] != other.shape[0]:
            raise ShapeError(
                f"M @ N needs as many columns of M as rows of N, got shapes {self.shape} and {other.shape}; "
                "for F Psi† write F @ Psi.dagger"
            )
        columns = list(zip(*other.rows, strict=True))
        return Matrix(
            other.parent, [[_dot(other.parent, row, column) for column in columns] for row in self.rows]
        )

    def __rmatmul__(self, other: object) -> Matrix[Any]:
        """Refuse what is no matrix."""
        raise UsageError(f"M @ N needs two matrices, got {shown(other)}; wrap it with A.matrix")

    @property
    def T(self) -> Matrix[E]:
        """The transpose, without involution."""
        return Matrix(self.parent, list(zip(*self.rows, strict=True)))

    @property
    def dagger(self) -> Matrix[Element]:
        """``(M†)_jk = (M_kj)*``: transpose and involution together.

        Raises:
            ElementError: the entries are of R[X], where there is no involution.
        """
        if not isinstance(self.parent, GroupAlgebra):
            raise ElementError(
                f"{self.parent} has no involution, so no dagger; use F.correlate(Psi) for F Psi†"
            )
        return Matrix(
            self.parent, [[entry.star for entry in column] for column in zip(*self.rows, strict=True)]
        )

    def correlate(self, psi: Matrix[E]) -> Matrix[Element]:
        """``Y_ik = Σ_j F_ij ⋆ Psi_kj``, over R[G]; there it is ``F Psi†``."""
        if not isinstance(psi, Matrix) or psi.parent != self.parent:
            raise _mixed(self, psi)
        if self.shape[1] != psi.shape[1]:
            raise ShapeError(
                f"F ⋆ Psi needs as many columns (input channels) in both, "
                f"got shapes {self.shape} and {psi.shape}"
            )
        zero = self.algebra.zero
        return Matrix(
            self.algebra,
            [
                [sum((f.correlate(p) for f, p in zip(F, P, strict=True)), zero) for P in psi.rows]
                for F in self.rows
            ],
        )

    def inner(self, other: Matrix[E]) -> Exact:
        """``<M, N> = Σ_ij <M_ij, N_ij>``, the sum of the products of all values."""
        pairs = zip(self.rows, self._same(other, "<,>").rows, strict=True)
        return total([a.inner(b) for r, s in pairs for a, b in zip(r, s, strict=True)])

    def gradient(self, L: Exact) -> Matrix[E]:
        """The matrix of ``Σ_b (∂L/∂f(b)) b``, by SymPy's ``diff``, for entries whose values f(b) are symbols.

        Raises:
            UsageError: some value is not a symbol, or two are the same symbol.
        """
        from sympy import sympify

        values = [c for row in self.rows for entry in row for c in entry.coefficients.values()]
        for c in values:
            if not is_expression(c) or not c.is_Symbol:
                raise UsageError(
                    f"a gradient is taken by symbols, and {shown(c)} is none; "
                    "build the matrix with matrix_symbols"
                )
        if len(set(values)) < len(values):
            raise UsageError(
                "a gradient is taken by distinct symbols; give each entry's symbols a name of its own"
            )
        L = sympify(L)
        return self.map(lambda entry: entry.map(L.diff))

    def expand(self) -> Matrix[E]:
        """Each entry expanded."""
        return self.map(lambda entry: entry.expand())

    def simplify(self) -> Matrix[E]:
        """Each entry simplified."""
        return self.map(lambda entry: entry.simplify())

    def subs(self, *args: Any) -> Matrix[E]:
        """SymPy's ``subs(*args)`` applied to every coefficient."""
        return self.map(lambda entry: entry.subs(*args))

    def to_array(self) -> NDArray[Any]:
        """The values, of shape (K, J, *parent.shape): int64 where they are ints that fit, else objects."""
        _, shape = self.parent.finite("to_array")
        arrays = [entry.to_array() for row in self.rows for entry in row]
        return as_array(np.stack(arrays).ravel().tolist()).reshape(*self.shape, *shape)

    def __str__(self) -> str:
        """Rows in brackets."""
        return printing.matrix_text([list(map(str, row)) for row in self.rows])

    __repr__ = __str__

    def latex(self) -> str:
        """A pmatrix of the entries."""
        return printing.matrix_latex([[entry.latex() for entry in row] for row in self.rows])

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"

    def _same(self, other: object, operation: str) -> Matrix[E]:
        if not isinstance(other, Matrix) or other.parent != self.parent:
            raise _mixed(self, other)
        if other.shape != self.shape:
            raise ShapeError(
                f"M {operation} N needs matrices of one shape, got {self.shape} and {other.shape}"
            )
        return other

    __array_ufunc__ = None


def _dot(parent: FreeModule[Any], row: Sequence[Any], column: Sequence[Any]) -> Any:
    return sum((a * b for a, b in zip(row, column, strict=True)), parent.zero)


def _pick(n: int, index: Any, axis: str) -> list[int]:
    if isinstance(index, slice):
        return list(range(n)[index])
    try:
        return [range(n)[index]]
    except (IndexError, TypeError):
        raise UsageError(
            f"{shown(index)} is no {axis} of a matrix that has {n}; take 0 to {n - 1}, or a slice"
        ) from None


def _mixed(M: Matrix[Any], N: object) -> ElementError:
    if isinstance(N, Matrix):
        return ElementError(
            f"a matrix over {M.parent.described} and one over {N.parent.described} do not combine; "
            "use one for both"
        )
    return ElementError(
        f"{shown(N)} is not a matrix over {M.parent.described}; build one with .matrix([[…]])"
    )
