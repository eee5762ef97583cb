"""The pytest plugin of gcalc: options, the marker gcalc, a list of expected failures, a report of the session.

Loading it imports nothing of gcalc, nor NumPy, nor Hypothesis; it changes no profile and no working directory.

Options
    --gcalc-seed N: the seed of `gcalc.testing`, where a test gives none.
    --gcalc-profile NAME: "default", or "smoke" for one size and the window only.
    --gcalc-xfails FILE: ids of tests that must fail, one a line, with the reason after "#".
    --gcalc-report FILE.json: what `gcalc.testing` found.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PROFILES = ("default", "smoke")


@dataclass
class Settings:
    """What the session was told, and the reports that it collects.

    xfails: reasons by id. matched: the ids that a test has. collected: whether this process has collected tests.
    """

    seed: int = 0
    profile: str = "default"
    report: Path | None = None
    xfails_file: Path | None = None
    xfails: dict[str, str] = field(default_factory=dict)
    matched: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    collected: bool = False
    records: list[dict[str, Any]] = field(default_factory=list)

    def record(self, report: Mapping[str, Any]) -> None:
        """Keep a report, with the test that made it."""
        if self.report is not None:
            test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
            self.records.append({"test": test, **report})


_active: list[Settings] = []


def settings() -> Settings:
    """Those of the session that runs; the defaults where none does."""
    return _active[-1] if _active else Settings()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("gcalc", "layers checked by gcalc")
    group.addoption(
        "--gcalc-seed", type=int, default=0, metavar="N", help="seed of everything that gcalc draws"
    )
    group.addoption(
        "--gcalc-profile",
        choices=PROFILES,
        default="default",
        help="smoke: one size of each axis, and the window only",
    )
    group.addoption(
        "--gcalc-xfails",
        metavar="FILE",
        help="tests that must fail: an id of a test or of a check a line, the reason after #",
    )
    group.addoption("--gcalc-report", metavar="FILE.json", help="write what gcalc found in this session")


def pytest_configure(config: pytest.Config) -> None:
    """Read the options."""
    config.addinivalue_line("markers", "gcalc: a check of a layer by gcalc")
    xfails, report = config.getoption("--gcalc-xfails"), config.getoption("--gcalc-report")
    _active.append(
        Settings(
            seed=config.getoption("--gcalc-seed"),
            profile=config.getoption("--gcalc-profile"),
            report=None if report is None else _destination(config, Path(report)),
            xfails_file=None if xfails is None else Path(xfails),
            xfails={} if xfails is None else read_xfails(Path(xfails)),
        )
    )
    config.add_cleanup(_leave)


def _leave() -> None:
    """The session ends; one that it was run by goes on."""
    _active.pop()


def _destination(config: pytest.Config, path: Path) -> Path:
    """Refuse, before the tests run, a report that could not be written."""
    if path.suffix != ".json":
        raise pytest.UsageError(f"--gcalc-report {path}: the name must end in .json")
    if not path.absolute().parent.is_dir():
        raise pytest.UsageError(f"--gcalc-report {path}: there is no folder {path.parent}; make it first")
    if getattr(config, "workerinput", None) is not None or getattr(config.option, "numprocesses", None):
        raise pytest.UsageError("--gcalc-report cannot collect from the processes of xdist; run without -n")
    return path.absolute()


def read_xfails(path: Path) -> dict[str, str]:
    """Reasons by id: a line each, "id  # reason"; empty lines and lines of comments only are left out."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise pytest.UsageError(
            f"--gcalc-xfails {path}: cannot be read ({error}); name a text file"
        ) from error
    found = {}
    for line in lines:
        name, _, reason = f" {line}".partition(" #")
        if name.strip():
            found[name.strip()] = reason.strip() or f"listed in {path.name}"
    return found


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests on the list, before others are deselected."""
    now = settings()
    now.collected = True
    for item in items:
        now.files.add(item.nodeid.partition("::")[0])
        for name in _names(item):
            if name in now.xfails:
                now.matched.add(name)
                item.add_marker(pytest.mark.xfail(reason=now.xfails[name], strict=True))


def _names(item: pytest.Item) -> Iterator[str]:
    """The id of a test, and that of its parameters."""
    yield item.nodeid
    callspec = getattr(item, "callspec", None)
    if callspec is not None:
        yield callspec.id


def pytest_sessionfinish() -> None:
    """Write the report."""
    now = settings()
    if now.report is not None:
        content = {"schema_version": 1, "seed": now.seed, "profile": now.profile, "layers": now.records}
        temporary = now.report.with_name(f".{now.report.name}.{os.getpid()}")
        try:
            temporary.write_text(json.dumps(content, indent=1, default=repr) + "\n", encoding="utf-8")
            temporary.replace(now.report)
        finally:
            temporary.unlink(missing_ok=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell which ids on the list are those of no test."""
    now = settings()
    if now.report is not None:
        terminalreporter.write_line(f"gcalc: wrote {now.report} ({len(now.records)} layers)")
    unknown = [name for name in now.xfails if name not in now.matched and not _elsewhere(name, now)]
    if now.collected and unknown:
        terminalreporter.write_sep("=", "gcalc: expected failures that are no tests", yellow=True)
        for name in unknown:
            terminalreporter.write_line(
                f"{now.xfails_file}: {name!r} matches no test; mend the id, or remove the line"
            )


def _elsewhere(name: str, now: Settings) -> bool:
    """Whether it is in a file that exists and was not collected in this run."""
    file, colons, _ = name.partition("::")
    return bool(colons) and file not in now.files and Path(file).is_file()
