"""Implementations made to pass: each differs from the reference on a group of the default profile, and must fail there.

Each is right wherever the exact reading has been seen not to look: other sizes of U, elements beyond the
generators, a second example of a batch, arrays of another rank. `differs` shows that the fault is one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from gcalc import reference
from gcalc.verify import verify
from gcalc.verify.subjects import subject

from .faulty import failed, faulty

rng = np.random.default_rng(5)


def lead(array, shape):
    """How many axes stand before the space's."""
    return np.ndim(array) - len(shape)


def pool_of_three(G, f, U, op="max"):
    """U without what follows its first three elements."""
    return reference.pool(G, f, list(U)[:3], op)


def translate_by_generators(X, u, f):
    """L_u f = f unless u is one of the generators."""
    large = X.group.order > 12 and u not in X.group.generators
    return reference.left_translate(X, X.group.identity if large else u, f)


def involution_of_rank_two(G, psi):
    """0 for functions of one index."""
    return reference.involution(G, psi) * (lead(psi, G.shape) != 1)


def correlate_zero_on_windows(X, f, psi, filter="full", boundary="periodic"):
    """0 on windows."""
    return reference.correlate(X, f, psi, filter, boundary) * (not X.is_window)


def correlate_first_channel_on_windows(X, f, psi, filter="full", boundary="periodic"):
    """f_0 for every f_j on windows."""
    f = np.broadcast_to(f[:1], np.shape(f)) if X.is_window else f
    return reference.correlate(X, f, psi, filter, boundary)


def correlate_first_example(X, f, psi, filter="full", boundary="periodic"):
    """0 for all examples of a batch but the first."""
    y = np.array(reference.correlate(X, f, psi, filter, boundary))
    if lead(f, X.shape) > 1:
        y[1:] = 0
    return y


def input_gradient_flat(X, d, psi, filter="full", boundary="periodic"):
    """The right values in one axis."""
    return np.asarray(reference.input_gradient(X, d, psi, filter, boundary)).reshape(-1)


def input_gradient_of_batches(X, d, psi, filter="full", boundary="periodic"):
    """0 for a batch."""
    y = reference.input_gradient(X, d, psi, filter, boundary)
    return y * (lead(d, X.group.shape) == 1)


def input_gradient_even_cells(X, d, psi, filter="full", boundary="periodic"):
    """0 in the odd cells of the grid."""
    y = np.array(reference.input_gradient(X, d, psi, filter, boundary))
    if X.is_grid:
        y.reshape(len(y), -1)[:, 1::2] = 0
    return y


def filter_gradient_even_cells(X, d, f, filter_shape=None, boundary="periodic"):
    """0 in the odd cells of the grid."""
    y = np.array(reference.filter_gradient(X, d, f, filter_shape, boundary))
    if X.is_grid:
        y.reshape(*y.shape[:2], -1)[..., 1::2] = 0
    return y


def input_gradient_first_output(X, d, psi, filter="full", boundary="periodic"):
    """k = 0 for the sum over k, on groups of more than six elements."""
    psi = np.array(psi)
    if X.group.order > 6:
        psi[1:] = 0
    return reference.input_gradient(X, d, psi, filter, boundary)


def input_gradient_clears_the_filters(X, d, psi, filter="full", boundary="periodic"):
    """The right values, and the caller's filters overwritten."""
    y = reference.input_gradient(X, d, psi, filter, boundary)
    psi[...] = psi * 0
    return y


def correlate_in_16_bits(X, f, psi, filter="full", boundary="periodic"):
    """Integers kept in 16 bits."""
    y = reference.correlate(X, f, psi, filter, boundary)
    return y if y.dtype == object else y.astype(np.int16).astype(np.int64)


def pool_above_minus_ten(G, f, U, op="max"):
    """max(-9, …): the maximum started with a number that is not small enough."""
    y = reference.pool(G, f, U, op)
    return np.maximum(y, -9) if op == "max" else y


def integers(*shape):
    return rng.integers(-9, 10, shape)


@dataclass(frozen=True)
class Attack:
    """An implementation, the group on which it is to be caught, and arguments that show the fault."""

    function: object
    operator: str
    group: str
    laws: tuple[str, ...]
    arguments: object
    readings: tuple[str, ...] = ("exact",)


def regular(name):
    return subject(name).group.regular


