"""The tables of docs/bench.md, from the reports beside it that `gcalc bench` has written.

    python -m tests.benchmarks.bench_page        # rewrites the tables in the page

The commands that take the reports stand in the page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from gcalc.bench.environment import caption
from gcalc.bench.report import milliseconds

from .foundation import ROOT, rewritten

PAGE = ROOT / "docs" / "bench.md"
REPORTS = ROOT / "docs" / "bench"

Data = Mapping[str, Any]


def rows_of(data: Data) -> dict[str, list[Data]]:
    """The rows that were timed, by their subjects."""
    found: dict[str, list[Data]] = {}
    for row in data["rows"]:
        if row["seconds"]:
            found.setdefault(row["subject"], []).append(row)
    return found


def ours(rows: Sequence[Data]) -> list[Data]:
    """The rows of gcalc's algorithms."""
    return [row for row in rows if row["origin"] == "gcalc"]


def ratio(row: Data, task: str, family: str) -> str:
    """A ratio with its quartiles."""
    found = row["ratios"].get(task, {}).get(family)
    return "" if found is None else f"{found['median']:.2f} [{found['lower']:.2f}, {found['upper']:.2f}]"


def quickest(rows: Sequence[Data], task: str) -> Data:
    """The row of the fastest algorithm."""
    return min(ours(rows), key=lambda row: row["median"][task])


def ratios_table(data: Data) -> list[Sequence[str]]:
    """A row a layer: every algorithm's training step against torch, and the fastest against everybody."""
    names = list(dict.fromkeys(row["name"] for row in data["rows"] if row["origin"] == "gcalc"))
    families = [family for family in data["families"] if family != "torch"]
    header = [
        "B,K,group,N,k", *(f"{name}: torch ÷" for name in names), "fastest", "ms",
        *(f"{family} ÷ fastest" for family in families), "forward: torch ÷ fastest",
    ]  # fmt: skip
    lines: list[Sequence[str]] = [header]
    for subject, rows in rows_of(data).items():
        by_name = {row["name"]: row for row in rows}
        first, forward = quickest(rows, "step"), quickest(rows, "forward")
        lines.append(
            [
                subject,
                *(ratio(by_name[name], "step", "torch") if name in by_name else "" for name in names),
                first["name"],
                milliseconds(first["median"]["step"]),
                *(ratio(first, "step", family) for family in families),
                f"{ratio(forward, 'forward', 'torch')} {forward['name']}",
            ]
        )
    return lines


def growth_table(data: Data) -> list[Sequence[str]]:
    """A row a curve: the exponents, and the points."""
    lines: list[Sequence[str]] = [("algorithm", "task", "derived", "measured", "ms at")]
    for curve in data["curves"]:
        points = ", ".join(
            f"{value}: {milliseconds(taken)}"
            for value, taken in zip(curve["values"], curve["seconds"], strict=True)
        )
        axis = curve["axis"].replace("|", "\\|")
        exponents = (f"{axis}^{curve['derived']:.2f}", f"{axis}^{curve['measured']:.2f}")
        lines.append((curve["algorithm"], curve["task"], *exponents, points))
    return lines


def forms_table(data: Data) -> list[Sequence[str]]:
    """A row a form, a column a layer."""
    by_subject = rows_of(data)
    lines: list[Sequence[str]] = [("form", *(f"{subject}, ms" for subject in by_subject))]
    for name in dict.fromkeys(row["name"] for row in data["rows"]):
        cells = [
            next((milliseconds(row["median"]["gradient"]) for row in rows if row["name"] == name), "")
            for rows in by_subject.values()
        ]
        lines.append((name, *cells))
    return lines


TABLES: dict[str, Callable[[Data], list[Sequence[str]]]] = {
    "ratios": ratios_table,
    "growth": growth_table,
    "forms": forms_table,
}


def block(name: str, data: Data) -> str:
    """How a report was taken, and its table."""
    header, *lines = TABLES[name](data)
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ["---"] * len(header), *lines))
    options = data["options"]
    return f"{caption(dict(data['environment']))}; {options['rounds']} rounds, seed {options['seed']}.\n\n{table}"


def filled(page: str, reports: Path = REPORTS) -> str:
    """The page with the tables of the reports."""
    for name in TABLES:
        data = json.loads((reports / f"{name}.json").read_text(encoding="utf-8"))
        page = rewritten(page, block(name, data), f"<!-- {name}: begin -->", f"<!-- {name}: end -->")
    return page


@click.command()
@click.option("--page", type=click.Path(path_type=Path), default=PAGE, help="docs/bench.md by default.")
@click.option("--reports", type=click.Path(path_type=Path), default=REPORTS, help="docs/bench by default.")
def main(page: Path, reports: Path) -> None:
    """Rewrite the tables of the page."""
    page.write_text(filled(page.read_text(encoding="utf-8"), reports), encoding="utf-8")


if __name__ == "__main__":
    main()
