"""`gcalc verify`: every law × every reading × a set of groups."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from gcalc.cli.printing import Output
from gcalc.cli.tables import campaign_progress, show_failures, show_reasons, show_report
from gcalc.errors import UsageError
from gcalc.verify import Report

IMAGE = ("reference", "scipy", "scipy.signal")
"""The backends that may be named with --image: a picture is read by scipy.signal, against the reference."""


@click.command(short_help="Evaluate the laws on groups and implementations.")
@click.option(
    "--profile", default="default", show_default=True, metavar="NAME", help="smoke, default or thorough."
)
@click.option("--law", "laws", multiple=True, metavar="ID", help="Only this law; may be repeated.")
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="NAME",
    help='Only this group: S3, p4m, "p4m mod 5", "p4m 9x8".',
)
@click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME",
    help="Only this reading: kernel, exact, property, fast, …",
)
@click.option(
    "--backend",
    default="reference",
    show_default=True,
    metavar="NAME",
    help="The implementation: reference, scipy or fast.",
)
@click.option(
    "--image", type=click.Path(path_type=Path), metavar="FILE", help="Read law eq1 on this picture."
)
@click.option("--seed", default=0, show_default=True, help="Of everything random.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes; one a processor by default.")
@click.option(
    "--require",
    default="",
    metavar="LIST",
    help="Readings or backends that must have been tested: formal,scipy.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write FILE.json or FILE.xml (JUnit).",
)
def verify(
    profile: str,
    laws: tuple[str, ...],
    groups: tuple[str, ...],
    readings: tuple[str, ...],
    backend: str,
    image: Path | None,
    seed: int,
    workers: int | None,
    require: str,
    reports: tuple[Path, ...],
) -> None:
    """Check every law of the calculus: replayed, evaluated exactly, property-tested, read on the fast path.

    Exit code: 0 all held, 1 something failed, 2 a usage error, 3 nothing was checked.
    """
    from gcalc.verify.report import check_destination, write

    console = Output()
    for path in reports:
        check_destination(path)
    if image is not None:
        _refuse_with_image(groups=groups, readings=set(readings) - {"exact"}, backend=backend not in IMAGE)
        from gcalc.verify.image import on_image

        report = on_image(image, laws, seed)
    else:
        report = _campaign(
            laws=laws,
            groups=groups,
            profile=profile,
            backend=backend,
            seed=seed,
            workers=workers or os.cpu_count() or 1,
            **({"readings": readings} if readings else {}),
        )
    report = replace(report, require=tuple(filter(None, map(str.strip, require.split(",")))))
    show_report(console, report)
    if image is not None:
        show_reasons(console, report)
    show_failures(console, report)
    for path in reports:
        write(report, path)
        console.print(f"wrote {escape(str(path))}", highlight=False, soft_wrap=True)
    sys.exit(report.exit_code())


def _campaign(**options: Any) -> Report:
    from gcalc import verify as campaigns

    with campaign_progress() as progress:
        return campaigns.verify(progress=progress, **options)


def _refuse_with_image(**given: object) -> None:
    """A picture is read in one way: what chooses another is refused, not ignored."""
    refused = [f"--{name.rstrip('s')}" for name, value in given.items() if value]
    if refused:
        raise UsageError(f"{' and '.join(refused)} cannot go with --image: leave out one of them")
