"""The reading `fast`: what is read by what, which verdicts it gives, and that its own parts can fail."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import inf

import numpy as np
import pytest

import gcalc
from gcalc import fast, reference
from gcalc.errors import ExactnessError, TargetError, UnsupportedError, UsageError
from gcalc.fast import plans
from gcalc.verify import PROFILES, Backend, verify
from gcalc.verify.backends import OPERATORS, named
from gcalc.verify.comparison import Case, Outcome, Way, compare, in_types
from gcalc.verify.crossvalidation import (
    ALGORITHMS,
    ON_CUPY,
    Setting,
    algorithms,
    applies,
    bilinear_cases,
    in_any_order,
    proven_bound,
    rounded_cases,
    setting_cases,
    settings,
    ways,
)
from gcalc.verify.crossvalidation_operators import CASES
from gcalc.verify.fast_backends import NAMESPACES, Namespace
from gcalc.verify.fast_reading import fast as read
from gcalc.verify.planning import ON_WINDOWS, _fast
from gcalc.verify.rounding import gamma, significands, unit_roundoff, worst_ratio
from gcalc.verify.subjects import subject

from .faulty import faulty

NUMPY, *OTHERS = named("fast")
EXTENT = replace(PROFILES["smoke"].fast, outputs=20_000)
POINT_5 = (
    "split_backprop",
    "second_derivatives",
    "boundary_zero",
    "boundary_valid",
    "stride",
    "pool_gradient",
)


def rows(law, group, backend=NUMPY, **more):
    """The checks of a law on a group, by what follows the namespace in their backend."""
    checks = read(gcalc.laws()[law], group, backend, 0, replace(EXTENT, **more), {})
    return {check.backend.removeprefix(backend.name): check for check in checks}


# ---- the backends ----------------------------------------


def test_the_family_has_a_backend_for_each_namespace():
    assert [b.name for b in named("fast")] == ["fast.numpy", "fast.torch", "fast.strict", "fast.cupy"]
    assert all(set(OPERATORS) <= set(b.operators) for b in named("fast"))
    assert named("fast.strict")[0].name == "fast.strict"
    with pytest.raises(UsageError, match=r"fast\.numpy, fast\.torch"):
        named("fast.jax")


def test_a_backend_calls_the_fast_path(monkeypatch):
    called = []
    right = fast.correlate
    monkeypatch.setattr(fast, "correlate", lambda *a, **o: called.append(o) or right(*a, **o))
    X = gcalc.group("C3").regular
    f, psi = np.arange(3)[None], np.arange(3)[None, None]
    assert (NUMPY.correlate(X, f, psi, algorithm="tables") == reference.correlate(X, f, psi)).all()
    assert called == [{"algorithm": "tables"}]


@pytest.mark.parametrize("name", [n for n, space in NAMESPACES.items() if space.missing is None])
def test_the_fast_path_is_given_arrays_of_the_namespace(name, monkeypatch):
    seen = []

    def correlate(X, f, psi, **told):
        seen.append({type(a).__module__.partition(".")[0] for a in (f, psi)})
        return f

    monkeypatch.setattr(fast, "correlate", correlate)
    f = np.arange(3.0)[None]
    back = named(f"fast.{name}")[0].correlate(gcalc.group("C3").regular, f, f[None])
    assert type(back) is np.ndarray
    assert (back == f).all()
    assert back.dtype == f.dtype
    assert seen == [{NAMESPACES[name].module}]


def test_a_result_of_another_library_is_refused(monkeypatch):
    monkeypatch.setattr(fast, "involution", lambda G, psi: np.asarray([1]))
    with pytest.raises(TargetError, match="numpy's array for array_api_strict's"):
        named("fast.strict")[0].involution(gcalc.group("C3"), np.arange(3))


def test_python_integers_are_given_as_int64_and_generators_are_not_given():
    G = gcalc.group("C3")
    assert NUMPY.involution(G, np.array([1, 2, 3], dtype=object)).tolist() == [1, 3, 2]
    with pytest.raises(UnsupportedError, match="generators"):
        NUMPY.involution(G, np.array([1, 2, Fraction(1, 2)], dtype=object))


def test_what_is_missing_says_which_extra_installs_it():
    absent = Namespace("cupy", "no_such_library", "gpu", "cuda")
    assert absent.missing == "no_such_library is not installed: pip install 'gcalc[gpu]'"
    assert NAMESPACES["numpy"].missing is None


# ---- what is planned ----------------------------------------


def planned(profile="default", groups=None, backend="reference", laws=None):
    chosen = PROFILES[profile]
    ids = tuple(gcalc.laws()) if laws is None else laws
    return list(_fast(ids, chosen.groups if groups is None else groups, chosen, named(backend)[0]))


@pytest.mark.parametrize("profile", PROFILES)
def test_every_law_is_read_on_numpys_arrays_in_every_profile(profile):
    tasks = [t for t in planned(profile) if t.backend == "fast.numpy"]
    assert {t.law for t in tasks} == set(gcalc.laws())
    assert all(t.groups for t in tasks)


def test_operators_are_compared_on_all_wallpaper_groups_windows_and_in_space():
    compared = {
        g for t in planned() if (t.law, t.backend) == ("operators_are_sums", "fast.numpy") for g in t.groups
    }
    assert {f"{symbol} mod 3" for symbol in gcalc.groups.wallpaper_symbols} <= compared
    assert any("x" in g for g in compared)
    assert {len(subject(g).spaces[0].shape) for g in compared} == {1, 2, 3, 4}


@pytest.mark.parametrize("profile", ["default", "thorough"])
def test_operators_are_compared_in_every_namespace(profile):
    tasks = [t for t in planned(profile) if t.law == "operators_are_sums"]
    assert {t.backend for t in tasks} == {f"fast.{name}" for name in NAMESPACES}


def test_laws_are_read_on_windows_where_their_operators_are_compared_on_these():
    window, random = subject("p4m 4x3"), np.random.default_rng(0)
    yielding = {law for law, make in CASES.items() if next(iter(make(window, random)), None)}
    assert yielding - {"operators_are_sums"} == set(ON_WINDOWS)


def test_what_is_required_of_the_fast_path_is_tested_in_every_profile():
    for profile in PROFILES:
        tasks = [t for t in planned(profile) if t.backend == "fast.numpy"]
        split = {g: bool(getattr(subject(g).group, "is_split", False)) for t in tasks for g in t.groups}
        for task in tasks:
            if "G = T ⋊ H is split" in gcalc.laws()[task.law].hypotheses:
                assert any(split[g] for g in task.groups)


def test_smoke_imports_no_other_library():
    assert {t.backend for t in planned("smoke")} == {"fast.numpy"}


def test_what_the_user_names_is_what_is_read():
    assert {t.groups for t in planned(groups=("D4", "p3 mod 2"), laws=("eq3",))} == {
        ("D4", "p3 mod 2"),
        ("any",),
    }
    assert {t.backend for t in planned(backend="fast.strict")} == {None}
    assert planned(backend="scipy.signal") == []


# ---- every law ----------------------------------------


@pytest.mark.parametrize("group", ["S3", "p4 mod 3"])
@pytest.mark.parametrize("law", POINT_5)
def test_the_laws_of_gradients_boundaries_and_strides_are_read(law, group):
    (check,) = rows(law, group).values()
    if law == "split_backprop" and group == "S3":
        assert check.verdict == "NOT_TESTED"
        assert "G = T ⋊ H" in check.reason
    else:
        assert (check.verdict, check.reading) == ("EXACT", "fast")
        assert check.cases > 0
        assert not check.complete


@pytest.mark.parametrize("law", ["boundary_zero", "boundary_valid", "stride", "closing_claim"])
def test_windows_are_read_where_a_law_is_about_their_operators(law):
    (check,) = rows(law, "p4m 4x3").values()
    assert check.verdict == "EXACT"
    assert check.cases > 1000


def test_every_law_holds_somewhere():
    report = verify(readings=["fast"], profile="smoke")
    held = {c.law for c in report.checks if c.verdict == "EXACT"}
    assert held == set(gcalc.laws())
    assert report.exit_code() == 0
    assert replace(report, require=("fast", "numpy", "direct")).missed == ()


@pytest.mark.parametrize("law", ["boundary_zero", "all_equivariant_linear_maps", "eq3_line3_as_printed"])
def test_claims_with_hypotheses_are_solved_by_the_reference(law, monkeypatch):
    """The fast path takes no generators: it is given functions that meet the hypotheses."""
    (check,) = rows(law, "S3").values()
    assert check.verdict == "EXACT"
    plain = replace(NUMPY, conditional=False)
    assert not any(plain.reads(c) for c in gcalc.laws()[law].claims if c.statement.hypotheses)


# ---- the operators ----------------------------------------


def test_the_rows_of_a_split_group():
    table = rows("operators_are_sums", "p4 mod 2", rounded=("p4 mod 2",))
    assert set(table) == {
        *("", "/tables", "/direct", "/fourier", "/winograd"),
        *(f"/{name}/float32" for name in ALGORITHMS),
    }
    for name, check in table.items():
        assert check.verdict == ("BOUNDED" if name.endswith("float32") else "EXACT"), name
        assert check.cases > 0
        assert check.group == "p4 mod 2"
    assert all(0 <= table[name].ratio <= 1 for name in ("/fourier", "/winograd", "/direct/float32"))
    assert table["/direct"].dtype == "int64, float32, float64"
    assert table["/direct"].ratio is None


@pytest.mark.parametrize(
    ("group", "algorithms"),
    [
        ("S3", {"", "/tables"}),
        ("pgg mod 2", {"", "/tables"}),
        ("p4m 3x2", {"", "/direct", "/fourier", "/winograd"}),
        ("P-1 mod 2", {"", "/tables", "/direct", "/fourier"}),
    ],
)
def test_each_group_is_read_by_the_algorithms_that_take_it(group, algorithms):
    table = rows("operators_are_sums", group)
    assert {name for name in table if not name.endswith("float32")} == algorithms
    assert all(check.verdict in ("EXACT", "BOUNDED") for check in table.values())
    assert not any(check.reason for check in table.values())


def test_large_groups_are_read_by_freivalds_check():
    table = rows("operators_are_sums", "p4 mod 8")
    assert set(table) == {f"/{name}" for name in ALGORITHMS}
    for check in table.values():
        assert check.verdict == "PROBABILISTIC"
        assert check.cases > 4_000
        assert "wrong outputs are missed with probability" in check.reason


@pytest.mark.parametrize("law", ["operators_are_sums", "closing_claim"])
def test_kernels_for_cupy_are_read_where_arrays_are_cupys_only(law):
    """NumPy's direct sums stand in for the kernels."""

    def asked(name):
        def call(*arguments, algorithm="auto", **told):
            seen.add(algorithm)
            return getattr(NUMPY, name)(
                *arguments, algorithm="direct" if algorithm == "fused" else algorithm, **told
            )

        return call

    names = ("layer", "correlate", "input_gradient", "filter_gradient")
    for device in ("cpu", "cuda"):
        seen = set()
        backend = replace(NUMPY, operators={**NUMPY.operators, **{n: asked(n) for n in names}}, device=device)
        checks = rows(law, "p4 mod 2", backend)
        held = {check.verdict for name, check in checks.items() if not name.endswith("float16")}
        assert held <= {"EXACT", "BOUNDED"}
        assert ("fused" in seen) == (device == "cuda")
        assert algorithms(device) == (ALGORITHMS if device == "cpu" else (*ALGORITHMS, "fused"))


