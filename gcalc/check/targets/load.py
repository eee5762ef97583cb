"""Layers named on a command line: ``module:object`` or ``path/file.py:object``."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from difflib import get_close_matches
from functools import reduce
from inspect import signature
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from gcalc.check.targets.blame import place
from gcalc.errors import TargetError, UsageError, short

__all__ = ["load"]


def load(what: str, factory: bool = False) -> Any:
    """The object ``module:object`` or ``path/file.py:object``; the working directory can be imported from.

    A class is instantiated without arguments; with ``factory`` the object is called without arguments, and what it
    returns is meant.

    Raises:
        UsageError: no such module, file or object; or it cannot be called.
        TargetError: importing or calling it raises.
    """
    place, colon, path = what.rpartition(":")
    if not (colon and place and path):
        raise UsageError(f"{what!r} names no object; write module:object or path/file.py:object")
    found = _attribute(_module(place), path, place)
    if factory or isinstance(found, type):
        found = _called(found, what)
    if not callable(found):
        hint = "; a factory must return the layer" if factory else ""
        raise UsageError(f"{what} is {short(found)} ({type(found).__name__}) and cannot be called{hint}")
    if not factory and _takes_nothing(found):
        raise UsageError(f"{what} takes no arguments; if it is what makes the layer, add --factory")
    return found


def _takes_nothing(found: Any) -> bool:
    """Whether it is a function that no array can be given to."""
    return isinstance(found, FunctionType) and not signature(found).parameters


def _module(module: str) -> ModuleType:
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    if module.endswith(".py") or os.sep in module:
        return _file(Path(module))
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name and (module == error.name or module.startswith(f"{error.name}.")):
            raise UsageError(
                f"no module {module!r} from {os.getcwd()}; write path/file.py:object for a file"
            ) from error
        raise TargetError(f"importing {module} raised {_told(error)}") from error
    except (Exception, SystemExit) as error:
        raise TargetError(f"importing {module} raised {_told(error)}") from error


def _file(path: Path) -> ModuleType:
    if not path.is_file():
        near = (
            get_close_matches(path.name, [one.name for one in path.parent.glob("*.py")], n=3)
            if path.parent.is_dir()
            else []
        )
        raise UsageError(f"no file {str(path)!r}{_offered(near)}")
    folder = str(path.resolve().parent)
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{str(path)!r} is no Python file; its name must end with .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)  # classes find their module by name
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise TargetError(f"importing {path} raised {_told(error)}") from error
    return module


def _attribute(module: ModuleType, path: str, place: str) -> Any:
    try:
        return reduce(getattr, path.split("."), module)
    except AttributeError as error:
        names = [name for name, one in vars(module).items() if callable(one) and not name.startswith("_")]
        near = get_close_matches(path, names, n=3, cutoff=0.5) or names[:5]
        raise UsageError(f"{place} has no {path!r}{_offered(near)}") from error


def _called(found: Any, what: str) -> Any:
    if not callable(found):
        raise UsageError(f"{what} is {short(found)} and no factory; leave out --factory")
    try:
        return found()
    except Exception as error:
        hint = "; name a function without arguments that returns the layer, with --factory"
        if not isinstance(found, FunctionType | type):
            hint = "; it is no function that makes the layer: leave out --factory"
        hint *= isinstance(error, TypeError)
        raise TargetError(f"{what}() raised {_told(error)}{hint}") from error


def _offered(names: list[str]) -> str:
    return f"; did you mean {', '.join(names)}?" if names else ""


def _told(error: BaseException) -> str:
    first = (str(error).splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}{place(error)}"
