"""The runs of `gcalc bench`: ratios to peers, growth, forms.

Main definitions
    bench: every algorithm and every peer, shape by shape; layer_rows: its rows.
    growth: the algorithms alone, along |P|, K, N and k.
    forms: the gradient of filter transformation in the printed forms.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from gcalc.bench import forms as forms_of
from gcalc.bench import ours
from gcalc.bench.contestant import Entry
from gcalc.bench.definition import judge
from gcalc.bench.environment import environment, threads_of
from gcalc.bench.growth import curves
from gcalc.bench.peers import FAMILIES, Peers
from gcalc.bench.race import Judge, Row, race
from gcalc.bench.report import Report
from gcalc.bench.shape import Case, Shape, case
from gcalc.errors import UsageError

__all__ = ["TASKS", "Progress", "bench", "check_required", "forms", "growth", "layer_rows"]

TASKS = ("step", "forward")
Progress = Callable[[str, int, int], None]
"""Called before each subject with its name, how many are done, and of how many."""


def bench(
    shapes: Sequence[Shape],
    *,
    rounds: int,
    threads: int,
    seed: int = 0,
    boundary: str = "periodic",
    pythons: Sequence[Path] = (),
    require: Sequence[str] = (),
    progress: Progress = lambda subject, done, of: None,
    entries: Sequence[Entry[Case]] | None = None,
) -> Report:
    """Every algorithm of gcalc.fast and every peer on every shape.

    Args:
        shapes: the layers.
        rounds: how often everybody is timed.
        threads: of everybody.
        seed: of the data.
        boundary: "periodic" or "zero".
        pythons: interpreters that have peers which this one has not.
        require: families of peers that must have been timed.
        progress: see `Progress`.
        entries: who takes part on our side instead of all algorithms.

    Raises:
        UsageError: an unknown family, an interpreter that cannot be started, or too few processors.
    """
    check_required(require, FAMILIES)
    begun = time.perf_counter()
    with threads_of(threads), Peers(pythons, threads) as peers:
        found = environment(threads, peers.environment)
        taking_part = [*(ours.entries() if entries is None else entries), *peers.entries]
        rows = layer_rows(
            shapes, taking_part, partial(judge, seed=seed), TASKS, rounds, threads, (seed, boundary), progress
        )
    return Report(
        "ratios",
        found,
        _options(rounds, threads, seed) | {"boundary": boundary},
        TASKS,
        FAMILIES,
        rows,
        time.perf_counter() - begun,
        require=require,
    )


def growth(
    axes: Mapping[str, Sequence[Shape]],
    *,
    rounds: int,
    threads: int,
    seed: int = 0,
    boundary: str = "periodic",
    progress: Progress = lambda subject, done, of: None,
    entries: Sequence[Entry[Case]] | None = None,
) -> Report:
    """The algorithms along each axis, all shapes of which take turns; other arguments as of `bench`."""
    begun = time.perf_counter()
    taking_part = ours.entries() if entries is None else entries
    rows: dict[tuple[str, str], Row] = {}
    found_curves = []
    with threads_of(threads):
        found = environment(threads)
        for done, (axis, shapes) in enumerate(axes.items()):
            progress(axis, done, len(axes))
            along = race(
                {str(shape): case(shape, seed, boundary) for shape in shapes}, taking_part, partial(judge, seed=seed),
                tasks=TASKS, rounds=rounds, threads=threads,
            )  # fmt: skip
            found_curves += curves(axis, shapes, along, TASKS)
            rows |= {(f"{row.subject} along {axis}", row.name): row for row in along}
    return Report(
        "growth",
        found,
        _options(rounds, threads, seed) | {"boundary": boundary},
        TASKS,
        {},
        [replace(row, subject=subject) for (subject, _), row in rows.items()],
        time.perf_counter() - begun,
        found_curves,
    )


def forms(
    shapes: Sequence[Shape],
    *,
    rounds: int,
    threads: int,
    seed: int = 0,
    progress: Progress = lambda subject, done, of: None,
) -> Report:
    """The three forms in NumPy and in torch; arguments as of `bench`."""
    begun = time.perf_counter()
    rows: list[Row] = []
    layers = {one.name: one for one in (forms_of.layer(shape, seed) for shape in shapes)}
    with threads_of(threads):
        found = environment(threads)
        for done, (name, layer) in enumerate(layers.items()):
            progress(name, done, len(layers))
            rows += race(
                {name: layer}, forms_of.entries(), forms_of.judge,
                tasks=forms_of.TASKS, rounds=rounds, threads=threads,
            )  # fmt: skip
    return Report(
        "forms",
        found,
        _options(rounds, threads, seed),
        forms_of.TASKS,
        forms_of.FAMILIES,
        rows,
        time.perf_counter() - begun,
    )


def check_required(require: Sequence[str], families: Mapping[str, Any]) -> None:
    """Refuse a family of peers that does not exist."""
    unknown = [name for name in require if name not in families]
    if unknown:
        raise UsageError(f"--require {unknown[0]}: no such peer; there are {', '.join(families)}")


def layer_rows(
    shapes: Sequence[Shape],
    entries: Sequence[Entry[Case]],
    judge: Judge,
    tasks: Sequence[str],
    rounds: int,
    threads: int,
    data: tuple[int, str],
    progress: Progress,
) -> list[Row]:
    """Shape by shape; data: the seed and the boundary."""
    rows: list[Row] = []
    for done, shape in enumerate(dict.fromkeys(shapes)):
        progress(str(shape), done, len(shapes))
        rows += race(
            {str(shape): case(shape, *data)}, entries, judge, tasks=tasks, rounds=rounds, threads=threads
        )
    return rows


def _options(rounds: int, threads: int, seed: int) -> dict[str, Any]:
    return {"rounds": rounds, "threads": threads, "seed": seed}
