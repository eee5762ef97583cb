"""A zoo of wrong references: each replaces one operator of gcalc.reference by a faulty one.

Main definitions
    Variant: an id, the operator it overrides, the faulty function, and the fault in a line.
    VARIANTS: all of them.
    overridden: gcalc.reference with one operator replaced, to be given to whatever checks the reference.
    ABELIAN_BLIND: ids of those that are right on every abelian group acting on itself.
    FREE_BLIND: ids of those that are right wherever the action is free.

A fault that has no meaning on a space (there is no left or right on a set that is not the group) leaves the
operator as it is there, and infinite groups are left alone. Every function has the reference's signature and
passes scalars of any type through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from types import SimpleNamespace

import numpy as np

import gcalc.reference
from gcalc.groups.crystallographic import CrystallographicGroup
from gcalc.groups.infinite import InfiniteGSet
from gcalc.spaces import window

# The true operators, also while a test has replaced one of them in the module.
reference = SimpleNamespace(**{name: getattr(gcalc.reference, name) for name in gcalc.reference.__all__})

VARIANTS: dict[str, Variant] = {}


@dataclass(frozen=True)
class Variant:
    """One wrong operator."""

    id: str
    operator: str
    function: Callable
    fault: str


def variant(operator):
    """Enter a function into the zoo under its own name; the first line of its docstring is the fault."""

    def enter(function):
        @wraps(function)
        def faulty(space, *args, **options):
            if isinstance(space, InfiniteGSet | CrystallographicGroup):
                return getattr(reference, operator)(space, *args, **options)
            return function(space, *args, **options)

        name = function.__name__
        VARIANTS[name] = Variant(name, operator, faulty, function.__doc__.splitlines()[0])
        return faulty

    return enter


def overridden(id):
    """A namespace with the reference's operators, one of them faulty."""
    return SimpleNamespace(**(vars(reference) | {VARIANTS[id].operator: VARIANTS[id].function}))


ABELIAN_BLIND = (
    "left_translate_acts_on_the_right",
    "convolve_swaps_its_factors",
    "pool_over_right_translates",
    "coset_pool_over_right_cosets",
    "filter_gradient_acts_on_the_right",
)

FREE_BLIND = ("correlate_sums_over_the_group", "filter_gradient_counts_each_image_once")


def is_finite_group_itself(X):
    """Whether X is a finite group under left multiplication, so that products of points make sense."""
    return X.is_regular and not X.is_window


def turns_squares(X):
    """Whether the point group acts by signed permutations and integral translations."""
    group = X if X.is_window else X.group
    crystallographic = getattr(group, "crystallographic", None)
    return (
        crystallographic is not None
        and crystallographic.denominator == 1
        and all(sum(map(abs, row)) == 1 for s in group.point_group for row in s)
    )


def take(a, index, shape):
    """``a`` reindexed on its last axes, which have this shape."""
    a = np.asarray(a)
    lead = a.shape[: a.ndim - len(shape)]
    return a.reshape(*lead, -1)[..., np.asarray(index)].reshape(*lead, *shape)


# ---- left_translate ----------------------------------------


@variant("left_translate")
def left_translate_is_the_identity(X, u, f):
    """L_u f = f"""
    return reference.left_translate(X, X.group.identity, f)


@variant("left_translate")
def left_translate_by_u_for_its_inverse(X, u, f):
    """f(ux) for f(u⁻¹x)"""
    return reference.left_translate(X, X.group.inverse(u), f)


@variant("left_translate")
def left_translate_acts_on_the_right(X, u, f):
    """f(xu⁻¹) for f(u⁻¹x)"""
    if not is_finite_group_itself(X):
        return reference.left_translate(X, u, f)
    G = X.group
    return take(f, G.multiplication_table[:, G.index(G.inverse(u))], G.shape)


@variant("left_translate")
def left_translate_off_the_windows_centre(X, u, f):
    """about a centre that is one pixel off"""
    moved = reference.left_translate(X, u, f)
    if not X.is_window or u == X.group.identity:
        return moved
    return np.roll(moved, 1, axis=-1)


# ---- correlate ----------------------------------------


