"""Law eq1 on the user's own picture: what holds on its size, by `scipy.signal`, bit for bit on its integer pixels.

Three readings of "the plane" are tried with every r of p4m: Z² with the picture zero outside (r about the
origin: any size), the torus Z_R × Z_C, and the window, zero outside, r about the picture's centre (on these two
r must map the cells to themselves: no quarter turn where R is not C).
"""

from __future__ import annotations

import shlex
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import signal

from gcalc import reference
from gcalc.errors import MissingDependencyError, TargetError, UsageError
from gcalc.groups import group
from gcalc.groups.labels import show
from gcalc.interpret.model import Array
from gcalc.lawbook import laws
from gcalc.spaces import window
from gcalc.verify.exact import generator
from gcalc.verify.report import Report, environment
from gcalc.verify.result import Check, Counterexample, Verdict
from gcalc.verify.scipy_backends import correlate_signal, turn, turn_about_origin

LARGEST = 4_000_000
"""Pixels; larger pictures are refused, with the advice to crop."""
CROP = 12
"""Side of the part on which SciPy is compared with the direct sums."""


@dataclass(frozen=True)
class Placed:
    """A finitely supported function on Z²: an array and the cell of its entry [0, 0]."""

    array: Array
    origin: tuple[int, int]

    def turned(self, r: Array) -> Placed:
        """L_r f about the origin of Z²."""
        rows, cols = self.array.shape
        corners = np.array([r @ np.add(self.origin, corner) for corner in ((0, 0), (rows - 1, cols - 1))])
        return Placed(turn(self.array, r), tuple(corners.min(axis=0).tolist()))

    def correlate(self, psi: Placed) -> Placed:
        """[f ⋆ psi](x) = Σ_y f(y) psi(y - x)."""
        top = np.subtract(self.origin, np.add(psi.origin, psi.array.shape)) + 1
        return Placed(signal.correlate2d(self.array, psi.array, mode="full"), tuple(top.tolist()))


