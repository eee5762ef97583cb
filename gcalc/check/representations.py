"""How the elements of the point group act on an axis of an array: permutations, signs, matrices.

Main definitions
    Representation: a matrix of integers (or reals) for each element.
    representation: by name, "regular", "quotient:C2", "8*trivial + 4*regular", or from matrices.
    element_order: the places of our elements in the order of another library.

Main statements
    The regular representation is the left one, ``(L_u F)[s] = F[u⁻¹s]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.errors import UsageError, short
from gcalc.groups.finite import FiniteGroup

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

__all__ = ["ORDERS", "Representation", "element_order", "representation"]

NAMES = "trivial, regular, quotient:C2, sign, vector, node, sums such as '8*trivial + 4*regular', or matrices"
TERM = re.compile(r"(?:(\d+)\s*\*\s*)?([a-z]+(?::\w+)?)")


@dataclass(frozen=True, eq=False)
class Representation:
    """Matrices of shape (|P|, d, d), one for each element of P in its order."""

    name: str
    matrices: Array

    @property
    def dimension(self) -> int:
        """The length of the axis."""
        return int(self.matrices.shape[1])

    @cached_property
    def moves(self) -> bool:
        """Whether all matrices are permutations with signs, so that nothing is added."""
        ones = np.abs(self.matrices)
        return bool(
            ((ones == 0) | (ones == 1)).all() and (ones.sum(1) == 1).all() and (ones.sum(2) == 1).all()
        )

    @cached_property
    def _from(self) -> tuple[Array, Array]:
        """Where entry i comes from, and with which sign."""
        place = np.abs(self.matrices).argmax(axis=2)
        return place, np.take_along_axis(self.matrices, place[..., None], axis=2)[..., 0]

    def act(self, u: int, array: Array, axis: int) -> Array:
        """ρ(u) on an axis of the array."""
        if not self.moves:
            moved = np.moveaxis(array, axis, -1) @ self.matrices[u].T
            return np.asarray(np.moveaxis(moved, -1, axis))
        place, sign = self._from[0][u], self._from[1][u]
        moved = np.take(array, place, axis=axis)
        if (sign == 1).all():
            return np.asarray(moved)
        shape = [1] * array.ndim
        shape[axis] = len(sign)
        return np.asarray(moved * sign.astype(array.dtype).reshape(shape))

    def broken_product(self, P: FiniteGroup) -> tuple[int, int] | None:
        """Elements g, h with ``ρ(gh) ≠ ρ(g)ρ(h)``; None where it is an action."""
        products = np.einsum("gij,hjk->ghik", self.matrices, self.matrices)
        wrong = ~np.isclose(products, self.matrices[P.multiplication_table], rtol=0, atol=1e-9).all(
            axis=(2, 3)
        )
        places = np.argwhere(wrong)
        return (int(places[0][0]), int(places[0][1])) if len(places) else None


def representation(
    spec: Any,
    P: FiniteGroup,
    order: Sequence[int] | None = None,
    matrix: Callable[[int], Array | None] | None = None,
) -> Representation:
    """A representation of P by its name, or from its matrices.

    Args:
        spec: a name, or an array (|P|, d, d).
        P: the point group.
        order: for each place of the axis the index in P of the element that stands there; P's order if None.
        matrix: the matrix of an element on coordinates, for `vector` and `sign`; None where there is no space.

    Raises:
        UsageError: there is no such representation of P.
    """
    if isinstance(spec, Representation):
        return spec
    if not isinstance(spec, str):
        return _given(spec, P)
    terms = [term.strip() for term in spec.split("+")]
    blocks: list[Array] = []
    for term in terms:
        match = TERM.fullmatch(term)
        if match is None:
            raise UsageError(f"no representation {term!r}; there are {NAMES}")
        if int(match[1] or 1) < 1:
            raise UsageError(f"representation {term!r}: there is at least one of each; leave it out")
        blocks += [_named(match[2], P, order, matrix)] * int(match[1] or 1)
    return Representation(spec, blocks[0] if len(blocks) == 1 else _sum(blocks))


def _given(spec: Any, P: FiniteGroup) -> Representation:
    try:
        matrices = np.asarray(spec)
        if matrices.dtype == object or not np.isfinite(matrices).all():
            raise TypeError
    except (TypeError, ValueError):
        raise UsageError(f"a representation is {NAMES}; got {short(spec)}") from None
    if matrices.ndim != 3 or matrices.shape[0] != P.order or matrices.shape[1] != matrices.shape[2]:
        raise UsageError(
            f"matrices of a representation of {P.name} have shape ({P.order}, d, d), got {matrices.shape}"
        )
    return Representation("matrices", matrices)


def _named(
    name: str, P: FiniteGroup, order: Sequence[int] | None, matrix: Callable[[int], Array | None] | None
) -> Array:
    kind, _, of = name.partition(":")
    n = P.order
    if kind == "trivial":
        return np.ones((n, 1, 1), dtype=np.int64)
    if kind == "regular":
        return _permutations(P, [(i,) for i in (range(n) if order is None else order)])
    if kind == "quotient":
        members = [P.index(h) for h in _subgroup(P, of)]
        table = P.multiplication_table
        cosets = sorted({tuple(sorted(int(table[g, h]) for h in members)) for g in range(n)})
        return _permutations(P, cosets)
    if kind == "node":
        return _nodes(P)
    if kind == "vector":
        return _vectors(P, matrix)
    if kind == "sign":
        return _signs(P, matrix)
    raise UsageError(f"no representation {name!r}; there are {NAMES}")


def _permutations(P: FiniteGroup, points: Sequence[tuple[int, ...]]) -> Array:
    """``ρ(u)[i, j] = 1`` where u takes point j to point i; points are sets of elements' indices."""
    place = {point[0]: i for i, point in enumerate(points)}
    least = {member: point[0] for point in points for member in point}
    matrices = np.zeros((P.order, len(points), len(points)), dtype=np.int64)
    for u in range(P.order):
        for j, point in enumerate(points):
            matrices[u, place[least[int(P.multiplication_table[u, point[0]])]], j] = 1
    return matrices


