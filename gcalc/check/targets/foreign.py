"""Where a callable's code comes from: the functions and namespaces behind it, and calls that leave them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache, partial
from types import CellType, CodeType, FrameType, FunctionType, MethodType, ModuleType
from typing import Any

__all__ = ["foreign_call", "functions", "namespaces"]

FOLLOWED = {"numpy", "gcalc", "builtins"}


def functions(layer: Any) -> list[FunctionType]:
    """The Python functions that a callable is made of: itself, or the methods of its classes."""
    if isinstance(layer, partial):
        return functions(layer.func)
    if isinstance(layer, FunctionType):
        return [layer]
    owner = layer.__self__ if isinstance(layer, MethodType) else layer
    kinds = type(owner).__mro__
    return [one for kind in kinds for one in vars(kind).values() if isinstance(one, FunctionType)]


def namespaces(layer: Any) -> list[dict[str, Any]]:
    """The global names of those functions, and of the user's functions that they call, each once."""
    found: dict[int, FunctionType] = {}
    waiting = functions(layer)
    while waiting:
        function = waiting.pop()
        if id(function) not in found:
            found[id(function)] = function
            waiting += [one for one in _called(function) if not _installed(_package(one.__module__))]
    return list({id(one.__globals__): one.__globals__ for one in found.values()}.values())


def _called(function: FunctionType) -> Iterator[FunctionType]:
    """The functions and methods that a function names: in its globals, its closure, and modules that it names."""
    names = _names(function.__code__)
    named = [function.__globals__.get(name) for name in names]
    named += [getattr(one, name, None) for one in named if isinstance(one, ModuleType) for name in names]
    cells = [cell for cell in function.__closure__ or () if not _is_empty(cell)]
    for one in [*named, *(cell.cell_contents for cell in cells)]:
        if isinstance(one, type):
            yield from (method for method in vars(one).values() if isinstance(method, FunctionType))
        elif isinstance(one, FunctionType | MethodType | partial):
            yield from functions(one)


def _names(code: CodeType) -> set[str]:
    """The global names of a function and of those inside it."""
    inner = [_names(one) for one in code.co_consts if isinstance(one, CodeType)]
    return set(code.co_names).union(*inner)


def _is_empty(cell: CellType) -> bool:
    try:
        return cell.cell_contents is None
    except ValueError:  # not assigned yet
        return True


@cache
def _installed(package: str) -> bool:
    """Whether a package is installed, not the user's own file or part of Python."""
    if package in FOLLOWED or package in sys.stdlib_module_names or not package:
        return False
    place = getattr(sys.modules.get(package), "__file__", None) or ""
    return "site-packages" in place or "dist-packages" in place


def _package(module: Any) -> str:
    return str(module or "").partition(".")[0]


def foreign_call(frame: FrameType, event: str, argument: Any, own: AbstractSet[str]) -> str | None:
    """What a profile event calls, "scipy.signal.correlate", if that is in an installed package that is not its own.

    Calls that such a package makes in turn are not told.
    """
    if event == "call":
        caller, module, name = frame.f_back, frame.f_globals.get("__name__"), frame.f_code.co_name
    elif event == "c_call":
        owner = getattr(argument, "__module__", None) or type(getattr(argument, "__self__", None)).__module__
        caller, module, name = frame, owner, getattr(argument, "__name__", "")
    else:
        return None
    package, calling = _package(module), _package(caller and caller.f_globals.get("__name__"))
    if package in own or not _installed(package) or (calling not in own and _installed(calling)):
        return None
    return f"{module}.{name}"
