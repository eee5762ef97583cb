"""Draws the pictures of docs/conventions.md from gcalc's own values, as SVG beside this file. Needs the extra `docs`.

python docs/pictures/draw.py
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import gcalc
from gcalc import reference

HERE = Path(__file__).parent
matplotlib.use("svg")
plt.rcParams.update(
    {"svg.hashsalt": "gcalc", "svg.fonttype": "path", "font.size": 10, "mathtext.fontset": "dejavusans"}
)

INK, EMPTY, LINE, MARK = "#30507a", "#ffffff", "#9aa7b5", "#e07b39"
F = np.array([[1, 1, 1, 1, 0], [1, 0, 0, 0, 0], [1, 1, 1, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]])
NAMES = ("e", "r", "r²", "r³", "m", "r∘m", "r²∘m", "r³∘m")


def cells(
    ax: Axes,
    array: np.ndarray,
    colour: Callable[[int], str],
    text: bool = False,
    corner: tuple[int, int] = (0, 0),
) -> None:
    """The cells of an array; `corner` is the (row, col) at which its first cell is drawn, empty cells hold None."""
    top, left = corner
    for (row, col), value in np.ndenumerate(array):
        if value is None:
            continue
        fill = colour(value)
        ax.add_patch(Rectangle((left + col, top + row), 1, 1, facecolor=fill, edgecolor=LINE, linewidth=0.8))
        if text:
            dark = fill in (INK, MARK)
            ax.text(
                left + col + 0.5,
                top + row + 0.5,
                str(value),
                ha="center",
                va="center",
                color="white" if dark else "black",
            )


def frame(ax: Axes, top: float, left: float, bottom: float, right: float) -> None:
    """Rows run down, columns to the right, cells are square, and there are no axes."""
    ax.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    ax.axis("off")


def save(figure: Figure, name: str) -> None:
    """NAME.svg beside this file, without the date, so that it changes only when the picture does."""
    figure.savefig(HERE / f"{name}.svg", bbox_inches="tight", facecolor="white", metadata={"Date": None})
    plt.close(figure)


def elements() -> None:
    """An F under the eight elements of p4m on a window, in the order of the point group."""
    window = gcalc.window("p4m", 5, 5)
    figure, axes = plt.subplots(2, 4, figsize=(8.6, 4.6))
    for index, (u, ax) in enumerate(zip(window.group, axes.flat, strict=True)):
        k, mirrored = index % 4, index >= 4
        cells(ax, reference.left_translate(window, u, F), lambda value: INK if value else EMPTY)
        ax.set_title(f"{index}:  {NAMES[index]}", fontsize=12)
        inner = "fliplr(f)" if mirrored else "f"
        ax.text(
            2.5,
            5.6,
            f"rot90({inner}, {k})" if k else inner,
            ha="center",
            va="center",
            family="monospace",
            fontsize=9,
        )
        frame(ax, -0.1, -0.1, 6.1, 5.1)
    save(figure, "elements")


def grid() -> None:
    """L_r on the grid: rot90, then roll, so that cell [0, 0] stays."""
    f = np.arange(16).reshape(4, 4)
    turned = np.rot90(f, 1, (-2, -1))
    Q = gcalc.group("p4").quotient(4)
    r = next(g for g in Q.generators if g.matrix != Q.identity.matrix)
    translated = reference.left_translate(Q.grid, r, f)
    panels = ((f, "f"), (turned, "rot90(f)"), (translated, "roll(rot90(f), 1, -2) = L_r f"))
    figure, ax = plt.subplots(figsize=(8.6, 2.7))
    for number, (array, title) in enumerate(panels):
        left = number * 8
        cells(ax, array, lambda value: MARK if value == 0 else EMPTY, text=True, corner=(0, left))
        ax.text(left + 2, -0.6, title, ha="center", family="monospace", fontsize=10)
        ax.text(left - 0.25, 0.5, "[0,0]", ha="right", va="center", fontsize=7, color="#555555")
    for left, label in ((4, "a quarter turn\nto the left"), (12, "every row\none down")):
        ax.annotate("", (left + 2.9, 2), (left + 0.4, 2), arrowprops={"arrowstyle": "-|>", "color": "black"})
        ax.text(left + 1.65, 2.3, label, ha="center", va="top", fontsize=8.5)
    frame(ax, -1.2, -1.2, 4.2, 20.6)
    save(figure, "grid")


def box() -> None:
    """A 3 × 3 and a 2 × 2 box filter turned about the lattice's origin by the four elements of p4."""
    window = gcalc.window("p4", 5, 5)
    figure, axes = plt.subplots(2, 4, figsize=(8, 4.1))
    for row, side in zip(axes, (3, 2), strict=True):
        psi = np.arange(1, side * side + 1).reshape(1, 1, side, side)
        for s, (turned, ax) in enumerate(
            zip(reference.filter_transform(window, psi, "box")[0, :, 0], row, strict=True)
        ):
            shown = np.where(turned == 0, None, turned)
            empty = np.where(turned == 0, 0, None)
            cells(ax, empty, lambda value: EMPTY, corner=(-1, -1))
            cells(ax, shown, lambda value: MARK if value == 1 else "#d5deea", text=True, corner=(-1, -1))
            ax.add_patch(Rectangle((0, 0), 1, 1, fill=False, edgecolor="black", linewidth=2.2, zorder=3))
            for offset in (-1, 0, 1):
                ax.text(
                    offset + 0.5, -1.25, f"{offset}", ha="center", va="center", fontsize=8, color="#555555"
                )
                ax.text(
                    -1.3, offset + 0.5, f"{offset}", ha="center", va="center", fontsize=8, color="#555555"
                )
            if s == 0:
                ax.text(-2.1, 0.5, f"{side} × {side}", ha="right", va="center", fontsize=12)
            if side == 3:
                ax.set_title(f"s = {NAMES[s]}", fontsize=12)
            frame(ax, -1.6, -1.7, 2.1, 2.1)
    save(figure, "box")


