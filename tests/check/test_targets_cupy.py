"""Layers of CuPy, with a CuPy made of NumPy: arrays go to the device and come back; nothing is claimed of the run."""

from __future__ import annotations

import sys
from types import ModuleType

import numpy as np
import pytest

from gcalc.check.targets import target
from gcalc.errors import ExactnessError, TargetError


class OnDevice:
    """An array that NumPy cannot read without being asked."""

    def __init__(self, values):
        self.values = values

    def __mul__(self, other):
        return OnDevice(self.values * getattr(other, "values", other))

    def __imul__(self, other):
        self.values *= other
        return self

    def __array__(self, *_, **__):
        raise TypeError("implicit conversion to a NumPy array")

    dtype = property(lambda self: self.values.dtype)
    copy = property(lambda self: lambda: OnDevice(self.values.copy()))


@pytest.fixture
def cupy(monkeypatch):
    module = ModuleType("cupy")
    module.ndarray = OnDevice
    module.asarray = lambda a: a if isinstance(a, OnDevice) else OnDevice(a)
    module.asnumpy = lambda a: a.values
    monkeypatch.setitem(sys.modules, "cupy", module)
    yield module
    sys.modules.pop("gcalc.check.targets.cupy", None)


def image():
    return np.random.default_rng(0).normal(size=(2, 3))


def test_arrays_go_to_the_device_and_come_back(cupy):
    t = target(lambda x: x * 2, "cupy")
    assert (t.framework, t.dtype) == ("cupy", "float64")
    assert np.array_equal(t(image())[0], 2 * image())
    assert t.wide() is t
    assert t.copy().framework == "cupy"
    assert t.parameters == t.random(0).parameters == {}


def test_an_input_that_is_changed_is_told(cupy):
    def layer(x):
        x *= 2
        return x

    x, t = image(), target(layer, "cupy")
    t(x)
    assert t.changed_input
    assert np.array_equal(x, image())


def test_nothing_is_claimed_of_the_run(cupy):
    t = target(lambda x: x * 2, "cupy")
    trace = t.traced(image())
    assert not trace.exact
    assert trace.unknown
    with pytest.raises(ExactnessError, match="it runs on the device"):
        t.lattice(12, image())


def test_what_is_not_on_the_device_is_told(cupy):
    with pytest.raises(TargetError, match=r"returned array.*.ndarray.; it must return arrays"):
        target(lambda x: x.values, "cupy")(image())


def test_it_is_found_at_the_first_call(cupy):
    def layer(x):
        return x * cupy.asarray(np.full(3, 2.0))

    t = target(layer)
    assert np.array_equal(t(image())[0], 2 * image())
    assert t.framework == "cupy"
