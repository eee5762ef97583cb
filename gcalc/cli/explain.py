"""`gcalc explain CODE`: the page of a diagnosis."""

from __future__ import annotations

import click
from rich.markdown import Markdown
from rich.table import Table

from gcalc.check.diagnosis.codes import CODES, page
from gcalc.cli.printing import Output


@click.command(short_help="What a code of a diagnosis means.")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """What a code of a diagnosis means, an example of it, and how to mend it.

    Without CODE the list of them.
    """
    console = Output()
    if code is not None:
        text = page(code)
        console.print(Markdown(text)) if console.is_terminal else console.out(text, end="", highlight=False)
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    for name, meaning in sorted(CODES.items()):
        table.add_row(f"[bold]{name}[/]", meaning)
    console.print(table)
