"""Is the layer the sum that it is said to be? It against `gcalc.reference`, and against the sum in other conventions.

Main definitions
    check_reference: equality, or which convention it is that is equal.
    CONVENTIONS: what is done to filters and output so that the reference gives what another convention does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.claims import Claim
from gcalc.check.context import Context
from gcalc.check.layout import BATCH, Layout
from gcalc.check.probe import Probe
from gcalc.check.record import Result
from gcalc.errors import ShapeError, UsageError
from gcalc.verify.result import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.check.equivariance import Symmetries

    Array = NDArray[Any]
    Arrays = tuple[Array, ...]

__all__ = ["CONVENTIONS", "check_reference"]


def check_reference(context: Context, symmetries: Symmetries) -> Iterator[Result]:
    """The layer's output is the sum, entry by entry."""
    if context.reference is None:
        return
    probe = context.main
    window = min(context.windows, key=lambda w: int(np.prod(w)))
    setting = _Setting(probe, context.reference, window)
    if not setting.exact:
        why = "its sums are rounded; equality needs values for which they are exact"
        yield Result("reference", Verdict.NOT_TESTED, None, probe.parameters, reason=why)
        return
    found = setting.compared(CONVENTIONS[""])
    if found:
        yield Result("reference", Verdict.EXACT, None, probe.parameters, cases=setting.cases, how="exact")
        return
    other = next((name for name, change in CONVENTIONS.items() if name and setting.agrees(change)), None)
    if other is not None:
        yield Result(
            "reference",
            Verdict.CONVENTION,
            None,
            probe.parameters,
            cases=setting.cases,
            how="exact",
            reason=f"it is the {context.reference.operator} sum {other}",
            code="convolution",
        )
        return
    entry, left, right = setting.difference()
    why = f"at {entry} it gives {left:g}, the {context.reference.operator} sum is {right:g}"
    yield Result(
        "reference",
        Verdict.FAILED,
        None,
        probe.parameters,
        cases=setting.cases,
        how="exact",
        reason=why,
        code="unexplained",
    )


