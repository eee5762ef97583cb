"""Peers here, in another interpreter, and nowhere: who is found, what is sent, and how absence is told."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import gcalc
from gcalc.bench import worker
from gcalc.bench.contestant import AbsentError
from gcalc.bench.definition import judge
from gcalc.bench.environment import processors
from gcalc.bench.peers import FAMILIES, NAMES, Peers
from gcalc.bench.race import race
from gcalc.bench.shape import BOUNDARIES, Shape, case
from gcalc.errors import TargetError, UsageError
from gcalc.reference import left_translate

from . import other_interpreter
from .contestants import without_peers

SHAPES = [Shape(2, 3, "p4", 5, 3), Shape(3, 2, "p4m", 7, 5), Shape(2, 2, "p2", 4, 3)]


@pytest.fixture
def nothing_here(monkeypatch):
    """An interpreter without torch and escnn."""
    without_peers(monkeypatch)


@pytest.fixture
def python(tmp_path):
    """A program that runs the other interpreter's peers in the place of Python."""
    program = tmp_path / "python"
    root = Path(other_interpreter.__file__).parents[2]
    program.write_text(
        f'#!/bin/sh\ncd "{root}" && exec "{sys.executable}" -m tests.bench.other_interpreter "$@"\n'
    )
    program.chmod(0o755)
    return program


def run(shape, entries, boundary="periodic"):
    data = {str(shape): case(shape, boundary=boundary)}
    return race(data, entries, judge, tasks=("step",), rounds=2, threads=1)


def test_every_peer_is_of_one_family():
    assert sorted(NAMES) == sorted(name for names in FAMILIES.values() for name in names)


# ---- absent ----------------------------------------


def test_absent_peers_are_not_tested_and_the_mend_is_told(nothing_here):
    with Peers([], 1) as found:
        rows = run(SHAPES[0], found.entries)
    assert [row.verdict for row in rows] == ["NOT_TESTED"] * len(NAMES)
    assert all("--peer-python" in row.reason for row in rows)
    assert "extra bench" in rows[0].reason


# ---- here ----------------------------------------


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_torchs_peers_are_right(shape, boundary):
    pytest.importorskip("torch", reason="the extra torch is not installed")
    with Peers([], processors()) as found:
        peers = [one for one in found.entries if NAMES[one.name] == "peers_torch"]
        rows = run(shape, peers, boundary=boundary)
    verdicts = {row.name: (row.verdict, row.reason) for row in rows}
    assert {verdicts[name] for name in ("torch", "torch channels_last")} == {("EXACT", "")}
    by_cat = {verdicts[name][0] for name in ("torch cat", "torch cat channels_last")}
    assert by_cat == {"EXACT" if boundary == "periodic" else "NOT_TESTED"}
    if shape.group == "p2":
        assert verdicts["GrouPy-like"] == ("NOT_TESTED", "GrouPy has p4 and p4m, not p2")
    else:
        assert verdicts["GrouPy-like"] == ("EXACT", "")


def test_a_group_whose_box_turns_into_another_is_not_for_torchs_peers():
    pytest.importorskip("torch", reason="the extra torch is not installed")
    with Peers([], 1) as found, pytest.raises(AbsentError, match="p6"):
        found.entries[0].prepare(case(Shape(1, 1, "p6", 5, 3)), 1)


@pytest.mark.parametrize("name", ["torch channels_last", "torch cat channels_last"])
def test_torchs_channels_stay_last_in_memory(name):
    torch = pytest.importorskip("torch", reason="the extra torch is not installed")
    with Peers([], 1) as found:
        (last,) = [one for one in found.entries if one.name == name]
        peer = last.prepare(case(SHAPES[0]), 1).peer
    assert peer.run("step").is_contiguous(memory_format=torch.channels_last)
    assert peer.f.grad.is_contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("group", ["p4", "p4m"])
