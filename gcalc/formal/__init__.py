"""The formal reading: every derivation re-checked by Coq, and the certificates that say so where Coq is absent."""

from gcalc.formal.certificates import (
    FOLDER,
    THEOREMS,
    Formal,
    certified,
    read_certificates,
    with_results,
    write,
)
from gcalc.formal.coqc import coqc_version, recheck

__all__ = [
    "FOLDER",
    "THEOREMS",
    "Formal",
    "certified",
    "coqc_version",
    "read_certificates",
    "recheck",
    "with_results",
    "write",
]
