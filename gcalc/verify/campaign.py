"""Running the readings of laws on groups, here or in several processes.

Main definitions: `verify`.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Any, TypeAlias

from gcalc.errors import TargetError, UsageError
from gcalc.formal import certified
from gcalc.kernel.replay import replay
from gcalc.kernel.sorts import Theory
from gcalc.kernel.terms import KernelError
from gcalc.lawbook import laws, theory
from gcalc.proving.assumptions import assumptions
from gcalc.proving.law import Law
from gcalc.recheck import RecheckError, recheck
from gcalc.verify import backends
from gcalc.verify.planning import (
    ANY,
    IMPLEMENTED,
    OPERATORS,
    PROFILES,
    READINGS,
    Task,
    groups_named,
    laws_named,
    plan,
)
from gcalc.verify.report import Report, environment
from gcalc.verify.result import TARGET_ERROR, Check, Verdict
from gcalc.verify.subjects import subject

FEW = 60
"""So few tasks are run in this process: starting others takes longer."""

BY_GROUP = ("exact", "fast")
"""The readings that are made group by group."""

Planned: TypeAlias = tuple[Task, "str | backends.Backend"]


def run(task: Task, backend: str | backends.Backend, seed: int) -> tuple[Check, ...]:
    """One task: its check, timed; of the reading `fast` as many as it has."""
    start = time.perf_counter()
    named = task.backend or backend
    implementation = backends.named(named)[0] if isinstance(named, str) else named
    if implementation.missing and task.reading in IMPLEMENTED:
        return (_not_run(task, implementation, implementation.missing),)
    if task.reading == "fast":
        return tuple(check for name in task.groups for check in _fast(task, name, implementation, seed))
    try:
        check = _read(laws()[task.law], task, implementation, seed)
    except TargetError as error:
        check = _failing(_not_run(task, implementation, str(error)))
    return (replace(check, seconds=round(time.perf_counter() - start, 4)),)


def _fast(task: Task, name: str, implementation: Any, seed: int) -> list[Check]:
    from gcalc.verify.fast_reading import fast

    try:
        return fast(laws()[task.law], name, implementation, seed, task.profile.fast, dict(task.elsewhere))
    except TargetError as error:
        return [_failing(replace(_not_run(task, implementation, str(error)), group=name))]


def _not_run(task: Task, implementation: Any, why: str) -> Check:
    """The check of an implementation that is not run."""
    label = task.groups[0] if len(task.groups) == 1 else f"drawn from {len(task.groups)}"
    return Check(task.law, task.reading, label, implementation.name, Verdict.NOT_TESTED, reason=why)


def _failing(check: Check) -> Check:
    """The check of an implementation that cannot be run, which is an error of its own."""
    return replace(check, diagnosis=[{"code": TARGET_ERROR, "text": check.reason or ""}])


def _read(law: Law, task: Task, backend: Any, seed: int) -> Check:
    if task.reading == "exact":
        from gcalc.verify.exact import exact

        return exact(law, subject(task.groups[0]), backend, seed, task.profile.effort, dict(task.elsewhere))
    if task.reading == "property":
        from gcalc.verify.property import property_

        return property_(law, task.groups, backend, seed, task.profile.examples, task.profile.inputs)
    return kernel(law) if task.reading == "kernel" else formal(law)


def formal(law: Law) -> Check:
    """What the certificate of Coq says of the law; cases are the lemmas proved, one a printed line."""
    found = certified(law)
    return Check(
        law.id,
        "formal",
        ANY,
        "coq",
        Verdict(found.verdict),
        cases=found.proved,
        complete=found.verdict == "PROVED",
        hypotheses=law.hypotheses,
        reason=found.reason,
    )


def kernel(law: Law) -> Check:
    """Replay every derivation of the law with both checkers; cases are the steps recomputed by the first."""
    check = Check(law.id, "kernel", ANY, "kernel", Verdict.PROVED, complete=True, hypotheses=law.hypotheses)
    refused = "the kernel"
    try:
        needed = Theory(assumptions(law, theory()).definitions)
        steps = sum(replay(needed, claim.derivation) for claim in law.claims)
        refused = "the second checker"
        for claim in law.claims:
            recheck(needed, claim.derivation)
    except (KernelError, RecheckError) as refusal:
        reason = f"{refused} refuses it: {refusal}"
        return replace(check, verdict=Verdict.FAILED, complete=False, reason=reason)
    return replace(check, cases=steps)


def verify(
    *,
    laws: Sequence[str] = (),
    groups: Sequence[str] = (),
    readings: Sequence[str] = READINGS,
    profile: str = "default",
    backend: str | backends.Backend = "reference",
    seed: int = 0,
    workers: int = 1,
    progress: Callable[[Check, int, int], None] = lambda check, done, of: None,
) -> Report:
    """Read laws on groups; the report says what held.

    Args:
        laws: ids, all if empty.
        groups: names, those of the profile if empty.
        readings: of `READINGS`.
        profile: "smoke", "default" or "thorough".
        backend: the name of an implementation, or one of the caller's own (run in this process).
        seed: of everything random.
        workers: processes. With more than one, a script must guard its main part by `if __name__ == "__main__"`.
        progress: called after every check with the check, how many are done, and of how many.

    Raises:
        UsageError: an unknown law, group, reading, profile or backend.
    """
    context = _context() if workers > 1 else None
    chosen = PROFILES.get(profile)
    if chosen is None:
        raise UsageError(f"no profile {profile!r}; there are {', '.join(PROFILES)}")
    for reading in readings:
        if reading not in READINGS:
            raise UsageError(f"no reading {reading!r}; there are {', '.join(READINGS)}")
    implementations = backends.named(backend) if isinstance(backend, str) else (backend,)
    planned = []
    for implementation in implementations:
        names = groups_named(groups, chosen) or implementation.groups or chosen.groups
        handed = implementation.name if isinstance(backend, str) else implementation
        planned += [
            (task, handed)
            for task in plan(laws_named(laws), tuple(dict.fromkeys(readings)), names, chosen, implementation)
        ]
    start, done = time.perf_counter(), []
    for place, checks in _results(planned, seed, workers, context):
        named = isinstance(backend, str)
        done.append((place, [_reproducible(c, groups, profile, seed, named=named) for c in checks]))
        for check in done[-1][1]:
            progress(check, len(done), len(planned))
    checks = tuple(check for _, told in sorted(done, key=lambda pair: pair[0]) for check in told)
    return Report(environment(), seed, profile, checks, round(time.perf_counter() - start, 3))


def _heaviest_first(task: Task) -> int:
    """Long tasks first, so that no process is left alone with one at the end."""
    if task.reading == "exact" or task.groups[0] == ANY:
        return 0 if task.groups[0] == ANY else -int(subject(task.groups[0]).group.order)
    if task.reading == "fast":
        return (
            -2000 if task.law == OPERATORS else -sum(int(subject(name).group.order) for name in task.groups)
        )
    return -1000 if task.reading == "property" else 0


def _results(
    planned: Sequence[Planned], seed: int, workers: int, context: BaseContext | None
) -> Iterator[tuple[int, tuple[Check, ...]]]:
    """The checks as their tasks are finished, each with its place in the plan."""
    order = sorted(range(len(planned)), key=lambda place: _heaviest_first(planned[place][0]))
    if context is None or len(planned) < FEW or not all(isinstance(backend, str) for _, backend in planned):
        yield from ((place, run(*planned[place], seed)) for place in order)
        return
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        with _interrupts_held():
            futures = {pool.submit(run, *planned[place], seed): place for place in order}
        try:
            yield from ((futures[future], future.result()) for future in as_completed(futures))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _context() -> BaseContext:
    """How workers start: forked from a process that has derived the laws, begun here, where that can be done."""
    if "forkserver" not in get_all_start_methods():  # on Windows
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["gcalc.verify.preloaded"])
    with _interrupts_held(), _same_path():  # which it inherits, and the workers from it
        forkserver.ensure_running()
    return context


@contextmanager
def _same_path() -> Iterator[None]:
    """Let a process started here find the modules that this one finds, and not those of its working directory."""
    mine = {"PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path), "PYTHONSAFEPATH": "1"}
    before = {name: os.environ.get(name) for name in mine}
    os.environ.update(mine)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back: it is this process that ends the others."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _reproducible(check: Check, groups: Sequence[str], profile: str, seed: int, *, named: bool) -> Check:
    """With the line that runs a failing check again, alone: a command, or a call where the backend has no name."""
    if check.verdict != Verdict.FAILED:
        return check
    if not named and check.reading in IMPLEMENTED:
        chosen = [check.group] if check.reading in BY_GROUP else list(groups)
        call = f"laws=[{check.law!r}], readings=[{check.reading!r}], groups={chosen!r}, profile={profile!r}"
        return replace(
            check,
            reproduction=f"gcalc.verify.verify({call}, backend={check.backend.partition('/')[0]}, seed={seed})",
        )
    words = ["gcalc verify", f"--law {check.law}", f"--reading {check.reading}", f"--profile {profile}"]
    words += [f'--group "{g}"' for g in ([check.group] if check.reading in BY_GROUP else groups)]
    if check.backend != "reference" and check.reading != "kernel":
        words.append(f"--backend {check.backend.partition('/')[0]}")
    return replace(check, reproduction=" ".join([*words, f"--seed {seed}"]))
