"""What an inmate of the zoo is, and how it is entered.

Main definitions
    Layer: a factory with its declaration, and what the truth about it is.
    right, broken: decorators that enter a factory under its own name; the first line of its docstring says what it is.
    RIGHT, BROKEN: all that were entered.

Implementation notes
    Factories of torch layers stand in files with torch in their names. They are run under torch's seed 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

VERDICTS = ("FAILED", "CONVENTION", "NOT_TESTED", "INCONCLUSIVE")
SYMMETRIES = (None, "p1", "p2", "pm", "cm", "pmm", "cmm", "p4", "p4m")
DOMAINS = ("window", "plane", "torus")
CODES = (
    "axis_flipped",
    "axis_transposed",
    "batch_leak",
    "boundary",
    "centre",
    "channel_order",
    "convolution",
    "fibre_omitted",
    "filter_not_transformed",
    "filter_wrongly_transformed",
    "gradient",
    "input_changed",
    "interpolation",
    "leak",
    "nondeterministic",
    "not_linear",
    "orientation_order",
    "padding",
    "position",
    "representation",
    "scale_per_orientation",
    "stride",
    "ties",
    "training_only",
    "unexplained",
    "vacuous",
)

RIGHT: dict[str, Layer] = {}
BROKEN: dict[str, Layer] = {}


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer.

    Attributes:
        name: the factory's.
        framework: "numpy" or "torch".
        about: a line: what it is, or the fault.
        factory: takes nothing, gives the callable or the module.
        declaration: arguments of `gcalc.check_equivariance`.
        verdict, code: what a check must say; None of a right one.
        found: the exact symmetry on the domain; None where it has no name (no plane group, or mixed sizes).
        also: codes that are as true of it as `code`: half a pixel off the centre is one zero more on one side.
        domain: the domain that `found` is of, and that the fault is seen on.
        mended: changes of the declaration under which the layer is right, for a CONVENTION.
        reach: outputs nearer to an edge than this may depend on the boundary; None where all do, or there is no space.
        step: a translation of the input by step[0] pixels is one of the output by step[1].
    """

    name: str
    framework: str
    about: str
    factory: Callable[[], Any]
    declaration: Mapping[str, Any]
    verdict: str | None = None
    found: str | None = None
    code: str | None = None
    also: tuple[str, ...] = ()
    domain: str = "window"
    mended: Mapping[str, Any] = field(default_factory=dict)
    reach: int | None = None
    step: tuple[int, int] = (1, 1)

    def make(self) -> Any:
        """The layer, the same at each call."""
        if self.framework == "numpy":
            return self.factory()
        import torch

        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            return self.factory()


def right(*, domain="window", reach=None, step=(1, 1), **declaration):
    """Enter a layer that is as declared."""
    return _entering(RIGHT, declaration, domain=domain, reach=reach, step=step)


def broken(
    *,
    verdict,
    code,
    also=(),
    found=None,
    domain="window",
    mended=None,
    reach=None,
    step=(1, 1),
    **declaration,
):
    """Enter a layer that is not as declared."""
    truth = {"verdict": verdict, "code": code, "also": also, "found": found, "mended": mended or {}}
    return _entering(BROKEN, declaration, domain=domain, reach=reach, step=step, **truth)


def _entering(zoo, declaration, **truth):
    if truth["domain"] == "torus":
        declaration = {**declaration, "domain": "torus"}

    def enter(factory):
        name = factory.__name__
        if name in RIGHT or name in BROKEN:
            raise ValueError(f"two layers are called {name}")
        framework = "torch" if "torch" in factory.__module__.rpartition(".")[2] else "numpy"
        zoo[name] = Layer(name, framework, factory.__doc__.splitlines()[0], factory, declaration, **truth)
        return factory

    return enter
