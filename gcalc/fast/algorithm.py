"""The interface of the algorithms of planar G-correlation.

Main definitions
    Algorithm: the correlation and its two gradients for one `Problem`, in the public layout.

Implementation notes
    Arrays are validated before they come here: f (B, J, *input_shape), psi (K, J, *filter_shape), d (B, K,
    *output_shape) of one namespace, device and floating dtype. Results are new arrays in the same layout.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from gcalc.fast.problem import Problem
from gcalc.fast.workspace import Workspace

__all__ = ["Algorithm"]


class Algorithm(ABC):
    """A way to compute the correlation of a `Problem` and its gradients.

    Attributes:
        name: what it is called in plans, tables and reports.
        exact: whether integers below the significand's bound give the exact integer result.
    """

    name: ClassVar[str]
    exact: ClassVar[bool]

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

    def forward(self, f: Any, psi: Any) -> Any:
        """The correlation, keeping in the workspace what `backward` can use again."""
        return self.correlate(f, psi)

    def backward(self, d: Any, f: Any, psi: Any) -> tuple[Any, Any]:
        """Both gradients, straight after `forward` of the same f and psi."""
        return self.input_gradient(d, psi), self.filter_gradient(d, f)
