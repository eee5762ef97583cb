"""A zoo of layers, right and broken, in NumPy and torch: the right raise no alarm, the broken are named for the fault.

RIGHT and BROKEN hold the layers by name. Where torch is absent they hold the NumPy ones only.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from .register import BROKEN, RIGHT, Layer

__all__ = ["BROKEN", "RIGHT", "TORCH", "Layer"]

TORCH = find_spec("torch") is not None
"""Whether the layers of torch are among them."""
NUMPY_FILES = ("right_numpy", "right_numpy_flat", "broken_numpy", "broken_numpy_conventions")
TORCH_FILES = (
    "right_torch",
    "right_torch_normal",
    "right_torch_nets",
    "broken_torch",
    "broken_torch_filters",
    "broken_torch_parameters",
    "broken_torch_runs",
)

for _name in NUMPY_FILES + (TORCH_FILES if TORCH else ()):
    import_module(f".{_name}", __name__)
