"""The random states of Python and NumPy: given to the layer afresh, and given back to the user as they were."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

__all__ = ["own_randomness"]


@contextmanager
def own_randomness(seed: int) -> Iterator[None]:
    """Within it the global generators of Python and NumPy are seeded; afterwards they are what they were.

    Every call of a layer has a seed of its own, so that a random layer does not repeat itself.
    """
    python, numpy = random.getstate(), np.random.get_state()
    random.seed(seed)
    np.random.seed(seed % 2**32)
    try:
        yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)
