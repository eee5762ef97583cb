"""What a test starts in place of the worker: its own loop, with peers made by NumPy in the place of torch's."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np

from gcalc.bench import worker


class Sums:
    """The correlation as gathers, once for each orientation s and offset o; periodic."""

    exact = True
    boundary = "periodic"
    note = "made for a test"

    def __init__(self, case, threads):
        if case.group == "p1":
            raise NotImplementedError("not p1")
        self.case, self.threads = case, threads
        if case.group == "p2":
            print("a library that prints")

    def run(self, task):
        if self.case.size == 6:
            raise ValueError("odd")
        return self.results()

    def results(self):
        c, k = self.case, self.case.box
        p = len(c.matrices)
        bank = c.psi.reshape(*c.psi.shape[:2], -1)[:, :, c.index.reshape(p, p, k, k)]
        y, df, bank_gradient = np.zeros_like(c.d), np.zeros_like(c.f), np.zeros_like(bank)
        for u in range(k):
            for v in range(k):
                shift = (k // 2 - u, k // 2 - v)
                moved = np.roll(c.f, shift, axis=(-2, -1))
                tap = bank[..., u, v]
                y += np.einsum("kjst,bjtxy->bksxy", tap, moved)
                back = np.einsum("kjst,bksxy->bjtxy", tap, c.d)
                df += np.roll(back, (-shift[0], -shift[1]), axis=(-2, -1))
                bank_gradient[..., u, v] = np.einsum("bksxy,bjtxy->kjst", c.d, moved)
        dpsi = np.zeros((*c.psi.shape[:2], c.psi[0, 0].size), dtype=c.psi.dtype)
        for s in range(p):
            dpsi[:, :, c.index[s]] += bank_gradient[:, :, s].reshape(*c.psi.shape[:2], -1)
        return {"y": y, "input_gradient": df, "filter_gradient": dpsi.reshape(c.psi.shape)}


def load(name):
    """torch's peers are these; escnn is absent."""
    if name == "peers_escnn":
        raise ImportError("no escnn")
    return SimpleNamespace(PEERS={"torch": Sums})


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1].endswith("worker.py"):
        worker.load = load
        worker.main()
