"""A program that shows a failure again.

Main definitions
    reproduction: the program and the command line of a failing report.
    script: the program, with the arrays of the counterexample written out.
    sides: x and L_u x of a counterexample.

Implementation notes
    L_u is linear, so an entry of L_u Φ(x) is a sum of entries of Φ(x), and the program names these: it needs no group.
    With the parameters that a NumPy layer or a torch module has, it needs nothing else of gcalc either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gcalc.check.command import address_of, command
from gcalc.check.declaration import Declaration, declare
from gcalc.check.targets import target
from gcalc.errors import GcalcError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gcalc.check.targets.base import Target

    Array = NDArray[Any]

__all__ = ["reproduction", "script", "sides"]

Json = Mapping[str, Any]
DRAWS = 3
"""As many draws of parameters as a check makes."""
RULE = "; its parameters: integers from hash(seed, name, index), scaled by fan-in"
"""How random parameters are drawn."""


def sides(declaration: Declaration, found: Json) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """x and L_u x of a counterexample."""
    inputs = []
    for shape, entries in zip(found["shapes"], found["inputs"], strict=True):
        array = np.zeros(shape)
        for at, value in entries:
            array[tuple(at)] = value
        inputs.append(array)
    u = declaration.group.names.index(found["element"])
    return tuple(inputs), declaration.act_in(u, inputs)


def _terms(
    declaration: Declaration, found: Json, shape: tuple[int, ...]
) -> list[tuple[float, tuple[int, ...]]]:
    """(c, index) with ``(L_u y)[entry] = Σ c y[index]``."""
    u, layout = declaration.group.names.index(found["element"]), declaration.outputs[found["output"]]
    entry = tuple(found["entry"].values())
    if declaration.moves:  # an entry is taken from one place, with a sign: numbered entries tell which
        label = declaration.act(u, np.arange(1.0, np.prod(shape) + 1).reshape(shape), layout)[entry]
        place = np.unravel_index(int(abs(label)) - 1, shape)
        return [(float(np.sign(label)), tuple(int(i) for i in place))]
    deltas = ((at, np.zeros(shape)) for at in np.ndindex(shape))
    terms = []
    for at, delta in deltas:
        delta[at] = 1
        c = float(declaration.act(u, delta, layout)[entry])
        terms += [(c, at)] if c else []
    return terms


@dataclass(frozen=True)
class _Shown:
    """A layer that shows a counterexample, and how it is had in a program.

    run: it. draw: a call that draws its parameters, or nothing. shape: of the output. plain: whether the user's own
    object gives the same without gcalc. framework: where it was named.
    """

    run: Target
    draw: str
    shape: tuple[int, ...]
    plain: bool
    framework: str | None


def _shown(layer: Any, declaration: Declaration, found: Json, seed: int, framework: Any) -> _Shown | None:
    """The layer with the parameters that show it; None where none do."""
    own = target(layer, framework)
    wide = own.copy().wide()
    draws = range(seed, seed + DRAWS) if found["parameters"] == "random" else [None]
    x, moved = sides(declaration, found)
    entry = tuple(found["entry"].values())
    for draw in draws:
        run = wide if draw is None else wide.random(draw)
        lefts, rights = run(*moved), run(*x)
        left, right = lefts[found["output"]], rights[found["output"]]
        inside = len(entry) == left.ndim and all(i < n for i, n in zip(entry, left.shape, strict=True))
        if inside and left.shape == right.shape and np.isclose(left[entry], found["left"], rtol=1e-6, atol=0):
            plain = draw is None and len(rights) == 1 and _is_plain(own, wide, layer)
            called = "" if draw is None else f".random({draw})"
            return _Shown(run, called, right.shape, plain, framework)
    return None


def _is_plain(own: Target, wide: Target, layer: Any) -> bool:
    """Whether the layer in float64 is had without gcalc."""
    if own.framework == "numpy":
        return own.dtype == "float64" and not wide.wide_reason
    on_cpu = getattr(getattr(own, "device", None), "type", "") == "cpu"
    return own.framework == "torch" and on_cpu and not wide.wide_reason and hasattr(layer, "double")


# ---- the program


def script(report: Json, layer: Any, words: Json, address: str | None, called: bool = False) -> str:
    """A program that shows the failure again: exit code 1 as long as it is there.

    Args:
        report: the JSON data of a failing report.
        layer: the layer.
        words: the arguments of the check.
        address: ``module:object`` or ``file.py:object``; None where the layer has to be put in by hand.
        called: whether the object makes the layer, as a class or a factory does.
    """
    binding = _binding(layer, address, called)
    try:
        declaration = declare(**{k: v for k, v in report["declaration"].items() if v is not None})
        found = report["counterexample"]
        drawn_by_user = "parameters" in words and found is not None and found["parameters"] == "random"
        if found is not None and not drawn_by_user:
            shown = _shown(layer, declaration, found, report["seed"], words.get("framework"))
            if shown is not None:
                return _of_example(report, declaration, shown, binding)
    except GcalcError:
        pass  # it cannot be run on the small input alone: the whole check shows it
    return _of_check(report, words, binding)


@dataclass(frozen=True)
class _Binding:
    """The lines that make the layer importable, import it, and call it ``layer``."""

    path: tuple[str, ...]
    imported: str
    layer: str


def _binding(layer: Any, address: str | None, called: bool) -> _Binding:
    kind = type(layer)
    if address is None:
        if kind.__module__ in ("__main__", "builtins") or "<" in kind.__qualname__:
            return _Binding((), "", "layer = None  # put yours")
        head = kind.__qualname__.partition(".")[0]
        made = f"layer = {kind.__qualname__}()  # with the arguments that yours was made with"
        return _Binding((), f"from {kind.__module__} import {head}", made)
    place, _, name = address.rpartition(":")
    is_file = place.endswith(".py")
    folder, module = (str(Path(place).resolve().parent), Path(place).stem) if is_file else ("", place)
    head, calls = name.partition(".")[0], "()" if called else ""
    bound = () if name == "layer" and not calls else (f"layer = {name}{calls}",)
    return _Binding((f"sys.path.insert(0, {folder!r})",), f"from {module} import {head}", "".join(bound))


def _head(report: Json, what: str, imports: Sequence[str], binding: _Binding) -> list[str]:
    """The docstring and the imports."""
    words = {name: value for name, value in report["declaration"].items() if value is not None}
    told = ", ".join(f"{name}={value!r}" for name, value in words.items())
    standard = ["import copy"] if "import torch" in imports else []
    standard += ["import sys"] if binding.path else []
    return [
        f'"""{report["target"]}: {what}.',
        "",
        f"Declared: {told}; seed {report['seed']}.".replace("\\", "/").replace('"', "'"),
        "Exit code: 1 as long as it fails, 0 when it is mended.",
        '"""',
        "",
        *standard,
        *([""] if standard else []),
        *imports,
        *(["", *binding.path] if binding.path else []),
        *([binding.imported] if binding.imported else []),
        "",
        *([binding.layer] if binding.layer else []),
    ]


