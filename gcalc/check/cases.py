"""Stored cases: a failing check as JSON, called by a hash of its content, for `gcalc replay`.

Main definitions
    stored: the case of a report.
    identity: what it is called.
    save, read: files of cases.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gcalc.errors import UsageError
from gcalc.files import replace

__all__ = ["identity", "read", "save", "stored"]

Json = Mapping[str, Any]
VERSION = 2
WORDS = (
    *("group", "input", "output", "sizes", "space", "reps", "order"),
    *("domain", "expect", "linear", "reference", "period", "stride", "framework", "seed"),
)
"""The arguments of a check that a case keeps."""
DIGITS = 12


def stored(
    report: Json,
    words: Json,
    address: str,
    *,
    factory: bool = False,
    init: str | None = None,
    vjp: str | None = None,
) -> Json:
    """The case of a failing report, as JSON data: what is needed to run it again, from which folder."""
    case = {
        "schema_version": VERSION,
        "object": address,
        "factory": factory,
        "init": init,
        "vjp": vjp,
        "folder": str(Path.cwd()),
        "words": {name: words[name] for name in WORDS if words.get(name) is not None},
        "seed": report["seed"],
        "verdict": report["verdict"],
        "codes": [finding["code"] for finding in report["diagnosis"]],
        "counterexample": report["counterexample"],
    }
    found: Json = json.loads(json.dumps(case))
    return found


def identity(case: Json) -> str:
    """The first digits of the SHA-256 of its JSON, wherever it was run."""
    content = {name: value for name, value in case.items() if name != "folder"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def save(case: Json, program: str, folder: Path) -> Path:
    """Write ID.json and ID.py into a folder, which is made where it does not exist; the path of the first.

    Raises:
        UsageError: it cannot be written.
    """
    path = folder / f"{identity(case)}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace(path, json.dumps(case, indent=1, ensure_ascii=False) + "\n")
        replace(path.with_suffix(".py"), program)
    except OSError as error:
        raise UsageError(
            f"--save {folder}: cannot be written ({error.strerror}); name another folder"
        ) from error
    return path


def read(what: str, store: Path) -> Json:
    """A stored case: by the path of its file or program, or by its ID, or the first digits of it, in a folder.

    Raises:
        UsageError: there is none, or several, or it is no case.
    """
    path = Path(what)
    if path.suffix == ".py" and path.with_suffix(".json").is_file():  # the program that was kept with it
        path, what = path.with_suffix(".json"), str(path.with_suffix(".json"))
    if path.suffix != ".json":
        found = (
            sorted(p for p in store.glob(f"{what}*.json") if len(p.stem) == DIGITS) if what.isalnum() else []
        )
        if len(found) != 1:
            several = ", ".join(p.stem for p in found)
            why = (
                f"are several: {several}"
                if found
                else f"is none in {store}: name its folder with --store, or its file"
            )
            raise UsageError(f"a case {what!r}: there {why}")
        (path,) = found
    try:
        case = json.loads(path.read_text(encoding="utf-8"))
        fits = (
            case["schema_version"] == VERSION and {"object", "words", "counterexample", "seed"} <= case.keys()
        )
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror}); name a file that gcalc check --save wrote"
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no stored case; name a file that gcalc check --save wrote") from error
    if not fits:
        is_case = {"counterexample", "object"} <= case.keys()
        kind = f"a case of version {case['schema_version']}" if is_case else "no stored case"
        raise UsageError(f"{path} is {kind}; name a file that this gcalc check --save wrote")
    if path.stem != identity(case) and Path(what) != path:
        raise UsageError(
            f"{path} was changed after it was written; name the file itself to run it as it is now"
        )
    return dict(case)
