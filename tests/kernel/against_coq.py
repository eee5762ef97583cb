"""The fuzzer's steps in Coq: what the kernel accepts is proved there by the exported script, what is false is not.

`python -m tests.kernel.against_coq --steps 500 --seed 0` prints, by rule, how many steps both accept and both reject,
and every disagreement. Rejected are accepted steps that were altered, and steps of rules without a side condition;
that each is false has been seen in a small model. A script that fails is told from one that runs out of time, and the
script of an altered step proves the step as it was, so that it does not fail for another reason. Steps that the
exporter does not write (every sort is finite there) are counted by construct.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from gcalc.formal.certificates import text
from gcalc.formal.coqc import compiled, coqc_version
from gcalc.kernel.replay import Derivation, replay
from gcalc.kernel.rules import RULES
from gcalc.kernel.sorts import check
from gcalc.kernel.terms import Big, Der, KernelError, binders, is_data
from gcalc.proving.law import Claim, Law
from gcalc.render.coq import Unsupported, export
from gcalc.render.coq_terms import parts

from .fuzz import THEORY, altered, holds, one_step, retold
from .redexes import FUNCTIONS, Redexes
from .test_fuzz import UNSOUND, name_of
from .worlds import World

HEAD = r"""From GCalc Require Import Rules.
Import GRing.Theory.
Local Open Scope ring_scope.
Set Default Proof Using "All".
Definition square (G : finGroupType) {R : comRingType} (a : G -> R) (h : G) := a h * a h.
Definition total {G : finGroupType} (X : gset G) {R : comRingType} (d : X -> R) := \sum_(x : X) d x.
Definition shift {G : finGroupType} (X : gset G) {R} (u : G) (d : X -> R) (x : X) := d (u^-1%g • x).
"""
"""The fuzzer's operators, as the exporter names them."""
SECONDS = 5  # for one script
WORLDS, ALTERATIONS = 60, 4
TRIES = 400  # at most, for a step by an unsound rule
TOLD = ("word", "ring", "delta")
MESSAGE = re.compile(r'^The command has indeed failed with message:\n(.*?)(?=^File "|\Z)', re.M | re.S)
WHY = re.compile(
    "Cannot apply lemma|No applicable tactic|not a valid ring equation|Unable to unify|has type|not found|Timeout"
)
LEMMA = re.compile(
    r"^(Section \w+\.\n.*?)^\(\* *\*\)\nLemma \w+ : (.*?)\.\nProof\.\n(.*?)\nQed\.", re.M | re.S
)


@dataclass(frozen=True)
class Case:
    """A step, whether the kernel accepts it, and its lemma: the section that it stands in, what it says, its script."""

    rule: str
    kind: str  # "correct", "altered" or the name of an unsound rule
    attempt: Derivation
    section: str
    says: str
    script: str

    @property
    def accepted(self) -> bool:
        return self.kind == "correct"

    def lemma(self) -> str:
        """Proved, or refused."""
        tactic = f"timeout {SECONDS} ({self.script})"
        proof = f"{tactic}. Qed." if self.accepted else f"Fail {tactic}. Abort."
        name = re.match(r"Section (\w+)", self.section)[1]
        return f"{self.section}Goal {self.says}.\nProof.\n{proof}\nEnd {name}.\n"


@dataclass
class Report:
    """The cases; what the exporter cannot write, by construct; why Coq refused; those on which the two differ."""

    cases: list[Case] = field(default_factory=list)
    unwritten: Counter = field(default_factory=Counter)
    refusals: Counter = field(default_factory=Counter)
    differ: list[tuple[Case, str]] = field(default_factory=list)

    def count(self, rule: str, accepted: bool) -> int:
        """How many steps by the rule both accept, or both reject."""
        differ = [id(case) for case, _ in self.differ]
        return sum((c.rule, c.accepted) == (rule, accepted) and id(c) not in differ for c in self.cases)


