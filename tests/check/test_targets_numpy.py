"""Layers of NumPy: functions and objects; their watched runs, exact or not; lattices."""

from __future__ import annotations

import cProfile
import gc
import sys
from types import FunctionType

import numpy as np
import pytest
from scipy import ndimage, signal, special

from gcalc.check.targets import target
from gcalc.check.targets.numpy_watched import BYPASSING
from gcalc.errors import ExactnessError, TargetError, UsageError

W = np.random.default_rng(1).integers(-3, 4, (4, 3, 3, 3)).astype(float)


def image(*shape, seed=0):
    return np.random.default_rng(seed).integers(-3, 4, shape or (2, 3, 6, 6)).astype(np.float64)


# ---- calls and copies


def test_a_function_is_called_on_fresh_arrays():
    def layer(x):
        x += 1
        return {"sum": x.sum(), "map": x}

    x = image()
    t = target(layer)
    assert (t.framework, t.name, t.dtype) == ("numpy", "layer", "float64")
    total, changed = t(x)
    assert t.output_names == ("sum", "map")
    assert total == changed.sum() == (x + 1).sum()
    assert np.array_equal(x, image())
    assert t.changed_input
    assert t.wide() is t
    assert t.parameters == {}
    assert (t.training(x), t.vjp([x], [x]), t.jvp([x], [x]), t.stages(x)) == (None, None, None, [])


def test_what_it_raises_is_one_line():
    with pytest.raises(
        TargetError,
        match=r"^<lambda> raised ValueError: matmul: .* on input float64 \(2, 3, 6, 6\) from -3 to 3$",
    ):
        target(lambda x: x @ np.ones((7, 2)))(image())


def test_division_by_zero_is_no_error():
    assert np.isinf(target(lambda x: 1 / x)(np.zeros(2))[0]).all()


class Scaled:
    """A layer with parameters, a float32 constant, and a count of its calls."""

    def __init__(self, dtype=np.float64):
        self.scale = np.ones(3, dtype)
        self.basis = np.full((3, 3), 1 / 3, np.float32)
        self.calls = 0

    def parameters(self):
        return {"scale": self.scale}

    def __call__(self, x):
        self.calls += 1
        return np.tensordot(x, self.basis, (1, 0)) * self.scale


class Held(Scaled):
    """The same, its parameters a dict."""

    def __init__(self):
        super().__init__(np.float32)
        self.parameters = {"scale": self.scale}


@pytest.mark.parametrize("kind", [Scaled, Held])
def test_an_object_is_copied_and_filled(kind):
    layer = kind()
    t = target(layer)
    filled = t.random(0)
    assert list(t.parameters) == ["scale"]
    assert not np.array_equal(filled(image())[0], t(image())[0])
    assert (layer.calls, layer.scale.tolist()) == (0, [1, 1, 1])
    moved = t.wide().perturbed(0, constants=True)
    assert moved(image())[0].dtype == np.float64
    assert np.abs(moved.parameters["scale"] - 1).max() == np.spacing(1.0)
    assert np.abs(moved.layer.basis - layer.basis).min() == np.spacing(layer.basis[0, 0])
    assert np.array_equal(t.perturbed(0, constants=False).layer.basis, layer.basis)
    with pytest.raises(UsageError, match=r"no parameter 'shift'; there are \['scale'\]"):
        t.with_parameters({"shift": np.ones(3)})
    with pytest.raises(UsageError, match=r"has the shape \(3,\), not \(2,\)"):
        t.with_parameters({"scale": np.ones(2)})


def test_an_object_is_initialised_by_its_user():
    """In place, or by another object; draw gives what gcalc would have drawn."""
    layer = Scaled(np.float32)

    def in_place(copied, draw):
        copied.scale = -draw("scale", copied.scale)

    def anew(copied, draw):
        other = Scaled(np.float32)
        other.scale = -draw("scale", other.scale)
        return other

    expected = -target(layer).random(5).parameters["scale"]
    for initialise in in_place, anew:
        filled = target(layer).initialised(initialise, 5).parameters["scale"]
        assert filled.dtype == np.float32
        assert np.array_equal(filled, expected)
    assert (layer.calls, layer.scale.tolist()) == (0, [1, 1, 1])


def test_a_parameter_that_cannot_be_set_is_told():
    class Derived:
        parameters = property(lambda self: {"w": np.ones(2)})

        def __call__(self, x):
            return x

    with pytest.raises(TargetError, match="parameter w of Derived cannot be set"):
        target(Derived()).with_parameters({"w": np.zeros(2)})