@variant("correlate")
def correlate_convolves(X, f, psi, filter="full", boundary="periodic"):
    """f ∗ psi for f ⋆ psi"""
    if not is_finite_group_itself(X) or filter != "full":
        return reference.correlate(X, f, psi, filter, boundary)
    return reference.correlate(X, f, reference.involution(X.group, psi), filter, boundary)


@variant("correlate")
def correlate_with_g_for_its_inverse(X, f, psi, filter="full", boundary="periodic"):
    """psi(gx) for psi(g⁻¹x)"""
    y = reference.correlate(X, f, psi, filter, boundary)
    if X.is_window:
        return np.take(y, X.point_group.inverse_table, axis=-3)
    return take(y, X.group.inverse_table, X.group.shape)


@variant("correlate")
def correlate_drops_a_term(X, f, psi, filter="full", boundary="periodic"):
    """the sum leaves out the last point x"""
    f = np.array(f)
    f[(..., *(-1 for _ in X.shape))] = 0
    return reference.correlate(X, f, psi, filter, boundary)


@variant("correlate")
def correlate_reads_the_first_channel_only(X, f, psi, filter="full", boundary="periodic"):
    """j = 0 for the sum over j"""
    psi = np.array(psi)
    psi[:, 1:] = 0
    return reference.correlate(X, f, psi, filter, boundary)


@variant("correlate")
def correlate_swaps_filter_and_channel(X, f, psi, filter="full", boundary="periodic"):
    """psi_k^j for psi_j^k, indices modulo the axes"""
    psi = np.asarray(psi)
    K, J = psi.shape[:2]
    k, j = np.indices((K, J))
    return reference.correlate(X, f, psi[j % K, k % J], filter, boundary)


@variant("correlate")
def correlate_reverses_the_channels(X, f, psi, filter="full", boundary="periodic"):
    """psi_(J-1-j) for psi_j"""
    return reference.correlate(X, f, np.asarray(psi)[:, ::-1], filter, boundary)


@variant("correlate")
def correlate_off_by_one_in_the_window(X, f, psi, filter="full", boundary="periodic"):
    """the output of a window is one pixel off"""
    y = reference.correlate(X, f, psi, filter, boundary)
    return np.roll(y, 1, axis=-1) if X.is_window else y


