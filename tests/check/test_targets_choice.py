"""Which adapter a layer gets; layers named by module:object; what is no layer is one line."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

import numpy as np
import pytest

from gcalc.check.targets import choice, load, target
from gcalc.check.targets.numpy import NumpyTarget
from gcalc.errors import MissingDependencyError, TargetError, UsageError


def image():
    return np.random.default_rng(0).integers(-3, 4, (2, 3, 6, 6)).astype(np.float64)


def test_what_cannot_be_called_is_told():
    with pytest.raises(UsageError, match="3 cannot be called; pass a layer"):
        target(3)


def test_an_unknown_framework_is_told():
    with pytest.raises(UsageError, match=r"no framework 'keras'; there are numpy, torch, jax, cupy, escnn"):
        target(np.abs, "keras")


def test_an_absent_framework_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "cupy", None)
    with pytest.raises(
        MissingDependencyError, match=r"framework 'cupy' needs cupy: pip install gcalc\[gpu\]"
    ):
        target(np.abs, "cupy")


def test_entry_points_are_asked_first(monkeypatch):
    class Mine(NumpyTarget):
        pass

    sys.modules[__name__].Mine = Mine
    entries = [
        EntryPoint("none", f"{__name__}:nothing", choice.ENTRY_POINTS),
        EntryPoint("mine", f"{__name__}:Mine", choice.ENTRY_POINTS),
    ]
    monkeypatch.setattr(choice, "entry_points", lambda group: entries if group == choice.ENTRY_POINTS else [])
    assert type(target(np.abs)) is Mine
    assert type(target(np.abs, "numpy")) is NumpyTarget


def nothing(layer):
    return None


def test_functions_of_tensors_are_found_at_the_first_call():
    torch = pytest.importorskip("torch", reason="the extra torch is not installed")

    def layer(x):
        return torch.relu(x)

    t = target(layer)
    assert t.framework == "numpy", "until it is called"
    later = t.wide().random(0)
    assert np.array_equal(t(image())[0], np.maximum(image(), 0))
    assert (t.framework, t.dtype) == ("torch", "float32")
    assert later(image())[0].dtype == np.float64
    assert (later.framework, later.output_names) == ("torch", ("0",))
    assert t.traced(image()).exact
    assert t.copy().framework == "torch"
    assert np.array_equal(t.vjp([image()], [image()])[0]["0"], (image() > 0) * image())
    with pytest.raises(TargetError, match=r"<lambda> raised TypeError: relu.* on input float32"):
        target(lambda x: torch.relu(x, 1, 2))(image())


def test_numpy_is_tried_first():
    torch = pytest.importorskip("torch", reason="the extra torch is not installed")

    def layer(x):
        return x * (2 if torch else 1)

    t = target(layer)
    t(image())
    assert t.framework == "numpy"
    assert t.lattice(12, image())[0].shape == image().shape


def test_both_kinds_fail():
    torch = pytest.importorskip("torch", reason="the extra torch is not installed")
    with pytest.raises(TargetError, match="mat1 and mat2 shapes"):
        target(lambda x: torch.mm(x[0, 0], torch.ones(7, 7)))(image())


# ---- layers by name

MODULE = """
import numpy as np
value = 3
class Lift:
    def __call__(self, x):
        return 2 * x
class Needs:
    def __init__(self, channels): pass
    def __call__(self, x): return x
def double(x):
    return 2 * x
def make():
    return double
def fails():
    raise ValueError("no such weights")
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "my_layers.py").write_text(MODULE)
    (tmp_path / "broken.py").write_text("import no_such_library")
    (tmp_path / "leaves.py").write_text("raise SystemExit('bye')")
    (tmp_path / "text.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [p for p in sys.path if p])
    yield tmp_path
    for name in ("my_layers", "broken", "leaves"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize(
    "what", ["my_layers:double", "my_layers.py:double", "./my_layers.py:Lift", "my_layers:Lift"]
)
def test_objects_are_found(folder, what):
    assert target(load(what, factory=False))(image())[0].max() == 6


def test_a_file_elsewhere_is_found_by_its_path(folder, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert load(f"{folder / 'my_layers.py'}:double", factory=False)(1) == 2


def test_factories_are_called(folder):
    assert load("my_layers:make", factory=True)(1) == 2
    assert load("my_layers:Lift", factory=True)(1) == 2


@pytest.mark.parametrize(
    ("what", "factory", "error", "told"),
    [
        (
            "my_layers",
            False,
            UsageError,
            "'my_layers' names no object; write module:object or path/file.py:object",
        ),
        ("my_layers:", False, UsageError, "names no object"),
        ("my_layers:duble", False, UsageError, "my_layers has no 'duble'; did you mean double"),
        ("my_layers:xyz", False, UsageError, "my_layers has no 'xyz'; did you mean Lift"),
        ("my_layer.py:double", False, UsageError, "no file 'my_layer.py'; did you mean my_layers.py"),
        ("text.txt:double", False, UsageError, "no module 'text.txt'"),
        ("no_module_here:x", False, UsageError, "no module 'no_module_here' from"),
        ("my_layers:value", False, UsageError, "my_layers:value is 3 .int. and cannot be called"),
        ("my_layers:value", True, UsageError, "is 3 and no factory; leave out --factory"),
        (
            "broken:x",
            False,
            TargetError,
            "importing broken raised ModuleNotFoundError: No module named 'no_such_library'",
        ),
        ("broken.py:x", False, TargetError, "importing broken.py raised ModuleNotFoundError"),
        ("leaves:x", False, TargetError, "importing leaves raised SystemExit: bye"),
        ("my_layers:fails", True, TargetError, r"my_layers:fails\(\) raised ValueError: no such weights"),
        ("my_layers:Needs", False, TargetError, "missing 1 required .*; name a function without arguments"),
    ],
)
def test_what_is_not_found_is_one_line(folder, what, factory, error, told):
    with pytest.raises(error, match=told) as caught:
        load(what, factory=factory)
    assert "\n" not in str(caught.value)