def axes() -> None:
    """The output of a correlation on a window: (K, |P|, rows, cols), one small image for every k and s."""
    window = gcalc.window("p4", 5, 6)
    f = np.pad(F, ((0, 0), (0, 1)))
    psi = np.array([[[[0, 1, 0], [0, 1, 0], [0, 1, 0]]], [[[1, 0, 0], [0, 0, 0], [0, 0, 0]]]])
    y = reference.correlate(window, f[None], psi, filter="box", boundary="zero")
    shades = ("#ffffff", "#c9d6e6", "#7f9cc0", INK)
    figure, ax = plt.subplots(figsize=(8.6, 4.1))
    for k, s in np.ndindex(y.shape[:2]):
        top, left = k * 6.5, s * 7.5
        cells(ax, y[k, s], lambda value: shades[value], corner=(top, left))
        if k == 0:
            ax.text(left + 3, -0.5, f"s = {s}  ({NAMES[s]})", ha="center")
        if s == 0:
            ax.text(-0.5, top + 2.5, f"k = {k}", ha="right", va="center")
    ax.add_patch(Rectangle((15 + 1, 6.5 + 1), 1, 1, fill=False, edgecolor=MARK, linewidth=2.5, zorder=3))
    ax.annotate(
        "y[1, 2, 1, 1]", (16.5, 8.6), (16.5, 12.4), ha="center", va="top", color=MARK, family="monospace",
        arrowprops={"arrowstyle": "-|>", "color": MARK, "shrinkB": 0},
    )  # fmt: skip
    arrow = {"arrowstyle": "-|>", "color": "black"}
    ax.annotate("", (6.2, 12), (0, 12), arrowprops=arrow)
    ax.text(3, 12.25, "cols", ha="center", va="top")
    ax.annotate("", (29, 11.7), (29, 6.4), arrowprops=arrow)
    ax.text(29.3, 9, "rows", ha="left", va="center", rotation=90)
    frame(ax, -1.4, -3, 13.4, 30.4)
    save(figure, "axes")


if __name__ == "__main__":
    for draw in (elements, grid, box, axes):
        draw()
