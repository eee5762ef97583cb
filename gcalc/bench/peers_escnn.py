"""escnn's R2Conv. This file also runs where gcalc is not installed.

Main definitions
    R2Conv: the layer between regular fields of a point group, in training.

Implementation notes
    Its filters are combinations of a steerable basis, so the case's integer filters cannot be put in: it keeps its own,
    the filter at s = 1 is read from it, and its second gradient is with respect to the combination's coefficients. The
    basis is expanded at every call, as in training, and is smaller than the space of all filters.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import torch

warnings.filterwarnings("ignore", message="`py3nj` package not found", category=UserWarning)
from escnn import gspaces, nn  # noqa: E402 (the warning comes from this import)

SPACES = {
    "p1": gspaces.trivialOnR2,
    "p2": lambda: gspaces.rot2dOnR2(2),
    "p4": lambda: gspaces.rot2dOnR2(4),
    "p4m": lambda: gspaces.flipRot2dOnR2(4),
}


class R2Conv:
    """``R2Conv(field, field, k, padding_mode=…, bias=False)`` and its autograd."""

    exact = True
    note = (
        "filters of its own, combinations of a basis with fewer dimensions than filters have entries; its second "
        "gradient is with respect to the combination's coefficients"
    )

    def __init__(self, case: Any, threads: int) -> None:
        """The layer with as many regular fields as the case has channels."""
        if case.group not in SPACES:
            raise NotImplementedError(f"no space of escnn is entered for {case.group}")
        if case.box % 2 == 0:
            raise NotImplementedError("with an even box its padding changes the size of the output")
        torch.set_num_threads(threads)
        torch.manual_seed(0)
        self.case, self.boundary = case, case.boundary
        self.space = SPACES[case.group]()
        self.field = nn.FieldType(self.space, case.channels * [self.space.regular_repr])
        mode = "zeros" if case.boundary == "zero" else "circular"
        self.layer = nn.R2Conv(
            self.field, self.field, case.box, padding=case.box // 2, padding_mode=mode, bias=False
        )
        flat = (case.batch, -1, case.size, case.size)
        self.f = torch.from_numpy(case.f.reshape(flat)).clone().requires_grad_()
        self.d = torch.from_numpy(case.d.reshape(flat)).clone()

    def forward(self) -> torch.Tensor:
        """The layer's output."""
        y: torch.Tensor = self.layer(nn.GeometricTensor(self.f, self.field)).tensor
        return y

    def run(self, task: str) -> Any:
        """Do the task once."""
        if task == "forward":
            with torch.no_grad():
                return self.forward()
        self.f.grad = self.layer.weights.grad = None
        y: Any = self.forward()
        y.backward(self.d)
        return y

    def results(self) -> dict[str, Any]:
        """The output and the input's gradient of a step, and the filters at s = 1."""
        y = self.run("step").detach().numpy().reshape(self.case.d.shape)
        K, p, k = self.case.channels, len(self.case.matrices), self.case.box
        filters, _ = self.layer.expand_parameters()
        psi = filters.detach().numpy().reshape(K, p, K, p, k, k)[:, 0]
        gradient = self.f.grad
        return {
            "y": y,
            "input_gradient": None if gradient is None else gradient.numpy().reshape(y.shape),
            "filter_gradient": None,
            "psi": np.ascontiguousarray(psi),
        }


PEERS = {"escnn R2Conv": R2Conv}
