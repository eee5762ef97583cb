"""A layer to be called many times: its options are given once, and the backward pass uses what the forward computed.

Main definitions
    Plan: the correlation with a box or full filters on one space, and both of its gradients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gcalc.errors import UnsupportedError, UsageError
from gcalc.fast import operators
from gcalc.fast.arrays import common_type, namespace, read, read_batch
from gcalc.fast.checks import Layer, check_finite_space, check_options
from gcalc.fast.cuda.device import one_line_errors
from gcalc.fast.exactness import declared
from gcalc.fast.plans import Runner, find
from gcalc.spaces.axes import Axes, same
from gcalc.spaces.boxes import filter_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gcalc.groups.gset import GSet

__all__ = ["Plan"]


class Plan:
    """A G-correlation layer without its numbers.

    Attributes:
        X: the space of its input.
        algorithm: the algorithm asked for; the one taken for the last arrays is ``taken``.
        taken: the name of the algorithm that computed last, or None.
    """

    def __init__(
        self,
        X: GSet,
        filter_shape: Sequence[int] | None = None,
        boundary: str = "periodic",
        *,
        stride: int = 1,
        algorithm: str = "auto",
    ) -> None:
        """Check the options.

        Args:
            X: a finite set on which a group acts, or a window.
            filter_shape: None for full filters; for boxes (k, k), or (|P|, k, k) on a regular space.
            boundary: "periodic", or on a window "zero" or "valid".
            stride: as for :func:`gcalc.fast.correlate`.
            algorithm: as for :func:`gcalc.fast.correlate`.

        Raises:
            UnsupportedError, UsageError, ShapeError: as for :func:`gcalc.fast.correlate`.
        """
        check_finite_space(X)
        check_options(X, "full" if filter_shape is None else "box", boundary, stride, algorithm)
        box = None if filter_shape is None else filter_box(X, filter_shape)
        self.X, self.algorithm = X, algorithm
        self.taken: str | None = None
        self._layer = Layer(X, box, boundary, int(stride))
        self._options: dict[str, Any] = {"boundary": boundary, "stride": stride, "algorithm": algorithm}
        self._filter = "full" if box is None else "box"
        self._saved: tuple[Runner, tuple[int, ...], Any, Any] | None = None

    def correlate(self, f: Any, psi: Any) -> Any:
        """:func:`gcalc.fast.correlate` with this layer's options."""
        return operators.correlate(self.X, f, psi, filter=self._filter, **self._options)

    def input_gradient(self, d: Any, psi: Any) -> Any:
        """:func:`gcalc.fast.input_gradient` with this layer's options."""
        return operators.input_gradient(self.X, d, psi, filter=self._filter, **self._options)

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """:func:`gcalc.fast.filter_gradient` with this layer's options."""
        box = self._layer.box
        return operators.filter_gradient(self.X, d, f, filter_shape=box, **self._options)

    @one_line_errors()
    def forward(self, f: Any, psi: Any) -> Any:
        """The correlation of floats, remembered for `backward`; f and psi must stay as they are until then.

        Args:
            f: (…, J, *X.shape).
            psi: (K, J, *X.shape or box).

        Returns:
            The output, with the axes that :func:`gcalc.fast.correlate` returns.

        Raises:
            UnsupportedError: the arrays hold integers; take `correlate` and the gradients, which are exact on them.
            ShapeError: the axes are others.
        """
        layer, most = self._layer, (declared(f), declared(psi))
        batch, f = read_batch(f, "f", ("J",), Axes.of(self.X), short_floats=True)
        psi = read(psi, "psi", ("K", "J"), layer.filter_axes, short_floats=True)
        same("J", "f", f.shape[1], "psi", psi.shape[1])
        xp, device = namespace(f, psi)
        f, psi = common_type(xp, f, psi, most)
        if f.dtype == xp.int64:
            raise UnsupportedError(
                "forward and backward take floats, got integers; correlate, input_gradient and filter_gradient are "
                "exact on integers"
            )
        runner = find(
            self.X, layer.box, layer.boundary, xp=xp, device=device, dtype=f.dtype, batch=f.shape[0],
            J=psi.shape[1], K=psi.shape[0], algorithm=self.algorithm,
        )  # fmt: skip
        self._saved, self.taken = (runner, batch, f, psi), runner.name
        y = layer.every(runner.forward(f, psi))
        return xp.reshape(y, (*batch, *y.shape[1:]))

    @one_line_errors()
    def backward(self, d: Any) -> tuple[Any, Any]:
        """The gradients in f and psi of the last `forward`.

        Args:
            d: the gradient with respect to its output, with the output's axes.

        Returns:
            (…, J, *X.shape) and (K, J, *X.shape or box).

        Raises:
            UsageError: there was no `forward`.
            ShapeError: the axes of d are not those of its output.
        """
        if self._saved is None:
            raise UsageError("backward needs a forward before it; call forward(f, psi)")
        (runner, batch, f, psi), most = self._saved, (declared(d), None)
        d_batch, d = read_batch(d, "d", ("K",), self._layer.output_axes, short_floats=True)
        same("leading axes", "d", d_batch, "the output", batch)
        same("K", "d", d.shape[1], "psi", psi.shape[0])
        xp, _ = namespace(d, f, psi)
        d, _ = common_type(xp, d, f, most)
        df, dpsi = runner.backward(self._layer.filled(xp.astype(d, f.dtype, copy=False)), f, psi)
        return xp.reshape(df, (*batch, *df.shape[1:])), dpsi
