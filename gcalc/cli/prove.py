"""`gcalc prove`: the derivations re-checked by Coq."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gcalc.errors import UsageError


@click.command()
@click.argument("laws", nargs=-1, metavar="[LAW]...")
@click.option(
    "--coq", is_flag=True, help="Export the derivations and have Coq check them, where it is installed."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write certificates there; by default to proofs/coq of a checkout that is the current folder.",
)
def prove(laws: tuple[str, ...], coq: bool, output: Path | None) -> None:
    """Re-check the derivation of every LAW, or of all.

    Exit code: 0 all are proved, 1 one was rejected, 2 a usage error, 3 nothing could be decided.
    """
    if not coq:
        raise UsageError("gcalc prove without --coq prints nothing in this version; say gcalc prove --coq")
    from gcalc.cli.coq import run_coq

    sys.exit(run_coq(laws, output))
