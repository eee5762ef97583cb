"""The command line of a check: the arguments of `gcalc.check_equivariance` as options, a layer as ``module:object``.

Main definitions
    options: arguments as options.
    address_of: where a layer can be imported from.
    command: the whole line.
    spelled: a message whose arguments are named as options.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Mapping
from typing import Any

from gcalc.errors import UsageError

__all__ = ["address_of", "command", "options", "spelled"]

Json = Mapping[str, Any]


def address_of(layer: Any) -> str | None:
    """``module:name`` of a function, or of an object that a module's name is bound to; None where there is none."""
    module, name = getattr(layer, "__module__", None), getattr(layer, "__qualname__", None)
    if isinstance(module, str) and isinstance(name, str) and _at(module, name) is layer:
        return f"{module}:{name}"
    module = type(layer).__module__
    if module == "__main__" or module not in sys.modules:
        return None
    names = [name for name, value in vars(sys.modules[module]).items() if value is layer]
    return f"{module}:{names[0]}" if names else None


def _at(module: str, name: str) -> Any:
    if module == "__main__" or module not in sys.modules:
        return None
    found: Any = sys.modules[module]
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def command(
    words: Json,
    address: str | None,
    *,
    factory: bool = False,
    init: str | None = None,
    vjp: str | None = None,
) -> str | None:
    """The command line that makes the check again; None where there is none."""
    if address is None:
        return None
    try:
        written = options(
            {name: value for name, value in words.items() if not (name == "seed" and value == 0)}
        )
    except (UsageError, TypeError, AttributeError):
        return None
    more = ["--factory"] if factory else []
    more += [word for option, name in (("--init", init), ("--vjp", vjp)) if name for word in (option, name)]
    return shlex.join(["gcalc", "check", address, *written, *more])


def options(words: Json) -> list[str]:
    """The arguments of a check as options of the command line.

    Raises:
        UsageError: one of them cannot be written there.
    """
    given = {name: value for name, value in words.items() if value is not None and value is not False}
    unknown = next((name for name in given if name not in OPTIONS), None)
    if unknown is not None:
        raise UsageError(f"{unknown}= has no option on the command line")
    return [word for name, written in OPTIONS.items() if name in given for word in written(given[name])]


def _many(option: str) -> Callable[[Any], list[str]]:
    """A layout, or each of several, with its name where it has one."""

    def written(value: Any) -> list[str]:
        named = isinstance(value, Mapping)
        every = (
            [f"{n}={p}" for n, p in value.items()] if named else [value] if isinstance(value, str) else value
        )
        return [word for one in every for word in (option, str(one))]

    return written


def _sizes(value: Any) -> list[str]:
    lengths = {n: v if isinstance(v, list | tuple) else [v] for n, v in value.items()}
    return [word for n, v in lengths.items() for word in ("--size", f"{n}={','.join(map(str, v))}")]


def _reps(value: Any) -> list[str]:
    if not all(isinstance(rep, str) for rep in value.values()):
        raise UsageError("a representation by matrices has no option on the command line")
    return [word for axis, rep in value.items() for word in ("--rep", f"{axis}={rep}")]


def _order(value: Any) -> list[str]:
    return ["--order", value if isinstance(value, str) else ",".join(map(str, value))]


def _reference(value: Any) -> list[str]:
    words = {"operator": value} if isinstance(value, str) else dict(value)
    names = {"operator": "--reference", "filters": "--filters", "boundary": "--boundary"}
    return [word for name, option in names.items() if name in words for word in (option, str(words[name]))]


def _stride(value: Any) -> list[str]:
    if isinstance(value, int):
        return ["--stride", str(value)]
    return [word for axis, n in value.items() for word in ("--stride", f"{axis}={n}")]


OPTIONS: Mapping[str, Callable[[Any], list[str]]] = {
    "group": lambda v: ["--group", str(v)],
    "input": _many("--input"),
    "output": _many("--output"),
    "sizes": _sizes,
    "space": lambda v: ["--space", v if isinstance(v, str) else " ".join(v)],
    "reps": _reps,
    "order": _order,
    "domain": _many("--domain"),
    "expect": lambda v: ["--expect", v],
    "linear": lambda v: ["--bilinear" if v == "bilinear" else "--linear"],
    "reference": _reference,
    "period": lambda v: ["--period", str(v)],
    "stride": _stride,
    "framework": lambda v: ["--framework", v],
    "seed": lambda v: ["--seed", str(v)],
}


NAMED = {"sizes": "size", "reps": "rep", "parameters": "init"}
"""Options that are called otherwise than their arguments."""
PAIRS = re.compile(r"\b(sizes|reps)=\{'(\w+)': ([^}]*)\}")
ARGUMENT = re.compile(rf"(?<![\w-])({'|'.join([*OPTIONS, 'parameters', 'vjp'])})=(?=$|\W)")


def spelled(message: str) -> str:
    """A message of `gcalc.check_equivariance` with its arguments named as the command line's options.

    >>> spelled("how long is 'k'? give sizes={'k': …}; or leave out order='escnn'")
    "how long is 'k'? give --size k=…; or leave out --order 'escnn'"
    """

    def option(match: re.Match[str]) -> str:
        alone = match.end() == len(message) or message[match.end()] not in "'\"[({"
        return f"--{NAMED.get(match[1], match[1])}" + ("" if alone else " ")

    message = PAIRS.sub(lambda match: f"--{NAMED[match[1]]} {match[2]}={match[3]}", message)
    return ARGUMENT.sub(option, message)
