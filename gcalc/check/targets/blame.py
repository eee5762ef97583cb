"""Which line raised, of code that is neither gcalc's nor a library's.

Main definitions
    place: that line.
    theirs: a traceback without the frames of gcalc that it begins with.
"""

from __future__ import annotations

import os
import sysconfig
import traceback
from pathlib import Path
from types import TracebackType

__all__ = ["place", "theirs"]

GCALC = f"{Path(__file__).resolve().parents[2]}{os.sep}"
LIBRARIES = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib"))


def place(error: BaseException) -> str:
    """The innermost, as in " (layer.py, line 3)"; empty where all is gcalc's or a library's."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if not _is_ours(f.filename)]
    if not frames or frames[-1].filename.startswith("<"):
        return ""
    return f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})"


def theirs(error: BaseException) -> TracebackType | None:
    """The traceback from where gcalc called the layer; whole, where gcalc called nothing."""
    rest = error.__traceback__
    while rest is not None and rest.tb_frame.f_code.co_filename.startswith(GCALC):
        rest = rest.tb_next
    return rest or error.__traceback__


def _is_ours(file: str) -> bool:
    return file.startswith((GCALC, *LIBRARIES))
