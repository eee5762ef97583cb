"""What a mismatch says, and what is refused: opaque symbols, derivatives of numbers, implementations that misbehave."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from gcalc.proofs.definitions import G, J, K, U, convolve, correlate, involution, left_translate, pool

import gcalc
from gcalc import reference
from gcalc.errors import TargetError, UnsupportedError
from gcalc.interpret import Carrier, Evaluator, Mismatch, Model
from gcalc.kernel.sorts import Definition, Theory
from gcalc.kernel.terms import App, Der, Fun, Mul, Num, Op, Val, Var
from gcalc.lawbook import theory

g, h, j, k = Var("g", G), Var("h", G), Var("j", J), Var("k", K)
a, b, f, psi = Fun("a", (G,)), Fun("b", (G,)), Fun("f", (J, G)), Fun("psi", (K, J, G))


def model(backend=reference, name="C3", **more):
    carriers = {G: Carrier.of_group(gcalc.group(name)), J: Carrier.channels(2), K: Carrier.channels(1)}
    return Model(carriers=carriers, backend=backend, **more)


def broken(**operators):
    named = {name: getattr(reference, name) for name in reference.__all__}
    return SimpleNamespace(name="mine", **(named | operators))


def test_a_mismatch_tells_the_variables_the_line_and_both_values():
    right = App(a, (Mul(g, h),))
    evaluator = Evaluator(theory(), model(), [App(a, (g,)), App(a, (g,)), right])
    cases, mismatch = evaluator.equation({a: np.array([5, 7, 7])})
    # g = 0, h = 0: equal twice; g = 0, h = 1: line 1 equal, line 2 has a(1)
    assert mismatch == Mismatch({g: 0, h: 1}, (0, 2), (5, 7))
    assert cases == 4


def test_all_values_of_all_free_variables_are_compared():
    evaluator = Evaluator(theory(), model(), [App(f, (j, g)), App(f, (j, g)), App(f, (j, g))])
    assert evaluator.equation({f: np.zeros((2, 3), dtype=int)}) == (12, None)
    narrow = model(ranges={g: [2]})
    assert Evaluator(theory(), narrow, [App(f, (j, g)), Num(0)]).equation({f: np.eye(2, 3)})[0] == 2


def test_an_evaluator_forgets_the_contents_before():
    term = App(convolve(a, b), (g,))
    evaluator = Evaluator(theory(), model(), [term, App(a, (g,))])
    assert evaluator.equation({a: np.array([1, 2, 3]), b: np.array([1, 0, 0])})[1] is None
    assert evaluator.equation({a: np.array([1, 2, 3]), b: np.array([2, 0, 0])})[1].values == (2, 1)
    assert evaluator.equation({a: np.array([4, 5, 6]), b: np.array([1, 0, 0])}) == (3, None)


def test_an_opaque_symbol_is_refused():
    opaque = Theory((Definition("Phi", (a,), (g,), None),))
    with pytest.raises(UnsupportedError, match=r"^Phi is an opaque symbol: give it an implementation$"):
        Evaluator(opaque, model(), [App(Op("Phi", (a,)), (g,)), Num(0)])


def test_a_derivative_by_numbers_is_refused():
    term = Der(a, (g,), App(a, (h,)))
    with pytest.raises(UnsupportedError, match=r"^∂/∂a needs polynomial generators in the place of a$"):
        Evaluator(theory(), model(), [term, Num(0)]).equation({a: np.array([1, 2, 3])})


def test_a_map_of_values_is_refused():
    with pytest.raises(UnsupportedError, match="Val is not evaluated"):
        Evaluator(theory(), model(), [Val("phi", App(a, (g,))), Num(0)])


@pytest.mark.parametrize("operator", ["left_translate", "correlate", "convolve", "involution", "pool"])
def test_an_implementation_that_raises_is_named(operator):
    def raises(*args, **options):
        raise IndexError("out of bounds")

    terms = {
        "left_translate": App(left_translate(h, a), (g,)),
        "correlate": App(correlate(f, psi), (k, g)),
        "convolve": App(convolve(a, b), (g,)),
        "involution": App(involution(a), (g,)),
        "pool": App(pool(f, U), (j, g)),
    }
    contents = {a: np.arange(3), b: np.arange(3), f: np.zeros((2, 3)), psi: np.zeros((1, 2, 3))}
    evaluator = Evaluator(
        theory(), model(broken(**{operator: raises}), subsets={U: (0,)}), [terms[operator], Num(0)]
    )
    with pytest.raises(TargetError, match=rf"^mine\.{operator} raised IndexError: out of bounds$") as caught:
        evaluator.equation(contents)
    assert isinstance(caught.value.__cause__, IndexError)


def test_a_refusal_of_an_implementation_is_passed_on():
    def refuses(*args, **options):
        raise UnsupportedError("not on C3")

    evaluator = Evaluator(theory(), model(broken(convolve=refuses)), [App(convolve(a, b), (g,)), Num(0)])
    with pytest.raises(UnsupportedError, match=r"^not on C3$"):
        evaluator.equation({a: np.arange(3), b: np.arange(3)})


def test_a_wrong_number_of_values_is_told():
    evaluator = Evaluator(
        theory(), model(broken(convolve=lambda G, a, b: a[:2])), [App(convolve(a, b), (g,)), Num(0)]
    )
    with pytest.raises(TargetError, match=r"mine.convolve gave an array of shape \(2,\); \(3,\) is expected"):
        evaluator.equation({a: np.arange(3), b: np.arange(3)})


def test_a_wrong_number_of_values_is_no_reason_not_to_test():
    from gcalc.verify import verify
    from tests.verify.faulty import faulty

    def half(G, a, b):
        return reference.convolve(G, a, b).ravel()[: (G.order + 1) // 2]

    report = verify(
        groups=["C3"], laws=["group_algebra_calculus"], readings=["exact"], backend=faulty(convolve=half)
    )
    assert report.exit_code() == 2
    assert "convolve gave an array of shape" in report.checks[0].diagnosis[0]["text"]


def test_an_implementation_is_called_as_a_user_calls_it():
    seen = []

    def left_translate_(X, u, f):
        seen.append((X.name, u, f.shape))
        return reference.left_translate(X, u, f)

    S3 = gcalc.group("S3")
    evaluator = Evaluator(
        theory(),
        model(broken(left_translate=left_translate_), "S3"),
        [App(left_translate(h, f), (j, g)), Num(0)],
    )
    evaluator.equation({f: np.zeros((2, 6), dtype=int)})
    assert {u for _, u, _ in seen} == set(S3.elements)
    assert {shape for *_, shape in seen} == {(2, 6)}
    assert len(seen) == S3.order  # once for every u, not for every value of g and j
