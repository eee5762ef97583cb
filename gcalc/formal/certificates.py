"""Certificates: what Coq said about each law, bound by a hash to the texts that it read.

Main definitions: `Formal`, `certified`, `read_certificates`, `with_results`, `write`. A certificate holds for Rules.v,
Statements.v, the exported file and the derivation it was exported from; if one of them has changed, nothing is known.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from gcalc import files
from gcalc.errors import UsageError
from gcalc.kernel.terms import KernelError
from gcalc.lawbook import laws, theory
from gcalc.proving.law import Law
from gcalc.render.coq import Export, Unsupported, export

FOLDER = resources.files("gcalc.proofs") / "coq"
LIBRARY = ("Rules", "Statements")
THEOREMS = ("Generators", "Gradients", "Infinite", "Planar", "Pooling", "Refutations")
"""Files written by hand that prove what no export can: generators suffice, any notion of derivative, infinite groups,
the plane, maxima, the scope of the printed lines. One may rest on those before it."""
CLOSED = "Closed under the global context"
SCOPE = "for all finite groups and sets: "
MEND = "run gcalc prove --coq where Coq is installed"


@dataclass(frozen=True)
class Formal:
    """What is known of one law, or of one file written by hand.

    verdict: PROVED, FAILED or NOT_TESTED. lemmas: one a printed line and one a claim, with "proved", "failed" or "not
    reached". coqc: the version that said so. digest: of the texts it read.
    """

    name: str
    verdict: str
    reason: str
    lemmas: Mapping[str, str]
    coqc: str = ""
    digest: str = ""
    assumptions: str = ""

    @property
    def proved(self) -> int:
        """How many lemmas were proved."""
        return sum(result == "proved" for result in self.lemmas.values())


def text(name: str) -> str:
    """A file written by hand."""
    return (FOLDER / f"{name}.v").read_text(encoding="utf-8")


def exported(law: Law) -> Export | Formal:
    """The law's file; or why there is none."""
    try:
        made = export(law, theory())
    except Unsupported as limit:
        return Formal(law.id, "NOT_TESTED", f"the export to Coq does not know {limit}", {})
    except KernelError as refusal:
        return Formal(law.id, "NOT_TESTED", f"not exported, a step is refused: {refusal}", {})
    if not re.search(rf"^Definition Stmt_{law.id}\b", text("Statements"), re.MULTILINE):
        return Formal(law.id, "NOT_TESTED", f"Statements.v has no Stmt_{law.id}", {})
    return made


def digest(law: Law, source: str) -> str:
    """The hash of all that Coq reads for a law, its own file last, and of the derivation it was exported from."""
    derivations = "".join(repr(claim.derivation) for claim in law.claims)
    return _hash(*map(text, LIBRARY), source, derivations)


def digest_of_theorems(name: str) -> str:
    """The hash of a file written by hand, with what it may rest on."""
    return _hash(*map(text, LIBRARY), *map(text, THEOREMS[: THEOREMS.index(name) + 1]))


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def lemma_names(source: str) -> list[str]:
    """The lemmas and theorems of a file, in order."""
    return re.findall(r"^(?:Lemma|Theorem|Corollary) (\w+)", source, re.MULTILINE)


def read_certificates() -> dict[str, Any]:
    """All certificates, as they are stored: {"laws": {id: …}, "theorems": {file: …}}."""
    stored = FOLDER / "certificates.json"
    if not stored.is_file():
        return {"schema_version": 1, "laws": {}, "theorems": {}}
    found: dict[str, Any] = json.loads(stored.read_text(encoding="utf-8"))
    return found


def certified(law: Law) -> Formal:
    """What the certificate says of the law; NOT_TESTED if it is of other texts or another derivation than today's."""
    certificate = read_certificates()["laws"].get(law.id)
    if certificate is None or not (FOLDER / f"{law.id}.v").is_file():
        made = exported(law)
        return (
            made if isinstance(made, Formal) else Formal(law.id, "NOT_TESTED", f"no certificate; {MEND}", {})
        )
    return _judge(law.id, certificate, digest(law, text(law.id)))


def certified_theorems(name: str) -> Formal:
    """The same of a file written by hand."""
    return _judge(name, read_certificates()["theorems"].get(name), digest_of_theorems(name))


def _judge(name: str, certificate: Mapping[str, Any] | None, wanted: str) -> Formal:
    if certificate is None:
        return Formal(name, "NOT_TESTED", f"no certificate; {MEND}", {})
    if certificate["hash"] != wanted:
        return Formal(name, "NOT_TESTED", f"its certificate is of another text; {MEND}", {})
    lemmas, assumptions, version = (certificate[key] for key in ("lemmas", "assumptions", "coqc"))
    held = assumptions == CLOSED and set(lemmas.values()) == {"proved"}
    reason = (
        f"certificate of Coq {version}, {SCOPE}{assumptions}"
        if name in laws()
        else f"certificate of Coq {version}: {assumptions}"
    )
    return Formal(name, "PROVED" if held else "FAILED", reason, lemmas, version, wanted, assumptions)


def with_results(results: Iterable[Formal]) -> dict[str, Any]:
    """The stored certificates with what Coq decided now in its place; none of laws that are gone."""
    stored = read_certificates()
    for result in results:
        kind = "theorems" if result.name in THEOREMS else "laws"
        if result.coqc:
            stored[kind][result.name] = {
                "hash": result.digest,
                "coqc": result.coqc,
                "assumptions": result.assumptions,
                "lemmas": dict(result.lemmas),
            }
    stored["laws"] = {name: kept for name, kept in sorted(stored["laws"].items()) if name in laws()}
    stored["theorems"] = dict(sorted(stored["theorems"].items()))
    return stored


def write(folder: Path, results: Iterable[Formal]) -> list[Path]:
    """Write the exported files of the results and all certificates; every file at once or not at all.

    Raises:
        UsageError: the folder is not one of exported proofs, or takes no files.
    """
    if not (folder / "Rules.v").is_file():
        raise UsageError(f"no Rules.v in {folder}; name the folder proofs/coq of a checkout")
    results, written = list(results), list[Path]()
    for result in results:
        made = exported(laws()[result.name]) if result.name in laws() else None
        if isinstance(made, Export):
            written.append(_replace(folder / f"{result.name}.v", made.text))
    stored = json.dumps(with_results(results), indent=1, ensure_ascii=False) + "\n"
    return [*written, _replace(folder / "certificates.json", stored)]


def _replace(path: Path, content: str) -> Path:
    if path.is_file() and path.read_text(encoding="utf-8") == content:
        return path
    try:
        files.replace(path, content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another folder") from error
    return path
