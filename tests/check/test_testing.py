"""`gcalc.testing`: what its assertions raise, and when; a test a check."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import gcalc
from gcalc.errors import TargetError, UsageError
from gcalc.testing import assert_equivariant, assert_matches_reference, parametrize_with_checks

from . import layers_of_a_user as layers

MAPS = {"group": "p4", "input": "b k x y", "output": "b k x y", "sizes": {"k": 1, "x": 5, "y": 5}}
LIFT = {"group": "p4", "input": "b k x y", "output": "b (k g) x y", "sizes": {"k": 2, "x": 5, "y": 5}}
SUM = {
    "group": "p4",
    "input": ("b j x y", "inert k j p q"),
    "output": "b k g x y",
    "sizes": {"j": 2, "k": 3, "p": 3, "q": 3, "x": 5, "y": 5},
}


def lift(f, psi, sign=1, turned=(0, 1, 2, 3)):
    f = np.pad(f, [(0, 0)] * 2 + [(1, 1)] * 2)
    rows, columns = f.shape[2] - 2, f.shape[3] - 2

    def correlate(psi):
        parts = ((f[..., m : m + rows, n : n + columns], psi[..., m, n]) for m, n in np.ndindex(3, 3))
        return sum(np.einsum("bjxy,kj->bkxy", x, weight) for x, weight in parts)

    return np.stack([correlate(np.rot90(psi[..., ::sign, ::sign], s, (2, 3))) for s in turned], axis=2)


def test_a_right_layer_gives_its_report():
    report = assert_equivariant(layers.lift, **LIFT)
    assert (report.verdict, report.symmetry.name, report.seed) == ("EXACT", "p4", 0)
    assert gcalc.testing.assert_equivariant is assert_equivariant


def test_a_wrong_layer_raises_with_all_that_was_found():
    with pytest.raises(AssertionError) as raised:
        assert_equivariant(layers.clockwise, **LIFT)
    lines = str(raised.value).splitlines()
    assert lines[0] == "Lift: CONVENTION, right under another convention than was declared"
    labels = [line[2:].split("  ")[0] for line in lines[1:] if not line.startswith("   ")]
    assert {"declared", "on the window", "violations", "example", "diagnosis", "would pass", "again"} <= set(
        labels
    )
    assert any("order='clockwise'" in line for line in lines)
    assert any(f"gcalc check {layers.__name__}:clockwise --group p4" in line for line in lines)
    assert any(line.split() == ["·", "·", "·", "1"] for line in lines), "the counterexample is drawn"


def test_a_layer_without_a_name_brings_a_program():
    with pytest.raises(AssertionError, match=r"left = run\(moved0\)"):
        assert_equivariant(lambda f: f[:, :, ::-1], **MAPS)


@pytest.mark.parametrize(
    ("layer", "error"), [(layers.raises, TargetError), (layers.nan, TargetError), (3, UsageError)]
)
def test_a_layer_that_cannot_be_run_is_no_failed_assertion(layer, error):
    with pytest.raises(error):
        assert_equivariant(layer, **MAPS)


def test_no_verdict_is_a_failure_unless_it_is_accepted():
    with pytest.raises(AssertionError, match="NOT_TESTED"):
        assert_equivariant(layers.noise, **MAPS)
    assert assert_equivariant(layers.noise, **MAPS, accept="NOT_TESTED").verdict == "NOT_TESTED"
    with pytest.raises(AssertionError):
        assert_equivariant(layers.noise, **MAPS, accept="INCONCLUSIVE")
    with pytest.raises(UsageError, match="FAILED"):
        assert_equivariant(layers.steep, **MAPS, accept=("FAILED",))


def test_a_known_loss_is_pinned():
    assert_equivariant(layers.steep, **MAPS, domain="window", expect="p1")
    with pytest.raises(AssertionError, match="unexpected"):
        assert_equivariant(layers.square, **MAPS, domain="window", expect="p1")


def test_the_reference():
    assert_matches_reference(lift, **SUM)
    with pytest.raises(AssertionError, match="convolution"):
        assert_matches_reference(lambda f, psi: lift(f, psi, sign=-1), **SUM)
    with pytest.raises(AssertionError, match="the correlate sum is"):
        assert_matches_reference(lambda f, psi: 2 * lift(f, psi), **SUM)
    with pytest.raises(AssertionError, match="rounded"):
        assert_matches_reference(lambda f, psi: lift(f, psi) * 0.1, **SUM)


def test_it_runs_a_small_layer_a_few_times():
    """What it takes is these runs: tests/benchmarks has no time of it, and a suite has many."""
    Counting.calls = 0
    assert_equivariant(Counting(), **MAPS)
    assert 10 < Counting.calls < 200


def test_a_check_of_a_torch_layer_imports_no_sympy():
    """Torch would import it, for a third of a second, where it is given cotangents."""
    pytest.importorskip("torch")
    code = f"""if 1:
        import sys, torch
        from gcalc.testing import assert_equivariant
        module = torch.nn.Sequential(torch.nn.Conv2d(1, 3, 1), torch.nn.ReLU())
        report = assert_equivariant(module, **{ {**MAPS, "output": "b c x y"} })
        assert any(c.check == "gradients" and c.cases for c in report.checks)
        print("sympy" in sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_importing_it_imports_no_framework():
    code = "import sys, gcalc.check, gcalc.testing; gcalc.check_equivariance; print(*sys.modules)"
    names = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "gcalc.check.check" in names
    assert {"torch", "jax", "cupy", "pytest", "hypothesis"}.isdisjoint(names)


class Counting:
    """Counts the calls of all its copies."""

    calls = 0

    def __call__(self, f):
        Counting.calls += 1
        return f


def parameters(decorator):
    """The parameters of a test: ids, layers, checks and marks."""

    def test(layer, check):
        pass

    (mark,) = decorator(test).pytestmark
    assert mark.args[0] == ("layer", "check")
    return mark.args[1]


def test_a_parameter_for_each_check():
    every = parameters(
        parametrize_with_checks({"a": (layers.lift, LIFT), "b": (layers.square, MAPS | {"domain": "torus"})})
    )
    ids = [p.id for p in every]
    assert len(set(ids)) == len(ids)
    assert {"a-window", "a-plane", "a-transport", "a-non_vacuity", "a-gradients", "b-torus"} <= set(ids)
    assert {"b-window", "b-plane", "a-torus", "a-linear", "a-deltas", "a-reference"}.isdisjoint(ids)
    linear = parameters(
        parametrize_with_checks([(layers.lift, LIFT | {"linear": True}), (layers.clockwise, LIFT)])
    )
    assert {"Lift-linear", "Lift-deltas", "Lift#2-window"} <= {p.id for p in linear}


def test_every_check_that_a_report_has_is_a_parameter():
    words = SUM | {"linear": "bilinear", "reference": "correlate", "domain": ("window", "plane")}
    made = {r.check for r in gcalc.check_equivariance(lift, **words).checks}
    assert {
        p.id.partition("-")[2] for p in parameters(parametrize_with_checks({"a": (lift, words)}))
    } >= made - {"training_mode"}


def test_a_layer_is_checked_once_for_all_its_parameters():
    layer = Counting()
    checks = {p.id: p.values[1] for p in parameters(parametrize_with_checks({"a": (layer, MAPS)}))}
    checks["a-window"](layer)
    calls = Counting.calls
    assert calls > 0
    for name in ("a-plane", "a-non_vacuity", "a-determinism"):
        checks[name](layer)
    assert Counting.calls == calls


def test_a_check_fails_skips_or_passes_by_itself():
    checks = {p.id: p.values[1] for p in parameters(parametrize_with_checks({"a": (layers.steep, MAPS)}))}
    with pytest.raises(AssertionError, match="only to p1"):
        checks["a-window"](layers.steep)
    checks["a-non_vacuity"](layers.steep)
    with pytest.raises(pytest.skip.Exception, match="gradients"):
        checks["a-gradients"](layers.steep)
    with pytest.raises(UsageError, match="another layer"):
        checks["a-window"](layers.square)


def test_a_layer_that_raises_is_told_once():
    checks = {p.id: p.values[1] for p in parameters(parametrize_with_checks({"a": (layers.raises, MAPS)}))}
    with pytest.raises(TargetError, match="raised ValueError: the first line") as caught:
        checks["a-window"](layers.raises)
    files = {frame.path.name for frame in caught.traceback}
    assert files <= {"test_testing.py", "parametrize.py"}, "the user sees nothing of gcalc's own calls"
    cause = caught.value.__cause__
    assert cause.__traceback__.tb_frame.f_code.co_name == "raises", "but where the layer has raised"
    with pytest.raises(pytest.skip.Exception, match="could not be checked: raises raised ValueError"):
        checks["a-plane"](layers.raises)


def test_what_follows_a_failed_first_check_is_skipped_and_says_so():
    checks = {p.id: p.values[1] for p in parameters(parametrize_with_checks({"a": (layers.noise, MAPS)}))}
    with pytest.raises(AssertionError, match="another output"):
        checks["a-determinism"](layers.noise)
    with pytest.raises(pytest.skip.Exception, match="an earlier check failed"):
        checks["a-window"](layers.noise)


def test_expected_failures_are_strict():
    every = parameters(
        parametrize_with_checks({"a": (layers.steep, MAPS)}, expected_failed_checks={"a-window": "why"})
    )
    marks = {p.id: [m for m in p.marks if m.name == "xfail"] for p in every}
    assert [name for name, found in marks.items() if found] == ["a-window"]
    assert marks["a-window"][0].kwargs == {"reason": "why", "strict": True}


def test_an_expected_failure_that_is_no_check_warns():
    with pytest.warns(UserWarning, match="'a-windows', which is no check here; did you mean a-window"):
        parametrize_with_checks({"a": (layers.steep, MAPS)}, expected_failed_checks={"a-windows": "why"})


@pytest.mark.parametrize("given", [[layers.lift], {"a": layers.lift}, {"a": (layers.lift, "p4")}])
def test_a_layer_without_a_declaration_is_refused(given):
    with pytest.raises(UsageError, match=r"\(layer, declaration\)"):
        parametrize_with_checks(given)