def _subgroup(P: FiniteGroup, name: str) -> tuple[Hashable, ...]:
    """C_n, the rotations of order n where there are any, or D_n."""
    if not re.fullmatch(r"[CD]\d+", name):
        raise UsageError(f"quotient:{name}: a subgroup is C1, C2, D1, …; write quotient:C2")
    cyclic, n = name[0] == "C", int(name[1:])
    order = n if cyclic else 2 * n
    found = [H for H in P.subgroups() if len(H) == order and _is_cyclic(P, H) == (cyclic or order == 2)]
    if not found:
        raise UsageError(f"{P.name} has no subgroup {name}; its order is {P.order}")
    return min(found, key=lambda H: _mirrors(P, H) != (0 if cyclic else n))


def _is_cyclic(P: FiniteGroup, H: tuple[Hashable, ...]) -> bool:
    return any(len(P.subgroup([h])) == len(H) for h in H)


def _mirrors(P: FiniteGroup, H: tuple[Any, ...]) -> int:
    """How many of its elements turn the plane over, where elements are matrices."""
    return sum(isinstance(h, tuple) and isinstance(h[0], tuple) and round(np.linalg.det(h)) < 0 for h in H)


def _nodes(P: FiniteGroup) -> Array:
    if not all(isinstance(g, tuple) and all(type(i) is int for i in g) for g in P.elements):
        raise UsageError(
            f"node: the elements of {P.name} are no permutations; take S3, A4, … or give matrices"
        )
    degree = len(P.elements[0])
    matrices = np.zeros((P.order, degree, degree), dtype=np.int64)
    for u, images in enumerate(P.elements):
        matrices[u, list(images), np.arange(degree)] = 1
    return matrices


