"""The gradient of filter transformation on a device, gathered and scattered, beside a copy of as many bytes.

Main definitions
    entries: a copy, and the two forms that are CUDA kernels.
    judge: all entries of the gradient by their sums, and whether the gather has the same bits in every run.
    bandwidth: the bytes that are moved in a second, and how much of the copy's that is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gcalc.bench import forms
from gcalc.bench.contestant import Contestant, Entry
from gcalc.bench.definition import Judgement
from gcalc.bench.device import OnDevice
from gcalc.bench.race import Row
from gcalc.bench.shape import Shape

__all__ = ["FORMS", "FORMS_QUICK", "TASKS", "bandwidth", "entries", "judge"]

TASKS = ("transformation's gradient",)
FORMS = tuple(Shape(1, channels, group, 28, 3) for channels, group in ((1024, "p4"), (512, "p4m")))
"""600 MB each, more than any device's cache."""
FORMS_QUICK = (Shape(1, 3, "p4m", 8, 3),)
RUNS = 5
"""So often the gradient is made to see whether its bits stay."""
SAME, OTHER = f"the same bits in {RUNS} runs", f"not the same bits in {RUNS} runs"


class Copy(OnDevice):
    """The same bytes copied."""

    def __init__(self, data: forms.Layer, cupy: Any) -> None:
        """Move d, and make a place for the copy."""
        self.cupy, self.d = cupy, cupy.asarray(data.d)
        self.other = cupy.empty_like(self.d)

    def run(self, task: str) -> Any:
        """Copy."""
        self.cupy.copyto(self.other, self.d)
        return self.other

    def results(self) -> Any:
        """The copy."""
        return self.cupy.asnumpy(self.run(TASKS[0]))


class Form(OnDevice, forms.Form):
    """One form on CuPy's arrays; its note says whether it has the same bits in every run."""

    def __init__(self, data: forms.Layer, form: str, cupy: Any) -> None:
        """Move d."""
        super().__init__(data, 1, "CuPy", form)
        self.cupy, self.d = cupy, cupy.asarray(data.d)
        self.note = SAME if self._is_fixed() else OTHER

    def results(self) -> Any:
        """The gradient as an array of NumPy."""
        return self.cupy.asnumpy(self.run(TASKS[0]))

    def _is_fixed(self) -> bool:
        """Whether every run gives the same bits, on numbers whose sums are rounded."""
        integers, self.d = self.d, self.d / 3
        runs = [self.run(TASKS[0]) for _ in range(RUNS)]
        self.d = integers
        return all(bool((run == runs[0]).all()) for run in runs)


def entries(cupy: Any) -> list[Entry[forms.Layer]]:
    """The copy and both forms."""
    made = [Entry(form, "gcalc", _prepare(form, cupy)) for form in ("gather", "scatter")]
    return [Entry("copy", "peer", lambda data, threads: Copy(data, cupy)), *made]


def _prepare(form: str, cupy: Any) -> Callable[[forms.Layer, int], Contestant]:
    return lambda data, threads: Form(data, form, cupy)


def judge(
    data: forms.Layer, contestants: Mapping[str, Contestant], results: Mapping[str, Any]
) -> dict[str, Judgement]:
    """The verdict on each: the copy is d, the gradient is its sum, and the gather's bits are always the same."""
    found = forms.judge(data, contestants, {name: a for name, a in results.items() if name != "copy"})
    if "copy" in results:
        is_same = bool((results["copy"] == data.d).all())
        found["copy"] = Judgement("EXACT") if is_same else Judgement("FAILED", "the copy is another array")
    if "gather" in results and contestants["gather"].note != SAME:
        found["gather"] = Judgement("FAILED", contestants["gather"].note)
    return found


def bandwidth(data: forms.Layer, rows: Sequence[Row]) -> dict[str, Any]:
    """The bytes that each moves in a second, in GB/s, those of a form as a part of the copy's, and whose bits stay.

    A copy reads and writes every byte of d; a form reads them, and writes a |P|-th of them.
    """
    moved = {"copy": 2.0} | dict.fromkeys(("gather", "scatter"), 1 + 1 / data.shape.order)
    rates = {r.name: moved[r.name] * data.d.nbytes / r.median(TASKS[0]) / 1e9 for r in rows if r.seconds}
    return {
        "bytes": data.d.nbytes,
        "GB/s": rates,
        "of the copy": {
            n: rate / rates["copy"] for n, rate in rates.items() if n != "copy" and "copy" in rates
        },
        "same bits in every run": {r.name: r.note == SAME for r in rows if r.note},
    }
