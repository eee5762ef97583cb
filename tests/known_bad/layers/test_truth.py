"""What each layer of the zoo is said to be is so, by brute force, without gcalc."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest

from . import BROKEN, RIGHT, TORCH, truth
from .register import CODES, DOMAINS, SYMMETRIES, VERDICTS
from .truth import BREAKS, HOLDS, Truth, difference, listed

SEEDS = (None, 1)
"""Given parameters, and random ones."""
GIVEN_HOLDS = ("training_only", "scale_per_orientation")
LONG = ("leak_at_the_last_places",)
"""Faults too small for float64: looked at in long double."""
KEEPS_SYMMETRY = ("gradient", "input_changed", "nondeterministic", "not_linear", "convolution", "ties")
"""Codes whose fault is no lack of equivariance on normal random inputs."""
OTHER_FAULTS = (*KEEPS_SYMMETRY, "batch_leak", "vacuous", "representation")
"""Codes whose fault is looked for by itself."""


def seeds(layer):
    return SEEDS if layer.framework == "torch" else (None,)


def every(zoo, *, codes=None, without=()):
    chosen = [x for x in zoo.values() if (codes is None or x.code in codes) and x.code not in without]
    return pytest.mark.parametrize("layer", chosen, ids=lambda x: x.name)


def named(declared, found):
    """The indices of the elements of each point group of this name in the declared group."""
    subgroups = [truth.SYMMETRIES[found], truth.OTHER_MIRRORS.get(found, truth.SYMMETRIES[found])]
    return [[i for i, s in enumerate(declared.group.elements) if s in H] for H in subgroups]


def test_the_zoo_is_large_enough():
    pytest.importorskip("torch")
    assert TORCH
    assert len(RIGHT) >= 30
    assert len(BROKEN) >= 40
    assert {x.code for x in BROKEN.values()} == set(CODES)
    assert {x.framework for x in (*RIGHT.values(), *BROKEN.values())} == {"numpy", "torch"}


@every({**RIGHT, **BROKEN})
def test_an_entry_is_well_formed(layer):
    assert layer.about.endswith(".")
    assert layer.found in SYMMETRIES
    assert layer.domain in DOMAINS
    assert (layer.verdict in VERDICTS and layer.code in CODES) == (layer.name in BROKEN)
    assert (layer.verdict == "CONVENTION") == bool(layer.mended)
    assert set(layer.also) <= set(CODES) - {layer.code}


@every(RIGHT)
def test_a_right_layer_is_equivariant(layer):
    for seed in seeds(layer):
        tried = Truth(layer, seed=seed)
        for sizes in windows(tried):
            assert tried.holding(sizes) == tried.declared.kept(sizes)


@every({n: x for n, x in RIGHT.items() if x.reach is not None or x.domain == "torus"})
def test_a_right_layer_commutes_with_translations(layer):
    tried = Truth(layer, seed=1)
    for sizes in windows(tried):
        for axis in range(len(tried.declared.space)):
            assert tried.translation(sizes, axis) < HOLDS * tried.unit


@every(RIGHT)
def test_a_right_layer_is_no_empty_claim(layer):
    tried = Truth(layer, seed=1)
    sizes = next(windows(tried))
    assert not constant(tried, sizes)
    assert not batch_leaks(tried, sizes)
    assert not changes_its_input(tried, sizes)
    assert deterministic(tried, sizes)
    assert "linear" not in layer.declaration or linear(tried, sizes)
    assert layer.framework == "numpy" or gradient_is_right(tried, sizes)


@every(BROKEN, without=(*OTHER_FAULTS, *GIVEN_HOLDS))
def test_a_broken_layer_has_the_symmetry_found_and_no_more(layer):
    for seed in seeds(layer):
        tried = Truth(layer, seed=seed, dtype=np.longdouble if layer.name in LONG else np.float64)
        assert has_exactly(tried, layer)
        assert layer.domain != "window" or not all(
            tried.holding(s) == tried.declared.kept(s) for s in windows(tried)
        )


@every(BROKEN, codes=OTHER_FAULTS)
def test_a_layer_with_another_fault_has_the_symmetry_found(layer):
    if layer.code != "nondeterministic":
        for seed in seeds(layer):
            assert has_exactly(Truth(layer, seed=seed), layer)


@every(BROKEN, codes=GIVEN_HOLDS)
def test_what_holds_at_the_given_parameters_only(layer):
    given, drawn = Truth(layer), Truth(layer, seed=1)
    for sizes in windows(given):
        assert has_exactly(drawn, layer)
        if layer.code == "training_only":
            assert given.holding(sizes) == given.declared.kept(sizes)


@every({n: x for n, x in BROKEN.items() if x.domain != "window"})
def test_a_fault_of_places_is_seen_under_translations(layer):
    tried = Truth(layer)
    sizes = next(windows(tried))
    assert any(
        tried.translation(sizes, axis) > BREAKS * tried.unit for axis in range(len(tried.declared.space))
    )


@every({n: x for n, x in BROKEN.items() if x.mended and x.code != "convolution"})
def test_a_convention_is_right_under_the_mended_declaration(layer):
    for seed in seeds(layer):
        tried = Truth(layer, changes=layer.mended, seed=seed)
        for sizes in windows(tried):
            assert tried.holding(sizes) == tried.declared.kept(sizes)


@every(
    {n: x for n, x in BROKEN.items() if x.verdict == "FAILED" and x.domain == "window"}, without=OTHER_FAULTS
)
def test_what_failed_is_right_under_no_other_convention(layer):
    for changes in conventions(layer.declaration):
        tried = Truth(layer, changes=changes, seed=1)
        assert not is_equivariant(tried, next(windows(tried))), changes


def conventions(declaration):
    """Declarations with the axes of input and output, or the order of orientations, as others have them."""
    n = len(truth.SYMMETRIES[declaration["group"]])
    orders = [{}, {"order": "clockwise"}, {"reps": {"g": np.array([np.eye(n)] * n)}}]
    if declaration["group"] == "p4m":
        orders += [{"order": "groupy"}, {"order": [0, 3, 2, 1, 4, 5, 6, 7]}]
    outputs = [*rewritten(declaration["output"]), re.sub(r"\((\w+) g\)", r"\1", declaration["output"])]
    for before, after, order in product(rewritten(declaration["input"]), dict.fromkeys(outputs), orders):
        if "reps" not in declaration or "reps" not in order:
            yield {"input": before, "output": after, **order}


def rewritten(pattern):
    """A layout, and with channels, rows and columns, or both in the other order."""
    swapped = [pattern, re.sub(r"\((\w+) (\w+)\)", r"(\2 \1)", pattern)]
    return list(dict.fromkeys([*swapped, *(p.replace("x y", "y x") for p in swapped)]))


def is_equivariant(tried, sizes):
    """Under every element, and under translations where they can be seen."""
    elements = all(tried.violation(u, sizes) < HOLDS * tried.unit for u in tried.declared.kept(sizes))
    if not elements or tried.layer.reach is None:
        return elements
    return all(tried.translation(sizes, axis) < HOLDS * tried.unit for axis in range(2))


FAULTS = {
    "batch_leak": lambda tried, sizes: batch_leaks(tried, sizes),
    "input_changed": lambda tried, sizes: changes_its_input(tried, sizes),
    "nondeterministic": lambda tried, sizes: not deterministic(tried, sizes),
    "not_linear": lambda tried, sizes: not linear(tried, sizes),
    "vacuous": lambda tried, sizes: constant(tried, sizes),
    "gradient": lambda tried, sizes: not gradient_is_right(tried, sizes),
    "ties": lambda tried, sizes: ties_break(tried, sizes),
    "representation": lambda tried, sizes: not is_action(tried.declared),
    "convolution": lambda tried, sizes: is_the_convolution(tried, sizes),
}


@every(BROKEN, codes=tuple(FAULTS))
def test_the_fault_is_there(layer):
    tried = Truth(layer, seed=1)
    assert FAULTS[layer.code](tried, next(windows(tried)))


@every(BROKEN, without=tuple(FAULTS))
def test_no_other_fault_is_there(layer):
    tried = Truth(layer, seed=1)
    sizes = next(windows(tried))
    for code, fault in FAULTS.items():
        if code == "not_linear" and "linear" not in layer.declaration:
            continue
        if code == "gradient" and layer.framework == "numpy":
            continue
        assert code in ("convolution", "ties") or not fault(tried, sizes), code


def windows(tried):
    return tried.declared.windows()


def has_exactly(tried, layer):
    """Whether on every window exactly the elements of the symmetry found hold; of groups with no name, not all."""
    if layer.found is None:
        every = all(tried.holding(s) == tried.declared.kept(s) for s in windows(tried))
        return layer.domain != "window" or every == (layer.code in KEEPS_SYMMETRY)
    return any(
        all(tried.holding(s) == [u for u in tried.declared.kept(s) if u in of_name] for s in windows(tried))
        for of_name in named(tried.declared, layer.found)
    )


def constant(tried, sizes):
    """Whether some output channel is the same for several inputs."""
    outputs = [tried(*tried.inputs(sizes, seed)) for seed in range(3)]
    for i, pattern in enumerate(tried.declared.outputs):
        if pattern != "inert":
            a = np.array([o[i] for o in outputs])
            keep = [
                k
                for k, n in enumerate(truth.axes(pattern))
                if n != ["b"] and not set(n) & set(tried.declared.space)
            ]
            moved = np.abs(a - a[0]).max(axis=(0, *(k + 1 for k in range(a.ndim - 1) if k not in keep)))
            if (moved == 0).any():
                return True
    return False


def batch_leaks(tried, sizes):
    """Whether an example's output depends on the others of its batch."""
    of_batch = [[n for names in truth.axes(p) for n in names][:1] == ["b"] for p in tried.declared.inputs]
    x = tried.inputs(sizes, batch=3)
    for i in range(3):
        alone = [
            a[i : i + 1] if p == "inert" or b else a
            for a, p, b in zip(x, tried.declared.inputs, of_batch, strict=True)
        ]
        outputs = zip(tried(*alone), tried(*x), strict=True)
        if max(difference(a, b[i : i + 1]) for a, b in outputs) > HOLDS * tried.unit:
            return True
    return False


