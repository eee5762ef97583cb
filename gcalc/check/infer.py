"""The declaration of a layer that nobody described: which axes are space, how its channels move, in which order.

Main definitions
    Proposal: the words of a declaration, and what a check says of it.
    infer: proposals for the output of a layer whose input is declared.

Main statements
    Axes are told apart by what changes their length. Under each element the channels are permuted (`diagnosis.decode`);
    an orbit is a point, the whole group, or the cosets of a stabilizer, and the place of an orbit's first member is
    that of the identity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gcalc.check.check import check_equivariance
from gcalc.check.context import prepare
from gcalc.check.declaration import Declaration, declare
from gcalc.check.diagnosis.decode import decode
from gcalc.check.layout import BATCH
from gcalc.check.probe import Probe
from gcalc.check.representations import ORDERS
from gcalc.check.targets import target
from gcalc.errors import TargetError, UsageError
from gcalc.groups.finite import FiniteGroup

__all__ = ["Proposal", "infer"]

Permutations = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Proposal:
    """The words of a declaration: output, reps, order; text: what it says; verdict: of a check of it."""

    words: dict[str, Any]
    text: str
    verdict: str
    symmetry: str


def infer(
    layer: Any,
    *,
    group: Any,
    input: Any,
    sizes: Mapping[str, Any] | None = None,
    space: Any = None,
    reps: Mapping[str, Any] | None = None,
    order: Any = None,
    framework: str | None = None,
    seed: int = 0,
) -> list[Proposal]:
    """Proposals for the layer's output, each checked; the arguments are those of `check_equivariance`.

    Raises:
        UsageError: the declaration of the input is not possible, or the output is not one array.
        TargetError: the layer cannot be run.
    """
    words = {"group": group, "input": input, "sizes": sizes, "space": space, "reps": reps, "order": order}
    given = {name: value for name, value in words.items() if value is not None}
    silent = declare(**given, output=input if isinstance(input, str) else next(iter(input)))
    axes, inert = _axes(target(layer, framework), silent, seed)
    pattern = " ".join(axes)
    plain = declare(**{**given, "output": pattern, "space": silent.space})
    context = prepare(target(layer, framework), plain, seed=seed)
    permutations = _permutations(context.main, plain, context.window)
    lengths = _lengths(context.main, plain, context.window)
    found = []
    for output, more, text in _described(plain, axes, permutations, lengths):
        declared = {
            **given,
            "output": output,
            "space": silent.space,
            "sizes": {**inert, **dict(sizes or {})},
            **more,
        }
        report = check_equivariance(layer, **declared, framework=framework, seed=seed, explain=False)
        name = "" if report.symmetry is None else report.symmetry.name
        found.append(Proposal({"output": output, **more}, text, str(report.verdict), name))
    return found


def _axes(layer: Any, declaration: Declaration, seed: int) -> tuple[list[str], dict[str, int]]:
    """A name for each axis of the output: b, the space axes, c for channels; and the inert lengths of the input."""
    wide = layer.copy().wide()
    context = _Runnable(wide, declaration, seed)
    base = context.window
    shape = _shape(context, base, 2)
    names = ["" for _ in shape]
    for place in _changed(shape, _shape(context, base, 3)):
        names[place] = BATCH
    for i, name in enumerate(declaration.space):
        other = tuple(n + 2 * (i == j) for j, n in enumerate(base))
        for place in _changed(shape, _shape(context, other, 2)):
            names[place] = name
    rest = [place for place, name in enumerate(names) if not name]
    for place, name in zip(rest, "cefijklmn", strict=False):
        names[place] = name
    return names, dict(context.inert)


class _Runnable:
    """The layer with the first lengths of inert axes with which it can be run."""

    def __init__(self, wide: Any, declaration: Declaration, seed: int) -> None:
        from gcalc.check.context import _lengths as lengths_of

        windows = tuple(declaration.windows())
        unknown = Probe(wide, _Unlooked(declaration), {}, seed, "given")  # type: ignore[arg-type]
        self.inert, refused = lengths_of(unknown, windows)
        self.window = next(w for w in windows if w not in refused)
        self.probe = Probe(wide, declaration, self.inert, seed, "given")


class _Unlooked:
    """A declaration of which only the inputs are looked at."""

    def __init__(self, declaration: Declaration) -> None:
        self._declaration = declaration

    def __getattr__(self, name: str) -> Any:
        return getattr(self._declaration, name)

    @property
    def outputs(self) -> tuple[None]:
        """One output, whatever its axes."""
        return (None,)


def _shape(context: _Runnable, window: Sequence[int], batch: int) -> tuple[int, ...]:
    outputs = context.probe.target(*context.probe.inputs(window, batch=batch))
    if len(outputs) != 1:
        raise UsageError(f"it gives {len(outputs)} arrays; infer proposes the layout of one: wrap the layer")
    return outputs[0].shape


def _changed(a: Sequence[int], b: Sequence[int]) -> list[int]:
    if len(a) != len(b):
        raise TargetError(f"the number of its output's axes changes with the input: {tuple(a)}, {tuple(b)}")
    return [i for i, (m, n) in enumerate(zip(a, b, strict=True)) if m != n]


def _lengths(probe: Probe, declaration: Declaration, window: Sequence[int]) -> dict[str, int]:
    layout = declaration.outputs[0]
    if layout is None:
        return {}
    return layout.sizes(probe.run(*probe.inputs(window))[0].shape, declaration.known)


def _permutations(
    probe: Probe, declaration: Declaration, window: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    """For each element under which the outputs transform, where each flattened channel comes from."""
    group, found = declaration.group, {}
    for u in group.on_pixels:
        if u and group.keeps(u, window):
            decoded = decode(probe, u, window, reach=0)
            own = tuple(map(tuple, group.on_space(u).tolist())) if declaration.space else ()
            if decoded is not None and decoded.matrix == own:
                found[u] = decoded.source
    return found


def _described(
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
    own = next((name for name in channels if lengths[name] == P.order and len(channels) > 1), None)
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
