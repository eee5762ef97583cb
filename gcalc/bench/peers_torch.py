"""Peers in PyTorch: conv2d on the expanded filter, and GrouPy's way. This file also runs where gcalc is not installed.

Main definitions
    Conv2d: index, circular padding, conv2d, autograd, in contiguous memory or channels_last.
    GrouPyLike: the training step of the torch fork of GrouPy.

Implementation notes
    The expanded filter has the entry ``psi[k, j, s⁻¹t, s⁻¹z]`` at ``[(k, s), (j, t), z]``. Tensors are converted to
    the peer's memory format and order before the clock starts and after it stops, to the peer's advantage. Filters are
    taken by ``index_select``, several times faster there and back than indexing by an array. ``pad`` returns contiguous
    memory whatever it is given, and its gradient is slow: so padding by ``cat`` takes part too.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import torch
from torch.nn.functional import conv2d, pad

C_ORDER = torch.contiguous_format


class _Peer:
    """A layer with its tensors f, psi and d; a subclass has them and ``forward``."""

    f: Any
    psi: Any
    d: Any

    exact = True
    boundary = "periodic"
    note = ""
    device = "cpu"

    def __init__(self, case: Any, threads: int, memory_format: torch.memory_format = C_ORDER) -> None:
        if case.index is None:
            raise NotImplementedError(f"the turned box of {case.group} is another box")
        torch.set_num_threads(threads)
        self.case, self.memory_format = case, memory_format
        self.K, self.order, self.k = case.channels, len(case.matrices), case.box
        self.flat = (case.batch, self.K * self.order, case.size, case.size)
        self.index = torch.from_numpy(np.ascontiguousarray(case.index)).to(self.device)

    def tensor(self, array: Any, memory_format: torch.memory_format = C_ORDER) -> torch.Tensor:
        """The array on the device, in the memory format."""
        tensor = torch.from_numpy(np.ascontiguousarray(array)).to(self.device)
        return tensor.contiguous(memory_format=memory_format)

    def forward(self) -> Any:
        """The correlation."""
        raise NotImplementedError("a subclass has it")

    def run(self, task: str) -> Any:
        """Do the task once."""
        if task == "forward":
            with torch.no_grad():
                return self.forward()
        self.f.grad = self.psi.grad = None
        y = self.forward()
        y.backward(self.d)
        return y


class Conv2d(_Peer):
    """``conv2d(padded(f), psi.index_select(turned))`` and its autograd."""

    def __init__(
        self, case: Any, threads: int, memory_format: torch.memory_format = C_ORDER, by_cat: bool = False
    ) -> None:
        super().__init__(case, threads, memory_format)
        self.boundary = case.boundary
        if case.boundary == "zero" and by_cat:
            raise NotImplementedError(
                "with zeros outside nothing is concatenated: it would be the same as torch"
            )
        if case.boundary == "zero" and case.box % 2 == 0:
            raise NotImplementedError("with an even box zero padding changes the size of the output")
        self.f = self.tensor(case.f.reshape(self.flat), memory_format).requires_grad_()
        self.d = self.tensor(case.d.reshape(self.flat), memory_format)
        self.psi = torch.from_numpy(case.psi.copy()).to(self.device).requires_grad_()
        self.turned = self.index.reshape(-1)
        before = self.k // 2
        self.reach = (before, self.k - 1 - before)
        self.by_cat = by_cat

    def padded(self) -> Any:
        """The input continued around its edges, by ``pad``, or by ``cat``, which keeps the memory format."""
        if not self.by_cat:
            return pad(self.f, self.reach * 2, mode="circular")
        before, after = self.reach
        f = self.f
        for axis in (-1, -2):
            n = f.shape[axis]
            f = torch.cat([f.narrow(axis, n - before, before), f, f.narrow(axis, 0, after)], axis)
        return f

    def filters(self) -> Any:
        """The expanded filter, (K|P|, K|P|, k, k), in the memory format of the input."""
        K, p, k = self.K, self.order, self.k
        turned = self.psi.reshape(K * K, -1).index_select(1, self.turned).reshape(K, K, p, p, k, k)
        if self.memory_format == C_ORDER:
            return turned.transpose(1, 2).reshape(K * p, K * p, k, k)
        return turned.permute(0, 2, 4, 5, 1, 3).reshape(K * p, k, k, K * p).permute(0, 3, 1, 2)

    def convolved(self, filters: Any) -> Any:
        """The correlation with the expanded filter."""
        if self.boundary == "zero":
            return conv2d(self.f, filters, padding=self.k // 2)
        return conv2d(self.padded(), filters)

    def forward(self) -> Any:
        """The correlation."""
        return self.convolved(self.filters())

    def results(self) -> dict[str, Any]:
        """The output and both gradients of a step, in the public layout."""
        y = self.run("step").detach()
        shape = self.case.d.shape
        return {
            "y": y.contiguous().cpu().numpy().reshape(shape),
            "input_gradient": self.f.grad.contiguous().cpu().numpy().reshape(shape),
            "filter_gradient": self.psi.grad.cpu().numpy().copy(),
        }


class GrouPyLike(_Peer):
    """GrouPy's layer: filters indexed by lists at every call, zero padding, P in GrouPy's order, contiguous."""

    boundary = "zero"
    note = (
        "zero padding, also where the others are periodic; filters by advanced indexing, whose gradient is a "
        "scatter-add; P in GrouPy's order"
    )

    def __init__(self, case: Any, threads: int) -> None:
        super().__init__(case, threads)
        if case.box % 2 == 0:
            raise NotImplementedError("with an even box zero padding changes the size of the output")
        self.to_ours = self.orders(case)
        theirs = np.argsort(self.to_ours)  # the place, in GrouPy's order, of our element
        k, p = self.k, self.order
        u, v = np.divmod(case.index.reshape(p, p, k, k) % (k * k), k)
        t = theirs[case.index.reshape(p, p, k, k) // (k * k)]
        order = np.ix_(self.to_ours, self.to_ours)
        self.inds = np.stack([t, u, v], axis=-1)[order]
        take = self.to_ours
        self.f = self.tensor(case.f[:, :, take]).requires_grad_()
        self.d = self.tensor(case.d[:, :, take])
        self.psi = self.tensor(case.psi[:, :, take]).requires_grad_()

    @staticmethod
    def orders(case: Any) -> Any:
        """For each of GrouPy's elements our index: r^k for p4; index 4m + k is flipud∘r^k for p4m."""
        if case.group not in ("p4", "p4m"):
            raise NotImplementedError(f"GrouPy has p4 and p4m, not {case.group}")
        r, flip = np.array([[0, -1], [1, 0]]), np.array([[-1, 0], [0, 1]])
        place = {M.tobytes(): i for i, M in enumerate(np.asarray(case.matrices, dtype=np.int64))}
        powers = [np.linalg.matrix_power(r, k) for k in range(4)]
        elements = [*powers, *(flip @ M for M in powers)][: len(case.matrices)]
        return np.array([place[np.ascontiguousarray(M, dtype=np.int64).tobytes()] for M in elements])

    def forward(self) -> Any:
        """The correlation."""
        K, p, k = self.K, self.order, self.k
        t, u, v = (self.inds.reshape(-1, 3)[:, i].tolist() for i in range(3))
        turned = self.psi[:, :, t, u, v].view(K, K, p, p, k, k).permute(0, 2, 1, 3, 4, 5).contiguous()
        return conv2d(self.f.view(self.flat), turned.view(K * p, K * p, k, k), padding=k // 2).view_as(self.d)

    def results(self) -> dict[str, Any]:
        """The output and both gradients of a step, in the public layout."""
        y = self.run("step").detach()
        back = np.argsort(self.to_ours)
        return {
            "y": y.numpy()[:, :, back],
            "input_gradient": self.f.grad.numpy()[:, :, back],
            "filter_gradient": self.psi.grad.numpy()[:, :, back],
        }


PEERS = {
    "torch": Conv2d,
    "torch channels_last": partial(Conv2d, memory_format=torch.channels_last),
    "torch cat": partial(Conv2d, by_cat=True),
    "torch cat channels_last": partial(Conv2d, memory_format=torch.channels_last, by_cat=True),
    "GrouPy-like": GrouPyLike,
}
