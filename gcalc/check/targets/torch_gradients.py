"""What torch's gradients and hooks tell: vector-Jacobian products, Jacobian-vector products, the stages of a run."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import torch

from gcalc.check.targets.base import Array, Arrays, Gradients, Stage, named_leaves
from gcalc.errors import TargetError

__all__ = ["Dress", "jvp", "recording", "tensors_of", "vjp"]

Dress: TypeAlias = Callable[[Sequence[Any]], tuple[Any, ...]]


def _array(tensor: Any) -> Array:
    return np.array(tensor.detach().cpu().numpy())


def opened(one: Any) -> Any:
    """The tensor in what is a tensor with a type beside it, such as escnn's."""
    inside = None if isinstance(one, torch.Tensor) else getattr(one, "tensor", None)
    return inside if isinstance(inside, torch.Tensor) else one


def tensors_of(result: Any, name: str) -> list[tuple[str, Any]]:
    """The tensors and numbers in what a layer returned, with their places."""
    found = named_leaves(
        result, lambda one: isinstance(opened(one), torch.Tensor), name, kind="tensors of torch"
    )
    return [(place, opened(one)) for place, one in found]


def _tensors(result: Any, name: str) -> list[Any]:
    return [one for _, one in tensors_of(result, name)]


def _smooth(tensor: Any) -> bool:
    return isinstance(tensor, torch.Tensor) and (tensor.is_floating_point() or tensor.is_complex())


def vjp(
    module: Any, tensors: Sequence[Any], cotangents: Sequence[Any], dressed: Dress = tuple
) -> Gradients | None:
    """The gradient of ⟨cotangents, outputs⟩: by the inputs "0", "1", …, and by parameters; None without a graph.

    dressed: makes the module's arguments of tensors.
    """
    inputs = {str(i): one.requires_grad_() for i, one in enumerate(tensors) if _smooth(one)}
    parameters = dict(module.named_parameters())
    with torch.enable_grad():
        wanted = {n: one for n, one in parameters.items() if one.requires_grad and not one.is_complex()}
        try:
            outputs = _tensors(module(*dressed([one.clone() for one in tensors])), type(module).__name__)
            pairs = [
                (y, d) for y, d in zip(outputs, cotangents, strict=True) if _smooth(y) and y.requires_grad
            ]
            if not pairs:
                return None
            sources = [*inputs.values(), *wanted.values()]
            found = _pulled_back(pairs, sources)
        except (RuntimeError, NotImplementedError):
            return None
    by_input = zip(inputs.items(), found, strict=False)
    by_name = zip(wanted.items(), found[len(inputs) :], strict=True)
    return (
        {name: _array(torch.zeros_like(one) if g is None else g) for (name, one), g in by_input},
        {name: _array(torch.zeros_like(one) if g is None else g) for (name, one), g in by_name},
    )


def _pulled_back(pairs: Sequence[tuple[Any, Any]], sources: Sequence[Any]) -> Any:
    """The gradient of ⟨cotangents, outputs⟩, as that of a number: given cotangents torch would import SymPy."""
    if any(y.is_complex() for y, _ in pairs):
        values, given = zip(*pairs, strict=True)
        return torch.autograd.grad(values, sources, given, allow_unused=True)
    return torch.autograd.grad(sum((y * d).sum() for y, d in pairs), sources, allow_unused=True)


def jvp(
    module: Any,
    tensors: Sequence[Any],
    tangents: Sequence[Any],
    of: Mapping[str, Any],
    dressed: Dress = tuple,
) -> Arrays | None:
    """The derivative along tangents of the inputs that are no integers, and of parameters by name.

    None where forward mode fails.
    """
    held = dict(module.named_parameters())
    places = [i for i, one in enumerate(tensors) if _smooth(one)]

    def function(*moving: Any) -> tuple[Any, ...]:
        arguments = list(tensors)
        for i, one in zip(places, moving, strict=False):
            arguments[i] = one
        values = dict(zip(of, moving[len(places) :], strict=True))
        result = torch.func.functional_call(module, values, dressed(arguments))
        return tuple(one for one in _tensors(result, type(module).__name__) if _smooth(one))

    try:
        with torch.no_grad(), warnings.catch_warnings():
            for kind in (DeprecationWarning, FutureWarning):
                warnings.simplefilter("ignore", kind)  # torch's own, about what it loads for this
            start = (*(tensors[i] for i in places), *(held[name].detach() for name in of))
            direction = (*(tangents[i] for i in places), *of.values())
            pushed: Any = torch.func.jvp(function, start, direction)[1]
    except (RuntimeError, NotImplementedError):
        return None
    return tuple(_array(one) for one in pushed)


@contextmanager
def recording(module: Any, stages: list[Stage]) -> Iterator[None]:
    """Within it every submodule that returns tensors adds a stage when it has finished."""

    def note(name: str, one: Any, given: Any, result: Any) -> None:
        try:
            outputs = tuple(_array(tensor) for tensor in _tensors(result, name))
        except TargetError:  # returns what is no tensor, which is between it and its parent
            return
        inputs = tuple(_array(tensor) for tensor in given if isinstance(tensor, torch.Tensor))
        stages.append(Stage(name, type(one).__name__, inputs, outputs))

    scripted = torch.jit.ScriptModule  # takes no hooks
    named = [(name, one) for name, one in module.named_modules() if name and not isinstance(one, scripted)]
    handles = [one.register_forward_hook(partial(note, name)) for name, one in named]
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)
        for handle in handles:
            handle.remove()
