"""Campaigns: what the profiles cover, reproducible runs, workers, and how what cannot be read is told."""

from __future__ import annotations

import json
import os
import shlex
import sys
from dataclasses import replace
from multiprocessing import active_children

import pytest
from click.testing import CliRunner

import gcalc
from gcalc import reference
from gcalc.cli import main
from gcalc.errors import UnknownGroupError, UsageError
from gcalc.groups import wallpaper_symbols
from gcalc.verify import PROFILES, READINGS, Backend, verify
from gcalc.verify.backends import named
from gcalc.verify.fast_backends import NAMESPACES, Namespace
from gcalc.verify.planning import laws_named, plan
from gcalc.verify.subjects import subject

from .faulty import failed, faulty

DEFAULT = PROFILES["default"].groups


def timeless(report):
    """The checks but for how long they took."""
    return [replace(check, seconds=0.0) for check in report.checks]


def recorded(seed, **more):
    """A small run, and the arrays that were correlated in it."""
    seen = []

    def correlate(X, f, psi, *args, **options):
        seen.append((str(f), str(psi)))
        return reference.correlate(X, f, psi, *args, **options)

    options = {"laws": ["g_correlation_equivariance"], "groups": ["C2", "S3"], "profile": "smoke"}
    report = verify(**options | more, seed=seed, backend=faulty(correlate=correlate, symbolic=False))
    return report, seen


# ---- what the profiles cover ----------------------------------------


def test_the_default_profile_has_the_named_groups():
    assert {"C1", "C2", "C3", "C4", "C5", "C6", "S3", "D4", "Q8", "A4"} <= set(DEFAULT)


@pytest.mark.parametrize("modulus", [2, 3])
def test_the_default_profile_has_all_wallpaper_groups(modulus):
    assert len(wallpaper_symbols) == 17
    assert {f"{symbol} mod {modulus}" for symbol in wallpaper_symbols} <= set(DEFAULT)
    assert any(not subject(f"{symbol} mod {modulus}").group.is_split for symbol in wallpaper_symbols)


def test_the_default_profile_has_windows_of_both_parities_square_and_not():
    sizes = {subject(name).window.shape for name in DEFAULT if "x" in name}
    assert {(rows % 2, cols % 2) for rows, cols in sizes} == {(0, 0), (1, 1), (0, 1), (1, 0)}
    assert {rows == cols for rows, cols in sizes} == {True, False}
    assert {rows < cols for rows, cols in sizes if rows != cols} == {True, False}


def test_the_default_profile_has_cosets_with_stabilizers():
    named = [subject(name).spaces for name in ("S3", "D4", "A4")]
    assert all(any(not X.is_free for X in spaces) for spaces in named)
    quotients = [subject(f"{symbol} mod 3").spaces for symbol in wallpaper_symbols]
    cosets = [X for spaces in quotients for X in spaces if not (X.is_regular or X.is_grid)]
    assert len(cosets) == 17
    assert any(not X.is_free for X in cosets)


def test_thorough_covers_the_default_and_more():
    assert set(PROFILES["thorough"].groups) > set(DEFAULT)


def test_every_group_of_every_profile_can_be_made():
    for name in {name for profile in PROFILES.values() for name in profile.groups}:
        assert subject(name).name == name


def test_every_law_is_planned_in_every_reading():
    tasks = plan(laws_named(()), READINGS, ("C2",), PROFILES["smoke"], named("reference")[0])
    assert {(task.law, task.reading) for task in tasks} == {(i, r) for i in gcalc.laws() for r in READINGS}


def test_the_kernel_and_formal_readings_are_of_any_group():
    report = verify(groups=["C2", "C3"], readings=["kernel", "formal"])
    assert {c.group for c in report.checks} == {"any"}
    assert {c.verdict for c in report.checks if c.reading == "kernel"} == {"PROVED"}
    assert all(c.hypotheses == gcalc.laws()[c.law].hypotheses for c in report.checks if c.reading == "kernel")


def test_the_property_reading_of_smoke_executes_200_cases_a_law():
    report = verify(readings=["property"], profile="smoke")
    assert {c.law for c in report.checks} == set(gcalc.laws())
    assert {c.law: c.cases for c in report.checks if c.cases < 200} == {}


# ---- reproducible ----------------------------------------


def test_a_seed_gives_the_same_report_and_the_same_inputs():
    first, inputs = recorded(3)
    again, same = recorded(3)
    assert timeless(first) == timeless(again)
    assert inputs == same


