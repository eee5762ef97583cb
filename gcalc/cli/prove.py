"""`gcalc prove`: the list of laws, derivations as a person reads them, LaTeX, pages, and the re-check by Coq."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gcalc.cli.printing import Output
from gcalc.errors import UsageError
from gcalc.verify.result import Verdict


@click.command(short_help="Show derivations, replayed and checked.")
@click.argument("laws", nargs=-1, metavar="[LAW]...")
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="NAME",
    help="Evaluate the laws on this group too; may be repeated.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the evaluations from a report that gcalc verify has written, FILE.json.",
)
@click.option("--latex", is_flag=True, help="Print the derivations as LaTeX, for amsmath.")
@click.option(
    "--pages",
    type=click.Path(path_type=Path, file_okay=False),
    is_flag=False,
    flag_value="docs/derivations",
    metavar="FOLDER",
    help="Write all derivations as HTML pages to FOLDER (docs/derivations).",
)
@click.option(
    "--coq", is_flag=True, help="Export the derivations and have Coq check them, where it is installed."
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write certificates there; by default to proofs/coq of a checkout that is the current folder.",
)
def prove(
    laws: tuple[str, ...],
    groups: tuple[str, ...],
    report: Path | None,
    latex: bool,
    pages: Path | None,
    coq: bool,
    output: Path | None,
) -> None:
    """Print the derivation of every LAW, the state of every reading, and its errata; without LAW, the list.

    Exit code: 0 no reading refuses a law, 1 one does, 2 a usage error, 3 (with --coq) nothing could be decided.
    """
    _refuse_together(latex=latex, pages=pages is not None, coq=coq)
    if output is not None and not coq:
        raise UsageError("--output goes with --coq only; leave it out")
    if groups and report is not None:
        raise UsageError("--group and --report both say where evaluations come from; leave out one of them")
    if (coq or latex) and (groups or report is not None):
        raise UsageError("--coq and --latex show no evaluations; leave out --group and --report")
    if coq:
        from gcalc.cli.coq import run_coq

        sys.exit(run_coq(laws, output))
    if latex:
        _print_latex(laws)
    elif pages is not None:
        _write_pages(pages, laws, groups, report)
    else:
        sys.exit(_print(laws, groups, report))


def _refuse_together(**modes: bool) -> None:
    chosen = [f"--{name}" for name, value in modes.items() if value]
    if len(chosen) > 1:
        raise UsageError(f"{' and '.join(chosen)} cannot go together; choose one")


def _print(names: tuple[str, ...], groups: tuple[str, ...], report: Path | None) -> int:
    """The list, or laws one after the other; 1 if a reading refuses one."""
    from gcalc.cli.derivation import show_law, show_laws
    from gcalc.cli.states import Evaluations, states
    from gcalc.lawbook import errata, laws
    from gcalc.verify.planning import laws_named

    console, ids = Output(), laws_named(names)
    found = Evaluations()
    if groups:
        found = Evaluations.on_groups(ids, groups)
    elif report is not None:
        found = Evaluations.of_report(report)
    known = {id: states(laws()[id], found) for id in ids}
    if not names:
        show_laws(console, known)
    for number, id in enumerate(ids if names else ()):
        if number:
            console.print()
        show_law(console, laws()[id], known[id], errata())
    return int(any(s.verdict == Verdict.FAILED for several in known.values() for s in several))


def _print_latex(names: tuple[str, ...]) -> None:
    from gcalc.lawbook import laws
    from gcalc.render.latex import derivation
    from gcalc.verify.planning import laws_named

    if not names:
        raise UsageError("--latex wants a law; gcalc prove lists them")
    for id in laws_named(names):
        for claim in laws()[id].claims:
            click.echo(f"% {id}: {claim.name}\n{derivation(claim)}")


def _write_pages(folder: Path, names: tuple[str, ...], groups: tuple[str, ...], report: Path | None) -> None:
    from gcalc.cli.pages import rendered, write_pages
    from gcalc.cli.states import Evaluations
    from gcalc.lawbook import laws

    if names or str(folder) in laws():
        raise UsageError("--pages writes the pages of all laws to a folder; leave out the names of laws")
    found = None
    if groups:
        found = Evaluations.on_groups((), groups)
    elif report is not None:
        found = Evaluations.of_report(report)
    pages = rendered(found)
    write_pages(folder, pages)
    click.echo(f"wrote {len(pages)} pages to {folder}")
