# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
"""A torch run in which the result of every operation is one unit in the last place off.

Main definitions
    Noise: the dispatch mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

__all__ = ["Noise"]


class Noise(TorchDispatchMode):
    """Moves what an operation that is no view returns; zeros stay."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.generator = torch.Generator().manual_seed(seed)

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """As for `Watch`."""
        return False

    def __torch_dispatch__(
        self, operation: Any, types: Any, args: Sequence[Any] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run one operation, and move its results."""
        result = operation(*args, **(kwargs or {}))
        if not getattr(operation, "is_view", False):
            for one in tree_leaves(result):
                if isinstance(one, torch.Tensor) and one.is_floating_point() and one.numel():
                    self._move(one)
        return result

    def _move(self, tensor: Any) -> None:
        up = torch.rand(tensor.shape, generator=self.generator).to(tensor.device) < 0.5
        infinity = torch.full_like(tensor, float("inf"))
        moved = torch.nextafter(tensor, torch.where(up, infinity, -infinity))
        tensor.copy_(torch.where((tensor == 0) | ~tensor.isfinite(), tensor, moved))