class Steps:
    """Draws cases; counts in a report what cannot be written."""

    def __init__(self, seed: int, report: Report, tries: int = TRIES) -> None:
        self.random, self.report, self.tries = Random(seed), report, tries
        self.draw = Redexes(self.random)
        self.worlds = [World(self.random, FUNCTIONS) for _ in range(WORLDS)]

    def correct(self, rule: str) -> Iterator[Case]:
        """Steps that the kernel accepts."""
        while True:
            attempt = one_step(self.random, self.draw, rule)
            if attempt is not None and replays(attempt):
                yield from self.written(rule, "correct", attempt)

    def altered(self, case: Case) -> Case | None:
        """The step with its conclusion changed at one place, if that is found to be false."""
        for _ in range(ALTERATIONS):
            attempt = concluding(case.attempt, altered(self.random, conclusion(case.attempt)))
            if self.is_wrong(attempt):
                return next(self.written(case.rule, "altered", attempt), None)
        return None

    def unsound(self, wrong) -> Case | None:
        """A step by a rule without a side condition, that is false."""
        rule = name_of(wrong)
        for _ in range(self.tries):
            with patch.dict(RULES, {rule: wrong}):
                attempt = one_step(self.random, self.draw, rule)
                believed = attempt is not None and replays(attempt)
            if believed and self.is_wrong(attempt):
                for case in self.written(rule, wrong.__name__, attempt, wrong):
                    return case
        self.report.unwritten[f"a false step of {wrong.__name__}"] += 1
        return None

    def is_wrong(self, attempt: Derivation) -> bool:
        """Whether it is well sorted, the kernel rejects it, and it is false in a model."""
        statement = attempt.statement
        if not is_data(attempt, Derivation, set()):
            return False
        try:
            check(statement.left, THEORY)
            check(statement.right, THEORY)
            return not replays(attempt) and not holds(self.random, self.worlds, statement, times=8)
        except (KernelError, OverflowError):
            return False

    def written(self, rule: str, kind: str, attempt: Derivation, wrong=None) -> Iterator[Case]:
        """The case, unless it has a construct that Coq is not told of, which is counted."""
        name = f"step{len(self.report.cases)}_{sum(self.report.unwritten.values())}"
        if wrong is None and kind == "altered" and rule in TOLD:
            wrong = believing
        try:
            refuse_limits(attempt, kind)
            with patch.dict(RULES, {rule: wrong}) if wrong else nullcontext():
                source = export(Law(name, "", (Claim("", attempt),), ""), THEORY).text
        except Unsupported as limit:
            self.report.unwritten[str(limit)] += 1
            return
        except (LookupError, AttributeError):
            if kind == "correct":
                raise
            self.report.unwritten["a wrong step from a δ to what is no such δ"] += 1
            return
        section, says, script = LEMMA.search(source).groups()
        yield Case(rule, kind, attempt, section, says, "; ".join(re.findall(r"(.+?)\.(?:\s+|$)", script)))


def believing(theory, term, target):
    """A rule that is told its result, and believes it."""
    return target


def replays(attempt: Derivation) -> bool:
    """Whether the kernel accepts a step."""
    try:
        return replay(THEORY, attempt) == 1
    except KernelError:
        return False


def conclusion(attempt: Derivation):
    """What the rule gives: the right side, of a backward step the left one."""
    return attempt.statement.left if attempt.lines[0].steps[0].backward else attempt.statement.right


def concluding(attempt: Derivation, wrong) -> Derivation:
    """The same step with another conclusion; a rule that is told it is told that one."""
    statement, (line,) = attempt.statement, attempt.lines
    (step,) = line.steps
    step = replace(step, arguments=retold(step.rule, step.path, step.arguments, wrong))
    if step.backward:
        return Derivation(replace(statement, left=wrong), (replace(line, steps=(step,)),))
    line = replace(line, term=wrong, steps=(replace(step, result=wrong),))
    return Derivation(replace(statement, right=wrong), (line,))


def refuse_limits(attempt: Derivation, kind: str) -> None:
    """Raise Unsupported where Coq is told something else: of infinite sorts; of wrong steps, where it is told more."""
    statement = attempt.statement
    terms = [p for side in (statement.left, statement.right) for p in parts(side)]
    sorts = {getattr(p, "sort", None) for p in terms} | {v.sort for p in terms for v in binders(p)}
    if any(sort is not None and not sort.finite for sort in sorts):
        raise Unsupported("an infinite sort")
    if kind != "correct" and any(isinstance(p, Big) and p.op == "any" and p.guard for p in terms):
        raise Unsupported("a wrong step with a guard under an unknown operation, which has a unit in Coq")
    if kind != "correct" and statement.hypotheses and any(isinstance(p, Der) for p in terms):
        raise Unsupported("a wrong step with a hypothesis about functions that are differentiated by")