@pytest.mark.parametrize("operator", ["correlate", "input_gradient", "filter_gradient"])
def test_one_wrong_output_of_many_is_found_and_named(operator):
    """The fast path's own result, but for one entry."""

    def wrong(*arguments, **told):
        outputs = getattr(NUMPY, operator)(*arguments, **told)
        outputs[at] += 1
        return outputs

    at = (1, 0, 1, 1, 2)
    table = rows(
        "operators_are_sums", "p4 mod 8", replace(NUMPY, operators={**NUMPY.operators, operator: wrong})
    )
    assert {check.verdict for check in table.values()} == {"FAILED"}
    for check in table.values():
        found = check.counterexample
        assert (found.claim, found.elements["entry"]) == (f"{operator} is the sum that defines it", str(at))
        assert float(found.left) == int(found.right) + 1


@pytest.mark.parametrize("name", [b.name for b in OTHERS if b.missing is None])
def test_the_other_namespaces_are_read_too(name):
    (backend,) = named(name)
    for group in ("S3", "p2 mod 2", "p4m 3x2"):
        table = rows("operators_are_sums", group, backend)
        assert {check.verdict for check in table.values()} <= {"EXACT", "BOUNDED"}
        assert all(check.backend.startswith(name) for check in table.values())


def test_an_algorithm_that_raises_is_a_target_error_of_its_row_alone(monkeypatch):
    def raises(self, f, psi):
        raise RuntimeError("no memory")

    monkeypatch.setattr("gcalc.fast.fourier.Fourier.forward", raises)
    table = rows("operators_are_sums", "p2 mod 2")
    assert table["/fourier"].verdict == "NOT_TESTED"
    assert "raised RuntimeError: no memory" in table["/fourier"].reason
    assert table["/fourier"].diagnosis[0]["code"] == "target_error"
    assert table["/direct"].verdict == "EXACT"