def test_a_layer_in_float32_is_told():
    t = target(lambda x: x.astype(np.float32) * np.float32(0.1))
    assert t(image())[0].dtype == np.float32
    assert "returns float32 where its inputs are float64" in t.wide_reason
    assert t.dtype == "float32"
    with pytest.raises(ExactnessError):
        t.lattice(20, image())


def test_the_random_state_is_given_back():
    before = np.random.get_state()[1].copy()
    t = target(lambda x: x * np.random.rand())
    assert not np.array_equal(t(image())[0], t(image())[0])
    assert np.array_equal(np.random.get_state()[1], before)


# ---- watched runs


def patches(x):
    return np.einsum("bjxyuv,kjuv->bkxy", np.lib.stride_tricks.sliding_window_view(x, (3, 3), (2, 3)), W)


def loops(x):
    out = np.zeros((2, 4, 4, 4))
    for k in range(4):
        for c, u, v in np.ndindex(3, 3, 3):
            out[:, k] += x[:, c, u : u + 4, v : v + 4] * W[k, c, u, v]
    return np.maximum(out, 0)


def single_numbers(x):
    x = np.asarray(x)
    out = np.empty((2, 4))
    for b, k in np.ndindex(2, 4):
        total = 0.0
        for row in x[b, 0]:
            for one in row:
                total = total + one * W[k, 0, 0, 0]
        out[b, k] = total
    return out


def boxes(x):
    return np.max([x[..., m : m + 5, k : k + 5] for m in range(2) for k in range(2)], axis=0)


def moved(x):
    y = np.roll(np.rot90(np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="wrap"), 1, (2, 3)), 1, 3)
    return np.concatenate([y, np.flip(y, 2)], axis=1)[:, ::-1].transpose(1, 0, 3, 2).copy()


EXACT = {
    "patches": patches,
    "loops": loops,
    "single numbers": single_numbers,
    "boxes": boxes,
    "moved": moved,
    "methods": lambda x: x.reshape(6, 36).dot(np.ones((36, 2))).clip(-5, 5).sum(0),
    "products": lambda x: np.tensordot(x, W, ((1,), (1,))) + np.inner(x[0, 0], x[0, 1]).sum(),
    "mean of 36·4": lambda x: x[:, :2, :4, :4].mean((1, 2, 3)) / 8 + x.max() ** 2,
    "accumulated": lambda x: np.add.accumulate(x, 2) - np.cumsum(x, axis=3),
    "at": lambda x: at(x),
    "list of dots": lambda x: np.array([np.dot(a.ravel(), a.ravel()) for a in x[0]]),
}


def at(x):
    out = np.zeros(3)
    np.add.at(out, [0, 0, 2], x[0, 0, 0, :3])
    return out


@pytest.mark.parametrize("name", EXACT)
def test_what_rounds_nothing_is_exact(name):
    t = target(EXACT[name])
    trace = t.traced(image())
    assert trace.exact, trace.why
    assert np.array_equal(t.lattice(20, image())[0], t(image())[0])
    assert np.array_equal(trace.outputs[0], t(image())[0])
    assert type(trace.outputs[0]) is np.ndarray
    assert np.array_equal(t.lattice(12, image())[0], t(image())[0])


ROUNDS = {
    "third": (lambda x: x / 3, "divide rounds"),
    "tenth": (lambda x: x * 0.1, "multiply needs 54 bits"),
    "mean of 9": (lambda x: x[..., :3, :3].mean((2, 3)), "mean of 9 terms rounds"),
    "exponential": (lambda x: np.exp(x), "exp rounds"),
    "special": (lambda x: special.expit(x), "expit rounds"),
    "norm": (lambda x: np.linalg.norm(x), "norm rounds"),
    "deviation": (lambda x: x.std(), "std rounds"),
    "float32": (lambda x: np.float32(3) + x.astype(np.float32) * np.float32(2**24), "add rounds in float32"),
    "conversion": (lambda x: (x * 1000 + 1).astype(np.float16), "conversion to float16 rounds"),
    "written": (lambda x: written(x), "conversion to float16 rounds"),
    "large": (lambda x: (x * 2.0**50 + 0.5).sum(), "bits"),
}


def written(x):
    out = np.zeros(x.shape, np.float16)
    out[:] = x * 1000 + 1
    return out


