"""Large shapes of the fast path by `freivalds`: the correlation and both gradients where the reference is too slow.

Main definitions
    large: the three operators by one algorithm, with a number of outputs each.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt, prod
from typing import Any, NamedTuple

import numpy as np

from gcalc.errors import UnsupportedError
from gcalc.interpret.model import Array
from gcalc.verify.comparison import Outcome, Way
from gcalc.verify.crossvalidation import BILINEAR, SMALL, BilinearCase, Setting, bilinear_case
from gcalc.verify.freivalds import FORMS, Bilinear, Wrong, check
from gcalc.verify.result import Counterexample
from gcalc.verify.subjects import Subject

__all__ = ["Large", "large"]

INNER = 2
"""The size of the axis that is summed over: channels, filters or examples."""
LIGHTER = 8
"""A gradient of filters has so many times fewer outputs: each is a sum over all of the group."""


class Large(NamedTuple):
    """What was checked; wrong outputs are missed with no greater probability."""

    outcome: Outcome
    miss: Fraction


def large(
    subject: Subject, way: Way, outputs: int, random: np.random.Generator, implementation: Any
) -> Large:
    """The three operators on the regular space or the pixels × P, with boxes of side 3.

    Raises:
        TargetError: the implementation cannot be run.
    """
    total, miss = Outcome(), Fraction(0)
    X = next(X for X in subject.spaces if X.is_regular)
    sides = [min(3, n) for n in X.shape[1:]]
    setting = Setting(X, tuple(sides), "zero" if X.is_window else "periodic")
    for operator in BILINEAR:
        case = _case(operator, setting, outputs, random)
        try:
            found = _rounded(way.computed(case, implementation, case.arrays), case, way)
        except UnsupportedError as refusal:
            total += Outcome(refusals=(str(refusal),))
            continue
        first, second = case.arrays.values()
        result = check(Bilinear(FORMS[operator], case.exact, case.terms), found, first, second, random)
        miss = max(miss, result.miss)
        wrong = None if result.wrong is None else _counterexample(case, way, subject.name, result.wrong)
        total += Outcome(result.outputs, None, wrong)
    return Large(total, miss)


def _case(operator: str, setting: Setting, outputs: int, random: np.random.Generator) -> BilinearCase:
    """Random integers with as many outputs as said, the outer axes about equally long."""
    sizes = {"correlate": ("batch", "K"), "input_gradient": ("batch", "J"), "filter_gradient": ("K", "J")}
    shapes = {
        "correlate": setting.output_shape,
        "input_gradient": setting.X.shape,
        "filter_gradient": setting.filter_shape,
    }
    wanted = outputs // LIGHTER if operator == "filter_gradient" else outputs
    pairs = max(1, wanted // prod(shapes[operator]))
    first, second = sizes[operator]
    outer = {first: isqrt(pairs), second: -(-pairs // isqrt(pairs))}
    batch, J, K = (outer.get(name, INNER) for name in ("batch", "J", "K"))
    axes = {
        "f": (batch, J, *setting.X.shape),
        "psi": (K, J, *setting.filter_shape),
        "d": (batch, K, *setting.output_shape),
    }
    names = {"correlate": ("f", "psi"), "input_gradient": ("d", "psi"), "filter_gradient": ("d", "f")}
    arrays = {name: random.integers(-SMALL, SMALL + 1, axes[name]) for name in names[operator]}
    return bilinear_case(operator, setting, arrays, (batch, J, K))


def _rounded(found: Array, case: BilinearCase, way: Way) -> Array:
    """The nearest integers, where the algorithm's bound says that they are the results.

    Raises:
        UnsupportedError: it does not.
    """
    if way.bound is None:
        return found
    bound = float(way.bound(case))
    if bound >= 0.5:
        raise UnsupportedError(
            f"the proven bound {bound:.3g} is not below 1/2, so that nothing can be rounded"
        )
    return np.rint(found)


def _counterexample(case: BilinearCase, way: Way, group: str, wrong: Wrong) -> Counterexample:
    """The wrong entry; the arrays are too large to be shown and were drawn from the seed."""
    elements: Mapping[str, str] = {name: str(value) for name, value in way.told.items()}
    return Counterexample(
        claim=case.claim,
        group=group,
        space=case.space,
        elements={**elements, "dtype": way.dtype, "entry": str(wrong.place)},
        shapes={name: list(a.shape) for name, a in case.arrays.items()},
        inputs={name: [f"integers up to {SMALL} drawn from the seed"] for name in case.arrays},
        left=str(wrong.found),
        right=str(wrong.expected),
        line=0,
    )
