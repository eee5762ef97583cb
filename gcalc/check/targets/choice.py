"""Which adapter a layer gets: one that an entry point offers, ours by its type, or the one that a first call shows.

Main definitions
    target: the layer as a `Target`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from gcalc.check.targets.base import Target
from gcalc.check.targets.foreign import functions, namespaces
from gcalc.check.targets.numpy import NumpyTarget
from gcalc.check.targets.undecided import Undecided
from gcalc.errors import MissingDependencyError, UsageError, short

__all__ = ["ENTRY_POINTS", "FRAMEWORKS", "target"]

ENTRY_POINTS = "gcalc.adapters"
FRAMEWORKS = {
    "numpy": ("gcalc.check.targets.numpy", "NumpyTarget"),
    "torch": ("gcalc.check.targets.torch", "TorchTarget"),
    "jax": ("gcalc.check.targets.jax", "JaxTarget"),
    "cupy": ("gcalc.check.targets.cupy", "CupyTarget"),
    "escnn": ("gcalc.check.targets.escnn", "EscnnTarget"),
}
OTHERS = ("torch", "jax", "cupy")


def target(layer: Any, framework: str | None = None) -> Target:
    """The layer as a target: a copy of it, which is what is run.

    Entry points of the group ``gcalc.adapters`` are asked first: each is called with the layer and returns a target or
    None. Then ``framework`` decides, or the layer's type: modules of torch, modules of escnn. Any other callable takes
    NumPy arrays, unless its first call shows otherwise.

    Raises:
        UsageError: not callable, or no such framework.
        MissingDependencyError: the framework is not installed.
    """
    if isinstance(layer, type):
        raise UsageError(f"{layer.__name__} is a class; pass an instance of it, {layer.__name__}(…)")
    if not callable(layer):
        raise UsageError(f"{short(layer)} cannot be called; pass a layer: a function of arrays or a module")
    if framework is not None:
        return _adapter(framework)(layer)
    for entry in entry_points(group=ENTRY_POINTS):
        found: Target | None = entry.load()(layer)
        if found is not None:
            return found
    return _by_type(layer)


def _adapter(framework: str) -> Callable[[Any], Target]:
    if framework not in FRAMEWORKS:
        raise UsageError(f"no framework {framework!r}; there are {', '.join(FRAMEWORKS)}")
    module, name = FRAMEWORKS[framework]
    try:
        adapter: Callable[[Any], Target] = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != framework:
            raise
        extra = {"cupy": "gpu"}.get(framework, framework)
        mend = "pip install escnn" if framework == "escnn" else f"pip install gcalc[{extra}]"
        raise MissingDependencyError(f"framework {framework!r} needs {framework}: {mend}") from error
    return adapter


def _is_a(layer: Any, module: str, name: str) -> bool:
    """Whether it is an instance of a class of a module, if that is imported."""
    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and isinstance(layer, kind)


def _by_type(layer: Any) -> Target:
    if _is_a(layer, "escnn.nn", "EquivariantModule"):
        return _adapter("escnn")(layer)
    if _is_a(layer, "torch.nn", "Module"):
        return _adapter("torch")(layer)
    if "torch" in sys.modules and _holds_modules(layer):
        return _adapter("torch")(layer)
    if "jax" in sys.modules and _holds_jax_arrays(layer):
        return _adapter("jax")(layer)
    candidates = [name for name in OTHERS if _mentions(layer, name)]
    return Undecided(layer, [_adapter(name) for name in candidates]) if candidates else NumpyTarget(layer)


def _holds_modules(layer: Any) -> bool:
    """Whether a callable that is no module holds modules of torch."""
    from gcalc.check.targets.torch_functions import held

    return any(_is_a(value, "torch.nn", "Module") for _, value in held(layer))


def _holds_jax_arrays(layer: Any) -> bool:
    """Whether it is a pytree with arrays of JAX, as Equinox's modules are."""
    jax = sys.modules["jax"]
    return any(_is_a(leaf, "jax", "Array") for leaf in jax.tree_util.tree_leaves(layer))


def _root(value: Any) -> str:
    name = (
        getattr(value, "__name__", "") if isinstance(value, type(sys)) else getattr(value, "__module__", None)
    )
    name = name if isinstance(name, str) else type(value).__module__
    return name.partition(".")[0]


def _mentions(layer: Any, framework: str) -> bool:
    """Whether the framework is imported, and is named by the callable's module, its closure or its attributes."""
    if framework not in sys.modules:
        return False
    roots = {framework, f"{framework}lib"}
    code = functions(layer)
    names = [one for names in namespaces(layer) for one in names.values()]
    cells = [_content(cell) for function in code for cell in function.__closure__ or ()]
    held = [layer, *names, *cells, *getattr(layer, "__dict__", {}).values()]
    return any(_root(one) in roots or _root(type(one)) in roots for one in held) or any(
        framework in function.__code__.co_names for function in code
    )


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # not assigned yet
        return None
