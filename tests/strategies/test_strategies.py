"""Drawn groups, elements, subsets, spaces and functions: of the declared kind, reproducible, small after shrinking."""

from __future__ import annotations

from fractions import Fraction

import hypothesis
import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import gcalc
from gcalc import reference, strategies
from gcalc.errors import ElementError, UnsupportedError, UsageError

SEARCH = (hypothesis.Phase.generate, hypothesis.Phase.shrink)
QUIET = settings(database=None, max_examples=40, deadline=None, derandomize=True, phases=SEARCH)
S3, C4, P4M = gcalc.group("S3"), gcalc.group("C4"), gcalc.group("p4m")


def drawn(strategy, seed=0, count=60):
    """The values that a seeded run draws."""
    values = []

    @hypothesis.seed(seed)
    @settings(database=None, max_examples=count, deadline=None, phases=[hypothesis.Phase.generate])
    @given(strategy)
    def draw(value):
        values.append(value)

    draw()
    return values


def smallest(strategy, holds):
    return find(strategy, holds, settings=settings(database=None, max_examples=1000, derandomize=True))


@st.composite
def situations(draw):
    """A group, an element, a space of it and a function on it."""
    G = draw(strategies.groups(max_order=12))
    X = draw(strategies.spaces(G))
    return G, draw(strategies.elements(G)), X, draw(strategies.functions(X, (2,)))


# ---- what is drawn ----------------------------------------


def test_groups_are_of_all_kinds_and_within_the_orders():
    groups = drawn(strategies.groups(min_order=2, max_order=20), count=100)
    assert all(2 <= G.order <= 20 for G in groups)
    assert {G.is_abelian for G in groups} == {True, False}
    assert any(hasattr(G, "grid") and not G.is_split for G in groups)
    assert len({G.name for G in groups}) > 15


@pytest.mark.parametrize("abelian", [True, False])
def test_groups_can_be_asked_to_be_abelian_or_not(abelian):
    assert {G.is_abelian for G in drawn(strategies.groups(abelian=abelian))} == {abelian}


@pytest.mark.parametrize("name", ["S3", "C4"])
def test_every_element_of_a_finite_group_can_be_drawn(name):
    G = gcalc.group(name)
    assert set(drawn(strategies.elements(G))) == set(G.elements)


