"""Layers written in torch: modules, and functions of tensors."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any, Self

import numpy as np
import torch

from gcalc.check.targets import torch_copies, torch_gradients
from gcalc.check.targets.base import (
    Array,
    Arrays,
    Gradients,
    Initialise,
    Stage,
    Target,
    Trace,
    numbers,
    refuse,
)
from gcalc.check.targets.ledger import Ledger
from gcalc.check.targets.randomness import own_randomness
from gcalc.check.targets.torch_functions import Function, as_module, compiled
from gcalc.check.targets.torch_noise import Noise
from gcalc.check.targets.torch_trace import watching
from gcalc.check.targets.torch_widening import Widening
from gcalc.errors import ExactnessError, TargetError

__all__ = ["TorchTarget"]

WIDE = torch.float64
SMALL = 1 << 18
"""Inputs of fewer numbers are run by one thread: several wait for each other, ten times as long as they compute."""


class TorchTarget(Target):
    """A copy of a module, or of a function of tensors; inputs are brought to the device of its parameters.

    The type is that of its first floating-point parameter or buffer, else torch's default.
    """

    framework = "torch"

    def __init__(self, layer: Any, name: str | None = None) -> None:
        module = as_module(layer)
        self.name = str(name or getattr(layer, "__name__", type(layer).__name__))
        self.compiled = compiled(module)
        self.calls = 0
        self.narrow: Any = None  # the module in its own type, in a widened copy
        self.stored: dict[str, Any] = {}  # the types its constants had, in a widened copy
        self._take(torch_copies.copied(module, self.name))
        self._given = torch_copies.Given(module, self.module)

    def _take(self, module: Any) -> None:
        """This module, which is ours, is what is called from now on."""
        self.module = module
        tensors = [*module.parameters(), *module.buffers()]
        kinds = [one.dtype for one in tensors if one.is_floating_point()]
        self.kind = kinds[0] if kinds else torch.get_default_dtype()
        self.device = tensors[0].device if tensors else torch.device("cpu")
        if self.device.type == "meta":
            raise TargetError(f"{self.name} lies on the device meta, which holds no numbers; load it first")
        self.dtype = str(self.kind).removeprefix("torch.")
        self._wide: Any = None  # made at the first lattice run

    def _with(self, change: Callable[[Any], None]) -> Self:
        """A copy whose module is changed in training mode."""
        other = copy.copy(self)
        other.module = torch_copies.changed(torch_copies.copied(self.module, self.name), change)
        other._wide = None
        return other

    # ---- calls

    def __call__(self, *arrays: Array) -> Arrays:
        """The outputs, flattened, in evaluation mode without gradients."""
        return self._call(arrays, nullcontext)

    def _call(self, arrays: Sequence[Array], context: Callable[[], Any]) -> Arrays:
        """The outputs of a run within a context. A widened module that cannot run so is replaced by the narrow one."""
        if self.narrow is not None:
            reason = ""
            try:
                outputs = self._once(arrays, context)
                reason = next(
                    (f"returns {a.dtype}" for a in outputs if a.dtype.kind == "f" and a.dtype != "f8"), ""
                )
            except TargetError:
                raise
            except Exception as error:
                first = (str(error).splitlines() or [""])[0]
                reason = f"raises {type(error).__name__}: {first}"
            if not reason:
                return outputs
            self._fall_back(f"{self.name} {reason} where its parameters and inputs are float64")
        try:
            return self._once(arrays, context)
        except TargetError:
            raise
        except Exception as error:
            refuse(self.name, error, self._shown(arrays))

    def _once(self, arrays: Sequence[Array], context: Callable[[], Any]) -> Arrays:
        tensors = [self._tensor(array) for array in arrays]
        given = [(one.clone(), one._version) for one in tensors]
        before = self._given.versions()
        with self._running(arrays), torch.no_grad(), context():
            try:
                result = self.module(*self._dressed(tensors))
            except SystemExit as error:
                refuse(self.name, error, self._shown(arrays))
        outputs = self._outputs(result)
        self._given.keep(before, self.name)
        self.changed_input |= any(_changed(one, *was) for one, was in zip(tensors, given, strict=True))
        return outputs

    def _dressed(self, tensors: Sequence[Any]) -> tuple[Any, ...]:
        """The module's arguments, where an adapter gives tensors a type."""
        return tuple(tensors)

    def _tensor(self, array: Array) -> Any:
        """A fresh tensor: floating-point and complex numbers in the layer's type, others as they are."""
        tensor = torch.from_numpy(np.array(array)).to(self.device)
        if tensor.is_complex():
            return tensor.to(torch.complex128 if self.kind is WIDE else torch.complex64)
        return tensor.to(self.kind) if tensor.is_floating_point() else tensor

    def _outputs(self, result: Any) -> Arrays:
        leaves = torch_gradients.tensors_of(result, self.name)
        self.output_names = tuple(name for name, _ in leaves)
        return tuple(as_array(one) for _, one in leaves)

    def _shown(self, arrays: Sequence[Array]) -> list[Array]:
        return [as_array(self._tensor(array)) for array in arrays]

    @contextmanager
    def _running(self, arrays: Sequence[Array]) -> Iterator[None]:
        """Random numbers of its own for every call, the user's untouched; new tensors are wide in a widened module."""
        self.calls += 1
        on_cuda = self.device.type == "cuda"
        with own_randomness(self.calls), torch.random.fork_rng([self.device] if on_cuda else []):
            torch.default_generator.manual_seed(self.calls)
            if on_cuda:
                torch.cuda.manual_seed(self.calls)
            with self._settings(sum(one.size for one in arrays)):
                yield

    @contextmanager
    def _settings(self, size: int) -> Iterator[None]:
        """torch's default type and number of threads for a run; afterwards they are what they were."""
        default, threads, is_wide = (
            torch.get_default_dtype(),
            torch.get_num_threads(),
            self.narrow is not None,
        )
        torch.set_default_dtype(WIDE if is_wide else default)
        torch.set_num_threads(1 if size < SMALL else threads)
        try:
            with Widening() if is_wide else nullcontext():
                yield
        finally:
            torch.set_default_dtype(default)
            torch.set_num_threads(threads)

    # ---- copies

    def copy(self) -> Self:
        """A deep copy."""
        return self._with(lambda _: None)

    def wide(self) -> Self:
        """A float64 copy, attributes that are tensors included; itself if it is one."""
        if self.kind is WIDE or self.wide_reason:
            return self
        stored: dict[str, Any] = {}

        def widen(module: Any) -> None:
            stored.update({name: one.dtype for name, one in torch_copies.constants(module).items()})
            torch_copies.widened(module)

        other = self._with(widen)
        other.narrow, other.stored, other.kind, other.dtype = self.module, stored, WIDE, "float64"
        return other

    def _fall_back(self, reason: str) -> None:
        """Run in the layer's own type from now on, with the parameters and buffers of now."""
        module, narrow = self.module, torch_copies.copied(self.narrow, self.name)
        values = dict(module.named_parameters()) | dict(module.named_buffers())

        def carry(to: Any) -> None:
            for name, one in [*to.named_parameters(), *to.named_buffers()]:
                if name in values and values[name].shape == one.shape:
                    one.copy_(values[name])

        self.narrow, self.wide_reason, self.stored = None, reason, {}
        self._take(torch_copies.changed(narrow, carry))

    @property
    def parameters(self) -> dict[str, Array]:
        """Copies of the trainable parameters by name."""
        return {name: as_array(one) for name, one in torch_copies.trainable(self.module).items()}

    def with_parameters(self, values: Mapping[str, Array]) -> Self:
        """A copy with these parameters, the others kept."""
        return self._with(lambda module: torch_copies.put(module, values))

    def random(self, seed: int) -> Self:
        """A copy with new parameters and running statistics."""
        return self._with(lambda module: torch_copies.fill_in(module, seed))

    def initialised(self, initialise: Initialise, seed: int) -> Self:
        """A copy that was initialised by the user, in training mode."""
        found: list[Any] = []
        other = self._with(lambda module: found.append(initialise(module, partial(torch_copies.drawn, seed))))
        if found[0] is not None:
            other.module = torch_copies.copied(as_module(found[0]), self.name)
        return other

    def perturbed(self, seed: int, *, constants: bool) -> Self:
        """A copy moved by one unit in the last place."""
        stored = {name: one for name, one in self.stored.items() if one != WIDE} if constants else {}
        return self._with(lambda module: torch_copies.perturb(module, seed, stored))

    # ---- what a run is made of

    def traced(self, *arrays: Array) -> Trace:
        """One run, watched operation by operation."""
        ledger = Ledger()
        if self.compiled:
            ledger.unknown(self.compiled)
            return ledger.trace(self(*arrays))
        try:
            outputs = self._call(arrays, lambda: watching(ledger))
        except TargetError as error:  # it may only object to being watched
            outputs = self(*arrays)
            ledger.unwatched(error)
        return ledger.trace(outputs)

    def lattice(self, bits: int, *arrays: Array) -> Arrays:
        """The outputs in float64 with rounded operands."""
        if self._wide is None:
            self._wide = self.wide()
        wide, ledger = self._wide, Ledger(bits)
        outputs: Arrays = wide._call(arrays, lambda: watching(ledger))
        reason = wide.wide_reason or ledger.beyond
        if reason:
            raise ExactnessError(f"{self.name} has no run on multiples of 2^-{bits}: {reason}")
        return outputs

    def noisy(self, seed: int, *arrays: Array) -> Arrays | None:
        """The outputs where every operation rounds otherwise; None of compiled layers."""
        if self.compiled:
            return None
        try:
            return self._call(arrays, lambda: Noise(seed))
        except TargetError:  # it may only object to being watched
            return None

    def training(self, *arrays: Array) -> Arrays | None:
        """One call of a copy in training mode; None for a function that holds no module."""
        if isinstance(self.module, Function) and not self.module.places:
            return None
        other = self.copy()
        other.module.train()
        return other(*arrays)

    def vjp(self, arrays: Sequence[Array], cotangents: Sequence[Array]) -> Gradients | None:
        """The cotangents pulled back; None where autograd has no way."""
        with self._running(arrays):
            tensors = [self._tensor(array) for array in arrays]
            given = [self._tensor(one) for one in cotangents]
            return torch_gradients.vjp(self.module, tensors, given, self._dressed)

    def jvp(
        self, arrays: Sequence[Array], tangents: Sequence[Array], of: Mapping[str, Array] | None = None
    ) -> Arrays | None:
        """The tangents pushed forward; None where torch has no forward mode."""
        with self._running(arrays):
            tensors = [self._tensor(array) for array in arrays]
            moving = {name: self._tensor(one) for name, one in (of or {}).items()}
            given = [self._tensor(one) for one in tangents]
            module = torch_copies.copied(
                self.module, self.name
            )  # it may keep tensors that forward mode has made
            return torch_gradients.jvp(module, tensors, given, moving, self._dressed)

    def part(self, name: str) -> Target | None:
        """A submodule by itself."""
        return TorchTarget(self.module.get_submodule(name), name)

    def stages(self, *arrays: Array) -> list[Stage]:
        """What every submodule returned, in order of completion."""
        found: list[Stage] = []
        self._call(arrays, lambda: torch_gradients.recording(self.module, found))
        return found


def _changed(tensor: Any, was: Any, version: int) -> bool:
    """Whether a tensor was written into, even the same values, or differs."""
    return tensor._version != version or not torch.equal(tensor.nan_to_num(), was.nan_to_num())


def as_array(tensor: Any) -> Array:
    """A fresh array of what a tensor or number holds; bfloat16, which NumPy lacks, as float32."""
    if not isinstance(tensor, torch.Tensor):
        return numbers(tensor)
    tensor = tensor.detach().to_dense() if tensor.layout is not torch.strided else tensor.detach()
    tensor = tensor.float() if tensor.dtype is torch.bfloat16 else tensor
    return numbers(tensor.cpu().resolve_conj().resolve_neg().numpy())