@pytest.mark.parametrize("reading", ["exact", "property"])
def test_another_seed_gives_other_inputs(reading):
    _, inputs = recorded(3, readings=[reading])
    _, others = recorded(4, readings=[reading])
    assert inputs != others


def broken(monkeypatch, operator, wrong):
    """Replace an operator of the reference, as a mistake in it would."""
    right = getattr(reference, operator)
    monkeypatch.setattr(reference, operator, lambda *args, **options: wrong(right, *args, **options))


def pool_over_one(right, G, f, U, op="max"):
    return right(G, f, list(U)[:1], op)


def correlate_less(right, X, f, psi, *args, **options):
    return right(X, f, psi, *args, **options) - 3


@pytest.mark.parametrize(
    ("operator", "wrong", "law", "group"),
    [
        ("pool", pool_over_one, "eq2", "S3"),
        ("correlate", correlate_less, "eq3", "p2 mod 2"),
        ("correlate", correlate_less, "operators_are_sums", "p4m 3x2"),
    ],
)
@pytest.mark.parametrize("profile", ["smoke", "default"])
@pytest.mark.parametrize(("reading", "seed"), [("exact", 0), ("exact", 5), ("property", 5)])
def test_the_line_that_shows_a_failure_again_shows_it_again(
    operator, wrong, law, group, reading, seed, profile, monkeypatch, tmp_path
):
    broken(monkeypatch, operator, wrong)
    (check,) = verify(laws=[law], groups=[group], readings=[reading], seed=seed, profile=profile).failures
    program, *words = shlex.split(check.reproduction)
    assert program == "gcalc"
    result = CliRunner().invoke(main, [*words, "--report", str(tmp_path / "r.json")])
    assert result.exit_code == 1, result.output
    (again,) = json.loads((tmp_path / "r.json").read_text())["checks"]
    assert again["counterexample"] == json.loads(json.dumps(check.as_json()["counterexample"]))


def test_the_line_of_an_exact_failure_names_the_profile(monkeypatch):
    broken(monkeypatch, "pool", pool_over_one)
    (check,) = verify(laws=["eq2"], groups=["S3"], readings=["exact"], profile="smoke").failures
    assert "--profile smoke" in check.reproduction


def test_the_line_of_a_kernel_failure_names_the_reading(monkeypatch):
    from gcalc.kernel.terms import KernelError

    def refuse(*_):
        raise KernelError("line 2: no such rule")

    monkeypatch.setattr("gcalc.verify.campaign.replay", refuse)
    (check,) = verify(laws=["eq1"], readings=["kernel"]).failures
    assert check.reason == "the kernel refuses it: line 2: no such rule"
    assert check.reproduction == "gcalc verify --law eq1 --reading kernel --profile default --seed 0"


# ---- workers ----------------------------------------


def test_two_workers_give_the_checks_of_one(monkeypatch):
    monkeypatch.setattr("gcalc.verify.campaign.FEW", 0)  # a run this short would stay in one process
    options = {"laws": ["eq1", "eq2"], "groups": ["C2", "S3"], "profile": "smoke", "seed": 2}
    processes = set()
    one = verify(**options)
    two = verify(**options, workers=2, progress=lambda *_: processes.update(active_children()))
    assert len(processes) == 2
    assert timeless(one) == timeless(two)


def test_progress_is_told_after_every_check():
    told = []
    report = verify(
        laws=["eq1", "eq2"], groups=["C2"], profile="smoke", progress=lambda *args: told.append(args)
    )
    assert [done for _, done, _ in told] == list(range(1, len(report.checks) + 1))
    assert {of for *_, of in told} == {len(report.checks)}
    assert {check.id for check, *_ in told} == {check.id for check in report.checks}


def test_the_order_of_the_report_is_that_of_the_plan():
    report = verify(laws=["eq2", "eq1"], groups=["S3", "C2"], readings=["exact", "kernel"], profile="smoke")
    assert [c.id.rpartition("/")[0] for c in report.checks] == [
        *("eq2/exact/S3", "eq2/exact/C2", "eq1/exact/S3", "eq1/exact/C2", "eq2/kernel/any", "eq1/kernel/any"),
    ]


# ---- what is refused ----------------------------------------