def read_picture(path: Path) -> Array:
    """The grey values of a picture, int64, shape (rows, cols).

    Raises:
        MissingDependencyError: Pillow is not installed. UsageError: no such file, no picture, or one that is
        too large.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise MissingDependencyError("--image needs Pillow; install gcalc[image]") from error
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            picture = Image.open(path)
        with picture:
            if picture.width * picture.height > LARGEST:
                raise UsageError(
                    f"{path} has {picture.width} × {picture.height} pixels; crop it to {LARGEST:,} at most"
                )
            return _grey(picture)
    except FileNotFoundError as error:
        raise UsageError(f"--image {path}: no such file") from error
    except Image.DecompressionBombError as error:
        raise UsageError(f"{path} has too many pixels; crop it to {LARGEST:,} at most") from error
    except PermissionError as error:
        raise UsageError(f"--image {path}: may not be read; allow it or copy the file") from error
    except (OSError, SyntaxError) as error:  # Pillow: unknown format, cut short, a broken chunk
        raise UsageError(f"--image {path}: not a picture that Pillow can read; save it as PNG") from error


def _grey(picture: Any) -> Array:
    """Integer grey values of 16 or 32 bits as they are; all else as 8 bits of grey, transparency left out."""
    if picture.mode.startswith("I"):
        return np.array(picture, dtype=np.int64)
    return np.array(picture.convert("L"), dtype=np.int64)


def on_image(path: Path, ids: Sequence[str], seed: int) -> Report:
    """Read law eq1 on a picture.

    Raises:
        UsageError: another law was asked for, or the file is no picture.
    """
    if set(ids) - {"eq1"}:
        raise UsageError(f"--image reads the planar law eq1, not {', '.join(sorted(set(ids) - {'eq1'}))}")
    picture, start = read_picture(path), time.perf_counter()
    psi = generator(seed, "filter").integers(-9, 10, size=(3, 4))
    checks = [_against_reference(picture, seed)]
    for name, compare in (("plane Z²", _on_plane), ("torus", _on_torus), ("window", _on_window)):
        checks.append(_read(name, compare, picture, psi))
    again = f"gcalc verify --law eq1 --image {shlex.quote(str(path))} --seed {seed}"
    told = [replace(c, reproduction=again) if c.verdict == Verdict.FAILED else c for c in checks]
    return Report(
        environment(), seed, f"image {path.name}", tuple(told), round(time.perf_counter() - start, 3)
    )


Comparison = Callable[[Array, Array, Array], "tuple[Array, Array] | None"]


def _read(name: str, compare: Comparison, picture: Array, psi: Array) -> Check:
    """Both sides of eq1 for all eight r; those that do not act on the domain are told in the reason."""
    start, cases, absent, found = time.perf_counter(), 0, [], None
    square = group("p4m").point_group
    for r in square.elements:
        sides = compare(picture, psi, np.array(r))
        if sides is None:
            absent.append(r)
            continue
        cases += sides[0].size
        if not np.array_equal(*sides):
            found = found or _counterexample("rotation", name, {"r": show(r)}, picture, psi, *sides)
    rows, cols = picture.shape
    reason = f"{8 - len(absent)} of the 8 symmetries of the square on {rows}×{cols}"
    if absent:
        reason += f"; the other {len(absent)} exchange rows and columns, which are {rows} and {cols}"
    verdict = Verdict.FAILED if found else Verdict.EXACT
    seconds = round(time.perf_counter() - start, 4)
    hypotheses = laws()["eq1"].hypotheses
    return Check(
        "eq1", "exact", f"p4m, {name}", "scipy.signal", verdict, cases, False, hypotheses, "int64",
        counterexample=found, reason=reason, seconds=seconds,
    )  # fmt: skip


def _counterexample(
    claim: str, where: str, elements: dict[str, str], picture: Array, psi: Array, left: Array, right: Array
) -> Counterexample:
    at = tuple(map(int, np.argwhere(left != right)[0]))
    shapes = {"picture": list(picture.shape), "psi": list(psi.shape)}
    filters = [[list(map(int, index)), int(psi[tuple(index)])] for index in np.argwhere(psi)]
    inputs: dict[str, list[Any]] = {"picture": ["the pixels of the file"], "psi": filters}
    return Counterexample(
        claim, "p4m", where, elements | {"x": str(at)}, shapes, inputs, str(left[at]), str(right[at]), 0
    )


def _on_plane(picture: Array, psi: Array, r: Array) -> tuple[Array, Array]:
    f, p = Placed(picture, (2, 5)), Placed(psi, (-1, 0))
    left = f.turned(r).correlate(p)
    right = f.correlate(p.turned(np.linalg.inv(r).round().astype(int))).turned(r)
    if left.origin != right.origin:
        raise TargetError(f"the two sides live on different cells: {left.origin} and {right.origin}")
    return left.array, right.array


def _on_torus(picture: Array, psi: Array, r: Array) -> tuple[Array, Array] | None:
    if not r[0, 0] and picture.shape[0] != picture.shape[1]:
        return None
    whole = np.zeros_like(picture)
    rows, cols = (min(n, m) for n, m in zip(psi.shape, picture.shape, strict=True))
    whole[:rows, :cols] = psi[:rows, :cols]
    turned = turn_about_origin(whole, np.linalg.inv(r).round().astype(int))
    return _correlate_sparsely(turn_about_origin(picture, r), whole), turn_about_origin(
        _correlate_sparsely(picture, turned), r
    )


def _correlate_sparsely(f: Array, psi: Array) -> Array:
    """The periodic correlation with a filter that is zero but near the origin, its support moved into a small box."""
    centred = np.roll(psi, (4, 4), (0, 1))[:9, :9]
    if np.count_nonzero(centred) != np.count_nonzero(psi):
        return correlate_signal(f, psi)
    return np.roll(correlate_signal(f, centred), (4, 4), (0, 1))


def _on_window(picture: Array, psi: Array, r: Array) -> tuple[Array, Array] | None:
    if not r[0, 0] and picture.shape[0] != picture.shape[1]:
        return None
    odd = psi[:3, :3]
    same = {"mode": "same", "boundary": "fill"}
    turned = turn(odd, np.linalg.inv(r).round().astype(int))
    return signal.correlate2d(turn(picture, r), odd, **same), turn(
        signal.correlate2d(picture, turned, **same), r
    )


def _against_reference(picture: Array, seed: int) -> Check:
    """SciPy's correlation of the part of the picture about its brightest pixel against the direct sum."""
    start = time.perf_counter()
    brightest = np.unravel_index(picture.argmax(), picture.shape)
    top, left = (max(0, min(i - CROP // 2, n - CROP)) for i, n in zip(brightest, picture.shape, strict=True))
    part = picture[top : top + CROP, left : left + CROP]
    psi = generator(seed, "box").integers(-9, 10, size=(3, 3))
    ours = reference.correlate(
        window("p1", *part.shape), part[None], psi[None, None], filter="box", boundary="zero"
    )[0, 0]
    theirs = signal.correlate2d(part, psi, mode="same", boundary="fill")
    equal = np.array_equal(ours, theirs)
    found = None if equal else _counterexample("definition of ⋆", "window", {}, part, psi, theirs, ours)
    return Check(
        "eq1", "exact", "p1, window", "scipy.signal", Verdict.EXACT if equal else Verdict.FAILED, part.size,
        False, (), "int64", counterexample=found,
        reason=f"scipy.signal.correlate2d {'equals' if equal else 'differs from'} gcalc.reference on "
        f"{part.shape[0]}×{part.shape[1]} pixels from row {top}, column {left}",
        seconds=round(time.perf_counter() - start, 4),
    )  # fmt: skip
