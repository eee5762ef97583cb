"""A zoo of wrong fast paths: each is `gcalc.fast` with one fault put into it.

Main definitions
    Variant: an id, the fault in a line, the patch that puts it in, and where it is looked for.
    VARIANTS: all of them.
    forget: empty what the fast path keeps between calls, so that a patch is seen, and is gone afterwards.

A patch replaces one function, property or method of `gcalc.fast` by a copy with the fault. `law` is the law under whose
reading `fast` it is looked for, on `group`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

import gcalc.fast.plan
from gcalc.fast import (
    arrays,
    cases,
    checks,
    dft,
    direct,
    exactness,
    filter_index,
    fourier,
    operators,
    plans,
    pooling,
    problem,
    spectrum,
    stencil,
    tables,
    toom_cook,
    transformation,
    workspace,
)

VARIANTS: dict[str, Variant] = {}
DEFINITIONS = "operators_are_sums"


@dataclass(frozen=True)
class Variant:
    """One wrong fast path."""

    id: str
    fault: str
    patch: Callable
    group: str
    law: str
    before: str | None


def variant(group, law=DEFINITIONS, before=None):
    """Enter a patch into the zoo under its own name; the first line of its docstring is the fault.

    before: a group on which the fast path is used first.
    """

    def enter(patch):
        VARIANTS[patch.__name__] = Variant(
            patch.__name__, patch.__doc__.splitlines()[0], patch, group, law, before
        )
        return patch

    return enter


def forget():
    """Empty every cache of the fast path."""
    plans._cache.clear()
    filter_index._TABLES.clear()
    arrays._MOVED.clear()
    for name, module in list(sys.modules.items()):
        if name.startswith("gcalc.fast."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and getattr(value, "__module__", None) == name:
                    value.cache_clear()


def replaced(mp, owner, name, make):
    """Replace an attribute by what `make` makes of it; a cached property by one."""
    right = vars(owner)[name]
    if isinstance(right, cached_property):
        wrong = cached_property(make(right.func))
        wrong.__set_name__(owner, name)
    elif isinstance(right, property):
        wrong = property(make(right.fget))
    else:
        wrong = make(right)
    mp.setattr(owner, name, wrong)


# ---- the index of the filter transformation ----------------------------------------


@variant("p4 mod 3")
def box_images_take_s_for_its_inverse(mp):
    """the inverse index of s is that of s⁻¹, the rotation the other way"""
    replaced(
        mp,
        problem.Problem,
        "turned_offsets",
        lambda right: lambda self: right(self)[self.P.inverse_table],
    )


@variant("p4m mod 2")
def point_axis_index_is_transposed(mp):
    """ts for st on the axis of P"""

    def wrong(P, point_axis, places, box):
        z = np.ravel_multi_index(tuple(np.moveaxis(places, -1, 0)), tuple(box))
        ts = P.multiplication_table.T if point_axis else np.zeros((P.order, 1), dtype=np.int64)
        return np.asarray(ts[:, :, None] * np.prod(box) + z[:, None, :]).reshape(P.order, -1)

    mp.setattr(filter_index, "_box_images", wrong)


@variant("p4m 4x3")
def even_boxes_turn_as_arrays(mp):
    """an even box turns about its middle, as rot90 turns it, for about the origin"""

    def make(right):
        def turned(self):
            even = np.array([k % 2 == 0 for k in self.box])
            moved = 2 * right(self) + self.matrices.sum(axis=2)[:, None, :] - 1
            return moved // 2 if even.all() else right(self)

        return turned

    replaced(mp, problem.Problem, "turned_offsets", make)


@variant("p4m mod 3")
def filter_index_overflows(mp):
    """the index wraps at 64, as a type of too few bits does"""

    def make(right):
        def of_images(cls, filter_shape, kernel_shape, images):
            table = right.__func__(cls, filter_shape, kernel_shape, images)
            return cls(filter_shape, kernel_shape, table.images, table.sources % np.int32(64))

        return classmethod(of_images)

    replaced(mp, filter_index.Transformation, "from_images", make)


@variant("p4 mod 3", "filter_transform_adjoint")
def gather_reads_the_forward_index(mp):
    """the gradient gathers with the index itself for its inverse"""

    def wrong(xp, table, d):
        sources = np.minimum(table.sources, d.shape[-1] - 1)
        entries = table.images.shape[1]
        return sum(xp.take(d[:, s, ...], sources[s, :entries], axis=2) for s in range(len(sources)))

    mp.setattr(transformation, "_gather", wrong)


@variant("p4 mod 3", "filter_transform_adjoint")
def scatter_loses_updates(mp):
    """a race: of several cells that are added to one entry at once the last is kept"""

    def wrong(xp, table, d):
        K, _, J, _ = d.shape
        entries = table.images.shape[1]
        total = xp.zeros((K, J, entries + 1), dtype=d.dtype)
        total[:, :, table.sources.ravel()] += xp.reshape(xp.permute_dims(d, (0, 2, 1, 3)), (K, J, -1))
        return total[:, :, :entries]

    mp.setattr(transformation, "_scatter", wrong)


@variant("p4m 4x3", "filter_transform_adjoint")
def selection_has_a_one_where_nothing_is_read(mp):
    """cells that no entry is moved to read entry 0"""

    def make(right):
        def wrong(table, like):
            sources = np.where(table.sources == table.images.shape[1], 0, table.sources)
            return right(replace(table, sources=sources), like)

        return wrong

    replaced(mp, transformation, "_selection", make)


# ---- boundaries and strides ----------------------------------------


@variant("p4m 4x3")
def zero_boundary_wraps(mp):
    """the other side is read where zeros are"""
    replaced(
        mp,
        stencil.Stencil,
        "_runs",
        lambda right: (
            lambda self, n, m, shift: right(
                stencil.Stencil(self.source, self.target, self.taps, self.first, True), n, m, shift
            )
        ),
    )


@variant("p4m 4x3", "boundary_valid")
def valid_starts_with_the_first_orientation(mp):
    """every orientation starts where the first does"""
    replaced(
        mp,
        problem.Problem,
        "starts",
        lambda right: lambda self: np.broadcast_to(right(self)[:1], right(self).shape).copy(),
    )


@variant("p4m 4x3", "boundary_valid")
def valid_starts_of_the_inverse_orientation(mp):
    """s starts where s⁻¹ does"""
    replaced(mp, problem.Problem, "starts", lambda right: lambda self: right(self)[self.P.inverse_table])


@variant("p4 mod 3", "stride")
def stride_starts_at_its_end(mp):
    """cells s - 1, 2s - 1, … for 0, s, …"""
    replaced(
        mp,
        checks.Layer,
        "_strided",
        lambda right: (
            lambda self: (
                ...,
                *(slice(self.stride - 1, None, self.stride) for _ in self.whole_shape[1:]),
            )
        ),
    )


@variant("p4 mod 3", "stride")
def strided_gradient_repeats_its_entries(mp):
    """the gradient is spread over the cells between, for zeros there"""

    def make(right):
        def filled(self, d):
            if self.stride == 1:
                return right(self, d)
            for axis in range(-len(self.whole_shape) + 1, 0):
                d = np.repeat(d, self.stride, axis=axis)
            return np.ascontiguousarray(d[(..., *(slice(n) for n in self.whole_shape[1:]))])

        return filled

    replaced(mp, checks.Layer, "filled", make)


# ---- tables ----------------------------------------


@variant("S3")
def tables_read_the_inverse_rows(mp):
    """the rows of the action table are those of g⁻¹"""

    def make(right):
        def init(self, X, *more):
            right(self, X, *more)
            self._table = np.ascontiguousarray(self._table[X.group.inverse_table])

        return init

    replaced(mp, tables.Tables, "__init__", make)


@variant("S3")
def tables_forget_the_flip(mp):
    """where psi is gathered, psi ⋆ f for (psi ⋆ f)*"""

    def make(right):
        def correlate(self, f, psi):
            y = right(self, f, psi)
            if self.box is None and f.shape[0] > psi.shape[0]:
                flat = y.reshape(*y.shape[:2], -1)
                return flat[..., self.X.group.inverse_table].reshape(y.shape)
            return y

        return correlate

    replaced(mp, tables.Tables, "correlate", make)


@variant("p4m mod 6")
def tables_lose_the_last_block(mp):
    """the last block of several is left out"""

    def make(right):
        def blocks(*arguments):
            every = list(right(*arguments))
            return iter(every[:-1] if len(every) > 1 else every)

        return blocks

    replaced(mp, tables, "_blocks", make)


@variant("S3")
def convolution_takes_b_for_its_involution(mp):
    """sum_x a(gx) b(x) for sum_x a(gx) b(x⁻¹)"""
    right = tables.convolve
    mp.setattr(tables, "convolve", lambda G, a, b: right(G, a, b[:, G.inverse_table]))


@variant("S3")
def left_translation_by_u_for_its_inverse(mp):
    """f(ux) for f(u⁻¹x)"""
    right = operators.left_translate
    mp.setattr(gcalc.fast, "left_translate", lambda X, u, f: right(X, X.group.inverse(u), f))


@variant("S3")
def own_filters_divide_on_the_other_side(mp):
    """d(y⁻¹x) for d(xy⁻¹) in the gradient of f"""

    def make(right):
        return lambda self: self.G.multiplication_table[self.G.inverse_table]

    replaced(mp, cases.Cases, "_quotients", make)


@variant("C3")
def own_filters_are_of_the_first_case(mp):
    """the filters of the first case serve all"""

    def make(right):
        def correlate(self, f, psi):
            return right(self, f, np.broadcast_to(psi[:1], psi.shape))

        return correlate

    replaced(mp, cases.Cases, "_correlate", make)


# ---- direct ----------------------------------------


@variant("p4 mod 3")
def direct_misses_a_channel(mp):
    """the last input channel is not read"""

    def make(right):
        def correlate(self, f, psi):
            f = f.copy()
            f[:, -1] = 0
            return right(self, f, psi)

        return correlate

    replaced(mp, direct.Direct, "correlate", make)


@variant("p4 mod 3")
def filter_gradient_sums_an_example_twice(mp):
    """the first example counts twice"""

    def make(right):
        def filter_gradient(self, d, f):
            return right(self, np.concatenate([d, d[:1]]), np.concatenate([f, f[:1]]))

        return filter_gradient

    replaced(mp, direct.Direct, "filter_gradient", make)


@variant("p4m mod 6")
def threads_lose_a_sum(mp):
    """a race: of the sums that several threads have made the last is lost"""

    def make(right):
        def split(self, work, n, entries=None, **more):
            results = right(self, work, n, entries, **more)
            is_race = len(results) > 1 and isinstance(results[-1], np.ndarray)
            return [*results[:-1], 0 * results[-1]] if is_race else results

        return split

    mp.setattr(workspace, "cores", lambda: 2)
    replaced(mp, workspace.Workspace, "split", make)


@variant("p4m mod 6")
def threads_write_over_each_other(mp):
    """a race: a thread computes the slice of its neighbour"""

    def make(right):
        def split(self, work, n, entries=None, **more):
            def raced(start, stop):
                return work(0, stop - start) if start > 0 and stop == n else work(start, stop)

            return right(self, raced if entries is not None else work, n, entries, **more)

        return split

    mp.setattr(workspace, "cores", lambda: 2)
    replaced(mp, workspace.Workspace, "split", make)


@variant("p4m mod 3", "closing_claim")
def results_are_buffers(mp):
    """what is returned is a buffer, which the next call overwrites"""

    def make(right):
        def forward(self, f, psi):
            y = right(self, f, psi)
            buffer = self.workspace.empty("output", y.shape, y)
            buffer[...] = y
            return buffer

        return forward

    replaced(mp, fourier.Fourier, "forward", make)


@variant("p4m mod 3", "closing_claim")
def backward_uses_what_an_older_forward_kept(mp):
    """a stale workspace: the first transform of f is kept for all later ones"""

    def make(right):
        def forward(self, f, psi):
            old = self._kept
            y = right(self, f, psi)
            self._kept = old or tuple(part.copy() for part in self._kept)
            return y

        return forward

    replaced(mp, fourier.Fourier, "forward", make)


@variant("pm mod 3", before="p2 mod 3")
def plans_are_kept_by_the_shape_of_the_space(mp):
    """a plan for one group serves another whose arrays have the same axes"""
    right, kept = plans.find, {}

    def find(X, *arguments, **more):
        key = (X.shape, str(arguments), str(more))
        return kept.setdefault(key, right(X, *arguments, **more))

    mp.setattr(operators, "find", find)


# ---- fourier ----------------------------------------


@variant("p4 mod 3")
def frequencies_have_the_other_sign(mp):
    """exp(+2πi wt/N) of the filters, for exp(-2πi wt/N)"""

    def make(right):
        def angles(self, axes):
            box = all(p.start < 0 for p in self.positions)
            return -right(self, axes) if box else right(self, axes)

        return angles

    replaced(mp, dft.Matrices, "_angles", make)


@variant("p4m mod 2")
def nyquist_frequency_is_dropped(mp):
    """the frequency N/2 counts as 0"""

    def make(right):
        def weights(self):
            weight = right(self).copy()
            if self.N % 2 == 0:
                weight[self.N // 2] = 0
            return weight

        return weights

    replaced(mp, spectrum.Spectrum, "weights", make)


@variant("p4 mod 3")
def half_plane_counts_twice(mp):
    """the frequencies with first coordinate 0, of which both halves are stored, count twice"""

    def make(right):
        def weights(self):
            weight = right(self).copy()
            weight[0] = np.where(weight[0] > 0, 2, 0)
            return weight

        return weights

    replaced(mp, spectrum.Spectrum, "weights", make)


@variant("p4 mod 3")
def psi_is_not_conjugated(mp):
    """F Ψ for F Ψ†: a convolution"""

    def make(right):
        def forward(self, f, psi):
            return right(self, f, np.flip(psi, axis=tuple(range(-self.problem.dimension, 0))))

        return forward

    replaced(mp, fourier.Fourier, "forward", make)


@variant("p3 mod 3")
def dual_action_is_the_action(mp):
    """ρu for ρ⁻ᵀu: they are the same for orthogonal matrices only"""

    def make(right):
        def images(self):
            shape = (self.N,) * self.dimension
            w = np.indices(shape).reshape(self.dimension, -1)
            moved = np.einsum("sab,bw->saw", np.array(self.P.elements), w)
            return np.ravel_multi_index(tuple(np.moveaxis(moved, 1, 0)), shape, mode="wrap")

        return images

    replaced(mp, spectrum.Spectrum, "images", make)


@variant("p4m 4x3")
def torus_is_too_small(mp):
    """the torus has no room for what a zero boundary reads outside"""
    mp.setattr(fourier, "_torus", lambda problem: max(problem.lattice))


# ---- winograd ----------------------------------------


@variant("p4 5x4")
def tiles_overlap_by_one_too_many(mp):
    """a tile begins one cell before its place"""

    def make(right):
        def reads(self):
            rows = np.array(right(self), dtype=object).reshape(self.points, self.tiles, self.sites)
            rows[:, 1:] = np.roll(rows[:, 1:], -1, axis=-1)
            return rows.reshape(-1, self.sites).tolist()

        return reads

    replaced(mp, toom_cook.Tiling, "reads", make)


@variant("p4 mod 3")
def tiles_convolve(mp):
    """the taps of a tile are read backwards"""

    def make(right):
        def matrices(self):
            A, G, B = right(self)
            return A, [row[::-1] for row in G], B

        return matrices

    replaced(mp, toom_cook.Tiling, "matrices", make)


# ---- numbers ----------------------------------------


@variant("S3")
def integers_keep_their_width(mp):
    """8-bit integers are computed in 8 bits"""

    def make(right):
        def numbers(values, name, **told):
            array = right(values, name, **told)
            if isinstance(values, np.ndarray) and values.dtype == np.int8:
                return (array * 29).astype(np.int8).astype(np.int64)
            return array

        return numbers

    wrong = make(arrays.numbers)
    mp.setattr(arrays, "numbers", wrong)
    mp.setattr(operators, "numbers", wrong)


@variant("S3")
def unsigned_integers_are_read_as_signed(mp):
    """unsigned 8-bit integers above 127 become negative"""

    def make(right):
        def exactly(xp, *told, **more):
            return xp.asarray(right(xp, *told, **more).astype(np.uint8), dtype=xp.int64)

        return exactly

    mp.setattr(operators, "exactly", make(operators.exactly))


@variant("S3")
def integers_are_summed_in_float32(mp):
    """float32 is used beyond its bound of 2^24"""
    mp.setattr(exactness, "working_type", lambda xp, device: xp.float32)
    mp.setattr(exactness, "significand", lambda dtype: 53)


@variant("S3")
def integers_are_summed_in_float64_beyond_its_bound(mp):
    """float64 is used beyond its bound of 2^53"""
    mp.setattr(exactness, "significand", lambda dtype: 63)


@variant("S3")
def floats_are_accumulated_in_half(mp):
    """sums in float32 keep half of their significand's bits"""

    def make(right):
        def products(self, xp, a, b, rows):
            result = right(self, xp, a, b, rows)
            return (result.view(np.int32) & -(2**12)).view(np.float32) if a.dtype == np.float32 else result

        return products

    replaced(mp, tables.Tables, "_products", make)


