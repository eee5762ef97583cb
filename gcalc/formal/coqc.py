"""Running coqc: in a temporary folder, on two processors, with a time limit; and what it said, lemma by lemma.

Main definitions: `recheck`, `coqc_version`. A file is PROVED if coqc accepts it and every `Print Assumptions` in it
says that the theorem is closed under the global context.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from gcalc.errors import MissingDependencyError, TargetError
from gcalc.formal.certificates import (
    CLOSED,
    LIBRARY,
    THEOREMS,
    Formal,
    digest,
    digest_of_theorems,
    exported,
    lemma_names,
    text,
)
from gcalc.proving.law import Law

PACKAGES = "coq libcoq-mathcomp-fingroup libcoq-mathcomp-algebra"
TIMEOUT = 120
"""Seconds for one file; the slowest takes some five."""
PROCESSES = 2


def coqc_version() -> str | None:
    """The version of the coqc on the path, None if there is none."""
    if shutil.which("coqc") is None:
        return None
    said = subprocess.run(
        ["coqc", "--print-version"], capture_output=True, text=True, timeout=TIMEOUT, check=False
    )
    return said.stdout.split()[0] if said.returncode == 0 and said.stdout.split() else None


@dataclass(frozen=True)
class Source:
    """A file for coqc: its name, text, the hash of all it rests on."""

    name: str
    text: str
    digest: str


def recheck(laws: Sequence[Law], theorems: Sequence[str] = THEOREMS) -> Iterator[Formal]:
    """Export the laws and run coqc on them and on files written by hand; the results as they come.

    Raises:
        MissingDependencyError: there is no coqc.
        TargetError: coqc does not accept Rules.v or Statements.v, as without MathComp.
    """
    version = coqc_version()
    if version is None:
        raise MissingDependencyError(f"no coqc on the path; install {PACKAGES} (Debian), or run .ci/coq")
    sources = list[Source]()
    for law in laws:
        made = exported(law)
        if isinstance(made, Formal):
            yield made
        else:
            sources.append(Source(law.id, made.text, digest(law, made.text)))
    by_hand = [Source(name, text(name), digest_of_theorems(name)) for name in theorems]
    with TemporaryDirectory() as folder:
        prepare(Path(folder))

        def run(source: Source) -> Formal:
            return judge(Path(folder), source, version)

        with ThreadPoolExecutor(PROCESSES) as pool:
            one_by_one = pool.submit(lambda: list(map(run, by_hand)))  # Planar rests on Infinite
            yield from pool.map(run, sources)
            yield from one_by_one.result()


def prepare(folder: Path) -> None:
    """Compile what every file rests on.

    Raises:
        TargetError: coqc does not accept it.
    """
    for name in LIBRARY:
        said = compiled(folder, name, text(name))
        if said.returncode != 0:
            missing = "Cannot find a physical path" in said.stderr
            why = f"MathComp is missing: install {PACKAGES}" if missing else _first_error(said.stderr)
            raise TargetError(f"coqc does not accept {name}.v: {why}")


def compiled(folder: Path, name: str, content: str) -> subprocess.CompletedProcess[str]:
    """Write and compile a file; a coqc that runs too long has refused."""
    (folder / f"{name}.v").write_text(content, encoding="utf-8")
    command = ["coqc", "-q", "-w", "none", "-Q", ".", "GCalc", f"{name}.v"]
    try:
        return subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"no answer within {TIMEOUT} s")


def judge(folder: Path, source: Source, version: str) -> Formal:
    """What coqc says of one file."""
    said, names = compiled(folder, source.name, source.text), lemma_names(source.text)
    asked = len(re.findall(r"^Print Assumptions ", source.text, re.MULTILINE))
    if said.returncode != 0:
        lemmas = _until(source.text, names, said.stderr)
        return Formal(
            source.name, "FAILED", _first_error(said.stderr), lemmas, version, source.digest, "rejected"
        )
    closed = said.stdout.count(CLOSED) == asked > 0 and "Axioms:" not in said.stdout
    assumptions = CLOSED if closed else " ".join(said.stdout.split()) or "not asked"
    proved = dict.fromkeys(names, "proved")
    verdict = "PROVED" if closed else "FAILED"
    return Formal(
        source.name, verdict, f"Coq {version}: {assumptions}", proved, version, source.digest, assumptions
    )


def _until(source: str, names: Sequence[str], error: str) -> dict[str, str]:
    """The lemmas before the error, the one that has it, and those that coqc did not come to."""
    place = re.search(r'^File "[^"]*", line (\d+)', error, re.MULTILINE)
    above = "\n".join(source.split("\n")[: int(place[1])]) if place else ""
    begun = len(lemma_names(above))
    results = ["proved"] * max(0, begun - 1) + ["failed"] * min(1, begun)
    results += ["not reached"] * (len(names) - len(results))
    return dict(zip(names, results, strict=True))


def _first_error(error: str) -> str:
    lines = [line for line in error.split("\n") if line.strip()]
    return " ".join(" ".join(lines[:4]).split())[:300] or "coqc gave no reason"
