"""Layers of escnn, and one written as GrouPy's are, checked by gcalc: convention, subgroup, exactness, as a page.

    python -m tests.peers.checked [--write]    # in an environment with torch and escnn

escnn's layers are declared by their own field types, read by gcalc's adapter.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import torch
from torch import nn
from torch.nn import functional

from gcalc.check import check_equivariance
from gcalc.check.targets import target

PAGE = Path(__file__).resolve().parents[2] / "docs" / "peers.md"
SIZES = {"x": [9, 8], "y": 9}


class GroupyLift(nn.Module):
    """P4ConvZ2 of GrouPy's torch fork, rewritten: turned copies of the filter, flattened as (k g)."""

    def __init__(self, J: int = 2, K: int = 3, stride: int = 1) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(K, J, 3, 3))
        self.stride = stride

    def forward(self, x: Any) -> Any:
        """(b, j, x, y) to (b, k g, x, y)."""
        turned = torch.stack([torch.rot90(self.weight, s, (-2, -1)) for s in range(4)], 1)
        return functional.conv2d(x, turned.flatten(0, 1), padding=1, stride=self.stride)


class GroupyConv(nn.Module):
    """P4ConvP4, rewritten: filters turned and their fibre rolled."""

    def __init__(self, J: int = 3, K: int = 2) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(K, J, 4, 3, 3))

    def forward(self, x: Any) -> Any:
        """(b, j g, x, y) to (b, k g, x, y)."""
        turned = [torch.rot90(self.weight, s, (-2, -1)).roll(s, 2) for s in range(4)]
        return functional.conv2d(x, torch.stack(turned, 1).flatten(2, 3).flatten(0, 1), padding=1)


def groupy() -> Iterator[tuple[str, Callable[[], Any], dict[str, Any]]]:
    """The layers written as GrouPy's are, with their declarations."""
    lift = {"group": "p4", "input": "b j x y", "output": "b (k g) x y"}
    yield "P4ConvZ2", GroupyLift, {**lift, "sizes": {"j": 2, **SIZES}}
    yield (
        "P4ConvZ2, stride 2",
        lambda: GroupyLift(stride=2),
        {**lift, "sizes": {"j": 2, "x": [8, 9], "y": [8, 9]}},
    )
    net = {"group": "p4", "input": "b (j g) x y", "output": "b (k g) x y"}
    yield "P4ConvP4", GroupyConv, {**net, "sizes": {"j": 3, **SIZES}}
    pooled = {**lift, "sizes": {"j": 2, "x": [8, 9], "y": [8, 9]}}
    yield "P4ConvZ2, max pooling k2 s2", lambda: nn.Sequential(GroupyLift(), nn.MaxPool2d(2, 2)), pooled


def escnn_layers() -> Iterator[tuple[str, Callable[[], Any], dict[str, Any]]]:
    """Layers of escnn; what they declare is read off them."""
    from escnn import gspaces
    from escnn import nn as enn

    for name, space in (("C4", gspaces.rot2dOnR2(4)), ("D4", gspaces.flipRot2dOnR2(4))):
        scalars = enn.FieldType(space, 2 * [space.trivial_repr])
        fields = enn.FieldType(space, 3 * [space.regular_repr])
        yield f"R2Conv {name}, lift", lambda a=scalars, b=fields: enn.R2Conv(a, b, 3, padding=1), {}
        yield f"R2Conv {name}, regular", lambda b=fields: enn.R2Conv(b, b, 3, padding=1), {}
        yield f"InnerBatchNorm {name}", lambda b=fields: enn.InnerBatchNorm(b), {}
        yield f"ReLU {name}", lambda b=fields: enn.ReLU(b), {}
        yield f"PointwiseMaxPool {name}, k2 s2", lambda b=fields: enn.PointwiseMaxPool2D(b, 2), {}
        yield f"GroupPooling {name}", lambda b=fields: enn.GroupPooling(b), {}
        yield (
            f"R2Conv {name}, stride 2",
            lambda a=scalars, b=fields: enn.R2Conv(a, b, 3, padding=1, stride=2),
            {},
        )


def checked(make: Callable[[], Any], declared: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The report on a layer, and the declaration."""
    torch.manual_seed(0)
    layer = make()
    words = declared or {**target(layer).declaration(), "sizes": SIZES}  # type: ignore[attr-defined]
    return check_equivariance(layer, **words), words


def row(name: str, make: Callable[[], Any], declared: dict[str, Any]) -> str:
    """A line of the table."""
    report, words = checked(make, declared)
    layouts = f"`{words['input']}` → `{words['output']}`"
    order = words.get("order") or "gcalc"
    order = order if isinstance(order, str) else "its own"
    sizes = ", ".join(f"{size}: {found}" for size, found in report.domains["window"].by_size.items())
    plane = report.domains.get("plane")
    on_plane = "not read" if plane is None else f"{plane.name}, index {plane.index}"
    why = "; ".join(f.text for f in report.diagnosis) or "; ".join(n for n in report.notes if "float32" in n)
    return f"| {name} | {layouts} | {order} | {report.verdict} | {sizes} | {on_plane} | {why.replace('|', '/')} |"


def page() -> str:
    """The page."""
    titles = ("layer", "layout", "order", "verdict", "on windows", "on the plane", "told")
    head = f"| {' | '.join(titles)} |\n|{' --- |' * len(titles)}"
    groups = [(f"escnn {version('escnn')}", escnn_layers), ("As GrouPy writes them, in torch", groupy)]
    parts = [
        "# Layers of other projects, checked",
        "",
        "```sh",
        "python -m tests.peers.checked --write    # in a checkout with torch and escnn; makes this page",
        "```",
        "",
        f"With torch {torch.__version__.partition('+')[0]}, seed 0, given and random parameters.",
        "A stride is right on the sizes that its condition names; on the plane the size does not matter.",
    ]
    for title, layers in groups:
        parts += ["", f"## {title}", "", head, *(row(*one) for one in layers())]
    return "\n".join(parts) + "\n"


@click.command()
@click.option("--write", is_flag=True, help="Write the page.")
def main(write: bool) -> None:
    """Check layers of other projects."""
    warnings.simplefilter("ignore")
    text = page()
    if write:
        PAGE.write_text(text)
    click.echo(text)


if __name__ == "__main__":
    main()
