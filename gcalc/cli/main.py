"""`gcalc`: the group of commands, and how errors become one line and exit code 2."""

from __future__ import annotations

import sys
from typing import Any

import click

from gcalc import __version__
from gcalc.cli.verify import verify
from gcalc.errors import GcalcError


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except GcalcError as error:
            click.echo(f"gcalc: {error}", err=True)
            sys.exit(2)
        except KeyboardInterrupt:
            click.echo("gcalc: interrupted; nothing was written", err=True)
            sys.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gcalc")
def main() -> None:
    """The calculus of group-equivariant convolutions: exact, derived, checked."""


main.add_command(verify)