def changes_its_input(tried, sizes):
    """Whether it writes into what it is given."""
    x = tried.inputs(sizes)
    before = [a.copy() for a in x]
    if tried.layer.framework == "numpy":
        tried.callable(*x)
    else:
        import torch

        with torch.no_grad():
            tried.module(*map(torch.from_numpy, x))
    return any((a != b).any() for a, b in zip(x, before, strict=True))


def deterministic(tried, sizes):
    """Whether the same input gives the same output, after another one, and after several calls, too."""
    x, y = tried.inputs(sizes), tried.inputs(sizes, 1)
    anew = Truth(tried.layer)(*y) if tried.layer.framework == "numpy" else tried(*y)
    first = tried(*x)
    outputs = [*((first, tried(*x)) for _ in range(8)), (tried(*y), anew)]
    return all((a == b).all() for pair in outputs for a, b in zip(*pair, strict=True))


def linear(tried, sizes):
    """``Φ(3x + y) = 3Φ(x) + Φ(y)``, in every argument where it is bilinear."""
    x, y = tried.inputs(sizes, 0), tried.inputs(sizes, 1)
    if tried.layer.declaration["linear"] == "bilinear":
        return all(additive(tried, x, y, [i]) for i in range(len(x)))
    return additive(tried, x, y, range(len(x)))


