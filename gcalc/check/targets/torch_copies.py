"""Copies of torch modules: deep, wider, filled, perturbed. The module that is given is only read.

Main definitions
    copied: a deep copy, in evaluation mode.
    widened: its numbers as float64.
    fill_in, perturb: new parameters and running statistics; one unit in the last place.

Implementation notes
    Layers that keep filters expanded in evaluation mode (escnn) expand them when ``eval`` is called. So whatever
    changes a parameter does so in training mode, and calls ``eval`` afterwards.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from gcalc.check import fill
from gcalc.errors import TargetError, UsageError, short

__all__ = [
    "Given",
    "changed",
    "constants",
    "copied",
    "drawn",
    "fill_in",
    "perturb",
    "put",
    "trainable",
    "widened",
]

POWER_ITERATIONS = 16  # of spectral norm, after its weight has changed


def _derived(module: Any) -> dict[int, Any]:
    """Tensors computed from parameters and kept, as `torch.nn.utils.weight_norm` and escnn do, by identity.

    They cannot be copied by torch; a copy without their history can, and the next call makes them anew.
    """
    found: dict[int, Any] = {}
    for one in module.modules():
        for value in [*vars(one).values(), *one._buffers.values()]:
            if isinstance(value, torch.Tensor) and value.requires_grad and not value.is_leaf:
                found[id(value)] = value.detach().clone()
    return found


def copied(module: Any, name: str) -> Any:
    """A deep copy in evaluation mode.

    Raises:
        TargetError: it cannot be copied.
    """
    try:
        duplicate = copy.deepcopy(module, _derived(module))
    except Exception as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise TargetError(
            f"{name} cannot be copied ({type(error).__name__}: {short(first)}); "
            "remove what cannot from its attributes (locks, files, generators) or give it __deepcopy__"
        ) from error
    return changed(duplicate, lambda _: None)


def changed(module: Any, change: Callable[[Any], None]) -> Any:
    """The module itself, after a change that is made in training mode, in evaluation mode."""
    module.train()
    with torch.no_grad():
        change(module)
        module.eval()
    return module


class Given:
    """The module that was given, to see that no call of a copy reaches it, and to put it right where one did."""

    def __init__(self, module: Any, copy_of_it: Any) -> None:
        tensors = [*module.named_parameters(), *module.named_buffers()]
        lazy = torch.nn.parameter.is_lazy
        self.tensors = [(name, one) for name, one in tensors if not lazy(one) and not one.is_inference()]
        self.copy = copy_of_it
        self.first = self.versions()

    def versions(self) -> list[int]:
        """How often each of its tensors has been changed in place."""
        return [one._version for _, one in self.tensors]

    def keep(self, before: list[int], name: str) -> None:
        """Raise TargetError if anything has changed since, and take it back if nothing had before."""
        if self.versions() == before:
            return
        if before == self.first:
            values = dict(self.copy.named_parameters()) | dict(self.copy.named_buffers())
            with torch.no_grad():
                for place, one in self.tensors:
                    one.copy_(values[place])
            self.first = self.versions()
        raise TargetError(
            f"a copy of {name} changes the module it was copied from, which it holds in a closure or by a weak "
            "reference; let it hold modules as attributes"
        )


def trainable(module: Any) -> dict[str, Any]:
    """The parameters that have gradients, by name; all, if none has.

    Raises:
        TargetError: some have no shape yet.
    """
    found = dict(module.named_parameters())
    for name, one in found.items():
        if isinstance(one, torch.nn.parameter.UninitializedParameter):
            raise TargetError(f"parameter {name} has no shape yet; call the layer once before it is checked")
    return {name: one for name, one in found.items() if one.requires_grad} or found


def _places(module: Any) -> Iterator[tuple[str, Any, Any, Any]]:
    """What holds tensors besides parameters: buffers, and attributes that are tensors or lists or dicts of them.

    Yields name, tensor, holder and key: the tensor is ``holder[key]``.
    """
    for prefix, one in module.named_modules():
        dot = f"{prefix}." if prefix else ""
        holders: list[tuple[str, Any]] = [("", one._buffers), ("", vars(one))]
        if isinstance(one, torch.jit.ScriptModule):  # whose buffers are no dict, and stay what they are
            holders = []
        for key, value in vars(one).items():
            if key not in ("_parameters", "_buffers", "_modules") and isinstance(value, dict | list):
                holders.append((f"{key}.", value))
        for inner, holder in holders:
            keys = list(holder) if isinstance(holder, dict) else range(len(holder))
            for key in keys:
                if isinstance(holder[key], torch.Tensor) and not isinstance(holder[key], torch.nn.Parameter):
                    yield f"{dot}{inner}{key}", holder[key], holder, key


def constants(module: Any) -> dict[str, Any]:
    """The floating-point buffers and tensors kept as attributes, by name."""
    return {name: one for name, one, _, _ in _places(module) if one.is_floating_point()}


def _wide(tensor: Any) -> Any:
    kind = (
        torch.float64
        if tensor.is_floating_point()
        else torch.complex128
        if tensor.is_complex()
        else tensor.dtype
    )
    return tensor.to(kind)


def widened(module: Any) -> None:
    """Every floating-point number of a module as float64, attributes included, in place."""
    with warnings.catch_warnings():  # of the gradients that parameters of scripted modules lack
        warnings.simplefilter("ignore", UserWarning)
        module._apply(_wide)
    for _, tensor, holder, key in list(_places(module)):
        holder[key] = _wide(tensor)


def put(module: Any, values: Mapping[str, NDArray[Any]]) -> None:
    """Give parameters these values.

    Raises:
        UsageError: no such parameter, or another shape.
    """
    known = trainable(module)
    for name, value in values.items():
        if name not in known:
            raise UsageError(f"no parameter {name!r}; there are {short(list(known))}")
        if np.shape(value) != tuple(known[name].shape):
            raise UsageError(
                f"parameter {name} has the shape {tuple(known[name].shape)}, not {np.shape(value)}"
            )
        known[name].copy_(torch.from_numpy(np.array(value)))


def drawn(seed: int, name: str, like: Any) -> Any:
    """The values of `gcalc.check.fill` for a parameter, a tensor as it is."""
    if like.is_complex():
        return torch.complex(drawn(seed, name, like.real), drawn(seed, f"{name}.imag", like.imag))
    given = like.detach().to("cpu", torch.float64).numpy()
    return torch.from_numpy(fill.weights(seed, name, given)).to(like)


def fill_in(module: Any, seed: int) -> None:
    """New trainable parameters and running statistics, of `gcalc.check.fill`."""
    for name, one in trainable(module).items():
        one.copy_(drawn(seed, name, one))
    for name, one in module.named_buffers():
        rule = {"running_mean": fill.offsets, "running_var": fill.variances}.get(name.rpartition(".")[2])
        if rule is not None and one is not None:
            one.copy_(torch.from_numpy(rule(seed, name, tuple(one.shape))))
    _iterate_spectral_norms(module)


def _iterate_spectral_norms(module: Any) -> None:
    """The singular vectors belong to the old weights; iterate, in training mode, until they belong to the new."""
    for one in module.modules():
        hooks = [hook for hook in one._forward_pre_hooks.values() if type(hook).__name__ == "SpectralNorm"]
        for _ in range(POWER_ITERATIONS):
            for name in getattr(one, "parametrizations", {}):
                getattr(one, name)
            for hook in hooks:
                hook(one, None)


def perturb(module: Any, seed: int, stored: Mapping[str, Any]) -> None:
    """Move trainable parameters by one unit of their type, and the constants in ``stored`` by one of the type named."""
    for name, one in trainable(module).items():
        _move(one, seed, name, one.dtype)
    for name, one in constants(module).items():
        if name in stored:
            _move(one, seed, name, stored[name])


def _move(tensor: Any, seed: int, name: str, like: Any) -> None:
    if tensor.is_complex():
        _move(tensor.real, seed, name, tensor.real.dtype)
        _move(tensor.imag, seed, f"{name}.imag", tensor.real.dtype)
        return
    kind = np.dtype({torch.float64: "float64", torch.float32: "float32"}.get(like, "float16"))
    values = tensor.detach().to("cpu", torch.float64).numpy()
    tensor.copy_(torch.from_numpy(fill.moved(seed, name, values, kind)))
