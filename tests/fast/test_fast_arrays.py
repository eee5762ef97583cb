"""Reading arguments of any library, and integers that floating-point sums hold exactly."""

from __future__ import annotations

import gc
import re
from fractions import Fraction

import numpy as np
import pytest
from array_api_compat import array_namespace

from gcalc import errors
from gcalc.fast import arrays, exactness
from gcalc.fast.arrays import Axes, common_type, namespace, numbers, on_device, read, read_batch
from gcalc.fast.exactness import declared, exactly, largest, rounded

from ..reference.cases import Draw
from .places import NUMPY, PLACES, STRICT, TORCH, Place, assert_same, space

XP = array_namespace(np.zeros(1))
INTEGERS = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
PLANE = Axes.of_lattice(False, (2, 3))


@pytest.mark.parametrize("dtype", INTEGERS)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_integers_of_every_width_become_int64(place, dtype):
    largest_value = 1 if dtype == "bool" else np.iinfo(dtype).max if dtype != "uint64" else 2**63 - 1
    array = np.array([0, 1, largest_value]).astype(dtype)
    result = numbers(place.give(array), "f")
    assert_same(place.take(result), [0, 1, largest_value], np.int64)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_floats_stay_what_they_are(place, dtype):
    array = place.give(np.array([0.5, -3.0], dtype=dtype))
    assert numbers(array, "f") is array


def test_lists_become_numpy_and_bytes_the_machine_s_order():
    assert_same(numbers([[1, 2], [3, 4]], "f"), [[1, 2], [3, 4]], np.int64)
    assert_same(numbers([[1, 0.5]], "f"), [[1, 0.5]], np.float64)
    assert_same(numbers([True, False], "f"), [1, 0], np.int64)
    assert_same(numbers([np.float32(0.5)], "f"), [0.5], np.float32)
    assert_same(numbers(np.array([0.5], dtype=">f4"), "f"), [0.5], np.float32)
    assert_same(numbers(np.array([5], dtype=">i2"), "f"), [5], np.int64)


def test_batches_are_flattened():
    for batch in [(), (4,), (2, 2), (0,), (3, 0)]:
        lead, array = read_batch(np.zeros((*batch, 5, 2, 3)), "f", ("J",), PLANE)
        assert (lead, array.shape) == (batch, (int(np.prod(batch)), 5, 2, 3))


def torch(array):
    return TORCH.give(array)


def half(array):
    return TORCH.give(array).to(TORCH.xp.bfloat16)


def strict(array, device="CPU_DEVICE"):
    return Place("array_api_strict", device).give(array)