@pytest.mark.parametrize("symbol", ["p4m", "pg", "p6"])
def test_elements_of_an_infinite_group_are_its_own_and_within_the_box(symbol):
    G = gcalc.group(symbol)
    elements = drawn(strategies.elements(G, box=2), count=100)
    assert all(g in G for g in elements)
    assert {g.matrix for g in elements} == set(G.point_group.elements)
    assert all(-2 <= t < 3 for g in elements for t in g.translation)
    assert {int(t // 1) for g in elements for t in g.translation} == {-2, -1, 0, 1, 2}


def test_the_elements_of_box_0_are_the_representatives():
    assert {g.translation for g in drawn(strategies.elements(P4M, box=0))} == {(0, 0)}


def test_subsets_have_distinct_elements_and_the_sizes_asked_for():
    subsets = drawn(strategies.subsets(S3, min_size=2, max_size=4), count=100)
    assert {len(U) for U in subsets} == {2, 3, 4}
    assert all(len(set(U)) == len(U) and set(U) <= set(S3.elements) for U in subsets)


def test_subsets_have_one_element_at_least_unless_none_is_asked_for():
    assert min(map(len, drawn(strategies.subsets(C4)))) == 1
    assert min(map(len, drawn(strategies.subsets(C4, min_size=0)))) == 0


def test_subgroups_are_closed_and_of_every_order():
    subgroups = drawn(strategies.subgroups(S3), count=100)
    assert {len(H) for H in subgroups} == {1, 2, 3, 6}
    assert all(S3.multiply(g, h) in H for H in subgroups for g in H for h in H)


def test_spaces_are_the_group_the_grid_and_cosets_with_stabilizers():
    G = gcalc.group("p2").quotient(3)
    spaces = drawn(strategies.spaces(G), count=100)
    assert all(X.group is G for X in spaces)
    assert any(X.is_regular for X in spaces)
    assert any(X.is_grid for X in spaces)
    assert any(not (X.is_regular or X.is_grid or X.is_free) for X in spaces)


@pytest.mark.parametrize("channels", [(), (1,), (2, 3)])
@pytest.mark.parametrize(
    "space", [S3.regular, S3.cosets(S3.elements[:2]), P4M.quotient(2).grid, gcalc.window("p4m", 4, 3)]
)
def test_functions_have_the_shape_and_the_integers_of_the_default(space, channels):
    arrays = drawn(strategies.functions(space, channels), count=20)
    assert {a.shape for a in arrays} == {(*channels, *space.shape)}
    assert {a.dtype for a in arrays} == {np.dtype(np.int64)}
    assert {abs(a).max() <= 9 for a in arrays} == {True}
    assert any(a.any() for a in arrays)


def test_functions_take_the_given_values_only():
    arrays = drawn(strategies.functions(S3.regular, (2,), values=[5, -7]))
    assert {v for a in arrays for v in a.ravel()} == {5, -7}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (st.integers(-(2**62), 2**62), np.int64),
        (st.integers(2**63, 2**70), object),
        (st.fractions(max_denominator=5).filter(lambda q: q.denominator > 1), object),
        (st.floats(0.25, 0.75), np.float64),
    ],
)
def test_functions_of_other_scalars(values, kind):
    arrays = drawn(strategies.functions(C4.regular, (1,), values=values), count=20)
    assert {a.dtype for a in arrays} == {np.dtype(kind)}
    assert {a.shape for a in arrays} == {(1, 4)}
    assert {v != 0 for a in arrays for v in a.ravel()} >= {True}


def test_fractions_stay_exact():
    (a, *_) = drawn(strategies.functions(C4.regular, values=st.just(Fraction(1, 3))), count=2)
    assert sum(a) == Fraction(4, 3)


# ---- reproducible ----------------------------------------


def shown(values):
    return [(G.name, u, X.name, f.tolist()) for G, u, X, f in values]


def test_a_seed_draws_the_same_and_another_something_else():
    first = shown(drawn(situations(), seed=3, count=8))
    assert first == shown(drawn(situations(), seed=3, count=8))
    assert first != shown(drawn(situations(), seed=4, count=8))


# ---- shrinking ----------------------------------------


@pytest.mark.parametrize(("abelian", "name"), [(None, "C1"), (True, "C1"), (False, "S3")])
def test_the_smallest_group(abelian, name):
    assert smallest(strategies.groups(abelian=abelian), lambda G: True).name == name


def test_groups_shrink_towards_small_orders():
    assert smallest(strategies.groups(max_order=108), lambda G: not G.is_abelian).order < 20


def test_the_smallest_element_is_the_identity():
    assert smallest(strategies.elements(S3), lambda g: True) == S3.identity
    assert smallest(strategies.elements(P4M), lambda g: True) == P4M.identity


def test_a_translation_shrinks_to_a_unit():
    moved = smallest(strategies.elements(P4M), lambda g: any(g.translation))
    assert moved.matrix == P4M.identity.matrix
    assert sorted(moved.translation) == [0, 1]


def test_subsets_and_subgroups_shrink():
    assert len(smallest(strategies.subsets(S3), lambda U: True)) == 1
    assert smallest(strategies.subgroups(S3), lambda H: True) == (S3.identity,)
    assert len(smallest(strategies.subgroups(S3), lambda H: len(H) > 1)) == 2


def test_the_smallest_space_is_the_group_itself():
    assert smallest(strategies.spaces(S3), lambda X: True).is_regular