def test_an_algorithm_that_refuses_what_it_has_to_take_is_not_tested(monkeypatch):
    monkeypatch.setattr("gcalc.fast.winograd.Winograd.refusal", classmethod(lambda cls, problem: "not today"))
    check = rows("operators_are_sums", "p2 mod 2")["/winograd"]
    assert check.verdict == "NOT_TESTED"
    assert "not today" in check.reason


# ---- the comparisons can fail ----------------------------------------


def case(exact=lambda f: 2 * f, call=lambda implementation, f: 2 * f, **more):
    return Case("doubling", "somewhere", {"f": np.arange(1, 5)}, exact, call, **more)


def test_equal_results_are_counted():
    assert compare(case(), NUMPY, Way("int64", {}), "C4") == Outcome(4)


@pytest.mark.parametrize(
    ("call", "left", "right"),
    [
        (lambda implementation, f, **how: 2 * f + (f == 3), "7", "6"),
        (
            lambda implementation, f, **how: (2 * f).astype(np.int32),
            "int32 of shape (4,)",
            "int64 of shape (4,)",
        ),
        (lambda implementation, f, **how: 2 * f[:, None], "int64 of shape (4, 1)", "int64 of shape (4,)"),
    ],
)
def test_another_value_type_or_shape_fails(call, left, right):
    found = compare(case(call=call), NUMPY, Way("int64", {"algorithm": "best"}), "C4").counterexample
    assert (found.left, found.right) == (left, right)
    assert found.elements["algorithm"] == "best"
    assert found.inputs["f"]