def _vectors(P: FiniteGroup, matrix: Callable[[int], Array | None] | None) -> Array:
    found = [None if matrix is None else matrix(u) for u in range(P.order)]
    if any(m is None for m in found):
        raise UsageError(f"vector: {P.name} acts on no space here; give the matrices")
    return np.stack([m for m in found if m is not None])


def _signs(P: FiniteGroup, matrix: Callable[[int], Array | None] | None) -> Array:
    """The determinant where P turns space over, else the character of order 2 of a cyclic group."""
    found = [None if matrix is None else matrix(u) for u in range(P.order)]
    signs = [1 if m is None else round(float(np.linalg.det(m))) for m in found]
    if all(s == 1 for s in signs):
        generator = next((g for g in P.elements if len(P.subgroup([g])) == P.order), None)
        if generator is None or P.order % 2:
            raise UsageError(f"sign: {P.name} has no sign of its own; give the matrices")
        power = {P.identity: 0}
        g = P.identity
        for k in range(1, P.order):
            g = P.multiply(generator, g)
            power[g] = k
        signs = [(-1) ** power[g] for g in P.elements]
    return np.array(signs, dtype=np.int64).reshape(-1, 1, 1)


def _sum(blocks: Sequence[Array]) -> Array:
    """The direct sum."""
    n, d = len(blocks[0]), sum(block.shape[1] for block in blocks)
    matrices, start = np.zeros((n, d, d), dtype=np.result_type(*blocks)), 0
    for block in blocks:
        stop = start + block.shape[1]
        matrices[:, start:stop, start:stop] = block
        start = stop
    return matrices


def _rotation_power(P: FiniteGroup, u: int) -> tuple[int, int, int]:
    """(rotations' number n, mirror m, power k) with element u the k-th rotation after m, in our order."""
    n = P.order if P.order < 2 or _mirrors(P, P.elements) == 0 else P.order // 2
    return n, u // n, u % n


def _as(change: Callable[[int, int, int], tuple[int, int]]) -> Callable[[FiniteGroup], tuple[int, ...]]:
    def order(P: FiniteGroup) -> tuple[int, ...]:
        """For each place the index of our element."""
        places = []
        for place in range(P.order):
            n, m, k = _rotation_power(P, place)
            flipped, power = change(n, m, k)
            places.append(flipped * n + power % n)
        return tuple(places)

    return order


ORDERS: dict[str, Callable[[FiniteGroup], tuple[int, ...]]] = {
    "gcalc": _as(lambda n, m, k: (m, k)),
    "escnn": _as(lambda n, m, k: (m, k)),
    "groupy": _as(lambda n, m, k: (m, n // 2 - k if m else k)),
    "clockwise": _as(lambda n, m, k: (m, -k)),
    "inverse": lambda P: tuple(int(i) for i in P.inverse_table),
}
"""For each convention the element of ours at each place.

Ours and escnn's: r⁰ … rⁿ⁻¹, then rᵏ∘m, m = fliplr. GrouPy's index 4m + k acts as flipud∘rot90ᵏ, and flipud = r²∘fliplr,
so that flipud∘rᵏ = r²⁻ᵏ∘fliplr. "inverse" has g⁻¹ where ours has g.
"""


def element_order(order: Any, P: FiniteGroup) -> tuple[int, ...] | None:
    """For each place of the fibre the index of the element of P that stands there; None for P's own order.

    Raises:
        UsageError: there is no such order, or it is no permutation of the elements.
    """
    if order is None:
        return None
    if isinstance(order, str):
        if order not in ORDERS:
            raise UsageError(
                f"no order {order!r} of elements; there are {', '.join(ORDERS)}, or give their indices"
            )
        return ORDERS[order](P)
    places = tuple(order) if isinstance(order, Iterable) else (order,)
    if not all(isinstance(i, int | np.integer) for i in places) or sorted(places) != list(range(P.order)):
        raise UsageError(
            f"order={short(order)}: an order of the {P.order} elements is a permutation of 0 to {P.order - 1}"
        )
    return tuple(int(i) for i in places)