@pytest.mark.parametrize(
    ("options", "kind", "offered"),
    [
        ({"laws": ["eq11"]}, UsageError, "eq1"),
        ({"laws": ["permutation"]}, UsageError, "permutation_matrix"),
        ({"groups": ["p4n"]}, UnknownGroupError, "p4m"),
        ({"groups": ["D4 mod 3"]}, UnknownGroupError, "D4 alone"),
        ({"groups": ["S3", "Q9"]}, UnknownGroupError, "Q8"),
        ({"readings": ["exat"]}, UsageError, "exact"),
        ({"profile": "smok"}, UsageError, "smoke"),
        ({"backend": "scipi"}, UsageError, "scipy"),
    ],
)
def test_what_is_unknown_is_refused_in_one_line_with_what_is_near(options, kind, offered):
    with pytest.raises(kind, match=offered) as refusal:
        verify(**options)
    assert "\n" not in str(refusal.value)
    (value,) = options.values()
    assert (value if isinstance(value, str) else value[-1]).split()[0] in str(refusal.value)


@pytest.mark.parametrize("alias", ["p4mm", "p6mm"])
def test_the_aliases_of_wallpaper_groups_are_taken(alias):
    assert verify(laws=["g_correlation_equivariance"], groups=[alias], readings=["kernel"]).checks


def test_what_is_named_twice_is_read_once():
    report = verify(laws=["eq1", "eq1"], groups=["C2"], readings=["kernel", "kernel"])
    assert len(report.checks) == 1


# ---- what is not tested ----------------------------------------


@pytest.mark.parametrize("law", ["filter_transform_adjoint", "permutation_matrix"])
@pytest.mark.parametrize("group", ["pg mod 3", "pgg mod 2", "p4g mod 3"])
def test_a_hypothesis_that_fails_is_named(law, group):
    (check,) = verify(laws=[law], groups=[group], readings=["exact"]).checks
    assert check.verdict == "NOT_TESTED"
    assert check.cases == 0
    assert "the hypothesis G = T ⋊ H fails" in check.reason
    assert group in check.reason


def test_a_group_without_translations_is_not_tested_either():
    (check,) = verify(laws=["permutation_matrix"], groups=["S3"], readings=["exact"]).checks
    assert check.verdict == "NOT_TESTED"
    assert "hypothesis" in check.reason


@pytest.mark.parametrize("reading", ["exact", "property", "fast"])
def test_what_is_not_installed_is_never_green(reading, monkeypatch):
    monkeypatch.setitem(NAMESPACES, "cupy", Namespace("cupy", "no_such_library", "gpu"))
    report = verify(laws=["eq1", "operators_are_sums"], readings=[reading], backend="fast.cupy")
    assert {(c.verdict, c.backend, c.group) for c in report.checks} == {("NOT_TESTED", "fast.cupy", "any")}
    assert {c.reason for c in report.checks} == {"no_such_library is not installed: pip install 'gcalc[gpu]'"}
    assert report.exit_code() == 3
    assert not any(c.diagnosis for c in report.checks)


def test_a_property_that_no_group_meets_is_not_tested():
    (check,) = verify(
        laws=["permutation_matrix"], groups=["S3"], readings=["property"], profile="smoke"
    ).checks
    assert check.verdict == "NOT_TESTED"
    assert "hypotheses" in check.reason


def test_an_implementation_of_ones_own_is_read_on_what_it_has():
    mine = Backend("mine", {"pool": reference.pool, "left_translate": reference.left_translate})
    report = verify(groups=["C3"], profile="smoke", backend=mine)
    assert {(c.law, c.backend) for c in report.checks if c.verdict == "EXACT"} >= {("eq2", "mine")}
    assert "eq3" not in {c.law for c in report.checks if c.verdict == "EXACT"}
    assert not failed(report)


def test_an_implementation_that_cannot_be_run_is_a_target_error_and_the_others_are_read():
    def pool(*_, **__):
        raise RuntimeError("no device")

    report = verify(laws=["eq1", "eq2"], groups=["C3"], readings=["exact"], backend=faulty(pool=pool))
    assert report.exit_code() == 2
    assert [c.verdict for c in report.checks] == ["EXACT", "NOT_TESTED"]
    assert report.checks[1].diagnosis[0]["code"] == "target_error"


# ---- the streams ----------------------------------------


def test_a_campaign_prints_nothing_and_writes_nothing(capfd, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    verify(laws=["eq2"], groups=["C2"], profile="smoke")
    sys.stdout.flush()
    assert capfd.readouterr() == ("", "")
    assert os.listdir(tmp_path) == []
