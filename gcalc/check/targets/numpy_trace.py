"""A NumPy run watched operation by operation: is it exact, and what gives it on a lattice?

Main definitions
    watched: a layer's result on watched arrays.

Implementation notes
    Subclasses of ndarray get lost in ``asarray`` and ``out = zeros(…); out[i] = …``. So within a run the modules that
    define the layer see a NumPy whose constructors make watched arrays. A result that is not watched, and any call into
    an installed package other than NumPy, is an unknown operation.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gcalc.check.targets.foreign import foreign_call, namespaces
from gcalc.check.targets.ledger import Ledger
from gcalc.check.targets.numpy_watched import BYPASSING, Watched, is_float, plain, watch

__all__ = ["watched"]

_CONSTRUCTORS = """
array asarray asanyarray ascontiguousarray asfortranarray empty eye full identity ones zeros fromiter linspace
"""
CONSTRUCTORS = tuple(_CONSTRUCTORS.split())
OF_LISTS = (
    *BYPASSING,
    "amax",
    "amin",
    "flip",
    "median",
    "moveaxis",
    "pad",
    "rot90",
    "reshape",
    "roll",
    "transpose",
)
"""Functions of NumPy whose argument is an array or a list of arrays."""


def watched(layer: Callable[..., Any], arrays: Sequence[NDArray[Any]], ledger: Ledger) -> Any:
    """The layer's result on watched arrays; what is returned unwatched is noted as unknown.

    The outputs are plain arrays again.
    """
    with _numpy_of(layer, ledger), _foreign(layer, ledger):
        result = layer(*(watch(one, ledger) for one in arrays))
    _note_lost(result, ledger)
    return plain(result)


def _note_lost(result: Any, ledger: Ledger) -> None:
    parts = result.values() if isinstance(result, Mapping) else result
    parts = parts if isinstance(result, Mapping | list | tuple) else [result]
    if any(is_float(one) and not isinstance(one, Watched) for one in parts):
        ledger.unknown("what made the result, outside NumPy's functions")


class _Numpy:
    """NumPy whose constructors make watched arrays, as do its functions of lists of them."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __getattr__(self, name: str) -> Any:
        found = getattr(np, name)
        if name in CONSTRUCTORS:
            return _constructor(found, self._ledger)
        return _of_lists(found, self._ledger) if name in OF_LISTS else found


def _constructor(function: Callable[..., Any], ledger: Ledger) -> Callable[..., Any]:
    def construct(*args: Any, **kwargs: Any) -> Any:
        return watch(function(*map(plain, args), **{key: plain(one) for key, one in kwargs.items()}), ledger)

    return construct


def _of_lists(function: Callable[..., Any], ledger: Ledger) -> Callable[..., Any]:
    """A function of one array that may be given as a list of watched ones, which NumPy would not see."""

    def call(first: Any, *args: Any, **kwargs: Any) -> Any:
        is_list = isinstance(first, list | tuple)
        return function(watch(np.asarray(plain(first)), ledger) if is_list else first, *args, **kwargs)

    return call


@contextmanager
def _numpy_of(layer: Any, ledger: Ledger) -> Iterator[None]:
    """Within it NumPy's constructors, in the modules that define the layer, make watched arrays."""
    replaced: list[tuple[dict[str, Any], str, Any]] = []
    constructors = {id(getattr(np, name)) for name in CONSTRUCTORS}
    for names in namespaces(layer):
        for name, one in list(names.items()):
            if one is np or id(one) in constructors:
                replaced.append((names, name, one))
                names[name] = _Numpy(ledger) if one is np else _constructor(one, ledger)
    try:
        yield
    finally:
        for names, name, one in replaced:
            names[name] = one


@contextmanager
def _foreign(layer: Any, ledger: Ledger) -> Iterator[None]:
    """Within it calls into installed packages other than NumPy and the layer's own are noted as unknown."""
    own = {str(names.get("__name__", "")).partition(".")[0] for names in namespaces(layer)}
    before = sys.getprofile()
    if before is not None and not callable(before):  # cProfile's, which Python code cannot put back
        ledger.unknown("what is called while a profiler runs")
        yield
        return

    def note(frame: FrameType, event: str, argument: Any) -> None:
        called = foreign_call(frame, event, argument, own)
        if called:
            ledger.unknown(called)

    with _uncollected():
        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(before)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Within it no garbage is collected: what packages such as Hypothesis do then is no call of the layer's."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
