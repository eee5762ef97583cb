"""Claims with hypotheses on finite groups: all functions that meet them, what fails, and what false claims come to."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from gcalc.proofs.definitions import G, H, J, K, X, g, j, k, left_translate, phi, point, total, u, x
from sympy import Matrix

from gcalc import laws
from gcalc.kernel.replay import Derivation, Line, Statement
from gcalc.kernel.sorts import Hypothesis
from gcalc.kernel.terms import Big, Fun, Lam, Num, Var
from gcalc.proving.law import Claim, Law
from gcalc.verify import Backend, verify
from gcalc.verify.backends import OPERATORS, reference
from gcalc.verify.evaluation import Effort
from gcalc.verify.exact import exact
from gcalc.verify.hypotheses import fixed, solve
from gcalc.verify.layout import InapplicableError
from gcalc.verify.models import layouts
from gcalc.verify.subjects import subject
from tests.known_bad.reference_variants import VARIANTS, overridden

SMALL = ("C1", "C2", "C3", "C4", "C2xC2", "C5", "C6", "S3", "C7", "C8", "C4xC2", "C2xC2xC2", "D4", "Q8")
"""All groups of order up to 8."""
ABELIAN = tuple(name for name in SMALL if name not in ("S3", "D4", "Q8"))
INVOLUTIONS = ("C1", "C2", "C2xC2", "C2xC2xC2")
BOTH_FAIL = "both sides fail here"
a, f, psi = Fun("a", (J, X)), Fun("f", (J, X)), Fun("psi", (K, J, X))
D, F = Fun("D", (K, G)), Fun("F", (J, G))


def claim(id, name=None):
    """The claim of that name, or the first."""
    return next(c for c in laws()[id].claims if name in (None, c.name))


def claiming(left, right, *hypotheses):
    """A claim without a derivation, true or not."""
    return Claim("made", Derivation(Statement(left, right, hypotheses), (Line(right, "", ()),)))


def restated(made, *hypotheses):
    """The same statement under other hypotheses."""
    return claiming(made.statement.left, made.statement.right, *hypotheses)


def read(group, *claims):
    """The exact reading of claims."""
    law = Law("made", "made", claims, "none")
    return exact(law, subject(group), reference(), 0, Effort(places=36))


def solved(made, group, at=(), sizes=(1, 1), subset=(), seed=0):
    """Every layout of a claim on the group, with the functions that meet its hypotheses at these elements."""
    values = dict(zip(fixed(made)[1], at, strict=True))
    for layout in layouts(made, subject(group), sizes):
        if layout.box is None:
            yield (
                layout,
                solve(made, layout, reference(), values, subset, np.random.default_rng(seed)),
            )


def orbits(*rows):
    """How many orbits permutations of the same points have."""
    left, count = set(range(len(rows[0]))), 0
    while left:
        reached = [left.pop()]
        for p in reached:
            reached += {int(row[p]) for row in rows} & left
            left -= set(reached)
        count += 1
    return count


def on_pairs(first, second):
    """Two permutations as one of pairs."""
    return [int(i) * len(second) + int(q) for i in first for q in second]


def tables(layout):
    """How G acts on itself and on X."""
    space = layout.carriers[X].space
    return space.group.multiplication_table, space.action_table


def independent(solution):
    """Whether the basis is one: no combination of its members is 0."""
    rows = [
        np.concatenate([array.ravel() for array in member.values()]).tolist() for member in solution.basis
    ]
    return Matrix(rows).rank() == len(rows)


# ---- solutions are solutions, and all of them ----------------------------------------


@pytest.mark.parametrize("group", ["C4", "S3", "p4 mod 2"])
@pytest.mark.parametrize("direction", ["if", "only if"])
def test_filters_that_a_rotation_leaves_are_constant_on_its_orbits(group, direction):
    for layout, solution in solved(claim("planar_commutes_iff", direction), group, sizes=(2, 1)):
        ((acting, index),) = layout.automorphisms.values()
        row = acting.action_table[index]
        for member in solution.basis:
            flat = member[Fun("psi", claim("planar_commutes_iff").symbols.functions[-1].arguments)]
            flat = flat.reshape(2, len(row))
            assert (flat[:, row] == flat).all()
        assert len(solution.basis) == 2 * orbits(row)
        assert independent(solution)


@pytest.mark.parametrize("group", ["C1", "C4", "S3"])
def test_equivariant_maps_are_one_an_orbit_of_g_on_pairs(group):
    for layout, solution in solved(claim("all_equivariant_linear_maps"), group):
        product, action = tables(layout)
        for member in solution.basis:
            ((_, matrix),) = member.items()
            matrix = matrix.reshape(len(product), action.shape[1])
            assert all((matrix[np.ix_(product[v], action[v])] == matrix).all() for v in range(len(product)))
        assert len(solution.basis) == orbits(*map(on_pairs, product, action)) == action.shape[1]
        assert independent(solution)


def test_with_channels_there_are_as_many_for_each_pair_of_them():
    sizes = [len(s.basis) for _, s in solved(claim("all_equivariant_linear_maps"), "C2", sizes=(2, 3))]
    assert sizes == [
        6 * layout.carriers[X].size for layout, _ in solved(claim("all_equivariant_linear_maps"), "C2")
    ]


@pytest.mark.parametrize("at", [(0, 0), (1, 3), (2, 2)])
def test_maps_that_commute_with_two_elements_are_one_an_orbit_of_these(at):
    for layout, solution in solved(claim("equivariance_subgroup", "product"), "S3", at):
        product, action = tables(layout)
        assert len(solution.basis) == orbits(*(on_pairs(product[v], action[v]) for v in at))
        assert independent(solution)


@pytest.mark.parametrize("at", range(6))
def test_invariant_masks_are_constant_on_orbits(at):
    for layout, solution in solved(claim("boundary_zero"), "S3", (at,)):
        product, action = tables(layout)
        for member in solution.basis:
            masks = {m.name: array.ravel() for m, array in member.items()}
            assert (masks["m"][action[at]] == masks["m"]).all()
            assert (masks["n"][product[at]] == masks["n"]).all()
        assert len(solution.basis) == orbits(product[at]) + orbits(action[at])
        assert independent(solution)


@pytest.mark.parametrize("group", ["C3", "S3"])
def test_filters_inside_a_window_are_those_that_read_nothing_outside(group):
    """With masks drawn: n(g) m(x) psi(k, j, g⁻¹x) is linear in the filters where these are numbers."""
    seen = 0
    for seed in range(12):
        for layout, solution in solved(claim("boundary_valid"), group, sizes=(1, 2), seed=seed):
            masks = {m.name: array.ravel() for m, array in solution.numbers.items() if m != psi}
            assert all({*mask} <= {0, 1} for mask in masks.values())
            if masks.keys() == {"m", "n"}:
                m, n, (_, action) = masks["m"], masks["n"], tables(layout)
                kept = [y for y in range(len(m)) if all(m[action[v, y]] for v in np.flatnonzero(n))]
                supports = {int(y) for member in solution.basis for y in np.argwhere(member[psi])[:, -1]}
                assert supports == {*kept}
                assert len(solution.basis) == 2 * len(kept)
                seen += 0 < len(kept) < len(m)
    assert seen >= 3


def test_gradients_are_as_many_as_what_they_are_gradients_of():
    """Of <a, f> = <b, f> for all f: a = b. Of <a, f> = <D, f ⋆ psi>: one a for the numbers that stand for D or psi."""
    for layout, solution in solved(claim("gradient_unique"), "S3", sizes=(1, 2)):
        assert len(solution.basis) == 2 * layout.carriers[X].size
        assert all((member[a] == member[Fun("b", (J, X))]).all() for member in solution.basis)
    for id in ("C2", "C3"):
        for c in laws()["gradient_unique"].claims:
            assert all(independent(solution) for _, solution in solved(c, id))


def test_a_hypothesis_about_no_function_is_met_or_not():
    members = subject("S3").subgroup("H")
    indices = tuple(subject("S3").group.index(m) for m in members)
    made = claim("coset_pooling", "pooling with U = H")
    ((_, solution),) = solved(made, "S3", subset=indices)
    assert not solution.basis
    assert not solution.numbers
    with pytest.raises(InapplicableError, match="the hypothesis fails: U = H"):
        list(solved(made, "S3", subset=(0, 1, 2, 3)))


# ---- hypotheses that fail ----------------------------------------


@cache
def found(id):
    """What the exact reading says of a law, by group."""
    report = verify(laws=[id], groups=SMALL, readings=["exact"])
    assert len(report.checks) == len(SMALL)
    return {check.group: check for check in report.checks}


@pytest.mark.parametrize(
    ("id", "scope"), [("eq3_line3_as_printed", ("C1",)), ("eq6_line4_other_readings", INVOLUTIONS)]
)
def test_printed_lines_hold_in_their_scope_only(id, scope):
    for name, check in found(id).items():
        assert check.verdict == "EXACT"
        assert check.cases > 0
        assert check.complete == (name in scope)
        assert check.reason == (None if name in scope else BOTH_FAIL)


def test_the_readings_of_the_last_line_hold_for_involutions_and_for_abelian_groups():
    fails = "the hypothesis fails"
    for name, check in found("eq6_line4_as_printed").items():
        assert check.verdict == "EXACT"
        assert (check.reason == BOTH_FAIL) == (name not in ABELIAN)
        assert (check.reason is None) == check.complete == (name in INVOLUTIONS)
        if name in ABELIAN and name not in INVOLUTIONS:
            assert f"D_k ∗ f_j, if: {fails}: every element is its own inverse" in check.reason
            assert f"D_k ∗ f_j, only if: {fails}: line 4 holds for all D, f" in check.reason
            assert "f_j ⋆ D_k" not in check.reason


@pytest.mark.parametrize("name", SMALL)
def test_each_claim_of_an_equivalence_is_read_where_its_side_holds(name):
    """Alone, a claim is none of an equivalence: its hypothesis, where it fails, is named."""
    expected = {"D_k ∗ f_j": INVOLUTIONS, "f_j ⋆ D_k": ABELIAN}
    for c in laws()["eq6_line4_as_printed"].claims:
        check = read(name, c)
        holds = name in expected[c.name.split(",")[0]]
        assert check.verdict == ("EXACT" if holds else "NOT_TESTED")
        assert check.reason == (None if holds else f"the hypothesis fails: {c.statement.hypotheses[0].name}")


def test_nothing_is_exact_where_only_0_meets_the_hypothesis():
    twice = Hypothesis("psi is twice itself", (k, j, x), psi(k, j, x), psi(k, j, x) + psi(k, j, x))
    check = read("C2", claiming(psi(k, j, x), Num(3) * psi(k, j, x), twice))
    assert check.verdict == "NOT_TESTED"
    assert check.reason == "only 0 meets the hypothesis: psi is twice itself"


def test_a_hypothesis_that_contradicts_itself_is_named():
    check = read("C2", claiming(psi(k, j, x), Num(0), Hypothesis("0 is 1", (), Num(0), Num(1))))
    assert (check.verdict, check.reason) == ("NOT_TESTED", "the hypothesis fails: 0 is 1")


def test_an_equivalence_that_only_0_meets_is_not_one_that_fails():
    """psi = 2 psi if and only if psi = 3 psi: both hold of 0, and of nothing else."""
    once, twice, thrice = (Num(n) * psi(k, j, x) for n in (1, 2, 3))
    two, three = (
        claiming(once, thrice, Hypothesis("psi is twice itself", (k, j, x), once, twice)),
        claiming(once, twice, Hypothesis("psi is three times itself", (k, j, x), once, thrice)),
    )
    assert Law("made", "made", (two, three), "none").is_equivalence
    assert read("C2", two, three).verdict == "NOT_TESTED"


def test_what_is_an_equivalence():
    names = {id for id, law in laws().items() if law.is_equivalence}
    assert names == {
        "eq3_line3_as_printed",
        "eq6_line4_as_printed",
        "eq6_line4_other_readings",
        "planar_commutes_iff",
    }


# ---- weaker hypotheses ----------------------------------------

WITHOUT = [
    ("planar_commutes_iff", "if", "S3"),
    ("planar_commutes_iff", "only if", "S3"),
    ("all_equivariant_linear_maps", None, "C2"),
    ("equivariance_subgroup", "product", "C3"),
    ("equivariance_subgroup", "inverse", "C3"),
    ("boundary_zero", None, "C2"),
    ("boundary_valid", "nothing outside is read", "C2"),
    ("boundary_valid", "equivariance", "C2"),
    ("gradient_unique", None, "C2"),
    ("eq3_line3_as_printed", "if", "C2"),
    ("eq3_line3_as_printed", "only if", "C2"),
    ("eq6_line4_as_printed", "D_k ∗ f_j, if", "C3"),
    ("eq6_line4_as_printed", "f_j ⋆ D_k, if", "S3"),
    ("eq6_line4_as_printed", "f_j ⋆ D_k, only if", "S3"),
]


@pytest.mark.parametrize(("id", "name", "group"), WITHOUT)
def test_without_its_hypotheses_a_claim_fails(id, name, group):
    assert_failed(read(group, restated(claim(id, name))))


def assert_failed(check):
    assert check.verdict == "FAILED"
    example = check.counterexample
    assert example.left != example.right
    assert set(example.inputs) == set(example.shapes)


def hypothesis(id, name=None, number=0):
    return claim(id, name).statement.hypotheses[number]


def sums(function):
    """A hypothesis that every function meets."""
    v = Var("v", function.arguments[-1])
    rest = (k, j)[-len(function.arguments) + 1 :] if len(function.arguments) > 1 else ()
    side = total(v, function(*rest, v))
    return Hypothesis("a sum is itself", rest, side, side)


S, v = Fun("S", (G,)), Var("v", H)
OVER_H = Big("any", v, S(v))
r_psi = claim("planar_commutes_iff").symbols.functions[-1]
WEAKER = {
    "one of two masks: m": ("boundary_zero", None, "C2", [hypothesis("boundary_zero")]),
    "one of two masks: n": ("boundary_zero", None, "C2", [hypothesis("boundary_zero", None, 1)]),
    "linear only": (
        "all_equivariant_linear_maps",
        None,
        "C2",
        [hypothesis("all_equivariant_linear_maps")],
    ),
    "one of two elements": (
        "equivariance_subgroup",
        "product",
        "C3",
        [hypothesis("equivariance_subgroup", "product")],
    ),
    "a sum that is invariant": ("planar_commutes_iff", "if", "S3", [sums(r_psi)]),
    "abelian for involutions": (
        "eq6_line4_as_printed",
        "D_k ∗ f_j, if",
        "C3",
        [hypothesis("eq6_line4_as_printed", "f_j ⋆ D_k, if")],
    ),
    "involutions for the unit alone": (
        "eq3_line3_as_printed",
        "if",
        "C2",
        [hypothesis("eq6_line4_as_printed", "D_k ∗ f_j, if")],
    ),
    "one sum over U that is one over H": (
        "coset_pooling",
        "pooling with U = H",
        "S3",
        [Hypothesis("⊕ over H is itself", (S,), OVER_H, OVER_H)],
    ),
    "gradients equal at one point": (
        "gradient_unique",
        None,
        "C2",
        [Hypothesis("<a, 0> = <b, 0>", (), Num(0) * a(j, x), Num(0) * Fun("b", (J, X))(j, x))],
    ),
}


@pytest.mark.parametrize("id", WEAKER)
def test_under_a_weaker_hypothesis_a_claim_fails(id):
    law, name, group, hypotheses = WEAKER[id]
    made = claim(law, name)
    assert read(group, restated(made, *made.statement.hypotheses)).verdict != "FAILED"
    assert_failed(read(group, restated(made, *hypotheses)))


# ---- opaque operators ----------------------------------------


def test_an_opaque_operator_is_read_as_a_general_linear_map():
    other = Fun("other", (J, X))
    both = Lam((j, x), f(j, x) + Num(-3) * other(j, x))
    check = read("S3", claiming(phi(both)(k, g), phi(f)(k, g) + Num(-3) * phi(other)(k, g)))
    assert (check.verdict, check.complete) == ("EXACT", True)


@pytest.mark.parametrize(
    "right",
    [
        phi(f)(k, u**-1 * g),  # not equivariant
        phi(left_translate(u, f))(k, g),
        Num(2) * phi(f)(k, g),
        Num(0),  # not 0
        phi(Lam((j, x), Num(1)))(k, g),  # not constant
    ],
    ids=str,
)
def test_and_as_no_special_one(right):
    assert_failed(read("C3", claiming(phi(f)(k, g), right)))


def test_its_matrix_is_what_it_gives_on_deltas():
    """Φ(δ_x e_j)(k, g), so Φ f is the sum of these with the values of f."""
    y, i = Var("y", X), Var("i", J)
    expanded = total(y, i, f(i, y) * phi(point(i, y))(k, g))
    check = read("C3", claiming(phi(f)(k, g), expanded))
    assert (check.verdict, check.complete) == ("EXACT", True)


# ---- wrong implementations ----------------------------------------

MAPS = ("all_equivariant_linear_maps", "boundary_valid", "boundary_zero", "gradient_unique")
CAUGHT = {
    "left_translate_is_the_identity": (
        *("all_equivariant_linear_maps", "boundary_valid", "boundary_zero", "coset_pooling"),
        *("equivariance_subgroup", "planar_commutes_iff"),
    ),
    "left_translate_by_u_for_its_inverse": (
        *("boundary_valid", "boundary_zero", "coset_pooling"),
        *("equivariance_subgroup", "planar_commutes_iff"),
    ),
    "left_translate_acts_on_the_right": (
        *("boundary_valid", "boundary_zero", "coset_pooling"),
        "equivariance_subgroup",
    ),
    "correlate_convolves": (*MAPS, "planar_commutes_iff"),
    "correlate_with_g_for_its_inverse": (*MAPS, "planar_commutes_iff"),
    "correlate_drops_a_term": (*MAPS, "planar_commutes_iff"),
    "correlate_is_zero": (*MAPS, "planar_commutes_iff"),
    "correlate_is_constant": (*MAPS, "planar_commutes_iff"),
    "correlate_ignores_the_filters": (*MAPS, "planar_commutes_iff"),
    "correlate_ignores_the_input": (*MAPS, "planar_commutes_iff"),
    "correlate_sums_over_the_group": MAPS,
    "pool_over_right_translates": ("coset_pooling",),
    "pool_drops_an_element": ("coset_pooling",),
    "coset_pool_over_right_cosets": ("coset_pooling",),
    "coset_pool_reads_the_representative": ("coset_pooling",),
    "input_gradient_as_printed": ("eq3_line3_as_printed", "gradient_unique"),
    "input_gradient_without_the_involution": ("gradient_unique",),
    "filter_gradient_as_printed": ("eq6_line4_as_printed", "gradient_unique"),
    "filter_gradient_acts_on_the_right": ("eq6_line4_as_printed", "gradient_unique"),
    "filter_gradient_counts_each_image_once": ("gradient_unique",),
}
"""The laws with hypotheses that catch a variant on S3."""
CONDITIONAL = tuple(id for id, law in laws().items() if any(c.statement.hypotheses for c in law.claims))


def implementation(id):
    operators = overridden(id)
    return Backend("reference", {name: getattr(operators, name) for name in OPERATORS}, symbolic=True)


def failing(id, group):
    """The laws with hypotheses that fail of those that read the operator."""
    operator = VARIANTS[id].operator
    readers = [law for law in CONDITIONAL if any(operator in c.symbols.operators for c in laws()[law].claims)]
    report = verify(laws=readers, groups=[group], readings=["exact"], backend=implementation(id))
    for check in report.failures:
        assert_failed(check)
    return tuple(sorted(check.law for check in report.failures))


@pytest.mark.parametrize("id", CAUGHT)
def test_a_wrong_implementation_is_caught_by(id):
    assert failing(id, "S3") == CAUGHT[id]


def test_every_law_with_hypotheses_catches_something():
    expected = {*CONDITIONAL} - {
        "eq6_line4_other_readings"
    }  # which reads no operator but in its hypotheses on S3
    assert {law for laws_ in CAUGHT.values() for law in laws_} == expected


@pytest.mark.parametrize("id", ["correlate_reads_the_first_channel_only", "correlate_reverses_the_channels"])
def test_faults_of_channels_are_caught_where_there_are_two(id):
    assert failing(id, "S3") == ()
    assert set(failing(id, "C4")) >= {"all_equivariant_linear_maps", "gradient_unique"}


def test_the_reference_itself_passes():
    report = verify(laws=CONDITIONAL, groups=["S3"], readings=["exact"])
    assert [check.verdict for check in report.checks] == ["EXACT"] * len(CONDITIONAL)
