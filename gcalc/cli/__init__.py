"""The command line: thin; every command is a function of the library with a table around it."""

from gcalc.cli.main import main

__all__ = ["main"]
