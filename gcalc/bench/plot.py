"""A report as a picture, by matplotlib: ratios as bars with their quartiles, growth as lines in logarithmic axes.

Main definitions
    draw: the bytes of an SVG or PNG file.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gcalc.bench.environment import caption
from gcalc.errors import MissingDependencyError, UnsupportedError

if TYPE_CHECKING:
    from gcalc.bench.report import Report

__all__ = ["draw"]

COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377")
"""Distinguishable with every kind of colour vision (P. Tol, bright)."""
ROW = 0.22
"""Inches a bar."""


def draw(report: Report, suffix: str) -> bytes:
    """The picture of a report as a file of that kind.

    Raises:
        MissingDependencyError: matplotlib is absent.
        UnsupportedError: nothing was timed, so there is nothing to draw.
    """
    if not any(row.seconds for row in report.rows):
        raise UnsupportedError("nothing was timed, so there is nothing to draw; name a .json file")
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingDependencyError(
            "a plot needs matplotlib, which is not installed; install the extra bench, or name a .json file"
        ) from error
    figure = Figure(layout="constrained")
    if report.kind == "growth":
        _growth(figure, report)
    else:
        _ratios(figure, report)
    figure.supxlabel(caption(dict(report.environment)), fontsize=6, color="#555555", wrap=True)
    file = io.BytesIO()
    metadata = {"Date": None} if suffix == "svg" else {}
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "gcalc"}):  # text as text, the same bytes again
        figure.savefig(file, format=suffix, dpi=120, metadata=metadata)
    return file.getvalue()


def _ratios(figure: Any, report: Report) -> None:
    """A panel a family and task: for every subject a bar an algorithm, to the right of 1 where it is faster."""
    names = list(dict.fromkeys(row.name for row in report.rows if row.origin == "gcalc" and row.seconds))
    found = {id(row): report.ratios(row) for row in report.rows if row.origin == "gcalc" and row.seconds}
    panels = [
        (family, task)
        for family in report.families
        for task in report.tasks
        if any(family in by.get(task, ()) for by in found.values())
    ]
    if not panels:
        raise UnsupportedError("no peer was timed, so there are no ratios to draw; name a .json file")
    figure.set_size_inches(2.2 + 2.6 * len(panels), 1.5 + ROW * len(report.subjects) * (len(names) + 1))
    axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axis, (family, task) in zip(axes, panels, strict=True):
        for i, subject in enumerate(report.subjects):
            for row in report.of(subject):
                ratio = found.get(id(row), {}).get(task, {}).get(family)
                if ratio is not None:
                    n = names.index(row.name)
                    _bar(axis, i * (len(names) + 1) + n, ratio, COLOURS[n % len(COLOURS)])
        axis.axvline(1, color="black", linewidth=0.8)
        axis.set_xscale("log", base=2)
        _plain(axis.xaxis)
        axis.set_title(f"{task}: {family} ÷ gcalc", fontsize=8)
        axis.tick_params(labelsize=7)
    step = len(names) + 1
    axes[0].set_yticks([i * step + (step - 2) / 2 for i in range(len(report.subjects))], report.subjects)
    axes[0].invert_yaxis()
    _legend(figure, names)


def _bar(axis: Any, place: float, ratio: Any, colour: str) -> None:
    """From 1 to the median, with a whisker from quartile to quartile."""
    axis.barh(place, ratio.median - 1, left=1, color=colour)
    axis.plot([ratio.lower, ratio.upper], [place, place], color="black", linewidth=0.8)


def _growth(figure: Any, report: Report) -> None:
    """A panel an axis and task: seconds as points, the derived count as a line through the last of them."""
    drawn = {(curve.axis, curve.task): None for curve in report.curves}
    panels = sorted(drawn, key=lambda panel: report.tasks.index(panel[1]))
    if not panels:
        raise UnsupportedError("nothing was timed at two values, so there is no growth to draw")
    names = list(dict.fromkeys(curve.algorithm for curve in report.curves))
    figure.set_size_inches(3.2 * min(len(panels), 4), 2.9 * -(-len(panels) // 4) + 0.6)
    grid = figure.subplots(-(-len(panels) // 4), min(len(panels), 4), squeeze=False).flat
    for place, axis in enumerate(grid):
        if place >= len(panels):
            axis.set_axis_off()
            continue
        for curve in report.curves:
            if (curve.axis, curve.task) == panels[place]:
                _curve(axis, curve, COLOURS[names.index(curve.algorithm) % len(COLOURS)])
        axis.set_xscale("log", base=2)
        axis.set_yscale("log")
        _plain(axis.xaxis)
        _plain(axis.yaxis)
        axis.set_title(f"{panels[place][1]}: milliseconds over {panels[place][0]}", fontsize=8)
        axis.tick_params(labelsize=7)
    _legend(figure, names)


def _curve(axis: Any, curve: Any, colour: str) -> None:
    milliseconds = [1000 * taken for taken in curve.seconds]
    unit = milliseconds[-1] / curve.multiplications[-1]
    axis.plot(curve.values, milliseconds, "o", color=colour)
    axis.plot(curve.values, [unit * n for n in curve.multiplications], "-", color=colour, linewidth=0.8)
    axis.set_xticks(curve.values)


def _plain(axis: Any) -> None:
    """Numbers as such, at 1, 2 and 5 of every decade."""
    from matplotlib.ticker import LogLocator, NullLocator

    axis.set_major_locator(LogLocator(10, subs=(1, 2, 5)))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(lambda x, _: f"{x:g}")


def _legend(figure: Any, names: Sequence[str]) -> None:
    from matplotlib.patches import Patch

    patches = [Patch(color=COLOURS[n % len(COLOURS)], label=name) for n, name in enumerate(names)]
    figure.legend(handles=patches, loc="outside upper center", ncols=len(names), fontsize=8, frameon=False)
