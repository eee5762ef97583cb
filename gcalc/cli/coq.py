"""`gcalc prove --coq`: export laws, have coqc check them, say what it found, and write the certificates.

`run_coq` is the whole of it; the command `prove` hands it the laws it was given.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from gcalc.cli.printing import Output

CHECKOUT = Path("proofs") / "coq"


def run_coq(ids: Sequence[str], output: Path | None = None, console: Console | None = None) -> int:
    """Export the laws (all, and the files written by hand, if none is named) and run coqc on them.

    What coqc decided is written to `output`, to proofs/coq below the current folder if that is a checkout, else
    nowhere. Without coqc the stored certificates are shown.

    Returns: the exit code: 0 all that was decided is proved, 1 something was rejected, 3 nothing was decided.
    """
    from gcalc.formal import THEOREMS, certified, coqc_version, recheck, write
    from gcalc.lawbook import laws
    from gcalc.verify.planning import laws_named

    console = console or Output()
    chosen = [laws()[name] for name in laws_named(ids)]
    start, found = time.perf_counter(), []
    version = coqc_version()
    results = recheck(chosen, () if ids else THEOREMS) if version else map(certified, chosen)
    console.print(f"Coq {version}" if version else "no coqc on the path: certificates only", highlight=False)
    for result in results:
        found.append(result)
        lines = f"{result.proved} of {len(result.lemmas)} lemmas" if result.lemmas else ""
        console.print(
            f"{result.verdict:<11}{result.name:<32}{lines:<18}{result.reason}",
            highlight=False,
            soft_wrap=True,
        )
    proved = sum(result.verdict == "PROVED" for result in found)
    console.print(f"{proved} of {len(found)} proved, {time.perf_counter() - start:.1f} s", highlight=False)
    folder = output or (CHECKOUT if (CHECKOUT / "Rules.v").is_file() else None)
    if version and folder is not None:
        write(folder, found)
        console.print(f"wrote certificates to {folder}", highlight=False)
    if any(result.verdict == "FAILED" for result in found):
        return 1
    return 0 if proved else 3