def test_functions_shrink_to_a_single_1():
    f = smallest(strategies.functions(S3.regular, (2,)), lambda f: f.any())
    assert np.sort(f, axis=None).tolist() == [0] * 11 + [1]


# ---- what is refused ----------------------------------------

REFUSED = {
    "min_order=3 and max_order=2": (lambda: strategies.groups(min_order=3, max_order=2), UsageError),
    "min_order=0": (lambda: strategies.groups(min_order=0), UsageError),
    "abelian=False": (lambda: strategies.groups(max_order=5, abelian=False), UsageError),
    "box=-1": (lambda: strategies.elements(P4M, box=-1), UsageError),
    "'S3' is no group": (lambda: strategies.elements("S3"), UsageError),
    "min_size=7": (lambda: strategies.subsets(S3, min_size=7), UsageError),
    "max_size=1": (lambda: strategies.subsets(S3, min_size=2, max_size=1), UsageError),
    "min_size=-1": (lambda: strategies.subsets(S3, min_size=-1), UsageError),
    r"p4m .*quotient\(3\)": (lambda: strategies.subsets(P4M), UsageError),
    "p4m .*no finite group": (lambda: strategies.subgroups(P4M), UsageError),
    "p4m .* is no finite group": (lambda: strategies.spaces(P4M), UsageError),
    r"channels=\(2, 0\)": (lambda: strategies.functions(S3.regular, (2, 0)), UsageError),
    "channels=3": (lambda: strategies.functions(S3.regular, 3), UsageError),
    "FiniteGroup S3.*G.regular": (lambda: strategies.functions(S3), UnsupportedError),
    "p4m .*dictionary": (lambda: strategies.functions(P4M.regular), UnsupportedError),
    "values is empty": (lambda: strategies.functions(S3.regular, values=[]), ElementError),
    r"values=\[0.5\]": (lambda: strategies.functions(S3.regular, values=[0.5]), ElementError),
    "values=5": (lambda: strategies.functions(S3.regular, values=5), ElementError),
}


@pytest.mark.parametrize("told", REFUSED)
def test_a_bad_argument_is_refused_at_once_in_one_line(told):
    make, kind = REFUSED[told]
    with pytest.raises(kind, match=told) as refusal:
        make()
    assert "\n" not in str(refusal.value)


# ---- as somebody's own test ----------------------------------------


def equivariance_of(correlate, abelian=None):
    """A property test of an implementation, as a user would write it."""

    @QUIET
    @given(st.data())
    def test(data):
        G = data.draw(strategies.groups(max_order=6, abelian=abelian))
        X, u = data.draw(strategies.spaces(G)), data.draw(strategies.elements(G))
        f = data.draw(strategies.functions(X, (1,)))
        psi = data.draw(strategies.functions(X, (1, 1)))
        left = correlate(X, reference.left_translate(X, u, f), psi)
        assert (left == reference.left_translate(G.regular, u, correlate(X, f, psi))).all(), G.name

    return test


def test_the_equivariance_of_the_reference_holds():
    equivariance_of(reference.correlate)()


def psi_for_its_involution(X, f, psi):
    """Σ_x f(x) psi(x⁻¹g) on the group itself: a convolution."""
    if not X.is_regular:
        return reference.correlate(X, f, psi)
    return reference.correlate(X, f, reference.involution(X.group, psi))


def translated(X, f, psi):
    """psi(u⁻¹g⁻¹x) for a fixed u: equivariant on abelian groups and no others."""
    u = X.group.elements[-1]
    return reference.left_translate(X.group.regular, u, reference.correlate(X, f, psi))


def test_the_equivariance_of_a_convolution_holds_too():
    equivariance_of(psi_for_its_involution)()


def test_the_equivariance_of_a_wrong_one_is_falsified_on_the_smallest_group_where_it_is_wrong():
    equivariance_of(translated, abelian=True)()
    with pytest.raises(AssertionError, match="S3"):
        equivariance_of(translated, abelian=False)()
