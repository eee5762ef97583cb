"""Correlation in the frequency domain of (Z/N)^d ⋊ P, where it is a product of real matrices and filters stay unexpanded.

Main definitions
    Fourier: forward and both gradients as ``Y = F Ψ†``, ``dL/dF = D Ψ``, ``dL/dΨ = D† F``, block by block (see `spectrum`).

References:
    G. B. Folland, *A Course in Abstract Harmonic Analysis*, chapter 6: representations of T ⋊ P induced from orbits.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gcalc.fast.algorithm import Algorithm
from gcalc.fast.problem import Problem
from gcalc.fast.spectrum import Spectrum
from gcalc.fast.transform import Transform
from gcalc.fast.workspace import Workspace

__all__ = ["Fourier"]


class Fourier(Algorithm):
    """Fourier transforms of f and psi on the group, products of their blocks, and the transform back."""

    name = "fourier"
    exact = False

    def __init__(self, problem: Problem, workspace: Workspace) -> None:
        """Find the torus, its orbits and the positions of input, output and filter on it."""
        super().__init__(problem, workspace)
        self.spectrum = Spectrum(problem.P, _torus(problem))
        starts = problem.starts
        first, last = starts.min(axis=0).tolist(), starts.max(axis=0).tolist()
        self.shifts = starts - starts.min(axis=0)
        self.span = tuple(n + b - a for n, a, b in zip(problem.output_lattice, first, last, strict=True))
        central, axis = self.spectrum.central, problem.point_axis
        taps = [range(-o, k - o) for k, o in zip(problem.box, problem.origin, strict=True)]
        inputs = [range(n) for n in problem.lattice]
        outputs = [range(a, a + n) for a, n in zip(first, self.span, strict=True)]
        # On a grid the block of the output is twice the product: x is the same on the whole coset of P.
        gain = 2.0 if central and not axis else 1.0
        self.input = Transform(self.spectrum, "input", axis, inputs, workspace)
        self.filter = Transform(self.spectrum, "filter", axis, taps, workspace)
        self.output = Transform(self.spectrum, "output", True, outputs, workspace, gain)
        self._kept: tuple[Any, Any] | None = None

    @classmethod
    def refusal(cls, problem: Problem) -> str | None:
        """Nothing: every planar problem has a torus."""
        return None

    def correlate(self, f: Any, psi: Any) -> Any:
        """Y = F Ψ†."""
        y = self.forward(f, psi)
        self._kept = None
        return y

    def input_gradient(self, d: Any, psi: Any) -> Any:
        """DL/dF = D Ψ."""
        D = self._output_blocks(d)
        return self._input_gradient(D, self.filter.forward(psi, "filter"), d.shape[0], psi.shape[1])

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """DL/dΨ = D† F."""
        D = self._output_blocks(d)
        return self._filter_gradient(D, self.input.forward(f, "input"), d.shape[1], f.shape[1])

    def forward(self, f: Any, psi: Any) -> Any:
        """Y = F Ψ†, keeping F and Ψ."""
        F, Psi = self.input.forward(f, "input"), self.filter.forward(psi, "filter")
        self._kept = F, Psi
        Y = self._signed("output", F, self.workspace.xp.permute_dims(Psi, (0, 2, 1)), self.output)
        return self._starting(self.output.inverse(Y, f.shape[0], psi.shape[0]))

    def backward(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """Both gradients from the F and Ψ that `forward` kept."""
        F, Psi = self._kept or (self.input.forward(f, "input"), self.filter.forward(psi, "filter"))
        D = self._output_blocks(d)
        return (
            self._input_gradient(D, Psi, d.shape[0], psi.shape[1]),
            self._filter_gradient(D, F, d.shape[1], f.shape[1]),
        )

    def _input_gradient(self, D: Any, Psi: Any, B: int, J: int) -> Any:
        return self.input.inverse(self._signed("product", D, Psi, self.input), B, J)

    def _filter_gradient(self, D: Any, F: Any, K: int, J: int) -> Any:
        DF = self._signed("product", self.workspace.xp.permute_dims(D, (0, 2, 1)), F, self.filter)
        return self.filter.inverse(DF, K, J)

    def _output_blocks(self, d: Any) -> Any:
        return self.output.forward(self._spread(d), "gradient")

    def _signed(self, name: str, a: Any, b: Any, result: Transform) -> Any:
        """The product ``a b`` of all blocks, its columns followed by the negated last part that `result` reads."""
        ws, width = self.workspace, b.shape[-1]
        if result.role == "filter" and not self.spectrum.central:
            return self._complex_product(a, b)
        if result.parts == 1:
            return ws.matmul(name, a, b)
        if not ws.is_numpy:
            product = ws.xp.matmul(a, b)
            return ws.xp.concat([product, -product[..., width // 2 :]], axis=-1)
        buffer = ws.empty(name, (len(a), a.shape[1], 3 * width // 2), a.dtype)

        def work(i: int, j: int) -> None:
            np.matmul(a[i:j], b[i:j], out=buffer[i:j, :, :width])
            np.negative(buffer[i:j, :, width // 2 : width], out=buffer[i:j, :, width:])

        ws.split(work, len(a), buffer.size)
        return buffer

    def _complex_product(self, a: Any, b: Any) -> Any:
        """The rows (Re, Im), (-Im, Re) of a filter's gradient read back as one row (Re, Im, -Im)."""
        xp = self.workspace.xp
        product = xp.matmul(a, b)
        top, bottom = product[:, : a.shape[1] // 2], product[:, a.shape[1] // 2 :]
        half = b.shape[-1] // 2
        real = top[..., :half] + bottom[..., half:]
        imaginary = top[..., half:] - bottom[..., :half]
        return xp.concat([real, imaginary, -imaginary], axis=-1)

    def _starting(self, y: Any) -> Any:
        """Each orientation's outputs from its own start, out of the span of all of them."""
        if self.span == self.problem.output_lattice:
            return y
        xp = self.workspace.xp
        return xp.stack([y[(slice(None), slice(None), s, *self._cells(s))] for s in range(y.shape[2])], axis=2)

    def _spread(self, d: Any) -> Any:
        """The adjoint of `_starting`: zeros where an orientation has no output."""
        if self.span == self.problem.output_lattice:
            return d
        xp = self.workspace.xp
        wide = xp.zeros((*d.shape[:3], *self.span), dtype=d.dtype, device=self.workspace.device_of(d))
        for s in range(d.shape[2]):
            wide[(slice(None), slice(None), s, *self._cells(s))] = d[:, :, s]
        return wide

    def _cells(self, s: int) -> list[slice]:
        return [slice(a, a + n) for a, n in zip(self.shifts[s].tolist(), self.problem.output_lattice, strict=True)]


def _torus(problem: Problem) -> int:
    """The least size of a torus on which the problem's cells do not meet around the back."""
    if problem.boundary == "periodic":
        return problem.lattice[0]
    reach = int(np.abs(problem.turned_offsets).max()) if problem.boundary == "zero" else 0
    return max(problem.lattice) + reach
