"""Ring 1, anywhere with g++: the sources of the kernels on the host, integers bit for bit against the reference."""

from __future__ import annotations

import re
from importlib.resources import files

import numpy as np
import pytest

from gcalc.errors import UnsupportedError, UsageError
from gcalc.fast.cuda import planar, tables, transformation
from gcalc.fast.filter_index import of_space
from gcalc.fast.kernels import KERNELS, OPTIONS, THREADS, TYPES, Kernels, expression, source, tiling
from gcalc.fast.transformation import filter_transform_gradient

from .cases import CASES, Case, Place, algorithm, arguments, differences, results, space
from .host.library import Array, Library, compiler

pytestmark = pytest.mark.skipif(compiler() is None, reason="NOT_TESTED: g++ is not installed")

SOME = [
    Case("transformation", "p4m 3 grid", (2, 3)),
    Case("tables", "S3", None),
    Case("tables", "pg 3 grid", (3, 3)),
    Case("planar", "p6 3 grid", (3, 3)),
    Case("planar", "p2 4x3 regular", (3, 2), "valid"),
]


def host(**options) -> Place:
    library = Library(**options)
    return Place(Kernels(library), library.asarray, np.asarray)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_operator_is_the_references(case):
    assert [*differences(case, host(), "int64")] == []


@pytest.mark.parametrize("dtype", TYPES)
def test_every_type(dtype):
    assert [d for case in SOME for d in differences(case, host(), dtype)] == []


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("seed", [0, 1, 12345])
def test_every_order_and_number_of_workers(workers, seed):
    place = host(workers=workers, seed=seed)
    assert [d for case in SOME for d in differences(case, place, "int64")] == []


def test_a_larger_grid_touches_nothing_more():
    assert [d for case in SOME for d in differences(case, host(more=3), "int64")] == []