def _of_example(report: Json, declaration: Declaration, shown: _Shown, binding: _Binding) -> str:
    found = report["counterexample"]
    x, moved = sides(declaration, found)
    place, u = ", ".join(map(str, found["entry"].values())), found["element"]
    terms = _terms(declaration, found, shown.shape)
    right = " + ".join(("" if c == 1 else f"{c:g} * ") + f"y[{', '.join(map(str, at))}]" for c, at in terms)
    bound = abs(found["left"] - found["right"]) / 1024
    imports, running = _running(shown, found["output"])
    lines = [
        *_head(report, f"Φ(L_u x) is not L_u Φ(x) for u = {u}", imports, binding),
        *running,
        *(line for i, array in enumerate(x) for line in _literal(f"x{i}", array)),
        f"# L_u x for u = {u}",
        *(line for i, array in enumerate(moved) for line in _literal(f"moved{i}", array)),
        "",
        f"left = run({', '.join(f'moved{i}' for i in range(len(x)))})[{place}]",
        f"y = run({', '.join(f'x{i}' for i in range(len(x)))})",
        f"right = {right}  # the entry ({place}) of L_u y",
        'print(f"Φ(L_u x) is {left:g}, L_u Φ(x) is {right:g}")',
        f"# a 1024th of the difference that was found, {abs(found['left'] - found['right']):g}: rounding is far below",
        f"raise SystemExit(int(abs(left - right) > {bound:g}))",
    ]
    return "\n".join(lines) + "\n"


def _running(shown: _Shown, output: int) -> tuple[list[str], list[str]]:
    """The lines that import what is needed, and those that define ``run``."""
    if shown.plain and shown.run.framework == "numpy":
        return ["import numpy as np"], ["run = layer", ""]
    if shown.plain:
        made = "module = copy.deepcopy(layer).double().eval()"
        body = ["    with torch.no_grad():", "        return module(*map(torch.from_numpy, arrays)).numpy()"]
        imports = ["import numpy as np", "import torch"]
    else:
        framework = f", {shown.framework!r}" if shown.framework else ""
        made = f"copied = target(layer{framework}).copy().wide(){shown.draw}"
        body = [f"    return copied(*arrays)[{output}]"]
        imports = ["import numpy as np", "", "from gcalc.check.targets import target"]
    comment = "# a copy in evaluation mode and float64" + (RULE if shown.draw else "")
    return imports, [comment, made, "", "", "def run(*arrays):", *body, "", ""]


def _literal(name: str, array: Array) -> list[str]:
    """An array by its entries that are not 0."""
    entries = [f"{name}[{', '.join(map(str, at))}] = {array[tuple(at)]:.17g}" for at in np.argwhere(array)]
    return [f"{name} = np.zeros({array.shape})", *entries]


def _of_check(report: Json, words: Json, binding: _Binding) -> str:
    told = {**{name: words[name] for name in words if words[name] is not None}, "seed": report["seed"]}
    lines = [
        *_head(report, f"a check says {report['verdict']}", ["import gcalc"], binding),
        "report = gcalc.check_equivariance(",
        "    layer,",
        *(f"    {name}={_written(value)}," for name, value in told.items()),
        ")",
        "print(report.verdict, *(f'{finding.code}: {finding.text}' for finding in report.diagnosis))",
        "raise SystemExit(report.exit_code())",
    ]
    return "\n".join(lines) + "\n"


def _written(value: Any) -> str:
    """Plain values as Python; a group by its name; a function by its name."""
    if isinstance(value, np.ndarray):
        return repr(value.tolist())
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name!r}: {_written(one)}" for name, one in value.items()) + "}"
    if callable(value):
        return str(getattr(value, "__name__", "None"))
    return repr(
        value if isinstance(value, str | int | float | list | tuple) else getattr(value, "name", value)
    )


def reproduction(report: Json, layer: Any, words: Json) -> dict[str, str]:
    """The script of a failing report and, where the layer can be named, the command; by "script" and "command"."""
    address = address_of(layer)
    again = command(words, address)
    found = {"script": script(report, layer, words, address)}
    return found if again is None else {"command": again, **found}