def additive(tried, x, y, arguments):
    other = [b if i in arguments else a for i, (a, b) in enumerate(zip(x, y, strict=True))]
    both = [3 * a + b if i in arguments else a for i, (a, b) in enumerate(zip(x, y, strict=True))]
    outputs = zip(tried(*both), tried(*x), tried(*other), strict=True)
    return all(difference(p, 3 * q + r) < HOLDS * tried.unit for p, q, r in outputs)


def ties_break(tried, sizes):
    """Whether it lacks on integers, many of them equal, what it has on normal random inputs."""
    declared = tried.declared
    x = [np.rint(2 * a) for a in tried.inputs(sizes)]
    moved = {}
    for u in declared.kept(sizes):
        moved[u] = [declared.act(u, a, p) for a, p in zip(x, declared.inputs, strict=True)]
    sides = [
        (a, declared.act(u, b, p))
        for u, y in moved.items()
        for a, b, p in zip(tried(*y), tried(*x), declared.outputs, strict=True)
    ]
    return (
        tried.holding(sizes) == declared.kept(sizes)
        and max(difference(a, b) for a, b in sides) > BREAKS * tried.unit
    )


def is_action(declared):
    """``ρ(gh) = ρ(g)ρ(h)`` for all representations."""
    n = declared.group.n
    return all(
        np.allclose(m[declared.group.product(g, h)], m[g] @ m[h])
        for m in declared.reps.values()
        for g in range(n)
        for h in range(n)
    )