@pytest.mark.parametrize("name", ROUNDS)
def test_what_rounds_is_not_exact_and_says_why(name):
    layer, why = ROUNDS[name]
    trace = target(layer).traced(image())
    assert not trace.exact
    assert why in trace.why
    assert trace.unknown == ()


def into_an_array_of_ours(x):
    out = np.zeros_like(x)
    ndimage.correlate(x, W[:3, 0, :1].reshape(3, 3, 1, 1), output=out)
    return out


UNKNOWN = {
    "fourier": (lambda x: np.fft.ifft2(np.fft.fft2(x)).real, "fft2"),
    "scipy": (lambda x: signal.correlate(x[0], W[0]), "scipy.signal"),
    "scipy's output": (into_an_array_of_ours, "scipy.ndimage"),
    "solved": (lambda x: np.linalg.solve(x[0, 0] + 20 * np.eye(6), x[0, 1]), "solve"),
    "Python's numbers": (lambda x: np.array([float(one) * 0.1 for one in x.ravel()]), "Python numbers"),
    "lists": (lambda x: np.array([one * 0.1 for one in x.ravel().tolist()]), "Python numbers"),
    "interpolated": (lambda x: np.interp(x, [-3, 3], [0.0, 1]), "interp"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_no_table_knows_is_named(name):
    layer, operation = UNKNOWN[name]
    trace = target(layer).traced(image())
    assert not trace.exact
    assert any(operation in one for one in trace.unknown), trace.unknown
    with pytest.raises(ExactnessError, match="has no run on multiples of 2"):
        target(layer).lattice(12, image())


def test_a_result_that_lost_its_watching_is_unknown():
    constant = np.ones(3)
    assert "outside NumPy's functions" in target(lambda x: constant).traced(image()).unknown[0]
    lost = target(lambda x: x.view(np.ndarray) * 0.1).traced(image())
    assert not lost.exact
    assert lost.unknown


def test_names_and_hooks_are_given_back():
    names = dict(globals())
    before = sys.getprofile()
    target(single_numbers).traced(image())
    with pytest.raises(TargetError):
        target(lambda x: np.zeros(3) @ x).traced(image())
    assert globals()["np"] is np is names["np"]
    assert sys.getprofile() is before
    assert type(np.zeros(2)) is np.ndarray


def test_a_run_under_a_profiler_claims_nothing():
    profile = cProfile.Profile()
    trace = profile.runcall(target(patches).traced, image())
    assert trace.unknown == ("what is called while a profiler runs",)
    assert np.array_equal(trace.outputs[0], patches(image()))


def test_what_a_package_does_when_garbage_is_collected_is_not_the_layers():
    """As Hypothesis does, which measures how long that takes."""
    called = FunctionType((lambda phase, info: None).__code__, {"__name__": "scipy.collecting"})
    threshold = gc.get_threshold()
    gc.callbacks.append(called)
    gc.set_threshold(1)
    try:
        trace = target(lambda x: x + sum(map(len, [[i] for i in range(1000)]))).traced(image())
    finally:
        gc.set_threshold(*threshold)
        gc.callbacks.remove(called)
    assert trace.exact, trace.unknown
    assert gc.isenabled()


@pytest.mark.parametrize("name", BYPASSING)
def test_methods_that_bypass_the_protocols_have_a_function(name):
    assert callable(getattr(np, name))
    assert callable(getattr(np.ndarray, name))


V = np.random.default_rng(2).normal(size=(4, 3))


def normalised(x, order=slice(None)):
    y = np.einsum("bjxy,kj->bkxy", x[:, order] * 0.3, V[:, order])
    y = (y - y.mean((1, 2, 3), keepdims=True)) / y.std((1, 2, 3), keepdims=True)
    e = np.exp(y)
    return e / e.sum(1, keepdims=True)


def test_on_a_lattice_sums_do_not_depend_on_their_order():
    left, right = target(normalised), target(lambda x: normalised(x, [2, 0, 1]))
    x = image(2, 3, 6, 6)
    assert not np.array_equal(left(x)[0], right(x)[0]), "in float64 the order shows"
    for bits in (12, 20):
        assert np.array_equal(left.lattice(bits, x)[0], right.lattice(bits, x)[0])
        assert np.abs(left.lattice(bits, x)[0] - left(x)[0]).max() < 2.0 ** (6 - bits)


def test_values_that_are_too_large_for_the_lattice():
    t = target(lambda x: np.einsum("bkxy,bkxz->yz", x * 1000.3, x * 1000.3))
    with pytest.raises(ExactnessError, match=r"einsum needs \d+ bits"):
        t.lattice(20, image())