def drawn(steps: int, seed: int) -> Report:
    """Three fifths accepted steps, the rules in turn; up to half of the others are of unsound rules, one of each."""
    report = Report()
    source = Steps(seed, report, min(TRIES, 2 * steps))
    rejected = steps * 2 // 5
    wrong = filter(None, map(source.unsound, source.random.sample(UNSOUND, len(UNSOUND))))
    report.cases += [case for case, _ in zip(wrong, range(rejected // 2), strict=False)]
    rejected -= len(report.cases)
    streams, n, accepted = {rule: source.correct(rule) for rule in RULES}, 0, steps - steps * 2 // 5
    while accepted or rejected:
        case = next(streams[list(RULES)[n % len(RULES)]])
        n += 1
        other = source.altered(case) if rejected else None
        if accepted or other:  # an altered step is never without the step that it was
            report.cases.append(case)
            accepted = max(0, accepted - 1)
        if other:
            report.cases.append(other)
            rejected -= 1
    return report


def compare(folder: Path, report: Report) -> Report:
    """Compile all lemmas in one file; without those on which Coq differs, again, until it accepts the file."""
    cases = list(report.cases)
    while (said := coqc(folder, HEAD + "".join(case.lemma() for case in cases))).returncode:
        place = re.search(r'^File "[^"]*", line (\d+)', said.stderr, re.M)
        ends = list(accumulate((case.lemma().count("\n") for case in cases), initial=HEAD.count("\n")))
        at = bisect_left(ends, int(place[1])) - 1 if place else -1
        if at < 0:
            raise RuntimeError(f"coqc: {said.stderr[:500]}")
        report.differ.append((cases.pop(at), said.stderr))
    reasons = MESSAGE.findall(said.stdout)
    for case, reason in zip((c for c in cases if not c.accepted), reasons, strict=True):
        report.refusals[WHY.search(reason)[0]] += 1
        unread = case.kind == "altered" and "not found in the current environment" in reason
        if "Timeout" in reason or unread:
            report.differ.append((case, reason))
    return report


def coqc(folder: Path, content: str) -> subprocess.CompletedProcess:
    """Compile the file; in test mode `Fail` says what failed."""
    (folder / "Steps.v").write_text(content, encoding="utf-8")
    command = ["coqc", "-q", "-w", "none", "-test-mode", "-Q", ".", "GCalc", "Steps.v"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def against_coq(steps: int, seed: int) -> Report:
    """Draw steps and compare the kernel with Coq."""
    report = drawn(steps, seed)
    with TemporaryDirectory() as folder:
        compiled(Path(folder), "Rules", text("Rules"))
        return compare(Path(folder), report)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="random steps, as the kernel and as Coq judge them")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if coqc_version() is None:
        print("no coqc on the path; .ci/coq installs it")
        return 3
    start = time.perf_counter()
    report = against_coq(options.steps, options.seed)
    print(f"{'rule':12} {'accepted by both':>16} {'rejected by both':>16}")
    for rule in RULES:
        print(f"{rule:12} {report.count(rule, True):16} {report.count(rule, False):16}")
    print("not written:", *(f"\n  {n:5} {limit}" for limit, n in report.unwritten.most_common()))
    print("why Coq rejects:", *(f"\n  {n:5} {reason}" for reason, n in report.refusals.most_common()))
    for case, said in report.differ:
        print("DISAGREEMENT:", case.rule, case.kind, "\n", case.lemma(), "\n", said[:600])
    both = [sum(report.count(rule, accepted) for rule in RULES) for accepted in (True, False)]
    print(
        f"{len(report.cases)} steps: {both[0]} accepted by both, {both[1]} rejected by both, "
        f"{len(report.differ)} disagreements, {time.perf_counter() - start:.1f} s"
    )
    return 1 if report.differ else 0


if __name__ == "__main__":
    sys.exit(main())