def gradient_is_right(tried, sizes, h=1e-6):
    """The derivative along a direction against a central difference, for inputs and parameters together."""
    import torch

    random = torch.Generator().manual_seed(0)
    x = [torch.from_numpy(a).requires_grad_() for a in tried.inputs(sizes)]
    variables = [*x, *tried.module.parameters()]
    steps = [torch.randn(a.shape, generator=random, dtype=a.dtype) for a in variables]
    outputs = listed(tried.module(*(a.clone() for a in x)))
    cotangents = [torch.randn(a.shape, generator=random, dtype=a.dtype) for a in outputs]

    def ahead(by):
        with torch.no_grad():
            for a, step in zip(variables, steps, strict=True):
                a += by * step
            moved = listed(tried.module(*(a.detach().clone() for a in x)))
            for a, step in zip(variables, steps, strict=True):
                a -= by * step
        return paired(moved, cotangents)

    loss = sum((a * c).sum() for a, c in zip(outputs, cotangents, strict=True))
    gradients = torch.autograd.grad(loss, variables, allow_unused=True)
    reached = [(g, s) for g, s in zip(gradients, steps, strict=True) if g is not None]
    backward, forward = paired(*zip(*reached, strict=True)), (ahead(h) - ahead(-h)) / (2 * h)
    return abs(forward - backward) < 1e-5 * max(1, abs(forward))


def paired(a, b):
    """The scalar product."""
    return sum(float((x * y).sum()) for x, y in zip(a, b, strict=True))


def is_the_convolution(tried, sizes):
    """Whether it is the sum with the filter reflected, and not the one that is claimed."""
    return tried.layer.name in SUMS and SUMS[tried.layer.name](tried, sizes)


def planar_sums(tried, sizes):
    """A lift with zeros around, claimed to be the correlation: loops over pixels."""
    (f,) = tried.inputs(sizes, batch=1)
    (out,) = tried(f)
    psi = tried.module.psi.detach().numpy()
    around = np.pad(f, [(0, 0), (0, 0), (1, 1), (1, 1)])
    found = {}
    for name, sign in (("correlation", 1), ("convolution", -1)):
        expected = np.zeros(out.shape).reshape(1, len(psi), 4, *out.shape[2:])
        for s, a, b in np.ndindex(4, *out.shape[2:]):
            turned = np.rot90(psi[..., ::sign, ::sign], s, (-2, -1))
            expected[0, :, s, a, b] = (around[0, :, a : a + 3, b : b + 3] * turned).sum(axis=(1, 2, 3))
        found[name] = difference(out, expected.reshape(out.shape)) < HOLDS * tried.unit
    return found == {"correlation": False, "convolution": True}


def sums_on_a_group(tried, sizes):
    """``Σ_h f(h) psi(g⁻¹h)`` is claimed, ``Σ_h f(h) psi(h⁻¹g)`` is computed."""
    f, psi = tried.inputs(sizes)
    (out,) = tried(f, psi)
    group = tried.declared.group
    found = {}
    for name in ("correlation", "convolution"):
        expected = np.zeros_like(out)
        for g, h in np.ndindex(group.n, group.n):
            a, b = (g, h) if name == "correlation" else (h, g)
            quotient = next(k for k in range(group.n) if group.product(a, k) == b)
            expected[..., g] += f[..., h] @ psi[..., quotient].T
        found[name] = difference(out, expected) < HOLDS * tried.unit
    return found == {"correlation": False, "convolution": True}


SUMS = {"conv2d_after_flipping": planar_sums, "group_convolution_for_correlation": sums_on_a_group}