def test_a_counterexample_of_a_bilinear_operator_is_small():
    """One channel is missing: one entry of each argument shows it."""

    def correlate(X, f, psi, filter="full", boundary="periodic"):
        return reference.correlate(
            X, f * (np.arange(f.shape[-4]) > 0)[:, None, None, None], psi, filter, boundary
        )

    setting = Setting(gcalc.group("p2").quotient(2).regular)
    forward, *_ = setting_cases(setting, (), 2, 2, np.random.default_rng(0))
    found = compare(
        forward, faulty("wrong", correlate=correlate), Way("int64", {}), "p2 mod 2"
    ).counterexample
    assert {name: len(entries) for name, entries in found.inputs.items()} == {"f": 1, "psi": 1}
    assert found.left == "0" != found.right


def test_what_is_wrong_at_times_is_shown_as_it_was_found():
    calls = iter([1])

    def call(implementation, f):
        return 2 * f + next(calls, 0)

    found = compare(case(call=call, degree=1), NUMPY, Way("int64", {}), "C4").counterexample
    assert (found.left, found.right) == ("3", "2")


@pytest.mark.parametrize(
    ("error", "bound", "ratio"), [(0.25, 0.5, 0.5), (0.25, 0.2, None), (0.75, 1.0, 0.75)]
)
def test_an_error_beyond_its_bound_fails(error, bound, ratio):
    way = Way("float64", {}, bound=lambda case: bound)
    outcome = compare(case(call=lambda implementation, f: 2 * f + error), NUMPY, way, "C4")
    assert outcome.ratio == ratio
    assert (outcome.counterexample is None) == (ratio is not None)


@pytest.mark.parametrize("bound", [0.5, 2.0, inf])
def test_a_bound_that_is_not_below_a_half_does_not_round(bound):
    way = Way("float64", {}, bound=lambda case: bound, rounds=True)
    assert compare(case(call=lambda implementation, f: 2.0 * f), NUMPY, way, "C4").counterexample is not None


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_beyond_every_bound(value):
    exact = np.array([1, 2])
    for bound in (np.array([1e300, 1e300]), np.array([1, 10**400], dtype=object)):
        assert worst_ratio(np.array([1.0, value]), exact.astype(bound.dtype), bound) == (inf, 1)


