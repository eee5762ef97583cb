"""The reports: JSON in the fixed keys, JUnit with equal totals, the exit code, and writing in one step."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from gcalc import reference
from gcalc.errors import UsageError
from gcalc.verify import Check, Counterexample, Report, Verdict, verify
from gcalc.verify.report import check_destination, environment, junit, write
from gcalc.verify.result import TARGET_ERROR

from .faulty import faulty

TEXT, COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
VERDICTS = {
    *("PROVED", "EXACT", "BOUNDED", "NUMERICAL", "PROBABILISTIC"),
    *("CONVENTION", "INCONCLUSIVE", "FAILED", "NOT_TESTED"),
}


def record(required=None, **properties):
    """The schema of an object: all properties required, unless some are named."""
    keys = list(properties) if required is None else required
    return {"type": "object", "properties": properties, "required": keys}


AGAIN = r"^gcalc( verify .*--seed |\.verify\.verify\(.*seed=)-?[0-9]+\)?$"
COUNTEREXAMPLE = record(
    claim=TEXT,
    group=TEXT,
    space=TEXT,
    elements={"type": "object", "additionalProperties": TEXT, "minProperties": 1},
    shapes={"type": "object", "additionalProperties": {"type": "array", "items": COUNT}, "minProperties": 1},
    inputs={"type": "object", "additionalProperties": {"type": "array"}, "minProperties": 1},
    left=TEXT,
    right=TEXT,
    line=COUNT,
)
WHERE = {"properties": {"reading": {"enum": ["kernel", "formal"]}}}
CHECK = record(
    id={"type": "string", "minLength": 1},
    law=TEXT,
    reading={"enum": ["kernel", "formal", "exact", "property", "fast"]},
    group={"type": "string", "minLength": 1},
    backend={"type": "string", "minLength": 1},
    verdict={"enum": sorted(VERDICTS)},
    cases=COUNT,
    complete={"type": "boolean"},
    hypotheses={"type": "array", "items": TEXT},
    dtype={"type": ["string", "null"]},
    device=TEXT,
    ratio={"type": ["number", "null"]},
    counterexample={"anyOf": [{"type": "null"}, COUNTEREXAMPLE]},
    diagnosis={"type": "array", "items": record(code=TEXT, text=TEXT)},
    reproduction={"type": ["string", "null"]},
    reason={"type": ["string", "null"]},
    seconds={"type": "number", "minimum": 0},
) | {
    "additionalProperties": False,
    "allOf": [
        {"if": WHERE, "then": {"properties": {"group": {"const": "any"}}}},
        {
            "if": {"properties": {"verdict": {"const": "NOT_TESTED"}}},
            "then": {"properties": {"reason": {"type": "string", "minLength": 1}, "cases": {"const": 0}}},
        },
        {
            "if": {"properties": {"verdict": {"enum": ["PROVED", "EXACT"]}}},
            "then": {"properties": {"cases": {"minimum": 1}}},
        },
        {
            "if": {"properties": {"verdict": {"const": "FAILED"}, "reading": {"not": {"const": "kernel"}}}},
            "then": {
                "properties": {
                    "counterexample": COUNTEREXAMPLE,
                    "reproduction": {"type": "string", "pattern": AGAIN},
                }
            },
        },
    ],
}
SCHEMA = record(
    schema_version={"const": 1},
    environment=record(python=TEXT, system=TEXT, gcalc=TEXT, numpy=TEXT, scipy=TEXT, sympy=TEXT),
    seed={"type": "integer"},
    summary=record(
        profile=TEXT,
        seconds={"type": "number"},
        cases=COUNT,
        verdicts={
            "type": "object",
            "propertyNames": {"enum": sorted(VERDICTS)},
            "additionalProperties": COUNT,
        },
        exit_code={"enum": [0, 1, 2, 3]},
    ),
    checks={"type": "array", "items": CHECK},
) | {"additionalProperties": False}


@pytest.fixture(scope="module")
def good():
    """A real run with laws that hold and laws that do not apply."""
    return verify(
        laws=["eq1", "eq2", "filter_transform_adjoint"], groups=["C2", "pg mod 2"], profile="smoke", seed=7
    )


def half_of_it(X, f, psi, *args, **options):
    return reference.correlate(X, f, psi, *args, **options) * 2 - 1


@pytest.fixture(scope="module")
def bad():
    """A real run of an implementation that is wrong."""
    return verify(
        laws=["eq2", "g_correlation_equivariance"],
        groups=["C3"],
        profile="smoke",
        seed=7,
        readings=["kernel", "formal", "exact", "property"],
        backend=faulty(correlate=half_of_it, pool=lambda G, f, U, op="max": f),
    )


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


# ---- JSON ----------------------------------------


@pytest.mark.parametrize("run", ["good", "bad"])
def test_the_json_of_a_run_has_the_fixed_keys(run, request, tmp_path):
    write(request.getfixturevalue(run), tmp_path / "r.json")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(read(tmp_path / "r.json"), SCHEMA)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.pop("seed"),
        lambda d: d["checks"][0].pop("cases"),
        lambda d: d["checks"][0].update(verdict="PASSED"),
        lambda d: d["checks"][0].update(group="S3"),
        lambda d: d["checks"][0].update(cases=0),
        lambda d: d["checks"][-1].update(counterexample=None),
        lambda d: d["checks"][-1].update(reproduction=None),
        lambda d: d.update(more=1),
    ],
)
def test_the_schema_refuses_other_reports(spoil, bad):
    data = bad.as_json()
    assert data["checks"][0]["reading"] == "kernel"
    assert data["checks"][-1]["verdict"] == "FAILED"
    spoil(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_the_summary_is_the_sum_of_the_checks(good):
    data = good.as_json()
    assert data["summary"]["cases"] == sum(c["cases"] for c in data["checks"])
    assert sum(data["summary"]["verdicts"].values()) == len(data["checks"])
    assert data["summary"]["exit_code"] == 0
    assert data["seed"] == 7
    assert data["summary"]["profile"] == "smoke"
    assert len({c["id"] for c in data["checks"]}) == len(data["checks"])


def test_a_failing_check_carries_what_shows_it(bad):
    failed = [c for c in bad.as_json()["checks"] if c["verdict"] == "FAILED"]
    assert {c["law"] for c in failed} == {"eq2", "g_correlation_equivariance"}
    for check in failed:
        example = check["counterexample"]
        assert example["left"] != example["right"]
        assert set(example["shapes"]) == set(example["inputs"])
        assert "u" in example["elements"]
        assert check["reproduction"].startswith(f"gcalc.verify.verify(laws=['{check['law']}']")
        assert check["reproduction"].endswith("seed=7)")


def test_every_verdict_is_of_the_fixed_set():
    assert {str(v) for v in Verdict} == VERDICTS


def test_the_environment_names_the_versions():
    import numpy

    assert environment()["numpy"] == numpy.__version__


# ---- the exit code ----------------------------------------

HELD = Check("eq1", "exact", "S3", "reference", Verdict.EXACT, 5)
UNTESTED = Check("eq1", "formal", "any", "none", Verdict.NOT_TESTED, reason="no Coq")
EXAMPLE = Counterexample("rotation", "S3", "S3", {"u": "(0)"}, {"f": [6]}, {"f": [[[0], 1]]}, "1", "2", 0)
FAILED = replace(HELD, law="eq2", verdict=Verdict.FAILED, counterexample=EXAMPLE, reproduction="gcalc verify")
OPEN = replace(HELD, verdict=Verdict.INCONCLUSIVE, reason="rounding")
UNRUN = replace(
    UNTESTED,
    reading="exact",
    backend="mine",
    reason="mine.correlate raised ValueError: no",
    diagnosis=[{"code": TARGET_ERROR, "text": "mine.correlate raised ValueError: no"}],
)


def report(*checks, **more):
    return Report({}, 0, "smoke", checks, 0.1, **more)


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ([HELD], 0),
        ([HELD, UNTESTED], 0),
        ([replace(HELD, verdict=Verdict.PROVED)], 0),
        ([HELD, FAILED], 1),
        ([UNRUN, HELD], 2),
        ([UNRUN, FAILED], 1),
        ([], 3),
        ([UNTESTED], 3),
        ([OPEN, UNTESTED], 3),
    ],
)
def test_the_exit_code(checks, code):
    assert report(*checks).exit_code() == code
    assert report(*checks).as_json()["summary"]["exit_code"] == code


@pytest.mark.parametrize(
    ("require", "missed"),
    [
        (("formal",), ("formal",)),
        (("exact",), ()),
        (("reference", "exact"), ()),
        (("fast",), ("fast",)),
        (("exact", "cupy"), ("cupy",)),
        (("formel",), ("formel",)),
    ],
)
def test_what_is_required_and_not_tested_is_a_failure(require, missed):
    required = report(HELD, UNTESTED, require=require)
    assert required.missed == missed
    assert required.exit_code() == (1 if missed else 0)
    assert required.as_json()["summary"]["exit_code"] == required.exit_code()


def test_a_family_is_required_by_its_name():
    signal = replace(HELD, backend="scipy.signal")
    assert report(signal, require=("scipy",)).missed == ()
    assert report(replace(signal, verdict=Verdict.NOT_TESTED), require=("scipy",)).missed == ("scipy",)


# ---- JUnit ----------------------------------------


def parsed(one):
    return JUnitXml.fromstring(junit(one).encode())


def results(one):
    return [[type(r) for r in case.result] for suite in parsed(one) for case in suite]


@pytest.mark.parametrize("run", ["good", "bad"])
def test_the_totals_of_junit_and_of_json_agree(run, request):
    one = request.getfixturevalue(run)
    verdicts, xml = one.as_json()["summary"]["verdicts"], parsed(one)
    skipped = verdicts.get("NOT_TESTED", 0) + verdicts.get("INCONCLUSIVE", 0)
    (suite,) = xml
    for totals in (xml, suite):
        assert totals.tests == len(one.checks)
        assert totals.failures == verdicts.get("FAILED", 0)
        assert totals.skipped == skipped
        assert totals.errors == 0
    assert abs(xml.time - sum(c.seconds for c in one.checks)) < 1e-2


def test_each_verdict_in_junit():
    assert results(report(HELD, UNTESTED, OPEN, FAILED, UNRUN)) == [
        [],
        [Skipped],
        [Skipped],
        [Failure],
        [Error],
    ]


def test_the_reason_is_told_where_a_check_is_skipped():
    (suite,) = parsed(report(UNTESTED))
    assert [case.result[0].message for case in suite] == ["no Coq"]


def test_a_failure_tells_the_counterexample_and_how_to_see_it_again(bad):
    (suite,) = parsed(bad)
    failures = [case.result[0] for case in suite if case.result and isinstance(case.result[0], Failure)]
    assert len(failures) == len(bad.failures)
    for failure, check in zip(failures, bad.failures, strict=True):
        assert check.reproduction in failure.text
        assert f"left: {check.counterexample.left}" in failure.text
        assert "\n" not in failure.message


def test_a_target_error_is_an_error_and_says_why():
    (suite,) = parsed(report(UNRUN))
    (case,) = suite
    assert case.result[0].message == "mine.correlate raised ValueError: no"
    assert parsed(report(UNRUN)).errors == 1


def test_what_is_required_is_a_failure_in_junit_too():
    assert results(report(HELD, UNTESTED, require=("formal",))) == [[], [Failure]]


def test_characters_that_xml_cannot_write_are_spelt_out():
    (suite,) = parsed(report(replace(UNTESTED, reason="a\x00b\x1b[0m < & \ud800")))
    assert [case.result[0].message for case in suite] == ["a\\x00b\\x1b[0m < & \\ud800"]


def test_cases_are_told_apart_by_law_and_name(good):
    (suite,) = parsed(good)
    names = [(case.classname, case.name) for case in suite]
    assert len(set(names)) == len(names)
    assert {law for law, _ in names} == {"eq1", "eq2", "filter_transform_adjoint"}


# ---- writing ----------------------------------------


@pytest.mark.parametrize("name", ["r.json", "r.xml"])
def test_nothing_is_written_but_the_report(name, good, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(good, tmp_path / name)
    assert os.listdir(tmp_path) == [name]


def test_a_run_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    verify(laws=["eq2"], groups=["C2"], profile="smoke")
    assert os.listdir(tmp_path) == []


def test_an_old_report_is_replaced(good, bad, tmp_path):
    write(good, tmp_path / "r.json")
    write(bad, tmp_path / "r.json")
    assert read(tmp_path / "r.json") == json.loads(json.dumps(bad.as_json()))


def refuse(*_, **__):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("where", ["os.replace", "pathlib.Path.write_bytes"])
@pytest.mark.parametrize("old", [None, "the old report"])
def test_a_failing_write_leaves_the_old_file_whole(where, old, good, tmp_path, monkeypatch):
    path = tmp_path / "r.json"
    if old is not None:
        path.write_bytes(old.encode())
    monkeypatch.setattr(where, refuse)
    with pytest.raises(UsageError, match=r"r\.json: cannot be written \(No space left"):
        write(good, path)
    assert [p.read_text() for p in tmp_path.iterdir()] == ([] if old is None else [old])


def test_an_interrupted_write_leaves_the_old_file_whole(good, tmp_path, monkeypatch):
    path = tmp_path / "r.xml"
    path.write_text("old")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(good, path)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_the_users_mask_is_kept(good, tmp_path):
    before = os.umask(0o077)
    try:
        write(good, tmp_path / "r.json")
    finally:
        os.umask(before)
    assert (tmp_path / "r.json").stat().st_mode & 0o777 == 0o600


def test_names_that_are_no_unicode_are_written_as_escapes(tmp_path):
    odd = replace(report(UNTESTED), profile="image \udce9.png")
    write(odd, tmp_path / "r.json")
    assert read(tmp_path / "r.json")["summary"]["profile"] == odd.profile


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("r.txt", "must end in .json or .xml"),
        ("r", "must end in"),
        ("no/r.json", "make it first"),
        ("d.xml", "folder"),
    ],
)
def test_a_destination_is_refused_before_the_work(path, told, tmp_path):
    (tmp_path / "d.xml").mkdir()
    with pytest.raises(UsageError, match=told) as refusal:
        check_destination(tmp_path / path)
    assert "\n" not in str(refusal.value)
    assert os.listdir(tmp_path) == ["d.xml"]


def test_a_folder_that_takes_no_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("gcalc.files.TemporaryFile", refuse)
    with pytest.raises(UsageError, match="cannot be written"):
        check_destination(tmp_path / "r.json")
