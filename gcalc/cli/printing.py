"""The console that commands print on.

Main definitions
    Output: one that leaves no blanks at the ends of lines where they do not go to a terminal.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console

__all__ = ["Output"]


class Output(Console):
    """Where output is read by a program or a diff, blanks at the ends of lines are left out."""

    def print(self, *objects: Any, **options: Any) -> None:
        """As `Console.print`."""
        if self.is_terminal:
            super().print(*objects, **options)
            return
        with self.capture() as captured:
            super().print(*objects, **options)
        lines = captured.get().removesuffix("\n").split("\n")
        end = "" if options.get("end") == "" else "\n"
        text = "\n".join(line.rstrip() for line in lines)
        super().print(
            text,
            end=end,
            markup=False,
            emoji=False,
            highlight=False,
            no_wrap=True,
            overflow="ignore",
            crop=False,
        )