def test_ratios_are_those_of_exact_fractions():
    exact = np.array([2**60 + 1, 5, 7], dtype=object)
    bound = np.array([Fraction(1, 2), Fraction(3), Fraction(0)], dtype=object)
    assert worst_ratio(np.array([2.0**60, 5.0, 7.0]), exact, bound) == (2.0, 0)
    assert worst_ratio(np.array([2.0**60, 5.0, 8.0]), exact, bound) == (inf, 2)
    rng = np.random.default_rng(1)
    computed, exact, bound = rng.normal(size=50), rng.integers(-3, 4, 50), rng.random(50)
    ratios = [abs(Fraction(c) - int(e)) / Fraction(b) for c, e, b in zip(computed, exact, bound, strict=True)]
    worst, place = worst_ratio(computed, exact, bound)
    assert place == int(np.argmax(ratios))
    assert abs(worst - float(max(ratios))) <= 1e-14 * worst


# ---- rounding ----------------------------------------


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_gamma_bounds_a_sum_of_products_that_are_rounded(dtype):
    n, rng = 200, np.random.default_rng(2)
    a, b = significands((n,), dtype, rng), significands((n,), dtype, rng)
    x, y = a.astype(dtype), b.astype(dtype)
    assert (x.astype(object) == a.astype(object)).all()
    total = x.dtype.type(0)
    for p, q in zip(x, y, strict=True):
        total += p * q
    exact = sum(int(p) * int(q) for p, q in zip(a, b, strict=True))
    error = abs(Fraction(float(total)) - exact)
    assert 0 < error <= gamma(n, dtype) * sum(abs(int(p) * int(q)) for p, q in zip(a, b, strict=True))
    assert unit_roundoff(dtype) == Fraction(float(np.finfo(dtype).epsneg))


def test_where_there_is_no_bound_none_is_given():
    with pytest.raises(ExactnessError, match="no rounding bound"):
        gamma(2**24, "float32")


def test_the_sum_is_never_longer_than_is_said():
    """With ones for all entries an entry of the result is the number of its terms."""
    for name in ("p4 mod 3", "p4m 4x3", "S3"):
        counts = {}
        for one in bilinear_cases(subject(name), np.random.default_rng(0)):
            ones = [np.ones_like(a) for a in one.arrays.values()]
            counts.setdefault(one.operator, []).append((int(np.max(one.exact(*ones))), one.terms))
        for pairs in counts.values():
            assert all(most <= said for most, said in pairs)
            assert any(most == said for most, said in pairs)


def test_rounded_cases_are_rounded():
    (one, *_) = rounded_cases(Setting(gcalc.group("S3").regular), "float32", np.random.default_rng(0))
    found = fast.correlate(
        one.setting.X, *(a.astype(np.float32) for a in one.arrays.values()), algorithm="tables"
    )
    assert (found.astype(object) != one.expected.astype(object)).any()
    assert (in_any_order("float32")(one) > 0).all()


@pytest.mark.parametrize("algorithm", ["fourier", "winograd"])
def test_the_bound_that_an_algorithm_proves_grows_with_its_arguments(algorithm):
    one, *_ = setting_cases(Setting(gcalc.group("p4").quotient(3).grid), (2,), 3, 2, np.random.default_rng(0))
    larger = replace(one, arrays={name: 10 * a for name, a in one.arrays.items()})
    bounds = [proven_bound(algorithm, dtype)(c) for dtype in ("float64", "float32") for c in (one, larger)]
    assert 0 < bounds[0] < bounds[1] < 0.5
    assert bounds[0] < bounds[2] < bounds[3]


# ---- what is compared ----------------------------------------


def test_settings_have_both_boundaries_and_boxes_of_both_parities():
    boxes = {(s.X.is_regular, s.box, s.boundary) for s in settings(subject("p4m 4x3"))}
    assert boxes == {
        (regular, box, boundary)
        for regular in (False, True)
        for box in ((3, 3), (2, 2), (1, 2))
        for boundary in ("zero", "valid")
    }
    assert {s.box for s in settings(subject("P-1 mod 3"))} == {None, (3, 3, 3), (2, 2, 2), (1, 1, 2)}
    assert [s.box for s in settings(subject("S3"))] == [None, None]