# ---- pooling ----------------------------------------


@variant("S3", "pool_gradient")
def gradient_goes_to_the_last_maximiser(mp):
    """the last of equal maxima has the gradient"""

    def wrong(reads, f):
        values = f[:, reads]
        return (len(reads) - 1 - np.argmax(values[:, ::-1], axis=1)).astype(np.int32)

    mp.setattr(pooling, "_first_maximisers", wrong)


@variant("S3", "pool_gradient")
def gradient_goes_to_all_maximisers(mp):
    """each of equal maxima has the gradient"""

    def wrong(reads, back, d, f):
        most = f[:, reads].max(axis=1)
        return sum(np.where(f == most[:, g], d[:, g], 0 * d) for g in back)

    mp.setattr(pooling, "_chosen", wrong)


@variant("S3")
def cosets_stand_in_another_order(mp):
    """cosets are ordered by their greatest member"""

    def make(right):
        def cosets(G, H):
            table = right(G, H)
            return np.ascontiguousarray(table[:, np.argsort(table.max(axis=0))[::-1]])

        return cosets

    replaced(mp, pooling, "_cosets", make)


@variant("S3")
def pooling_over_right_translates(mp):
    """k in Ug for k in gU"""
    mp.setattr(
        pooling,
        "_translates",
        lambda G, members: np.ascontiguousarray(G.multiplication_table[list(members)]),
    )


@variant("S3")
def mean_is_taken_of_the_group(mp):
    """a mean is divided by |G| for |U|"""

    def make(right):
        def pooled(reads, op, f):
            result = right(reads, op, f)
            return result * len(reads) / f.shape[-1] if op == "mean" else result

        return pooled

    replaced(mp, pooling, "_pooled", make)
