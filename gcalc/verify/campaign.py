"""Running readings of laws on groups: the profiles, the plan, and the campaign.

Main definitions: `PROFILES`, `plan`, `verify`.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from multiprocessing import forkserver, get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Any, TypeAlias

from gcalc.errors import TargetError, UsageError
from gcalc.formal import certified
from gcalc.groups.wallpaper import aliases, wallpaper_symbols
from gcalc.kernel.replay import replay
from gcalc.kernel.sorts import Theory
from gcalc.kernel.terms import KernelError
from gcalc.lawbook import laws, theory
from gcalc.proving.assumptions import assumptions
from gcalc.proving.law import Law
from gcalc.recheck import RecheckError, recheck
from gcalc.verify import backends
from gcalc.verify.evaluation import Effort
from gcalc.verify.report import Report, environment
from gcalc.verify.result import TARGET_ERROR, Check, Verdict
from gcalc.verify.subjects import subject

FEW = 60
"""So few tasks are run in this process: starting others takes longer."""
READINGS = ("kernel", "formal", "exact", "property", "fast")
IMPLEMENTED = ("exact", "property")
"""The readings that call an implementation."""
ANY = "any"


STANDARD = Effort()
LITTLE = Effort(sides=1_500, numbers=1_000, line=800, places=1)
MUCH = Effort(terms=2_000_000, numbers=20_000, line=10_000, places=12)


@dataclass(frozen=True)
class Profile:
    """Which groups a campaign covers, and how hard it tries.

    examples, inputs: of the property reading, a law, and an example. effort: of the exact reading.
    """

    groups: tuple[str, ...]
    examples: int
    inputs: int = 8
    effort: Effort = STANDARD


_NAMED = ("C1", "C2", "C3", "C4", "C5", "C6", "S3", "D4", "Q8", "A4")
_MOD_2_AND_3 = tuple(f"{symbol} mod {n}" for n in (2, 3) for symbol in wallpaper_symbols)
_WINDOWS = ("p4m 3x3", "p4m 4x4", "p4m 4x3", "p4 5x4", "pmm 2x5", "cmm 3x3")
_LARGE = (
    "D6",
    "C12",
    "S4",
    "C2xC2xC2",
    "p4 mod 4",
    "p3 mod 4",
    "pgg mod 4",
    "p4 mod 5",
    "p4m 5x5",
    "p4m 6x6",
    "p4m 6x5",
)

PROFILES = {
    "smoke": Profile(("C1", "C2", "S3", "p2 mod 2", "p4m 3x2"), 3, 4, LITTLE),
    "default": Profile((*_NAMED, *_MOD_2_AND_3, *_WINDOWS), 30, 5),
    "thorough": Profile((*_NAMED, *_MOD_2_AND_3, *_WINDOWS, *_LARGE), 250, effort=MUCH),
}


@dataclass(frozen=True)
class Task:
    """One reading of one law: on one group, or (property) on inputs drawn from several.

    elsewhere: the claims that are read as those of another law, with its id.
    """

    law: str
    reading: str
    groups: tuple[str, ...]
    profile: Profile
    elsewhere: tuple[tuple[str, str], ...] = ()


Planned: TypeAlias = tuple[Task, "str | backends.Backend"]


def groups_named(names: Iterable[str], profile: Profile) -> tuple[str, ...]:
    """The groups a user asked for: "p4m" means all quotients and windows of p4m in the profile, or p4m mod 3."""
    chosen: list[str] = []
    for name in (" ".join([aliases.get(word, word) for word in name.split()]) for name in names):
        found = [g for g in profile.groups if g == name or g.split(" ")[0] == name]
        if not found:
            found = [f"{name} mod 3"] if name in wallpaper_symbols else [name]
            subject(found[0])
        chosen += found
    return tuple(dict.fromkeys(chosen))


def laws_named(names: Iterable[str]) -> tuple[str, ...]:
    """The ids of the laws asked for, all if none.

    Raises:
        UsageError: no law of that id; the closest ones are offered.
    """
    for name in names:
        if name not in laws():
            close = get_close_matches(name, laws(), n=3, cutoff=0.4) or list(laws())
            raise UsageError(f"no law {name!r}; did you mean {', '.join(close)}?")
    return tuple(dict.fromkeys(names)) or tuple(laws())


def plan(
    ids: Sequence[str],
    readings: Sequence[str],
    groups: Sequence[str],
    profile: Profile,
    backend: backends.Backend,
) -> Iterator[Task]:
    """All readings of all laws, one task a group where the reading is made group by group.

    An implementation other than the reference is given the laws it has the operators for, and no reading that
    does not use it.
    """
    reference = backend.name == "reference"
    for reading in readings if reference else [r for r in readings if r in IMPLEMENTED]:
        for law_id in ids:
            claims = laws()[law_id].claims
            if not reference and not any(map(backend.reads, claims)):
                continue
            chosen = tuple(g for g in groups if any(c.windows for c in claims) or subject(g).window is None)
            if reading == "exact":
                others = tuple(shared_claims(law_id, ids).items())
                yield from (Task(law_id, reading, (g,), profile, others) for g in chosen or groups)
            else:
                yield Task(law_id, reading, chosen or tuple(groups), profile)


def shared_claims(law_id: str, ids: Sequence[str]) -> dict[str, str]:
    """The claims of a law that are also those of another that is read, a smaller one, with its id: read once."""
    size = {i: (len(laws()[i].claims), i) for i in ids}
    found: dict[str, str] = {}
    for claim in laws()[law_id].claims:
        owners = [i for i in ids for c in laws()[i].claims if c.derivation is claim.derivation]
        least = min(owners, key=size.__getitem__)
        found |= {claim.name: least} if least != law_id else {}
    return found


def run(task: Task, backend: str | backends.Backend, seed: int) -> Check:
    """One task, timed."""
    start = time.perf_counter()
    implementation = backends.named(backend)[0] if isinstance(backend, str) else backend
    try:
        check = _read(laws()[task.law], task, implementation, seed)
    except TargetError as error:
        check = _not_run(task, implementation, str(error))
    return replace(check, seconds=round(time.perf_counter() - start, 4))


def _not_run(task: Task, implementation: backends.Backend, why: str) -> Check:
    """The check of an implementation that cannot be run."""
    diagnosis = [{"code": TARGET_ERROR, "text": why}]
    label = task.groups[0] if len(task.groups) == 1 else f"drawn from {len(task.groups)}"
    untested = Verdict.NOT_TESTED
    return Check(
        task.law, task.reading, label, implementation.name, untested, reason=why, diagnosis=diagnosis
    )


def _read(law: Law, task: Task, backend: Any, seed: int) -> Check:
    if task.reading == "exact":
        from gcalc.verify.exact import exact

        return exact(law, subject(task.groups[0]), backend, seed, task.profile.effort, dict(task.elsewhere))
    if task.reading == "property":
        from gcalc.verify.property import property_

        return property_(law, task.groups, backend, seed, task.profile.examples, task.profile.inputs)
    if task.reading == "kernel":
        return kernel(law)
    if task.reading == "formal":
        return formal(law)
    reason = "this version has no fast path"
    return Check(law.id, task.reading, ANY, "none", Verdict.NOT_TESTED, reason=reason)


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
    for place, check in _results(planned, seed, workers, context):
        told = _reproducible(check, groups, profile, seed, named=isinstance(backend, str))
        done.append((place, told))
        progress(done[-1][1], len(done), len(planned))
    checks = tuple(check for _, check in sorted(done, key=lambda pair: pair[0]))
    return Report(environment(), seed, profile, checks, round(time.perf_counter() - start, 3))


def _heaviest_first(task: Task) -> int:
    """Long tasks first, so that no process is left alone with one at the end."""
    if task.reading == "exact":
        return -int(subject(task.groups[0]).group.order)
    return -1000 if task.reading == "property" else 0


def _results(
    planned: Sequence[Planned], seed: int, workers: int, context: BaseContext | None
) -> Iterator[tuple[int, Check]]:
    """The checks as they are finished, each with its place in the plan."""
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
        chosen = [check.group] if check.reading == "exact" else list(groups)
        call = f"laws=[{check.law!r}], readings=[{check.reading!r}], groups={chosen!r}, profile={profile!r}"
        return replace(
            check, reproduction=f"gcalc.verify.verify({call}, backend={check.backend}, seed={seed})"
        )
    words = ["gcalc verify", f"--law {check.law}", f"--reading {check.reading}", f"--profile {profile}"]
    words += [f'--group "{g}"' for g in ([check.group] if check.reading == "exact" else groups)]
    if check.backend != "reference" and check.reading != "kernel":
        words.append(f"--backend {check.backend}")
    return replace(check, reproduction=" ".join([*words, f"--seed {seed}"]))