CASES = {
    "a Fraction": (
        lambda: numbers([Fraction(1, 2), 1], "psi"),
        errors.UnsupportedError,
        "psi holds Python objects (Fraction, int), and gcalc.fast takes a machine's integers and floats; "
        "use gcalc.reference, which takes any scalars",
    ),
    "an array of Python integers": (
        lambda: numbers(np.array([1, 2], dtype=object), "f"),
        errors.UnsupportedError,
        "f holds Python objects (int)",
    ),
    "an integer beyond int64": (
        lambda: numbers([2**64], "f"),
        errors.ExactnessError,
        "f holds integers beyond int64; use gcalc.reference, exact at every size",
    ),
    "an integer that becomes unsigned": (
        lambda: numbers([2**63], "f"),
        errors.ExactnessError,
        "f holds integers beyond int64; use gcalc.reference, exact at every size",
    ),
    "integers that NumPy makes floats": (
        lambda: numbers([2**63, -1], "f"),
        errors.ExactnessError,
        "f holds integers beyond float64; use gcalc.reference",
    ),
    "an integer that floats round": (
        lambda: numbers([2**53 + 1, 0.5], "f"),
        errors.ExactnessError,
        "f holds integers beyond float64; use gcalc.reference",
    ),
    "a large unsigned array": (
        lambda: numbers(np.array([1, 2**63], dtype=np.uint64), "f"),
        errors.ExactnessError,
        "f holds integers beyond int64",
    ),
    "a large unsigned array of torch": (
        lambda: numbers(torch(np.array([1, 2**63], dtype=np.uint64)), "f"),
        errors.ExactnessError,
        "f holds integers beyond int64",
    ),
    "half precision": (
        lambda: numbers(np.zeros(3, dtype=np.float16), "f"),
        errors.UnsupportedError,
        "f is float16, and gcalc.fast takes float32, float64 and integers; convert it to float32 or float64",
    ),
    "bfloat16": (
        lambda: numbers(half(np.zeros(3)), "f"),
        errors.UnsupportedError,
        "f is torch.bfloat16, and gcalc.fast takes float32, float64 and integers",
    ),
    "complex": (
        lambda: numbers([1j], "f"),
        errors.UnsupportedError,
        "f is complex128, and gcalc.fast takes float32, float64 and integers; use gcalc.reference",
    ),
    "no numbers": (
        lambda: numbers(["a"], "f"),
        errors.UsageError,
        "f must hold numbers, got an array of dtype <U1",
    ),
    "nothing": (
        lambda: numbers(None, "f"),
        errors.UsageError,
        "f must hold numbers, got None",
    ),
    "a dict": (
        lambda: numbers([{0: 1}], "f"),
        errors.UsageError,
        "f must hold numbers, got {0: 1}",
    ),
    "uneven lists": (
        lambda: numbers([[1], [1, 2]], "f"),
        errors.ShapeError,
        "f is nested unevenly, got [[1], [1, 2]]; make all its parts the same shape",
    ),
    "not a number": (
        lambda: numbers([1.0, float("nan")], "f"),
        errors.ExactnessError,
        "f holds nan, which is not finite; replace it before calling",
    ),
    "infinity in torch": (
        lambda: numbers(torch(np.array([[1.0, -np.inf]], dtype=np.float32)), "f"),
        errors.ExactnessError,
        "f holds -inf, which is not finite; replace it before calling",
    ),
    "infinity on a device": (
        lambda: numbers(strict(np.array([[1.0, np.inf]]), "device1"), "f"),
        errors.ExactnessError,
        "f holds inf, which is not finite; replace it before calling",
    ),
    "several libraries": (
        lambda: namespace(np.zeros(1), torch(np.zeros(1))),
        errors.UsageError,
        "the arrays are of several libraries, numpy, torch; convert them to one of these",
    ),
    "several devices": (
        lambda: namespace(strict(np.zeros(1), "device1"), strict(np.zeros(1), "device2")),
        errors.UsageError,
        "the arrays are on several devices, array_api_strict.Device('device1'), "
        "array_api_strict.Device('device2'); move them to one of these",
    ),
    "other axes": (
        lambda: read(np.zeros((2, 3, 2)), "psi", ("K", "J"), PLANE),
        errors.ShapeError,
        "psi needs axes (K, J, rows: 2, cols: 3), got shape (2, 3, 2)",
    ),
    "a batch that is none": (
        lambda: read(np.zeros((1, 1, 1, 2, 3)), "psi", ("K", "J"), PLANE),
        errors.ShapeError,
        "psi needs axes (K, J, rows: 2, cols: 3), got shape (1, 1, 1, 2, 3)",
    ),
    "no channels": (
        lambda: read_batch(torch(np.zeros((4, 0, 2, 3))), "f", ("J",), PLANE),
        errors.ShapeError,
        "f needs axes (…, J, rows: 2, cols: 3), got shape (4, 0, 2, 3)",
    ),
    "an integer beside short floats": (
        lambda: common_type(XP, np.array([2**24 + 1]), np.zeros(1, dtype=np.float32)),
        errors.ExactnessError,
        "an integer of 16777217 beside floats of 24 significant bits would be rounded",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), CASES.values(), ids=CASES.keys())
def test_refusals(call, error, message):
    with pytest.raises(error, match=re.escape(message)) as caught:
        call()
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)


def test_two_types_become_the_wider():
    single, double, integers = np.ones(2, dtype=np.float32), np.ones(2), np.ones(2, dtype=np.int64)
    for a, b, dtype in [
        (single, single, np.float32),
        (single, double, np.float64),
        (integers, single, np.float32),
        (double, integers, np.float64),
        (integers, integers, np.int64),
    ]:
        assert [c.dtype for c in common_type(XP, a, b)] == [dtype, dtype]


# ---- exact integers ----------------------------------------


def exact_product(a, b):
    """a @ b in Python integers."""
    return a.astype(object) @ b.astype(object)


class FloatProduct:
    """a @ b in floats, refusing what floats would round: every value must be below the significand."""

    def __init__(self, place=NUMPY):
        self.calls, self.place = 0, place

    def __call__(self, a, b):
        self.calls += 1
        kind = str(a.dtype).rpartition(".")[2]
        assert kind in ("float32", "float64")
        assert str(b.dtype) == str(a.dtype)
        sizes = self.place.take(abs(a)).astype(object) @ self.place.take(abs(b)).astype(object)
        assert sizes.max() <= 2 ** (24 if kind == "float32" else 53)
        return a @ b


def integers(draw, bits, *shape):
    """Of so many bits, the extremes among them."""
    array = draw.rng.integers(-(2**bits), 2**bits, shape, endpoint=True, dtype=np.int64)
    array.flat[0], array.flat[-1] = 2**bits, -(2**bits)
    return array


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize(
    ("a_bits", "b_bits"), [(3, 4), (25, 24), (40, 12), (10, 48), (30, 29), (58, 1), (0, 59)]
)
def test_products_beyond_the_significand_are_sums_of_exact_parts(place, a_bits, b_bits):
    draw, n = Draw("split", a_bits, b_bits), 8
    a, b, product = integers(draw, a_bits, 3, n), integers(draw, b_bits, n, 4), FloatProduct(place)
    result = exactly(array_namespace(place.give(a)), product, place.give(a), place.give(b), n, "product")
    assert_same(place.take(result), exact_product(a, b), np.int64)
    assert (product.calls == 1) == (a_bits + b_bits + 3 <= 53)


