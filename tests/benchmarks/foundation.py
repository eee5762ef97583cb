"""How long the foundation takes: whole commands, imports, and the reference beside two peers on the same sums.

    python -m tests.benchmarks.foundation [--quick] [--write]

Everything runs on two processors at most. A command or an import is a fresh process, and the row its median; a rate is
the median of rounds in which the peers take turns. A ratio is our time over the peer's, the median of
the rounds'.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import click
import numpy as np
import scipy
from rich.console import Console
from rich.table import Table
from scipy.linalg import circulant

import gcalc
from gcalc import fast, reference
from gcalc.bench.environment import keep_to, processor
from gcalc.fast.workspace import single_threaded_blas

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- foundation: begin -->", "<!-- foundation: end -->"
HEADER = ("what", "asked", "measured", "met", "beside")
PROCESSORS = 2


class Row(NamedTuple):
    """One line of the table, as text; `met` is empty where nothing was asked."""

    what: str
    asked: str
    measured: str
    met: str = ""
    beside: str = ""


# ---- whole commands ----------------------------------------


def python(*arguments: str) -> str:
    """The output of a fresh interpreter; what it writes to the error stream if it fails."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(f"{' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def seconds_of(*arguments: str) -> float:
    """The wall-clock time of a fresh interpreter."""
    start = time.perf_counter()
    python(*arguments)
    return time.perf_counter() - start


def command(arguments: Sequence[str], asked: float, runs: int) -> Row:
    """The row of a gcalc command, its median over the runs."""
    words = ("-m", "gcalc", *arguments, "--workers", str(PROCESSORS))
    taken = median(seconds_of(*words) for _ in range(runs))
    return Row(
        f"`gcalc {' '.join(arguments)}`",
        f"< {asked:g} s",
        f"{taken:.1f} s",
        verdict(taken < asked),
        told(runs),
    )


def imports(statement: str, asked: float | None, runs: int) -> Row:
    """The row of a statement in a fresh interpreter, without the interpreter's own start, beside `import numpy`."""
    timed = "import time; start = time.perf_counter(); {}; print(time.perf_counter() - start)".format
    pairs = [tuple(float(python("-c", timed(s))) for s in (statement, "import numpy")) for _ in range(runs)]
    ours, numpy = (median(taken) for taken in zip(*pairs, strict=True))
    ratio = median(a / b for a, b in pairs)
    beside = f"`import numpy` {1000 * numpy:.0f} ms, ratio {ratio:.2f}"
    row = Row(f"`{statement}`", "", f"{1000 * ours:.1f} ms", "", beside)
    return row if asked is None else row._replace(asked=f"< {asked:g} s", met=verdict(ours < asked))


def verdict(met: bool) -> str:
    """Yes or no."""
    return "yes" if met else "no"


def told(runs: int) -> str:
    """How many runs a median is of."""
    return f"median of {runs}" if runs > 1 else "one run"


# ---- correlations a second ----------------------------------------


def by_reference(X, f, psi):
    """The public function."""
    return reference.correlate(X, f, psi)


def by_einsum(table, f, psi):
    """The sum over x and j, of psi taken at the precomputed indices of g⁻¹x."""
    return np.einsum("jx,kjgx->kg", f, psi.take(table, axis=-1))


def by_circulant(f, psi):
    """On C_n: y_k = Σ_j f_j C(psi_j^k), C(c)[x, g] = c(x - g)."""
    return np.stack(
        [sum(f_j @ circulant(psi_kj) for f_j, psi_kj in zip(f, psi_k, strict=True)) for psi_k in psi]
    )


def rates(
    name: str, peers: dict[str, Callable], asked: float, rounds: int, calls: int, seed: int = 0
) -> list[Row]:
    """The row of the reference on a group, and one a peer that computes the same integers."""
    G = gcalc.group(name)
    random = np.random.default_rng(seed)
    f, psi = (random.integers(-9, 10, size=(*channels, G.order)) for channels in ((2,), (2, 2)))
    functions = {"reference": partial(by_reference, G.regular), **peers}
    values = {peer: function(f, psi) for peer, function in functions.items()}
    for peer, value in values.items():
        if not np.array_equal(value, values["reference"]):
            raise click.ClickException(f"{peer} and reference differ on {name}")
    seconds = [
        {peer: per_call(partial(function, f, psi), calls) for peer, function in functions.items()}
        for _ in range(rounds)
    ]
    what = f"`reference.correlate`, {name}, K = J = 2"
    ours = median(1 / taken["reference"] for taken in seconds)
    rows = []
    for peer in peers:
        theirs = median(1 / taken[peer] for taken in seconds)
        ratio = median(taken["reference"] / taken[peer] for taken in seconds)
        beside = f"{peer} {theirs:,.0f}/s, ratio {ratio:.2f}"
        rows.append(Row(what, f"> {asked:,.0f}/s", f"{ours:,.0f}/s", verdict(ours > asked), beside))
    return rows


def per_call(function: Callable[[], object], calls: int) -> float:
    """Seconds a call."""
    start = time.perf_counter()
    for _ in range(calls):
        function()
    return (time.perf_counter() - start) / calls


def einsum_peer(name: str) -> Callable:
    """`by_einsum` with the table of g⁻¹x of the group."""
    G = gcalc.group(name)
    return partial(by_einsum, G.multiplication_table[G.inverse_table])


# ---- exact cases a second ----------------------------------------


def exact_cases(name: str, kind: str, asked: float, rounds: int, batch: int = 256, seed: int = 0) -> Row:
    """The row of `gcalc.fast.Cases` on one processor, K = J = 2: forward, both gradients, both adjoint identities."""
    cases = fast.Cases(gcalc.group(name.split()[0]).quotient(int(name.split()[2])))
    random = np.random.default_rng(seed)
    f, d, psi = (
        random.integers(-9, 10, (batch, *channels, *cases.G.shape)).astype(kind)
        for channels in ((2,), (2,), (2, 2))
    )
    wanted = reference.correlate(cases.G.regular, f[0].astype(int), psi[0].astype(int))
    if not np.array_equal(cases.correlate(f, psi)[0], wanted):
        raise click.ClickException(f"fast.Cases and reference differ on {name}")

    def run() -> None:
        forward = inner(d, cases.correlate(f, psi))
        backward = (inner(f, cases.input_gradient(d, psi)), inner(psi, cases.filter_gradient(d, f)))
        if not all(np.array_equal(forward, sums) for sums in backward):
            raise click.ClickException(f"an adjoint identity fails on {name} in {kind}")

    with single_threaded_blas():
        run()
        rate = batch / median(per_call(run, 5) for _ in range(rounds))
    what = f"`fast.Cases`, {name}, |G| = {cases.G.order}, K = J = 2, {kind}, {batch} a call"
    return Row(
        what.replace("|", r"\|"),
        f"> {asked:,.0f}/s",
        f"{rate:,.0f}/s",
        verdict(rate > asked),
        "one processor",
    )


def inner(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The sum of products of each case."""
    return np.einsum("bi,bi->b", a.reshape(len(a), -1), b.reshape(len(b), -1))


# ---- the table ----------------------------------------


def measure(quick: bool) -> list[Row]:
    """Every row; quick: one run of each, one law, and no default profile."""
    runs, rounds, calls = (1, 1, 5) if quick else (5, 15, 200)
    smoke = ("verify", "--profile", "smoke")
    rows = [command((*smoke, "--law", "eq1") if quick else smoke, 5, runs)]
    if not quick:
        rows.append(command(("verify",), 60, 1))
    rows.append(imports("import gcalc", 0.3, runs))
    rows.append(imports("import gcalc; gcalc.group('p4m'); from gcalc import reference", None, runs))
    cyclic = {"einsum with an index table": einsum_peer("C16"), "scipy.linalg.circulant": by_circulant}
    rows += rates("C16", cyclic, 5000, rounds, calls)
    rows += rates("D8", {"einsum with an index table": einsum_peer("D8")}, 5000, rounds, calls)
    rows += [exact_cases("p4 mod 3", kind, 100_000, rounds) for kind in ("float32", "float64", "int64")]
    return rows


def machine(processors: int) -> str:
    """Processors used, how busy they are, the model, versions, date."""
    busy = f"load average {os.getloadavg()[0]:.1f} before the run, " if hasattr(os, "getloadavg") else ""
    return (
        f"{processors} of {os.cpu_count()} processors ({processor()}), {platform.system()} {platform.machine()}, {busy}"
        f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}, "
        f"gcalc {gcalc.__version__}, {date.today().isoformat()}"
    )


def markdown(rows: Sequence[Row], caption: str) -> str:
    """The table as it stands in the page."""
    lines = [HEADER, ["---"] * len(HEADER), *rows]
    return "\n".join([f"{caption}.", "", *(f"| {' | '.join(cells)} |" for cells in lines)])


def rewritten(page: str, block: str, begin: str = BEGIN, end: str = END) -> str:
    """The page with what stands between the two markers replaced.

    Raises:
        ClickException: not exactly one of each marker, or the wrong way round.
    """
    if [page.count(begin), page.count(end)] != [1, 1] or page.index(begin) > page.index(end):
        raise click.ClickException(f"the page must have {begin} and {end} once each, in this order")
    before, _, rest = page.partition(begin)
    return f"{before}{begin}\n\n{block}\n\n{end}{rest.partition(end)[2]}"


def show(rows: Sequence[Row], caption: str) -> None:
    """The table on the terminal."""
    table = Table(*HEADER, caption=caption)
    for row in rows:
        table.add_row(*(cell.replace("`", "") for cell in row))
    Console().print(table)


@click.command()
@click.option("--quick", is_flag=True, help="One run of each, and one law only: shows that it works.")
@click.option("--write", is_flag=True, help="Rewrite the table in the page.")
@click.option(
    "--page", type=click.Path(path_type=Path), default=PAGE, help="The page, docs/benchmarks.md by default."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for the table.")
def main(quick: bool, write: bool, page: Path, as_json: bool) -> None:
    """Measure the foundation."""
    processors = keep_to(PROCESSORS)
    text = page.read_text(encoding="utf-8") if write else ""
    if write:
        rewritten(text, "")  # refused before the work is done
    caption = machine(processors)
    rows = measure(quick)
    if as_json:
        click.echo(
            json.dumps({"machine": caption, "rows": [row._asdict() for row in rows]}, ensure_ascii=False)
        )
    else:
        show(rows, caption)
    if write:
        page.write_text(rewritten(text, markdown(rows, caption)), encoding="utf-8")


if __name__ == "__main__":
    main()