def test_every_operator_of_the_fast_path_is_compared():
    seen = set()

    class Recorder:
        name = "recorder"

        def __getattr__(self, operator):
            seen.add(operator)
            raise UnsupportedError("recorded")

    everything = [c for make in CASES.values() for c in make(subject("p2 mod 2"), np.random.default_rng(0))]
    everything += [c for c in bilinear_cases(subject("p2 mod 2"), np.random.default_rng(0))]
    for one in everything:
        assert compare(one, Recorder(), Way("int64", {}), "p2 mod 2").refusals == ("recorded",)
    assert set(fast.__all__) - {"Plan", "plan"} <= seen
    assert "layer" in seen


def test_batches_are_of_no_one_and_two_axes_and_of_more_and_fewer_examples_than_filters():
    forward = [
        c for c in bilinear_cases(subject("p4 mod 3"), np.random.default_rng(0)) if c.operator == "correlate"
    ]
    lead = {c.arrays["f"].ndim - 1 - len(c.setting.X.shape) for c in forward}
    assert lead == {0, 1, 2}
    assert {np.sign(c.sizes[0] - c.sizes[2]) for c in forward} == {-1, 1}
    assert all(c.sizes[1] != c.sizes[2] for c in forward)


def test_integers_are_compared_beyond_each_bound():
    """Some products need more than float32 has, some more than float64 has, and int64 holds their sums."""
    scales = [way.scale for way in ways("auto")[""] if way.dtype == "int64"]
    for one in bilinear_cases(subject("p4m mod 2"), np.random.default_rng(0)):
        a, b = (int(np.abs(a).max()) for a in one.arrays.values())
        products = [a * b * scale**2 for scale in scales]
        assert products[0] < 2**24 < products[1] < 2**53
        assert 2 * products[2] > 2**53
        assert one.terms * products[2] < 2**63


def test_pooled_values_have_ties_and_means_that_are_integers():
    cases = list(CASES["pool_gradient"](subject("S3"), np.random.default_rng(0)))
    assert any(len(np.unique(c.arrays["f"])) < c.arrays["f"].size for c in cases)
    for one in cases:
        if "mean" in one.space:
            assert {way.dtype for way in one.ways} == {"float32", "float64"}
            assert all(Fraction(v).denominator == 1 for v in one.expected.flat)


@pytest.mark.parametrize("name", ["S3", "p4 mod 3", "pgg mod 2", "p4m 4x3", "P-1 mod 3"])
def test_an_algorithm_applies_where_the_fast_path_says_so(name):
    for setting in settings(subject(name)):
        reasons = plans.algorithms(setting.X, setting.box, setting.boundary, on_cupy=True)
        assert reasons.keys() == {*ALGORITHMS, *ON_CUPY}
        for algorithm in reasons:
            assert applies(algorithm, setting) == (reasons[algorithm] is None), (setting.name, algorithm)


# ---- reports ----------------------------------------


def test_a_failing_row_says_how_to_have_it_again(monkeypatch):
    right = fast.involution
    monkeypatch.setattr(fast, "involution", lambda G, psi: right(G, right(G, psi)))
    report = verify(laws=["correlation_flip", "eq3"], groups=["S3"], readings=["fast"], profile="smoke")
    check, *_ = (c for c in report.checks if c.law == "eq3")
    assert {c.law for c in report.failures} == {"correlation_flip", "eq3"}
    assert (check.law, check.backend) == ("eq3", "fast.numpy")
    words = 'gcalc verify --law eq3 --reading fast --profile smoke --group "S3" --backend fast.numpy --seed 0'
    assert check.reproduction == words
    assert check.counterexample.left != check.counterexample.right


def test_a_backend_of_ones_own_is_read_under_the_name_of_the_family():
    mine = Backend("fast.mine", {**NUMPY.operators, "involution": lambda G, psi: psi}, conditional=True)
    report = verify(
        laws=["operators_are_sums"], groups=["C3"], readings=["fast"], profile="smoke", backend=mine
    )
    assert [c.backend for c in report.failures] == ["fast.mine"]
    assert report.exit_code() == 1


def test_the_same_seed_gives_the_same_checks():
    options = {"laws": ["stride", "operators_are_sums"], "groups": ["p2 mod 2"], "readings": ["fast"]}
    again = [verify(**options, profile="smoke") for _ in range(2)]
    first, second = ([replace(c, seconds=0.0) for c in report.checks] for report in again)
    assert first == second


def test_int64_is_what_integers_of_any_width_give():
    assert [way.result for way in in_types("int8", "uint8", "int64", "float32")] == [
        "int64",
        "int64",
        "int64",
        "float32",
    ]