def test_the_largest_integers_of_all():
    a, b = np.array([[2**62, -(2**62)], [2**62 - 1, 0]]), np.array([[1, 0], [0, 1]])
    assert_same(exactly(XP, FloatProduct(), a, b, 1, "product"), exact_product(a, b), np.int64)
    least = np.array([[-(2**63)]])
    assert_same(exactly(XP, FloatProduct(), least, np.array([[0]]), 1, "product"), [[0]], np.int64)


def test_the_largest_safe_size_is_named_and_is_safe():
    n = 12
    a = np.full((1, n), 2**40)
    with pytest.raises(errors.ExactnessError) as caught:
        exactly(XP, FloatProduct(), a, np.full((n, 1), 2**30), n, "correlate")
    message = str(caught.value)
    assert "correlate sums n = 12 products of integers up to A = 1099511627776 and B = 1073741824" in message
    safe = int(re.search(r"keep A·B at most (\d+)", message)[1])
    assert safe == (2**63 - 1) // 12
    b = np.full((n, 1), safe // 2**40)
    assert_same(exactly(XP, FloatProduct(), a, b, n, "correlate"), exact_product(a, b), np.int64)
    with pytest.raises(errors.ExactnessError):
        exactly(XP, FloatProduct(), a, b + 1, n, "correlate")


def test_a_device_without_float64_computes_in_float32():
    place = Place("array_api_strict", "no_float64")
    try:
        device = place.xp.Device(place.device)
    except ValueError:
        pytest.skip("this array-api-strict has no such device")
    draw, n, product = Draw("float32"), 4, FloatProduct(place)
    a, b = integers(draw, 20, 2, n), integers(draw, 15, n, 2)
    result = exactly(place.xp, product, place.give(a), place.give(b), n, "product")
    assert_same(place.take(result), exact_product(a, b), np.int64)
    assert product.calls > 1
    assert [exactness.supports(place.xp, device, dtype) for dtype in ("float32", "float64")] == [True, False]


def test_what_rounds_is_rounded_where_its_bound_is_below_a_half():
    a, b = np.array([[3, 4]]), np.array([[5], [6]])

    assert_same(rounded(XP, lambda a, b: a @ b + 0.4, a, b, lambda **_: 0.49, "product"), [[39]], np.int64)
    with pytest.raises(errors.ExactnessError):
        rounded(XP, lambda a, b: a @ b, a, b, lambda **_: 0.5, "product")


def test_the_largest_safe_product_of_what_rounds_is_named():
    def bound(a, b, u):
        return 2 * a * b * 2**50 * u

    a, b = np.array([[3, 4]]), np.array([[5], [6]])
    with pytest.raises(errors.ExactnessError) as caught:
        rounded(XP, lambda a, b: a @ b, a, b, bound, "product")
    assert "product may err by 6.0e+00 on integers up to A = 4 and B = 6" in str(caught.value)
    assert "keep A·B at most 1, or" in str(caught.value)


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("dtype", INTEGERS)
def test_what_a_type_says_of_its_integers(place, dtype):
    most = 1 if dtype == "bool" else max(-int(np.iinfo(dtype).min), int(np.iinfo(dtype).max))
    assert declared(place.give(np.zeros(2, dtype))) == (None if dtype in ("int64", "uint64") else most)


def test_floats_and_lists_say_nothing():
    assert [declared(values) for values in (np.zeros(2), np.zeros(2, np.float32), [1, 2])] == [None] * 3


@pytest.mark.parametrize(
    ("dtype", "asked"), [("int8", False), ("int16", False), ("int32", True), ("int64", True)]
)
def test_entries_are_looked_at_where_their_type_is_not_enough(dtype, asked, monkeypatch):
    seen, right = [], exactness.largest
    monkeypatch.setattr(exactness, "largest", lambda xp, array: seen.append(1) or right(xp, array))
    a, b = np.array([[3, -7]], dtype), np.array([[5], [2]], dtype)
    most = declared(a), declared(b)
    result = exactly(XP, FloatProduct(), a.astype(np.int64), b.astype(np.int64), 2, "product", most=most)
    assert_same(result, [[1]], np.int64)
    assert bool(seen) == asked


def test_the_largest_absolute_value():
    assert largest(XP, np.array([3, -7])) == 7
    assert largest(XP, np.array([-(2**63)])) == 2**63
    assert largest(XP, np.zeros((0, 3), dtype=np.int64)) == 0


# ---- tables on devices ----------------------------------------


@pytest.mark.parametrize("place", [TORCH, *STRICT], ids=str)
def test_a_table_is_moved_once_and_forgotten_with_it(place):
    X = space("S3")
    like = place.give(np.zeros(1))
    xp, device = namespace(like)
    moved = on_device(xp, device, X.action_table)
    assert on_device(xp, device, X.action_table) is moved
    assert_same(place.take(moved), X.action_table, np.int64)
    table = np.arange(5)
    kept = len(arrays._MOVED)
    on_device(xp, device, table)
    assert len(arrays._MOVED) == kept + 1
    del table
    gc.collect()
    assert len(arrays._MOVED) == kept


def test_devices_do_not_share_a_table():
    table = space("S3").action_table
    first, second = (on_device(*namespace(p.give(np.zeros(1))), table) for p in STRICT[1:])
    assert first.device != second.device
