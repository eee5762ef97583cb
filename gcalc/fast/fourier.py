"""Correlation in the frequency domain of (Z/N)^d ⋊ P: products of real matrices, and filters stay unexpanded.

Main definitions
    Fourier: ``Y = F Ψ†``, ``dL/dF = D Ψ`` and ``dL/dΨ = D† F``, block by block (see `spectrum`).

References:
    G. B. Folland, *A Course in Abstract Harmonic Analysis*, chapter 6: representations of T ⋊ P induced from orbits.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gcalc.fast.algorithm import Algorithm, gamma
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
        return self._gradients(d, None, psi, d.shape[0], psi.shape[1])[0]

    def filter_gradient(self, d: Any, f: Any) -> Any:
        """DL/dΨ = D† F."""
        return self._gradients(d, f, None, d.shape[0], f.shape[1])[1]

    def forward(self, f: Any, psi: Any) -> Any:
        """Y = F Ψ†, keeping F and Ψ."""
        ws, (B, J), K = self.workspace, f.shape[:2], psi.shape[0]
        f_hat, psi_hat = self.input.frequencies(f), self.filter.frequencies(psi)
        F, Psi = self.input.blocks(B, J, "F", f), self.filter.blocks(K, J, "Psi", psi)
        Y = self.output.product(B, K, "Y", f)

        def work(i: int, j: int) -> None:
            F_i = self.input.gather(f_hat, B, F, i, j)
            Psi_i = self.filter.gather(psi_hat, K, Psi, i, j)
            self._multiply(F_i, ws.xp.permute_dims(Psi_i, (0, 2, 1)), Y[i:j, ...])

        ws.split(work, len(self.spectrum.orbits), self._entries(F, Psi, Y), cached=True)
        self._kept = F, Psi
        return self._starting(self.output.inverse(Y, B, K))

    def backward(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """Both gradients from the F and Ψ that `forward` kept."""
        return self._gradients(d, f, psi, d.shape[0], f.shape[1])

    def error_bound(self, operator: str, a: float, b: float, sizes: tuple[int, int, int], u: float) -> float:
        """``γ`` of all roundings of a value, times the sum of its terms' sizes: two transforms, a product, and back."""
        B, J, K = sizes
        classes = len(self.spectrum.classes)
        first, second, back, inner = {
            "correlate": (
                self.input,
                self.filter,
                self.output,
                self.input.layout.columns * self.input.classes * J,
            ),
            "input_gradient": (self.output, self.filter, self.input, 2 * classes * K),
            "filter_gradient": (self.output, self.input, self.filter, 2 * classes * B),
        }[operator]
        roundings = first.growth[0] + second.growth[0] + back.inverse_growth[0] + inner + 1
        size = first.growth[1] * second.growth[1] * back.inverse_growth[1] * 2 * inner
        return gamma(roundings, u) * size * a * b

    def _gradients(self, d: Any, f: Any, psi: Any, B: int, J: int) -> tuple[Any, Any]:
        """The gradients in f, if psi is given, and in psi, if f is; kept blocks are used if both are."""
        ws, K = self.workspace, d.shape[1]
        d_hat = self.output.frequencies(self._spread(d))
        D = self.output.blocks(B, K, "D", d)
        F, Psi = (
            self._kept
            if f is not None and psi is not None and self._kept
            else (self._input_blocks(f), self._filter_blocks(psi))
        )
        DPsi = None if psi is None else self.input.product(B, J, "DPsi", d)
        DF = None if f is None else self.filter.product(K, J, "DF", d)

        def work(i: int, j: int) -> None:
            D_i = self.output.gather(d_hat, B, D, i, j)
            if DPsi is not None:
                self._multiply(D_i, Psi[i:j, ...], DPsi[i:j, ...])
            if DF is not None:
                self._multiply_filter(ws.xp.permute_dims(D_i, (0, 2, 1)), F[i:j, ...], DF[i:j, ...])

        ws.split(work, len(self.spectrum.orbits), self._entries(D, F, Psi, DPsi, DF), cached=True)
        return (
            None if DPsi is None else self.input.inverse(DPsi, B, J),
            None if DF is None else self.filter.inverse(DF, K, J),
        )

    def _input_blocks(self, f: Any) -> Any:
        return None if f is None else self._blocks(self.input, f, "F")

    def _filter_blocks(self, psi: Any) -> Any:
        return None if psi is None else self._blocks(self.filter, psi, "Psi")

    def _blocks(self, transform: Transform, x: Any, name: str) -> Any:
        frequencies = transform.frequencies(x)
        result = transform.blocks(x.shape[0], x.shape[1], name, x)
        n = len(self.spectrum.orbits)
        self.workspace.split(
            lambda i, j: transform.gather(frequencies, x.shape[0], result, i, j), n, self._entries(result)
        )
        return result

    def _entries(self, *arrays: Any) -> int:
        return sum(math.prod(a.shape) for a in arrays if a is not None)

    def _multiply(self, a: Any, b: Any, out: Any) -> None:
        """The product ``a b`` of blocks, followed by its second half negated where `out` has a third part."""
        width = b.shape[-1]
        self.workspace.into(out[..., :width], "matmul", a, b)
        if out.shape[-1] > width:
            self.workspace.into(out[..., width:], "negative", out[..., width // 2 : width])

    def _multiply_filter(self, a: Any, b: Any, out: Any) -> None:
        """The product for a filter's gradient; rows (Re, Im), (-Im, Re) are read back as one row (Re, Im, -Im)."""
        if self.spectrum.central:
            self._multiply(a, b, out)
            return
        product = self.workspace.xp.matmul(a, b)
        rows, half = a.shape[1] // 2, b.shape[-1] // 2
        top, bottom = product[:, :rows, :], product[:, rows:, :]
        out[..., :half] = top[..., :half] + bottom[..., half:]
        out[..., half : 2 * half] = top[..., half:] - bottom[..., :half]
        out[..., 2 * half :] = bottom[..., :half] - top[..., half:]

    def _starting(self, y: Any) -> Any:
        """Each orientation's outputs from its own start, out of the span of all of them."""
        if self.span == self.problem.output_lattice:
            return y
        xp = self.workspace.xp
        return xp.stack(
            [y[(slice(None), slice(None), s, *self._cells(s))] for s in range(y.shape[2])], axis=2
        )

    def _spread(self, d: Any) -> Any:
        """The adjoint of `_starting`: zeros where an orientation has no output."""
        if self.span == self.problem.output_lattice:
            return d
        wide = self.workspace.new((*d.shape[:3], *self.span), d)
        wide[...] = 0
        for s in range(d.shape[2]):
            wide[(slice(None), slice(None), s, *self._cells(s))] = d[:, :, s, ...]
        return wide

    def _cells(self, s: int) -> list[slice]:
        return [
            slice(a, a + n) for a, n in zip(self.shifts[s].tolist(), self.problem.output_lattice, strict=True)
        ]


def _torus(problem: Problem) -> int:
    """The least size of a torus on which the problem's cells do not meet around the back."""
    if problem.boundary == "periodic":
        return problem.lattice[0]
    reach = int(np.abs(problem.turned_offsets).max()) if problem.boundary == "zero" else 0
    return max(problem.lattice) + reach
