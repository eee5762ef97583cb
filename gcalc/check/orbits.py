"""How the channels of an output move: their permutations under each element, the orbits, the layout that says so.

Main definitions
    permutations_of: for each element where each channel comes from.
    described: the words of a declaration that has these permutations.

Main statements
    An orbit is a point, the whole group, or the cosets of a stabilizer; in a regular orbit, where the first place is
    that of the identity, u stands where u takes the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gcalc.check.declaration import Declaration
from gcalc.check.decode import decode
from gcalc.check.layout import BATCH, Layout
from gcalc.check.probe import Probe
from gcalc.check.representations import ORDERS
from gcalc.groups.finite import FiniteGroup

__all__ = ["described", "fibre_permutation", "permutations_of"]

Permutations = Mapping[int, Sequence[int]]


def permutations_of(
    probe: Probe, declaration: Declaration, window: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """For each element under which the outputs transform, where each flattened channel comes from."""
    group, found, output = declaration.group, {}, declaration.outputs[0]
    has_space = output is not None and bool(output.space)
    for u in group.on_pixels:
        if u and group.keeps(u, window):
            decoded = decode(probe, u, window, reach=0)
            own = tuple(map(tuple, group.on_space(u).tolist())) if has_space else ()
            if decoded is not None and decoded.matrix == own:
                found[u] = decoded.source
    return found


def described(
    plain: Declaration, axes: Sequence[str], permutations: Permutations, lengths: Mapping[str, int]
) -> list[tuple[str, dict[str, Any], str]]:
    """(output, reps and order, text) for what the permutations show."""
    P = plain.group.P
    channels = [name for name in axes if name not in (BATCH, *plain.space)]
    pattern = " ".join(axes)
    if not permutations:
        return [
            (pattern, {}, "under no element do the outputs transform; this is the layout without a fibre")
        ]
    n = int(np.prod([lengths[name] for name in channels] or [1]))
    orbits = _orbits(permutations, n)
    if all(len(orbit) == 1 for orbit in orbits):
        return [(pattern, {}, "no channel moves: scalars")]
    regular = [orbit for orbit in orbits if len(orbit) == P.order]
    if len(regular) == len(orbits) and len(permutations) == P.order - 1:
        return _regular(plain, axes, channels, permutations, orbits, lengths)
    return [(pattern, _as_matrices(P, channels, permutations, n), _kinds(orbits, P))]


def _orbits(permutations: Permutations, n: int) -> list[list[int]]:
    """The orbits of channels, by their first member."""
    left, orbits = set(range(n)), []
    while left:
        orbit, new = {min(left)}, [min(left)]
        while new:
            c = new.pop()
            for source in permutations.values():
                if source[c] not in orbit:
                    orbit.add(source[c])
                    new.append(source[c])
        orbits.append(sorted(orbit))
        left -= orbit
    return orbits


def _regular(
    plain: Declaration,
    axes: Sequence[str],
    channels: Sequence[str],
    permutations: Permutations,
    orbits: Sequence[Sequence[int]],
    lengths: Mapping[str, int],
) -> list[tuple[str, dict[str, Any], str]]:
    """Each orbit is the group: blocks of neighbours are (k g), strides (g k), an axis of its own g."""
    P, order = plain.group.P, _order(plain.group.P, permutations, orbits[0])
    names = [name for name, make in ORDERS.items() if make(P) == order]
    more = {} if "gcalc" in names else {"order": names[0] if names else list(order)}
    own = _axis_of(orbits[0], channels, lengths) if len(channels) > 1 else None
    stride = orbits[0][1] - orbits[0][0] if len(orbits[0]) > 1 else 1
    if own is not None:
        output = " ".join("g" if name == own else name for name in axes)
    elif len(orbits) == 1:
        output = " ".join("g" if name == channels[0] else name for name in axes)
    else:
        block = f"({channels[0]} g)" if stride == 1 else f"(g {channels[0]})"
        output = " ".join(block if name == channels[0] else name for name in axes)
    told = f", elements in the order {more['order']}" if more else ""
    return [(output, more, f"{len(orbits)} regular fields{told}")]


def _axis_of(orbit: Sequence[int], channels: Sequence[str], lengths: Mapping[str, int]) -> str | None:
    """The axis that an orbit runs along, all of it; None where it runs along several, or a part of one."""
    places = np.unravel_index(list(orbit), [lengths[name] for name in channels])
    running = [name for name, at in zip(channels, places, strict=True) if len(set(at.tolist())) == len(orbit)]
    still = sum(len(set(at.tolist())) == 1 for at in places)
    return running[0] if len(running) == 1 and still == len(places) - 1 else None


def _order(P: FiniteGroup, permutations: Permutations, orbit: Sequence[int]) -> tuple[int, ...]:
    """For each place of an orbit the element there: u where what stood first comes to it."""
    places = {orbit[0]: 0}
    for u, source in permutations.items():
        places[next(c for c in orbit if source[c] == orbit[0])] = u
    return tuple(places[c] for c in orbit)


def _as_matrices(
    P: FiniteGroup, channels: Sequence[str], permutations: Permutations, n: int
) -> dict[str, Any]:
    """The permutations of the only channel axis as a representation; elements that break it stay the identity."""
    if len(channels) != 1:
        return {}
    matrices = np.tile(np.eye(n, dtype=np.int64), (P.order, 1, 1))
    for u, source in permutations.items():
        matrices[u] = np.eye(n, dtype=np.int64)[list(source)]
    return {"reps": {channels[0]: matrices.tolist()}}


def _kinds(orbits: Sequence[Sequence[int]], P: FiniteGroup) -> str:
    """How many orbits there are of each length."""
    counts: dict[int, int] = {}
    for orbit in orbits:
        counts[len(orbit)] = counts.get(len(orbit), 0) + 1
    words = {1: "trivial", P.order: "regular"}
    return " + ".join(
        f"{count}*{words.get(size, f'quotient of {size}')}" for size, count in sorted(counts.items())
    )


def fibre_permutation(
    source: Sequence[int], layout: Layout, fibre: str, known: Mapping[str, int], channels: int
) -> list[int] | None:
    """Where each place of the fibre comes from, if all other axes stay and it is the same for each of them."""
    front = [name for name in layout.names if name != BATCH and name not in layout.space]
    rest = channels // known[fibre]
    others = [name for name in front if name != fibre]
    if len(others) > 1:
        return None
    axis = front.index(fibre)
    shape = [known[fibre] if name == fibre else rest for name in front]
    at = [list(index) for index in zip(*(i.ravel() for i in np.indices(shape)), strict=True)]
    found: dict[int, int] = {}
    for c, s in enumerate(source):
        here, there = at[c], at[s]
        if any(here[i] != there[i] for i in range(len(front)) if i != axis):
            return None
        if found.setdefault(int(here[axis]), int(there[axis])) != there[axis]:
            return None
    return [found[i] for i in range(known[fibre])]
