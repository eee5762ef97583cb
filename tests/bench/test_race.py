"""Turns and ratios on a clock that contestants move: who is slow is shown so, and who is wrong never runs."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from gcalc.bench import contestant
from gcalc.bench.contestant import AbsentError, Contestant, Entry
from gcalc.bench.definition import judge
from gcalc.bench.race import best, race, ratios
from gcalc.bench.rounds import Ratio, interleave, ratio, turns
from gcalc.bench.shape import Shape, case

from .contestants import SMALL, Clock, Made, changed, entry, results

CASE = case(Shape.parse(SMALL))
RIGHT = results(CASE)


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(contestant.time, "perf_counter", made)
    return made


def run(*entries, tasks=("step",), rounds=3):
    return race({SMALL: CASE}, entries, judge, tasks=tasks, rounds=rounds, threads=1)


# ---- turns ----------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_everybody_has_one_turn_a_round_and_nobody_always_the_same_neighbour(n):
    names = list(range(n))
    order = list(turns(names, 2 * n))
    rounds = [order[i : i + n] for i in range(0, len(order), n)]
    assert all(sorted(one) == names for one in rounds)
    assert {one[0] for one in rounds} == set(names)
    if n > 2:
        before = {(a, b) for a, b in pairwise(order)}
        assert all(len({a for a, c in before if c == b}) > 1 for b in names)


def test_contestants_take_turns(clock):
    made = {name: Made(name, RIGHT, clock) for name in "abc"}
    seconds = interleave(made, "step", 4)
    warming, timed = clock.log[:3], clock.log[3:]
    assert warming == ["a", "b", "c"]
    assert timed == list(turns("abc", 4))
    assert {name: len(taken) for name, taken in seconds.items()} == {"a": 4, "b": 4, "c": 4}


def test_what_is_short_is_called_often_and_told_by_the_call(clock):
    made = {"short": Made("short", RIGHT, clock, 0.001), "long": Made("long", RIGHT, clock, 1.0)}
    seconds = interleave(made, "step", 2)
    assert clock.log.count("long") == 3
    assert clock.log.count("short") > 10
    assert seconds["short"] == pytest.approx([0.001, 0.001])


# ---- ratios ----------------------------------------


def test_a_ratio_is_of_the_same_round():
    """The machine is ten times slower in one round, for both."""
    ours, theirs = [1.0, 10.0, 1.0], [3.0, 30.0, 3.0]
    assert ratio(theirs, ours) == Ratio(3.0, 3.0, 3.0)


def test_the_quartiles_are_those_of_the_paired_ratios():
    assert ratio([1.0, 2.0, 3.0, 4.0, 5.0], [1.0] * 5) == Ratio(3.0, 2.0, 4.0)
    assert ratio([6.0], [2.0]) == Ratio(3.0, 3.0, 3.0)


def test_a_contestant_three_times_as_slow_is_shown_so(clock):
    rows = run(
        entry("ours", clock=clock, seconds=2.0),
        entry("slow", origin="peer", clock=clock, seconds=6.0),
        entry("slower", origin="peer", clock=clock, seconds=8.0),
    )
    found = ratios(rows, rows[0], {"peers": ("slow", "slower"), "absent": ("nobody",)}, ("step",))
    assert found == {"step": {"peers": Ratio(3.0, 3.0, 3.0)}}
    assert best(rows, "step", ("slow", "slower")).name == "slow"
    assert best(rows, "step", ("nobody",)) is None


class Sleeper(Contestant):
    def __init__(self, seconds):
        self.taken = seconds

    def run(self, task):
        time.sleep(self.taken)

    def results(self):
        return RIGHT


def test_one_that_sleeps_longer_is_slower():
    entries = [
        Entry(name, "gcalc", lambda case, threads, s=seconds: Sleeper(s))
        for name, seconds in (("short", 0.01), ("long", 0.04))
    ]
    rows = run(*entries)
    assert rows[1].median("step") >= 0.04
    assert ratios(rows, rows[0], {"long": ("long",)}, ("step",))["step"]["long"].median > 1.5


# ---- who is not timed ----------------------------------------


def test_a_wrong_result_is_failed_and_not_timed(clock):
    wrong = changed("filter_gradient", (0, 0, 0, 1, 1))
    rows = run(entry("right", clock=clock), entry("wrong", wrong, clock=clock))
    assert [row.verdict for row in rows] == ["EXACT", "FAILED"]
    assert set(clock.log) == {"right"}
    assert rows[1].seconds == {}


def absent(case, threads):
    raise AbsentError("no such library; install it")


def test_who_is_absent_or_raises_is_told_and_the_others_run(clock):
    rows = run(
        Entry("absent", "peer", absent),
        Entry("broken", "gcalc", lambda case, threads: Made("broken", ValueError("odd"), clock)),
        entry("right", clock=clock),
    )
    assert [row.verdict for row in rows] == ["NOT_TESTED", "FAILED", "EXACT"]
    assert [row.reason for row in rows[:2]] == ["no such library; install it", "raises ValueError: odd"]
    assert set(clock.log) == {"right"}


def test_nobody_is_a_race_of_nobody():
    (row,) = run(Entry("absent", "peer", absent))
    assert row.verdict == "NOT_TESTED"


def test_everybody_is_let_go_of(clock):
    made = [Made("right", RIGHT, clock), Made("broken", ValueError("odd"), clock)]
    run(*(Entry(one.name, "gcalc", lambda case, threads, one=one: one) for one in made))
    assert all(one.closed for one in made)


def test_cases_take_turns_with_each_other(clock):
    cases = {"one": CASE, "other": CASE}
    rows = race(cases, [entry("a", clock=clock)], judge, tasks=("step",), rounds=2, threads=1)
    assert [(row.subject, row.name) for row in rows] == [("one", "a"), ("other", "a")]
    assert all(len(row.seconds["step"]) == 2 for row in rows)
