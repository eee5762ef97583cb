"""Tables on terminals and elsewhere."""

from __future__ import annotations

from rich.console import Console, RenderableType

__all__ = ["put"]


def put(console: Console, table: RenderableType) -> None:
    """Print a table, without blanks at the ends of its lines where it does not go to a terminal."""
    if console.is_terminal:
        console.print(table, highlight=False)
        return
    with console.capture() as captured:
        console.print(table, highlight=False)
    console.out("\n".join(line.rstrip() for line in captured.get().splitlines()), highlight=False)
