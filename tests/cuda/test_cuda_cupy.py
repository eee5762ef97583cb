"""Ring 2, anywhere with CuPy, which needs no device for this: every name and keyword of CuPy that gcalc uses exists."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import gcalc.bench
import gcalc.fast
from gcalc.errors import MissingDependencyError
from gcalc.fast import kernels
from gcalc.fast.cuda import device

FAST = Path(gcalc.fast.__file__).parent
BENCH = Path(gcalc.bench.__file__).parent
TORCHS = {"sparse_coo_tensor"}
"""Called where the arrays are torch's only."""


def calls(names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function of what goes by one of the names: ``xp.take(…)``, ``self.xp.take(…)``."""
    for path in sorted(FAST.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value
            if getattr(owner, "id", getattr(owner, "attr", None)) in names:
                yield f"{path.name}:{node.lineno} {node.func.attr}", node


def chains(root: str, paths: list[Path]) -> Iterator[tuple[str, tuple[str, ...], ast.Call | None]]:
    """Every name that is taken of a library, ``cupy.cuda.Event`` or ``self.cupy.cuda.Event``, and its call, if any."""
    for path in paths:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in ast.walk(tree):
            names, inner = [], node
            while isinstance(inner, ast.Attribute) and inner.attr != root:
                names.append(inner.attr)
                inner = inner.value
            if names and getattr(inner, "id", getattr(inner, "attr", None)) == root:
                yield f"{path.name}:{node.lineno}", tuple(reversed(names)), called.get(id(node))


def absent(library: object, names: tuple[str, ...], call: ast.Call | None) -> str | None:
    """Why a library has not what is taken of it, or does not take the call; None if it does."""
    for name in names:
        if not hasattr(library, name):
            return f"there is no {'.'.join(names)}"
        library = getattr(library, name)
    try:
        return None if call is None else misfit(library, call)
    except ValueError:  # a built-in without a signature
        return None


def misfit(function: object, call: ast.Call) -> str | None:
    """Why a function does not take the arguments of a call, None if it does."""
    if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
        return "its arguments cannot be counted"
    if hasattr(function, "nin"):  # a ufunc, which has no signature
        return (
            None
            if len(call.args) == function.nin and not call.keywords
            else f"it takes {function.nin} arguments"
        )
    try:
        inspect.signature(function).bind(*call.args, **{str(k.arg): k.value for k in call.keywords})
    except TypeError as error:
        return str(error)
    return None


@pytest.fixture(scope="module")
def cupy():
    return pytest.importorskip(
        "cupy", reason="NOT_TESTED: CuPy is not installed: pip install 'gcalc[cuda-test]'"
    )


@pytest.fixture(scope="module")
def xp(cupy):
    import array_api_compat.cupy

    return array_api_compat.cupy


def test_cupy_has_the_functions_of_the_array_namespace(xp):
    found = {where: (node.func.attr, node) for where, node in calls({"xp"}) if node.func.attr not in TORCHS}
    assert len(found) > 100
    lacking = {where: misfit(getattr(xp, name, None), node) for where, (name, node) in found.items()}
    assert {where: why for where, why in lacking.items() if why} == {}


def test_cupy_has_the_functions_that_kernels_call(cupy):
    found = {
        where: (node.func.attr, node) for where, node in calls({"library"}) if node.func.attr != "RawModule"
    }
    assert {name for name, _ in found.values()} == {"empty", "zeros", "asarray", "ascontiguousarray"}
    assert {
        where: why for where, (name, node) in found.items() if (why := misfit(getattr(cupy, name), node))
    } == {}


def test_cupy_has_what_benchmarks_take_of_it(cupy):
    found = list(chains("cupy", sorted(BENCH.glob("device*.py"))))
    assert {"cuda.Event", "cuda.get_elapsed_time", "cuda.Stream", "asnumpy", "copyto", "tensordot"} <= {
        ".".join(names) for _, names, _ in found
    }
    assert {where: why for where, *taken in found if (why := absent(cupy, *taken))} == {}
    assert absent(cupy, ("cuda", "Happening"), None) == "there is no cuda.Happening"
    for made, names in (
        (cupy.cuda.Event, ("record", "synchronize")),
        (cupy.cuda.Stream.null, ("synchronize", "ptr", "__enter__")),
    ):
        assert all(hasattr(made, name) for name in names)


def test_torch_has_what_the_peer_takes_of_it():
    torch = pytest.importorskip("torch", reason="NOT_TESTED: torch is not installed")
    found = list(chains("torch", [BENCH / "peers_cudnn.py", BENCH / "device_layers.py", BENCH / "device.py"]))
    assert {"cuda.ExternalStream", "cuda.stream", "backends.cudnn.allow_tf32", "autograd.grad"} <= {
        ".".join(names) for _, names, _ in found
    }
    assert {where: why for where, *taken in found if (why := absent(torch, *taken))} == {}


def test_a_misfit_is_found(xp):
    wrong = ["xp.take(a, i, axes=1)", "xp.stack(a, b, c, d)", "xp.isfinite(a, b)", "xp.absent(a)"]
    for text in wrong:
        call = ast.parse(text, mode="eval").body
        assert misfit(getattr(xp, call.func.attr, None), call)


def test_a_module_takes_our_keywords_and_compiles_nothing_yet(cupy):
    module = cupy.RawModule(
        code=kernels.source("parts.cu"),
        options=kernels.OPTIONS,
        name_expressions=(kernels.expression("sum_parts", "float16"),),
    )
    assert module.name_expressions == ("sum_parts<half16, float>",)
    assert callable(module.get_function)
    assert re.search(r"__call__\(self, grid, block, args", cupy.RawKernel.__call__.__doc__)


def test_cupy_adds_the_option_that_ring_2_compiles_with(cupy):
    from .nvrtc import CUPYS

    assert all(f"'{option}'" in inspect.getsource(cupy.cuda.compiler) for option in CUPYS)


def test_the_errors_that_are_explained_are_cupys(cupy):
    kinds = [
        cupy.cuda.memory.OutOfMemoryError,
        cupy.cuda.compiler.CompileException,
        cupy.cuda.runtime.CUDARuntimeError,
        cupy.cuda.driver.CUDADriverError,
    ]
    assert all(kind.__module__.startswith("cupy") for kind in kinds)
    explained = Path(device.__file__).read_text(encoding="utf-8")
    assert all(f'"{kind.__name__}"' in explained for kind in kinds[:3])
    with pytest.raises(cupy.cuda.runtime.CUDARuntimeError) as caught:
        cupy.cuda.runtime.setDevice(10**6)
    assert caught.value.status in (
        (device.INSUFFICIENT_DRIVER, device.NO_DEVICE) if device.missing() else (101,)
    )
    known = {device.INSUFFICIENT_DRIVER: "cudaErrorInsufficientDriver", device.NO_DEVICE: "cudaErrorNoDevice"}
    assert all(str(cupy.cuda.runtime.CUDARuntimeError(code)).startswith(name) for code, name in known.items())


def test_where_there_is_no_device_one_line_says_so(cupy):
    if device.missing() is None:
        pytest.skip("there is a device")
    assert re.fullmatch(r"[^\n]*\b(driver|device|NVRTC)\b[^\n]*", device.missing())


@pytest.mark.skipif(find_spec("cupy") is not None, reason="CuPy is installed")
def test_where_there_is_no_cupy_the_message_names_the_extra():
    with pytest.raises(
        MissingDependencyError, match=r"^CuPy cannot be imported .*pip install 'gcalc\[gpu\]'$"
    ):
        kernels.kernels()
