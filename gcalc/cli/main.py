"""`gcalc`: the group of commands, and how errors become one line and exit code 2."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from typing import Any

import click

from gcalc import __version__
from gcalc.cli.bench import bench
from gcalc.cli.check import check, infer, replay
from gcalc.cli.explain import explain
from gcalc.cli.prove import prove
from gcalc.cli.verify import verify
from gcalc.errors import GcalcError


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> Any:
        try:
            with _interruptible():
                return super().invoke(context)
        except GcalcError as error:
            _stop(str(error), 2)
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else "gcalc"
            _stop(f"{error.format_message()} See {where} --help.", 2)
        except KeyboardInterrupt:
            _stop("interrupted; nothing was written", 130)


def _stop(why: str, code: int) -> None:
    click.echo(f"gcalc: {why}", err=True)
    sys.exit(code)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the worker processes first: a pool waits for the tasks they have begun."""

    def interrupt(*_: object) -> None:
        for worker in active_children():
            worker.kill()
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # ignored, as by nohup, or somebody else's
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gcalc")
def main() -> None:
    """The calculus of group-equivariant convolutions: exact, derived, checked."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show ⋆ shows ? in its place
            stream.reconfigure(errors="replace")


main.add_command(bench)
main.add_command(check)
main.add_command(explain)
main.add_command(infer)
main.add_command(prove)
main.add_command(replay)
main.add_command(verify)
