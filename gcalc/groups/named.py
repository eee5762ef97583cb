"""The named finite groups and the two products.

Main definitions
    cyclic(n): C_n, the integers mod n.
    dihedral(n): D_n of order 2n, rotations r^k, then r^k m, with ``m r m = r⁻¹``.
    symmetric(n), alternating(n): S_n and A_n as permutations of 0, …, n-1.
    quaternion(): Q8 = {1, -1, i, -i, j, -j, k, -k}, with ``i² = j² = k² = ijk = -1``.
    direct_product, semidirect_product.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from itertools import permutations, product
from math import factorial, prod
from typing import Any

import numpy as np

from gcalc.errors import InvalidGroupError, UsageError
from gcalc.groups.finite import FiniteGroup
from gcalc.groups.tables import cayley_table, check_order

__all__ = [
    "alternating",
    "cyclic",
    "dihedral",
    "direct_product",
    "quaternion",
    "semidirect_product",
    "symmetric",
]


def cyclic(n: int) -> FiniteGroup:
    """C_n: the elements 0, …, n-1, with addition mod n.

    >>> cyclic(6).multiply(4, 5)
    3
    """
    _check_degree("C", n)
    check_order(n, f"C{n}")
    k = np.arange(n)
    return FiniteGroup((k[:, None] + k) % n, range(n), f"C{n}", generators=[1] if n > 1 else [])


def dihedral(n: int) -> FiniteGroup:
    """D_n of order 2n: ``1, r, …, r^(n-1), m, rm, …, r^(n-1)m``, with ``r^n = m² = 1`` and ``m r = r⁻¹ m``.

    The product is ``(r^a m^s)(r^b m^t) = r^(a + (-1)^s b) m^(s+t)``.

    >>> D4 = dihedral(4)
    >>> D4.order, D4.multiply("m", "r")
    (8, 'r^3m')
    """
    _check_degree("D", n)
    check_order(2 * n, f"D{n}")
    s, a = (axis.ravel() for axis in np.mgrid[:2, :n])
    table = (s[:, None] + s) % 2 * n + (a[:, None] + (1 - 2 * s[:, None]) * a) % n
    rotations = ["1", "r", *(f"r^{k}" for k in range(2, n))][:n]
    reflections = ["m", *(f"{r}m" for r in rotations[1:])]
    return FiniteGroup(table, rotations + reflections, f"D{n}", generators=[*rotations[1:2], "m"])


def symmetric(n: int) -> FiniteGroup:
    """S_n: all permutations of 0, …, n-1 as tuples of images, in lexicographic order."""
    _check_degree("S", n)
    check_order(factorial(min(n, 20)), f"S{n}")
    generators = [_cycle(n, range(2)), _cycle(n, range(n))] if n > 1 else []
    return _permutation_group(f"S{n}", list(permutations(range(n))), generators)


def alternating(n: int) -> FiniteGroup:
    """A_n: the even permutations of 0, …, n-1 as tuples of images, in lexicographic order."""
    _check_degree("A", n)
    check_order(factorial(min(n, 20)) // 2, f"A{n}")
    generators = [_cycle(n, range(3)), _cycle(n, range(1 - n % 2, n))] if n > 2 else []
    return _permutation_group(f"A{n}", [p for p in permutations(range(n)) if _is_even(p)], generators)


def quaternion() -> FiniteGroup:
    """Q8, the unit quaternions ``1, -1, i, -i, j, -j, k, -k``, with ``ij = k``, ``jk = i``, ``ki = j``.

    >>> Q8 = quaternion()
    >>> Q8.multiply("i", "j"), Q8.multiply("j", "i")
    ('k', '-k')
    """
    units = "1ijk"
    table = np.empty((8, 8), dtype=np.int64)
    for (a, s), (b, t) in product(product(range(4), range(2)), repeat=2):
        negative = a > 0 and b > 0 and (a == b or (b - a) % 3 == 2)
        c = a + b if 0 in (a, b) else 0 if a == b else 6 - a - b
        table[2 * a + s, 2 * b + t] = 2 * c + (s + t + negative) % 2
    return FiniteGroup(table, [sign + u for u in units for sign in ("", "-")], "Q8", generators=["i", "j"])


def direct_product(*groups: FiniteGroup) -> FiniteGroup:
    """G × H × …: tuples of elements in C order, with ``(g, h)(g', h') = (gg', hh')``.

    >>> direct_product(cyclic(2), cyclic(3)).multiply((1, 2), (1, 2))
    (0, 1)
    """
    if not groups:
        raise UsageError("direct_product needs at least one group, got none")
    name = "x".join(G.name for G in groups)
    check_order(prod(G.order for G in groups), name)
    table = np.zeros((1, 1), dtype=np.int64)
    for G in groups:
        n = len(table) * G.order
        pairs = table[:, None, :, None] * G.order + G.multiplication_table[None, :, None, :]
        table = pairs.reshape(n, n)
    identity = tuple(G.identity for G in groups)
    generators = [(*identity[:i], g, *identity[i + 1 :]) for i, G in enumerate(groups) for g in G.generators]
    return FiniteGroup(table, list(product(*groups)), name, generators=generators)


def semidirect_product(
    N: FiniteGroup,
    H: FiniteGroup,
    action: Callable[[Any], Mapping[Any, Hashable] | Callable[[Any], Hashable]],
    name: str | None = None,
) -> FiniteGroup:
    """N ⋊ H: pairs (n, h) in C order, with ``(n, h)(n', h') = (n · h(n'), hh')``.

    Args:
        N: the normal factor.
        H: the factor that acts.
        action: gives for each element h of H an automorphism of N, as a mapping or a function on elements.
        name: what to call the group in messages.

    Raises:
        InvalidGroupError: some ``action(h)`` is not an automorphism, or ``action`` is not a homomorphism
            into Aut(N); the message names the elements.

    >>> S3 = semidirect_product(cyclic(3), cyclic(2), lambda h: lambda n: -n % 3 if h else n)
    >>> S3.order, S3.is_abelian
    (6, False)
    """
    name = f"{N.name}:{H.name}" if name is None else name
    check_order(N.order * H.order, name)
    images = np.array([[N.index(_image(action(h), n, h)) for n in N] for h in H], dtype=np.int64)
    for h, image in zip(H, images, strict=True):
        _check_automorphism(N, image, h)
    _check_homomorphism(N, H, images)
    size = N.order * H.order
    moved = N.multiplication_table[:, images]
    table = (moved[:, :, :, None] * H.order + H.multiplication_table[None, :, None, :]).reshape(size, size)
    generators = [(n, H.identity) for n in N.generators] + [(N.identity, h) for h in H.generators]
    return FiniteGroup(table, list(product(N, H)), name, generators=generators)


def _image(automorphism: Mapping[Any, Hashable] | Callable[[Any], Hashable], n: Any, h: Any) -> Hashable:
    if not isinstance(automorphism, Mapping):
        return automorphism(n)
    if n not in automorphism:
        raise InvalidGroupError(f"action({h}) has no image of {n}; give the image of every element of N")
    return automorphism[n]


def _check_automorphism(N: FiniteGroup, image: np.ndarray[Any, np.dtype[np.int64]], h: Any) -> None:
    """``h(ab) = h(a)h(b)``, and h is one to one."""
    wrong = np.argwhere(image[N.multiplication_table] != N.multiplication_table[np.ix_(image, image)])
    if wrong.size:
        a, b = (N.elements[i] for i in wrong[0])
        raise InvalidGroupError(
            f"action({h}) is not an automorphism of {N}: h(a·b) ≠ h(a)·h(b) at a = {a}, b = {b}"
        )
    kernel = np.flatnonzero(image == 0)
    if len(kernel) > 1:
        raise InvalidGroupError(
            f"action({h}) is not an automorphism of {N}: it sends {N.elements[kernel[1]]} to e"
        )


def _check_homomorphism(N: FiniteGroup, H: FiniteGroup, images: np.ndarray[Any, np.dtype[np.int64]]) -> None:
    """``(hh')(n) = h(h'(n))``."""
    for h, image in enumerate(images):
        wrong = np.argwhere(images[H.multiplication_table[h]] != image[images])
        if wrong.size:
            k, n = (int(i) for i in wrong[0])
            g, gg, x = H.elements[h], H.elements[k], N.elements[n]
            raise InvalidGroupError(
                f"action is not a homomorphism: (h·h')(n) ≠ h(h'(n)) at h = {g}, h' = {gg}, n = {x}"
            )


def _permutation_group(
    name: str, elements: list[tuple[int, ...]], generators: list[tuple[int, ...]]
) -> FiniteGroup:
    """All the elements are given, so only the right multiplications by the generators are needed."""
    index = {g: i for i, g in enumerate(elements)}
    right = [np.array([index[tuple(g[x] for x in s)] for g in elements], dtype=np.int64) for s in generators]
    return FiniteGroup(cayley_table(right), elements, name, generators=dict.fromkeys(generators))


def _cycle(n: int, moved: range) -> tuple[int, ...]:
    """The permutation of 0, …, n-1 that sends each of ``moved`` to the next, and the last to the first."""
    images = list(range(n))
    for a, b in zip(moved, (*moved[1:], moved[0]), strict=True):
        images[a] = b
    return tuple(images)


def _is_even(p: tuple[int, ...]) -> bool:
    return sum(p[i] > p[j] for i in range(len(p)) for j in range(i + 1, len(p))) % 2 == 0


def _check_degree(letter: str, n: int) -> None:
    if not isinstance(n, int) or isinstance(n, bool) or n < 1:
        raise UsageError(
            f"{letter}{n} is not a group; the number after {letter} must be an integer from 1 up"
        )
