"""Layers of escnn, whose field types say what they are equivariant under.

Main definitions
    EscnnTarget: a target of torch that dresses tensors in the layer's input type, and reads its declaration.

Notation
    escnn's coordinates are x to the right and y upwards. Ours are rows downwards and columns to the right, so its
    matrix A is ours as ``S A S⁻¹`` with ``S = [[0, −1], [1, 0]]``.

Implementation notes
    Only elements that map pixels to pixels are declared: of C₈, of SO(2), the four turns by 90°. Representations are
    named where all fields are trivial or regular, else given as matrices. After new weights filters are scaled by a
    power of two, since escnn's weights are coefficients whose size says nothing about the filter's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Self

import escnn
import numpy as np
import torch
from numpy.typing import NDArray

from gcalc.check import fill
from gcalc.check.grids import declared
from gcalc.check.targets import torch_copies
from gcalc.check.targets.base import Array, Gradients
from gcalc.check.targets.torch import TorchTarget
from gcalc.errors import UnsupportedError

__all__ = ["EscnnTarget"]

GROUPS = ("p4m", "p4", "pmm", "cmm", "p2", "pm", "cm", "p1")
S = np.array([[0, -1], [1, 0]])
FINE = 1e-6  # between a matrix of escnn and integers


class EscnnTarget(TorchTarget):
    """A copy of an equivariant module of escnn; it takes and returns plain arrays."""

    def _dressed(self, tensors: Sequence[Any]) -> tuple[Any, ...]:
        return (escnn.nn.GeometricTensor(tensors[0], self.module.in_type), *tensors[1:])

    def random(self, seed: int) -> Self:
        """A copy with new parameters and running statistics, the filters as large as those of `gcalc.check.fill`."""

        def refill(module: Any) -> None:
            torch_copies.fill_in(module, seed)
            for one in module.modules():
                if hasattr(one, "expand_parameters") and isinstance(
                    getattr(one, "weights", None), torch.Tensor
                ):
                    _rescale(one)

        return self._with(refill)

    def vjp(self, arrays: Sequence[Array], cotangents: Sequence[Array]) -> Gradients | None:
        """The cotangents pulled back, through the filters too, which escnn keeps expanded in evaluation mode."""
        other = self.copy()
        for one in other.module.modules():
            if hasattr(one, "expand_parameters"):
                one.train()
        return super(EscnnTarget, other).vjp(arrays, cotangents)

    def declaration(self) -> dict[str, Any]:
        """What the field types declare: group, input, output, reps, order, as `gcalc.check_equivariance` takes them.

        Raises:
            UnsupportedError: no plane group of ours acts like this group space.
        """
        module = self.module
        name, elements = _group(module.in_type.gspace)
        order = _element_order(module.in_type.gspace, elements)
        layouts, reps = [], dict[str, Any]()
        for kind, axis in ((module.in_type, "i"), (module.out_type, "o")):
            layout, rep = _layout(kind, axis, elements, order is not None)
            layouts.append(layout)
            reps |= rep
        return {
            "group": name,
            "input": layouts[0],
            "output": layouts[1],
            "reps": reps or None,
            "order": order,
        }


def _rescale(module: Any) -> None:
    """Weights times the power of two that gives the expanded filter the size 2^¼ / √fan-in."""
    filters = module.expand_parameters()
    filters = filters[0] if isinstance(filters, tuple) else filters
    size = float(filters.detach().square().mean().sqrt()) * math.sqrt(math.prod(filters.shape[1:]))
    if size > 0:
        module.weights.mul_(2.0 ** round(math.log2(fill.GAIN / size)))


def _elements(gspace: Any) -> list[Any]:
    """All elements of a finite group, those of the turns by 90° and mirrors of a continuous one."""
    group = gspace.fibergroup
    if group.order() > 0:
        return list(group.elements)
    turns = [k * math.pi / 2 for k in range(4)]
    if group.name == "O(2)":
        return [group.element((mirror, turn)) for mirror in (0, 1) for turn in turns]
    return [group.element(turn) for turn in turns] if group.name == "SO(2)" else [group.identity]


def _integers(matrix: Any) -> NDArray[np.int64] | None:
    """The matrix if all its entries are whole numbers."""
    real = np.asarray(matrix, dtype=np.float64)
    whole = np.rint(real).astype(np.int64)
    return whole if np.abs(real - whole).max(initial=0) < FINE else None


def _group(gspace: Any) -> tuple[str, list[Any]]:
    """The plane group with the elements of the group space that move pixels to pixels, and these in its order."""
    if gspace.dimensionality != 2:
        raise UnsupportedError(
            f"{gspace.name} acts on {gspace.dimensionality} space axes; declare group=, input= and output= yourself"
        )
    found: dict[bytes, Any] = {}
    for element in _elements(gspace):
        matrix = _integers(S @ gspace.basespace_action(element) @ S.T)
        if matrix is not None:
            found.setdefault(matrix.tobytes(), element)
    for name in GROUPS:
        acting = declared(name, 2)
        keys = [acting.on_space(u).tobytes() for u in range(acting.P.order)]
        if set(keys) == set(found):
            return name, [found[key] for key in keys]
    raise UnsupportedError(f"no plane group has the point group of {gspace.name}; declare group= yourself")


def _element_order(gspace: Any, elements: Sequence[Any]) -> Any:
    """For each place of escnn's fibre the index of our element; None if only some of them are ours."""
    group = gspace.fibergroup
    if group.order() != len(elements):
        return None
    places = tuple(elements.index(one) for one in group.elements)
    return "escnn" if places == tuple(range(len(places))) else places


def _layout(kind: Any, axis: str, elements: Sequence[Any], whole: bool) -> tuple[str, dict[str, Any]]:
    """The layout of a field type and the representations of its axes."""
    fields = kind.representations
    if all(one.is_trivial() for one in fields):
        return "b k x y" if axis == "i" else "b l x y", {}
    if whole and all(one.name == "regular" for one in fields):
        return f"b ({'k' if axis == 'i' else 'l'} g) x y", {}
    return f"b {axis} x y", {axis: _matrices(fields, elements)}


def _matrices(fields: Sequence[Any], elements: Sequence[Any]) -> NDArray[Any]:
    """The direct sum of the fields, of shape (|P|, d, d); integers where it is integral."""
    blocks = [np.stack([np.asarray(one(g), dtype=np.float64) for g in elements]) for one in fields]
    sum_ = np.zeros((len(elements),) + (sum(one.shape[1] for one in blocks),) * 2)
    start = 0
    for block in blocks:
        stop = start + block.shape[1]
        sum_[:, start:stop, start:stop] = block
        start = stop
    whole = _integers(sum_)
    return sum_ if whole is None else whole
