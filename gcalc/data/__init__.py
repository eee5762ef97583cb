"""Data that ships with gcalc; README.md beside this file says where each comes from."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt


def photograph() -> npt.NDArray[Any]:
    """A real photograph: grey values 0…255, shape (rows, cols) = (96, 80), int64."""
    with as_file(files(__name__) / "photograph.npy") as path:
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.int64)
