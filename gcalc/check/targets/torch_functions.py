# mypy: disallow-subclassing-any=False
"""Functions of tensors as modules: what they hold is found, so that it can be copied, filled and put into a mode.

Main definitions
    as_module: the module itself, or a `Function`.
    compiled: whether a module runs code that cannot be followed operation by operation.

Implementation notes
    A function is copied by Python as it is, with its closure. So the modules that its own closure and its own globals
    name are registered here, and put into their places at every call. Modules that only a function called by it names
    are not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import CellType, FunctionType, MethodType
from typing import Any

import torch

__all__ = ["Function", "as_module", "compiled", "held"]


def held(layer: Any) -> Iterator[tuple[str, Any]]:
    """What a callable refers to, by name."""
    if isinstance(layer, FunctionType):
        for name, cell in zip(layer.__code__.co_freevars, layer.__closure__ or (), strict=True):
            try:
                yield name, cell.cell_contents
            except ValueError:  # not assigned yet
                continue
        yield from ((name, layer.__globals__.get(name)) for name in layer.__code__.co_names)
    elif isinstance(layer, MethodType):
        yield type(layer.__self__).__name__, layer.__self__
    elif isinstance(layer, partial):
        yield from [("function", layer.func), *((f"argument{i}", one) for i, one in enumerate(layer.args))]
        yield from layer.keywords.items()
    else:
        yield from getattr(layer, "__dict__", {}).items()


class Function(torch.nn.Module):
    """A callable that is no module, with the modules that it holds as its submodules."""

    def __init__(self, layer: Callable[..., Any]) -> None:
        super().__init__()
        self.layer = layer
        self.places: dict[str, str] = {}
        for name, value in held(layer):
            if isinstance(value, torch.nn.Module):
                place = name if not hasattr(self, name) else f"{name}_"
                self.places[name] = place
                self.add_module(place, value)

    def forward(self, *tensors: Any) -> Any:
        """The callable's result, its modules replaced by this module's."""
        layer = self.layer
        if not isinstance(layer, FunctionType):
            return layer(*tensors)
        code, cells = layer.__code__, layer.__closure__ or ()
        free = [
            CellType(getattr(self, self.places[name])) if name in self.places else cell
            for name, cell in zip(code.co_freevars, cells, strict=True)
        ]
        named = {name: getattr(self, place) for name, place in self.places.items() if name in code.co_names}
        bound = FunctionType(
            code, layer.__globals__ | named, layer.__name__, layer.__defaults__, tuple(free) or None
        )
        bound.__kwdefaults__ = layer.__kwdefaults__
        return bound(*tensors)


def as_module(layer: Any) -> Any:
    """The module itself, or a callable as one."""
    return layer if isinstance(layer, torch.nn.Module) else Function(layer)


def compiled(module: Any) -> str | None:
    """What compiled it: "torch.compile" or "TorchScript"; None if it is run operation by operation."""
    layers = [*module.modules(), *(getattr(one, "layer", None) for one in module.modules())]
    if any(isinstance(one, torch.jit.ScriptModule | torch.jit.ScriptFunction) for one in layers):
        return "TorchScript"
    marks = ("_torchdynamo_orig_callable", "_orig_mod")
    if any(
        getattr(one, "_compiled_call_impl", None) or any(hasattr(one, m) for m in marks) for one in layers
    ):
        return "torch.compile"
    return None
