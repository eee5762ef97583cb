"""`gcalc prove --pages FOLDER`: every law, the index and the errata as static pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from gcalc import files
from gcalc.cli.states import Evaluations, states
from gcalc.errors import UsageError
from gcalc.interpret.witness import evaluate
from gcalc.lawbook import assumptions, errata, laws, theory
from gcalc.render.pages import Article, Evidence, errata_page, index_page, law_page

FOLDER = Path("docs") / "derivations"
GROUPS = ("S3", "p2 mod 2")
"""Where the pages' exact readings are made if no report is given. How hard a reading tries is no matter
of the pages, so they do not count its cases."""


def rendered(evaluations: Evaluations | None = None) -> Mapping[str, str]:
    """Every page by the name of its file."""
    evaluations = evaluations or replace(Evaluations.on_groups((), GROUPS, profile="smoke"), counted=False)
    found = errata()
    shown = Evidence(
        {id(w): evaluate(w, theory()) for erratum in found for w in erratum.witnesses},
        frozenset(law.id for law in laws().values() if law.is_equivalence),
    )
    articles = [Article(law, states(law, evaluations), assumptions(law)) for law in laws().values()]
    pages = {f"{a.law.id}.html": law_page(a, found, shown) for a in articles}
    return {"index.html": index_page(articles), "errata.html": errata_page(found, shown), **pages}


def write_pages(folder: Path, pages: Mapping[str, str]) -> None:
    """Write the pages, each at once or not at all.

    Raises:
        UsageError: the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            files.replace(folder / name, text)
    except OSError as error:
        raise UsageError(
            f"--pages {folder}: cannot be written ({error.strerror}); name another folder"
        ) from error
