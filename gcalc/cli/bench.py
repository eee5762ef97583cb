"""`gcalc bench`: how long a layer takes, beside peers that are installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape

from gcalc.cli.bench_tables import show, show_tuned
from gcalc.cli.printing import Output
from gcalc.cli.tables import progress_bar
from gcalc.errors import UsageError

if TYPE_CHECKING:
    from gcalc.bench.report import Report

MODES = ("growth", "forms", "tune")
ON_DEVICE = "backend cupy"


@click.command(short_help="Time gcalc.fast beside torch and others.")
@click.option(
    "--shape",
    "shapes",
    multiple=True,
    metavar="B,K,GROUP,N,k",
    help="Only this layer, as in 8,16,p4m,64,3; may be repeated.",
)
@click.option("--quick", is_flag=True, help="Small layers, few rounds: shows that it works.")
@click.option("--growth", is_flag=True, help="The cost over |P|, K, N and k, beside derived counts.")
@click.option("--forms", is_flag=True, help="The gradient of filter transformation in its printed forms.")
@click.option("--tune", is_flag=True, help="The algorithms on a grid of problems: what plans choose by.")
@click.option("--write", "rewrite", is_flag=True, help="With --tune: replace the table in gcalc.fast.")
@click.option(
    "--backend",
    type=click.Choice(["numpy", "cupy"]),
    default="numpy",
    show_default=True,
    help="Whose arrays; cupy: on a device, beside cuDNN, with the bandwidth and a large forward.",
)
@click.option(
    "--rounds", type=click.IntRange(1), metavar="N", help="How often everybody is timed; 7, quick 3."
)
@click.option(
    "--threads", type=click.IntRange(1), metavar="N", help="Of everybody; all processors by default."
)
@click.option(
    "--boundary",
    type=click.Choice(["periodic", "zero"]),
    help="What is outside the lattice; periodic by default.",
)
@click.option("--seed", default=0, show_default=True, help="Of the data.")
@click.option(
    "--peer-python",
    "pythons",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="An interpreter that has peers which this one lacks, such as escnn; may be repeated.",
)
@click.option(
    "--require",
    default="",
    metavar="LIST",
    help="Peers that must have been timed: torch,GrouPy-like,escnn; on a device cuDNN.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write FILE.json, or a plot, FILE.svg or FILE.png.",
)
def bench(rounds: int | None, threads: int | None, seed: int, quick: bool, **chosen: Any) -> None:
    """Time the training step of gcalc.fast beside torch's and others', in turns, once their results agree.

    With --backend cupy the forward and both gradients are timed one by one, by the device's clock.

    A ratio is the peer's time over ours, the median of the rounds and its quartiles: above 1 ours is faster.

    Exit code: 0 all that was timed was right, 1 a result was wrong or a required peer missing, 2 a usage error,
    3 nothing was timed.
    """
    from gcalc.bench.environment import processors

    mode = _mode(chosen)
    options = {
        "rounds": rounds or (3 if quick else 7),
        "threads": threads or processors(),
        "seed": seed,
    }
    if mode == "tune":
        _tune(chosen, quick, options)
        return
    from gcalc.bench.report import check_destination, write

    for path in chosen["reports"]:
        check_destination(path)
    console = Output()
    report = _report(mode, chosen, quick, options)
    show(console, report)
    for path in chosen["reports"]:
        write(report, path)
        _wrote(console, path)
    sys.exit(report.exit_code())


def _mode(chosen: dict[str, Any]) -> str:
    """What is measured, after refusing what does not go together."""
    modes = [mode for mode in MODES if chosen[mode]] + [ON_DEVICE] * (chosen["backend"] == "cupy")
    if len(modes) > 1:
        raise UsageError(f"--{modes[0]} cannot go with --{modes[1]}: run them one after the other")
    mode = modes[0] if modes else "ratios"
    if chosen["rewrite"] and mode != "tune":
        raise UsageError("--write rewrites the table that --tune measures: give both")
    without = {
        "shapes": ("growth", "tune"),
        "boundary": ("forms", "tune"),
        "pythons": (*MODES, ON_DEVICE),
        "require": MODES,
    }
    names = {"shapes": "--shape", "pythons": "--peer-python"}
    for option, refusing in without.items():
        if chosen[option] and mode in refusing:
            raise UsageError(
                f"{names.get(option, f'--{option}')} cannot go with --{mode}: leave out one of them"
            )
    return mode


def _report(mode: str, chosen: dict[str, Any], quick: bool, options: dict[str, Any]) -> Report:
    from gcalc.bench import campaign, device_campaign
    from gcalc.bench.growth import AXES, QUICK_AXES
    from gcalc.bench.shape import FILTERS, QUICK, SHAPES, Shape

    default = FILTERS if mode == "forms" else SHAPES
    shapes = tuple(map(Shape.parse, chosen["shapes"])) or (QUICK if quick else default)
    with progress_bar() as progress:
        if mode == "forms":
            return campaign.forms(shapes, progress=progress, **options)
        options["boundary"] = chosen["boundary"] or "periodic"
        if mode == "growth":
            return campaign.growth(QUICK_AXES if quick else AXES, progress=progress, **options)
        require = tuple(filter(None, map(str.strip, chosen["require"].split(","))))
        if mode == ON_DEVICE:
            return device_campaign.bench(shapes, require=require, quick=quick, progress=progress, **options)
        return campaign.bench(
            shapes, pythons=chosen["pythons"], require=require, progress=progress, **options
        )


def _tune(chosen: dict[str, Any], quick: bool, options: dict[str, Any]) -> None:
    from gcalc.bench import tune
    from gcalc.bench.report import check_destination

    places = [*chosen["reports"], *([tune.table_of_plans()] if chosen["rewrite"] else [])]
    for path in places:
        check_destination(path, (".json",))
    console = Output()
    with progress_bar() as progress:
        tuned = tune.tune(tune.QUICK_GRID if quick else tune.grid(), progress=progress, **options)
    show_tuned(console, tuned)
    for path in places:
        tune.write(tuned, path)
        _wrote(console, path)
    sys.exit(tuned.exit_code())


def _wrote(console: Console, path: Path) -> None:
    console.print(f"wrote {escape(str(path))}", highlight=False, soft_wrap=True)
