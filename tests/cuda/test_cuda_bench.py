"""`gcalc bench --backend cupy` without a device: the host's arrays stand in for CuPy's, the host's torch for cuDNN."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner

from gcalc import fast
from gcalc.bench import device, device_campaign, device_filters, device_large, forms
from gcalc.bench.contestant import Contestant
from gcalc.bench.definition import Judgement
from gcalc.bench.race import Row
from gcalc.bench.shape import Shape
from gcalc.cli import main
from gcalc.fast.cuda.device import DeviceError

from ..bench.contestants import SMALL
from ..bench.test_report import SCHEMA
from .host.library import compiler
from .host.whole import MILLISECONDS, Event, installed
from .test_cuda_errors import raising

pytestmark = pytest.mark.skipif(compiler() is None, reason="NOT_TESTED: g++ is not installed")

QUICK = ("bench", "--backend", "cupy", "--quick", "--rounds", "2", "--threads", "1")
CUDNN = ["cuDNN", "cuDNN channels_last", "cuDNN TF32", "cuDNN TF32 channels_last"]


@pytest.fixture
def library(monkeypatch):
    return installed(monkeypatch)


@pytest.fixture
def alone(library, monkeypatch):
    """CuPy without a torch that has CUDA."""
    monkeypatch.setattr("gcalc.bench.device_layers.torch_with_cuda", lambda: None)
    return library


@pytest.fixture
def beside(library, monkeypatch):
    """CuPy beside a torch whose CUDA is the host."""
    torch = pytest.importorskip("torch", reason="NOT_TESTED: torch is not installed")
    from gcalc.bench.peers_cudnn import CuDNN

    monkeypatch.setattr(CuDNN, "device", "cpu")
    monkeypatch.setattr("gcalc.bench.device_layers.torch_with_cuda", lambda: torch)
    monkeypatch.setattr(torch.cuda, "ExternalStream", lambda address: address)
    seen = []
    monkeypatch.setattr(torch.cuda, "stream", lambda address: seen.append(address) or nullcontext())
    for name in ("benchmark", "allow_tf32"):
        monkeypatch.setattr(torch.backends.cudnn, name, getattr(torch.backends.cudnn, name))
    return seen


def run(*words):
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, [*words])


def report(**more):
    told = {"rounds": 2, "threads": 1, "quick": True} | more
    return device_campaign.bench([Shape.parse(SMALL)], **told)


# ---- the command ----------------------------------------


def test_the_result_file_has_its_form(alone, tmp_path):
    place = tmp_path / "device.json"
    result = run(*QUICK, "--report", str(place))
    assert result.exit_code == 0, result.output
    data = json.loads(place.read_text(encoding="utf-8"))
    jsonschema.validate(data, SCHEMA)
    assert data["kind"] == "device"
    assert data["environment"]["date"]
    assert data["environment"]["device"] == {
        "name": "host",
        "compute_capability": "1.2",
        "multiprocessors": 3,
        "memory": 4,
        "driver": data["environment"]["device"]["driver"],
        "driver_cuda": 13010,
        "cuda": 13000,
        "nvrtc": "13.0",
        "cupy": "14.0.0 on the host",
    }
    assert set(data["measured"]) == {"gradient of filter transformation", "large forward"}
    for told in ("host, driver ", "CUDA 13.1", "GB/s", "missed with", "there is no torch with CUDA"):
        assert told in result.output


def test_every_algorithm_is_timed_forward_and_backward(alone):
    made = report()
    rows = {row.name: row for row in made.of(SMALL)}
    assert [*rows] == ["direct", "fourier", "winograd", "fused", *CUDNN]
    for name in ("direct", "fourier", "winograd", "fused"):
        assert rows[name].verdict == "EXACT", rows[name].reason
        assert [*rows[name].seconds] == ["forward", "input gradient", "filter gradient"]
    assert {rows[name].verdict for name in CUDNN} == {"NOT_TESTED"}
    assert made.exit_code() == 0


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (("CUDARuntimeError", "cudaErrorNoDevice: no device", 100), "there is no CUDA device"),
        (("CUDARuntimeError", "cudaErrorInsufficientDriver: old", 35), "the driver is for CUDA 13.1"),
    ],
)
def test_without_a_device_one_line_says_so(told, says, library):
    def count():
        raise raising(*told)

    library.cuda.runtime.getDeviceCount = count
    result = run(*QUICK)
    assert result.exit_code == 2
    assert result.output.startswith(f"gcalc: {says}")
    assert result.output.count("\n") == 1


def test_without_cupy_the_extra_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "cupy", None)
    place = tmp_path / "r.json"
    result = run(*QUICK, "--report", str(place))
    assert result.exit_code == 2
    assert result.output.startswith("gcalc: CuPy cannot be imported")
    assert result.output.endswith(": pip install 'gcalc[gpu]'\n")
    assert result.output.count("\n") == 1
    assert not place.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--growth",), "--growth cannot go with --backend cupy"),
        (("--peer-python", "python"), "--peer-python cannot go with --backend cupy"),
        (("--require", "escnn"), "there are cuDNN, cuDNN TF32, copy"),
    ],
)
def test_what_does_not_go_with_a_device_is_refused(words, told):
    result = run(*QUICK, *words)
    assert result.exit_code == 2
    assert told in result.output
    assert result.output.count("\n") == 1


def test_no_memory_ends_in_one_line(alone, monkeypatch):
    def full(*_):
        raise raising("OutOfMemoryError", "Out of memory allocating 4,096 bytes")

    monkeypatch.setattr(device_large, "integers", full)
    with pytest.raises(DeviceError, match="no memory left"):
        report()


# ---- the clock ----------------------------------------


def test_work_is_timed_by_two_events_around_its_calls(library):
    done = []

    class Work(device.OnDevice):
        cupy = library

        def run(self, task):
            assert [(e.recorded, e.waited_for) for e in Event.made] == [(True, False), (False, False)]
            done.append(task)

        def results(self):
            return None

    assert Work().seconds("forward", 4) == MILLISECONDS / 1000 / 4
    assert done == ["forward"] * 4
    assert [(e.recorded, e.waited_for) for e in Event.made] == [(True, False), (True, True)]


def test_everybody_is_timed_by_events(beside, monkeypatch):
    monkeypatch.setattr(Contestant, "seconds", None)
    rows = report().rows
    assert all(t <= MILLISECONDS / 1000 for row in rows for times in row.seconds.values() for t in times)
    assert {row.verdict for row in rows} == {"EXACT", "PROBABILISTIC"}


# ---- cuDNN ----------------------------------------


def test_cudnn_is_on_the_same_stream_and_right(beside):
    made = report(require=("cuDNN", "cuDNN TF32"))
    rows = {row.name: row for row in made.of(SMALL)}
    assert {rows[name].verdict for name in CUDNN} == {"EXACT"}
    assert {rows[name].error for name in CUDNN} == {0.0}
    assert set(beside) == {4711}
    assert made.missed == []
    assert set(made.ratios(rows["fused"])["input gradient"]) == {"cuDNN", "cuDNN TF32"}


def test_cudnn_that_is_required_and_absent_fails(alone):
    made = report(require=("cuDNN",))
    assert made.missed == ["cuDNN"]
    assert made.exit_code() == 1


def test_tf32_is_told_before_the_clock_starts(beside, monkeypatch):
    import torch

    from gcalc.bench.device_layers import entries
    from gcalc.bench.shape import case

    made = {
        e.name: e.prepare(case(Shape.parse(SMALL)), 1)
        for e in entries(sys.modules["cupy"], SimpleNamespace(ptr=4711))
        if e.name in CUDNN
    }
    for name in CUDNN * 2:
        made[name].seconds("filter gradient", 1)
        assert torch.backends.cudnn.allow_tf32 == ("TF32" in name)
        assert torch.backends.cudnn.benchmark


def test_what_cudnn_times_is_each_gradient_alone(beside):
    from gcalc.bench.peers_cudnn import CuDNN
    from gcalc.bench.shape import case

    given = case(Shape.parse(SMALL))
    peer = CuDNN(given, 4711)
    found = {task: peer.run(task).detach().numpy() for task in device_campaign.device_layers.TASKS}
    right = peer.results()
    assert np.array_equal(found["forward"].reshape(given.d.shape), right["y"])
    assert np.array_equal(found["input gradient"].reshape(given.d.shape), right["input_gradient"])
    K, p, k = given.channels, len(given.matrices), given.box
    turned = found["filter gradient"].reshape(K, p, K, p * k * k).swapaxes(1, 2)
    total = np.zeros((K, K, p * k * k))
    for s in range(p):
        total[:, :, given.index[s]] += turned[:, :, s]
    assert np.array_equal(total.reshape(right["filter_gradient"].shape), right["filter_gradient"])


# ---- the gradient of filter transformation ----------------------------------------


def test_bandwidth_counts_what_is_read_and_written():
    data = forms.layer(Shape(1, 2, "p4", 8, 3))
    task = device_filters.TASKS[0]
    names = {"copy": "", "gather": device_filters.SAME, "scatter": device_filters.OTHER}
    rows = [
        Row("s", n, "gcalc", "EXACT", note=note, seconds={task: [1e-3, 2e-3, 9e-3]})
        for n, note in names.items()
    ]
    bytes_ = 2 * 4 * 2 * 4 * 9 * 4
    assert device_filters.bandwidth(data, rows) == {
        "bytes": bytes_,
        "GB/s": {
            n: pytest.approx(f * bytes_ / 2e-3 / 1e9)
            for n, f in (("copy", 2), ("gather", 1.25), ("scatter", 1.25))
        },
        "of the copy": {"gather": pytest.approx(0.625), "scatter": pytest.approx(0.625)},
        "same bits in every run": {"gather": True, "scatter": False},
    }


def test_a_gather_whose_bits_change_is_failed(alone, monkeypatch):
    right, count = fast.filter_transform_gradient, iter(range(10**6))

    def restless(X, d, box, form):
        found = right(X, d, box, form)
        found[(0,) * found.ndim] += next(count) * (float(np.asarray(d).flat[0]) % 1 != 0)
        return found

    monkeypatch.setattr(forms, "filter_transform_gradient", restless)
    rows = {row.name: row for row in report().rows if row.subject.startswith("filters")}
    assert rows["gather"].verdict == "FAILED"
    assert rows["gather"].reason == "not the same bits in 5 runs"
    assert rows["scatter"].verdict == "EXACT"


def test_a_copy_that_is_another_array_is_failed(alone, monkeypatch):
    monkeypatch.setattr(type(alone), "copyto", lambda self, target, a: np.copyto(target, a + 1))
    rows = {row.name: row for row in report().rows if row.subject.startswith("filters")}
    assert Judgement(rows["copy"].verdict, rows["copy"].reason) == Judgement(
        "FAILED", "the copy is another array"
    )


# ---- a large forward ----------------------------------------


def test_one_wrong_output_of_many_is_found(library):
    work = device_large.Forward(device_large.QUICK, library)
    y, drawn = work.results(), device_large.draws(4, 3, 0)
    assert not device_large.differs(work, y, drawn)
    for place in [(0, 0, 0, 0, 0), (3, 2, 7, 5, 5), (1, 2, 3, 4, 5)]:
        y[place] += 1
        assert device_large.differs(work, y, drawn)
        y[place] -= 1


def test_a_wrong_large_forward_is_failed_and_not_timed(alone, monkeypatch):
    right = device_large.Forward.run

    def wrong(self, task):
        y = right(self, task)
        y[-1, -1, 0, 0, 0] += 1
        return y

    monkeypatch.setattr(device_large.Forward, "run", wrong)
    made = report()
    assert (made.rows[-1].verdict, made.rows[-1].seconds) == ("FAILED", {})
    assert made.exit_code() == 1


def test_it_has_a_billion_outputs_and_sums_that_fit():
    layer = device_large.BILLION
    outputs = layer.batch * layer.K * layer.X.size
    terms = layer.J * layer.X.shape[0] * layer.box**2
    most = device_large.LARGEST
    assert outputs >= 10**9
    assert layer.batch * layer.K * (device_large.DRAWN - 1) ** 2 * terms * most**2 < 2**53
    assert terms * most**2 < 2**24


def test_without_the_memory_it_is_not_tested(alone):
    alone.free = 100
    row = report().rows[-1]
    assert row.verdict == "NOT_TESTED"
    assert "GB left" in row.reason
