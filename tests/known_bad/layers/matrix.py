"""The kill matrix: which check catches which broken layer, as a page.

    python -m tests.known_bad.layers.matrix [--write]

Beside the checks stands what other projects do: one element, one random input, the given parameters, a tolerance of
1e-3.
"""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np

from gcalc.check import check_equivariance
from gcalc.check.declaration import declare
from gcalc.check.targets import target

from . import BROKEN

PAGE = Path(__file__).resolve().parents[3] / "docs" / "check-matrix.md"
PEER = "one trial"
COLUMNS = (
    PEER, "window", "plane", "torus", "transport", "non_vacuity", "batch_independence", "linear", "deltas", "reference",
    "adjoint", "gradients", "determinism", "input_unchanged", "representation",
)  # fmt: skip
WORDS = ("group", "input", "output", "sizes", "space", "reps", "order")
CATCHES = ("FAILED", "CONVENTION", "INCONCLUSIVE")


def one_trial(layer, seed: int) -> bool:
    """Whether one random element on one random input shows a relative difference above 1e-3."""
    declaration = declare(**{k: v for k, v in layer.declaration.items() if k in WORDS})
    random, ours = np.random.default_rng(seed), target(layer.make())
    window = next(iter(declaration.windows()))
    inputs = [random.standard_normal(s) for s in declaration.input_shapes(window, 1, declaration.inert())]
    kept = [u for u in declaration.group.on_pixels if u and declaration.group.keeps(u, window)]
    u = int(random.choice(kept or [0]))
    after, before = ours(*declaration.act_in(u, inputs)), declaration.act_out(u, ours(*inputs))
    return any(
        a.shape != b.shape or float(np.abs(a - b).max()) > 1e-3 * float(np.abs(b).max())
        for a, b in zip(after, before, strict=True)
    )


def caught() -> dict[str, dict[str, bool]]:
    """For each broken layer which columns catch it."""
    table = {}
    for seed, (name, layer) in enumerate(BROKEN.items()):
        report = check_equivariance(layer.make(), **layer.declaration, explain=False)
        by = {check.check for check in report.checks if str(check.verdict) in CATCHES}
        table[name] = {column: column in by for column in COLUMNS} | {PEER: one_trial(layer, seed)}
    return table


def _row(name: str, row: dict[str, bool]) -> str:
    return f"| {name} | " + " | ".join("•" if row[column] else "" for column in COLUMNS) + " |"


def page(table: dict[str, dict[str, bool]]) -> str:
    """The page."""
    n = len(table)
    total = {column: sum(row[column] for row in table.values()) for column in COLUMNS}
    alone = sum(row["window"] for row in table.values())
    missed = [name for name, row in table.items() if not any(row[c] for c in COLUMNS if c != PEER)]
    lines = [
        "# Which check catches what",
        "",
        "```sh",
        "python -m tests.known_bad.layers.matrix --write    # in a checkout with torch; makes this page",
        "```",
        "",
        f"The zoo has {n} broken layers. A dot is a check that does not pass. `{PEER}` is what other projects do: one",
        f"element, one random input, the given parameters, a tolerance of 1e-3: it catches {total[PEER]}.",
        f"Equivariance on the window alone catches {alone}; all checks together catch {n - len(missed)} of {n}.",
        "",
        "| layer | " + " | ".join(COLUMNS) + " |",
        "| --- |" + " :-: |" * len(COLUMNS),
        *(_row(name, row) for name, row in table.items()),
        f"| **{n} layers** | " + " | ".join(str(total[c]) for c in COLUMNS) + " |",
        "",
    ]
    return "\n".join(lines)


@click.command()
@click.option("--write", is_flag=True, help="Write the page.")
def main(write: bool) -> None:
    """Make the kill matrix."""
    text = page(caught())
    if write:
        PAGE.write_text(text)
    click.echo(text)


if __name__ == "__main__":
    main()
