"""One pytest parameter for each check of each layer.

Main definitions
    parametrize_with_checks: a decorator of a test of (layer, check).
    LayerCheck: what the test calls with the layer.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from gcalc.check import Report, check_equivariance
from gcalc.errors import GcalcError, MissingDependencyError, UsageError, short
from gcalc.testing.assertions import message
from gcalc.testing.session import profiled, recorded, seed
from gcalc.verify.result import Verdict

__all__ = ["LayerCheck", "parametrize_with_checks"]

Layers = Mapping[str, tuple[Any, Mapping[str, Any]]] | Sequence[tuple[Any, Mapping[str, Any]]]
ALWAYS = (
    "representation",
    "determinism",
    "input_unchanged",
    "non_vacuity",
    "batch_independence",
    "adjoint",
    "gradients",
)
BY_DOMAIN = {"window": ("window", "transport"), "plane": ("plane",), "torus": ("torus",)}
FAILS = (Verdict.FAILED, Verdict.CONVENTION, Verdict.INCONCLUSIVE)


class _Shared:
    """A layer with its declaration; it is checked once, by the first of its tests."""

    def __init__(self, layer: Any, declaration: Mapping[str, Any]) -> None:
        self.layer, self.declaration = layer, dict(declaration)
        self._report: Report | None = None
        self._error: GcalcError | None = None

    def report(self) -> Report:
        """All checks of it; what cannot be checked raises once, and skips the other tests."""
        __tracebackhide__ = True
        if self._error is not None:
            _pytest().skip(f"it could not be checked: {self._error}")
        if self._report is None:
            try:
                self._report = self._checked()
            except GcalcError as error:
                self._error = error
                raise error.with_traceback(None) from error.__cause__
        return self._report

    def _checked(self) -> Report:
        words = profiled({name: value for name, value in self.declaration.items() if name != "seed"})
        return recorded(check_equivariance(self.layer, **words, seed=seed(self.declaration.get("seed"))))


class LayerCheck:
    """One check of one layer: called with the layer it raises AssertionError, or skips the test, or returns.

    name: of the check.
    """

    def __init__(self, name: str, shared: _Shared) -> None:
        self.name, self._shared = name, shared

    def __call__(self, layer: Any) -> None:
        """Make the check.

        Raises:
            AssertionError: the layer fails it.
            UsageError: it is another layer, or the declaration is not possible.
            TargetError: the layer cannot be run.
        """
        __tracebackhide__ = True
        if layer is not self._shared.layer:
            raise UsageError(
                f"the check {self.name} belongs to another layer; call it with the one beside it"
            )
        report = self._shared.report()
        results = [result for result in report.checks if result.check == self.name]
        if any(result.verdict in FAILS for result in results):
            raise AssertionError(message(report, (self.name,)))
        if all(result.verdict == Verdict.NOT_TESTED for result in results):
            _pytest().skip(results[0].reason or "not tested" if results else _not_made(report))

    def __repr__(self) -> str:
        return f"<check {self.name}>"


def _not_made(report: Report) -> str:
    """Why a check has no result."""
    if report.verdict == Verdict.NOT_TESTED:
        return "not made, since an earlier check failed"
    return "there was nothing to check"


def parametrize_with_checks(
    layers: Layers, *, expected_failed_checks: Mapping[str, str] | None = None
) -> Any:
    """A decorator that makes a test of (layer, check) into one test for each check of each layer.

    Args:
        layers: {name: (layer, declaration)}, or a list of pairs, which are called by their types; a declaration is a
            dict of arguments of `gcalc.check_equivariance`.
        expected_failed_checks: {"name-check": reason} of checks that must fail; one that passes is an error.

    Raises:
        UsageError: a layer is no such pair.

    The test calls the check, ``check(layer)``. A layer is checked once, when the first of its tests runs::

        @parametrize_with_checks({"lift": (Lift(), {"group": "p4", "input": "b k x y", "output": "b (k g) x y"})})
        def test_layers(layer, check):
            check(layer)
    """
    pytest, expected = _pytest(), dict(expected_failed_checks or {})
    marks = [pytest.mark.gcalc] if "pytest_gcalc" in sys.modules else []
    parameters = []
    for name, (layer, declaration) in _named(layers).items():
        shared = _Shared(layer, declaration)
        for check in _checks(declaration):
            case = f"{name}-{check}"
            reason = expected.pop(case, None)
            xfail = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=True)]
            parameters.append(pytest.param(layer, LayerCheck(check, shared), id=case, marks=[*marks, *xfail]))
    for unknown in expected:
        near = get_close_matches(unknown, [str(p.id) for p in parameters], n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        warnings.warn(f"expected_failed_checks names {unknown!r}, which is no check here{hint}", stacklevel=2)
    return pytest.mark.parametrize(("layer", "check"), parameters)


def _pytest() -> Any:
    try:
        import pytest
    except ModuleNotFoundError as error:
        raise MissingDependencyError("parametrize_with_checks needs pytest: pip install pytest") from error
    return pytest


def _named(layers: Layers) -> dict[str, tuple[Any, Mapping[str, Any]]]:
    """By name; equal names are numbered."""
    pairs = layers.items() if isinstance(layers, Mapping) else ((None, pair) for pair in layers)
    found: dict[str, tuple[Any, Mapping[str, Any]]] = {}
    for name, pair in pairs:
        if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[1], Mapping)):
            raise UsageError(
                f"a layer is given as (layer, declaration), the declaration a dict; got {short(pair)}"
            )
        title = getattr(pair[0], "__name__", type(pair[0]).__name__) if name is None else str(name)
        number = sum(other.partition("#")[0] == title for other in found)
        found[f"{title}#{number + 1}" if number else title] = pair
    return found


def _checks(declaration: Mapping[str, Any]) -> Iterator[str]:
    """The checks that a declaration asks for."""
    domain = declaration.get("domain") or ("window", "plane")
    domains = (domain,) if isinstance(domain, str) else tuple(domain)
    yield from ALWAYS[:3]
    yield from (check for name in domains for check in BY_DOMAIN.get(name, ()))
    yield from ALWAYS[3:5]
    linear = declaration.get("linear")
    yield from ("linear",) if linear else ()
    yield from ("deltas",) if linear in (True, "linear") else ()
    yield from ("reference",) if declaration.get("reference") is not None else ()
    yield from ALWAYS[5:]