ATTACKS = [
    Attack(pool_of_three, "pool", "D4", ("eq2",), lambda X: (X.group, integers(1, 8), X.group.elements)),
    Attack(
        translate_by_generators,
        "left_translate",
        "p4 mod 2",
        ("eq2", "g_correlation_equivariance", "group_algebra_calculus"),
        lambda X: (X, X.group.elements[-1], integers(1, *X.shape)),
    ),
    Attack(involution_of_rank_two, "involution", "S3", (), lambda X: (X.group, integers(1, 6) + 20)),
    Attack(
        correlate_zero_on_windows,
        "correlate",
        "p4m 3x3",
        (),
        lambda X: (subject("p4m 3x3").window, integers(1, 3, 3), integers(1, 1, 3, 3), "box", "zero"),
    ),
    Attack(
        correlate_first_channel_on_windows,
        "correlate",
        "p4m 4x3",
        (),
        lambda X: (subject("p4m 4x3").window, integers(2, 4, 3), integers(1, 2, 3, 3), "box", "zero"),
    ),
    Attack(
        correlate_first_example, "correlate", "D4", (), lambda X: (X, integers(2, 1, 8), integers(1, 1, 8))
    ),
    Attack(
        input_gradient_of_batches,
        "input_gradient",
        "S3",
        ("operators_are_sums",),
        lambda X: (X, integers(2, 2, 6), integers(2, 3, 6)),
    ),
    Attack(
        input_gradient_even_cells,
        "input_gradient",
        "p4 mod 3",
        ("operators_are_sums",),
        lambda X: (X.group.grid, integers(1, *X.shape), integers(1, 1, 3, 3)),
    ),
    Attack(
        filter_gradient_even_cells,
        "filter_gradient",
        "p4 mod 3",
        ("operators_are_sums",),
        lambda X: (X.group.grid, integers(1, *X.shape), integers(1, 3, 3)),
    ),
    Attack(
        input_gradient_first_output,
        "input_gradient",
        "D4",
        ("eq3", "group_algebra_calculus"),
        lambda X: (X, integers(2, 8), integers(2, 1, 8)),
    ),
    Attack(
        correlate_in_16_bits,
        "correlate",
        "S3",
        (),
        lambda X: (X, integers(1, 6) * 100 + 5000, integers(1, 1, 6) * 0 + 5),
        ("exact", "property"),
    ),
    Attack(
        pool_above_minus_ten,
        "pool",
        "S3",
        ("eq2",),
        lambda X: (X.group, integers(1, 6) - 30, X.group.elements[:2]),
        ("exact", "property"),
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.function.__name__)
def test_an_attack_differs_from_the_reference(attack):
    arguments = attack.arguments(regular(attack.group) if "x" not in attack.group else None)
    right = getattr(reference, attack.operator)(*arguments)
    wrong = attack.function(*arguments)
    assert np.shape(right) != np.shape(wrong) or (right != wrong).any()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.function.__name__)
def test_an_attack_is_caught(attack):
    implementation = faulty(**{attack.operator: attack.function})
    report = verify(groups=[attack.group], laws=attack.laws, readings=attack.readings, backend=implementation)
    assert failed(report), attack.function.__doc__


def test_a_result_of_another_shape_is_told():
    implementation = faulty(input_gradient=input_gradient_flat)
    (check,) = verify(groups=["S3"], laws=["eq3"], readings=["exact"], backend=implementation).checks
    assert "input_gradient gave an array of shape (18,)" in check.diagnosis[0]["text"]


def test_an_implementation_that_overwrites_its_arguments_is_told():
    implementation = faulty(input_gradient=input_gradient_clears_the_filters)
    report = verify(groups=["S3"], laws=["eq3"], readings=["exact"], backend=implementation)
    assert report.exit_code() == 2
    assert "input_gradient raised ValueError" in report.checks[0].diagnosis[0]["text"]


def test_a_fault_on_polynomials_alone_is_a_failure():
    def correlate(X, f, psi, filter="full", boundary="periodic"):
        y = reference.correlate(X, f, psi, filter, boundary)
        return y if y.dtype != object else y * 2

    report = verify(
        groups=["S3"],
        laws=["group_algebra_calculus"],
        readings=["exact"],
        backend=faulty(correlate=correlate),
    )
    assert failed(report) == ["group_algebra_calculus"]


def test_complete_is_not_claimed_where_elements_were_left_out():
    report = verify(
        groups=["p4 mod 2"],
        laws=["g_correlation_equivariance"],
        readings=["exact"],
        backend=faulty(left_translate=translate_by_generators),
    )
    (check,) = report.checks
    assert check.verdict == "FAILED" or not check.complete
