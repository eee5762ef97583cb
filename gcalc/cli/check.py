"""`gcalc check`, `gcalc replay`, `gcalc infer`: a layer of the user's, run in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.markup import escape

from gcalc.check.cases import read
from gcalc.check.cases import save as keep
from gcalc.check.child import TIMEOUT, ask
from gcalc.check.command import spelled
from gcalc.check.record import UNFIT
from gcalc.check.writing import SUFFIXES, unfit, write
from gcalc.cli.check_tables import show_outcome, show_proposals, show_report, show_saved
from gcalc.cli.printing import Output
from gcalc.errors import TargetError, UsageError
from gcalc.files import check_folder, check_report

Command = TypeVar("Command", bound=Callable[..., Any])
EXIT = {"EXACT": 0, "NUMERICAL": 0, "FAILED": 1, "CONVENTION": 1}


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _several(name: str, target: str, metavar: str, text: str) -> Callable[[Command], Command]:
    return click.option(name, target, multiple=True, metavar=metavar, help=text)


OBJECT = _options(
    click.argument("object_", metavar="OBJECT"),
    click.option(
        "--factory", is_flag=True, help="OBJECT is a function without arguments that makes the layer."
    ),
    click.option(
        "--framework", metavar="NAME", help="numpy, torch, jax, cupy or escnn; found out by default."
    ),
    click.option("--seed", default=0, show_default=True, help="Of everything random."),
)
LIMIT = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="The layer is stopped after so long.",
)
INPUT = _options(
    click.option("--group", required=True, metavar="NAME", help="p4m, D4, S3, …"),
    _several("--input", "inputs", "LAYOUT", 'Axes of the input, "b k x y"; again for each further one.'),
    _several("--size", "sizes", "AXIS=N,…", "Lengths of an axis; again for each axis: x=8,9."),
    click.option("--space", metavar="AXES", help='Names of the space axes, rows first: "h w".'),
    _several("--rep", "reps", "AXIS=REP", "Representation on an axis: g=quotient:C2."),
    click.option(
        "--order", metavar="NAME", help="Of the elements on g: gcalc, escnn, groupy, clockwise, or 0,3,2,1."
    ),
)


@click.command(short_help="Is your layer equivariant, and if not, why.")
@OBJECT
@INPUT
@_several("--output", "outputs", "LAYOUT", 'Axes of the output, "b (k g) x y"; again for each further one.')
@_several("--domain", "domains", "NAME", "window, plane or torus; window and plane by default.")
@click.option("--expect", metavar="GROUP", help="Hold if and only if the symmetry found is exactly this one.")
@click.option("--linear", is_flag=True, help="The layer is claimed to be linear.")
@click.option("--bilinear", is_flag=True, help="It is claimed to be linear in each argument.")
@click.option("--reference", metavar="OPERATOR", help="It is claimed to be this sum: correlate or convolve.")
@click.option(
    "--filters", metavar="NAME", help="The parameter, or number of the argument, with the sum's filters."
)
@click.option("--boundary", metavar="NAME", help="Of the sum: zero, valid or periodic.")
@click.option("--period", type=click.IntRange(1), metavar="T", help="Of translations on the plane.")
@_several("--stride", "strides", "N", "Of the outputs; AXIS=N, again for each axis, where they differ.")
@click.option(
    "--init", metavar="MODULE:FN", help="fn(layer, draw) gives it parameters; draw(name, like) draws one."
)
@click.option(
    "--vjp", metavar="MODULE:FN", help="fn(*inputs, *cotangents): gradients of one that has none itself."
)
@LIMIT
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write FILE.json or FILE.xml (JUnit).",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep a failure in this folder, for gcalc replay.",
)
def check(
    object_: str,
    factory: bool,
    framework: str | None,
    init: str | None,
    vjp: str | None,
    timeout: float,
    reports: tuple[Path, ...],
    save: Path | None,
    **given: Any,
) -> None:
    """Is your layer equivariant, to exactly which group, and if not, where and why.

    OBJECT is module:object or path/file.py:object: an instance, a class without arguments, or a function. It is run in
    a process of its own.

    Exit code: 0 it holds, 1 it does not, 2 it cannot be run or the declaration is not possible, 3 nothing can be
    concluded.
    """
    if not given["outputs"]:
        raise UsageError(
            '--output is missing: the axes of what it returns, as in "b (k g) x y"; see gcalc infer'
        )
    for path in reports:
        check_report(path, SUFFIXES)
    if save is not None:
        check_folder("--save", save)
    words = {**_words(**given), **({"framework": framework} if framework else {})}
    request = {"do": "check", "object": object_, "factory": factory, "init": init, "vjp": vjp, "words": words}
    try:
        with _spelled():
            answer = ask(request, timeout)
            report = answer["report"]
            _refuse(object_, report)
    except TargetError as error:
        for path in reports:
            write(unfit(object_, str(error), words), path)
        raise
    console = Output()
    show_report(console, object_, report)
    if answer["script"]:
        show_saved(console, None if save is None else keep(answer["case"], answer["script"], save))
    for path in reports:
        write(report, path)
        console.print(f"wrote {escape(str(path))}", highlight=False, soft_wrap=True)
    sys.exit(EXIT.get(report["verdict"], 3))


@contextmanager
def _spelled() -> Iterator[None]:
    """Errors name options."""
    try:
        yield
    except (TargetError, UsageError) as error:
        raise type(error)(spelled(str(error))) from error


def _refuse(what: str, report: dict[str, Any]) -> None:
    """Raise for a layer of which there is no verdict."""
    reason = next((c["reason"] for c in report["checks"] if c["code"] in UNFIT), None)
    if reason is not None:
        raise TargetError(f"{what} cannot be checked: {reason}")


def _words(
    inputs: Sequence[str],
    sizes: Sequence[str],
    reps: Sequence[str],
    order: str | None,
    outputs: Sequence[str] = (),
    domains: Sequence[str] = (),
    reference: str | None = None,
    filters: str | None = None,
    boundary: str | None = None,
    strides: Sequence[str] = (),
    linear: bool = False,
    bilinear: bool = False,
    **plain: Any,
) -> dict[str, Any]:
    """The options as arguments of `gcalc.check_equivariance`."""
    if linear and bilinear:
        raise UsageError("--linear and --bilinear are two claims; give one")
    if reference is None and (filters or boundary):
        raise UsageError(f"--{'filters' if filters else 'boundary'} goes with --reference; give both")
    words = {
        "input": _layouts("--input", inputs),
        "output": _layouts("--output", outputs) if outputs else None,
        "sizes": {axis: _lengths(axis, text) for axis, text in _pairs("--size", sizes).items()},
        "reps": _pairs("--rep", reps),
        "order": _order(order),
        "stride": _stride(strides),
        "domain": list(domains),
        "linear": "linear" if linear else "bilinear" if bilinear else None,
        "reference": None if reference is None else _reference(reference, filters, boundary),
        **plain,
    }
    return {name: value for name, value in words.items() if value is not None and value not in ([], {})}


def _layouts(option: str, given: Sequence[str]) -> Any:
    if not given:
        raise UsageError(f'{option} is missing: the axes of the array, as in "b k x y"')
    if any("=" in pattern for pattern in given):
        return _pairs(option, given)
    return given[0] if len(given) == 1 else list(given)


def _pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE, each once."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise UsageError(f"{option} {text!r} is no pair; write {option} name=value")
        if name in found:
            raise UsageError(f"{option} names {name!r} twice; give all of it at once")
        found[name] = value
    return found


def _lengths(axis: str, text: str) -> list[int]:
    try:
        return [int(n) for n in text.split(",")]
    except ValueError:
        raise UsageError(f"--size {axis}={text}: lengths are integers; write --size {axis}=8,9") from None


def _order(order: str | None) -> Any:
    """A name, or indices."""
    if order is None or not order.replace(",", "").replace(" ", "").isdigit():
        return order
    return [int(n) for n in order.split(",")]


def _stride(given: Sequence[str]) -> Any:
    """One number, or one for each axis."""
    alone = len(given) == 1 and "=" not in given[0]
    pairs = {"": given[0]} if alone else _pairs("--stride", given)
    try:
        found = {axis: int(n) for axis, n in pairs.items()}
    except ValueError:
        raise UsageError(f"--stride {' '.join(given)}: strides are integers; write --stride 2") from None
    return found[""] if alone else found


def _reference(operator: str, filters: str | None, boundary: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"operator": operator}
    if filters is not None:
        found["filters"] = int(filters) if filters.isdigit() else filters
    return found | ({"boundary": boundary} if boundary else {})


@click.command(short_help="Run a stored failure again.")
@click.argument("what", metavar="ID|FILE")
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="Where gcalc check --save has put it; this folder by default.",
)
@LIMIT
def replay(what: str, store: Path, timeout: float) -> None:
    """Run a stored failure again: FIXED, FAILED or ERROR.

    Exit code: 0 FIXED, 1 FAILED, 2 ERROR.
    """
    case = read(what, store)
    try:
        outcome = ask({"do": "replay", "object": case["object"], "case": case}, timeout)
    except TargetError as error:
        outcome = {"state": "ERROR", "text": str(error)}
    show_outcome(Output(), case["object"], outcome)
    sys.exit({"FIXED": 0, "FAILED": 1}.get(outcome["state"], 2))


@click.command(short_help="Propose the layout of a layer's output.")
@OBJECT
@INPUT
@LIMIT
def infer(object_: str, factory: bool, framework: str | None, timeout: float, **given: Any) -> None:
    """Propose the layout, representations and order of elements of a layer's output, each checked.

    Exit code: 0 a proposal passes, 1 none does, 2 the layer cannot be run.
    """
    words = {**_words(**given), **({"framework": framework} if framework else {})}
    request = {"do": "infer", "object": object_, "factory": factory, "words": words}
    with _spelled():
        proposals = ask(request, timeout)["proposals"]
    show_proposals(Output(), object_, proposals, words)
    sys.exit(0 if any(EXIT.get(p["verdict"]) == 0 for p in proposals) else 1)
