"""The interface of the algorithms of planar G-correlation.

Main definitions
    Algorithm: the correlation and its two gradients for one `Problem`, in the public layout.

Implementation notes
    Arrays are validated before they come here: f (B, J, *input_shape), psi (K, J, *filter_shape), d (B, K,
    *output_shape) of one namespace, device and floating dtype. Results are new arrays in the same layout.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from gcalc.fast.problem import Problem
from gcalc.fast.workspace import Workspace

__all__ = ["Algorithm", "gamma"]


def gamma(n: int, u: float) -> float:
    """``γ_n = nu / (1 - nu)``, infinite where ``nu ≥ 1``."""
    return n * u / (1 - n * u) if n * u < 1 else math.inf


class Algorithm(ABC):
    """A way to compute the correlation of a `Problem` and its gradients.

    Attributes:
        name: what it is called in plans, tables and reports.
        exact: whether integers below the significand's bound give the exact integer result.
        modular: whether arrays of int64 are taken, and summed modulo 2^64.
    """

    name: ClassVar[str]
    exact: ClassVar[bool]
    modular: ClassVar[bool] = False

    def __init__(self, problem: Problem, workspace: Workspace) -> None:
        """Precompute the integer tables and small matrices of the problem."""
        self.problem = problem
        self.workspace = workspace

    @classmethod
    @abstractmethod
    def refusal(cls, problem: Problem) -> str | None:
        """Why it cannot compute this problem, or None."""

    @abstractmethod
    def correlate(self, f: Any, psi: Any) -> Any:
        """``y_k(s, x) = sum_j sum_t sum_o f_j(st, x + s·o) psi_j^k(t, o)``, (B, K, *output_shape)."""

    @abstractmethod
    def input_gradient(self, d: Any, psi: Any) -> Any:
        """The adjoint in f: ``<d, f ⋆ psi> = <input_gradient(d, psi), f>``, (B, J, *input_shape)."""

    @abstractmethod
    def filter_gradient(self, d: Any, f: Any) -> Any:
        """The adjoint in psi: ``<d, f ⋆ psi> = <filter_gradient(d, f), psi>``, (K, J, *filter_shape)."""

    def error_bound(self, operator: str, a: float, b: float, sizes: tuple[int, int, int], u: float) -> float:
        """How far a computed value is from the exact one at most, if the arguments' entries are at most a and b.

        The standard model of floating-point arithmetic: n terms in any order err by at most ``γ_n·Σ|terms|`` with
        ``γ_n = nu / (1 - nu)`` (N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2002, chapter 3).

        Args:
            operator: "correlate", "input_gradient" or "filter_gradient".
            a: a bound of the first argument's entries.
            b: a bound of the second argument's entries.
            sizes: (B, J, K).
            u: the unit roundoff, half the spacing of floats at 1.
        """
        n = self.terms(operator, *sizes)
        return gamma(n, u) * n * a * b

    def terms(self, operator: str, B: int, J: int, K: int) -> int:
        """How many products one value of an operator sums at most."""
        problem = self.problem
        if operator == "correlate":
            return J * math.prod(problem.filter_shape)
        if operator == "input_gradient":
            return K * problem.P.order * math.prod(problem.box)
        return B * math.prod(problem.output_shape)

    def forward(self, f: Any, psi: Any) -> Any:
        """The correlation, keeping in the workspace what `backward` can use again."""
        return self.correlate(f, psi)

    def backward(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """Both gradients, straight after `forward` of the same f and psi."""
        return self.input_gradient(d, psi), self.filter_gradient(d, f)
