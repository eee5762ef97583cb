"""The whole of a check: prepare, run the list, name the symmetry, and where something fails say where and why.

Main definitions
    check_equivariance: the report on a layer.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from gcalc.check.arguments import (
    BY_DEFAULT,
    domains,
    expected,
    function,
    linearity,
    refuse_off_pixels,
    strides,
    whole,
)
from gcalc.check.checks import AFTER, BEFORE, CHECKS
from gcalc.check.claims import claim
from gcalc.check.context import Context, prepare
from gcalc.check.declaration import declare
from gcalc.check.diagnosis import diagnose
from gcalc.check.equivariance import Symmetries, plane_symmetry, torus_symmetry, window_symmetry
from gcalc.check.record import UNFIT, Finding, Report, Result
from gcalc.check.reproduce import reproduction
from gcalc.check.symmetry import Symmetry
from gcalc.check.targets import target
from gcalc.verify.result import Verdict

__all__ = ["check_equivariance"]


def check_equivariance(
    layer: Any,
    *,
    group: Any,
    input: Any,
    output: Any,
    sizes: Mapping[str, int | Sequence[int]] | None = None,
    space: str | Sequence[str] | None = None,
    reps: Mapping[str, Any] | None = None,
    order: Any = None,
    domain: str | Sequence[str] | None = None,
    expect: str | None = None,
    linear: bool | str = False,
    reference: Any = None,
    parameters: Any = None,
    vjp: Any = None,
    period: int | None = None,
    stride: int | Mapping[str, int] | None = None,
    framework: str | None = None,
    seed: int = 0,
    explain: bool = True,
) -> Report:
    """Is a layer equivariant, to exactly which group, and if not, where and why.

    Args:
        layer: a NumPy callable, a torch module, or what an adapter takes; it is copied, never changed.
        group: a wallpaper symbol ("p4m"), a point group ("D4"), or a group of gcalc.
        input: a layout such as "b k x y"; a tuple or dict of these for several arrays.
        output: as input: "b (k g) x y".
        sizes: lengths of named axes, one or several each: {"k": 2, "x": [8, 9], "y": 9}.
        space: the names of the space axes, rows first; the usual ones by default.
        reps: a representation for each axis that has one; "g" has the regular one.
        order: of the elements on the fibre: "gcalc", "escnn", "groupy", "clockwise", or indices.
        domain: "window", "plane", "torus", or several; window and plane by default.
        expect: the name of a group: it passes if and only if the symmetry found is exactly that.
        linear: whether the layer is claimed to be linear; "bilinear" for one of two arguments.
        reference: an operator that it is claimed to be: "correlate", or {"operator", "filters", "boundary"}.
        parameters: ``fn(layer, draw)`` that fills a copy of the layer, in place or by returning another, where gcalc's
            own way would not do; ``draw(name, like)`` gives values for one parameter.
        vjp: ``fn(*inputs, *cotangents)``, the gradient of the inputs of a layer that has none of its own.
        period: T of translations on the plane; the smallest that works by default.
        stride: of the outputs, along all axes of space or by name; measured by default, and compared if it can be.
        framework: "numpy", "torch", "jax" or "cupy"; found out by default.
        seed: of everything random.
        explain: whether a failure is diagnosed and minimised.

    Returns:
        The report; a layer that fails does not raise.

    Raises:
        UsageError: the declaration is not possible.
        TargetError: the layer cannot be run.
    """
    start = time.perf_counter()
    declaration = declare(
        group=group, input=input, output=output, sizes=sizes, space=space, reps=reps, order=order
    )
    expect, _ = expected(expect, declaration.group), whole("seed", seed, 0)
    chosen = domains(domain)
    refuse_off_pixels(declaration, chosen)
    context = prepare(
        target(layer, framework),
        declaration,
        seed=seed,
        parameters=function("parameters", parameters, "a layer and draw"),
        claims=linearity(linear),
        domains=chosen,
        period=None if period is None else whole("period", period, 1),
        stride=strides(stride, declaration),
        reference=claim(reference),
        vjp=function("vjp", vjp, "inputs and cotangents"),
    )
    report, symmetries = _checked(context)
    report = _untested(report, _asked(domain, linear, reference, stride))
    if explain and report.verdict in (Verdict.FAILED, Verdict.CONVENTION, Verdict.INCONCLUSIVE):
        report = diagnose(context, symmetries, report)
    report = _expected(report, expect)
    if explain and report.verdict in (Verdict.FAILED, Verdict.CONVENTION, Verdict.INCONCLUSIVE):
        asked: dict[str, Any] = dict(
            domain=domain, expect=expect, linear=linear, reference=reference, period=period, stride=stride
        )
        asked |= dict(framework=framework, seed=seed, parameters=parameters, vjp=vjp)
        asked = {name: value for name, value in asked.items() if value is not None}
        report = replace(
            report, reproduction=reproduction(report.as_json(), layer, {**context.declaration.text, **asked})
        )
    return replace(report, seconds=round(time.perf_counter() - start, 3))


def _checked(context: Context) -> tuple[Report, Symmetries]:
    symmetries = Symmetries()
    results = [result for check in BEFORE for result in _timed(check(context, symmetries))]
    unfit = _failing(results)
    if not unfit:
        chosen = (check for check in CHECKS if _wanted(check.__name__.removeprefix("check_"), context))
        results += [result for check in chosen for result in _timed(check(context, symmetries))]
        again = [result for check in AFTER for result in _timed(check(context, symmetries))]
        results, unfit = [*results, *again], _failing(again)
    evidence = _evidence(context, results)
    records = (f(context, symmetries, evidence) for f in (window_symmetry, plane_symmetry, torus_symmetry))
    domains = {} if unfit else {record.domain: record for record in records if record is not None}
    report = Report(
        target=context.target.name,
        verdict=_verdict(results),
        symmetry=_decisive(domains, results),
        domains=domains,
        checks=tuple(results),
        declaration=_plain(context.declaration.text),
        seed=context.seed,
        environment=_environment(context),
        diagnosis=tuple(Finding(r.code, r.reason or "") for r in unfit if r.code),
        notes=tuple(dict.fromkeys([*context.notes, *_told(domains, results)])),
    )
    return report, symmetries


def _failing(results: Iterable[Result]) -> list[Result]:
    return [result for result in results if result.verdict == Verdict.FAILED]


def _timed(results: Iterable[Result]) -> Iterator[Result]:
    """With the seconds that each has taken to come."""
    before = time.perf_counter()
    for result in results:
        yield replace(result, seconds=round(time.perf_counter() - before, 3))
        before = time.perf_counter()


def _asked(domain: Any, linear: Any, reference: Any, stride: Any) -> list[str]:
    """The checks that were asked for by name."""
    asked = [] if domain is None else [domain] if isinstance(domain, str) else list(domain)
    claims = {"linear": linear, "reference": reference, "plane": stride}
    return list(dict.fromkeys([*asked, *(name for name, given in claims.items() if given)]))


def _untested(report: Report, asked: Sequence[str]) -> Report:
    """NOT_TESTED instead of a pass, if something was asked for and nothing of it could be tested."""
    for name in asked if report.passed else ():
        results = [r for r in report.checks if r.check == name]
        if all(r.verdict == Verdict.NOT_TESTED for r in results):
            reason = results[0].reason if results else "there are no axes of space"
            note = f"{name} was asked for, and could not be tested: {reason}"
            return replace(report, verdict=Verdict.NOT_TESTED, notes=(note, *report.notes))
    return report


def _wanted(name: str, context: Context) -> bool:
    domains = context.domains or BY_DEFAULT
    if name in ("plane", "torus"):
        return name in domains and context.declaration.has_space
    return name not in ("window", "transport") or "window" in domains or not context.declaration.has_space


def _verdict(results: Iterable[Result]) -> Verdict:
    """The worst of all; of passes that with random parameters, where rounding is least."""
    tested = [r for r in results if r.verdict != Verdict.NOT_TESTED]
    if any(r.code in UNFIT for r in tested):
        return Verdict.NOT_TESTED
    for verdict in (Verdict.FAILED, Verdict.CONVENTION, Verdict.INCONCLUSIVE):
        if any(r.verdict == verdict for r in tested):
            return verdict
    decisive = [r for r in tested if r.check in ("window", "plane", "torus")]
    if not decisive:
        return Verdict.NOT_TESTED
    preferred = [r for r in decisive if r.parameters == "random"] or decisive
    return Verdict.EXACT if all(r.verdict == Verdict.EXACT for r in preferred) else Verdict.NUMERICAL


def _decisive(domains: Mapping[str, Symmetry], results: Sequence[Result]) -> Symmetry | None:
    """On the first domain on which something fails; else on the largest."""
    failing = {r.domain for r in results if r.domain and r.verdict in (Verdict.FAILED, Verdict.INCONCLUSIVE)}
    for name in ("window", "torus", "plane"):
        if name in failing and name in domains:
            return domains[name]
    return domains.get("plane") or domains.get("torus") or domains.get("window")


def _evidence(context: Context, results: Sequence[Result]) -> str:
    complete = [r for r in results if r.check in ("deltas", "linear")]
    if any(r.check == "deltas" for r in complete) and all(
        r.verdict in (Verdict.EXACT, Verdict.NUMERICAL) for r in complete
    ):
        return "complete"
    cases = sum(r.cases for r in results if r.check in ("window", "plane", "torus"))
    return f"no counterexample in {cases} cases"


def _told(domains: Mapping[str, Symmetry], results: Sequence[Result]) -> list[str]:
    """What the reader must know beside the verdict."""
    notes = []
    plane = domains.get("plane")
    if (
        plane is not None
        and plane.lattice
        and plane.lattice
        != [[int(i == j) for j in range(len(plane.lattice))] for i in range(len(plane.lattice))]
    ):
        side = plane.lattice[0][0]
        scaled = all(row[i] == side and sum(map(abs, row)) == side for i, row in enumerate(plane.lattice))
        lattice = f"{side}Z{'²' if len(plane.lattice) == 2 else ''}" if scaled else str(plane.lattice)
        notes.append(f"{plane.name} on {lattice}, index {plane.index}")
    notes += [
        f"the elements that pass on the {s.domain} are no group: the layer or its declaration is at fault"
        for s in domains.values()
        if not s.closed
    ]
    notes += [r.reason for r in results if r.reason == "to float32 constants"]
    for check in ("window", "plane"):
        verdicts = {r.parameters: r.verdict for r in results if r.check == check}
        if (
            verdicts.get("given") in (Verdict.EXACT, Verdict.NUMERICAL)
            and verdicts.get("random") == Verdict.FAILED
        ):
            notes.append(
                "it holds for the given parameters and fails for random ones: training will break it"
            )
    return notes


def _expected(report: Report, expect: str | None) -> Report:
    """With --expect: it passes if and only if the symmetry found is exactly that, and nothing else fails."""
    if expect is None or report.symmetry is None:
        return report
    found = report.symmetry.name
    others = [
        r
        for r in report.checks
        if r.verdict == Verdict.FAILED and r.check not in ("window", "plane", "torus", "deltas", "transport")
    ]
    if found == expect and not others:
        of_window = [r for r in report.checks if r.check in ("window", "torus") and r.how]
        preferred = [r for r in of_window if r.parameters == "random"] or of_window
        kind = Verdict.EXACT if all(r.how == "exact" for r in preferred) else Verdict.NUMERICAL
        note = f"expected {expect}, and found exactly that"
        return replace(report, verdict=kind, notes=(*report.notes, note), diagnosis=(), counterexample=None)
    note = f"expected {expect}, found {found}"
    verdict = Verdict.FAILED if report.passed or found != expect else report.verdict
    finding = Finding("unexpected", note, f"expect={found!r}")
    return replace(
        report, verdict=verdict, notes=(*report.notes, note), diagnosis=(*report.diagnosis, finding)
    )


def _plain(text: Mapping[str, Any]) -> dict[str, Any]:
    """The declaration as JSON can hold it."""
    return {
        name: value if isinstance(value, str | dict | list | tuple | int | None) else repr(value)
        for name, value in text.items()
    }


def _environment(context: Context) -> dict[str, Any]:
    packages = {"gcalc": "gcalc", "numpy": "numpy"} | (
        {context.target.framework: context.target.framework} if context.target.framework != "numpy" else {}
    )
    found = {}
    for name, package in packages.items():
        try:
            found[name] = version(package)
        except ImportError:
            found[name] = "unknown"
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "dtype": context.target.dtype,
        **found,
    }
