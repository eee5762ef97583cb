"""Layers of JAX: float64 only where it is asked for; jaxprs watched; gradients."""

from __future__ import annotations

import numpy as np
import pytest

from gcalc.check.targets import target
from gcalc.errors import ExactnessError, TargetError, UsageError

jax = pytest.importorskip("jax", reason="JAX is not installed")
jnp, lax = jax.numpy, jax.lax

W = np.random.default_rng(1).integers(-3, 4, (4, 3, 3, 3)).astype(np.float32)


def image(*shape, seed=0):
    return np.random.default_rng(seed).integers(-3, 4, shape or (2, 3, 6, 6)).astype(np.float64)


def convolution(x):
    return lax.conv(x, jnp.asarray(W, x.dtype), (1, 1), "VALID")


@jax.tree_util.register_pytree_node_class
class Affine:
    """A callable pytree: its leaves are its parameters."""

    def __init__(self, scale, shift):
        self.scale, self.shift = scale, shift

    def tree_flatten(self):
        return (self.scale, self.shift), None

    @classmethod
    def tree_unflatten(cls, _, leaves):
        return cls(*leaves)

    def __call__(self, x):
        return {"y": x * self.scale + self.shift, "n": x.shape[0]}


def affine():
    return Affine(jnp.ones(6), jnp.zeros(6))


def test_functions_of_its_arrays_are_found_at_the_first_call():
    t = target(lambda x: jnp.maximum(x, 0))
    assert np.array_equal(t(image())[0], np.maximum(image(), 0))
    assert (t.framework, t.dtype) == ("jax", "float32")
    assert t.wide()(image())[0].dtype == np.float64


def test_float64_is_not_left_switched_on():
    t = target(convolution, "jax").wide()
    t.traced(image())
    t.lattice(12, image())
    assert jnp.zeros(2).dtype == jnp.asarray(np.zeros(2)).dtype == np.float32


def test_the_leaves_of_a_pytree_are_its_parameters():
    layer = affine()
    t = target(layer)
    assert t.framework == "jax"
    assert len(t.parameters) == 2
    assert t(image())[0].shape == image().shape
    assert t.output_names == ("y", "n")
    filled = t.random(0)
    assert not np.array_equal(filled(image())[0], t(image())[0])
    assert np.array_equal(layer.scale, np.ones(6))
    name = next(iter(t.parameters))
    assert np.array_equal(t.with_parameters({name: np.full(6, 2.0)}).parameters[name], np.full(6, 2.0))
    doubled = t.initialised(
        lambda one, draw: type(one)(*(2 * draw(name, a) for a in (one.scale, one.shift))), 0
    )
    assert np.array_equal(doubled.parameters[name], 2 * filled.parameters[name])
    with pytest.raises(UsageError, match="parameters= must return the layer"):
        t.initialised(lambda one, draw: None, 0)
    moved = t.wide().perturbed(0, constants=True).parameters[name]
    assert np.abs(moved - 1).max() == np.spacing(1.0)
    with pytest.raises(UsageError, match="no parameter 'w'"):
        t.with_parameters({"w": np.zeros(6)})


def test_what_it_raises_is_one_line():
    with pytest.raises(
        TargetError, match=r"^<lambda> raised TypeError: .* on input float32 \(2, 3, 6, 6\) from -3 to 3$"
    ):
        target(lambda x: x @ jnp.ones((7, 2)), "jax")(image())


@pytest.mark.parametrize(
    "layer",
    [
        convolution,
        lambda x: jax.nn.relu(x) * 2 - x / 4,
        jax.jit(lambda x: jnp.rot90(jnp.pad(x, 1, mode="wrap"), 1, (2, 3)).sum(1)),
        lambda x: jnp.einsum("bkxy,bkxz->byz", x, x) + x[:, 0] ** 2,
        lambda x: lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID"),
    ],
)
def test_what_rounds_nothing_is_exact(layer):
    t = target(layer, "jax")
    trace = t.traced(image())
    assert trace.exact, trace.why
    assert np.array_equal(trace.outputs[0], t.wide()(image())[0])
    assert np.array_equal(t.lattice(12, image())[0], t.wide()(image())[0])


@pytest.mark.parametrize(
    ("layer", "why"),
    [
        (lambda x: x / 3, "div rounds"),
        (lambda x: jax.nn.sigmoid(x), "logistic rounds"),
        (lambda x: jax.nn.softmax(x, 1), "exp rounds"),
        (lambda x: x * 2**24 + 1, "rounds in float32"),
        (lambda x: x * 0.1, "bits"),
    ],
)
def test_what_rounds_is_not_exact_and_says_why(layer, why):
    trace = target(layer, "jax").traced(image())
    assert not trace.exact
    assert why in trace.why
    assert trace.unknown == ()


@pytest.mark.parametrize(
    ("layer", "unknown"),
    [
        (lambda x: jnp.fft.ifft2(jnp.fft.fft2(x)).real, "fft"),
        (lambda x: lax.fori_loop(0, 3, lambda _, y: y * 1.1, x), "scan"),
        (lambda x: jnp.linalg.inv(x[0, 0] + 20 * jnp.eye(6, dtype=x.dtype)), "lu"),
        (lambda x: np.asarray(x) * 0.1, "what cannot be"),
    ],
)
def test_what_no_table_knows_is_named(layer, unknown):
    t = target(layer, "jax")
    trace = t.traced(image())
    assert not trace.exact
    with pytest.raises(ExactnessError):
        t.lattice(20, image())
    assert any(unknown in one for one in trace.unknown), trace.unknown
    with pytest.raises(ExactnessError):
        t.lattice(12, image())


def test_on_a_lattice_sums_do_not_depend_on_their_order():
    v = np.random.default_rng(2).normal(size=(4, 3))

    def layer(x, order=(0, 1, 2)):
        y = jnp.einsum("bjxy,kj->bkxy", x[:, list(order)] * 0.3, jnp.asarray(v[:, list(order)], x.dtype))
        return jax.nn.softmax(jax.nn.gelu(y), 1)

    left, right = target(layer, "jax"), target(lambda x: layer(x, (2, 0, 1)), "jax")
    assert not np.array_equal(left.wide()(image())[0], right.wide()(image())[0]), "in float64 the order shows"
    for bits in (12, 20):
        assert np.array_equal(left.lattice(bits, image())[0], right.lattice(bits, image())[0])


def test_what_cannot_be_widened_runs_in_its_own_type():
    weights = jnp.asarray(W)
    wide = target(lambda x: lax.conv(x, weights, (1, 1), "VALID"), "jax").wide()
    assert wide(image())[0].dtype == np.float32
    assert "raises TypeError" in wide.wide_reason
    assert wide.dtype == "float32"


def test_gradients_are_the_transposed_map():
    t = target(convolution, "jax").wide()
    x, v, d = image(), image(seed=1), image(2, 4, 4, 4, seed=2)
    assert np.sum(t.jvp([x], [v])[0] * d) == np.sum(t.vjp([x], [d])[0]["0"] * v)
    one = target(affine())
    inputs, parameters = one.vjp([x], [x, np.zeros(())])
    assert np.array_equal(inputs["0"], x)
    assert np.array_equal(sorted(p.sum() for p in parameters.values()), sorted([x.sum(), (x * x).sum()]))
    name = next(iter(one.parameters))
    assert np.array_equal(one.jvp([x], [0 * x], {name: np.ones(6)})[0], x)
