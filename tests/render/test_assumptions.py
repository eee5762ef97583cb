"""What a law rests on: found without being told, complete, and needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

import gcalc
from gcalc.kernel.replay import replay
from gcalc.kernel.terms import KernelError
from gcalc.lawbook import assumptions, theory


@pytest.mark.parametrize(
    ("id", "names", "hypotheses"),
    [
        ("eq1", ("left_translate", "correlate"), ()),
        ("eq2", ("left_translate", "pool"), ()),
        ("eq3", ("correlate", "involution", "transpose", "input_gradient"), ()),
        ("eq6", ("correlate", "convolve", "involution", "filter_gradient"), ()),
        ("pointwise", ("left_translate",), ()),
        ("planar_commutes_iff", ("left_translate", "correlate"),
         ("psi ∘ r = psi", "[L_r f] ⋆ psi = L_r[f ⋆ psi] for all f")),
        ("all_equivariant_linear_maps", ("left_translate", "correlate", "phi"),
         ("Φ is linear", "Φ is equivariant", "Φ f = f ⋆ psi")),
    ],
)  # fmt: skip
def test_what_a_law_rests_on(id, names, hypotheses):
    found = assumptions(gcalc.laws()[id])
    assert found.names == names
    assert tuple(h.name for h in found.hypotheses) == hypotheses
    assert found.factorizations == ()


def test_a_factorization_is_found():
    (split,) = assumptions(gcalc.laws()["split_theorem"]).factorizations
    assert (split.group.name, split.first.name, split.second.name) == ("G", "T", "H")


@pytest.mark.parametrize("law", gcalc.laws().values(), ids=lambda law: law.id)
def test_no_more_is_needed(law):
    """The proofs replay in the theory of these definitions alone."""
    alone = replace(theory(), definitions=assumptions(law).definitions)
    for claim in law.claims:
        assert replay(alone, claim.derivation) > 0


@pytest.mark.parametrize("id", ["eq1", "eq2", "eq3", "eq6", "coset_pooling", "split_backprop"])
def test_no_less_is_enough(id):
    """Without any one of them some claim is refused."""
    law, found = gcalc.laws()[id], assumptions(gcalc.laws()[id]).definitions
    for definition in found:
        less = replace(theory(), definitions=tuple(d for d in found if d != definition))
        refused = 0
        for claim in law.claims:
            try:
                replay(less, claim.derivation)
            except KernelError:
                refused += 1
        assert refused > 0


def test_definitions_are_followed_into_their_bodies():
    """A definition that names another brings it along."""
    from gcalc.kernel.sorts import Definition
    from gcalc.kernel.terms import Fun, Op, Sort, Var
    from gcalc.proving.assumptions import assumptions as rest_on
    from gcalc.proving.law import Law

    G = Sort("G", "group")
    a, g = Fun("a", (G,)), Var("g", G)
    twice = Definition("twice", (a,), (g,), Op("involution", (Op("involution", (a,)),))(g), (G,))
    law = gcalc.laws()["involution_involutive"]
    (claim,) = law.claims
    left = Op("twice", (a,))(g)
    statement = replace(claim.statement, left=left, right=left)
    told = replace(claim, derivation=replace(claim.derivation, statement=statement, lines=()))
    more = replace(theory(), definitions=(*theory().definitions, twice))
    found = rest_on(Law("twice", "", (told,), ""), more)
    assert found.names == ("involution", "twice")
