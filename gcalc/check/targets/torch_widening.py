# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
"""A forward pass in float64 of code that asks for shorter types by name.

Main definitions
    Widening: within it, whoever asks for float32 gets float64.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

__all__ = ["Widening"]

SHORTER = {torch.float32: torch.float64, torch.float16: torch.float64, torch.bfloat16: torch.float64}
WIDER = SHORTER | {torch.complex64: torch.complex128}
CONVERSIONS = {torch.Tensor.float, torch.Tensor.half, torch.Tensor.bfloat16}


def _wider(value: Any) -> Any:
    return WIDER.get(value, value) if isinstance(value, torch.dtype) else value


class Widening(TorchFunctionMode):
    """Every type that is named in a call, as in ``torch.empty(…, dtype=torch.float)`` or ``x.float()``, is a wide one.

    A layer that computes some of its parts in float32 whatever its parameters are can then be evaluated in float64.
    """

    def __torch_function__(
        self, function: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        """The call with wide types."""
        function = torch.Tensor.double if function in CONVERSIONS else function
        named = {key: _wider(one) for key, one in kwargs.items()} if kwargs else {}
        return function(*map(_wider, args), **named)
