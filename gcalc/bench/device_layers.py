"""Who takes part on a device: gcalc's algorithms on CuPy's arrays, and cuDNN.

Main definitions
    Kernels: one algorithm on CuPy's arrays, by a plan as a user makes it.
    entries: every algorithm, the CUDA kernels among them, and cuDNN in either memory format, TF32 off and on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gcalc.bench.contestant import AbsentError, Contestant, Entry
from gcalc.bench.device import OnDevice, torch_with_cuda
from gcalc.bench.ours import Fast
from gcalc.bench.peers import Local
from gcalc.bench.shape import Case
from gcalc.fast.plans import ALGORITHMS, ON_CUPY

__all__ = ["FAMILIES", "TASKS", "Kernels", "Peer", "entries"]

TASKS = ("forward", "input gradient", "filter gradient")
FAMILIES = {
    "cuDNN": ("cuDNN", "cuDNN channels_last"),
    "cuDNN TF32": ("cuDNN TF32", "cuDNN TF32 channels_last"),
}
"""A ratio is to the fastest of a family."""


class Kernels(OnDevice, Fast):
    """One algorithm on CuPy's arrays."""

    def __init__(self, case: Case, algorithm: str, cupy: Any) -> None:
        """Make the plan and move the arrays."""
        super().__init__(case, algorithm)
        self.cupy = cupy
        self.f, self.psi, self.d = (cupy.asarray(array) for array in (case.f, case.psi, case.d))

    def computed(self) -> Sequence[Any]:
        """What is timed, task by task, as arrays of NumPy."""
        return [self.cupy.asnumpy(self.run(task)) for task in TASKS]


class Peer(OnDevice, Local):
    """cuDNN, on the same stream."""

    def __init__(self, peer: Any, cupy: Any) -> None:
        """Take the peer, which is ready."""
        super().__init__(peer)
        self.cupy = cupy

    def seconds(self, task: str, calls: int) -> float:
        """The time of one call, after torch has been told whether it may round to TF32."""
        self.peer.set()
        return super().seconds(task, calls)


def entries(cupy: Any, stream: Any) -> list[Entry[Case]]:
    """Ours and cuDNN's, the latter absent where there is no torch with CUDA."""
    ours = [Entry(name, "gcalc", _kernels(name, cupy)) for name in (*ALGORITHMS, *ON_CUPY)]
    return ours + [
        Entry(name, "peer", _cudnn(name, cupy, stream)) for names in FAMILIES.values() for name in names
    ]


def _kernels(name: str, cupy: Any) -> Callable[[Case, int], Contestant]:
    return lambda case, threads: Kernels(case, name, cupy)


def _cudnn(name: str, cupy: Any, stream: Any) -> Callable[[Case, int], Contestant]:
    def prepare(case: Case, threads: int) -> Contestant:
        torch = torch_with_cuda()
        if torch is None:
            raise AbsentError(
                "there is no torch with CUDA; install the extra bench with a torch built for CUDA"
            )
        from gcalc.bench.peers_cudnn import CuDNN

        memory_format = torch.channels_last if name.endswith("channels_last") else torch.contiguous_format
        try:
            return Peer(CuDNN(case, stream.ptr, "TF32" in name, memory_format), cupy)
        except NotImplementedError as why:
            raise AbsentError(str(why)) from why

    return prepare
