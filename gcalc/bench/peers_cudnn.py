"""cuDNN's convolution through PyTorch on the expanded filter, the peer on a device.

Main definitions
    CuDNN: the correlation and both gradients by ``conv2d`` and its autograd, on a filter expanded beforehand.

Implementation notes
    torch computes on the stream on which everything is timed. Its graph is made once; a gradient is asked for alone.
    Whether cuDNN may round to TF32 is set before each clock starts: it is torch's choice for the whole process.
"""

from __future__ import annotations

from typing import Any

import torch

from gcalc.bench.peers_torch import C_ORDER, Conv2d

__all__ = ["CuDNN"]


class CuDNN(Conv2d):
    """``conv2d(padded(f), expanded)``, with the fastest of cuDNN's algorithms; these may divide, so it is not exact."""

    exact = False
    device = "cuda"
    note = "the filter is expanded beforehand, and its gradient is left expanded: the transformation is not counted"

    def __init__(
        self, case: Any, stream: int, tf32: bool = False, memory_format: torch.memory_format = C_ORDER
    ) -> None:
        """Move the case to the device and expand the filter; stream: its address."""
        external: Any = torch.cuda.ExternalStream
        self.stream, self.tf32 = external(stream), tf32
        with torch.cuda.stream(self.stream):
            super().__init__(case, torch.get_num_threads(), memory_format)
            self.expanded = self.filters().detach().requires_grad_()
            self.set()
            self.y = self.convolved(self.expanded)

    def set(self) -> None:
        """Let cuDNN try its algorithms, and round to TF32 or not."""
        torch.backends.cudnn.benchmark = True
        torch.backends.cudnn.allow_tf32 = self.tf32

    def run(self, task: str) -> Any:
        """Do the task once."""
        with torch.cuda.stream(self.stream):
            if task == "forward":
                with torch.no_grad():
                    return self.convolved(self.expanded)
            if task == "step":
                return super().run(task)
            of = {"input gradient": self.f, "filter gradient": self.expanded}[task]
            return torch.autograd.grad(self.y, of, self.d, retain_graph=True)[0]

    def results(self) -> dict[str, Any]:
        """The output and both gradients of a step through the expansion, in the public layout."""
        self.set()
        with torch.cuda.stream(self.stream):
            return super().results()