@variant("correlate")
def correlate_turns_even_boxes_as_arrays(X, f, psi, filter="full", boundary="periodic"):
    """an even box turns about its middle, as rot90 turns it, for about the origin"""
    sizes = np.shape(psi)[-2:]
    even = filter == "box" and sizes[0] % 2 == 0 and sizes[1] % 2 == 0
    if not even or boundary == "valid" or not turns_squares(X):
        return reference.correlate(X, f, psi, filter, boundary)
    if boundary == "zero":  # on a window with a margin, so that moving the output wraps nothing
        margin = [(0, 0)] * (np.ndim(f) - 2) + [(1, 1), (1, 1)]
        wider = window(X.crystallographic, X.shape[-2] + 2, X.shape[-1] + 2)
        y = reference.correlate(
            wider.regular if X.is_regular else wider, np.pad(f, margin), psi, filter, boundary
        )
    else:
        y = reference.correlate(X, f, psi, filter, boundary)
    for s, matrix in enumerate((X if X.is_window else X.group).point_group):
        moves = [(1 - sum(row)) // 2 for row in matrix]  # s(o + 1/2) - 1/2 = so - moves
        y[..., s, :, :] = np.roll(y[..., s, :, :], moves, (-2, -1))
    return y[..., 1:-1, 1:-1] if boundary == "zero" else y


@variant("correlate")
def correlate_is_zero(X, f, psi, filter="full", boundary="periodic"):
    """0 for every input"""
    return 0 * reference.correlate(X, f, psi, filter, boundary)


@variant("correlate")
def correlate_is_constant(X, f, psi, filter="full", boundary="periodic"):
    """1 for every input"""
    return 0 * reference.correlate(X, f, psi, filter, boundary) + 1


@variant("correlate")
def correlate_ignores_the_filters(X, f, psi, filter="full", boundary="periodic"):
    """psi is replaced by ones"""
    return reference.correlate(X, f, 0 * np.asarray(psi) + 1, filter, boundary)


@variant("correlate")
def correlate_ignores_the_input(X, f, psi, filter="full", boundary="periodic"):
    """f is replaced by ones"""
    return reference.correlate(X, 0 * np.asarray(f) + 1, psi, filter, boundary)


@variant("correlate")
def correlate_sums_over_the_group(X, f, psi, filter="full", boundary="periodic"):
    """the sum is over h in G at x = h·x0, which counts x once for each element of its stabilizer"""
    if X.is_window:
        return reference.correlate(X, f, psi, filter, boundary)
    table = X.action_table
    stabilizers = (table == np.arange(X.size)).sum(axis=0)
    return reference.correlate(X, np.asarray(f) * stabilizers.reshape(X.shape), psi, filter, boundary)


# ---- convolve, involution ----------------------------------------


@variant("convolve")
def convolve_correlates(G, a, b):
    """a ⋆ b for a ∗ b"""
    return reference.convolve(G, a, reference.involution(G, b))


@variant("convolve")
def convolve_swaps_its_factors(G, a, b):
    """b ∗ a for a ∗ b, the composition from left to right"""
    return reference.convolve(G, b, a)


@variant("involution")
def involution_is_the_identity(G, psi):
    """psi(g) for psi(g⁻¹)"""
    return reference.involution(G, reference.involution(G, psi))


# ---- pooling ----------------------------------------


@variant("pool")
def pool_over_right_translates(G, f, U, op="max"):
    """k in Ug for k in gU"""
    members = [G.inverse(u) for u in U]
    return reference.involution(G, reference.pool(G, reference.involution(G, f), members, op))


@variant("pool")
def pool_drops_an_element(G, f, U, op="max"):
    """U without its last element, where it has more than one"""
    members = list(U)
    return reference.pool(G, f, members[:-1] or members, op)


@variant("pool")
def pool_takes_the_mean_for_the_sum(G, f, U, op="max"):
    """the mean for the sum"""
    return reference.pool(G, f, U, "mean" if op == "sum" else op)


@variant("pool")
def pool_takes_the_minimum(G, f, U, op="max"):
    """min for max"""
    if op != "max":
        return reference.pool(G, f, U, op)
    return -reference.pool(G, -np.asarray(f), U, op)


@variant("coset_pool")
def coset_pool_over_right_cosets(G, f, H, op="max"):
    """k in Hg for k in gH, ordered by least member"""
    members = list(H)
    pooled = reference.coset_pool(G, reference.involution(G, f), members, op)
    cosets = [min(G.index(G.inverse(k)) for k in gH) for gH in G.left_cosets(members)]
    return pooled[..., np.argsort(cosets)]


@variant("coset_pool")
def coset_pool_reads_the_representative(G, f, H, op="max"):
    """the least member of each coset for all of them"""
    f = np.asarray(f)
    lead = f.shape[: f.ndim - len(G.shape)]
    least = [G.index(g) for g in G.transversal(list(H))]
    return f.reshape(*lead, G.order)[..., least]


# ---- gradients ----------------------------------------


@variant("input_gradient")
def input_gradient_as_printed(X, d, psi, filter="full", boundary="periodic"):
    """(3) line 3 as printed, with dL/df_k(g) for dL/df_k(h)"""
    if not is_finite_group_itself(X) or filter != "full":
        return reference.input_gradient(X, d, psi, filter, boundary)
    n = len(X.shape)
    sums = np.asarray(psi).sum(axis=tuple(range(-n, 0)))  # sum_h psi_j^k(h⁻¹g), the same for every g
    last = np.tensordot(np.moveaxis(np.asarray(d), -n - 1, -1), sums, (-1, 0))
    return np.moveaxis(last, -1, -n - 1)


@variant("input_gradient")
def input_gradient_without_the_involution(X, d, psi, filter="full", boundary="periodic"):
    """d ⋆ psi for d ⋆ psi*"""
    if not is_finite_group_itself(X) or filter != "full":
        return reference.input_gradient(X, d, psi, filter, boundary)
    return reference.input_gradient(X, d, reference.involution(X.group, psi), filter, boundary)


@variant("input_gradient")
def input_gradient_reads_the_first_output_only(X, d, psi, filter="full", boundary="periodic"):
    """k = 0 for the sum over k"""
    psi = np.array(psi)
    psi[1:] = 0
    return reference.input_gradient(X, d, psi, filter, boundary)


@variant("filter_gradient")
def filter_gradient_as_printed(X, d, f, filter_shape=None, boundary="periodic"):
    """(6) line 4 as printed, d ∗ f without the involution of d"""
    if not is_finite_group_itself(X) or filter_shape is not None:
        return reference.filter_gradient(X, d, f, filter_shape, boundary)
    return reference.filter_gradient(X, reference.involution(X.group, d), f, filter_shape, boundary)


@variant("filter_gradient")
def filter_gradient_acts_on_the_right(X, d, f, filter_shape=None, boundary="periodic"):
    """f(gh) for f(hg), the form f ∗ d* for d* ∗ f"""
    if not is_finite_group_itself(X) or filter_shape is not None:
        return reference.filter_gradient(X, d, f, filter_shape, boundary)
    G = X.group
    flipped = reference.filter_gradient(X, reference.involution(G, d), reference.involution(G, f))
    return reference.involution(G, flipped)


@variant("filter_gradient")
def filter_gradient_forgets_the_batch(X, d, f, filter_shape=None, boundary="periodic"):
    """the first example for the sum over the batch"""
    d, f = np.asarray(d), np.asarray(f)
    while f.ndim > len(X.shape) + 1 and len(f):
        d, f = d[0], f[0]
    return reference.filter_gradient(X, d, f, filter_shape, boundary)


@variant("filter_gradient")
def filter_gradient_counts_each_image_once(X, d, f, filter_shape=None, boundary="periodic"):
    """of the h with the same hy the first only is summed, so stabilizers are not counted"""
    if X.is_window or filter_shape is not None:
        return reference.filter_gradient(X, d, f, filter_shape, boundary)
    d = np.asarray(d)
    columns = []
    for y in range(X.size):
        first = np.unique(X.action_table[:, y], return_index=True)[1]
        mask = np.isin(np.arange(X.group.order), first).astype(int).reshape(X.group.shape)
        gradient = reference.filter_gradient(X, d * mask, f)
        columns.append(gradient.reshape(*gradient.shape[:2], -1)[..., y])
    return np.stack(columns, axis=-1).reshape(*columns[0].shape, *X.shape)


# ---- filter transformation ----------------------------------------


@variant("filter_transform")
def filter_transform_by_s_for_its_inverse(X, psi, filter="full"):
    """psi(st, sz) for psi(s⁻¹t, s⁻¹z)"""
    transformed = reference.filter_transform(X, psi, filter)
    P = X.point_group if X.is_window else X.group.point_group
    return transformed[:, P.inverse_table]


@variant("filter_transform")
def filter_transform_leaves_t(X, psi, filter="full"):
    """psi(t, s⁻¹z) for psi(s⁻¹t, s⁻¹z)"""
    transformed = np.array(reference.filter_transform(X, psi, filter))
    if not X.is_regular:
        return transformed
    table = (X if X.is_window else X.group).point_group.multiplication_table
    for s, row in enumerate(table):
        transformed[:, s] = transformed[:, s][:, :, row]
    return transformed


@variant("filter_transform")
def filter_transform_leaves_z(X, psi, filter="full"):
    """psi(s⁻¹t, z) for psi(s⁻¹t, s⁻¹z)"""
    transformed = np.array(reference.filter_transform(X, psi, filter))
    P = (X if X.is_window else X.group).point_group
    for s in range(P.order):
        row = P.multiplication_table[P.inverse_table[s]]
        transformed[:, s] = transformed[:, 0][:, :, row] if X.is_regular else transformed[:, 0]
    return transformed


@variant("filter_transform_gradient")
def filter_transform_gradient_overwrites(X, d, filter_shape=None):
    """the last entry for the sum of the entries"""
    d = np.array(d)
    d[:, :-1] = 0
    return reference.filter_transform_gradient(X, d, filter_shape)


@variant("filter_transform_gradient")
def filter_transform_gradient_gathers_with_the_forward_index(X, d, filter_shape=None):
    """the indexing itself for its inverse"""
    P = (X if X.is_window else X.group).point_group
    return reference.filter_transform_gradient(X, np.asarray(d)[:, P.inverse_table], filter_shape)
