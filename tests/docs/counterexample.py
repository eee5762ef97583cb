"""What verify prints of a wrong variant of the zoo: where docs/verify.md has its counterexample from.

python -m tests.docs.counterexample VARIANT --law ID --group NAME
"""

from __future__ import annotations

import click
from rich.console import Console

from gcalc.cli.tables import show_failures
from gcalc.verify import Backend, verify
from gcalc.verify.backends import OPERATORS
from tests.known_bad.reference_variants import VARIANTS, overridden


@click.command()
@click.argument("name", type=click.Choice(sorted(VARIANTS)), metavar="VARIANT")
@click.option("--law", required=True)
@click.option("--group", required=True)
@click.option("--reading", default="exact", show_default=True)
def main(name: str, law: str, group: str, reading: str) -> None:
    """Read a law with one operator of the reference replaced by a wrong one; print the smallest counterexample."""
    operators = {operator: getattr(overridden(name), operator) for operator in OPERATORS}
    backend = Backend(name, operators, symbolic=True)
    report = verify(laws=[law], groups=[group], readings=[reading], backend=backend)
    show_failures(Console(), report)
    raise SystemExit(report.exit_code())


if __name__ == "__main__":
    main()