def test_the_order_of_the_groupy_like_layer_is_that_of_groupy(group):
    """Index 4m + r acts as flipud^m ∘ rot90^r."""
    pytest.importorskip("torch", reason="the extra torch is not installed")
    peers_torch = import_module("gcalc.bench.peers_torch")
    W = gcalc.window(group, 3, 3)
    image = np.arange(9).reshape(3, 3)
    for index, ours in enumerate(peers_torch.GrouPyLike.orders(case(Shape(1, 1, group, 3, 3)))):
        m, r = divmod(index, 4)
        turned = np.rot90(image, r)
        element = W.point_group.elements[ours]
        assert np.array_equal(left_translate(W, element, image), np.flipud(turned) if m else turned)


# ---- elsewhere ----------------------------------------


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_peer_elsewhere_takes_its_turn_and_is_judged_like_one_here(shape, nothing_here, python):
    with Peers([python], 1) as found:
        assert found.environment[0]["numpy"] == np.__version__
        rows = run(shape, found.entries)
    assert [row.verdict for row in rows] == ["EXACT", *["NOT_TESTED"] * (len(NAMES) - 1)]
    assert rows[0].note == "made for a test"
    assert all(seconds > 0 for seconds in rows[0].seconds["step"])


def test_what_it_refuses_is_not_tested_and_what_it_raises_is_told(nothing_here, python):
    with Peers([python], 1) as found:
        (torch,) = [one for one in found.entries if one.name == "torch"]
        with pytest.raises(AbsentError, match="not p1"):
            torch.prepare(case(Shape(1, 1, "p1", 5, 3)), 1)
        made = torch.prepare(case(Shape(1, 1, "p4", 6, 3)), 1)
        with pytest.raises(TargetError, match="ValueError: odd"):
            made.run("step")


def test_an_interpreter_that_ends_is_told(nothing_here, python):
    with Peers([python], 1) as found:
        made = found.entries[0].prepare(case(SHAPES[0]), 1)
        found.interpreters[0].process.kill()
        with pytest.raises(TargetError, match=r"ended|does not listen"):
            made.run("step")
        made.close()
    assert found.interpreters[0].process.poll() is not None


@pytest.mark.parametrize("program", ["missing", "false"])
def test_what_is_no_interpreter_is_a_usage_error(program, tmp_path):
    place = tmp_path / program
    if program == "false":
        place.write_text("#!/bin/sh\nexit 7\n")
        place.chmod(0o755)
    with pytest.raises(UsageError, match=f"--peer-python {place}") as refused:
        Peers([place], 1)
    assert "\n" not in str(refused.value)


def test_the_worker_needs_no_gcalc(tmp_path):
    """It is run as another environment would run it: isolated, without gcalc, torch and escnn to import."""
    code = (
        "import sys, runpy; sys.modules.update(dict.fromkeys(['gcalc', 'torch', 'escnn'])); "
        f"runpy.run_path({str(Path(worker.__file__))!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        input=json.dumps({"do": "peers"}) + "\n",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    answer = json.loads(done.stdout)
    assert answer["peers"] == []
    assert set(answer["absent"]) == set(NAMES.values())


@pytest.mark.parametrize(
    "array",
    [
        np.arange(-8, 8, dtype=np.float32).reshape(2, 8),
        np.array([300.0, -1.5, np.nan, np.inf]),
        np.array([[1, 2**40]]),
        np.zeros((0, 3), dtype=np.float32),
    ],
)
def test_arrays_arrive_as_they_were_sent(array):
    arrived = worker.decode(json.loads(json.dumps(worker.encode(array))))
    assert arrived.dtype == array.dtype
    assert arrived.shape == array.shape
    assert arrived.tobytes() == array.tobytes()


def test_integers_are_sent_as_bytes():
    small, wide = np.full(100, 127.0), np.full(100, 127.5)
    assert len(json.dumps(worker.encode(small))) < len(json.dumps(worker.encode(wide))) / 4


def test_nothing_is_left_running(nothing_here, python):
    with Peers([python], 1) as found:
        process = found.interpreters[0].process
        assert process.poll() is None
    assert process.poll() == 0
