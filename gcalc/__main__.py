"""`python -m gcalc`."""

from gcalc.cli import main

main(prog_name="gcalc")
