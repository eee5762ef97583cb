"""The peers: those that this interpreter can load, and those of other interpreters.

Main definitions
    Peers: opens the interpreters, and has an entry for every peer that gcalc knows.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

from gcalc.bench.contestant import AbsentError, Contestant, Entry, Results
from gcalc.bench.shape import Case
from gcalc.bench.worker import decode, encode
from gcalc.errors import TargetError, UsageError

__all__ = ["FAMILIES", "NAMES", "Local", "Peers"]

NAMES = {
    "torch": "peers_torch",
    "torch channels_last": "peers_torch",
    "torch cat": "peers_torch",
    "torch cat channels_last": "peers_torch",
    "GrouPy-like": "peers_torch",
    "escnn R2Conv": "peers_escnn",
}
"""Every peer, and the module that has it."""
FAMILIES = {
    "torch": ("torch", "torch channels_last"),
    "torch cat": ("torch cat", "torch cat channels_last"),
    "GrouPy-like": ("GrouPy-like",),
    "escnn": ("escnn R2Conv",),
}
"""A ratio is to the fastest of a family."""
MEND = {
    "peers_torch": "install the extra bench, or name an interpreter that has torch with --peer-python",
    "peers_escnn": "name an interpreter that has escnn with --peer-python",
}


class Local(Contestant):
    """A peer in this process."""

    def __init__(self, peer: Any) -> None:
        """Take the peer, which is ready."""
        self.peer = peer
        self.exact, self.boundary, self.note = peer.exact, peer.boundary, peer.note

    def run(self, task: str) -> Any:
        """Do the task once."""
        return self.peer.run(task)

    def results(self) -> Results:
        """Those of a step."""
        return Results(**self.peer.results())

    def close(self) -> None:
        """Forget the peer."""
        self.peer = None


class _Remote(Contestant):
    """A peer in another interpreter, which takes the time itself."""

    def __init__(self, interpreter: Interpreter, answer: dict[str, Any]) -> None:
        self.interpreter, self.id = interpreter, answer["id"]
        self.exact, self.boundary, self.note = answer["exact"], answer["boundary"], answer["note"]

    def run(self, task: str) -> Any:
        return self.seconds(task, 1)

    def seconds(self, task: str, calls: int) -> float:
        return float(self.interpreter.ask("seconds", id=self.id, task=task, calls=calls)["seconds"])

    def results(self) -> Results:
        return Results(
            **{key: decode(value) for key, value in self.interpreter.ask("results", id=self.id).items()}
        )

    def close(self) -> None:
        with suppress(TargetError):  # it has ended
            self.interpreter.ask("close", id=self.id)


class Interpreter:
    """Another interpreter that runs ``worker.py``.

    Attributes:
        python: its path.
        peers: the names of those that it can load.
        absent: why it cannot load the others, by module.
        environment: versions.

    Raises:
        UsageError: it cannot be started, or has no NumPy.
    """

    def __init__(self, python: Path, threads: int) -> None:
        """Start it and ask which peers it has."""
        environment = os.environ | {"OMP_WAIT_POLICY": "PASSIVE", "OMP_NUM_THREADS": str(threads)}
        self.python = python
        refusal = f"--peer-python {python}: no worker starts there ({{}}); name an interpreter that has NumPy"
        try:
            self.process = subprocess.Popen(
                [str(python), str(Path(__file__).with_name("worker.py"))],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        except OSError as error:
            raise UsageError(refusal.format(error.strerror)) from error
        try:
            answer = self.ask("peers")
        except TargetError as error:
            self.close()
            raise UsageError(refusal.format(error)) from error
        self.peers: list[str] = answer["peers"]
        self.absent: dict[str, str] = answer["absent"]
        self.environment: dict[str, str] = answer["environment"]

    def ask(self, do: str, **arguments: Any) -> dict[str, Any]:
        """The answer to a request.

        Raises:
            TargetError: the request failed there, or the interpreter has ended.
        """
        streams = self.process.stdin, self.process.stdout
        if streams[0] is None or streams[1] is None:
            raise TargetError(f"{self.python}: it has no streams")
        try:
            streams[0].write(json.dumps({"do": do, **arguments}) + "\n")
            streams[0].flush()
            line = streams[1].readline()
        except OSError as error:
            raise TargetError(f"{self.python}: it does not listen ({error.strerror})") from error
        if not line:
            raise TargetError(f"{self.python}: it ended, with exit code {self.process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise TargetError(f"{self.python}: {answer['error']}")
        return answer

    def prepare(self, name: str, case: Case, threads: int) -> Contestant:
        """A contestant there."""
        data = {
            key: value if isinstance(value, int | str) else encode(value) for key, value in vars(case).items()
        }
        answer = self.ask("prepare", name=name, case=data, threads=threads)
        if "refused" in answer:
            raise AbsentError(answer["refused"])
        return _Remote(self, answer)

    def close(self) -> None:
        """End it."""
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):  # what it did not read
                    stream.close()
        self.process.wait()


class Peers:
    """All peers, for the time of a run: ``with Peers(pythons, threads) as peers``.

    Attributes:
        entries: one a peer.
        environment: versions, an interpreter each.
    """

    def __init__(self, pythons: Sequence[Path], threads: int) -> None:
        """Start the interpreters."""
        self.interpreters: list[Interpreter] = []
        try:
            for python in pythons:
                self.interpreters.append(Interpreter(python, threads))
        except UsageError:
            self.close()
            raise
        self.environment = [interpreter.environment for interpreter in self.interpreters]
        self.entries = [Entry(name, "peer", self._prepare(name, module)) for name, module in NAMES.items()]

    def _prepare(self, name: str, module: str) -> Callable[[Case, int], Contestant]:
        """From here where it can be loaded, else from the first interpreter that has it."""

        def prepare(case: Case, threads: int) -> Contestant:
            try:
                peer = import_module(f"gcalc.bench.{module}").PEERS[name]
            except ImportError as error:
                for interpreter in self.interpreters:
                    if name in interpreter.peers:
                        return interpreter.prepare(name, case, threads)
                raise AbsentError(f"{error}; {MEND[module]}") from error
            try:
                return Local(peer(case, threads))
            except NotImplementedError as why:
                raise AbsentError(str(why)) from why

        return prepare

    def __enter__(self) -> Peers:
        """These peers."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the interpreters."""
        self.close()

    def close(self) -> None:
        """End the interpreters."""
        for interpreter in self.interpreters:
            interpreter.close()