class _Setting:
    """A layer's output and its filters on one window, in the axes of `gcalc.reference`."""

    def __init__(self, probe: Probe, asked: Claim, window: Sequence[int]) -> None:
        self.probe, self.asked, self.window = probe, asked, tuple(window)
        self.inputs = probe.inputs(window, batch=1)
        trace = probe.target.traced(*self.inputs)
        self.exact = trace.exact
        self.found = self._canonical(trace.outputs[0], probe.declaration.outputs[0])
        self.cases = self.found.size
        self.X = self._space()

    def _canonical(self, array: Array, layout: Layout | None) -> Array:
        """(b, channels, fibre, space) of an array."""
        if layout is None:
            raise UsageError("reference= needs layouts of the first input and of the output")
        declaration = self.probe.declaration
        split = layout.split(array, declaration.known)
        inert = [
            n for n in layout.names if n != BATCH and n not in layout.space and n not in layout.represented
        ]
        if len(inert) != 1:
            raise UsageError(
                f"reference= needs one axis of channels in {layout.pattern!r}, there are {len(inert)}"
            )
        order = [layout.axis(n) for n in (BATCH, *inert, *layout.represented, *layout.space)]
        return np.asarray(split.transpose(order))

    def _space(self) -> Any:
        """The G-set of the input."""
        from gcalc.spaces import window

        declaration = self.probe.declaration
        regular = bool(declaration.inputs[0] and declaration.inputs[0].represented)
        group = declaration.group
        if not declaration.has_space:
            return group.P.regular
        if self.asked.boundary == "periodic":
            quotient = group.crystallographic.quotient(self.window[0])  # type: ignore[union-attr]
            return quotient.regular if regular else quotient.grid
        W = window(group.crystallographic, *self.window)  # type: ignore[arg-type]
        return W.regular if regular else W

    @property
    def filters(self) -> Array:
        """(K, J, *box) or (K, J, |P|, *box)."""
        if isinstance(self.asked.filters, int):
            if self.asked.filters >= len(self.inputs):
                raise UsageError(
                    "reference= needs filters, the name of a parameter or the number of an argument; "
                    f"there is no argument {self.asked.filters} of {len(self.inputs)}"
                )
            return self.inputs[self.asked.filters]
        parameters = self.probe.target.parameters
        if self.asked.filters not in parameters:
            raise UsageError(
                f"no parameter {self.asked.filters!r}; there are {', '.join(parameters) or 'none'}"
            )
        return np.asarray(parameters[self.asked.filters], dtype=np.float64)

    def expected(self, change: Change) -> Array:
        """The sum, with filters changed as another convention has them."""
        from gcalc import reference

        f, psi = (
            self._canonical(self.inputs[0], self.probe.declaration.inputs[0]),
            change(self.filters, self.X),
        )
        if self.asked.operator == "convolve":
            psi = self._involution(psi)
        box = (
            {} if not self.probe.declaration.has_space else {"filter": "box", "boundary": self.asked.boundary}
        )
        exact = reference.correlate(self.X, _integral(f), _integral(psi), **box)
        return np.asarray(exact, dtype=np.float64)

    def _involution(self, psi: Array) -> Array:
        """``psi*(x) = psi(x⁻¹)``, by which a convolution is a correlation."""
        if not self.probe.declaration.has_space:
            return np.asarray(psi[..., self.probe.declaration.group.P.inverse_table])
        d = self.probe.declaration.group.dimension
        return np.asarray(np.flip(psi, tuple(range(-d, 0))))

    def compared(self, change: Change) -> bool:
        """Whether the layer gives that sum."""
        expected = self.expected(change)
        if expected.shape != self.found.shape:
            return False
        return bool((expected == self.found).all())

    def agrees(self, change: Change) -> bool:
        """Whether it gives that sum; a change that these shapes do not allow is none."""
        try:
            return self.compared(change)
        except ShapeError:
            return False

    def difference(self) -> tuple[tuple[int, ...], float, float]:
        """An entry in which they differ."""
        expected = self.expected(CONVENTIONS[""])
        if expected.shape != self.found.shape:
            raise UsageError(
                f"the sum has shape {expected.shape}, the layer gives {self.found.shape}; is the boundary right?"
            )
        entry = np.unravel_index(int(np.abs(expected - self.found).argmax()), expected.shape)
        return tuple(int(i) for i in entry), float(self.found[entry]), float(expected[entry])


def _integral(array: Array) -> Array:
    """Integers as such, so that the sums are exact; dyadic values stay floats."""
    whole = np.rint(array).astype(np.int64)
    return whole if (whole == array).all() else array


Change = Callable[["Array", Any], "Array"]


def _flipped(psi: Array, X: Any) -> Array:
    """The box reflected at its origin: convolution for correlation."""
    if X.is_regular and not hasattr(X, "window") and psi.ndim == 3:
        return np.asarray(psi[..., X.group.inverse_table])
    d = len(X.shape) - int(X.is_regular)
    return np.asarray(np.flip(psi, tuple(range(-d, 0))))


def _inverse_fibre(psi: Array, X: Any) -> Array:
    """psi at s⁻¹ for s on the fibre."""
    if not X.is_regular or not hasattr(X, "point_group"):
        return psi
    return np.asarray(psi[:, :, X.point_group.inverse_table])


def _transposed(psi: Array, X: Any) -> Array:
    """K and J exchanged."""
    return np.asarray(np.swapaxes(psi, 0, 1))


CONVENTIONS: Mapping[str, Change] = {
    "": lambda psi, X: psi,
    "with the filter reflected at its origin (convolution for correlation, or the reverse)": _flipped,
    "with the filter's orientations inverted": _inverse_fibre,
    "with both": lambda psi, X: _inverse_fibre(_flipped(psi, X), X),
    "with K and J exchanged": _transposed,
    "with rows and columns of the filter exchanged": lambda psi, X: (
        np.asarray(np.swapaxes(psi, -1, -2)) if psi.ndim > 3 else psi
    ),
}
"""What a convention does to the filters, by the words that follow "it is the correlate sum"."""