@pytest.mark.parametrize("side", [2, 4])
def test_the_side_of_a_tile_changes_no_bit(side, monkeypatch):
    def tiles(rows, columns, terms=1):
        return side, -(-rows // (16 * side)) * -(-columns // (16 * side)), tiling(rows, columns, terms)[2]

    def bits(case):
        known = {name: a * np.sqrt(2) for name, a in arguments(case, "float32").items()}
        return [np.asarray(result).tobytes() for _, _, result in results(case, host(), known, np.float32)]

    before = [bits(case) for case in SOME[1:]]
    monkeypatch.setattr(planar, "tiling", tiles)
    monkeypatch.setattr(tables, "tiling", tiles)
    assert [bits(case) for case in SOME[1:]] == before
    assert [d for case in SOME[1:] for d in differences(case, host(), "int64")] == []


def test_sums_in_a_fixed_order_have_the_same_bits_in_every_run():
    def bits(workers, seed):
        place = host(workers=workers, seed=seed)
        return {
            name: np.asarray(result).tobytes() for name, _, result in results(case, place, known, np.float32)
        }

    for case in SOME:
        known = {name: a / 3 for name, a in arguments(case, "float32").items()}
        runs = [bits(workers, seed) for workers, seed in ((1, 0), (2, 1), (4, 12345))]
        assert all(len({run[name] for run in runs}) == 1 for name in runs[0] if name != "scatter")


def test_the_gather_has_the_bits_of_numpys_gather():
    X, box, place = space("p4m 3 regular"), (3, 3), host()
    d = np.random.default_rng(3).standard_normal((2, 8, 3, 8, 3, 3)).astype(np.float32)
    gathered = transformation.gather(place.on, of_space(X, box), place.give(d.reshape(2, 8, 3, -1)))
    assert np.asarray(gathered).tobytes() == filter_transform_gradient(X, d, box).tobytes()


@pytest.mark.parametrize("case", SOME, ids=str)
def test_arrays_that_are_not_contiguous(case):
    def strided(array):
        wide = library.empty((*array.shape, 2), array.dtype)
        view = wide[..., ::-1, 0] if array.ndim else wide[..., 0]
        view[...] = array
        assert not view.flags.c_contiguous
        return view

    library = Library()
    assert [*differences(case, Place(Kernels(library), strided, np.asarray), "int64")] == []


@pytest.mark.parametrize("case", SOME[1:], ids=str)
@pytest.mark.parametrize(("B", "K", "J"), [(0, 2, 3), (2, 0, 3), (2, 2, 0), (0, 0, 0)])
def test_where_there_is_nothing_nothing_is_launched(case, B, K, J):
    place, known = host(), arguments(case, "int64")
    made, channels = algorithm(case, place.on), {"f": (B, J), "psi": (K, J), "d": (B, K)}
    f, psi, d = (place.give(np.ones((*n, *known[name].shape[2:]), np.int64)) for name, n in channels.items())
    results = {
        "d": made.correlate(f, psi),
        "f": made.input_gradient(d, psi),
        "psi": made.filter_gradient(d, f),
    }
    for name, result in results.items():
        assert result.shape == (*channels[name], *known[name].shape[2:])
        assert (result == 0).all()
    if B == K == J == 0:
        assert place.on.library.launches == []


def test_no_filters_have_no_transformation():
    place, table = host(), of_space(space("p4m 3 grid"), (3, 3))
    psi, d = place.give(np.ones((0, 2, 9))), place.give(np.ones((0, 8, 2, 9)))
    assert transformation.filter_transform(place.on, table, psi).shape == (0, 8, 2, 9)
    for form in (transformation.gather, transformation.scatter):
        assert form(place.on, table, d).shape == (0, 2, 9)
    assert place.on.library.launches == []


def nearest(value: float) -> set[int]:
    """The patterns of bfloat16 nearest to a float32, of two the even one."""
    low = int(np.float32(value).view(np.uint32)) >> 16
    widened = [float(np.uint32(bits << 16).view(np.float32)) for bits in (low, low + 1)]
    if np.isinf(widened[1]):
        widened[1] = np.copysign(2.0**128, widened[1])
    away = [abs(w - float(value)) for w in widened]
    return {low} if away[0] < away[1] else {low + 1} if away[1] < away[0] else {low + low % 2}


def call(name: str, dtype: str, arrays: tuple[Array, ...], **sizes: int) -> None:
    """A kernel on arrays whose types are not looked at."""
    library, kernel = Library(), KERNELS[name]
    module = library.RawModule(
        code=source(kernel.file), options=OPTIONS, name_expressions=(expression(name, dtype),)
    )
    numbers = (np.int64(sizes[size]) for size in kernel.sizes)
    module.get_function(expression(name, dtype))(
        (-(-sizes["count"] // THREADS),), (THREADS,), (*arrays, *numbers)
    )


def test_sums_are_rounded_to_the_nearest_bfloat16():
    library, draw = Library(), np.random.default_rng(1)
    values = draw.integers(0, 2**32, 4000, dtype=np.uint32)
    values[:2000] = values[:2000] & 0xFFFF0000 | 0x8000  # ties
    values[-3:] = np.array([np.inf, -np.inf, 3.4e38], np.float32).view(np.uint32)
    values = values.view(np.float32)[~np.isnan(values.view(np.float32))]
    rounded = library.empty(len(values), np.uint16)
    call("sum_parts", "bfloat16", (library.asarray(values), rounded), count=len(values), many=1)
    wrong = [
        (v, r) for v, r in zip(values, rounded, strict=True) if np.isfinite(v) and int(r) not in nearest(v)
    ]
    assert wrong == []
    assert rounded[-3:].tolist() == [0x7F80, 0xFF80, 0x7F80]
    nan = library.empty(1, np.uint16)
    call("sum_parts", "bfloat16", (library.asarray(np.array([0x7F800001], np.uint32)), nan), count=1, many=1)
    assert nan[0] & 0x7FFF > 0x7F80


@pytest.mark.parametrize(("dtype", "largest"), [("float16", 0x7C00), ("bfloat16", 0x7F80)])
def test_every_short_float_is_widened_and_comes_back(dtype, largest):
    library, bits = Library(), np.arange(2**16, dtype=np.uint16)
    bits = library.asarray(bits[(bits & 0x7FFF <= largest) & (bits != 0x8000)])
    back, n = library.empty(len(bits), np.uint16), len(bits)
    index = library.asarray(np.zeros(1, np.int32))
    call("filter_transform_gather", dtype, (bits, index, back), count=n, order=1, J=1, cells=1, entries=1)
    assert (back == bits).all()


SIGNATURE = re.compile(r"template <([^>]*)>\n__global__ void (\w+)\(([^)]*)\)")
PARAMETERS = {"T": "class T", "A": "class A", "R": "int R"}


def test_the_registry_says_what_the_sources_say():
    sources = sorted(path.name for path in files("gcalc.fast.cuda").iterdir() if path.name.endswith(".cu"))
    found = {}
    for file in sources:
        for template, name, listed in SIGNATURE.findall(source(file)):
            arguments = [
                a.replace("const ", "").replace("__restrict__ ", "") for a in re.split(r",\s*", listed)
            ]
            found[name] = (
                file,
                template,
                [a.split()[0] for a in arguments],
                [a.split()[-1] for a in arguments],
            )
    assert found.keys() == KERNELS.keys()
    for name, kernel in KERNELS.items():
        file, template, kinds, names = found[name]
        assert (file, template) == (kernel.file, ", ".join(PARAMETERS[p] for p in kernel.template))
        assert kinds == [f"{kind}*" for kind in kernel.arrays] + ["long"] * len(kernel.sizes)
        assert names[len(kernel.arrays) :] == [*kernel.sizes]
    assert f"constexpr int THREADS = {THREADS};" in source("product.cuh")


@pytest.mark.parametrize(
    ("arrays", "sizes", "says"),
    [
        (("float32", "float64"), {"count": 1, "many": 1}, "float64, float64"),
        (("float32", "float32"), {"count": 1}, "count, many"),
        (("float32", "complex64"), {"count": 1, "many": 1}, "complex64"),
    ],
)
def test_what_a_kernel_would_misread_is_refused(arrays, sizes, says):
    library = Library()
    with pytest.raises((UsageError, UnsupportedError), match=says):
        Kernels(library).launch("sum_parts", [library.zeros(1, dtype) for dtype in arrays], 1, **sizes)


def test_more_blocks_than_cuda_has_are_refused():
    library = Library()
    arrays = [library.zeros(1, "float32")] * 2
    with pytest.raises(UnsupportedError, match="2147483648 blocks"):
        Kernels(library).launch("sum_parts", arrays, (2**31 - 1) * THREADS + 1, count=1, many=1)


def test_a_table_is_moved_once_and_waited_for():
    moved = []

    class Watched(Library):
        def asarray(self, a, *, blocking=False):
            moved.append(blocking)
            return super().asarray(a, blocking=blocking)

    library = Watched()
    on, table = Kernels(library), np.arange(3)
    like = library.zeros(1)
    assert on.index(table, like) is on.index(table, like)
    assert moved == [True]
    with pytest.raises(UnsupportedError, match="beyond int32"):
        on.index(np.array([2**31]), like)
