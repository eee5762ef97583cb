"""How the group acts on a layer's arrays, and what the layer respects: by numpy.rot90, flips and rolls, without gcalc.

Main definitions
    Truth: a layer of the zoo, run in float64 with given or random parameters.
    Truth.holding: the elements u with ``Φ(L_u x) = L_u Φ(x)``.
    SYMMETRIES: the elements of D4 in each point group, s < 4 is rot90ˢ, s ≥ 4 is rot90^(s-4) after fliplr.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import permutations, product
from math import prod

import numpy as np

SYMMETRIES = {
    "p1": (0,),
    "p2": (0, 2),
    "pm": (0, 4),
    "cm": (0, 5),
    "pmm": (0, 2, 4, 6),
    "cmm": (0, 2, 5, 7),
    "p4": (0, 1, 2, 3),
    "p4m": tuple(range(8)),
}
OTHER_MIRRORS = {"pm": (0, 6), "cm": (0, 7)}
"""The other mirror of the same name."""
HOLDS = 2.0**12
"""Units in the last place, relative to the largest output, that rounding may make."""
BREAKS = 2.0**17
"""What no rounding makes."""


def move(u, array, axes=(-2, -1)):
    """``(L_u f)(x) = f(u⁻¹x)`` about the centre, on two axes, or on one."""
    if len(axes) == 1:
        return np.flip(array, axes) if u else array
    return np.rot90(np.flip(array, axes[1]) if u >= 4 else array, u % 4, axes)


class Group:
    """The elements of a declared point group: of D4, of C_n, permutations, or 0 and 1 on a line."""

    def __init__(self, name, dimension):
        self.name, self.dimension = name, dimension
        if dimension == 2:
            self.elements = SYMMETRIES[name]
        elif name[0] == "S":
            self.elements = tuple(permutations(range(int(name[1:]))))
        else:
            self.elements = tuple(range(2 if dimension else int(name[1:])))
        self.n = len(self.elements)

    def product(self, u, v):
        """The index of the product of the elements at two indices."""
        g, h = self.elements[u], self.elements[v]
        if self.dimension == 2:
            picture = np.arange(9).reshape(3, 3)
            both = move(g, move(h, picture))
            return next(w for w, s in enumerate(self.elements) if (move(s, picture) == both).all())
        if isinstance(g, tuple):
            return self.elements.index(tuple(g[i] for i in h))
        return (g + h) % self.n

    def matrix(self, u):
        """On (row, column): where unit vectors go."""
        columns = []
        for point in ((2, 1), (1, 2)):
            picture = np.zeros((3, 3))
            picture[point] = 1
            (place,) = np.argwhere(move(self.elements[u], picture))
            columns.append(place - 1)
        return np.array(columns).T

    def order(self, spec):
        """For each place of the fibre the index of the element there."""
        if spec in (None, "gcalc", "escnn"):
            return list(range(self.n))
        if spec == "clockwise":
            return [-k % 4 if k < 4 else 4 + -k % 4 for k in range(self.n)]
        if spec == "groupy":  # 4m + k is flipud∘rot90ᵏ
            picture = np.arange(9).reshape(3, 3)
            at = [
                np.flipud(np.rot90(picture, k)) if m else np.rot90(picture, k)
                for m in (0, 1)
                for k in range(4)
            ]
            return [next(s for s in range(8) if (move(s, picture) == a).all()) for a in at]
        return list(spec)

    def representation(self, spec, order):
        """Matrices (n, d, d)."""
        if not isinstance(spec, str):
            return np.asarray(spec)
        elements = range(self.n)
        if spec == "vector":
            return np.array([self.matrix(u) for u in elements])
        if spec == "sign":
            turning = self.dimension == 2 and self.elements[-1] < 4
            return np.array(
                [[[(-1) ** u]] if turning else [[round(np.linalg.det(self.matrix(u)))]] for u in elements]
            )
        if spec == "node":
            return np.array([np.eye(len(g), dtype=int)[:, list(g)] for g in self.elements])
        if spec == "trivial":
            return np.ones((self.n, 1, 1), dtype=int)
        if spec.startswith("quotient:"):  # of half turns, or of all turns
            half = [u for u in elements if self.elements[u] in ((0, 2) if spec.endswith("C2") else range(4))]
            points = sorted({tuple(sorted(self.product(g, h) for h in half)) for g in elements})
        else:
            points = [(i,) for i in self.order(order)]
        found = np.zeros((self.n, len(points), len(points)), dtype=int)
        for u, j in product(elements, range(len(points))):
            to = self.product(u, points[j][0])
            found[u, next(i for i, point in enumerate(points) if to in point), j] = 1
        return found


class Declared:
    """A declaration, read independently."""

    def __init__(self, declaration):
        both = [declaration[side] for side in ("input", "output")]
        self.inputs, self.outputs = (
            list(s.values()) if isinstance(s, dict) else [s] if isinstance(s, str) else list(s) for s in both
        )
        self.names = {n for pattern in self.inputs + self.outputs for n in re.findall(r"\w+", pattern)}
        self.space = [n for n in declaration.get("space", "x y").split() if n in self.names]
        self.group = Group(declaration["group"], len(self.space))
        reps = dict(declaration.get("reps") or {})
        if "g" in self.names:
            reps.setdefault("g", "regular")
        self.reps = {a: self.group.representation(spec, declaration.get("order")) for a, spec in reps.items()}
        self.sizes = {
            name: n if isinstance(n, (list, tuple)) else [n] for name, n in declaration["sizes"].items()
        }

    def windows(self):
        """The lengths of all input axes, for each size of space."""
        for lengths in product(*self.sizes.values()):
            yield dict(zip(self.sizes, lengths, strict=True)) | {a: m.shape[1] for a, m in self.reps.items()}

    def shape(self, pattern, sizes):
        """Of an input; a label for each example where it is passed on."""
        if pattern == "inert":
            return (sizes["b"],)
        return tuple(prod(sizes[n] for n in names) for names in axes(pattern))

    def kept(self, sizes):
        """The indices of elements that map the window to itself."""
        if len(self.space) < 2 or sizes[self.space[0]] == sizes[self.space[1]]:
            return list(range(self.group.n))
        return [u for u, s in enumerate(self.group.elements) if s % 2 == 0]

    def act(self, u, array, pattern):
        """``L_u``."""
        if pattern == "inert":
            return array
        names = [n for product_ in axes(pattern) for n in product_]
        lengths = []
        for product_, length in zip(axes(pattern), array.shape, strict=True):
            known = prod(self.reps[n].shape[1] for n in product_ if n in self.reps)
            free = [n for n in product_ if n not in self.reps]
            assert length % known == 0
            assert len(free) <= 1
            lengths += [self.reps[n].shape[1] if n in self.reps else length // known for n in product_]
        moved = array.reshape(lengths)
        for name, matrices in self.reps.items():
            if name in names:
                axis = names.index(name)
                moved = np.moveaxis(
                    np.moveaxis(moved, axis, -1) @ matrices[u].T.astype(array.dtype), -1, axis
                )
        if self.space and self.space[0] in names:
            moved = move(self.group.elements[u], moved, [names.index(n) for n in self.space])
        joined, sizes = [], iter(moved.shape)
        for product_ in axes(pattern):
            joined.append(prod(next(sizes) for _ in product_))
        return moved.reshape(joined)

    def translate(self, arrays, patterns, t, axis):
        """Every array with space axes rolled by t along one of them."""
        return [
            np.roll(a, t, next(i for i, names in enumerate(axes(p)) if self.space[axis] in names))
            if self.space[axis] in re.findall(r"\w+", p)
            else a
            for a, p in zip(arrays, patterns, strict=True)
        ]

    def interior(self, array, pattern, margin):
        """What is at least so far from the edges."""
        cut = [
            slice(margin, length - margin) if set(names) & set(self.space) else slice(None)
            for names, length in zip(axes(pattern), array.shape, strict=True)
        ]
        return array[tuple(cut)]


def axes(pattern):
    """The names on each axis of a pattern."""
    return [(a or b).split() for a, b in re.findall(r"\(([^)]*)\)|(\S+)", pattern)]


class Truth:
    """A layer of the zoo at work; dtype: the numbers that a NumPy layer is given."""

    def __init__(self, layer, *, changes=None, seed=None, dtype=np.float64):
        self.layer, self.dtype = layer, np.dtype(dtype)
        self.declared = Declared({**layer.declaration, **(changes or {})})
        self.callable = layer.make()
        if layer.framework == "torch":
            self.module = self.callable.double().eval()
            if seed is not None:
                fill(self.module, seed)

    @cached_property
    def unit(self):
        """One unit in the last place of what the layer gives."""
        outputs = self(*self.inputs(next(self.declared.windows())))
        return max((float(np.finfo(a.dtype).eps) for a in outputs if a.dtype.kind == "f"), default=2.0**-52)

    def __call__(self, *arrays):
        """The outputs as a list of float arrays."""
        if self.layer.framework == "numpy":
            found = self.callable(*(a.copy() for a in arrays))
        else:
            import torch

            with torch.no_grad():
                found = self.module(*(torch.from_numpy(a.copy()) for a in arrays))
        return [np.asarray(a) * 1 for a in listed(found)]  # truth values as integers

    def inputs(self, sizes, seed=0, batch=2):
        """Normal random numbers."""
        random = np.random.default_rng(seed)
        shapes = [self.declared.shape(pattern, {**sizes, "b": batch}) for pattern in self.declared.inputs]
        return [random.normal(size=shape).astype(self.dtype) for shape in shapes]

    def violation(self, u, sizes, seed=0):
        """``‖Φ L_u x - L_u Φ x‖ / ‖Φ x‖``, the largest of all outputs."""
        declared, x = self.declared, self.inputs(sizes, seed)
        left = self(*(declared.act(u, a, p) for a, p in zip(x, declared.inputs, strict=True)))
        right = [declared.act(u, a, p) for a, p in zip(self(*x), declared.outputs, strict=True)]
        return max(map(difference, left, right))

    def holding(self, sizes):
        """The elements of the group that hold, by the index in it; every other one is broken beyond doubt."""
        found = []
        for u in self.declared.kept(sizes):
            worst = max(self.violation(u, sizes, seed) for seed in range(2)) / self.unit
            assert worst < HOLDS or worst > BREAKS, f"{self.layer.name}: {u} is off by {worst:.3g} units"
            if worst < HOLDS:
                found.append(u)
        return found

    def translation(self, sizes, axis):
        """The violation under a translation, on outputs that no boundary touches (on all of them on the torus)."""
        torus, (by, moves) = self.layer.domain == "torus", self.layer.step
        margin = 0 if torus else (self.layer.reach or 0) + moves
        x, declared = self.inputs(sizes), self.declared
        left = self(*declared.translate(x, declared.inputs, by, axis))
        right = declared.translate(self(*x), declared.outputs, moves, axis)
        cut = [
            (declared.interior(a, p, margin), declared.interior(b, p, margin))
            for a, b, p in zip(left, right, declared.outputs, strict=True)
            if p != "inert"
        ]
        assert all(a.size for a, _ in cut), f"{self.layer.name}: nothing is inside; give a larger size"
        return max(difference(a, b) for a, b in cut)


def listed(found):
    """One result, a tuple or a dict of them, as a list."""
    if isinstance(found, dict):
        return list(found.values())
    return list(found) if isinstance(found, (tuple, list)) else [found]


def difference(a, b):
    """Relative to the largest of b; infinite where shapes differ."""
    if a.shape != b.shape:
        return np.inf
    return float(np.abs(a - b).max() / (np.abs(b).max() or 1))


def fill(module, seed):
    """Random parameters, and random running statistics of normalisations."""
    import torch

    random = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.randn(parameter.shape, generator=random, dtype=parameter.dtype) / 2)
        for name, buffer in module.named_buffers():
            if name.endswith("running_mean"):
                buffer.copy_(torch.randn(buffer.shape, generator=random, dtype=buffer.dtype))
            if name.endswith("running_var"):
                buffer.copy_(torch.rand(buffer.shape, generator=random, dtype=buffer.dtype) + 0.5)
