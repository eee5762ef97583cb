"""Runs peers in another interpreter, asked in JSON lines: a program of its own that needs NumPy only, not gcalc.

Requests, a line each
    {"do": "peers"}: the names of the peers that this interpreter can load, and why the others cannot be.
    {"do": "prepare", "name": …, "case": …, "threads": …}: make a contestant; its number, or why it is refused.
    {"do": "results", "id": …}, {"do": "seconds", "id": …, "task": …, "calls": …}, {"do": "close", "id": …}.

Every answer is a line; one with the key "error" says what was raised. Arrays are {"dtype", "shape", "data"} in base 64.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import platform
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

MODULES = ("peers_torch", "peers_escnn")


def encode(array: Any) -> dict[str, Any] | None:
    """An array as JSON data; of small integers a byte each."""
    if array is None:
        return None
    array = np.ascontiguousarray(array)
    small = array.astype(np.int8) if np.isfinite(array).all() and np.abs(array).max(initial=0) < 128 else None
    sent = small if small is not None and (small == array).all() else array
    return {
        "dtype": str(array.dtype),
        "sent": str(sent.dtype),
        "shape": array.shape,
        "data": base64.b64encode(sent.tobytes()).decode(),
    }


def decode(data: dict[str, Any] | None) -> Any:
    """The array that `encode` was given."""
    if data is None:
        return None
    array = np.frombuffer(base64.b64decode(data["data"]), dtype=data["sent"]).reshape(data["shape"])
    return array.astype(data["dtype"])


class Worker:
    """The contestants that were prepared."""

    def __init__(self) -> None:
        self.makers: dict[str, Any] = {}
        self.ready: dict[int, Any] = {}

    def peers(self) -> dict[str, Any]:
        """What can be loaded, and why the rest cannot."""
        absent = {}
        for name in MODULES:
            try:
                self.makers.update(load(name).PEERS)
            except ImportError as error:
                absent[name] = str(error)
        loaded = {name: sys.modules.get(name) for name in ("torch", "escnn")}
        versions = {name: str(module.__version__) for name, module in loaded.items() if module is not None}
        return {
            "peers": list(self.makers),
            "absent": absent,
            "environment": {"python": platform.python_version(), "numpy": np.__version__, **versions},
        }

    def prepare(self, name: str, case: dict[str, Any], threads: int) -> dict[str, Any]:
        """A contestant, by number."""
        arrays = {key: decode(value) if isinstance(value, dict) else value for key, value in case.items()}
        try:
            made = self.makers[name](SimpleNamespace(**arrays), threads)
        except NotImplementedError as why:
            return {"refused": str(why)}
        number = len(self.ready)
        self.ready[number] = made
        return {"id": number, "exact": made.exact, "boundary": made.boundary, "note": made.note}

    def results(self, id: int) -> dict[str, Any]:
        """The results of a step."""
        return {key: encode(value) for key, value in self.ready[id].results().items()}

    def seconds(self, id: int, task: str, calls: int) -> dict[str, Any]:
        """How long one call takes, the mean of this many."""
        contestant = self.ready[id]
        start = time.perf_counter()
        for _ in range(calls):
            contestant.run(task)
        return {"seconds": (time.perf_counter() - start) / calls}

    def close(self, id: int) -> dict[str, Any]:
        """Let go of a contestant; its number is not used again."""
        self.ready[id] = None
        return {}


def load(name: str) -> Any:
    """A module beside this file, without making its folder one that others are imported from."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(f"{name}.py cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Answer until the input ends; what libraries print goes to the error stream."""
    sys.path[:] = [place for place in sys.path if Path(place).resolve() != Path(__file__).resolve().parent]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    worker = Worker()
    for line in sys.stdin:
        request = json.loads(line)
        do = request.pop("do")
        try:
            answer = getattr(worker, do)(**request)
        except Exception as error:  # told to the asker, who decides
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
