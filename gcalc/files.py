"""Writing files: only where the user said, and in one step, so that what was there stays where that fails.

Main definitions
    replace: a file's new content, all of it or nothing.
    check_report, write_report: the same for the file that an option --report names.
    check_folder: refuse a folder in which files could not be written.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

from gcalc.errors import UsageError

__all__ = ["check_folder", "check_report", "replace", "write_report"]


def replace(path: Path, content: str | bytes) -> None:
    """Write a file, text as UTF-8, beside the one that is there, then put it in that one's place.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(
            content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
        )
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def check_report(path: Path, suffixes: Sequence[str]) -> None:
    """Refuse, before the work is done, a report that could not be written.

    Raises:
        UsageError: another suffix, a folder in the file's place, or a folder that does not exist or takes no files.
    """
    if path.suffix not in suffixes:
        *others, last = suffixes
        endings = f"{', '.join(others)} or {last}" if others else last
        raise UsageError(f"--report {path}: the name must end in {endings}")
    if not path.parent.is_dir():
        raise UsageError(f"--report {path}: there is no folder {path.parent}; make it first")
    if path.is_dir():
        raise UsageError(f"--report {path}: this is a folder; name a file")
    try:
        TemporaryFile(dir=path.parent).close()
    except OSError as error:
        raise _unwritable(path, error) from error


def check_folder(option: str, folder: Path) -> None:
    """Refuse, before the work is done, a folder that takes no files, or that could not be made.

    Raises:
        UsageError: so it is.
    """
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    try:
        TemporaryFile(dir=there).close()
    except OSError as error:
        raise UsageError(
            f"{option} {folder}: cannot be written ({error.strerror}); name another folder"
        ) from error


def write_report(path: Path, content: str | bytes) -> None:
    """Write a report.

    Raises:
        UsageError: it cannot be written, as where the disk is full.
    """
    try:
        replace(path, content)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"--report {path}: cannot be written ({error.strerror}); name another place")
