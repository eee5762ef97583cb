"""Layers are run by a process of their own, so that none can take this one down, or hold it up.

Main definitions
    ask: the answer of a worker to one request.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from gcalc.errors import TargetError, UsageError

__all__ = ["TIMEOUT", "ask"]

TIMEOUT = 60.0
"""Seconds."""
MUCH = 4
"""GiB of memory, worth telling."""
PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); import gcalc; del sys.path[0]; "
    "from gcalc.check.worker import main; main(int(sys.argv[2]))"
)
"""Runs the worker of this gcalc; modules of the working directory must not take the place of those that it imports."""


def ask(request: Mapping[str, Any], timeout: float = TIMEOUT) -> dict[str, Any]:
    """The answer of a worker, which is what `gcalc.check.worker` says; whatever the layer prints goes to stderr.

    Raises:
        UsageError: the request is not possible.
        TargetError: the layer cannot be run: it raises, hangs, ends the process, or is killed.
    """
    with TemporaryFile() as answers:
        worker = _started(answers)
        try:
            with _terminable():
                worker.communicate(json.dumps(request).encode(), timeout=timeout)
        except subprocess.TimeoutExpired:
            raise TargetError(_hung(request, _lines(answers), timeout, _held(worker.pid))) from None
        finally:
            _kill(worker)
        return _read(request, _lines(answers), worker.returncode)


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends what is within as an exception does, so that the worker is not left behind."""
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def end(*_: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _started(answers: IO[bytes]) -> subprocess.Popen[bytes]:
    number = answers.fileno()
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", PROGRAM, root, str(number)],
        stdin=subprocess.PIPE,
        stdout=2,
        pass_fds=(number,),
        start_new_session=True,
    )


def _kill(worker: subprocess.Popen[bytes]) -> None:
    """End the worker and all that it has started."""
    with suppress(ProcessLookupError):  # it may have ended meanwhile
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def _lines(answers: IO[bytes]) -> list[dict[str, Any]]:
    """What the worker has written: first that the object is loaded, then the answer."""
    answers.seek(0)
    complete = answers.read().decode().split("\n")[:-1]
    return [json.loads(line) for line in complete]


def _held(pid: int) -> float:
    """The memory of a process in GiB, where the system tells."""
    with suppress(OSError, ValueError):
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**30
    return 0.0


def _hung(request: Mapping[str, Any], lines: list[dict[str, Any]], timeout: float, held: float) -> str:
    what = request["object"]
    if not lines:
        return f"{what} could not be imported within {timeout:g} s; give more with --timeout"
    memory = f" and holds {held:.0f} GiB of memory" if held >= MUCH else ""
    return f"{what} did not come to an end within {timeout:g} s{memory}; give more with --timeout, or smaller sizes"


def _read(request: Mapping[str, Any], lines: list[dict[str, Any]], code: int) -> dict[str, Any]:
    answer = lines[-1] if lines else {}
    if "usage" in answer:
        raise UsageError(answer["usage"])
    if "target" in answer:
        raise TargetError(answer["target"])
    if "answer" in answer:
        return dict(answer["answer"])
    raise TargetError(f"{request['object']} {_ended(code)}")


def _ended(code: int) -> str:
    """How a worker without an answer has ended."""
    if code == -signal.SIGKILL:
        return "was killed (SIGKILL), as happens when the memory runs out; give smaller sizes"
    if code < 0:
        return f"crashed ({signal.Signals(-code).name}) in code that is not Python"
    return f"ended the process by itself (exit code {code}); a layer must return"
