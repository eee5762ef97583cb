"""The gradient of filter transformation in its printed forms: which of them is "not as efficient".

Main definitions
    Layer: filters of which the transformation has a gradient, with that gradient.
    entries: the three forms in NumPy and in torch, the selection matrix made anew and kept, and torch's own gradient.
    judge: all entries of the gradient, by its sum.

Main statements
    ``g_j^k(t, o) = sum_s d[k, s, j, st, so]``.

Source:
    Section 2 of the supplement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.bench.contestant import AbsentError, Contestant, Entry
from gcalc.bench.definition import Judgement
from gcalc.bench.shape import Shape, turned_index
from gcalc.errors import UsageError
from gcalc.fast.arrays import numbers
from gcalc.fast.transformation import FORMS, filter_transform, filter_transform_gradient, selection_matrix
from gcalc.spaces.window import window

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FAMILIES", "TASKS", "Layer", "entries", "judge", "layer"]

TASKS = ("gradient",)
KEPT, AUTOGRAD = "selection, matrix kept", "autograd of the gather"


@dataclass(frozen=True)
class Layer:
    """A gradient with respect to the transformed filters of a layer.

    Attributes:
        shape: the layer, of which K, P and k matter.
        index: (|P|, |P|·k·k), see `gcalc.bench.shape.Case`.
        d: (K, |P|, K, |P|, k, k), float32 with entries -9, …, 9.
    """

    shape: Shape
    index: NDArray[np.int64]
    d: NDArray[Any]

    @property
    def name(self) -> str:
        """K,group,k."""
        return f"{self.shape.channels},{self.shape.group},{self.shape.box}"


def layer(shape: Shape, seed: int = 0) -> Layer:
    """The layer with data drawn from the seed.

    Raises:
        UsageError: the turned box is another box.
    """
    K, p, k = shape.channels, shape.order, shape.box
    index = turned_index(shape.P, np.array(shape.P.elements, dtype=np.int64), k)
    if index is None:
        raise UsageError(
            f"shape {shape}: the turned box of {shape.group} is another box; take an odd box of p4m"
        )
    random = np.random.default_rng(seed)
    return Layer(shape, index, random.integers(-9, 10, size=(K, p, K, p, k, k)).astype(np.float32))


class Form(Contestant):
    """One form on arrays of one library."""

    def __init__(self, data: Layer, threads: int, library: str, form: str) -> None:
        """Hand over d, and make what the form makes once."""
        shape = data.shape
        self.X = window(shape.group, shape.box, shape.box).regular
        self.box, self.form = (shape.box, shape.box), form
        self.shape = (shape.channels, shape.channels, shape.order, *self.box)
        self.d: Any = data.d
        if library == "torch":
            torch = _torch()
            torch.set_num_threads(threads)
            self.d = torch.from_numpy(data.d)
        if form == KEPT:
            self.transpose = selection_matrix(self.X, self.box, like=self.d).T
            if library == "torch":
                self.transpose = self.transpose.coalesce()
        if form == AUTOGRAD:
            self.note = "without the check of its arguments that the forms have"
            self.psi = torch.zeros(self.shape, requires_grad=True)
            turned = filter_transform(self.X, self.psi, filter="box")
            self.gradient: Callable[[], Any] = lambda: torch.autograd.grad(
                turned, self.psi, self.d, retain_graph=True
            )

    def run(self, task: str) -> Any:
        """The gradient, (K, K, |P|, k, k)."""
        if self.form == AUTOGRAD:
            return self.gradient()[0]
        if self.form != KEPT:
            return filter_transform_gradient(self.X, self.d, self.box, form=self.form)
        first = (1, 3, 4, 5, 0, 2)  # cells, then channels
        d = numbers(self.d, "d")  # checked like the arguments of the other forms
        d = d.transpose(first) if isinstance(d, np.ndarray) else d.permute(first)
        return (self.transpose @ d.reshape(self.transpose.shape[1], -1)).T.reshape(self.shape)

    def results(self) -> NDArray[Any]:
        """The gradient as an array of NumPy."""
        return np.asarray(self.run("gradient"))


def _torch() -> Any:
    try:
        return import_module("torch")
    except ImportError as error:
        raise AbsentError(f"{error}; install the extra bench") from error


def entries() -> list[Entry[Layer]]:
    """Every form in each library, and torch's autograd."""
    forms = [
        *((form, library) for library in ("NumPy", "torch") for form in (*FORMS, KEPT)),
        (AUTOGRAD, "torch"),
    ]
    return [Entry(f"{form} ({library})", "gcalc", _prepare(form, library)) for form, library in forms]


def _prepare(form: str, library: str) -> Callable[[Layer, int], Contestant]:
    return lambda data, threads: Form(data, threads, library, form)


FAMILIES = {name: (name,) for name in (f"gather ({library})" for library in ("NumPy", "torch"))}
"""All are compared with the gather of each library."""


def judge(
    data: Layer, contestants: Mapping[str, Contestant], results: Mapping[str, NDArray[Any]]
) -> dict[str, Judgement]:
    """The verdict on every contestant: all entries must be their sums."""
    K, p, k = data.shape.channels, data.shape.order, data.shape.box
    total = np.zeros((K, K, p * k * k))
    for s in range(p):
        total[:, :, data.index[s]] += data.d[:, s].reshape(K, K, -1)  # a permutation: no entry comes twice
    expected = total.reshape(K, K, p, k, k)
    return {name: _verdict(found, expected) for name, found in results.items()}


def _verdict(found: NDArray[Any], expected: NDArray[Any]) -> Judgement:
    if found.shape != expected.shape:
        return Judgement("FAILED", f"the gradient has the axes {found.shape}, not {expected.shape}")
    wrong = np.argwhere(found != expected)
    if len(wrong):
        entry = tuple(wrong[0].tolist())
        return Judgement("FAILED", f"the gradient at {entry} is {found[entry]:g}, not {expected[entry]:g}")
    return Judgement("EXACT")
