"""`gcalc verify`: every law × every reading × a set of groups."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from gcalc.cli.tables import campaign_progress, show_failures, show_reasons, show_report


@click.command()
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
    help="Only this reading: kernel, exact, property, …",
)
@click.option(
    "--backend",
    default="reference",
    show_default=True,
    metavar="NAME",
    help="The implementation: reference or scipy.",
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
    """Check every law of the calculus: replayed, evaluated exactly, property-tested.

    Exit code: 0 all held, 1 something failed, 2 a usage error, 3 nothing was checked.
    """
    from gcalc import verify as campaigns
    from gcalc.verify.report import check_destination, write

    console = Console()
    for path in reports:
        check_destination(path)
    chosen: dict[str, Any] = {"readings": readings} if readings else {}
    if image is not None:
        from gcalc.verify.image import on_image

        report = on_image(image, laws, seed)
    else:
        with campaign_progress() as progress:
            report = campaigns.verify(
                laws=laws,
                groups=groups,
                profile=profile,
                backend=backend,
                seed=seed,
                workers=workers or os.cpu_count() or 1,
                progress=progress,
                **chosen,
            )
    show_report(console, report)
    if image is not None:
        show_reasons(console, report)
    show_failures(console, report)
    for path in reports:
        write(report, path)
        console.print(f"wrote {path}", highlight=False)
    sys.exit(report.exit_code([name for name in require.split(",") if name]))
